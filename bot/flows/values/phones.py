"""Telephone numbers, Colombian unless they say otherwise."""

from __future__ import annotations

import re

import phonenumbers

_HOME = "CO"
_NEIGHBOUR_MOBILE = re.compile(r"(?<!\d)04(?:12|14|16|22|24|26)\D{0,2}\d{3}(?:\D?\d){4}(?!\D?\d)")
"""A Venezuelan mobile number as it is dialled there: no number of Colombia has that shape."""
_ZEROS = re.compile(r"^\D*00\s?(?=[1-9])")
_WRITTEN_WITHOUT_PLUS = re.compile(r"^(?:57|58|509|593|51|55|56|507)\d{8,11}$")
"""Country codes people here write without the plus; not 1, with which a document's number would be American."""


def read_phone(text: str) -> str | None:
    """The number in E.164 ("+573001234567"); None if there is none that can exist, or more than one.

    Without a country code it is Colombian, or a Venezuelan mobile ("0414 …"). Short lines such as 155 are not read.
    """
    found = {
        phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        for match in phonenumbers.PhoneNumberMatcher(_ZEROS.sub("+", text), _HOME)
    }
    if not found:
        found = _without_plus(text) | _venezuelan(text)
    return found.pop() if len(found) == 1 else None


def show_phone(number: str) -> str:
    """A number in groups, with its country code ("+57 300 1234567"); as it is, if it is none."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _venezuelan(text: str) -> set[str]:
    return {number for match in _NEIGHBOUR_MOBILE.finditer(text) for number in _valid(match[0], "VE")}


def _without_plus(text: str) -> set[str]:
    """A country code written without its plus: "58 414 1234567"."""
    digits = re.sub(r"\D", "", text)
    return _valid("+" + digits, None) if _WRITTEN_WITHOUT_PLUS.match(digits) else set()


def _valid(number: str, region: str | None) -> set[str]:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return set()
    if not phonenumbers.is_valid_number(parsed):
        return set()
    return {phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)}

"""Understanding a typed answer by its kind, and showing it back.

Pure: today is passed in, nothing is fetched. To be misunderstood is worse than to be asked again, so that what is
ambiguous is not understood: "15 o 16 de marzo", "casi 18", "San Pedro", "20" of money.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from bot.flows.folding import fold
from bot.flows.model import SlotType, Value
from bot.flows.values.ages import read_age
from bot.flows.values.amounts import read_amount
from bot.flows.values.counts import read_number
from bot.flows.values.dates import read_date
from bot.flows.values.occupations import Occupation, occupation_candidates, occupation_of, read_occupation
from bot.flows.values.phones import read_phone
from bot.flows.values.places import Municipality, by_code, read_municipality
from bot.flows.values.places import municipality_candidates as _candidates
from bot.flows.values.showing import show_figure, show_value
from bot.flows.values.tongues import reading_order
from bot.flows.values.whole_words import has_phrase
from bot.flows.values.yes_no import read_boolean

__all__ = [
    "MAX_TEXT",
    "Municipality",
    "Occupation",
    "is_known",
    "may_mean",
    "municipality_candidates",
    "read_value",
    "show_figure",
    "show_value",
]

MAX_TEXT = 500
"""Characters of the longest answer that is read at all."""
_MOST_WORDS: dict[SlotType, int] = {
    "number": 8,
    "age": 8,
    "amount": 12,
    "date": 12,
    "municipality": 12,
    "occupation": 14,
}
"""Longer texts tell something else, even where a number or a place stands in them."""
_MOST_WORDS_ASKING = 5
"""Words of an unsure answer ("¿en marzo de 2020?"); longer with a question mark it is a question."""
_MOST_OFFERED = 8
"""Places that are offered at once."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_KEPT_CONTROLS = "\n\t"


def read_value(kind: SlotType, text: str, today: date, language: str) -> Value | None:
    """What an answer says, as plain JSON; None if it is not understood.

    number, age (0 to 120), amount (whole pesos) → int; date → ISO string; municipality → DIVIPOLA code; phone → E.164;
    occupation → key of the table of occupations;
    boolean → bool; text → the text itself, stripped. ``category`` is always None: its options belong to the step.
    ``language`` is the conversation's; Spanish is understood in any. No text raises an error.
    """
    if len(text) > MAX_TEXT or not _may_answer(kind, text, language):
        return None
    match kind:
        case "number":
            return read_number(text, language)
        case "age":
            return read_age(text, today, language)
        case "amount":
            return read_amount(text, language)
        case "date":
            day = read_date(text, today, language)
            return None if day is None else day.isoformat()
        case "municipality":
            return read_municipality(text)
        case "occupation":
            return read_occupation(text, language)
        case "phone":
            return read_phone(text)
        case "boolean":
            return read_boolean(text)
        case "text":
            return _read_text(text)
        case "category":
            return None


def may_mean(kind: SlotType, text: str, language: str) -> tuple[tuple[str, str], ...]:
    """What an answer that was not read may mean, as (value, what is shown), to ask which; empty if nothing, or too much
    to be asked."""
    if len(text) > MAX_TEXT or not _may_answer(kind, text, language):
        return ()
    if kind == "occupation":
        return tuple((found.key, found.name) for found in occupation_candidates(text, language))
    if kind == "municipality":
        places = municipality_candidates(text)
        return tuple((p.code, f"{p.name} ({p.department})") for p in places) if len(places) <= _MOST_OFFERED else ()
    return ()


def is_known(kind: SlotType, value: str) -> bool:
    """Whether a value that a button carries is one of the kind's table."""
    if kind == "occupation":
        return occupation_of(value) is not None
    return kind == "municipality" and by_code(value) is not None


def _may_answer(kind: SlotType, text: str, language: str) -> bool:
    """Whether a text is short enough to be an answer of its kind, and no question back to us."""
    most = _MOST_WORDS.get(kind)
    if most is None:
        return True
    folded = fold(text)
    words = folded.count(" ") + 1
    if words > most or ("?" in text and words > _MOST_WORDS_ASKING):
        return False
    return not any(has_phrase(folded, tongue.questions) for tongue in reading_order(language))


def municipality_candidates(text: str) -> tuple[Municipality, ...]:
    """The municipalities that an answer may mean, at most ten, to ask which one; empty if it names none."""
    return _candidates(text) if len(text) <= MAX_TEXT else ()


def _read_text(text: str) -> str | None:
    """The text without control characters, which databases refuse; None where nothing is left to see."""
    clean = "".join(char for char in text if char in _KEPT_CONTROLS or unicodedata.category(char) not in {"Cc", "Cs"})
    clean = clean.strip()
    return clean if any(unicodedata.category(char) not in _UNSEEN for char in clean) else None

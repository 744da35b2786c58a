"""An editor who writes a fact wrongly is told the file, the line, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.facts import FactFileError, load_facts, read_facts

Folder = Callable[..., Path]
Lines = Callable[..., str]

KEYS = (
    "research, claim, kind, value, unit, say, norm, source, confirm_at, confidence, "
    "valid_from, expires, after_expiry, changes, review_by, notes"
)
KINDS = "amount, date, phone, norm, deadline, duration, link, text, number"

SPOILT: list[tuple[str, dict[str, str | None], str]] = [
    (
        "unknown key, near a known one",
        {"reviewby": "2027-01-31"},
        "bad.yml:15: blue_card_fee: unknown key 'reviewby'. Write 'review_by' instead.",
    ),
    (
        "unknown key",
        {"colour": "blue"},
        f"bad.yml:15: blue_card_fee: unknown key 'colour'. Known keys: {KEYS}.",
    ),
    (
        "no review date",
        {"review_by": None},
        "bad.yml:3: blue_card_fee: 'review_by' is missing. Add it, for example review_by: 2027-01-31.",
    ),
    (
        "no claim",
        {"claim": None},
        "bad.yml:3: blue_card_fee: 'claim' is missing. Add it, for example claim: Fee of a duplicate PPT in 2026.",
    ),
    (
        "bad date",
        {"review_by": "2027-02-30"},
        "bad.yml:14: blue_card_fee: 'review_by' is '2027-02-30', which is no date. "
        "Write year-month-day, as 2027-01-31.",
    ),
    (
        "unknown kind",
        {"kind": "price"},
        f"bad.yml:6: blue_card_fee: 'kind' is 'price'. Use one of: {KINDS}.",
    ),
    (
        "unknown confidence",
        {"confidence": "sure"},
        "bad.yml:12: blue_card_fee: 'confidence' is 'sure'. Use one of: high, medium, low.",
    ),
    (
        "research id",
        {"research": "fee-6"},
        "bad.yml:4: blue_card_fee: 'research' is 'fee-6'. Write the id of the research, as REG-06.",
    ),
    (
        "low confidence with a text",
        {"confidence": "low"},
        "bad.yml:9: blue_card_fee: a low-confidence fact is never said, yet it has a text. "
        "Delete say, or confirm the fact and raise its confidence.",
    ),
    (
        "nothing to say",
        {"say": None},
        "bad.yml:3: blue_card_fee: medium confidence, but there is no text to say. Add say: with the Spanish words.",
    ),
    (
        "text and value differ",
        {"say": '"21.000 pesos"'},
        "bad.yml:9: blue_card_fee: the text tells 21.000, the value is 20.000. "
        "Make both the same, with a point between thousands.",
    ),
    (
        "no point between thousands",
        {"say": '"20000 pesos"'},
        "bad.yml:9: blue_card_fee: the text tells 20000, the value is 20.000. "
        "Make both the same, with a point between thousands.",
    ),
    (
        "amount in words",
        {"value": "veinte mil"},
        "bad.yml:7: blue_card_fee: 'veinte mil' is no number. Write digits only, as 20000 or 8.5.",
    ),
    (
        "half a peso",
        {"value": "20000.5", "say": '"20.000,5 pesos"'},
        "bad.yml:7: blue_card_fee: 20000.5 is no whole amount. Write digits only, as 20000.",
    ),
    (
        "no value",
        {"value": None},
        "bad.yml:3: blue_card_fee: a fact of kind amount needs a value. Add value:.",
    ),
    (
        "no unit",
        {"unit": None},
        "bad.yml:3: blue_card_fee: a fact of kind amount needs a unit. Use one of: COP, USD.",
    ),
    (
        "unknown unit",
        {"unit": "pesos"},
        "bad.yml:8: blue_card_fee: 'unit' is 'pesos'. Use one of: COP, USD.",
    ),
    (
        "unit that a phone has not",
        {"kind": "phone", "value": '"123"', "say": '"123"'},
        "bad.yml:8: blue_card_fee: a fact of kind phone has no unit. Delete unit.",
    ),
    (
        "phone without quotes",
        {"kind": "phone", "unit": None, "value": "0123", "say": '"0123"'},
        'bad.yml:7: blue_card_fee: a phone must stand in quotes. Write value: "0123", or a leading zero may be lost.',
    ),
    (
        "phone that cannot be dialled",
        {"kind": "phone", "unit": None, "value": '"01 8000"', "say": '"01 8000"'},
        "bad.yml:7: blue_card_fee: '01 8000' cannot be dialled. Write its digits only, without spaces.",
    ),
    (
        "phone told wrongly",
        {"kind": "phone", "unit": None, "value": '"018000"', "say": '"01 8001"'},
        "bad.yml:8: blue_card_fee: the text does not tell the phone 018000. Write the same digits; spaces are free.",
    ),
    (
        "date told wrongly",
        {"kind": "deadline", "unit": None, "value": "2026-04-30", "say": '"30 de mayo de 2026"'},
        "bad.yml:8: blue_card_fee: the text does not tell the date 30 de abril de 2026. "
        "Write '30 de abril de 2026' in it.",
    ),
    (
        "value that is no date",
        {"kind": "date", "unit": None, "value": "abril", "say": '"abril"'},
        "bad.yml:7: blue_card_fee: 'abril' is no date. Write year-month-day, as 2026-04-30.",
    ),
    (
        "norm told wrongly",
        {"kind": "norm", "unit": None, "value": "Ley 1 de 2020", "say": '"Ley 2 de 2020"'},
        "bad.yml:8: blue_card_fee: the text does not name Ley 1 de 2020. Write the name of the norm as in value.",
    ),
    (
        "link that is another",
        {"kind": "link", "unit": None, "value": "https://a.example.org", "say": '"https://b.example.org"'},
        "bad.yml:8: blue_card_fee: the text is not the address. Write the same address as in value.",
    ),
    (
        "link that is no address",
        {"kind": "link", "unit": None, "value": "a.example.org", "say": '"a.example.org"'},
        "bad.yml:7: blue_card_fee: 'a.example.org' is no web address. Begin it with https://.",
    ),
    (
        "text that is no sentence",
        {"kind": "text", "unit": None, "value": None, "say": '"es gratis"'},
        "bad.yml:7: blue_card_fee: a text must be a full sentence. "
        "Begin it with a capital letter and end it with a full stop.",
    ),
    (
        "text with a value",
        {"kind": "text", "unit": None, "say": '"Es gratis."'},
        "bad.yml:7: blue_card_fee: a text has no value. Delete value, or choose another kind.",
    ),
    (
        "words that end with a stop",
        {"say": '"20.000 pesos."'},
        "bad.yml:9: blue_card_fee: the words stand inside a sentence, so they end without a stop. "
        "Delete the last stop.",
    ),
    (
        "placeholder",
        {"say": '"20.000 {unit}"'},
        "bad.yml:9: blue_card_fee: the text holds a placeholder. Write the words themselves.",
    ),
    (
        "too long",
        {"say": '"20.000 pesos ' + "y " * 120 + 'más"'},
        "bad.yml:9: blue_card_fee: the text has 256 characters. Keep it under 240, or make two facts.",
    ),
    (
        "ends before it begins",
        {"valid_from": "2027-02-01"},
        "bad.yml:13: blue_card_fee: it expires before it is valid. Mend valid_from or expires.",
    ),
    (
        "no source",
        {"source": None},
        "bad.yml:3: blue_card_fee: 'source' is missing or holds no fields. "
        'Add it, for example source: {org: Migración Colombia, url: "https://…", date: "2026-02"}.',
    ),
    (
        "empty address",
        {"source": '{org: Oficina Azul, url: "", date: "2026-02"}'},
        "bad.yml:10: blue_card_fee: 'source.url' is missing. "
        "Add it, for example url: https://www.migracioncolombia.gov.co.",
    ),
    (
        "address without https",
        {"confirm_at": "{name: Oficina Azul, url: www.azul.example.org}"},
        "bad.yml:11: blue_card_fee: 'confirm_at.url' is 'www.azul.example.org', which is no web address. "
        "Begin it with https://.",
    ),
    (
        "source with a date in words",
        {"source": '{org: Oficina Azul, url: "https://azul.example.org", date: febrero}'},
        "bad.yml:10: blue_card_fee: 'source.date' is 'febrero', which is no date. "
        'Write "2026-02-10", "2026-02", "2026" or n/a.',
    ),
    (
        "no place to confirm",
        {"confirm_at": None},
        "bad.yml:3: blue_card_fee: 'confirm_at' is missing or holds no fields. "
        'Add it, for example confirm_at: {name: Migración Colombia, url: "https://…"}.',
    ),
    (
        "two lines",
        {"claim": "|\n      one\n      two"},
        "bad.yml:5: blue_card_fee: 'claim' has more than one line. Write it on one line.",
    ),
    (
        "list for a text",
        {"claim": "[one, two]"},
        "bad.yml:5: blue_card_fee: 'claim' must be a single value. Write it on one line after the colon.",
    ),
]


@pytest.mark.parametrize(("changes", "message"), [row[1:] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_one_fault_gives_one_exact_message(
    folder: Folder, lines: Lines, changes: dict[str, str | None], message: str
) -> None:
    with pytest.raises(FactFileError) as caught:
        load_facts(folder(bad=lines(**changes)))
    assert [str(error) for error in caught.value.errors] == [message]
    assert str(caught.value) == message


def test_an_error_names_its_parts(folder: Folder, lines: Lines) -> None:
    _, (error,) = read_facts(folder(bad=lines(unit="pesos")))
    assert (error.file, error.line, error.fact) == ("bad.yml", 8, "blue_card_fee")
    assert (error.fault, error.mend) == ("'unit' is 'pesos'", "Use one of: COP, USD")


def test_every_fault_of_every_file_is_told_at_once(folder: Folder, lines: Lines) -> None:
    place = folder(b=lines("b_fee", unit="pesos", kind="price"), a=lines("a_fee", review_by=None))
    book, errors = read_facts(place)
    assert [(error.file, error.line) for error in errors] == [("a.yml", 3), ("b.yml", 6)]
    assert len(book) == 0


def test_good_facts_are_read_beside_a_bad_one(folder: Folder, lines: Lines) -> None:
    book, errors = read_facts(folder(a=lines("good_fee") + lines("bad_fee", review_by=None)))
    assert "good_fee" in book
    assert "bad_fee" not in book
    assert len(errors) == 1


def test_an_id_is_unique_in_its_file(folder: Folder, lines: Lines) -> None:
    _, errors = read_facts(folder(a=lines() + lines()))
    assert [str(error) for error in errors] == [
        "a.yml:15: blue_card_fee: 'blue_card_fee' is written twice, first at line 3. Delete or rename one of them."
    ]


def test_an_id_is_unique_over_all_files(folder: Folder, lines: Lines) -> None:
    _, errors = read_facts(folder(a=lines(), b=lines()))
    assert [str(error) for error in errors] == [
        "b.yml:3: blue_card_fee: this id is already used at a.yml:3. Give one of them another id."
    ]


def test_an_id_is_written_in_words(folder: Folder, lines: Lines) -> None:
    _, errors = read_facts(folder(a=lines("Blue-Card")))
    assert [str(error) for error in errors] == [
        "a.yml:3: Blue-Card: 'Blue-Card' is no id. Write English words in small letters joined by _."
    ]


def test_a_place_has_one_address(folder: Folder, lines: Lines) -> None:
    other = '{name: Oficina Azul, url: "https://other.example.org"}'
    _, errors = read_facts(folder(a=lines(), b=lines("other_fee", confirm_at=other)))
    assert [str(error) for error in errors] == [
        "b.yml:3: other_fee: 'Oficina Azul' has another address at a.yml:3. Use one address, as https://azul.example.org."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.yml:1: the file holds no facts. Begin the file with version: 1 and facts:."),
        (
            "version: 1\n",
            "a.yml:1: 'facts' is missing or holds no fields. "
            "Add it, for example facts: and below it ppt_duplicate_fee:.",
        ),
        (
            "version: 1\nfacts:\n  x: yes\n",
            "a.yml:3: x: the fact has no fields. Give it research, claim, kind and the rest.",
        ),
    ],
)
def test_a_file_that_is_no_fact_file(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    _, errors = read_facts(tmp_path)
    assert [str(error) for error in errors] == [message]


def test_broken_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("version: 1\nfacts:\n  fee: value: 3\n", encoding="utf-8")
    _, (error,) = read_facts(tmp_path)
    assert (error.file, error.line) == ("a.yml", 3)
    assert error.fault.startswith("this is not YAML: mapping values are not allowed")
    assert error.mend == "Check the indentation, the colons and the quotes of this line"


def test_a_file_of_another_version(tmp_path: Path, lines: Lines) -> None:
    (tmp_path / "a.yml").write_text(f"version: 2\nfacts:\n{lines()}", encoding="utf-8")
    _, errors = read_facts(tmp_path)
    assert [str(error) for error in errors] == [
        "a.yml:1: the file does not tell its version. Begin it with version: 1."
    ]


@pytest.mark.parametrize("content", [b"version: 1\n# \xff\xfe", b"version: 1\n# \x00"])
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.yml").write_bytes(content)
    _, errors = read_facts(tmp_path)
    assert [str(error) for error in errors] == ["a.yml:1: this is not plain text. Save the file as UTF-8 text."]


def test_a_folder_without_facts(tmp_path: Path) -> None:
    with pytest.raises(FactFileError, match="the folder holds no fact file"):
        load_facts(tmp_path)

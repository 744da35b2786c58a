"""Every table has a decision: what becomes of its rows when a person is erased, and how long they stay otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from bot.storage import NewCase, Store
from bot.storage.models import Base
from bot.storage.retention import RETENTION, Keep
from tests.storage.helpers import NOON, message, size, turn
from tests.storage.test_erasure import EVERYTHING

GOES: Final = "every row goes"
DETACHED: Final = "stays without person, address and content: it tells a provider's repetition"
HELD: Final = "every row goes but a case under a legal hold"
NOBODYS: Final = "belongs to no person"
ON_ERASURE: Final = {
    "people": GOES,
    "addresses": GOES,
    "consents": GOES,
    "conversations": GOES,
    "answers": GOES,
    "transcript": GOES,
    "outbox": GOES,
    "attachments": GOES,
    "fires": GOES,
    "cases": HELD,
    "inbox": DETACHED,
    "receipts": NOBODYS,
    "releases": NOBODYS,
    "key_checks": NOBODYS,
}
"""A new table fails below until a line here says what erasing does to it. See also ``docs/retention.md``."""
PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "retention.md"
HEAD: Final = "| what | kept for | why |\n| --- | --- | --- |\n"


def test_every_table_has_a_decision() -> None:
    assert set(Base.metadata.tables) == set(ON_ERASURE)


def test_a_table_that_knows_a_person_belongs_to_one() -> None:
    for name, table in Base.metadata.tables.items():
        personal = {"person_id", "address_id"} & set(table.columns.keys())
        sealed = any(column.info.get("sealed") for column in table.columns)
        if personal or sealed:
            assert ON_ERASURE[name] != NOBODYS, name


@pytest.mark.parametrize("name", sorted(ON_ERASURE))
def test_erasing_does_as_decided(store: Store, name: str) -> None:
    store.save_release("r1", "{}", NOON)
    person = turn(store, **EVERYTHING)
    store.receive(message("en espera"))
    table = next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == name)
    before = size(store, table)
    assert before or name == "receipts", "the test gives this table no row"
    store.erase_person(person, NOON)
    after = size(store, table)
    if ON_ERASURE[name] in (GOES, HELD):
        assert after == 0
    elif name != "receipts":
        assert after == before


def test_a_case_to_come_is_erased_too(store: Store) -> None:
    person = turn(store, cases=(NewCase("crisis", "violence", urgent=True),))
    store.erase_person(person, NOON)
    assert store.open_cases() == []


def test_the_page_about_retention_says_what_the_purge_does() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index(HEAD) + len(HEAD) :].split("\n\n")[0].strip("\n").splitlines()
    assert table == [line(keep) for keep in RETENTION], "write the table of docs/retention.md anew from RETENTION"


def line(keep: Keep) -> str:
    """One line of the page's table."""
    days = keep.time.days if keep.time else 0
    kept = f"{days} day{'s' if days > 1 else ''}" if days else "until erased"
    return f"| `{keep.kind}` | {kept} | {keep.why} |"

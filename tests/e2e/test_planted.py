"""A thousand secrets told in every way; afterwards none of them can be read in any file of the service."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx

from bot.messages import Address, Inbound
from bot.storage import AnswerChange, ConsentChange, NewCase, NewMessage, Store, TurnRecord, open_store
from tests.harness.services import AMABLE, ROOT, Running, environment
from tests.storage.helpers import LEASE

Start = Callable[..., Running]
TOKENS: Final = 1_000
PEOPLE: Final = 120
WORD: Final = "PlAnTaDo"
PHONE: Final = "31598"
PLAIN = re.compile(rb"PlAnTaDo|P\x00l\x00A\x00n\x00T\x00a|plantado[0-9a-f]{16}|31598\d{5}", re.IGNORECASE)
TALK: Final = (
    "hola",
    "si acepto",
    "mi ppt se perdio",
    "{}",
    "papeles y permisos",
    "venezuela",
    "{}",
    "menu",
    "no se {}",
)


class Planter:
    """Makes secrets, and counts them."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def word(self) -> str:
        """A word or a name."""
        self.made.append(WORD + secrets.token_hex(8))
        return self.made[-1]

    def phone(self) -> str:
        """A telephone number."""
        self.made.append(f"{PHONE}{secrets.randbelow(100_000):05}")
        return self.made[-1]


def test_a_thousand_planted_secrets_are_found_nowhere(start_service: Start, tmp_path: Path) -> None:
    state = tmp_path / "state"
    running = start_service(state, log_level="DEBUG")
    planter = Planter()
    _converse(running, planter)
    assert list(_readable(tmp_path)) == [], "while the service runs, with its WAL"
    assert running.stop() == 0
    assert [line for line in running.log if PLAIN.search(line.encode())] == []

    store = open_store(f"sqlite:///{state / 'amable.db'}", state / "keys")
    people = [_plant(store, planter) for _ in range(PEOPLE)]
    assert len(planter.made) >= TOKENS
    assert list(_readable(state)) == [], "beside a WAL that is not folded in yet"

    backup = tmp_path / "copy.amable"
    made = subprocess.run([*AMABLE, "backup", "--to", str(backup)], cwd=ROOT, env=environment(state), check=False)
    assert made.returncode == 0
    told = json.dumps(store.export_person(people[0]), ensure_ascii=False)
    assert WORD in told, "the person themselves reads it"
    store.erase_person(people[1], datetime.now(UTC))
    store.close()
    assert list(_readable(tmp_path)) == []
    assert list(_readable(ROOT / "models")) == []


def test_the_search_finds_what_is_in_clear(tmp_path: Path) -> None:
    """Else the test above would pass on anything."""
    (tmp_path / "a").write_text(f"x {WORD}0011", encoding="utf-8")
    (tmp_path / "b").write_text(f"{PHONE}12345", encoding="utf-16")
    (tmp_path / "c").write_text(f"tel {PHONE}12345", encoding="utf-8")
    (tmp_path / "d").write_text(WORD, encoding="utf-16")
    assert [path.name for path in _readable(tmp_path)] == ["a", "c", "d"]


def _converse(running: Running, planter: Planter) -> None:
    headers = {"X-Amable": "1", "Origin": running.url}
    with httpx.Client(base_url=running.url, headers=headers, timeout=40) as browser:
        after = 0
        for number, line in enumerate(TALK):
            message = {
                "client_id": f"client-{number:04}",
                "kind": "text",
                "text": line.format(planter.word()),
                "payload": "",
            }
            assert browser.post("/chat/messages", json=message).status_code == 202
            lines = browser.get("/chat/messages", params={"after": after, "wait": 20}).json()["lines"]
            after = max([after, *(line["id"] for line in lines)])


def _plant(store: Store, planter: Planter) -> str:
    now = datetime.now(UTC)
    address = Address("telegram", planter.phone())
    text = f"soy {planter.word()}, vivo en {planter.word()}"
    store.receive(Inbound(address, planter.word(), "text", now, text, extra={"name": planter.word()}))
    claim = store.claim_next("planter", now, LEASE)
    assert claim is not None
    answers = tuple(AnswerChange(f"slot{at}", planter.word(), "f", "s", "r") for at in range(2))
    reply = NewMessage(f"Hola, {planter.word()}")
    record = TurnRecord(claim, claim.person_id, now, {"slots": {"name": planter.word()}}, "r", "es")
    fields = {name: getattr(record, name) for name in ("claim", "person_id", "now", "state", "bundle", "language")}
    cases = (NewCase("human", planter.word()),)
    consent = ConsentChange("given", "1")
    store.commit_turn(TurnRecord(**fields, consent=consent, answers=answers, messages=(reply,), said=text, cases=cases))
    (case,) = (case.id for case in store.open_cases(2 * PEOPLE) if case.person_id == claim.person_id)
    store.hold_case(case, planter.word(), now)
    return claim.person_id


def _readable(folder: Path) -> Iterator[Path]:
    """The files below a folder where a secret can be read, also inside archives."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        if PLAIN.search(path.read_bytes()):
            yield path
        if path.name.endswith(".tar.gz"):
            with tarfile.open(path) as archive:
                files = [archive.extractfile(member) for member in archive.getmembers() if member.isfile()]
                if any(file is not None and PLAIN.search(file.read()) for file in files):
                    yield path

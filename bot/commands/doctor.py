"""``amable doctor``: is everything that the service stands on in order, and what to do where it is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal

import httpx
import typer
from sqlalchemy import text

from bot.commands.console import out
from bot.commands.storage import KEY_FILE
from bot.content_error import ContentError
from bot.settings import Settings

Grade = Literal["good", "doubtful", "bad"]
SIGNS: Final = {"good": ("✓", "green"), "doubtful": ("!", "yellow"), "bad": ("✗", "red")}
LITTLE_DISK, TOO_LITTLE_DISK = 2_000_000_000, 200_000_000  # bytes
SKEW: Final = timedelta(seconds=30)
"""A clock that is further off sends check-ins at the wrong hour and refuses webhooks' certificates."""
WAITING: Final = 300  # seconds


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, and the way out where it is not good."""

    grade: Grade
    what: str
    mend: str = ""


def doctor() -> None:
    """Check keys, database, model, content, tokens, clock and disk, and say how to mend what is wrong."""
    settings = Settings()
    worst = 0
    for check in (_disk, _storage, _model, _content, _redis, _telegram):
        for finding in _careful(check, settings):
            sign, style = SIGNS[finding.grade]
            out.print(f"{sign} {finding.what}", style=style, markup=False)
            if finding.mend:
                out.print(f"    → {finding.mend}", markup=False)
            worst = max(worst, list(SIGNS).index(finding.grade))
    if worst == len(SIGNS) - 1:
        raise typer.Exit(1)


def _careful(check: Callable[[Settings], Iterable[Finding]], settings: Settings) -> Iterator[Finding]:
    """A check that itself fails is a finding; the others still run. Its text may hold a token: its type is said."""
    try:
        yield from check(settings)
    except Exception as error:
        yield Finding("bad", f"{check.__name__.strip('_')}: the check itself failed ({type(error).__name__})")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.state if settings.state.exists() else settings.state.parent
    free = shutil.disk_usage(folder).free
    said = f"disk: {free / 1e9:.1f} GB free in {folder}"
    grade: Grade = "bad" if free < TOO_LITTLE_DISK else "doubtful" if free < LITTLE_DISK else "good"
    yield Finding(grade, said, "" if grade == "good" else "Make room: a full disk keeps new messages from being stored")
    if settings.state.exists() and settings.state.stat().st_mode & 0o007:
        yield Finding("doubtful", f"{settings.state} can be read by every user", f"chmod 700 {settings.state}")


def _storage(settings: Settings) -> Iterator[Finding]:
    from bot.storage import StorageError
    from bot.storage import open_store as open_with

    keys, lookup = settings.keys.get_secret_value(), settings.lookup_key.get_secret_value()
    file = settings.state / KEY_FILE
    if not settings.database_url and not (settings.state / "amable.db").exists():
        yield Finding("doubtful", "database: none yet", "`amable run` makes it, and its keys")
        return
    try:
        store = open_with(settings.database, file, keys=keys, lookup_key=lookup)
    except StorageError as error:
        yield Finding("bad", f"database and keys: {error}", _MENDS.get(error.code, ""))
        return
    where = "AMABLE_KEYS" if keys else str(file)
    yield Finding("good", f"keys: those of the database ({where})")
    kind = "PostgreSQL" if settings.database_url.startswith("postgres") else f"SQLite, {settings.database}"
    yield Finding("good", f"database: answers, at this version ({kind})")
    now = datetime.now(UTC)
    yield from _queues(store.counts(), store.ages(now))
    if settings.database_url.startswith("postgres"):
        yield _clock("the database's", _database_time(settings), now)
    store.close()


_MENDS = {
    "database_away": "Start the database, or mend AMABLE_DATABASE_URL",
    "keys_missing": "Put the copy of the key file back, or set AMABLE_KEYS and AMABLE_LOOKUP_KEY",
    "wrong_keys": "Set the keys that this database was written with; nothing was changed",
    "key_file_exposed": "Make the key file readable by you alone",
    "database_newer": "Update this program",
}


def _queues(counts: dict[str, int], ages: dict[str, float]) -> Iterator[Finding]:
    for name, age in ages.items():
        if age > WAITING:
            yield Finding("doubtful", f"{name}: the oldest row waits {age / 60:.0f} minutes", "Is the service running?")
    if counts["inbox_parked"]:
        said = f"inbox: {counts['inbox_parked']} message(s) set aside after failing again and again"
        yield Finding("doubtful", said, "Look for turn_failed in the log: the error's name tells why")
    if counts["outbox_uncertain"]:
        said = f"outbox: {counts['outbox_uncertain']} message(s) of which nobody knows whether they arrived"
        yield Finding("doubtful", said, "A crash or a lost answer; the person sees the conversation go on")
    if counts["cases_urgent"]:
        yield Finding("doubtful", f"cases: {counts['cases_urgent']} urgent and open", "`amable cases` lists them")


def _model(settings: Settings) -> Iterator[Finding]:
    from bot.dialogue.quiet import silence_rasa

    silence_rasa()
    from bot.dialogue.training import model_path

    if model_path(settings).exists():
        yield Finding("good", f"model: of the present data ({model_path(settings).name})")
    else:
        yield Finding("doubtful", "model: none of the present data", "`amable train`; `amable run` does it by itself")


def _content(settings: Settings) -> Iterator[Finding]:
    from bot.dialogue.files import load_library
    from bot.dialogue.world import day_in_colombia
    from bot.facts.review import due, expired

    try:
        library = load_library(settings)
    except ContentError:
        yield Finding("bad", "content: does not load", "`amable check` names file, line, fault and mend")
        return
    today = day_in_colombia(datetime.now(UTC))
    late, over = len(list(due(library.facts, today))), len(list(expired(library.facts, today)))
    said = f"content: {len(library.current.flows)} flows, {over} facts expired, {late} due for review"
    yield Finding("doubtful" if late or over else "good", said, "`amable facts` lists them" if late or over else "")


def _redis(settings: Settings) -> Iterator[Finding]:
    if not settings.redis_url:
        return
    from redis import Redis, RedisError

    try:
        Redis.from_url(settings.redis_url, socket_connect_timeout=3).ping()
    except (RedisError, ValueError):
        yield Finding("bad", "redis: does not answer", "Start it, or mend AMABLE_REDIS_URL")
    else:
        yield Finding("good", "redis: answers")


def _telegram(settings: Settings) -> Iterator[Finding]:
    token = settings.telegram_token.get_secret_value()
    if not token:
        yield Finding("doubtful", "telegram: off", "Set AMABLE_TELEGRAM_TOKEN (from @BotFather) to connect it")
        return
    try:
        answer = httpx.get(f"{settings.telegram_api}/bot{token}/getMe", timeout=10)
    except httpx.HTTPError as error:
        mend = "Look at the network, and AMABLE_TELEGRAM_API"
        yield Finding("bad", f"telegram: not reached ({type(error).__name__})", mend)
        return
    if answer.status_code != httpx.codes.OK:
        mend = "Take the token from @BotFather anew"
        yield Finding("bad", f"telegram: refuses the token ({answer.status_code})", mend)
        return
    yield Finding("good", f"telegram: @{answer.json()['result'].get('username', '?')}")
    if "date" in answer.headers:
        yield _clock("Telegram's", parsedate_to_datetime(answer.headers["date"]), datetime.now(UTC))
    if settings.telegram_webhook_url and not settings.telegram_webhook_url.startswith("https://"):
        yield Finding("bad", "telegram: the webhook is not https", "AMABLE_TELEGRAM_WEBHOOK_URL is an https address")
    if settings.telegram_webhook_url and not settings.telegram_webhook_secret.get_secret_value():
        mend = "Set AMABLE_TELEGRAM_WEBHOOK_SECRET to a long random word"
        yield Finding("bad", "telegram: the webhook has no secret", mend)


def _clock(whose: str, theirs: datetime, ours: datetime) -> Finding:
    skew = abs(theirs - ours)
    said = f"clock: {skew.total_seconds():.0f} s from {whose}"
    return Finding("good", said) if skew <= SKEW else Finding("bad", said, "Set the clock of this machine (NTP)")


def _database_time(settings: Settings) -> datetime:
    from bot.storage import open_database

    engine = open_database(settings.database)
    try:
        with engine.connect() as connection:
            moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
            return moment
    finally:
        engine.dispose()

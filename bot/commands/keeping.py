"""``amable backup``, ``restore``, ``purge``, ``keys rotate``: keeping, moving and clearing the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.commands.console import err, fail, out
from bot.commands.storage import open_store, open_vault
from bot.settings import Settings

keys_app = typer.Typer(no_args_is_help=True, help="The encryption keys.")
BATCH = 500
"""Values sealed anew in one transaction: milliseconds, so that the service goes on beside it."""


def backup(
    to: Annotated[Path | None, typer.Option("--to", help="A new file; backups/<time>.amable where left out.")] = None,
) -> None:
    """Write an encrypted backup of everything, while the service runs."""
    from bot.storage import StorageError
    from bot.storage.backup import back_up

    settings, now = Settings(), datetime.now(UTC)
    engine, vault = open_vault(settings)
    path = to or settings.state / "backups" / f"{now:%Y-%m-%d-%H%M%S}.amable"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _bar("Backing up") as progress:
            count = back_up(engine, vault, path, now, progress)
    except FileExistsError:
        fail(f"{path} is there already", "Name another file: a backup is never written over")
    except (StorageError, OSError) as error:
        fail(f"no backup was made: {error}")
    out.print(f"✓ {count} rows in {path}", markup=False)
    out.print("  It opens only with this installation's keys: keep a copy of them in another place.", markup=False)


def restore(source: Annotated[Path, typer.Argument(help="The backup.")]) -> None:
    """Fill an empty database from a backup. The service must not run on it."""
    from bot.storage import StorageError
    from bot.storage.backup import restore as restore_from

    settings = Settings()
    engine, vault = open_vault(settings, new_keys=False)
    try:
        with _bar("Restoring") as progress:
            count = restore_from(engine, vault, source, progress)
    except FileNotFoundError:
        fail(f"there is no {source}")
    except StorageError as error:
        fail(f"nothing was restored: {error}", _WAYS.get(error.code, ""))
    except OSError as error:
        fail(f"nothing was restored: {error}")
    out.print(f"✓ {count} rows restored into {_place(settings)}", markup=False)


_WAYS = {
    "not_empty": "Set AMABLE_STATE to a new folder, or AMABLE_DATABASE_URL to a new database",
    "backup_damaged": "Give the keys it was made with (AMABLE_KEYS, or the key file), or take an older backup",
}


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would go.")] = False,
) -> None:
    """Remove what is over its time. The service does it by itself every hour."""
    from bot.storage.retention import RETENTION

    counts = open_store(Settings()).purge(datetime.now(UTC), dry_run)
    table = Table(title="would be removed" if dry_run else "removed", title_justify="left")
    for column in ("kind", "kept for", "why", "rows"):
        table.add_column(column, overflow="fold")
    for keep in RETENTION:
        kept = f"{keep.time.days} days" if keep.time else "until erased"
        table.add_row(keep.kind, kept, keep.why, str(counts[keep.kind]) if keep.time else "")
    out.print(table)


@keys_app.command("rotate")
def rotate() -> None:
    """Seal everything with the newest key, so that older ones can be retired. It may be stopped and called again."""
    settings = Settings()
    store = open_store(settings)
    left = store.sealed_with_older_keys()
    with _bar("Sealing with the newest key") as progress:
        done = 0
        while moved := store.reseal(BATCH):
            done += moved
            progress(done, max(left, done))
    out.print(f"✓ {done} values moved. Everything is sealed with the newest key.", markup=False)
    out.print(
        "  Now the older keys may be taken out of AMABLE_KEYS (or the key file), and backups made anew.", markup=False
    )


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _place(settings: Settings) -> str:
    return "the database of AMABLE_DATABASE_URL" if settings.database_url else str(settings.state / "amable.db")

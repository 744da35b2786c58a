"""``amable cases``: who waits for a person of the team, until the console exists."""

from __future__ import annotations

from rich.table import Table

from bot.commands.console import out
from bot.commands.storage import open_store
from bot.settings import Settings


def cases() -> None:
    """List the open cases: urgent first, then the oldest. No names, no words: only ids and reasons."""
    rows = open_store(Settings()).open_cases()
    if not rows:
        out.print("Nobody is waiting.")
        return
    table = Table()
    for column in ("case", "urgent", "kind", "reason", "channel", "language", "since"):
        table.add_column(column)
    for case in rows:
        since = case.opened_at.strftime("%Y-%m-%d %H:%M")
        urgent = "URGENT" if case.urgent else ""
        table.add_row(str(case.id), urgent, case.kind, case.reason, case.channel, case.language, since)
    out.print(table)

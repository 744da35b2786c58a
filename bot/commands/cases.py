"""``amable cases``: who waits for a person of the team, until the console exists."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from bot.commands.console import fail, out
from bot.commands.storage import open_store
from bot.settings import Settings

cases_app = typer.Typer(help="Who waits for a person of the team.")
Number = Annotated[int, typer.Argument(metavar="ID", help="The case's number.")]


@cases_app.callback(invoke_without_command=True)
def cases(context: typer.Context) -> None:
    """List the open cases: urgent first, then the oldest. No names, no words: only ids and reasons."""
    if context.invoked_subcommand is not None:
        return
    rows = open_store(Settings()).open_cases()
    if not rows:
        out.print("Nobody is waiting.")
        return
    table = Table()
    for column in ("case", "urgent", "kind", "reason", "channel", "language", "since", "held"):
        table.add_column(column)
    for case in rows:
        since = case.opened_at.strftime("%Y-%m-%d %H:%M")
        urgent = "URGENT" if case.urgent else ""
        held = "held" if case.held else ""
        table.add_row(str(case.id), urgent, case.kind, case.reason, case.channel, case.language, since, held)
    out.print(table)


@cases_app.command()
def hold(
    case: Number,
    why: Annotated[str, typer.Option("--why", help="The reason in Spanish, as the person is told it.")],
) -> None:
    """Keep a case although its person has everything erased: a court or the law asks for it."""
    from bot.storage.errors import CaseUnknown

    if not why.strip():
        fail("a hold needs a reason", "Write it in Spanish and in plain words: the person is told it")
    try:
        open_store(Settings()).hold_case(case, why.strip(), datetime.now(UTC))
    except CaseUnknown as error:
        fail(str(error), "amable cases lists the open ones")
    out.print(
        f"✓ Case {case} is held. The person reads why in «mis datos», and when they erase their data.", markup=False
    )


@cases_app.command()
def release(case: Number) -> None:
    """End a hold. Where the person was erased meanwhile, the case goes now."""
    from bot.storage.errors import CaseUnknown

    try:
        open_store(Settings()).release_hold(case)
    except CaseUnknown as error:
        fail(str(error), "amable cases lists the open ones")
    out.print(f"✓ Case {case} is held no more.", markup=False)

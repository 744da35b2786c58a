"""``amable facts``: what must be renewed, when it changes, and the whole content as one document to sign."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.commands.console import out
from bot.commands.content import Day, day_of
from bot.settings import Settings

facts_app = typer.Typer(help="The facts: what is due, what changes when, the document for a lawyer.")


@facts_app.callback(invoke_without_command=True)
def listing(context: typer.Context, today: Day = "") -> None:
    """List the facts that are due for review, expire soon, have expired, are doubtful or unused."""
    if context.invoked_subcommand is not None:
        return
    from bot.facts import load_facts
    from bot.facts.review import due, expired, expiring, low, past, unused
    from bot.flows.loading import load_flows
    from bot.flows.uses import facts_used

    settings, day = Settings(), day_of(today)
    book = load_facts(settings.facts)
    used = facts_used(load_flows(settings.flows))
    lists = {
        "due for review": due(book, day),
        "expires within 60 days": expiring(book, day, timedelta(days=60)),
        "of a past year (said with its year)": past(book, day),
        "expired (never said)": expired(book, day),
        "low confidence (never said)": low(book),
        "not used by any flow": unused(book, used),
    }
    for title, rows in lists.items():
        table = Table(title=f"{title}: {len(rows)}", title_justify="left", show_edge=False)
        for column in ("fact", "confidence", "review by", "expires", "where to look"):
            table.add_column(column, overflow="fold")
        for fact in rows:
            expires = fact.expires.isoformat() if fact.expires else ""
            table.add_row(fact.id, fact.confidence.value, fact.review_by.isoformat(), expires, fact.confirm_at.url)
        out.print(table)
        out.print()


MOST_NAMED = 12
"""Facts that one line of the calendar names; reviews of a whole chapter fall on one day."""


@facts_app.command("calendar")
def calendar(
    today: Day = "",
    every: Annotated[bool, typer.Option("--all", help="Name every fact, however many there are.")] = False,
) -> None:
    """Tell what changes when, month by month; what needs somebody within sixty days is marked."""
    from bot.facts import load_facts
    from bot.facts.agenda import agenda, is_near

    day = day_of(today)
    words = {"ends": "last day", "begins": "first day", "deadline": "deadline", "review": "review"}
    near = 0
    for month in agenda(load_facts(Settings().facts), day):
        out.print("overdue" if month.overdue else f"{month.year}-{month.month:02d}", style="bold", markup=False)
        for entry in month.entries:
            soon = is_near(entry, day)
            near += soon
            why = f" ({entry.reason})" if entry.reason else ""
            shown = entry.facts if every else entry.facts[:MOST_NAMED]
            ids = ", ".join(fact.id for fact in shown)
            ids += f" and {len(entry.facts) - len(shown)} more" if len(shown) < len(entry.facts) else ""
            line = f"  {'!' if soon else ' '} {entry.day} {words[entry.what]}{why}: {ids}"
            out.print(line, style="yellow" if soon else "", markup=False)
    out.print(f"{near} entries within 60 days or overdue", markup=False)


@facts_app.command("report")
def report(
    to: Annotated[Path, typer.Option("--to", help="Where the document goes.")] = Path("build/content-report.html"),
    today: Day = "",
) -> None:
    """Write the whole content as one HTML document that a lawyer can read, print and sign."""
    from bot.facts import load_facts
    from bot.flows.loading import load_flows
    from bot.flows.turn import World
    from bot.reports import content_report

    settings = Settings()
    world = World(load_flows(settings.flows), load_facts(settings.facts), day_of(today))
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(content_report(world), encoding="utf-8")
    out.print(f"✓ {to}", markup=False)

"""``amable check``, ``amable flows …``: the content, proved and drawn."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import fail, out
from bot.settings import ROOT, Settings

flows_app = typer.Typer(no_args_is_help=True, help="The routes: draw them, write their schema.")
Day = Annotated[str, typer.Option(help="The day to check for, as 2027-01-01; today where left out.")]


def check(today: Day = "") -> None:
    """Prove the content without running the bot: steps, facts, texts, limits, words, reading ease."""
    from bot.dialogue.files import load_library
    from bot.flows.checks import CHECKS, check_flows
    from bot.flows.turn import World

    settings = Settings()
    library = load_library(settings)
    world = World(library.current, library.facts, day_of(today), library.translate, library.languages)
    found = check_flows(world)
    for each in CHECKS:
        faults = found[each.name]
        out.print(f"{'✗' if faults else '✓'} {each.proves}", style="red" if faults else "green", markup=False)
        for fault in faults:
            out.print(f"    {fault}", markup=False)
    total = sum(map(len, found.values())) + _check_catalogues(settings)
    steps = sum(len(flow.steps) for flow in library.current.flows.values())
    out.print(f"{len(library.current.flows)} flows, {steps} steps, {len(library.current.cards)} cards, {total} faults")
    if total:
        raise typer.Exit(1)


def _check_catalogues(settings: Settings) -> int:
    from bot.i18n.checks import check_catalogues

    problems = tuple(check_catalogues(ROOT, settings.locales))
    mark, style = ("✗", "red") if problems else ("✓", "green")
    out.print(f"{mark} every text of a released language is translated, whole and up to date", style=style)
    for problem in problems:
        out.print(f"    {problem}", markup=False)
    return len(problems)


@flows_app.command("draw")
def draw(
    folder: Annotated[Path, typer.Option("--to", help="Where the diagrams go.")] = Path("build/flows"),
    only: Annotated[str, typer.Option("--flow", help="One flow only.")] = "",
) -> None:
    """Write a diagram of each flow (Mermaid and SVG) that a lawyer can follow."""
    from bot.facts import load_facts
    from bot.flows.diagram import draw_flow
    from bot.flows.loading import load_flows

    settings = Settings()
    flows, book = load_flows(settings.flows), load_facts(settings.facts)
    if only and only not in flows.flows:
        fail(f"there is no flow {only!r}", f"There are: {', '.join(flows.flows)}")
    folder.mkdir(parents=True, exist_ok=True)
    for flow in flows.flows.values():
        if only in ("", flow.id):
            for suffix, text in draw_flow(flow, flows, book).items():
                (folder / f"{flow.id}.{suffix}").write_text(text, encoding="utf-8")
            out.print(f"✓ {folder / flow.id}.svg", markup=False)


@flows_app.command("schema")
def schema() -> None:
    """Write flows/flow.schema.json, from which editors complete and check flow files."""
    from bot.flows.schema import flow_schema

    path = Settings().flows / "flow.schema.json"
    path.write_text(json.dumps(flow_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    out.print(f"✓ {path}", markup=False)


def day_of(text: str) -> date:
    from bot.dialogue.world import day_in_colombia

    if not text:
        return day_in_colombia(datetime.now(UTC))
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{text!r} is no day", "Write it as 2027-01-01")

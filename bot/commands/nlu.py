"""``amable nlu …``: what the NLU makes of a message."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.console import fail, out

if TYPE_CHECKING:
    from bot.dialogue.nlu.evaluate import Reading

nlu_app = typer.Typer(no_args_is_help=True, help="The understanding of free text.")


@nlu_app.command("classify")
def classify() -> None:
    """Read a message a line, print a JSON object a line: text, topic, intent, confidence, language."""
    from bot.commands.run import ready_model
    from bot.settings import Settings

    model = ready_model(Settings())
    from bot.dialogue.agent import load_agent
    from bot.dialogue.nlu.classify import classify as classify_one

    agent = load_agent(model, None)

    async def work() -> None:
        for line in sys.stdin:
            text = line.rstrip("\n")
            if text.strip():
                result = await classify_one(agent, text)
                print(json.dumps(dataclasses.asdict(result), ensure_ascii=False), flush=True)

    try:
        asyncio.run(work())
    except UnicodeDecodeError:
        fail("standard input is not UTF-8 text", "Convert it: iconv -f latin1 -t utf-8")


@nlu_app.command("evaluate")
def evaluate(
    language: Annotated[str, typer.Option(help="One language only: es, en, fr, pt, ht.")] = "",
    config: Annotated[Path, typer.Option(help="The configuration to measure.")] = Path("config.yml"),
    against: Annotated[Path | None, typer.Option(help="Another configuration, measured in the same run.")] = None,
    tests: Annotated[Path, typer.Option(help="Folder of the held-out messages.")] = Path("tests/nlu"),
    folds: Annotated[int, typer.Option(help="Cross-validate the training data in so many folds; 0: do not.")] = 0,
    apart: Annotated[bool, typer.Option("--apart", help="Also train one model a language, to compare.")] = False,
    topics: Annotated[bool, typer.Option("--topics", help="Tell each topic, and what was missed.")] = False,
    picture: Annotated[Path | None, typer.Option(help="Folder for pictures of the confusion.")] = None,
) -> None:
    """Measure the understanding on messages that nobody tuned on, and by cross-validation; a row a language."""
    from bot.commands.run import ready_model
    from bot.dialogue.quiet import silence_rasa
    from bot.settings import Settings

    silence_rasa()
    from bot.dialogue.nlu.confusion import draw_confusion
    from bot.dialogue.nlu.evaluate import cross_validate, read_with
    from bot.dialogue.nlu.heldout import held_out_languages, read_held_out
    from bot.dialogue.nlu.offline import OfflineNlu, read_languages, read_pipeline

    for path in filter(None, (config, against, tests)):
        if not path.exists():
            fail(f"{path} is missing", "Run this in the root of the repository")
    languages = (language,) if language else held_out_languages(tests)
    held = [read_held_out(tests, each) for each in languages]
    if not any(each.messages for each in held):
        fail(f"there are no held-out messages for {language!r}", f"There are: {', '.join(held_out_languages(tests))}")
    examples = read_languages(Settings().nlu)
    found: dict[str, list[Reading]] = {}
    for path in filter(None, (config, against)):
        pipeline = read_pipeline(path)
        with out.status(f"Measuring {path}"), tempfile.TemporaryDirectory() as folder:
            if path.resolve() == Settings().config:
                nlu = OfflineNlu.load(ready_model(Settings()), Path(folder))  # the service's own model
            else:
                nlu = OfflineNlu.train(pipeline, examples, Path(folder))
            found[f"{path}, held out"] = [read_with(nlu, each) for each in held]
        if apart:
            found[f"{path}, one model a language"] = readings = []
            for each in held:
                own = [example for example in examples if example.language == each.language]
                with out.status(f"Training {path} on {each.language}"), tempfile.TemporaryDirectory() as folder:
                    readings.append(read_with(OfflineNlu.train(pipeline, own, Path(folder)), each))
        if folds:
            with out.status(f"Cross-validating {path} in {folds} folds"):
                crossed = list(cross_validate(pipeline, examples, folds, seed=7))
            found[f"{path}, {folds} folds"] = [each for each in crossed if each.language in languages]
    for title, readings in found.items():
        _print_table(title, readings)
        for reading in readings:
            if topics:
                _print_topics(reading)
            if picture:
                name = "".join(char if char.isalnum() else "_" for char in f"{title} {reading.language}")
                draw_confusion(reading, picture / f"{name}.png")
                out.print(f"✓ {picture / name}.png", markup=False)


def _print_table(title: str, readings: Iterable[Reading]) -> None:
    from bot.dialogue.nlu.evaluate import measure

    # Plain lines: a table that bends to a narrow terminal, or to a log of 80 columns, cannot be compared.
    out.print(title, style="bold", markup=False)
    names = ("topic", "F1", "oos", "danger", "sure", "hard!", "hard?", "other!", "other?", "lang", "ECE")
    out.print(f"{'':<4}{'n':>6}" + "".join(f"{name:>8}" for name in names), markup=False)
    for reading in readings:
        code, count, *shares = dataclasses.astuple(measure(reading))
        cells = "".join(f"{100 * each:8.1f}" if each == each else f"{'-':>8}" for each in shares)
        out.print(f"{code:<4}{count:>6}{cells}", markup=False)
    out.print(
        "topic, oos: as acted upon; danger: found, of it sure; hard, other: false alarms, sure (!) or asked (?); "
        "lang: of three words or more",
        style="dim",
        markup=False,
    )


def _print_topics(reading: Reading) -> None:
    from bot.dialogue.nlu.evaluate import topic_scores

    for each in topic_scores(reading):
        numbers = f"P {each.precision:.2f} R {each.recall:.2f} F1 {each.f1:.2f} of {each.messages}"
        out.print(f"{reading.language} {each.topic}: {numbers}", style="bold", markup=False)
        for given, text in each.missed:
            out.print(f"    {given}: {text}", markup=False)

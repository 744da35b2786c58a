"""``amable bench …``: measurements that compare in one run."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.console import fail, out
from bot.settings import Settings

bench_app = typer.Typer(no_args_is_help=True, help="Measure, always against something, in one run.")


@bench_app.command("conversation")
def conversation(
    samples: Annotated[int, typer.Option(min=5, help="Taps and texts measured at each point.")] = 30,
    longest: Annotated[int, typer.Option(min=100, help="The last point, in turns.")] = 1000,
) -> None:
    """A turn at turns 10, 100 and 1,000, beside plain Rasa with the same pipeline and rules."""
    from bot.bench.conversation import compare

    try:
        compare(Settings(), out, points=(10, 100, longest), samples=samples)
    except RuntimeError as error:
        fail(str(error))


@bench_app.callback()
def _group() -> None:
    """Keeps ``conversation`` a subcommand while it is the only one."""

"""The command ``amable``."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from bot.commands.bench import bench_app
from bot.commands.cases import cases_app
from bot.commands.console import fail
from bot.commands.content import check, flows_app
from bot.commands.doctor import doctor
from bot.commands.facts import facts_app
from bot.commands.keeping import backup, keys_app, purge, restore
from bot.commands.locales import locales_app
from bot.commands.nlu import nlu_app
from bot.commands.run import chat, run, train
from bot.content_error import ContentError


class _Commands(TyperGroup):
    """Tells content that cannot be read as an error with its file and line, whichever command met it."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ContentError as error:
            fail(f"the content cannot be read:\n{error}", "Mend it; `amable check` shows what else is wrong")


app = typer.Typer(
    name="amable",
    cls=_Commands,
    help="Banco Amable 2.0: run the service, talk to it, check its content.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals may hold what a person wrote
    add_completion=False,
)
app.command()(run)
app.command()(chat)
app.command()(train)
app.command()(check)
app.command()(doctor)
app.command()(backup)
app.command()(restore)
app.command()(purge)
app.add_typer(cases_app, name="cases")
app.add_typer(keys_app, name="keys")
app.add_typer(flows_app, name="flows")
app.add_typer(facts_app, name="facts")
app.add_typer(locales_app, name="locales")
app.add_typer(nlu_app, name="nlu")
app.add_typer(bench_app, name="bench")


def main() -> None:
    """Entry point."""
    app()


if __name__ == "__main__":
    main()

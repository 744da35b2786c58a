"""``amable locales …``: the catalogues of the five languages."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.console import fail, out
from bot.settings import ROOT, Settings

locales_app = typer.Typer(no_args_is_help=True, help="The translations: how far they are, bringing them up to date.")
Language = Annotated[str, typer.Argument(help="A language of locales/languages.yml: ht, fr, en, pt.")]


@locales_app.command("status")
def status() -> None:
    """Print how many messages of each language are translated, fuzzy, missing, doubtful, and who read them."""
    from bot.i18n.status import status as rows_of

    names = ("messages", "translated", "fuzzy", "missing", "doubtful", "released")
    out.print(f"{'':<20}" + "".join(f"{name:>12}" for name in names) + "  read by a native", style="bold", markup=False)
    for row in rows_of(Settings().locales):
        numbers = (row.messages, row.translated, row.fuzzy, row.untranslated, row.doubtful)
        cells = "".join(f"{each:>12}" for each in (*numbers, "yes" if row.released else "no"))
        out.print(f"{row.code} {row.name:<17}{cells}  {row.native_review or 'not yet'}", markup=False)


@locales_app.command("update")
def update() -> None:
    """Bring the template and all catalogues up to date with flows, facts and program; changed texts become fuzzy."""
    from bot.i18n.catalogues import compile_catalogue, po_path, put
    from bot.i18n.languages import read_languages
    from bot.i18n.updating import TEMPLATE, template_text
    from bot.i18n.updating import update as merge

    folder = Settings().locales
    put(folder / TEMPLATE, template_text(ROOT, folder))
    for code in read_languages(folder).translated:
        catalogue = merge(ROOT, folder, code)
        compile_catalogue(po_path(folder, code))
        missing = sum(not message.string for message in catalogue if message.id)
        fuzzy = sum(bool(message.string and message.fuzzy) for message in catalogue if message.id)
        out.print(f"✓ {code}: {missing} to translate, {fuzzy} fuzzy", markup=False)


@locales_app.command("compile")
def compile_all() -> None:
    """Compile every catalogue: what was changed in Poedit is then read by the service at its next start."""
    from bot.i18n.catalogues import compile_catalogue, po_path
    from bot.i18n.languages import read_languages

    folder = Settings().locales
    for code in read_languages(folder).translated:
        path = po_path(folder, code)
        if path.is_file():
            out.print(f"✓ {compile_catalogue(path)}", markup=False)


@locales_app.command("review")
def review(language: Language) -> None:
    """List what a native speaker should read first: danger, consent, and what the translator was not sure of."""
    from bot.i18n.catalogues import po_path
    from bot.i18n.status import to_review

    folder = Settings().locales
    if not po_path(folder, language).is_file():
        fail(f"there is no catalogue for {language!r}", "amable locales status lists them")
    for message in to_review(folder, language):
        out.print(f"# {' · '.join((*message.auto_comments, *message.user_comments))}", style="dim", markup=False)
        out.print(f"  es: {message.id}\n  {language}: {message.string}\n", markup=False)

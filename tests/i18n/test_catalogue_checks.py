"""``amable check`` is red for a catalogue that would make the bot say something wrong, too long, or in Spanish."""

from __future__ import annotations

import pytest

from bot.i18n.checks import check_catalogues
from bot.i18n.updating import write_catalogue
from tests.i18n.conftest import LANGUAGES, Project

SAY = "Cuesta {fact:office_fee}. Ve con calma."


def test_a_whole_catalogue_has_no_faults(project: Project) -> None:
    assert project.faults() == []


@pytest.mark.parametrize(
    ("source", "text", "faults"),
    [
        ("Ninguno", "", ["untranslated: Ninguno"]),
        ("Ninguno", "Não tenho nenhum deles", ["too_long: Ninguno"]),
        ("Tu trámite", "O seu trâmite no escritório", ["too_long: Tu trámite"]),
        (SAY, "Custa pouco. Vá com calma.", [f"placeholder: {SAY}"]),
        (SAY, "Custa {fact:fee}. Vá com calma.", [f"placeholder: {SAY}"]),
        (SAY, "Custa {fact:office_fee}, {fact:office_fee}.", [f"placeholder: {SAY}"]),
        ("ppt|carnet", "ppt||carteira", ["empty_form: ppt|carnet"]),
        ("¿Qué papel tienes?", "Que documento você tem? " * 60, ["too_long: ¿Qué papel tienes?"]),
    ],
)
def test_a_bad_translation_is_red(project: Project, source: str, text: str, faults: list[str]) -> None:
    project.translate({source: text})
    assert project.faults() == faults


def test_the_fault_tells_how_long_the_label_is_and_what_to_do(project: Project) -> None:
    project.translate({"Ninguno": "Não tenho nenhum deles"})
    (fault,) = check_catalogues(project.root, project.locales)
    assert str(fault) == (
        "locales/pt/LC_MESSAGES/messages.po: «Ninguno»: 'Não tenho nenhum deles' has 22 characters, at most 20 fit. "
        "Say it shorter. [too_long]"
    )


def test_a_fuzzy_message_of_a_released_language_is_red(project: Project) -> None:
    catalogue = project.catalogue()
    catalogue["Ninguno"].flags.add("fuzzy")
    write_catalogue(project.po, catalogue)
    assert project.faults() == ["fuzzy: Ninguno"]


def test_a_new_text_makes_template_and_catalogue_stale(project: Project) -> None:
    text = project.flow.read_text(encoding="utf-8").replace("Ve con calma.", "Lleva dos copias y una foto tuya.")
    project.flow.write_text(text, encoding="utf-8")
    assert project.faults() == ["stale_template: ", "stale: "]
    project.update()
    assert [fault.partition(":")[0] for fault in project.faults()] in (["fuzzy"], ["untranslated"])


def test_a_catalogue_that_is_missing_is_red_only_where_it_is_released(project: Project) -> None:
    project.po.unlink()
    assert project.faults() == ["no_catalogue: "]
    listed = LANGUAGES.replace("Português, released: true", "Português, released: false")
    (project.locales / "languages.yml").write_text(listed, encoding="utf-8")
    assert project.faults() == []


def test_a_language_in_the_making_may_be_incomplete_but_not_wrong(project: Project) -> None:
    listed = LANGUAGES.replace("Português, released: true", "Português, released: false")
    (project.locales / "languages.yml").write_text(listed, encoding="utf-8")
    project.translate({"Ninguno": "", SAY: "Custa pouco."})
    assert project.faults() == [f"placeholder: {SAY}"]

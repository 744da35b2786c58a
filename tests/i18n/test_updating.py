"""Extraction and update: a translator gets every text with its place and limit, and loses no work."""

from __future__ import annotations

from bot.i18n.status import status, to_review
from bot.i18n.updating import write_catalogue
from tests.i18n.conftest import PORTUGUESE, Project


def test_every_text_comes_with_flow_step_and_kind(project: Project) -> None:
    comments = {str(message.id): message.auto_comments for message in project.catalogue() if message.id}
    assert set(comments) == set(PORTUGUESE)
    assert comments["Carné PPT"] == ["flow office, step paper: option label, at most 20 characters"]
    assert comments["Tu trámite"] == ["flow office: name in the menu, at most 24 characters"]
    assert comments["¿Qué papel tienes?"] == ["flow office, step paper: question, at most 1024 characters"]
    assert comments["ppt|carnet"][0].startswith("flow office, step paper: what people write instead of «Carné PPT»")


def test_the_limits_are_flags_that_weblate_knows(project: Project) -> None:
    flags = {str(message.id): message.flags for message in project.catalogue() if message.id}
    assert flags["Carné PPT"] == {"max-length:20"}
    assert flags["Qué papel llevar"] == {"max-length:72"}
    assert flags["Cuesta {fact:office_fee}. Ve con calma."] == {"python-brace-format"}


def test_a_label_beside_three_others_may_be_longer(project: Project) -> None:
    more = "".join(f"\n          - {{value: v{n}, label: Papel {name}}}" for n, name in enumerate(("azul", "rojo")))
    text = project.flow.read_text(encoding="utf-8").replace("label: Ninguno}", "label: Ninguno}" + more)
    project.flow.write_text(text, encoding="utf-8")
    project.update()
    assert "max-length:24" in project.catalogue()["Ninguno"].flags


def test_a_changed_text_keeps_its_translation_as_fuzzy(project: Project) -> None:
    text = project.flow.read_text(encoding="utf-8").replace("¿Qué papel tienes?", "¿Qué papel tienes hoy?")
    project.flow.write_text(text, encoding="utf-8")
    project.update()
    message = project.catalogue()["¿Qué papel tienes hoy?"]
    assert message.string == "Que documento você tem?"
    assert message.fuzzy
    assert '#| msgid "¿Qué papel tienes?"' in project.po.read_text(encoding="utf-8")


def test_an_update_without_changes_changes_nothing(project: Project) -> None:
    before = project.po.read_bytes()
    project.update()
    assert project.po.read_bytes() == before


def test_a_translators_comment_survives_an_update_and_asks_for_a_native(project: Project) -> None:
    catalogue = project.catalogue()
    catalogue["Ninguno"].user_comments.append("native review: or «Nenhuma»?")
    write_catalogue(project.po, catalogue)
    project.update()
    assert [str(message.id) for message in to_review(project.locales, "pt")] == ["Ninguno"]
    (row,) = status(project.locales)
    assert (row.code, row.messages, row.translated, row.untranslated, row.doubtful) == ("pt", 10, 10, 0, 1)


def test_status_counts_what_is_missing_and_fuzzy(project: Project) -> None:
    project.translate({"Ninguno": ""})
    catalogue = project.catalogue()
    catalogue["Carné PPT"].flags.add("fuzzy")
    write_catalogue(project.po, catalogue)
    (row,) = status(project.locales)
    assert (row.translated, row.fuzzy, row.untranslated) == (8, 1, 1)

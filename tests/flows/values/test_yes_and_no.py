"""Yes and no, as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.flows.values import read_value

TODAY = date(2026, 11, 24)
YES = [
    "sí", "si", "SIIIII", "sii", "s", "si si si", "Sí, señorita, estoy de acuerdo.", "si señora gracias",
    "si claro tengo uno", "si tengo", "si mi amor", "sí, esa misma", "claro", "claro que sí", "claro pues",
    "calro", "ajá", "dale", "dale pues", "simón", "sisas", "sisas parce", "sip", "de una", "obvio",
    "bueno hágale", "por supuesto, acepto", "creo que sí", "listo", "yes", "yep", "yes i do", "of course",
    "oui", "ouais", "oui bien sûr", "sim", "sim, tenho", "com certeza", "wi", "men wi", "wi mwen genyen", "👍",
    "✅",
]  # fmt: skip
NO = [
    "no", "NOOOO", "n", "no no no", "no no tengo", "no tengo", "no gracias", "no señora, yo eso no lo tengo",
    "nop", "no, me lo robaron", "para nada", "ni de vaina", "nanai", "nunca", "jamás", "todavía no",
    "claro que no", "negativo", "por supuesto que no", "pues no", "mejor no", "no, todavía no lo tengo", "non",
    "pas encore", "pas du tout", "não", "não tenho", "ainda não", "nope", "not yet", "i don't", "no thanks",
    "mwen pa genyen", "poko", "👎",
]  # fmt: skip
NEITHER = [
    "no sé", "no se", "nose", "no estoy segura", "no me acuerdo", "si dios quiere", "si no", "si o no",
    "sí y no", "depende", "tal vez", "más o menos", "de pronto", "no entiendo", "no me deja entrar",
    "no hay problema", "si puedo", "sí pero no", "no si tengo", "¿sí?", "si no tengo papeles qué pasa",
    "si yo falto mañana nadie se da cuenta", "no quiero vivir más", "no puedo hablar mucho, me está pegando",
    "no quiero seguir hablando con la máquina", "no tengo a dónde ir", "i don't know", "maybe",
    "je ne sais pas", "peut-être", "não sei", "talvez", "m pa konnen", "petèt", "👍👎", "🙏", "", "?", "maicao",
    "nada que ver con eso que me preguntas vale la pena seguir con lo mismo otra vez",
]  # fmt: skip


@pytest.mark.parametrize("language", ["es", "ht"])
@pytest.mark.parametrize("text", YES)
def test_yes(text: str, language: str) -> None:
    assert read_value("boolean", text, TODAY, language) is True


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("text", NO)
def test_no(text: str, language: str) -> None:
    assert read_value("boolean", text, TODAY, language) is False


@pytest.mark.parametrize("text", NEITHER)
def test_what_leaves_it_open_is_neither(text: str) -> None:
    assert read_value("boolean", text, TODAY, "es") is None

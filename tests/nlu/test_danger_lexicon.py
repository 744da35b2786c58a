"""The danger lexicon finds danger in many ways of writing it, and lets idioms pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.nlu.danger_lexicon import DangerLexicon, Hit, LexiconError, compile_pattern

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lexicon() -> DangerLexicon:
    return DangerLexicon.read(sorted((ROOT / "nlu" / "danger").glob("lexicon_*.yml")))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mi compañero me golpeó delante de la bebé", "violence"),
        ("ese man m amenazo con un machete", "violence"),
        ("los del gota a gota dicen q me van a matar", "violence"),
        ("mi jefe me manoseó", "violence"),
        ("YA NO QUIERO SEGUIR VIVIENDO", "suicide"),
        ("a veces pienso en matarmeee", "suicide"),
        ("mi hermana intentó quitarse la vida", "suicide"),
        ("tengo ganas de tirarme de un puente", "suicide"),
        ("nos quitaron los pasaportes y no nos dejan salir", "trafficking"),
        ("la dueña del bar me obliga a prostituirme", "trafficking"),
        ("estoy encerrada con llave en la finca donde trabajo", "trafficking"),
        ("no aparece mi niña desde anoche", "child_risk"),
        ("la guerrilla se quiere llevar a mi hijo para el monte", "child_risk"),
        ("el padrastro le pega a los niños", "child_risk"),
    ],
)
def test_danger_is_found_and_sure(lexicon: DangerLexicon, text: str, kind: str) -> None:
    assert Hit(kind, "sure") in lexicon.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "me muero de la risa",
        "me muero por una arepa",
        "este calor me está matando",
        "trabajo matando tigres mientras sale algo",
        "ya no quiero vivir en Cali, me mudo a Pasto",
        "¿cuándo ponen la vacuna contra la gripa?",
        "se me perdió el pasaporte en el bus",
        "mi papá murió en 2015 y necesito el registro de defunción",
        "me cortaron la luz",
        "¿qué es la trata de personas?",
        "quiero ir a la charla sobre violencia de género",
        "violaron mi contrato",
        "se me murió el celular",
        "me despido del trabajo el viernes",
        "no aguanto este calor",
        "hola, ¿cómo saco el PPT?",
        "¿cuánto es el auxilio de transporte?",
        "me apunto pa lo que sea",
        "¿dónde me apunto?",
        "yo me apunto al curso de panadería",
        "es obligatorio cargar el documento siempre?",
        "me vendieron un lote",
        "nos vendieron una moto sin papeles",
        "me dieron 3 dias para desocupar la pieza",
        "mi novio se va y quiere q me vaya con el",
        "mi marido se cayó de una moto",
        "me estoy muriendo de hambre",
        "¿me toca inscribirme?",
        "la deuda sube cada día",
        "la deuda del icetex crece y no puedo pagar",
    ],
)
def test_idioms_and_ordinary_questions_pass(lexicon: DangerLexicon, text: str) -> None:
    assert lexicon.search(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("me apuntó con una pistola", "violence"),
        ("me apuntó a la cabeza", "violence"),
        ("me vendieron a un señor", "trafficking"),
        ("nos vendieron para el bar", "trafficking"),
        ("me obligan a cargar droga y es obligatorio", "trafficking"),
        ("me dieron 3 dias para desocupar la pieza o me matan", "violence"),
        ("nos dieron tres dias para desocupar la vereda", "violence"),
        ("hombres armados nos dieron 24 horas para irnos", "violence"),
        ("la deuda sube cada día y no me dejan ir", "trafficking"),
    ],
)
def test_a_guard_takes_no_danger_away(lexicon: DangerLexicon, text: str, kind: str) -> None:
    assert Hit(kind, "sure") in lexicon.search(text)


def test_a_bare_cry_for_help_still_asks(lexicon: DangerLexicon) -> None:
    assert lexicon.search("auxilio") == [Hit("violence", "unsure")]


def test_a_denial_or_a_laugh_makes_it_unsure_but_never_silent(lexicon: DangerLexicon) -> None:
    assert lexicon.search("no me quiero matar")[0] == Hit("suicide", "unsure")
    assert lexicon.search("jajaja me quiero matar con este formulario")[0] == Hit("suicide", "unsure")


def test_the_surest_hit_comes_first(lexicon: DangerLexicon) -> None:
    found = lexicon.search("hay violencia en el barrio y mi marido me pega")
    assert found[0].certainty == "sure"


def test_what_is_stored_in_the_model_reads_back_the_same(lexicon: DangerLexicon) -> None:
    again = DangerLexicon.from_data(lexicon.as_data())
    assert again == lexicon
    assert again.search("mi marido me pega") == lexicon.search("mi marido me pega")


@pytest.mark.parametrize(
    ("pattern", "matches", "passes"),
    [
        ("me (pega|golpea)", "mi ex me golpea", "mi ex me paga"),
        ("quita* la vida", "quitarme la vida", "la vida quita"),
        ("(ya)? no quiero vivir", "no quiero vivir", "quiero vivir"),
        ("tienen .. papeles", "tienen todos mis papeles", "tienen a una y a otra y dos mas papeles"),
    ],
)
def test_the_small_pattern_language(pattern: str, matches: str, passes: str) -> None:
    assert compile_pattern(pattern).search(matches)
    assert not compile_pattern(pattern).search(passes)


@pytest.mark.parametrize("pattern", ["", "a[b]", "((a|b) c)", "é", ".. a", "a (b"])
def test_a_pattern_outside_the_language_is_refused(pattern: str) -> None:
    with pytest.raises(LexiconError, match="pattern"):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("kinds: {murder: {sure: [a]}}", "murder"),
        ("kinds: {suicide: {certain: [a]}}", "suicide"),
        ("kinds: {suicide: {sure: ['a[']}}", "a\\["),
        ("words: [a]", "guards"),
        ("[]", "guards"),
    ],
)
def test_a_bad_lexicon_says_which_file_and_what(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "lexicon_xx.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=f"lexicon_xx.yml.*{says}"):
        DangerLexicon.read([path])

"""A conversation piped through the terminal: the README's promise, with a digression, a correction and a typo."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.harness.services import AMABLE, ROOT, environment

TALK = """\
ola buenas
si acepto
papeles y permisos
otro pais
y un bebe q nacio aca en colombia como lo registro?
nacio en colombia
de venesuela
cambiar mi nacionalidad a venezuela
ppt perdido o con eror
se perdioo
resumen
"""


def talk(state: Path, lines: str, person: str = "ana") -> str:
    """Pipe lines through ``amable chat`` and return what it printed."""
    done = subprocess.run(
        [*AMABLE, "chat", "--person", person],
        cwd=ROOT,
        env=environment(state),
        input=lines,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_reaches_the_duplicate_card_after_a_digression_a_correction_and_a_typo(tmp_path: Path) -> None:
    """The card says what to bring, where, the cost and the date of the fact; the summary knows the corrected answer."""
    said = talk(tmp_path, TALK)
    digression = said.index("> y un bebe")
    assert "Volvamos a «Papeles y permisos»" in said[digression:], "the digression does not lead back"
    card = said[said.index("> se perdioo") :]
    for part in (
        "DUPLICADO DEL PPT",
        "Qué llevar",
        "Migración Colombia",
        "20.000 pesos",
        "Datos vistos desde febrero de 2025",
        "Si te dicen que no",
    ):
        assert part in card
    assert "Nacionalidad: Venezuela" in said[said.index("> resumen") :]


def test_a_conversation_goes_on_in_another_process(tmp_path: Path) -> None:
    """The program is ended between two messages; the person notices nothing."""
    talk(tmp_path, "hola\nsi\npapeles y permisos\n")
    said = talk(tmp_path, "venezuela\n")
    assert "¿Qué papel de Colombia tienes hoy?" in said


def test_two_people_do_not_meet(tmp_path: Path) -> None:
    """``--person`` keeps conversations apart."""
    talk(tmp_path, "hola\nsi\npapeles y permisos\nvenezuela\n", "ana")
    said = talk(tmp_path, "resumen\n", "luis")
    assert "Venezuela" not in said

"""Every command of the README works: each is run here, or by CI itself."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.services import AMABLE, ROOT, environment

RASA = [sys.executable, "-m", "rasa"]
RUN_BY_CI = {"make run", "make test", "make check", "AMABLE_TELEGRAM_TOKEN=… make run"}
"""CI calls `make check`, which runs what `make test` runs; the tests beside this start what `make run` starts."""
RUN_ELSEWHERE = {
    r"printf 'hola\nsi acepto\npapeles y permisos\nvenezuela\nppt perdido o con eror\nse perdioo\n'"
    " | uv run amable chat",
    "uv run amable bench conversation",
}
"""The chat in ``test_terminal``; the benchmark below, with a short conversation."""
COMMANDS: dict[str, tuple[list[str], str, str]] = {
    "uv run amable check": ([*AMABLE, "check"], "", "0 faults"),
    "uv run amable locales compile": ([*AMABLE, "locales", "compile"], "", "messages.mo"),
    "uv run amable nlu evaluate --language ht": ([*AMABLE, "nlu", "evaluate", "--language", "ht"], "", "held out"),
    "uv run amable flows draw": ([*AMABLE, "flows", "draw", "--to", "{tmp}"], "", "regularization.svg"),
    "uv run amable facts": ([*AMABLE, "facts"], "", "due for review"),
    "uv run amable facts report": ([*AMABLE, "facts", "report", "--to", "{tmp}/report.html"], "", "report.html"),
    "uv run amable doctor": ([*AMABLE, "doctor"], "", "database: none yet"),
    "uv run amable cases": ([*AMABLE, "cases"], "", "Nobody is waiting"),
    "echo 'perdi mi ppt' | uv run amable nlu classify": ([*AMABLE, "nlu", "classify"], "perdi mi ppt\n", '"topic"'),
    "uv run rasa data validate": ([*RASA, "data", "validate"], "", ""),
    "uv run rasa shell nlu -m models": ([*RASA, "shell", "nlu", "-m", "models"], "perdi mi ppt\n", "intent_ranking"),
    "uv run rasa test nlu --nlu nlu/es/meta_help.yml": (
        [*RASA, "test", "nlu", "--nlu", "nlu/es/meta_help.yml", "--out", "{tmp}"],
        "",
        "",
    ),
}


def commands_of_the_readme() -> list[str]:
    """Every line of the README's shell blocks, without its comment."""
    blocks = re.findall(r"```bash\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def test_every_command_of_the_readme_is_run_somewhere() -> None:
    """A command that nobody runs is a promise that nobody keeps."""
    assert set(commands_of_the_readme()) == RUN_BY_CI | RUN_ELSEWHERE | COMMANDS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_works(command: str, tmp_path: Path) -> None:
    """It ends well and says what it should."""
    arguments, given, expected = COMMANDS[command]
    done = subprocess.run(
        [part.format(tmp=tmp_path) for part in arguments],
        cwd=ROOT,
        env=environment(tmp_path / "state"),
        input=given,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert expected in done.stdout + done.stderr


def test_classify_prints_one_object_a_line(tmp_path: Path) -> None:
    """The columns of the issue, and ``oos`` for what should not be acted upon."""
    done = subprocess.run(
        [*AMABLE, "nlu", "classify"],
        cwd=ROOT,
        env=environment(tmp_path),
        input="perdí mi ppt y no sé qué hacer\n\nquien gano el partido ayer\n",
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    lost, other = (json.loads(line) for line in done.stdout.splitlines())
    assert set(lost) == {"text", "topic", "intent", "confidence", "language"}
    assert lost["topic"] == "regularization.ppt_lost_or_renew"
    assert other["topic"] == "oos"


@pytest.mark.slow
def test_the_benchmark_prints_its_table(tmp_path: Path) -> None:
    """A short one, on the data of one language; the figures are not judged here."""
    shutil.copytree(ROOT / "nlu" / "es", tmp_path / "nlu" / "es")
    done = subprocess.run(
        [*AMABLE, "bench", "conversation", "--samples", "5", "--longest", "120"],
        cwd=ROOT,
        env=environment(tmp_path) | {"AMABLE_NLU": str(tmp_path / "nlu")},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "plain Rasa" in done.stdout

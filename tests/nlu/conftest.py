"""Fixtures of the NLU tests: Rasa imported once, a small pipeline trained once."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.quiet import silence_rasa

silence_rasa()
with warnings.catch_warnings():
    # Rasa and TensorFlow are compiled and imported with dozens of deprecations; ours stay errors.
    warnings.simplefilter("ignore")
    import rasa.core.agent
    import rasa.model_training  # noqa: F401

    from bot.dialogue.nlu.offline import Example, read_pipeline

ROOT = Path(__file__).parents[2]

SMALL: dict[str, tuple[str, ...]] = {
    "regularization_ppt": (
        "como saco el ppt",
        "quiero el permiso por proteccion",
        "ya salio mi ppt?",
        "que es el rumv",
    ),
    "work_find_job": ("busco trabajo", "necesito empleo de mesera", "donde dejo mi hoja de vida", "hay vacantes?"),
    "meta_greet": ("hola", "buenas tardes", "buenos dias", "epa que tal"),
    "oos": ("cuentame un chiste", "quien gano el partido", "que hora es en japon", "escribe un poema"),
    "crisis_violence": ("mi marido me pega", "me golpeo anoche", "me amenazo con un cuchillo", "mi ex me quiere matar"),
    "crisis_suicide": ("me quiero morir", "no quiero vivir mas", "pienso en matarme", "me voy a quitar la vida"),
}


@pytest.fixture(scope="session")
def small_examples() -> list[Example]:
    """Four examples of six intents."""
    return [Example(text, intent) for intent, texts in SMALL.items() for text in texts]


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The pipeline of config.yml with the repository's lexicon, two hard negatives and a cache of its own."""
    folder = tmp_path_factory.mktemp("nlu")
    negatives = folder / "negatives.yml"
    negatives.write_text("negatives: [me muero de risa, este calor me mata]\n", encoding="utf-8")
    own: list[dict[str, Any]] = []
    for entry in read_pipeline(ROOT / "config.yml"):
        changed = dict(entry)
        if "cache" in changed:
            changed["cache"] = str(folder / "cache")
        if "negatives" in changed:
            changed |= {"negatives": str(negatives), "lexicon": str(ROOT / "nlu" / "danger" / "lexicon_*.yml")}
        own.append(changed)
    return own

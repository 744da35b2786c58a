"""The names that the NLU components and the dialogue share: message properties, and how intents become topics."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final, TypedDict

UNDERSTANDING: Final = "understanding"
DANGER: Final = "danger"
LANGUAGE: Final = "language"
SPOKEN: Final = "spoken"
"""Set on training messages by who reads them: the language that they are written in. Not in Rasa's output."""
ENCODER: Final = "encoder"
"""Set on a message by the featurizer: the identity of the encoder that made its vector. Not in Rasa's output."""
GROUP: Final = "example_group"
"""Set on training messages that are variants of one example. Not in Rasa's output."""
CRISIS_SHARE: Final = "crisis_share"
"""Set on a message by the topic classifier: its probability of all crisis intents together. Not in Rasa's output."""

OUT_OF_SCOPE: Final = "oos"
CRISIS_PREFIX: Final = "crisis_"
KINDS: Final = ("violence", "suicide", "trafficking", "child_risk")


class Understanding(TypedDict):
    """How far the ranking may be acted upon.

    ``confidence`` and ``runner_up`` are calibrated probabilities. ``oos``: do nothing on the ground of the intent.
    ``ambiguous``: the two or three intents to offer in a "¿te refieres a …?", best first, or empty.
    """

    confidence: float
    runner_up: float
    oos: bool
    ambiguous: list[str]


class Danger(TypedDict):
    """What the danger layer found. ``kind`` is one of :data:`KINDS`; ``unsure`` asks a soft check question first."""

    kind: str
    certainty: str
    probability: float


def topic_of(intent: str) -> str:
    """``regularization_ppt_lost_or_renew`` → ``regularization.ppt_lost_or_renew``; ``oos`` stays."""
    return intent.replace("_", ".", 1)


def language_folders(nlu: Path) -> list[Path]:
    """The folders of training data below ``nlu/``, one a language, in a fixed order."""
    return [path for path in sorted(nlu.iterdir()) if path.is_dir() and path.name != DANGER]


@cache
def code_fingerprint() -> str:
    """A hash of this package's source: Rasa's training cache sees a component's class, not the modules under it."""
    digest = hashlib.sha256()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]

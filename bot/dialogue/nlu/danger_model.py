"""Whether a message tells of danger, and of which kind: a lexicon beside a classifier of its own. No Rasa in here.

The topic classifier cannot carry this: one crisis among forty topics is first in little more than half of the cases.
Here everything that is no danger is one class, with hard negatives ("este trámite me está matando") in it, and the
limits are chosen for recall: a needless soft question costs a person little, a missed cry for help much.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.dialogue.nlu.crossfit import cross_scores
from bot.dialogue.nlu.danger_lexicon import DangerLexicon, Hit
from bot.dialogue.nlu.encoder import Vectors
from bot.dialogue.nlu.softmax import Examples, Settings, SoftmaxModel, fit_temperature
from bot.dialogue.nlu.vocabulary import CRISIS_PREFIX, Danger

SAFE: Final = "none"


@dataclass(frozen=True)
class DangerLimits:
    """From which probability a message is answered (``sure``) or softly asked about (``unsure``).

    ``sure_word`` and ``unsure_word`` are what a word of the lexicon adds to the classifier's log-odds. They are set,
    not learned: the lexicon was written with the training data at hand, which would make it look better than it is.
    ``topic_weight`` is the topic classifier's part in the log-odds, from 0 to 1: it knows many harmless topics well.
    """

    sure: float
    unsure: float
    sure_word: float
    unsure_word: float
    topic_weight: float


@dataclass(frozen=True)
class DangerModel:
    """The classifier's labels are :data:`SAFE` and the kinds of danger."""

    classifier: SoftmaxModel
    lexicon: DangerLexicon
    encoder: str

    @classmethod
    def fit(
        cls, examples: Examples, lexicon: DangerLexicon, encoder: str, settings: Settings, seed: int
    ) -> DangerModel:
        """Trains on examples labelled by intent: ``crisis_`` ones are danger, hard negatives bear any other name."""
        labelled = replace(examples, labels=tuple(label_of(intent) for intent in examples.labels))
        held_out = cross_scores(labelled, settings, count=2, seed=seed)
        classifier = SoftmaxModel.fit(labelled, settings)
        temperature = fit_temperature(held_out, labelled.labels, classifier.labels)
        return cls(classifier.calibrated(temperature), lexicon, encoder)

    def detect(
        self, vectors: Vectors, texts: Sequence[str], topic_shares: Sequence[float | None], limits: DangerLimits
    ) -> list[Danger | None]:
        """What each text tells, ``None`` for no danger.

        ``topic_shares`` are the topic classifier's probabilities of a crisis, ``None`` where it was not asked.
        """
        found = self.classifier.probabilities(vectors, texts)
        labels = self.classifier.labels
        return [
            decide(dict(zip(labels, row.tolist(), strict=True)), self.lexicon.search(text), share, limits)
            for row, text, share in zip(found, texts, topic_shares, strict=True)
        ]

    def save(self, folder: Path) -> None:
        """Writes the model as JSON and arrays, the lexicon included."""
        self.classifier.save(folder, "danger")
        described = {"encoder": self.encoder, "lexicon": self.lexicon.as_data()}
        (folder / "danger_lexicon.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> DangerModel:
        """Reads what :meth:`save` wrote. Raises OSError, KeyError or ValueError when it is not there or damaged."""
        described = json.loads((folder / "danger_lexicon.json").read_text(encoding="utf-8"))
        lexicon = DangerLexicon.from_data(described["lexicon"])
        return cls(SoftmaxModel.load(folder, "danger"), lexicon, described["encoder"])


def label_of(intent: str) -> str:
    """The kind of a crisis intent, :data:`SAFE` for every other."""
    return intent.removeprefix(CRISIS_PREFIX) if intent.startswith(CRISIS_PREFIX) else SAFE


def decide(
    chances: dict[str, float], hits: Sequence[Hit], topic_share: float | None, limits: DangerLimits
) -> Danger | None:
    """Joins the classifier's chances (:data:`SAFE` and the kinds), the lexicon's hits (sure first) and the topics."""
    word = hits[0].certainty if hits else ""
    probability = combined(1 - chances.get(SAFE, 0.0), word, topic_share, limits)
    if probability >= limits.sure:
        certainty = "sure"
    elif probability >= limits.unsure or word == "sure":
        certainty = "unsure"
    else:
        return None
    named = {hit.kind for hit in hits if hit.certainty == "sure"}
    kinds = {name: chances.get(name, 0.0) for name in {*chances, *named} - {SAFE}}
    total = sum(kinds.values()) or 1.0
    # A sure word speaks for its kind as loudly as a third of the classifier's whole opinion on kinds.
    kind = max(sorted(kinds), key=lambda name: kinds[name] / total + (1 / 3 if name in named else 0.0))
    return Danger(kind=kind, certainty=certainty, probability=round(probability, 4))


def combined(danger: float, word: str, topic_share: float | None, limits: DangerLimits) -> float:
    """The probability of danger from the classifier's, the lexicon's best certainty ("" for none), and the topics'."""
    odds = _log_odds(danger)
    if topic_share is not None:
        odds = (1 - limits.topic_weight) * odds + limits.topic_weight * _log_odds(topic_share)
    odds += {"sure": limits.sure_word, "unsure": limits.unsure_word}.get(word, 0.0)
    return 1 / (1 + math.exp(-odds))


def _log_odds(probability: float) -> float:
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))

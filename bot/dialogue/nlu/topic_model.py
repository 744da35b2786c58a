"""Which topic a message is about, and whether the answer is good enough to act upon. No Rasa in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.dialogue.nlu.crossfit import cross_scores
from bot.dialogue.nlu.encoder import Vectors
from bot.dialogue.nlu.softmax import Examples, Settings, SoftmaxModel, fit_temperature
from bot.dialogue.nlu.vocabulary import OUT_OF_SCOPE, Understanding


@dataclass(frozen=True)
class Limits:
    """Under ``act`` a topic is not acted upon; with a runner-up nearer than ``margin`` both are offered."""

    act: float
    margin: float


@dataclass(frozen=True)
class TopicModel:
    """A calibrated classifier with its limits. The classifier's labels are intents."""

    classifier: SoftmaxModel
    limits: Limits

    @classmethod
    def fit(cls, examples: Examples, settings: Settings, limits: Limits, seed: int) -> TopicModel:
        """Trains on everything, and finds the temperature on scores of parts that were left out in turn."""
        held_out = cross_scores(examples, settings, count=2, seed=seed)
        classifier = SoftmaxModel.fit(examples, settings)
        return cls(classifier.calibrated(fit_temperature(held_out, examples.labels, classifier.labels)), limits)

    def rank(self, vectors: Vectors, texts: Sequence[str]) -> list[list[tuple[str, float]]]:
        """For each text all intents with their probabilities, best first."""
        found = self.classifier.probabilities(vectors, texts)
        labels = self.classifier.labels
        return [[(labels[column], float(row[column])) for column in np.argsort(-row)] for row in found]

    def judge(self, ranking: Sequence[tuple[str, float]]) -> Understanding:
        """What may be made of one ranking (best first, two intents or more)."""
        (best, confidence), (second, runner_up) = ranking[0], ranking[1]
        close = confidence - runner_up < self.limits.margin and OUT_OF_SCOPE not in (best, second)
        # Two near topics share what one clear topic would have: their sum is what must be trusted.
        trusted = confidence + runner_up if close else confidence
        oos = best == OUT_OF_SCOPE or trusted < self.limits.act
        offered = [intent for intent, chance in ranking[:3] if confidence - chance < self.limits.margin]
        return Understanding(
            confidence=round(confidence, 4),
            runner_up=round(runner_up, 4),
            oos=oos,
            ambiguous=[intent for intent in offered if intent != OUT_OF_SCOPE] if close and not oos else [],
        )

    def save(self, folder: Path) -> None:
        """Writes the classifier as JSON and arrays; the limits belong to the configuration."""
        self.classifier.save(folder, "topics")

    @classmethod
    def load(cls, folder: Path, limits: Limits) -> TopicModel:
        """Reads what :meth:`save` wrote. Raises OSError, KeyError or ValueError when it is not there or damaged."""
        return cls(SoftmaxModel.load(folder, "topics"), limits)

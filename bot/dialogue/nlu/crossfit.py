"""Scores of examples by models that did not see them: for calibration, and for choosing limits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.nlu.softmax import Examples, Probabilities, Settings, SoftmaxModel

_NEVER_SEEN = -10.0


def cross_scores(examples: Examples, settings: Settings, count: int, seed: int) -> Probabilities:
    """Scores of every row in ``count`` rounds, columns as the sorted labels; a group is never on both sides.

    A label that a round's model never saw scores very low there.
    """
    names = sorted(set(examples.labels))
    assigned = folds(examples, count, seed)
    scores = np.full((len(examples.labels), len(names)), _NEVER_SEEN)
    for number in range(count):
        seen, left = np.flatnonzero(assigned != number), np.flatnonzero(assigned == number)
        if not len(left) or len({examples.labels[row] for row in seen}) < 2:
            continue
        model = SoftmaxModel.fit(examples.at(seen), settings)
        part = examples.at(left)
        columns = [names.index(label) for label in model.labels]
        scores[left[:, None], columns] = model.scores(part.vectors, part.texts)
    return scores


def folds(examples: Examples, count: int, seed: int) -> NDArray[np.int64]:
    """A round number a row, each label spread evenly over the rounds; the same seed, the same rounds."""
    random = np.random.default_rng(seed)
    first: dict[str, str] = {}
    for group, label in zip(examples.groups, examples.labels, strict=True):
        first.setdefault(group, label)
    number_of: dict[str, int] = {}
    for label in sorted(set(examples.labels)):
        members = [group for group, owner in first.items() if owner == label]
        start = int(random.integers(count))
        for place, member in enumerate(random.permutation(len(members)).tolist()):
            number_of[members[member]] = (place + start) % count
    return np.array([number_of[group] for group in examples.groups], dtype=np.int64)

"""How well people are understood, a row a language: on held-out messages, and by cross-validation.

What is counted is what the dialogue acts upon (:func:`bot.dialogue.nlu.classify.from_parse`), limits included, and not
only what was ranked first. ``amable nlu evaluate`` prints it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.dialogue.nlu.classify import from_parse
from bot.dialogue.nlu.heldout import HeldOut
from bot.dialogue.nlu.measuring import Parsed, certainty_of, macro_f1, share
from bot.dialogue.nlu.offline import Example, OfflineNlu
from bot.dialogue.nlu.vocabulary import LANGUAGE, OUT_OF_SCOPE, UNDERSTANDING, topic_of

Pipeline = list[dict[str, Any]]
BINS = 10
FEWEST_WORDS = 3
"""Words from which the language of a message should be known."""
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Measured:
    """One language. Shares from 0 to 1, NaN where there was nothing to count.

    ``calibration`` is the expected calibration error: how far the confidence is from the share that is right.
    ``soft`` and ``sure`` count false alarms on harmless messages that sound dangerous; ``plain_*`` on all others.
    """

    language: str
    messages: int
    accuracy: float
    macro_f1: float
    oos_refused: float
    danger_found: float
    danger_sure: float
    alarms_sure: float
    alarms_soft: float
    plain_sure: float
    plain_soft: float
    language_right: float
    calibration: float


@dataclass(frozen=True)
class Reading:
    """What was made of the messages of one language: (text, true topic, what was understood), and of harmless ones."""

    language: str
    rows: tuple[tuple[str, str, Parsed], ...]
    harmless: tuple[tuple[str, Parsed], ...]


def read_with(nlu: OfflineNlu, held: HeldOut) -> Reading:
    """Understand everything of a held-out set."""
    parsed = nlu.parse([text for text, _ in held.messages])
    rows = tuple((text, topic, found) for (text, topic), found in zip(held.messages, parsed, strict=True))
    alarms = tuple(zip(held.harmless, nlu.parse(held.harmless), strict=True)) if held.harmless else ()
    return Reading(held.language, rows, alarms)


def cross_validate(pipeline: Pipeline, examples: Sequence[Example], folds: int, seed: int) -> Iterator[Reading]:
    """Each example understood by a pipeline that was trained without it; a reading a language when all are done.

    Yields nothing until the last fold; every fold trains the whole pipeline.
    """
    order = np.random.default_rng(seed).permutation(len(examples)).tolist()
    found: dict[int, Parsed] = {}
    for number in range(folds):
        left = order[number::folds]
        kept = set(left)
        with tempfile.TemporaryDirectory() as folder:
            train = [example for row, example in enumerate(examples) if row not in kept]
            nlu = OfflineNlu.train(pipeline, train, Path(folder))
            found |= dict(zip(left, nlu.parse([examples[row].text for row in left]), strict=True))
    for language in sorted({example.language for example in examples}):
        rows = tuple(
            (example.text, topic_of(example.intent), found[row])
            for row, example in enumerate(examples)
            if example.language == language
        )
        yield Reading(language, rows, ())


def measure(reading: Reading) -> Measured:
    """Count what was right."""
    truth = [topic for _, topic, _ in reading.rows]
    given = [from_parse(parsed).topic for _, _, parsed in reading.rows]
    danger = [certainty_of(parsed) for _, topic, parsed in reading.rows if topic.startswith("crisis.")]
    plain = [certainty_of(parsed) for _, topic, parsed in reading.rows if not topic.startswith("crisis.")]
    alarms = [certainty_of(parsed) for _, parsed in reading.harmless]
    long = [parsed for text, _, parsed in reading.rows if len(_WORD.findall(text)) >= FEWEST_WORDS]
    return Measured(
        language=reading.language,
        messages=len(truth),
        accuracy=share(a == b for a, b in zip(truth, given, strict=True)),
        macro_f1=macro_f1(truth, given),
        oos_refused=share(b == OUT_OF_SCOPE for a, b in zip(truth, given, strict=True) if a == OUT_OF_SCOPE),
        danger_found=share(bool(certainty) for certainty in danger),
        danger_sure=share(certainty == "sure" for certainty in danger),
        alarms_sure=share(certainty == "sure" for certainty in alarms),
        alarms_soft=share(certainty == "unsure" for certainty in alarms),
        plain_sure=share(certainty == "sure" for certainty in plain),
        plain_soft=share(certainty == "unsure" for certainty in plain),
        language_right=share(parsed.get(LANGUAGE) == reading.language for parsed in long),
        calibration=calibration_error(reading),
    )


def calibration_error(reading: Reading) -> float:
    """The mean distance between confidence and share right over ten bins of confidence, weighed by their size."""
    sure = np.array([float((parsed.get(UNDERSTANDING) or {}).get("confidence", 0.0)) for *_, parsed in reading.rows])
    right = np.array([topic_of(str(parsed["intent"]["name"])) == topic for _, topic, parsed in reading.rows])
    if not len(sure):
        return float("nan")
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    distances = [abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum() for b in set(bins.tolist())]
    return float(sum(distances) / len(sure))


@dataclass(frozen=True)
class TopicScore:
    """One topic: how many there were, precision, recall and F1, and the messages that were taken for something else."""

    topic: str
    messages: int
    precision: float
    recall: float
    f1: float
    missed: tuple[tuple[str, str], ...]
    """(what it was taken for, text)"""


def topic_scores(reading: Reading) -> tuple[TopicScore, ...]:
    """A score for each topic that occurs, in alphabetical order."""
    pairs = [(text, topic, from_parse(parsed).topic) for text, topic, parsed in reading.rows]
    scores = []
    for topic in sorted({topic for _, topic, _ in pairs}):
        own = [(text, given) for text, true, given in pairs if true == topic]
        right = sum(given == topic for _, given in own)
        taken = sum(given == topic for *_, given in pairs)
        missed = tuple((given, text) for text, given in own if given != topic)
        precision = right / taken if taken else 0.0
        scores.append(TopicScore(topic, len(own), precision, right / len(own), 2 * right / (len(own) + taken), missed))
    return tuple(scores)

"""How well a way of understanding does on examples that it did not see."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.dialogue.nlu.classify import from_parse
from bot.dialogue.nlu.offline import Example
from bot.dialogue.nlu.vocabulary import CRISIS_PREFIX, DANGER, OUT_OF_SCOPE, UNDERSTANDING

Parsed = Mapping[str, Any]


@dataclass(frozen=True)
class Split:
    """Examples and hard negatives to train on, and the ones to measure with."""

    train: tuple[Example, ...]
    test: tuple[Example, ...]
    train_negatives: tuple[str, ...]
    test_negatives: tuple[str, ...]
    language: str = "es"


@dataclass(frozen=True)
class Score:
    """Shares from 0 to 1. Danger counts as found when it is sure or unsure, and where there is no danger layer, when a
    crisis intent comes first."""

    accuracy: float
    macro_f1: float
    top3: float
    danger_found: float
    danger_sure: float
    alarms_hard: float
    alarms_plain: float
    oos_found: float


def make_split(examples: Sequence[Example], negatives: Sequence[str], seed: int, language: str = "es") -> Split:
    """A fifth of each intent, and of the hard negatives, is kept for measuring."""
    random = np.random.default_rng(seed)
    by_intent: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_intent[example.intent].append(example)
    train: list[Example] = []
    test: list[Example] = []
    for intent in sorted(by_intent):
        rows = by_intent[intent]
        order = random.permutation(len(rows)).tolist()
        test += [rows[row] for row in order[: len(rows) // 5]]
        train += [rows[row] for row in order[len(rows) // 5 :]]
    mixed = [negatives[row] for row in random.permutation(len(negatives)).tolist()]
    kept = len(mixed) // 5
    return Split(tuple(train), tuple(test), tuple(mixed[kept:]), tuple(mixed[:kept]), language)


def score(test: Sequence[Example], parsed: Sequence[Parsed], negatives: Sequence[Parsed]) -> Score:
    """Compares intents as ranked first (not yet cut by limits) and danger as acted upon."""
    truth = [example.intent for example in test]
    first = [str((one.get("intent") or {}).get("name")) for one in parsed]
    ranked = [[str(entry["name"]) for entry in one.get("intent_ranking", [])[:3]] for one in parsed]
    danger = [(one, found) for one, found in zip(truth, parsed, strict=True) if one.startswith(CRISIS_PREFIX)]
    plain = [found for one, found in zip(truth, parsed, strict=True) if not one.startswith(CRISIS_PREFIX)]
    strange = [found for one, found in zip(truth, parsed, strict=True) if one == OUT_OF_SCOPE]
    return Score(
        accuracy=share(a == b for a, b in zip(truth, first, strict=True)),
        macro_f1=macro_f1(truth, first),
        top3=share(a in b for a, b in zip(truth, ranked, strict=True)),
        danger_found=share(bool(certainty_of(found)) for _, found in danger),
        danger_sure=share(certainty_of(found) == "sure" for _, found in danger),
        alarms_hard=share(bool(certainty_of(found)) for found in negatives),
        alarms_plain=share(bool(certainty_of(found)) for found in plain),
        oos_found=share(_left_alone(found) for found in strange),
    )


def certainty_of(parsed: Parsed) -> str:
    """``sure``, ``unsure`` or "" of a parse; without a danger layer a crisis intent counts as sure."""
    if UNDERSTANDING in parsed:
        return str((parsed.get(DANGER) or {}).get("certainty", ""))
    return "sure" if str((parsed.get("intent") or {}).get("name")).startswith(CRISIS_PREFIX) else ""


def _left_alone(parsed: Parsed) -> bool:
    if UNDERSTANDING in parsed:
        return from_parse(parsed).topic == OUT_OF_SCOPE
    return str((parsed.get("intent") or {}).get("name")) == OUT_OF_SCOPE


def macro_f1(truth: Sequence[str], found: Sequence[str]) -> float:
    """The mean over the true labels of the harmonic mean of precision and recall."""
    right = Counter(a for a, b in zip(truth, found, strict=True) if a == b)
    expected, given = Counter(truth), Counter(found)
    return statistics.fmean(2 * right[label] / (expected[label] + given[label]) for label in expected)


def share(outcomes: Iterable[bool]) -> float:
    """The share of true ones, NaN of nothing."""
    found = list(outcomes)
    return sum(found) / len(found) if found else float("nan")

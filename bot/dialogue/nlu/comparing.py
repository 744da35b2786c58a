"""Compares ways of understanding on the same split of the training data: the configured one, and it with less.

``python -m bot.dialogue.nlu.comparing`` prints the table; ``--diet`` adds Rasa's default pipeline (minutes). What the
configured one does on messages that nobody tuned on is told by ``amable nlu evaluate``.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from bot.dialogue.nlu.danger_detector import read_negatives
from bot.dialogue.nlu.measuring import Parsed, Score, Split, make_split, score
from bot.dialogue.nlu.offline import OfflineNlu, component_class, read_examples, read_pipeline

Pipeline = list[dict[str, Any]]
_DIET: Pipeline = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 42},
]
"""Rasa 3.6's default pipeline as far as it decides on the intent (rasa/engine/recipes/config_files)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.dialogue.nlu.comparing", description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    parser.add_argument("--nlu", type=Path, default=Path("nlu/es"))
    parser.add_argument("--seed", type=int, default=7, help="of the split")
    parser.add_argument("--diet", action="store_true", help="add Rasa's default pipeline")
    options = parser.parse_args(arguments)
    console = Console(stderr=True)
    if not options.config.is_file() or not options.nlu.is_dir():
        console.print(f"[red]{options.config} or {options.nlu} is missing; run this in the repository's root.")
        return 2
    pipeline = read_pipeline(options.config)
    examples = read_examples(options.nlu)
    language = options.nlu.name
    found = read_negatives(_settings(pipeline, "DangerDetector")["negatives"])
    negatives = [negative.text for negative in found if negative.language == language]
    split = make_split(examples, negatives, options.seed, language)
    console.print(f"{len(split.train)} examples to train, {len(split.test)} to measure, seed {options.seed}")
    console.print("danger: found, of it sure; hard, other: false alarms on hard negatives, on other messages")
    print(_heading(), flush=True)
    for name, variant in variants(pipeline).items():
        with console.status(f"Training and measuring: {name}"):
            row = _row(name, *measure(split, _trainer(variant)))
        print(row, flush=True)
    if options.diet:
        print(_row("Rasa's default (DIET)", *measure(split, _train_diet)), flush=True)
    return 0


def variants(pipeline: Pipeline) -> dict[str, Pipeline]:
    """The configured pipeline and what it would be with less."""
    without_courtesy = [entry for entry in pipeline if not entry["name"].endswith("CourtesyAugmenter")]
    return {
        "n-grams": _changed(without_courtesy, vector_weight=0.0),
        "e5": _changed(without_courtesy, gram_weight=0.0),
        "e5 + n-grams": without_courtesy,
        "as configured": pipeline,
    }


def measure(split: Split, train: Callable[[Split, Path], Callable[[str], Parsed]]) -> tuple[Score, float, float]:
    """Trains, and returns scores, seconds of training and the median milliseconds a message."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        parse = train(split, Path(folder))
        seconds = time.perf_counter() - started
        parse("calentamiento")
        times: list[float] = []

        def timed(text: str) -> Parsed:
            began = time.perf_counter()
            parsed = parse(text)
            times.append(1000 * (time.perf_counter() - began))
            return parsed

        parsed = [timed(example.text) for example in split.test]
        alarms = [timed(text) for text in split.test_negatives]
    return score(split.test, parsed, alarms), seconds, statistics.median(times)


def _trainer(pipeline: Pipeline) -> Callable[[Split, Path], Callable[[str], Parsed]]:
    def train(split: Split, folder: Path) -> Callable[[str], Parsed]:
        negatives = folder / f"{split.language}_negatives.yml"
        content = yaml.safe_dump({"negatives": list(split.train_negatives)}, allow_unicode=True)
        negatives.write_text(content, encoding="utf-8")
        own = _changed(pipeline, only="DangerDetector", negatives=str(negatives))
        nlu = OfflineNlu.train(own, split.train, folder / "model")
        return lambda text: nlu.parse([text])[0]

    return train


def _train_diet(split: Split, folder: Path) -> Callable[[str], Parsed]:
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    by_intent: dict[str, list[str]] = defaultdict(list)
    for example in split.train:
        by_intent[example.intent].append(example.text)
    nlu = [{"intent": name, "examples": "".join(f"- {text}\n" for text in by_intent[name])} for name in by_intent]
    files = {
        "nlu.yml": {"version": "3.1", "nlu": nlu},
        "domain.yml": {"version": "3.1", "intents": sorted(by_intent)},
        "config.yml": {"recipe": "default.v1", "assistant_id": "diet", "language": "es", "pipeline": _DIET},
    }
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    model = train_nlu(
        str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), domain=str(folder / "domain.yml")
    )
    agent = Agent.load(model)
    return lambda text: dict(asyncio.run(agent.parse_message(text)))


def _settings(pipeline: Pipeline, component: str) -> dict[str, Any]:
    for entry in pipeline:
        if entry["name"].endswith(component):
            return {**component_class(entry["name"]).get_default_config(), **entry}
    raise SystemExit(f"config.yml has no {component} in its pipeline")


def _changed(pipeline: Pipeline, only: str = "", **values: object) -> Pipeline:
    own = ("TopicClassifier", "DangerDetector")
    return [
        {**entry, **values} if entry["name"].endswith(only or own) else entry  # the classifiers, or the one named
        for entry in pipeline
    ]


def _heading() -> str:
    named = ("acc", "F1", "top3", "danger", "sure", "hard", "other", "oos", "train", "message")
    return f"{'':<22}" + "".join(f"{name:>8}" for name in named)


def _row(name: str, found: Score, seconds: float, milliseconds: float) -> str:
    shares = "".join(f"{100 * value:8.1f}" for value in astuple(found))
    return f"{name:<22}{shares}{seconds:6.0f} s{milliseconds:5.0f} ms"


if __name__ == "__main__":
    sys.exit(main())

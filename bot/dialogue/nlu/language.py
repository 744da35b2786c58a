"""The Rasa component that tells the language of a message (the model is in ``language_model``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu import vocabulary
from bot.dialogue.nlu.component import TrainedComponent
from bot.dialogue.nlu.language_model import LanguageModel


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageIdentifier(TrainedComponent):
    """Sets ``language`` (see :meth:`LanguageModel.identify`). It has nothing to configure.

    It learns from the languages that the importer marks the training data with; without marks it stays general.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._model = LanguageModel()

    def read_model(self, folder: Path) -> None:
        self._model = LanguageModel.load(folder)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains and stores."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        self._model = LanguageModel.fit((each.get(TEXT), each.get(vocabulary.SPOKEN) or "") for each in messages)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            message.set(vocabulary.LANGUAGE, self._model.identify(message.get(TEXT) or ""), add_to_output=True)
        return messages

"""What our components share of Rasa's ``GraphComponent``: how the graph makes and loads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu.vocabulary import code_fingerprint


class PlainComponent(GraphComponent):
    """A component without configuration and without training. Parameter names are Rasa's; its graph goes by them."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> GraphComponent:
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003
        return code_fingerprint()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


class TrainedComponent(GraphComponent):
    """A component with a model in the archive. ``config`` comes complete, Rasa has merged in the defaults."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self.validate_config(config)
        self._config = config
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> GraphComponent:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> Self:
        """With the trained model. Raises what :meth:`read_model` raises."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.read_model(folder)
        return component

    def read_model(self, folder: Path) -> None:
        """Takes the model from its folder of the archive. Raises OSError, KeyError or ValueError when it is damaged."""
        raise NotImplementedError

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException where a value cannot be worked with."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003
        return code_fingerprint()

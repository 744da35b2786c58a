"""The configured pipeline trained and run outside Rasa's graph: for measuring and for tests, with the same components.

Rasa's graph adds seconds of set-up and a model archive, which measuring a dozen variants does not need.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu.vocabulary import SPOKEN, language_folders


@dataclass(frozen=True)
class Example:
    """A training message, its intent, and the language that it is written in ("" where that is not told)."""

    text: str
    intent: str
    language: str = ""


@dataclass(frozen=True)
class OfflineNlu:
    """A trained pipeline."""

    components: tuple[GraphComponent, ...]

    @classmethod
    def train(cls, pipeline: Sequence[Mapping[str, Any]], examples: Iterable[Example], folder: Path) -> OfflineNlu:
        """Trains the components of a ``pipeline:`` (as in config.yml) in order; models are written under ``folder``."""
        data = TrainingData(
            [Message({TEXT: each.text, INTENT: each.intent, SPOKEN: each.language}) for each in examples]
        )
        folder.mkdir(parents=True, exist_ok=True)
        storage = LocalModelStorage.create(folder)
        context = ExecutionContext(GraphSchema({}))
        components: list[GraphComponent] = []
        for number, entry in enumerate(pipeline):
            kind = component_class(entry["name"])
            config = {**kind.get_default_config(), **{key: value for key, value in entry.items() if key != "name"}}
            context.node_name = f"{kind.__name__}{number}"
            component = kind.create(config, storage, Resource(context.node_name), context)
            if hasattr(component, "train"):
                component.train(data)
            else:
                data = component.process_training_data(data)
            components.append(component)
        return cls(tuple(components))

    @classmethod
    def load(cls, archive: Path, folder: Path) -> OfflineNlu:
        """The pipeline of a model that Rasa trained; ``folder`` takes what is unpacked. Raises OSError for none."""
        folder.mkdir(parents=True, exist_ok=True)
        storage, metadata = LocalModelStorage.from_model_archive(folder, archive)
        context = ExecutionContext(GraphSchema({}))
        components = []
        for name, node in metadata.predict_schema.nodes.items():
            if not node.uses.__module__.startswith(__package__):  # Rasa's own nodes feed and follow the pipeline
                continue
            context.node_name = name
            config = {**node.uses.get_default_config(), **node.config}
            resource = node.resource or Resource(name)
            components.append(node.uses.load(config, storage, resource, context))
        return cls(tuple(components))

    def parse(self, texts: Iterable[str]) -> list[dict[str, Any]]:
        """What Rasa's ``parse_message`` gives for each text."""
        messages = [Message({TEXT: text}) for text in texts]
        for component in self.components:
            messages = component.process(messages)
        return [message.as_dict(only_output_properties=True) for message in messages]


def component_class(name: str) -> Any:
    """The class behind a component's name in config.yml. Raises ImportError or AttributeError when there is none."""
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


def read_pipeline(config: Path) -> list[dict[str, Any]]:
    """The ``pipeline:`` of a configuration file."""
    pipeline: list[dict[str, Any]] = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    return pipeline


def read_examples(folder: Path) -> list[Example]:
    """All examples of a language's folder of Rasa training data, entity marks taken out, in the order of the files."""
    messages = load_data(str(folder)).intent_examples
    return [Example(each.get(TEXT), each.get(INTENT), folder.name) for each in messages if each.get(TEXT)]


def read_languages(nlu: Path) -> list[Example]:
    """The examples of every language's folder."""
    return [example for folder in language_folders(nlu) for example in read_examples(folder)]

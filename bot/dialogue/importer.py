"""``FlowImporter``: Rasa's domain and stories are made from ``flows/`` and ``nlu/``, never written twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rasa.shared.utils.io
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu.vocabulary import SPOKEN, language_folders
from bot.dialogue.policy import EVENTS_SLOT, STATE_SLOT, UTTER
from bot.flows.loading import load_flows
from bot.settings import Settings

ENTITIES = ("municipality", "nationality", "document", "amount", "date")


class FlowImporter(TrainingDataImporter):
    """Named under ``importers:`` in ``config.yml``. Paths are relative to the folder of that file."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,  # noqa: ARG002  Rasa's interface; the domain is generated
        training_data_paths: list[str] | str | None = None,  # noqa: ARG002
        **kwargs: Any,
    ) -> None:
        """Rasa's constructor; ``flows`` and ``nlu`` may be given in ``config.yml``; else the settings name ``nlu``."""
        self._config_file = config_file or "config.yml"
        root = Path(self._config_file).resolve().parent
        self._flows = root / str(kwargs.get("flows", "flows"))
        self._nlu = root / str(kwargs["nlu"]) if "nlu" in kwargs else Settings().nlu
        self._data: TrainingData | None = None

    def get_nlu_data(self, language: str | None = None) -> TrainingData:  # noqa: ARG002
        """Every file ``nlu/<language>/<topic>.yml``."""
        if self._data is None:
            self._data = TrainingData().merge(*map(_read_language, language_folders(self._nlu)))
        return self._data

    def get_domain(self) -> Domain:
        """Intents from the training data and the flows' triggers; the two slots and one response of ``FlowPolicy``."""
        flows = load_flows(self._flows)
        triggers = {intent for flow in flows.flows.values() for intent in flow.intents}
        intents = sorted(triggers | set(self.get_nlu_data().intents))
        return Domain.from_dict(
            {
                "version": "3.1",
                "intents": intents,
                "entities": list(ENTITIES),
                "slots": {STATE_SLOT: _unseen_slot(), EVENTS_SLOT: _unseen_slot()},
                "responses": {UTTER: [{"text": "(bot.dialogue.nlg.FlowNLG)"}]},
                # A session never expires by the clock: people come back after weeks and go on.
                "session_config": {"session_expiration_time": 0, "carry_over_slots_to_new_session": True},
            }
        )

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:  # noqa: ARG002
        """One story an intent: the flow policy answers it."""
        stories = [
            {"story": intent, "steps": [{"intent": intent}, {"action": UTTER}]} for intent in self.get_domain().intents
        ]
        reader = YAMLStoryReader()
        return StoryGraph(reader.read_from_parsed_yaml({"version": "3.1", "stories": stories}))

    def get_conversation_tests(self) -> StoryGraph:
        """Conversations are tested in ``tests/conversations``."""
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """``config.yml`` as it is."""
        config: dict[str, Any] = rasa.shared.utils.io.read_model_configuration(self._config_file)
        return config

    def get_config_file_for_auto_config(self) -> str | None:
        """Nothing is auto-configured."""
        return self._config_file


def _read_language(folder: Path) -> TrainingData:
    """The data of one language, each message marked with it."""
    data = load_data(str(folder))
    for message in data.training_examples:
        message.set(SPOKEN, folder.name)
    return data


def _unseen_slot() -> dict[str, Any]:
    """A slot that no model looks at; made anew each time, because Rasa takes the mapping apart."""
    return {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}

"""``FlowPolicy``: Rasa asks what to do next, the engine answers.

A turn is two predictions: after the person's message the policy runs the engine once, sets the slots ``flow_state`` and
``flow_events`` and predicts ``utter_flow`` (our NLG reads the messages from ``flow_events``); then ``action_listen``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.turns import TURN, TurnInHand
from bot.dialogue.understanding import outcome_of, turn_of
from bot.flows.engine import advance
from bot.flows.events import events_to_json
from bot.flows.state import State
from bot.messages import Address, Inbound

UTTER = "utter_flow"
LISTEN = "action_listen"
STATE_SLOT = "flow_state"
EVENTS_SLOT = "flow_events"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class FlowPolicy(Policy):
    """Predicts with certainty what the flow engine decided; there is nothing to train."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Above every other policy."""
        return {"priority": 10}

    @staticmethod
    def supported_data() -> SupportedData:
        """The generated stories only name the intents; nothing is learned from them."""
        return SupportedData.ML_DATA

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: Any = None,
    ) -> None:
        """Rasa's constructor."""
        super().__init__(config, model_storage, resource, execution_context, featurizer=featurizer)
        self._resource = resource

    def train(
        self,
        training_trackers: list[TrackerWithCachedStates],  # noqa: ARG002  Rasa's graph names the inputs
        domain: Domain,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> Resource:
        """Nothing to learn: flows are loaded, not trained."""
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ARG003
    ) -> FlowPolicy:
        """Nothing was persisted."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> PolicyPrediction:
        """Run the engine after a message of the person; listen after the reply."""
        last = _last_event(tracker)
        if isinstance(last, UserUttered):
            events = self._advance(tracker, last)
            speaks = any(row["type"] == "said" for row in events[1].value)
            return self._certain(domain, UTTER if speaks else LISTEN, events)
        return self._certain(domain, LISTEN, [])

    def _advance(self, tracker: DialogueStateTracker, message: UserUttered) -> list[SlotSet]:
        hand = TURN.get(None) or _bare_turn(message)
        state = State.from_json(tracker.get_slot(STATE_SLOT) or {})
        turn = turn_of(hand.inbound, message.parse_data or {})
        hand.notes["read"] = outcome_of(turn.understanding)
        new_state, events = advance(state, turn, hand.library.world_for(state, hand.now))
        return [SlotSet(STATE_SLOT, new_state.to_json()), SlotSet(EVENTS_SLOT, events_to_json(events))]

    def _certain(self, domain: Domain, action: str, events: list[SlotSet]) -> PolicyPrediction:
        probabilities = [0.0] * domain.num_actions
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities, events=list[Event](events))


def _last_event(tracker: DialogueStateTracker) -> Event | None:
    """The last message of the person or action of the bot; slots and featurization marks in between do not count."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered | ActionExecuted):
            return event
    return None


def _bare_turn(message: UserUttered) -> TurnInHand:
    """A turn without our runner, as in ``rasa shell`` and ``rasa test core``: the files on disk, the clock of now."""
    from bot.dialogue.files import library_from_disk

    now = datetime.now(UTC)
    inbound = Inbound(Address("rasa", "shell"), "", "text", now, text=message.text or "")
    return TurnInHand(inbound, now, library_from_disk())

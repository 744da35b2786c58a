"""The natural language generator: hands out the messages that the engine has already written."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.policy import EVENTS_SLOT


class FlowNLG(NaturalLanguageGenerator):
    """One ``utter_flow`` carries all messages of the turn: joined as ``text`` for Rasa's tools, apart as ``custom``."""

    async def generate(
        self,
        utter_action: str,  # noqa: ARG002
        tracker: DialogueStateTracker,
        output_channel: str,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> dict[str, Any] | None:
        """The response for ``utter_flow``."""
        said = [row for row in tracker.get_slot(EVENTS_SLOT) or [] if row["type"] == "said"]
        if not said:
            return None
        return {"text": "\n\n".join(row["text"] for row in said), "custom": {"messages": said}}

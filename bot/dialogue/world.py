"""The engine's world for a conversation: the flows that it is pinned to, today's facts, the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.facts import FactBook
from bot.flows.loading import load_release
from bot.flows.model import FlowSet
from bot.flows.state import State
from bot.flows.turn import World

COLOMBIA = ZoneInfo("America/Bogota")


def day_in_colombia(now: datetime) -> date:
    """The calendar day in Colombia at a moment: fees, limits and deadlines change at midnight there."""
    return now.astimezone(COLOMBIA).date()


@dataclass
class Library:
    """The present flows and the older releases that some conversations are still in the middle of.

    ``fetch`` gives the content of a release by its fingerprint (from the database), or None. A release that is gone or
    no longer loads is replaced by the present one: the person is asked the first question of the route again.
    """

    current: FlowSet
    facts: FactBook
    fetch: Callable[[str], str | None] = lambda _fingerprint: None
    translate: Callable[[str, str], str] = lambda _language, text: text
    languages: tuple[str, ...] = ("es",)
    language_names: Mapping[str, str] = field(default_factory=dict)
    _older: dict[str, FlowSet] = field(default_factory=dict)

    def world_for(self, state: State, now: datetime) -> World:
        """The world of one conversation at a moment."""
        flows, day = self.flows_for(state), day_in_colombia(now)
        return World(flows, self.facts, day, self.translate, self.languages, self.language_names)

    def flows_for(self, state: State) -> FlowSet:
        """A conversation in the middle of a route stays on the release that it began; an idle one takes the present."""
        if not state.stack or state.release in ("", self.current.fingerprint):
            return self.current
        if state.release not in self._older:
            content = self.fetch(state.release)
            self._older[state.release] = load_release(content) if content else self.current
        return self._older[state.release]

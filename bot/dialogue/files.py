"""The library of flows and facts as the folders hold it now."""

from __future__ import annotations

from functools import lru_cache

from bot.dialogue.world import Library
from bot.facts import load_facts
from bot.flows.loading import load_flows
from bot.i18n import Catalogues
from bot.settings import Settings


def load_library(settings: Settings) -> Library:
    """Load flows, facts and catalogues. Raises :class:`ContentError` with every fault and its line."""
    catalogues = Catalogues(settings.locales)
    return Library(
        current=load_flows(settings.flows),
        facts=load_facts(settings.facts),
        translate=catalogues.text,
        languages=catalogues.released,
        language_names=catalogues.names,
    )


@lru_cache(maxsize=1)
def library_from_disk() -> Library:
    """The library of the default folders, loaded once."""
    return load_library(Settings())

"""The one line under a message that tells how old its facts are and where to confirm them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.facts.book import Saying
from bot.facts.model import Confirm
from bot.facts.wording import Translate, same
from bot.translatable import N_

ONE_SEEN = N_("Dato visto en {seen}. Confírmalo en {place}: {url}")
SOME_SEEN = N_("Datos vistos en {seen}. Confírmalos en {place}: {url}")
OLDEST_SEEN = N_("Datos vistos desde {seen}. Confírmalos en {place}: {url}")
ONE_UNDATED = N_("Confirma este dato en {place}: {url}")
SOME_UNDATED = N_("Confirma estos datos en {place}: {url}")

SENTENCES = 2
"""Places that get a sentence each; more are told together, with one date."""
PLACES = 3


def caveat_line(sayings: Iterable[Saying], translate: Translate = same, *, always: bool = False) -> str:
    """One line for a whole message, empty where no saying needs it.

    ``always`` tells the date and the place of every fact, the trusted ones too: for what a person keeps for weeks.

    Facts of the same place are merged. Of several dates the oldest is told; where one fact has no date, no date is
    told, so that none looks fresher than it is. Places whose facts must be confirmed come first.
    """
    told = [saying for saying in sayings if saying.caveat or (always and saying.text != saying.confirm.url)]
    places: dict[Confirm, dict[str, Saying]] = {}
    for saying in sorted(told, key=lambda saying: not saying.caveat):  # what must be confirmed comes first
        places.setdefault(saying.confirm, {})[saying.fact_id] = saying
    if not places:
        return ""
    if len(places) > SENTENCES:
        return "ℹ️ " + _together(places, translate)
    return "ℹ️ " + " · ".join(_sentence(tuple(said.values()), translate) for said in places.values())


def _together(places: Mapping[Confirm, Mapping[str, Saying]], translate: Translate) -> str:
    """One date for all, and the places; those that need no caveat only as far as there is room."""
    needed = {place for place, said in places.items() if any(saying.caveat for saying in said.values())}
    named = [place for index, place in enumerate(places) if place in needed or index < PLACES]
    everything = tuple(saying for place in named for saying in places[place].values())
    first, *others = named
    line = _sentence(everything, translate, first)
    return " · ".join([line, *(f"{place.name}: {place.url}" for place in others)])


def _sentence(said: Sequence[Saying], translate: Translate, at: Confirm | None = None) -> str:
    dated = sorted((s for s in said if s.seen_on), key=lambda s: str(s.seen_on))
    oldest = dated[0].seen if len(dated) == len(said) else ""
    if not oldest:
        shape = ONE_UNDATED if len(said) == 1 else SOME_UNDATED
    elif len(said) == 1:
        shape = ONE_SEEN
    else:
        shape = SOME_SEEN if len({s.seen for s in said}) == 1 else OLDEST_SEEN
    place = at or said[0].confirm
    text = translate(shape).replace("{seen}", oldest).replace("{place}", place.name)
    return text.replace("{url}", place.url)

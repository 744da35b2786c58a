"""The Rasa entity extractor over word lists: municipality, nationality, document, amount, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.nlu.amounts import find_amounts, find_dates
from bot.dialogue.nlu.component import PlainComponent
from bot.dialogue.nlu.folding import MAX_CHARACTERS, aligned
from bot.dialogue.nlu.gazetteer import ABBREVIATED_DOCUMENTS, WELL_KNOWN, Gazetteer, load_gazetteer

_WORD: Final = re.compile(r"[a-z0-9]+")
_BEFORE_PLACE: Final = frozenset(
    {"en", "desde", "hasta", "hacia", "de", "a", "para", "pa", "por", "municipio", "pueblo", "ciudad", "cerca", "soy"}
)
_BEING: Final = frozenset(
    {"soy", "es", "son", "somos", "era", "nacionalidad", "nacido", "ciudadano", "ciudadana", "siendo"}
)
_TYPO_MIN_LENGTH: Final = 5
_TYPO_SCORE: Final = 86.0
"""rapidfuzz's ratio: one wrong letter in seven. Lower, ordinary words ("manera", "cartas") become towns."""


@dataclass(frozen=True)
class Found:
    """An entity at ``start:end`` of the text; ``extra`` goes into Rasa's entity beside its value."""

    entity: str
    start: int
    end: int
    value: str | int
    extra: tuple[tuple[str, str], ...] = ()


def find_entities(text: str) -> list[Found]:
    """All entities of a message in the order of their places; they do not overlap."""
    plain = aligned(text[:MAX_CHARACTERS])
    lists = load_gazetteer()
    taken: list[Found] = []
    for candidate in (*_phrases(text, plain, lists), *_sums(plain), *_days(plain), *_misspelled(plain, lists)):
        if not any(candidate.start < other.end and other.start < candidate.end for other in taken):
            taken.append(candidate)
    return sorted(taken, key=lambda found: found.start)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DomainEntityExtractor(PlainComponent, EntityExtractorMixin):
    """Adds what :func:`find_entities` finds to ``entities``. Nothing to configure; the word lists are not trained."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = [
                {"entity": one.entity, "start": one.start, "end": one.end, "value": one.value, **dict(one.extra)}
                for one in find_entities(message.get(TEXT) or "")
            ]
            known = message.get(ENTITIES, [])
            message.set(ENTITIES, [*known, *self.add_extractor_name(found)], add_to_output=True)
        return messages


def _phrases(text: str, plain: str, lists: Gazetteer) -> Iterator[Found]:
    words = list(_WORD.finditer(plain))
    position = 0
    while position < len(words):
        for size in range(min(lists.longest, len(words) - position), 0, -1):
            span = words[position : position + size]
            phrase = " ".join(word[0] for word in span)
            found = _named(text, phrase, span, words[position - 1][0] if position else "", len(words), lists)
            if found:
                yield found
                position += size
                break
        else:
            position += 1


def _named(
    text: str, phrase: str, span: list[re.Match[str]], before: str, words: int, lists: Gazetteer
) -> Found | None:
    start, end = span[0].start(), span[-1].end()
    if text[start:end] in ABBREVIATED_DOCUMENTS and not text.isupper():
        return Found("document", start, end, ABBREVIATED_DOCUMENTS[text[start:end]])
    if phrase in lists.documents:
        return Found("document", start, end, lists.documents[phrase])
    if phrase in lists.nationalities and (before in _BEING or phrase not in lists.needs_being):
        return Found("nationality", start, end, lists.nationalities[phrase])
    place = lists.municipalities.get(phrase)
    if place is None:
        return None
    alone = len(span) == words
    after_preposition = before in _BEFORE_PLACE
    if lists.is_ordinary(phrase):
        written_as_name = text[start].isupper() and not text.isupper()
        accepted = after_preposition and written_as_name
    else:
        accepted = alone or after_preposition
    if not (accepted or lists.is_well_known(phrase)):
        return None
    extra = (("dane", place.code), ("department", place.department)) if place.code else ()
    return Found("municipality", start, end, place.name, extra)


def _sums(plain: str) -> Iterator[Found]:
    for amount in find_amounts(plain):
        yield Found("amount", amount.start, amount.end, amount.value, (("currency", amount.currency),))


def _days(plain: str) -> Iterator[Found]:
    for start, end in find_dates(plain):
        yield Found("date", start, end, plain[start:end])


def _misspelled(plain: str, lists: Gazetteer) -> Iterator[Found]:
    """Well-known municipalities with a typo, after a preposition only."""
    names = sorted(WELL_KNOWN)
    words = list(_WORD.finditer(plain))
    for position in range(1, len(words)):
        if words[position - 1][0] not in _BEFORE_PLACE:
            continue
        for size in (3, 2, 1):
            span = words[position : position + size]
            phrase = " ".join(word[0] for word in span)
            if len(span) < size or len(phrase) < _TYPO_MIN_LENGTH or phrase in lists.municipalities:
                continue
            near = process.extractOne(phrase, names, scorer=fuzz.ratio, score_cutoff=_TYPO_SCORE)
            if near and near[0][0] == phrase[0]:
                place = lists.municipalities.get(near[0])
                if place:
                    extra = (("dane", place.code), ("department", place.department))
                    yield Found("municipality", span[0].start(), span[-1].end(), place.name, extra)
                break

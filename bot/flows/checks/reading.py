"""Reading ease of Spanish texts: the Szigriszt-Pazos index on the INFLESZ scale (Barrio-Cantalejo et al. 2008).

``206.835 − 62.3 · syllables / words − words / sentences``; from 55 on a text is "normal", from 65 "fairly easy".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.flows.checks.texts import can_render, can_render_card, texts_of
from bot.flows.errors import Fault
from bot.flows.model import Place
from bot.flows.render import Renderer, render_card
from bot.flows.turn import World

LEAST = 55.0
FROM_WORDS = 16
_WORD = re.compile(r"[a-záéíóúüñ]+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?:;…\n]+")
_UNREAD = re.compile(r"https?://\S+|\b[\w.-]+@\S+|\b[A-Z]{2,5}(-\d)?\b")  # addresses and acronyms are not read as words
_HIATUS = re.compile(r"[aeoáéó][íú]|[íú][aeoáéó]|[aeoáéó][aeoáéó]")
_VOWELS = re.compile(r"[aeiouáéíóúü]+")


def syllables(word: str) -> int:
    """Syllables of a Spanish word: vowel groups, hiatus apart, the mute *u* of que/gui left out."""
    low = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower())
    low = re.sub(r"y(?![aeiouáéíóú])", "i", low)
    count = 0
    for group in _VOWELS.findall(low):
        count += 1
        start = 0
        while (hiatus := _HIATUS.search(group, start)) is not None:
            count += 1
            start = hiatus.start() + 1
    return max(count, 1)


def reading_ease(text: str) -> float | None:
    """The index of a text, or None where it has no words. Lists and lines count as sentences."""
    plain = _UNREAD.sub(" ", text)
    words = _WORD.findall(plain)
    if not words:
        return None
    sentences = sum(1 for part in _SENTENCE.split(plain) if _WORD.search(part))
    per_word = sum(map(syllables, words)) / len(words)
    return 206.835 - 62.3 * per_word - len(words) / max(sentences, 1)


def check_reading(world: World) -> Iterator[Fault]:
    """Spanish texts of more than fifteen words that read too hard, as they are rendered today."""
    for text in texts_of(world.flows):
        if text.kind in ("ask", "ask_again", "why", "say") and can_render(world, text.text):
            yield from _judge(text.place, text.where, Renderer(world, "es", {}).text(text.text))
    for card in world.flows.cards.values():
        if not can_render_card(world, card):
            continue
        yield from _judge(card.place, f"card {card.id}", render_card(card, Renderer(world, "es", {})))


def _judge(place: Place, where: str, text: str) -> Iterator[Fault]:
    if len(_WORD.findall(text)) < FROM_WORDS:
        return
    ease = reading_ease(text)
    if ease is not None and ease < LEAST:
        fault = f"reading ease {ease:.0f}, at least {LEAST:.0f} is wanted: {' '.join(text.split())[:60]!r}"
        yield Fault("hard_to_read", place, where, fault, "Use shorter words and shorter sentences")

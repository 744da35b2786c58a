"""Finding the municipality in what people write: nicknames, typos, spelling by ear, whole sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from bot.flows.folding import fold
from bot.flows.values.places.atlas import Atlas, Municipality, atlas
from bot.flows.values.places.names import (
    ALONE,
    ASKED,
    CAPITAL_DISTRICT,
    EVERYDAY,
    NEEDS_DEPARTMENT,
    NICKNAMES,
    NO_NAMES,
    PREFERRED,
    ROUND_IT,
)
from bot.flows.values.places.sound import sound
from bot.flows.values.places.spotting import Spot, paired, spots
from bot.flows.values.whole_words import has_phrase

MOST_CANDIDATES = 10
_MIN_SCORE = 88
_NEAR_SCORE = 80
_MIN_TYPO = 5
_MIN_ONE_LETTER = 6
"""Letters of a word in which one wrong letter may stand: it brings the likeness of a short word under the limit."""
_CLEARLY = 4
"""Points of likeness that the best typo must be ahead of the second."""
_MOST_WORDS = 40
_MOST_WORDS_TYPO = 8
_MOST_WORDS_UNSAID = 6
"""Words of a sentence in which a place is the answer although no word says that the person lives there."""
_LONGEST_TYPO = 5

_SHORT = {"sta": "santa", "sto": "santo", "pto": "puerto", "sn": "san"}
_FILLERS = frozenset(
    "yo vivo vivimos vivir vive estoy estamos toy toi tamos soy somos ando andamos resido residimos me "
    "encuentro nos quedo encontramos ubicado ubicada ubicados en de del desde a al para pa por hacia "
    "ahora ahorita actualmente aqui aca alla la el los las lo ciudad municipio pueblo departamento depto "
    "dpto mi es vengo llegue colombia y hola buenas centro parte i live in im m from at the j habite vis "
    "suis je au dans moro em no na moramos estou eu sou mwen abite rete nan ap viv lavil nou now right "
    "reside tambien creo pues bueno este gracias senor senora".split()
)
_LIVING = frozenset(
    "vivo vivimos vive estoy estamos toy resido residimos soy somos vengo llegue llegamos barrio "
    "encuentro quedo live moro moramos habite vis abite rete".split()
)
_BEFORE_PLACES = frozenset("en desde hacia in em nan from".split())
_BEFORE_NAMES = _BEFORE_PLACES | frozenset("de a para pa por a au na".split())
_SAYS_PLACE = (
    "soy de",
    "somos de",
    "vengo de",
    "ciudad de",
    "municipio de",
    "pueblo de",
    "vivo",
    "vivo por",
    "llegue a",
)


@dataclass(frozen=True, slots=True)
class _Answer:
    codes: tuple[str, ...]
    sure: bool
    """Whether one code may be taken without asking."""


_NOWHERE = _Answer((), sure=False)


def read_municipality(text: str) -> str | None:
    """The DIVIPOLA code of the one municipality a text names, or None.

    A name that several bear is None without its department, save where one of them is meant by nearly everyone.
    """
    answer = _find(text)
    return answer.codes[0] if answer.sure and len(answer.codes) == 1 else None


def municipality_candidates(text: str) -> tuple[Municipality, ...]:
    """The municipalities a text may mean, at most ten, to ask which; empty if it names none."""
    known = atlas().municipalities
    return tuple(known[code] for code in _find(text).codes[:MOST_CANDIDATES])


def _find(text: str) -> _Answer:
    words = [_SHORT.get(word, word) for word in fold(text.replace("'", "")).split()]
    if not words or len(words) > _MOST_WORDS:
        return _NOWHERE
    book = atlas()
    found = spots(words, book)
    places = paired(found, words)
    named = [spot for spot in places if _is_meant(spot, found, words)]
    if named:
        named += [spot for spot in places if spot not in named and _is_only_a_place(spot)]
    answers = [_resolve(spot.name, spot.department, book) for spot in named]
    return _merged(answers) if answers else _misspelt(words, found, book)


def _merged(answers: Sequence[_Answer]) -> _Answer:
    """The one that all agree on, or everything that one of them may mean."""
    if len({answer.codes for answer in answers}) == 1:
        return answers[0]
    return _Answer(tuple(dict.fromkeys(code for answer in answers for code in answer.codes)), sure=False)


def _is_meant(spot: Spot, found: Sequence[Spot], words: Sequence[str]) -> bool:
    """Whether a name is the place, and not the word or the surname that it is too."""
    if spot.department:
        return True
    if spot.name in NEEDS_DEPARTMENT:
        return False
    if spot.name in ALONE:
        return len(words) == spot.end - spot.start
    covered = {index for other in found for index in range(other.start, other.end)}
    if all(word in _FILLERS for index, word in enumerate(words) if index not in covered):
        return True
    if spot.bare:
        return False
    if len(words) > _MOST_WORDS_UNSAID and _LIVING.isdisjoint(words):
        return False
    before = words[spot.start - 1] if spot.start else ""
    if spot.name in EVERYDAY:
        return before in _BEFORE_PLACES or has_phrase(" ".join(words[: spot.start][-2:]), _SAYS_PLACE)
    at_an_end = spot.start == 0 or _FILLERS.issuperset(words[spot.end :])
    return before in _BEFORE_NAMES or (at_an_end and len(spot.name) >= _MIN_TYPO)


def _is_only_a_place(spot: Spot) -> bool:
    return not spot.bare and spot.name not in ALONE | EVERYDAY | NEEDS_DEPARTMENT


def _resolve(name: str, department: str, book: Atlas) -> _Answer:
    exact = book.names.get(name) or book.bare.get(name, ())
    longer = book.beginnings.get(name, ())
    if department:
        inside = [code for code in exact if _is_in(code, department)] or [c for c in longer if _is_in(c, department)]
        return _Answer(tuple(inside), sure=True) if inside else _Answer(exact, sure=False)
    if name in ASKED:
        return _Answer(ASKED[name], sure=False)
    meant = PREFERRED.get(name) or NICKNAMES.get(name)
    if meant:
        return _Answer((meant,), sure=True)
    return _Answer(tuple(dict.fromkeys(exact + longer)), sure=bool(exact) and name not in book.departments)


def _is_in(code: str, department: str) -> bool:
    return code.startswith(department) or (code == CAPITAL_DISTRICT and department == ROUND_IT)


def _misspelt(words: Sequence[str], found: Sequence[Spot], book: Atlas) -> _Answer:
    departments = {spot.department for spot in found if spot.department}
    department = departments.pop() if len(departments) == 1 else ""
    if len(words) > _MOST_WORDS_TYPO:
        return _NOWHERE
    for phrase in _phrases(words, found):
        answer = _near(phrase, department, book)
        if answer.codes:
            return answer
    return _NOWHERE


def _phrases(words: Sequence[str], found: Sequence[Spot]) -> Iterator[str]:
    """The whole answer without what leads to it, then what follows each "en", the longest first."""
    abroad = any(spot.abroad for spot in found)
    known = [spot for spot in found if abroad or not spot.codes]
    left = ["" if any(spot.start <= index < spot.end for spot in known) else word for index, word in enumerate(words)]
    yield from _trimmed(left, 0)
    for index, word in enumerate(left):
        if word in _BEFORE_PLACES:
            yield from _trimmed(left, index + 1)


def _trimmed(words: Sequence[str], start: int) -> Iterator[str]:
    while start < len(words) and (not words[start] or words[start] in _FILLERS):
        start += 1
    end = next((index for index in range(start, len(words)) if not words[index]), len(words))
    while end > start and words[end - 1] in _FILLERS:
        end -= 1
    whole = end - start <= _LONGEST_TYPO
    if whole:
        yield " ".join(words[start:end])
    if start:
        for stop in range(min(end - 1, start + _LONGEST_TYPO), start, -1):
            yield " ".join(words[start:stop])


def _near(phrase: str, department: str, book: Atlas) -> _Answer:
    """A name left after trimming, begun, spelt by ear, or with a typo."""
    if phrase in book.names or phrase in book.bare or phrase in book.beginnings:
        return _Answer(_resolve(phrase, department, book).codes, sure=False) if len(phrase) >= _MIN_TYPO else _NOWHERE
    if len(phrase) < _MIN_TYPO or phrase in NO_NAMES:
        return _NOWHERE
    heard = [_resolve(name, department, book) for name in book.sounds.get(sound(phrase), ())]
    return _merged(heard) if heard else _typo(phrase, department, book)


def _typo(phrase: str, department: str, book: Atlas) -> _Answer:
    near = process.extract(phrase, book.spelt, scorer=fuzz.ratio, score_cutoff=_NEAR_SCORE, limit=MOST_CANDIDATES)
    scored = sorted(((_score(phrase, name, ratio), name) for name, ratio, _ in near), reverse=True)
    likely = [(score, _resolve(name, department, book)) for score, name in scored if score >= _MIN_SCORE]
    likely = [(score, answer) for score, answer in likely if answer.codes]
    if not likely:
        return _NOWHERE
    best, answer = likely[0]
    rivals = [other for score, other in likely[1:] if other.codes != answer.codes and best - score < _CLEARLY]
    return _merged([answer, *rivals])


def _score(phrase: str, name: str, ratio: float) -> float:
    if min(len(phrase), len(name)) < _MIN_ONE_LETTER or DamerauLevenshtein.distance(phrase, name, score_cutoff=1) > 1:
        return ratio
    return max(ratio, _MIN_SCORE)

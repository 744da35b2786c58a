"""Which option does a text mean: number, label, synonym, typo, or an option said inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.flows.folding import fold
from bot.flows.model import Option

SYNONYMS = "|"
"""Stands between the words of one catalogue entry: what people write instead of an option or of a slot's label."""
TYPO_SCORE = 85.0
TYPO_LEAD = 6.0
TYPO_LEAST_LETTERS = 4
PART_LEAST_LETTERS = 4
ASIDE_WORDS = 3
# "como 4 años" tells a number; "ou" is "or" in French, "you" in Kreyòl; "do" is "of the" in Portuguese.
_QUESTION = re.compile(
    r"^(q|que|como(?! \d)|cuant[oa]s?|donde|cuando|cual|quien|pued[oe]n?|por que|xq|porque|y (si|como|cuanto)"
    r"|what|how|where|when|which|who|why|can i|can you|do i|do you|does|is it|is there|are there"
    r"|quoi|comment|combien|quand|quel|quelle|quels|quelles|pourquoi|est ce|qu est ce|c est quoi"
    r"|ou (est|sont|puis|dois|je)"
    r"|ki|kijan|kouman|koman|konbyen|kote|kile|kiyes|kisa|poukisa|eske|mwen ka"
    r"|qual|quais|quant[oa]s?|onde|quem|o que|posso|pode)\b"
)
_NEGATION = frozenset(
    "no ni nunca sin tampoco ningun ninguna ninguno non nao nem sem nenhum nenhuma not never without pas sans jamais "
    "aucun aucune pa janm okenn".split()
)
_SHORTENED_NOT = re.compile(r"n t\b|\b(?:dont|cant|wont|didnt|doesnt|havent|isnt)\b")  # "don't", folded
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "primera primero first premier premiere premye primeira primeiro",
            "segunda segundo second deuxieme dezyem",
            "tercera tercero third troisieme twazyem terceira terceiro",
            "cuarta cuarto fourth quatrieme katriyem quarta quarto",
            "quinta quinto fifth cinquieme senkyem",
            "sexta sexto sixth sixieme sizyem",
            "septima septimo seventh septieme setyem setima setimo",
            "octava octavo eighth huitieme wityem oitava oitavo",
            "novena noveno ninth neuvieme nevyem nona nono",
            "decima decimo tenth dixieme dizyem",
        ),
        start=1,
    )
    for word in words.split()
}
_COUNTED = r"(?:(?:la|el|le|l|the|a|o) )?(?:(?:opcion|numero|option|number|nimewo|opsyon|opcao|choix) )?"
_NUMBER = re.compile(rf"^(?:{_COUNTED}|#)(\d{{1,2}})[.)]?$")
_BEFORE_ORDINAL = re.compile(rf"^{_COUNTED}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option as the person may write it: its folded forms, label first."""

    index: int
    forms: tuple[str, ...]


def candidate(index: int, *forms: str) -> Candidate:
    """Fold the forms of one option."""
    return Candidate(index, tuple(dict.fromkeys(folded for form in forms if (folded := fold(form)))))


def forms_of(option: Option, language: str, translate: Callable[[str, str], str]) -> tuple[str, ...]:
    """What may be written for an option in a language: its label, the Spanish one, the synonyms of both."""
    return (translate(language, option.label), option.label, *in_languages(option.synonyms, language, translate))


def in_languages(words: Sequence[str], language: str, translate: Callable[[str, str], str]) -> tuple[str, ...]:
    """Words that stand in the catalogue as one entry, in a language and in Spanish."""
    return (*translate(language, SYNONYMS.join(words)).split(SYNONYMS), *words) if words else ()


def looks_like_question(text: str) -> bool:
    """Whether a message asks something: then an option's name inside it is no answer."""
    return "?" in text or "¿" in text or bool(_QUESTION.match(fold(text)))


def match_number(text: str) -> int | None:
    """``"2"``, ``"la 2"``, ``"opción 2"``, ``"la segunda"``, ``"the second"`` → 2; None otherwise."""
    folded = fold(text)
    match = _NUMBER.match(folded)
    if match:
        return int(match[1])
    return _ORDINALS.get(_BEFORE_ORDINAL.sub("", folded).removesuffix(" one").removesuffix(" lan"))


def match_exact(text: str, candidates: Sequence[Candidate]) -> int | None:
    """The option one of whose forms the text is, folded; None where none or several are."""
    folded = fold(text)
    hits = {c.index for c in candidates if folded in c.forms}
    return hits.pop() if len(hits) == 1 else None


def match_inside(text: str, candidates: Sequence[Candidate]) -> int | None:
    """The option that is said inside a sentence ("creo que soy de venezuela").

    The longest form wins, and only where no other option is said beside it. A sentence with a negation counts only for
    forms that carry the negation themselves, and a question never counts.
    """
    if looks_like_question(text):
        return None
    folded = f" {fold(text)} "
    negated = negates(folded)
    found: list[tuple[str, int]] = []
    for option in candidates:
        for form in option.forms:
            if len(form) >= 3 and f" {form} " in folded and (not negated or negates(form)):
                found.append((form, option.index))
    if not found:
        return None
    longest, index = max(found, key=lambda hit: len(hit[0]))
    rivals = {other for form, other in found if other != index and f" {form} " not in f" {longest} "}
    return None if rivals else index


def is_aside(text: str, option: Candidate) -> bool:
    """Whether what stands around an option that is said in a text is more than the option, and not just an address."""
    folded = fold(text)
    said = max((len(form.split()) for form in option.forms if f" {form} " in f" {folded} "), default=0)
    around = len(folded.split()) - said
    return around > said and around >= ASIDE_WORDS


def match_part(text: str, candidates: Sequence[Candidate]) -> int | None:
    """The one option whose label has the text in it as whole words ("papeles" for "Papeles y permisos")."""
    folded = fold(text)
    if len(folded) < PART_LEAST_LETTERS:
        return None
    hits = {c.index for c in candidates if any(_is_part(folded, form) for form in c.forms[:2])}
    return hits.pop() if len(hits) == 1 else None


def _is_part(text: str, form: str) -> bool:
    return f" {text} " in f" {form} " and _same_sense(text, form)


def match_typo(text: str, candidates: Sequence[Candidate]) -> int | None:
    """The option whose form is nearest, where it is near and clearly nearer than any other option's."""
    folded = fold(text)
    if len(folded) < TYPO_LEAST_LETTERS or looks_like_question(text):
        return None
    best: dict[int, float] = {}
    for option in candidates:
        scores = [fuzz.ratio(folded, form) for form in option.forms if _comparable(folded, form)]
        if scores:
            best[option.index] = max(scores)
    if not best:
        return None
    ranked = sorted(best.items(), key=lambda item: -item[1])
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    index, score = ranked[0]
    return index if score >= TYPO_SCORE and score - second >= TYPO_LEAD else None


def _comparable(text: str, form: str) -> bool:
    return len(form) >= TYPO_LEAST_LETTERS and _same_sense(text, form)  # short forms are too near to each other


def _same_sense(text: str, form: str) -> bool:
    # A dropped or added "no" turns an answer round ("puedo hablar", "no puedo hablar"): no typo, no shortening.
    return negates(text) == negates(form)


def negates(folded: str) -> bool:
    """Whether a folded text says no in any of the languages."""
    return not _NEGATION.isdisjoint(folded.split()) or bool(_SHORTENED_NOT.search(folded))

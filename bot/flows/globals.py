"""Global words: menu, back, change, person, stop … They are understood at every step and in every language."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.flows.folding import fold
from bot.flows.model import Words

ANSWER_WORDS = ("yes", "no", "more", "skip")
_TYPO_SCORE = 84.0
_TYPO_LEAST = 5
_SKIP_INSIDE = 3  # words of a form that may stand inside a sentence: "otra pregunta" there means something else
_SKIP_SENTENCE = 8
_COMMANDS = {
    "menu": "menu", "atras": "back", "cambiar": "change", "resumen": "summary", "ayuda": "help", "persona": "person",
    "idioma": "language", "mastarde": "later", "parar": "stop", "misdatos": "my_data", "borrarmisdatos": "erase",
    "salir": "exit",
}  # fmt: skip
INTENTS = {
    "meta_talk_to_person": "person",
    "meta_change_language": "language",
    "meta_delete_my_data": "erase",
    "meta_stop_messages": "stop",
    "meta_go_back": "back",
    "meta_correct_answer": "change",
    "meta_help": "help",
}


@dataclass(frozen=True, slots=True)
class GlobalWord:
    """A global word that was written; ``rest`` is what follows *change* ("mi nacionalidad"), folded."""

    name: str
    rest: str = ""


class GlobalWords:
    """Finds global words in what people write."""

    def __init__(self, words: Words) -> None:
        self._forms: dict[str, str] = {}
        self._answers: dict[tuple[str, str], str] = {}
        self._skips: set[str] = set()
        self._prefixes: list[str] = []
        for language, table in words.forms.items():
            for name, forms in table.items():
                for form in forms:
                    folded = fold(form)
                    if name in ANSWER_WORDS:
                        self._answers.setdefault((language, folded), name)
                        if name == "skip":
                            self._skips.add(folded)
                        continue
                    self._forms.setdefault(folded, name)
                    if name == "change":
                        self._prefixes.append(folded)
        self._prefixes.sort(key=len, reverse=True)
        self._long = {
            language: [
                (fold(form), name) for name, forms in table.items() for form in forms if _may_be_mistyped(name, form)
            ]
            for language, table in words.forms.items()
        }

    def forms(self) -> dict[str, str]:
        """Every folded form and the word it stands for."""
        return dict(self._forms)

    def exact(self, text: str) -> GlobalWord | None:
        """The global word that a text is, exactly after folding; a slash command too."""
        if text.startswith("/"):
            command = _COMMANDS.get(fold(text[1:].split("@")[0].split(" ")[0]).replace(" ", ""))
            return GlobalWord(command) if command else None
        folded = fold(text)
        if folded in self._forms:
            return GlobalWord(self._forms[folded])
        for prefix in self._prefixes:
            if folded.startswith(f"{prefix} ") and len(folded.split()) <= len(prefix.split()) + 5:
                return GlobalWord("change", folded[len(prefix) + 1 :])
        return None

    def typo(self, text: str, language: str) -> GlobalWord | None:
        """The global word of a language that a text is nearly ("ayudaa", "resumne").

        Other languages do not count: a word of one is too often nearly a word of another.
        """
        folded = fold(text)
        if len(folded) < _TYPO_LEAST or len(folded.split()) > 3:
            return None
        best, name = max(
            ((fuzz.ratio(folded, form), name) for form, name in self._long.get(language, ())), default=(0.0, "")
        )
        return GlobalWord(name) if best >= _TYPO_SCORE else None

    def answer(self, text: str, language: str) -> str:
        """``yes``, ``no``, ``more`` or ``skip`` where the text is such a word, else empty. Spanish always counts."""
        folded = fold(text)
        return self._answers.get((language, folded)) or self._answers.get(("es", folded), "")

    def skips(self, text: str, *, inside: bool = False) -> bool:
        """Whether a text says, in any language, that its writer prefers not to answer.

        ``inside``: also a sentence that holds one of the longer forms ("eso prefiero no decirlo, gracias").
        """
        folded = fold(text)
        if folded in self._skips:
            return True
        long = (form for form in self._skips if len(form.split()) >= _SKIP_INSIDE)
        return inside and len(folded.split()) <= _SKIP_SENTENCE and any(f" {form} " in f" {folded} " for form in long)


def _may_be_mistyped(name: str, form: str) -> bool:
    return name not in ANSWER_WORDS and len(fold(form)) >= _TYPO_LEAST


_MADE: dict[int, tuple[Words, GlobalWords]] = {}


def global_words(words: Words) -> GlobalWords:
    """The finder for these words, made once for each release."""
    made = _MADE.get(id(words))
    if made is None or made[0] is not words:
        made = (words, GlobalWords(words))
        _MADE[id(words)] = made
    return made[1]

"""Which of the five languages a message is in, or "" when it is too short or too mixed to say."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import py3langid.langid
from py3langid.modelio import load_model
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.nlu import vocabulary
from bot.dialogue.nlu.component import PlainComponent
from bot.dialogue.nlu.folding import MAX_CHARACTERS

LANGUAGES: Final = ("en", "es", "fr", "ht", "pt")
FEWEST_WORDS: Final = 3
"""No identifier is right above 74 % at one or two words (measured on chat lines, shared/language-resources.md)."""
CLEARLY: Final = 0.75
"""Below this probability nothing is said: of 1,800 Spanish lines of three words or more, 2 of 1,000 then go wrong."""

_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def identify(text: str) -> str:
    """``es``, ``en``, ``fr``, ``pt``, ``ht``, or ""."""
    words = _WORD.findall(text[:MAX_CHARACTERS].lower())
    if len(words) < FEWEST_WORDS:
        return ""
    language, probability = _identifier().classify(" ".join(words))
    return str(language) if probability >= CLEARLY else ""


@cache
def _identifier() -> Any:
    # Built from the tables rather than by set_languages(), which keeps those of all 140 languages in memory.
    model = Path(py3langid.langid.__file__).parent / py3langid.langid.MODEL_FILE
    counts, priors, names, moves, rows, output = load_model(model)
    columns = [column for column, name in enumerate(names) if name in LANGUAGES]
    return py3langid.langid.LanguageIdentifier(
        np.ascontiguousarray(counts[:, columns]),
        priors[columns],
        [names[column] for column in columns],
        moves,
        output,
        norm_probs=True,
        tk_row=rows,
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageIdentifier(PlainComponent):
    """Sets ``language`` (see :func:`identify`). It has nothing to configure and nothing to train."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            message.set(vocabulary.LANGUAGE, identify(message.get(TEXT) or ""), add_to_output=True)
        return messages

"""Greetings and thanks as people put them around a wish, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GREETINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "es": (
        "hola ", "hola, ", "buenas tardes, ", "hola buenas ", "buenos dias señorita ", "buenas noches. ", "hola q tal ",
        "hola buen dia, disculpe ", "saludos, ", "epa ", "hola mira ", "muy buenos días, ", "buenas, ", "ola ",
        "señores buenas tardes ", "hola amiga ",
    ),
    "en": (
        "hello ", "hi, ", "good morning ", "good afternoon, ", "hey ", "hello sir ", "hi there, ", "good evening. ",
        "hello please ", "helo ", "hi good day ", "excuse me, ", "hola, ", "dear sir ", "greetings, ", "hey there ",
    ),
    "fr": (
        "bonjour ", "bonjour, ", "bjr ", "bonsoir, ", "salut ", "slt ", "bonjour madame ", "bonsoir monsieur, ",
        "coucou ", "bonjour svp ", "excusez moi, ", "hola bonjour ", "bonjour je vous ecris parce que ", "bsr ",
        "bonjour à vous, ", "salut ca va? ",
    ),
    "ht": (
        "bonjou ", "bonjou, ", "bonswa ", "alo ", "bonjou madanm ", "bonswa mesye, ", "sak pase ", "bjr ", "onè ",
        "bonjou tanpri ", "eskize m, ", "bonswa tout moun ", "hola bonjou ", "bonjou frè m ", "bonswa sè m ", "salut ",
    ),
    "pt": (
        "oi ", "olá, ", "bom dia ", "boa tarde, ", "boa noite. ", "oi tudo bem? ", "oie ", "ola boa tarde ",
        "bom dia moça ", "oi por favor ", "licença, ", "opa ", "oi gente, ", "bom dia senhora ", "hola, ", "ei ",
    ),
}  # fmt: skip
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "es": ("", "", "", " por favor", " gracias", ", muchas gracias", " porfa", " mil gracias"),
    "en": ("", "", "", " please", " thanks", ", thank you", " pls", " thank you so much"),
    "fr": ("", "", "", " svp", " merci", ", merci beaucoup", " s'il vous plait", " merci d'avance"),
    "ht": ("", "", "", " tanpri", " mèsi", ", mèsi anpil", " souple", " svp"),
    "pt": ("", "", "", " por favor", " obrigado", ", obrigada", " pfv", " muito obrigado"),
}

"""How wide text is, roughly, without a font at hand; wrapping and shortening by it."""

from __future__ import annotations

SHORT = 170
"""Characters of a text that a box shows; the whole text stands in the box's tooltip."""

# Widths in em, a little above Arial, Helvetica and Liberation Sans. In DejaVu Sans, the widest of the usual fonts, a
# full line takes some of the padding and still ends inside its box.
_CLASSES = {
    "ijlI|'íìïîÍ": 0.27,
    " .,:;¡!": 0.31,
    "frt()[]-/‹›": 0.38,
    "sczkvxyJç": 0.54,
    "mMwWœ…—%@": 0.94,
    "OQGDNHUÓÚÑ&": 0.76,
}
_WIDTHS = {char: width for chars, width in _CLASSES.items() for char in chars}
_UPPER, _LOWER = 0.68, 0.59
BOLD = 1.09


def text_width(text: str, size: float) -> float:
    """The width of one line in pixels at a font size in pixels."""
    return size * sum(_WIDTHS.get(char) or (_UPPER if char.isupper() else _LOWER) for char in text)


def wrap(text: str, size: float, width: float) -> list[str]:
    """Lines no wider than ``width``; a word that is wider alone is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while text_width(word, size) > width:
            fits = max(1, next(n for n in range(1, len(word) + 1) if text_width(word[:n], size) > width) - 1)
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines


def shorten(text: str, most: int = SHORT) -> str:
    """At most ``most`` characters: whole sentences where they fill half of that, else whole words and an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    stop = max(head.rfind(mark) for mark in (". ", "? ", "! ", ": "))
    if stop >= most // 2:
        return f"{head[: stop + 1].rstrip('.:')}…"
    space = head.rfind(" ")
    return f"{head[:space] if space >= most // 2 else head}…"


def shorten_question(text: str, most: int = SHORT) -> str:
    """As :func:`shorten`, but what is asked at the end stays whole and the words before it are cut."""
    begin = text.rfind("¿")
    asked = text[begin : text.find("?", begin) + 1]
    if len(text) <= most or begin < 1 or not asked or len(asked) > most * 3 // 4:
        return shorten(text, most)
    return f"{shorten(text[:begin].rstrip(), most - len(asked) - 1)} {asked}"

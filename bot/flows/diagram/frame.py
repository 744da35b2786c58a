"""What stands around the diagram: its style, the head with title and release, the legend."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bot.flows.diagram.chart import KIND_WORDS, BoxKind
from bot.flows.diagram.measure import text_width, wrap
from bot.flows.diagram.paint import SIZES, back_mark, card_mark, frame_of
from bot.flows.model import Flow

_FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
ARROW_COLOURS = ("#444", "#1b5e9b", "#b3261e", "#15703a", "#7b2d8b", "#8a5a00")
"""Dark on white, also in print. The first is for arrows inside a pile, the others tell the arrows of piles apart."""
_SAMPLE = 40.0
_ENTRY_GAP, _ROW = 26.0, 30.0


def style() -> str:
    """The style sheet and the arrowheads, one a colour."""
    tips = "".join(
        f'<marker id="tip{number}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
        for number, colour in enumerate(ARROW_COLOURS)
    )
    return (
        f"<style>text{{font-family:{_FONT};fill:#1c1c1c}}{SIZES}"
        ".title{font-size:24px;font-weight:bold}.lead{font-size:14px}.about{font-size:11px;fill:#555}"
        ".card{font-weight:bold}.note{font-style:italic;fill:#333}.kind{font-weight:bold;fill:#444}"
        ".id{fill:#767676}.key{font-size:12px}"
        ".question{fill:#e6f0fa;stroke:#23527c;stroke-width:2}.message{fill:#fff;stroke:#6b6b6b;stroke-width:1.2}"
        ".action{fill:#f2f2f2;stroke:#6b6b6b;stroke-width:1.2;stroke-dasharray:5 3}"
        ".choice{fill:#fdf3d8;stroke:#8a6a10;stroke-width:1.5}.flow{fill:#f1eafa;stroke:#5b3a8c;stroke-width:1.5}"
        ".inner{fill:none;stroke:#5b3a8c}.back{fill:#fff;stroke:#444;stroke-dasharray:2 3}"
        ".answer{fill:#fff;stroke:#23527c}.spine{fill:none;stroke:#23527c}"
        ".arrow{fill:none;stroke:#444;stroke-width:1.4}.end{fill:#1c1c1c}"
        ".sheet{fill:#fff6d6;stroke:#8a6a10;stroke-width:1.2}.mark{fill:none;stroke:#444;stroke-width:1.6}</style>"
        f"<defs>{tips}</defs>"
    )


def head(flow: Flow, about: str, width: float) -> tuple[str, float]:
    """Title, description and the line about where the diagram comes from. Returns them and their height."""
    parts = [f'<text class="title" x="0" y="20">{escape(flow.name)}</text>']
    y = 44.0
    for name, text, size, step in (("lead", flow.description, 14, 19), ("about", about, 11, 16)):
        for line in wrap(text, size, width):
            parts.append(f'<text class="{name}" x="0" y="{y:.0f}">{escape(line)}</text>')
            y += step
    return "".join(parts), y + 10


def _box(kind: BoxKind) -> Callable[[], str]:
    return lambda: frame_of(kind, 0, _SAMPLE, 20)


_ENTRIES: tuple[tuple[Callable[[], str], str], ...] = (
    (_box("question"), f"{KIND_WORDS['question']}; si ya se sabe la respuesta, no se repite"),
    (
        lambda: f'<rect class="answer" y="2" width="{_SAMPLE:.0f}" height="16" rx="8"/>',
        "Respuesta o condición; vale la primera que se cumple, de arriba abajo",
    ),
    (_box("message"), KIND_WORDS["message"]),
    (lambda: card_mark(14, 3), "Guía que la persona recibe: qué llevar, dónde, cuánto cuesta"),
    (_box("choice"), f"{KIND_WORDS['choice']} sin preguntar, con lo que ya se sabe"),
    (_box("flow"), f"{KIND_WORDS['flow']}; tiene su propio diagrama"),
    (_box("action"), f"{KIND_WORDS['action']} del sistema"),
    (lambda: back_mark(13, 0), "Vuelve a un paso anterior"),
    (lambda: '<circle class="end" cx="20" cy="10" r="6"/>', "Aquí termina"),
    (
        lambda: '<text class="key" x="4" y="14">‹dato›</text>',
        "Se llena al hablar: un dato con fuente y fecha, o una respuesta",
    ),
    (lambda: '<text class="id" x="0" y="14">nombre</text>', "Nombre del paso en el archivo"),
)


def legend(width: float) -> tuple[str, float, float]:
    """What the shapes mean, in rows no wider than ``width``. Returns it with its width and height."""
    parts = ['<text class="kind" x="0" y="0">Cómo se lee</text>']
    x, y, widest = 0.0, 12.0, 0.0
    for draw, words in _ENTRIES:
        room = _SAMPLE + 8 + text_width(words, 12)
        if x and x + room > width:
            x, y = 0.0, y + _ROW
        label = f'<text class="key" x="{_SAMPLE + 8:.0f}" y="14">{escape(words)}</text>'
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{draw()}{label}</g>')
        x += room + _ENTRY_GAP
        widest = max(widest, x - _ENTRY_GAP)
    return "".join(parts), widest, y + 24

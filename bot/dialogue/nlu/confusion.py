"""The confusion of topics as a picture: a row a true topic, a column what it was taken for."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.dialogue.nlu.classify import from_parse
from bot.dialogue.nlu.evaluate import Reading


def draw_confusion(reading: Reading, path: Path) -> None:
    """Write a PNG. What is right lies on the diagonal and is left pale, so that mistakes stand out."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    pairs = [(topic, from_parse(parsed).topic) for _, topic, parsed in reading.rows]
    names = sorted({name for pair in pairs for name in pair})
    counts = np.zeros((len(names), len(names)))
    for true, given in pairs:
        counts[names.index(true), names.index(given)] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    wrong = shares * (1 - np.eye(len(names)))
    figure = Figure(figsize=(14, 13), dpi=110)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.imshow(wrong, cmap="Reds", vmin=0, vmax=0.3)
    for row, column in np.argwhere(counts > 0):
        shade = "#888888" if row == column else "black"
        axes.text(column, row, f"{int(counts[row, column])}", ha="center", va="center", fontsize=6, color=shade)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xlabel("taken for")
    axes.set_ylabel("is")
    axes.set_title(f"{reading.language}: {len(pairs)} messages")
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)

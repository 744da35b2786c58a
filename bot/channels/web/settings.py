"""What an operator may choose about the web chat, checked when the service starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

MAX_COOKIE_AGE = timedelta(days=30)
HELP_LINES = ("106", "122", "123", "141", "155", "192")  # the short numbers of facts/helplines.yml


@dataclass(frozen=True, slots=True)
class Allowance:
    """A token bucket's size: ``burst`` requests at once, ``per_second`` more as time goes by."""

    burst: float
    per_second: float


@dataclass(frozen=True, slots=True)
class RateLimits:
    """How much one conversation and one client host may ask.

    A host is generous on purpose: Colombian mobile carriers and community centres put many people behind one address.
    """

    post_session: Allowance = Allowance(20, 0.5)
    post_host: Allowance = Allowance(300, 10)
    new_session_host: Allowance = Allowance(60, 0.5)
    read_session: Allowance = Allowance(60, 2)
    read_host: Allowance = Allowance(600, 30)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The web chat's settings.

    ``exit_url`` is where *Salir rápido* leads: an https address with nothing to do with migration.
    ``cookie_max_age`` left out makes a session cookie, forgotten with the browser: handsets are shared.
    ``public_origins`` are origins accepted beside the request's own host, for a proxy that rewrites ``Host``.
    ``short_codes`` are the three-digit numbers that become links to a call where the bot says them; none is said by it.
    ``reread_seconds`` is how often a waiting reader looks at the store, for lines sent by another process.
    Raises ValueError where a value cannot be.
    """

    exit_url: str = "https://www.google.com/search?q=clima"
    cookie_max_age: timedelta | None = None
    languages: tuple[str, ...] = ("es",)
    language_names: Mapping[str, str] = field(default_factory=dict)
    short_codes: tuple[str, ...] = HELP_LINES
    public_origins: frozenset[str] = frozenset()
    reread_seconds: float = 1.0
    limits: RateLimits = field(default_factory=RateLimits)

    def __post_init__(self) -> None:
        exit_parts = urlsplit(self.exit_url)
        if exit_parts.scheme not in ("http", "https") or not exit_parts.netloc:
            raise ValueError(f"the exit address must be a full http(s) address, not {self.exit_url!r}")
        if self.cookie_max_age is not None and not timedelta(0) < self.cookie_max_age <= MAX_COOKIE_AGE:
            raise ValueError(f"the chat cookie may live more than 0 and at most {MAX_COOKIE_AGE.days} days")
        if not all(re.fullmatch(r"\d{3}", code) for code in self.short_codes):
            raise ValueError("a short code has three digits")
        if not self.languages:
            raise ValueError("the web chat needs at least one language")
        if self.reread_seconds <= 0:
            raise ValueError("the store must be read again after a time above 0 seconds")

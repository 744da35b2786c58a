"""Whether a request may ask for what it asks: it comes from our own page, and not too often."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request

from bot.channels.web.errors import Refused
from bot.channels.web.limits import TokenBuckets
from bot.channels.web.settings import RateLimits
from bot.messages import Address

PAGE_HEADER = "X-Amable"


class Guard:
    """Checks requests; each check raises Refused."""

    def __init__(self, public_origins: frozenset[str], limits: RateLimits, monotonic: Callable[[], float]) -> None:
        self._public_origins = public_origins
        self._monotonic = monotonic
        self._post_session = TokenBuckets(limits.post_session)
        self._post_host = TokenBuckets(limits.post_host)
        self._new_session_host = TokenBuckets(limits.new_session_host)
        self._read_session = TokenBuckets(limits.read_session)
        self._read_host = TokenBuckets(limits.read_host)

    def own_page(self, request: Request, *, beacon: bool = False) -> None:
        """Refuse what another site's page sent.

        The page's header cannot be set across origins without our consent. A beacon cannot set it, and under our
        referrer policy its Origin is "null": there, ``Sec-Fetch-Site``, which no page can forge, must say same-origin.
        """
        same_origin = request.headers.get("sec-fetch-site") == "same-origin"
        if request.headers.get(PAGE_HEADER) != "1" and not (beacon and same_origin):
            raise Refused(403, "forbidden")
        origin = request.headers.get("origin")
        if origin is None or (origin == "null" and same_origin) or origin in self._public_origins:
            return
        if urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
            raise Refused(403, "forbidden")

    def may_post(self, request: Request, address: Address, *, new: bool) -> None:
        """Refuse a message where the conversation, or its host, wrote too much, or the host opened too many."""
        self._take(self._post_host, _host(request))
        if new:
            self._take(self._new_session_host, _host(request))
        self._take(self._post_session, address.external_id)

    def may_read(self, request: Request, address: Address) -> None:
        """Refuse a reading where the conversation or its host reads too often."""
        self._take(self._read_host, _host(request))
        self._take(self._read_session, address.external_id)

    def _take(self, buckets: TokenBuckets, key: str) -> None:
        retry_after = buckets.take(key, self._monotonic())
        if retry_after:
            raise Refused(429, "too_fast", retry_after)


def _host(request: Request) -> str:
    """The client's host, as the server sees it (uvicorn reads a trusted proxy's ``X-Forwarded-For``)."""
    return request.client.host if request.client else ""

"""The pages that machines look at: is it alive, may it be given work, what does it count. No personal data."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from bot.metrics import CONTENT_TYPE, Metrics
from bot.storage import DatabaseAway, Store

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def watching_router(
    store: Store,
    metrics: Metrics,
    *,
    clock: Callable[[], datetime],
    missing: Callable[[], Mapping[str, str]],
    token: str = "",
) -> APIRouter:
    """``/healthz``, ``/readyz`` and ``/metrics``.

    ``missing`` names what the process waits for before it can work (a part, and why). ``token`` opens ``/metrics`` to
    other machines as a bearer token; without one it answers this machine alone, and never through a proxy.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    def health() -> Response:
        """200 where the database answers, with the depths of the queues; 503 where it does not."""
        try:
            counts = store.counts()
        except DatabaseAway:
            return JSONResponse({"status": "database_away"}, status_code=503, headers={"Retry-After": "5"})
        return JSONResponse({"status": "ok", **counts})

    @router.get("/readyz")
    def ready() -> Response:
        """200 where the process takes messages and works on them; 503 with what is missing.

        It writes: a database on a full disk, or one that another process holds, can be read and takes nothing.
        """
        lacks = dict(missing())
        try:
            store.try_write()
        except DatabaseAway:
            lacks["database"] = "away"
        if lacks:
            return JSONResponse({"status": "not_ready", "missing": lacks}, 503, headers={"Retry-After": "5"})
        return JSONResponse({"status": "ready"})

    @router.get("/metrics")
    def show(request: Request) -> Response:
        """Prometheus' text format; 404 for who may not see it."""
        if not _may_see(request, token):
            return PlainTextResponse("Not found", 404)
        try:
            queues, ages = store.counts(), store.ages(clock())
        except DatabaseAway:
            queues, ages = None, {}
        return Response(metrics.render(queues, ages), media_type=CONTENT_TYPE)

    return router


def _may_see(request: Request, token: str) -> bool:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and secrets.compare_digest(given.encode(), token.encode()):
        return True
    if any(header in request.headers for header in FORWARDED) or request.client is None:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False

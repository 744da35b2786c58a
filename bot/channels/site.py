"""The web service: the chat page, the webhooks and the health page in one FastAPI application."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse

from bot.channels.web import security_headers
from bot.storage import DatabaseAway, Store


def make_site(store: Store, routers: Sequence[APIRouter]) -> FastAPI:
    """The application. No interactive API pages: they would load assets from outside."""
    app = FastAPI(title="Banco Amable", docs_url=None, redoc_url=None, openapi_url=None)
    security_headers(app)
    for router in routers:
        app.include_router(router)

    @app.get("/healthz", include_in_schema=False)
    def health() -> Response:
        """200 where the database answers, with the depths of the queues; 503 where it does not."""
        try:
            counts = store.counts()
        except DatabaseAway:
            return JSONResponse({"status": "database_away"}, status_code=503, headers={"Retry-After": "5"})
        return JSONResponse({"status": "ok", **counts})

    return app

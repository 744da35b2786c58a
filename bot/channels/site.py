"""The web service: the chat page, the webhooks and the pages for machines in one FastAPI application."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI

from bot.channels.faults import Faults
from bot.channels.web import security_headers


def make_site(routers: Sequence[APIRouter]) -> FastAPI:
    """The application. No interactive API pages: they would load assets from outside."""
    app = FastAPI(title="Banco Amable", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Faults)  # first, so that the headers below stand around it
    security_headers(app)
    for router in routers:
        app.include_router(router)
    return app

"""Who writes: a random token in a cookie. The service keeps its hash only, so no copy of the database opens a chat."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.channel import CHANNEL_NAME
from bot.messages import Address

COOKIE = "amable_chat"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """A fresh token of 256 random bits, as 43 characters that a cookie can hold."""
    return secrets.token_urlsafe(32)


def token_of(request: Request) -> str | None:
    """The token that the browser sent; None where there is none, or what came is not one."""
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else None


def address_of(token: str) -> Address:
    """The address that belongs to a token. There is no way back from it to the token."""
    return Address(CHANNEL_NAME, hashlib.sha256(token.encode("ascii")).hexdigest())


def set_token(response: Response, request: Request, token: str, max_age: timedelta | None) -> None:
    """Put the token into the browser; without ``max_age`` it is forgotten when the browser is closed."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(max_age.total_seconds()) if max_age is not None else None,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def forget_token(response: Response, request: Request) -> None:
    """Take the token out of the browser."""
    response.delete_cookie(COOKIE, path="/", secure=request.url.scheme == "https", httponly=True, samesite="strict")

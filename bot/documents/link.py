"""The address that a page's code leads to."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.documents.errors import WrongLink

_TELEGRAM = ("t.me", "telegram.me")


def deep_link(public_link: str, flow: str) -> str:
    """The address that opens the chat at a flow, in Telegram or in the web chat. Empty without a public link.

    Raises WrongLink where the link is not a full http(s) address: a code that leads astray is worse than none.
    """
    if not public_link:
        return ""
    parts = urlsplit(public_link)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment:
        raise WrongLink("AMABLE_PUBLIC_LINK must be a full address, as https://t.me/BancoAmableBot")
    if parts.hostname in _TELEGRAM:
        if not parts.path.strip("/"):
            raise WrongLink("AMABLE_PUBLIC_LINK names no bot; write https://t.me/ and the bot's name")
        return f"{public_link.rstrip('/')}?start=route_{flow}"
    return f"{public_link}?r=route_{flow}"

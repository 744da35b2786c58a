"""The web chat: one page, a small JSON interface beside it, and the channel that wakes the waiting readers."""

from bot.channels.web.channel import WebChannel
from bot.channels.web.headers import SECURITY_HEADERS, security_headers
from bot.channels.web.routes import web_router
from bot.channels.web.settings import WebSettings

__all__ = ["SECURITY_HEADERS", "WebChannel", "WebSettings", "security_headers", "web_router"]

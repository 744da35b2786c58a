"""Telegram's refusals and the network's failures → the errors that the sender acts on, and words for the operator.

The one question that matters: can the message have been delivered? Only where it surely was not, may it be sent again.
"""

from __future__ import annotations

import httpx
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.request import FloodError, RefusedError
from bot.messages import AnswerLost, Blocked, Rejected, SendError, Throttled, Unreachable

ACCESS_REFUSED = (
    "Telegram refuses the token, so nothing is received or sent there. Ask @BotFather for it (/mybots, API Token), put "
    "it into AMABLE_TELEGRAM_TOKEN and start again. If AMABLE_TELEGRAM_API is set, see that its address is right."
)
WEBHOOK_REFUSED = (
    "Telegram refuses the address in AMABLE_TELEGRAM_WEBHOOK_URL, so nothing is received there. It must be public, "
    "https, and on port 443, 80, 88 or 8443. Mend it, or leave it empty for long polling, and start again."
)
"""Ports: https://core.telegram.org/bots/api#setwebhook"""

# Refusals with status 400 that mean "this person cannot be reached", https://core.telegram.org/bots/api#sendmessage
_NOBODY_THERE = ("chat not found", "user not found", "user is deactivated", "peer_id_invalid")

# The request had not begun when these were raised.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)

# A gateway answers these when it does not know what became of the request behind it.
_GATEWAY = (502, 504)


class WrongToken(Unreachable):
    """Telegram refuses our token. Nothing was sent; it may be sent again once the operator has mended it."""

    code = "wrong_token"


class DocumentRefused(Rejected):
    """A file is larger than Telegram takes, or Telegram refuses it. No retry mends it."""

    code = "document_refused"


_TOO_LARGE = 413


def file_error(error: TelegramError) -> SendError:
    """The same as :func:`send_error` for a message with a file."""
    if isinstance(error, RefusedError) and error.status == _TOO_LARGE:
        return DocumentRefused("Telegram takes no file of this size")
    said = send_error(error)
    return DocumentRefused("Telegram refuses the file") if type(said) is Rejected else said


def send_error(error: TelegramError) -> SendError:
    """The sender's error for what python-telegram-bot raised while a message was being sent. Its text is ours: it holds
    neither the token nor anything of the message."""
    if isinstance(error, FloodError):
        return Throttled(error.seconds)
    if isinstance(error, InvalidToken):
        return WrongToken(ACCESS_REFUSED)
    if isinstance(error, Forbidden):
        return Blocked("the person blocked the bot, or never wrote to it")
    if isinstance(error, BadRequest):
        if any(words in error.message.lower() for words in _NOBODY_THERE):
            return Blocked("Telegram knows no such chat")
        return Rejected("Telegram refuses the message")
    if isinstance(error, RefusedError):
        return _refused(error)
    cause = error.__cause__
    if isinstance(cause, _NOT_SENT):
        return Unreachable(type(cause).__name__)
    return AnswerLost(type(cause or error).__name__)


def explain(error: Exception) -> str:
    """What an operator should know of a failure while receiving; without token and content."""
    if isinstance(error, InvalidToken):
        return ACCESS_REFUSED
    if isinstance(error, Conflict):
        return (
            "Telegram gives updates to one reader at a time, and there is another: a second instance with the same "
            "token, or a webhook that somebody set. Stop the other one, or give this one its own bot and token."
        )
    if isinstance(error, FloodError):
        return f"Telegram asks to wait {error.seconds:g} s."
    if isinstance(error, RefusedError):
        return (
            f"Telegram answers with status {error.status}; trying again. If it stays so, look at AMABLE_TELEGRAM_API."
        )
    if not isinstance(error, TelegramError):
        return f"An unforeseen fault ({type(error).__name__}); trying again."
    cause = error.__cause__ or error
    return f"No connection to Telegram ({type(cause).__name__}); trying again."


def _refused(error: RefusedError) -> SendError:
    words = f"status {error.status}"
    if error.status in _GATEWAY or not error.in_person:
        return AnswerLost(words)
    return Unreachable(words) if error.status >= 500 else Rejected(words)

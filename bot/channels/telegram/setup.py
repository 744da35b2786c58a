"""What the bot tells Telegram about itself at the start: its menu of commands and its profile."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.channels.telegram.settings import DEFAULT_LANGUAGE, Profile

logger = logging.getLogger(__name__)


async def register(bot: Bot, profile: Profile) -> None:
    """Publish menu and profile in every language. Nothing of it is needed to talk with people, so a server that refuses
    or does not know a method is only noted, once for each method. Never raises a TelegramError."""
    refused: set[str] = set()
    for method, call in _calls(bot, profile):
        if method in refused:
            continue
        try:
            await call()
        except TelegramError as error:
            refused.add(method)
            logger.warning("telegram: %s was not taken (%s); the bot works without", method, type(error).__name__)


def _calls(bot: Bot, profile: Profile) -> Iterator[tuple[str, Callable[[], Awaitable[bool]]]]:
    for language, pairs in profile.commands.items():
        commands = [BotCommand(command, description) for command, description in pairs]
        yield "setMyCommands", partial(bot.set_my_commands, commands, language_code=_code(language))
    for language, text in profile.description.items():
        yield "setMyDescription", partial(bot.set_my_description, text, _code(language))
    for language, text in profile.about.items():
        yield "setMyShortDescription", partial(bot.set_my_short_description, text, _code(language))


def _code(language: str) -> str | None:
    """Without a code, a text is for all whose language has none of its own,
    https://core.telegram.org/bots/api#setmycommands"""
    return None if language == DEFAULT_LANGUAGE else language

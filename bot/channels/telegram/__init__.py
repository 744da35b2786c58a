"""Telegram, over the Bot API: https://core.telegram.org/bots/api. See docs/decisions/0007-telegram-channel.md."""

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.outbound import PayloadTooLong, split_text
from bot.channels.telegram.settings import Profile, TelegramSettings, TelegramSettingsError
from bot.channels.telegram.webhook import telegram_router

__all__ = [
    "PayloadTooLong",
    "Profile",
    "TelegramChannel",
    "TelegramSettings",
    "TelegramSettingsError",
    "split_text",
    "telegram_router",
]

"""What the Telegram channel is told: where to connect, and what its menu and profile say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.channels.telegram.limits import SECRET_TOKEN

WEBHOOK_PATH = "/telegram/webhook"
DEFAULT_LANGUAGE = "es"
"""Shown to everyone whose language has no list of its own."""


class TelegramSettingsError(ValueError):
    """A setting cannot work. The text names the environment variable and how to mend it, and holds no secret."""


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """Where and as whom to connect. ``repr`` shows neither token nor secret.

    ``api`` is the Bot API's address without ``/bot``; another one serves a local Bot API server, and tests.
    ``webhook_url`` empty means long polling; otherwise it is the public https address of this service, with or without
    the path ``/telegram/webhook``. Raises :class:`TelegramSettingsError`.
    """

    token: str = field(repr=False)
    api: str = "https://api.telegram.org"
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.token.strip():
            raise TelegramSettingsError(
                "AMABLE_TELEGRAM_TOKEN is empty. Ask @BotFather in Telegram for a token (/newbot or /token)."
            )
        if self.webhook_url and not SECRET_TOKEN.fullmatch(self.webhook_secret):
            raise TelegramSettingsError(
                "AMABLE_TELEGRAM_WEBHOOK_URL is set, so AMABLE_TELEGRAM_WEBHOOK_SECRET must be 1 to 256 characters of "
                'A-Z a-z 0-9 _ -. Make one: python -c "import secrets; print(secrets.token_urlsafe(32))"'
            )

    @property
    def bot_url(self) -> str:
        """The address to which python-telegram-bot appends the token."""
        return f"{self.api.rstrip('/')}/bot"

    @property
    def webhook_address(self) -> str:
        """The full address that Telegram is to call."""
        base = self.webhook_url.rstrip("/")
        return base if base.endswith(WEBHOOK_PATH) else base + WEBHOOK_PATH


@dataclass(frozen=True, slots=True)
class Profile:
    """What people see of the bot besides messages; each mapping is language code → text, and comes from the catalogues.

    ``commands``: pairs (command without the slash, description). ``description`` is shown before the first message,
    ``about`` on the profile page.
    """

    commands: Mapping[str, Sequence[tuple[str, str]]]
    description: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)

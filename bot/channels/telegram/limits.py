"""Telegram's limits, each with the page that states it."""

from __future__ import annotations

import re
from typing import Final

from bot.channels.pacing import Pace

TEXT_UNITS: Final = 4096
"""A message's text, https://core.telegram.org/bots/api#sendmessage ("1-4096 characters after entities parsing").
Counted here in UTF-16 units, as the Bot API counts offsets: never fewer than characters, so always on the safe side."""

CAPTION_UNITS: Final = 1024
"""A file's caption, https://core.telegram.org/bots/api#senddocument ("0-1024 characters after entities parsing")."""

FILE_BYTES: Final = 50 * 1000 * 1000
"""A file that a bot sends, https://core.telegram.org/bots/api#sending-files ("50 MB max size for other types")."""

CALLBACK_BYTES: Final = 64
"""A button's data, 1-64 bytes, https://core.telegram.org/bots/api#inlinekeyboardbutton"""

PACE: Final = Pace(per_chat=1, overall=30)
"""One message a second in a chat, 30 a second in all,
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""

START_PARAMETER: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""A deep link's parameter, https://core.telegram.org/bots/features#deep-linking"""

SECRET_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""A webhook's secret, https://core.telegram.org/bots/api#setwebhook"""

UPDATES_AT_ONCE: Final = 100
"""The most updates of one poll, https://core.telegram.org/bots/api#getupdates"""

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask Telegram for, https://core.telegram.org/bots/api#update"""

WIDE_LABEL: Final = 18
"""Characters of a label beyond which two buttons no longer fit side by side on a narrow phone (ours: Telegram cuts the
label with an ellipsis and states no number)."""

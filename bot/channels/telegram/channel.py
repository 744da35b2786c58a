"""The Telegram channel: connects, receives by long polling or webhook, sends."""

from __future__ import annotations

import asyncio
import logging
import random as _random
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import ChatAction
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.base import Clock, Receive, Sleep
from bot.channels.pacing import Pace, backoff
from bot.channels.telegram.errors import (
    ACCESS_REFUSED,
    WEBHOOK_REFUSED,
    DocumentRefused,
    explain,
    file_error,
    send_error,
)
from bot.channels.telegram.inbound import NAME, Left, Said, read_update
from bot.channels.telegram.limits import ALLOWED_UPDATES, CAPTION_UNITS, FILE_BYTES, PACE, UPDATES_AT_ONCE
from bot.channels.telegram.outbound import keyboard, split_text, units, with_descriptions
from bot.channels.telegram.polling import NETWORK_FIRST, NETWORK_MOST, Poller, unless
from bot.channels.telegram.request import FloodError, QuietRequest, RefusedError
from bot.channels.telegram.settings import Profile, TelegramSettings
from bot.channels.telegram.setup import register
from bot.messages import Address, AnswerLost, Attachment, Outbound, Rejected, Throttled, Unreachable

logger = logging.getLogger(__name__)

POLL_SECONDS: Final = 50
"""How long Telegram may hold a poll without news. Below the minute after which many home routers drop a silent line."""

PART_GAP: Final = 1.0
"""Seconds between the parts of a long text: the pace of one chat."""

PART_TRIES: Final = 3
STOP_SECONDS: Final = 5.0
_USERNAME: Final = re.compile(r"[A-Za-z0-9_]{5,32}")
MOST_COURTESIES: Final = 32
"""Answers to taps and typing signs under way at once; beyond, they are left out rather than delay messages."""


class TelegramChannel:
    """See :class:`bot.channels.base.Channel`.

    ``on_blocked`` is awaited when a person blocks the bot; it must have stored that when it returns, and raise if it
    could not. ``sleep`` and ``random`` are for tests.
    """

    name: str = NAME
    pace: Pace = PACE

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        profile: Profile,
        clock: Clock,
        on_blocked: Callable[[Address], Awaitable[None]],
        sleep: Sleep = asyncio.sleep,
        random: Callable[[], float] = _random.random,
    ) -> None:
        self._status = "not started"
        self.link = ""
        """The bot's public address, known once it is connected. See :class:`bot.channels.base.Linked`."""
        self._settings = settings
        self._profile = profile
        self._clock = clock
        self._on_blocked = on_blocked
        self._sleep = sleep
        self._random = random
        self._request = QuietRequest(connections=64, read_timeout=20)
        self._poll_request = QuietRequest(connections=2, read_timeout=20)
        self._bot = Bot(settings.token, settings.bot_url, request=self._request, get_updates_request=self._poll_request)
        self._poller = Poller(self._fetch, self.take, sleep, random)
        self._receive: Receive | None = None
        self._stopping = asyncio.Event()
        self._work: asyncio.Task[None] | None = None
        self._courtesies: set[asyncio.Task[None]] = set()

    @property
    def status(self) -> str:
        """``not started``, ``receiving``, ``stopped``, or the same with what is wrong and how to mend it."""
        return f"interrupted: {self._poller.trouble}" if self._poller.trouble else self._status

    async def start(self, receive: Receive) -> None:
        """See :class:`bot.channels.base.Channel`. May be called again after :meth:`stop`."""
        await self._request.initialize()
        await self._poll_request.initialize()
        self._receive = receive
        self._stopping.clear()
        self._status = "connecting"
        self._work = asyncio.create_task(self._run(), name="telegram")

    async def stop(self) -> None:
        """See :class:`bot.channels.base.Channel`. A webhook stays set: Telegram keeps updates for a day."""
        self._stopping.set()
        if self._work is not None:
            _, late = await asyncio.wait({self._work}, timeout=STOP_SECONDS)
            for task in (*late, *self._courtesies):
                task.cancel()
            await asyncio.gather(self._work, *self._courtesies, return_exceptions=True)
            self._work = None
        self._receive = None
        await self._request.shutdown()
        await self._poll_request.shutdown()
        self._status = "stopped"

    async def send(self, out: Outbound) -> str:
        """See :class:`bot.channels.base.Channel`. A long text goes in several parts; the id is the last one's, which
        carries the buttons."""
        markup = keyboard(out.buttons)
        parts = split_text(with_descriptions(out.text, out.buttons))
        if not parts or not out.address.external_id.isdecimal():
            raise Rejected("no text, or not the address of a person")
        chat = int(out.address.external_id)
        if out.attachment is not None:
            return await self._post_file(chat, out.text, out.attachment, markup)
        provider_id = ""
        for index, part in enumerate(parts):
            keys = markup if index == len(parts) - 1 else None
            provider_id = await (self._follow(chat, part, keys) if index else self._post(chat, part, keys))
        return provider_id

    async def take(self, raw: Mapping[str, object]) -> None:
        """Handle one update as Telegram wrote it. Returns when it may be acknowledged, raises when it must not be.

        For the webhook and the poll loop. Raises what ``receive`` or ``on_blocked`` raises, and RuntimeError while the
        channel is not started.
        """
        if self._receive is None:
            raise RuntimeError("the Telegram channel is not started")
        reading = read_update(raw, self._clock())
        if isinstance(reading, Said):
            fresh = await self._receive(reading.inbound)
            if reading.callback_id:
                self._courtesy(self._bot.answer_callback_query(reading.callback_id))
            if fresh:
                self._courtesy(self._bot.send_chat_action(int(reading.inbound.address.external_id), ChatAction.TYPING))
        elif isinstance(reading, Left):
            await self._on_blocked(reading.address)
        else:
            logger.info("telegram: update ignored (%s)", reading.reason)

    async def _run(self) -> None:
        """Connect and receive; begin anew after what nobody foresaw; end only when stopped or misconfigured."""
        failures = 0
        while not self._stopping.is_set():
            try:
                await unless(self._stopping, self._connect())
                self._status = "receiving"
                self._courtesy(register(self._bot, self._profile))
                if not self._settings.webhook_url:
                    await self._poller.run(self._stopping)
                return
            except InvalidToken:
                self._give_up(ACCESS_REFUSED)
                return
            except BadRequest:
                self._give_up(WEBHOOK_REFUSED)
                return
            except Exception as error:
                failures += 1
                self._status = f"trying to connect: {explain(error)}"
                logger.warning("telegram: %s", self._status)
                asked = error.seconds if isinstance(error, FloodError) else 0.0
                wait = max(asked, backoff(failures, NETWORK_FIRST, NETWORK_MOST) * (0.5 + 0.5 * self._random()))
                await unless(self._stopping, _sleeping(self._sleep, wait))

    async def _connect(self) -> None:
        """Prove the token, and set or remove the webhook. Raises TelegramError."""
        try:
            me = await self._bot.get_me()
            self.link = f"https://t.me/{me.username}" if _USERNAME.fullmatch(me.username or "") else ""
        except TelegramError:
            raise
        except Exception as error:
            # The server answered without refusing the token; python-telegram-bot only stumbled over how.
            logger.warning("telegram: an unusual answer to getMe (%s); going on", type(error).__name__)
        try:
            if self._settings.webhook_url:
                await self._bot.set_webhook(
                    self._settings.webhook_address,
                    allowed_updates=ALLOWED_UPDATES,
                    secret_token=self._settings.webhook_secret,
                )
            else:
                await self._bot.delete_webhook(drop_pending_updates=False)
        except (InvalidToken, BadRequest, RefusedError) as error:
            if isinstance(error, RefusedError) and error.status != 404:
                raise
            if isinstance(error, BadRequest) and self._settings.webhook_url:
                raise
            # The token was good a moment ago, so this is a server that does not know the method.
            logger.warning("telegram: this server knows no webhooks; the bot works without")

    def _give_up(self, why: str) -> None:
        self._status = f"stopped: {why}"
        logger.error("telegram: %s", why)

    async def _fetch(self, offset: int | None) -> list[dict[str, Any]]:
        query: dict[str, object] = {
            "timeout": POLL_SECONDS,
            "limit": UPDATES_AT_ONCE,
            "allowed_updates": "[" + ",".join(f'"{kind}"' for kind in ALLOWED_UPDATES) + "]",
        }
        if offset is not None:
            query["offset"] = offset
        return await self._poll_request.updates(self._bot.base_url, query, POLL_SECONDS)

    async def _post(self, chat: int, text: str, keys: InlineKeyboardMarkup | None) -> str:
        try:
            message = await self._bot.send_message(
                chat, text, reply_markup=keys, link_preview_options=LinkPreviewOptions(is_disabled=True)
            )
        except TelegramError as error:
            raise send_error(error) from None  # the cause's text may hold what must not be logged
        return str(message.message_id)

    async def _post_file(self, chat: int, caption: str, file: Attachment, keys: InlineKeyboardMarkup | None) -> str:
        """A file and its caption in one call, so that a retry never sends half of it again."""
        if len(file.content) > FILE_BYTES or units(caption) > CAPTION_UNITS:
            raise DocumentRefused("the file or its caption is larger than Telegram takes")
        document = InputFile(file.content, filename=file.name)
        try:
            message = await self._bot.send_document(
                chat, document, caption=caption, reply_markup=keys, disable_content_type_detection=True
            )
        except TelegramError as error:
            raise file_error(error) from None
        return str(message.message_id)

    async def _follow(self, chat: int, text: str, keys: InlineKeyboardMarkup | None) -> str:
        """Send a later part. Part of the message is delivered, so an error that would have the whole repeated must not
        leave here: waits are made on the spot, and what still fails is an answer lost."""
        wait = PART_GAP
        for _ in range(PART_TRIES):
            await self._sleep(wait)
            try:
                return await self._post(chat, text, keys)
            except Throttled as error:
                wait = error.retry_after
            except Unreachable:
                wait = 2 * PART_GAP
        raise AnswerLost("a part of a long text was not taken")

    def _courtesy(self, call: Coroutine[Any, Any, object]) -> None:
        """Do something beside the messages: it may fail, and nothing waits for it."""
        if len(self._courtesies) >= MOST_COURTESIES:
            call.close()
            return
        task = asyncio.create_task(_quietly(call))
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)


async def _quietly(call: Coroutine[Any, Any, object]) -> None:
    try:
        await call
    except TelegramError as error:
        logger.debug("telegram: a courtesy failed (%s)", type(error).__name__)


async def _sleeping(sleep: Sleep, seconds: float) -> None:
    await sleep(seconds)

"""The Telegram stand-in as Telegram with a webhook: it delivers each update itself, again until it is taken."""

from __future__ import annotations

import queue
import threading
from collections.abc import Mapping
from typing import Any

import httpx

from tests.standins.telegram import TelegramStandIn

SECRET = "webhook-secret-of-nobody"
TOKEN_HEADER = "X-Telegram-Bot-Api-Secret-Token"
AGAIN_SECONDS = 0.2


class HookedTelegram(TelegramStandIn):
    """Delivers to ``targets`` in turn, as behind a balancer: several chats at once, a chat's updates one by one."""

    def __init__(self, lines: int = 8) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.refused = 0
        """Deliveries that were not answered with 200."""
        self._lines: list[queue.SimpleQueue[dict[str, Any] | None]] = [queue.SimpleQueue() for _ in range(lines)]
        self._ending = threading.Event()
        self._turn = 0
        self._postmen = [threading.Thread(target=self._carry, args=(line,), daemon=True) for line in self._lines]
        for postman in self._postmen:
            postman.start()

    @property
    def settings(self) -> dict[str, str]:
        """The service's settings for it."""
        return {
            "telegram_token": self.token,
            "telegram_api": self.url,
            "telegram_webhook_url": "https://amable.example",
            "telegram_webhook_secret": SECRET,
        }

    def stop(self) -> None:
        self._ending.set()
        for line in self._lines:
            line.put(None)
        for postman in self._postmen:
            postman.join(10)
        super().stop()

    def push(self, update: Mapping[str, Any]) -> int:
        update_id = super().push(update)
        holder = next((each for each in update.values() if isinstance(each, Mapping)), {})
        chat = int(holder.get("message", holder).get("chat", {}).get("id", 0))
        self._lines[chat % len(self._lines)].put({**update, "update_id": update_id})
        return update_id

    def _carry(self, line: queue.SimpleQueue[dict[str, Any] | None]) -> None:
        with httpx.Client(timeout=60) as client:
            while (update := line.get()) is not None:
                while not self._delivered(client, update):
                    self.refused += 1
                    if self._ending.wait(AGAIN_SECONDS):
                        return
                with self._change:
                    for number, waiting in enumerate(self._updates):
                        if waiting["update_id"] == update["update_id"]:
                            del self._updates[number]
                            break
                    self._change.notify_all()

    def _delivered(self, client: httpx.Client, update: dict[str, Any]) -> bool:
        if not self.targets:
            return False
        self._turn += 1
        target = self.targets[self._turn % len(self.targets)]
        try:
            answer = client.post(f"{target}/telegram/webhook", json=update, headers={TOKEN_HEADER: SECRET})
        except httpx.TransportError:
            return False
        return answer.status_code == 200

"""A person at the web chat, without a browser: writes, reads, and tries again what was not taken, as the page does."""

from __future__ import annotations

import secrets
import time

import httpx


class Tab:
    """One tab. ``Tab(url, other)`` is a second tab of the same browser. Keeps every refusal that it was shown."""

    def __init__(self, url: str, other: Tab | None = None) -> None:
        cookies = other.client.cookies if other is not None else None
        self.client = httpx.Client(base_url=url, headers={"X-Amable": "1"}, timeout=60, cookies=cookies)
        self.refusals: list[httpx.Response] = []

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def post(self, text: str, client_id: str = "") -> httpx.Response:
        """Write once, whatever comes of it."""
        body = {"client_id": client_id or secrets.token_hex(8), "kind": "text", "text": text}
        answer = self.client.post("/chat/messages", json=body)
        if answer.status_code != 202:
            self.refusals.append(answer)
        return answer

    def say(self, text: str, seconds: float = 120) -> None:
        """Write, under one id, until it is taken."""
        client_id, until = secrets.token_hex(8), time.monotonic() + seconds
        while (answer := self.post(text, client_id)).status_code != 202:
            assert time.monotonic() < until, f"not taken in {seconds} s: {answer.text}"
            time.sleep(min(2.0, float(answer.headers["Retry-After"])))  # as the page: nothing tells it that all is well

    def replies(self) -> list[str]:
        """What the bot said, oldest first."""
        texts, after = [], 0
        while True:
            answer = self.client.get("/chat/messages", params={"after": after, "wait": 0}).json()
            texts += [line["text"] for line in answer["lines"] if line["who"] == "bot"]
            if not answer["more"]:
                return texts
            after = answer["lines"][-1]["id"]

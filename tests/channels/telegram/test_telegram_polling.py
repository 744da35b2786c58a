"""The poll loop by itself: what is confirmed, how long it waits, what it passes over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.channels.telegram.polling import SET_ASIDE_AFTER, Poller
from bot.channels.telegram.request import FloodError


def update(ident: int, chat: int = 1) -> dict[str, Any]:
    return {"update_id": ident, "message": {"chat": {"id": chat}}}


class Rig:
    """A poller with answers written beforehand; after the last one it is stopped."""

    def __init__(
        self,
        answers: Sequence[list[dict[str, Any]] | TelegramError],
        fails: Callable[[int], bool] = lambda ident: False,
        random: float = 1.0,
    ) -> None:
        self.answers = list(answers)
        self.fails = fails
        self.offsets: list[int | None] = []
        self.taken: list[int] = []
        self.slept: list[float] = []
        self.stopping = asyncio.Event()
        self.poller = Poller(self.fetch, self.take, self.sleep, lambda: random)

    async def fetch(self, offset: int | None) -> list[dict[str, Any]]:
        self.offsets.append(offset)
        answer = self.answers.pop(0)
        if not self.answers:
            self.stopping.set()
        if isinstance(answer, TelegramError):
            raise answer
        return answer

    async def take(self, raw: Mapping[str, Any]) -> None:
        if self.fails(raw["update_id"]):
            raise ConnectionError("the database is away")
        self.taken.append(raw["update_id"])

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def run(self) -> Rig:
        await self.poller.run(self.stopping)
        return self


async def test_the_offset_follows_what_was_taken() -> None:
    rig = await Rig([[update(5), update(6)], [update(7)], [], []]).run()
    assert rig.taken == [5, 6, 7]
    assert rig.offsets == [None, 7, 8, None]


async def test_updates_out_of_order_are_taken_in_order() -> None:
    rig = await Rig([[update(6), update(5)], []]).run()
    assert rig.taken == [5, 6]
    assert rig.offsets[1] == 7


async def test_an_update_that_was_not_stored_is_not_confirmed() -> None:
    rig = Rig([[update(5), update(6)], [update(5), update(6)], []])
    rig.fails = lambda ident: len(rig.offsets) == 1
    await rig.run()
    assert rig.offsets == [None, 5, 7]
    assert rig.taken == [5, 6]


async def test_while_the_store_is_away_nothing_is_ever_passed_over() -> None:
    rounds = 4 * SET_ASIDE_AFTER
    rig = await Rig([[update(5), update(6, chat=2)]] * rounds, fails=lambda ident: True).run()
    assert rig.offsets == [None] + [5] * (rounds - 1)
    assert rig.slept[:5] == [1, 2, 4, 5, 5]


async def test_an_update_that_alone_fails_is_set_aside_and_others_do_not_wait(
    caplog: pytest.LogCaptureFixture,
) -> None:
    batch = [update(5, chat=1), update(6, chat=2), update(7, chat=1)]
    rig = await Rig([batch] * SET_ASIDE_AFTER + [[update(7, chat=1)], []], fails=lambda ident: ident == 5).run()
    assert rig.taken[0] == 6
    assert rig.offsets == [None, *[5] * (SET_ASIDE_AFTER - 1), 7, 8]
    assert rig.taken[-1] == 7
    assert "update 5 cannot be stored and is set aside" in caplog.text


async def test_a_person_s_later_words_wait_for_the_earlier_ones() -> None:
    rig = Rig([[update(5), update(6)], [update(5), update(6)], []])
    rig.fails = lambda ident: ident == 5 and len(rig.offsets) == 1
    await rig.run()
    assert rig.taken == [5, 6]


async def test_a_lost_network_is_waited_for_ever_longer_up_to_a_minute() -> None:
    rig = await Rig([*[NetworkError("x")] * 9, [], NetworkError("x"), []]).run()
    assert rig.slept == [1, 2, 4, 8, 16, 32, 60, 60, 60, 1]


async def test_the_waits_are_scattered() -> None:
    rig = await Rig([NetworkError("x"), []], random=0.0).run()
    assert rig.slept == [0.5]


async def test_flood_control_is_obeyed_to_the_second() -> None:
    rig = await Rig([FloodError(33), []]).run()
    assert rig.slept == [33]


async def test_a_second_reader_is_explained_once(caplog: pytest.LogCaptureFixture) -> None:
    await Rig([*[Conflict("Conflict: terminated by other getUpdates request")] * 3, []]).run()
    told = [record.getMessage() for record in caplog.records if "one reader at a time" in record.getMessage()]
    assert len(told) == 1
    assert "a second instance" in told[0]


async def test_a_refused_token_ends_the_loop() -> None:
    with pytest.raises(InvalidToken):
        await Rig([InvalidToken(), []]).run()


async def test_stopping_does_not_wait_for_a_poll() -> None:
    begun = asyncio.Event()

    async def fetch(offset: int | None) -> list[dict[str, Any]]:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def take(raw: Mapping[str, Any]) -> None:
        raise AssertionError

    stopping = asyncio.Event()
    running = asyncio.create_task(Poller(fetch, take, asyncio.sleep, lambda: 1.0).run(stopping))
    await begun.wait()
    stopping.set()
    async with asyncio.timeout(1):
        await running

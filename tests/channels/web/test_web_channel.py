"""The channel's waiting room and its small memories, without a network."""

from __future__ import annotations

import asyncio

from bot.channels.web import WebChannel
from bot.channels.web.limits import TokenBuckets
from bot.channels.web.recent import RecentlySent
from bot.channels.web.settings import Allowance
from bot.messages import Address, Inbound, Outbound

ANA = Address("web", "ana")
NEVER = 3600.0
LUIS = Address("web", "luis")


async def take(_inbound: Inbound) -> bool:
    return True


async def test_sending_wakes_who_waits_at_that_address_and_nobody_else() -> None:
    channel = WebChannel()
    await channel.start(take)
    with channel.listening(ANA) as ana, channel.listening(LUIS) as luis:
        assert ana
        assert luis
        waits = asyncio.create_task(ana.wait(NEVER))
        others = asyncio.create_task(luis.wait(NEVER))
        assert await channel.send(Outbound(7, ANA, "hola")) == "web:7"
        await asyncio.wait_for(waits, 5)
        assert not others.done()
        others.cancel()


async def test_a_message_sent_between_a_look_and_the_wait_is_not_missed() -> None:
    channel = WebChannel()
    with channel.listening(ANA) as bell:
        assert bell
        await channel.send(Outbound(1, ANA, "hola"))
        await asyncio.wait_for(bell.wait(NEVER), 5)


async def test_stopping_lets_every_reader_go() -> None:
    channel = WebChannel()
    await channel.start(take)
    with channel.listening(ANA) as bell:
        assert bell
        waits = asyncio.create_task(bell.wait(NEVER))
        await channel.stop()
        await asyncio.wait_for(waits, 5)
    assert not channel.open


async def test_the_waiting_room_is_bounded_and_empties() -> None:
    channel = WebChannel(max_waiting=3, max_waiting_each=2)
    with channel.listening(ANA) as one, channel.listening(ANA) as two, channel.listening(ANA) as three:
        assert (one is None, two is None, three is None) == (False, False, True)
        with channel.listening(LUIS) as four, channel.listening(LUIS) as five:
            assert (four is None, five is None) == (False, True)
    assert channel.waiting == 0
    with channel.listening(ANA) as again:
        assert again is not None


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    buckets = TokenBuckets(Allowance(2, 0.5))
    assert [buckets.take("ana", 100.0) for _ in range(3)] == [0, 0, 2.0]
    assert buckets.take("luis", 100.0) == 0
    assert buckets.take("ana", 101.0) == 1.0
    assert buckets.take("ana", 102.0) == 0
    assert [buckets.take("ana", 1000.0) for _ in range(3)] == [0, 0, 2.0]


def test_buckets_are_bounded_and_the_one_in_use_stays() -> None:
    buckets = TokenBuckets(Allowance(1, 0.001), capacity=3)
    buckets.take("ana", 0)
    for number in range(10):
        assert buckets.take("ana", 0) > 0
        buckets.take(f"host {number}", 0)
    assert len(buckets) == 3


def test_what_was_just_sent_is_kept_for_a_short_time_and_in_a_small_number() -> None:
    recent = RecentlySent(kept_seconds=60, max_kept=2)
    recent.add(Outbound(1, ANA, "uno"), 0)
    recent.add(Outbound(2, LUIS, "dos"), 10)
    assert [out.text for out in recent.to("ana", 60)] == ["uno"]
    assert [out.text for out in recent.to("ana", 61)] == []
    recent.add(Outbound(3, ANA, "tres"), 62)
    recent.add(Outbound(4, ANA, "cuatro"), 62)
    assert [out.text for out in recent.to("ana", 62)] == ["tres", "cuatro"]
    assert [out.text for out in recent.to("luis", 62)] == []

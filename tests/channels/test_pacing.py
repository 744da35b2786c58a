"""Pace, pauses and back-off, with a clock of numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.pacing import Pace, Pacer, Pauses, backoff

TELEGRAM = Pace(per_chat=1, overall=30)


def test_a_chat_gets_one_message_a_second() -> None:
    pacer = Pacer(TELEGRAM)
    assert pacer.wait_for("ana", 100.0) == 0
    assert pacer.wait_for("ana", 100.2) == pytest.approx(0.8)
    assert pacer.wait_for("ana", 101.0) == 0


def test_asking_in_vain_counts_nothing() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.wait_for("ana", 100.0)
    for _ in range(50):
        pacer.wait_for("ana", 100.5)
    assert pacer.wait_for("ana", 101.0) == 0


def test_chats_do_not_wait_for_each_other_below_the_overall_pace() -> None:
    pacer = Pacer(TELEGRAM)
    assert [pacer.wait_for(chat, 100.0) for chat in ("ana", "luis")] == [0, 0]


def test_a_second_brings_thirty_messages_in_all() -> None:
    pacer = Pacer(TELEGRAM)
    now, sent = 100.0, 0
    while now < 110.0:
        wait = pacer.wait_for(f"chat {sent}", now)
        sent += wait == 0
        now += wait
    assert sent == pytest.approx(300, abs=2)


def test_the_overall_wait_is_told_without_a_chat() -> None:
    pacer = Pacer(TELEGRAM)
    assert pacer.wait_overall(100.0) == 0
    pacer.wait_for("ana", 100.0)
    pacer.wait_for("luis", 100.0)
    assert pacer.wait_overall(100.0) == pytest.approx(1 / 30)


def test_a_burst_may_go_at_once_and_is_paid_back() -> None:
    pacer = Pacer(Pace(per_chat=1 / 6, overall=1000, chat_burst=3))
    assert [pacer.wait_for("ana", 100.0 + tick / 100) for tick in range(3)] == [0, 0, 0]
    assert pacer.wait_for("ana", 100.03) == pytest.approx(5.97)


def test_a_clock_set_back_does_not_silence_anybody() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.wait_for("ana", 5000.0)
    assert pacer.wait_for("ana", 100.0) == 0


def test_memory_is_bounded_and_keeps_the_latest() -> None:
    pacer = Pacer(Pace(per_chat=1, overall=1e6), most_chats=3)
    for tick, chat in enumerate("abcd"):
        assert pacer.wait_for(chat, 100 + tick / 1000) == 0
    assert len(pacer._chats) == 3
    assert pacer.wait_for("d", 100.01) > 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 2)), max_size=60))
def test_no_second_holds_more_than_the_pace_and_one(steps: list[tuple[str, float]]) -> None:
    pacer = Pacer(Pace(per_chat=1, overall=2))
    now = 100.0
    sent: list[tuple[float, str]] = []
    for chat, rest in steps:
        now += rest
        if pacer.wait_for(chat, now) == 0:
            sent.append((now, chat))
    for at, chat in sent:
        window = [each for each in sent if at <= each[0] < at + 0.999]
        assert sum(each[1] == chat for each in window) == 1
        assert len(window) <= 2 + 1


def test_one_refused_chat_does_not_silence_the_others() -> None:
    pauses = Pauses()
    pauses.throttled("ana", 100.0, 30)
    pauses.throttled("ana", 110.0, 30)
    assert pauses.remaining(110.0) == 0


def test_two_refused_chats_mean_the_channel() -> None:
    pauses = Pauses()
    pauses.throttled("ana", 100.0, 30)
    pauses.throttled("luis", 101.0, 20)
    assert pauses.remaining(101.0) == pytest.approx(20)
    assert pauses.remaining(121.0) == 0


def test_a_refusal_that_is_over_counts_no_more() -> None:
    pauses = Pauses()
    pauses.throttled("ana", 100.0, 5)
    pauses.throttled("luis", 105.0, 20)
    assert pauses.remaining(105.0) == 0


def test_a_provider_that_is_not_reached_is_left_in_peace_ever_longer() -> None:
    pauses = Pauses(first=2, most=300)
    now, waits = 100.0, []
    for _ in range(10):
        pauses.unreachable(now)
        waits.append(pauses.remaining(now))
        now += waits[-1]
    assert waits == pytest.approx([1, 2, 4, 8, 16, 32, 64, 128, 150, 150])


def test_messages_that_fail_together_count_once() -> None:
    pauses = Pauses(first=2, most=300)
    for _ in range(8):
        pauses.unreachable(100.0)
    assert pauses.remaining(100.0) == 1


def test_after_an_answer_the_waits_begin_small_again() -> None:
    pauses = Pauses(first=2, most=300)
    for now in (100.0, 110.0, 120.0):
        pauses.unreachable(now)
    pauses.reached()
    pauses.unreachable(200.0)
    assert pauses.remaining(200.0) == 1


def test_back_off_doubles_up_to_the_most() -> None:
    assert [backoff(failures, 2, 300) for failures in range(1, 11)] == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert backoff(100_000, 2, 300) == 300

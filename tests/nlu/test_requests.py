"""A message is cut where people begin something new, and its parts count only where each is surely a topic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.dialogue.nlu.requests import SURE, joined, split_requests, sure_topic
from bot.dialogue.requests import read_requests
from bot.dialogue.understanding import understanding_of

PPT, VISA, REFUGE = "regularization_ppt", "regularization_visa_ce", "regularization_refuge"


def parsed(
    intent: str,
    confidence: float = 0.9,
    *,
    danger: tuple[str, str] | None = None,
    oos: bool = False,
    close: bool = False,
) -> dict[str, Any]:
    ranking = [{"name": name, "confidence": 0.1} for name in dict.fromkeys((intent, PPT, VISA, REFUGE))]
    return {
        "text": "x",
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": ranking,
        "understanding": {"confidence": confidence, "oos": oos, "ambiguous": [PPT, VISA] if close else []},
        "danger": {"kind": danger[0], "certainty": danger[1], "probability": 0.9} if danger else None,
    }


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("perdí el ppt y además quiero la visa", ("perdí el ppt", "quiero la visa")),
        ("perdí el ppt y tmb quiero la visa", ("perdí el ppt", "quiero la visa")),
        ("perdí el ppt ayer. También quiero la visa", ("perdí el ppt ayer", "También quiero la visa")),
        ("¿Cómo saco el ppt? ¿Y la visa cómo es?", ("¿Cómo saco el ppt", "¿Y la visa cómo es")),
        ("quiero sacar el ppt y necesito pedir refugio", ("quiero sacar el ppt", "necesito pedir refugio")),
        ("hola. quiero sacar el ppt y necesito pedir refugio", ("hola quiero sacar el ppt", "necesito pedir refugio")),
        (
            "quiero sacar el ppt. necesito pedir refugio. gracias",
            ("quiero sacar el ppt", "necesito pedir refugio gracias"),
        ),
    ],
)
def test_a_message_is_cut_where_something_new_begins(text: str, parts: tuple[str, ...]) -> None:
    assert split_requests(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ppt y visa",
        "quiero ppt. y visa",
        "mi hermana y mi mamá viven en Cúcuta desde hace años",
        "hola buenas. necesito sacar el permiso hoy",
        "llegué hace poco. no tengo nada. dormí en la calle. me robaron todo. quiero trabajar. ayúdenme por favor",
    ],
)
def test_a_short_message_a_list_or_a_story_is_not_cut(text: str) -> None:
    assert split_requests(text) == ()


def test_both_sure_topics_are_kept_in_the_order_they_were_said() -> None:
    read = understanding_of(joined(parsed("oos", oos=True), [parsed(VISA), parsed(PPT)]))
    assert (read.intent, read.also, read.out_of_scope, read.ambiguous) == (VISA, (PPT,), False, ())


def test_what_the_whole_message_is_about_comes_first() -> None:
    read = understanding_of(joined(parsed(PPT), [parsed(VISA), parsed(PPT), parsed(VISA)]))
    assert (read.intent, read.also) == (PPT, (VISA,))


@pytest.mark.parametrize(
    "second",
    [
        parsed(PPT),
        parsed(VISA, SURE - 0.01),
        parsed(VISA, oos=True),
        parsed(VISA, close=True),
        parsed("meta_thanks"),
        parsed("oos"),
        parsed("crisis_violence"),
        {},
    ],
)
def test_a_part_that_is_unsure_or_no_topic_of_its_own_changes_nothing(second: Mapping[str, Any]) -> None:
    whole = parsed(PPT)
    assert joined(whole, [parsed(PPT), second]) == whole


def test_a_topic_far_from_the_whole_message_is_not_believed() -> None:
    whole = parsed(PPT)
    whole["intent_ranking"] = [{"name": PPT, "confidence": 1.0}]
    assert joined(whole, [parsed(PPT), parsed(VISA)]) == whole


def test_a_sure_danger_in_any_part_wins_over_both_requests() -> None:
    read = understanding_of(joined(parsed(PPT), [parsed(PPT), parsed(VISA, danger=("violence", "sure"))]))
    assert read.danger is not None
    assert (read.danger.kind, read.danger.certainty, read.also) == ("violence", "sure", ())


def test_a_sure_danger_in_a_part_is_stronger_than_the_doubt_of_the_whole() -> None:
    whole = parsed(PPT, danger=("suicide", "unsure"))
    read = understanding_of(joined(whole, [parsed(PPT), parsed(VISA, danger=("violence", "sure"))]))
    assert read.danger is not None
    assert read.danger.certainty == "sure"


def test_a_doubt_counts_in_the_whole_message_only() -> None:
    doubtful = parsed(VISA, danger=("violence", "unsure"))
    assert understanding_of(joined(parsed(PPT), [parsed(PPT), doubtful])).danger is None
    whole = parsed(PPT, danger=("suicide", "unsure"))
    read = understanding_of(joined(whole, [parsed(PPT), parsed(VISA)]))
    assert read.danger is not None
    assert read.also == ()


def test_courtesy_is_no_topic() -> None:
    assert sure_topic(parsed("meta_greet")) == ""
    assert sure_topic({}) == ""
    assert sure_topic(parsed(PPT)) == PPT


class Listener:
    """Understands what a test says, and remembers what it was asked."""

    def __init__(self, **answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def parse_message(self, message_data: str) -> Mapping[str, Any]:
        self.asked.append(message_data)
        return self.answers["visa" if "visa" in message_data else "ppt"]


async def test_parts_are_asked_only_where_a_message_can_be_cut() -> None:
    listener = Listener(ppt=parsed(PPT), visa=parsed(VISA))
    assert await read_requests(listener, "quiero sacar el ppt") is None
    assert listener.asked == []
    read = await read_requests(listener, "perdí el ppt y además quiero la visa")
    assert listener.asked == ["perdí el ppt y además quiero la visa", "perdí el ppt", "quiero la visa"]
    assert read is not None
    assert understanding_of(read).also == (PPT,)

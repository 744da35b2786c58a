"""Whatever people send, in any order: the engine never fails, always answers or rests, and its state stays whole."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.engine import needs_understanding
from bot.flows.run import MAX_STACK
from bot.flows.state import State
from bot.flows.turn import Danger, Turn, Understanding
from tests.flows.explore import answers
from tests.flows.harness import Talk, real_flows, real_world

FLOWS = real_flows()
INTENTS = sorted({intent for flow in FLOWS.flows.values() for intent in flow.intents})
META = ["meta_greet", "meta_thanks", "meta_goodbye", "meta_help", "meta_go_back", "meta_correct_answer",
        "meta_talk_to_person", "meta_change_language", "meta_delete_my_data", "meta_stop_messages"]  # fmt: skip
LABELS = sorted({option.label for flow in FLOWS.flows.values() for _, c in flow.collects() for option in c.options})
WORDS = sorted({forms[0] for table in FLOWS.words.forms.values() for forms in table.values()})
SLOT_LABELS = [slot.label for slot in FLOWS.slots.values()]
ODD = [
    "",
    " ",
    "😀",
    "…",
    "\u200b",
    "مرحبا",
    "a" * 4000,
    "no sé 15/03/2024 800 mil",
    "/start",
    "/menu",
    "1",
    "7",
    "23",
    "²",
]

texts = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(LABELS),
    st.sampled_from(ODD),
    st.sampled_from(SLOT_LABELS).map(lambda label: f"cambiar {label}"),
    st.text(max_size=60),
)
dangers = st.builds(
    Danger,
    st.sampled_from(["violence", "suicide", "trafficking", "child_risk"]),
    st.sampled_from(["sure", "unsure"]),
)
understandings = st.builds(
    Understanding,
    intent=st.sampled_from(["", "", "out_of_scope", "unknown_intent", *INTENTS, *META]),
    out_of_scope=st.booleans(),
    ambiguous=st.one_of(st.just(()), st.lists(st.sampled_from(INTENTS), min_size=2, max_size=3).map(tuple)),
    danger=st.one_of(st.none(), st.none(), st.none(), dangers),
)
payloads = st.one_of(
    st.integers(0, 200),  # the number of a button that was seen, counted from the newest
    st.sampled_from(
        ["", "g|menu", "g|erase", "b|resume", "b|restart", "b|bye", "b|x", "o|a|b|1", "p|a|b|1", "r|reminder"]
    ),
    st.sampled_from(sorted(FLOWS.flows)).map(lambda flow: f"r|{flow}"),
    st.sampled_from(sorted(FLOWS.slots)).map(lambda slot: f"c|{slot}"),
    st.text(max_size=70),
)
starts = st.one_of(
    st.just(""), st.sampled_from(sorted(FLOWS.flows)).map(lambda flow: f"route_{flow}"), st.text(max_size=20)
)
fires = st.one_of(st.just("reminder"), st.sampled_from(sorted(FLOWS.flows)), st.just("gone"))
media = st.sampled_from(["voice", "audio", "photo", "document", "location", "contact", "sticker", "video", ""])
turns = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 20), st.just(Understanding())),
    st.tuples(st.just("answer"), st.integers(0, 20), st.just(Understanding())),
    st.tuples(st.just("text"), texts, understandings),
    st.tuples(st.just("text"), texts, understandings),
    st.tuples(st.just("tap"), payloads, st.just(Understanding())),
    st.tuples(st.just("tap"), payloads, st.just(Understanding())),
    st.tuples(st.just("start"), starts, st.just(Understanding())),
    st.tuples(st.just("fire"), fires, st.just(Understanding())),
    st.tuples(st.just("media"), media, understandings),
    st.tuples(st.just("edited"), texts, understandings),
)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.lists(turns, min_size=10, max_size=40), st.sampled_from(["unknown", "given", "refused"]))
def test_any_turns_are_answered_and_leave_a_whole_state(
    script: list[tuple[str, object, Understanding]], consent: str
) -> None:
    talk = Talk(real_world(), State(consent=consent, greeted=consent != "unknown"))  # type: ignore[arg-type]
    for kind, what, understanding in script:
        stopped = talk.state.stopped
        if kind == "answer" and isinstance(what, int):
            _answer(talk, what)
        else:
            talk.turn(_turn(talk, kind, what, understanding))
        _check(talk, kind, stopped)


def _answer(talk: Talk, number: int) -> None:
    """One of the answers that the open question takes, so that conversations go deep."""
    taken = list(answers(talk)) if talk.at else [("hola", lambda talk: talk.say("hola", "meta_greet"))]
    taken[number % len(taken)][1](talk)


def _turn(talk: Talk, kind: str, what: object, understanding: Understanding) -> Turn:
    if kind == "tap":
        if isinstance(what, int):
            seen = talk.seen[::-1]
            what = seen[what % len(seen)].payload if seen else "g|menu"
        return Turn("tap", payload=str(what))
    if kind in ("start", "fire"):
        return Turn(kind, payload=str(what))  # type: ignore[arg-type]
    if kind == "media":
        return Turn("media", media=str(what), understanding=replace(understanding, danger=None))
    turn = Turn(kind, text=str(what))  # type: ignore[arg-type]
    return replace(turn, understanding=understanding) if needs_understanding(talk.state, turn, talk.world) else turn


def _check(talk: Talk, kind: str, stopped: bool) -> None:
    state = talk.state
    assert talk.said or kind == "fire", "nothing is said"
    assert not (stopped and kind == "fire" and talk.events), "a person who stopped the messages is written to"
    assert len(state.stack) <= MAX_STACK
    assert not state.stack or talk.at or state.paused, f"stands at {state.stack[-1]} and asks nothing"
    assert state.choice is None or not state.paused or kind in ("media", "edited", "fire")
    for said in talk.said:
        assert 0 < len(said.text) <= 4096
        assert "{" not in said.text
        assert len(said.buttons) <= 10
        assert all(0 < len(button.label) <= 24 and len(button.payload.encode()) <= 64 for button in said.buttons)

"""Walks every way through the flows: each answer to each question, from every beginning, without repeating itself."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from bot.flows.answering import TRIES_BEFORE_PERSON
from bot.flows.asking import options_of
from bot.flows.conditions import Compare, Condition, Constant, Logic, Node, SlotRef, Today
from bot.flows.model import END, Collect, FlowSet, Slot
from bot.flows.phrases import SKIP
from bot.flows.state import Frame, State
from bot.flows.taps import option_payload, skip_payload
from bot.flows.turn import Danger
from tests.flows.harness import CONSENTED, Talk, real_world

MOST_PLACES = 20_000
WORD_OF = {
    "handoff": "persona",
    "language": "idioma",
    "later": "más tarde",
    "stop": "parar",
    "my_data": "mis datos",
    "erase": "borrar mis datos",
}
USUAL = {
    "number": ("0", "1", "3", "12"),
    "age": ("4", "17", "18", "35", "70"),
    "amount": ("0", "50 mil", "800 mil", "3 millones"),
    "date": ("15/03/2015", "1/2/2024", "ayer"),
    "municipality": ("Maicao, La Guajira", "Bogotá"),
    "phone": ("300 123 4567",),
    "occupation": ("albañil", "casas de familia"),
    "text": ("Vendo arepas en la plaza",),
}


@dataclass
class Place:
    """A conversation at a question, or at its end, with the answers that led there."""

    talk: Talk
    path: tuple[str, ...]
    leads_to: set[str] = field(default_factory=set)

    @property
    def over(self) -> bool:
        """Whether nothing runs any more, or the person has left for later."""
        return not self.talk.state.stack or self.talk.state.paused


@dataclass(frozen=True)
class Map:
    """Everything that was walked. ``faults``: what went wrong, with the way that leads to it."""

    places: dict[str, Place]
    reached: set[tuple[str, str]]
    faults: list[str]

    def questions(self) -> dict[str, Place]:
        """One conversation at each question (``flow/step``): the shortest way there."""
        found: dict[str, Place] = {}
        for place in self.places.values():
            if place.talk.at and not place.over:
                found.setdefault(place.talk.at, place)
        return found

    def endless(self) -> list[str]:
        """Places from which no answers lead to an end."""
        ending = {key for key, place in self.places.items() if place.over}
        while True:
            more = {key for key, place in self.places.items() if key not in ending and place.leads_to & ending}
            if not more:
                return [" > ".join(place.path) for key, place in self.places.items() if key not in ending]
            ending |= more


@cache
def explored() -> Map:
    """The map of the repository's flows, made once for a run of the tests."""
    places: dict[str, Place] = {}
    reached: set[tuple[str, str]] = set()
    faults: list[str] = []
    waiting: deque[str] = deque()

    def arrive(talk: Talk, path: tuple[str, ...]) -> str:
        reached.update(talk.reached)
        talk.reached = set()
        key = _key(talk.state)
        fault = fault_of(talk)
        if fault:
            faults.append(f"{' > '.join(path)}: {fault}")
        if key not in places:
            places[key] = Place(talk, path)
            waiting.append(key)
            assert len(places) <= MOST_PLACES, "the flows branch without bounds"
        return key

    for name, begin in beginnings():
        arrive(begin(), (name,))
    while waiting:
        place = places[waiting.popleft()]
        if place.over:
            continue
        for answer, act in answers(place.talk):
            talk = place.talk.fork()
            path = (*place.path, answer)
            try:
                act(talk)
            except Exception as error:  # the way to the fault is worth more than where Python saw it
                faults.append(f"{' > '.join(path)}: {type(error).__name__}: {error}")
                continue
            place.leads_to.add(arrive(talk, path))
    return Map(places, reached, faults)


def beginnings() -> Iterator[tuple[str, Callable[[], Talk]]]:
    """Every way into a flow: deep links, check-ins, global words, danger, and the very first contact."""
    world = real_world()
    yield "hola", lambda: _after(Talk(world), lambda talk: talk.say("hola", "meta_greet"))
    for flow in world.flows.flows.values():
        if flow.kind in ("route", "answer"):
            link = f"route_{flow.id}"
            yield link, lambda link=link: _after(Talk(world, CONSENTED), lambda talk: talk.start(link))
        elif flow.kind == "check_in":
            yield flow.id, lambda id=flow.id: _after(Talk(world, CONSENTED), lambda talk: talk.fire(id))
        elif flow.id in WORD_OF:
            word = WORD_OF[flow.id]
            yield word, lambda word=word: _after(Talk(world, CONSENTED), lambda talk: talk.say(word))
        elif flow.kind == "crisis" and flow.id.removeprefix("crisis_") in ("violence", "suicide", "trafficking"):
            kind = flow.id.removeprefix("crisis_")
            yield kind, lambda kind=kind: _after(Talk(world), lambda talk: talk.say("Auxilio por favor", danger=kind))
    yield "child_risk", lambda: _after(Talk(world), lambda talk: talk.say("Auxilio por favor", danger="child_risk"))
    doubt = Danger("violence", "unsure")
    yield "danger?", lambda: _after(Talk(world), lambda talk: talk.say("no aguanto más esto", danger=doubt))


def answers(talk: Talk) -> Iterator[tuple[str, Callable[[Talk], object]]]:
    """Every answer that the open question takes: its options, hidden ones too, or typed values of its kind, and none
    at all where it is optional."""
    frame = talk.state.stack[-1]
    flows = talk.world.flows
    collect = flows.flows[frame.flow].steps[frame.step].collect
    assert collect is not None, f"{frame.flow}/{frame.step} waits and asks nothing"
    slot = flows.slots[collect.slot]
    options = options_of(slot, collect)
    for index, option in enumerate(options):
        payload = option_payload(flows.fingerprint, frame.flow, frame.step, index)
        yield option.label, lambda talk, payload=payload: talk.tap_payload(payload)
    if not options:
        for text in _typed(slot, collect, flows, talk.world.today):
            yield text, lambda talk, text=text: talk.say(text)
    if collect.optional:
        payload = skip_payload(flows.fingerprint, frame.flow, frame.step)
        yield SKIP, lambda talk, payload=payload: talk.tap_payload(payload)


def fault_of(talk: Talk) -> str:
    """What a turn must always give: something said, and either a question that waits, an end, or a pause."""
    if not talk.text.strip():
        return "nothing is said"
    if talk.state.stack and not talk.state.paused and not talk.at:
        return f"it stops at {talk.state.stack[-1].flow}/{talk.state.stack[-1].step}, which asks nothing"
    if "{" in talk.text or "…»" in talk.text:
        return f"a placeholder is left in: {talk.text}"
    empty = [button for said in talk.said for button in said.buttons if not button.label or len(button.payload) > 64]
    return f"a button that cannot be sent: {empty}" if empty else ""


def _after(talk: Talk, act: Callable[[Talk], object]) -> Talk:
    act(talk)
    return talk


def _key(state: State) -> str:
    """Places are told apart by what can still change the way: the answers that no step ahead asks for do not."""
    data = state.to_json()
    for name in ("trail", "cards", "finished", "choice", "handed_off", "greeted"):
        data.pop(name, None)
    for frame in data.get("stack", ()):
        frame[3] = min(frame[3], TRIES_BEFORE_PERSON)  # a refused answer counts without end, and nothing more changes
    flows = real_world().flows.flows
    ahead = [
        place for depth, frame in enumerate(state.stack, 1) for place in _still_ahead(frame, depth < len(state.stack))
    ]
    ahead += [(flow, flows[flow].first.id) for flow in state.later]
    matter = frozenset[str]().union(*(_slots_ahead(*place) for place in ahead))
    data["slots"] = {name: value for name, value in state.slots.items() if name in matter}
    return json.dumps(data, sort_keys=True)


def _still_ahead(frame: Frame, below: bool) -> list[tuple[str, str]]:
    """Where a frame goes on: a call that runs above it is not made again."""
    step = real_world().flows.flows[frame.flow].steps[frame.step]
    if below and step.call:
        return [(frame.flow, branch.target) for branch in step.next if branch.target != END]
    return [(frame.flow, frame.step)]


@cache
def _slots_ahead(flow: str, step: str) -> frozenset[str]:
    """The slots that a condition or a question at this step, or at one that can follow, looks at."""
    flows = real_world().flows.flows
    slots: set[str] = set()
    seen: set[tuple[str, str]] = set()
    waiting = [(flow, step)]
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        at = flows[place[0]].steps[place[1]]
        conditions = [branch.condition for branch in at.next if branch.condition]
        if at.collect is not None:
            conditions += [rejection.condition for rejection in at.collect.rejections]
            if not at.collect.ask_before_filling:
                slots.add(at.collect.slot)
        for condition in conditions:
            slots.update(_named(condition.node))
        waiting += [(place[0], branch.target) for branch in at.next if branch.target != END]
        waiting += [(name, flows[name].first.id) for name in (at.call, at.link) if name]
    return frozenset(slots)


def _named(node: Node) -> Iterator[str]:
    if isinstance(node, SlotRef):
        yield node.name
    elif isinstance(node, Logic):
        for part in node.parts:
            yield from _named(part)
    elif isinstance(node, Compare):
        yield from _named(node.left)
        yield from _named(node.right)


def _typed(slot: Slot, collect: Collect, flows: FlowSet, today: date) -> list[str]:
    """Usual values of the kind, and values just before, at and after everything that a condition compares with."""
    marks = sorted({value for condition in _conditions(flows) for value in _compared(condition.node, slot.id, today)})
    if slot.type == "date":
        days = {
            day + timedelta(days=n) for mark in marks for day in [date.fromisoformat(str(mark))] for n in (-1, 0, 1)
        }
        texts = [f"{day.day}/{day.month}/{day.year}" for day in sorted(days)]
    elif slot.type in ("number", "age", "amount"):
        texts = [str(n) for n in sorted({int(mark) + n for mark in marks for n in (-1, 0, 1)}) if n >= 0]
    else:
        texts = []
    return [*texts, *USUAL[slot.type]]


def _conditions(flows: FlowSet) -> Iterator[Condition]:
    for flow in flows.flows.values():
        for step in flow.steps.values():
            yield from (branch.condition for branch in step.next if branch.condition)
            yield from (rejection.condition for rejection in (step.collect.rejections if step.collect else ()))


def _compared(node: Node, slot: str, today: date) -> Iterator[str | int]:
    if isinstance(node, Logic):
        for part in node.parts:
            yield from _compared(part, slot, today)
    elif isinstance(node, Compare):
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if not (isinstance(side, SlotRef) and side.name == slot):
                continue
            if isinstance(other, Today):
                yield (today + timedelta(days=other.days)).isoformat()
            elif isinstance(other, Constant):
                values = other.value if isinstance(other.value, tuple) else (other.value,)
                yield from (value for value in values if isinstance(value, str | int) and not isinstance(value, bool))

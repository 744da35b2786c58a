"""The workbench of one turn: the state as it changes, the events as they come. Used only inside the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.flows.errors import EngineError
from bot.flows.events import Button, Event, FlowEnded, FlowStarted, Said, SlotSet, StepReached
from bot.flows.globals import GlobalWords, global_words
from bot.flows.model import Collect, Flow, FlowSet, Slot, Step, Value
from bot.flows.render import Renderer
from bot.flows.state import Choice, ChoiceOption, Entry, Frame, Mark, State
from bot.flows.turn import World

MAX_STEPS = 100  # a turn that walks more is a loop in a flow file, not a conversation
MAX_STACK = 12
MAX_OPEN = 8  # flows open one over the other before the oldest is let go; above it there is room for what they call
MAX_TRAIL = 40


class Run:
    """One turn in the making. ``state`` is replaced, never changed; ``events`` grows."""

    def __init__(self, state: State, world: World) -> None:
        self.world = world
        self.state = state
        self.before = state
        self.events: list[Event] = []
        self.steps = 0
        self.known: list[tuple[Slot, Value]] = []
        self.closing: tuple[tuple[str, str], ...] = ()
        """Routes to offer when all has ended, as (label, payload)."""

    # what is there

    @property
    def flows(self) -> FlowSet:
        return self.world.flows

    @property
    def words(self) -> GlobalWords:
        return global_words(self.flows.words)

    @property
    def top(self) -> Frame | None:
        return self.state.stack[-1] if self.state.stack else None

    def flow(self, frame: Frame) -> Flow:
        return self.flows.flows[frame.flow]

    def step(self, frame: Frame) -> Step:
        step = self.flow(frame).steps.get(frame.step)
        if step is None:
            raise EngineError("unknown_step", f"{frame.flow}/{frame.step}")
        return step

    def question(self) -> tuple[Frame, Step, Collect] | None:
        """The question that waits for an answer, if one does."""
        frame = self.top
        if frame is None or not frame.asked:
            return None
        step = self.step(frame)
        return (frame, step, step.collect) if step.collect is not None else None

    def renderer(self) -> Renderer:
        return Renderer(self.world, self.state.language, self.state.slots)

    def is_own(self, slot: Slot) -> bool:
        """Whether an answer is the person's own to see and change: kept, or given in a route that still runs."""
        running = {frame.flow for frame in self.state.stack if self.flow(frame).kind not in ("system", "crisis")}
        return not slot.transient or any(m.slot == slot.id and m.flow in running for m in self.state.trail)

    def label(self, word: str) -> str:
        """The word shown to the person for a global word, in their language."""
        labels = self.flows.words.labels
        table: Mapping[str, str] = labels.get(self.state.language) or labels.get("es", {})
        return table.get(word, word)

    # what happens

    def update(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)

    def emit(self, event: Event) -> None:
        self.events.append(event)

    def say(self, text: str, kind: str = "say", buttons: Iterable[Button] = ()) -> None:
        """A message whose text is already rendered."""
        if text.strip():
            self.emit(Said(text.strip(), kind, tuple(buttons)))

    def phrase(self, phrase: str, kind: str = "note", **parts: str) -> None:
        """One of the engine's phrases as a message of its own."""
        self.say(self.renderer().phrase(phrase, **parts), kind)

    def choose(self, choice_id: str, text: str, options: Iterable[tuple[str, str]], kind: str = "ask") -> None:
        """Ask a question of the engine's own; ``options`` are (label in the person's language, payload)."""
        made = tuple(ChoiceOption(label, action) for label, action in options)
        self.update(choice=Choice(choice_id, made))
        self.say(text, kind, (Button(option.label, option.action) for option in made))

    def reach(self, frame: Frame) -> None:
        """Count a step; a turn that walks too many stops."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise EngineError("too_many_steps", f"{frame.flow}/{frame.step}")
        self.emit(StepReached(frame.flow, frame.step))

    def push(self, flow: Flow, entry: Entry) -> None:
        """Start a flow on top of what runs. System questions of an earlier run of it are forgotten."""
        if entry != "call":
            self.make_room()
        if len(self.state.stack) >= MAX_STACK:
            raise EngineError("stack_too_deep", flow.id)
        transient = {c.slot for _, c in flow.collects() if self.flows.slots[c.slot].transient}
        self.update(
            stack=(*self.state.stack, Frame(flow.id, flow.first.id, entry)),
            slots={name: value for name, value in self.state.slots.items() if name not in transient},
        )
        self.emit(FlowStarted(flow.id))

    def make_room(self) -> None:
        """Let go of the oldest open flows, with what they called: nobody comes back through eight digressions."""
        while len(self.state.stack) >= MAX_OPEN:
            above = next((i for i, frame in enumerate(self.state.stack) if i and frame.entry != "call"), MAX_OPEN)
            for frame in self.state.stack[:above]:
                self.emit(FlowEnded(frame.flow, completed=False))
            self.update(stack=self.state.stack[above:])

    def replace_top(self, **changes: Any) -> None:
        frame = self.state.stack[-1]
        self.update(stack=(*self.state.stack[:-1], replace(frame, **changes)))

    def pop(self, *, completed: bool = True) -> Frame:
        frame = self.state.stack[-1]
        self.update(stack=self.state.stack[:-1])
        if self.flow(frame).kind in ("system", "crisis"):  # "back" never leads into a side talk that is over
            self.update(trail=tuple(mark for mark in self.state.trail if mark.flow != frame.flow))
        self.emit(FlowEnded(frame.flow, completed))
        return frame

    def set_slot(self, name: str, value: Value) -> None:
        slots = dict(self.state.slots)
        if value is None:
            slots.pop(name, None)
        else:
            slots[name] = value
        self.update(slots=slots)

    def forget_replay(self, name: str) -> None:
        """An answer that is given anew, or taken over, waits no longer."""
        self.update(replay={slot: value for slot, value in self.state.replay.items() if slot != name})

    def mark(self, frame: Frame, slot: str, *, skipped: bool = False) -> None:
        """Remember the question just answered, with the stack as it was."""
        made = Mark(frame.flow, frame.step, slot, self.state.slots.get(slot), self.state.stack, skipped=skipped)
        self.update(trail=(*self.state.trail, made)[-MAX_TRAIL:])

    def set_by_step(self, name: str, value: Value) -> None:
        """What ``set_slots`` sets, so that going back to the question before it takes it back too."""
        trail = self.state.trail
        if trail and name != trail[-1].slot and all(name != kept for kept, _ in trail[-1].also):
            mark = replace(trail[-1], also=(*trail[-1].also, (name, self.state.slots.get(name))))
            self.update(trail=(*trail[:-1], mark))
        self.set_slot(name, value)

    def skipped(self, slot: str) -> bool:
        """Whether the person last preferred not to answer the question for this slot."""
        mark = next((mark for mark in reversed(self.state.trail) if mark.slot == slot), None)
        return mark is not None and mark.skipped and slot not in self.state.slots

    def _forget_transient(self) -> None:
        """System questions are not remembered once no running flow asks them (what somebody feared is not kept)."""
        asked = {c.slot for frame in self.state.stack for _, c in self.flow(frame).collects()}
        gone = {name for name in self.state.slots if name not in asked and self._is_transient(name)}
        if gone:
            self.update(slots={name: value for name, value in self.state.slots.items() if name not in gone})
        if any(mark.also or (mark.before is not None and mark.slot not in asked) for mark in self.state.trail):
            self.update(trail=tuple(self._without_traces(mark, asked) for mark in self.state.trail))

    def _without_traces(self, mark: Mark, asked: set[str]) -> Mark:
        also = tuple(
            (name, None if name not in asked and self._is_transient(name) else value) for name, value in mark.also
        )
        gone = mark.slot not in asked and self._is_transient(mark.slot)
        return replace(mark, before=None if gone else mark.before, also=also)

    def _is_transient(self, name: str) -> bool:
        slot = self.flows.slots.get(name)
        return slot is None or slot.transient or (not self.state.stack and self._may_not_be_kept(slot))

    def _may_not_be_kept(self, slot: Slot) -> bool:
        return slot.sensitive and self.state.consent != "given"

    def finish(self) -> tuple[State, tuple[Event, ...]]:
        """The new state and the events, the changes of answers among them."""
        if not self.state.stack:
            self.update(replay={})
        self._forget_transient()
        before = {**self.before.replay, **self.before.slots}
        after = {**self.state.replay, **self.state.slots}
        where = {mark.slot: mark for mark in self.state.trail}
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) != after.get(name):
                mark = where.get(name)
                slot = self.flows.slots.get(name)
                transient = slot is None or slot.transient or self._may_not_be_kept(slot)
                flow, step = (mark.flow, mark.step) if mark else ("", "")
                self.emit(SlotSet(name, after.get(name), flow, step, transient))
        return self.state, tuple(self.events)


def in_crisis(run: Run) -> bool:
    """Whether a crisis flow runs on top of all others."""
    return run.top is not None and run.flow(run.top).kind == "crisis"

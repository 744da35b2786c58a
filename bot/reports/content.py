"""The content as a reviewer reads it: flows, steps, options, branches, messages and cards, with the facts in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.facts import Confidence, Fact, FactNotSayable, PartialDate, UnknownFact
from bot.facts.wording import spanish_date
from bot.flows import phrases
from bot.flows.asking import options_of
from bot.flows.diagram.words import Wording
from bot.flows.model import END, Card, Flow, Step
from bot.flows.render import PLACEHOLDER
from bot.flows.turn import World

KINDS = {
    "route": "Ruta",
    "answer": "Respuesta corta",
    "crisis": "Respuesta de urgencia",
    "check_in": "Seguimiento",
    "system": "Diálogo propio",
}
CONFIDENCE = {Confidence.HIGH: "alta", Confidence.MEDIUM: "media", Confidence.LOW: "baja"}
UNUSABLE = {
    "low_confidence": "no se dice: poca confianza",
    "expired": "no se dice: venció",
    "not_yet_valid": "aún no rige",
}
CARD_PARTS = (
    (phrases.CARD_WHAT, "what"),
    (phrases.CARD_WHO, "who"),
    (phrases.CARD_BRING, "bring"),
    (phrases.CARD_STEPS, "steps"),
    (phrases.CARD_WHERE, "where"),
    (phrases.CARD_COST, "cost"),
    (phrases.CARD_TIME, "time"),
    (phrases.CARD_REFUSED, "refused"),
    ("Nota", "note"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: plain words, or a fact's words with the fact's id."""

    text: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Something that the bot says: what it is, and its words."""

    label: str
    lines: tuple[tuple[Piece, ...], ...]
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class OptionView:
    """One answer that a step offers."""

    label: str
    description: str
    synonyms: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: when, and where to."""

    when: str
    to: str
    target: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step."""

    id: str
    anchor: str
    messages: tuple[Message, ...]
    options: tuple[OptionView, ...]
    notes: tuple[str, ...]
    card: str
    card_title: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class FlowView:
    """One flow."""

    id: str
    name: str
    description: str
    kind: str
    file: str
    steps: tuple[StepView, ...]
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """One card, and the flows that show it."""

    id: str
    title: str
    parts: tuple[Message, ...]
    shown_in: tuple[str, ...]
    backing: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact as a reviewer needs it."""

    id: str
    claim: str
    said: str
    unusable: str
    source: str
    url: str
    seen: str
    norm: str
    confidence: str
    review_by: str
    until: str
    confirm: str
    confirm_url: str
    used_in: tuple[tuple[str, str], ...]
    """(anchor, words) of every place that uses it."""


@dataclass(frozen=True, slots=True)
class Content:
    """All of it, in the order of the document."""

    flows: tuple[FlowView, ...]
    cards: tuple[CardView, ...]
    facts: tuple[FactView, ...]
    partners: tuple[tuple[str, str], ...]

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return sum(len(flow.steps) for flow in self.flows)


@dataclass
class _Maker:
    world: World
    uses: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, words, text in _texts(self.world):
            for kind, name, _ in PLACEHOLDER.findall(text):
                if kind == "fact":
                    self.uses.setdefault(name, {})[place] = words
        for card in self.world.flows.cards.values():
            for name in card.facts:
                self.uses.setdefault(name, {})[f"card-{card.id}"] = f"Guía: {card.title}"
        for partner in self.world.flows.partners.values():
            self.uses.setdefault(partner.url_fact, {})[f"partner-{partner.id}"] = f"Institución: {partner.name}"

    def fact(self, fact: Fact) -> FactView:
        try:
            said, unusable = self.world.facts.say(fact.id, self.world.today).text, ""
        except FactNotSayable as error:
            said, unusable = fact.say or str(fact.value or ""), UNUSABLE[error.code]
        source = fact.source
        return FactView(
            id=fact.id,
            claim=fact.claim,
            said=said,
            unusable=unusable,
            source=f"{source.org}, en {source.via}" if source.via else source.org,
            url=source.url,
            seen=spanish_date(source.date) if source.date else "sin fecha",
            norm=fact.norm,
            confidence=CONFIDENCE[fact.confidence],
            review_by=spanish_date(partial(fact.review_by)),
            until=spanish_date(partial(fact.expires)) if fact.expires else "",
            confirm=fact.confirm_at.name,
            confirm_url=fact.confirm_at.url,
            used_in=tuple(self.uses.get(fact.id, {}).items()),
        )

    def facts(self, ids: Iterable[str]) -> tuple[FactView, ...]:
        return tuple(self.fact(self.world.facts.get(name)) for name in dict.fromkeys(ids) if name in self.world.facts)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        made: list[Piece] = []
        end = 0
        for match in PLACEHOLDER.finditer(text):
            made.append(Piece(text[end : match.start()]))
            made.append(self._placeholder(*match.groups()))
            end = match.end()
        made.append(Piece(text[end:]))
        return tuple(piece for piece in made if piece.text)

    def _placeholder(self, kind: str, name: str, url: str | None) -> Piece:
        if kind == "slot":
            slot = self.world.flows.slots.get(name)
            return Piece(f"[{slot.label if slot else name}]")
        try:
            if url:
                return Piece(self.world.facts.get(name).confirm_at.url, name)
            return Piece(self.world.facts.say(name, self.world.today).text, name)
        except UnknownFact:
            return Piece(f"[dato desconocido: {name}]")
        except FactNotSayable as error:
            return Piece(f"[{name}: {UNUSABLE[error.code]}]", name)

    def message(self, label: str, *texts: str) -> Message:
        ids = [name for text in texts for kind, name, _ in PLACEHOLDER.findall(text) if kind == "fact"]
        lines = [line for text in texts for line in text.split("\n")]
        return Message(label, tuple(self.pieces(line) for line in lines if line.strip()), self.facts(ids))

    def step(self, flow: Flow, step: Step) -> StepView:
        flows = self.world.flows
        messages, notes, options = [], [], ()
        wording = Wording(flows.slots)
        if step.collect is not None:
            collect, slot = step.collect, flows.slots[step.collect.slot]
            offered = options_of(slot, collect)
            wording = Wording(flows.slots, collect.slot, offered)
            messages.append(self.message("Pregunta", collect.ask))
            if collect.ask_again:
                messages.append(self.message("Con otras palabras", collect.ask_again))
            messages.append(self.message("Por qué se pregunta", collect.why))
            for refused in collect.rejections:
                messages.append(self.message(f"No se acepta: {wording.condition(refused.condition)}", refused.say))
            kept = "no se guarda" if slot.transient else "se guarda solo con permiso"
            notes.append(f"Respuesta: {slot.label} ({kept})")
            options = tuple(OptionView(o.label, o.description, ", ".join(o.synonyms), o.hidden) for o in offered)  # type: ignore[assignment]
        if step.say:
            messages.append(self.message("Mensaje", step.say))
        for name, value in step.set_slots:
            label = flows.slots[name].label
            notes.append(f"Olvida: {label}" if value is None else f"Anota: {label} = {wording.value(name, value)}")
        if step.refer:
            notes.append(f"Remite a: {flows.partners[step.refer].name}")
        if step.follow_up:
            follow_up = flows.follow_ups[step.follow_up]
            asks = flows.flows[follow_up.flow].name
            notes.append(f"Con permiso, pregunta otra vez en {follow_up.after_days} días: {asks}")
        if step.action:
            notes.append(f"Acción del sistema: {step.action}")
        ways = tuple(self._ways(flow, step, wording))
        title = flows.cards[step.card].title if step.card else ""
        return StepView(step.id, f"{flow.id}-{step.id}", tuple(messages), options, tuple(notes), step.card, title, ways)

    def _ways(self, flow: Flow, step: Step, wording: Wording) -> Iterator[Way]:
        if step.link:
            yield Way("", f"sigue en «{self.world.flows.flows[step.link].name}»", f"flow-{step.link}")
            return
        if step.call:
            yield Way("", f"hace «{self.world.flows.flows[step.call].name}» y vuelve", f"flow-{step.call}")
        several = len(step.next) > 1
        for branch in step.next:
            when = wording.condition(branch.condition) if branch.condition else ("en otro caso" if several else "")
            if branch.target == END:
                yield Way(when, "termina", "")
            else:
                yield Way(when, branch.target, f"{flow.id}-{branch.target}")

    def flow(self, flow: Flow) -> FlowView:
        steps = tuple(self.step(flow, step) for step in flow.steps.values())
        used = {fact.id: fact for step in steps for message in step.messages for fact in message.facts}
        return FlowView(
            flow.id, flow.name, flow.description, KINDS[flow.kind], flow.place.file, steps, tuple(used.values())
        )

    def card(self, card: Card) -> CardView:
        parts = []
        for label, name in CARD_PARTS:
            value = getattr(card, name)
            texts = (value,) if isinstance(value, str) else value
            if any(texts):
                parts.append(self.message(label, *texts))
        shown = tuple(
            flow.name for flow in self.world.flows.flows.values() if any(s.card == card.id for s in flow.steps.values())
        )
        return CardView(card.id, card.title, tuple(parts), shown, self.facts(card.facts))


def content_of(world: World) -> Content:
    """Everything, the routes of the menu first, then the others by kind."""
    maker = _Maker(world)
    order = list(KINDS)
    flows = sorted(
        world.flows.flows.values(), key=lambda flow: (flow.menu is None, flow.menu or 0, order.index(flow.kind))
    )
    return Content(
        flows=tuple(maker.flow(flow) for flow in flows),
        cards=tuple(maker.card(card) for card in world.flows.cards.values()),
        facts=tuple(maker.fact(fact) for fact in world.facts),
        partners=tuple((partner.id, partner.name) for partner in world.flows.partners.values()),
    )


def partial(day: date) -> PartialDate:
    """A full day in the form that is written out in words."""
    return PartialDate(day.year, day.month, day.day)


def _texts(world: World) -> Iterator[tuple[str, str, str]]:
    """(anchor, words for the place, source text) of every text that may name a fact."""
    for flow in world.flows.flows.values():
        for step in flow.steps.values():
            texts = [step.say]
            if step.collect is not None:
                collect = step.collect
                texts += [collect.ask, collect.ask_again, collect.why, *(r.say for r in collect.rejections)]
                texts += [text for option in collect.options for text in (option.label, option.description)]
            for text in texts:
                yield f"{flow.id}-{step.id}", f"{flow.name}, paso {step.id}", text
    for card in world.flows.cards.values():
        parts: Mapping[str, str | tuple[str, ...]] = {name: getattr(card, name) for _, name in CARD_PARTS}
        for part in (card.title, *parts.values()):
            for text in (part,) if isinstance(part, str) else part:
                yield f"card-{card.id}", f"Guía: {card.title}", text

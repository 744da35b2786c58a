"""Reading what stands beside the flows: slots, cards, follow-ups, partners and global words."""

from __future__ import annotations

from bot.flows.loading.fields import Block, Faults, check_id
from bot.flows.model import Card, FollowUp, Partner, Slot, Words
from bot.flows.source import Node

SLOT_TYPES = ("category", "boolean", "text", "number", "age", "amount", "date", "municipality", "phone", "occupation")
SLOT_FIELDS = ("type", "label", "words", "depends_on", "transient", "sensitive")
SLOT_LABEL = 40
CARD_TEXTS = ("title", "what", "who", "where", "cost", "time", "refused")
CARD_LISTS = ("bring", "steps")
CARD_FIELDS = (*CARD_TEXTS, *CARD_LISTS, "note", "facts")
FOLLOW_UP_FIELDS = ("after_days", "flow")
PARTNER_FIELDS = ("name", "url_fact")
GLOBAL_WORDS = (
    "menu", "back", "change", "summary", "help", "person", "language", "later", "stop", "my_data", "erase", "exit",
)  # fmt: skip
ANSWER_WORDS = ("yes", "no", "more", "skip")
COMMAND_DESCRIPTION = 256  # Telegram: BotCommand.description


def read_slot(slot_id: str, node: Node, faults: Faults) -> Slot:
    """Read one slot."""
    check_id(slot_id, node.place, slot_id, faults)
    block = Block(node, slot_id, faults)
    block.only(SLOT_FIELDS)
    if not block.has("type"):
        block.missing("type", f"Use one of: {', '.join(SLOT_TYPES)}")
    return Slot(
        id=slot_id,
        type=block.choice("type", SLOT_TYPES, "text"),  # type: ignore[arg-type]
        label=block.text("label", required=True, most=SLOT_LABEL),
        words=block.texts("words"),
        depends_on=block.texts("depends_on"),
        transient=block.flag("transient"),
        place=node.place,
        sensitive=block.flag("sensitive"),
    )


def read_card(card_id: str, node: Node, faults: Faults) -> Card:
    """Read one card; everything a person needs at the counter is required."""
    check_id(card_id, node.place, card_id, faults)
    block = Block(node, card_id, faults)
    block.only(CARD_FIELDS)
    texts = {name: block.text(name, required=True) for name in CARD_TEXTS}
    return Card(
        id=card_id,
        bring=block.texts("bring", required=True),
        steps=block.texts("steps", required=True),
        note=block.text("note"),
        facts=block.texts("facts"),
        place=node.place,
        **texts,
    )


def read_follow_up(follow_up_id: str, node: Node, faults: Faults) -> FollowUp:
    """Read one follow-up."""
    check_id(follow_up_id, node.place, follow_up_id, faults)
    block = Block(node, follow_up_id, faults)
    block.only(FOLLOW_UP_FIELDS)
    days = block.number("after_days", least=1)
    if days is None and not block.has("after_days"):
        block.missing("after_days", "Write after_days: 15")
    return FollowUp(follow_up_id, days or 1, block.text("flow", required=True), node.place)


def read_partner(partner_id: str, node: Node, faults: Faults) -> Partner:
    """Read one institution."""
    check_id(partner_id, node.place, partner_id, faults)
    block = Block(node, partner_id, faults)
    block.only(PARTNER_FIELDS)
    return Partner(partner_id, block.text("name", required=True), block.text("url_fact", required=True), node.place)


def read_words(node: Node, faults: Faults) -> Words:
    """Read the global words of every language."""
    block = Block(node, "words", faults)
    block.only(("words", "labels", "commands"))
    forms: dict[str, dict[str, tuple[str, ...]]] = {}
    labels: dict[str, dict[str, str]] = {}
    commands: dict[str, tuple[tuple[str, str], ...]] = {}
    for language, table in block.fields["words"].mapping().items() if block.has("words") else []:
        words = Block(table, f"words/{language}", faults)
        words.only((*GLOBAL_WORDS, *ANSWER_WORDS))
        forms[language] = {name: words.texts(name, required=True) for name in (*GLOBAL_WORDS, *ANSWER_WORDS)}
    for language, table in block.fields["labels"].mapping().items() if block.has("labels") else []:
        names = Block(table, f"labels/{language}", faults)
        names.only(GLOBAL_WORDS)
        labels[language] = {name: names.text(name, required=True, most=20) for name in GLOBAL_WORDS}
    for language, listing in block.fields["commands"].mapping().items() if block.has("commands") else []:
        pairs = [[str(cell.value) for cell in row.items()] for row in listing.items()]
        if any(len(pair) != 2 or len(pair[1]) > COMMAND_DESCRIPTION for pair in pairs):
            faults.add(
                "bad_command",
                listing.place,
                f"commands/{language}",
                "a command is no pair",
                "Write - [menu, What it does]",
            )
        commands[language] = tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)
    return Words(forms, labels, commands)

"""Reading flows, their steps and their questions."""

from __future__ import annotations

from bot.flows.conditions import Condition, ConditionError, parse_condition
from bot.flows.loading.fields import Block, Faults, check_id, sentence, slot_value
from bot.flows.model import END, Branch, Collect, Flow, Option, Place, Rejection, Step
from bot.flows.source import Node

FLOW_FIELDS = ("name", "description", "kind", "menu", "nlu_trigger", "steps")
COLLECT_ONLY = ("ask", "ask_again", "why", "options", "ask_before_filling", "optional", "rejections")
WORK = ("collect", "set_slots", "call", "link", "action", "noop")
SPEECH = ("say", "steps_card", "refer", "follow_up")
STEP_FIELDS = ("id", "next", *WORK, *SPEECH, *COLLECT_ONLY)
BRANCH_FIELDS = ("if", "then", "else")
REJECTION_FIELDS = ("if", "say")
OPTION_FIELDS = ("value", "label", "description", "synonyms", "hidden", "urgent")
KINDS = ("route", "answer", "crisis", "check_in", "system")
MENU_LABEL = 24  # WhatsApp list row title; Telegram has more room
ROW_DESCRIPTION = 72  # WhatsApp list row description
QUESTION = 1024  # WhatsApp interactive message body
MESSAGE = 4096  # Telegram and WhatsApp text message


def read_flow(flow_id: str, node: Node, faults: Faults) -> Flow:
    """Read one flow; faults are collected, and what could be read is returned."""
    check_id(flow_id, node.place, flow_id, faults)
    block = Block(node, flow_id, faults)
    block.only(FLOW_FIELDS)
    steps: dict[str, Step] = {}
    nodes = block.fields["steps"].items() if block.has("steps") else []
    if not nodes and block.readable:
        faults.add(
            "no_steps",
            block.line("steps"),
            flow_id,
            "the flow has no steps",
            "Write steps: and below it - id: a_short_name",
        )
    ids = [_step_id(item) for item in nodes]
    for index, item in enumerate(nodes):
        following = next((name for name in ids[index + 1 :] if name), END)
        step = _read_step(flow_id, item, following, faults)
        if step.id and step.id in steps:
            first = steps[step.id].place.line
            faults.add(
                "duplicate_step",
                item.place,
                f"{flow_id}/{step.id}",
                f"a step of this name stands already at line {first}",
                "Give one of them another id",
            )
        steps[step.id] = step
    return Flow(
        id=flow_id,
        name=block.text("name", required=True, most=MENU_LABEL),
        description=block.text("description", required=True, most=ROW_DESCRIPTION),
        kind=block.choice("kind", KINDS, "route"),  # type: ignore[arg-type]
        menu=block.number("menu"),
        intents=_intents(block, faults),
        steps=steps,
        place=node.place,
    )


def _step_id(node: Node) -> str:
    found = node.mapping().get("id")
    return str(found.value) if found is not None and isinstance(found.value, str | int) else ""


def _intents(block: Block, faults: Faults) -> tuple[str, ...]:
    node = block.fields.get("nlu_trigger")
    if node is None:
        return ()
    intents = []
    for item in node.items():
        trigger = Block(item, block.where, faults)
        trigger.only(("intent",))
        intents.append(trigger.text("intent", required=True))
    if not intents:
        faults.add(
            "not_a_list",
            node.place,
            block.where,
            "'nlu_trigger' should be a list",
            "Write nlu_trigger: [{intent: name}]",
        )
    return tuple(intents)


def _read_step(flow_id: str, node: Node, following: str, faults: Faults) -> Step:
    step_id = _step_id(node)
    where = f"{flow_id}/{step_id or '?'}"
    block = Block(node, where, faults)
    block.only(STEP_FIELDS)
    if not step_id:
        block.missing("id", "Write - id: a_short_name")
    else:
        check_id(step_id, block.line("id"), where, faults)
    work = [name for name in WORK if block.has(name)]
    speech = [name for name in SPEECH if block.has(name)]
    if not work and not speech and block.readable:
        faults.add(
            "empty_step", node.place, where, "the step does nothing", "Write say:, collect:, call:, link: or noop: true"
        )
    if len(work) > 1 or (work and speech):
        both = ", ".join([*work, *speech])
        faults.add("two_kinds", node.place, where, f"the step does several things: {both}", "Make a step of each")
    if not block.has("collect"):
        for name in COLLECT_ONLY:
            if block.has(name):
                faults.add(
                    "collect_only",
                    block.line(name),
                    where,
                    f"{name!r} belongs to a question",
                    "Add collect: or take it out",
                )
    if block.has("noop") and block.fields["noop"].value is not True:
        faults.add("not_a_flag", block.line("noop"), where, "'noop' is not true", "Write noop: true, or take it out")
    if block.has("link") and block.has("next"):
        faults.add(
            "link_next",
            block.line("next"),
            where,
            "'link' does not come back, so 'next' never runs",
            "Take next out, or use call:",
        )
    return Step(
        id=step_id,
        place=node.place,
        collect=_collect(block, where, faults) if block.has("collect") else None,
        say=block.text("say", required=block.has("say"), most=MESSAGE),
        card=block.text("steps_card", required=block.has("steps_card")),
        refer=block.text("refer", required=block.has("refer")),
        follow_up=block.text("follow_up", required=block.has("follow_up")),
        set_slots=_set_slots(block, where, faults),
        call=block.text("call", required=block.has("call")),
        link=block.text("link", required=block.has("link")),
        action=block.text("action", required=block.has("action")),
        next=_next(block, where, following, faults),
    )


def _set_slots(block: Block, where: str, faults: Faults) -> tuple[tuple[str, str | int | bool | None], ...]:
    node = block.fields.get("set_slots")
    if node is None:
        return ()
    if not node.items():
        faults.add("not_a_list", node.place, where, "'set_slots' should be a list", "Write set_slots: [{slot: value}]")
    return tuple(
        (name, slot_value(value, name, where, faults))
        for item in node.items()
        for name, value in Block(item, where, faults).fields.items()
    )


def _next(block: Block, where: str, following: str, faults: Faults) -> tuple[Branch, ...]:
    node = block.fields.get("next")
    if node is None:
        return (Branch(None, following, block.place),)
    if isinstance(node.value, str) and node.value.strip():
        return (Branch(None, node.value.strip(), node.place),)
    if not node.items():
        mend = "Write a step id, END, or a list of if/then and else"
        faults.add("bad_next", node.place, where, "'next' leads nowhere", mend)
    branches: list[Branch] = []
    elses: list[int] = []
    for item in node.items():
        line = Block(item, where, faults)
        line.only(BRANCH_FIELDS)
        if line.has("else"):
            if line.has("if") or line.has("then"):
                mend = "Make two items: - {if: …, then: step} and - {else: step}"
                faults.add("else_and_if", item.place, where, "'else' stands in one item with 'if' or 'then'", mend)
            elses.append(len(branches))
            branches.append(Branch(None, line.text("else", required=True), item.place))
            continue
        condition = read_condition(line.text("if", required=True), line.line("if"), where, faults)
        branches.append(Branch(condition, line.text("then", required=True), item.place))
    if branches and not elses:
        faults.add("no_else", node.place, where, "'next' has no else", "End the list with - {else: step}")
    elif branches and elses != [len(branches) - 1]:
        faults.add("else_not_last", node.place, where, "something stands after 'else'", "Put else: last, and once")
    return tuple(branches)


def read_condition(source: str, place: Place, where: str, faults: Faults) -> Condition | None:
    """Read a condition; a broken one becomes a fault and None."""
    if not source:
        return None
    try:
        return parse_condition(source)
    except ConditionError as error:
        faults.add("bad_condition", place, where, f"condition {source!r}: {error.fault}", sentence(error.mend))
        return None


def _collect(block: Block, where: str, faults: Faults) -> Collect:
    return Collect(
        slot=block.text("collect", required=True),
        ask=block.text("ask", required=True, most=QUESTION),
        ask_again=block.text("ask_again", most=QUESTION),
        why=block.text("why", required=True, most=QUESTION),
        options=_options(block, where, faults),
        ask_before_filling=block.flag("ask_before_filling"),
        rejections=_rejections(block, where, faults),
        optional=block.flag("optional"),
    )


def _options(block: Block, where: str, faults: Faults) -> tuple[Option, ...]:
    node = block.fields.get("options")
    if node is None:
        return ()
    options: list[Option] = []
    for item in node.items():
        option = Block(item, where, faults)
        option.only(OPTION_FIELDS)
        value = option.fields.get("value")
        if value is None or value.value is None:
            option.missing("value", "Write value: a_short_name")
        elif value.value in [made.value for made in options]:
            fault = f"two options have the value {value.value!r}"
            faults.add("option_twice", item.place, where, fault, "Give one of them another value")
        options.append(
            Option(
                value=slot_value(value, "value", where, faults) if value else None,
                label=option.text("label", required=True, most=MENU_LABEL),
                description=option.text("description", most=ROW_DESCRIPTION),
                synonyms=option.texts("synonyms"),
                hidden=option.flag("hidden"),
                urgent=option.texts("urgent"),
            )
        )
    if not options:
        faults.add("not_a_list", node.place, where, "'options' should be a list", "Write - {value: x, label: X}")
    return tuple(options)


def _rejections(block: Block, where: str, faults: Faults) -> tuple[Rejection, ...]:
    node = block.fields.get("rejections")
    if node is None:
        return ()
    if not node.items():
        mend = "Write - if: …, and below it say: …"
        faults.add("not_a_list", node.place, where, "'rejections' should be a list", mend)
    rejections = []
    for item in node.items():
        line = Block(item, where, faults)
        line.only(REJECTION_FIELDS)
        condition = read_condition(line.text("if", required=True), line.line("if"), where, faults)
        say = line.text("say", required=True, most=QUESTION)
        if condition:
            rejections.append(Rejection(condition, say, item.place))
    return tuple(rejections)

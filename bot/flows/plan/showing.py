"""The plan as people see it: a card to read, the lines of a page to print, the next steps for the summary."""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.events import DocumentMade, Paragraph
from bot.flows.model import FlowSet
from bot.flows.plan.making import GOAL_SLOT, Plan, PlanStep
from bot.flows.render import Renderer
from bot.flows.values import show_value

FILE_NAME = "mi-plan.pdf"
FLOW = "my_plan"
"""The flow that the page's code opens."""


def plan_card(plan: Plan, flows: FlowSet, renderer: Renderer, language: str) -> str:
    """The plan as one message."""
    tr = renderer.tr
    lines = [f"📄 {tr(phrases.PLAN_TITLE).upper()}"]
    goal = _goal(plan, flows, renderer)
    if goal:
        lines += ["", goal]
    for mark, heading, reasons in (
        ("🌱", phrases.PLAN_OPPORTUNITIES, plan.opportunities),
        ("🧱", phrases.PLAN_BARRIERS, plan.barriers),
    ):
        if reasons:
            lines += ["", f"{mark} {tr(heading)}:", *(f"• {renderer.text(reason.text)}" for reason in reasons)]
    if plan.steps:
        lines += ["", f"👣 {tr(phrases.PLAN_STEPS)}:", *next_steps(plan, renderer, language)]
    lines += ["", tr(phrases.PLAN_CHANGES)]
    return renderer.finish("\n".join(lines))


def next_steps(plan: Plan, renderer: Renderer, language: str) -> list[str]:
    """One line for each step: what to do, by when, what to write."""
    return [f"{number}. {_step(step, renderer, language)}" for number, step in enumerate(plan.steps, start=1)]


def plan_document(plan: Plan, flows: FlowSet, renderer: Renderer, language: str) -> DocumentMade:
    """The plan as one page."""
    tr = renderer.tr
    page: list[Paragraph] = []
    goal = _goal(plan, flows, renderer)
    if goal:
        page.append(Paragraph("text", goal))
    for heading, reasons in (
        (phrases.PLAN_OPPORTUNITIES, plan.opportunities),
        (phrases.PLAN_BARRIERS, plan.barriers),
    ):
        printed = [reason for reason in reasons if not reason.discreet]
        if printed:
            page.append(Paragraph("heading", tr(heading)))
            page += [Paragraph("item", renderer.text(reason.text)) for reason in printed]
    if plan.steps:
        page.append(Paragraph("heading", tr(phrases.PLAN_STEPS)))
        page += [Paragraph("step", line) for line in next_steps(plan, renderer, language)]
    page.append(Paragraph("small", renderer.finish(tr(phrases.PLAN_CHANGES))))
    page.append(Paragraph("small", tr(phrases.DOCUMENT_WHO)))
    return DocumentMade(
        name=FILE_NAME,
        title=tr(phrases.PLAN_TITLE),
        caption=tr(phrases.PLAN_FILE),
        language=language,
        page=tuple(page),
        opens=FLOW,
        code_says=tr(phrases.DOCUMENT_CODE),
    )


def _goal(plan: Plan, flows: FlowSet, renderer: Renderer) -> str:
    slot = flows.slots.get(GOAL_SLOT)
    if slot is None or plan.goal is None:
        return ""
    return renderer.phrase(phrases.PLAN_GOAL, goal=renderer.value(slot, plan.goal))


def _step(step: PlanStep, renderer: Renderer, language: str) -> str:
    day = show_value("date", step.by.isoformat(), language)
    parts = [renderer.text(step.text), renderer.phrase(phrases.PLAN_BY, day=day)]
    if step.word:
        parts.append(renderer.phrase(phrases.PLAN_WRITE, word=renderer.tr(step.word)))
    return " ".join(parts)

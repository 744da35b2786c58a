"""What each field of a flow file is for, in a line or two: editors show it while somebody types."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.asking import PAGE
from bot.flows.loading.steps import MENU_LABEL, QUESTION, ROW_DESCRIPTION

PLACEHOLDERS = "Plain text. {fact:id} says a fact, {fact:id.url} where to confirm it, {slot:name} an answer's label."

TOP: Mapping[str, str] = {
    "version": "Version of the flow language.",
    "slots": "What the bot can know about a person. Ids are unique over all files.",
    "flows": "The routes. Ids are unique over all files; route_<id> is the deep link.",
    "cards": "What a person keeps: what to bring, where, cost, time. At most 3,000 characters in all.",
    "follow_ups": "What is asked again later.",
    "partners": "Institutions we refer to.",
    "plan": "Rules of the person's plan: what helps, what is in the way, what to do by when.",
}
SLOT: Mapping[str, str] = {
    "type": "Category: the steps offer options. Boolean: Sí and No are made. The others read typed answers by kind.",
    "label": "How a person names it, as in «cambiar mi nacionalidad»; shown in the summary.",
    "words": "Other ways to name it.",
    "depends_on": "When one of these slots is corrected, this one is asked again.",
    "transient": "Never kept as an answer: system questions, and what must not be stored.",
    "sensitive": "Health, disability, ethnic belonging: kept only with consent, never shown unasked.",
}
FLOW: Mapping[str, str] = {
    "name": f"A menu label, at most {MENU_LABEL} characters.",
    "description": f"What the flow is for, at most {ROW_DESCRIPTION} characters.",
    "kind": "Route: a tree of questions. Answer: a short reply to one topic. Crisis: pre-empts everything and is never "
    "interrupted. Check-in: asks again later. System: called by global words. Left out: route.",
    "menu": "Place in the main menu. Left out: not in the menu.",
    "nlu_trigger": "Intents that start the flow. One intent belongs to one flow.",
    "steps": "The first step is where the flow begins.",
}
STEP: Mapping[str, str] = {
    "id": "Snake case, unique in its flow.",
    "next": "A step id, END, or a list of {if, then} ended by {else}. Left out: the step below, or END after the last.",
    "collect": "Asks for this slot and waits for an answer.",
    "set_slots": "Sets slots: a list of slot: value. null forgets an answer.",
    "call": "Runs another flow and comes back to next.",
    "link": "Goes to another flow and does not come back. It has no next.",
    "action": "One of the engine's actions.",
    "noop": "Does nothing but branch.",
    "say": f"Says this text. {PLACEHOLDERS}",
    "steps_card": "Shows this card, after what say says.",
    "refer": "Refers to this partner.",
    "follow_up": "Starts this follow-up.",
    "ask": f"The question, at most {QUESTION} characters. {PLACEHOLDERS}",
    "ask_again": "The question in other words, after an answer that was not understood.",
    "why": "Why it is asked: shown on «ayuda» and «¿por qué?».",
    "options": f"The answers of a category slot. At most {PAGE} are shown at once; more are paged.",
    "ask_before_filling": "Ask even if the slot is already known. Left out: what is known is not asked again.",
    "optional": "The person may go on without answering («Prefiero no decir»): the slot then stays empty.",
    "rejections": "Answers that are understood but cannot be, and what is said then.",
}
OPTION: Mapping[str, str] = {
    "value": "What conditions compare with.",
    "label": f"At most {MENU_LABEL} characters; at most 20 where the step shows three options or fewer.",
    "description": f"More about it, at most {ROW_DESCRIPTION} characters.",
    "synonyms": "What people write instead: many, lower case; accents do not matter.",
    "hidden": "Understood when it is written, but has no button.",
    "urgent": "Signs of an emergency, in a flow's first question: a message that opens it with one is this answer.",
}
BRANCH: Mapping[str, str] = {
    "if": 'slots.name, today, "text", numbers, true, false, null, lists; == != < <= > >= in, not in; and or not; '
    "is null, is not null; today - 60 (days).",
    "then": "The step to go to.",
    "else": "The step to go to where no condition held. Stands last.",
}
REJECTION: Mapping[str, str] = {"if": BRANCH["if"], "say": "What is said before the question is asked again."}
CARD: Mapping[str, str] = {
    "title": "Title of the card.",
    "what": "What it is.",
    "who": "For whom.",
    "where": "Where to go, with the official place.",
    "cost": "What it costs: a fact, never a typed number.",
    "time": "How long it takes.",
    "refused": "What to do if they say no.",
    "bring": "What to bring.",
    "steps": "What to do, in order.",
    "note": "One more line.",
    "facts": "Facts that back the card and are not placeholders in it.",
}
FOLLOW_UP: Mapping[str, str] = {"after_days": "Days until it is asked.", "flow": "The flow that asks."}
PARTNER: Mapping[str, str] = {
    "name": "As in «también te orienta …»: with its article where it has one.",
    "url_fact": "The fact whose place to confirm is the institution's address.",
}
PLAN_RULE: Mapping[str, str] = {
    "if": BRANCH["if"],
    "opportunity": "What the person has in their favour.",
    "barrier": "What is in their way.",
    "step": "What to do, as a sentence that begins with a verb.",
    "step_after": "What to do once the route was walked. Left out: the step is done then.",
    "priority": "From 1 to 100; the three highest are the next steps.",
    "in_days": "Days from today within which to do it; the date moves on to a working day.",
    "flow": "The route that helps, opened by a tap.",
    "word": "What to write where nothing can be tapped; it opens the route too.",
    "cards": "Cards that, once shown, count as the route walked.",
    "goals": "Values of main_goal for which the rule comes earlier.",
    "discreet": "Opportunity and barrier are said in the chat and not printed: the page may be found by somebody else.",
}

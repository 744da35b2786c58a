"""At every step of every flow: it is reached, it ends, and whatever a person does there, they can go on.

The flows of this repository are walked once (``explore.py``); then each question is met with everything else that
people do: global words in five languages, nonsense, another topic, danger, an old button, going back, correcting.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.flows import phrases
from bot.flows.asking import options_of
from bot.flows.events import CaseOpened, DataWanted, EraseWanted, FollowUpWanted
from bot.flows.model import Slot, Value
from bot.flows.taps import option_payload
from bot.flows.turn import Danger
from tests.flows.explore import Map, Place, answers, explored, fault_of
from tests.flows.harness import Talk, real_flows, steps_of

LANGUAGES = ("es", "en", "fr", "pt", "ht")
NONSENSE = ("xqztv wpfk", "lorfm ipzum dolxr")
MOST_ANSWERS = 25


@pytest.fixture(scope="module")
def walked() -> Map:
    return explored()


@pytest.fixture(scope="module")
def questions(walked: Map) -> dict[str, Place]:
    return walked.questions()


def no(faults: list[str]) -> None:
    """Fail with every fault, each with the way that leads to it."""
    if faults:
        shown = "\n".join(" / ".join(fault.split("\n"))[:400] for fault in faults[:25])
        pytest.fail(f"{len(faults)} faults, the first of them:\n{shown}", pytrace=False)


def test_every_step_of_every_flow_is_reached(walked: Map) -> None:
    steps = set().union(*(steps_of(flow) for flow in real_flows().flows.values()))
    print(f"step coverage: {len(steps & walked.reached)} of {len(steps)} in {len(walked.places)} places")
    assert sorted("/".join(step) for step in steps - walked.reached) == []


def test_every_answer_gets_a_reply_and_a_question_or_an_end(walked: Map) -> None:
    no(walked.faults)


def test_every_way_can_end(walked: Map) -> None:
    no(walked.endless())


def test_every_question_of_every_flow_was_met(questions: dict[str, Place]) -> None:
    asked = {f"{flow.id}/{step.id}" for flow in real_flows().flows.values() for step, _ in flow.collects()}
    assert asked - set(questions) == set()


# Global words.


def held(talk: Talk) -> dict[str, Value]:
    """Every answer, those that wait to be taken over too."""
    return {**talk.state.replay, **talk.state.slots}


def same_question(talk: Talk, before: Talk) -> str:
    """A fault where the person is not at the question they were at, with all their answers."""
    if talk.at != before.at:
        return f"now at {talk.at or 'nothing'}"
    lost = {name: value for name, value in held(before).items() if held(talk).get(name) != value}
    return f"lost {lost}" if lost else fault_of(talk)


def menu(talk: Talk, before: Talk) -> str:
    if phrases.MENU not in talk.text:
        return "no menu"
    talk.tap(phrases.RESUME_BUTTON)
    return same_question(talk, before)


def help_me(talk: Talk, before: Talk) -> str:
    if "¿Por qué te lo pregunto?" not in talk.text:
        return "no reason is given"
    return same_question(talk, before)


def summary(talk: Talk, before: Talk) -> str:
    sensitive = phrases.SUMMARY_SENSITIVE.split("«")[0]
    if not any(phrase in talk.text for phrase in (phrases.SUMMARY, phrases.SUMMARY_EMPTY, sensitive)):
        return "no summary"
    return same_question(talk, before)


def person(talk: Talk, before: Talk) -> str:
    if not talk.of(CaseOpened) and phrases.HANDOFF_ALREADY not in talk.text:
        return "no case"
    return same_question(talk, before)


def language(talk: Talk, before: Talk) -> str:
    if talk.at != "language/choose":
        return f"at {talk.at}"
    if before.at != "language/choose":
        talk.tap("Español")
    return same_question(talk, before)


def later(talk: Talk, before: Talk) -> str:
    if talk.at != "later/when":
        return f"at {talk.at}"
    if before.at == "later/when":
        return same_question(talk, before)
    talk.tap("No hace falta")
    if not talk.state.paused:
        return "no pause"
    return come_back(talk, before)


def stop(talk: Talk, before: Talk) -> str:
    if talk.at != "stop/sure":
        return f"at {talk.at}"
    if before.at != "stop/sure":
        talk.tap("No, sigamos")
    return same_question(talk, before)


def my_data(talk: Talk, before: Talk) -> str:
    return same_question(talk, before) if talk.of(DataWanted) else "no data"


def erase(talk: Talk, before: Talk) -> str:
    if talk.at != "erase/sure":
        return f"at {talk.at}"
    gone = talk.fork()
    gone.tap("Sí, bórralo todo")
    if not gone.of(EraseWanted) or held(gone) or gone.state.stack or gone.state.trail or gone.state.cards:
        return "not all is erased"
    if before.at != "erase/sure":
        talk.tap("No, sigamos")
    return same_question(talk, before)


def leave(talk: Talk, before: Talk) -> str:
    if talk.text != phrases.EXIT or talk.said[0].kind != "exit":
        return f"says {talk.text}"
    if before.state.consent != "given":
        return "something is kept without consent" if held(talk) or talk.state.stack or talk.state.trail else ""
    return come_back(talk, before)


def back(talk: Talk, before: Talk) -> str:
    """The question before, out of a side talk to the question below it, or a clear word that there is none."""
    if phrases.AT_THE_START in talk.text:
        return same_question(talk, before)
    below = [f"{frame.flow}/{frame.step}" for frame in before.state.stack[:-1]]
    if talk.at in below:
        return fault_of(talk)
    if phrases.WENT_BACK not in talk.text:
        return f"says {talk.text}"
    mark = before.state.trail[-1]
    return "" if talk.at == f"{mark.flow}/{mark.step}" else f"at {talk.at}"


def change(talk: Talk, before: Talk) -> str:
    if phrases.NOTHING_TO_CHANGE in talk.text:
        return same_question(talk, before)
    if phrases.CHANGE_WHAT not in talk.text:
        return f"says {talk.text}"
    if held(talk) != held(before):
        return "an answer is lost"
    chosen = talk.fork()
    chosen.tap(1)
    if phrases.CHANGING_UNSAID not in chosen.text or fault_of(chosen):
        return f"says {chosen.text}"
    talk.tap(phrases.RESUME_BUTTON)
    return same_question(talk, before)


def come_back(talk: Talk, before: Talk) -> str:
    """After a pause somebody says hello, and goes on."""
    talk.say("hola", "meta_greet")
    if phrases.RESUME_BUTTON in talk.labels and talk.state.choice is not None:
        talk.tap(phrases.RESUME_BUTTON)
    return same_question(talk, before)


EXPECTED = {
    "menu": menu,
    "back": back,
    "change": change,
    "summary": summary,
    "help": help_me,
    "person": person,
    "language": language,
    "later": later,
    "stop": stop,
    "my_data": my_data,
    "erase": erase,
    "exit": leave,
}


@pytest.mark.parametrize("word", EXPECTED)
def test_a_global_word_works_at_every_question_and_the_person_can_go_on(word: str, questions: dict[str, Place]) -> None:
    faults = []
    for at, place in questions.items():
        for lang in LANGUAGES:
            form = real_flows().words.forms[lang][word][0]
            talk = place.talk.fork()
            try:
                talk.say(form)
                fault = ("" if talk.text.strip() else "nothing is said") or EXPECTED[word](talk, place.talk)
            except AssertionError as error:
                fault = str(error)
            if fault:
                faults.append(f"{at}, «{form}»: {fault}")
    no(faults)


# What else people do.


def test_nonsense_twice_offers_a_person(questions: dict[str, Place]) -> None:
    faults = []
    for at, place in questions.items():
        talk = place.talk.fork()
        for text in NONSENSE:
            talk.say(text)
        offered = any(button.label == phrases.PERSON_BUTTON for said in talk.said for button in said.buttons)
        slot = _slot_type(at)
        if at.startswith("consent/"):
            fault = "" if talk.state.consent == "refused" and fault_of(talk) == "" else "still asks for permission"
        elif slot == "text":
            fault = fault_of(talk)
        else:
            fault = same_question(talk, place.talk) or ("" if offered else "no person is offered")
        if fault:
            faults.append(f"{at}: {fault}")
    no(faults)


def test_nonsense_once_asks_again_in_other_words(questions: dict[str, Place]) -> None:
    faults = []
    for at, place in questions.items():
        flow, step = at.split("/")
        collect = real_flows().flows[flow].steps[step].collect
        assert collect is not None
        talk = place.talk.fork()
        talk.say(NONSENSE[0])
        again = (collect.ask_again or collect.ask)[:20]
        if _slot_type(at) != "text" and (again not in talk.text or phrases.NOT_UNDERSTOOD not in talk.text):
            faults.append(f"{at}: {talk.text}")
    no(faults)


def test_another_topic_is_followed_and_leads_back_with_a_recap(questions: dict[str, Place]) -> None:
    faults = []
    for at, place in questions.items():
        for intent in _topics(place.talk):
            fault = _digress(place.talk.fork(), place.talk, intent)
            if fault:
                faults.append(f"{at}, {intent}: {fault}")
    no(faults)


def _open_slot(talk: Talk) -> Slot:
    frame = talk.state.stack[-1]
    collect = real_flows().flows[frame.flow].steps[frame.step].collect
    assert collect is not None
    return real_flows().slots[collect.slot]


def _topics(talk: Talk) -> Iterator[str]:
    running = {frame.flow for frame in talk.state.stack}
    for flow in real_flows().flows.values():
        if flow.kind in ("route", "answer") and flow.id not in running:
            yield from flow.intents[:1]


def _digress(talk: Talk, before: Talk, intent: str) -> str:
    kind = real_flows().flows[before.state.stack[-1].flow].kind
    # Where any text is an answer, only a question is known to be about something else.
    free = _open_slot(before).type == "text"
    talk.say("¿cómo pregunto otra cosa distinta?" if free else "quiero preguntar otra cosa distinta", intent)
    if kind == "crisis":
        return same_question(talk, before)
    if before.at.startswith("consent/"):
        return same_question(talk, before) or ("" if phrases.AFTER_CONSENT in talk.text else "the topic is ignored")
    waits = before.at if kind != "system" else ""
    for _ in range(MOST_ANSWERS):
        if fault_of(talk) or not talk.at:
            break
        if talk.at == waits and len(talk.state.stack) == len(before.state.stack):
            recap = "Volvamos a «" in talk.text
            return same_question(talk, before) if recap else "no recap"
        _answer_last(talk)
    if waits:
        return f"no way back: {talk.at or talk.text}"
    return "" if not talk.at or fault_of(talk) == "" else fault_of(talk)


def _answer_last(talk: Talk) -> None:
    """The last answer that the open question takes: no answer at all where it is optional."""
    list(answers(talk))[-1][1](talk)


@pytest.mark.parametrize("kind", ["violence", "suicide", "trafficking", "child_risk"])
def test_danger_comes_first_at_every_question_and_there_is_a_way_back(kind: str, questions: dict[str, Place]) -> None:
    faults = []
    for at, place in questions.items():
        talk = place.talk.fork()
        said = talk.say("me van a matar por favor ayuda", danger=kind)
        urgent = [event for event in talk.of(CaseOpened) if isinstance(event, CaseOpened) and event.urgent]
        if said[0].kind != "crisis" or "123" not in said[0].text or not urgent:
            faults.append(f"{at}: {talk.text}")
            continue
        talk.tap("Sigamos la guía")
        fault = fault_of(talk) if _in_crisis(place.talk) else same_question(talk, place.talk)
        if fault:
            faults.append(f"{at}, on the way back: {fault}")
    no(faults)


def test_a_doubt_about_danger_asks_softly_and_leads_back(questions: dict[str, Place]) -> None:
    faults = []
    for at, place in questions.items():
        talk = place.talk.fork()
        talk.say("ya no aguanto nada de esto", danger=Danger("violence", "unsure"))
        if _in_crisis(place.talk):
            fault = fault_of(talk)
        elif talk.at != "crisis_check/danger" or talk.of(CaseOpened):
            fault = f"at {talk.at}"
        else:
            talk.tap("No, sigamos")
            fault = same_question(talk, place.talk)
        if fault:
            faults.append(f"{at}: {fault}")
    no(faults)


def _in_crisis(talk: Talk) -> bool:
    return real_flows().flows[talk.state.stack[-1].flow].kind == "crisis"


def test_an_old_button_gets_a_clear_word_and_the_same_question(questions: dict[str, Place]) -> None:
    release = real_flows().fingerprint
    faults = []
    for at, place in questions.items():
        flow, step = at.split("/")
        old = (
            option_payload(release, "another", "step", 0),
            option_payload("0ldre1ease", flow, step, 0),
            option_payload(release, flow, step, 99),
            "r|no_such_flow",
            "c|no_such_slot",
            "nonsense",
        )
        for payload in old:
            talk = place.talk.fork()
            talk.tap_payload(payload)
            fault = same_question(talk, place.talk) or ("" if phrases.STALE_TAP in talk.text else "no word about it")
            if fault:
                faults.append(f"{at}, {payload}: {fault}")
    no(faults)


def test_media_and_edits_are_answered_and_the_question_stands(questions: dict[str, Place]) -> None:
    faults = []
    for at, place in questions.items():
        for kind in (*phrases.MEDIA, "something_new"):
            talk = place.talk.fork()
            talk.media(kind)
            word = phrases.MEDIA.get(kind, phrases.MEDIA_OTHER)
            fault = same_question(talk, place.talk) or ("" if word in talk.text else f"says {talk.text}")
            if fault:
                faults.append(f"{at}, {kind}: {fault}")
        talk = place.talk.fork()
        talk.edit("otra cosa")
        fault = same_question(talk, place.talk) or ("" if "Vi que cambiaste" in talk.text else f"says {talk.text}")
        if fault:
            faults.append(f"{at}, edited: {fault}")
    no(faults)


# Going back and correcting, at every place and not only at every question.


def test_back_and_the_same_answer_lead_to_the_same_place(walked: Map) -> None:
    faults = []
    for place in walked.places.values():
        if not place.talk.state.trail or place.talk.state.paused or "back" in _no_way_back(place.talk):
            continue
        mark = place.talk.state.trail[-1]
        answer = next((e.value for e in place.talk.events if getattr(e, "slot", "") == mark.slot), None)
        talk = place.talk.fork()
        talk.say("atrás")
        if talk.at != f"{mark.flow}/{mark.step}" or answer is None:
            continue
        _give(talk, answer, place.path[-1])
        if talk.at != place.talk.at or held(talk) != held(place.talk) or talk.said[-1].text != place.talk.said[-1].text:
            faults.append(f"{' > '.join(place.path)}: now at {talk.at or talk.said[-1].text}")
    no(faults)


def _no_way_back(talk: Talk) -> str:
    return "" if talk.state.stack or talk.state.trail else "back"


def _give(talk: Talk, value: Value, typed: str) -> None:
    """Answer with the option of a value, or with what was typed."""
    frame = talk.state.stack[-1]
    collect = real_flows().flows[frame.flow].steps[frame.step].collect
    assert collect is not None
    options = options_of(real_flows().slots[collect.slot], collect)
    if not options:
        talk.say(typed)
        return
    index = next(index for index, option in enumerate(options) if option.value == value)
    talk.tap_payload(option_payload(real_flows().fingerprint, frame.flow, frame.step, index))


def test_every_answer_can_be_corrected_from_every_question(questions: dict[str, Place]) -> None:
    faults = []
    for at, place in questions.items():
        talk = place.talk.fork()
        talk.say("cambiar")
        for number, label in enumerate(talk.labels, start=1):
            if label == phrases.RESUME_BUTTON or phrases.CHANGE_WHAT not in talk.text:
                continue
            changed = talk.fork()
            slot = changed.buttons[number - 1].payload.removeprefix("c|")
            changed.tap(number)
            flow, step = changed.at.split("/")
            collect = real_flows().flows[flow].steps[step].collect
            if collect is None or collect.slot != slot or slot in changed.state.slots:
                faults.append(f"{at}, {label}: at {changed.at}")
                continue
            _answer_last(changed)
            if fault_of(changed):
                faults.append(f"{at}, {label}: {fault_of(changed)}")
    no(faults)


def test_nothing_is_scheduled_without_consent(walked: Map) -> None:
    faults = [
        " > ".join(place.path)
        for place in walked.places.values()
        if place.talk.state.consent != "given" and place.talk.of(FollowUpWanted)
    ]
    no(faults)


def _slot_type(at: str) -> str:
    flow, step = at.split("/")
    collect = real_flows().flows[flow].steps[step].collect
    assert collect is not None
    return real_flows().slots[collect.slot].type

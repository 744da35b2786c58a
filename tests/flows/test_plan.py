"""The plan of invented people: what they have, what is in the way, what to do by when; and how it changes with them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.conditions import parse_condition
from bot.flows.events import DocumentMade
from bot.flows.model import Place, PlanRule, Value
from bot.flows.plan import NEXT_STEPS, Plan, make_plan
from bot.flows.plan.workdays import easter, is_workday, workday_from
from tests.flows.harness import CONSENTED, TODAY, Talk, real_flows, real_world

RULES = real_flows().plan


def plan(finished: Collection[str] = (), cards: Collection[str] = (), today: date = TODAY, **slots: Value) -> Plan:
    return make_plan(RULES.values(), slots, finished, cards, today)


def steps(made: Plan) -> list[str]:
    return [step.rule for step in made.steps]


def said(reasons: Collection[object]) -> str:
    return " ".join(getattr(reason, "text", "") for reason in reasons)


MOTHER: dict[str, Value] = {
    "nationality": "venezuela", "colombian_document": "none", "plan_children": "out_of_school",
    "health_insurance": "none", "account": "none", "work_situation": "informal", "main_goal": "family",
    "education_level": "some_secondary",
}  # fmt: skip
NURSE: dict[str, Value] = {
    "nationality": "venezuela", "colombian_document": "ppt", "education_level": "university", "main_goal": "title",
    "work_situation": "unemployed", "health_insurance": "subsidized", "account": "wallet", "plan_children": "none",
}  # fmt: skip
RETURNEE: dict[str, Value] = {
    "nationality": "colombia", "time_in_colombia": "under_1", "health_insurance": "none", "main_goal": "home",
    "work_situation": "informal", "account": "none", "education_level": "secondary",
}  # fmt: skip
YOUTH: dict[str, Value] = {
    "time_in_colombia": "born_here", "age": 19, "education_level": "some_secondary", "work_situation": "unemployed",
    "main_goal": "work", "health_insurance": "subsidized", "account": "wallet",
}  # fmt: skip


def test_a_mother_without_papers_puts_the_child_s_school_first_and_is_sent_to_no_office() -> None:
    made = plan(**MOTHER)
    assert steps(made) == ["children_no_school", "papers_none", "health_none_no_papers"]
    assert "no va al colegio" in said(made.barriers)
    assert "Sin permiso también tengo urgencias" in said(made.opportunities)
    assert not any(word in said(made.steps) for word in ("Migración", "consulado"))


def test_a_nurse_with_a_ppt_gets_her_title_and_work() -> None:
    made = plan(**NURSE)
    assert set(steps(made)) >= {"title_goal", "work_search"}
    assert "Mi PPT me deja trabajar" in said(made.opportunities)


def test_a_returnee_gets_eps_and_sisben_and_nothing_of_permits() -> None:
    made = plan(**RETURNEE)
    assert set(steps(made)) >= {"returned", "health_none_colombian"}
    assert not any(rule.startswith("papers") for rule in steps(made))


def test_a_young_neighbour_of_the_host_community_gets_school_work_and_no_papers() -> None:
    made = plan(**YOUTH)
    assert set(steps(made)) == {"school_some_young", "work_search", "lived_here"}


def test_an_order_of_expulsion_comes_before_everything_and_leads_to_a_lawyer() -> None:
    made = plan(**{**MOTHER, "colombian_document": "order"})
    first = made.steps[0]
    assert (first.rule, first.word, first.flow) == ("papers_order", "ayuda legal", "legal")
    assert "papers_none" not in steps(made)


def test_an_answer_that_changes_changes_the_plan() -> None:
    before, after = plan(**MOTHER), plan(**{**MOTHER, "plan_children": "in_school"})
    assert "children_no_school" in steps(before)
    assert "children_no_school" not in steps(after)
    assert "Los niños de mi casa van al colegio." in said(after.opportunities)


def test_the_goal_lifts_its_own_rules() -> None:
    free = {"work_situation": "unemployed", "education_level": "secondary", "colombian_document": "visa_ce"}
    business = plan(**free, main_goal="business", account="none")
    work = plan(**free, main_goal="work", account="none")
    assert "business_wish" in steps(business)
    assert "business_wish" not in steps(work)


def test_a_walked_route_gives_what_comes_after_it_or_nothing() -> None:
    lost: dict[str, Value] = {"nationality": "venezuela", "colombian_document": "ppt_lost"}
    assert plan(**lost).steps[0].text == "Pide otra vez tu PPT."
    assert plan(finished=["ppt_lost"], **lost).steps[0].text.startswith("Ve a la cita")
    assert plan(cards=["ppt_duplicate"], **lost).steps[0].text.startswith("Ve a la cita")
    assert "papers_unknown" in steps(plan())
    assert "papers_unknown" not in steps(plan(finished=["regularization"]))


def test_each_step_has_a_route_and_a_working_day_to_come() -> None:
    for person in (MOTHER, NURSE, RETURNEE, YOUTH):
        for step in plan(**person).steps:
            assert step.flow in real_flows().flows or step.word
            assert is_workday(step.by)
            assert step.by > TODAY


def test_dates_move_with_the_day_and_come_in_order() -> None:
    later = plan(today=date(2027, 3, 15), **MOTHER)
    assert [step.by for step in later.steps] == sorted(step.by for step in later.steps)
    assert min(step.by for step in later.steps) > date(2027, 3, 15)


def test_two_rules_of_one_route_are_one_step() -> None:
    rule = PlanRule(
        "a", parse_condition("slots.x is null"), "", "", "Haz a.", "", 50, 5, "r", "", (), (), False, Place("p.yml", 1)
    )
    other = PlanRule(
        "b", parse_condition("slots.x is null"), "", "", "Haz b.", "", 60, 9, "r", "", (), (), False, Place("p.yml", 9)
    )
    assert steps(make_plan([rule, other], {}, (), (), TODAY)) == ["b"]


def test_there_are_rules_enough_and_each_can_speak() -> None:
    assert len(RULES) >= 25
    assert sum(1 for rule in RULES.values() if rule.step) >= 25
    assert len({rule.flow or rule.word for rule in RULES.values() if rule.step}) >= 15


_VALUES = {
    name: st.sampled_from([None, *(option.value for option in real_flows().slots[name].options.values())])
    for name in sorted({name for rule in RULES.values() for name in rule.condition.slot_names()} - {"age"})
}


@given(st.fixed_dictionaries({**_VALUES, "age": st.one_of(st.none(), st.integers(0, 99))}))
def test_every_person_gets_at_most_three_steps_that_fit_together(slots: dict[str, Value]) -> None:
    made = plan(**slots)
    assert len(made.steps) <= NEXT_STEPS
    routes = [step.flow or step.word for step in made.steps]
    assert len(set(routes)) == len(routes)
    told = [reason.text for reason in (*made.opportunities, *made.barriers)]
    assert len(set(told)) == len(told)
    if slots["colombian_document"] == "order":
        assert made.steps[0].rule == "papers_order"


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_a_working_day_is_never_far(day: date) -> None:
    found = workday_from(day)
    assert is_workday(found)
    assert found - day <= timedelta(days=5)


def test_holidays_are_those_of_colombia() -> None:
    # The list of 2026, https://www.festivos.com.co and Ley 51 de 1983.
    holidays = [
        (1, 1), (1, 12), (3, 23), (4, 2), (4, 3), (5, 1), (5, 18), (6, 8), (6, 15), (6, 29), (7, 20), (8, 7), (8, 17),
        (10, 12), (11, 2), (11, 16), (12, 8), (12, 25),
    ]  # fmt: skip
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    closed = [(day.month, day.day) for day in days if day.weekday() < 5 and not is_workday(day)]
    assert closed == holidays


@pytest.mark.parametrize(("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2038, (4, 25))])
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


# In a conversation


def told(**slots: Value) -> Talk:
    talk = Talk(real_world(), CONSENTED)
    talk.state = type(talk.state).from_json({**talk.state.to_json(), "slots": slots})
    return talk


def page_of(talk: Talk) -> DocumentMade:
    (page,) = talk.of(DocumentMade)
    assert isinstance(page, DocumentMade)
    return page


def test_who_is_known_gets_card_page_and_the_routes_to_open() -> None:
    talk = told(**NURSE)
    talk.say("cual es mi plan", "plan_mine")
    assert talk.said[0].text.startswith("📄 MI PLAN")
    assert page_of(talk).name == "mi-plan.pdf"
    assert talk.labels == ["Mi hoja de vida", "Título universitario", "Ver el menú"]
    talk.tap("Mi hoja de vida")
    assert talk.at == "cv/go_on"


def test_what_could_harm_is_said_and_not_printed() -> None:
    talk = told(**MOTHER)
    talk.say("mi plan", "plan_mine")
    assert "Todavía no tengo un permiso" in talk.text
    printed = " ".join(part.text for part in page_of(talk).page)
    assert "permiso" not in printed
    assert "Pide cupo" in printed


def test_no_step_tells_how_somebody_is_in_the_country() -> None:
    for rule in RULES.values():
        for text in (rule.step, rule.step_after):
            assert not any(
                word in text.lower() for word in ("sin papeles", "irregular", "expuls", "refugi", "orden de")
            )
        if "order" in rule.condition.source or '"none"' in rule.condition.source.split("colombian_document")[-1]:
            papers = rule.id.startswith("papers")
            assert rule.discreet or not papers or not (rule.barrier or rule.opportunity)


def test_the_summary_ends_with_the_next_steps() -> None:
    talk = told(**NURSE)
    talk.say("resumen")
    assert "Tus próximos pasos:" in talk.text
    assert "«hoja de vida»" in talk.text
    assert not talk.of(DocumentMade)


def test_who_is_not_known_at_all_sees_an_empty_summary_without_a_plan() -> None:
    talk = told()
    talk.say("resumen")
    assert "próximos pasos" not in talk.text


def test_the_cv_forgets_name_and_phone_and_prints_no_code() -> None:
    talk = told(education_level="secondary", municipality="44430")
    talk.say("una hoja de vida", "work_cv")
    talk.tap("Contarlo ahora")
    talk.say("dos años en cocina")
    talk.say("cocinar y atender")
    talk.tap("Sí")
    talk.say("Inventada de Prueba")
    talk.tap("Sí")
    talk.say("300 123 4567")
    assert "Inventada de Prueba" in talk.said[0].text
    assert talk.said[0].kind == "private_card"
    page = page_of(talk)
    assert page.opens == ""
    assert page.name == "hoja-de-vida.pdf"
    assert [part.text for part in page.page][:2] == ["Inventada de Prueba", "Contacto: +57 300 1234567"]
    assert "Inventada" not in str(talk.state.to_json())
    assert "1234567" not in str(talk.state.to_json())


def test_a_cv_of_somebody_who_told_nothing_is_not_an_empty_sheet() -> None:
    talk = told()
    talk.say("hoja de vida", "work_cv")
    talk.tap("Hacerla así")
    talk.tap("No")
    talk.tap("No")
    assert "Todavía no sé nada de ti" in talk.text
    assert not talk.of(DocumentMade)


def test_the_profile_s_slots_stand_on_the_cv_once_they_exist() -> None:
    from bot.flows.cv import cv_sections
    from bot.flows.render import Renderer
    from tests.flows.harness import small_world

    world = small_world("""
slots:
  occupation: {type: text, label: oficio}
  occupation_years: {type: number, label: años de experiencia}
  other_occupation: {type: text, label: otro oficio}
flows: {}
""")
    slots: dict[str, Value] = {"occupation": "cocinera", "occupation_years": 3, "other_occupation": "atender\ngente"}
    made = cv_sections(world.flows, slots, Renderer(world, "es", slots))
    assert [(section.heading, section.lines) for section in made] == [
        ("Trabajo y experiencia", ("Cocinera", "Años de experiencia: 3")),
        ("Lo que sé hacer", ("Atender gente",)),
    ]

"""The document for a lawyer holds everything that the bot says, escaped, with every link leading somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

from markupsafe import escape

from bot.flows.turn import World
from bot.reports import content_report
from bot.reports.content import content_of
from tests.flows.harness import real_world, small_world
from tests.flows.writing import flow, flows

VOID = {"meta", "br", "link", "input", "img", "hr"}


class Page(HTMLParser):
    """Reads a page: ids, links, words, and tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if tag == "a" else []
        self.loaded += [str(values[name]) for name in ("src", "srcset", "data") if name in values]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@cache
def real() -> tuple[World, str]:
    world = real_world()
    return world, content_report(world)


def test_every_flow_step_option_branch_and_card_is_there() -> None:
    world, text = real()
    page = Page(text)
    for each in world.flows.flows.values():
        assert f"flow-{each.id}" in page.ids
        assert f"Revisión jurídica de «{each.name}»" in page.text
        for step in each.steps.values():
            assert f"{each.id}-{step.id}" in page.ids
            for option in step.collect.options if step.collect else ():
                assert escape(option.label) in text
    for card in world.flows.cards.values():
        assert f"card-{card.id}" in page.ids
    for fact in world.facts:
        assert f"fact-{fact.id}" in page.ids
        assert escape(fact.claim) in text


def test_every_link_inside_leads_somewhere_and_nothing_is_fetched() -> None:
    page = Page(real()[1])
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert all(link.startswith(("#", "https://")) for link in page.links)
    assert page.loaded == []
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "url(" not in real()[1]
    assert "@import" not in real()[1]
    assert page.open == []


def test_a_fact_stands_in_its_message_with_source_date_confidence_and_norm() -> None:
    world, text = real()
    fee = world.facts.get("ppt_duplicate_fee")
    assert f'<a class="fact" href="#fact-{fee.id}">{escape(fee.say)}</a>' in text
    view = next(fact for fact in content_of(world).facts if fact.id == fee.id)
    assert ("card-ppt_duplicate", "Guía: Duplicado del PPT") in view.used_in
    source = re.search(rf'<li><a href="#fact-{fee.id}">.*?</li>', text)
    assert source is not None
    for part in (view.source, view.seen, f"Confianza {view.confidence}", fee.norm):
        assert escape(part) in source[0]


def test_what_must_not_be_said_is_marked() -> None:
    world, _ = real()
    late = replace(world, today=world.today.replace(year=2029))
    views = {fact.id: fact for fact in content_of(late).facts}
    assert views["minimum_wage"].unusable == "no se dice: venció"
    assert all(fact.unusable for fact in content_of(world).facts if fact.confidence == "baja")


def test_texts_are_escaped() -> None:
    world = small_world(flows(flow("main", "\n      - {id: one, say: '<script>alert(1)</script> & \"más\"'}\n")))
    text = content_report(world)
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in text

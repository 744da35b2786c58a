"""The whole content as one HTML document, built from the data that the service itself loads."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.facts.wording import spanish_date
from bot.flows.turn import World
from bot.reports.content import Content, content_of, partial

TEMPLATES = Path(__file__).parent / "templates"


def content_report(world: World) -> str:
    """The document of a world, on its day. Every text is escaped; nothing is fetched from anywhere."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    content: Content = content_of(world)
    return environment.get_template("content.html.j2").render(
        content=content, day=spanish_date(partial(world.today)), release=world.flows.fingerprint
    )

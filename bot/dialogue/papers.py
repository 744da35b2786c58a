"""From a page that the engine wrote to the file that goes with its message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.documents import DocumentError, Page, Part, WrongLink, deep_link, make_pdf
from bot.flows.events import DocumentMade
from bot.messages import Attachment
from bot.storage.attachments import check
from bot.storage.errors import AttachmentRefused, AttachmentTooLarge

PDF = "application/pdf"

log = structlog.get_logger("amable.papers")


def attachment_of(document: DocumentMade, now: datetime, public_link: Callable[[], str]) -> Attachment | None:
    """The file, or None where it cannot be made: the person has the text already, and the turn must not fail for it."""
    try:
        link = _link(document, public_link())
        parts = tuple(Part(paragraph.style, paragraph.text) for paragraph in document.page)
        page = Page(document.title, document.language, parts, now, link, document.code_says)
        made = Attachment(document.name, PDF, make_pdf(page))
        check(made)
    except (DocumentError, AttachmentTooLarge, AttachmentRefused) as error:
        log.error("document_not_made", document=document.name, error=error.code)
        return None
    return made


def _link(document: DocumentMade, public_link: str) -> str:
    """What the page's code leads to; none where the operator's link is wrong: the page is worth having without."""
    if not document.opens:
        return ""
    try:
        return deep_link(public_link, document.opens)
    except WrongLink as error:
        log.error("document_without_code", document=document.name, error=error.code)
        return ""

"""What can go wrong with a page. No message holds anything of its text."""

from __future__ import annotations


class DocumentError(Exception):
    """Base. ``code`` is a short stable word for logs."""

    code = "document"


class DoesNotFit(DocumentError):
    """The text does not fit on one page, even in small letters."""

    code = "document_too_long"


class WrongLink(DocumentError):
    """The address of the chat is not one that a code may hold."""

    code = "wrong_link"

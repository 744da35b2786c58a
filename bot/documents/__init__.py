"""Pages that people keep: plain data in, a PDF of one page out. Knows nothing else of bot."""

from bot.documents.errors import DocumentError, DoesNotFit, WrongLink
from bot.documents.link import deep_link
from bot.documents.page import Page, Part
from bot.documents.pdf import make_pdf

__all__ = ["DocumentError", "DoesNotFit", "Page", "Part", "WrongLink", "deep_link", "make_pdf"]

"""The page and its files, read once, kept in memory plain and compressed: people pay for every kilobyte."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.ports import Gettext
from bot.channels.web.posted import MAX_TEXT
from bot.channels.web.settings import WebSettings
from bot.channels.web.texts import page_texts

HERE = Path(__file__).parent
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_SAYS_NOTHING = re.compile(r"^[ \t]*(?://.*|/\*.*\*/)?[ \t]*\n", re.MULTILINE)
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_FOREVER = "public, max-age=31536000, immutable"
_WORTH_COMPRESSING = 800  # bytes; below it, gzip's own header and a packet's size eat the gain


@dataclass(frozen=True, slots=True)
class Document:
    """Something to send, with its compressed twin."""

    body: bytes
    compressed: bytes
    media_type: str

    def response(self, request: Request, headers: Mapping[str, str] | None = None) -> Response:
        """The response, compressed where the browser can read that."""
        zipped = "gzip" in request.headers.get("accept-encoding", "") and len(self.compressed) < len(self.body)
        response = Response(self.compressed if zipped else self.body, media_type=self.media_type, headers=headers)
        response.headers["Vary"] = "Accept-Encoding"
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        return response


def document(body: bytes, media_type: str) -> Document:
    """Make a document; small ones are left as they are."""
    compressed = gzip.compress(body, mtime=0) if len(body) >= _WORTH_COMPRESSING else body
    return Document(body, compressed, media_type)


def lean(source: str) -> str:
    """A script or style sheet without indentation and without lines that are blank or only a comment.

    The files here keep to what that leaves intact: no text that runs over several lines, no comment that does.
    """
    return _INDENTATION.sub("", _SAYS_NOTHING.sub("", source))


class Assets:
    """The static files, under a path that holds their fingerprint: a browser keeps them until one of them changes."""

    def __init__(self, directory: Path = HERE / "static") -> None:
        paths = sorted(path for path in directory.iterdir() if path.suffix in MEDIA_TYPES)
        self._documents = {
            path.name: document(lean(path.read_text("utf-8")).encode(), MEDIA_TYPES[path.suffix]) for path in paths
        }
        digest = hashlib.sha256()
        for name, found in self._documents.items():
            digest.update(name.encode() + b"\0" + found.body)
        self.fingerprint = digest.hexdigest()[:12]

    @property
    def names(self) -> tuple[str, ...]:
        """The files' names, in alphabetical order."""
        return tuple(self._documents)

    def response(self, request: Request, fingerprint: str, name: str) -> Response | None:
        """A file, to be kept for good; None where there is none of that name and fingerprint."""
        found = self._documents.get(name) if fingerprint == self.fingerprint else None
        return found.response(request, {"Cache-Control": _FOREVER}) if found else None


def render_page(assets: Assets, language: str, gettext: Gettext, settings: WebSettings) -> Document:
    """The page in one language."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    texts = page_texts(gettext)
    page = environment.get_template("page.html").render(
        language=language,
        languages=[(code, settings.language_names.get(code, code)) for code in settings.languages],
        texts=texts,
        static=f"/chat/static/{assets.fingerprint}",
        scripts=[name for name in assets.names if name.endswith(".js")],
        max_text=MAX_TEXT,
        options={"texts": texts, "exit": settings.exit_url, "shortCodes": settings.short_codes},
    )
    return document(page.encode(), "text/html; charset=utf-8")

"""What is wrong with a text that is no YAML, in an editor's words instead of the parser's."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from bot.flows.errors import Fault
from bot.flows.model import Place

NOT_UTF8 = "\ufffd"
"""What stands in a text in place of bytes that are no UTF-8 (``errors="replace"``)."""
_RECURSION = "this is not YAML: blocks stand in blocks without an end"


class _Problem(NamedTuple):
    pattern: str
    """Found in the parser's context and problem; its one group, if any, fills ``{}``."""
    fault: str
    mend: str
    opened: bool = False
    """Whether the fault is shown where the parser began (the quote that was opened) and not where it gave up."""


_PROBLEMS = (
    _Problem(r"character '\\t'", "a tab stands here", "Indent with spaces, never with tabs"),
    _Problem(
        r"quoted scalar.*end of (?:stream|document)",
        "a quote is opened here and never closed",
        "Close it, or take it out",
        opened=True,
    ),
    _Problem(
        r"parsing a flow ",
        "a bracket is opened here and not closed well",
        "Close it, put commas between its parts, and quote texts that hold : , [ ] { or }",
        opened=True,
    ),
    _Problem(
        r"mapping values are not allowed",
        "a colon stands where none can",
        'Quote a text that holds a colon, as in say: "Sí: claro", or mend the indentation',
    ),
    _Problem(
        r"expected <block end>, but found '<scalar>'",
        "words stand after the end of a value",
        "Quote the whole text, or indent the lines that belong to it",
    ),
    _Problem(
        r"expected <block end>",
        "the line is indented unlike its neighbours",
        "Indent the fields of a block alike",
    ),
    _Problem(
        r"could not find expected ':'",
        "the line has no colon",
        "Write key: value, or indent it",
        opened=True,
    ),
    _Problem(
        r"undefined alias '(.*)'", "*{} is used, but there is no &{} before it", "Mend the name, or quote the text"
    ),
    _Problem(r"aliases make it too long", "the aliases repeat too much", "Write the parts out instead of * and &"),
    _Problem(r"half of a character", "\\u is followed by half of a character", "Write the character itself"),
    _Problem(r"another document", "a second document begins here", "Take --- out: a file holds one document"),
    _Problem(r"character '(.)' that cannot start", "a value cannot begin with {}", "Quote the text"),
    _Problem(r"constructor for the tag '(.*)'", "the tag {} is not known", "Take it out, or quote the text"),
)


def not_utf8(text: str, file: str) -> Fault | None:
    """The fault of a text that was read from bytes in another encoding, or None."""
    if NOT_UTF8 not in text:
        return None
    line = text[: text.index(NOT_UTF8)].count("\n") + 1
    fault = "a letter of this line is not UTF-8"
    return Fault("not_utf8", Place(file, line), "", fault, "Save the file as UTF-8 and write the letter anew")


def yaml_fault(error: yaml.YAMLError | RecursionError, text: str, file: str) -> Fault:
    """The fault that an error of PyYAML tells of."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text[: error.position].count("\n") + 1
        fault = "this is not YAML: the line holds a character that cannot be seen"
        return Fault("yaml", Place(file, line), "", fault, "Write the line anew")
    if not isinstance(error, yaml.MarkedYAMLError):
        return Fault("yaml", Place(file, 1), "", _RECURSION, "Look for an alias inside its own anchor")
    told = f"{error.context or ''} {error.problem or ''}".strip()
    mark, fault, mend = error.problem_mark, told, "Check the indentation, the colons and the quotes of this line"
    for problem in _PROBLEMS:
        found = re.search(problem.pattern, told)
        if found:
            fault = problem.fault.replace("{}", found[1] if found.re.groups else "")
            mend = problem.mend
            mark = error.context_mark if problem.opened and error.context_mark else mark
            break
    return Fault("yaml", Place(file, mark.line + 1 if mark else 1), "", f"this is not YAML: {fault}", mend)

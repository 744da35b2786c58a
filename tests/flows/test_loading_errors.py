"""An editor who writes a flow file wrongly is told the file, the line, the step, what is wrong and how to mend it.

Each file under ``broken/`` holds one kind of fault. Its first lines tell what it is and, after ``# expect:``, the exact
message. It is loaded beside ``good.yml``, whose names it may use.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows import broken_yaml, loading, source
from bot.flows.errors import FlowFileError
from bot.flows.loading import load_flows, load_release, load_texts, release_of
from bot.flows.loading.links import ACTIONS
from bot.flows.source import flow_texts

HERE = Path(__file__).parent
GOOD = ("flows/good.yml", (HERE / "good.yml").read_text(encoding="utf-8"))
BROKEN = dict(flow_texts(HERE / "broken"))
EXPECT = re.compile(r"^# expect: (.*)$", re.MULTILINE)


def faults_of(*texts: tuple[str, str]) -> list[str]:
    """The messages that loading gives, none where everything is well."""
    try:
        load_texts(texts)
    except FlowFileError as error:
        return str(error).split("\n")
    return []


@pytest.mark.parametrize("file", BROKEN)
def test_a_broken_file_is_told_exactly(file: str) -> None:
    expected = EXPECT.findall(BROKEN[file])
    assert expected, f"{file} tells no # expect:"
    assert faults_of(GOOD, (file, BROKEN[file])) == expected


def test_a_good_file_is_told_nothing() -> None:
    assert faults_of(GOOD) == []


def test_every_code_of_the_loader_has_a_broken_file() -> None:
    sources = [*Path(loading.__file__).parent.glob("*.py"), Path(source.__file__), Path(broken_yaml.__file__)]
    codes = {code for path in sources for code in _codes(ast.parse(path.read_text(encoding="utf-8")))}
    told = {
        code for text in BROKEN.values() for line in EXPECT.findall(text) for code in re.findall(r"\[(\w+)\]$", line)
    }
    assert codes == told


def _codes(tree: ast.AST) -> set[str]:
    """The codes that a module gives to faults: the first argument of ``Fault(…)`` and ``faults.add(…)``."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in ("add", "Fault") and isinstance(first, ast.Constant):
                found.add(str(first.value))
            elif name == "missing":
                found.add("missing_field")
            elif name == "known" and isinstance(first, ast.Constant):
                found.add("unknown_" + str(first.value))
        elif isinstance(node, ast.Tuple) and ast.unparse(node).startswith("('") and ", step." in ast.unparse(node):
            # The table of what a step names: ("card", step.card, self.cards).
            found.add(f"unknown_{ast.literal_eval(node.elts[0])}")
    return found


def test_an_unknown_action_is_told_every_action() -> None:
    (message,) = faults_of(GOOD, ("broken/unknown_action_far.yml", BROKEN["broken/unknown_action_far.yml"]))
    assert all(action in message for action in ACTIONS)


def test_faults_of_all_files_are_told_at_once_in_their_order() -> None:
    names = ["broken/unknown_card.yml", "broken/slot_no_type.yml", "broken/empty.yml"]
    told = faults_of(GOOD, *((name, BROKEN[name]) for name in names))
    assert [message.split(":")[0] for message in told] == sorted(names)


def test_a_fault_tells_its_parts() -> None:
    name = "broken/next_unknown_step.yml"
    with pytest.raises(FlowFileError) as caught:
        load_texts([GOOD, (name, BROKEN[name])])
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.file, fault.place.line, fault.where) == ("unknown_step", name, 11, "trip/hello")
    assert (fault.fault, fault.mend) == ("there is no step 'helo'", "Did you mean 'hello'?")


def test_broken_files_are_found_in_folders(tmp_path: Path) -> None:
    folder = tmp_path / "flows" / "cards"
    folder.mkdir(parents=True)
    (tmp_path / "flows" / "good.yml").write_text(GOOD[1], encoding="utf-8")
    (folder / "green.yml").write_bytes("version: 3\ncards: {}\n# Adiós\n".encode("latin-1"))
    with pytest.raises(FlowFileError, match=r"^flows/cards/green\.yml:3: a letter of this line is not UTF-8"):
        load_flows(tmp_path / "flows")


def test_a_release_loads_again_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "good.yml").write_text(GOOD[1], encoding="utf-8")
    flows = load_flows(folder)
    assert load_release(release_of(folder)) == flows


@pytest.mark.parametrize(
    ("written", "read"),
    [("12:30", "12:30"), ("010", "010"), ("1.50", "1.50"), ("yes", "yes"), ("2024-12-04", "2024-12-04"), ("7", "7")],
)
def test_a_text_is_said_as_it_is_written(written: str, read: str) -> None:
    """YAML 1.1 would make 750, 8, 1.5, True and a date of these."""
    flows = load_texts([(GOOD[0], GOOD[1].replace("say: Eso es todo.", f"say: {written}"))])
    assert flows.flows["office"].steps["bye"].say == read


def test_an_option_keeps_the_kind_of_its_value() -> None:
    text = GOOD[1].replace("value: letter", "value: 2").replace('["letter"]', "[2]").replace("value: none", "value: no")
    options = load_texts([(GOOD[0], text)]).slots["paper"].options
    assert [option.value for option in options.values()] == ["card", 2, "no"]


def test_what_people_write_may_look_like_a_number_or_a_truth() -> None:
    text = GOOD[1].replace("synonyms: [azul, carnet]", "synonyms: [true, no, 3, 1.50]")
    assert load_texts([(GOOD[0], text)]).slots["paper"].options["card"].synonyms == ("true", "no", "3", "1.50")


LINES = GOOD[1].splitlines()
SCRAPS = st.sampled_from(
    [
        "- x",
        "x: y",
        "{",
        "]",
        "null",
        "true",
        "3",
        "[a, b]",
        "{a: b}",
        "*a",
        "&a",
        "''",
        '"',
        "|",
        "next: []",
        "  -",
        "\t",
    ]
)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """The good file with a few lines lost, doubled, indented, cut off, or with a scrap in place of their value."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        how = draw(st.sampled_from(["lose", "double", "indent", "outdent", "cut", "value", "insert"]))
        line = lines[at]
        if how == "lose" and len(lines) > 1:
            del lines[at]
        elif how == "double":
            lines.insert(at, line)
        elif how == "indent":
            lines[at] = "  " + line
        elif how == "outdent":
            lines[at] = line.removeprefix("  ")
        elif how == "cut":
            lines[at] = line[: draw(st.integers(0, len(line)))]
        elif how == "value":
            lines[at] = f"{line.partition(':')[0]}: {draw(SCRAPS)}"
        else:
            lines.insert(at, draw(SCRAPS))
    return "\n".join(lines)


@settings(max_examples=150, deadline=None)
@given(mangled())
def test_a_mangled_file_loads_or_is_told_with_a_line_of_its_own(text: str) -> None:
    try:
        load_texts([("flows/mangled.yml", text)])
    except FlowFileError as error:
        last = text.count("\n") + 2
        for fault in error.faults:
            assert fault.place.file == "flows/mangled.yml"
            assert 1 <= fault.place.line <= last
            assert fault.fault
            assert fault.mend
            assert "Node(" not in str(fault)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_loads_or_is_told(text: str) -> None:
    faults_of(("flows/any.yml", text))

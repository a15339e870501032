"""What a row tells stands in its fields: no text of it is taken apart to learn something."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import tchat_desktop
from tchat_desktop.adapters import codec, hour_codec
from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Occasion, Question, Route
from tchat_desktop.domain.conversation import Post, asked_questions, asked_wordings, question_of
from tchat_desktop.domain.numbering import numbers_asked
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.run_items import question_in, question_key
from tchat_desktop.services.ports import ChatFile
from tests.domain.chats import START, a_chat
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

PACKAGE = Path(tchat_desktop.__file__).parent
READERS = {"domain/run_items.py", "adapters/hour_codec.py"}
"""Where the keys of documents and files are read: there they are the only names."""
ROOM_OF_X = "adapters/x/"
"""What X says is judged there; the `detail` read there is that of an error, not of a row."""
TEXTS = {"slot", "label", "detail", "said", "key"}
TAKE_APART = {
    "startswith", "endswith", "removeprefix", "removesuffix", "split", "rsplit", "partition",
    "rpartition", "strip", "lstrip", "rstrip", "lower", "find", "index", "replace", "isdecimal",
}  # fmt: skip


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts of rows and items that are named in a part of the code."""
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and one.attr in TEXTS:
            yield one.attr


def taken_apart(code: str) -> list[str]:
    """Where the code looks inside a text of a row, as "line: text"."""
    found = []
    for node in ast.walk(ast.parse(code)):
        inside: ast.AST | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if node.func.attr in TAKE_APART:
                inside = node.func.value
            elif is_re:
                inside = node
        elif isinstance(node, ast.Subscript):
            inside = node.value if isinstance(node.value, ast.Attribute) else None
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            right = node.comparators[0]
            inside = right if isinstance(right, ast.Attribute) else None
        elif isinstance(node, ast.Constant) and node.value == "q:":
            found.append(f'{node.lineno}: "q:"')
        # A sentence made of such texts is no longer one of them.
        if isinstance(inside, ast.expr) and not isinstance(inside, ast.JoinedStr):
            found += [f"{inside.lineno}: {text}" for text in _texts(inside)]
    return found


@pytest.mark.parametrize(
    "code",
    [
        'row.slot.rpartition(":")[2]',
        'row.label.removeprefix("@")',
        'row.detail.startswith("https://")',
        're.sub("^[0-9]", "", row.detail)',
        'key.startswith("q:")',
        'problem.key.startswith("x")',
        '":" in row.slot',
        "row.slot[2:]",
    ],
)
def test_such_readers_are_found(code: str) -> None:
    assert taken_apart(code)


def test_no_text_of_a_row_is_taken_apart() -> None:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        if name not in READERS and not name.startswith(ROOM_OF_X):
            found[name] = taken_apart(path.read_text(encoding="utf-8"))
    assert {name: places for name, places in found.items() if places} == {}


def test_a_key_gives_its_question_back_whatever_stands_in_the_id() -> None:
    for question_id in ("a", "a:b", "q:q:", ":", "é"):
        assert question_in(question_key(question_id)) == question_id
    assert question_in("welcome") == question_in("") == ""


# --- a question whose id has a colon ----------------------------------------------------------

CHAT = a_chat(questions=(Question("a:b", "Que dit la loi ?"), Question("b", "Et l’école ?")))


def sent(chat: Chat = CHAT) -> list[OutboxPost]:
    """The hour of that chat, all of it out."""
    sheet = run_sheet.build_run_sheet(chat, load_texts("fr"))
    rows = run_sheet.plan(chat, sheet, Occasion.LIVE, Route.ASSISTED, START)
    return [replace(row, state=PostState.SENT, remote_id=f"9{n}") for n, row in enumerate(rows)]


def test_it_is_known_as_asked() -> None:
    rows = sent()
    asked = asked_questions(CHAT, rows, NETWORK)
    assert [(one.question_id, one.number) for one in asked] == [("a:b", 1), ("b", 2)]
    assert asked_wordings(CHAT, rows)["a:b"] == "Que dit la loi ?"
    assert numbers_asked(CHAT, rows) == {"a:b": 1, "b": 2}
    answer = Post("7", "awa_ex", "Awa", "R1 Dix-huit ans", START)
    assert question_of(answer, CHAT, asked) == "a:b"
    assert [one.id for one in build_recap(CHAT, [], rows, NETWORK).sections] == [
        "a:b",
        "b",
    ]


def test_it_is_edited_and_moved_like_another() -> None:
    texts = load_texts("fr")
    key = question_key("a:b")
    assert run_sheet.with_minutes(CHAT, key, 9).questions[0].minutes == 9
    sheet = run_sheet.build_run_sheet(CHAT, texts)
    last = run_sheet.moved_to(CHAT, sheet, key, len(sheet.items))
    assert [one.id for one in last.questions] == ["b", "a:b"]


def test_it_is_known_as_asked_in_a_copy_too() -> None:
    file = ChatFile(CHAT, hour=tuple(sent()), hour_at=START)
    copy = codec.decode(codec.encode(file), from_outside=True)
    asked = asked_questions(copy.chat, copy.hour, NETWORK)
    ids = [question.id for question in copy.chat.questions]
    assert [(one.question_id, one.number) for one in asked] == [(ids[0], 1), (ids[1], 2)]


def test_a_label_of_a_file_is_a_number_or_nothing() -> None:
    [row] = sent()[3:4]
    for label, number in (("Q7", 7), ("Q0", None), ("Q" + "9" * 30, None), ("Question", None)):
        part = hour_codec.hour_part_of([row], START)
        part = replace(part, rows=(replace(part.rows[0], label=label),))
        [read] = hour_codec.read_rows(part, limited=True)
        assert (read.question_id, read.number) == ("a:b", number)

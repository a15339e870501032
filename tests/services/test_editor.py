from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.clean_text import clean_value
from tchat_desktop.services.editor import DEPTH, ChatEditor

CHAT = Chat(id="c")


class Editing(RuleBasedStateMachine):
    """An editor beside the plainest model of it: a list of snapshots and a place in it."""

    def __init__(self) -> None:
        super().__init__()
        self.editor = ChatEditor(CHAT)
        self.seen: list[Chat] = []
        self.editor.observe(self.seen.append)
        self.history = [CHAT]
        self.place = 0
        self.last_field = ""

    @rule(topic=st.text(max_size=2), field=st.sampled_from(["", "topic", "summary"]))
    def edit(self, topic: str, field: str) -> None:
        name = "summary" if field == "summary" else "topic"
        chat = replace(self.editor.chat, **{name: topic})
        self.editor.edit(chat, field)
        chat = clean_value(chat)
        if chat == self.history[self.place]:
            return
        del self.history[self.place + 1 :]
        if field and field == self.last_field and self.place:
            self.history[self.place] = chat
        else:
            self.history.append(chat)
            self.place += 1
        self.last_field = field

    @rule()
    @precondition(lambda self: self.place)
    def undo(self) -> None:
        self.editor.undo()
        self.place -= 1
        self.last_field = ""

    @rule()
    @precondition(lambda self: self.place < len(self.history) - 1)
    def redo(self) -> None:
        self.editor.redo()
        self.place += 1
        self.last_field = ""

    @invariant()
    def shows_the_snapshot_of_its_place(self) -> None:
        assert self.editor.chat == self.history[self.place]
        assert self.editor.can_undo == (self.place > 0)
        assert self.editor.can_redo == (self.place < len(self.history) - 1)

    @invariant()
    def observers_saw_it_last(self) -> None:
        assert not self.seen or self.seen[-1] == self.editor.chat


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=40)


def test_typing_in_a_field_undoes_as_one() -> None:
    editor = ChatEditor(CHAT)
    for text in ("M", "Ma", "Mar"):
        editor.edit(replace(CHAT, topic=text), "topic")
    editor.undo()
    assert editor.chat == CHAT
    editor.redo()
    assert editor.chat.topic == "Mar"


def test_an_edit_that_changes_nothing_is_none() -> None:
    editor = ChatEditor(CHAT)
    seen: list[Chat] = []
    editor.observe(seen.append)
    editor.edit(replace(CHAT))
    assert seen == []
    assert not editor.can_undo


def test_undo_and_redo_at_the_ends_do_nothing() -> None:
    editor = ChatEditor(CHAT)
    editor.undo()
    editor.redo()
    assert editor.chat == CHAT


def test_only_the_last_snapshots_are_kept() -> None:
    editor = ChatEditor(CHAT)
    for number in range(DEPTH + 10):
        editor.edit(replace(CHAT, topic=str(number)))
    for _ in range(DEPTH + 10):
        editor.undo()
    assert editor.chat.topic == "9"


def test_another_chat_is_refused() -> None:
    with pytest.raises(ValueError, match="another chat"):
        ChatEditor(CHAT).edit(Chat(id="d"))


def test_a_forgotten_observer_hears_no_more() -> None:
    editor = ChatEditor(CHAT)
    seen: list[Chat] = []
    observer = seen.append
    editor.observe(observer)
    editor.forget(observer)
    editor.edit(replace(CHAT, topic="a"))
    assert seen == []


def test_what_is_noted_is_no_edit_and_no_undo_takes_it_back() -> None:
    editor = ChatEditor(Chat(id="chat"))
    heard: list[Chat] = []
    editor.observe(heard.append)
    editor.note(to_thank=9)
    assert not editor.can_undo
    editor.edit(replace(editor.chat, topic="Une idée"))
    editor.note(to_thank=10)
    editor.note(to_thank=10)
    assert [one.to_thank for one in heard] == [9, 9, 10]
    editor.undo()
    assert (editor.chat.topic, editor.chat.to_thank) == ("", 10)
    editor.redo()
    assert (editor.chat.topic, editor.chat.to_thank) == ("Une idée", 10)

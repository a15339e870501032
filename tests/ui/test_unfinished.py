"""What is being typed in the hour is still there when the screens are built anew."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion, Route, has_agreed
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.models.unfinished import PastedPost
from tchat_desktop.ui.models.unsent import unfinished_of
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tchat_desktop.ui.pages.people.letter_panel import LetterKind
from tchat_desktop.ui.pages.people.page import PeoplePage
from tchat_desktop.ui.pages.people.person_card import PersonCard
from tests.ui import typing_child
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

QUESTION = Post(
    "1001", "pere_ex", "Un père", "Comment faire avec l’imam ?", datetime.now(UTC),
    url="https://x.com/pere_ex/status/1001",
)  # fmt: skip


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with running(qapp, tmp_path) as app:
        person = Person(app, qtbot)
        person.open_example()
        editor = person.session.editor
        soon = datetime.now(UTC) + timedelta(minutes=30)
        editor.edit(replace(editor.chat, route=Route.ASSISTED, starts_at=soon))
        person.session.start_live()
        person.workspace.open_step(StepId.HOUR)
        person.wait(lambda: board(person).next._post is not None)
        board(person).hour.add_by_hand(QUESTION)
        person.wait(lambda: board(person).feed.model.get(QUESTION.id) is not None)
        yield person


def board(me: Person) -> HourBoard:
    page = me.workspace.page(StepId.HOUR)
    assert isinstance(page, CockpitPage)
    assert page.board is not None
    return page.board


def person_card(me: Person, person_id: str) -> PersonCard:
    me.workspace.open_step(StepId.PEOPLE)
    page = me.workspace.page(StepId.PEOPLE)
    assert isinstance(page, PeoplePage)
    return page._cards[person_id]


def speak(me: Person) -> None:
    me.window.language_chosen.emit("en")


def darken(me: Person) -> None:
    theme.apply(theme.DARK)
    me.app._look.changed.emit()


def rebuilt(me: Person, act: Callable[[Person], None]) -> HourBoard:
    before = board(me)
    act(me)
    me.wait(lambda: board(me).next._post is not None)
    me.wait(lambda: board(me).feed.model.get(QUESTION.id) is not None)
    assert board(me) is not before
    return board(me)


@pytest.mark.parametrize("act", [speak, darken])
def test_a_reply_is_still_open_with_its_words(me: Person, act: Callable[[Person], None]) -> None:
    feed = board(me).feed
    feed._cards[QUESTION.id]._reply.click()
    feed.reply._edit.setPlainText("Parlez d’abord à la mère #")
    feed = rebuilt(me, act).feed
    me.wait(feed.reply.isVisible)
    assert feed.reply.feed is not None
    assert feed.reply.feed.post.id == QUESTION.id
    assert feed.reply._edit.toPlainText() == "Parlez d’abord à la mère #"


def test_a_reply_that_is_closed_keeps_its_words(me: Person) -> None:
    feed = board(me).feed
    feed._cards[QUESTION.id]._reply.click()
    feed.reply._edit.setPlainText("Parlez d’abord à la mère #")
    feed.reply.close_panel()
    feed = rebuilt(me, speak).feed
    assert not feed.reply.isVisible()
    feed._cards[QUESTION.id]._reply.click()
    assert feed.reply._edit.toPlainText() == "Parlez d’abord à la mère #"


def test_the_text_being_changed_is_still_being_changed(me: Person) -> None:
    following = board(me).next
    following._change.click()
    following.changing.edit.setPlainText("Bonsoir à toutes !")
    # Twice in a row, before the hour has told the second screen anything.
    me.window.rebuild()
    following = rebuilt(me, speak).next
    assert following.editing
    assert following.changing.edit.toPlainText() == "Bonsoir à toutes !"
    following.changing.save.click()
    outbox = me.app.data().outbox
    chat_id = me.session.editor.chat.id
    me.wait(lambda: outbox.rows(chat_id, Occasion.LIVE)[0].text == "Bonsoir à toutes !")


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_changed_by_hand_is_still_open(me: Person, kind: LetterKind) -> None:
    editor = me.session.editor
    guest = next(one for one in editor.chat.people if has_agreed(one))
    card = person_card(me, guest.id)
    card._write.click()
    assert card.letter is not None
    card.letter._kinds[kind].click()
    card.letter._body.setPlainText("Chère amie, voici.")
    me.window.rebuild()
    speak(me)
    card = person_card(me, guest.id)
    assert card.shows_letter
    assert card.letter is not None
    assert card.letter.kind is kind
    assert card.letter.letter.body == "Chère amie, voici."
    # What is proposed is still there to go back to.
    card.letter._on_restore()
    assert len(card.letter.letter.body) > 100


def test_a_change_given_up_does_not_come_back(me: Person) -> None:
    board(me).next._change.click()
    rebuilt(me, speak).next.changing.close_editor()
    assert not rebuilt(me, darken).next.editing


def test_filter_search_and_a_post_being_pasted_stay(me: Person) -> None:
    feed = board(me).feed
    feed.filters.button(FeedFilter.QUESTIONS).click()
    feed.search.setText("imam")
    feed.add.open_panel()
    feed.add._link.setText("https://x.com/prof/status/77")
    feed.add._author.setText("@prof")
    feed.add._text.setPlainText("R1 À l’école")
    feed = rebuilt(me, speak).feed
    assert feed.filters.chosen is FeedFilter.QUESTIONS
    assert feed.filters.button(FeedFilter.QUESTIONS).isChecked()
    assert feed.search.text() == "imam"
    assert feed.add.isVisible()
    assert (feed.add._link.text(), feed.add._author.text(), feed.add._text.toPlainText()) == (
        "https://x.com/prof/status/77",
        "@prof",
        "R1 À l’école",
    )


def test_what_is_typed_is_there_after_the_app_was_killed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.typing_child", str(tmp_path)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    chat_id = child.stdout.readline().strip()
    child.kill()
    child.communicate()
    assert chat_id
    with running(qapp, tmp_path) as app:
        person = Person(app, qtbot)
        person.window.go_back_to(chat_id, StepId.HOUR.value)
        person.wait(lambda: person.window.session is not None)
        person.session.start_live()
        person.workspace.open_step(StepId.HOUR)
        page = person.workspace.page(StepId.HOUR)
        assert isinstance(page, CockpitPage)
        person.wait(lambda: page.board is not None)
        feed = board(person).feed
        person.wait(feed.reply.isVisible)
        assert feed.reply._edit.toPlainText() == typing_child.REPLY
        assert feed.add.isVisible()
        assert feed.add._text.toPlainText() == typing_child.ADDED
        person.wait(lambda: board(person).next.editing)
        assert board(person).next.changing.edit.toPlainText() == "Bonsoir à toutes !"
        # What was sent, or given up, is forgotten.
        feed.reply._on_send()
        feed.add._on_close()
        board(person).next.changing.close_editor()
        person.wait(lambda: not app.data().unsent.texts(chat_id))


def test_what_the_disk_has_lost_a_part_of_is_given_back_without_it() -> None:
    kept = {"pasted:link": "https://x.com/awa_ex/status/1", "reply:1": "Merci", ":": "?", "": "?"}
    found = unfinished_of(kept)
    assert found.feed.pasted == PastedPost("https://x.com/awa_ex/status/1", "", "")
    assert found.feed.drafts == {"1": "Merci"}

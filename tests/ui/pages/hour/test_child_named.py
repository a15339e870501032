"""A text of ours that may name a child is told beside its button, and asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.named_children import reading, with_naming_meant
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.hour import waiting_room
from tchat_desktop.ui.pages.hour.mend_text import MendText
from tchat_desktop.ui.pages.shared import child_guard
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.wording.child_words import naming_words
from tchat_desktop.wording.i18n import _
from tests.fakes.texts import load_texts
from tests.ui.keyboard import press
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import LONG_ENOUGH, Cockpit, Seconds, settle
from tests.ui.pages.hour.test_guest_answer import opened, with_diop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Make = Callable[..., Cockpit]
NAMED = "Bravo à Aïcha, 14 ans #UnionsPrécoces"


def told() -> str:
    """The sentence beside the button."""
    return naming_words(["Aïcha, 14 ans"])


class Answer:
    """Stands for the dialog; says yes or no, and keeps which texts it asked about."""

    def __init__(self) -> None:
        self.yes = False
        self.asked: list[str] = []

    def __call__(
        self, _parent: QWidget, found: tuple[str, ...], text: str, publish: QPushButton
    ) -> bool:
        assert isinstance(publish, PublishButton)
        publish.deleteLater()
        assert found == ("Aïcha, 14 ans",)
        self.asked.append(text)
        return self.yes


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    made = Answer()
    monkeypatch.setattr(child_guard, "confirms_naming", made)
    return made


# --- the dialog ----------------------------------------------------------------------------


def test_enter_changes_the_text_and_publishing_is_a_press_that_is_meant(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seconds: Seconds
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    editor = ChatEditor(Chat("c"))
    guard = ChildGuard(editor)
    seen: list[str] = []

    def execute(box: QMessageBox) -> int:
        seen.append(box.informativeText())
        box.show()
        default = box.defaultButton()
        assert default.text() == _("Change it")
        assert box.escapeButton() is default
        [publish] = [one for one in box.buttons() if isinstance(one, PublishButton)]
        assert publish.text() == _("Publish anyway")
        if len(seen) == 1:
            QTest.keyClick(default, Qt.Key.Key_Return)
        else:
            seconds.runs = False
            publish.means("anew")
            press(publish, Qt.Key.Key_Return)
            assert box.clickedButton() is None, "it came too soon"
            seconds.at += LONG_ENOUGH
            press(publish, Qt.Key.Key_Return)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", execute)
    assert not guard.lets_leave(parent, NAMED)
    assert editor.chat.named_on_purpose == ()
    assert guard.lets_leave(parent, NAMED)
    assert editor.chat.named_on_purpose == (reading(NAMED),)
    assert guard.lets_leave(parent, NAMED), "it is not asked twice"
    assert not editor.can_undo
    assert len(seen) == 2
    assert _("“{text}”").format(text="Aïcha, 14 ans") in seen[0]
    assert NAMED in seen[0]


# --- where a text leaves -------------------------------------------------------------------


def replying(make_cockpit: Make) -> tuple[Cockpit, FakeHour]:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.say_posts(participant(1, "Bonsoir", hour.clock.at), participant(2, "Salut", hour.clock.at))
    settle()
    cockpit.board.feed._open_reply("1001", "")
    return cockpit, hour


def test_a_reply_is_asked_about_once(make_cockpit: Make, answer: Answer) -> None:
    cockpit, hour = replying(make_cockpit)
    panel = cockpit.board.feed.reply
    panel._edit.setPlainText(NAMED)
    assert panel._lacks.text() == told()
    panel._on_send()
    assert hour.asked == []
    assert panel._edit.toPlainText() == NAMED
    assert panel._edit.hasFocus()
    answer.yes = True
    panel._on_send()
    assert hour.asked == [("name_on_purpose", NAMED), ("reply", "1001", NAMED)]
    cockpit.board.feed._open_reply("1002", NAMED)
    assert panel._lacks.text() == ""
    panel._on_send()
    assert hour.asked[2:] == [("reply", "1002", NAMED)]
    assert answer.asked == [NAMED, NAMED]


def test_what_to_look_at_stands_right_below_the_button(make_cockpit: Make) -> None:
    cockpit, _hour = replying(make_cockpit)
    panel = cockpit.board.feed.reply
    panel._edit.setPlainText("Merci beaucoup")
    settle()
    assert "tag" in panel._lacks.text()
    assert panel._send.isEnabled(), "it is only told"
    gap = panel._lacks.y() - panel._send.geometry().bottom()
    assert 0 < gap < panel._send.height()
    panel._edit.setPlainText("Merci #UnionsPrécoces")
    settle()
    assert panel._lacks.isHidden()


def test_a_reply_says_when_it_speaks_of_ourselves_too_much(make_cockpit: Make) -> None:
    cockpit, hour = replying(make_cockpit)
    panel = cockpit.board.feed.reply
    for row in hour.rows:
        if row.state is PostState.SENT:
            hour.becomes(row.slot, PostState.SENT, text="Voix des filles vous invite")
    for slot in ("closing", "q:q5"):
        hour.becomes(slot, PostState.SENT, text="Voix des filles encore")
    hour.say_rows()
    settle()
    panel._edit.setPlainText("Voix des filles agit #UnionsPrécoces")
    assert "organisation" in panel._lacks.text()
    panel._edit.setPlainText("Vous agissez #UnionsPrécoces")
    assert panel._lacks.text() == ""


def test_a_guests_answer_is_asked_about(make_cockpit: Make, answer: Answer) -> None:
    card, hour = opened(make_cockpit, with_diop())
    card._edit.setPlainText("Bravo à Aïcha, 14 ans")
    assert card._lacks.text() == told()
    card._on_send()
    assert hour.asked == []
    assert card.is_open
    answer.yes = True
    card._on_send()
    assert [one[0] for one in hour.asked] == ["name_on_purpose", "answer_for"]
    assert hour.asked[0][1] == hour.asked[1][3] == answer.asked[0]


def named_next(make_cockpit: Make) -> tuple[Cockpit, FakeHour]:
    cockpit = make_cockpit()
    hour = cockpit.start()
    post = cockpit.board.view().pace.following
    assert post is not None
    hour.becomes(post.slot, PostState.PLANNED, text=NAMED)
    hour.say_rows()
    settle()
    return cockpit, hour


def test_the_next_post_says_so_before_its_time_and_is_asked_about(
    make_cockpit: Make, answer: Answer
) -> None:
    cockpit, hour = named_next(make_cockpit)
    card = cockpit.board.next
    assert card._named.text() == told()
    assert card._named.isVisible()
    card._send_now()
    assert hour.asked == []
    assert card.editing, "its text is there to be changed"
    assert card.changing._lacks.text() == told()
    answer.yes = True
    card.changing._on_save()
    assert [one[0] for one in hour.asked] == ["name_on_purpose", "edit_text"]
    assert not card.editing
    settle()
    card._send_now()
    assert hour.asked[-1][0] == "send_now"
    assert answer.asked == [NAMED, NAMED]


def test_in_a_rehearsal_the_next_post_says_so_too(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(Occasion.REHEARSAL)
    card = cockpit.board.next
    assert not card._named.isVisible()
    post = cockpit.board.view().pace.following
    assert post is not None
    hour.becomes(post.slot, PostState.PLANNED, text=NAMED)
    hour.say_rows()
    settle()
    assert card._named.isVisible()
    assert card._named.text() == told()


def test_a_post_that_waits_for_the_word_shows_its_text_and_both_ways(
    make_cockpit: Make, answer: Answer
) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.becomes("q:q2", PostState.FAILED, reason=Reason.NAMES_CHILD, text=NAMED)
    hour.say_rows()
    settle()
    [mend] = cockpit.board.check.findChildren(MendText)
    labels = {one.text() for one in cockpit.board.check.findChildren(QPushButton)}
    assert not {_("Use the browser"), _("Try again")} & labels
    assert mend.edit.toPlainText() == NAMED
    assert mend._lacks.text() == told()
    assert mend._publish.text() == _("Publish anyway")
    width = mend._publish.width()
    mend.edit.setPlainText("Bravo à une élève #UnionsPrécoces")
    settle()
    assert (mend._publish.text(), mend._publish.width()) == (_("Publish it so"), width)
    mend.edit.setPlainText(NAMED)
    mend._publish.click()
    row = hour.row("q:q2").id
    assert hour.asked == [
        ("name_on_purpose", NAMED),
        ("edit_text", row, NAMED),
        ("send_now", row),
    ]
    assert answer.asked == [], "what is said above the button is the question"


def test_published_early_it_is_asked_about(
    make_cockpit: Make, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_room, "confirms_early", lambda *_words: True)
    chat = run_sheet.with_item_text(full_chat(Route.KEYS), "welcome", NAMED, load_texts("fr"))
    cockpit = make_cockpit(chat)
    cockpit.wall.at = START - timedelta(days=3)
    cockpit.page.show_chat(chat)
    settle()
    steps: list[StepId] = []
    cockpit.page.step_wanted.connect(steps.append)
    room = cockpit.page._room
    room._on_early_wanted()
    assert cockpit.hours.hour(Occasion.LIVE) is None
    assert steps == [StepId.RUN_SHEET]
    answer.yes = True
    room._on_early_wanted()
    hour = cockpit.hours.hour(Occasion.LIVE)
    assert hour is not None
    assert hour.asked == [("publish_early", "welcome")]
    assert hour.chat == with_naming_meant(chat, NAMED)


def test_who_is_known_is_not_asked_about(make_cockpit: Make, answer: Answer) -> None:
    chat = full_chat(Route.KEYS)
    guest = replace(chat.people[0], name="Aïcha Sow")
    cockpit = make_cockpit(replace(chat, people=(guest,)))
    hour = cockpit.start()
    hour.say_posts(participant(1, "Bonsoir", hour.clock.at))
    settle()
    cockpit.board.feed._open_reply("1001", "")
    panel = cockpit.board.feed.reply
    text = "Merci à Aïcha, élève de tous les métiers #UnionsPrécoces"
    panel._edit.setPlainText(text)
    assert panel._lacks.text() == ""
    panel._on_send()
    assert hour.asked == [("reply", "1001", text)]
    assert answer.asked == []

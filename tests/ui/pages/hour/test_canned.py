"""Short replies are one key away, from the post and from the field of its reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tchat_desktop.domain.chat import Invitation, OwnText, Person
from tchat_desktop.domain.texts import CANNED
from tchat_desktop.ui.pages.hour.reply_panel import ReplyPanel
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
TAG = "#UnionsPrécoces"
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ANSWER = participant(1, f"R1 Chez nous, la loi existe. {TAG}", START, question_id="q1")
GRAVE = participant(2, f"Mon oncle me frappe tous les soirs {TAG}", START, confided=True)


def opened(make_cockpit: Make) -> tuple[Cockpit, FakeHour]:
    diop = Person(
        "d", name="M. Diop", no_account=True, invitation=Invitation.ACCEPTED,
        answers=(("q1", "Il faut des bourses."),),
    )  # fmt: skip
    chat = full_chat()
    cockpit = make_cockpit(replace(chat, people=(*chat.people, diop)))
    hour = cockpit.start()
    cockpit.page.activateWindow()
    hour.say_posts(ANSWER, GRAVE)
    settle()
    cockpit.board.feed.reveal()
    settle()
    return cockpit, hour


def answering(cockpit: Cockpit, post_id: str = ANSWER.post.id) -> ReplyPanel:
    cockpit.board.feed._cards[post_id].open_answer()
    settle()
    return cockpit.board.feed.reply


def test_a_figure_on_the_post_and_two_keys_thank(make_cockpit: Make) -> None:
    cockpit, hour = opened(make_cockpit)
    cockpit.board.feed._list.stand_on_first([ANSWER.post.id])
    settle()
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClick(at, Qt.Key.Key_1)
    settle()
    panel = cockpit.board.feed.reply
    assert panel.isVisible()
    QTest.keyClick(panel._edit, Qt.Key.Key_Return, CONTROL)
    assert hour.asked == [("reply", ANSWER.post.id, f"Merci @prof_ex\u00a0! {TAG}")]


def test_in_the_field_the_same_with_alt(make_cockpit: Make) -> None:
    cockpit, _hour = opened(make_cockpit)
    panel = answering(cockpit)
    QTest.keyClick(panel._edit, Qt.Key.Key_2, ALT)
    assert "préciser" in panel._edit.toPlainText()
    QTest.keyClick(panel._edit, Qt.Key.Key_1)
    assert "1" in panel._edit.toPlainText(), "a figure alone is typed"


def test_a_source_that_is_not_known_is_pasted_in_its_place(make_cockpit: Make) -> None:
    cockpit, hour = opened(make_cockpit)
    hour.say_posts(replace(ANSWER, question_id="q2"))
    settle()
    panel = answering(cockpit)
    panel.canned.use(2)
    assert not panel._send.isEnabled()
    panel._edit.insertPlainText("https://a.org/1")
    assert panel._edit.toPlainText() == f"La source\u00a0: https://a.org/1 {TAG}"
    assert panel._send.isEnabled()


def test_who_is_sent_to_private_messages_is_not_said_to_lack_the_tag(make_cockpit: Make) -> None:
    cockpit, _hour = opened(make_cockpit)
    panel = answering(cockpit)
    panel.canned.use(3)
    assert panel._lacks.text() == ""
    panel._edit.setPlainText("Autre chose.")
    assert panel._lacks.text() != ""


def test_a_confidence_has_none_of_them(make_cockpit: Make) -> None:
    cockpit, _hour = opened(make_cockpit)
    panel = answering(cockpit, GRAVE.post.id)
    assert not panel.canned.isVisible()
    assert not panel._mark.isVisible()
    before = panel._edit.toPlainText()
    QTest.keyClick(panel._edit, Qt.Key.Key_1, ALT)
    assert panel._edit.toPlainText() == before


def test_r1_is_offered_where_the_post_is_about_q1(make_cockpit: Make) -> None:
    cockpit, _hour = opened(make_cockpit)
    panel = answering(cockpit)
    assert panel._mark.text().strip() == "R1"
    panel._edit.setPlainText(f"Oui. {TAG}")
    panel._mark.click()
    assert panel._edit.toPlainText() == f"R1 Oui. {TAG}"
    panel._mark.click()
    assert panel._edit.toPlainText() == f"Oui. {TAG}"


def test_what_a_guest_prepared_is_offered_first(make_cockpit: Make) -> None:
    cockpit, _hour = opened(make_cockpit)
    panel = answering(cockpit)
    layout = panel._wholes.itemAt(0)
    assert layout is not None
    words = "Il faut des bourses."
    first = layout.widget()
    assert words in first.findChildren(type(cockpit.board.now._text))[0].text()


def test_texts_that_were_changed_are_there_at_once(make_cockpit: Make) -> None:
    cockpit, hour = opened(make_cockpit)
    panel = answering(cockpit)
    asked: list[str] = []

    def change(parent: object, key: str) -> QDialog:
        asked.append(key)
        return QDialog(cockpit.page)

    cockpit.page._change_texts = change
    panel.canned.change_wanted.emit()
    assert asked == [CANNED[0]]
    own = OwnText("fr", CANNED[0], "Un grand merci {name} {tag}")
    hour.chat = replace(hour.chat, own_texts=(own,))
    cockpit.page._on_texts_changed()
    panel.canned.use(0)
    assert panel._edit.toPlainText() == f"Un grand merci @prof_ex {TAG}"


def test_without_the_window_nothing_offers_to_change_them(make_cockpit: Make) -> None:
    cockpit, _hour = opened(make_cockpit)
    panel = answering(cockpit)
    assert not panel.canned._change.isVisible()

"""The line for a post of one's own: always there, with the tag, sent by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.ui.pages.hour.composer import Composer
from tchat_desktop.ui.pages.shared.hour_words import own_name, row_name
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import FakeHour, full_chat
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
TAG = "#UnionsPrécoces"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(make_cockpit: Make) -> tuple[Composer, FakeHour, Cockpit]:
    cockpit = make_cockpit()
    hour = cockpit.start()
    cockpit.page.activateWindow()
    settle()
    return cockpit.board.composer, hour, cockpit


Shown = tuple[Composer, FakeHour, Cockpit]


def test_two_keys_and_the_words_publish_a_post(shown: Shown) -> None:
    composer, hour, cockpit = shown
    QTest.keyClick(cockpit.page, Qt.Key.Key_E, CONTROL)
    settle()
    assert QApplication.focusWidget() is composer._edit
    QTest.keyClicks(composer._edit, "Une pause de deux minutes.")
    assert composer._edit.toPlainText() == f"Une pause de deux minutes. {TAG}"
    QTest.keyClick(composer._edit, Qt.Key.Key_Return, CONTROL)
    settle()
    assert hour.asked == [("write", f"Une pause de deux minutes. {TAG}")]
    assert not composer.is_open
    assert composer._edit.toPlainText() == ""


def test_it_is_one_line_until_it_is_pressed(shown: Shown) -> None:
    composer, _hour, _cockpit = shown
    assert composer.isVisible()
    line = composer.height()
    QTest.mouseClick(composer._edit.viewport(), Qt.MouseButton.LeftButton)
    settle()
    assert composer.is_open
    assert composer.height() > 2 * line
    QTest.keyClick(composer._edit, Qt.Key.Key_Escape)
    settle()
    assert composer.height() == line
    assert composer._edit.toPlainText() == "", "only the tag was in it"


def test_typing_opens_it_with_the_tag_behind(shown: Shown) -> None:
    composer, _hour, _cockpit = shown
    composer._edit.setFocus()
    assert not composer.is_open, "the Tab key walks past it"
    QTest.keyClicks(composer._edit, "Bonjour")
    assert composer.is_open
    assert composer._edit.toPlainText() == f"Bonjour {TAG}"


def test_leaving_it_moves_nothing(shown: Shown) -> None:
    composer, _hour, cockpit = shown
    composer.begin()
    settle()
    feed = cockpit.board.feed
    at = feed.mapToGlobal(QPoint(0, 0))
    feed.filters.button(feed.filters.chosen).setFocus()
    settle()
    assert feed.mapToGlobal(QPoint(0, 0)) == at


def test_the_tag_alone_is_no_post(shown: Shown) -> None:
    composer, hour, _cockpit = shown
    composer.begin()
    assert not composer._send.isEnabled()
    QTest.keyClick(composer._edit, Qt.Key.Key_Return, CONTROL)
    assert hour.asked == []


@pytest.mark.parametrize("text", ["x" * 281, "Voir [lien]"])
def test_what_cannot_stand_in_a_post_does_not_leave(shown: Shown, text: str) -> None:
    composer, hour, _cockpit = shown
    composer.begin()
    composer._edit.setPlainText(text)
    QTest.keyClick(composer._edit, Qt.Key.Key_Return, CONTROL)
    assert hour.asked == []


def test_the_same_words_do_not_leave_twice(shown: Shown) -> None:
    composer, hour, _cockpit = shown
    out = next(row for row in hour.rows if row.state is PostState.SENT)
    composer.begin()
    composer._edit.setPlainText(f"  {out.text.upper()} ")
    assert not composer._send.isEnabled()
    words = _("“{post}” says the same already: X may refuse a text that is the same.")
    assert composer._told.text() == words.format(post=row_name(out))


def test_a_forgotten_tag_is_told(shown: Shown) -> None:
    composer, _hour, _cockpit = shown
    composer.begin()
    composer._edit.setPlainText("Sans rien.")
    words = _("The tag is missing: those who follow it would not see this post.")
    assert words in composer._told.text()
    assert composer._send.isEnabled()

    tag = full_chat().hashtag
    typed = tag[:3] + tag[4:]
    composer._edit.setPlainText(f"Presque. #{typed}")
    told = _("#{typed} is not your tag: it is written #{tag}.").format(typed=typed, tag=tag)
    assert told in composer._told.text()
    assert words not in composer._told.text(), "one sentence says it"


def test_what_was_typed_goes_on_in_a_new_screen(shown: Shown) -> None:
    composer, _hour, cockpit = shown
    composer.begin()
    assert cockpit.board.unfinished().written == ""
    QTest.keyClicks(composer._edit, "Bientot")
    assert cockpit.board.unfinished().written == f"Bientot {TAG}"
    composer._on_send()
    cockpit.board.take_up(replace(cockpit.board.unfinished(), written=f"Bientot {TAG}"))
    assert composer.is_open


def test_a_rehearsal_that_is_over_publishes_nothing(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start(Occasion.REHEARSAL)
    composer = cockpit.board.composer
    composer.begin()
    composer._edit.setPlainText(f"Encore un mot {TAG}")
    assert composer._send.text().strip() == _("Publish in the rehearsal")
    hour.say_ended()
    settle()
    composer._show_text()
    assert not composer._send.isEnabled()
    assert composer._told.text() == _("The rehearsal is over: nothing is published any more.")
    assert composer.isVisible(), "nothing below moves up when the hour ends"


def test_a_chat_without_a_tag_writes_too(make_cockpit: Make) -> None:
    chat: Chat = replace(full_chat(), hashtag="")
    cockpit = make_cockpit(chat)
    hour = cockpit.start()
    composer = cockpit.board.composer
    composer.begin()
    composer._edit.setPlainText("Bonjour")
    composer._on_send()
    assert hour.asked == [("write", "Bonjour")]


def test_it_is_called_by_its_words_beside_others(make_cockpit: Make) -> None:
    hour = make_cockpit().start()
    row = replace(hour.planned[0], kind=PostKind.IMPROMPTU, text="Une pause")
    assert row_name(row) == _("Message of your own")
    assert "Une pause" in own_name(row)


def test_a_number_of_a_question_is_warned_of_with_a_way_out(shown: Shown) -> None:
    composer, hour, _cockpit = shown
    composer._edit.setFocus()
    QTest.keyClicks(composer._edit, "Q3 Que dire aux parents ?")
    settle()
    assert (
        _("Q{number} is the number of one of your questions: the answers would mix.").format(
            number=3
        )
        in composer._told.text()
    )
    assert composer._unnumber.isVisible()
    assert composer._unnumber.accessibleName() == _("Write it without Q{number}").format(number=3)
    assert composer._send.isEnabled(), "it is a warning"
    composer._unnumber.click()
    assert composer._edit.toPlainText() == f"Que dire aux parents ? {TAG}"
    assert QApplication.focusWidget() is composer._edit
    assert composer._unnumber.isHidden()
    composer._edit.undo()
    assert composer._edit.toPlainText().startswith("Q3 ")
    composer._edit.setPlainText("Q77 est un numéro libre")
    assert composer._unnumber.isHidden()
    assert hour.asked == []

"""Changing a post holds it, from the moment its editor opens until it is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.ui.pages.shared.hour_words import hour_of, row_name
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import FakeHour
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_cockpit import buttons, press

Make = Callable[..., Cockpit]


def said(widget: QWidget) -> str:
    """All the words on screen."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def changing(make_cockpit: Make) -> tuple[Cockpit, FakeHour, OutboxPost]:
    """An hour whose next post is being changed."""
    cockpit = make_cockpit()
    hour = cockpit.start()
    post = cockpit.board.view().pace.following
    assert post is not None
    cockpit.page.activateWindow()
    cockpit.board.next._change.click()
    settle()
    return cockpit, hour, post


def test_opening_the_editor_holds_the_post_and_says_so(
    changing: tuple[Cockpit, FakeHour, OutboxPost],
) -> None:
    cockpit, hour, post = changing
    assert hour.held == {post.id}
    words = _("{post}: it does not leave while you write.")
    assert words.format(post=row_name(post)) in said(cockpit.board.next)
    held = _("Next: {post}, being changed").partition("{post}")[2]
    assert cockpit.board.strip._next.accessibleName().endswith(held)


def test_at_its_time_it_is_still_there_and_the_editor_stays(
    changing: tuple[Cockpit, FakeHour, OutboxPost],
) -> None:
    cockpit, hour, post = changing
    cockpit.board.next.changing.edit.setPlainText("Autrement #UnionsPrécoces")
    hour.clock.at = post.due_at
    hour.say_rows()
    settle()
    card = cockpit.board.next
    assert card.editing
    assert card.changing.edit.toPlainText() == "Autrement #UnionsPrécoces"
    words = _("{post}: it leaves a minute after you finish, and the rest as much later.")
    assert words.format(post=row_name(post)) in said(card)


@pytest.mark.parametrize("way", ["escape", "cancel", "save"])
def test_whichever_way_it_is_closed_the_post_is_let_go(
    changing: tuple[Cockpit, FakeHour, OutboxPost], way: str
) -> None:
    cockpit, hour, post = changing
    card = cockpit.board.next
    card.changing.edit.setPlainText("Autrement #UnionsPrécoces")
    if way == "escape":
        QTest.keyClick(card.changing.edit, Qt.Key.Key_Escape)
    elif way == "cancel":
        card.changing.close_editor()
    else:
        card.changing.save.click()
    settle()
    assert not card.editing
    assert hour.held == frozenset()
    wanted = [("edit_text", post.id, "Autrement #UnionsPrécoces")] if way == "save" else []
    assert hour.asked == wanted
    assert cockpit.page.focusWidget() is card._change


def test_one_that_left_all_the_same_says_so_and_keeps_what_was_typed(
    changing: tuple[Cockpit, FakeHour, OutboxPost],
) -> None:
    cockpit, hour, post = changing
    card = cockpit.board.next
    card.changing.edit.setPlainText("Autrement")
    hour.becomes(post.slot, PostState.SENT)
    hour.say_rows()
    settle()
    assert card.editing
    assert card.changing.edit.toPlainText() == "Autrement"
    assert not card.changing.save.isEnabled()
    words = _("{post}: it left already. Copy your text if you still need it.")
    assert words.format(post=row_name(post)) in said(card)


def test_typing_and_its_time_coming_move_nothing_below(
    changing: tuple[Cockpit, FakeHour, OutboxPost],
) -> None:
    cockpit, hour, post = changing
    place = cockpit.board.feed.y()
    cockpit.board.next.changing.edit.setPlainText("Un texte bien plus long. " * 20)
    hour.clock.at = post.due_at
    hour.say_rows()
    settle()
    cockpit.page._on_second()
    settle()
    assert cockpit.board.feed.y() == place


def test_an_editor_forgotten_past_the_time_is_told_with_the_way_to_it(
    changing: tuple[Cockpit, FakeHour, OutboxPost],
) -> None:
    cockpit, hour, post = changing
    strip, way = cockpit.board.strip, _("Go to the text")
    words = _(
        "{post} has been waiting for you since {hour}, and the rest behind it: its text is still "
        "open for changes."
    ).format(post=row_name(post), hour=hour_of(post.due_at, hour.chat))
    hour.clock.at = post.due_at + timedelta(seconds=100)
    cockpit.board.show_now()
    assert way not in buttons(strip)
    hour.clock.at = post.due_at + timedelta(seconds=121)
    cockpit.board.show_now()
    assert strip.sentence == words
    strip.setFocus()
    press(strip, way)
    assert cockpit.board.next.changing.edit.hasFocus()
    cockpit.board.next.changing.close_editor()
    settle()
    assert way not in buttons(strip)
    assert strip.sentence != words


def test_a_text_with_a_blank_is_not_kept_and_says_so(
    changing: tuple[Cockpit, FakeHour, OutboxPost],
) -> None:
    cockpit, hour, post = changing
    editor = cockpit.board.next.changing
    before = list(hour.asked)
    editor.edit.setPlainText("Le guide est ici : [lien] #UnionsPrécoces")
    assert blank_words("[lien]") in said(cockpit.board.next)
    editor.save.click()
    # Nor does the second that passes allow it.
    cockpit.board.show_now()
    editor.save.click()
    assert hour.asked == before
    editor.edit.setPlainText("Le guide est ici #UnionsPrécoces")
    assert blank_words("[lien]") not in said(cockpit.board.next)
    editor.save.click()
    assert hour.asked == [*before, ("edit_text", post.id, "Le guide est ici #UnionsPrécoces")]


def test_what_has_left_is_not_kept_by_another_letter(
    changing: tuple[Cockpit, FakeHour, OutboxPost],
) -> None:
    cockpit, hour, post = changing
    hour.becomes(post.slot, PostState.SENT)
    hour.say_rows()
    settle()
    editor = cockpit.board.next.changing
    editor.edit.insertPlainText("x")
    assert not editor.save.isEnabled()

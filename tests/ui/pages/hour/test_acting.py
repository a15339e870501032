"""Acting on posts: who may be given one, what is said before a reply leaves, and what is out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tchat_desktop.domain.chat import Person, Role, Route
from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, Seconds, settle

Make = Callable[..., Cockpit]
TAG = "#UnionsPrécoces"
CONTROL = Qt.KeyboardModifier.ControlModifier
POST = participant(1, f"R1 Chez nous, la loi existe. {TAG}", START)
LINK = "https://x.com/voixdesfilles/status/12345"


@pytest.fixture
def opened(make_cockpit: Make) -> tuple[Cockpit, FakeHour]:
    """An hour without keys; the page of its second question was opened."""
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    cockpit.page.activateWindow()
    hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    settle()
    return cockpit, hour


def come_back(cockpit: Cockpit) -> None:
    """The window comes back to the front."""
    QApplication.sendEvent(cockpit.board.now, QEvent(QEvent.Type.ActivationChange))
    settle()


def test_back_from_the_browser_one_key_says_that_it_is_out(
    opened: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = opened
    come_back(cockpit)
    at = QApplication.focusWidget()
    assert at is cockpit.board.now._link
    QTest.keyClick(at, Qt.Key.Key_Return, CONTROL)
    assert hour.asked == [("confirm_sent", hour.row("q:q2").id, "")]


def test_one_key_says_the_same_of_a_repost(opened: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = opened
    hour.becomes("q:q2", PostState.SENT)
    hour._add(POST.post, PostKind.REPOST, "R1")
    hour.becomes(f"repost:{POST.post.id}", PostState.HANDED_OVER)
    hour.say_rows()
    settle()
    come_back(cockpit)
    at = QApplication.focusWidget()
    assert at is not None
    assert cockpit.board.now.isAncestorOf(at)
    QTest.keyClick(at, Qt.Key.Key_Return, CONTROL)
    assert hour.asked == [("confirm_sent", f"repost:{POST.post.id}", "")]


def test_after_a_post_of_ones_own_the_same_key_says_that_it_is_out(
    opened: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = opened
    composer = cockpit.board.composer
    composer.begin()
    QTest.keyClicks(composer._edit, "Une pause.")
    come_back(cockpit)
    assert QApplication.focusWidget() is composer._edit, "who is writing goes on writing"
    QTest.keyClick(composer._edit, Qt.Key.Key_Return, CONTROL)
    come_back(cockpit)
    at = QApplication.focusWidget()
    assert at is cockpit.board.now._link
    QTest.keyClick(at, Qt.Key.Key_Return, CONTROL)
    asked = [one[0] for one in hour.asked]
    assert asked == ["write", "confirm_sent"]


def test_the_key_says_nothing_of_what_has_just_appeared(
    opened: tuple[Cockpit, FakeHour], seconds: Seconds
) -> None:
    cockpit, hour = opened
    come_back(cockpit)
    seconds.runs = False
    cockpit.board.now._yes.means("another")
    QTest.keyClick(cockpit.board.now._link, Qt.Key.Key_Return, CONTROL)
    assert hour.asked == []


def test_what_is_out_has_its_link_to_copy(opened: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = opened
    hour.becomes("q:q2", PostState.SENT, url=LINK)
    hour.say_rows()
    settle()
    row = next(one for one in cockpit.board.gone._shown.values() if one.post.url == LINK)
    copy, copy_all = row.actions()
    copy.trigger()
    assert QApplication.clipboard().text() == LINK
    copy_all.trigger()
    lines = QApplication.clipboard().text().splitlines()
    assert f"Q2 {LINK}" in lines
    assert len(lines) == sum(bool(one.url) for one in hour.rows)


def given_to(menu: QMenu) -> list[str]:
    """The names in the menu of those a post may be given to."""
    inner = next(one for one in menu.findChildren(QMenu))
    return [one.text() for one in inner.actions()]


def test_a_post_is_given_to_a_co_host_too(make_cockpit: Make) -> None:
    chat = full_chat()
    awa = Person("co", name="Awa", role=Role.CO_HOST)
    cockpit = make_cockpit(replace(chat, people=(awa, *chat.people)))
    hour = cockpit.start()
    hour.say_posts(POST)
    settle()
    cockpit.board.feed.reveal()
    card = cockpit.board.feed._cards[POST.post.id]
    assert given_to(card.menu()) == ["Sage-femme, Dakar", "Awa"]
    hour.mark(Marking(POST.post.id, Mark.ASSIGNED, "co"))
    settle()
    assert _("given to {guest}").format(guest="Awa") in card.accessibleName()
    assert card._given.isVisible()


def test_a_reply_with_words_that_are_out_is_told(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.say_posts(POST)
    settle()
    cockpit.board.feed.reveal()
    out = next(row for row in hour.rows if row.state is PostState.SENT)
    cockpit.board.feed._cards[POST.post.id].open_answer()
    panel = cockpit.board.feed.reply
    panel._edit.setPlainText(out.text)
    words = _("“{post}” has the same words: X may refuse them. Change one.")
    assert words.format(post=row_name(out)) in panel._lacks.text()
    assert panel._send.isEnabled()


def test_many_who_were_not_asked_are_told_before_it_leaves(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start()
    composer = cockpit.board.composer
    composer.begin()
    composer._edit.setPlainText(f"Avec @a_ex @b_ex @sagefemme_ex {TAG}")
    assert "@a_ex" not in composer._told.text()
    composer._edit.setPlainText(f"Avec @a_ex @b_ex @c_ex {TAG}")
    assert "@a_ex, @b_ex, @c_ex" in composer._told.text()


def test_only_the_last_hour_counts_for_what_is_said_of_ourselves(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    before = cockpit.board._cautions.share.total
    assert before
    early = replace(
        hour.planned[0], id="early", slot="early", state=PostState.SENT,
        changed_at=hour.clock.at - timedelta(minutes=61),
    )  # fmt: skip
    late = replace(early, id="late", slot="late", changed_at=hour.clock.at - timedelta(minutes=59))
    hour.add_row(early)
    hour.say_rows()
    settle()
    assert cockpit.board._cautions.share.total == before
    hour.add_row(late)
    hour.say_rows()
    settle()
    assert cockpit.board._cautions.share.total == before + 1

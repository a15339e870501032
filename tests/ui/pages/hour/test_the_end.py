"""At the end what of the run sheet is not known to be out is said first, and leads there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.ui.pages.hour.strip_words import time_left_words
from tchat_desktop.ui.pages.shared.hour_words import row_name, unconfirmed_words
from tchat_desktop.wording.i18n import _, ngettext
from tests.ui.pages.fake_hours import FakeHour, full_chat
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_cockpit import said
from tests.ui.pages.hour.test_in_sight import is_in_sight

Make = Callable[..., Cockpit]


def ended(cockpit: Cockpit, *open_kinds: PostKind) -> FakeHour:
    """An hour that ends with the last posts of these kinds open in the browser."""
    hour = cockpit.start(minute=61)
    for row in list(hour.rows):
        if row.state is not PostState.DRAFT:
            open_page = row.kind in open_kinds
            state = PostState.HANDED_OVER if open_page else PostState.SENT
            hour.becomes(row.slot, state, page="https://x.com/intent/post?text=x")
    hour.say_rows()
    hour.say_ended()
    settle()
    return hour


def test_thanks_that_nobody_confirmed_come_first_and_not_in_green(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = ended(cockpit, PostKind.THANKS)
    card, strip = cockpit.board.end_card, cockpit.board.strip
    thanks = next(row for row in hour.rows if row.kind is PostKind.THANKS)
    assert card._unconfirmed.isVisible()
    assert card._unconfirmed.text.startswith(unconfirmed_words([thanks]))
    assert row_name(thanks) in card._unconfirmed.text
    assert card._unconfirmed.y() < card._title.y()
    assert card.property("edge") == "look"
    # Nothing else waits, and this cannot.
    assert _("What is under “To check” can wait.") not in card._words.text()
    assert strip.tone == "look"
    assert unconfirmed_words([thanks]) in strip.sentence


def test_its_button_leads_to_it(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = ended(cockpit, PostKind.CLOSING, PostKind.THANKS)
    cockpit.page.activateWindow()
    first = next(row for row in hour.rows if row.state is PostState.HANDED_OVER)
    cockpit.board.end_card._go.click()
    settle()
    row = cockpit.board.check.row_of(first.id)
    assert row is not None
    assert QApplication.focusWidget() is row
    assert is_in_sight(cockpit, row)


def test_once_confirmed_all_is_green_and_the_reserve_does_not_count(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = ended(cockpit, PostKind.THANKS)
    questions = [row for row in hour.rows if row.kind is PostKind.QUESTION]
    hour.becomes(questions[-1].slot, PostState.SKIPPED)
    for row in hour.rows:
        if row.state is PostState.HANDED_OVER:
            hour.becomes(row.slot, PostState.SENT)
    hour.say_rows()
    settle()
    card = cockpit.board.end_card
    assert card._unconfirmed.isHidden()
    assert card.property("edge") == "well"
    assert card._title.text() == _("It is over. Well done!")
    assert cockpit.board.strip.sentence == _("It is over. Everything is saved.")
    assert cockpit.board.strip.tone == "well"


def test_after_its_time_the_strip_tells_of_the_last_messages(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start(minute=57)
    ends_at = cockpit.board.view().ends_at
    later = ends_at + timedelta(seconds=71)
    for row in list(hour.rows):
        if row.kind is PostKind.THANKS:
            hour.becomes(row.slot, PostState.PLANNED, due_at=later)
        elif row.state is not PostState.DRAFT:
            hour.becomes(row.slot, PostState.SENT)
    hour.clock.at = ends_at
    hour.say_rows()
    settle()
    view, strip = cockpit.board.view(), cockpit.board.strip
    assert view.is_past_end and not view.ended
    assert strip._pace.text() == time_left_words(view) == _("Last messages")
    assert ngettext("{count} min left", "{count} min left", 0).format(count=0) not in said(strip)


def test_a_page_that_waits_for_its_turn_says_behind_which(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    following = cockpit.board.view().pace.following
    assert following is not None
    now = hour.clock.at
    hour.becomes("welcome", PostState.HANDED_OVER, changed_at=now - timedelta(seconds=5))
    hour.becomes(following.slot, PostState.DUE, due_at=now)
    hour.say_rows()
    settle()
    before = next(row for row in hour.rows if row.slot == "welcome")
    assert cockpit.board.view().waits_behind == before
    words = _("Just after {post}").format(post=row_name(before))
    assert cockpit.board.next._state.isVisible() and cockpit.board.next._state.text() == words
    assert "0:00" not in cockpit.board.strip._next.text()
    assert not cockpit.board.next._clock.isVisible()

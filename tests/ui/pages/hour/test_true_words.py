"""What the page of the hour says is so: its title, its buttons, and where things go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.wording.i18n import _, format_hour, ngettext
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_cockpit import buttons, press, said

Make = Callable[..., Cockpit]
MINUTE = timedelta(minutes=1)


def title(cockpit: Cockpit) -> str:
    return cockpit.board.strip.title.text()


def test_the_title_is_true_before_during_on_hold_and_after(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start(minute=-6)
    strip = cockpit.board.strip
    place = strip._pause.x()
    assert title(cockpit) == _("Soon")
    hour.at_minute(3)
    settle()
    assert title(cockpit) == _("Live")
    on_hold = _("Everything is on hold: nothing leaves until you press “Resume”.")
    assert on_hold not in said(strip)
    hour.do(Outbox.pause)
    settle()
    assert on_hold in said(strip)
    assert strip._pause.x() == place
    hour.say_not_begun()
    settle()
    assert title(cockpit) == _("Closed here")
    hour.do(Outbox.resume)
    hour.say_ended()
    settle()
    assert title(cockpit) == _("Finished")


def test_at_the_end_all_is_well_only_when_nothing_waits_for_a_word(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start(minute=30)
    hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/intent/tweet?text=a")
    hour.say_rows()
    hour.say_ended()
    settle()
    strip = cockpit.board.strip
    # What the run sheet has is called by its name.
    assert strip.sentence.endswith(_("Not confirmed yet: {posts}.").format(posts="Q2"))
    hour.becomes("q:q2", PostState.HANDED_OVER, planned=None)
    hour.say_rows()
    settle()
    assert strip.sentence == _("The time is over. What is under “To check” waits for you.")
    hour.becomes("q:q2", PostState.SENT)
    hour.say_rows()
    settle()
    assert strip.sentence == _("It is over. Everything is saved.")


def test_a_rehearsal_is_called_one_throughout(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    cockpit.start(Occasion.REHEARSAL, minute=-6)
    assert title(cockpit) == _("Rehearsal")


@pytest.mark.parametrize(("minutes", "offered"), [(40, True), (19, False), (6, False), (-6, False)])
def test_no_rehearsal_without_the_time_for_one(
    make_cockpit: Make, minutes: int, offered: bool
) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    cockpit.wall.at = START - minutes * MINUTE
    cockpit.page._on_second()
    settle()
    assert (_("Rehearse first (10 min or more)") in buttons(cockpit.page)) is offered


def test_opening_says_what_it_does(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    cockpit.wall.at = START - 6 * MINUTE
    cockpit.page._on_second()
    words = _("To open it publishes nothing: the page of the first message opens at {hour}.")
    assert words.format(hour=format_hour(START)) in said(cockpit.page)


def test_after_a_restart_the_button_says_that_it_goes_on(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    before = FakeHour(cockpit.editor.chat, Occasion.LIVE, lambda _event: None)
    cockpit.page._live.rows = tuple(before.rows)
    cockpit.wall.at = START + 6 * MINUTE
    cockpit.page._on_second()
    settle()
    assert _("Open the chat") not in buttons(cockpit.page)
    press(cockpit.page, _("Go on with the chat"))
    assert cockpit.board.hour is cockpit.hours.hour(Occasion.LIVE)


def test_what_comes_is_listed_with_its_hours(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    coming = [row for row in hour.rows if row.state is PostState.PLANNED]
    words = said(cockpit.board.coming)
    for row in coming:
        assert format_hour(row.due_at) in words


def test_the_reserve_says_when_a_post_would_leave_and_then_that_it_does(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    card = cockpit.board._reserve
    words = _("It would leave at {hour}.")
    assert words.partition("{")[0] in said(card)
    name = next(one for one in buttons(card) if one.startswith(_("Put into the run sheet")))
    press(card, name)
    spare = next(row for row in hour.rows if row.state is PostState.DRAFT)
    assert hour.asked == [("bring_back", spare.id)]
    at = hour.clock.at + MINUTE
    hour.becomes(spare.slot, PostState.PLANNED, due_at=at, number=6)
    hour.say_rows()
    settle()
    assert card._back.isVisible()
    assert format_hour(at) in card._back.text()
    hour.becomes(spare.slot, PostState.SENT)
    hour.say_rows()
    settle()
    assert not card._back.isVisible()


def test_what_is_to_check_is_counted_in_one_place(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    for slot in ("q:q1", "q:q2"):
        hour.becomes(slot, PostState.HANDED_OVER, page="https://x.com/a")
    hour.say_rows()
    settle()
    count = ngettext("{count} to check", "{count} to check", 2).format(count=2)
    assert count in buttons(cockpit.board.strip)
    assert "2" not in cockpit.board.check.title.text()
    assert "2" not in cockpit.board.strip.sentence


LOOK = "Look at the tag on X, and paste its page here: a question or a confidence may be waiting."


def test_without_keys_a_tag_nobody_looked_at_is_not_called_well(
    make_cockpit: Make,
) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start(minute=2)
    strip = cockpit.board.strip
    for row in hour.rows:
        if row.state is PostState.HANDED_OVER:
            hour.becomes(row.slot, PostState.SENT)
    hour.say_rows()
    settle()
    cockpit.board._state.looked_at = hour.clock.at
    hour.clock.at += timedelta(minutes=3)
    cockpit.board.show_now()
    assert not strip._tag.isVisible()
    hour.clock.at += timedelta(minutes=1)
    cockpit.board.show_now()
    assert strip._tag.isVisible()
    assert strip.sentence == _(LOOK)
    strip._tag.click()
    assert cockpit.pages[-1].startswith("https://x.com/search")
    assert not strip._tag.isVisible()
    assert strip.sentence != _(LOOK)
    hour.clock.at += timedelta(minutes=5)
    hour.say_posts(participant(1, "R2 À l’école", hour.clock.at))
    settle()
    assert not strip._tag.isVisible(), "what was pasted shows that the tag was read"


def test_a_page_that_waits_to_be_confirmed_does_not_hide_the_reminder(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start(minute=20)
    strip = cockpit.board.strip
    for row in hour.rows:
        if row.state is PostState.HANDED_OVER:
            hour.becomes(row.slot, PostState.SENT)
    hour.becomes("q:q2", PostState.HANDED_OVER, page="https://x.com/a")
    hour.say_rows()
    settle()
    cockpit.board._state.looked_at = hour.clock.at - timedelta(minutes=3)
    cockpit.board.show_now()
    assert strip.sentence != _(LOOK)
    cockpit.board._state.looked_at = hour.clock.at - timedelta(minutes=4)
    cockpit.board.show_now()
    assert strip.sentence == _(LOOK)
    assert strip._tag.isVisible()


def test_with_keys_nobody_is_sent_to_the_tag(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.start(minute=20)
    assert not cockpit.board.strip._tag.isVisible()

"""The waiting room: far from the chat, shortly before it, and after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour import next_card, waiting_room
from tchat_desktop.ui.pages.hour.strip_words import time_left_words
from tchat_desktop.wording.i18n import _, format_day, format_hour, ngettext
from tests.ui.pages.fake_hours import START, FakeHour, full_chat
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_cockpit import buttons, press, said

Make = Callable[..., Cockpit]

FAR = START - timedelta(days=20)


def far(make: Make, route: Route = Route.ASSISTED) -> Cockpit:
    cockpit = make(full_chat(route))
    cockpit.wall.at = FAR
    cockpit.page.show_chat(cockpit.editor.chat)
    settle()
    return cockpit


class Answer:
    """Stands for the question; says yes or no, and keeps what was asked."""

    def __init__(self, yes: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        self.yes = yes
        self.asked: list[tuple[object, ...]] = []
        monkeypatch.setattr(waiting_room, "confirms_early", self)

    def __call__(self, _parent: object, *words: object) -> bool:
        self.asked.append(words)
        return self.yes


def row_of(hour: FakeHour, slot: str, **changes: object) -> OutboxPost:
    return replace(hour.row(slot), **changes)  # type: ignore[arg-type]


def test_far_from_the_chat_there_is_nothing_that_publishes(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    there = buttons(cockpit.page)
    assert _("Open the chat") not in there
    assert _("Publish now") not in there
    assert _("Publish a post before the chat…") in there
    assert format_day(START) in said(cockpit.page)
    assert _("Come back here an hour before, and open the chat.") in said(cockpit.page)
    by_page = _(
        "At the time of each message its page opens on this computer, and it leaves only when you "
        "press “Post” there."
    )
    assert by_page in said(cockpit.page)


def test_what_is_left_to_do_leads_to_its_step(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    steps: list[StepId] = []
    cockpit.page.step_wanted.connect(steps.append)
    todo = cockpit.page.waiting.todo
    first = next(one for one in buttons(todo).values())
    first.click()
    assert len(steps) == 1
    assert said(todo).startswith(_("What is left to do"))


def test_an_open_chat_far_away_is_still_a_waiting_room(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    cockpit.hours.start_live()
    cockpit.page.show_chat(cockpit.editor.chat)
    settle()
    assert cockpit.page.board is None
    assert _("Publish now") not in buttons(cockpit.page)
    # An hour before, it becomes the cockpit by itself.
    cockpit.wall.at = START - timedelta(minutes=59)
    cockpit.page._on_second()
    settle()
    assert cockpit.page.board is not None


@pytest.mark.parametrize("yes", [True, False])
def test_publishing_early_is_asked_for_in_words_that_name_the_day(
    make_cockpit: Make, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    cockpit = far(make_cockpit)
    answer = Answer(yes, monkeypatch)
    press(cockpit.page, _("Publish a post before the chat…"))
    assert answer.asked == [(_("Word of welcome"), format_day(START), format_hour(START), True)]
    hour = cockpit.hours.hour(Occasion.LIVE)
    if yes:
        assert hour is not None
        assert hour.asked == [("publish_early", "welcome")]
    else:
        assert hour is None


def test_what_was_published_early_is_told_and_can_be_decided(
    make_cockpit: Make, bridge: Bridge
) -> None:
    cockpit = far(make_cockpit)
    hour = cockpit.hours.start_live()
    hour.becomes(
        "welcome", PostState.HANDED_OVER, due_at=FAR, changed_at=FAR, page="https://x.com/intent"
    )
    hour.becomes("rules", PostState.SKIPPED)
    hour.say_rows()
    settle()
    welcome = hour.row("welcome").id
    names = buttons(cockpit.page.waiting.done)
    assert len(names) == 4
    for name in names:
        names[name].click()
    assert cockpit.pages == ["https://x.com/intent"]
    assert hour.asked == [
        ("confirm_sent", welcome),
        ("not_out", welcome),
        ("bring_back", hour.row("rules").id),
    ]


def test_half_an_hour_before_the_chat_can_be_opened(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    cockpit.wall.at = START - timedelta(minutes=30)
    cockpit.page._on_second()
    assert _("Open the chat") in buttons(cockpit.page)
    assert "30:00" in said(cockpit.page)
    press(cockpit.page, _("Open the chat"))
    assert cockpit.page.board is not None


def test_after_the_end_answers_can_still_be_added(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    hour = FakeHour(cockpit.editor.chat, Occasion.LIVE, lambda _event: None)
    cockpit.page._live.rows = tuple(hour.rows)
    cockpit.wall.at = START + timedelta(hours=2)
    cockpit.page._on_second()
    settle()
    assert _("Publish a post before the chat…") not in buttons(cockpit.page)
    press(cockpit.page, _("Add answers, see what waits"))
    assert cockpit.page.board is not None
    assert cockpit.page.board.feed.isVisible()


def test_a_chat_that_never_was_held_has_nothing_to_add_to(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    cockpit.wall.at = START + timedelta(hours=2)
    cockpit.page._on_second()
    assert _("Add answers, see what waits") not in buttons(cockpit.page)
    passed = _("The time of this chat has passed. Nothing was published from here.")
    assert passed in said(cockpit.page)


def test_everything_ready_says_so(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    cockpit.page.waiting.show_statuses(())
    assert _("Everything is ready.") in said(cockpit.page.waiting.todo)
    count = ngettext("{count} step is not finished:", "{count} steps are not finished:", 1)
    assert count.format(count=1) not in said(cockpit.page.waiting.todo)


def test_a_chat_ended_too_soon_goes_on_when_it_is_opened_again(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    cockpit.wall.at = START
    hour = cockpit.start(minute=40)
    hour.say_ended()
    settle()
    assert cockpit.editor.chat.closed_at is not None
    assert cockpit.board.is_over
    cockpit.editor.edit(replace(cockpit.editor.chat, closed_at=None))
    settle()
    assert not cockpit.board.is_over
    assert ("reopen",) in hour.asked
    assert not cockpit.board.end_card.isVisible()


def test_after_the_end_what_is_in_reserve_can_be_published_on_purpose(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    cockpit.wall.at = START
    hour = cockpit.start(minute=61)
    hour.becomes("q:q5", PostState.SKIPPED)
    hour.say_rows()
    hour.say_ended()
    settle()
    there = buttons(cockpit.board.side)
    names = [name for name in there if name.startswith(f"{_('Publish now')} – ")]
    assert names
    assert not any(name.startswith(_("Put into the run sheet")) for name in there)


def test_an_hour_that_was_not_held_is_not_praised(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    cockpit.wall.at = START
    hour = cockpit.start(minute=61)
    for post in hour.planned:
        hour.becomes(post.slot, PostState.EXPIRED)
    hour.say_rows()
    hour.say_ended()
    settle()
    words = said(cockpit.page)
    assert _("Nothing was published from here.") in words
    assert _("It is over. Well done!") not in words
    assert _("Finished") in said(cockpit.board.strip)
    assert _("Live") not in said(cockpit.board.strip)


def test_before_the_chat_no_minutes_are_left(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    cockpit.wall.at = START - timedelta(minutes=30)
    cockpit.start(minute=-30)
    settle()
    # Only its beginning is told, not a time that has not begun to run.
    assert ngettext("{count} min left", "{count} min left", 2).partition("}")[2] not in said(
        cockpit.page
    )
    assert time_left_words(cockpit.board.view()) in said(cockpit.board.strip)


def test_publishing_before_the_chat_begins_is_asked_about_on_the_board_too(
    make_cockpit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    cockpit = far(make_cockpit)
    answer = Answer(False, monkeypatch)
    monkeypatch.setattr(next_card, "confirms_early", answer)
    cockpit.wall.at = START - timedelta(minutes=10)
    hour = cockpit.start(minute=-10)
    cockpit.board.next._send_now()
    assert len(answer.asked) == 1
    assert answer.asked[0][1] == "", "the chat is today: nobody waits for a day"
    assert hour.asked == []
    answer.yes = True
    cockpit.board.next._send_now()
    assert hour.asked == [("send_now", hour.row("welcome").id)]
    hour.at_minute(1)
    settle()
    cockpit.board.next._send_now()
    assert len(answer.asked) == 2


@pytest.mark.parametrize("yes", [True, False])
def test_a_copy_of_a_chat_open_elsewhere_publishes_only_when_told(
    make_cockpit: Make, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    copied = START + timedelta(minutes=7)
    cockpit = make_cockpit(replace(full_chat(), live_elsewhere=copied))
    cockpit.wall.at = START + timedelta(minutes=12)
    cockpit.page._on_second()
    monkeypatch.setattr(waiting_room, "confirms_taking_over", lambda _parent: yes)
    there = buttons(cockpit.page)
    assert _("Open the chat") not in there
    assert format_hour(copied) in said(cockpit.page.waiting)
    press(cockpit.page, _("Publish from this computer…"))
    assert cockpit.hours.taken_over is yes
    assert (cockpit.hours.hour(Occasion.LIVE) is not None) is yes


def test_what_will_happen_is_in_sight_before_the_hour(make_cockpit: Make) -> None:
    cockpit = far(make_cockpit)
    cockpit.page.resize(1110, 664)
    cockpit.wall.at = START - timedelta(minutes=30)
    cockpit.page.show_chat(cockpit.editor.chat)
    settle()
    card, waiting = cockpit.page.waiting._happens, cockpit.page.waiting
    bottom = card.mapTo(cockpit.page, QPoint(0, card.height())).y()
    assert bottom <= cockpit.page.viewport().height(), "without scrolling"
    assert waiting.todo.y() > card.y()

"""Somebody who insults: not answered, hidden with all they write, and blocked on X."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import START, FakeHour, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
FIRST = participant(1, "Vous n’êtes qu’une bande de rêveurs.", START, "grincheux_ex", "Grincheux")
AGAIN = participant(2, "Rien à dire ?", START, "Grincheux_ex", "Grincheux")
OTHER = participant(3, "R1 Commencer petit.", START, "prof_ex", "Enseignante")


def started(make_cockpit: Make, occasion: Occasion = Occasion.LIVE) -> tuple[Cockpit, FakeHour]:
    cockpit = make_cockpit()
    hour = cockpit.start(occasion)
    hour.say_posts(FIRST, AGAIN, OTHER)
    settle()
    cockpit.board.feed.reveal()
    return cockpit, hour


def act_of(cockpit: Cockpit, feed: FeedPost, words: str) -> QAction:
    menu = cockpit.board.feed._cards[feed.post.id].menu()
    inner = [one for sub in menu.findChildren(QMenu) for one in sub.actions()]
    return next(one for one in inner if one.text() == words)


def hidden(cockpit: Cockpit) -> list[str]:
    model = cockpit.board.feed.model
    entries = (model.get(one.post.id) for one in (FIRST, AGAIN, OTHER))
    return [one.feed.post.id for one in entries if one is not None and one.feed.hidden]


def test_all_they_wrote_is_hidden_and_it_is_remembered(make_cockpit: Make) -> None:
    cockpit, _hour = started(make_cockpit)
    act_of(cockpit, FIRST, _("Hide all they write, now and later")).trigger()
    settle()
    assert hidden(cockpit) == [FIRST.post.id, AGAIN.post.id]
    assert cockpit.editor.chat.muted_authors == ("grincheux_ex",)


def test_they_are_shown_again_with_one_press(make_cockpit: Make) -> None:
    cockpit, hour = started(make_cockpit)
    act_of(cockpit, FIRST, _("Hide all they write, now and later")).trigger()
    settle()
    hour.chat = cockpit.editor.chat
    cockpit.board.feed.filters.choose(FeedFilter.HIDDEN)
    cockpit.board.feed.reveal()
    act_of(cockpit, AGAIN, _("Show what they write again")).trigger()
    settle()
    assert hidden(cockpit) == []
    assert cockpit.editor.chat.muted_authors == ()


def test_their_profile_opens_to_block_them(make_cockpit: Make) -> None:
    cockpit, _hour = started(make_cockpit)
    act_of(cockpit, FIRST, _("Open their profile, to block them on X")).trigger()
    assert cockpit.pages == ["https://x.com/grincheux_ex"]


def test_somebody_made_up_is_not_noted_in_the_chat(make_cockpit: Make) -> None:
    cockpit, _hour = started(make_cockpit, Occasion.REHEARSAL)
    act_of(cockpit, FIRST, _("Hide all they write, now and later")).trigger()
    settle()
    assert hidden(cockpit) == [FIRST.post.id, AGAIN.post.id]
    assert cockpit.editor.chat.muted_authors == ()


def test_the_place_of_a_hidden_post_says_that_all_are_hidden_and_undoes_all(
    make_cockpit: Make,
) -> None:
    cockpit, _hour = started(make_cockpit)
    lines = cockpit.board.feed.places.lines
    act_of(cockpit, FIRST, _("Hide all they write, now and later")).trigger()
    settle()
    said = _("All that {who} writes is hidden here, also to come: it stays visible on X.")
    assert lines[FIRST.post.id].accessibleName() == said.format(who="@grincheux_ex")
    lines[FIRST.post.id].undo.click()
    settle()
    assert hidden(cockpit) == []
    assert cockpit.editor.chat.muted_authors == ()
    # One alone says one.
    cockpit.board.feed._cards[FIRST.post.id].hide_post()
    settle()
    said = _("The post by {who} is hidden here only: it stays visible on X.")
    assert lines[FIRST.post.id].accessibleName() == said.format(who="@grincheux_ex")

"""A reply outlives whatever becomes of the list around it; marks follow what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest
import shiboken6

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.pages.hour.feed_view import FeedView
from tchat_desktop.ui.widgets.text import Chip
from tchat_desktop.wording.i18n import _, pgettext
from tests.ui.pages.fake_hours import FakeHour, participant
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def talk(make_cockpit: Make) -> tuple[Cockpit, FakeHour]:
    """Two questions of the public and an answer."""
    cockpit = make_cockpit()
    hour = cockpit.start()
    at = hour.clock.at
    hour.say_posts(
        participant(1, "Comment faire avec l’imam ?", at - 3 * MINUTE, "pere_ex", "Un père"),
        participant(2, "R2 À l’hôpital", at - 2 * MINUTE, "soin_ex", "Soignante"),
        participant(3, "Et l’école ?", at - MINUTE, "prof_ex", "Enseignante"),
    )
    settle()
    return cockpit, hour


def choose(feed: FeedView, which: FeedFilter) -> None:
    feed.filters.button(which).click()
    settle()


def send(feed: FeedView, post_id: str, text: str) -> None:
    feed._cards[post_id]._reply.click()
    settle()
    feed.reply._edit.setPlainText(text)
    feed.reply._on_send()
    settle()


def chips(feed: FeedView, post_id: str) -> list[str]:
    """The marks on a card."""
    found = feed._cards[post_id].findChildren(Chip)
    return [one.text() for one in found if not one.isHidden()]


def test_sent_under_a_filter_that_lets_the_post_go_then_answered_under_another(
    talk: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = talk
    feed = cockpit.board.feed
    choose(feed, FeedFilter.UNANSWERED)
    send(feed, "1003", "Avec l’école")
    hour.becomes("reply:1003", PostState.SENT)
    hour.say_rows()
    settle()
    for which in FeedFilter:
        choose(feed, which)
    choose(feed, FeedFilter.ALL)
    send(feed, "1001", "Par la mère")
    feed.welcome("1002")
    settle()
    assert feed.reply.isVisible()
    assert [one[:2] for one in hour.asked] == [("reply", "1003"), ("reply", "1001")]


WAYS = tuple(permutations(("filter", "search", "posts", "hide", "other"), 2))


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_whatever_the_list_does_the_reply_can_be_opened_again(
    talk: tuple[Cockpit, FakeHour], way: tuple[str, ...]
) -> None:
    cockpit, hour = talk
    feed = cockpit.board.feed
    feed._cards["1001"]._reply.click()
    feed.reply._edit.setPlainText("À moitié")
    for one in way:
        if one == "filter":
            choose(feed, FeedFilter.STARRED)
        elif one == "search":
            feed.search.setText("rien de tel")
            feed._tools._settle.timeout.emit()
        elif one == "posts":
            feed.add_posts(
                [participant(10 + n, f"R2 {n}", hour.clock.at + n * MINUTE) for n in range(40)],
                wait=False,
            )
        elif one == "hide":
            for card in [one for post_id, one in feed._cards.items() if post_id == "1001"]:
                card.hide_post()
        else:
            feed.welcome("1002")
        settle()
        assert shiboken6.isValid(feed.reply)
    feed.welcome("1001")
    settle()
    assert feed.reply.isVisible()
    assert feed.reply._edit.toPlainText() == "À moitié"


@pytest.mark.parametrize("which", [FeedFilter.STARRED, FeedFilter.HIDDEN, FeedFilter.GUESTS])
def test_the_post_being_answered_stays_whatever_the_filter(
    talk: tuple[Cockpit, FakeHour], which: FeedFilter
) -> None:
    cockpit, _hour = talk
    feed = cockpit.board.feed
    feed._cards["1001"]._reply.click()
    feed.reply._edit.setPlainText("À moitié")
    choose(feed, which)
    assert feed.reply.isVisible()
    assert feed.reply._edit.toPlainText() == "À moitié"
    assert list(feed._cards) == ["1001"]
    feed.reply.close_panel()
    choose(feed, which)
    assert feed._cards == {}


def test_a_reply_under_a_filter_goes_on_when_the_screen_is_built_anew(
    talk: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = talk
    feed = cockpit.board.feed
    feed._cards["1001"]._reply.click()
    feed.reply._edit.setPlainText("À moitié")
    choose(feed, FeedFilter.STARRED)
    cockpit.page.take_up(cockpit.page.unfinished())
    cockpit.page._put_on(None)
    cockpit.page.show_chat(cockpit.editor.chat)
    hour.say_posts(participant(1, "Comment faire ?", hour.clock.at, "pere_ex"))
    settle()
    feed = cockpit.board.feed
    assert feed.filters.chosen is FeedFilter.STARRED
    assert feed.reply.isVisible()
    assert feed.reply._edit.toPlainText() == "À moitié"


def test_a_board_put_away_hears_nothing_more(talk: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = talk
    former = cockpit.board
    heard: list[object] = []
    former.strip.show_view = heard.append  # type: ignore[method-assign]
    cockpit.start(Occasion.REHEARSAL)
    hour.say_rows()
    hour.say_network(False)
    assert cockpit.board is not former
    assert heard == []


# --- marks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "reply", "repost", "again"),
    [
        (PostState.PLANNED, "reply waiting", "Repost waiting", False),
        (PostState.SENDING, "reply waiting", "Repost waiting", False),
        (PostState.HANDED_OVER, "reply to check", "Repost to check", False),
        (PostState.UNKNOWN, "reply to check", "Repost to check", False),
        (PostState.EXPIRED, "reply to check", "Repost to check", False),
        (PostState.SENT, "answered", "Reposted", False),
        (PostState.SKIPPED, "", "Repost", True),
    ],
)
def test_marks_say_what_became_of_the_reply_and_the_repost(
    talk: tuple[Cockpit, FakeHour], state: PostState, reply: str, repost: str, again: bool
) -> None:
    cockpit, hour = talk
    feed = cockpit.board.feed
    send(feed, "1003", "Avec l’école")
    feed._cards["1003"]._repost.click()
    settle()
    for slot in ("reply:1003", "repost:1003"):
        hour.becomes(slot, state)
    hour.say_rows()
    settle()
    marks = chips(feed, "1003")
    answered = "✓ " + pgettext("mark", "answered")
    for words in ("reply waiting", "reply to check"):
        assert (_(words) in marks) is (words == reply)
    assert (answered in marks) is (reply == "answered")
    card = feed._cards["1003"]
    assert card._repost.text() == _(repost)
    assert card._repost.isEnabled() is again


def test_a_reply_written_while_all_is_on_hold_is_seen_to_wait(
    talk: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = talk
    hour.do(Outbox.pause)
    send(cockpit.board.feed, "1003", "Avec l’école")
    card = cockpit.board._on_the_way
    assert any("Avec l’école" in one.text() for one in card.findChildren(type(card.title)))
    drop = [one for one in card.findChildren(type(cockpit.board.next._skip)) if one.isVisible()]
    assert len(drop) == 1
    drop[0].click()
    assert hour.asked[-1] == ("skip", "reply:1003")
    assert _("reply waiting") in chips(cockpit.board.feed, "1003")

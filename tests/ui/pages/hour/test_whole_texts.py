"""What leaves next and what one may answer with are read whole; the form stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtGui import QFontMetricsF

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.pages.shared.feed_filters import filter_name
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.tool_tip import tip_of
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import FakeHour, full_chat, participant
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_cockpit import press, said

Make = Callable[..., Cockpit]

LONG = (
    "Première ligne d’un texte que l’on a écrit avec soin, et qui va à la ligne.\n\n"
    "Deuxième paragraphe, qui est assez long lui aussi.\n– un\n– deux\n#UnionsPrécoces"
)
LINK = "https://x.com/prof_ex/status/2051000000000000000"


@pytest.fixture
def live(make_cockpit: Make) -> tuple[Cockpit, FakeHour]:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    return cockpit, cockpit.start()


def painted(text: PostText) -> str:
    """The words that are drawn."""
    layout = text._drawn()
    return layout.text()


@pytest.mark.parametrize("card", ["now", "next"])
def test_a_long_message_is_cut_where_it_is_seen_and_whole_beside_it(
    live: tuple[Cockpit, FakeHour], card: str
) -> None:
    cockpit, hour = live
    following = cockpit.board.view().pace.following
    assert following is not None
    state = PostState.PLANNED if card == "next" else PostState.SENT
    short = cockpit.board.next if card == "next" else cockpit.board.now
    height, top = short.height(), cockpit.board.feed.y()
    hour.becomes(following.slot, state, text=LONG)
    hour.say_rows()
    settle()
    text = short._text
    assert text.text() == LONG
    assert "Deuxième paragraphe" in tip_of(text)
    # Hard line breaks are no excuse for leaving out the mark.
    assert painted(text).endswith("…")
    assert painted(text).startswith(LONG.partition(",")[0])
    assert text.height() >= 3 * QFontMetricsF(text.font()).lineSpacing() - 1
    assert (short.height(), cockpit.board.feed.y()) == (height, top)


def test_a_short_message_has_no_mark(live: tuple[Cockpit, FakeHour]) -> None:
    cockpit, _hour = live
    text = cockpit.board.now._text
    text.show_text("Q2 Et chez vous ? #UnionsPrécoces")
    assert painted(text) == text.text()


def test_the_editor_of_the_next_message_shows_all_of_it(live: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = live
    following = cockpit.board.view().pace.following
    assert following is not None
    hour.becomes(following.slot, PostState.PLANNED, text=LONG)
    hour.say_rows()
    settle()
    press(cockpit.board.next, _("Change this post"))
    edit = cockpit.board.next.changing.edit
    lines = edit._line_count()
    assert lines > 5
    assert edit.height() >= lines * QFontMetricsF(edit.font()).lineSpacing()


def test_a_ready_answer_is_read_whole(live: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = live
    hour.say_posts(participant(1, "R1 On en parle ici.", hour.clock.at, question_id="q1"))
    settle()
    cockpit.board.feed._open_reply("1001", "")
    settle()
    answer = full_chat().questions[0].prepared_answer
    shown = [one for one in cockpit.board.feed.reply.findChildren(PostText) if one.isVisible()]
    assert any(one.text().startswith(answer) and not one.is_cut(one.width()) for one in shown)
    name = _("Q{number}: ready answer").format(number=1)
    press(cockpit.board.feed.reply, _("Use: {text}").format(text=name))
    assert cockpit.board.feed.reply._edit.toPlainText().startswith(answer)


def test_what_is_added_is_said_and_the_next_link_can_be_pasted(
    live: tuple[Cockpit, FakeHour],
) -> None:
    cockpit, hour = live
    feed = cockpit.board.feed
    feed.add.open_panel()
    settle()
    height = feed.add.height()
    feed.add._link.setText(LINK)
    feed.add._on_add()
    settle()
    # Refused without a text; the button has not moved.
    assert feed.add.height() == height
    feed.add._text.show_text("R1 On en parle à l’école.")
    feed.add._add.click()
    settle()
    assert hour.asked[-1][0] == "add_by_hand"
    assert feed.add.height() == height
    assert "@prof_ex" in feed.add._link_field.verdict
    assert feed.add._link.text() == ""
    assert cockpit.page.focusWidget() is feed.add._link
    assert _("“{filter}” does not show it").partition("}")[2] not in said(feed.add)


def test_a_filter_that_hides_what_was_added_is_named(live: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = live
    feed = cockpit.board.feed
    feed.filters.button(FeedFilter.QUESTIONS).click()
    settle()
    feed.add.open_panel()
    at = hour.clock.at
    feed.add.added.emit(Post("2051", "prof_ex", "@prof_ex", "R1 On en parle.", at, url=LINK))
    settle()
    hides = _("“{filter}” does not show it: choose “{all}” to see it.").format(
        filter=filter_name(FeedFilter.QUESTIONS), all=filter_name(FeedFilter.ALL)
    )
    assert hides in feed.add._link_field.verdict


def test_a_message_from_long_before_is_asked_about(live: tuple[Cockpit, FakeHour]) -> None:
    cockpit, hour = live
    feed = cockpit.board.feed
    hour.clock.at += timedelta(minutes=1)
    feed.add.open_panel()
    feed.add._link.setText("https://x.com/prof_ex/status/1900000000000000000")
    settle()
    asked = _("That is long before the chat. Is it the right one?")
    assert asked in feed.add._link_field.verdict

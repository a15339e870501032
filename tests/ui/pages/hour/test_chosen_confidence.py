"""Choosing the answer to a confidence marks the post: that is said, and goes with the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.protection import answer
from tchat_desktop.ui.pages.hour.reply_panel import ReplyPanel
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import _
from tests.ui.pages.fake_hours import START, participant
from tests.ui.pages.hour.conftest import Cockpit, settle, texts_of

Make = Callable[..., Cockpit]
AT = START + timedelta(minutes=17)
SAID = participant(1, "R1 Chez moi c’est pareil, on n’en parle pas.", AT)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def cockpit(make_cockpit: Make) -> Cockpit:
    made = make_cockpit()
    made.start().say_posts(SAID)
    settle()
    return made


def ready(cockpit: Cockpit) -> str:
    return answer(cockpit.hour.chat, texts_of("fr"))


def post(cockpit: Cockpit) -> FeedPost:
    entry = cockpit.board.feed.model.get(SAID.post.id)
    assert entry is not None
    return entry.feed


def choose(cockpit: Cockpit) -> ReplyPanel:
    """Open the reply, and choose the answer to a confidence."""
    feed = cockpit.board.feed
    feed._open_reply(SAID.post.id, "")
    settle()
    press(feed.reply, _("Somebody confides something grave"))
    return feed.reply


def press(panel: ReplyPanel, words: str) -> None:
    shown = (one for one in panel.findChildren(Button) if one.isVisible())
    next(one for one in shown if one.text() == words).click()
    settle()


def text(panel: ReplyPanel) -> str:
    return panel._edit.toPlainText()


def test_that_the_choice_marks_the_post_is_said(cockpit: Cockpit) -> None:
    panel = choose(cockpit)
    assert post(cockpit).confided
    assert panel.confidence.isVisible()
    assert text(panel) == ready(cockpit)


def test_cancel_takes_back_the_mark_and_the_text(cockpit: Cockpit) -> None:
    panel = choose(cockpit)
    press(panel, _("Cancel"))
    assert post(cockpit) == SAID
    assert not panel.confidence.isVisible()
    assert not panel.care.isVisible()
    assert text(panel).strip() == "#UnionsPrécoces"
    assert panel._edit.hasFocus() or not cockpit.page.isActiveWindow()


def test_closing_without_sending_takes_it_back(cockpit: Cockpit) -> None:
    panel = choose(cockpit)
    press(panel, _("Close"))
    assert post(cockpit) == SAID
    cockpit.board.feed._open_reply(SAID.post.id, "")
    settle()
    assert text(panel).strip() == "#UnionsPrécoces"
    assert not panel.care.isVisible()


def test_closing_at_once_takes_it_back_though_the_mark_is_still_on_its_way(
    cockpit: Cockpit,
) -> None:
    feed = cockpit.board.feed
    feed._open_reply(SAID.post.id, "")
    feed.reply._use(ready(cockpit))
    feed.reply.close_panel()
    settle()
    assert post(cockpit) == SAID


def test_who_was_said_to_be_harmless_before_is_so_again(cockpit: Cockpit) -> None:
    cockpit.hour.mark(Marking(SAID.post.id, Mark.HARMLESS, True))
    settle()
    press(choose(cockpit), _("Close"))
    assert post(cockpit).harmless
    assert not post(cockpit).confided


def test_an_answer_that_was_sent_leaves_the_mark(cockpit: Cockpit) -> None:
    panel = choose(cockpit)
    panel._on_send()
    settle()
    assert ("reply", SAID.post.id, ready(cockpit)) in cockpit.hour.asked
    assert post(cockpit).confided


@pytest.mark.parametrize("mark", [Mark.ANSWERED, Mark.HIDDEN])
def test_a_post_that_was_seen_to_since_stays_a_confidence(cockpit: Cockpit, mark: Mark) -> None:
    panel = choose(cockpit)
    cockpit.hour.mark(Marking(SAID.post.id, mark, True))
    settle()
    panel.close_panel()
    settle()
    assert post(cockpit).confided


def test_one_that_was_a_confidence_before_stays_one(cockpit: Cockpit) -> None:
    cockpit.hour.mark(Marking(SAID.post.id, Mark.CONFIDED, True))
    settle()
    feed = cockpit.board.feed
    feed._open_reply(SAID.post.id, "")
    settle()
    press(feed.reply, _("The ready answer"))
    assert not feed.reply.confidence.isVisible()
    press(feed.reply, _("Close"))
    assert post(cockpit).confided


def test_a_changed_answer_is_kept_and_marks_again_when_it_is_opened(cockpit: Cockpit) -> None:
    panel = choose(cockpit)
    panel._edit.show_text(ready(cockpit) + " Courage.")
    press(panel, _("Close"))
    assert not post(cockpit).confided
    cockpit.board.feed._open_reply(SAID.post.id, "")
    settle()
    assert text(panel).endswith("Courage.")
    assert panel.confidence.isVisible()
    assert post(cockpit).confided


def test_said_elsewhere_to_be_none_the_line_goes(cockpit: Cockpit) -> None:
    panel = choose(cockpit)
    cockpit.hour.mark(Marking(SAID.post.id, Mark.CONFIDED, False))
    settle()
    assert not panel.confidence.isVisible()
    assert not panel.care.isVisible()
    press(panel, _("Close"))
    assert post(cockpit) == SAID


def test_the_menu_takes_the_mark_back(cockpit: Cockpit) -> None:
    cockpit.hour.mark(Marking(SAID.post.id, Mark.CONFIDED, True))
    settle()
    menu = cockpit.board.feed._cards[SAID.post.id].menu()
    words = _("It is no confidence after all")
    next(one for one in menu.actions() if one.text() == words).trigger()
    settle()
    assert post(cockpit) == SAID

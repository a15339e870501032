"""The money of the hour on screen: what leaves how, what was spent, and what to do at the limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QProgressBar, QPushButton

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.domain.spending import Reads
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.events import ReadingHeld, ReadsCounted
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour.way_words import held_words
from tchat_desktop.ui.tokens import Height
from tchat_desktop.wording.i18n import _, format_dollars, format_price
from tests.ui.pages.fake_hours import START, FakeHour, full_chat, participant
from tests.ui.pages.hands import check_names
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.hour.test_with_keys import said

Make = Callable[..., Cockpit]
BY_PAGE = "Send this post in the browser"


def linked_chat(route: Route = Route.KEYS) -> Chat:
    """The fourth question has a link."""
    chat = full_chat(route)
    questions = list(chat.questions)
    questions[3] = replace(questions[3], text="Qui aide ? https://www.unicef.org")
    return replace(chat, questions=tuple(questions))


def button(cockpit: Cockpit, name: str) -> QPushButton | None:
    """The visible button of that name."""
    found = [
        one
        for one in cockpit.page.findChildren(QPushButton)
        if one.accessibleName() == _(name) and one.isVisible()
    ]
    return found[0] if found else None


def leaves(price: float) -> str:
    return _("Leaves by itself · {price}").format(price=format_price(price))


def way(cockpit: Cockpit) -> str:
    """What a screen reader says of the next post beside its text."""
    return cockpit.board.next._text.accessibleDescription()


def opens() -> str:
    return _("The reply opens in your browser, free.")


# --- the post that comes next ----------------------------------------------------------------


def test_the_next_post_tells_how_it_leaves_and_what_it_costs(make_cockpit: Make) -> None:
    cockpit = make_cockpit(linked_chat())
    hour = cockpit.start(minute=17)
    # The usual price is no news: it is said where it is asked for.
    assert way(cockpit) == leaves(2)
    assert leaves(2) not in said(cockpit.board.next)
    assert button(cockpit, BY_PAGE) is None
    height = cockpit.board.next.height()
    hour.at_minute(23)
    settle()
    assert leaves(30) == way(cockpit)
    assert leaves(30) in said(cockpit.board.next)
    assert button(cockpit, BY_PAGE) is not None
    assert cockpit.board.next.height() == height == Height.HOUR_CARD
    check_names(cockpit.page)
    hour.becomes("q:q3", PostState.FAILED, reason=Reason.KEYS_REFUSED)
    hour.say_rows()
    settle()
    assert cockpit.board.view().barred is Reason.KEYS_REFUSED
    assert cockpit.board.next.height() == height
    by_page = button(cockpit, BY_PAGE)
    assert by_page is not None
    by_page.click()
    assert hour.asked == [("by_web_page", hour.row("q:q4").id)]
    hour.rows = [
        replace(row, route=Route.ASSISTED) if row.slot == "q:q4" else row for row in hour.rows
    ]
    hour.say_rows()
    settle()
    assert way(cockpit) == _("Opens in your browser · free")
    assert button(cockpit, BY_PAGE) is None
    assert cockpit.board.next.height() == height


def test_without_keys_a_link_costs_nothing(make_cockpit: Make) -> None:
    cockpit = make_cockpit(linked_chat(Route.ASSISTED))
    cockpit.start(minute=23)
    assert way(cockpit) == _("Opens in your browser · free")
    assert button(cockpit, BY_PAGE) is None
    assert not cockpit.board.money.isVisible()


def test_a_rehearsal_costs_nothing_and_says_nothing_of_it(make_cockpit: Make) -> None:
    cockpit = make_cockpit(linked_chat())
    cockpit.start(Occasion.REHEARSAL, minute=23)
    assert "·" not in said(cockpit.board.next)
    assert way(cockpit) == ""
    assert not cockpit.board.money.isVisible()


# --- the card --------------------------------------------------------------------------------


def sums(spent: float, limit: float) -> str:
    return _("{amount} of {limit}").format(
        amount=format_dollars(spent), limit=format_dollars(limit)
    )


def test_the_card_adds_up_what_left_and_what_was_read(make_cockpit: Make, bridge: Bridge) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start(minute=0.5)
    hour.becomes("rules", PostState.UNKNOWN, attempts=1)
    hour.say_rows()
    bridge.report(ReadsCounted("chat", Reads(posts=40, users=10)))
    bridge.report(ReadsCounted("another", Reads(posts=4000)))
    settle()
    assert sums(2 + 2 + 20 + 15, 500) in said(cockpit.board.money)
    uncertain = _("By our own count, of which {amount} not certain.")
    assert uncertain.format(amount=format_dollars(2)) in said(cockpit.board.money)
    bar = cockpit.board.money.findChild(QProgressBar)
    assert (bar.value(), bar.property("tone")) == (8, "well")
    cockpit.editor.edit(replace(cockpit.editor.chat, spending_limit_cents=45))
    settle()
    assert sums(39, 45) in said(cockpit.board.money)
    assert bar.property("tone") == "look"


def test_the_amount_is_changed_on_its_page(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    steps: list[StepId] = []
    cockpit.page.step_wanted.connect(steps.append)
    cockpit.start()
    change = button(cockpit, "Change the amount")
    assert change is not None
    change.click()
    assert steps == [StepId.CONNECTION]


# --- at the limit ----------------------------------------------------------------------------


def test_a_tag_no_longer_read_is_told_with_what_to_do(make_cockpit: Make, bridge: Bridge) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    steps: list[StepId] = []
    cockpit.page.step_wanted.connect(steps.append)
    cockpit.start()
    bridge.report(ReadingHeld("chat", Occasion.LIVE, Reason.SPENDING_LIMIT))
    settle()
    assert held_words(Reason.SPENDING_LIMIT) in said(cockpit.board.feed)
    raised = button(cockpit, "Raise the amount")
    assert raised is not None
    raised.click()
    assert steps == [StepId.CONNECTION]
    bridge.report(ReadingHeld("chat", Occasion.LIVE, Reason.NONE))
    settle()
    assert held_words(Reason.SPENDING_LIMIT) not in said(cockpit.board.feed)


@pytest.mark.parametrize("reason", [Reason.NO_CREDIT, Reason.CAPPED, Reason.KEYS_REFUSED])
def test_when_x_does_not_let_the_tag_be_read_it_is_on_x(
    make_cockpit: Make, bridge: Bridge, reason: Reason
) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    cockpit.start()
    bridge.report(ReadingHeld("chat", Occasion.LIVE, reason))
    settle()
    assert held_words(reason) in said(cockpit.board.feed)
    see = button(cockpit, "See the tag on X")
    assert see is not None
    see.click()
    assert [page for page in cockpit.pages if "search?q=" in page]


# --- replies ---------------------------------------------------------------------------------


def reply_to(cockpit: Cockpit, hour: FakeHour, text: str) -> str:
    """What the panel says of a reply to a post of that text."""
    hour.say_posts(participant(1, text, START))
    settle()
    cockpit.board.feed._open_reply("1001", "")
    settle()
    return said(cockpit.board.feed.reply)


def test_a_reply_to_who_mentioned_us_leaves_by_itself(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start()
    assert leaves(1.0) in reply_to(cockpit, hour, "@VoixDesFilles merci !")
    cockpit.board.feed.reply._edit.insertPlainText("Lisez https://exemple.org ")
    assert leaves(30) in said(cockpit.board.feed.reply)
    cockpit.editor.edit(replace(cockpit.editor.chat, spending_limit_cents=15))
    cockpit.board.feed.reply._edit.insertPlainText("!")
    over = _("It would go over the amount you set.") + " " + opens()
    assert over in said(cockpit.board.feed.reply)


def test_a_reply_to_who_did_not_opens_in_the_browser(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    why = _(
        "With the access keys, X lets you answer only those who mentioned or quoted your account."
    )
    assert f"{why} {opens()}" in reply_to(cockpit, cockpit.start(), "R1 À l’école")


def test_without_keys_a_reply_opens_in_the_browser(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.ASSISTED))
    hour = cockpit.start()
    assert _("Opens in your browser · free") in reply_to(cockpit, hour, "@voixdesfilles merci")


def test_a_rehearsed_reply_tells_no_way(make_cockpit: Make) -> None:
    cockpit = make_cockpit(full_chat(Route.KEYS))
    hour = cockpit.start(Occasion.REHEARSAL)
    assert "·" not in reply_to(cockpit, hour, "@voixdesfilles merci")

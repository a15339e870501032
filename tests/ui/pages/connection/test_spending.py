"""What posts with links cost, the two ways out, and what was spent so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.routes import chat_price
from tchat_desktop.domain.spending import BillLine, Reads, Spent, Statement, statement
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.events import ReadsCounted
from tchat_desktop.ui.pages.connection.page import USUAL, ConnectionPage
from tchat_desktop.ui.pages.connection.spent_part import line_words
from tchat_desktop.wording.i18n import _, format_dollars, format_price
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned
from tests.fakes.texts import load_texts
from tests.ui.pages.fake_connections import FakeConnections
from tests.ui.pages.fake_hours import full_chat
from tests.ui.pages.hands import (
    check_names,
    focusable_names,
    named,
    new_bridge,
    press,
    put_on_screen,
    says,
)

texts_of = cache(load_texts)
Q2 = run_sheet.question_key("q2")
LINKED = "Qui aide ? https://www.unicef.org"


class Desk:
    """The page with keys; the second question has a link."""

    def __init__(self, qtbot: QtBot) -> None:
        chat = full_chat(Route.KEYS)
        questions = list(chat.questions)
        questions[1] = replace(questions[1], text=LINKED)
        self.editor = ChatEditor(replace(chat, questions=tuple(questions)))
        self.bridge = new_bridge()
        self.rows: list[OutboxPost] = []
        self.reads = Reads()
        self.page = ConnectionPage(
            self.editor,
            NETWORK,
            texts_of,
            FakeConnections(),
            print,
            self.bridge,
            lambda _chat_id: statement(self.rows, NETWORK, self.reads),
        )
        put_on_screen(qtbot, self.page, self.editor)

    @property
    def about(self) -> str:
        return f"Q2, {_('{count} min').format(count=self.item.offset)}"

    @property
    def item(self) -> run_sheet.RunItem:
        return run_sheet.build_run_sheet(self.editor.chat, texts_of("fr")).item(Q2)

    def press(self, words: str) -> None:
        press(self.page, f"{words} – {self.about}")

    def price(self) -> float:
        """What the page says the chat costs is what its posts by keys cost."""
        items = run_sheet.build_run_sheet(self.editor.chat, texts_of("fr")).items
        texts = [item.text for item in items if not item.by_page]
        price = chat_price(texts, NETWORK, USUAL)
        assert says(self.page, format_dollars(price.total_cents))
        return price.total_cents


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_a_post_with_a_link_is_listed_with_its_price(desk: Desk, qtbot: QtBot) -> None:
    assert says(desk.page, "Q2")
    assert says(desk.page, format_price(30))
    check_names(desk.page)
    with qtbot.waitSignal(desk.page.step_wanted) as wanted:
        press(desk.page, _("Change them in the run sheet"))
    assert wanted.args == [StepId.RUN_SHEET]


def test_without_a_link_nothing_is_listed(desk: Desk) -> None:
    desk.editor.edit(full_chat(Route.KEYS))
    assert not desk.page.spending._links.isVisible()


def test_the_price_counts_links_only_where_there_are_some(desk: Desk) -> None:
    assert "avec un lien" in desk.page.spending._price.text()
    desk.editor.edit(full_chat(Route.KEYS))
    assert "avec un lien" not in desk.page.spending._price.text()


def test_the_link_is_left_out_and_put_back(desk: Desk) -> None:
    dear = desk.price()
    desk.press(_("Leave the link out"))
    assert desk.editor.chat.questions[1].text == "Qui aide ?"
    assert desk.price() == dear - 30 + 2
    assert says(desk.page, _("Leaves without its link: {price}").format(price=format_price(2)))
    back = named(desk.page, f"{_('Put the link back')} – {desk.about}")
    assert QApplication.focusWidget() is back
    desk.press(_("Put the link back"))
    assert desk.editor.chat.questions[1].text == LINKED
    assert desk.price() == dear


def test_leaving_the_link_out_is_undone_like_any_edit(desk: Desk) -> None:
    desk.press(_("Leave the link out"))
    desk.editor.undo()
    assert desk.editor.chat.questions[1].text == LINKED
    assert says(desk.page, format_price(30))


def test_another_text_written_meanwhile_is_not_lost(desk: Desk) -> None:
    desk.press(_("Leave the link out"))
    other = run_sheet.with_item_text(desk.editor.chat, Q2, "Q2 Autre #X", texts_of("fr"))
    desk.editor.edit(other)
    assert not desk.page.spending._links.isVisible()


def test_a_post_goes_by_the_page_and_is_in_the_price_no_more(desk: Desk) -> None:
    dear = desk.price()
    desk.press(_("Send it in the browser (free)"))
    assert desk.item.by_page
    assert desk.item.text.endswith("https://www.unicef.org #UnionsPrécoces")
    assert desk.price() == dear - 30
    assert says(desk.page, _("Goes in the browser, free"))
    desk.press(_("With the keys again"))
    assert not desk.item.by_page
    assert desk.price() == dear


def test_an_amount_that_suffices_without_the_dear_posts_is_not_warned_of(desk: Desk) -> None:
    cents = round(desk.price()) - 10
    desk.editor.edit(replace(desk.editor.chat, spending_limit_cents=cents))
    assert desk.page.spending.verdict
    desk.press(_("Send it in the browser (free)"))
    assert desk.page.spending.verdict == ""


def test_a_post_that_is_only_a_link_keeps_it(desk: Desk) -> None:
    changed = run_sheet.with_item_text(
        desk.editor.chat, Q2, "https://unicef.org #UnionsPrécoces", texts_of("fr")
    )
    desk.editor.edit(changed)
    assert named(desk.page, f"{_('Send it in the browser (free)')} – {desk.about}")
    assert f"{_('Leave the link out')} – {desk.about}" not in focusable_names(desk.page)


# --- what was spent --------------------------------------------------------------------------


def wait(qtbot: QtBot, come: Callable[[], bool]) -> None:
    qtbot.waitUntil(come)


def test_what_was_spent_shows_once_there_is_something(desk: Desk, qtbot: QtBot) -> None:
    part = desk.page.spending.spent
    assert not part.isVisible()
    lost = planned("lost", state=PostState.UNKNOWN, attempts=1)
    desk.rows = [planned("q", state=PostState.SENT, attempts=1), lost]
    desk.reads = Reads(posts=12, users=4)
    desk.bridge.report(ReadsCounted("chat", desk.reads))
    wait(qtbot, part.isVisible)
    assert says(desk.page, _("Already spent on this chat: {amount}").format(
        amount=format_dollars(2 + 2 + 6 + 6)
    ))  # fmt: skip
    assert says(desk.page, format_dollars(2))
    assert not says(desk.page, line_words(BillLine(Action.READ_POST, 12, 6)))
    press(desk.page, _("What this is made of"))
    assert says(desk.page, line_words(BillLine(Action.READ_POST, 12, 6)))
    assert says(desk.page, f"× {format_price(0.5)}")
    assert says(desk.page, f"= {format_price(6)}")
    check_names(desk.page)


def test_another_chat_changes_nothing_here(desk: Desk, qtbot: QtBot) -> None:
    asked: list[str] = []

    def ask(chat_id: str) -> Statement:
        asked.append(chat_id)
        return Statement()

    desk.page._spending_of = ask
    desk.bridge.report(ReadsCounted("another", Reads(posts=1)))
    desk.bridge.report(ReadsCounted("chat", Reads(posts=1)))
    wait(qtbot, lambda: bool(asked))
    assert asked == ["chat"]


@pytest.mark.parametrize("action", sorted(NETWORK.priced))
def test_every_line_has_its_words(action: Action) -> None:
    one, many = (line_words(BillLine(action, count, 1)) for count in (1, 2))
    assert one.startswith("1") and many.startswith("2")


def test_what_is_not_certain_is_told_apart(desk: Desk) -> None:
    part = desk.page.spending.spent
    part.show_statement(Statement((), Spent(0.0, 3.0)))
    assert part._perhaps.isVisible()
    assert not part.fold.isVisible()

"""The real hour from the window, without keys: what waits is said, held, and answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.outgoing import OutboxPost, PostState, needing
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.pages.hour.board import HourBoard
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.wording.i18n import _
from tests.ui.running import Person, running

TAG = " #UnionsPrécoces"


class Holding(Person):
    """Somebody who holds an hour without keys; the browser only remembers what it was given."""

    def begin(self, pages: list[str]) -> None:
        self.pages = pages
        self.told: list[OutboxChanged] = []
        self.open_example()
        editor = self.session.editor
        soon = datetime.now(UTC) + timedelta(minutes=5)
        editor.edit(replace(editor.chat, route=Route.ASSISTED, starts_at=soon))
        self.app.bridge.outbox_changed.connect(self.told.append)
        self.session.start_live()
        self.workspace.open_step(StepId.HOUR)
        self.wait(lambda: bool(self.told))
        self.wait(lambda: self.board is not None)

    @property
    def board(self) -> HourBoard:
        page = self.workspace.page(StepId.HOUR)
        assert isinstance(page, CockpitPage)
        assert page.board is not None
        return page.board

    @property
    def hour(self):
        hour = self.session.hour(Occasion.LIVE)
        assert hour is not None
        return hour

    def rows(self) -> tuple[OutboxPost, ...]:
        return self.told[-1].rows

    def row(self, post_id: str) -> OutboxPost:
        return next(row for row in self.rows() if row.id == post_id)

    def following(self) -> OutboxPost:
        return next(row for row in self.rows() if row.state is PostState.PLANNED)

    def comes_to(self, post_id: str, state: PostState) -> None:
        self.wait(lambda: self.row(post_id).state is state)

    def waiting_shown(self) -> None:
        """The strip counts what the outbox does; the bar at the top does where no strip is."""
        count = len(needing(self.rows()))
        words = f"{count} à vérifier" if count else "Aucun message à vérifier"
        self.wait(lambda: self.board.strip._check.accessibleName() == words)
        bar = self.app.window.bar._check
        strip_shown = self.workspace.step is StepId.HOUR
        hidden = strip_shown or not count
        self.wait(lambda: bar.isHidden() if hidden else bar.accessibleName() == words)

    def add(self, number: int, text: str) -> str:
        post_id = str(1_900_000_000_000_000_000 + number)
        url = f"https://x.com/prof_ex/status/{post_id}"
        self.hour.add_by_hand(Post(post_id, "prof_ex", "Prof", text, datetime.now(UTC), url))
        self.wait(lambda: post_id in self.board.feed._cards)
        return post_id

    def reply(self, post_id: str, text: str) -> OutboxPost:
        self.board.feed._cards[post_id]._reply.click()
        self.board.feed.reply._edit.setPlainText(text)
        self.board.feed.reply._send.click()
        self.wait(lambda: any(row.text == text for row in self.rows()))
        return next(row for row in self.rows() if row.text == text)


@pytest.fixture
def me(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Holding]:
    pages: list[str] = []
    monkeypatch.setattr(SystemBrowser, "open", lambda _self, page: not pages.append(page))
    with running(qapp, tmp_path, vault=MemoryVault()) as app:
        person = Holding(app, qtbot)
        person.begin(pages)
        yield person


def test_what_waits_is_counted_on_every_step_and_one_press_away(me: Holding) -> None:
    me.waiting_shown()
    first = me.following()
    me.hour.do(Outbox.send_now, first.id)
    me.comes_to(first.id, PostState.HANDED_OVER)
    me.waiting_shown()
    assert "Rien n’est encore parti" not in " ".join(me.words())
    bar = me.app.window.bar
    assert bar._check.isHidden()
    me.workspace.open_step(StepId.QUESTIONS)
    me.wait(bar._check.isVisible)
    # It comes and goes without moving what is beside it.
    bar.layout().activate()
    place = bar.undo.x()
    bar.show_to_check(0)
    bar.layout().activate()
    assert bar.undo.x() == place
    bar.show_to_check(1)
    me.press("1 à vérifier")
    assert me.workspace.step is StepId.HOUR
    me.wait(lambda: me.board.now.asked_id == first.id)
    me.board.now._yes.click()
    me.comes_to(first.id, PostState.SENT)
    me.waiting_shown()
    assert len(me.pages) == 1


def test_a_post_being_changed_opens_no_page_at_its_time(me: Holding) -> None:
    post = me.following()
    me.press(_("Change this post"))
    me.wait(lambda: me.told[-1].held == {post.id})
    # Its time comes while the editor is open.
    me.hour.do(Outbox.send_now, post.id)
    me.wait(lambda: me.row(post.id).due_at <= datetime.now(UTC))
    other = [row for row in me.rows() if row.state is PostState.PLANNED][1]
    me.hour.do(Outbox.send_now, other.id)
    me.comes_to(other.id, PostState.HANDED_OVER)
    assert me.row(post.id).state is PostState.PLANNED
    assert me.board.next.editing
    me.board.next.changing.edit.setPlainText("Autrement" + TAG)
    me.press(_("Keep this text"))
    me.wait(lambda: me.told[-1].held == frozenset())
    kept = me.row(post.id)
    assert kept.text == "Autrement" + TAG
    assert kept.due_at > datetime.now(UTC) + timedelta(seconds=30)
    assert len(me.pages) == 1
    me.waiting_shown()


def test_a_reply_under_a_filter_then_another_one_under_all(me: Holding) -> None:
    one, other = me.add(1, "Comment faire ?"), me.add(2, "Et l’école ?")
    me.board.feed.filters.button(FeedFilter.UNANSWERED).click()
    first = me.reply(one, "Par la mère" + TAG)
    me.comes_to(first.id, PostState.HANDED_OVER)
    me.waiting_shown()
    me.hour.do(Outbox.confirm_sent, first.id)
    me.comes_to(first.id, PostState.SENT)
    for which in FeedFilter:
        me.board.feed.filters.button(which).click()
    me.board.feed.filters.button(FeedFilter.ALL).click()
    me.wait(lambda: other in me.board.feed._cards)
    me.board.feed.welcome(one)
    me.board.feed.reply.close_panel()
    second = me.reply(other, "Avec l’école" + TAG)
    me.comes_to(second.id, PostState.HANDED_OVER)
    me.waiting_shown()


def test_a_repost_that_was_dropped_reads_as_none_and_can_be_asked_for_again(me: Holding) -> None:
    post_id = me.add(1, "R1 À l’école")
    card = me.board.feed._cards[post_id]
    card._repost.click()
    me.wait(lambda: any(row.target_id == post_id for row in me.rows()))
    row = next(row for row in me.rows() if row.target_id == post_id)
    me.comes_to(row.id, PostState.HANDED_OVER)
    me.wait(lambda: card._repost.text() == _("Repost to check"))
    me.hour.do(Outbox.skip, row.id)
    me.comes_to(row.id, PostState.SKIPPED)
    me.wait(lambda: card._repost.text() == _("Repost") and card._repost.isEnabled())
    card._repost.click()
    me.comes_to(row.id, PostState.HANDED_OVER)
    me.hour.do(Outbox.confirm_sent, row.id)
    me.wait(lambda: card._repost.text() == _("Reposted"))
    assert len(me.pages) == 2


def test_a_reply_written_on_hold_is_seen_to_wait_and_opens_nothing(me: Holding) -> None:
    post_id = me.add(1, "Et l’école ?")
    me.hour.do(Outbox.pause)
    me.wait(lambda: me.told[-1].paused)
    row = me.reply(post_id, "Avec l’école" + TAG)
    me.comes_to(row.id, PostState.DUE)
    me.wait(lambda: any("1 réponse ou repost attend" in one for one in me.words()))
    assert me.pages == []
    assert me.board.view().on_the_way == (me.row(row.id),)


def test_a_browser_that_does_not_open_is_told_with_the_address(
    me: Holding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_self: object, _page: str) -> bool:
        raise OSError("no browser")

    for broken in (breaks, lambda _self, _page: False):
        me.app.window.notice.hide()
        monkeypatch.setattr(SystemBrowser, "open", broken)
        me.app.outside().open_page("https://x.com/a/status/1")
        me.wait(lambda: "navigateur" in me.notice())
        me.press("Copier l’adresse")
        assert QApplication.clipboard().text() == "https://x.com/a/status/1"


def test_a_key_goes_round_the_parts_of_the_hour(me: Holding) -> None:
    page, window = me.hour_page(), me.app.window
    order = [page.board.strip, page.board.main, page.board.feed, page.aside]
    order += [me.workspace.bar, window.bar, me.workspace.rail]
    page.heading.setFocus()
    for part in order[1:] + order[:1]:
        QTest.keySequence(window, sequence(Shortcut.NEXT_REGION))
        at = QApplication.focusWidget()
        assert part is at or part.isAncestorOf(at), (part, at)
    for part in reversed(order):
        QTest.keySequence(window, sequence(Shortcut.PREVIOUS_REGION))
        at = QApplication.focusWidget()
        assert part is at or part.isAncestorOf(at), (part, at)

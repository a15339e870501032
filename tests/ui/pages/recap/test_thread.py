"""The thread of the recap on its page: proposed, changed, and published as a chain."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.by_hand import LinkProblem
from tchat_desktop.domain.chat import Occasion, RecapDraft, Route
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason
from tchat_desktop.domain.x.post_ids import made_up_id
from tchat_desktop.services.ports import PublishRefused, PublishUnknown
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.recap.thread_card import ThreadCard
from tchat_desktop.ui.pages.recap.thread_words import way_words
from tchat_desktop.ui.pages.shared.link_words import link_words
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.wording.i18n import _, format_price
from tests.fakes.network import NETWORK
from tests.ui.events import deliver
from tests.ui.keyboard import press, replace_text, type_text
from tests.ui.pages.hands import check_names
from tests.ui.pages.stage import CHAT, POSTS, Stage, post, settled, shown_recap

ALT = Qt.KeyboardModifier.AltModifier
BY_KEYS = replace(CHAT, route=Route.KEYS)
LINK = "https://x.com/voixdesfilles/status/"


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every press is meant: the buttons stood still for long enough."""
    monkeypatch.setattr(SteadyButton, "is_settled", property(lambda _button: True))


def proposed(qtbot: QtBot, stage: Stage, page: RecapPage) -> ThreadCard:
    card = page.thread_card
    card.propose.click()
    qtbot.waitUntil(lambda: bool(card.rows))
    return card


def texts(card: ThreadCard) -> list[str]:
    return [row.text.toPlainText() for row in card.rows]


def rows_of(stage: Stage) -> dict[str, OutboxPost]:
    return {row.slot: row for row in stage.outbox.rows(CHAT.id, Occasion.THREAD)}


def until(qtbot: QtBot, stage: Stage, card: ThreadCard, *states: PostState) -> None:
    """Wait until the first rows are in these states, on disk and on screen."""

    def are() -> bool:
        found = rows_of(stage)
        known = [found[row.post_id].state for row in card.rows if row.post_id in found]
        return known[: len(states)] == list(states)

    qtbot.waitUntil(are)
    deliver()


def given_link(stage: Stage, number: int) -> str:
    return LINK + made_up_id(stage.thread.clock.now() + timedelta(seconds=5), number)


def test_a_thread_is_proposed_from_the_highlights(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    assert page.thread_card.rows == ()
    card = proposed(qtbot, stage, page)
    assert [row.number for row in card.rows] == ["1/4", "2/4", "3/4", "4/4"]
    assert "4 personnes" in texts(card)[0]
    assert texts(card)[1].startswith("Q1 Que manque-t-il à la loi ?")
    assert "La loi existe" in texts(card)[1]
    assert tuple(one.text for one in editor.chat.thread) == tuple(texts(card))
    assert card.propose.isHidden()
    assert card.publish.isHidden()
    assert card.way == way_words(4, None)
    check_names(page)


def test_messages_are_changed_moved_taken_out_and_added(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    card = proposed(qtbot, stage, page)
    before = texts(card)
    replace_text(card.rows[0].text, "Bonjour !")
    assert editor.chat.thread[0].text == "Bonjour !"
    first = card.rows[0]
    press(first.handle, Qt.Key.Key_Down)
    assert texts(card)[:2] == [before[1], "Bonjour !"]
    assert first.number == "2/4"
    first.text.setFocus()
    qtbot.waitUntil(first.text.hasFocus)
    qtbot.keyClick(first.text, Qt.Key.Key_Up, ALT)
    assert texts(card)[:2] == ["Bonjour !", before[1]]
    card.rows[1].remove.trigger()
    assert [row.number for row in card.rows] == ["1/3", "2/3", "3/3"]
    editor.undo()
    assert len(card.rows) == 4
    card.add_post.click()
    type_text(card.rows[-2].text, "Et demain ?")
    assert texts(card)[-2] == "Et demain ?"
    assert card.rows[-1].number == "5/5"


def test_what_does_not_leave_is_said_at_its_message(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    stage.thread.connected = True
    chat = replace(BY_KEYS, recap=RecapDraft(hidden_authors=("moussa_ex",)))
    page, _editor = shown_recap(qtbot, stage, chat)
    card = proposed(qtbot, stage, page)
    assert not any("Moussa" in text for text in texts(card))
    assert card.publish.isEnabled()
    for wrong in ("", "a" * 290, "Voir [lien]", "Merci à Moussa !"):
        replace_text(card.rows[0].text, wrong)
        assert card.rows[0].problem, wrong
        assert not card.publish.isEnabled()
    replace_text(card.rows[0].text, "Merci @a_b @c_d @e_f")
    assert card.rows[0].problem
    assert card.publish.isEnabled()


def test_with_keys_the_price_is_told_and_the_thread_leaves_by_itself(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    stage.thread.connected = True
    page, _editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    cents = NETWORK.platform.cents
    price = format_price(cents[Action.POST] + 3 * cents[Action.OWN_REPLY])
    assert price in card.way
    assert price in card.publish.text()
    assert all(row.open.isHidden() for row in card.rows)
    card.publish.click()
    until(qtbot, stage, card, PostState.SENT, PostState.PLANNED)
    assert not card.pause.isHidden()
    assert card.publish.isHidden()
    assert card.rows[0].text.isReadOnly()
    assert card.rows[0].handle.isHidden()
    stage.thread.pass_time(90)
    until(qtbot, stage, card, *[PostState.SENT] * 4)
    assert card.told == _("Your thread is published.")
    assert card.publish.isHidden()
    made = [one for one, _at in stage.thread.x.taken]
    assert [one.text[:4] for one in made] == ["1/4 ", "2/4 ", "3/4 ", "4/4 "]
    assert [one.target_id for one in made[1:]] == [f"remote-{one.id}" for one in made[:-1]]
    card.rows[1].see.click()
    assert stage.opened == ["https://x.com/tchat/status/2"]


def test_a_thread_is_paused_and_goes_on_and_cancelled(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    stage.thread.connected = True
    page, _editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    card.publish.click()
    until(qtbot, stage, card, PostState.SENT, PostState.PLANNED)
    card.pause.click()
    qtbot.waitUntil(card.pause.isHidden)
    price = format_price(3 * NETWORK.platform.cents[Action.OWN_REPLY])
    assert card.publish.text() == _("Go on with the thread for {price}").format(price=price)
    assert card.told
    stage.thread.pass_time(300)
    assert len(stage.thread.x.taken) == 1
    card.cancel.click()
    until(qtbot, stage, card, PostState.SENT, PostState.SKIPPED)
    replace_text(card.rows[1].text, "Dit autrement")
    card.publish.click()
    stage.thread.clock.until(lambda: len(stage.thread.x.taken) == 2)
    assert stage.thread.x.taken[1][0].text == "2/4 Dit autrement"


def test_a_refusal_is_told_and_the_browser_is_a_way_out(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    stage.thread.connected = True
    stage.thread.x.outcomes = [PublishRefused(Reason.NO_CREDIT)]
    page, _editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    card.publish.click()
    until(qtbot, stage, card, PostState.FAILED)
    assert "1" in card.told
    card.other_way.click()
    assert not card.rows[0].open.isHidden()
    stage.thread.pass_time(5)
    card.rows[0].open.click()
    until(qtbot, stage, card, PostState.HANDED_OVER)
    assert stage.thread.x.taken == []


def test_what_the_recap_no_longer_says_does_not_leave_before_it_is_made_again(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    stage.thread.connected = True
    page, editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    qtbot.waitUntil(card.publish.isEnabled)
    assert "Papa" in "".join(texts(card))
    assert card.notes.former == ""
    editor.edit(replace(editor.chat, recap=RecapDraft(hidden_authors=("papa_ex",))))
    qtbot.waitUntil(lambda: bool(card.notes.former))
    assert not card.publish.isEnabled()
    card.notes.redo.click()
    qtbot.waitUntil(card.publish.isEnabled)
    assert card.notes.former == ""
    assert "Papa" not in "".join(texts(card))
    check_names(page)


def test_a_thread_that_is_leaving_stops_before_what_is_no_longer_so(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    stage.thread.connected = True
    page, editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    qtbot.waitUntil(card.publish.isEnabled)
    card.publish.click()
    until(qtbot, stage, card, PostState.SENT, PostState.PLANNED)
    quoting = next(row for row in card.rows if "Papa" in row.text.toPlainText())
    editor.edit(
        replace(editor.chat, recap=RecapDraft(hidden_authors=("papa_ex",), introduction="Bonsoir"))
    )
    qtbot.waitUntil(lambda: bool(card.notes.former))
    assert quoting.problem
    stage.thread.pass_time(300)
    assert not any("Papa" in one.text for one, _at in stage.thread.x.taken)
    left = len(stage.thread.x.taken)
    card.notes.redo.click()
    qtbot.waitUntil(lambda: not card.notes.former)
    assert len(card.rows) == 4
    card.publish.click()
    qtbot.waitUntil(lambda: len(stage.thread.x.taken) > left)
    stage.thread.pass_time(90)
    assert len(stage.thread.x.taken) == 4
    assert not any("Papa" in one.text for one, _at in stage.thread.x.taken)
    # Of what is out nothing is said again that is so.
    assert card.notes.out == ""


def test_what_is_out_already_is_said_to_be_out_of_our_hands(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    stage.thread.connected = True
    page, editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    qtbot.waitUntil(card.publish.isEnabled)
    card.publish.click()
    until(qtbot, stage, card, PostState.SENT, PostState.PLANNED)
    stage.thread.pass_time(90)
    until(qtbot, stage, card, *[PostState.SENT] * 4)
    number = next(n for n, row in enumerate(card.rows, 1) if "Papa" in row.text.toPlainText())
    editor.edit(replace(editor.chat, recap=RecapDraft(hidden_authors=("papa_ex",))))
    qtbot.waitUntil(lambda: bool(card.notes.out))
    assert str(number) in card.notes.out
    assert card.notes.former == ""


def test_what_the_thread_leaves_out_is_said_before_it_leaves(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    draft = RecapDraft(introduction="Une soirée rare.", hidden_authors=("papa_ex",))
    page, _editor = shown_recap(qtbot, stage, replace(CHAT, recap=draft))
    card = proposed(qtbot, stage, page)
    assert "Une soirée rare." in texts(card)
    qtbot.waitUntil(lambda: bool(card.notes.left_out))
    assert _("the recap does not name who wrote") in card.notes.left_out
    assert "Une soirée rare." not in card.notes.left_out
    replace_text(card.rows[1].text, "Bonsoir à toutes")
    assert "Une soirée rare." in card.notes.left_out


def test_a_doubt_is_asked_about_and_the_answer_lets_the_thread_go_on(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    stage.thread.connected = True
    stage.thread.x.outcomes = [("stored", PublishUnknown(Reason.ANSWER_LOST))]
    stage.thread.x.looks = ["unsure"] * 9
    page, _editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    card.publish.click()
    until(qtbot, stage, card, PostState.UNKNOWN)
    link = card.rows[0].link
    assert not link.isHidden()
    link.link.setText("https://x.com/somebody/status/1")
    link.confirm.click()
    assert link.field.verdict
    link.link.setText(given_link(stage, 1))
    link.confirm.click()
    until(qtbot, stage, card, PostState.SENT)
    stage.thread.pass_time(120)
    until(qtbot, stage, card, *[PostState.SENT] * 4)
    assert len(stage.thread.x.taken) == 4


def test_a_doubt_is_settled_by_what_was_read_since(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    stage.thread.connected = True
    stage.thread.x.outcomes = [("stored", PublishUnknown(Reason.ANSWER_LOST))]
    stage.thread.x.looks = ["unsure"] * 9
    page, _editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    card.publish.click()
    until(qtbot, stage, card, PostState.UNKNOWN)
    lost = rows_of(stage)[card.rows[0].post_id]
    found = post(1, CHAT.account, lost.text).post
    link = given_link(stage, 3).removeprefix(LINK)
    found = replace(found, id=link, created_at=lost.due_at + timedelta(seconds=5))
    stage.posts.add(CHAT.id, Occasion.LIVE, [FeedPost(found)])
    page.watch.refresh()
    until(qtbot, stage, card, PostState.SENT)
    assert rows_of(stage)[card.rows[0].post_id].remote_id == link


def test_without_keys_one_button_after_the_other(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    card = proposed(qtbot, stage, page)
    assert [row.open.isEnabled() for row in card.rows] == [True, False, False, False]
    card.rows[0].open.click()
    until(qtbot, stage, card, PostState.HANDED_OVER, PostState.DRAFT)
    link = card.rows[0].link
    link.confirm.click()
    assert link.field.verdict == _("Paste its link: the next message answers it.")
    for number, row in enumerate(card.rows[:-1], 1):
        row.link.link.setText(given_link(stage, number))
        row.link.confirm.click()
        qtbot.waitUntil(card.rows[number].open.isEnabled)
        stage.thread.pass_time(5)
        card.rows[number].open.click()
        until(qtbot, stage, card, *[PostState.SENT] * number, PostState.HANDED_OVER)
    # Nobody answers the last one: it needs no link.
    card.rows[-1].link.confirm.click()
    until(qtbot, stage, card, *[PostState.SENT] * 4)
    qtbot.waitUntil(lambda: card.told == _("Your thread is published."))
    opened = stage.thread.pages.calls
    found = [rows_of(stage)[row.post_id] for row in card.rows]
    assert [one.target_id for one in opened] == ["", *(one.remote_id for one in found[:-1])]


def test_a_message_that_has_not_left_is_taken_out_of_a_thread_that_has_begun(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, editor = shown_recap(qtbot, stage)
    card = proposed(qtbot, stage, page)
    card.rows[0].open.click()
    until(qtbot, stage, card, PostState.HANDED_OVER, PostState.DRAFT)
    assert [row.more.isHidden() for row in card.rows] == [True, False, False, False]
    assert not (card.rows[1].up.isEnabled() or card.rows[1].down.isEnabled())
    # One that says what may not be shown is barred, and has its way out beside it.
    replace_text(card.rows[1].text, "« […] » – […]")
    assert [row.take_out.isVisibleTo(row) for row in card.rows] == [False, True, False, False]
    gone, last = card.rows[1].post_id, texts(card)[-1]
    card.rows[1].take_out.click()
    assert [row.number for row in card.rows] == ["1/3", "2/3", "3/3"]
    assert gone not in [post.id for post in editor.chat.thread]
    card.rows[0].link.link.setText(given_link(stage, 1))
    card.rows[0].link.confirm.click()
    qtbot.waitUntil(card.rows[1].open.isEnabled)
    stage.thread.pass_time(5)
    card.rows[1].open.click()
    until(qtbot, stage, card, PostState.SENT, PostState.HANDED_OVER)
    assert gone not in rows_of(stage)
    assert texts(card)[-1] == last


def test_a_link_of_ones_own_that_is_another_message_is_not_taken_unasked(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    card = proposed(qtbot, stage, page)
    older = LINK + made_up_id(stage.thread.clock.now() - timedelta(seconds=30), 7)
    card.rows[0].open.click()
    until(qtbot, stage, card, PostState.HANDED_OVER)
    stage.thread.pass_time(5)
    card.rows[0].link.link.setText(given_link(stage, 1))
    card.rows[0].link.confirm.click()
    qtbot.waitUntil(card.rows[1].open.isEnabled)
    stage.thread.pass_time(5)
    card.rows[1].open.click()
    until(qtbot, stage, card, PostState.SENT, PostState.HANDED_OVER)
    link = card.rows[1].link
    link.link.setText(older)
    link.confirm.click()
    assert link.field.verdict == link_words(LinkProblem.BEFORE_ANSWERED, "")
    link.confirm.click()
    assert card.rows[1].state != _("Published"), "it cannot be the answer"
    stage.thread.pass_time(5)
    other = given_link(stage, 8)
    card._pasted[other.removeprefix(LINK)] = "Demain, on parle des cantines."
    link.link.setText(other)
    link.confirm.click()
    assert link.field.verdict == link_words(LinkProblem.OTHER_WORDS, "")
    link.confirm.click()
    until(qtbot, stage, card, PostState.SENT, PostState.SENT)


def test_a_page_that_was_not_used_opens_again(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    card = proposed(qtbot, stage, page)
    card.rows[0].open.click()
    until(qtbot, stage, card, PostState.HANDED_OVER)
    card.rows[0].link.deny.click()
    until(qtbot, stage, card, PostState.SKIPPED)
    assert card.rows[0].open.isEnabled()
    qtbot.waitUntil(card.rows[0].link.isHidden)


def test_the_page_of_ones_account_gives_the_links(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    card = proposed(qtbot, stage, page)
    assert card.paste.isHidden()
    card.rows[0].open.click()
    until(qtbot, stage, card, PostState.HANDED_OVER)
    QGuiApplication.clipboard().setText("rien")
    card.paste.click()
    qtbot.waitUntil(lambda: bool(card.told))
    text = rows_of(stage)[card.rows[0].post_id].text
    found = post(1, CHAT.account, text).post
    stage.thread.posting.take_in(
        [replace(found, id=given_link(stage, 7).removeprefix(LINK))], CHAT.account
    )
    until(qtbot, stage, card, PostState.SENT)
    assert card.rows[1].open.isEnabled()


def test_a_rehearsal_only_plays(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    stage.thread.connected = True
    page, editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    replace_text(card.rows[0].text, "Pour voir")
    assert card.publish.text() == _("Play its publication")
    card.publish.click()
    assert {row.state for row in card.rows} == {_("Published")}
    assert card.told
    assert editor.chat.thread == ()
    assert stage.thread.posting is None
    assert all(row.see.isHidden() for row in card.rows)


def test_where_another_window_publishes_that_is_said(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    stage.thread.connected = True
    stage.thread.free = False
    page, _editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    card.publish.click()
    qtbot.waitUntil(lambda: bool(card.told))
    assert stage.thread.x.taken == []


def test_a_thread_that_stopped_is_found_again_after_a_restart(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    stage.thread.connected = True
    page, editor = shown_recap(qtbot, stage, BY_KEYS)
    card = proposed(qtbot, stage, page)
    card.publish.click()
    until(qtbot, stage, card, PostState.SENT, PostState.PLANNED)
    stage.thread.stop()
    again, _editor = shown_recap(qtbot, stage, editor.chat)
    card = again.thread_card
    qtbot.waitUntil(lambda: bool(card.told))
    price = format_price(3 * NETWORK.platform.cents[Action.OWN_REPLY])
    assert card.publish.text() == _("Go on with the thread for {price}").format(price=price)
    assert card.pause.isHidden()
    card.publish.click()
    qtbot.waitUntil(lambda: len(stage.thread.x.taken) == 2)
    stage.thread.pass_time(90)
    assert len({one.id for one, _at in stage.thread.x.taken}) == len(stage.thread.x.taken) == 4


def test_on_a_copy_of_a_chat_that_is_open_elsewhere_nothing_leaves(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.hold()
    stage.thread.connected = True
    page, _editor = shown_recap(qtbot, stage, replace(BY_KEYS, live_elsewhere=stage.now))
    card = proposed(qtbot, stage, page)
    assert card.told
    assert card.publish.isHidden()
    assert all(row.open.isHidden() for row in card.rows)


def test_ones_own_thread_is_neither_public_nor_to_choose_from(qtbot: QtBot, stage: Stage) -> None:
    ours = post(90, CHAT.account, "1/4 Notre tchat", minute=70)
    stage.hold((*POSTS, ours))
    page, _editor = shown_recap(qtbot, stage)
    page.choose.click()
    settled(qtbot, page)
    assert ours.post.id not in {one.post.id for one in page.picker.shown}
    assert ours.post.id not in {card.post_id for card in page.board.cards}

"""The page of the tag pasted into the hour: two key presses for all its posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.pages_seen import Stretch
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.domain.x.post_ids import made_up_id
from tchat_desktop.services.ports import NotReached
from tchat_desktop.ui.models.feed_entry import AnswersTo
from tchat_desktop.ui.pages.hour import tag_paste
from tests.fakes import x_pages
from tests.fakes.x_pages import seen
from tests.ui.pages.fake_hours import START, full_chat
from tests.ui.pages.hour.conftest import Cockpit, settle
from tests.ui.pages.paste_tools import KnownTexts

Make = Callable[..., Cockpit]


def post(number: int, text: str = "R1 oui #UnionsPrécoces", author: str = "awa_ex") -> Post:
    at = START + timedelta(seconds=number)
    post_id = made_up_id(at, number)
    link = f"https://x.com/{author}/status/{post_id}"
    return Post(post_id, author, f"Nom {number}", text, at, link, by_hand=True)


def copy(markup: str, text: str = "") -> None:
    mime = QMimeData()
    if markup:
        mime.setHtml(markup)
    mime.setText(text)
    QApplication.clipboard().setMimeData(mime)


@pytest.fixture
def cockpit(make_cockpit: Make) -> Cockpit:
    made = make_cockpit(full_chat(Route.ASSISTED))
    made.start()
    return made


def press_paste(cockpit: Cockpit, qtbot: QtBot, says: str) -> str:
    """Press the keys with nothing being written in; what is told then."""
    feed = cockpit.board.feed
    cockpit.board.strip.title.setFocus()
    QTest.keyClick(cockpit.page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: says in feed.pasted.told)
    return feed.pasted.told


def test_two_keys_take_a_whole_page(cockpit: Cockpit, qtbot: QtBot) -> None:
    posts = [post(number) for number in range(17)]
    copy(x_pages.today(map(seen, posts)))
    press_paste(cockpit, qtbot, "17 nouveaux messages.")
    assert len(cockpit.board.feed.model) == 17
    more = [*posts, *(post(number) for number in range(17, 20)), post(30, author="voixdesfilles")]
    copy(x_pages.today(map(seen, more)))
    press_paste(
        cockpit,
        qtbot,
        "3 nouveaux messages, 17 déjà là, 1 du compte qui publie (vos propres messages).",
    )
    assert len(cockpit.board.feed.model) == 20


def test_an_own_post_on_the_page_answers_whether_it_is_published(
    cockpit: Cockpit, qtbot: QtBot
) -> None:
    hour, now = cockpit.hour, cockpit.board.now
    question = next(row for row in hour.rows if row.number == 1)
    hour.clock.at = question.due_at + timedelta(minutes=2)
    hour.becomes(
        question.slot, PostState.HANDED_OVER, changed_at=question.due_at, page="https://x.com/post"
    )
    hour.say_rows()
    qtbot.waitUntil(lambda: now.asked_id == question.id)
    after = (question.due_at - START).total_seconds() + 30
    own = post(int(after), question.text, author=cockpit.hour.chat.account)
    copy(x_pages.today([seen(post(1)), seen(own)]))
    told = press_paste(cockpit, qtbot, "retrouvé")
    assert told.startswith("Q1\u202f: publié, retrouvé sur la page collée. 1 nouveau")
    qtbot.waitUntil(lambda: now.asked_id != question.id)
    assert hour.row(question.slot).url == own.url
    # The page again says nothing of it: it is known.
    assert "retrouvé" not in press_paste(cockpit, qtbot, "0 nouveau")


def test_ten_links_are_posts_whose_texts_are_missing(cockpit: Cockpit, qtbot: QtBot) -> None:
    copy("", "\n".join(post(number).url for number in range(10)))
    press_paste(cockpit, qtbot, "10 nouveaux messages.")
    feed = cockpit.board.feed
    assert "Il manque encore le texte de 10 messages." in feed.pasted.told
    assert not feed.pasted._fill.isHidden()


def test_a_page_of_another_site_says_so(cockpit: Cockpit, qtbot: QtBot) -> None:
    copy(x_pages.ELSEWHERE, "Bonjour")
    press_paste(cockpit, qtbot, "Aucun message de X")
    copy("", x_pages.as_text([seen(post(1)), seen(post(2))]))
    press_paste(cockpit, qtbot, "2 messages")
    copy("", "")
    press_paste(cockpit, qtbot, "Rien à coller")
    assert len(cockpit.board.feed.model) == 0


def test_posts_without_the_tag_are_told(cockpit: Cockpit, qtbot: QtBot) -> None:
    copy(x_pages.today([seen(post(1, "Autre chose")), seen(post(2))]))
    told = press_paste(cockpit, qtbot, "2 nouveaux messages.")
    assert "#UnionsPrécoces" in told


def test_the_paste_is_offered_to_be_undone_until_something_else(
    cockpit: Cockpit, qtbot: QtBot
) -> None:
    copy(x_pages.today([seen(post(1))]))
    press_paste(cockpit, qtbot, "1 nouveau message.")
    feed = cockpit.board.feed
    feed.pasted.show_last(DoneCommand(Command.PASTE))
    assert feed.pasted._undo.isVisible()
    press_paste(cockpit, qtbot, "0 nouveau message, 1 déjà là.")
    assert feed.pasted._undo.isHidden(), "it would take back what came before"
    copy(x_pages.today([seen(post(2))]))
    press_paste(cockpit, qtbot, "1 nouveau message.")
    assert feed.pasted._undo.isVisible()
    feed.pasted._undo.click()
    assert ("undo",) in cockpit.hour.asked
    assert feed.pasted.isHidden()
    feed.pasted.show_last(DoneCommand(Command.MARK))
    assert feed.pasted._undo.isHidden()


def test_keys_paste_into_a_field_that_has_the_keyboard(cockpit: Cockpit, qtbot: QtBot) -> None:
    feed = cockpit.board.feed
    feed._tools.finder.click()
    feed.search.setFocus()
    copy("", post(1).url)
    QTest.keyClick(feed.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert feed.search.text() == post(1).url
    assert len(feed.model) == 0


def test_several_links_in_the_field_of_one_are_all_taken(cockpit: Cockpit, qtbot: QtBot) -> None:
    feed = cockpit.board.feed
    feed._tools.paste.click()
    feed.add._link.setFocus()
    copy("", f"{post(1).url} {post(2).url}")
    QTest.keyClick(feed.add._link, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(feed.model) == 2)
    qtbot.waitUntil(lambda: feed.add._link.text() == "")


def test_a_saved_page_is_opened(
    cockpit: Cockpit, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tag.html"
    path.write_text(x_pages.today([seen(post(1))]), "utf-8")
    monkeypatch.setattr(tag_paste, "ask_for_page", lambda _asker: path)
    feed = cockpit.board.feed
    feed.pasted.open.click()
    qtbot.waitUntil(lambda: len(feed.model) == 1)
    monkeypatch.setattr(tag_paste, "ask_for_page", lambda _asker: tmp_path / "tag.exe")
    feed.pasted.open.click()
    qtbot.waitUntil(lambda: "fichier" in feed.pasted.told)


def test_missing_texts_are_asked_for_on_a_press(cockpit: Cockpit, qtbot: QtBot) -> None:
    feed = cockpit.board.feed
    texts = feed.pasted._tools.texts
    assert isinstance(texts, KnownTexts)
    copy("", "\n".join(post(number).url for number in range(8)))
    press_paste(cockpit, qtbot, "8 nouveaux messages.")
    assert texts.asked == []
    texts.known = {post(number).id: post(number) for number in range(7)}
    feed.pasted._fill.click()
    qtbot.waitUntil(lambda: "7 textes complétés." in feed.pasted.told)
    assert "1 message est supprimé ou n’est pas public." in feed.pasted.told
    qtbot.waitUntil(lambda: len(feed._without_text()) == 1)


def test_asking_ends_where_the_network_does_not_answer(cockpit: Cockpit, qtbot: QtBot) -> None:
    feed = cockpit.board.feed
    texts = feed.pasted._tools.texts
    assert isinstance(texts, KnownTexts)
    copy("", "\n".join(post(number).url for number in range(8)))
    press_paste(cockpit, qtbot, "8 nouveaux messages.")
    texts.known = {post(number).id: NotReached(Obstacle.OFFLINE) for number in range(8)}
    feed.pasted._fill.click()
    qtbot.waitUntil(lambda: "X ne répond pas" in feed.pasted.told)
    assert len(texts.asked) == 1


def test_answers_of_a_paste_appear_under_the_filter_of_their_question(
    cockpit: Cockpit, qtbot: QtBot
) -> None:
    feed = cockpit.board.feed
    question = cockpit.hour.chat.questions[0].id
    first = [post(number, author=f"ami_{number}") for number in range(30)]
    cockpit.hour.say_posts(*(FeedPost(one, question_id=question) for one in first))
    qtbot.waitUntil(lambda: feed.model.answers_to(question) == 30)
    feed.filters.choose(AnswersTo(question))
    feed.filters.changed.emit()
    settle()
    assert list(feed.posts.cards)[:1] and first[29].id in feed.posts.cards
    more = [post(number, author=f"amie_{number}") for number in range(40, 54)]
    cockpit.hour.say_posts(*(FeedPost(one, question_id=question) for one in more))
    qtbot.waitUntil(lambda: feed.model.answers_to(question) == 44)
    settle()
    assert {one.id for one in more} <= feed.posts.cards.keys()
    assert feed.posts.keyboard.items[0] is feed.posts.cards[more[-1].id]


def test_messages_that_may_be_missing_are_told_until_a_page_shows_them(
    cockpit: Cockpit, qtbot: QtBot
) -> None:
    pasted = cockpit.board.feed.pasted
    at = START + timedelta(minutes=3)
    cockpit.hour.missing = (
        Stretch(at, at + timedelta(minutes=3)),
        Stretch(at + timedelta(minutes=8), at + timedelta(minutes=8, seconds=20)),
    )
    copy(x_pages.today([seen(post(1))]))
    with qtbot.waitSignal(pasted.said) as said:
        press_paste(cockpit, qtbot, "1 nouveau message.")
    assert pasted.missing.startswith("Il manque peut-être des messages entre 20\u00a0h\u00a003 et")
    assert ", vers 20\u00a0h\u00a011\u202f: sur la page de X" in pasted.missing
    assert pasted._missing.isVisible()
    assert said.args is not None
    assert said.args[0].endswith(pasted.missing)
    # Something else was pasted: what is missing is missing still.
    copy("", "Bonjour")
    press_paste(cockpit, qtbot, "Aucun message de X")
    assert pasted._missing.isVisible()
    cockpit.hour.missing = ()
    copy(x_pages.today([seen(post(2))]))
    press_paste(cockpit, qtbot, "1 nouveau message.")
    assert pasted._missing.isHidden()
    assert pasted.missing == ""

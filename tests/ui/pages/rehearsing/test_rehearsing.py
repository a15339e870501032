"""A rehearsal on screen: pretend pages in the app, nothing in the browser, a cut that waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.x.web_page import AssistedPublisher
from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.people import handle_problem
from tchat_desktop.domain.protection import name_out_request
from tchat_desktop.domain.steps import StepId
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.hour_parts import HourStores
from tchat_desktop.services.leaving import Hands
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.rehearsal_hour import BY_HAND, SPEED, RehearsalHour, rehearsed_way
from tchat_desktop.services.rehearsal_pages import NowhereBrowser, link_of
from tchat_desktop.services.rehearsal_script import load_script
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tchat_desktop.ui.pages.rehearsing.message_page import MessagePage
from tchat_desktop.ui.pages.rehearsing.pretend_page import PretendPage
from tchat_desktop.ui.pages.rehearsing.private_page import PrivatePage
from tchat_desktop.ui.pages.rehearsing.rehearsal_card import RehearsalCard, _someone_waits
from tchat_desktop.ui.pages.rehearsing.tag_page import TagPage
from tchat_desktop.ui.pages.rehearsing.window import (
    LEAST_TAB,
    MOST_HIGH,
    NEWS,
    WIDTHS,
    FictitiousWindow,
    clear_place,
    covered_by,
    on_screen,
)
from tchat_desktop.ui.pages.shared.care_notice import CareNotice
from tchat_desktop.ui.pages.shared.care_steps import minor_rule
from tchat_desktop.ui.pages.shared.day_list import DayList
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import tip_of
from tchat_desktop.ui.window_place import FRAME
from tchat_desktop.wording.i18n import _
from tests.fakes.memory_store import MemoryOutbox, MemoryPictures, MemoryPosts, MemoryUnsent
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.ui.live import live_rows
from tests.ui.pages.fake_connections import FakeConnections
from tests.ui.pages.fake_hours import START, full_chat
from tests.ui.pages.paste_tools import paste_tools

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
texts_of = cache(load_texts)


def settle() -> None:
    """Let the layouts follow."""
    for _turn in range(5):
        QApplication.processEvents()


class Rehearsal:
    """A cockpit with a real rehearsal in it."""

    followed = None

    def __init__(self, qtbot: QtBot, bridge: Bridge, chat: Chat) -> None:
        self.qtbot = qtbot
        self.editor = ChatEditor(chat)
        self.stores = HourStores(MemoryOutbox(), MemoryPosts())
        self.opened: list[str] = []
        """What went to the browser."""
        self.typing = 0.0
        self._report = bridge.report
        self._hour: RehearsalHour | None = None
        self.page = CockpitPage(
            self.editor, self, bridge, texts_of, self.opened.append, lambda: START,
            MemoryPictures(), NETWORK, lambda: None, live_rows(bridge, chat.id),
            DayList(lambda _pay: (), lambda _chat: frozenset(), FakeConnections(), lambda: START),
            MemoryUnsent(),
            paste_tools(bridge),
        )  # fmt: skip
        qtbot.addWidget(self.page)
        self.page.resize(1100, 740)
        self.page.show()

    # --- Hours -----------------------------------------------------------------------------

    def hour(self, occasion: Occasion) -> RehearsalHour | None:
        return self._hour if occasion is Occasion.REHEARSAL else None

    def start_live(self) -> RehearsalHour:
        raise AssertionError("nothing is live here")

    def start_rehearsal(self) -> RehearsalHour:
        def plan(chat: Chat) -> tuple[OutboxPost, ...]:
            sheet = run_sheet.build_run_sheet(chat, texts_of(chat.language))
            way = rehearsed_way(chat)
            return run_sheet.plan(chat, sheet, Occasion.REHEARSAL, way, START)

        self._hour = RehearsalHour(
            self.editor.chat,
            plan,
            self.stores,
            load_script(resource("languages", "fr", "rehearsal.toml")),
            AssistedPublisher(NowhereBrowser()),
            self._report,
            clock_start=START - timedelta(seconds=5),
            hands=Hands(lambda: self.typing),
            rules=NETWORK,
        )
        self._hour.start(anew=True)
        self.page.show_occasion(Occasion.REHEARSAL)
        # The test sets the pace.
        self.page._second.stop()
        return self._hour

    # --- what the test looks at ------------------------------------------------------------

    def until(self, met: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(met, timeout=15_000)

    @property
    def window(self) -> FictitiousWindow:
        window = self.page.fictitious.window
        assert window is not None
        return window

    @property
    def card(self) -> RehearsalCard:
        assert self.page.board is not None
        card = self.page.board.rehearsal
        assert card is not None
        return card

    def state(self, slot: str) -> PostState:
        rows = self.stores.outbox.rows("chat", Occasion.REHEARSAL)
        return next(row.state for row in rows if row.slot == slot)

    def message(self) -> MessagePage:
        """The page of the message that is due, once it is there."""
        self.until(lambda: self.page.fictitious.are_open)
        page = self.window.tabs.currentWidget()
        assert isinstance(page, MessagePage)
        return page

    def messages(self) -> list[MessagePage]:
        """Every page of a message that is open."""
        pages = [self.window.tabs.widget(index) for index in range(self.window.tabs.count())]
        return [page for page in pages if isinstance(page, MessagePage)]

    def stand_at(self, minute: float) -> None:
        """Let the time stand still so many minutes after the start, however slow this computer is.

        A fast clock would be past the end of the hour between two looks at it.
        """
        assert self._hour is not None
        at = START + timedelta(minutes=minute)
        self._hour.rehearsal_clock._pace = (at, time.monotonic(), 0)

    def tag_page(self) -> TagPage:
        self.page.fictitious.open_tag()
        page = self.window.tabs.currentWidget()
        assert isinstance(page, TagPage)
        return page

    def welcomed(self) -> None:
        """The welcome is posted and confirmed, and the public has greeted."""
        self.message()._send.click()
        self.window.close()
        self.stand_at(4)
        hour = self._hour
        assert hour is not None
        self.until(lambda: len(hour.x.under_tag()) > 3)


Make = Callable[..., Rehearsal]


@pytest.fixture
def rehearse(qtbot: QtBot, qapp: QApplication) -> Iterator[Make]:
    bridge = Bridge()
    made: list[Rehearsal] = []

    def make(chat: Chat | None = None) -> Rehearsal:
        made.append(Rehearsal(qtbot, bridge, chat or full_chat(Route.ASSISTED)))
        made[-1].start_rehearsal()
        return made[-1]

    yield make
    for one in made:
        one.page.fictitious.close()
        hour = one.hour(Occasion.REHEARSAL)
        assert hour is None or hour.stop()
        assert one.opened == []
    assert bridge.stop()


def test_without_keys_each_message_is_posted_on_its_page_and_confirmed_by_hand(
    rehearse: Make,
) -> None:
    me = rehearse()
    page = me.message()
    assert "fictive" in me.window.windowTitle()
    assert me.state("welcome") is PostState.HANDED_OVER
    page._text.setPlainText("Bonsoir, on commence ! #UnionsPrécoces")
    page._send.click()
    assert page.link.startswith("https://x.com/voixdesfilles/status/")
    page._copy.click()
    assert QApplication.clipboard().text() == page.link
    assert me.state("welcome") is PostState.HANDED_OVER
    page.closed.emit()
    assert not me.page.fictitious.are_open
    assert me.page.board is not None
    me.until(lambda: bool(me.page.board.now.asked_id))
    me.page.board.now._link.setText(QApplication.clipboard().text())
    me.page.board.now._confirm()
    me.until(lambda: me.state("welcome") is PostState.SENT)


@pytest.mark.parametrize(
    "account",
    [
        "",
        "voix",
        "voixdesfilles_sn",
        "voix des filles",
        "@voix",
        "été",
        "i",
        "home",
        "a/b",
        "\u202e",
    ],
)
def test_the_links_of_a_rehearsal_are_its_own_whatever_the_account_is(
    rehearse: Make, account: str
) -> None:
    me = rehearse(replace(full_chat(Route.ASSISTED), account=account))
    page = me.message()
    page._send.click()
    board = me.page.board
    assert board is not None
    me.until(lambda: bool(board.now.asked_id))
    board.now._link.setText(page.link)
    board.now._confirm()
    me.until(lambda: me.state("welcome") is PostState.SENT)
    # Nor does an edit during the rehearsal bring the mistyped one in.
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    hour.follow_chat(replace(me.editor.chat, topic="Un autre"))
    assert not hour.outdated
    me.until(lambda: hour.chat.topic == "Un autre")
    assert handle_problem(hour.chat.account, NETWORK) is None


def test_a_page_can_be_closed_without_posting_and_opened_again(rehearse: Make) -> None:
    me = rehearse()
    me.message().closed.emit()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    assert hour.x.under_tag() == ()
    assert me.page.board is not None
    me.until(lambda: bool(me.page.board.now.asked_id))
    me.page.board.now._open_again()
    assert me.message().link == ""


def test_a_page_that_opens_by_itself_takes_no_keyboard_and_no_place(rehearse: Make) -> None:
    me = rehearse()
    page = me.message()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    me.typing = 4.0
    hour.rehearsal_clock.run_at(600)
    rows = me.stores.outbox.rows
    me.until(lambda: any(hour.waits_for_typing(one) for one in rows("chat", Occasion.REHEARSAL)))
    hour.rehearsal_clock.run_at(0)
    assert me.messages() == [page]
    assert me.page.board is not None
    board = me.page.board
    me.until(lambda: board.view().waits_for_typing)
    board.show_now()
    assert board.next._send.text() == _("Open now")
    me.page.board.next._hour.do(Outbox.send_now, me.page.board.next._post.id)  # type: ignore[union-attr]
    hour.rehearsal_clock.run_at(1)
    me.until(lambda: len(me.messages()) == 2)
    # The message that is just being posted stays in front.
    assert me.window.tabs.currentWidget() is page


def test_the_public_is_taken_in_by_its_links(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    page = me.tag_page()
    page.show_latest()
    newest = page.cards[0]
    me.until(lambda: newest._copy.width() < 300)
    copy, beside = newest._copy, newest._copy_text
    width = copy.width()
    newest._on_copy()
    assert copy.text() == _("Copied")
    QApplication.processEvents()
    assert copy.width() == width, "what stands beside it must not move"
    assert QApplication.clipboard().text() == link_of(newest.post, NETWORK)
    newest._on_copy_text()
    assert beside.text() == _("Copied")
    assert QApplication.clipboard().text() == newest.post.text
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    hour.add_by_hand(replace(newest.post, url=link_of(newest.post, NETWORK)))
    assert me.page.board is not None
    feed = me.page.board.feed
    me.until(lambda: newest.post.id in feed._cards)
    hour.reply(FeedPost(newest.post), "Bienvenue !")
    hour.rehearsal_clock.run_at(1)
    me.until(lambda: any(one.written == "Bienvenue !" for one in me.messages()))
    next(one for one in me.messages() if one.written == "Bienvenue !")._send.click()
    assert [one.in_reply_to for one in hour.x.under_tag()].count(newest.post.id) == 1


def test_the_page_of_the_tag_is_copied_and_pasted_whole(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    page = me.tag_page()
    page.show_latest()
    public = [one.post for one in page.cards if one.post.author != me.editor.chat.account]
    assert public
    copy = Qt.KeyboardModifier.ControlModifier
    QApplication.clipboard().setText("avant")
    # A message that came due meanwhile may be in front.
    me.until(page.isActiveWindow)
    me.window.tabs.setCurrentWidget(page)
    QTest.keyClick(page, Qt.Key.Key_C, copy)
    assert QApplication.clipboard().text() == "avant", "nothing is selected yet"
    QTest.keyClick(page, Qt.Key.Key_A, copy)
    QTest.keyClick(page, Qt.Key.Key_C, copy)
    assert me.page.board is not None
    feed = me.page.board.feed
    feed.pasted.paste()
    me.until(lambda: {one.id for one in public} <= feed._cards.keys())
    taken = {one.id: feed._cards[one.id].entry.feed.post for one in public}
    assert [taken[one.id].text for one in public] == [one.text for one in public]
    assert [taken[one.id].author_name for one in public] == [one.author_name for one in public]
    # Made up: X is not asked about it.
    assert feed.pasted._fill.isHidden()


def test_an_own_message_on_the_copied_page_confirms_itself(rehearse: Make) -> None:
    me = rehearse()
    page = me.message()
    page._send.click()
    link = page.link
    page.closed.emit()
    board = me.page.board
    assert board is not None
    me.until(lambda: bool(board.now.asked_id))
    tag = me.tag_page()
    me.until(lambda: tag.look() is None and bool(tag.cards))
    tag._on_all_chosen()
    tag._on_page_copied()
    board.feed.pasted.paste()
    me.until(lambda: me.state("welcome") is PostState.SENT)
    rows = me.stores.outbox.rows("chat", Occasion.REHEARSAL)
    assert next(row.url for row in rows if row.slot == "welcome") == link
    me.until(lambda: "retrouvé sur la page collée" in board.feed.pasted.told)


def test_somebody_is_written_to_in_private_from_their_message_or_profile(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    card = me.tag_page().cards[0]
    card._on_private()
    page = me.window.tabs.currentWidget()
    assert isinstance(page, PrivatePage)
    page._text.setPlainText("Merci de votre confiance.")
    page._send.click()
    assert page._text.toPlainText() == "Merci de votre confiance.", "it can be read again"
    assert page._text.isReadOnly()
    assert not page._send.isEnabled()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    assert hour.x.happened().told_privately == {card.post.id: "Merci de votre confiance."}
    assert page.ready is None, "nobody confided anything here"
    page.closed.emit()
    me.page.fictitious.open_page(f"https://x.com/{card.post.author}")
    assert isinstance(me.window.tabs.currentWidget(), PrivatePage)


CONFIDENCE = Post("7", "lectrice_ex", "Lectrice", "J’ai 15 ans, c’est ce que je vis.", START)


NAMES_CHILD = Post("8", "voisine_ex", "Voisine", "La petite Nafi, 13 ans, le sait.", START)


def private_page(rehearse: Make, chat: Chat, post: Post = CONFIDENCE) -> PrivatePage:
    me = rehearse(chat)
    me.message().closed.emit()
    me.page.fictitious._on_private_wanted(post)
    page = me.window.tabs.currentWidget()
    assert isinstance(page, PrivatePage)
    return page


def test_to_who_confides_something_the_number_and_the_rule_are_at_hand(rehearse: Make) -> None:
    abroad = replace(full_chat(), audience_zones=("Africa/Bamako",))
    page = private_page(rehearse, abroad)
    assert page.ready is not None
    page._text.setPlainText("Bonjour,")
    page.ready.click()
    assert page._text.toPlainText().startswith("Bonjour,\n")
    assert "116" in page._text.toPlainText()
    said = [one.text() for one in page.findChildren(Text)]
    assert minor_rule() in said
    words = _("Checked numbers: {given}. None for: {lacking}.")
    assert words.format(given="Sénégal", lacking="Mali") in said


def test_to_who_names_a_child_the_request_is_at_hand_and_no_number(rehearse: Make) -> None:
    page = private_page(rehearse, full_chat(), NAMES_CHILD)
    assert page.ready is not None
    page.ready.click()
    assert page._text.toPlainText() == name_out_request(full_chat(), texts_of("fr"))
    said = [one.text() for one in page.findChildren(Text)]
    assert minor_rule() not in said
    assert _("Thank them, ask for no detail, give a help number.") not in said


def test_the_rail_shows_that_one_is_in_a_rehearsal(rehearse: Make) -> None:
    me = rehearse()
    me.message()
    assert me.page.shown_as is StepId.REHEARSAL
    me.page._put_on(None)
    assert me.page.shown_as is StepId.HOUR


def test_without_a_checked_number_the_private_page_says_so(rehearse: Make) -> None:
    lines = tuple(replace(line, verified=False) for line in full_chat().help_lines)
    page = private_page(rehearse, replace(full_chat(), help_lines=lines))
    assert page.ready is not None
    page.ready.click()
    assert "116" not in page._text.toPlainText()
    said = [one.text() for one in page.findChildren(Text)]
    assert any(
        _("You have no checked help number yet: add one at “Protection”.") in one for one in said
    )


def test_the_cut_is_there_until_something_is_done_about_it(rehearse: Make) -> None:
    me = rehearse()
    page = me.message()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    me.stand_at(30)
    assert hour.x.is_cut
    me.card.show_now()
    assert me.card._repair.isVisible()
    board = me.page.board
    assert board is not None
    me.until(lambda: bool(board.now.asked_id))
    board.show_now()
    # Nobody is asked whether that is published which cannot be.
    assert "réseau" in board.now._question.text()
    assert _("Your rehearsal") in board.strip.sentence
    QApplication.processEvents()
    place = page._send.mapTo(me.window, QPoint(0, 0))
    page._send.click()
    assert page.link == ""
    assert page._trouble.text
    QApplication.processEvents()
    assert page._send.mapTo(me.window, QPoint(0, 0)) == place, "the button stays under the mouse"
    me.card._repair.click()
    assert not me.card._repair.isVisible()
    page._send.click()
    assert page.link


def test_a_word_said_too_early_is_told_at_once_and_can_be_put_right(rehearse: Make) -> None:
    me = rehearse()
    me.message().closed.emit()
    assert me.page.board is not None
    me.until(lambda: bool(me.page.board.now.asked_id))
    me.card.show_now()
    before = me.card._pace.text()
    assert not me.card._to_page.isVisible()
    me.page.board.now._confirm()
    me.until(lambda: me.state("welcome") is PostState.SENT)
    me.card.show_now()
    assert _("Post") in me.card._pace.text()
    lesson = me.card._pace.text()
    assert lesson != before
    me.card._to_page.click()
    me.message()._send.click()
    me.card.show_now()
    assert not me.card._to_page.isVisible()
    assert me.card._pace.text() != lesson


def test_a_page_leaves_in_sight_what_answers_it(rehearse: Make) -> None:
    me = rehearse()
    me.message()
    me.window.close()
    me.page.resize(900, 500)
    board = me.page.board
    assert board is not None
    told: list[tuple[QWidget, ...]] = []
    me.window.stand_clear_of = told.append  # type: ignore[method-assign,assignment]
    me.page.fictitious.open_tag()
    assert told == [], "what was moved stays where it is"
    me.window.close()
    me.window._placed = False
    me.page.fictitious.open_tag()
    assert told == [(board.now, board.next, board.strip, board.feed, me.card)]
    assert me.window.windowType() is Qt.WindowType.Dialog, "else it goes behind at a click"


def test_a_page_comes_back_where_it_was_left_and_as_large(rehearse: Make) -> None:
    me = rehearse()
    me.message()
    me.window.setGeometry(120, 90, 410, 500)
    settle()
    place, size = me.window.pos(), me.window.size()
    for _again in range(3):
        me.window.close()
        me.page.fictitious.open_tag()
        settle()
        assert (me.window.pos(), me.window.size()) == (place, size)


def test_a_page_stays_on_the_screen() -> None:
    assert on_screen(SCREEN, QRect(1300, 700, 390, 480)) == QPoint(976, 288)
    assert on_screen(SCREEN, QRect(-40, -5, 390, 480)) == QPoint(0, 0)
    assert on_screen(SCREEN, QRect(100, 50, 390, 480)) == QPoint(100, 50)


SCREEN = QRect(0, 0, 1366, 768)
NOW_CARD, BESIDE = QRect(290, 243, 360, 306), QRect(1058, 243, 272, 165)


def test_a_page_stands_between_the_cards_of_a_small_laptop() -> None:
    size = QSize(WIDTHS[0], SCREEN.height() - FRAME.height()) + FRAME
    place = QRect(clear_place(SCREEN, size, [NOW_CARD, BESIDE]), size)
    assert SCREEN.contains(place)
    assert not place.intersects(NOW_CARD)
    assert not place.intersects(BESIDE)


def test_a_page_stands_low_and_right_where_all_is_free_and_on_screen_where_nothing_is() -> None:
    assert clear_place(SCREEN, QSize(400, 500), []) == QPoint(966, 268)
    assert clear_place(SCREEN, QSize(1400, 900), [SCREEN]) == QPoint(0, 0)
    beside = QRect(1366, 0, 1366, 768)
    assert beside.contains(QRect(clear_place(beside, QSize(400, 500), []), QSize(400, 500)))


def test_time_is_slow_by_hand_fast_else_and_stands_still_when_wished(rehearse: Make) -> None:
    me = rehearse()
    me.message()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    clock = hour.rehearsal_clock
    me.card.show_now()
    assert clock.speed == BY_HAND
    me.window.close()
    me.card.show_now()
    assert clock.speed == SPEED
    me.card._stop.click()
    assert clock.speed == 0
    me.card._stop.click()
    assert clock.speed == SPEED
    me.page.hide()
    assert clock.speed == 0
    me.page.show()
    assert clock.speed == SPEED


def test_no_sentence_about_the_pace_moves_what_is_below(rehearse: Make) -> None:
    me = rehearse()
    me.message()
    QApplication.processEvents()
    heights = set()
    for speed in (0, BY_HAND, SPEED):
        me.card._run(speed)
        QApplication.processEvents()
        heights.add(me.card._pace.heightForWidth(me.card._pace.width()))
    assert max(heights) <= me.card._pace.minimumHeight()


def test_a_rehearsal_of_another_hour_stands_still_and_says_so(rehearse: Make) -> None:
    me = rehearse()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    me.message().closed.emit()
    before = me.card._pace.text()
    hour.follow_chat(replace(hour.chat, minutes=90))
    me.card.show_now()
    assert hour.rehearsal_clock.speed == 0
    assert me.card._pace.text() not in ("", before)


def test_a_text_that_is_edited_is_the_one_rehearsed(rehearse: Make) -> None:
    me = rehearse()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    me.message()
    first, *others = hour.chat.questions
    edited = replace(hour.chat, questions=(replace(first, text="Et demain ?"), *others))
    hour.follow_chat(edited)

    def is_followed() -> bool:
        rows = me.stores.outbox.rows("chat", Occasion.REHEARSAL)
        return any("Et demain ?" in row.text for row in rows)

    me.until(is_followed)


def test_with_keys_messages_leave_and_the_public_shows_by_itself(rehearse: Make) -> None:
    me = rehearse(full_chat(Route.KEYS))
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    assert me.page.board is not None
    hour.rehearsal_clock.run_at(60)
    me.until(lambda: me.state("welcome") is PostState.SENT)
    assert not me.page.fictitious.are_open
    me.until(lambda: bool(me.page.board.feed.model.arrivals()))


def test_once_it_is_over_and_left_the_page_waits_for_the_real_chat_again(rehearse: Make) -> None:
    me = rehearse()
    me.message().closed.emit()
    assert me.page.board is not None
    board = me.page.board
    me.page.hide()
    me.page.show()
    assert me.page.board is board, "it is still under way"
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    me.stand_at(5)
    hour.end()
    me.until(lambda: board.is_over)
    assert me.page.board is board, "its end is shown"
    me.page.hide()
    me.page.show()
    assert me.page.board is None
    assert me.page.waiting.isVisible()


def test_every_button_of_the_pages_has_a_name_of_its_own(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    me.tag_page().cards[0]._on_private()
    names = [one.accessibleName() for one in me.window.findChildren(Button)]
    assert all(names)
    copies = [one for one in names if one.startswith(_("Copy the link"))]
    assert len(set(copies)) == len(copies)


def private_and_the_next_message_due(me: Rehearsal) -> PrivatePage:
    """A child is being answered in private, and then the time of the next message comes."""
    me.welcomed()
    next_at = min(row.due_at for row in the_rows(me) if row.state is PostState.PLANNED)
    me.stand_at((next_at - START) / timedelta(minutes=1) - 0.1)
    me.page.fictitious._on_private_wanted(CONFIDENCE)
    page = me.window.tabs.currentWidget()
    assert isinstance(page, PrivatePage)
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    me.until(lambda: hour.in_private)
    me.stand_at((next_at - START) / timedelta(minutes=1) + 0.1)
    me.until(lambda: any(hour.waits_for_typing(one) for one in the_rows(me)))
    return page


def said_in(widget: QWidget) -> list[str]:
    """Every sentence in sight in a widget, whole."""
    return [
        one.accessibleName() or one.text() for one in widget.findChildren(QLabel) if one.isVisible()
    ]


def the_rows(me: Rehearsal) -> Sequence[OutboxPost]:
    return me.stores.outbox.rows("chat", Occasion.REHEARSAL)


def test_no_page_opens_over_a_private_answer_until_it_is_sent(rehearse: Make) -> None:
    me = rehearse()
    page = private_and_the_next_message_due(me)
    assert me.messages() == []
    assert me.page.board is not None
    board = me.page.board
    me.until(lambda: board.view().waits_for_typing)
    board.show_now()
    assert board.strip._open.isVisible()
    page._text.setPlainText("Merci de votre confiance.")
    page._send.click()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    hour.rehearsal_clock.run_at(1)
    me.until(lambda: len(me.messages()) == 1)


def test_a_page_opened_over_a_private_answer_on_purpose_comes_behind_it(rehearse: Make) -> None:
    me = rehearse()
    page = private_and_the_next_message_due(me)
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    row = next(one for one in the_rows(me) if hour.waits_for_typing(one))
    hour.do(Outbox.send_now, row.id)
    hour.rehearsal_clock.run_at(1)
    me.until(lambda: len(me.messages()) == 1)
    tabs = me.window.tabs
    assert tabs.currentWidget() is page
    index = tabs.indexOf(me.messages()[0])
    assert tabs.tabText(index).startswith(NEWS)
    tabs.setCurrentIndex(index)
    assert not tabs.tabText(index).startswith(NEWS)


def test_closing_a_private_page_lets_the_next_one_open(rehearse: Make) -> None:
    me = rehearse()
    page = private_and_the_next_message_due(me)
    page.closed.emit()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    hour.rehearsal_clock.run_at(1)
    me.until(lambda: len(me.messages()) == 1)


def test_a_page_comes_behind_what_is_about_to_be_pasted_in_a_field(rehearse: Make) -> None:
    me = rehearse()
    me.tag_page()
    assert me.page.board is not None
    field = QLineEdit(me.page)
    field.show()
    me.page.activateWindow()
    field.setFocus()
    me.until(field.hasFocus)
    me.until(lambda: len(me.messages()) == 1)
    assert isinstance(me.window.tabs.currentWidget(), TagPage)
    assert field.hasFocus()


def test_a_repost_shows_the_message_by_who_wrote_it_and_asks_for_no_link(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    tag = me.tag_page()
    tag.show_latest()
    card = next(one for one in tag.cards if one.post.author != "voixdesfilles")
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    count = len(hour.x.under_tag())
    hour.repost(FeedPost(card.post))
    hour.rehearsal_clock.run_at(1)
    me.until(lambda: any(one._is_repost for one in me.messages()))
    page = next(one for one in me.messages() if one._is_repost)
    page._send.click()
    assert page.is_posted
    assert page._copy.isHidden()
    hour.rehearsal_clock.run_at(0)
    assert [one.author for one in hour.x.under_tag() if one.text == card.post.text] == [
        card.post.author
    ]
    assert len(hour.x.under_tag()) >= count
    tag.look()
    assert not card._reposted.isHidden()


def test_the_page_of_what_is_confirmed_closes_by_itself(rehearse: Make) -> None:
    me = rehearse()
    me.message()._send.click()
    assert me.page.board is not None
    me.until(lambda: bool(me.page.board.now.asked_id))
    me.page.board.now._confirm()
    me.until(lambda: not me.messages())


def test_reading_the_tag_costs_no_real_time_and_the_wait_can_be_skipped(rehearse: Make) -> None:
    me = rehearse()
    me.message()._send.click()
    assert me.page.board is not None
    board = me.page.board
    me.until(lambda: bool(board.now.asked_id))
    board.now._confirm()
    me.until(lambda: not me.messages())
    me.tag_page()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    board.show_now()
    assert hour.rehearsal_clock.speed == SPEED
    me.typing = 4.0
    board.show_now()
    assert hour.rehearsal_clock.speed == BY_HAND
    assert not me.card._go_on.isEnabled(), "what is being written would be late"
    me.typing = 0.0
    board.show_now()
    assert me.card._go_on.isEnabled()
    me.card._on_go_on()
    me.until(lambda: len(me.messages()) == 1)


def test_the_button_of_a_long_message_stays_in_sight(rehearse: Make) -> None:
    me = rehearse()
    page = me.message()
    page._text.setPlainText("Une ligne.\n" * 30)
    me.page.fictitious._on_private_wanted(CONFIDENCE)
    private = me.window.tabs.currentWidget()
    assert isinstance(private, PrivatePage)
    assert private.ready is not None
    private.ready.click()
    private._text.setPlainText("Une ligne.\n" * 30)
    for shown, button in ((page, page._send), (private, private._send)):
        me.window.tabs.setCurrentWidget(shown)
        QApplication.processEvents()
        place = QRect(button.mapTo(me.window, QPoint()), button.size())
        assert me.window.rect().contains(place)
        assert button.visibleRegion().boundingRect().size() == button.size()
    assert me.window.height() <= theme.px(MOST_HIGH)


def test_copied_is_said_while_it_is_what_would_be_pasted(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    one, other = me.tag_page().cards[:2]
    one._on_copy()
    other._on_copy_text()
    me.until(lambda: one._copy.text() == _("Link"))
    assert other._copy_text.text() == _("Copied")


def test_copying_the_ready_answer_keeps_the_next_page_from_opening(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    next_at = min(row.due_at for row in the_rows(me) if row.state is PostState.PLANNED)
    me.stand_at((next_at - START) / timedelta(minutes=1) - 0.1)
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    assert me.page.board is not None
    hour.add_by_hand(replace(CONFIDENCE, url=link_of(CONFIDENCE, NETWORK)))
    cards = me.page.board.feed._cards
    me.until(lambda: CONFIDENCE.id in cards)
    care = cards[CONFIDENCE.id].findChild(CareNotice)
    assert care is not None
    care.private.copy.click()
    me.until(lambda: hour.in_private)
    me.stand_at((next_at - START) / timedelta(minutes=1) + 0.1)
    me.until(lambda: any(hour.waits_for_typing(one) for one in the_rows(me)))
    assert me.messages() == []
    care.private.done.click()
    hour.rehearsal_clock.run_at(1)
    me.until(lambda: len(me.messages()) == 1)


def confided(me: Rehearsal, minute: float) -> Post:
    """What somebody confided under the tag at that minute, which it is."""
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    me.stand_at(minute)
    incident = next(one for one in hour.x._incidents if one.what == "disclosure")
    hour.x._bring(incident, hour.clock.now() - timedelta(seconds=incident.seconds))
    [post] = hour.x.needing_care()
    return post


def test_who_confides_under_the_tag_is_told_of_after_a_minute_until_the_tag_is_seen(
    rehearse: Make,
) -> None:
    me = rehearse()
    me.message().closed.emit()
    confided(me, 3)
    me.stand_at(3.9)
    me.card.show_now()
    assert me.card._pace.text() != _someone_waits()
    me.stand_at(4.1)
    me.card.show_now()
    assert me.card._pace.text() == _someone_waits()
    assert me.card.property("edge") == "look"
    settle()
    height = me.card.height()
    me.card._to_tag.click()
    assert isinstance(me.window.tabs.currentWidget(), TagPage)
    me.card.show_now()
    assert me.card._pace.text() != _someone_waits()
    assert me.card.property("edge") == "plum"
    settle()
    assert me.card.height() == height


def test_who_confided_and_was_taken_in_is_told_of_in_the_conversation_alone(
    rehearse: Make,
) -> None:
    me = rehearse()
    me.message().closed.emit()
    post = confided(me, 3)
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    hour.add_by_hand(replace(post, url=link_of(post, NETWORK)))
    assert me.page.board is not None
    me.until(lambda: post.id in me.page.board.feed._cards)
    me.stand_at(5)
    me.card.show_now()
    assert me.card._pace.text() != _someone_waits()


def test_the_page_of_a_reply_comes_before_the_page_that_is_open(rehearse: Make) -> None:
    me = rehearse()
    page = me.message()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    hour.reply(FeedPost(CONFIDENCE), "Merci de votre confiance.")
    hour.rehearsal_clock.run_at(1)
    me.until(lambda: len(me.messages()) == 2)
    front = me.window.tabs.currentWidget()
    assert front is not page
    assert isinstance(front, MessagePage)
    assert front.written == "Merci de votre confiance."
    assert NEWS not in me.window.tabs.tabText(me.window.tabs.currentIndex())


def test_a_name_in_a_tab_is_shortened_and_never_away(rehearse: Make) -> None:
    me = rehearse()
    me.message()
    for number in range(5):
        me.window.show_page(str(number), QWidget, "Réponse à @lectrice_ex", by_itself=True)
    settle()
    bar = me.window.tabs.tabBar()
    widths = [bar.tabRect(index).width() for index in range(bar.count())]
    assert min(widths) >= theme.px(LEAST_TAB)


def test_with_keys_the_card_of_a_rehearsal_sends_nobody_to_the_tag(rehearse: Make) -> None:
    me = rehearse(full_chat(Route.KEYS))
    assert not me.card._to_tag.isVisible()
    confided(me, 3)
    me.stand_at(5)
    me.card.show_now()
    assert me.card._pace.text() != _someone_waits()


def test_the_way_out_and_what_publishes_have_one_place_each_on_every_page(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    hour = me.hour(Occasion.REHEARSAL)
    assert hour is not None
    card = next(one for one in me.tag_page().cards if one.post.author != "voixdesfilles")
    hour.reply(FeedPost(card.post), "Merci !")
    hour.repost(FeedPost(card.post))
    hour.rehearsal_clock.run_at(1)
    me.until(lambda: len(me.messages()) >= 2)
    me.page.fictitious._on_private_wanted(CONFIDENCE)
    ways_out, publishing = set(), set()
    for page in me.window.pages():
        assert isinstance(page, PretendPage)
        me.window.tabs.setCurrentWidget(page)
        settle()
        place = QRect(page.way_out.mapTo(me.window, QPoint(0, 0)), page.way_out.size())
        ways_out.add((place.right(), place.center().y()))
        if isinstance(page, MessagePage | PrivatePage):
            at = QRect(page._send.mapTo(me.window, QPoint(0, 0)), page._send.size())
            publishing.add((at.left(), at.center().y()))
            assert at.top() > place.bottom()
    assert len(me.window.pages()) >= 4
    assert len(ways_out) == 1
    assert len(publishing) == 1


def test_after_closing_a_page_without_posting_the_main_button_opens_it_again(
    rehearse: Make,
) -> None:
    me = rehearse()
    me.message()
    board = me.page.board
    assert board is not None
    me.until(lambda: bool(board.now.asked_id))
    board.show_now()
    assert board.now._yes.text() == _("Yes, it is published")
    width = board.now._yes.sizeHint().width()
    me.message().closed.emit()
    assert board.now._yes.text() == _("Open its page again")
    assert board.now._yes.sizeHint().width() == width
    assert _("You closed its page without posting.") in said_in(board.now)
    board.now._yes.click()
    assert me.state("welcome") is PostState.HANDED_OVER
    assert me.messages(), "the page is open again"
    assert board.now._yes.text() == _("Yes, it is published")
    me.message()._send.click()
    me.message().closed.emit()
    # It was posted: closing the page then is no reason to open it again.
    assert board.now._yes.text() == _("Yes, it is published")
    board.now._yes.click()
    me.until(lambda: me.state("welcome") is PostState.SENT)


def test_time_goes_as_in_the_real_chat_while_a_form_is_open(rehearse: Make) -> None:
    me = rehearse()
    me.message().closed.emit()
    hour, board = me.hour(Occasion.REHEARSAL), me.page.board
    assert hour is not None
    assert board is not None
    board.show_now()
    assert hour.rehearsal_clock.speed == SPEED
    hour.add_by_hand(replace(CONFIDENCE, url=link_of(CONFIDENCE, NETWORK)))
    me.until(lambda: CONFIDENCE.id in board.feed._cards)
    settle()
    board.show_now()
    assert board.feed.shows_care
    assert hour.rehearsal_clock.speed == BY_HAND, "the notice has to be read"
    board.feed._cards[CONFIDENCE.id].hide_post()
    me.until(lambda: not board.feed.shows_care)
    board.show_now()
    assert hour.rehearsal_clock.speed == SPEED
    board.composer.begin()
    board.show_now()
    assert hour.rehearsal_clock.speed == BY_HAND
    board.composer._fold()
    board.show_now()
    assert hour.rehearsal_clock.speed == SPEED


def test_once_the_network_is_repaired_no_page_says_that_there_is_none(rehearse: Make) -> None:
    me = rehearse()
    page = me.message()
    me.stand_at(30)
    me.card.show_now()
    page._send.click()
    assert page._trouble.text
    me.card._repair.click()
    assert page._trouble.text == ""


def test_copied_is_not_said_for_ever_on_the_page_of_the_tag(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    page = me.tag_page()
    page.show_latest()
    page._on_all_chosen()
    page._on_page_copied()
    assert page._copied.text
    assert me.page.board is not None
    me.page.board.feed.pasted.paste()
    me.until(lambda: page._copied.text == "")


def test_after_the_end_what_was_not_published_is_named_and_nothing_seems_to_work(
    rehearse: Make,
) -> None:
    me = rehearse()
    me.welcomed()
    hour, board = me.hour(Occasion.REHEARSAL), me.page.board
    assert hour is not None
    assert board is not None
    hour.add_by_hand(replace(NAMES_CHILD, url=link_of(NAMES_CHILD, NETWORK)))
    me.until(lambda: NAMES_CHILD.id in board.feed._cards)
    hour.end()
    me.until(lambda: board.is_over)
    settle()
    assert "questions" in board.end_card._left.text()
    assert board.end_card._left.isVisible()
    why = _("The rehearsal is over: nothing is published any more.")
    assert not board.composer._edit.isEnabled()
    board.composer.begin()
    assert not board.composer.is_open
    acts = board.feed._cards[NAMES_CHILD.id].acts
    for button in (acts.reply, acts.repost):
        assert not button.isEnabled()
        assert tip_of(button) == why


def test_the_pages_cover_nothing_of_the_work_on_a_small_laptop(rehearse: Make) -> None:
    me = rehearse()
    me.welcomed()
    page = me.tag_page()
    page.show_latest()
    window = me.window
    work = QRect(308, 94, 1058, 674)
    assert window.minimumSizeHint().width() + FRAME.width() <= 326
    place = clear_place(SCREEN, QSize(WIDTHS[-1], 700) + FRAME, [work])
    assert covered_by(QRect(place, QSize(WIDTHS[-1], 700) + FRAME), [work]) == 0
    # As high as that, several messages are read at a time.
    window.resize(WIDTHS[-1], 700)
    # Where the machine is slow, the next message has come in front meanwhile.
    window.tabs.setCurrentWidget(page)
    settle()
    seen = [
        one for one in page.cards if one.visibleRegion().boundingRect().height() >= one.height() - 1
    ]
    assert len(seen) >= 3


def test_no_page_opens_under_a_pointer_that_is_on_another(rehearse: Make) -> None:
    me = rehearse()
    tag = me.tag_page()
    me.window.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    me.until(lambda: len(me.messages()) == 1)
    assert me.window.tabs.currentWidget() is tag

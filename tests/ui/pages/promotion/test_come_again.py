"""Venir à nouveau: who took part before is listed, invited one by one, and ticked off."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, Occasion, Person, RecapDraft
from tchat_desktop.domain.coming_again import FormerParticipant, InvitedBy, invitation_again
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.x.links import post_page, reply_page
from tchat_desktop.domain.x.rules import X_RULES
from tchat_desktop.services.coming_again import ComingAgain
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import StoreError
from tchat_desktop.start.data_directory import DataDirectory
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.promotion.come_again_card import (
    AT_FIRST,
    MORE_AT_ONCE,
    ComeAgainCard,
    ComeAgainWays,
)
from tchat_desktop.ui.pages.promotion.come_again_row import ComeAgainRow
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.when_words import when_of
from tests.domain.chats import a_chat
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.outgoing import Reported
from tests.fakes.texts import load_texts
from tests.ui.pages.hands import check_names, named, press, put_on_screen, says, type_text
from tests.ui.pages.promotion.no_files import files

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
CHAT = a_chat(people=())
texts_of = cache(load_texts)


def person(number: int, **changes: object) -> FormerParticipant:
    handle = f"voix{number}_ex"
    said = Post(
        str(5000 + number),
        handle,
        f"Voix {number}",
        "R1 Oui.",
        NOW,
        url=f"https://x.com/{handle}/status/{5000 + number}",
    )
    made = FormerParticipant(
        handle, handle, f"Voix {number}", answered=2, posts=2, editions=1, answer="R1 Oui.",
        said=said,
    )  # fmt: skip
    return replace(made, **changes)


MOUSSA, BINTA = person(1, name="Moussa Diop"), person(2, name="Binta Sow")


@dataclass
class Outside:
    """What was asked of the world, and who took part before."""

    former: Sequence[FormerParticipant] = (MOUSSA, BINTA)
    fail: Exception | None = None
    opened: list[str] = field(default_factory=list)
    mails: list[tuple[Person, Letter]] = field(default_factory=list)
    mail_fits: bool = True
    threads: set[str] = field(default_factory=set)

    def before(self, _chat: Chat) -> tuple[FormerParticipant, ...]:
        self.threads.add(threading.current_thread().name)
        if self.fail is not None:
            raise self.fail
        return tuple(self.former)

    def open_mail(self, whom: Person, letter: Letter) -> bool:
        self.mails.append((whom, letter))
        return True

    def ways(self) -> ComeAgainWays:
        return ComeAgainWays(
            self.before,
            reply_page,
            self.opened.append,
            lambda _whom, _letter: self.mail_fits,
            self.open_mail,
        )


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@dataclass
class Desk:
    qtbot: QtBot
    bridge: Bridge
    outside: Outside = field(default_factory=Outside)

    def made(self, editor: ChatEditor, ways: ComeAgainWays | None = None) -> PromotionPage:
        return PromotionPage(
            editor, texts_of, when_of, lambda: NOW, post_page, self.outside.opened.append,
            self.bridge, MemoryPictures(), files(), again=ways or self.outside.ways(),
        )  # fmt: skip

    def shown(
        self, chat: Chat = CHAT, ways: ComeAgainWays | None = None
    ) -> tuple[PromotionPage, ComeAgainCard, ChatEditor]:
        editor = ChatEditor(chat)
        page = self.made(editor, ways)
        card = page.again
        assert card is not None
        put_on_screen(self.qtbot, page, editor)
        self.settle(card)
        return page, card, editor

    def settle(self, card: ComeAgainCard) -> None:
        """Wait until what was asked of the background has been answered."""
        done: list[object] = []
        self.bridge.run(card, lambda: None, done.append, done.append)
        self.qtbot.waitUntil(lambda: bool(done))
        QApplication.processEvents()


@pytest.fixture
def desk(qtbot: QtBot, bridge: Bridge) -> Desk:
    return Desk(qtbot, bridge)


def keys(card: ComeAgainCard) -> list[str]:
    return [line.person.key for line in card.rows]


def line_of(card: ComeAgainCard, who: FormerParticipant) -> ComeAgainRow:
    return next(line for line in card.rows if line.person.key == who.key)


def named_for(what: str, who: FormerParticipant) -> str:
    return _("{what} – {who}").format(what=what, who=f"{who.name} (@{who.handle})")


def test_a_first_chat_has_nobody_to_invite_again_and_says_nothing(desk: Desk) -> None:
    desk.outside.former = ()
    _page, card, _editor = desk.shown()
    assert card.isHidden()


def test_who_took_part_is_listed_with_what_they_did_off_the_gui_thread(desk: Desk) -> None:
    desk.outside.former = (replace(MOUSSA, asked=1, posts=3, editions=2), BINTA)
    page, card, _editor = desk.shown()
    assert keys(card) == [MOUSSA.key, BINTA.key]
    line = line_of(card, MOUSSA)
    replies = ngettext("{count} reply", "{count} replies", 2).format(count=2)
    asked = ngettext("{count} question", "{count} questions", 1).format(count=1)
    chats = ngettext("in {count} chat", "in {count} chats", 2).format(count=2)
    assert line.how == f"@{MOUSSA.handle} · {replies}, {asked} · {chats}"
    assert line.answer == _("Their last answer: “{text}”").format(text="R1 Oui.")
    assert desk.outside.threads == {"background"}
    assert says(page, "Rien ne part tout seul.")
    check_names(page)


def test_who_is_a_guest_of_this_chat_is_not_in_the_list(desk: Desk) -> None:
    _page, card, editor = desk.shown()
    guest = Person("p", name="Moussa", handle=MOUSSA.handle)
    editor.edit(replace(editor.chat, people=(guest,)))
    assert keys(card) == [BINTA.key]
    editor.note(muted_authors=(BINTA.handle,))
    assert keys(card) == []
    assert says(card, "Personne d’autre à inviter")
    assert not says(card, "Rien ne part tout seul."), "there is nobody to say it of"
    editor.undo()
    assert keys(card) == [MOUSSA.key]


def test_the_invitation_is_a_reply_to_their_last_post_and_asks_whether_it_left(
    desk: Desk,
) -> None:
    page, card, editor = desk.shown()
    press(page, named_for(_("Invite"), MOUSSA))
    line = line_of(card, MOUSSA)
    assert line.draft is not None
    proposed = invitation_again(CHAT, MOUSSA, texts_of("fr"), when_of(CHAT))
    assert line.draft.text == proposed
    assert X_RULES.remaining(proposed) >= 0
    assert desk.outside.opened == []
    press(page, _("Open on X – {who}").format(who=f"{MOUSSA.name} (@{MOUSSA.handle})"))
    assert MOUSSA.said is not None
    assert desk.outside.opened == [reply_page(proposed, MOUSSA.said.id)]
    assert editor.chat.invited_again == (), "opened is not sent"
    assert "ouverte dans votre navigateur" in line.asking
    press(page, named_for(_("It is sent"), MOUSSA))
    assert editor.chat.invited_again == ((MOUSSA.key, InvitedBy.REPLY.value),)
    assert line.asking == ""
    assert line.tick.isChecked()
    assert says(line, _("by a reply"))
    editor.undo()
    assert not line.tick.isChecked()


def test_nothing_too_long_for_a_post_opens_and_letters_count_as_x_counts(desk: Desk) -> None:
    page, card, _editor = desk.shown()
    press(page, named_for(_("Invite"), MOUSSA))
    draft = line_of(card, MOUSSA).draft
    assert draft is not None
    draft._edit.setPlainText("é" * 280)
    assert draft._open.isEnabled()
    draft._edit.setPlainText("字" * 141)
    assert not draft._open.isEnabled(), "a letter of that script counts twice"


def test_a_private_message_is_copied_with_the_profile_open(desk: Desk) -> None:
    page, card, editor = desk.shown()
    press(page, named_for(_("Invite"), BINTA))
    press(page, named_for(_("Private message"), BINTA))
    draft = line_of(card, BINTA).draft
    assert draft is not None
    assert QGuiApplication.clipboard().text() == draft.text
    assert desk.outside.opened == [f"https://x.com/{BINTA.handle}"]
    press(page, named_for(_("It is sent"), BINTA))
    assert editor.chat.invited_again == ((BINTA.key, InvitedBy.MESSAGE.value),)


@pytest.mark.parametrize("fits", [True, False])
def test_a_former_guest_with_an_address_is_written_to(desk: Desk, fits: bool) -> None:
    awa = FormerParticipant("awa", "", "Awa", was_guest=True, editions=1, email="awa@exemple.org")
    desk.outside.former = (awa,)
    desk.outside.mail_fits = fits
    page, card, editor = desk.shown()
    line = line_of(card, awa)
    assert _("no account on X") in line.how
    line.write.click()
    assert line.draft is not None
    assert line.draft.text.startswith("Bonjour Awa,")
    assert not line.draft._open.isVisibleTo(page)
    press(page, _("{what} – {who}").format(what=_("Open in my mail program"), who="Awa"))
    desk.settle(card)
    [(whom, letter)] = desk.outside.mails
    assert whom.email == "awa@exemple.org"
    assert letter.body == (line.draft.text if fits else "")
    if not fits:
        assert QGuiApplication.clipboard().text() == line.draft.text
    line._on_sent()
    assert editor.chat.invited_again == (("awa", InvitedBy.EMAIL.value),)


def test_in_person_is_one_press_and_a_tick_says_nothing_more(desk: Desk) -> None:
    page, card, editor = desk.shown()
    press(page, named_for(_("In person"), MOUSSA))
    assert editor.chat.invited_again == ((MOUSSA.key, InvitedBy.IN_PERSON.value),)
    words = ngettext("{done} of {count} invited", "{done} of {count} invited", 1)
    assert card.progress == words.format(done=1, count=2)
    tick = line_of(card, BINTA).tick
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert dict(editor.chat.invited_again)[BINTA.key] == InvitedBy.UNSAID.value
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert BINTA.key not in dict(editor.chat.invited_again)


def test_who_is_not_named_is_invited_in_private_only(desk: Desk) -> None:
    desk.outside.former = (replace(MOUSSA, may_be_named=False),)
    page, card, _editor = desk.shown()
    press(page, named_for(_("Invite"), MOUSSA))
    line = line_of(card, MOUSSA)
    assert line.draft is not None
    assert not line.draft._open.isVisibleTo(page)
    assert named(page, named_for(_("Private message"), MOUSSA)).isEnabled()
    assert says(line, _("A recap does not name them: invite them in private."))


def test_a_text_with_a_blank_leaves_by_no_way(desk: Desk) -> None:
    page, card, _editor = desk.shown(replace(CHAT, topic=""))
    QGuiApplication.clipboard().setText("avant")
    press(page, named_for(_("Invite"), MOUSSA))
    press(page, _("Open on X – {who}").format(who=f"{MOUSSA.name} (@{MOUSSA.handle})"))
    press(page, named_for(_("Private message"), MOUSSA))
    press(page, _("Copy – {who}").format(who=f"{MOUSSA.name} (@{MOUSSA.handle})"))
    assert desk.outside.opened == []
    assert QGuiApplication.clipboard().text() == "avant"
    assert says(card, "[sujet]")


def test_of_many_few_are_shown_and_others_found_by_their_names(desk: Desk) -> None:
    desk.outside.former = (*(person(n) for n in range(3_000)), person(9_999, name="Ndèye Sarr"))
    page, card, _editor = desk.shown()
    assert len(card.rows) == AT_FIRST
    more = ngettext("Show {count} more", "Show {count} more", MORE_AT_ONCE)
    press(page, more.format(count=MORE_AT_ONCE))
    assert len(card.rows) == AT_FIRST + MORE_AT_ONCE
    type_text(card.search, "NDEYE s")
    assert keys(card) == ["voix9999_ex"]
    card.search.setText("@voix2999")
    assert keys(card) == ["voix2999_ex"]
    card.search.setText("personne de tel")
    assert keys(card) == []
    assert says(card, _("Nobody of that name."))
    card.search.clear()
    assert len(card.rows) == AT_FIRST


def test_a_word_changed_by_hand_outlives_a_page_built_anew(desk: Desk) -> None:
    page, card, editor = desk.shown()
    assert page.unfinished() is None
    line = line_of(card, MOUSSA)
    line.write.click()
    assert line.draft is not None
    line.draft._edit.setPlainText("Reviens, Moussa !")
    third = desk.made(editor)
    third.take_up(page.unfinished())
    again = third.again
    assert again is not None
    put_on_screen(desk.qtbot, third, editor)
    desk.settle(again)
    line = line_of(again, MOUSSA)
    assert line.writing
    assert line.draft is not None
    assert line.draft.text == "Reviens, Moussa !"


def test_a_disk_that_cannot_be_read_is_told_and_asked_again(desk: Desk) -> None:
    desk.outside.fail = StoreError("gone")
    page, card, _editor = desk.shown()
    assert not card.isHidden()
    desk.outside.fail = None
    press(page, _("Try again"))
    desk.settle(card)
    assert keys(card) == [MOUSSA.key, BINTA.key]
    assert card._failed.isHidden()


def test_what_was_ticked_is_there_after_the_app_was_closed(desk: Desk, tmp_path: Path) -> None:
    class Clock:
        def now(self) -> datetime:
            return NOW

    former = replace(a_chat(), id="former", starts_at=NOW - timedelta(days=30))
    posts = tuple(
        FeedPost(Post(str(n), handle, handle.title(), "R1 Oui.", NOW, url="https://x.com/a/1"))
        for n, handle in enumerate(("moussa_ex", "binta_ex", "cachee_ex"))
    )
    hidden = replace(former, recap=RecapDraft(hidden_authors=("cachee_ex",)))
    with closing(DataDirectory(tmp_path, Clock(), Reported())) as data:
        data.chats.save(hidden, NOW)
        data.posts.add("former", Occasion.LIVE, posts)
        coming = ComingAgain(data.chats, data.outbox, data.posts, X_RULES)
        chat = new_edition(former, NOW + timedelta(days=30))
        ways = replace(desk.outside.ways(), before=coming.before)
        _page, card, editor = desk.shown(chat, ways)
        desk.qtbot.waitUntil(lambda: keys(card) == ["binta_ex", "moussa_ex"])
        line = next(one for one in card.rows if one.person.handle == "binta_ex")
        line.in_person.click()
        data.chats.save(editor.chat, NOW)
        assert coming.count(hidden) == 2
    with closing(DataDirectory(tmp_path, Clock(), Reported())) as data:
        coming = ComingAgain(data.chats, data.outbox, data.posts, X_RULES)
        ways = replace(desk.outside.ways(), before=coming.before)
        _page, card, _editor = desk.shown(data.chats.load(chat.id), ways)
        desk.qtbot.waitUntil(lambda: len(keys(card)) == 2)
        ticked = {one.person.handle: one.tick.isChecked() for one in card.rows}
        assert ticked == {"binta_ex": True, "moussa_ex": False}


def test_nothing_is_wider_than_the_page_at_twice_the_size(desk: Desk) -> None:
    theme.apply(theme.LIGHT, 2.0)
    try:
        long = replace(MOUSSA, name="Moussa " * 12, answer="R1 " + "mot " * 80)
        desk.outside.former = (long,)
        page, card, _editor = desk.shown()
        line_of(card, long).write.click()
        QApplication.processEvents()
        assert page.inner.minimumSizeHint().width() <= page.viewport().width()
    finally:
        theme.apply(theme.LIGHT, 1.0)

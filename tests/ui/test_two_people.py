"""Two people moderate one chat: this computer follows the one that publishes, or publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.shared_hour_file import SharedHourFiles
from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.shared_hour import Laptop
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.co_hosting import CoHosting, HereNow
from tchat_desktop.services.followed_hour import FollowedHour
from tchat_desktop.start.data_directory import DataDirectory
from tchat_desktop.start.hours import plan_live
from tchat_desktop.ui import file_dialogs
from tchat_desktop.ui.pages.hour import co_host_link
from tchat_desktop.ui.pages.hour.around import HourAround
from tchat_desktop.ui.pages.hour.co_host_card import BothPublishNotice, CoHostCard, FollowCard
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tests.fakes.network import NETWORK
from tests.ui.pages.fake_hours import START, full_chat, participant
from tests.ui.running import Person, running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LIVE, SENT = Occasion.LIVE, PostState.SENT
NOON = START.replace(year=2030)


class StoppedClock(SystemClock):
    """Seventeen minutes into the chat."""

    def now(self):  # type: ignore[no-untyped-def]
        return NOON.replace(minute=17)


class Other:
    """The computer of Awa, with the chat under way."""

    def __init__(self, folder: Path) -> None:
        self.chat: Chat = replace(full_chat(), starts_at=NOON)
        clock = StoppedClock()
        self.data = DataDirectory(folder, clock, lambda _event: None)
        self.data.chats.save(self.chat, NOON)
        self.data.outbox.add(
            replace(row, id=f"awa-{row.slot}", state=PostState.SENT, attempts=1)
            if row.due_at <= clock.now()
            else row
            for row in plan_live(self.chat)
        )
        posts = [participant(n, f"R1 Réponse {n}", NOON, f"p{n}") for n in range(3)]
        self.data.posts.add(self.chat.id, LIVE, posts)
        self.here = HereNow(self.chat, "a" * 16, Laptop("Awa", publishes=True))
        self.link = CoHosting(
            self.data.hour_stores,
            self.data.shared,
            SharedHourFiles(),
            lambda _event: None,
            NETWORK,
            clock.now,
        )


@pytest.fixture
def awa(tmp_path: Path) -> Iterator[Other]:
    other = Other(tmp_path / "awa")
    with closing(other.data):
        yield other


@pytest.fixture
def file(tmp_path: Path, awa: Other) -> Path:
    path = tmp_path / "commun.tchat-hour"
    awa.link.save(path, awa.here)
    return path


@pytest.fixture
def person(qapp: QApplication, qtbot: QtBot, tmp_path: Path, awa: Other) -> Iterator[Person]:
    with running(qapp, tmp_path / "here", clock=StoppedClock()) as app:
        person = Person(app, qtbot)
        person.wait(lambda: app.window.home is not None)
        qtbot.waitUntil(lambda: _is_open(person))
        app.data().chats.save(replace(awa.chat, live_elsewhere=NOON), NOON)
        app.window.open_chat(replace(awa.chat, live_elsewhere=NOON))
        person.workspace.open_step(StepId.HOUR)
        yield person


def _is_open(person: Person) -> bool:
    try:
        person.app.data()
    except Exception:
        return False
    return True


def around(person: Person) -> HourAround:
    found = person.hour_page()._around
    assert found is not None
    return found


def marks(person: Person) -> dict[str, bool]:
    posts = person.app.data().posts.all("chat", LIVE)
    return {one.post.id: one.starred for one in posts}


def test_the_other_computer_follows_and_publishes_nothing(
    person: Person, awa: Other, file: Path
) -> None:
    person.press("Modérer d’ici")
    page = person.hour_page()
    assert page.board is not None
    assert isinstance(page.board.hour, FollowedHour)
    link = around(person).link
    link.follow(file)
    [follows] = page.findChildren(FollowCard)
    [card] = page.findChildren(CoHostCard)
    person.wait(lambda: len(marks(person)) == 3)
    person.wait(lambda: "C’est l’ordinateur de Awa qui publie." in person.words())
    person.wait(lambda: "3 messages de Awa" in person.words())
    assert follows.isVisible()
    assert card.isVisible()
    person.wait(lambda: page.board is not None and page.board.feed._cards)
    assert [one for one in page.findChildren(PublishButton) if one.isVisible()] == []
    assert not any(name.startswith("Répondre") for name in person.buttons())
    # What they may do is said, and no key leads to what publishes.
    assert any("Rien n’est publié d’ici" in words for words in person.words())
    told = {keys for keys, _what in page.keys}
    assert {"M", "H", "V", "C", named(Shortcut.PASTE), named(Shortcut.SEARCH)} <= told
    publishing = {named(one) for one in (Shortcut.WRITE, Shortcut.PUBLISH_NEXT, Shortcut.SEND)}
    assert not told & (publishing | {"T", "R", "A", "1–4", named(Shortcut.NEXT_LATER)})
    shown = next(iter(page.board.feed._cards.values()))
    page.board.feed._list.keyboard.stand_on(shown)
    for key in (Qt.Key.Key_T, Qt.Key.Key_R, Qt.Key.Key_A, Qt.Key.Key_1):
        QTest.keyClick(shown, key)
    assert page.board.feed.reply.isHidden()
    actions = [one.text() for one in shown.menu().actions()]
    assert "Voir sur X" in actions
    assert not {"Remercier", "Accueillir"} & set(actions)
    states = {row.state for row in person.app.data().outbox.rows("chat", LIVE)}
    assert PostState.SENT in states


def test_what_the_other_does_comes_here_while_it_follows(
    person: Person, awa: Other, file: Path
) -> None:
    person.press("Modérer d’ici")
    link = around(person).link
    link.follow(file)
    person.wait(lambda: len(marks(person)) == 3)
    awa.data.posts.add("chat", LIVE, [participant(7, "R1 Plus tard", NOON, "p7")])
    awa.data.posts.mark("chat", LIVE, Marking("1002", Mark.STARRED, True))
    leaves = next(
        row for row in awa.data.outbox.rows("chat", LIVE) if row.state is PostState.PLANNED
    )
    for before, state in pairwise((PostState.PLANNED, PostState.DUE, PostState.SENDING, SENT)):
        made = replace(leaves, state=state, attempts=1, remote_id="77" if state is SENT else "")
        awa.data.outbox.move(made, before)
    awa.link.save(file, awa.here)
    person.wait(lambda: not link._busy)
    link._look()
    person.wait(lambda: "1007" in marks(person))
    person.wait(lambda: marks(person)["1002"])

    def out() -> dict[str, str]:
        rows = person.app.data().outbox.rows("chat", LIVE)
        return {row.slot: row.remote_id for row in rows if row.state is SENT}

    person.wait(lambda: out().get(leaves.slot) == "77")


def test_what_is_marked_here_goes_back(person: Person, awa: Other, file: Path) -> None:
    person.press("Modérer d’ici")
    link = around(person).link
    link.call_self("Marième")
    link.follow(file)
    person.wait(lambda: len(marks(person)) == 3)
    page = person.hour_page()
    assert page.board is not None
    page.board.hour.mark(Marking("1001", Mark.STARRED, True))
    person.wait(lambda: marks(person)["1001"])
    # It looks once more by itself after it has begun to follow.
    person.wait(lambda: link._changed and not link._busy)
    link._look()
    person.wait(lambda: not link._busy)
    taken = awa.link.take(file, awa.here)
    assert (taken.told.stars, taken.told.names) == (1, ("Marième",))
    page.undo()
    person.wait(lambda: not marks(person)["1001"])


def test_a_copy_from_before_the_hour_is_held_back(person: Person, awa: Other, file: Path) -> None:
    person.session.editor.note(live_elsewhere=None)
    around(person).link.take(file)
    person.wait(lambda: person.session.editor.chat.live_elsewhere is not None)
    person.wait(lambda: "Modérer d’ici" in person.buttons())


def test_a_file_that_cannot_be_taken_is_told(person: Person, tmp_path: Path) -> None:
    person.press("Modérer d’ici")
    wrong = tmp_path / "wrong.tchat-hour"
    wrong.write_text("{}", "utf-8")
    around(person).link.take(wrong)
    person.wait(lambda: any("endommagé" in words for words in person.words()))
    assert marks(person) == {}


def test_two_that_publish_are_warned(person: Person, file: Path) -> None:
    person.session.take_over()
    person.hour_page().show_occasion(LIVE)
    around(person).link.take(file)
    person.wait(lambda: any("partirait deux fois" in words for words in person.words()))
    [warning] = person.hour_page().findChildren(BothPublishNotice)
    assert warning.isVisible()
    assert warning.property("notice") == "stop"


def test_the_menu_of_the_bar_asks_for_files(
    person: Person, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: dict[str, Callable[[], object]] = {
        one.words: one.act for one in person.window.bar.offers()
    }
    target = tmp_path / "cle" / "partage.tchat-hour"
    target.parent.mkdir()
    monkeypatch.setattr(co_host_link, "ask_where_to_save", lambda *_all: target)
    monkeypatch.setattr(co_host_link, "ask_for_shared", lambda _asker: file)
    asked["Enregistrer pour la coanimation…"]()
    person.wait(target.exists)
    asked["Prendre ce que la coanimation a fait…"]()
    person.wait(lambda: len(marks(person)) == 3)
    person.workspace.open_step(StepId.QUESTIONS)
    assert person.window.bar.offers() == ()
    assert file_dialogs.SHARED_ENDING == "tchat-hour"

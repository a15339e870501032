"""The real hour from the window, when keys, an account or the right to post are wanting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostState, Reason
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.outbox import Outbox
from tests.fakes.other_process import holding
from tests.fakes.x_server import XServer
from tests.ui.running import Person, running


@pytest.fixture
def x() -> Iterator[XServer]:
    with XServer() as server:
        yield server


def connect(me: Person, x: XServer) -> None:
    """As the page of the connection does with keys that were pasted."""
    connected: list[object] = []
    me.app.connections().connect_with(me.window, x.new_keys(), connected.append, connected.append)
    me.wait(lambda: bool(connected))
    assert me.app.connections().current() is not None, connected


@contextmanager
def opened(
    qapp: QApplication, qtbot: QtBot, folder: Path, x: XServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    """The example with keys as its way, an hour away from nothing; no page really opens."""
    pages: list[str] = []
    monkeypatch.setattr(SystemBrowser, "open", lambda _self, page: not pages.append(page))
    with running(qapp, folder, api_url=x.url, vault=MemoryVault()) as app:
        me = Person(app, qtbot)
        me.open_example()
        editor = me.session.editor
        soon = datetime.now(UTC) + timedelta(minutes=5)
        editor.edit(replace(editor.chat, route=Route.KEYS, starts_at=soon))
        yield me


def start(me: Person) -> list[OutboxChanged]:
    """Open the hour; what is told of its outbox, as it comes."""
    told: list[OutboxChanged] = []
    me.app.bridge.outbox_changed.connect(told.append)
    me.session.start_live()
    me.workspace.open_step(StepId.HOUR)
    me.wait(lambda: bool(told))
    return told


def send_first(me: Person, told: list[OutboxChanged], wanted: PostState) -> OutboxPost:
    """Publish the first post that waits; as it is once it has come to that state."""
    first = next(row for row in told[-1].rows if row.state is PostState.PLANNED)
    hour = me.session.hour(Occasion.LIVE)
    assert hour is not None
    hour.do(Outbox.send_now, first.id)

    def now() -> OutboxPost:
        return next(row for row in told[-1].rows if row.id == first.id)

    me.wait(lambda: now().state is wanted)
    return now()


def test_revoked_on_without_keys_reconnected_and_with_them_again(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    x: XServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with opened(qapp, qtbot, tmp_path, x, monkeypatch) as me:
        connect(me, x)
        told = start(me)
        send_first(me, told, PostState.SENT)
        x.api.tokens.clear()
        failed = send_first(me, told, PostState.FAILED)
        assert failed.reason is Reason.KEYS_REFUSED
        me.press("Continuer par le navigateur")
        me.wait(lambda: told[-1].without_keys)
        assert not any(row.route is Route.KEYS for row in told[-1].rows if row.state in WAITING)
        # It comes along, at its own time, which is still to come.
        freed = {row.id: row for row in told[-1].rows}[failed.id]
        assert freed.state is PostState.PLANNED
        assert freed.route is Route.ASSISTED
        assert freed.planned is not None
        assert freed.due_at == freed.planned.due_at
        me.wait(lambda: "Par le navigateur" in me.words())

        me.workspace.open_step(StepId.CONNECTION)
        connect(me, x)
        me.workspace.open_step(StepId.HOUR)
        me.press("Reprendre avec les clés")
        me.wait(lambda: not told[-1].without_keys)
        sent = send_first(me, told, PostState.SENT)
        assert sent.route is Route.KEYS
        assert x.texts()[-1] == sent.text
        assert len(x.texts()) == 2
    assert x.violations == []


def test_revoked_and_dropped_the_notice_stands_until_it_is_connected_again(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    x: XServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refuses = "X refuse les clés d’accès."
    with opened(qapp, qtbot, tmp_path, x, monkeypatch) as me:
        connect(me, x)
        told = start(me)
        send_first(me, told, PostState.SENT)
        x.api.tokens.clear()
        failed = send_first(me, told, PostState.FAILED)
        hour = me.session.hour(Occasion.LIVE)
        assert hour is not None
        hour.do(Outbox.skip, failed.id)
        me.wait(lambda: row_of(told, failed.id).state is PostState.SKIPPED)
        me.wait(lambda: any(one.startswith("Les messages ne partent plus") for one in me.words()))
        assert refuses in me.words()
        connection = me.app.connections().current()
        assert connection is not None
        # X looks at the account, the app at the one the chat is announced for.
        names = f"@{hour.chat.account} @{connection.account.handle}"
        summoning = x.world.say("aissatou_ex", f"{names} R1 À l’école", age=60)
        post = FeedPost(
            Post(summoning.id, "aissatou_ex", "Aïssatou", summoning.text, datetime.now(UTC))
        )
        assert replied(me, told, post, "Merci !").route is Route.ASSISTED
        # A screen built anew knows it too.
        me.window.rebuild()
        me.wait(lambda: refuses in me.words())

        me.workspace.open_step(StepId.CONNECTION)
        connect(me, x)
        me.workspace.open_step(StepId.HOUR)
        me.wait(lambda: "Le compte est de nouveau connecté." in me.words())
        assert not any(one.startswith("Les messages ne partent plus") for one in me.words())
        me.window.rebuild()
        me.wait(lambda: "Le compte est de nouveau connecté." in me.words())
        assert refuses not in me.words()
        reply = replied(me, told, post, "Merci encore !")
        assert reply.route is Route.KEYS
        me.wait(lambda: row_of(told, reply.id).state is PostState.SENT)
        me.wait(lambda: "Le compte est de nouveau connecté." not in me.words())
    assert x.texts()[-1] == reply.text


def row_of(told: list[OutboxChanged], post_id: str) -> OutboxPost:
    return next(row for row in told[-1].rows if row.id == post_id)


def replied(me: Person, told: list[OutboxChanged], post: FeedPost, text: str) -> OutboxPost:
    """The row of a reply that was just asked for."""
    hour = me.session.hour(Occasion.LIVE)
    assert hour is not None
    hour.reply(post, text)
    me.wait(lambda: any(row.text.endswith(text) for row in told[-1].rows))
    return next(row for row in told[-1].rows if row.text.endswith(text))


def test_an_hour_begun_with_no_account_says_so_and_takes_keys_later(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    x: XServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with opened(qapp, qtbot, tmp_path, x, monkeypatch) as me:
        me.workspace.open_step(StepId.HOUR)
        me.wait(lambda: any("Aucun compte n’est connecté" in one for one in me.words()))
        told = start(me)
        me.wait(lambda: told[-1].without_keys)
        me.wait(lambda: "Le tchat continue par le navigateur." in me.words())
        first = send_first(me, told, PostState.HANDED_OVER)
        assert first.route is Route.ASSISTED
        me.press("Reprendre avec les clés")
        assert me.workspace.step is StepId.CONNECTION
        connect(me, x)
        me.workspace.open_step(StepId.HOUR)
        me.press("Reprendre avec les clés")
        me.wait(lambda: not told[-1].without_keys)
        assert send_first(me, told, PostState.SENT).route is Route.KEYS


def test_the_window_waits_for_another_process_that_posts(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    x: XServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with (
        opened(qapp, qtbot, tmp_path, x, monkeypatch) as me,
        holding(tmp_path) as other,
    ):
        me.session.start_live()
        me.workspace.open_step(StepId.HOUR)
        me.wait(lambda: any("Des messages partent déjà" in one for one in me.words()))
        # A screen built anew knows it too.
        me.window.rebuild()
        me.wait(lambda: any("Des messages partent déjà" in one for one in me.words()))
        other.kill()
        other.wait()
        me.press("Réessayer")
        me.wait(lambda: "Publier maintenant" in me.buttons())
        assert not any("Des messages partent déjà" in one for one in me.words())


def test_paused_closed_and_opened_again_it_is_still_on_hold(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    x: XServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with opened(qapp, qtbot, tmp_path, x, monkeypatch) as me:
        told = start(me)
        me.press("Suspendre les messages")
        me.wait(lambda: told[-1].paused)
        me.session.editor.edit(
            replace(me.session.editor.chat, starts_at=datetime.now(UTC) - timedelta(minutes=1))
        )
        me.wait(me.saved)
    with running(qapp, tmp_path, api_url=x.url, vault=MemoryVault()) as app:
        me = Person(app, qtbot)
        words = "Le tchat est en cours. Ses messages partent seulement quand il est ouvert ici."
        me.wait(lambda: words in me.words())
        topic = next(one for one in me.buttons() if one.startswith("Reprendre – "))
        me.press(topic)
        me.wait(lambda: me.window.workspace is not None)
        assert me.workspace.step is StepId.HOUR
        me.wait(lambda: any("Rien ne part d’ici" in one for one in me.words()))
        me.press("Continuer le tchat")
        me.wait(lambda: any(one.startswith("Tout est suspendu") for one in me.words()))
        assert "Reprendre" in me.buttons()
    assert x.texts() == []

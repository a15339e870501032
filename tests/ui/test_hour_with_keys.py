"""The real hour with keys, from the window to a server that answers as X does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.ledger import SqliteLedger
from tchat_desktop.domain.chat import Announcement, Channel, Occasion, Route, picture_ids
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.domain.replanning import has_begun
from tchat_desktop.domain.spending import Reads
from tchat_desktop.domain.steps import StepId
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.start.network import network_rules
from tchat_desktop.start.window import App
from tchat_desktop.ui.pages.run_sheet.run_item_row import RunItemRow
from tchat_desktop.wording.i18n import _, format_dollars
from tests.fakes import x_faults
from tests.fakes.x_server import XServer
from tests.ui.pictures import GPS, encoded, flat, with_exif, write
from tests.ui.running import Person, running


@pytest.fixture
def x() -> Iterator[XServer]:
    with XServer() as server:
        yield server


def connected(app: App, qtbot: QtBot, x: XServer) -> Person:
    """Somebody with the example open and an account connected."""
    me = Person(app, qtbot)
    me.window.home.example_wanted.emit()
    me.wait(lambda: me.window.session is not None)
    answers: list[object] = []
    app.connections().connect_with(app.window, x.keys, answers.append, answers.append)
    me.wait(lambda: bool(answers))
    assert app.connections().current() is not None, answers
    return me


def test_posts_leave_by_themselves_with_the_keys_of_the_account(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, x: XServer
) -> None:
    with running(qapp, tmp_path, api_url=x.url, vault=MemoryVault()) as app:
        me = connected(app, qtbot, x)
        editor = me.window.session.editor
        soon = datetime.now(UTC) - timedelta(seconds=1)
        editor.edit(replace(editor.chat, route=Route.KEYS, starts_at=soon))
        rows = []
        app.bridge.outbox_changed.connect(lambda event: rows.append(event.rows))
        me.window.session.start_live()
        me.window.workspace.open_step(StepId.HOUR)
        me.wait(lambda: bool(x.posts))
        me.wait(lambda: rows and rows[-1][0].state is PostState.SENT)
        first = rows[-1][0]
        assert (first.occasion, first.route) == (Occasion.LIVE, Route.KEYS)
        assert x.texts()[0] == first.text
        assert first.url.endswith(f"/status/{first.remote_id}")
    assert x.violations == []


@pytest.mark.parametrize("answer_lost", [False, True])
def test_a_picture_goes_from_the_disk_to_x_with_its_post(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    x: XServer,
    monkeypatch: pytest.MonkeyPatch,
    answer_lost: bool,
) -> None:
    photo = encoded(flat(800, 450).convertToFormat(QImage.Format.Format_RGB32), "JPG", 95)
    path = write(tmp_path / "IMG_0042.jpg", with_exif(photo, 1))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    x.world.refuses_duplicates = False
    if answer_lost:
        x.fail("POST /2/tweets", x_faults.DROP_AFTER)
    with running(qapp, tmp_path / "data", api_url=x.url, vault=MemoryVault()) as app:
        me = connected(app, qtbot, x)
        editor = me.session.editor
        me.workspace.open_step(StepId.RUN_SHEET)
        row = next(one for one in me.window.findChildren(RunItemRow) if one.item.key == "welcome")
        row.open_editor()
        row.picture_wanted.emit("welcome")
        me.wait(lambda: picture_ids(editor.chat))
        row.picture_described.emit("welcome", "Trois élèves de dos")
        (picture_id,) = picture_ids(editor.chat)
        kept = app.data().pictures.content(editor.chat.id, picture_id)
        assert GPS not in kept
        soon = datetime.now(UTC) - timedelta(seconds=1)
        editor.edit(replace(editor.chat, route=Route.KEYS, starts_at=soon))
        rows = []
        app.bridge.outbox_changed.connect(lambda event: rows.append(event.rows))
        me.session.start_live()
        me.wait(lambda: rows and rows[-1][0].state is PostState.SENT)
        first = rows[-1][0]
        assert [post.id for post in x.posts] == [first.remote_id]
        (media_id,) = x.posts[0].media
        media = x.world.media[media_id]
        assert (media.content, media.alt_text) == (kept, "Trois élèves de dos")
        assert (media.kind, first.slot) == ("tweet_image", "welcome")
        with app.data().database.reading() as connection:
            stored = connection.execute("SELECT content FROM picture").fetchall()
        assert [bytes(one[0]) for one in stored] == [kept]
    assert x.violations == []


def test_the_amount_is_raised_while_the_hour_runs_and_counts_over_a_restart(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, x: XServer
) -> None:
    with running(qapp, tmp_path, api_url=x.url, vault=MemoryVault()) as app:
        me = Person(app, qtbot)
        me.window.home.example_wanted.emit()
        me.wait(lambda: me.window.session is not None)
        connected: list[object] = []
        app.connections().connect_with(app.window, x.keys, connected.append, connected.append)
        me.wait(lambda: bool(connected))
        editor = me.session.editor
        soon = datetime.now(UTC) - timedelta(seconds=1)
        chat = replace(editor.chat, route=Route.KEYS, starts_at=soon, spending_limit_cents=1)
        editor.edit(chat)
        rows = []
        app.bridge.outbox_changed.connect(lambda event: rows.append(event.rows))
        held = []
        app.bridge.reading_held.connect(lambda event: held.append(event.reason))
        me.session.start_live()
        me.workspace.open_step(StepId.HOUR)
        me.wait(lambda: rows and rows[-1][0].state is PostState.FAILED)
        assert rows[-1][0].reason is Reason.SPENDING_LIMIT
        me.wait(lambda: held and held[-1] is Reason.SPENDING_LIMIT)
        assert x.posts == []
        editor.edit(replace(editor.chat, spending_limit_cents=500))
        me.press(f"{_('Try again')} – {_('Word of welcome')}")
        me.wait(lambda: rows[-1][0].state is PostState.SENT)
        me.wait(lambda: held[-1] is Reason.NONE)
        # The account was asked for, which is the reading of one person.
        cents = network_rules().platform.cents
        spent = _("{amount} of {limit}").format(
            amount=format_dollars(cents[Action.READ_USER] + cents[Action.POST]),
            limit=format_dollars(500),
        )
        me.wait(lambda: spent in me.words())
    with closing(Database(tmp_path / DATABASE)) as database:
        assert SqliteLedger(database).reads(chat.id) == Reads(users=1)
    assert x.violations == []


def test_an_announcement_leaves_by_itself_beside_an_hour_that_is_open(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, x: XServer
) -> None:
    with running(qapp, tmp_path, api_url=x.url, vault=MemoryVault()) as app:
        me = connected(app, qtbot, x)
        editor = me.window.session.editor
        soon = datetime.now(UTC) + timedelta(hours=1, seconds=2)
        last = Announcement("last", Channel.X, 60, by_keys=True)
        told = replace(editor.chat, route=Route.KEYS, starts_at=soon, announcements=(last,))
        editor.edit(replace(told, announcements=()))
        me.window.session.start_live()
        me.window.workspace.open_step(StepId.PROMOTION)
        editor.edit(told)
        me.wait(lambda: editor.chat.announced == ("last",))
        assert [post.text for post in x.posts] == [
            row.text for row in app.data().outbox.rows(editor.chat.id, Occasion.PROMOTION)
        ]
        (card,) = me.window.workspace.page(StepId.PROMOTION)._cards.values()
        me.wait(lambda: not card._done.isEnabled())
        assert card._done.isChecked()
        hour = app.data().outbox.rows(editor.chat.id, Occasion.LIVE)
        assert not has_begun(hour), "the hour is still to come"
        spent = app.outside().spending(editor.chat.id).spent
        assert spent.at_most > 0, "what it cost is counted"
    assert x.violations == []

"""What is mended after the hour was opened is what leaves; another day is another day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.step_states import StepState
from tchat_desktop.domain.steps import StepId, StepStatus
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.shell import hour_follower as live_edits
from tests.fakes.clock import FakeClock
from tests.ui.running import Person, running


@pytest.fixture
def me(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    """Days before, the hour is open already: a post was published early, perhaps."""
    monkeypatch.setattr(live_edits, "_SETTLE_MS", 1)
    with running(qapp, tmp_path) as app:
        me = Person(app, qtbot)
        me.open_example()
        editor = me.session.editor
        editor.edit(replace(editor.chat, route=Route.ASSISTED))
        me.workspace.open_step(StepId.HOUR)
        me.session.start_live()
        me.wait(lambda: rows(me))
        yield me


def rows(me: Person) -> dict[str, OutboxPost]:
    chat = me.session.editor.chat
    return {row.slot: row for row in me.app.data().outbox.rows(chat.id, Occasion.LIVE)}


def first_question(me: Person) -> OutboxPost:
    return rows(me)[f"q:{me.session.editor.chat.questions[0].id}"]


def test_a_question_mended_elsewhere_leaves_as_it_is_now(me: Person) -> None:
    me.workspace.open_step(StepId.QUESTIONS)
    editor = me.session.editor
    first, *rest = editor.chat.questions
    mended = replace(first, text="Que dit la loi, chez vous ?")
    editor.edit(replace(editor.chat, questions=(mended, *rest)))
    me.wait(lambda: "Que dit la loi" in first_question(me).text)


def test_what_is_typed_is_followed_when_the_hour_is_looked_at(me: Person) -> None:
    me.window.live_edits.settle.setInterval(3_600_000)
    me.workspace.open_step(StepId.QUESTIONS)
    editor = me.session.editor
    first, *rest = editor.chat.questions
    mended = replace(first, text="Que dit la loi, chez vous ?")
    editor.edit(replace(editor.chat, questions=(mended, *rest)))
    assert "Que dit la loi" not in first_question(me).text
    me.workspace.open_step(StepId.HOUR)
    me.wait(lambda: "Que dit la loi" in first_question(me).text)


def test_the_list_of_steps_counts_to_the_end_that_was_moved(me: Person) -> None:
    chat, hour = me.session.editor.chat, me.session.hour(Occasion.LIVE)
    assert hour is not None
    assert chat.starts_at is not None
    assert chat.ends_at is not None
    me.app.clock = FakeClock(chat.ends_at + timedelta(minutes=2))
    assert of_hour(me).state is StepState.READY
    hour.do(Outbox.extend, 15)
    me.wait(lambda: hour.moved_end is not None)
    assert (of_hour(me).state, of_hour(me).number) == (StepState.STARTED, 13)


def of_hour(me: Person) -> StepStatus:
    """How far the hour is, as the list of steps tells."""
    statuses = me.app.statuses(me.session.editor.chat)
    return next(one for one in statuses if one.step is StepId.HOUR)


def test_another_day_moves_every_post(me: Person) -> None:
    editor, hour = me.session.editor, me.session.hour(Occasion.LIVE)
    assert editor.chat.starts_at is not None
    before = first_question(me).due_at
    later = editor.chat.starts_at + timedelta(days=7)
    editor.edit(replace(editor.chat, starts_at=later))
    me.wait(lambda: me.session.hour(Occasion.LIVE) not in (None, hour))
    # The hour moves them one by one, in a thread of its own.
    me.wait(lambda: min(row.due_at for row in rows(me).values()) == later)
    assert first_question(me).due_at == before + timedelta(days=7)
    assert {row.state for row in rows(me).values()} <= {PostState.PLANNED, PostState.DRAFT}


def test_another_way_is_the_way_of_every_post(me: Person) -> None:
    me.workspace.open_step(StepId.CONNECTION)
    editor = me.session.editor
    hour = me.session.hour(Occasion.LIVE)
    editor.edit(replace(editor.chat, route=Route.REHEARSAL))
    me.wait(lambda: not me.session.is_live)
    me.workspace.open_step(StepId.HOUR)
    me.wait(lambda: "Choisir comment partent les messages" in me.buttons())
    editor.edit(replace(editor.chat, route=Route.ASSISTED))
    me.session.start_live()
    me.wait(lambda: me.session.hour(Occasion.LIVE) not in (None, hour))


def test_no_day_no_post(me: Person) -> None:
    editor = me.session.editor
    editor.edit(replace(editor.chat, starts_at=None))
    me.wait(lambda: not me.session.is_live)
    me.wait(lambda: "Choisir le jour et l’heure" in me.buttons())


def test_the_wrong_day_is_put_right_after_it_has_passed(me: Person) -> None:
    """Opened on a day that was a mistake: nothing left then, all leaves on the right one."""
    editor = me.session.editor
    editor.edit(replace(editor.chat, starts_at=datetime.now(UTC) - timedelta(hours=3)))
    me.wait(lambda: rows(me)["welcome"].state is PostState.EXPIRED)
    right = datetime.now(UTC) + timedelta(days=1)
    editor.edit(replace(editor.chat, starts_at=right))
    me.wait(lambda: rows(me)["welcome"].state is PostState.PLANNED)
    assert rows(me)["welcome"].due_at == right
    assert editor.chat.closed_at is None


def test_a_tag_half_typed_waits_until_its_field_is_left(me: Person) -> None:
    hour = me.session.hour(Occasion.LIVE)
    me.workspace.open_step(StepId.HASHTAG)
    field = me.workspace.page(StepId.HASHTAG).findChild(QLineEdit)
    field.setFocus()
    me.wait(field.hasFocus)
    editor = me.session.editor
    editor.edit(replace(editor.chat, hashtag="Fil"))
    settled: list[bool] = []
    me.window.live_edits.settle.timeout.connect(lambda: settled.append(True))
    me.wait(lambda: len(settled) > 3)
    assert me.session.hour(Occasion.LIVE) is hour
    assert "#Fil " not in first_question(me).text + " "
    editor.edit(replace(editor.chat, hashtag="FillesDebout"))
    field.clearFocus()
    me.wait(lambda: "#FillesDebout" in first_question(me).text)


def test_what_was_held_on_another_computer_is_ours_once_the_hour_has_begun(me: Person) -> None:
    me.session.stop_live()
    editor = me.session.editor
    assert editor.chat.starts_at is not None
    editor.edit(replace(editor.chat, live_elsewhere=editor.chat.starts_at))
    me.session.take_over()
    me.wait(lambda: me.session.can_go_live)
    assert editor.chat.live_elsewhere is None
    editor.undo()
    assert editor.chat.live_elsewhere is None

"""Who takes part for the first time is told alike on the three pages after the hour."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.report import edition_of
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.report.page import ReportPage
from tests.adapters.exports.sample import STATIONERY
from tests.fakes.network import NETWORK
from tests.ui.pages.hands import put_on_screen
from tests.ui.pages.stage import CHAT, POSTS, Stage, settled, shown_recap
from tests.ui.pages.thanks.test_thanks import made as made_thanks

EARLIER = edition_of(
    replace(CHAT, id="earlier"),
    # Whose post was hidden counted nowhere then, and comes for the first time now.
    (POSTS[0], *(replace(one, hidden=True) for one in POSTS[1:3]), POSTS[3]),
    (),
    NETWORK,
)


def told_by_the_recap(qtbot: QtBot, page: RecapPage) -> str:
    """What the recap says once it is copied."""
    form = next(one for one in page.publish.forms if one.export.suffix == "md")
    assert form.copy is not None
    form.copy.click()
    qtbot.waitUntil(lambda: bool(form.saving.text))
    return QApplication.clipboard().text()


def report_of(qtbot: QtBot, stage: Stage) -> ReportPage:
    editor = ChatEditor(CHAT)
    page = ReportPage(
        editor,
        stage.bridge,
        stage.gather,
        stage.files(),
        stage.care(),
        stage.pictures,
        lambda: stage.now,
        lambda _chat: stage.former,
    )
    put_on_screen(qtbot, page, editor)
    settled(qtbot, page)
    qtbot.waitUntil(lambda: bool(page.figures))
    return page


def test_the_pages_count_the_same_newcomers(qtbot: QtBot, stage: Stage) -> None:
    stage.hold()
    stage.former = (EARLIER,)
    editor = ChatEditor(CHAT)
    thanks = made_thanks(stage, editor)
    put_on_screen(qtbot, thanks, editor)
    qtbot.waitUntil(lambda: any(one.person.first_time for one in thanks.rows))
    thanked = {one.person.handle for one in thanks.rows if one.person.first_time}
    recap, _editor = shown_recap(qtbot, stage)
    qtbot.waitUntil(lambda: not recap.watch.awaits_former)

    assert thanked == {"binta_ex", "moussa_ex"}
    assert report_of(qtbot, stage).report.figures.newcomers == 2
    assert STATIONERY.labels("fr").many("newcomers", 2) in told_by_the_recap(qtbot, recap)


def test_of_a_rehearsal_nobody_is_new(qtbot: QtBot, stage: Stage) -> None:
    stage.hold(occasion=Occasion.REHEARSAL)
    stage.former = (EARLIER,)
    recap, _editor = shown_recap(qtbot, stage)
    assert STATIONERY.labels("fr").many("newcomers", 4) not in told_by_the_recap(qtbot, recap)
    assert report_of(qtbot, stage).report.figures.newcomers is None

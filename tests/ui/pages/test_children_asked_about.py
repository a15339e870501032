"""A child may be named in what is saved after the hour: every file asks alike, none is barred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Question, RecapDraft
from tchat_desktop.ui.pages.shared import careful
from tchat_desktop.wording.i18n import ngettext
from tests.ui.pages.report.test_report import shown as shown_report
from tests.ui.pages.stage import CHAT, ROWS, Stage, shown_recap

NAMES = "Comment aider Aminata, 12 ans, à rester à l’école ?"
CALLED = replace(
    CHAT,
    questions=(Question("q1", NAMES), *CHAT.questions[1:]),
    topic="L’école",
    recap=RecapDraft(title="L’école"),
)
ASKED = (replace(ROWS[0], text=f"Q1 {NAMES}"), *ROWS[1:])


def words() -> str:
    """What is asked, in the language of the screens."""
    return ngettext(
        "One text may show who a child is, or who confides something: “{text}”",
        "{count} texts may show who a child is, or who confides something. The first: “{text}”",
        1,
    ).format(count=1, text=NAMES)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What was asked; every question is answered by saving all the same."""
    found: list[str] = []

    def answer(_parent: object, about: str) -> bool:
        found.append(about)
        return True

    monkeypatch.setattr(careful, "confirms_saving", answer)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "saved"), "")
    )
    return found


@pytest.mark.parametrize("place", range(6))
def test_each_form_of_the_recap_asks_and_is_saved(
    qtbot: QtBot, stage: Stage, asked: list[str], place: int
) -> None:
    stage.hold(rows=ASKED)
    page, _editor = shown_recap(qtbot, stage, CALLED)
    assert len(page.publish.forms) == 6
    page.publish.forms[place].save.click()
    qtbot.waitUntil(lambda: len(stage.saved) == 1)
    assert asked == [words()]


@pytest.mark.parametrize("which", ["funder", "figures", "curves"])
def test_each_file_of_the_report_asks_and_is_saved(
    qtbot: QtBot, stage: Stage, asked: list[str], which: str
) -> None:
    stage.hold(rows=ASKED)
    page, _editor = shown_report(qtbot, stage, CALLED)
    buttons: dict[str, Callable[[], object]] = {
        "funder": page.funder.save.click,
        "figures": page.files.save_figures[0].click,
        "curves": page.files.save_curves[0].click,
    }
    buttons[which]()
    qtbot.waitUntil(lambda: len(stage.saved) == 1)
    assert asked == [words()]


def test_a_description_that_was_typed_is_asked_about_when_it_is_copied(
    qtbot: QtBot, stage: Stage, asked: list[str]
) -> None:
    stage.hold()
    page, _editor = shown_recap(qtbot, stage)
    page.pictures.fold.button.click()
    qtbot.waitUntil(lambda: page.pictures.is_true and page.pictures.card.count() > 0)
    page.pictures.copy_words.click()
    assert asked == []
    page.pictures.description.setPlainText(NAMES)
    page.pictures.copy_words.click()
    page.pictures.save.click()
    assert asked == [words(), words()]

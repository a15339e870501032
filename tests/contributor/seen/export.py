"""The made-up export in the real window. Run in a copy of the project, by `test_export.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.shared import careful
from tchat_desktop.ui.widgets.buttons import Button
from tests.ui.survey import Walk, opened, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_recap_page_offers_it_and_it_writes_a_file(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, str]] = []

    def ask(_window: object, title: str, proposed: str, kinds: str) -> tuple[str, str]:
        asked.append((title, Path(proposed).suffix, kinds))
        return str(tmp_path / "mots.txt"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(careful, "confirms_saving", lambda *_args: True)
    with opened(Walk("fr", "rehearsed")) as app:
        workspace = app.window.workspace
        assert workspace is not None
        workspace.open_step(StepId.RECAP)
        settle(app)
        page = workspace.page(StepId.RECAP)
        assert isinstance(page, RecapPage)
        [button] = [
            one
            for one in page.findChildren(Button)
            if one.accessibleName() == "En toutes lettres – Pour une radio"
        ]
        assert button.isVisible()
        button.click()
        qtbot.waitUntil(lambda: "mots.txt" in page.publish.saving.text)
    assert asked == [("Enregistrer les mots", ".txt", "Mots à lire (*.txt)")]
    assert (tmp_path / "mots.txt").read_text("utf-8").strip()

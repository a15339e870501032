"""The made-up language in the real window. Run in a copy of the project, by `test_language.py`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QComboBox

from tchat_desktop.domain.steps import StepId
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.start.self_test import contents
from tchat_desktop.start.window import App
from tests.ui.survey import Walk, opened, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def app(qapp: QApplication) -> Iterator[App]:
    with opened(Walk("wo", "example")) as app:
        yield app


def test_the_screens_speak_it_and_posts_can_be_written_in_it(app: App) -> None:
    workspace = app.window.workspace
    assert workspace is not None
    assert app.window.session is not None
    page = workspace.page(StepId.PURPOSE)
    workspace.open_step(StepId.PURPOSE)
    settle(app)
    assert page.title.text() == "Wolof: The purpose"
    [choice] = [one for one in page.findChildren(QComboBox) if one.findData("wo") >= 0]
    assert choice.itemText(choice.findData("wo")) == "Wolof"
    # The example of the language is in it.
    editor = app.window.session.editor
    assert editor.chat.language == "wo"
    for code in ("fr", "wo"):
        choice.setCurrentIndex(choice.findData(code))
        choice.activated.emit(choice.currentIndex())
        assert editor.chat.language == code
    assert texts_of("wo").language == "wo"


def test_it_can_be_chosen_for_the_screens(app: App) -> None:
    app.window.language_chosen.emit("fr")
    settle(app)
    assert app.window.workspace is not None
    assert app.window.workspace.page(StepId.PURPOSE).title.text() == "L’objectif"
    app.window.language_chosen.emit("wo")
    settle(app)
    assert app.window.workspace.page(StepId.PURPOSE).title.text() == "Wolof: The purpose"


def test_the_self_test_names_it(qapp: QApplication) -> None:
    assert "Wolof" in contents.languages()

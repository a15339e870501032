"""The made-up step in the real window. Run in a copy of the project, by `test_step.py`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from tchat_desktop.domain.steps import STEPS, StepId
from tchat_desktop.start.window import App
from tchat_desktop.ui.pages.shared.preflight_lines import ItemLine
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.step_titles import place_words
from tests.ui.survey import Walk, opened, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

[BUDGET] = [step for step in STEPS if step == "budget"]


@pytest.fixture
def app(qapp: QApplication) -> Iterator[App]:
    with opened(Walk("fr", "example")) as app:
        yield app


def on_the_rail(app: App) -> str:
    assert app.window.workspace is not None
    buttons = app.window.workspace.rail.findChildren(QAbstractButton)
    return next(one.accessibleName() for one in buttons if "Le budget" in one.accessibleName())


def test_it_is_on_the_rail_with_its_page_and_its_rule(app: App) -> None:
    workspace = app.window.workspace
    assert workspace is not None
    workspace.open_step(BUDGET)
    settle(app)
    page = workspace.page(BUDGET)
    assert page.isVisible()
    assert page.title.text() == "Le budget"
    [field] = [one for one in page.findChildren(QLineEdit) if one.isVisible()]
    field.selectAll()
    QTest.keyClicks(field, "https://example.org/budget")
    assert app.window.session is not None
    assert app.window.session.editor.chat.registration_link == "https://example.org/budget"
    workspace.show_again()
    assert on_the_rail(app) == f"{place_words(BUDGET)}, prête"
    field.clear()
    field.textEdited.emit("")
    workspace.show_again()
    assert on_the_rail(app) == (f"{place_words(BUDGET)}, commencée, Pas encore de budget")


def test_it_is_in_the_list_of_the_day(app: App) -> None:
    workspace = app.window.workspace
    assert workspace is not None
    workspace.open_step(StepId.REHEARSAL)
    settle(app)
    lines = workspace.page(StepId.REHEARSAL).findChildren(ItemLine)
    [line] = [one for one in lines if one.item.step is BUDGET]
    words = "Le budget est noté" if line.ready else "Le budget n’est pas encore noté"
    assert line.findChild(VerdictLine).text == words

"""What voice control or a screen reader puts into a field is kept as what is typed is."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.steps import StepId
from tchat_desktop.start.window import App
from tchat_desktop.ui.pages.people.person_card import PersonCard
from tchat_desktop.ui.widgets.day_edit import DayEdit
from tchat_desktop.ui.widgets.heard_line import HeardLine
from tchat_desktop.ui.widgets.hour_edit import HourEdit
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietSpinBox
from tests.ui.survey import Walk, opened, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Field = QLineEdit | QPlainTextEdit


def put(field: QWidget, text: str) -> None:
    """Replace the text of a field as the accessibility interface of a system does."""
    field = field.lineEdit() if isinstance(field, QComboBox) else field  # type: ignore[assignment]
    said = QAccessible.queryAccessibleInterface(field)
    count = said.textInterface().characterCount()
    said.editableTextInterface().replaceText(0, count, text)


class Heard:
    """What a line told of."""

    def __init__(self, line: QLineEdit) -> None:
        self.edited: list[str] = []
        self.finished = 0
        line.textEdited.connect(self.edited.append)
        line.editingFinished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self.finished += 1


@pytest.mark.parametrize("kind", [HeardLine, LineEdit])
def test_a_line_tells_once_of_each_edit_and_never_of_what_it_is_shown(
    qtbot: QtBot, kind: type[HeardLine]
) -> None:
    line = kind()
    qtbot.addWidget(line)
    heard = Heard(line)
    put(line, "Thiès")
    assert (heard.edited, heard.finished) == (["Thiès"], 1)
    line.setText("Dakar")
    line.clear()
    put(line, "Thiès")
    assert heard.edited == ["Thiès", "Thiès"]
    QTest.keyClick(line, Qt.Key.Key_A)
    line.undo()
    assert heard.edited == ["Thiès", "Thiès", "Thièsa", "Thiès"]
    put(line, "Thièsa")
    assert heard.edited[-1] == "Thièsa"
    assert len(heard.edited) == 5


def test_a_field_the_keyboard_is_in_is_not_finished_by_voice(qtbot: QtBot) -> None:
    line = LineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    heard = Heard(line)
    put(line, "Mes mots")
    assert (heard.edited, heard.finished) == (["Mes mots"], 0)


def test_what_is_put_in_is_cleaned_as_what_is_pasted(qtbot: QtBot) -> None:
    line = LineEdit()
    qtbot.addWidget(line)
    put(line, "un\u200b mot")
    assert line.text() == "un mot"


def test_a_day_and_an_hour_are_taken(qtbot: QtBot) -> None:
    days: list[object] = []
    day = DayEdit(lambda: date(2026, 11, 29), lambda: True)
    qtbot.addWidget(day)
    day.chosen.connect(lambda found, _hour: days.append(found))
    put(day, "12 décembre 2026")
    assert days == [date(2026, 12, 12)]
    hours: list[object] = []
    hour = HourEdit()
    qtbot.addWidget(hour)
    hour.chosen.connect(hours.append)
    hour.show_hour(time(18, 0))
    put(hour, "18 h 45")
    assert hours == [time(18, 45)]
    hour.show_hour(time(19, 30))
    assert hours == [time(18, 45)]


def test_a_number_is_taken(qtbot: QtBot) -> None:
    told: list[int] = []
    box = QuietSpinBox(1, 30, " min")
    qtbot.addWidget(box)
    box.valueChanged.connect(told.append)
    box.setValue(6)
    QAccessible.queryAccessibleInterface(box).valueInterface().setCurrentValue(8)
    assert told == [6, 8]


VALUES = {
    "Jour": "samedi 19 décembre 2026",
    "Heure": "18\u00a0h\u00a045",
    "Votre ville": "Bamako, Mali",
    "Votre tag": "UnionsPrecoces",
    "Minutes pour": "7 min",
    "Nom sur X": "@autre_nom",
    "E-mail –": "autre@example.org",
    "Pays": "Mali",
    "Lien à partager": "https://example.org/autre",
    "Le compte": "autre_compte",
    "Personnes espérées": "45",
    "Réponses espérées": "60",
}
"""What fits the fields that take no text at will, by how their names begin."""

ADDS = "Ajouter"
"""A field that adds what it is given to a list, and is empty again."""


def fields_of(app: App, step: StepId) -> list[tuple[str, Field]]:
    """What takes text on a page, and its names."""
    workspace = app.window.workspace
    assert workspace is not None
    workspace.open_step(step)
    settle(app)
    page = workspace.page(step)
    for card in page.findChildren(PersonCard)[:1]:
        card.open_details()
    settle(app)
    found: list[Field] = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    named = [(name_of(one), one) for one in found if not one.isReadOnly() and one.isVisible()]
    return [(name, one) for name, one in named if not name.startswith(ADDS)]


def name_of(field: QWidget) -> str:
    box = field.parentWidget()
    return field.accessibleName() or (box.accessibleName() if box is not None else "")


def value(name: str, place: int) -> str:
    special = [text for begin, text in VALUES.items() if name.startswith(begin)]
    return special[0] if special else f"Autre texte {place}"


def shown(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def test_every_field_of_every_page_keeps_what_is_put_into_it(qapp: QApplication) -> None:
    wanted: dict[StepId, list[str]] = {}
    lost, kept = [], 0
    with opened(Walk("fr", "example")) as app:
        session = app.window.session
        assert session is not None
        for step in StepId:
            wanted[step] = []
            for place, (name, field) in enumerate(fields_of(app, step)):
                wanted[step].append(value(name, place))
                put(field, value(name, place))
                settle(app)
        # Each page is made anew, of what the chat holds.
        app.window.rebuild()
        for step in StepId:
            found = fields_of(app, step)
            assert len(found) == len(wanted[step]), step
            for (name, field), text in zip(found, wanted[step], strict=True):
                kept += shown(field) == text
                if shown(field) != text:
                    lost.append(f"{step.value}: {name} shows {shown(field)!r}, not {text!r}")
    print(f"{kept} fields keep what was put into them, {len(lost)} lose it")
    assert lost == []
    assert kept > 40

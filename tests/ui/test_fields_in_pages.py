"""Every field of every page holds what it is given within its cap, without making anybody wait."""

from __future__ import annotations

from statistics import median
from time import process_time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QToolTip

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.pages.people.person_card import PersonCard
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tests.ui.survey import Walk, opened, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SIZES = (1_000, 4_000, 16_000, 64_000)
RATIO = 2.5**2
"""How much longer four times the text may take: twice the text, 2.5 times the time."""
FLOOR = 0.15
"""Seconds. Below it nobody waits, and the machine's own noise is all there is to measure."""
PIECES = ("a", ", ", "\n", "@a #b ")


def paste(field: QLineEdit | QPlainTextEdit, text: str) -> float:
    """Paste over what is there; how long the processor had to do until the page is at rest."""
    mime = QMimeData()
    mime.setText(text)
    QGuiApplication.clipboard().setMimeData(mime)
    field.selectAll()
    begun = process_time()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    return process_time() - begun


def too_slow(field: QLineEdit | QPlainTextEdit, piece: str) -> str:
    def taken(size: int, times: int = 1) -> float:
        return median(paste(field, (piece * size)[:size]) for _turn in range(times))

    before = taken(SIZES[0])
    for size in SIZES[1:]:
        now = taken(size)
        if now > RATIO * max(before, FLOOR):
            before, now = taken(size // 4, 3), taken(size, 3)
            if now > RATIO * max(before, FLOOR):
                return f"{field.accessibleName()}, {piece!r}: {before:.2f} s, then {now:.2f} s"
        before = now
    return ""


def test_no_field_of_a_page_grows_without_end(qapp: QApplication) -> None:
    seen, slow = 0, []
    with opened(Walk("fr", "example")) as app:
        workspace = app.window.workspace
        assert workspace is not None
        for step in StepId:
            workspace.open_step(step)
            settle(app)
            page = workspace.page(step)
            for card in page.findChildren(PersonCard)[:1]:
                card.open_details()
            settle(app)
            kinds: set[str] = set()
            fields: list[QLineEdit | QPlainTextEdit] = [*page.findChildren(QLineEdit)]
            for field in (*fields, *page.findChildren(QPlainTextEdit)):
                # Alike fields of a list are one field many times.
                kind = f"{type(field).__name__} {field.accessibleName().rstrip('0123456789 ')}"
                if field.isReadOnly() or not field.isVisible() or kind in kinds:
                    continue
                kinds.add(kind)
                seen += 1
                if isinstance(field, QLineEdit):
                    assert field.maxLength() <= Cap.LINK, f"{kind} of {step} has no cap"
                else:
                    assert isinstance(field, GrowingEdit), f"{kind} has no cap"
                slow += [found for piece in PIECES if (found := too_slow(field, piece))]
                app.window.session.editor.undo()  # type: ignore[union-attr]
            QToolTip.hideText()
    assert seen > 20
    assert slow == []

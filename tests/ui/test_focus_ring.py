"""The ring around what has the keyboard is whole on every page: nothing cuts or covers it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.steps import StepId
from tchat_desktop.start.window import App
from tests.ui.survey import Walk, opened, settle


def _cut_on(app: App, step: StepId) -> tuple[int, list[str]]:
    """How many rings were seen on a page and in the window around it, and which were cut."""
    workspace, ring = app.window.workspace, app._ring
    assert workspace is not None
    workspace.open_step(step)
    settle(app)
    app.window.activateWindow()
    page, rings, cut = workspace.page(step), 0, []
    for widget in app.window.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not (takes and widget.isVisible() and widget.isEnabled()):
            continue
        ring.tabbing(True)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        ring.tabbing(False)
        if page.inner.isAncestorOf(widget):
            page.ensureWidgetVisible(widget, 8, 8)
        QApplication.processEvents()
        host = ring.parentWidget()
        if host is None:
            # A field shows focus by its own edge.
            continue
        rings += 1
        around = QRect(widget.mapTo(host, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
        if (ring.geometry(), ring.visibleRegion().boundingRect()) != (around, ring.rect()):
            cut.append(f"{step}: {widget.accessibleName()}")
    return rings, cut


def test_the_ring_is_whole_around_everything_that_can_be_pressed() -> None:
    with opened(Walk("fr", "example")) as app:
        found = [_cut_on(app, step) for step in StepId]
    assert [one for _rings, cut in found for one in cut] == []
    # The rail and each list are one stop.
    assert min(rings for rings, _cut in found) > 5

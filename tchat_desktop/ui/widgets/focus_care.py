"""Where the keyboard goes when what had it is gone: it stays on the page, and publishes nothing."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.ui.widgets.steady_button import PublishButton


class FocusCare(QObject):
    """Looks after the keyboard on a page whose buttons go, or are switched off, when pressed.

    Qt hands the focus on to whatever comes next in the window. Here it goes to the next thing on
    the page that publishes nothing, and where there is none, to `home`: never to the buttons below
    the page, which lead away from it. What goes while another window is in front, a question for
    one, is looked after when the window comes back.
    """

    def __init__(self, page: QWidget, home: Callable[[], QWidget]) -> None:
        super().__init__(page)
        self._page = page
        self._home = home
        self._left: QWidget | None = None
        """What of the page had the keyboard as another window came to the front."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if not shiboken6.isValid(self._page):
            return
        if new is None:
            self._left = old if old is not None and self._page.isAncestorOf(old) else None
            return
        if old is None:
            if not self._has_gone_meanwhile():
                return
        elif (old.isVisible() and old.isEnabled()) or not self._page.isAncestorOf(old):
            return
        # Another page is open, or another window.
        if not self._page.isVisible() or new.window() is not self._page.window():
            return
        place = self._place_from(new)
        if place is not new:
            place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_gone_meanwhile(self) -> bool:
        """Whether what was left behind another window is not there any more."""
        left, self._left = self._left, None
        if left is None:
            return False
        return not (shiboken6.isValid(left) and left.isVisible() and left.isEnabled())

    def _place_from(self, start: QWidget) -> QWidget:
        """Return the first place on the page, from `start` on, that publishes nothing."""
        place: QWidget | None = start
        while place is not None and self._page.isAncestorOf(place):
            takes = place.focusPolicy() & Qt.FocusPolicy.TabFocus
            safe = not isinstance(place, PublishButton) or not place.guarded
            # What was given the keyboard on purpose need not be a stop of Tab.
            if safe and (takes or place is start) and place.isVisible() and place.isEnabled():
                return place
            place = place.nextInFocusChain()
            if place is start:
                break
        return self._home()

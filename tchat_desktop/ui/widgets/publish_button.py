"""A button that publishes: it asks for a press that is meant.

A post leaves, and another one takes its place under the pointer: the press that was meant for the
first must not publish the second. And no stray key publishes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from tchat_desktop.i18n import _
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button, ButtonKind

SETTLED = 0.6
"""Seconds a button must have been what it is, and where it is, before a press of it counts."""


class PublishButton(Button):
    """Publishes on a click or on Enter, once it has stood still for `SETTLED`.

    Another meaning (`means`), another place, and coming into sight or into use begin that time
    anew. The space bar does nothing but say so: it scrolls pages, and strays.
    """

    clock: ClassVar[Callable[[], float]] = time.monotonic
    """Seconds, for tests to move."""

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "quiet",
        icon_name: str = "",
        clicked: Callable[[], object] | None = None,
        name: str = "",
    ) -> None:
        super().__init__(text, kind, icon_name, clicked, name)
        self._meaning: object = None
        self._changed_at = PublishButton.clock()
        self.setAccessibleDescription(_("Press Enter to publish."))

    def means(self, meaning: object) -> None:
        """What a press publishes; another than before must be seen first."""
        if meaning != self._meaning:
            self._meaning = meaning
            self._begin_anew()

    @property
    def is_settled(self) -> bool:
        """Whether a press counts."""
        return PublishButton.clock() - self._changed_at >= SETTLED

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.EnabledChange):
            self._begin_anew()
        if kind in (QEvent.Type.Show, QEvent.Type.ParentChange):
            self._watch()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Move:
            self._begin_anew()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_settled or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self._say(_("This has just changed: nothing was published. Press again to publish."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.isAutoRepeat():
                return
            if self.is_settled:
                self.click()
            else:
                self._say(
                    _("This has just changed: nothing was published. Press again to publish.")
                )
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            if not event.isAutoRepeat():
                self._say(_("Nothing was published. Press Enter to publish."))
        else:
            super().keyPressEvent(event)

    def _say(self, words: str) -> None:
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), words, self)
        announce(self, words)

    def _begin_anew(self) -> None:
        self._changed_at = PublishButton.clock()
        # What was pressed before it changed is not released into another meaning.
        if self.isDown():
            self.setDown(False)

    def _watch(self) -> None:
        """Know when a box it stands in moves; a window moves with all that is in it."""
        box = self.parentWidget()
        while box is not None and not box.isWindow():
            # Where it is installed already it is moved, not doubled.
            box.installEventFilter(self)
            box = box.parentWidget()


class FocusCare(QObject):
    """Where the keyboard lands by itself, it lands on nothing that publishes.

    Qt hands the focus on when a widget that has it goes or is switched off.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if not isinstance(new, PublishButton) or old is None:
            return
        if old.isVisible() and old.isEnabled():
            return
        following = new.nextInFocusChain()
        while following is not new:
            takes = following.focusPolicy() & Qt.FocusPolicy.TabFocus
            safe = not isinstance(following, PublishButton)
            if takes and safe and following.isVisible() and following.isEnabled():
                following.setFocus()
                return
            following = following.nextInFocusChain()
        new.clearFocus()

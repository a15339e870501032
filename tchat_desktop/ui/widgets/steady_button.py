"""Buttons that ask for a press that is meant.

A post leaves, and another one takes its place under the pointer: the press that was meant for the
first must do nothing to the second. And no stray key publishes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button, ButtonKind
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

SETTLED = 0.6
"""Seconds a button must have been what it is, and where it is, before a press of it counts."""

UNHURRIED = 1.5
"""The same where time runs fast and whoever presses is a beginner: in a rehearsal."""

HINT_MS = 3000

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select)


class SteadyButton(Button):
    """Acts on a press once it has stood still for `SETTLED`.

    Another meaning (`means`), another place, and coming into sight or into use begin that time
    anew. A press that comes too early is answered by a sentence at the button.
    """

    clock: ClassVar[Callable[[], float]] = time.monotonic
    """Seconds; tests have another one."""

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "quiet",
        icon_name: str = "",
        clicked: Callable[[], object] | None = None,
        name: str = "",
    ) -> None:
        super().__init__(text, kind, icon_name, clicked, name)
        self.guarded = True
        self._meaning: object = None
        self._counts_from = SteadyButton.clock() + SETTLED

    def means(self, meaning: object, settled: float = SETTLED) -> None:
        """What a press acts on; another than before must be seen first, for so many seconds."""
        if meaning != self._meaning:
            self._meaning = meaning
            self._begin_anew(settled)

    def guard(self, guarded: bool) -> None:
        """Whether a press must be meant; one that makes everything safer need not be."""
        self.guarded = guarded

    @property
    def is_settled(self) -> bool:
        """Whether a press counts."""
        return not self.guarded or SteadyButton.clock() >= self._counts_from

    def refuse(self) -> None:
        """Say that a press came too early."""
        self._say(
            _("This has just changed, so that press did nothing. Press again if you mean it.")
        )

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
            self.refuse()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        # Nor does what is behind take the release of a press that was refused.
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and not self.is_settled:
            if not event.isAutoRepeat():
                self.refuse()
        else:
            super().keyPressEvent(event)

    def _say(self, words: str) -> None:
        _Hint(self, words)
        announce(self, words)

    def _begin_anew(self, settled: float = SETTLED) -> None:
        # What moves meanwhile makes no wait shorter.
        self._counts_from = max(self._counts_from, SteadyButton.clock() + settled)
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


class PublishButton(SteadyButton):
    """Publishes on a click or on Enter.

    The space bar only says so: it scrolls pages, and strays.
    """

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "quiet",
        icon_name: str = "",
        clicked: Callable[[], object] | None = None,
        name: str = "",
    ) -> None:
        super().__init__(text, kind, icon_name, clicked, name)
        self.guard(True)

    def guard(self, guarded: bool) -> None:
        super().guard(guarded)
        self.setAccessibleDescription(_("Press Enter to publish.") if guarded else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.guarded or event.key() not in _KEYS or not self.is_settled:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.click()
            else:
                self._say(_("Nothing was published. Press Enter to publish."))


class _Hint(Text):
    """A sentence that stands over what is around a button for a moment, and moves nothing."""

    def __init__(self, button: QWidget, words: str) -> None:
        super().__init__(words, "small")
        window = button.window()
        self.setParent(window)
        self.setProperty("notice", "plum")
        self.set_tone("plum")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(*(theme.px(8),) * 4)
        card = _card_of(button)
        inside = card.rect().adjusted(*(theme.px(6),) * 2, *(-theme.px(6),) * 2)
        limits = inside.translated(card.mapTo(window, QPoint(0, 0))) & window.rect()
        width = min(theme.px(320), limits.width())
        size = QSize(width, self.heightForWidth(width))
        self.setGeometry(QRect(_place_beside(button, size, limits), size))
        self.show()
        self.raise_()
        QTimer.singleShot(HINT_MS, self, self.deleteLater)


def _card_of(button: QWidget) -> QWidget:
    """The card a button stands on; the window where it stands on none."""
    box = button
    while not box.isWindow() and not box.property("card"):
        around = box.parentWidget()
        assert around is not None
        box = around
    return box


def _place_beside(button: QWidget, size: QSize, limits: QRect) -> QPoint:
    """Where a box covers the fewest things to press or fill in, and of these places the nearest."""
    window = button.window()
    taken = [
        QRect(one.mapTo(window, QPoint(0, 0)), one.size())
        for one in window.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    at = button.mapTo(window, QPoint(0, 0))
    right = max(limits.left(), limits.right() - size.width() + 1)
    bottom = max(limits.top(), limits.bottom() - size.height() + 1)
    places = [
        QPoint(x, y)
        for x in {min(max(at.x(), limits.left()), right), limits.left(), right}
        for y in range(limits.top(), bottom + 1, 4)
    ]

    def cost(place: QPoint) -> tuple[int, int]:
        covered = sum(QRect(place, size).intersects(one) for one in taken)
        return covered, (place - at).manhattanLength()

    return min(places, key=cost)


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
        if not isinstance(new, PublishButton) or not new.guarded or old is None:
            return
        if old.isVisible() and old.isEnabled():
            return
        following = new.nextInFocusChain()
        while following is not None and following is not new:
            takes = following.focusPolicy() & Qt.FocusPolicy.TabFocus
            safe = not isinstance(following, PublishButton) or not following.guarded
            if takes and safe and following.isVisible() and following.isEnabled():
                following.setFocus()
                return
            following = following.nextInFocusChain()
        new.clearFocus()

"""Buttons that ask for a press that is meant.

A post leaves, and another one takes its place under the pointer: the press that was meant for the
first must do nothing to the second. And no stray key publishes.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import ClassVar

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button, ButtonKind
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

SETTLED = 0.6
"""Seconds a button must have been what it is, and where it is, before a press of it counts."""

UNHURRIED = 1.5
"""The same where time runs fast and whoever presses is a beginner, in a rehearsal, and where a
button of the same words takes the place of the one that was pressed."""

UNASKED = 10.0
"""For so many seconds after a button came to mean something else by itself, or slid into the place
of another, the first press is only told of the change, wherever the pointer was: people read,
decide and move slowly, and then press what was there when they decided. The next press counts."""

UNDER_POINTER = UNASKED
"""The same where the pointer rests on the button while it comes to mean something else, whatever
the reason: whoever is about to press still has the former in mind. Leaving the button and coming
back ends it."""

HINT_MS = 8000
"""How long it is told, at the button, that a press did nothing: people look elsewhere first."""

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select)


class SteadyButton(Button):
    """Acts on a press once it has stood still for `SETTLED`.

    Another meaning (`means`), another place, and coming into sight or into use begin that time
    anew. A press that comes too early is answered by a sentence at the button. Where the change
    came by itself, the first press within `UNASKED` is answered so too, by mouse or by key.
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
        self._settled = SETTLED
        self._counts_from = SteadyButton.clock() + SETTLED
        self._leave_until = SteadyButton.clock()
        """Until when the pointer, which was on it at the change, must leave it first."""
        self._told_until = SteadyButton.clock()
        """Until when the first press is only told that this is not what stood here before."""
        self._told = True
        self._boxes: list[_Moves] = []
        """What knows when the boxes it stands in have moved, the innermost first."""

    def means(self, meaning: object, settled: float = SETTLED, *, by_itself: bool = False) -> None:
        """What a press acts on; another than before must be seen first, for so many seconds.

        `by_itself` says that time brought the change, not whoever presses.
        """
        if meaning != self._meaning:
            former, self._meaning = self._meaning, meaning
            self._begin_anew(settled)
            if former and by_itself:
                self.stand_for_another()
            if former is not None and self.underMouse():
                self._leave_until = SteadyButton.clock() + UNDER_POINTER

    def stand_for_another(self) -> None:
        """Note that something else stood at this place a moment ago: the next press may mean it."""
        self._told = False
        self._told_until = SteadyButton.clock() + UNASKED

    def take_time(self) -> None:
        """Ask to be seen for longer: the same words soon stand in its place for something else."""
        self._settled = UNHURRIED
        self._begin_anew()

    def guard(self, guarded: bool) -> None:
        """Whether a press must be meant; one that makes everything safer need not be."""
        self.guarded = guarded

    @property
    def is_settled(self) -> bool:
        """Whether a press counts."""
        return self.stands and (not self.guarded or SteadyButton.clock() >= self._told_until)

    @property
    def stands(self) -> bool:
        """Whether it has been what it is, where it is, for long enough.

        That is enough for what can be meant for nothing else, as the link of that very post.
        """
        if not self.guarded:
            return True
        moved = max((one.at for one in self._boxes), default=-math.inf)
        counts_from = max(self._counts_from, moved + max(SETTLED, self._settled))
        return SteadyButton.clock() >= max(counts_from, self._leave_until)

    def refuse(self) -> None:
        """Say that a press came too early."""
        # Told now: the next press is meant, unless it is the second one of a double press.
        self._told = True
        meant = SteadyButton.clock() + UNHURRIED
        self._told_until = min(self._told_until, meant)
        self._leave_until = min(self._leave_until, meant)
        self._say(
            _("This has just changed, so that press did nothing. Press again if you mean it.")
        )

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.EnabledChange):
            self._begin_anew()
        if kind in (QEvent.Type.Show, QEvent.Type.ParentChange):
            self._watch()
        if kind == QEvent.Type.Leave:
            self._leave_until = SteadyButton.clock()
            if self._told:
                self._told_until = self._leave_until
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_settled or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            self._tell_pressed()
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
            self._tell_pressed()

    def _tell_pressed(self) -> None:
        if self.isDown():
            # This press counts: what was said of the one before is over.
            _take_hints_away(self.window())
            for one in self._boxes:
                one.pressed = self

    def _say(self, words: str) -> None:
        _Hint(self, words)
        announce(self, words)

    def _begin_anew(self, settled: float = SETTLED) -> None:
        # What moves meanwhile makes no wait shorter.
        wait = max(settled, self._settled)
        self._counts_from = max(self._counts_from, SteadyButton.clock() + wait)
        # What was pressed before it changed is not released into another meaning.
        if self.isDown():
            self.setDown(False)

    def _watch(self) -> None:
        """Know when a box it stands in moves; a window moves with all that is in it."""
        self._boxes = []
        box = self.parentWidget()
        while box is not None and not box.isWindow():
            self._boxes.append(_moves_of(box))
            box = box.parentWidget()


class _Moves(QObject):
    """Notes when a box moves: once for all the buttons in it, for every scroll moves them all."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self.at = -math.inf
        """When the box moved last, by the clock of the buttons."""
        self.pressed: SteadyButton | None = None
        """The button in it that was pressed last."""
        box.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Python may have begun to take the page apart: nothing is left then.
        if event.type() == QEvent.Type.Move and vars(self):
            self.at = SteadyButton.clock()
            pressed, self.pressed = self.pressed, None
            if pressed is not None and shiboken6.isValid(pressed):
                # What was pressed before it moved is not released into another meaning.
                pressed.setDown(False)
        return False


def _moves_of(box: QWidget) -> _Moves:
    directly = Qt.FindChildOption.FindDirectChildrenOnly
    return box.findChild(_Moves, options=directly) or _Moves(box)


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
    """A sentence that stands over what is around a button for a moment, and moves nothing.

    A window shows one at a time.
    """

    def __init__(self, button: QWidget, words: str) -> None:
        super().__init__(words, "small")
        window = button.window()
        # One sentence at a time: the last one is what was pressed.
        _take_hints_away(window)
        self.setParent(window)
        self.setProperty("notice", "plum")
        self.set_tone("plum")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(*(theme.px(8),) * 4)
        card = _card_of(button)
        whole = card.rect().translated(card.mapTo(window, QPoint(0, 0)))
        limits = whole.adjusted(*(theme.px(6),) * 2, *(-theme.px(6),) * 2) & window.rect()
        width = min(theme.px(320), limits.width())
        size = QSize(width, self.heightForWidth(width))
        place = _place_beside(button, size, limits)
        if _covered(window, place):
            # A low card has no room for it: then it touches the card at least.
            across, down = size.width(), size.height()
            near = whole.adjusted(-across, -down, across, down) & window.rect()
            place = _place_beside(button, size, near)
        self.setGeometry(place)
        self.show()
        self.raise_()
        QTimer.singleShot(HINT_MS, self, self.deleteLater)


def _take_hints_away(window: QWidget) -> None:
    for hint in window.findChildren(_Hint):
        hint.hide()
        hint.deleteLater()


def _card_of(button: QWidget) -> QWidget:
    """The card a button stands on; the window where it stands on none."""
    box = button
    while not box.isWindow() and not box.property("card"):
        around = box.parentWidget()
        assert around is not None
        box = around
    return box


def _taken(window: QWidget) -> list[QRect]:
    """Where in a window something can be pressed or filled in."""
    return [
        QRect(one.mapTo(window, QPoint(0, 0)), one.size())
        for one in window.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def _covered(window: QWidget, place: QRect) -> int:
    """How many of these a place covers."""
    return sum(place.intersects(one) for one in _taken(window))


def _place_beside(button: QWidget, size: QSize, limits: QRect) -> QRect:
    """Where a box covers the fewest things to press or fill in, and of these places the nearest."""
    window = button.window()
    taken = _taken(window)
    at = button.mapTo(window, QPoint(0, 0))
    right = max(limits.left(), limits.right() - size.width() + 1)
    bottom = max(limits.top(), limits.bottom() - size.height() + 1)
    places = [
        QRect(QPoint(x, y), size)
        for x in {min(max(at.x(), limits.left()), right), limits.left(), right}
        for y in range(limits.top(), bottom + 1, 4)
    ]

    def cost(place: QRect) -> tuple[int, int]:
        covered = sum(place.intersects(one) for one in taken)
        return covered, (place.topLeft() - at).manhattanLength()

    return min(places, key=cost)

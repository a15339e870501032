"""The keys of the page of the hour: each presses a button, which says so in its tool tip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from tchat_desktop.ui.shortcuts import Shortcut, named, sequence
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.tool_tip import set_tip, tip_of


@dataclass(frozen=True, slots=True)
class HourKey:
    """A button with its key; `what` says on the sheet of keys what it does."""

    shortcut: Shortcut
    what: str
    button: QPushButton
    leads: bool = False
    """Whether the key only leads to the button, since what it does cannot be undone."""

    def __post_init__(self) -> None:
        keys, tip = named(self.shortcut), tip_of(self.button)
        if tip and tip in self.button.accessibleName():
            # Else a screen reader would say the name again, as it stands in the tool tip.
            self.button.setAccessibleDescription(keys)
        set_tip(self.button, "\n".join(filter(None, (tip, keys))))

    def press(self) -> None:
        """Do what the key is for, if the button can be pressed as it is now."""
        if not (self.button.isVisible() and self.button.isEnabled()):
            return
        if self.leads:
            self.button.setFocus(Qt.FocusReason.TabFocusReason)
        elif isinstance(self.button, SteadyButton) and not self.button.is_settled:
            self.button.refuse()
        else:
            self.button.click()


class HourKeys(QObject):
    """Hears the keys while `box` is on screen; none acts while something is being written."""

    def __init__(self, box: QWidget, keys: Iterable[HourKey]) -> None:
        super().__init__(box)
        self._keys = tuple(keys)
        for one in self._keys:
            shortcut = QShortcut(sequence(one.shortcut), box)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(partial(self._press, one))

    @property
    def sheet(self) -> Sequence[tuple[str, str]]:
        """The keys, each with what it does; those that can never be pressed here are left out."""
        return [(named(one.shortcut), one.what) for one in self._keys if _can_show(one.button)]

    def _press(self, key: HourKey) -> None:
        if not is_written_in(QApplication.focusWidget()):
            key.press()


def is_written_in(field: QWidget | None) -> bool:
    """Whether a widget is a field with something in it that can be changed.

    In an empty one nothing is being written: the keyboard comes to the field of a link by itself.
    """
    if isinstance(field, QLineEdit):
        return bool(field.text()) and not field.isReadOnly()
    return isinstance(field, QPlainTextEdit) and bool(field.toPlainText())


def _can_show(button: QWidget) -> bool:
    """Whether a button stands on the page, and not in a box that is kept out of sight."""
    box: QWidget | None = button
    while box is not None and not box.isWindow():
        if box.property("out_of_sight"):
            return False
        box = box.parentWidget()
    return True

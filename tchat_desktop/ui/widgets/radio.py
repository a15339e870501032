"""What buttons of which one is chosen have in common: one Tab stop, and arrows between them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup


def goes_to_other(button: QAbstractButton, event: QKeyEvent, *, chooses: bool = True) -> bool:
    """Go where an arrow leads from a button of a group, and choose that; False for other keys."""
    mirrored = button.layoutDirection() == Qt.LayoutDirection.RightToLeft
    on, back = (
        (Qt.Key.Key_Left, Qt.Key.Key_Right) if mirrored else (Qt.Key.Key_Right, Qt.Key.Key_Left)
    )
    group, key = button.group(), event.key()
    if group is None or key not in (on, back, Qt.Key.Key_Up, Qt.Key.Key_Down):
        return False
    step = 1 if key in (on, Qt.Key.Key_Down) else -1
    choices = [one for one in group.buttons() if one.isVisible() and one.isEnabled()]
    other = choices[(choices.index(button) + step) % len(choices)]
    other.setFocus(Qt.FocusReason.TabFocusReason)
    if chooses:
        other.click()
    return True


def stop_at_chosen(group: QButtonGroup) -> None:
    """Let Tab come to the one that is chosen, and to no other."""
    for one in group.buttons():
        policies = Qt.FocusPolicy
        one.setFocusPolicy(policies.TabFocus if one.isChecked() else policies.NoFocus)

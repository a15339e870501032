"""What a field did with what came in, said below it without moving anything on the page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QToolTip, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.tool_tip import as_tip
from tchat_desktop.wording.i18n import _, format_number

_SHOWN_MS = 12_000


def tell(field: QWidget, words: str) -> None:
    """Show a sentence below the field, until it is left or `SHOWN_MS` have passed."""
    below = field.mapToGlobal(QPoint(0, field.height()))
    QToolTip.showText(below, as_tip(words), field, QRect(), _SHOWN_MS)
    announce(field, words)


def tell_full(field: QWidget, cap: Cap) -> None:
    """Say that a field takes no more than `cap` characters."""
    words = _("This field takes {count} characters at most: the rest was left out.")
    tell(field, words.format(count=format_number(cap)))

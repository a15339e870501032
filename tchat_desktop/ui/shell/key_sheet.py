"""The sheet of keys: those of the whole window, and those of the page that is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

KeyList = Sequence[tuple[str, str]]
"""How a key is called, and what it does."""


def window_keys() -> KeyList:
    """The keys that work on every page of a chat."""
    return (
        (_("Tab"), _("To the next field or button; with Shift, to the one before")),
        (QKeySequence("Return").toString(QKeySequence.SequenceFormat.NativeText),
         _("Press the button that has the keyboard")),
        (named(Shortcut.NEXT_STEP), _("Next step")),
        (named(Shortcut.PREVIOUS_STEP), _("Previous step")),
        (named(Shortcut.NEXT_REGION), _("Next part of the window: bar, steps, page, advice, foot")),
        (named(Shortcut.PREVIOUS_REGION), _("Previous part of the window")),
        ("↑ ↓", _("In the list of steps: another step; Enter opens it")),
        (named(Shortcut.MY_CHATS), _("My chats")),
        (named(Shortcut.UNDO), _("Undo")),
        (named(Shortcut.REDO), _("Redo")),
        (named(Shortcut.HELP), _("This sheet")),
        ("?", _("This sheet, where no text is being typed")),
    )  # fmt: skip


class KeySheet(QDialog):
    """Lists keys and what they do; Escape closes it, and the keyboard is where it was before."""

    def __init__(self, page_title: str, page_keys: KeyList, parent: QWidget) -> None:
        """`page_title` is "" where no page is open."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("The keys"))
        area = SteadyScrollArea()
        area.setAccessibleName(self.windowTitle())
        # The arrows scroll it.
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        inner = QWidget()
        inner.setObjectName("sheet")
        area.setWidget(inner)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(12))
        parts = [(_("In the whole window"), window_keys())]
        if page_keys:
            parts.insert(0, (_("On the page “{page}”").format(page=page_title), page_keys))
        for heading, keys in parts:
            rows.addWidget(Text(heading, "heading"))
            rows.addLayout(_table(keys))
        rows.addStretch(1)
        self._close = Button(_("Close"), "primary", clicked=self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.setSpacing(theme.px(14))
        layout.addWidget(area, 1)
        layout.addLayout(row(None, self._close))
        # Read out as the sheet opens: a screen reader does not look at labels by itself.
        self.setAccessibleDescription(
            "\n".join(f"{key} : {what}" for _heading, keys in parts for key, what in keys)
        )
        room = parent.window().size()
        self.resize(
            min(theme.px(560), room.width() - theme.px(24)),
            min(theme.px(560), room.height() - theme.px(24)),
        )
        self._close.setFocus()


def _table(keys: KeyList) -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(theme.px(18))
    table.setVerticalSpacing(theme.px(6))
    table.setColumnStretch(1, 1)
    for index, (key, what) in enumerate(keys):
        table.addWidget(Text(key, "strong", wrap=False), index, 0, Qt.AlignmentFlag.AlignTop)
        table.addWidget(Text(what), index, 1)
    return table

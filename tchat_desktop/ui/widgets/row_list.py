"""Rows below each other, a list to the keyboard and to a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import lay_out_around, put_in_order, take_away
from tchat_desktop.ui.widgets.steady_button import SteadyButton


class RowList(QWidget):
    """One Tab stop for all its rows, each of which has a name; out of sight while it is empty."""

    def __init__(self, name: str, spacing: int = 8) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._column = Column()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(spacing))
        self.setLayout(self._column)
        self._keyboard = ItemList(self)
        self.hide()

    @property
    def rows(self) -> tuple[QWidget, ...]:
        """The rows from top to bottom."""
        return self._keyboard.items

    def show_rows(
        self, rows: Sequence[QWidget], hand_on: Callable[[], object] | None = None
    ) -> None:
        """Show these rows and do away with the others; the keyboard stays where it was.

        `hand_on` is called while old and new ones are there, to take over from the old ones.
        """
        before = self._keyboard.items
        gone = [one for one in before if one not in rows]
        for one in gone:
            self._column.removeWidget(one)
        put_in_order(self._column, rows)
        for one in rows:
            # Qt would show a new one later only, and till then it takes no keyboard.
            one.show()
        self.setVisible(bool(rows))
        if set(rows) != set(before):
            # Where the keyboard comes to a row, the row stands where it will.
            lay_out_around(self)
        if hand_on is not None:
            hand_on()
        _tell_slid(before, rows)
        at = self._keyboard.item_of(QApplication.focusWidget())
        self._keyboard.show_items(rows)
        if at in gone and rows:
            self._keyboard.stand_on(rows[min(before.index(at), len(rows) - 1)])
        take_away(self._column, *gone)


def _tell_slid(before: Sequence[QWidget], rows: Sequence[QWidget]) -> None:
    """Have the buttons of each row that stands where another one stood know it.

    Whoever was about to press one of that other row must not press these.
    """
    for former, row in zip(before, rows, strict=False):
        if former is not row:
            for button in row.findChildren(SteadyButton):
                button.stand_for_another()

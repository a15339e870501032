"""Buttons: of one height in a row, each with a name a screen reader can say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QSizePolicy

from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon, pixmap
from tchat_desktop.ui.widgets.text import restyle
from tchat_desktop.ui.widgets.tool_tip import set_tip

ButtonKind = Literal[
    "primary", "quiet", "danger", "link", "icon", "filter", "plain", "tick", "news"
]  # fmt: skip


class Button(QPushButton):
    """A button of one kind; a page has one primary button at the most.

    With the kind "icon" only the icon shows and `text` becomes its name and tool tip.
    """

    _rooms: ClassVar[dict[object, QSize]] = {}
    """What buttons need for the texts they may show, by all that it depends on."""

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "quiet",
        icon_name: str = "",
        clicked: Callable[[], object] | None = None,
        name: str = "",
    ) -> None:
        # The style takes away a least height that was set, each time the kind changes.
        self._least = QSize()
        super().__init__("" if kind == "icon" else text.replace("&", "&&"))
        self.setProperty("kind", kind)
        self.setAccessibleName(name or text)
        self.setAutoDefault(False)
        # A press by mouse leaves the keyboard where it was, in the field being written in.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if kind == "icon":
            set_tip(self, text)
            self.setMinimumWidth(theme.px(theme.Height.BUTTON))
        if kind in ("filter", "tick"):
            self.setCheckable(True)
        self._icon_name = icon_name
        if icon_name:
            self._draw_icon(kind)
            self.setIconSize(QSize(theme.px(18), theme.px(18)))
        if clicked is not None:
            # `clicked` carries whether the button is checked, which no caller here wants.
            self._act = clicked
            self.clicked.connect(self._on_clicked)

    def show_text(self, text: str, name: str = "") -> None:
        """Show another text, and be called by it (or by `name`)."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(name or text)

    def keep_size(self) -> None:
        """Become no smaller with a shorter text or another kind: what is around it stays put."""
        self.ensurePolished()
        self._least = super().sizeHint()
        self.updateGeometry()

    def keep_room_for(self, *texts: str) -> None:
        """Be as wide as the widest of these texts, whichever of them is shown."""
        # Measured once for all such buttons: one that has its style before it has its place is
        # given it anew at each box it is put into.
        alike = (type(self), self.property("kind"), self._icon_name, texts, *theme.in_force())
        if alike not in Button._rooms:
            Button._rooms[alike] = self._room_for(texts)
        self._least = self._least.expandedTo(Button._rooms[alike])
        self.updateGeometry()

    def _room_for(self, texts: Sequence[str]) -> QSize:
        self.ensurePolished()
        shown, room = self.text(), QSize()
        for text in texts:
            self.setText(text.replace("&", "&&"))
            room = room.expandedTo(super().sizeHint())
        self.setText(shown)
        return room

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(self._least)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(self._least)

    def set_kind(self, kind: ButtonKind) -> None:
        """Become primary, or quiet again, as another way is the better one now.

        Both are as large: what stands around does not move.
        """
        if kind != self.property("kind"):
            self.setProperty("kind", kind)
            self._draw_icon(kind)
            restyle(self)

    def _draw_icon(self, kind: ButtonKind) -> None:
        if not self._icon_name:
            return
        colours = theme.tokens()
        colour = {
            "primary": colours.on_plum, "danger": colours.coral, "link": colours.plum,
            "icon": colours.muted, "plain": colours.muted, "news": colours.teal,
        }.get(kind, colours.ink)  # fmt: skip
        shown = icon(self._icon_name, colour)
        # Qt's own grey would hardly be seen. An icon is as quiet as that already, hence another.
        off = colours.field_line if kind == "icon" else colours.muted
        shown.addPixmap(pixmap(self._icon_name, off, theme.px(18)), QIcon.Mode.Disabled)
        self.setIcon(shown)

    def _on_clicked(self) -> None:
        self._act()

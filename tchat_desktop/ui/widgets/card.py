"""Cards, notices and rows: the boxes pages are made of."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.placing import add_to
from tchat_desktop.ui.widgets.text import Text, TextKind, restyle
from tchat_desktop.wording.tone import Tone

Box = TypeVar("Box", QHBoxLayout, QVBoxLayout)


class Card(QFrame):
    """A white box with a hairline; what belongs together stands in one."""

    def __init__(self, edge: Tone | None = None, padding: int = 18, spacing: int = 10) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.set_edge(edge)
        self.content = Column()
        self.setLayout(self.content)
        self.content.setContentsMargins(*(theme.px(padding),) * 4)
        self.content.setSpacing(theme.px(spacing))

    def set_edge(self, edge: Tone | None) -> None:
        """Colour the edge by what the card means."""
        self.setProperty("edge", edge or "")
        restyle(self)

    def add(self, *items: QWidget | QLayout) -> None:
        """Add widgets or layouts below each other."""
        add_to(self.content, items)


class AdviceCard(Card):
    """A piece of advice that stands beside the page: a title, a few sentences, perhaps a button.

    It has neither ground nor edge: it is quieter than the page.
    """

    def __init__(
        self, title: str, text: str, button: Button | None = None, kind: TextKind = "body"
    ) -> None:
        super().__init__(padding=0, spacing=6)
        self.setProperty("advice", True)
        inner = theme.px(theme.Space.INNER)
        self.content.setContentsMargins(inner, theme.px(4), inner, theme.px(4))
        self.add(Text(title, "advice"), Text(text, kind))
        if button is not None:
            self.add(row(button, None))
        self.content.addStretch(1)


class Notice(QFrame):
    """A sentence on a coloured ground, with the button that answers it."""

    def __init__(self, text: str = "", tone: Tone = "plain", button: Button | None = None) -> None:
        super().__init__()
        self.setProperty("notice", tone)
        self._label = Text(text)
        self._button = button
        self._words = row(spacing=8)
        self._words.addWidget(self._label, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self._row.setSpacing(theme.px(12))
        # Not placed by an alignment: a layout that is gets the height of its text at another width.
        self._row.addLayout(self._words, 1)
        if button is not None:
            self._row.addWidget(button)
        self.setAccessibleName(text)
        if not text:
            # Never shown here: without a parent yet, it would open as a window.
            self.hide()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._label.text()

    def keep_two_lines(self) -> None:
        """Have room for two lines, whatever is said."""
        self._label.ensurePolished()
        shown = self._label.text()
        self._label.setText("M\nM")
        self._label.setMinimumHeight(self._label.sizeHint().height())
        self._label.setText(shown)

    def add_below(self, further: Button) -> None:
        """Have a further button below the one that answers it; the words stand level with both."""
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.px(2))
        if self._button is not None:
            self._row.removeWidget(self._button)
            buttons.addWidget(self._button)
        buttons.addWidget(further)
        self._row.addLayout(buttons)

    def say(self, text: str, tone: Tone, button: Button | None = None) -> None:
        """Show another sentence, with another button when one is given; none hides the notice."""
        self._label.setText(text)
        self.setAccessibleName(text)
        if self.property("notice") != tone:
            self.setProperty("notice", tone)
            restyle(self)
            restyle(self._label)
        if button is not self._button and self._button is not None:
            self._button.deleteLater()
        if button is not None and button is not self._button:
            self._row.addWidget(button)
        self._button = button
        self.setVisible(bool(text))


def row(*items: QWidget | QLayout | None, spacing: int = 8) -> QHBoxLayout:
    """Things side by side; None is the room that stretches."""
    return _filled(QHBoxLayout(), items, spacing)


def column(*items: QWidget | QLayout | None, spacing: int = 8) -> QVBoxLayout:
    """Things below each other; None is the room that stretches."""
    return _filled(QVBoxLayout(), items, spacing)


def _filled(layout: Box, items: tuple[QWidget | QLayout | None, ...], spacing: int) -> Box:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.px(spacing))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("rule", True)
    line.setFixedHeight(1)
    return line

"""The number of replies to each question, as bars and in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from tchat_desktop.domain.figures import QuestionFigures
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.card import column, row
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.wording.i18n import _, ngettext


class ReplyBars(QWidget):
    """A line with a bar for each question that was asked."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.UNDER_HEADING))

    @property
    def words(self) -> tuple[str, ...]:
        """The texts of the lines on screen."""
        return tuple(line.words for line in self._lines if not line.isHidden())

    def show_questions(self, counts: Sequence[QuestionFigures]) -> None:
        """Show the number of replies to each question."""
        most = max((one.replies for one in counts), default=0)
        while len(self._lines) < len(counts):
            line = _Line()
            self._lines.append(line)
            self._layout.addWidget(line)
        for index, line in enumerate(self._lines):
            if index < len(counts):
                one = counts[index]
                line.show_question(one.number, one.text, one.replies, most)
            line.setVisible(index < len(counts))


class _Line(QWidget):
    """The line of one question: its number, its text, and a bar with the number of replies."""

    def __init__(self) -> None:
        super().__init__()
        self._number = Chip("", "plum")
        self._text = Text("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count = Text("", "small", wrap=False)
        # The label has its greatest width, so that all the bars end at the same place.
        widest = self._count.fontMetrics().horizontalAdvance("000 replies and more")
        self._count.setMinimumWidth(min(widest, theme.px(theme.Width.FIGURE)))
        across = row(self._bar, self._count, spacing=theme.Space.PART)
        across.setStretch(0, 1)
        body = column(self._text, across, spacing=theme.Space.LINE)
        layout = row(column(self._number, None), body, spacing=theme.Space.PART)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def words(self) -> str:
        return f"{self._number.text()} {self._text.text()} {self._count.text()}".strip()

    def show_question(self, number: int | None, text: str, replies: int, most: int) -> None:
        self._number.setVisible(number is not None)
        self._number.say(f"Q{number}" if number is not None else "", "plum")
        if self._text.text() != text:
            self._text.setText(text)
        words = ngettext("{count} reply", "{count} replies", replies).format(count=replies)
        self._count.setText(words if replies else _("no reply"))
        self._bar.setRange(0, max(most, 1))
        self._bar.setValue(replies)
        name = _("Replies to Q{number}").format(number=number)
        if number is None:
            name = _("Replies to “{question}”").format(question=text)
        self._bar.setAccessibleName(name)
        self._bar.setAccessibleDescription(self._count.text())

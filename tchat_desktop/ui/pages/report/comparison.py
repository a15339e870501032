"""The comparison of this edition with the last one, measure by measure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.figures import MeasureChange
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.report.report_words import change_words
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.wording.i18n import _, format_day


class Comparison(Card):
    """What changed since the last edition. No colour judges: fewer is not worse."""

    def __init__(self) -> None:
        super().__init__()
        self._since = Text("", "small")
        self._lines: list[tuple[Text, Text, Chip]] = []
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(theme.px(theme.Space.BESIDE))
        self._grid.setHorizontalSpacing(theme.px(theme.Space.UNDER_HEADING))
        self._grid.setColumnStretch(0, 1)
        self.add(Text(_("Since the edition before"), "heading"), self._since, self._grid)

    @property
    def words(self) -> tuple[str, ...]:
        """The texts of the lines."""
        return tuple(
            " ".join(part.text() for part in line) for line in self._lines if not line[0].isHidden()
        )

    def show_changes(self, former: Chat, changes: Sequence[MeasureChange]) -> None:
        """Show the changes between the last edition, `former`, and this one."""
        start = former.starts_local
        if start is not None:
            words = _("Compared with {day}.").format(day=format_day(start, with_year=True))
            self._since.setText(words)
        while len(self._lines) < len(changes):
            line = (Text("", "label"), Text("", "small", wrap=False), Chip("", "plain"))
            line[1].setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            for column, part in enumerate(line):
                self._grid.addWidget(part, len(self._lines), column)
            self._lines.append(line)
        for index, (name, both, difference) in enumerate(self._lines):
            if index < len(changes):
                measure, figures, by = change_words(changes[index])
                name.setText(measure)
                both.setText(figures)
                difference.say(by, "plain")
            for part in (name, both, difference):
                part.setVisible(index < len(changes))

"""The text of someone's post, folded where it is long: a post may have 25,000 line breaks."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

FOLDED_LINES = 20
"""Shown of a post that is folded."""
FOLDED = 3_000
"""Characters of it that are laid out: more than twenty lines hold."""
LONGEST_SHOWN = 25_000
"""Characters shown at the most: what X lets a post have."""
MOST_LINES = 400
"""Line breaks shown at the most."""


class FoldedPost(QWidget):
    """A post's text, and where it goes on the button that shows the rest."""

    def __init__(self, text: str, about: str) -> None:
        super().__init__()
        self._whole = text
        self._folded = _start(text, FOLDED, 2 * FOLDED_LINES)
        self.text = PostText(self._folded, most=FOLDED_LINES)
        self.more = Button(
            _("Show all"),
            "link",
            "down",
            self._unfold,
            name=_("Show all: {post}").format(post=about),
        )
        self._more_row = QWidget()
        self._more_row.setLayout(row(self.more, None))
        self._rest = Text(_("The rest is too long to be shown here."), "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        for widget in (self.text, self._more_row, self._rest):
            layout.addWidget(widget)
        self._more_row.setVisible(self._is_long)
        self._rest.hide()

    @property
    def _is_long(self) -> bool:
        """Whether it is folded at any width."""
        return self._folded != self._whole or self._folded.count("\n") >= FOLDED_LINES

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.text.most:
            self._more_row.setVisible(self._is_long or self.text.is_cut(self.width()))
            self.updateGeometry()

    def _unfold(self) -> None:
        shown = _start(self._whole, LONGEST_SHOWN, MOST_LINES)
        self.text.unfold(shown)
        self._rest.setVisible(shown != self._whole)
        self._more_row.hide()


def _start(text: str, letters: int, lines: int) -> str:
    kept = text[:letters]
    parts = kept.split("\n", lines)
    return "\n".join(parts[:lines]) if len(parts) > lines else kept

"""The text of someone's post, folded where it is long: a post may have 25,000 line breaks."""

from __future__ import annotations

from functools import cached_property

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
        self._about = about
        self.text = PostText(self._folded, most=FOLDED_LINES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self.text)
        self._column = layout
        if self._is_long:
            self._more_row.show()

    @cached_property
    def more(self) -> Button:
        """The button that shows the rest; few posts are so long that they have one."""
        return Button(
            _("Show all"),
            "link",
            "down",
            self._unfold,
            name=_("Show all: {post}").format(post=self._about),
        )

    @cached_property
    def _more_row(self) -> QWidget:
        box = QWidget(self)
        box.setLayout(row(self.more, None))
        box.hide()
        self._column.addWidget(box)
        return box

    @property
    def _is_long(self) -> bool:
        """Whether it is folded at any width."""
        return self._folded != self._whole or self._folded.count("\n") >= FOLDED_LINES

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.text.most:
            cut = self._is_long or self.text.is_cut(self.width())
            if cut or "_more_row" in vars(self):
                self._more_row.setVisible(cut)
            self.updateGeometry()

    def _unfold(self) -> None:
        shown = _start(self._whole, LONGEST_SHOWN, MOST_LINES)
        self.text.unfold(shown)
        if shown != self._whole:
            rest = Text(_("The rest is too long to be shown here."), "small")
            self._column.addWidget(rest)
            rest.show()
        self._more_row.hide()


def _start(text: str, letters: int, lines: int) -> str:
    kept = text[:letters]
    parts = kept.split("\n", lines)
    return "\n".join(parts[:lines]) if len(parts) > lines else kept

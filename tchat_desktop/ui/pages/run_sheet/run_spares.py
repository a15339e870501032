"""Posts outside the run sheet: questions in reserve, and posts taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.run_sheet.run_item_row import tone_of
from tchat_desktop.ui.pages.shared.post_words import item_title
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class _Spare(Card):
    """One post outside the run sheet, with the button that puts it in."""

    wanted = Signal(str)

    def __init__(self, item: RunItem) -> None:
        super().__init__(padding=theme.Space.UNDER_HEADING, spacing=theme.Space.LINE)
        self._key = item.key
        self._title = Text("", "strong", wrap=False)
        self._title.set_tone(tone_of(item.kind))
        self._minutes = Text("", "small", wrap=False)
        self._button = Button("", "quiet", "plus", self._on_wanted)
        self._text = Text()
        self.add(FoldingRow((self._title, self._minutes), (self._button,)), self._text)

    def show_item(self, item: RunItem, action: str, course: str) -> None:
        """Show the post, and what became of it in the chat if that is known."""
        title = item_title(item)
        self._title.setText(title)
        self._minutes.setText(course or _("{count} min").format(count=item.minutes))
        self._text.setText(item.text)
        # Nudges share a title: the beginning of the text tells them apart.
        about = title if item.number is not None else f"{title}, {item.text[:30]}"
        self._button.setVisible(bool(action))
        if action:
            self._button.show_text(action, f"{action} – {about}")

    def _on_wanted(self) -> None:
        self.wanted.emit(self._key)


class RunSpares(QWidget):
    """A list of posts outside the run sheet; hidden when there is none.

    `wanted` is emitted with the key of a post that is to be put in.
    """

    wanted = Signal(str)

    def __init__(self, title: str, why: str) -> None:
        super().__init__()
        self._spares: dict[str, _Spare] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.px(theme.Space.PART), 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.BESIDE))
        self._layout.addWidget(Text(title, "heading"))
        self._layout.addWidget(Text(why, "small"))
        self._top = self._layout.count()

    def show_items(
        self, items: Sequence[RunItem], action: str, courses: Mapping[str, str] = {}
    ) -> None:
        """Show these posts in their order, each with the button `action` unless it is "".

        `courses` maps the key of a post to what became of it in the chat.
        """
        wanted = {item.key for item in items}
        for key in [one for one in self._spares if one not in wanted]:
            gone = self._spares.pop(key)
            gone.hide()
            gone.deleteLater()
        for index, item in enumerate(items):
            if item.key not in self._spares:
                spare = _Spare(item)
                spare.wanted.connect(self.wanted)
                self._spares[item.key] = spare
            self._spares[item.key].show_item(item, action, courses.get(item.key, ""))
            if self._layout.indexOf(self._spares[item.key]) != self._top + index:
                self._layout.insertWidget(self._top + index, self._spares[item.key])
        self.setVisible(bool(items))

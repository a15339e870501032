"""The words that are hidden in everything that is saved: a first name, a village, a school."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from tchat_desktop.domain.anonymity import MASK
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import RecapDraft
from tchat_desktop.domain.recap import with_masked_words
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

LONGEST_WORDS = 100
"""The greatest number of characters: enough for a name, a place, a short phrase."""


class MaskCard(Card):
    """The list of hidden words; it only emits a signal and changes nothing itself."""

    words_wanted = Signal(object)
    """Emitted with all the words to hide, as a tuple."""

    def __init__(self) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        self._words: tuple[str, ...] = ()
        self._draft = RecapDraft()
        self.typed = LineEdit(Cap.NAME)
        self.typed.setMaxLength(LONGEST_WORDS)
        self.typed.returnPressed.connect(self._on_hide)
        self._add = Button(_("Hide"), "quiet", clicked=self._on_hide, name=_("Hide these words"))
        self._add.setEnabled(False)
        self.typed.textChanged.connect(self._on_typed)
        self._list = FlowLayout(spacing=theme.Space.NEAR)
        self._none = Text(_("Nothing is hidden so far."), "small")
        self.add(
            Text(_("Words to hide"), "advice"),
            Text(
                _(
                    "The first name of a child, a village, a school: {mask} stands in their place "
                    "in the page, the text and the tables, whoever wrote them."
                ).format(mask=MASK),
                "small",
            ),
            Field(_("Hide these words everywhere"), self.typed),
            row(self._add, None),
            self._none,
            self._list,
        )

    @property
    def hidden(self) -> tuple[str, ...]:
        """The words on screen."""
        return self._words

    def show_draft(self, draft: RecapDraft) -> None:
        """Show the words that are hidden."""
        self._draft = draft
        if draft.masked_words == self._words:
            return
        self._words = draft.masked_words
        self._list.clear()
        for word in self._words:
            name = _("Show “{words}” again").format(words=word)
            show = partial(self._show_again, word)
            button = Button(beginning(word, 24), "quiet", "close", show, name=name)
            self._list.addWidget(button)
        self._none.setVisible(not self._words)
        put_in_reading_order(self)

    def hide_words(self, typed: str) -> None:
        """Ask for further words to be hidden."""
        made = with_masked_words(self._draft, (*self._words, typed)).masked_words
        if made != self._words:
            self.words_wanted.emit(made)
            announce(self, _("“{words}” is hidden everywhere in the recap.").format(words=typed))

    def _on_typed(self, words: str) -> None:
        self._add.setEnabled(bool(words.strip()))

    def _on_hide(self) -> None:
        self.hide_words(self.typed.text())
        self.typed.clear()
        self.typed.setFocus()

    def _show_again(self, gone: str) -> None:
        self.typed.setFocus()
        self.words_wanted.emit(tuple(word for word in self._words if word != gone))
        announce(self, _("“{words}” shows again in the recap.").format(words=gone))

"""Chooses what is quoted on the page for a funder, among the highlights that may be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.funder_sheet import QUOTES_SHOWN, SheetQuote
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import GAP, SIDE, Tick
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _, ngettext

_SHOWN = 160
"""Letters of a post that are enough to choose it by."""


class QuoteChoice(QWidget):
    """Ticks what is quoted; `chosen` tells the ids of the posts, none for those proposed."""

    chosen = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._quotable: tuple[SheetQuote, ...] = ()
        self._quoted: frozenset[str] = frozenset()
        self.ticks: dict[str, Tick] = {}
        self._box = QWidget()
        self._box.setAccessibleName(_("Highlights to quote"))
        self._column = column(spacing=theme.Space.LINE)
        self._box.setLayout(self._column)
        self._list = ItemList(self._box)
        self._said = VerdictLine()
        self.propose = Button(_("Go back to those proposed"), "link", clicked=self._on_propose)
        words = ngettext(
            "{count} at most, from your recap. Nobody you hide is among them.",
            "{count} at most, from your recap. Nobody you hide is among them.",
            QUOTES_SHOWN,
        )
        self.setLayout(
            column(
                Text(_("What is quoted"), "label"),
                Text(words.format(count=QUOTES_SHOWN), "small"),
                self._box,
                row(self.propose, None, spacing=0),
                spacing=theme.Space.LINE,
            )
        )
        self.hide()

    def show_quotes(
        self, quotable: Sequence[SheetQuote], quoted: Sequence[SheetQuote], *, own: bool
    ) -> None:
        """Show what there is to choose from and what is on the page; `own` tells who chose it."""
        if tuple(quotable) != self._quotable:
            self._quotable = tuple(quotable)
            self._fill()
        self._quoted = frozenset(one.post_id for one in quoted)
        for post_id, tick in self.ticks.items():
            tick.setChecked(post_id in self._quoted)
        self.propose.setVisible(own)
        self.setVisible(bool(quotable))

    def _fill(self) -> None:
        # It stood below one of those that go.
        self._said.say("", "look")
        self._said.setParent(self)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.ticks = {}
        for one in self._quotable:
            said = beginning(one.text, _SHOWN)
            tick = Tick(one.who, name=_("Quote {name}: {text}").format(name=one.who, text=said))
            tick.setCheckable(True)
            tick.clicked.connect(self._on_ticked)
            self.ticks[one.post_id] = tick
            words = Text(said, "small")
            # Below the words of the tick, so that it is seen which of the ticks it belongs to.
            words.setIndent(theme.px(SIDE + 3 * GAP))
            one_of_them = QWidget()
            one_of_them.setLayout(column(tick, words, spacing=0))
            self._column.addWidget(one_of_them)
        self._list.show_items(tuple(self.ticks.values()))

    def _on_ticked(self) -> None:
        ticked = tuple(one for one, tick in self.ticks.items() if tick.isChecked())
        words = ""
        if len(ticked) > QUOTES_SHOWN:
            words = _("The page has room for three. Take one off first.")
        elif not ticked:
            words = _("One quote stays. Tick another one, then take this one off.")
        self._said.say(words, "look")
        if words:
            self._say_at(
                next(one for one in self.ticks if (one in ticked) != (one in self._quoted))
            )
            announce(self, words)
            for post_id, tick in self.ticks.items():
                tick.setChecked(post_id in self._quoted)
            return
        self._quoted = frozenset(ticked)
        self.chosen.emit(ticked)

    def _say_at(self, post_id: str) -> None:
        """Have what is said stand right below the tick that was pressed."""
        around = self.ticks[post_id].parentWidget()
        layout = around.layout() if around is not None else None
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self._said)

    def _on_propose(self) -> None:
        self._said.say("", "look")
        first = next(iter(self.ticks.values()))
        self.chosen.emit(())
        first.setFocus()

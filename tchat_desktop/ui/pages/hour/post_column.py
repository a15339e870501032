"""A column of the window beside: the newest posts of one kind, which hold still while in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed import FeedModel
from tchat_desktop.ui.models.feed_entry import FeedEntry
from tchat_desktop.ui.models.feed_order import Filed
from tchat_desktop.ui.pages.hour.column_card import ColumnCard
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.hold_still import HoldStill
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import keep_only, keep_room, put_in_order
from tchat_desktop.ui.widgets.scroll import BAR, SteadyScrollArea
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, ngettext

CARDS_IN_COLUMN = 20
"""The number of cards shown at first, and added at each press of the button."""
MADE_AT_ONCE = 4
"""Cards made in one turn: each takes some time."""


class PostColumn(QWidget):
    """Shows what the model has under one filter, those that wait in the cockpit among them.

    `implied` is the mark that every post here has.

    While the pointer or the keyboard is on it, or it is scrolled, no card comes, goes or moves;
    new ones wait behind a button of their own.
    """

    def __init__(
        self,
        title: str,
        empty: str,
        which: Filed,
        model: FeedModel,
        chat: Chat,
        lead: Callable[[str], None],
        implied: str = "",
    ) -> None:
        super().__init__()
        self.which = which
        self.cards: dict[str, ColumnCard] = {}
        """The cards by the ids of their posts."""
        self._name = title
        self._model, self._chat, self._lead, self._implied = model, chat, lead, implied
        self._most = CARDS_IN_COLUMN
        self.is_whole = False
        """Whether all the cards that belong here are made."""
        self.title = Text(title, "heading")
        self.new = Button("", "news", "up", self._on_new_wanted)
        keep_room(self.new)
        self.new.hide()
        self._empty = Text(empty, "lead")
        self._older = Button("", "quiet", "down", self._on_older_wanted)
        self._list = QWidget()
        self._column = Column()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(theme.Space.BESIDE))
        self._list.setLayout(self._column)
        self.keyboard = ItemList(self._list)
        self.keyboard.entered.connect(self._on_entered)
        self.area = SteadyScrollArea()
        self.area.setAccessibleName(title)
        self.area.setWidget(self._inside())
        HoldStill(self.area)
        self.area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        # As wide as the cards below, which leave room for the bar.
        above = row(self.new)
        above.setContentsMargins(0, 0, theme.px(BAR), 0)
        layout.addWidget(self.title)
        layout.addLayout(above)
        layout.addWidget(self.area, 1)
        roles.give(self, "group", title)

    def _inside(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("page")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, theme.px(theme.Space.PART))
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        for widget in (self._empty, self._list, self._older):
            layout.addWidget(widget)
        layout.addStretch(1)
        return inside

    @property
    def is_in_use(self) -> bool:
        """Whether the pointer or the keyboard is on the posts, or somebody reads further down."""
        held = self.keyboard.item_of(QApplication.focusWidget()) is not None
        return held or self.area.underMouse() or self.area.verticalScrollBar().value() > 0

    @property
    def shown(self) -> Sequence[str]:
        """The ids of the posts shown, from top to bottom."""
        return sorted(self.cards, key=lambda one: self._column.indexOf(self.cards[one]))

    def refresh(self) -> None:
        """Show what the model holds now."""
        count = self._model.counts()[self.which]
        words = _("{column} · {count}").format(column=self._name, count=count)
        if words != self.title.text():
            self.title.setText(words)
        entries = self._model.latest(self.which, self._most)
        if self.cards and self.is_whole and self.is_in_use:
            self._hold(entries)
        else:
            self._show(entries, count)

    def _show(self, entries: Sequence[FeedEntry], count: int) -> None:
        """Show these posts, the newest first; some of the cards come in the next turns."""
        # A card is made for the text of a post: after a correction it is made anew.
        posts = {entry.feed.post.id: entry.feed.post for entry in entries}
        kept = [one for one, card in self.cards.items() if posts.get(one) == card.entry.feed.post]
        keep_only(self._column, self.cards, kept)
        made = 0
        for entry in entries:
            post_id = entry.feed.post.id
            if post_id in self.cards:
                self.cards[post_id].show_entry(entry)
            elif made < MADE_AT_ONCE:
                self.cards[post_id] = ColumnCard(entry, self._chat, self._lead, self._implied)
                made += 1
        there = [self.cards[one] for one in posts if one in self.cards]
        put_in_order(self._column, there)
        self.keyboard.show_items(there)
        self.is_whole = len(there) == len(entries)
        self._show_new(0)
        rest = min(count - len(entries), CARDS_IN_COLUMN)
        words = ngettext("Show {count} older post", "Show {count} older posts", rest)
        self._older.show_text(
            words.format(count=rest),
            _("{what}: {post}").format(what=words.format(count=rest), post=self._name),
        )
        self._older.setVisible(rest > 0)
        self._empty.setVisible(not count)
        self._list.setVisible(bool(count))

    def _hold(self, entries: Sequence[FeedEntry]) -> None:
        """Show the present marks of the posts; none comes, goes or moves."""
        for post_id, card in self.cards.items():
            entry = self._model.get(post_id)
            if entry is not None and self._model.is_among(post_id, self.which):
                card.show_entry(entry)
            else:
                card.show_gone()
        oldest = min(card.entry.feed.post.created_at for card in self.cards.values())
        full = len(self.cards) >= self._most
        self._show_new(
            sum(
                one.feed.post.id not in self.cards
                and not (full and one.feed.post.created_at < oldest)
                for one in entries
            )
        )

    def _show_new(self, count: int) -> None:
        words = ngettext("{count} new post", "{count} new posts", count).format(count=count)
        if count and words != self.new.text():
            self.new.show_text(words, f"{words} – {self._name}")
        self.new.setVisible(bool(count))

    def _let_in(self) -> None:
        self.area.verticalScrollBar().setValue(0)
        entries = self._model.latest(self.which, self._most)
        self._show(entries, self._model.counts()[self.which])

    def _on_new_wanted(self) -> None:
        held = self.new.hasFocus()
        self._let_in()
        if held and self.keyboard.items:
            self.keyboard.stand_on(self.keyboard.items[0])

    def _on_older_wanted(self) -> None:
        self._most += CARDS_IN_COLUMN
        entries = self._model.latest(self.which, self._most)
        self._show(entries, self._model.counts()[self.which])

    def _on_entered(self, card: QWidget) -> None:
        assert isinstance(card, ColumnCard)
        self._lead(card.entry.feed.post.id)

    def _on_scrolled(self, value: int) -> None:
        if not value:
            self.refresh()

"""The cards of the posts, the newest first, as a list: one Tab stop, arrows, and letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, takewhile

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain.conversation import Marking, Post
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed_entry import FeedEntry
from tchat_desktop.ui.pages.hour.feed_card import FeedCard
from tchat_desktop.ui.pages.hour.feed_keys import FeedKeys
from tchat_desktop.ui.pages.hour.hidden_line import HiddenPlaces
from tchat_desktop.ui.widgets.column import ListColumn
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import put_in_order, take_away
from tchat_desktop.wording.i18n import _

CARDS_IN_SIGHT = 3
"""Cards made before the list is shown: about as many as are in sight."""


class FeedList(QWidget):
    """Keeps the cards that remain, and the places of posts that were just hidden.

    `make` makes the card of a post; `is_before` tells which of two posts of one instant is first,
    `unmute` shows all of an author again.
    """

    def __init__(
        self,
        make: Callable[[FeedEntry], FeedCard],
        mark: Callable[[Marking], None],
        is_before: Callable[[Post, FeedEntry], bool],
        unmute: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._make = make
        self._is_before = is_before
        self.cards: dict[str, FeedCard] = {}
        """The cards by the ids of their posts."""
        self.to_come: dict[str, None] = {}
        """The ids of the posts whose cards are still to be made."""
        self._order: dict[str, FeedEntry] = {}
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self._column = ListColumn()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(theme.Space.UNDER_HEADING))
        self.setLayout(self._column)
        self.setAccessibleName(_("Posts"))
        self.places = HiddenPlaces(self._column, mark, unmute)
        self.keyboard = ItemList(self)
        self.keys = FeedKeys(self, self._card_in_use)

    def show_entries(self, entries: Sequence[FeedEntry]) -> None:
        """Show these posts, the newest first; a card that remains keeps its place and focus.

        The first cards are there at once, and the others one a turn: a card takes some time.
        """
        # A card is made for the text of a post: after a correction it is made anew.
        wanted = {entry.feed.post.id: entry.feed.post for entry in entries}
        gone = [one for one, card in self.cards.items() if wanted.get(one) != card.entry.feed.post]
        self.keyboard.let_go([self.cards[one] for one in gone])
        for post_id in gone:
            take_away(self._column, self.cards.pop(post_id))
        self._order = {entry.feed.post.id: entry for entry in entries}
        kept = [one for one in self._order if one in self.cards]
        for place, post_id in enumerate(kept):
            self._put(post_id, place)
            self.cards[post_id].show_entry(self._order[post_id])
        self.to_come = dict.fromkeys(one for one in self._order if one not in self.cards)
        self._make_next(CARDS_IN_SIGHT)
        if self.to_come:
            self._turn.start()
        self._tell_keyboard()

    def finish(self) -> None:
        """Make the cards that are still to come."""
        if self.to_come:
            self._make_next(len(self.to_come))
            self._on_turn()

    def _on_turn(self) -> None:
        self._make_next(1)
        if not self.to_come:
            self._turn.stop()
            self._tell_keyboard()

    def _make_next(self, most: int) -> None:
        for post_id in list(islice(self.to_come, most)):
            del self.to_come[post_id]
            self.cards[post_id] = self._make(self._order[post_id])
            before = takewhile(lambda one: one != post_id, self._order)  # noqa: B023 - used at once
            self._put(post_id, sum(one in self.cards for one in before))

    def _put(self, post_id: str, place: int) -> None:
        entry, card = self._order[post_id], self.cards[post_id]
        put_in_order(self._column, [card], place + self._lines_before(entry))

    def keep_place(self, post_id: str, *, muted: bool = False) -> None:
        """Replace the card of a post that was just hidden by a line as high, with the focus.

        `muted` tells that all of its author is hidden.
        """
        card = self.cards.pop(post_id)
        held = self.keyboard.item_of(QApplication.focusWidget()) is card
        line = self.places.keep(card.entry.feed, card, card.own_height, muted)
        self._tell_keyboard()
        if held:
            self.keyboard.stand_on(line)
        take_away(self._column, card)

    def give_up_places(self, still_hidden: Callable[[str], bool] = lambda _post_id: False) -> None:
        """Remove the lines of hidden posts, except those of posts that are still hidden."""
        lines = self.places.lines.items()
        self.keyboard.let_go([line for post_id, line in lines if not still_hidden(post_id)])
        self.places.give_up(still_hidden)

    def is_on_place(self, post_id: str) -> bool:
        """Return whether the keyboard is on the line in place of a hidden post."""
        line = self.places.lines.get(post_id)
        return line is not None and line is self.keyboard.item_of(QApplication.focusWidget())

    def stand_on_first(self, post_ids: Sequence[str]) -> bool:
        """Put the keyboard on the uppermost of these posts; False when none is shown."""
        cards = {self.cards[one] for one in post_ids if one in self.cards}
        first = next((one for one in self.keyboard.items if one in cards), None)
        if first is not None:
            self.keyboard.stand_on(first)
        return first is not None

    def place_of(self, widget: QWidget) -> int:
        """Return the place of a card or a line in the column, from 0."""
        return self._column.indexOf(widget)

    @property
    def is_in_use(self) -> bool:
        """Whether the pointer or the keyboard is on one of the cards."""
        under_mouse = any(card.underMouse() for card in self.cards.values())
        return under_mouse or self._card_in_use() is not None

    def _card_in_use(self) -> FeedCard | None:
        item = self.keyboard.item_of(QApplication.focusWidget())
        return item if isinstance(item, FeedCard) else None

    def _lines_before(self, entry: FeedEntry) -> int:
        """Return how many of the lines in place of hidden posts stand before a post."""
        at = entry.feed.post.created_at
        posts = [line.feed.post for line in self.places.lines.values()]
        return sum(
            post.created_at > at or (post.created_at == at and self._is_before(post, entry))
            for post in posts
        )

    def _tell_keyboard(self) -> None:
        shown = (*self.cards.values(), *self.places.lines.values())
        self.keyboard.show_items(sorted(shown, key=self._column.indexOf))

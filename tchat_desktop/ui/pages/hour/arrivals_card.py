"""The card of those who have just arrived: they stay until they are welcomed or put away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.ui.models.feed import FeedModel
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.composer import over_words
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, ngettext

MOST_ARRIVALS = 3


class ArrivalsCard(SideCard):
    """The people who wrote for the first time and were not welcomed yet, a few at a time.

    Whoever is shown keeps their place until they are welcomed or put away: a row does not change
    under the mouse because somebody else arrives. `welcome_wanted` is emitted with the id of the
    post to reply to.
    """

    welcome_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Just arrived"))
        self._none = Text("", "small")
        self._more = Text("", "small")
        self._rows = RowList(_("Just arrived"))
        self._shown: dict[str, _ArrivalRow] = {}
        self._away: dict[str, None] = {}
        """The folded @names of those who were put away, in order."""
        self.add(self._none, self._rows, self._more)

    @property
    def names(self) -> list[str]:
        """The names shown, from the top."""
        return [one.name for one in self._shown.values()]

    def unfinished(self) -> tuple[str, ...]:
        """Return the names of those who were put away."""
        return tuple(self._away)

    def take_up(self, away: Iterable[str]) -> None:
        """Put away those who were on the board that this one replaces."""
        self._away |= dict.fromkeys(away)

    def show_view(self, model: FeedModel, view: HourView, *, by_hand: bool) -> None:
        """Show the first few, and the number of the others.

        `by_hand` tells that the posts of the public are pasted instead of being read.
        """
        seen_to = welcomed(view) | {comparable_handle(one) for one in self._away}
        none = _("People who write for the first time show here.")
        if by_hand:
            none = _("People whose message you paste show here.")
        self._none.setText(none)
        in_place = [
            post_id
            for post_id, row in self._shown.items()
            if model.has_arrived(post_id) and row.who not in seen_to
        ]
        posts = (one.entry.feed.post for one in model.arrivals(seen_to))
        others = (one for one in posts if one.id not in self._shown)
        new = {one.id: one for one in islice(others, MOST_ARRIVALS - len(in_place))}
        listed = [*in_place, *new]
        if listed != list(self._shown):
            before = self._shown
            self._shown = {
                one: before.get(one) or _ArrivalRow(new[one], self._welcome, self._put_away)
                for one in listed
            }
            self._rows.show_rows(tuple(self._shown.values()))
        if view.ended and view.rehearsing:
            for row_shown in self._shown.values():
                row_shown.stop(over_words())
        rest = model.count_arrivals(seen_to) - len(listed)
        words = ngettext("and {count} other person", "and {count} other people", rest)
        self._more.setText(words.format(count=rest) if rest > 0 else "")
        self._more.setVisible(rest > 0)
        self._none.setVisible(not listed)

    def _welcome(self, post: Post) -> None:
        self.welcome_wanted.emit(post.id)

    def _put_away(self, post: Post) -> None:
        self._away[fold(post.author)] = None
        shown = {one: row for one, row in self._shown.items() if one != post.id}
        # The place is filled when the hour is shown next: not while the mouse is on it.
        self._shown = shown
        self._rows.show_rows(tuple(shown.values()))


class _ArrivalRow(QWidget):
    """The row of one person; both functions are called with the post."""

    def __init__(
        self, post: Post, welcome: Callable[[Post], None], put_away: Callable[[Post], None]
    ) -> None:
        super().__init__()
        self._post = post
        self._welcome_them = welcome
        self._put_them_away = put_away
        self.who = comparable_handle(post.author)
        self.name = beginning(post.author_name or f"@{post.author}", 30)
        self.setAccessibleName(self.name)
        who = f"@{post.author}"
        name = _("Welcome {who}").format(who=who)
        self._button = Button(_("Welcome them"), "link", clicked=self._on_welcome, name=name)
        name = _("Do not welcome {who}").format(who=who)
        away = Button(_("Do not welcome them"), "icon", "close", self._on_put_away, name)
        line = row(Text(self.name), self._button, away)
        line.setStretch(0, 1)
        self.setLayout(line)

    def stop(self, why_not: str) -> None:
        """Switch off the welcome, which would do nothing, and say why."""
        self._button.setEnabled(False)
        set_tip(self._button, why_not)
        self._button.setAccessibleDescription(why_not)

    def _on_welcome(self) -> None:
        self._welcome_them(self._post)

    def _on_put_away(self) -> None:
        self._put_them_away(self._post)


def welcomed(view: HourView) -> set[str]:
    """Return the @names of those who were replied to, in the form used for comparing."""
    replies = (row for row in view.rows if row.kind is PostKind.REPLY)
    return {comparable_handle(row.target_author) for row in replies}

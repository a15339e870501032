"""The line shown in place of a post that was just hidden."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.signals import Signal as Noticed
from tchat_desktop.domain.signals import noticed
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class HiddenLine(Card):
    """Keeps the place of the post, so that no other one moves under the mouse.

    It stays until the organiser asks for another list, because the next click may be on its way.
    """

    def __init__(self, feed: FeedPost, height: int, undo: Callable[[], None], muted: bool) -> None:
        super().__init__(padding=theme.Space.UNDER_HEADING, spacing=theme.Space.NEAR)
        self.setProperty("gone", True)
        self.feed = feed
        who = f"@{feed.post.author}"
        name = _("Undo: show the post by {who} again")
        said = _("The post by {who} is hidden here only: it stays visible on X.")
        if muted:
            name = _("Undo: show all that {who} writes again")
            said = _("All that {who} writes is hidden here, also to come: it stays visible on X.")
        self.undo = Button(_("Undo"), "plain", "undo", undo, name.format(who=who))
        said = said.format(who=who)
        if Noticed.NAMED_CHILD in noticed(feed):
            said += " " + _("Ask its author in private to delete it: it names a child.")
        self.setAccessibleName(said)
        words = Text(said, "small")
        line = row(words, self.undo)
        line.setStretch(0, 1)
        self.add(line)
        self.setFixedHeight(max(height, self.sizeHint().height()))


class HiddenPlaces:
    """The lines in a column of cards that keep the places of posts that were just hidden."""

    def __init__(
        self,
        column: Column,
        mark: Callable[[Marking], None],
        unmute: Callable[[str], None],
    ) -> None:
        self._column = column
        self._mark = mark
        self._unmute = unmute
        self.lines: dict[str, HiddenLine] = {}
        """The lines by the ids of the posts."""

    def keep(self, feed: FeedPost, card: QWidget, height: int, muted: bool) -> HiddenLine:
        """Insert a line of that height in pixels in the place of the card of a post; return it.

        It tells, and undoes, that all of its author is hidden where that one was `muted`.
        """
        undo = partial(self._mark, Marking(feed.post.id, Mark.HIDDEN, False))
        if muted:
            undo = partial(self._unmute, feed.post.author)
        line = HiddenLine(feed, height, undo, muted)
        self.lines[feed.post.id] = line
        self._column.insertWidget(self._column.indexOf(card), line)
        return line

    def give_up(self, still_hidden: Callable[[str], bool] = lambda _post_id: False) -> None:
        """Remove the lines, except those of posts that are still hidden."""
        for post_id in tuple(self.lines):
            if not still_hidden(post_id):
                take_away(self._column, self.lines.pop(post_id))

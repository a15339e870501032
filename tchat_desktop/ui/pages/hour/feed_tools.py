"""What stands above the posts: the filters, the search, and the bar that tells of new posts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed_entry import FeedFilter, PostFilter
from tchat_desktop.ui.pages.hour.hour_keys import HourKey
from tchat_desktop.ui.pages.shared.feed_filters import FeedFilters, MoreFilters
from tchat_desktop.ui.shortcuts import Shortcut
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.placing import keep_room
from tchat_desktop.ui.widgets.toggle import Toggle
from tchat_desktop.wording.i18n import _, ngettext

SEARCH_MS = 150
SEARCH_WIDTH = 240
"""Of the field, in pixels at a text scale of 1."""


class FeedTools(QWidget):
    """Two rows; the second keeps its height whether or not there are new posts or a search.

    `page` are the buttons that take in a whole page of the tag, the first of them the one to find.
    `paste` opens the form for posts entered by hand, `see` the page of the tag.
    """

    other_wanted = Signal()
    """Emitted when another filter or another search asks for other posts."""
    new_wanted = Signal()
    """Emitted when the posts that wait are to be shown."""

    def __init__(
        self, by_hand: bool, page: Sequence[Button], paste: Callable[[], object], see: Button
    ) -> None:
        super().__init__()
        self._settle = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._settle.timeout.connect(self.other_wanted)
        self.filters = FeedFilters(by_hand)
        self.filters.changed.connect(self.other_wanted)
        self.more = MoreFilters(self.filters)
        self.finder = Toggle(_("Search"), "icon", "search", self._on_find)
        self.search = LineEdit(Cap.NAME)
        self.search.setPlaceholderText(_("Search the posts"))
        self.search.setAccessibleName(_("Search the posts"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme.px(SEARCH_WIDTH))
        self.search.textChanged.connect(self._on_searched)
        self.search.hide()
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.search, self._fold_search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.new = Button("", "news", "up", self.new_wanted.emit)
        self.new.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keep_room(self.new)
        self.new.hide()
        words = _("Add a post by its link")
        self.paste = Button(_("By its link"), "link", "plus", paste, name=words)
        self.by_hand = QWidget()
        self.by_hand.setAccessibleName(_("Bring posts here"))
        """The buttons for posts that come by hand; there when nothing comes by itself."""
        self._see = see
        self._stand(by_hand, (see, *page, self.paste))

    def _stand(self, by_hand: bool, ways: Sequence[Button]) -> None:
        ItemList(self.by_hand).show_items(ways)
        first = row(self.filters, self.more, self.finder, spacing=theme.Space.LINE)
        first.setStretch(0, 1)
        first.setAlignment(self.more, Qt.AlignmentFlag.AlignTop)
        first.setAlignment(self.finder, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addLayout(first)
        if by_hand:
            self.new.setParent(self)
            self.by_hand.setLayout(FlowLayout(*ways, self.search))
            layout.addWidget(self.by_hand)
            return
        self.by_hand.setLayout(FlowLayout(*ways))
        self.by_hand.hide()
        second = QWidget()
        # The field is higher than the bar: it moves nothing when it unfolds.
        self.search.ensurePolished()
        second.setMinimumHeight(self.search.sizeHint().height())
        second.setLayout(row(self.new, self.search, spacing=theme.Space.BESIDE))
        layout.addWidget(second)
        layout.addWidget(self.by_hand)

    @property
    def keys(self) -> Sequence[HourKey]:
        """The keys of what stands above the posts, each with its button."""
        return (
            HourKey(Shortcut.SEARCH, _("Search the posts"), self.finder),
            HourKey(Shortcut.MORE_FILTERS, _("More filters of the posts"), self.more),
            HourKey(Shortcut.NEW_POSTS, _("Show the new posts"), self.new),
            HourKey(Shortcut.SEE_TAG, _("See the tag on X"), self._see),
            HourKey(Shortcut.BY_LINK, _("Add a post by its link"), self.paste),
        )

    def show_waiting(self, count: int) -> None:
        """Tell how many new posts wait; nothing is shown of none."""
        words = ngettext("{count} new post", "{count} new posts", count).format(count=count)
        if count and words != self.new.accessibleName():
            self.new.show_text(words)
        self.new.setVisible(bool(count) and self.new.parentWidget() is not self)

    def take_up(self, shown: PostFilter, search: str) -> None:
        """Restore the filter and the search."""
        self.filters.choose(shown)
        self.search.setText(search)

    def clear(self) -> None:
        """Show all posts again, without a signal."""
        self.filters.choose(FeedFilter.ALL)
        self.search.clear()
        self.search.hide()
        self.finder.setChecked(False)
        self._settle.stop()

    @property
    def hides_some(self) -> bool:
        """Whether a filter or a search may keep posts from being shown."""
        return self.filters.chosen is not FeedFilter.ALL or bool(self.search.text())

    def _on_find(self) -> None:
        if self.search.isHidden():
            self._unfold()
            self.search.setFocus()
        else:
            self._fold_search()

    def _unfold(self) -> None:
        self.search.show()
        self.finder.setChecked(True)

    def _fold_search(self) -> None:
        """Put the search away: nothing is searched any more."""
        self.finder.setFocus()
        self.search.clear()
        self.search.hide()
        self.finder.setChecked(False)

    def _on_searched(self, text: str) -> None:
        if text:
            self._unfold()
        self._settle.start()

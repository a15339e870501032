"""The window that stands for the browser in a rehearsal, with each fictitious page in a tab."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QTabBar, QTabWidget, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.outgoing import ASKED_FOR, PostState
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.events import OutboxChanged, PageOpened, PostsTakenIn
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.rehearsal_hour import RehearsalHour
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.rehearsing.message_page import MessagePage
from tchat_desktop.ui.pages.rehearsing.pretend_page import PretendPage
from tchat_desktop.ui.pages.rehearsing.private_page import PrivatePage
from tchat_desktop.ui.pages.rehearsing.tag_page import TagPage
from tchat_desktop.ui.pages.shared.hour_ports import HoursPort
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.ui.typed_lately import field_in_hand
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.window_place import FRAME
from tchat_desktop.wording.i18n import _

TAG_TAB = "tag"
PRIVATE = "private:"
"""The prefix of the keys of private pages."""
MOST_WIDE, MOST_HIGH = 600, 720
"""The greatest size in pixels at 100 %: a larger window would hide that of the chat."""
NEWS = "● "
"""The prefix of the title of a page that opened behind another one."""
LEAST_TAB = 110
"""The width in pixels at 100 % of a tab whose title is shortened."""
WIDTHS = (390, 286)
"""The first width in pixels at 100 %: as wide as a phone where that covers nothing of the work.
The other one stands over the rail on a screen of 1366 × 768, which leads out of a rehearsal."""


class _Tabs(QTabBar):
    """A tab bar that shortens titles as long as they can be told apart, and then scrolls."""

    def minimumTabSizeHint(self, index: int) -> QSize:
        size = self.tabSizeHint(index)
        return QSize(min(size.width(), theme.px(LEAST_TAB)), size.height())


class FictitiousWindow(QWidget):
    """Shows the pages, each in a tab that can be closed. Closing the window closes them all."""

    page_gone = Signal(str)
    """Emitted with the key of a page that was closed."""

    def __init__(self, parent: QWidget) -> None:
        # A window that belongs to that of the chat stays in front of it.
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setObjectName("page")
        self._placed = False
        self._place: QPoint | None = None
        """The position when the window was last hidden, where it is shown again; None before."""
        title = _("Pretend page – nothing goes to X")
        self.setWindowTitle(title)
        room = parent.screen().availableSize() - FRAME
        self.setMaximumSize(QSize(theme.px(MOST_WIDE), theme.px(MOST_HIGH)).boundedTo(room))
        self.resize(QSize(theme.px(WIDTHS[0]), theme.px(MOST_HIGH)).boundedTo(room))
        band = Notice(title, "look")
        self.tabs = QTabWidget()
        self.tabs.setTabBar(_Tabs())
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("Pretend pages"))
        self.tabs.tabBar().setAccessibleName(_("Pretend pages"))
        # Read before the pages, as it is seen.
        self.tabs.tabBar().lower()
        self.tabs.tabBar().setMinimumHeight(max(theme.Height.TARGET, theme.px(theme.Height.TARGET)))
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.currentChanged.connect(self._on_page_seen)
        close = QShortcut(QKeySequence.StandardKey.Close, self)
        close.activated.connect(self._on_close_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(theme.Space.NEAR),) * 4)
        layout.addWidget(band)
        layout.addWidget(self.tabs, 1)

    def show_page(
        self, key: str, make: Callable[[], QWidget], title: str, by_itself: bool = False
    ) -> QWidget:
        """Show the tab with that key, made by `make` if need be, and return its page.

        A page that opens `by_itself` comes behind the one that is open, and does not take the
        focus.
        """
        page = next((one for one in self.pages() if one.objectName() == key), None)
        if page is None:
            page = make()
            page.setObjectName(key)
            page.setContentsMargins(*(theme.px(theme.Space.PART),) * 4)
            news = by_itself and self.tabs.count() > 0
            self.tabs.addTab(page, (NEWS if news else "") + title.replace("&", "&&"))
        if by_itself:
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, True)
            self.show()
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
            QApplication.alert(self)
            announce(self, _("{page}: its page is ready in a tab.").format(page=title))
            return page
        self.tabs.setCurrentWidget(page)
        self.show()
        self.raise_()
        self.activateWindow()
        return page

    def make_high(self) -> None:
        """Take the greatest height allowed, and stay on the screen."""
        self.resize(self.width(), self.maximumHeight())
        room = self.screen().availableGeometry()
        low = room.bottom() - self.maximumHeight() - FRAME.height()
        if self.isVisible() and self.y() > low:
            self.move(self.x(), max(room.top(), low))

    def stand_clear_of(self, others: Iterable[QWidget]) -> None:
        """Become as wide, and move to where, as covers least of these widgets."""
        taken = [QRect(one.mapToGlobal(QPoint()), one.size()) for one in others if one.isVisible()]
        screen, high = self.screen().availableGeometry(), self.maximumHeight()
        sizes = [QSize(min(theme.px(one), self.maximumWidth()), high) for one in WIDTHS]
        places = [QRect(clear_place(screen, one + FRAME, taken), one + FRAME) for one in sizes]
        place = min(places, key=lambda one: covered_by(one, taken))
        self.resize(place.size() - FRAME)
        self.move(place.topLeft())
        self._placed = True

    @property
    def is_placed(self) -> bool:
        """Whether the window was placed before."""
        return self._placed

    def showEvent(self, event: QShowEvent) -> None:
        # Some window managers choose a new position for a window that is shown again.
        if self._place is not None and not event.spontaneous():
            self.move(self._place)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._place = on_screen(self.screen().availableGeometry(), self.frameGeometry())
        super().hideEvent(event)

    def close_page(self, page: QWidget) -> None:
        """Close a tab, and hide the window after the last one."""
        index = self.tabs.indexOf(page)
        if index >= 0:
            self.tabs.removeTab(index)
            self.page_gone.emit(page.objectName())
            page.deleteLater()
        if not self.tabs.count():
            self.hide()

    def close_all(self) -> None:
        """Close every tab, and hide the window."""
        for page in self.pages():
            self.close_page(page)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_all()
        super().closeEvent(event)

    def pages(self) -> list[QWidget]:
        """Return the open pages, in the order of their tabs."""
        found = (self.tabs.widget(index) for index in range(self.tabs.count()))
        return [page for page in found if page is not None]

    def _on_page_seen(self, index: int) -> None:
        if index >= 0:
            self.tabs.setTabText(index, self.tabs.tabText(index).removeprefix(NEWS))

    def _on_close_wanted(self) -> None:
        if self.tabs.count():
            self.close_page(self.tabs.currentWidget())


def on_screen(screen: QRect, frame: QRect) -> QPoint:
    """Return the position of a window, moved as little as needed to be entirely on the screen."""
    return QPoint(
        max(screen.left(), min(frame.left(), screen.right() - frame.width() + 1)),
        max(screen.top(), min(frame.top(), screen.bottom() - frame.height() + 1)),
    )


def clear_place(screen: QRect, size: QSize, taken: Sequence[QRect]) -> QPoint:
    """Return the position for a window of that size that covers least of the taken areas.

    Among equal positions it is the rightmost, then the lowest.
    """
    wide, high = screen.width() - size.width(), screen.height() - size.height()
    across = {max(0, wide), 0}
    down = {max(0, high), 0}
    for one in taken:
        across |= {one.left() - screen.left() - size.width(), one.right() - screen.left() + 1}
        down |= {one.top() - screen.top() - size.height(), one.bottom() - screen.top() + 1}
    places = [
        QRect(screen.topLeft() + QPoint(x, y), size)
        for x in across
        for y in down
        if 0 <= x <= max(0, wide) and 0 <= y <= max(0, high)
    ]

    best = min(places, key=lambda one: (covered_by(one, taken), -one.left(), -one.top()))
    return best.topLeft()


def covered_by(place: QRect, taken: Sequence[QRect]) -> int:
    """Return how many pixels of the taken areas a window at that place covers."""
    meets = [place.intersected(one) for one in taken]
    return sum(one.width() * one.height() for one in meets if one.isValid())


class FictitiousPages(QObject):
    """Shows what a rehearsal would open in the browser; nothing of it leaves the app."""

    changed = Signal()
    """Emitted when a page was opened or closed."""

    def __init__(
        self, hours: HoursPort, bridge: Bridge, parent: QWidget, texts_of: Callable[[str], Texts]
    ) -> None:
        super().__init__(parent)
        self._texts_of = texts_of
        self._hours = hours
        self._parent = parent
        self._hour: RehearsalHour | None = None
        self.window: FictitiousWindow | None = None
        self._uncovered: tuple[QWidget, ...] = ()
        self._seen: frozenset[str] = frozenset()
        """The ids of the posts that the page of the tag has shown, also before it was closed."""
        bridge.page_opened.connect(self._on_page_opened)
        bridge.outbox_changed.connect(self._on_outbox_changed)
        bridge.posts_taken_in.connect(self._on_posts_taken_in)

    @property
    def are_open(self) -> bool:
        """Whether a page is open."""
        return bool(self._pages())

    @property
    def at_work(self) -> bool:
        """Whether the page of a public or private message is open; the tag's does not count."""
        return any(isinstance(page, MessagePage | PrivatePage) for page in self._pages())

    @property
    def is_posting(self) -> bool:
        """Whether the page of a message is open that is not posted yet."""
        return any(isinstance(page, MessagePage) and not page.is_posted for page in self._pages())

    def was_seen(self, post_id: str) -> bool:
        """Return whether the page of the tag has shown the post of the public with that id."""
        for page in self._pages():
            if isinstance(page, TagPage):
                self._seen |= page.shown
        return post_id in self._seen

    def _pages(self) -> list[QWidget]:
        return self.window.pages() if self.window is not None else []

    def leave_uncovered(self, *widgets: QWidget) -> None:
        """Set the widgets that the window must leave visible, in place of the former ones."""
        self._uncovered = widgets

    def tell_network_back(self) -> None:
        """Have no page say any more that there is no network."""
        for page in self._pages():
            if isinstance(page, PretendPage):
                page.network_back()

    def close(self) -> None:
        """Close all pages, at the end of a rehearsal or before another one."""
        if self.window is not None:
            self.window.close_all()

    def open_page(self, address: str, by_itself: bool = False) -> None:
        """Show the fictitious page for an address of X."""
        hour = self._rehearsal()
        if hour is None:
            return
        if hour.x.row_of(address) is not None:
            self._open_message(hour, address, by_itself)
            return
        theirs = [
            one for one in hour.x.happened().said if address == profile_page(one.author, NETWORK)
        ]
        if theirs:
            # Private messages begin on a person's profile.
            self._on_private_wanted(theirs[-1])
        else:
            self.open_tag()

    def open_tag(self) -> None:
        """Show the page of the tag, with what is new on it."""
        hour = self._rehearsal()
        if hour is None:
            return

        def make() -> TagPage:
            page = TagPage(hour.x, hour.chat)
            page.private_wanted.connect(self._on_private_wanted)
            page.closed.connect(self._on_closed)
            return page

        page = self._shown().show_page(TAG_TAB, make, f"#{hour.chat.hashtag}")
        assert isinstance(page, TagPage)
        # Somebody who opens the page wants to see what is new on it.
        page.look()
        page.show_latest()
        self._seen |= page.shown

    def _open_message(self, hour: RehearsalHour, address: str, by_itself: bool) -> None:
        row = hour.x.row_of(address)
        assert row is not None
        target = next((one for one in hour.x.happened().said if one.id == row.target_id), None)

        def make() -> MessagePage:
            page = MessagePage(hour.x, address, row, target)
            page.closed.connect(self._on_closed)
            return page

        # A page that opens by itself stays behind a message that is being posted, and does not
        # disturb pasting; one that was asked for comes to the front.
        in_use = field_in_hand() or self._is_written_on or self._is_pointed_at
        taken = row.kind not in ASKED_FOR and in_use
        behind = by_itself and (hour.at_work or taken)
        page = self._shown().show_page(address, make, row_name(row), behind)
        assert isinstance(page, MessagePage)
        hour.x.page_shown(address)
        if not behind:
            page.take_focus()
        self.changed.emit()

    @property
    def _is_pointed_at(self) -> bool:
        """Whether the mouse is on the window: what it is about to press must not change."""
        return self.window is not None and self.window.isVisible() and self.window.underMouse()

    @property
    def _is_written_on(self) -> bool:
        """Whether the page in front is that of a message not yet posted, or a private one."""
        page = self.window.tabs.currentWidget() if self.window is not None else None
        if isinstance(page, MessagePage):
            return not page.is_posted
        return isinstance(page, PrivatePage)

    def _on_private_wanted(self, post: Post) -> None:
        hour = self._rehearsal()
        if hour is None:
            return

        def make() -> PrivatePage:
            page = PrivatePage(hour.x, post, hour.chat, self._texts_of(hour.chat.language))
            page.closed.connect(self._on_closed)
            page.sent.connect(partial(hour.do, Outbox.end_in_private, key))
            return page

        key = f"{PRIVATE}{post.id}"
        # Until it is sent, no page opens by itself: the private text must not land on it.
        hour.do(Outbox.begin_in_private, key)
        # The rule, the ready answer and the field must be visible together.
        self._shown().make_high()
        title = _("Private: {who}").format(who=post.author_name or f"@{post.author}")
        page = self._shown().show_page(key, make, title)
        assert isinstance(page, PrivatePage)
        page.take_focus()

    def _on_closed(self) -> None:
        page = self.sender()
        if self.window is not None and isinstance(page, QWidget):
            self.window.close_page(page)

    def _on_page_gone(self, key: str) -> None:
        if self._hour is not None and key.startswith(PRIVATE):
            self._hour.do(Outbox.end_in_private, key)
        elif self._hour is not None:
            self._hour.x.page_closed(key)
        self.changed.emit()

    def _on_posts_taken_in(self, event: PostsTakenIn) -> None:
        """Say no more on the page of the tag that it is copied: it was pasted."""
        if event.occasion is Occasion.REHEARSAL:
            for page in self._pages():
                if isinstance(page, TagPage):
                    page.forget_copied()

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        """Close the pages of messages that are posted and confirmed."""
        if self._hour is None or event.occasion is not Occasion.REHEARSAL or self.window is None:
            return
        sent = {row.id for row in event.rows if row.state is PostState.SENT}
        for page in self._pages():
            if isinstance(page, MessagePage) and page.is_posted and page.row_id in sent:
                self.window.close_page(page)

    def _on_page_opened(self, event: PageOpened) -> None:
        hour = self._rehearsal()
        if hour is not None and hour.chat.id == event.chat_id:
            self.open_page(event.page, by_itself=True)

    def _rehearsal(self) -> RehearsalHour | None:
        """Return the running rehearsal, or None; close the pages of an earlier one."""
        hour = self._hours.hour(Occasion.REHEARSAL)
        if not isinstance(hour, RehearsalHour):
            return None
        if hour is not self._hour:
            self.close()
            self._hour = hour
            self._seen = frozenset()
        return hour

    def _shown(self) -> FictitiousWindow:
        if self.window is None:
            # The window is deleted with its parent, as when the language changes.
            self.window = FictitiousWindow(self._parent)
            self.window.page_gone.connect(self._on_page_gone)
        if not self.window.is_placed:
            self.window.stand_clear_of(self._uncovered)
        return self.window

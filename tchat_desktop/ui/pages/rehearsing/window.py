"""The window that stands for the browser in a rehearsal: fictitious pages, one a tab."""

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
from tchat_desktop.services.events import OutboxChanged, PageOpened
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.rehearsal_hour import RehearsalHour
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.rehearsing.message_page import MessagePage
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
"""How the keys of private pages begin."""
MOST_WIDE, MOST_HIGH = 600, 720
"""Pixels at 100 %: a page that fills the screen would hide the window of the chat."""
NEWS = "● "
"""Before the name of a page that came while something else was in front."""
LEAST_TAB = 110
"""Pixels at 100 % of a tab whose name is shortened."""
NARROW, HIGH = 390, 480
"""Pixels at 100 %: between the two cards of the hour on a screen of 1366 × 768."""


class _Tabs(QTabBar):
    """Shortens names, but never to less than tells the pages apart; then it scrolls."""

    def minimumTabSizeHint(self, index: int) -> QSize:
        size = self.tabSizeHint(index)
        return QSize(min(size.width(), theme.px(LEAST_TAB)), size.height())


class FictitiousWindow(QWidget):
    """Shows the pages, each in a tab that can be closed. Closing the window closes them all."""

    page_gone = Signal(str)
    """The page of that key was closed."""

    def __init__(self, parent: QWidget) -> None:
        # One that belongs to the window of the chat stays in front of it.
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setObjectName("page")
        self._placed = False
        self._place: QPoint | None = None
        """Where it stood when it was put away: there it comes back."""
        title = _("Pretend page – nothing goes to X")
        self.setWindowTitle(title)
        room = parent.screen().availableSize() - FRAME
        self.setMaximumSize(QSize(theme.px(MOST_WIDE), theme.px(MOST_HIGH)).boundedTo(room))
        self.resize(QSize(theme.px(NARROW), theme.px(HIGH)).boundedTo(room))
        band = Notice(
            title + ". " + _("In the real chat this page is in your browser, on x.com."), "look"
        )
        self.tabs = QTabWidget()
        self.tabs.setTabBar(_Tabs())
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_("Pretend pages"))
        self.tabs.tabBar().setMinimumHeight(max(32, theme.px(32)))
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.currentChanged.connect(self._on_page_seen)
        close = QShortcut(QKeySequence.StandardKey.Close, self)
        close.activated.connect(self._on_close_wanted)
        layout = QVBoxLayout(self)
        layout.addWidget(band)
        layout.addWidget(self.tabs, 1)

    def show_page(
        self, key: str, make: Callable[[], QWidget], title: str, by_itself: bool = False
    ) -> QWidget:
        """Show the tab of that key, made when it is not there yet.

        One that opens `by_itself` comes behind the page that is open, and takes no keyboard.
        """
        page = next((one for one in self.pages() if one.objectName() == key), None)
        if page is None:
            page = make()
            page.setObjectName(key)
            page.setContentsMargins(*(theme.px(10),) * 4)
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
        """Take the height that is allowed, on screen as a whole."""
        self.resize(self.width(), self.maximumHeight())
        room = self.screen().availableGeometry()
        low = room.bottom() - self.maximumHeight() - FRAME.height()
        if self.isVisible() and self.y() > low:
            self.move(self.x(), max(room.top(), low))

    def stand_clear_of(self, others: Iterable[QWidget]) -> None:
        """Take the place on the screen that covers least of these, right and low if it can."""
        taken = [QRect(one.mapToGlobal(QPoint()), one.size()) for one in others if one.isVisible()]
        place = clear_place(self.screen().availableGeometry(), self.size() + FRAME, taken)
        self.move(place)
        self._placed = True

    @property
    def is_placed(self) -> bool:
        """Whether it has a place already, its own or the one it was moved to."""
        return self._placed

    def showEvent(self, event: QShowEvent) -> None:
        # Some window managers place what comes back anew.
        if self._place is not None and not event.spontaneous():
            self.move(self._place)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._place = on_screen(self.screen().availableGeometry(), self.frameGeometry())
        super().hideEvent(event)

    def close_page(self, page: QWidget) -> None:
        """Close a tab, and the window with the last."""
        index = self.tabs.indexOf(page)
        if index >= 0:
            self.tabs.removeTab(index)
            self.page_gone.emit(page.objectName())
            page.deleteLater()
        if not self.tabs.count():
            self.hide()

    def close_all(self) -> None:
        """Close every tab, and the window."""
        for page in self.pages():
            self.close_page(page)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_all()
        super().closeEvent(event)

    def pages(self) -> list[QWidget]:
        """The pages that are open, in the order of their tabs."""
        found = (self.tabs.widget(index) for index in range(self.tabs.count()))
        return [page for page in found if page is not None]

    def _on_page_seen(self, index: int) -> None:
        if index >= 0:
            self.tabs.setTabText(index, self.tabs.tabText(index).removeprefix(NEWS))

    def _on_close_wanted(self) -> None:
        if self.tabs.count():
            self.close_page(self.tabs.currentWidget())


def on_screen(screen: QRect, frame: QRect) -> QPoint:
    """Where a window stands, or as near to it as all of it is on the screen."""
    return QPoint(
        max(screen.left(), min(frame.left(), screen.right() - frame.width() + 1)),
        max(screen.top(), min(frame.top(), screen.bottom() - frame.height() + 1)),
    )


def clear_place(screen: QRect, size: QSize, taken: Sequence[QRect]) -> QPoint:
    """Where a window of that size covers least of what is taken, the most to the right and low."""
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

    def covered(place: QRect) -> int:
        meets = [place.intersected(one) for one in taken]
        return sum(one.width() * one.height() for one in meets if one.isValid())

    best = min(places, key=lambda place: (covered(place), -place.left(), -place.top()))
    return best.topLeft()


class FictitiousPages(QObject):
    """Shows what a rehearsal would open in the browser; nothing of it leaves the app."""

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
        """The ids of what the page of the tag has shown, also before it was closed."""
        bridge.page_opened.connect(self._on_page_opened)
        bridge.outbox_changed.connect(self._on_outbox_changed)

    @property
    def are_open(self) -> bool:
        """Whether a page is on screen."""
        return bool(self._pages())

    @property
    def at_work(self) -> bool:
        """Whether a message, public or private, is on its page: reading the tag is no work."""
        return any(isinstance(page, MessagePage | PrivatePage) for page in self._pages())

    @property
    def is_posting(self) -> bool:
        """Whether a message is on its page and not posted yet."""
        return any(isinstance(page, MessagePage) and not page.is_posted for page in self._pages())

    def was_seen(self, post_id: str) -> bool:
        """Whether the page of the tag has shown that post of the public."""
        for page in self._pages():
            if isinstance(page, TagPage):
                self._seen |= page.shown
        return post_id in self._seen

    def _pages(self) -> list[QWidget]:
        return self.window.pages() if self.window is not None else []

    def leave_uncovered(self, *widgets: QWidget) -> None:
        """What is to stay in sight while a page is open, until others are told."""
        self._uncovered = widgets

    def close(self) -> None:
        """Close whatever is open: the rehearsal is over, or begins anew."""
        if self.window is not None:
            self.window.close_all()

    def open_page(self, address: str, by_itself: bool = False) -> None:
        """Show what stands for that address of X in a rehearsal."""
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
        """Show what the public says."""
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
        # Whoever asks for the page asks for what is new on it.
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

        # Nor does it take the place of a message that is just being posted, nor what is about to
        # be pasted elsewhere; what was asked for by a press is what one waits for.
        taken = row.kind not in ASKED_FOR and (field_in_hand() or self._is_written_on)
        behind = by_itself and (hour.at_work or taken)
        page = self._shown().show_page(address, make, row_name(row), behind)
        assert isinstance(page, MessagePage)
        if not behind:
            page.take_focus()

    @property
    def _is_written_on(self) -> bool:
        """Whether the page on screen is one of a message that is not posted, or a private one."""
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
        # Its words must not land on the public page of the next message.
        hour.do(Outbox.begin_in_private, key)
        # The rule, the ready answer and the field are to be seen together.
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

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        """Close the pages of what is posted and confirmed: nothing is left to do on them."""
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
        """The rehearsal that runs; what is open of an earlier one is closed."""
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
            # It goes with the page, as when the language changes.
            self.window = FictitiousWindow(self._parent)
            self.window.page_gone.connect(self._on_page_gone)
        if not self.window.is_placed:
            self.window.stand_clear_of(self._uncovered)
        return self.window

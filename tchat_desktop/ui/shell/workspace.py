"""One chat on screen: the rail of steps, the open page, Back and Continue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from tchat_desktop.domain.chat import Chat, Route, until_next_minute
from tchat_desktop.domain.guide import with_end_of_hour
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.schedule import is_near
from tchat_desktop.domain.step_states import Detail
from tchat_desktop.domain.steps import (
    StepId,
    StepStatus,
    neighbours,
    step_named,
    step_number,
)
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.page import Page, PlaceOnPage
from tchat_desktop.ui.shell.arriving import arrive
from tchat_desktop.ui.shell.rail import Rail, RailEntry
from tchat_desktop.ui.shell.step_pages import PageFactory, StepPages
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.status_words import spoken_words, status_words, words_below
from tchat_desktop.wording.step_titles import step_title

Statuses = Callable[[Chat], tuple[StepStatus, ...]]

RAIL_FROM = 900
"""Below this width (at a text scale of 1) the rail gives way to a menu of the steps."""

_SETTLE_MS = 120
"""The rail follows typing after a short pause: states that flicker with each key distract."""

MOST_WAIT_MS = 30_000
"""A computer that slept has another time than the one waited for."""

JUST_PAST_MS = 10


def _never() -> bool:
    """No post leaves from this window."""
    return False


class Workspace(QWidget):
    """Shows the page of one step at a time; any step can be opened at any time.

    `crashed` is told of a page that failed, and returns the details of the error. `leaves_soon`
    tells whether the window must stay open for a post about to leave, `rows_of_hour` gives the
    posts of an hour that was opened.
    """

    step_opened = Signal(StepId)
    home_wanted = Signal()
    new_edition_wanted = Signal(str)
    data_wanted = Signal()

    def __init__(
        self,
        editor: ChatEditor,
        pages: Mapping[StepId, PageFactory],
        statuses: Statuses,
        start: StepId,
        now: Callable[[], datetime],
        crashed: Callable[[BaseException], str],
        unfinished: Mapping[StepId, object] | None = None,
        leaves_soon: Callable[[], bool] = _never,
        rows_of_hour: Callable[[], Sequence[OutboxPost]] = tuple,
    ) -> None:
        super().__init__()
        self._editor = editor
        self._statuses = statuses
        self._leaves_soon = leaves_soon
        self._rows_of_hour = rows_of_hour
        self._under_way = False
        """Whether the hour of the chat is running."""
        self._now = now
        self._step = start
        self._arrived_at: StepId | None = None

        self.rail = Rail()
        self.rail.step_chosen.connect(self.open_step)
        self._pages = StepPages(editor, pages, crashed, unfinished or {})
        self._pages.step_wanted.connect(self.open_step)
        self._pages.check_wanted.connect(self.open_to_check)
        self._pages.place_wanted.connect(self.open_at)
        self._pages.new_edition_wanted.connect(self.new_edition_wanted)
        self._pages.data_wanted.connect(self.data_wanted)
        self._pages.filled.connect(self._on_page_filled)
        self.bar = self._build_bar()

        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._pages, 1)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addWidget(self.rail)
        top.addLayout(right, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(top, 1)
        self._column.addWidget(self.bar)

        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._show_states)
        self._pages.typed_changed.connect(self._settle.start)
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.setTimerType(Qt.TimerType.PreciseTimer)
        self._minute.timeout.connect(self._show_states)
        # Narrow at first: what does not fit would keep the window from ever being narrow.
        self._fit(with_rail=False)
        editor.observe(self._on_chat_changed)
        # Before the first page: Tab comes to what was made first.
        self.rail.show_entries(_entries(statuses(editor.chat)), start)
        self.open_step(start)

    @property
    def step(self) -> StepId:
        """The step whose page is open."""
        return self._step

    def page(self, step: StepId) -> Page:
        """The page of a step, made when it is first wanted; one that failed says so."""
        return self._pages.page(step)

    def open_to_check(self, step: StepId) -> None:
        """Open the page of a step where it has something that waits to be looked at."""
        self.open_step(step)
        self._pages.show_to_check(step)

    def open_at(self, step: StepId, place: str) -> None:
        """Open the page of a step at a `PlaceOnPage`."""
        self.open_step(step)
        self._pages.show_place(step, PlaceOnPage(place))

    def open_begun(self, step: StepId) -> None:
        """Open the page of a step where something was begun that waits to go on."""
        self.open_step(step)
        self._pages.show_begun(step)

    def unfinished(self) -> Mapping[StepId, object]:
        """What was typed on the pages and is not in the chat, for the workspace that follows."""
        return self._pages.unfinished()

    @property
    def typed(self) -> list[str]:
        """What was typed on the pages and is gone once the chat is closed, in words."""
        return self._pages.typed

    def prepare_next_page(self) -> bool:
        """Make one page that was not opened yet, so that opening it is instant; False if none."""
        return self._pages.make_next()

    def open_step(self, step: StepId) -> None:
        """Show the page of a step, with the keyboard at its beginning."""
        self._step = step
        self._pages.show_page(step)
        self._show_states()
        self._show_bar()
        if self.isVisible():
            self._arrive()
        self.step_opened.emit(step)

    def _arrive(self) -> None:
        if self._step is not self._arrived_at:
            self._arrived_at = self._step
            arrive(self._pages.page(self._step), self._step)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What is not on screen cannot have the keyboard.
        self._arrive()

    def show_entered(self, before: QWidget | None, at: QWidget | None) -> None:
        """Scroll to what Tab came to on the page from outside: Qt does so within a page only."""
        page = self._pages.page(self._step)
        if at is None or before is None or not page.inner.isAncestorOf(at):
            return
        # What was hidden or disabled lost the keyboard, and nobody pressed Tab.
        if before.isVisible() and before.isEnabled() and not page.isAncestorOf(before):
            page.bring_into_view(at)

    def keep_order(self) -> None:
        """Let Tab follow the page as it is read, whatever was made on it since; the bar is last."""
        put_in_reading_order(*self._pages.page(self._step).parts)
        bar = (self._back, self._steps_button, self._on)
        last = self.window().previousInFocusChain()
        # Qt leaves the order as it is after what does not take the keyboard.
        while last in bar or (last and not last.focusPolicy() & Qt.FocusPolicy.TabFocus):
            last = last.previousInFocusChain()
        assert last is not None
        for before, button in pairwise((last, *bar)):
            QWidget.setTabOrder(before, button)

    def offer_rehearsal(self) -> None:
        """Offer on the open page to see an hour rehearsed: a first visit may begin with that."""
        see = Button(_("See an hour in rehearsal"), "quiet", "play", self._to_rehearsal)
        words = _("This is an example: change whatever you like, or see the hour itself first.")
        page = self._pages.page(self._step)
        page.add_first(Notice(words, "plum", see))
        self.keep_order()

    def _to_rehearsal(self) -> None:
        self.open_step(StepId.REHEARSAL)

    def show_again(self) -> None:
        """Show the open page anew: an hour began or ended elsewhere."""
        self._pages.show_chat(self._step)
        self._show_states()

    def show_states_soon(self) -> None:
        """Bring the rail up to date, once for several changes."""
        self._settle.start()

    def leave(self) -> None:
        """Stop listening: another chat, or the same in another language, comes on screen."""
        self._editor.forget(self._on_chat_changed)
        self._settle.stop()
        self._minute.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(with_rail=self.width() >= theme.px(RAIL_FROM))

    def _fit(self, with_rail: bool) -> None:
        self.rail.setVisible(with_rail)
        self._steps_button.setVisible(not with_rail)
        self._note.setVisible(with_rail)
        self._show_way_on()
        # At once, before the page is painted where the rail is to stand.
        self._column.activate()

    def _build_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("bar", True)
        bar.setProperty("side", "bottom")
        self._back = Button(_("Back"), icon_name="previous", clicked=self.go_back)
        self._steps_button = Button(_("Steps"), icon_name="down")
        self._steps_menu = QMenu(self._steps_button)
        self._steps_button.setMenu(self._steps_menu)
        self._steps_menu.aboutToShow.connect(self._fill_steps_menu)
        self._note = Text("", "small", wrap=False)
        self._on = Button("", kind="primary", clicked=self.go_on)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(theme.px(24), theme.px(10), theme.px(24), theme.px(10))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self._back)
        layout.addWidget(self._steps_button)
        layout.addStretch(1)
        layout.addWidget(self._note)
        layout.addWidget(self._on)
        return bar

    def _show_bar(self) -> None:
        before, _after = neighbours(self._step)
        self._show_weight()
        self._back.setEnabled(before is not None)
        self._show_way_on()

    def _show_weight(self) -> None:
        """Going on is the main thing, unless the page has something of its own to do first."""
        # Leaving the hour is never what comes next.
        page = self._pages.page(self._step)
        own = self._step is StepId.HOUR or page.has_main_button
        self._on.set_kind("quiet" if own else "primary")
        self._on.setVisible(page.leads_on)

    def _on_page_filled(self) -> None:
        self._show_weight()
        self._settle.start()

    def _show_way_on(self) -> None:
        _before, after = neighbours(self._step)
        if after is None:
            self._on.setEnabled(True)
            self._on.show_text(_("Back to my chats"))
            return
        # In the middle of the hour nothing must look like the next thing to do.
        in_the_hour = self._step is StepId.HOUR and self._under_way
        self._on.setEnabled(not in_the_hour)
        whole = _("After the chat: {step}") if in_the_hour else _("Continue: {step}")
        whole = whole.format(step=step_title(after))
        self._on.show_text(whole)
        if self.bar.sizeHint().width() > self.width():
            # With large text on a small screen, the button itself is what must not be cut off.
            self._on.show_text(_("Continue"), whole)

    def _show_states(self) -> None:
        statuses = self._status_of_all()
        self.rail.show_entries(_entries(statuses), self._pages.page(self._step).shown_as)
        self._show_weight()
        under_way = (Detail.LIVE, Detail.LAST_MESSAGES)
        live = any(status.detail in under_way for status in statuses)
        if live is not self._under_way:
            self._under_way = live
            self._show_way_on()
        words = _("Everything is saved: you can close now.")
        if self.typed:
            words = _("A text you typed is not sent yet.")
        open_ends = next((one.number for one in statuses if one.detail is Detail.UNCONFIRMED), 0)
        if open_ends:
            words = ngettext(
                "Everything is saved. One message is still to be confirmed.",
                "Everything is saved. Some messages are still to be confirmed.",
                open_ends,
            )
        if live and not self._leaves_soon():
            # Not opened yet, on hold, or nothing is planned any more.
            words = _("The chat is under way. Nothing leaves from here for now.")
        elif self._leaves_soon():
            words = _("Keep this window open: the posts of the chat leave only from here.")
            if self._editor.chat.route is not Route.KEYS:
                words = _("Keep this window open: it opens the page of each post at its time.")
        elif is_near(self._editor.chat, self._now()):
            # It is not opened yet: nothing leaves, but the waiting room says so too.
            words = _("Keep this window open for the chat.")
        self._note.setText(words)
        self._wait_for_minute()

    def _status_of_all(self) -> tuple[StepStatus, ...]:
        """How far each step is; the hour by its posts as well, as its page tells it."""
        return with_end_of_hour(self._statuses(self._editor.chat), self._rows_of_hour())

    def _wait_for_minute(self) -> None:
        """Change the minutes in the rail when those of the chat on its page change."""
        left = until_next_minute(self._editor.chat, self._now()) // timedelta(milliseconds=1)
        self._minute.start(min(MOST_WAIT_MS, left + JUST_PAST_MS))

    def _fill_steps_menu(self) -> None:
        self._steps_menu.clear()
        for status in self._status_of_all():
            name = f"{step_number(status.step)}. {step_title(status.step)}"
            action = self._steps_menu.addAction(f"{name} – {status_words(status)}")
            action.setData(status.step)
            action.triggered.connect(self._on_step_picked)

    def _on_step_picked(self) -> None:
        picked = self.sender()
        assert isinstance(picked, QAction)
        step = step_named(picked.data())
        assert step is not None
        self.open_step(step)

    def _on_chat_changed(self, _chat: Chat) -> None:
        self._pages.show_chat(self._step)
        self._settle.start()

    def go_back(self) -> None:
        """Open the step before, if there is one."""
        before, _after = neighbours(self._step)
        if before is not None:
            self.open_step(before)

    def go_on(self) -> None:
        """Open the step after; the last one leads home."""
        _before, after = neighbours(self._step)
        if after is None:
            self.home_wanted.emit()
        else:
            self.open_step(after)


def _entries(statuses: tuple[StepStatus, ...]) -> tuple[RailEntry, ...]:
    return tuple(
        RailEntry(
            step=status.step,
            stage=status.step.stage,
            number=number,
            title=step_title(status.step),
            state=status.state,
            line=words_below(status),
            spoken=spoken_words(status),
            waits=status.detail is Detail.AFTER_CHAT,
            too_late=status.detail is Detail.ANNOUNCING_OVER,
        )
        for number, status in enumerate(statuses, start=1)
    )

"""A day, with its hour if one likes: typed, or picked from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout

from tchat_desktop.domain.languages import FALLBACK
from tchat_desktop.domain.typed_time import LONGEST_TYPED, read_typed
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.proposed_line import ProposedLine
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _


class DayEdit(ProposedLine):
    """Shows a day in words. `today` gives the day it is for the organiser, `day_first` whether
    05/12 is in December there.

    What cannot be read, or does not fit together, stays as it was typed: `refused` carries the
    text, `doubted` what was read.
    """

    chosen = Signal(object, object)
    """A date, or None when the field was emptied; and the hour that was typed with it, or None."""
    doubted = Signal(object)
    """A Reading with a doubt."""
    refused = Signal(str)

    def __init__(self, today: Callable[[], date], day_first: Callable[[], bool]) -> None:
        super().__init__()
        self._today, self._day_first = today, day_first
        # What is longer is refused whole rather than read in part.
        self.setMaxLength(LONGEST_TYPED + 1)
        self._day: date | None = None
        self._refused = False
        self._popup: QFrame | None = None
        self._button = Button(_("Open the calendar"), "icon", "calendar", self.open_calendar)
        self._button.setParent(self)
        self.editingFinished.connect(self._on_finished)

    @property
    def day(self) -> date | None:
        """The day shown last; what is being typed may differ."""
        return self._day

    def show_day(self, day: date | None) -> None:
        """Show a day; what is being typed stays as long as the day is the same."""
        if day != self._day:
            self._day, self._refused = day, False
            self.setText(_in_words(day))

    def open_calendar(self) -> None:
        """Show a calendar below the field."""
        if self._popup is None:
            self._popup = self._build_popup()
        calendar = self._popup.findChild(QCalendarWidget)
        assert calendar is not None
        today = self._today()
        calendar.setMinimumDate(QDate(today.year, today.month, today.day))
        _grey(calendar, today)
        shown = self._day if self._day and self._day >= today else today
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._popup.adjustSize()
        self._popup.move(self._popup_place())
        self._popup.show()
        calendar.setFocus()

    @property
    def calendar(self) -> QCalendarWidget | None:
        """The calendar, once it was opened."""
        return self._popup.findChild(QCalendarWidget) if self._popup else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Square, inside the frame; at the end of the line, whichever side that is.
        side = self.height() - 4
        self._button.setFixedSize(side, side)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._button.move(2 if mirrored else self.width() - side - 2, 2)
        self.setTextMargins(side if mirrored else 0, 0, 0 if mirrored else side, 0)

    def _build_popup(self) -> QFrame:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setProperty("card", True)
        calendar = QCalendarWidget()
        code = i18n.language()
        calendar.setLocale(QLocale(FALLBACK if code == i18n.PSEUDO else code))
        calendar.setFirstDayOfWeek(calendar.locale().firstDayOfWeek())
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setMinimumSize(theme.px(340), theme.px(270))
        calendar.setAccessibleName(_("Calendar"))
        _dress(calendar)
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(*(theme.px(6),) * 4)
        layout.addWidget(calendar)
        return popup

    def _popup_place(self) -> QPoint:
        """Below the field, beside it where the screen ends: what stands above stays in sight."""
        assert self._popup is not None
        field = QRect(self.mapToGlobal(QPoint(0, 0)), self.size())
        room, size = self.screen().availableGeometry(), self._popup.sizeHint()
        place = QPoint(field.left(), field.bottom() + 2)
        if place.y() + size.height() > room.bottom():
            beside = field.right() + 3
            if self.isRightToLeft():
                beside = field.left() - size.width() - 2
            place = QPoint(beside, room.bottom() - size.height() - theme.px(4))
        place.setX(max(room.left(), min(place.x(), room.right() - size.width())))
        place.setY(max(room.top(), place.y()))
        return place

    def _on_picked(self, picked: QDate) -> None:
        if self._popup is not None:
            self._popup.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choose(date(picked.year(), picked.month(), picked.day()))

    def _on_finished(self) -> None:
        text = self.text().strip()
        same = text == _in_words(self._day)
        if same and not self._refused:
            return
        if same or not text:
            self.choose(self._day if same else None)
            return
        found = read_typed(text, self._today(), self._day_first())
        self._refused = found is None or found.doubt is not None
        if found is None:
            self.refused.emit(text)
        elif found.doubt is not None:
            self.doubted.emit(found)
        else:
            self.choose(found.day, found.hour)

    def choose(self, day: date | None, hour: time | None = None) -> None:
        """Take a day, with its hour if there is one."""
        self._day, self._refused = day, False
        self.setText(_in_words(day))
        self.chosen.emit(day, hour)


def _dress(calendar: QCalendarWidget) -> None:
    """Our colours and arrows: Qt paints Sundays red and its arrows black, on any ground."""
    plain = QTextCharFormat()
    plain.setForeground(QColor(theme.tokens().ink))
    for day in Qt.DayOfWeek:
        calendar.setWeekdayTextFormat(day, plain)
    names = ["previous", "next"]
    if calendar.isRightToLeft():
        names.reverse()
    for button, name in zip(("prev", "next"), names, strict=True):
        arrow = calendar.findChild(QToolButton, f"qt_calendar_{button}month")
        assert arrow is not None
        arrow.setIcon(icon(name, theme.tokens().plum))
        arrow.setIconSize(QSize(theme.px(18), theme.px(18)))


def _grey(calendar: QCalendarWidget, today: date) -> None:
    """Show that the days of this month and the last that have passed cannot be taken.

    The style sheet greys those of other months.
    """
    grey = QTextCharFormat()
    grey.setForeground(QColor(theme.tokens().field_line))
    calendar.setDateTextFormat(QDate(), QTextCharFormat())
    for away in range(1, 62):
        past = today - timedelta(days=away)
        calendar.setDateTextFormat(QDate(past.year, past.month, past.day), grey)


def _in_words(day: date | None) -> str:
    return i18n.format_day(day, with_year=True) if day else ""

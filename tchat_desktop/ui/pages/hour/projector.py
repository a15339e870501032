"""The window for the projector: what a room sees of the hour, in large letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.projected import ProjectedQuestion, ProjectedTime, Quote
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.fit_text import FitText
from tchat_desktop.ui.pages.shared.hour_words import countdown
from tchat_desktop.ui.shortcuts import Shortcut, named, sequence
from tchat_desktop.ui.tokens import DARK, LIGHT, Radius, Tokens
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.i18n import _, format_hour, ngettext
from tchat_desktop.wording.when_words import city_of

ROUND_ALL, ROUND_QUOTE = 56, 24
"""The room round the whole and round a highlight, in pixels at the size below."""
WIDE, HIGH = 1920, 1080
"""The size that all lengths of this window are given for."""
LEAST_FOR_THREE = 1.5
"""How many times wider than high the window is at least, to show three highlights."""
_BOLD = QFont.Weight.Bold


@dataclass(frozen=True, slots=True)
class Projected:
    """What the room sees at one instant."""

    chat: Chat
    time: ProjectedTime
    question: ProjectedQuestion | None
    to_come: ProjectedQuestion | None
    quotes: tuple[Quote, ...]
    rehearsing: bool = False


class Projector(QWidget):
    """Shows what it is told, and nothing else; its buttons are hidden while it fills the screen."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("projector")
        self.setWindowTitle(_("For the projector"))
        self.setMinimumSize(640, 400)
        self._colours: Tokens = theme.tokens()
        self._shown: Projected | None = None
        self.tag = FitText(_BOLD)
        self.rehearsing = Text(_("Rehearsal: nothing is published. The public is invented."))
        self.left = FitText(_BOLD)
        self.number = FitText(_BOLD)
        self.question = FitText(_BOLD)
        self.to_come = FitText()
        self.clocks = [_Clock() for _one in range(3)]
        self.quotes = [_QuoteBox() for _one in range(3)]
        self._stand()
        self._add_keys()
        self._dress()

    def _stand(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.tag, 3)
        for clock in self.clocks:
            self._top.addWidget(clock, 1)
        self._asked = QHBoxLayout()
        self._asked.addWidget(self.number, 1)
        self._asked.addWidget(self.left, 12)
        for low in (self.number, self.left):
            low.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._said = QHBoxLayout()
        for quote in self.quotes:
            self._said.addWidget(quote, 1)
        self.fills = Button("", "quiet", clicked=self.toggle_full_screen)
        self.shows_next = Tick(_("Show the next question"), self._on_next)
        self.shows_next.setChecked(True)
        self.is_dark = Tick(_("Dark"), self._on_dark)
        close = Button(_("Close"), "quiet", "close", self.close)
        self.buttons = QFrame()
        self.buttons.setProperty("part", "buttons")
        line = row(self.fills, self.shows_next, self.is_dark, None, close)
        line.setContentsMargins(*(theme.px(theme.Space.BESIDE),) * 4)
        self.buttons.setLayout(line)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.rehearsing)
        self._column.addLayout(self._top, 4)
        self._column.addLayout(self._asked, 3)
        self._column.addWidget(self.question, 12)
        self._column.addWidget(self.to_come, 3)
        self._column.addLayout(self._said, 9)
        self._column.addWidget(self.buttons)

    def _add_keys(self) -> None:
        QShortcut(sequence(Shortcut.FULL_SCREEN), self, self.toggle_full_screen)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._on_escape)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)

    def show_hour(self, projected: Projected) -> None:
        """Show the hour as it is now."""
        self._shown = projected
        chat, time = projected.chat, projected.time
        self.rehearsing.setVisible(projected.rehearsing)
        self.tag.show_text(f"#{chat.hashtag}" if chat.hashtag else chat.topic)
        for clock, shown in zip(self.clocks, _clocks(chat, time.clocks), strict=True):
            clock.show_time(*shown)
        self.left.show_text(_left_words(time))
        self._show_question(projected)
        self._show_quotes(projected.quotes)

    def _show_question(self, projected: Projected) -> None:
        question, time = projected.question, projected.time
        if time.begins_in is not None:
            self.number.hide()
            self.question.show_text(projected.chat.topic)
        elif not time.left:
            self.number.hide()
            self.question.show_text(_("Thank you!"))
        else:
            numbered = question is not None and question.number is not None
            self.number.setVisible(numbered)
            self.number.show_text(f"Q{question.number}" if numbered and question else "")
            self.question.show_text(question.text if question else projected.chat.topic)
        self._show_to_come(projected)

    def _show_to_come(self, projected: Projected) -> None:
        coming = projected.to_come if projected.time.left else None
        words = ""
        if coming is not None and coming.number is not None:
            name = f"Q{coming.number}"
            words = _("Next: {name} {question}").format(name=name, question=coming.text)
        self.to_come.show_text(words if self.shows_next.isChecked() else "")
        self.to_come.setVisible(bool(self.to_come.whole))

    def _show_quotes(self, quotes: Sequence[Quote]) -> None:
        # In a narrow window three would be too small to be read from afar.
        shown = quotes if self.width() >= LEAST_FOR_THREE * self.height() else quotes[:2]
        for index, box in enumerate(self.quotes):
            box.show_quote(shown[index] if index < len(shown) else None)

    # --- how it looks --------------------------------------------------------------------------

    def toggle_full_screen(self) -> None:
        """Fill the screen, or give it back."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.buttons.setHidden(self.isFullScreen())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size()
        if self._shown is not None:
            self._show_quotes(self._shown.quotes)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    @property
    def _unit(self) -> float:
        return min(self.width() / WIDE, self.height() / HIGH)

    def _size(self) -> None:
        unit = self._unit
        gap = round(28 * unit)
        self._column.setContentsMargins(*(round(ROUND_ALL * unit),) * 4)
        self._column.setSpacing(gap)
        for box in (self._top, self._asked, self._said):
            box.setSpacing(gap)
        self.tag.be_sized(30 * unit, 84 * unit)
        self.left.be_sized(24 * unit, 44 * unit)
        self.number.be_sized(40 * unit, 60 * unit)
        self.question.be_sized(34 * unit, 84 * unit)
        self.to_come.be_sized(22 * unit, 32 * unit)
        for clock in self.clocks:
            clock.be_sized(unit)
        for quote in self.quotes:
            quote.be_sized(unit)

    def _dress(self) -> None:
        """Put on the colours: the room may be dark while the organiser's screen is light."""
        t = self._colours
        self.is_dark.setChecked(t.name.endswith("dark"))
        words = _("Full screen ({key})").format(key=named(Shortcut.FULL_SCREEN))
        self.fills.show_text(words)
        self.setStyleSheet(
            f"QWidget#projector {{ background: {t.sand}; }}"
            f"QWidget#projector QLabel {{ color: {t.ink}; background: transparent; }}"
            f'QWidget#projector QLabel[part="strong"] {{ color: {t.plum}; }}'
            f'QWidget#projector QLabel[part="quiet"] {{ color: {t.muted}; }}'
            f'QWidget#projector QFrame[part="quote"] {{ background: {t.paper};'
            f" border: 1px solid {t.line}; border-radius: {Radius.CARD}px; }}"
            # The buttons have the colours of the other windows.
            f'QWidget#projector QFrame[part="buttons"] {{ background: {theme.tokens().paper};'
            f" border-radius: {Radius.CONTROL}px; }}"
        )
        for strong in (self.tag, self.number):
            strong.setProperty("part", "strong")
        for quiet in (self.left, self.to_come, self.rehearsing):
            quiet.setProperty("part", "quiet")
        self._size()

    def _on_next(self) -> None:
        if self._shown is not None:
            self._show_to_come(self._shown)

    def _on_dark(self) -> None:
        self._colours = DARK if self.is_dark.isChecked() else LIGHT
        self._dress()

    def _on_escape(self) -> None:
        if self.isFullScreen():
            self.showNormal()


class _Clock(QWidget):
    """What the clocks show at one place of the audience."""

    def __init__(self) -> None:
        super().__init__()
        self.hour, self.place = FitText(_BOLD), FitText()
        self.place.setProperty("part", "quiet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.hour, 3)
        self._column.addWidget(self.place, 2)

    def show_time(self, hour: str, place: str) -> None:
        """Show the hour at a place; "" for no place."""
        self.hour.show_text(hour)
        self.place.show_text(place)
        self.setVisible(bool(hour))

    def be_sized(self, unit: float) -> None:
        """Be drawn so many times larger."""
        self._column.setSpacing(round(4 * unit))
        self.hour.be_sized(26 * unit, 60 * unit)
        self.place.be_sized(16 * unit, 28 * unit)


class _QuoteBox(QFrame):
    """One highlight with its author."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "quote")
        self.words, self.author = FitText(), FitText(_BOLD)
        self.author.setProperty("part", "strong")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.words, 5)
        self._column.addWidget(self.author, 1)

    def show_quote(self, quote: Quote | None) -> None:
        """Show a highlight; None for none."""
        if quote is not None:
            self.words.show_text(quote.text)
            self.author.show_text(quote.author)
        self.setVisible(quote is not None)

    def be_sized(self, unit: float) -> None:
        """Be drawn so many times larger."""
        self._column.setContentsMargins(*(round(ROUND_QUOTE * unit),) * 4)
        self._column.setSpacing(round(8 * unit))
        self.words.be_sized(20 * unit, 34 * unit)
        self.author.be_sized(18 * unit, 26 * unit)


def _clocks(chat: Chat, clocks: Sequence[tuple[str, datetime]]) -> list[tuple[str, str]]:
    shown = [(format_hour(local), city_of(chat, zone)) for zone, local in clocks]
    return shown + [("", "")] * (3 - len(shown))


def _left_words(time: ProjectedTime) -> str:
    if time.begins_in is not None:
        if time.begins_in >= timedelta(hours=24):
            return ""
        return _("Begins in {time}").format(time=countdown(time.begins_in))
    if not time.left:
        return _("The chat is over.")
    minutes = -(-time.left // timedelta(minutes=1))
    words = ngettext("{count} minute left", "{count} minutes left", minutes)
    return words.format(count=minutes)

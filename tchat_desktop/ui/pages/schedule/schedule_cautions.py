"""Cautions about the chosen day and hour, each with a button where there is a remedy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.schedule import (
    JUDGED_CAUTIONS,
    NIGHT,
    Caution,
    CautionKind,
    LocalTime,
    local_times,
    mark_of_caution,
)
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.judged_hints import AsideButton, MeantButton
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _, format_hour
from tchat_desktop.wording.tone import Tone
from tchat_desktop.wording.when_words import city_of

_TONES: dict[CautionKind, Tone] = {
    CautionKind.RULES_CHANGED: "look",
    CautionKind.IN_PAST: "stop",
    CautionKind.UNDER_WAY: "plain",
    CautionKind.UNDER_A_DAY: "plain",
    CautionKind.UNDER_A_WEEK: "look",
    CautionKind.NIGHT: "look",
    CautionKind.AMBIGUOUS_HOUR: "look",
    CautionKind.DST_CHANGE: "plain",
    CautionKind.HOLIDAY: "look",
    CautionKind.RAMADAN: "look",
    CautionKind.WEEKEND: "plain",
}
_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


class Cautions(QWidget):
    """One notice for each kind of caution, which names the places concerned."""

    day_wanted = Signal()
    seen = Signal()
    """Emitted when the organiser confirms to know that the rules of the clocks have changed."""
    shift_wanted = Signal(object)
    """Emitted with the timedelta by which to move the start."""
    meant = Signal(str)
    """Emitted with the mark of the caution that the organiser puts aside."""
    told_again = Signal(tuple)
    """Emitted with the marks of those they want to see again."""

    def __init__(self) -> None:
        super().__init__()
        self._notices: dict[CautionKind, HintNotice] = {}
        self._night_shift = -_HOUR
        self._night_button = Button("", clicked=self._on_night)
        buttons: dict[CautionKind, Button | None] = {
            CautionKind.RULES_CHANGED: Button(_("I have seen it"), clicked=self.seen.emit),
            CautionKind.IN_PAST: Button(_("Choose another day"), clicked=self.day_wanted.emit),
            CautionKind.UNDER_WAY: None,
            CautionKind.UNDER_A_DAY: None,
            CautionKind.UNDER_A_WEEK: Button(_("A week later"), clicked=self._on_week),
            CautionKind.NIGHT: self._night_button,
            CautionKind.AMBIGUOUS_HOUR: Button(_("An hour later"), clicked=self._on_later),
            CautionKind.DST_CHANGE: None,
            CautionKind.HOLIDAY: Button(_("A day later"), clicked=self._on_day),
            CautionKind.RAMADAN: None,
            CautionKind.WEEKEND: None,
        }
        self._meant: dict[CautionKind, MeantButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        for kind, button in buttons.items():
            notice = HintNotice("", _TONES[kind], button)
            notice.hide()
            layout.addWidget(notice)
            self._notices[kind] = notice
            if kind in JUDGED_CAUTIONS:
                self._meant[kind] = MeantButton()
                self._meant[kind].wanted.connect(self.meant)
                notice.add_below(self._meant[kind])
        self._aside = AsideButton()
        self._aside.wanted.connect(self.told_again)
        layout.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_chat(self, chat: Chat, cautions: tuple[Caution, ...]) -> None:
        """Show the cautions about the start of a chat."""
        by_zone = {time.zone: time for time in local_times(chat)}
        marks = {kind: mark_of_caution(chat, kind) for kind in {one.kind for one in cautions}}
        aside = [mark for mark in marks.values() if mark and mark in chat.meant]
        cautions = tuple(one for one in cautions if marks[one.kind] not in aside)
        self._aside.show_marks(aside, _("the day and the hour"))
        for kind, notice in self._notices.items():
            concerned = [by_zone.get(one.zone) for one in cautions if one.kind is kind]
            places = [time for time in concerned if time is not None]
            if kind is CautionKind.NIGHT and places:
                self._show_night_button(places[0])
            words = ""
            if kind is CautionKind.HOLIDAY:
                words = _holidays(chat, cautions)
            elif concerned:
                words = _SENTENCES[kind](chat, places)
            notice.say(words, _TONES[kind])
            if kind in self._meant:
                self._meant[kind].show_mark(marks.get(kind, "") if words else "", words)
        self.setVisible(bool(cautions or aside))

    def notice(self, kind: CautionKind) -> HintNotice:
        """Return the notice of a kind, visible or not."""
        return self._notices[kind]

    def _show_night_button(self, time: LocalTime) -> None:
        late = time.local.hour >= 12 or time.local.time() >= NIGHT
        self._night_shift = -_HOUR if late else _HOUR
        self._night_button.show_text(
            _("An hour earlier") if late else _("An hour later"),
            _("Start an hour earlier") if late else _("Start an hour later"),
        )

    def _on_night(self) -> None:
        self.shift_wanted.emit(self._night_shift)

    def _on_day(self) -> None:
        self.shift_wanted.emit(_DAY)

    def _on_week(self) -> None:
        self.shift_wanted.emit(_WEEK)

    def _on_later(self) -> None:
        self.shift_wanted.emit(_HOUR)


def _cities(chat: Chat, times: list[LocalTime]) -> str:
    return ", ".join(city_of(chat, time.zone) for time in times)


def _holidays(chat: Chat, cautions: tuple[Caution, ...]) -> str:
    """Return where the day is a public holiday, and which one if it has a name; "" for nowhere."""
    told = [one for one in cautions if one.kind is CautionKind.HOLIDAY]
    if not told:
        return ""
    where = ", ".join(
        _("{city} ({holiday})").format(city=city_of(chat, one.zone), holiday=one.name)
        if one.name
        else city_of(chat, one.zone)
        for one in told
    )
    return _(
        "A public holiday in {places}: people are with their families, and the media are closed. "
        "It helps only a chat about that day."
    ).format(places=where)


def _night(chat: Chat, times: list[LocalTime]) -> str:
    where = ", ".join(
        _("{hour} in {city}").format(hour=format_hour(time.local), city=city_of(chat, time.zone))
        for time in times
    )
    return _("Late or very early: {places}. Few people will be there.").format(places=where)


def _moved(chat: Chat, times: list[LocalTime]) -> str:
    """Return the sentence on changed clock rules: the hour on the organiser's clock stays."""
    return _(
        "The clocks of {city} have changed their rules. The chat stays at {hour} there, which is "
        "another hour elsewhere: look at the hours below, and announce them anew."
    ).format(city=city_of(chat, chat.time_zone), hour=format_hour(times[0].local))


_SENTENCES: dict[CautionKind, Callable[[Chat, list[LocalTime]], str]] = {
    CautionKind.RULES_CHANGED: _moved,
    CautionKind.IN_PAST: lambda _chat, _times: _("This hour has passed. Choose another day."),
    CautionKind.UNDER_WAY: lambda _chat, _times: _("This hour has begun: it is that of the chat."),
    CautionKind.UNDER_A_DAY: lambda _chat, _times: _(
        "It is for the next hours: only those you tell yourself today will come."
    ),
    CautionKind.UNDER_A_WEEK: lambda _chat, _times: _(
        "Less than a week is left: guests and public will have little time to prepare."
    ),
    CautionKind.NIGHT: _night,
    CautionKind.RAMADAN: lambda chat, times: _(
        "It is Ramadan then in {places} (by the estimated dates): avoid the hour at which the fast "
        "is broken."
    ).format(places=_cities(chat, times)),
    CautionKind.WEEKEND: lambda chat, times: _(
        "A weekend day in {places}: some have more time, but organisations and the media are away."
    ).format(places=_cities(chat, times)),
    CautionKind.AMBIGUOUS_HOUR: lambda chat, times: _(
        "Clocks go back that night in {places}, so this hour comes twice. Choose another hour."
    ).format(places=_cities(chat, times)),
    CautionKind.DST_CHANGE: lambda chat, times: _(
        "Clocks change before that day in {places}. The hours shown here take it into account."
    ).format(places=_cities(chat, times)),
}

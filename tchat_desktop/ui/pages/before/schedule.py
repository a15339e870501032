"""Le sujet, le jour et l'heure: what about, when, and what time that is for everyone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from tchat_desktop.domain import schedule
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.guide import StepId
from tchat_desktop.domain.schedule import InternationalDay, WallKind
from tchat_desktop.i18n import _, city, format_day, format_hour
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.before.schedule_cautions import Cautions
from tchat_desktop.ui.pages.before.schedule_days import RelatedDays
from tchat_desktop.ui.pages.before.schedule_places import Places, unknown_place
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.steps import step_title
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card
from tchat_desktop.ui.widgets.day_edit import DayEdit
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.hour_edit import HourEdit
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.zone_edit import ZoneEdit

USUAL_START = time(20)
"""Proposed until the organiser says otherwise: people are home, and it is not yet night."""

DURATIONS = (30, 45, 60, 75, 90, 120)


class SchedulePage(Page):
    """The second step of the guide.

    `days` are the international days there are, `now` gives the time (UTC).
    """

    step = StepId.SCHEDULE

    def __init__(
        self,
        editor: ChatEditor,
        days: tuple[InternationalDay, ...],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(
            step_title(StepId.SCHEDULE),
            _("What will people talk about, and when? A chat lasts an hour in general."),
        )
        self._editor, self._days, self._now = editor, days, now
        self._cautions = Cautions()
        self._cautions.day_wanted.connect(self._on_other_day_wanted)
        self._cautions.shift_wanted.connect(self._on_shift_wanted)
        self._places = Places()
        self._places.zones_changed.connect(self._on_zones_changed)
        self._places.rearranged.connect(self._order_tabs)
        self._related = RelatedDays()
        self._related.day_wanted.connect(self._on_day_chosen)
        self._related.rearranged.connect(self._order_tabs)
        self.add(self._topic_card(), self._when_card(), self._places, self._related)
        self.content.addStretch(1)
        self._add_advice_cards()

    def show_chat(self, chat: Chat) -> None:
        """Show topic and times; what is being typed, or was refused, stays as it was typed."""
        if self._topic.text() != chat.topic:
            self._topic.setText(chat.topic)
        self._summary.show_text(chat.summary)
        local = chat.starts_local
        self._show_start(local)
        self._show_minutes(chat.minutes)
        if chat.time_zone != self._zone.zone:
            self._zone_field.say("")
        self._zone.show_zone(chat.time_zone)
        now = self._now()
        self._cautions.show_cautions(schedule.cautions(chat, now), schedule.local_times(chat))
        self._places.show_chat(chat)
        today = now.astimezone(chat.zone).date()
        self._related.show_days(schedule.related_days(chat, self._days, now), chat, today)
        self._show_free_hours(chat)

    def _topic_card(self) -> Card:
        self._topic = LineEdit(Cap.LINE)
        self._topic.setPlaceholderText(_("Example: Child marriage: taking action in Dakar"))
        self._topic.textEdited.connect(self._on_topic_edited)
        self._summary = GrowingEdit(lines=2)
        self._summary.setPlaceholderText(
            _("Example: An hour with a midwife and a teacher to protect girls.")
        )
        self._summary.textChanged.connect(self._on_summary_edited)
        card = Card(spacing=14)
        card.add(
            Field(_("Topic"), self._topic, _("A line that goes into invitations and posts.")),
            Field(_("In one sentence"), self._summary, _("What people will take away from it.")),
        )
        return card

    def _when_card(self) -> Card:
        self._day = DayEdit(self._today)
        self._day.chosen.connect(self._on_day_chosen)
        self._day.refused.connect(self._on_day_refused)
        self._hour = HourEdit()
        self._hour.chosen.connect(self._on_hour_chosen)
        self._hour.refused.connect(self._on_hour_refused)
        self._minutes = QuietComboBox()
        for minutes in DURATIONS:
            self._minutes.addItem(_duration(minutes), minutes)
        self._minutes.activated.connect(self._on_minutes_chosen)
        self._zone = ZoneEdit(schedule.common_zones())
        self._zone.chosen.connect(self._on_zone_chosen)
        self._zone.refused.connect(self._on_zone_refused)
        self._day_field = Field(_("Day"), self._day)
        self._hour_field = Field(_("Hour"), self._hour)
        self._zone_field = Field(_("Your city, or the largest one of your country"), self._zone)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(14))
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._day_field, 0, 0, top)
        grid.addWidget(self._hour_field, 0, 1, top)
        grid.addWidget(self._zone_field, 1, 0, top)
        grid.addWidget(Field(_("Duration"), self._minutes), 1, 1, top)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        card = Card(spacing=14)
        card.add(grid, self._cautions)
        return card

    def _add_advice_cards(self) -> None:
        free = Card(padding=16, spacing=8)
        self._free_hours = Text("")
        free.add(Text(_("Be free an hour before and after"), "advice"), self._free_hours)
        self.add_advice(
            free,
            AdviceCard(
                _("Which hour?"),
                _(
                    "The early evening of a working day suits most people. Avoid the hours of "
                    "prayer, of great matches and of power cuts."
                ),
            ),
            AdviceCard(
                _("An example"),
                _(
                    "“Child marriage: taking action in Dakar”: a cause, a place, and something "
                    "to do."
                ),
                Button(_("Use this topic"), clicked=self._use_example),
            ),
        )

    def _show_start(self, local: datetime | None) -> None:
        day = local.date() if local else None
        if day != self._day.day:
            self._day_field.say("")
        self._day.show_day(day)
        if local is not None and local.time() != self._hour.hour:
            self._hour_field.say("")
            self._hour.show_hour(local.time())
        if self._hour.hour is None:
            self._hour.show_hour(USUAL_START)
        if not self._day.placeholderText():
            self._day.setPlaceholderText(_("Example: {day}").format(day=self._example_day()))

    def _show_minutes(self, minutes: int) -> None:
        index = self._minutes.findData(minutes)
        if index < 0:
            self._minutes.addItem(_duration(minutes), minutes)
            index = self._minutes.count() - 1
        self._minutes.setCurrentIndex(index)

    def _show_free_hours(self, chat: Chat) -> None:
        start, end = schedule.busy_from(chat), schedule.busy_until(chat)
        if start is None or end is None:
            text = _("Before, to check everything. After, because the best answers come late.")
        else:
            text = _(
                "From {start} to {end}: before, to check everything; after, because the best "
                "answers come late."
            ).format(
                start=format_hour(start.astimezone(chat.zone)),
                end=format_hour(end.astimezone(chat.zone)),
            )
        if self._free_hours.text() != text:
            self._free_hours.setText(text)

    def _order_tabs(self) -> None:
        put_in_reading_order(self.widget())

    def _example_day(self) -> str:
        return format_day(self._today() + timedelta(days=14), with_year=True)

    def _today(self) -> date:
        return self._now().astimezone(self._editor.chat.zone).date()

    def _on_topic_edited(self, text: str) -> None:
        self._editor.edit(replace(self._editor.chat, topic=text), field="topic")

    def _on_summary_edited(self) -> None:
        text = self._summary.toPlainText()
        self._editor.edit(replace(self._editor.chat, summary=text), field="summary")

    def _on_day_chosen(self, day: date | None) -> None:
        self._day_field.say("")
        chat = self._editor.chat
        if day is None:
            self._editor.edit(schedule.on_day(chat, None, self._now()))
        else:
            self._start_at(day, self._hour.hour or USUAL_START)

    def _on_day_refused(self, text: str) -> None:
        said = _("“{text}” is not a day we can read. Write it like {example}.").format(
            text=text, example=self._example_day()
        )
        local = self._editor.chat.starts_local
        if local is not None:
            said += " " + _("Until then the chat stays on {day}.").format(day=format_day(local))
        self._day_field.say(said, "stop")

    def _on_hour_chosen(self, hour: time) -> None:
        self._hour_field.say("")
        local = self._editor.chat.starts_local
        if local is not None:
            self._start_at(local.date(), hour)

    def _on_hour_refused(self, text: str) -> None:
        local = self._editor.chat.starts_local
        said = _("“{text}” is not an hour. Write 20:30, for example.").format(text=text)
        if local is not None:
            said += " " + _("Until then it stays {hour}.").format(hour=format_hour(local))
        self._hour_field.say(said, "stop")

    def _start_at(self, day: date, hour: time) -> None:
        chat = self._editor.chat
        starts_at = schedule.to_utc(day, hour, chat.time_zone)
        self._editor.edit(schedule.on_day(chat, starts_at, self._now()))
        if schedule.wall_kind(day, hour, chat.time_zone) is WallKind.SKIPPED:
            shown = datetime.combine(day, hour)
            self._hour_field.say(
                _("Clocks jump over {hour} in {city} that day: it will be {real}.").format(
                    hour=format_hour(shown),
                    city=city(chat.time_zone),
                    real=format_hour(starts_at.astimezone(chat.zone)),
                )
            )

    def _on_minutes_chosen(self) -> None:
        minutes = int(self._minutes.currentData())
        self._editor.edit(replace(self._editor.chat, minutes=minutes))

    def _on_zone_chosen(self, zone: str) -> None:
        """Another city keeps the wall clock: 20 h stays 20 h, but there."""
        self._zone_field.say("")
        chat = self._editor.chat
        if not zone or zone == chat.time_zone:
            self._zone.show_zone(chat.time_zone)
            return
        local = chat.starts_local
        starts_at = schedule.to_utc(local.date(), local.time(), zone) if local else None
        others = tuple(other for other in chat.audience_zones if other != zone)
        moved = schedule.on_day(chat, starts_at, self._now())
        self._editor.edit(replace(moved, time_zone=zone, audience_zones=others))

    def _on_zone_refused(self, text: str) -> None:
        self._zone_field.say(unknown_place(text), "stop")

    def _on_zones_changed(self, zones: tuple[str, ...]) -> None:
        self._editor.edit(replace(self._editor.chat, audience_zones=zones))

    def _on_other_day_wanted(self) -> None:
        self.ensureWidgetVisible(self._day)
        self._day.open_calendar()

    def _on_shift_wanted(self, by: timedelta) -> None:
        chat = self._editor.chat
        local = chat.starts_local
        if local is not None:
            # On the wall clock: a week later is the same hour, whatever clocks do meanwhile.
            moved = local.replace(tzinfo=None) + by
            self._start_at(moved.date(), moved.time())

    def _use_example(self) -> None:
        topic = _("Child marriage: taking action in Dakar")
        self._editor.edit(replace(self._editor.chat, topic=topic))


def _duration(minutes: int) -> str:
    if minutes == 60:
        return _("One hour")
    return _("{minutes} min").format(minutes=minutes)

"""The page of the schedule: the topic, the day and the hour, and what time that is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from tchat_desktop.domain import guide, run_sheet, schedule
from tchat_desktop.domain.chat import Chat, seen_to, with_town
from tchat_desktop.domain.countdown import milestones
from tchat_desktop.domain.days_off import DaysOff
from tchat_desktop.domain.judgements import put_aside, told_again
from tchat_desktop.domain.places import Gazetteer
from tchat_desktop.domain.schedule import InternationalDay, WallKind
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.domain.typed_time import Reading
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.schedule.days_off_watch import DaysOffWatch
from tchat_desktop.ui.pages.schedule.schedule_cautions import Cautions
from tchat_desktop.ui.pages.schedule.schedule_countdown import Countdown
from tchat_desktop.ui.pages.schedule.schedule_days import RelatedDays
from tchat_desktop.ui.pages.schedule.schedule_doubt import DayQuestion, doubt_words
from tchat_desktop.ui.pages.schedule.schedule_free import FreeHours
from tchat_desktop.ui.pages.schedule.schedule_next import NextEditions
from tchat_desktop.ui.pages.schedule.schedule_places import Places, unknown_place
from tchat_desktop.ui.pages.schedule.schedule_topic import TopicCard
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card
from tchat_desktop.ui.widgets.day_edit import DayEdit
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.hour_edit import HourEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.ui.widgets.zone_edit import ZoneEdit
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _, format_day, format_hour
from tchat_desktop.wording.step_titles import step_title
from tchat_desktop.wording.when_words import city_of

DURATIONS = (15, 20, 30, 45, 60, 75, 90, 120)


class SchedulePage(Page):
    """The page on which the topic, the day and the hour are chosen.

    `days` are the known international days; `now` returns the time in UTC.
    """

    step = StepId.SCHEDULE

    def __init__(
        self,
        editor: ChatEditor,
        days: tuple[InternationalDay, ...],
        now: Callable[[], datetime],
        towns: Gazetteer,
        texts_of: Callable[[str], Texts],
        bridge: Bridge,
        days_off: DaysOff,
    ) -> None:
        super().__init__(
            step_title(StepId.SCHEDULE),
            _("What will people talk about, and when? A chat lasts an hour in general."),
        )
        self._editor, self._days, self._now, self._towns = editor, days, now, towns
        self._texts_of = texts_of
        self._days_off = DaysOffWatch(self, bridge, days_off)
        self._days_off.changed.connect(self._show_cautions)
        self._cautions = Cautions()
        self._cautions.meant.connect(self._on_meant)
        self._cautions.told_again.connect(self._on_told_again)
        self._cautions.day_wanted.connect(self._on_other_day_wanted)
        self._cautions.shift_wanted.connect(self._on_shift_wanted)
        self._cautions.seen.connect(self._on_move_seen)
        self._places = Places(towns)
        self._places.added.connect(self._on_place_added)
        self._places.removed.connect(self._on_place_removed)
        self._places.rearranged.connect(self._order_tabs)
        self._related = RelatedDays()
        self._related.day_wanted.connect(self._on_day_chosen)
        self._related.event_wanted.connect(self._on_event_named)
        self._related.rearranged.connect(self._order_tabs)
        self._carried = HintNotice("", "look", Button(_("That is right"), clicked=self._on_kept))
        self._carried.hide()
        self._topic = TopicCard()
        self._topic.topic_edited.connect(self._on_topic_edited)
        self._topic.summary_edited.connect(self._on_summary_edited)
        self._topic.event_edited.connect(self._on_event_edited)
        self._next = NextEditions()
        self._countdown = Countdown()
        self._countdown.step_wanted.connect(self.step_wanted)
        self._countdown.rearranged.connect(self._order_tabs)
        self.add(
            self._carried,
            self._topic,
            self._when_card(),
            self._places,
            self._related,
            self._next,
            self._countdown,
        )
        self.content.addStretch(1)
        self._add_advice_cards()

    def show_chat(self, chat: Chat) -> None:
        """Show topic and times; what is being typed, or was refused, stays as it was typed."""
        self._topic.show_chat(chat)
        self._carried.say(_carried_words(chat), "look")
        local = chat.starts_local
        self._show_start(local)
        self._show_minutes(chat.minutes)
        if chat.time_zone != self._zone.zone:
            self._zone_field.say("")
        self._zone.show_zone(chat.time_zone, chat.town(chat.time_zone))
        town = city_of(chat, chat.time_zone) if "time_zone" in chat.carried_over else ""
        asked = _("Do you live in {city}? The hour is counted there. If not, write your town.")
        if town:
            self._proposed_town.say(asked.format(city=town), "look")
        elif self._proposed_town.text:
            # It keeps its place: what is below does not rise under the pointer.
            self._proposed_town.say(city_of(chat, chat.time_zone), "well")
        self._keep_town.setVisible(bool(town))
        now = self._now()
        self._show_cautions()
        self._places.show_chat(chat)
        today = now.astimezone(chat.zone).date()
        self._related.show_days(schedule.related_days(chat, self._days, now), chat, today)
        self._next.show_chat(chat, now)
        self._show_countdown(chat, now, today)
        self._free.show_chat(chat, now)

    def _show_cautions(self) -> None:
        chat, now = self._editor.chat, self._now()
        found = schedule.cautions(chat, now, self._days_off.of(chat))
        self._cautions.show_chat(chat, found)

    def _show_countdown(self, chat: Chat, now: datetime, today: date) -> None:
        sheet = run_sheet.build_run_sheet(chat, self._texts_of(chat.language))
        statuses = guide.statuses(chat, sheet, now, i18n.countries_of(chat))
        self._countdown.show_milestones(milestones(chat, statuses, now), today)

    def _when_card(self) -> Card:
        self._day = DayEdit(self._today, self._day_first)
        self._day.chosen.connect(self._on_day_chosen)
        self._day.doubted.connect(self._on_day_doubted)
        self._day.refused.connect(self._on_day_refused)
        self._meant = DayQuestion()
        self._meant.answered.connect(self._day.choose)
        self._hour = HourEdit()
        self._start_shown = False
        self._hour.chosen.connect(self._on_hour_chosen)
        self._hour.refused.connect(self._on_hour_refused)
        self._minutes = QuietComboBox()
        for minutes in DURATIONS:
            self._minutes.addItem(_duration(minutes), minutes)
        self._minutes.activated.connect(self._on_minutes_chosen)
        self._zone = ZoneEdit(schedule.common_zones(), self._towns)
        self._zone.chosen.connect(self._on_zone_chosen)
        self._zone.refused.connect(self._on_zone_refused)
        self._day_field = Field(_("Day"), self._day)
        self._hour_field = Field(_("Hour"), self._hour)
        self._zone_field = Field(_("Your town or city"), self._zone)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(theme.Space.INNER))
        grid.setVerticalSpacing(theme.px(theme.Space.GAP))
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._day_field, 0, 0, top)
        grid.addWidget(self._hour_field, 0, 1, top)
        grid.addWidget(self._meant, 1, 0, 1, 2)
        grid.addWidget(self._zone_field, 2, 0, top)
        grid.addWidget(Field(_("Duration"), self._minutes), 2, 1, top)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        card = Card(spacing=theme.Space.GAP)
        self._keep_town = Button(_("Yes, it is my town"), clicked=self._on_town_kept)
        keeps = self._keep_town.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self._keep_town.setSizePolicy(keeps)
        self._proposed_town = HintNotice("", "look", self._keep_town)
        self._proposed_town.keep_two_lines()
        card.add(grid, self._proposed_town, self._cautions)
        return card

    def _add_advice_cards(self) -> None:
        self._free = FreeHours()
        self.add_advice(
            self._free,
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
            self._meant.hide()
        self._day.show_day(day)
        if local is not None and local.time() != self._hour.hour:
            self._hour_field.say("")
            self._hour.show_hour(local.time())
        if self._hour.hour is None or (local is None and self._start_shown):
            self._hour_field.say("")
            self._hour.show_hour(schedule.USUAL_START)
        self._start_shown = local is not None
        if not self._day.placeholderText():
            example = _("{day} at {hour}").format(
                day=format_day(self._in_two_weeks()),
                hour=format_hour(datetime.combine(self._today(), schedule.USUAL_START)),
            )
            self._day.setPlaceholderText(_("Example: {day}").format(day=example))

    def _show_minutes(self, minutes: int) -> None:
        index = self._minutes.findData(minutes)
        if index < 0:
            self._minutes.addItem(_duration(minutes), minutes)
            index = self._minutes.count() - 1
        self._minutes.setCurrentIndex(index)

    def _order_tabs(self) -> None:
        put_in_reading_order(self.inner)

    def _example_day(self) -> str:
        return format_day(self._in_two_weeks(), with_year=True)

    def _in_two_weeks(self) -> date:
        return self._today() + timedelta(days=14)

    def _today(self) -> date:
        return self._now().astimezone(self._editor.chat.zone).date()

    def _on_topic_edited(self, text: str) -> None:
        self._editor.edit(_with_topic(self._editor.chat, text), field="topic")

    def _on_event_edited(self, text: str) -> None:
        self._editor.edit(replace(self._editor.chat, event=text), field="event")

    def _on_event_named(self, day: InternationalDay) -> None:
        chat = self._editor.chat
        self._editor.edit(replace(chat, event=day.name(chat.language)))

    def _on_summary_edited(self, text: str) -> None:
        self._editor.edit(replace(self._editor.chat, summary=text), field="summary")

    def _day_first(self) -> bool:
        return i18n.day_comes_first(self._editor.chat.time_zone)

    def _on_day_chosen(self, day: date | None, hour: time | None = None) -> None:
        self._day_field.say("")
        self._meant.hide()
        chat = self._editor.chat
        if day is None:
            self._editor.edit(schedule.on_day(chat, None, self._now()))
        else:
            self._start_at(day, hour or self._hour.hour or schedule.USUAL_START)

    def _on_day_doubted(self, reading: Reading) -> None:
        self._day_field.say(doubt_words(reading) + self._until_then(), "stop")
        self._meant.ask(reading)
        self._order_tabs()

    def _on_day_refused(self, text: str) -> None:
        self._meant.hide()
        said = _("“{text}” is not a day we can read. Write it like {example}.").format(
            text=text, example=self._example_day()
        )
        self._day_field.say(said + self._until_then(), "stop")

    def _until_then(self) -> str:
        local = self._editor.chat.starts_local
        if local is None:
            return ""
        return " " + _("Until then the chat stays on {day}.").format(day=format_day(local))

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
                    city=city_of(chat, chat.time_zone),
                    real=format_hour(starts_at.astimezone(chat.zone)),
                )
            )

    def _on_minutes_chosen(self) -> None:
        minutes = int(self._minutes.currentData())
        self._editor.edit(replace(self._editor.chat, minutes=minutes))

    def _on_zone_chosen(self, zone: str, town: str) -> None:
        """Change the time zone of the chat; the hour on the wall clock stays the same."""
        self._zone_field.say("")
        chat = self._editor.chat
        if not zone or (zone, town) == (chat.time_zone, chat.town(zone)):
            self._zone.show_zone(chat.time_zone, chat.town(chat.time_zone))
            if zone and "time_zone" in chat.carried_over:
                self._on_town_kept()
            return
        local = chat.starts_local
        starts_at = schedule.to_utc(local.date(), local.time(), zone) if local else None
        others = tuple(other for other in chat.audience_zones if other != zone)
        moved = schedule.on_day(chat, starts_at, self._now())
        moved = replace(seen_to(moved, "time_zone"), time_zone=zone, audience_zones=others)
        self._editor.edit(with_town(moved, zone, town))

    def _on_zone_refused(self, text: str, several: bool) -> None:
        self._zone_field.say(unknown_place(text, several), "stop")

    def _on_place_added(self, zone: str, town: str) -> None:
        chat = self._editor.chat
        added = replace(chat, audience_zones=(*chat.audience_zones, zone))
        self._editor.edit(with_town(added, zone, town))

    def _on_place_removed(self, zone: str) -> None:
        chat = self._editor.chat
        zones = tuple(other for other in chat.audience_zones if other != zone)
        self._editor.edit(with_town(replace(chat, audience_zones=zones), zone, ""))

    def _on_other_day_wanted(self) -> None:
        self.ensureWidgetVisible(self._day)
        self._day.open_calendar()

    def _on_shift_wanted(self, by: timedelta) -> None:
        chat = self._editor.chat
        local = chat.starts_local
        if local is not None:
            # On the wall clock: a week later is the same hour, even across a change of the clocks.
            moved = local.replace(tzinfo=None) + by
            self._start_at(moved.date(), moved.time())

    def _on_meant(self, mark: str) -> None:
        self._editor.edit(put_aside(self._editor.chat, mark))

    def _on_told_again(self, marks: tuple[str, ...]) -> None:
        self._editor.edit(told_again(self._editor.chat, marks))

    def _on_kept(self) -> None:
        self._editor.edit(seen_to(self._editor.chat, "topic", "starts_at"))

    def _on_town_kept(self) -> None:
        self._editor.edit(seen_to(self._editor.chat, "time_zone"))
        self._zone.setFocus()

    def _on_move_seen(self) -> None:
        self._editor.edit(replace(self._editor.chat, moved_from=None))

    def _use_example(self) -> None:
        topic = _("Child marriage: taking action in Dakar")
        self._editor.edit(_with_topic(self._editor.chat, topic))
        self._topic.go_in()
        self.bring_into_view(self._topic)


def _with_topic(chat: Chat, topic: str) -> Chat:
    return replace(seen_to(chat, "topic"), topic=topic)


def _carried_words(chat: Chat) -> str:
    """Return a sentence on what is still carried over from the last edition; "" for nothing."""
    match seen_to(chat, "time_zone").carried_over:
        case ("topic", "starts_at"):
            return _(
                "The topic is that of last time, and the day is only proposed: change them, or "
                "keep them."
            )
        case ("topic",):
            return _("The topic is that of last time: change it, or keep it.")
        case ("starts_at",):
            return _("The day is only proposed: change it, or keep it.")
    return ""


def _duration(minutes: int) -> str:
    if minutes == 60:
        return _("One hour")
    return _("{minutes} min").format(minutes=minutes)

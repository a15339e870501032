"""Writes calendar files (.ics, RFC 5545): the chat for guests and team, announcements to make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop.adapters.exports.links import safe_address
from tchat_desktop.adapters.exports.stationery import clean, one_line
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.links import with_scheme
from tchat_desktop.domain.promotion import Reminder

if TYPE_CHECKING:
    from icalendar import Event

REMINDER = timedelta(hours=1)
"""How long before the chat the calendar reminds of it."""
TIME_TO_ANNOUNCE = timedelta(minutes=15)
"""How long an announcement takes up in the calendar."""


def calendar_file(chat: Chat, summary: str, description: str, written_at: datetime) -> bytes:
    """The content of a calendar file with one event, to which no answer is asked.

    `written_at` (UTC) tells calendars which of two files for the same chat is the newer one. Raises
    ValueError for a chat without a date.
    """
    from icalendar import Event, vUri

    if chat.starts_at is None or chat.ends_at is None:
        raise ValueError("the chat has no day and hour yet")
    event = Event()
    # Every file for this chat has the same id, so that a newer one moves the event.
    event.add("uid", f"{chat.id}@tchat-desktop")
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("dtstart", chat.starts_at.astimezone(UTC))
    event.add("dtend", chat.ends_at.astimezone(UTC))
    event.add("summary", one_line(summary))
    event.add("description", clean(description))
    link = safe_address(with_scheme(chat.registration_link))
    if link:
        event.add("url", vUri(link))
    _remind(event, summary, REMINDER)
    return _calendar(chat, [event])


def reminders_file(chat: Chat, reminders: Sequence[Reminder], written_at: datetime) -> bytes:
    """The content of a calendar file with a quarter of an hour for each announcement to make.

    `written_at` (UTC) tells calendars which of two files is the newer one.
    """
    from icalendar import Event

    events = []
    for reminder in reminders:
        event = Event()
        event.add("uid", f"{chat.id}-{reminder.announcement_id}@tchat-desktop")
        event.add("dtstamp", written_at.astimezone(UTC))
        event.add("dtstart", reminder.at.astimezone(UTC))
        event.add("dtend", (reminder.at + TIME_TO_ANNOUNCE).astimezone(UTC))
        event.add("summary", one_line(reminder.title))
        event.add("description", clean(reminder.text))
        # Whoever shares the calendar stays free at that hour.
        event.add("transp", "TRANSPARENT")
        _remind(event, reminder.title, timedelta())
        events.append(event)
    return _calendar(chat, events)


def _remind(event: Event, summary: str, before: timedelta) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(summary))
    alarm.add("trigger", -before)
    event.add_component(alarm)


def _calendar(chat: Chat, events: Iterable[Event]) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Tchat Desktop//Tchat//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # Times are in UTC, so that no program has to know the zone; this names the organiser's.
    calendar.add("x-wr-timezone", chat.time_zone)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def write_calendar(
    chat: Chat, summary: str, description: str, written_at: datetime, path: Path
) -> Path:
    """Write the calendar file completely or not at all; returns the path.

    Raises OSError, and ValueError for a chat without a date.
    """
    return write_whole(path, calendar_file(chat, summary, description, written_at))


def write_reminders(
    chat: Chat, reminders: Sequence[Reminder], written_at: datetime, path: Path
) -> Path:
    """Write the reminders completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, reminders_file(chat, reminders, written_at))

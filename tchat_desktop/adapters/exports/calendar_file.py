"""Writes the chat as a calendar file (.ics, RFC 5545) for guests and team."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tchat_desktop.adapters.exports.links import safe_address
from tchat_desktop.adapters.exports.stationery import clean, one_line
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.links import with_scheme

REMINDER = timedelta(hours=1)
"""How long before the chat the calendar reminds of it."""


def calendar_file(chat: Chat, summary: str, description: str, written_at: datetime) -> bytes:
    """The content of a calendar file with one event, to which no answer is asked.

    `written_at` (UTC) tells calendars which of two files for the same chat is the newer one. Raises
    ValueError for a chat without a date.
    """
    from icalendar import Alarm, Calendar, Event, vUri

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
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(summary))
    alarm.add("trigger", -REMINDER)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Tchat Desktop//Tchat//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # Times are in UTC, so that no program has to know the zone; this names the organiser's.
    calendar.add("x-wr-timezone", chat.time_zone)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def write_calendar(
    chat: Chat, summary: str, description: str, written_at: datetime, path: Path
) -> Path:
    """Write the calendar file completely or not at all; returns the path.

    Raises OSError, and ValueError for a chat without a date.
    """
    return write_whole(path, calendar_file(chat, summary, description, written_at))

"""Replaces values of a chat that was read and that no screen could handle, and notes them.

A field that is not named here may have any value of its type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from tchat_desktop.adapters.reading.ids import Renamed, sound_chat_id, sound_parts
from tchat_desktop.adapters.reading.pictures import sound_picture
from tchat_desktop.adapters.reading.sieve import MOST_ITEMS, NoteLeftOut
from tchat_desktop.domain.chat import (
    MOST_HOPED,
    SUGGESTED_MINUTES,
    Announcement,
    Chat,
    HelpLine,
    OwnText,
    Person,
    Question,
    RunEdit,
    ThreadPost,
    VisualDraft,
)
from tchat_desktop.domain.debrief import RehearsalReport
from tchat_desktop.domain.languages import FALLBACK, known_code
from tchat_desktop.domain.own_texts import MOST_OWN_TEXTS
from tchat_desktop.domain.schedule import is_zone
from tchat_desktop.domain.visuals import is_colour

SimplePart = TypeVar("SimplePart", HelpLine, ThreadPost)

LONGEST_TOWN = 100
LONGEST_CHAT = 24 * 60
"""The most minutes of a chat, or of an item of its run sheet."""
LONGEST_LADDER = 2 * 366 * 24 * 60
"""The most minutes between an announcement and the chat."""
HIGHEST_LIMIT = 1_000_000
"""The highest spending limit, in US cents."""


def sound_chat(chat: Chat, note: NoteLeftOut) -> tuple[Chat, Renamed]:
    """The chat with usable values, and the ids that were replaced in it."""
    renamed = Renamed()
    chat = _sound_frame(_sound_places(chat, note), note)
    chat = replace(
        chat,
        id=sound_chat_id(chat.id),
        questions=sound_parts(
            chat.questions, _sound_question, "chat.questions", note, renamed.questions
        ),
        people=sound_parts(chat.people, _sound_person, "chat.people", note, renamed.people),
        help_lines=sound_parts(chat.help_lines, _as_it_is, "chat.help_lines", note),
        announcements=sound_parts(
            chat.announcements, _sound_announcement, "chat.announcements", note
        ),
        own_texts=sound_own_texts(chat.own_texts, note),
        thread=sound_parts(chat.thread, _as_it_is, "chat.thread", note),
        thread_out=_sound_thread_out(chat.thread_out, note),
        visuals=_sound_visuals(chat.visuals, note),
        run_edits=_sound_run_edits(chat.run_edits, note),
        rehearsal=_sound_report(chat.rehearsal, note),
    )
    return renamed.in_chat(chat), renamed


def _sound_places(chat: Chat, note: NoteLeftOut) -> Chat:
    if not is_zone(chat.time_zone):
        note("chat.time_zone")
        chat = replace(chat, time_zone="UTC")
    zones = tuple(dict.fromkeys(zone for zone in chat.audience_zones if is_zone(zone)))
    if zones != chat.audience_zones:
        note("chat.audience_zones")
    towns = tuple(pair for pair in chat.towns if is_zone(pair[0]) and len(pair[1]) <= LONGEST_TOWN)
    if towns != chat.towns:
        note("chat.towns")
    return replace(chat, audience_zones=zones, towns=towns)


def _sound_frame(chat: Chat, note: NoteLeftOut) -> Chat:
    if known_code(chat.language) != chat.language:
        note("chat.language")
        chat = replace(chat, language=known_code(chat.language) or FALLBACK)
    if not 1 <= chat.minutes <= LONGEST_CHAT:
        note("chat.minutes")
        chat = replace(chat, minutes=SUGGESTED_MINUTES)
    if not 0 <= chat.spending_limit_cents <= HIGHEST_LIMIT:
        note("chat.spending_limit_cents")
        chat = replace(chat, spending_limit_cents=0)
    if not 0 <= chat.hoped_participants <= MOST_HOPED:
        note("chat.hoped_participants")
        chat = replace(chat, hoped_participants=0)
    if not 0 <= chat.hoped_replies <= MOST_HOPED:
        note("chat.hoped_replies")
        chat = replace(chat, hoped_replies=0)
    if not 0 <= chat.to_thank <= MOST_ITEMS:
        note("chat.to_thank")
        chat = replace(chat, to_thank=0)
    names = {one.name for one in fields(Chat)}
    carried_over = tuple(name for name in chat.carried_over if name in names)
    if carried_over != chat.carried_over:
        note("chat.carried_over")
    return replace(chat, carried_over=carried_over)


def sound_own_texts(own_texts: Iterable[OwnText], note: NoteLeftOut) -> tuple[OwnText, ...]:
    """The changed texts in languages there are, one for each key: the last of several."""
    every = tuple(own_texts)
    sound = {
        (one.language, one.key): one
        for one in every
        if one.text.strip() and known_code(one.language) == one.language
    }
    if len(sound) != len(every) or len(sound) > MOST_OWN_TEXTS:
        note("chat.own_texts")
    return tuple(sound.values())[:MOST_OWN_TEXTS]


def _as_it_is(part: SimplePart, _path: str, _note: NoteLeftOut) -> SimplePart:
    return part


def _sound_thread_out(
    out: Iterable[tuple[str, str]], note: NoteLeftOut
) -> tuple[tuple[str, str], ...]:
    """What is out of the thread; an id that no post has is not known, and is asked about."""
    every = tuple(out)
    sound = {one: post_id if post_id.isascii() and post_id.isdigit() else ""
             for one, post_id in every}  # fmt: skip
    if tuple(sound.items()) != every:
        note("chat.thread_out")
    return tuple(sound.items())


def _sound_question(question: Question, path: str, note: NoteLeftOut) -> Question:
    if 0 <= question.minutes <= LONGEST_CHAT:
        return question
    note(f"{path}.minutes")
    return replace(question, minutes=Question("").minutes)


def _sound_person(person: Person, path: str, note: NoteLeftOut) -> Person:
    if person.time_zone and not is_zone(person.time_zone):
        note(f"{path}.time_zone")
        person = replace(person, time_zone="")
    if person.language and known_code(person.language) != person.language:
        note(f"{path}.language")
        person = replace(person, language="")
    return person


def _sound_announcement(announcement: Announcement, path: str, note: NoteLeftOut) -> Announcement:
    if abs(announcement.minutes_before) <= LONGEST_LADDER:
        return announcement
    note(f"{path}.minutes_before")
    return replace(announcement, minutes_before=Announcement("").minutes_before)


def _sound_visuals(visuals: VisualDraft | None, note: NoteLeftOut) -> VisualDraft | None:
    if visuals is None:
        return None
    if not is_colour(visuals.colour):
        note("chat.visuals.colour")
        visuals = replace(visuals, colour=VisualDraft().colour)
    return replace(visuals, logo=sound_picture(visuals.logo, "chat.visuals.logo", note))


def _sound_run_edits(edits: Iterable[RunEdit], note: NoteLeftOut) -> tuple[RunEdit, ...]:
    """The edits, one for each item: the last of several, which the run sheet would show."""
    sound: dict[str, RunEdit] = {}
    for index, edit in enumerate(edits):
        path = f"chat.run_edits[{index}]"
        if edit.key in sound:
            note(path)
        minutes = edit.minutes
        if minutes is not None and not 0 <= minutes <= LONGEST_CHAT:
            note(f"{path}.minutes")
            minutes = None
        picture = sound_picture(edit.picture, f"{path}.picture", note)
        sound[edit.key] = replace(edit, minutes=minutes, picture=picture)
    return tuple(sound.values())


def _sound_report(report: RehearsalReport | None, note: NoteLeftOut) -> RehearsalReport | None:
    """The report with counts out of range replaced by 0."""
    if report is None:
        return None
    counts = {
        name: value
        for one in fields(report)
        if type(value := getattr(report, name := one.name)) is int
    }
    wrong = [name for name, value in counts.items() if not 0 <= value <= MOST_ITEMS]
    for name in wrong:
        note(f"chat.rehearsal.{name}")
    none: dict[str, Any] = dict.fromkeys(wrong, 0)
    return replace(report, **none)


def with_nothing_by_itself(chat: Chat) -> Chat:
    """The chat with every announcement left to the organiser."""
    announcements = tuple(replace(one, by_keys=False) for one in chat.announcements)
    return replace(chat, announcements=announcements)


# --- the wall clock ------------------------------------------------------------------------


def wall(chat: Chat) -> str:
    """The start in the organiser's local time, "2026-12-17T20:00:00"; "" without a date.

    It is written beside the start in UTC, to keep the announced hour if the rules of the zone
    change.
    """
    local = chat.starts_local
    return local.replace(tzinfo=None).isoformat() if local else ""


def at_wall(chat: Chat, written: object) -> Chat:
    """The chat at the announced local time `written`, if the rules of its zone have changed since.

    `moved_from` then keeps the former start (UTC).
    """
    if chat.starts_at is None or chat.closed_at or not isinstance(written, str):
        return chat
    if written in ("", wall(chat)):
        return chat
    try:
        announced = datetime.fromisoformat(written).replace(tzinfo=None)
        # No change of rules moves a clock by more than a day.
        near = abs(announced - chat.starts_at.astimezone(chat.zone).replace(tzinfo=None))
        if near > timedelta(days=1):
            return chat
        starts_at = announced.replace(tzinfo=chat.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return chat
    if starts_at == chat.starts_at:
        # The hour is one that clocks skip, which `wall` shows as another one.
        return chat
    return replace(chat, starts_at=starts_at, moved_from=chat.moved_from or chat.starts_at)

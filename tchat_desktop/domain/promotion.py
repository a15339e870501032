"""The announcements that make a chat known, counted back from the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Announcement, Channel, Chat, Person, is_out
from tchat_desktop.domain.etiquette import strangers, uninvited_mentions
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.named_children import to_ask_about
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import bare_text
from tchat_desktop.domain.people import account_of
from tchat_desktop.domain.texts import (
    Texts,
    When,
    fill,
    fill_post,
    guests_by_name,
    link_line,
    values,
    with_own_texts,
)

HOUR = 60
DAY = 24 * HOUR

MOST_TOLD = 2
"""Questions told in an announcement before the day."""

_LADDER = (
    (Channel.X, 14 * DAY),
    (Channel.FACEBOOK, 14 * DAY),
    (Channel.X, 7 * DAY),
    (Channel.EMAIL, 7 * DAY),
    (Channel.PRESS, 7 * DAY),
    (Channel.X, 3 * DAY),
    (Channel.X, DAY),
    (Channel.WHATSAPP, DAY),
    (Channel.X, HOUR),
)


class Lead(StrEnum):
    """How far ahead an announcement speaks, which decides its proposed text."""

    TWO_WEEKS = "two_weeks"
    WEEK = "week"
    DAYS = "days"
    EVE = "eve"
    TODAY = "today"
    HOUR = "hour"


class AnnouncementProblem(StrEnum):
    """What to look at in an announcement."""

    TOO_LONG = "too_long"
    NO_PAGE = "no_page"
    """X takes it, but the address of its pre-filled page cannot hold it: it is pasted by hand."""
    NO_TAG = "no_tag"
    BLANK = "blank"
    NAMES_CHILD = "names_child"
    """It may name a child: the organiser is asked before it leaves."""
    UNINVITED_MENTION = "uninvited_mention"
    OFF_X = "off_x"
    """It calls somebody by @name where that says nothing: off the network."""
    STRANGER = "stranger"
    """An @name that is nobody's of the chat."""
    PAST = "past"


@dataclass(frozen=True, slots=True)
class AnnouncementCheck:
    """An announcement looked at. `remaining` characters are for X only, 0 elsewhere."""

    remaining: int
    problems: tuple[AnnouncementProblem, ...]


@dataclass(frozen=True, slots=True)
class Reminder:
    """An announcement to make, for a calendar; `at` in UTC."""

    announcement_id: str
    at: datetime
    title: str
    text: str


def ladder(chat: Chat, now: datetime) -> tuple[Announcement, ...]:
    """The announcements proposed, less those whose time has passed; all of them without a date.

    Their ids are the same each time: "x-20160" is the one on X two weeks before.
    """
    proposed = (
        Announcement(f"{channel}-{minutes}", channel, minutes) for channel, minutes in _LADDER
    )
    return tuple(one for one in proposed if (due := due_at(chat, one)) is None or due > now)


def announcements_by_date(chat: Chat) -> tuple[Announcement, ...]:
    """The chat's announcements, the earliest first."""
    channels = list(Channel)
    return tuple(
        sorted(
            chat.announcements,
            key=lambda one: (-one.minutes_before, channels.index(one.channel), one.id),
        )
    )


def due_at(chat: Chat, announcement: Announcement) -> datetime | None:
    """When to publish it, UTC; None without a date.

    Whole days are counted on the organiser's calendar, so that the hour stays the same when clocks
    change in between.
    """
    local = chat.starts_local
    if chat.starts_at is None or local is None:
        return None
    days, minutes = divmod(announcement.minutes_before, DAY)
    if minutes:
        return chat.starts_at - timedelta(minutes=announcement.minutes_before)
    return (local - timedelta(days=days)).astimezone(chat.starts_at.tzinfo)


def still_to_make(chat: Chat, now: datetime) -> tuple[tuple[Announcement, datetime], ...]:
    """The announcements not made yet whose time is to come, each with that time (UTC)."""
    dated = (
        (one, due_at(chat, one)) for one in announcements_by_date(chat) if not is_out(chat, one)
    )
    return tuple((one, due) for one, due in dated if due is not None and due > now)


def days_away(chat: Chat, announcement: Announcement, now: datetime) -> int:
    """Days from now to its own day on the organiser's calendar, below 0 once past.

    0 on its day, and without a date.
    """
    due = due_at(chat, announcement)
    if due is None:
        return 0
    return (due.astimezone(chat.zone).date() - now.astimezone(chat.zone).date()).days


def opening(text: str) -> str:
    """How a text begins: its first sentence, cut at 60 characters."""
    first = text.strip().partition("\n")[0]
    sentence = re.split(r"(?<=[.!?…])\s", first)[0]
    return sentence if len(sentence) <= 60 else f"{sentence[:59].rstrip()}…"


def lead(chat: Chat, announcement: Announcement) -> Lead:
    """How far ahead it speaks; "tomorrow" and "today" go by the organiser's calendar."""
    minutes = announcement.minutes_before
    due, local = due_at(chat, announcement), chat.starts_local
    if minutes <= 90:
        return Lead.HOUR
    if due is not None and local is not None:
        days = (local.date() - due.astimezone(chat.zone).date()).days
    else:
        days = -(-minutes // DAY)
    if days == 0:
        return Lead.TODAY
    if days == 1:
        return Lead.EVE
    if days <= 4:
        return Lead.DAYS
    return Lead.WEEK if days <= 10 else Lead.TWO_WEEKS


def proposed_text(chat: Chat, announcement: Announcement, texts: Texts, when: When) -> str:
    """The text proposed for it; `when` in the zone of the organiser."""
    texts = with_own_texts(chat, texts)
    told = questions_told(chat)
    if announcement.channel is Channel.X:
        key = f"x.{lead(chat, announcement)}"
        filled = values(chat, texts, when, question=told[0] if told else "")
        if chat.link_words.strip():
            filled["link"] = link_line(chat, texts)
        text = fill_post(texts, key, **filled)
        if texts.rules.remaining(text) < 0:
            # Without the words beside the link.
            text = fill_post(texts, key, **{**filled, "link": values(chat, texts)["link"]})
        return text
    named = values(
        chat,
        texts,
        when,
        guests=guests_by_name(chat, texts),
        link=link_line(chat, texts),
        questions="".join(f"\n– {question}" for question in told),
    )
    return fill(texts, f"{announcement.channel}.text", **named)


def questions_told(chat: Chat) -> tuple[str, ...]:
    """The questions that announcements tell beforehand, so that people come prepared (the guide).

    They are the first essential ones, MOST_TOLD at most; the others stay for the hour.
    """
    texts = (bare_text(chat, question) for question in chat.questions if question.essential)
    return tuple(text for text in texts if text)[:MOST_TOLD]


def text_of(chat: Chat, announcement: Announcement, texts: Texts, when: When) -> str:
    """The organiser's own text, or else the one proposed."""
    return announcement.text or proposed_text(chat, announcement, texts, when)


def subject_of(chat: Chat, announcement: Announcement, texts: Texts, when: When) -> str:
    """The subject of the e-mail, or the title of the event or of the press text; "" for others."""
    texts = with_own_texts(chat, texts)
    keys = {
        Channel.EMAIL: "email.subject",
        Channel.FACEBOOK: "facebook.title",
        Channel.PRESS: "press.title",
    }
    key = keys.get(announcement.channel)
    return fill(texts, key, **values(chat, texts, when)) if key else ""


def letter_of(chat: Chat, announcement: Announcement, texts: Texts, when: When) -> Letter:
    """The announcement as a letter: its subject or title, and its text."""
    return Letter(
        subject_of(chat, announcement, texts, when), text_of(chat, announcement, texts, when)
    )


def check_announcement(
    chat: Chat, announcement: Announcement, text: str, now: datetime, rules: NetworkRules
) -> AnnouncementCheck:
    """What to look at in an announcement with that text."""
    found = []
    is_post = announcement.channel is Channel.X
    weight = rules.weigh(text) if is_post else 0
    if weight > rules.longest_post:
        found.append(AnnouncementProblem.TOO_LONG)
    if is_post and rules.fits_post_but_no_page(text):
        found.append(AnnouncementProblem.NO_PAGE)
    if chat.hashtag and fold(chat.hashtag) not in map(fold, rules.hashtags(text)):
        found.append(AnnouncementProblem.NO_TAG)
    if unfilled(text):
        found.append(AnnouncementProblem.BLANK)
    if to_ask_about(text, chat):
        found.append(AnnouncementProblem.NAMES_CHILD)
    if is_post and uninvited_mentions(text, chat, rules):
        found.append(AnnouncementProblem.UNINVITED_MENTION)
    if is_post and strangers(text, chat, rules):
        found.append(AnnouncementProblem.STRANGER)
    if not is_post and called_off_x(text, chat, rules):
        found.append(AnnouncementProblem.OFF_X)
    due = due_at(chat, announcement)
    if due is not None and due <= now and not is_out(chat, announcement):
        found.append(AnnouncementProblem.PAST)
    left = rules.longest_post - weight if is_post else 0
    return AnnouncementCheck(left, tuple(found))


def called_off_x(text: str, chat: Chat, rules: NetworkRules) -> tuple[Person, ...]:
    """The people of the chat whom a text for elsewhere calls by their @name, which says nothing."""
    called = set(map(fold, rules.mentions(text)))
    return tuple(
        person
        for person in chat.people
        if (account := account_of(person, rules)) and fold(account) in called
    )

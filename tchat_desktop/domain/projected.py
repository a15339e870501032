"""What a room sees of the hour on a projector: nothing but what is public and was chosen for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.called import Called
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import (
    FeedPost,
    asked_questions,
    asked_wordings,
)
from tchat_desktop.domain.doubts import as_shown
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostKind, PostState
from tchat_desktop.domain.schedule import is_zone
from tchat_desktop.domain.signals import delicate_authors, people_to_spare, signals_of

MOST_QUOTES = 3
MOST_CLOCKS = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """A highlight as the room sees it."""

    author: str
    """The name of its author, as the recap shows it."""
    text: str


@dataclass(frozen=True, slots=True)
class ProjectedQuestion:
    """A question with the number it is asked by, None for none."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ProjectedTime:
    """The clocks of the audience, by IANA zone, and how long the chat lasts still."""

    clocks: tuple[tuple[str, datetime], ...]
    begins_in: timedelta | None
    """None once it has begun, and without a date."""
    left: timedelta
    """How much of it is left; zero once it is over."""


def projected_time(chat: Chat, now: datetime, moved_end: datetime | None = None) -> ProjectedTime:
    """The times that the room sees at `now`; `moved_end` is the end decided in the hour. In UTC."""
    zones = dict.fromkeys((chat.time_zone, *chat.audience_zones))
    clocks = tuple((zone, now.astimezone(ZoneInfo(zone))) for zone in zones if is_zone(zone))
    starts, ends = chat.starts_at, moved_end or chat.ends_at
    begins_in = starts - now if starts is not None and now < starts else None
    left = max(timedelta(), ends - max(now, starts)) if starts and ends else timedelta()
    return ProjectedTime(clocks[:MOST_CLOCKS], begins_in, left)


def question_on_screen(
    chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules
) -> ProjectedQuestion | None:
    """The question that was asked last; None before the first."""
    asked = asked_questions(chat, rows, rules)
    if not asked:
        return None
    worded = asked_wordings(chat, rows)
    return ProjectedQuestion(asked[-1].number, worded.get(asked[-1].question_id, ""))


def question_to_come(chat: Chat, rows: Sequence[OutboxPost]) -> ProjectedQuestion | None:
    """The question that is asked next; None after the last."""
    coming = [
        row
        for row in rows
        if row.kind is PostKind.QUESTION and row.state in WAITING - {PostState.DRAFT}
    ]
    row = min(coming, key=lambda one: one.due_at, default=None)
    if row is None:
        return None
    worded = asked_wordings(chat, [replace(row, state=PostState.SENT)])
    return ProjectedQuestion(row.number, worded.get(row.question_id, ""))


def quotes(
    chat: Chat, posts: Sequence[FeedPost], rules: NetworkRules, most: int = MOST_QUOTES
) -> tuple[Quote, ...]:
    """The newest highlights that a room may see, the newest first.

    Left out is all that is hidden, by people who are hidden, or that asks for care; and whoever
    wrote such a post is left out altogether, so that nobody looks for it.
    """
    chosen = [item for item in posts if item.starred and not item.hidden]
    if not chosen:
        return ()
    mask = NameMask.over(chat, posts, rules)
    authors = {comparable_handle(item.post.author) for item in chosen}
    theirs = [item for item in posts if comparable_handle(item.post.author) in authors]
    spared = people_to_spare(chat, delicate_authors(theirs))
    called = Called(chat)
    shown: list[Quote] = []
    for item in sorted(chosen, key=lambda one: one.post.created_at, reverse=True):
        spare = comparable_handle(item.post.author) in spared
        seen = as_shown(item, chat, mask)
        if spare or signals_of(item, chat) or seen.doubts or not seen.named or seen.hides_child:
            continue
        name = mask.text(called.name(item.post))
        shown.append(Quote(name or f"@{item.post.author}", seen.text))
        if len(shown) == most:
            break
    return tuple(shown)

"""What came of a rehearsal, counted from what really happened and from the outbox and marks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, is_from_guest, is_question
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostKind, PostState
from tchat_desktop.domain.protection import lines_to_give
from tchat_desktop.services.rehearsal import Happened

LATE = timedelta(minutes=2)
"""From this delay on, a post counts as late; a page takes a moment to be read and sent."""


class Answered(StrEnum):
    """What became of something confided or thrown at the organiser."""

    NOT_SAID = "not_said"
    """The rehearsal ended before."""
    NOT_AT_ALL = "not_at_all"
    IN_PRIVATE = "in_private"
    IN_PUBLIC = "in_public"
    IN_PUBLIC_WITH_NUMBER = "in_public_with_number"
    """With a help number of the chat."""


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """A rehearsal in figures, for the page that says what went well."""

    planned: int
    """Posts of the run sheet, without the reserve."""
    posted: int
    """Posts of the run sheet and the reserve that were really posted."""
    on_time: int
    skipped: int
    said_only: int
    """Posts the organiser said are published, which never were."""
    unconfirmed: int
    """Posts that were posted, and wait for that to be said here."""
    undecided: int
    """Other posts that wait for the organiser's word, replies among them."""
    people: int
    said: int
    """Posts of the public."""
    taken_in: int
    """How many of them are in the conversation here."""
    questions: int
    """Questions the public asked."""
    answered: int
    """How many of them were really answered."""
    stars: int
    disclosure: Answered
    disclosure_spread: bool
    """Whether it was reposted or made a highlight."""
    troll: Answered


def rehearsal_report(
    chat: Chat,
    planned: Sequence[OutboxPost],
    rows: Sequence[OutboxPost],
    posts: Sequence[FeedPost],
    happened: Happened,
) -> RehearsalReport:
    """What came of a rehearsal: `planned` are the rows it began with, `rows` those at its end."""
    sheet_slots = {row.slot for row in planned}
    sheet = [row for row in rows if row.slot in sheet_slots]
    posted = [row for row in sheet if row.id in happened.posted]
    due = {row.slot: row.due_at for row in planned if row.state is PostState.PLANNED}
    replied = {
        row.target_id for row in rows if row.kind is PostKind.REPLY and row.id in happened.posted
    }
    public = [post for post in happened.said if not is_from_guest(post, chat)]
    questions = {
        post.id for post in public if is_question(post.text) and post.id not in happened.incidents
    } | _at_stake(happened, "awkward")
    unconfirmed = [
        row for row in rows if row.state in NEEDS_ORGANISER and row.id in happened.posted
    ]
    disclosed = _at_stake(happened, "disclosure")
    marked = {one.post.id for one in posts if one.starred or one.reposted}
    said_ids = {post.id for post in happened.said}
    return RehearsalReport(
        planned=len(due),
        posted=len(posted),
        on_time=sum(_is_on_time(row, due, happened) for row in posted),
        skipped=sum(row.state is PostState.SKIPPED for row in sheet),
        said_only=sum(
            row.state is PostState.SENT and row.id not in happened.posted for row in rows
        ),
        unconfirmed=len(unconfirmed),
        undecided=sum(
            row.state in NEEDS_ORGANISER and row.id not in happened.posted for row in rows
        ),
        people=len({post.author for post in happened.said}),
        said=len(happened.said),
        taken_in=sum(one.post.id in said_ids for one in posts),
        questions=len(questions),
        answered=len(questions & (replied | happened.told_privately)),
        stars=sum(one.starred for one in posts),
        disclosure=_answered(chat, rows, happened, disclosed),
        disclosure_spread=bool(disclosed & marked),
        troll=_answered(chat, rows, happened, _at_stake(happened, "troll")),
    )


def _at_stake(happened: Happened, what: str) -> set[str]:
    return {post_id for post_id, one in happened.incidents.items() if one == what}


def _is_on_time(row: OutboxPost, due: dict[str, datetime], happened: Happened) -> bool:
    """Against the time it had at last: what the organiser put off is not late for that."""
    at = max(row.due_at, due.get(row.slot, row.due_at))
    return happened.posted[row.id] - at <= LATE


def _answered(
    chat: Chat, rows: Sequence[OutboxPost], happened: Happened, ids: Collection[str]
) -> Answered:
    if not ids:
        return Answered.NOT_SAID
    public = [
        row.text
        for row in rows
        if row.kind is PostKind.REPLY and row.target_id in ids and row.id in happened.posted
    ]
    if public:
        with_number = any(_has_number(chat, text) for text in public)
        return Answered.IN_PUBLIC_WITH_NUMBER if with_number else Answered.IN_PUBLIC
    if happened.told_privately & set(ids):
        return Answered.IN_PRIVATE
    return Answered.NOT_AT_ALL


def _has_number(chat: Chat, text: str) -> bool:
    """Whether a text holds one of the numbers checked for help, however it is spaced."""
    written = "\n".join(line.number for line in lines_to_give(chat))
    said = "".join(letter for letter in text if letter.isdigit())
    numbers = "".join(
        letter if letter.isdigit() else " " if letter.isalpha() or letter in "\n,;/" else ""
        for letter in written
    ).split()
    return any(len(number) >= 2 and number in said for number in numbers)

"""The result of a rehearsal, counted from what really happened and from the outbox and marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, is_from_guest, is_question
from tchat_desktop.domain.debrief import Answered, Cut, RehearsalReport
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostKind, PostState
from tchat_desktop.domain.protection import lines_to_give
from tchat_desktop.services.rehearsal import LATE, Happened

_DIGITS = re.compile(r"\d(?:[ \u00a0\u202f.)-]{0,2}\d)*")
"""Digits that belong together, as a telephone number is written."""


def rehearsal_report(
    chat: Chat,
    planned: Sequence[OutboxPost],
    rows: Sequence[OutboxPost],
    posts: Sequence[FeedPost],
    happened: Happened,
    name: Callable[[OutboxPost], str],
    *,
    by_hand: bool,
) -> RehearsalReport:
    """Return the result of a rehearsal.

    `planned` are the rows it began with, `rows` those at its end. `name` returns how the screen
    calls a row. A post said to be published that never was counts as not published.
    """
    due = {row.slot: row.due_at for row in planned if row.state is PostState.PLANNED}
    spare = {row.slot for row in planned} - due.keys()
    out = [row for row in rows if row.id in happened.posted]
    posted = [row for row in out if row.slot in due]
    off = {row.id: _off(row, due, happened) for row in posted}
    late = [row for row in posted if off[row.id] > LATE]
    early = [row for row in posted if off[row.id] < -LATE]
    replied = {row.target_id for row in out if row.kind is PostKind.REPLY}
    public = [post for post in happened.said if not is_from_guest(post, chat)]
    questions = {
        post.id for post in public if is_question(post.text) and post.id not in happened.incidents
    } | _at_stake(happened, "awkward")
    answered = questions & (replied | happened.told_privately.keys())
    disclosed = _at_stake(happened, "disclosure")
    named = _at_stake(happened, "named_child")
    spread = {row.target_id for row in out if row.kind is PostKind.REPOST}
    spread |= {one.post.id for one in posts if one.starred}
    said_ids = {post.id for post in happened.said}
    not_out = [row for row in rows if row.id not in happened.posted]
    return RehearsalReport(
        by_hand=by_hand,
        planned=len(due),
        posted=len(posted),
        on_time=len(posted) - len(late) - len(early),
        extra=sum(row.slot in spare for row in out),
        for_guests=sum(row.kind is PostKind.GUEST_ANSWER for row in out),
        reposted=sum(row.kind is PostKind.REPOST for row in out),
        early=tuple(map(name, early)),
        late=tuple(map(name, late)),
        missing=tuple(name(row) for row in not_out if row.slot in due),
        said_only=tuple(name(row) for row in not_out if row.state is PostState.SENT),
        unconfirmed=sum(row.state in NEEDS_ORGANISER for row in out),
        undecided=sum(row.state in NEEDS_ORGANISER for row in not_out),
        said=len(happened.said),
        taken_in=sum(one.post.id in said_ids for one in posts),
        questions=len(questions),
        answered=len(answered),
        unanswered=tuple(
            dict.fromkeys(one.author_name for one in public if one.id in questions - answered)
        ),
        cut=_cut(happened),
        cut_minutes=_cut_minutes(happened),
        cut_held=len(happened.held),
        stars=sum(one.starred for one in posts),
        disclosure=_answered(chat, rows, happened, disclosed),
        disclosure_spread=bool(disclosed & spread),
        troll=_answered(chat, rows, happened, _at_stake(happened, "troll")),
        named_child=_answered(chat, rows, happened, named),
        named_child_spread=bool(named & spread),
    )


def _at_stake(happened: Happened, what: str) -> set[str]:
    """Return the ids of the public's posts with that incident."""
    return {post_id for post_id, one in happened.incidents.items() if one == what}


def _off(row: OutboxPost, due: dict[str, datetime], happened: Happened) -> timedelta:
    """Return how long after its time a row was posted; negative if before.

    The time is the last one it had before it was late, so that postponing in time is not late.
    """
    return happened.posted[row.id] - happened.expected.get(row.id, due[row.slot])


def _cut(happened: Happened) -> Cut:
    if happened.cut_at is None:
        return Cut.NOT_REACHED
    if happened.back_at is None:
        return Cut.NOT_REPAIRED
    return Cut.REPAIRED if happened.repaired else Cut.BY_ITSELF


def _cut_minutes(happened: Happened) -> int:
    if happened.cut_at is None or happened.back_at is None:
        return 0
    return round((happened.back_at - happened.cut_at) / timedelta(minutes=1))


def _answered(
    chat: Chat, rows: Sequence[OutboxPost], happened: Happened, ids: Collection[str]
) -> Answered:
    """Return how the posts `ids` were answered: in public first, then in private."""
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
    private = [text for post_id, text in happened.told_privately.items() if post_id in ids]
    if private:
        with_number = any(_has_number(chat, text) for text in private)
        return Answered.IN_PRIVATE_WITH_NUMBER if with_number else Answered.IN_PRIVATE
    return Answered.NOT_AT_ALL


def _has_number(chat: Chat, text: str) -> bool:
    """Return whether a text holds one of the chat's checked help numbers, however it is spaced."""
    written = "\n".join(line.number for line in lines_to_give(chat))
    said = [re.sub(r"\D", "", one) for one in _DIGITS.findall(text)]
    numbers = "".join(
        letter if letter.isdigit() else " " if letter.isalpha() or letter in "\n,;/" else ""
        for letter in written
    ).split()
    return any(len(number) >= 2 and number in one for number in numbers for one in said)

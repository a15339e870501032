"""What a row of the outbox becomes when the organiser takes a decision about it.

The functions are pure: they return new rows and write nothing. All datetimes are in UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.network_rules import PostLink
from tchat_desktop.domain.outgoing import (
    ASKED_FOR,
    KEYS_OF_NO_USE,
    WAITING,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
    with_reason,
)

COUNTDOWN = timedelta(minutes=1)
"""Time before a post that was brought back is published, so that it can still be stopped."""

APART = timedelta(seconds=30)
"""Time between posts that were delayed together, so that each page can be published in turn."""

SHIFTABLE = (PostState.PLANNED, PostState.DUE)

_OPENING = (PostKind.WELCOME, PostKind.RULES, PostKind.GUESTS)
"""The kinds of posts that open a chat, in their order; questions come after them."""


def opens_at(rows: Iterable[OutboxPost]) -> datetime | None:
    """Return when the run sheet has its first post planned (UTC); None without one."""
    asked = (row.planned for row in rows if row.planned is not None)
    return min((one.due_at for one in asked if one.state is PostState.PLANNED), default=None)


def own_time(row: OutboxPost, now: datetime) -> datetime | None:
    """Return the future time (UTC) of a post: the one decided last, else the run sheet's.

    None when both have passed, and for a post in reserve on the run sheet, which has no time.
    """
    if row.state is PostState.DRAFT:
        return None
    if row.due_at > now:
        return row.due_at
    by_sheet = row.planned
    if by_sheet is None or by_sheet.state is PostState.DRAFT or by_sheet.due_at <= now:
        return None
    return by_sheet.due_at


def at_its_time(row: OutboxPost, now: datetime) -> OutboxPost:
    """Return the row planned at its own time if that is to come, else at `now`."""
    return planned_at(row, own_time(row, now) or now)


def planned_at(row: OutboxPost, due_at: datetime) -> OutboxPost:
    """Return the row planned for `due_at` with the same lateness allowed, its last failure cleared.

    If X asked to wait because the account was too fast, that wait stays: it is about the account,
    not about this post.
    """
    wait = row.not_before if row.reason is Reason.RATE_LIMIT else None
    return replace(
        with_reason(row, Reason.RATE_LIMIT if wait else Reason.NONE),
        state=PostState.PLANNED,
        due_at=due_at,
        expires_at=due_at + (row.expires_at - row.due_at),
        not_before=wait,
    )


def skipped(row: OutboxPost) -> OutboxPost:
    """Return the row moved to the reserve: it is not published, and can be brought back."""
    return replace(with_reason(row), state=PostState.SKIPPED)


def brought_back(
    row: OutboxPost, rows: Sequence[OutboxPost], now: datetime, over: bool = False
) -> OutboxPost | None:
    """Return the row planned again: at its own time, at the soonest one minute from now.

    A post without a time of its own, before the chat begins or while posts of the opening still
    wait, is placed among the waiting questions, after the opening. Return None once the hour is
    `over` and the post has no time to come: nothing is then published automatically. `rows` are all
    rows of the hour.
    """
    soonest = now + COUNTDOWN
    at = own_time(row, now)
    if at is None and over:
        return None
    begins, opening = opens_at(rows), _opening_before(row, rows)
    if at is None and (opening is not None or (begins is not None and now < begins)):
        at = _place_among(rows, row.due_at)
    if opening is not None and (at is None or at <= opening):
        at = opening + COUNTDOWN
    return planned_at(row, max(at or soonest, soonest))


def _opening_before(row: OutboxPost, rows: Iterable[OutboxPost]) -> datetime | None:
    """Return when the last waiting post of the opening that precedes `row` leaves; None if none."""
    if not _has_its_turn(row):
        return None
    first = _OPENING[: _OPENING.index(row.kind)] if row.kind in _OPENING else _OPENING
    waiting = (one.due_at for one in rows if one.kind in first and one.state in SHIFTABLE)
    return max(waiting, default=None)


def _place_among(rows: Sequence[OutboxPost], place: datetime) -> datetime | None:
    """Return the instant half-way between the last question before `place` and the next post.

    None when no question waits. `place` is where the run sheet lists a question in reserve: before
    the first question, between two of them, or after the last.
    """
    waiting = sorted((row for row in rows if row.state in SHIFTABLE), key=lambda row: row.due_at)
    asked = [row.due_at for row in waiting if row.kind is PostKind.QUESTION]
    if not asked:
        return None
    before = max((at for at in asked if at < place), default=None)
    if before is None:
        # No question comes earlier: start from the post that precedes the first one.
        before = max((row.due_at for row in waiting if row.due_at < asked[0]), default=asked[0])
    following = next((row.due_at for row in waiting if row.due_at > before), before + 2 * COUNTDOWN)
    return before + (following - before) / 2


def let_go(
    rows: Sequence[OutboxPost], post_id: str, now: datetime
) -> list[tuple[OutboxPost, OutboxPost]]:
    """Return pairs (row, new row) for when the editor of a post's text is closed.

    The list is empty if the time of the post is to come. If it has passed, the post leaves in a
    minute and the rest of the run sheet is delayed by as much, so that no later post is published
    before it. `rows` are all, by due instant. Raises KeyError for an unknown post.
    """
    row = next((one for one in rows if one.id == post_id), None)
    if row is None:
        raise KeyError(post_id)
    if row.due_at > now or row.state not in SHIFTABLE:
        return []
    return postponed(rows, post_id, COUNTDOWN // timedelta(minutes=1), _has_its_turn(row), now)


def behind(rows: Sequence[OutboxPost], held: Collection[str], now: datetime) -> frozenset[str]:
    """Return the ids of the posts that wait because an earlier one is still being edited.

    Otherwise they would be published before it, without a countdown. `held` are the ids of the
    posts being edited; `rows` are all, by due instant.
    """
    late = (
        place
        for place, row in enumerate(rows)
        if row.id in held and _has_its_turn(row)
        if row.state in SHIFTABLE and row.due_at <= now
    )
    first = next(late, len(rows))
    return frozenset(
        row.id for row in rows[first + 1 :] if row.id not in held and _has_its_turn(row)
    )


def taken_up(
    rows: Sequence[OutboxPost], staying: Collection[str], now: datetime
) -> list[tuple[OutboxPost, OutboxPost]]:
    """Return pairs (row, new row) for when a pause ends.

    Overdue posts leave one after the other, the first in a minute; later posts of the run sheet are
    delayed to stay after them. Expired posts, and those whose ids are in `staying` because they
    wait for another decision, do not move. `rows` are all, by due instant.
    """
    waiting = [
        row
        for row in rows
        if row.state in SHIFTABLE and row.id not in staying and now < row.expires_at
    ]
    overdue = [row for row in waiting if row.due_at <= now]
    coming = [row for row in waiting if row.due_at > now and _has_its_turn(row)]
    at, moved = now + COUNTDOWN, []
    for row in (*overdue, *(coming if overdue else ())):
        if row.due_at < at:
            moved.append((row, planned_at(row, at)))
        at = max(at, row.due_at) + APART
    return moved


def _has_its_turn(row: OutboxPost) -> bool:
    """Return whether a post is one of the run sheet's, unlike a reply or a repost."""
    return row.kind not in ASKED_FOR


def by_page(row: OutboxPost, now: datetime) -> OutboxPost:
    """Return the row sent by the pre-filled page: at its own time if that is to come, else now.

    A row in reserve stays there, and uses the page when it is brought back.
    """
    if row.state in (PostState.DRAFT, PostState.SKIPPED):
        return replace(row, route=Route.ASSISTED, not_before=None)
    return replace(at_its_time(row, now), route=Route.ASSISTED, not_before=None)


def by_keys(rows: Iterable[OutboxPost]) -> list[tuple[OutboxPost, OutboxPost]]:
    """Return pairs (row, new row) so that all waiting posts are sent with keys.

    Posts that the run sheet itself plans by the pre-filled page are left out.
    """
    return [
        (row, replace(row, route=Route.KEYS))
        for row in rows
        if row.state in WAITING and row.route is not Route.KEYS
        if row.planned is None or row.planned.route is Route.KEYS
    ]


def not_seen_out(row: OutboxPost, now: datetime, over: bool) -> OutboxPost:
    """Return the row when the organiser did not find the post on X: planned again or in reserve.

    It is planned at its own time, at the soonest one minute from now: the post may be published
    after all, so there must be time to stop it. Once the hour is `over` and its time has passed, it
    goes to the reserve: then only what the organiser sends on purpose leaves.
    """
    at = own_time(row, now)
    if over and at is None:
        return skipped(row)
    soonest = now + COUNTDOWN
    return planned_at(row, max(at or soonest, soonest))


def seen_out(row: OutboxPost, link: PostLink | None) -> OutboxPost:
    """Return the row when the organiser saw the post on X; `link` is its address, or None.

    If the page of the post was opened later than planned, that instant becomes its time: it is the
    one that every screen shows for it.
    """
    opened = None
    if row.state is PostState.HANDED_OVER and row.reason is not Reason.BY_HAND:
        opened = row.changed_at
    return replace(
        row,
        state=PostState.SENT,
        due_at=max(row.due_at, opened or row.due_at),
        reason=Reason.BY_HAND,
        remote_id=link.id if link else row.remote_id,
        url=link.url if link else row.url,
    )


def link_corrected(row: OutboxPost, link: PostLink | None) -> OutboxPost | None:
    """Return the row with another address, or with none; None if nobody confirmed it by hand."""
    if row.reason is not Reason.BY_HAND:
        return None
    return replace(row, remote_id=link.id if link else "", url=link.url if link else "")


def taken_back(row: OutboxPost) -> OutboxPost | None:
    """Return the row when a post confirmed by hand turns out not to be online; None for others.

    The row asks for the organiser's decision again; nothing is published or opened by this.
    `reason` stays BY_HAND, so that `left_at` does not take `changed_at` for the opening of the
    page. The row becomes HANDED_OVER if a page was opened for it, else EXPIRED.
    """
    if row.reason is not Reason.BY_HAND:
        return None
    has_page = row.route is Route.ASSISTED and bool(row.page)
    state = PostState.HANDED_OVER if has_page else PostState.EXPIRED
    return replace(row, state=state, remote_id="", url="")


def freed_of_keys(row: OutboxPost, now: datetime, over: bool = False) -> OutboxPost | None:
    """Return the row without X's refusal of keys; None if there is nothing to clear.

    A waiting row loses the wait that X asked for. A row that failed because of the keys is planned
    at its own time, or now if that has passed. A row past `expires_at` stays as it is, and so does
    every failed row whose time has passed once the hour is `over`.
    """
    if row.route is not Route.KEYS:
        return None
    if row.state in WAITING and row.not_before is not None:
        return replace(with_reason(row), not_before=None)
    if row.state is PostState.FAILED and row.reason in KEYS_OF_NO_USE and now < row.expires_at:
        if over and own_time(row, now) is None:
            return None
        return replace(at_its_time(row, now), not_before=None)
    return None


def postponed(
    rows: Sequence[OutboxPost],
    post_id: str,
    minutes: int,
    and_following: bool,
    now: datetime,
) -> list[tuple[OutboxPost, OutboxPost]]:
    """Return pairs (row, new row) that move one post by `minutes`, and the later ones if asked.

    The minutes may be negative. Replies and reposts do not follow, as they have no place on the run
    sheet. A post whose time has passed is counted from now, and nothing is moved into the past. The
    list is empty for a post that no longer waits. `rows` are all, by due instant. Raises KeyError
    for an unknown post.
    """
    place = next((index for index, other in enumerate(rows) if other.id == post_id), None)
    if place is None:
        raise KeyError(post_id)
    row = rows[place]
    if row.state not in (*SHIFTABLE, PostState.EXPIRED):
        return []
    since = max(row.due_at, now)
    due_at = max(now, since + timedelta(minutes=minutes))
    shift = due_at - (since if row.state is PostState.EXPIRED else row.due_at)
    following = rows[place + 1 :] if and_following else ()
    return [
        (row, planned_at(row, due_at)),
        *(
            (other, planned_at(other, max(now, other.due_at + shift)))
            for other in following
            if other.state in SHIFTABLE and _has_its_turn(other)
        ),
    ]

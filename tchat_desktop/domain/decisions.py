"""What becomes of a post on its way out when the organiser decides. Instants are UTC."""

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
"""Time left before a post that is brought back leaves, so that it can still be stopped."""

APART = timedelta(seconds=30)
"""Time between posts that were held up together: each page can be published before the next."""

SHIFTABLE = (PostState.PLANNED, PostState.DUE)

_OPENING = (PostKind.WELCOME, PostKind.RULES, PostKind.GUESTS)
"""The words an hour opens with, in their order: nothing is asked before them."""


def opens_at(rows: Iterable[OutboxPost]) -> datetime | None:
    """When the first post of the run sheet is to leave; None without one."""
    asked = (row.planned for row in rows if row.planned is not None)
    return min((one.due_at for one in asked if one.state is PostState.PLANNED), default=None)


def own_time(row: OutboxPost, now: datetime) -> datetime | None:
    """The time a post has by itself, if it is to come: the one decided last, else the run sheet's.

    None when it has passed, and for a post of the reserve, which has no time of its own.
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
    """Planned at its own time when that is to come, else at once."""
    return planned_at(row, own_time(row, now) or now)


def planned_at(row: OutboxPost, due_at: datetime) -> OutboxPost:
    """The row planned for `due_at` with the same window, as if nothing had happened to it.

    What X said about going too fast still holds: it is told per account, not per post.
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
    """The row in reserve: it does not leave, and can be brought back."""
    return replace(with_reason(row), state=PostState.SKIPPED)


def brought_back(
    row: OutboxPost, rows: Sequence[OutboxPost], now: datetime, over: bool = False
) -> OutboxPost | None:
    """The row planned again: at its own time, or during the hour in a minute if that has passed.

    A post of the reserve leaves in a minute; before the hour, and while posts of the opening
    still wait, it is put among the questions, after the opening. None once the hour is `over`:
    nothing leaves by itself then. `rows` are all rows of the hour.
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
    """When the last of the opening words that go before a post leaves; None if none waits."""
    if not _has_its_turn(row):
        return None
    first = _OPENING[: _OPENING.index(row.kind)] if row.kind in _OPENING else _OPENING
    waiting = (one.due_at for one in rows if one.kind in first and one.state in SHIFTABLE)
    return max(waiting, default=None)


def _place_among(rows: Sequence[OutboxPost], place: datetime) -> datetime | None:
    """The instant half-way between the last question before `place` and the post after it.

    None when no question waits. A question of the reserve stands where it is in the list of
    questions: before the first, or between two of them, or after the last.
    """
    waiting = sorted((row for row in rows if row.state in SHIFTABLE), key=lambda row: row.due_at)
    asked = [row.due_at for row in waiting if row.kind is PostKind.QUESTION]
    if not asked:
        return None
    before = max((at for at in asked if at < place), default=None)
    if before is None:
        # Before the first of them, and after the post that comes before it.
        before = max((row.due_at for row in waiting if row.due_at < asked[0]), default=asked[0])
    following = next((row.due_at for row in waiting if row.due_at > before), before + 2 * COUNTDOWN)
    return before + (following - before) / 2


def let_go(
    rows: Sequence[OutboxPost], post_id: str, now: datetime
) -> list[tuple[OutboxPost, OutboxPost]]:
    """Rows with what they become when the change of a post ends; none if its time is to come.

    When its time has passed, the post leaves in a minute and the rest of the run sheet as much
    later, so that nothing overtakes it. Raises KeyError for an unknown post.
    """
    row = next((one for one in rows if one.id == post_id), None)
    if row is None:
        raise KeyError(post_id)
    if row.due_at > now or row.state not in SHIFTABLE:
        return []
    return postponed(rows, post_id, COUNTDOWN // timedelta(minutes=1), _has_its_turn(row), now)


def behind(rows: Sequence[OutboxPost], held: Collection[str], now: datetime) -> frozenset[str]:
    """The ids of the posts that wait because one before them is still being changed.

    They would overtake it, with no countdown on screen. `rows` are all, by due instant.
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
    """Rows with what they become when a pause ends.

    Overdue posts leave one after the other, from a minute on; the posts that follow them on the
    run sheet stay behind them. Expired posts, and those of the ids `staying`, which are decided
    elsewhere, do not move. `rows` are all, by due instant.
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
    """Whether it stands among the posts of the hour; a reply leaves when it is asked for."""
    return row.kind not in ASKED_FOR


def by_page(row: OutboxPost, now: datetime) -> OutboxPost:
    """The row sent through the pre-filled page: at its own time if that is to come, else now.

    A row in reserve stays there, and goes by the page when it is brought back.
    """
    if row.state in (PostState.DRAFT, PostState.SKIPPED):
        return replace(row, route=Route.ASSISTED, not_before=None)
    return replace(at_its_time(row, now), route=Route.ASSISTED, not_before=None)


def by_keys(rows: Iterable[OutboxPost]) -> list[tuple[OutboxPost, OutboxPost]]:
    """Rows with what they become when all that waits leaves by keys.

    But for what the run sheet itself has go by the page.
    """
    return [
        (row, replace(row, route=Route.KEYS))
        for row in rows
        if row.state in WAITING and row.route is not Route.KEYS
        if row.planned is None or row.planned.route is Route.KEYS
    ]


def not_seen_out(row: OutboxPost, now: datetime, over: bool) -> OutboxPost:
    """The organiser did not find it on X: it goes back to its own time, at the soonest in a minute.

    It may be out after all: nothing reopens by itself before there was time to stop it. Once the
    hour is `over` it waits in reserve: only what is sent on purpose leaves then.
    """
    at = own_time(row, now)
    if over and at is None:
        return skipped(row)
    soonest = now + COUNTDOWN
    return planned_at(row, max(at or soonest, soonest))


def seen_out(row: OutboxPost, link: PostLink | None) -> OutboxPost:
    """The organiser saw it on X, at the address `link` when they say so.

    It left when its page was opened, which may have been later than planned: the one hour that
    every screen tells of it.
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
    """With another address, or none; None for what nobody confirmed by hand."""
    if row.reason is not Reason.BY_HAND:
        return None
    return replace(row, remote_id=link.id if link else "", url=link.url if link else "")


def taken_back(row: OutboxPost) -> OutboxPost | None:
    """What the organiser had confirmed is not online: it waits for their word again.

    Nothing leaves and nothing opens by that. None for what nobody confirmed by hand. It stays
    known as confirmed once, so that its page is known to be older than the last change. Where no
    page was opened for it there is none to look at.
    """
    if row.reason is not Reason.BY_HAND:
        return None
    has_page = row.route is Route.ASSISTED and bool(row.page)
    state = PostState.HANDED_OVER if has_page else PostState.EXPIRED
    return replace(row, state=state, remote_id="", url="")


def freed_of_keys(row: OutboxPost, now: datetime, over: bool = False) -> OutboxPost | None:
    """The row with its refusal by X cleared; None if it had none.

    A post that keys failed to publish is planned at its own time, at once when that has just
    passed. A post past its window stays as it is; so do all once the hour is `over`.
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
    """Rows with what they become when one, and those planned after it if asked, shift by `minutes`.

    Replies and reposts do not follow: they leave when they are asked for. The minutes may be
    negative. A post whose time has passed is counted from now, and nothing is moved into the past.
    Nothing for a post that does not wait any more. `rows` are all, by due instant. Raises KeyError
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

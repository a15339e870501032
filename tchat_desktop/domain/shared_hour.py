"""What two computers that moderate the same chat tell each other, and how it is merged.

Each mark and each post is a value with when and by which computer it was given; of two such values
the later one counts. So the merge is commutative, associative and idempotent: whatever the order
in which files are exchanged, and however often, both computers end up with the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post, is_by_hand
from tchat_desktop.domain.outgoing import OutboxPost

T = TypeVar("T")
Key = TypeVar("Key")
Place = tuple[str, str]
"""The id of a post, and the name of one of its marks."""

BASELINE = datetime(2000, 1, 1, tzinfo=UTC)
"""The instant of what was so before it was shared: anything decided since is later."""
_READ_ON_X = BASELINE + timedelta(seconds=1)
"""The same for a post as X gives it, which counts more than one typed in by hand."""
_STEP = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value with the instant (UTC) and the id of the computer at which it was given."""

    value: T
    at: datetime
    by: str

    @property
    def rank(self) -> tuple[object, ...]:
        """What is compared: the greater one counts. Two values of one rank are the same."""
        return self.at, self.by, _comparable(self.value)


@dataclass(frozen=True, slots=True)
class Laptop:
    """A computer as it introduces itself: by the name of who works there."""

    name: str
    publishes: bool
    """Whether the posts of the chat leave from there."""
    ends_at: datetime | None = None
    """When the hour ends there instead of as announced (UTC); None: as announced."""


@dataclass(frozen=True, slots=True)
class SharedHour:
    """All that is shared of the hour of one chat. A mark that is not named has its default."""

    chat_id: str
    computers: Mapping[str, Dated[Laptop]] = field(default_factory=dict)
    """By the id of the computer."""
    posts: Mapping[str, Dated[Post | None]] = field(default_factory=dict)
    """By the id of the post; None for one that was taken out."""
    marks: Mapping[Place, Dated[bool | str]] = field(default_factory=dict)
    authors: Mapping[str, Dated[bool]] = field(default_factory=dict)
    """Whether an author is hidden, by `comparable_handle`."""
    rows: Dated[tuple[OutboxPost, ...]] | None = None
    """The run sheet with what is out, as told by the computer that publishes; without ids."""

    @property
    def newest(self) -> datetime:
        """The latest instant in it (UTC)."""
        told: list[Mapping[str, Dated[Any]] | Mapping[Place, Dated[Any]]]
        told = [self.computers, self.posts, self.marks, self.authors]
        instants = [dated.at for one in told for dated in one.values()]
        return max([*instants, self.rows.at if self.rows else BASELINE])

    def publisher(self, but: str) -> Dated[Laptop] | None:
        """The computer that publishes, other than the one with the id `but`; None for none.

        It is the last one that said so.
        """
        others = (one for computer_id, one in self.computers.items() if computer_id != but)
        return max(
            (one for one in others if one.value.publishes), key=lambda one: one.rank, default=None
        )


def merged(one: SharedHour, other: SharedHour) -> SharedHour:
    """What both tell, the later value of each thing. Raises ValueError for two different chats."""
    if one.chat_id != other.chat_id:
        raise ValueError("these are two chats")
    rows = [told for told in (one.rows, other.rows) if told is not None]
    return SharedHour(
        one.chat_id,
        _later_of_each(one.computers, other.computers),
        _later_of_each(one.posts, other.posts),
        _later_of_each(one.marks, other.marks),
        _later_of_each(one.authors, other.authors),
        max(rows, key=lambda told: told.rank, default=None),
    )


def _later_of_each(
    one: Mapping[Key, Dated[T]], other: Mapping[Key, Dated[T]]
) -> Mapping[Key, Dated[T]]:
    later = dict(one)
    for key, dated in other.items():
        known = later.get(key)
        if known is None or known.rank < dated.rank:
            later[key] = dated
    return later


# --- what is here ----------------------------------------------------------------------------


def noted(
    shared: SharedHour,
    posts: Iterable[FeedPost],
    hidden_authors: Collection[str],
    by: str,
    now: datetime,
) -> SharedHour:
    """What is shared, with everything that was changed here since; `by` is this computer.

    What is seen for the first time counts as of `BASELINE`. What differs from what was shared was
    changed here, after all that is known: a clock that is slow loses nothing.
    """
    at = max(now, shared.newest + _STEP)
    here = {one.post.id: one for one in posts}
    kept, marks = dict(shared.posts), dict(shared.marks)
    for post_id, feed in here.items():
        known = kept.get(post_id)
        if known is None:
            first = BASELINE if is_by_hand(feed.post) else _READ_ON_X
            kept[post_id] = Dated(feed.post, first, by)
        elif known.value != feed.post:
            kept[post_id] = Dated(feed.post, at, by)
        since = at if post_id in shared.posts else BASELINE
        marks.update(_changed_marks(feed, marks, since, by))
    for post_id, known in shared.posts.items():
        if known.value is not None and post_id not in here:
            kept[post_id] = Dated(None, at, by)
    authors = _changed_authors(shared, hidden_authors, at, by)
    return replace(shared, posts=kept, marks=marks, authors=authors)


def _changed_marks(
    feed: FeedPost, known: Mapping[Place, Dated[bool | str]], at: datetime, by: str
) -> Mapping[Place, Dated[bool | str]]:
    changed: dict[Place, Dated[bool | str]] = {}
    for mark in Mark:
        place, value = (feed.post.id, mark.value), getattr(feed, mark.value)
        before = known.get(place)
        if value != (_DEFAULTS[mark.value] if before is None else before.value):
            changed[place] = Dated(value, at, by)
    return changed


def _changed_authors(
    shared: SharedHour, hidden: Collection[str], at: datetime, by: str
) -> Mapping[str, Dated[bool]]:
    authors = dict(shared.authors)
    now_hidden = {comparable_handle(handle) for handle in hidden} - {""}
    for handle in now_hidden:
        if handle not in authors:
            authors[handle] = Dated(True, at if shared.posts else BASELINE, by)
    for handle, known in shared.authors.items():
        if known.value is not (handle in now_hidden):
            authors[handle] = Dated(handle in now_hidden, at, by)
    return authors


def introduced(shared: SharedHour, computer: Laptop, by: str, now: datetime) -> SharedHour:
    """What is shared, with how the computer `by` introduces itself now."""
    known = shared.computers.get(by)
    if known is not None and known.value == computer:
        return shared
    told = Dated(computer, max(now, shared.newest + _STEP), by)
    return replace(shared, computers={**shared.computers, by: told})


def with_rows(shared: SharedHour, rows: Sequence[OutboxPost], by: str, now: datetime) -> SharedHour:
    """What is shared, with the run sheet as it stands on the computer `by`, which publishes."""
    told = tuple(rows)
    if shared.rows is not None and (shared.rows.value, shared.rows.by) == (told, by):
        return shared
    return replace(shared, rows=Dated(told, max(now, shared.newest + _STEP), by))


# --- what is to be done here -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class News:
    """What the others did since, and what is to be done for it here."""

    added: tuple[FeedPost, ...] = ()
    corrected: tuple[Post, ...] = ()
    removed: tuple[str, ...] = ()
    marks: tuple[Marking, ...] = ()
    """Of the posts that were here already."""
    hidden: tuple[str, ...] = ()
    """The authors who are to be hidden, by `comparable_handle`."""
    shown: tuple[str, ...] = ()
    """The authors who need not be hidden any more."""
    names: tuple[str, ...] = ()
    """Who did it, by the names of their computers, in alphabetical order."""

    @property
    def stars(self) -> int:
        """How many highlights came, with the posts or for posts that were here."""
        given = sum(one.mark is Mark.STARRED and bool(one.value) for one in self.marks)
        return given + sum(feed.starred for feed in self.added)

    @property
    def other_marks(self) -> int:
        """How many other changes came for posts that were here."""
        stars = sum(one.mark is Mark.STARRED and bool(one.value) for one in self.marks)
        others = len(self.marks) - stars + len(self.corrected) + len(self.removed)
        return others + len(self.hidden) + len(self.shown)


def news(before: SharedHour, after: SharedHour) -> News:
    """What is to be done where `before` was known, so that all is as in `after`."""
    added, corrected, removed, marks = [], [], [], []
    by: set[str] = set()
    for post_id, dated in after.posts.items():
        known = before.posts.get(post_id)
        was_here = known is not None and known.value is not None
        if dated.value is None:
            if was_here:
                removed.append(post_id)
                by.add(dated.by)
        elif not was_here:
            added.append(feed_post_of(after, dated.value))
            by.add(dated.by)
        elif known is not None and known.value != dated.value:
            corrected.append(dated.value)
            by.add(dated.by)
    fresh = {feed.post.id for feed in added} | set(removed)
    for (post_id, name), mark in after.marks.items():
        former = before.marks.get((post_id, name))
        if mark.value == (_DEFAULTS[name] if former is None else former.value):
            continue
        post = after.posts.get(post_id)
        if post_id not in fresh and post is not None and post.value is not None:
            marks.append(Marking(post_id, Mark(name), mark.value))
            by.add(mark.by)
    turned = {
        handle: one
        for handle, one in after.authors.items()
        if one.value is not (handle in before.authors and before.authors[handle].value)
    }
    by |= {one.by for one in turned.values()}
    return News(
        tuple(added),
        tuple(corrected),
        tuple(removed),
        # What is taken back first: a mark that is given may exclude it.
        tuple(sorted(marks, key=lambda one: bool(one.value))),
        tuple(handle for handle, one in turned.items() if one.value),
        tuple(handle for handle, one in turned.items() if not one.value),
        tuple(sorted({after.computers[one].value.name for one in by if one in after.computers})),
    )


def feed_post_of(shared: SharedHour, post: Post) -> FeedPost:
    """A post with its marks; a post is never harmless and in need of care at once."""
    given = {
        name: dated.value
        for name in _DEFAULTS
        if (dated := shared.marks.get((post.id, name))) is not None
    }
    feed = replace(FeedPost(post), **given)  # type: ignore[arg-type]
    return replace(feed, harmless=False) if feed.confided or feed.names_child else feed


_DEFAULTS = {mark.value: getattr(FeedPost(Post("", "", "", "", BASELINE)), mark) for mark in Mark}
"""The value of each mark of a post that nobody has marked."""


def _comparable(value: object) -> tuple[object, ...]:
    """A value of one kind in a form that can be compared with others of that kind."""
    match value:
        case Post() | Laptop():
            return (1, *(_comparable(getattr(value, one.name)) for one in fields(value)))
        case tuple():
            return tuple(repr(one) for one in value)
        case None:
            return (0,)
        case _:
            return (1, value)

"""Takes one person out of all that is kept of chats: their posts, their name, what is noted.

The words of others stay; only the name in them gives way to the mask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import unquote

from tchat_desktop.domain.anonymity import MASK, comparable_handle
from tchat_desktop.domain.chat import Chat, Occasion, Person, RecapDraft, ThreadPost
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.folding import fold, fold_alike, fold_with_places
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostKind
from tchat_desktop.domain.shared_hour import Dated, SharedHour

Value = TypeVar("Value")

NOBODY_S_POST = "0"
"""Stands for the id of a post of theirs where something was published about it."""

TEXTS = frozenset(
    {
        *("audience", "success", "topic", "summary", "event", "link_words", "lessons"),
        *("former_lessons", "text", "prepared_answer", "sources", "bio", "answers", "alt_text"),
        *("questions_alt_text", "title", "introduction", "conclusion", "comments", "organisation"),
        *("focal_point", "between", "to_change", "contact", "impact"),
    }
)
"""The fields of a chat and its parts in which people write, and so may name somebody."""

_BETWEEN = r"[\W_]{0,3}"
_WORD_BEFORE, _WORD_AFTER = r"(?<![^\W_])", r"(?![^\W_])"


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of whom something is kept: an author, a guest, or a member of the team.

    `handle` is the bare name on X, "" for somebody without an account.
    """

    handle: str
    names: frozenset[str]
    """All names under which they were collected."""
    posts: int = 0
    chats: int = 0
    """In how many chats they are."""

    def is_it(self, handle: str, name: str) -> bool:
        """Whether somebody of that account, or without one of that name, is this person."""
        if self.handle or handle:
            return comparable_handle(handle) == comparable_handle(self.handle)
        return bool(name.strip()) and fold(name) in map(fold, self.names)

    @property
    def called(self) -> str:
        """The longest of their names, or else their account."""
        return max(self.names, key=len, default="") or f"@{self.handle}"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken out."""

    posts: int = 0
    mentions: int = 0
    """Posts and messages of others in which the name stood."""
    chats: int = 0

    def __add__(self, other: Erased) -> Erased:
        """The sum of both."""
        return Erased(
            self.posts + other.posts, self.mentions + other.mentions, self.chats + other.chats
        )


class PersonMask:
    """Puts the mask in the place of a person's account and full name in texts.

    A name of one word, and an account that is written like a word, are masked only with the @
    sign or in an address: they are the names of others, too. The time is linear in the text.
    """

    def __init__(self, person: KnownPerson) -> None:
        forms = []
        if handle := comparable_handle(person.handle):
            escaped = re.escape(handle)
            forms.append(f"@{escaped}")
            forms.append(rf"(?:x|twitter)\.com/{escaped}(?:/status/[0-9]+)?")
            if not handle.isalpha():
                forms.append(f"{_WORD_BEFORE}{escaped}")
        for name in sorted(map(fold_alike, person.names), key=len, reverse=True):
            words = re.findall(r"[^\W_]+", name)
            if len(words) > 1:
                forms.append(_WORD_BEFORE + _BETWEEN.join(map(re.escape, words)))
        self._pattern = re.compile(f"(?:{'|'.join(forms)}){_WORD_AFTER}") if forms else None

    def __call__(self, text: str) -> str:
        """The text without the person."""
        if self._pattern is None or not text:
            return text
        folded, places = fold_with_places(text)
        kept, reached = [], 0
        for found in self._pattern.finditer(folded):
            start, last = places[found.start()], places[found.end() - 1]
            following = places[found.end()] if found.end() < len(places) else len(text)
            kept += [text[reached : max(start, reached)], MASK]
            reached = max(following, last + 1)
        return "".join([*kept, text[reached:]])

    def names(self, text: str) -> bool:
        """Whether the person stands in a text, or in an address made of one."""
        return self(text) != text or self(unquote(text)) != unquote(text)


# --- a chat -----------------------------------------------------------------------------------


def chat_without(chat: Chat, person: KnownPerson, mask: PersonMask, gone: Collection[str]) -> Chat:
    """The chat without the person; `gone` are the ids of their posts, and of rows about them."""
    theirs = {one.id for one in chat.people if person.is_it(one.typed_account, one.name)}
    masked = _masked(replace(chat, people=_others(chat.people, theirs)), mask)
    return replace(
        masked,
        recap=_recap_without(masked.recap, person, mask, gone),
        rehearsed_recap=masked.rehearsed_recap
        and _recap_without(masked.rehearsed_recap, person, mask, gone),
        thanked=tuple(
            one for one in chat.thanked if not _is_about(one, person) and one not in theirs
        ),
        thanked_by=tuple(
            pair
            for pair in chat.thanked_by
            if not _is_about(pair[0], person) and pair[0] not in theirs
        ),
        invited_again=tuple(
            pair
            for pair in chat.invited_again
            if not _is_about(pair[0], person) and pair[0] not in theirs
        ),
        muted_authors=_not_about(chat.muted_authors, person),
        handed_out=tuple(pair for pair in chat.handed_out if pair[0] not in theirs),
        gone_from_x=tuple(one for one in chat.gone_from_x if one not in gone),
        funder=masked.funder
        and replace(
            masked.funder, quotes=tuple(one for one in masked.funder.quotes if one not in gone)
        ),
        thread=tuple(_unquoted(post, gone) for post in masked.thread),
    )


def quoting(chat: Chat, gone: Collection[str]) -> frozenset[str]:
    """The ids of the posts of a thread that quote posts of the person."""
    return frozenset(
        post.id for post in chat.thread if any(one.post_id in gone for one in post.told)
    )


def _unquoted(post: ThreadPost, gone: Collection[str]) -> ThreadPost:
    """A post of the thread without the words and the names of posts of the person.

    Where the organiser has changed the words, the whole text goes: nobody can tell what is theirs.
    """
    text = post.text
    theirs = [one for one in post.told if one.post_id and one.post_id in gone]
    for one in theirs:
        if one.text and one.text not in text:
            text = MASK
        text = text.replace(one.text or MASK, MASK)
    return replace(post, text=text, told=tuple(one for one in post.told if one not in theirs))


def _others(people: Iterable[Person], theirs: Collection[str]) -> tuple[Person, ...]:
    return tuple(one for one in people if one.id not in theirs)


def _recap_without(
    draft: RecapDraft, person: KnownPerson, mask: PersonMask, gone: Collection[str]
) -> RecapDraft:
    return replace(
        draft,
        placed=tuple(pair for pair in draft.placed if pair[0] not in gone),
        between=tuple(pair for pair in draft.between if pair[0] not in gone),
        order=tuple(one for one in draft.order if one not in gone),
        hidden_authors=_not_about(draft.hidden_authors, person),
        initialled_authors=_not_about(draft.initialled_authors, person),
        named_authors=_not_about(draft.named_authors, person),
        masked_words=tuple(one for one in draft.masked_words if not mask.names(one)),
        names_of_others=tuple(one for one in draft.names_of_others if not mask.names(one)),
        guest_answers=tuple(one for one in draft.guest_answers if one not in gone),
        read_again=tuple(pair for pair in draft.read_again if pair[0] not in gone),
    )


def _not_about(handles: Iterable[str], person: KnownPerson) -> tuple[str, ...]:
    return tuple(one for one in handles if not _is_about(one, person))


def _is_about(handle: str, person: KnownPerson) -> bool:
    return bool(person.handle) and person.is_it(handle, "")


def _masked(value: Value, mask: Callable[[str], str]) -> Value:
    """A part of a chat in which the texts are masked, however deep they stand."""
    made: Any = value
    if isinstance(made, tuple):
        return tuple(_masked(one, mask) for one in made)  # type: ignore[return-value]
    if not is_dataclass(made) or isinstance(made, type):
        return value
    changes = {}
    for one in fields(made):
        before = getattr(made, one.name)
        after = _texts_masked(before, mask) if one.name in TEXTS else _masked(before, mask)
        if after != before:
            changes[one.name] = after
    return replace(made, **changes) if changes else value  # type: ignore[return-value]


def _texts_masked(value: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, tuple):
        return tuple(_texts_masked(one, mask) for one in value)
    return value


# --- posts and messages -----------------------------------------------------------------------


def post_without(
    item: FeedPost, person: KnownPerson, mask: PersonMask, gone: Collection[str]
) -> FeedPost | None:
    """A collected post without the person; None for one of theirs."""
    post = item.post
    if person.is_it(post.author, post.author_name if not post.author else ""):
        return None
    return replace(item, post=_said_without(post, mask, gone))


def _said_without(post: Post, mask: PersonMask, gone: Collection[str]) -> Post:
    return replace(
        post,
        text=mask(post.text),
        in_reply_to="" if post.in_reply_to in gone else post.in_reply_to,
    )


def row_without(
    row: OutboxPost,
    person: KnownPerson,
    mask: PersonMask,
    gone: Collection[str],
    quoted_in: Collection[str] = (),
) -> OutboxPost | None:
    """A message of the organiser without the person; None for one about them that never left.

    What is out, or may be, stays counted: a row that tells nothing of them any more. `quoted_in`
    are the ids of the posts of the thread that quote them.
    """
    if row.occasion is Occasion.THREAD and row.slot in quoted_in:
        return replace(row, text=MASK, page="", detail="", said="", planned=None)
    about = (
        row.target_id in gone
        or (bool(row.target_author) and _is_about(row.target_author, person))
        or (bool(row.guest_id) and person.is_it("", row.guest_name))
    )
    if about and row.state in WAITING and not row.attempts:
        return None
    theirs = about and row.kind in (PostKind.GUEST_ANSWER, PostKind.REPOST)
    planned = replace(row.planned, text=mask(row.planned.text)) if row.planned else None
    return replace(
        row,
        slot=f"forgotten:{row.id}" if about else row.slot,
        text=MASK if theirs else mask(row.text),
        target_id=NOBODY_S_POST if about and row.target_id else row.target_id,
        target_author="" if about else row.target_author,
        guest_id="" if about else row.guest_id,
        guest_name="" if about else row.guest_name,
        url="" if mask.names(row.url) or (about and row.kind is PostKind.REPOST) else row.url,
        page="" if mask.names(row.page) or about else row.page,
        detail=mask(row.detail),
        said=mask(row.said),
        planned=planned,
    )


def shared_without(
    shared: SharedHour, person: KnownPerson, mask: PersonMask, gone: Collection[str]
) -> SharedHour:
    """What is shared with a co-host without the person; their computer learns that it is gone."""
    at = shared.newest + timedelta(microseconds=1)
    posts: dict[str, Dated[Post | None]] = {}
    for post_id, dated in shared.posts.items():
        post = dated.value
        if post_id in gone or (post is not None and person.is_it(post.author, post.author_name)):
            posts[post_id] = Dated(None, at, dated.by)
        elif post is not None:
            posts[post_id] = replace(dated, value=_said_without(post, mask, gone))
        else:
            posts[post_id] = dated
    marks = {place: one for place, one in shared.marks.items() if place[0] not in gone}
    authors = {name: one for name, one in shared.authors.items() if not _is_about(name, person)}
    rows = shared.rows
    if rows is not None:
        left = (row_without(row, person, mask, gone) for row in rows.value)
        rows = replace(rows, value=tuple(row for row in left if row is not None))
    return replace(shared, posts=posts, marks=marks, authors=authors, rows=rows)


def unsent_without(
    texts: Mapping[str, str], mask: PersonMask, gone: Collection[str]
) -> Mapping[str, str]:
    """What was typed and not sent, without the person, and without what answers them."""
    return {
        place: mask(text)
        for place, text in texts.items()
        if not mask.names(place) and not any(one in place for one in gone if one)
    }

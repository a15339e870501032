"""A table that says, for each field of a chat, what is done with it elsewhere in the app.

It is read by `new_edition`, the running hour, the price, the saved recap and undo. A new field must
get a line in it: until then they raise Undecided, and a test fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Flag, auto
from typing import Any, TypeVar

from tchat_desktop.domain.chat import (
    Announcement,
    Chapter,
    Chat,
    FunderDraft,
    HelpLine,
    OwnText,
    Person,
    Picture,
    Question,
    RecapDraft,
    RunEdit,
    ThreadPost,
    Told,
    VisualDraft,
)


class Use(Flag):
    """What a field is used for besides its own page; uses can be combined."""

    NOTHING = 0
    KEPT = auto()
    """The next edition copies it; any other field starts from its default there."""
    FIXES_HOUR = auto()
    """A running hour depends on it and must be reopened when it changes."""
    IN_POSTS = auto()
    """The texts and routes of the planned posts depend on it, and so does their price."""
    IN_RECAP = auto()
    """The recap shows it, so a change makes the saved recap out of date."""
    NOTED = auto()
    """The app sets it by `ChatEditor.note`; it is not an edit, so undo never changes it."""


NOTHING, KEPT, FIXES_HOUR, IN_POSTS, IN_RECAP, NOTED = (
    Use.NOTHING,
    Use.KEPT,
    Use.FIXES_HOUR,
    Use.IN_POSTS,
    Use.IN_RECAP,
    Use.NOTED,
)

USES: dict[type, Mapping[str, Use]] = {
    Chat: {
        "id": NOTHING,
        "purpose": KEPT | IN_POSTS,
        "rhythm": KEPT,
        "audience": KEPT,
        "success": KEPT,
        "hoped_participants": KEPT,
        "hoped_replies": KEPT,
        "language": KEPT | FIXES_HOUR | IN_POSTS | IN_RECAP,
        "organisation": KEPT | IN_POSTS | IN_RECAP,
        "account": KEPT | FIXES_HOUR | IN_RECAP,
        "topic": KEPT | IN_POSTS | IN_RECAP,
        "summary": KEPT,
        # The next edition is held on another occasion.
        "event": NOTHING,
        "starts_at": FIXES_HOUR | IN_POSTS | IN_RECAP,
        "time_zone": KEPT | FIXES_HOUR | IN_POSTS | IN_RECAP,
        "audience_zones": KEPT,
        "towns": KEPT | IN_RECAP,
        "begun_at": NOTED,
        "moved_from": NOTHING,
        "minutes": KEPT | FIXES_HOUR | IN_POSTS | IN_RECAP,
        "hashtag": KEPT | FIXES_HOUR | IN_POSTS | IN_RECAP,
        "questions": KEPT | IN_POSTS | IN_RECAP,
        "people": KEPT | IN_POSTS | IN_RECAP,
        "announcements": KEPT,
        "own_texts": KEPT | IN_POSTS,
        "announced": NOTED,
        "announced_tags": NOTED,
        "handed_out": NOTED,
        # Each edition invites anew.
        "invited_again": NOTHING,
        "registration_link": KEPT,
        "link_words": KEPT,
        "visuals": KEPT | IN_RECAP,
        "run_order": KEPT | IN_POSTS,
        "run_edits": KEPT | IN_POSTS,
        "run_sheet_seen": NOTED,
        "help_lines": KEPT,
        "focal_point": KEPT,
        "focal_phone": KEPT,
        "rules_accepted": NOTHING,
        # Each edition asks anew whether a child may be named.
        "named_on_purpose": NOTED,
        # Nobody is judged for good: each edition begins with everybody.
        "muted_authors": NOTED,
        # A question that is asked again with the same words is meant as it was.
        "meant": KEPT,
        "live_elsewhere": NOTED,
        "route": KEPT | FIXES_HOUR,
        "spending_limit_cents": KEPT,
        "rehearsed_at": NOTHING,
        "rehearsal": NOTHING,
        "recap": IN_RECAP,
        # What was written for invented posts is for practice.
        "rehearsed_recap": NOTHING,
        "recap_saved": NOTED,
        "recap_forms": NOTED,
        "recap_content": NOTED,
        # It tells of this edition.
        "thread": NOTHING,
        "thread_out": NOTED,
        "checked_on_x": NOTED,
        "gone_from_x": NOTED,
        "funder": KEPT,
        "thanked": NOTHING,
        "thanked_by": NOTHING,
        "everyone_thanked": NOTHING,
        "to_thank": NOTED,
        "thanked_apart": NOTED,
        "confidences_waiting": NOTED,
        "lessons": NOTHING,
        "to_change": NOTHING,
        "former_lessons": NOTHING,
        "carried_over": NOTHING,
        "closed_at": NOTHING,
        "put_away": NOTED,
    },
    Question: {
        "id": KEPT | IN_POSTS | IN_RECAP,
        "text": KEPT | IN_POSTS | IN_RECAP,
        "essential": KEPT | IN_POSTS | IN_RECAP,
        "minutes": KEPT | IN_POSTS,
        "prepared_answer": KEPT,
        "sources": KEPT,
    },
    Person: {
        # What was published for a guest without an account on X is known as theirs by it.
        "id": KEPT | IN_RECAP,
        "role": KEPT | IN_POSTS | IN_RECAP,
        "name": KEPT | IN_POSTS | IN_RECAP,
        "handle": KEPT | IN_POSTS | IN_RECAP,
        "no_account": KEPT | IN_POSTS | IN_RECAP,
        "bio": KEPT | IN_POSTS | IN_RECAP,
        "email": KEPT,
        "time_zone": KEPT,
        "language": KEPT,
        # Guests are invited again to each edition, and receive its own questions.
        "invitation": IN_POSTS | IN_RECAP,
        "has_questions": NOTHING,
        # They answer the questions of this edition.
        "answers": NOTHING,
        # Told in posts that are made during the hour, none of which is planned.
        "reached_by": KEPT,
    },
    Announcement: {
        "id": KEPT,
        "channel": KEPT,
        "minutes_before": KEPT,
        "text": KEPT,
        "done": NOTHING,
        "tag": NOTHING,
        # Each edition is asked anew what leaves by itself.
        "by_keys": NOTHING,
    },
    VisualDraft: {
        "design": KEPT,
        "colour": KEPT,
        "logo": KEPT | IN_RECAP,
        # They tell the day.
        "alt_text": NOTHING,
        "questions_alt_text": NOTHING,
    },
    FunderDraft: {
        "name": KEPT,
        # Of the next edition it is not known yet.
        "impact": NOTHING,
        "contact": KEPT,
        "language": KEPT,
        # They were said in this edition.
        "quotes": NOTHING,
    },
    RunEdit: {
        "key": KEPT | IN_POSTS,
        "text": KEPT | IN_POSTS,
        "minutes": KEPT | IN_POSTS,
        "included": KEPT | IN_POSTS,
        "picture": KEPT | IN_POSTS,
        "by_page": KEPT | IN_POSTS,
    },
    Picture: {
        # The logo is one.
        "id": KEPT | IN_POSTS | IN_RECAP,
        "kind": KEPT | IN_POSTS,
        "alt_text": KEPT | IN_POSTS,
    },
    HelpLine: {
        "id": KEPT,
        "country": KEPT,
        "number": KEPT,
        "serves": KEPT,
        "hours": KEPT,
        # Numbers change, so they are checked and looked for again for each edition.
        "verified": NOTHING,
        "none_found": NOTHING,
    },
    OwnText: {
        "language": KEPT | IN_POSTS,
        "key": KEPT | IN_POSTS,
        "text": KEPT | IN_POSTS,
    },
    ThreadPost: {
        "id": NOTHING,
        "text": NOTHING,
        "told": NOTHING,
    },
    Told: {
        "of": NOTHING,
        "text": NOTHING,
        "post_id": NOTHING,
    },
    RecapDraft: {
        "title": IN_RECAP,
        "introduction": IN_RECAP,
        "conclusion": IN_RECAP,
        "comments": IN_RECAP,
        "chapters": IN_RECAP,
        "placed": IN_RECAP,
        "between": IN_RECAP,
        "order": IN_RECAP,
        "hidden_authors": IN_RECAP,
        "initialled_authors": IN_RECAP,
        "named_authors": IN_RECAP,
        "everybody": IN_RECAP,
        "masked_words": IN_RECAP,
        "guest_answers": IN_RECAP,
        # What was asked about stays as it is written.
        "names_of_others": NOTHING,
        # That the organiser read a text again changes nothing in the recap.
        "read_again": NOTHING,
        # The page does not say where it is.
        "page_link": NOTHING,
    },
    Chapter: {
        "id": IN_RECAP,
        "title": IN_RECAP,
        "after": IN_RECAP,
    },
}
"""The uses of the fields, by record type. A value of any other type is used as a whole."""


class Undecided(LookupError):
    """A field of a record of the chat has no line in `USES`; the message names it."""


def names_used(record: type, use: Use) -> tuple[str, ...]:
    """The names of the fields of a record type that have that use, in order.

    Raises Undecided for a field without a line in `USES`, KeyError for another type.
    """
    uses = USES[record]
    for one in fields(record):
        if one.name not in uses:
            raise Undecided(
                f"{record.__name__}.{one.name} is not decided: say in USES of "
                "tchat_desktop/domain/chat_fields.py whether the next edition keeps it, an hour is "
                "built on it, the posts are made of it, the recap shows it, or the app notes it."
            )
    return tuple(one.name for one in fields(record) if use in uses[one.name])


def part_of(value: object, use: Use) -> object:
    """The parts of a value that have that use, nested in tuples, for comparing two values.

    Raises Undecided.
    """
    if isinstance(value, tuple):
        return tuple(part_of(one, use) for one in value)
    if type(value) in USES:
        names = names_used(type(value), use)
        return tuple(part_of(getattr(value, name), use) for name in names)
    return value


Value = TypeVar("Value")


def kept(value: Value, **given: object) -> Value:
    """The value for the next edition: `KEPT` fields are copied, others get `given` or defaults.

    Raises Undecided.
    """
    made: Any = value
    if isinstance(made, tuple):
        return tuple(kept(one) for one in made)  # type: ignore[return-value]
    if type(made) not in USES:
        return value
    names = names_used(type(made), KEPT)
    return type(made)(**{name: kept(getattr(made, name)) for name in names} | given)  # type: ignore[no-any-return]

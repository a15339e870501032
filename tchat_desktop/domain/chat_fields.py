"""What each field of a chat does where it was not filled in, said once and here.

`new_edition`, the hour that runs, the price, the saved recap and the words of undo read this table.
A field that is not in it stops them, with a sentence that says where to decide; so does the test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Flag, auto
from typing import Any, TypeVar

from tchat_desktop.domain.chat import (
    Announcement,
    Chat,
    HelpLine,
    Person,
    Picture,
    Question,
    RecapDraft,
    RunEdit,
)


class Use(Flag):
    """What a field is used for beside its own page; several at once, or nothing."""

    NOTHING = 0
    KEPT = auto()
    """The next edition has it as it stands; without this it begins anew there."""
    FIXES_HOUR = auto()
    """An hour is built on it: when it changes, the hour that runs is opened anew."""
    IN_POSTS = auto()
    """The texts and the ways of the planned posts are made of it, and so the price."""
    IN_RECAP = auto()
    """Readers see it in the recap: when it changes, the recap that was saved is an old one."""
    NOTED = auto()
    """The app notes it (`ChatEditor.note`): it is no edit of anybody's, and nothing undoes it."""


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
        "language": KEPT | FIXES_HOUR | IN_POSTS | IN_RECAP,
        "organisation": KEPT | IN_POSTS | IN_RECAP,
        "account": KEPT | FIXES_HOUR | IN_RECAP,
        "topic": KEPT | IN_POSTS | IN_RECAP,
        "summary": KEPT,
        "starts_at": FIXES_HOUR | IN_POSTS | IN_RECAP,
        "time_zone": KEPT | FIXES_HOUR | IN_POSTS | IN_RECAP,
        "audience_zones": KEPT,
        "towns": KEPT | IN_RECAP,
        "moved_from": NOTHING,
        "minutes": KEPT | FIXES_HOUR | IN_POSTS | IN_RECAP,
        "hashtag": KEPT | FIXES_HOUR | IN_POSTS | IN_RECAP,
        "questions": KEPT | IN_POSTS | IN_RECAP,
        "people": KEPT | IN_POSTS | IN_RECAP,
        "announcements": KEPT,
        "registration_link": KEPT,
        "run_order": KEPT | IN_POSTS,
        "run_edits": KEPT | IN_POSTS,
        "run_sheet_seen": NOTED,
        "help_lines": KEPT,
        "focal_point": KEPT,
        "focal_phone": KEPT,
        "rules_accepted": NOTHING,
        "live_elsewhere": NOTED,
        "route": KEPT | FIXES_HOUR,
        "spending_limit_cents": KEPT,
        "rehearsed_at": NOTHING,
        "rehearsal": NOTHING,
        "recap": IN_RECAP,
        "recap_saved": NOTED,
        "recap_content": NOTED,
        "thanked": NOTHING,
        "to_thank": NOTED,
        "lessons": NOTHING,
        "former_lessons": NOTHING,
        "carried_over": NOTHING,
        "closed_at": NOTHING,
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
        "id": KEPT,
        "role": KEPT | IN_POSTS | IN_RECAP,
        "name": KEPT | IN_POSTS | IN_RECAP,
        "handle": KEPT | IN_POSTS | IN_RECAP,
        "no_account": KEPT | IN_POSTS | IN_RECAP,
        "bio": KEPT | IN_POSTS | IN_RECAP,
        "email": KEPT,
        "time_zone": KEPT,
        # They are invited again to each edition, and get the questions of that one.
        "invitation": IN_POSTS | IN_RECAP,
        "has_questions": NOTHING,
    },
    Announcement: {
        "id": KEPT,
        "channel": KEPT,
        "minutes_before": KEPT,
        "text": KEPT,
        "done": NOTHING,
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
        "id": KEPT | IN_POSTS,
        "kind": KEPT | IN_POSTS,
        "alt_text": KEPT | IN_POSTS,
    },
    HelpLine: {
        "id": KEPT,
        "country": KEPT,
        "number": KEPT,
        "serves": KEPT,
        "hours": KEPT,
        # Numbers change: they are checked, and looked for, again for each edition.
        "verified": NOTHING,
        "none_found": NOTHING,
    },
    RecapDraft: {
        "title": IN_RECAP,
        "introduction": IN_RECAP,
        "conclusion": IN_RECAP,
        "comments": IN_RECAP,
        "order": IN_RECAP,
        "hidden_authors": IN_RECAP,
        "masked_words": IN_RECAP,
        "guest_answers": IN_RECAP,
        # That the organiser read a text again changes nothing anybody sees.
        "read_again": NOTHING,
    },
}
"""Of each record of a chat that is used in parts. One that is not here is used as a whole."""


class Undecided(LookupError):
    """A field of a record of the chat has no line in `USES`; the message names it."""


def names_used(record: type, use: Use) -> tuple[str, ...]:
    """The names of the fields of a record of `USES` with that use, in order. Raises Undecided."""
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
    """What of a value has that use: equal for two values where nothing differs that matters.

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
    """A value as the next edition has it: what is not `KEPT` begins anew, unless it is `given`.

    Raises Undecided.
    """
    made: Any = value
    if isinstance(made, tuple):
        return tuple(kept(one) for one in made)  # type: ignore[return-value]
    if type(made) not in USES:
        return value
    names = names_used(type(made), KEPT)
    return type(made)(**{name: kept(getattr(made, name)) for name in names} | given)  # type: ignore[no-any-return]

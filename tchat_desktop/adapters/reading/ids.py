"""Makes the ids of a chat and its parts usable and unique, and updates what refers to them.

Ids become parts of keys ("q:" and the id of a question), of addresses and of file names, but an id
from outside may hold anything. An unusable one is replaced in the same way at each reading.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tchat_desktop.adapters.reading.sieve import NoteLeftOut
from tchat_desktop.domain.chat import (
    Announcement,
    Chat,
    HelpLine,
    Person,
    Question,
    ThreadPost,
)
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.run_sheet import question_key

_USUAL = re.compile(r"[0-9A-Za-z_-]{1,64}")

Part = TypeVar("Part", Question, Person, Announcement, HelpLine, ThreadPost)
Names = dict[str, str]
"""The new id of each id that was replaced, by the former one."""


def sound_chat_id(chat_id: str) -> str:
    """The id, or a hash of it if it is not usable, so that the same file gives the same chat."""
    if _USUAL.fullmatch(chat_id):
        return chat_id
    return hashlib.sha256(chat_id.encode("utf-8", "replace")).hexdigest()[:32]


def sound_parts(
    parts: Iterable[Part],
    sound: Callable[[Part, str, NoteLeftOut], Part],
    path: str,
    note: NoteLeftOut,
    names: Names | None = None,
) -> tuple[Part, ...]:
    """The parts, each passed through `sound` and given a unique id.

    Ids that were replaced are noted and added to `names`.
    """
    made: list[Part] = []
    taken: set[str] = set()
    for index, part in enumerate(parts):
        place = f"{path}[{index}]"
        part_id = part.id if _USUAL.fullmatch(part.id) else ""
        while not part_id or part_id in taken:
            part_id = f"{part_id or 'part'}-{index + 1}"
        if part_id != part.id:
            note(f"{place}.id")
            # Of two parts with the same id, references mean the first one.
            if names is not None and part.id not in taken:
                names.setdefault(part.id, part_id)
        taken.add(part_id)
        made.append(sound(replace(part, id=part_id), place, note))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Renamed:
    """The ids that were replaced in a chat, with methods that update what refers to them."""

    questions: Names = field(default_factory=dict)
    people: Names = field(default_factory=dict)

    def key(self, key: str) -> str:
        """The updated key of an item of the run sheet, or slot of an outbox row."""
        keys = {question_key(old): question_key(new) for old, new in self.questions.items()}
        return keys.get(key, key)

    def in_chat(self, chat: Chat) -> Chat:
        """The chat with answers, run sheet, recap and thanks updated."""
        if not (self.questions or self.people):
            return chat
        comments = tuple((self.questions.get(one, one), said) for one, said in chat.recap.comments)
        chapters = tuple(
            replace(one, after=self.questions.get(one.after, one.after))
            for one in chat.recap.chapters
        )
        people = tuple(
            replace(
                person,
                answers=tuple((self.questions.get(one, one), said) for one, said in person.answers),
            )
            for person in chat.people
        )
        return replace(
            chat,
            people=people,
            run_order=tuple(map(self.key, chat.run_order)),
            run_edits=tuple(replace(edit, key=self.key(edit.key)) for edit in chat.run_edits),
            recap=replace(chat.recap, comments=comments, chapters=chapters),
            invited_again=tuple(
                (self.people.get(one, one), way) for one, way in chat.invited_again
            ),
            thanked=tuple(self.people.get(one, one) for one in chat.thanked),
            thanked_by=tuple((self.people.get(one, one), way) for one, way in chat.thanked_by),
        )

    def in_post(self, item: FeedPost) -> FeedPost:
        """A collected post with its question and guest updated."""
        return replace(
            item,
            question_id=self.questions.get(item.question_id, item.question_id),
            assigned_to=self.people.get(item.assigned_to, item.assigned_to),
        )

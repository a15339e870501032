"""Ids of the chat and its parts: usable in keys and addresses, unique, and followed when renamed.

An id from outside may hold anything. It is a part of keys ("q:" and the id of a question), of
addresses, and of names of files: one that cannot be is replaced, the same way at each reading,
and so is whatever refers to it, so that nothing is lost.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tchat_desktop.adapters.reading.sieve import NoteLeftOut
from tchat_desktop.domain.chat import Announcement, Chat, HelpLine, Person, Question
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.run_sheet import question_key

_USUAL = re.compile(r"[0-9A-Za-z_-]{1,64}")

Part = TypeVar("Part", Question, Person, Announcement, HelpLine)
Names = dict[str, str]
"""The id that each replaced one has now, by the former."""


def sound_chat_id(chat_id: str) -> str:
    """The id, or one made of it: the same file again is the same chat."""
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
    """The parts, each sound and each with an id of its own; `names` learns what was replaced."""
    made: list[Part] = []
    taken: set[str] = set()
    for index, part in enumerate(parts):
        place = f"{path}[{index}]"
        part_id = part.id if _USUAL.fullmatch(part.id) else ""
        while not part_id or part_id in taken:
            part_id = f"{part_id or 'part'}-{index + 1}"
        if part_id != part.id:
            note(f"{place}.id")
            # Of two with the same, what refers to it means the first.
            if names is not None and part.id not in taken:
                names.setdefault(part.id, part_id)
        taken.add(part_id)
        made.append(sound(replace(part, id=part_id), place, note))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Renamed:
    """The ids that were replaced in a chat, and how to follow them everywhere else."""

    questions: Names = field(default_factory=dict)
    people: Names = field(default_factory=dict)

    def key(self, key: str) -> str:
        """The key of an item of the run sheet, which is the slot of its row as well."""
        keys = {question_key(old): question_key(new) for old, new in self.questions.items()}
        return keys.get(key, key)

    def in_chat(self, chat: Chat) -> Chat:
        """The chat, its order and edits, comments and thanks following the ids."""
        if not (self.questions or self.people):
            return chat
        comments = tuple((self.questions.get(one, one), said) for one, said in chat.recap.comments)
        return replace(
            chat,
            run_order=tuple(map(self.key, chat.run_order)),
            run_edits=tuple(replace(edit, key=self.key(edit.key)) for edit in chat.run_edits),
            recap=replace(chat.recap, comments=comments),
            thanked=tuple(self.people.get(one, one) for one in chat.thanked),
        )

    def in_post(self, item: FeedPost) -> FeedPost:
        """A collected post under its question, given to its guest."""
        return replace(
            item,
            question_id=self.questions.get(item.question_id, item.question_id),
            assigned_to=self.people.get(item.assigned_to, item.assigned_to),
        )

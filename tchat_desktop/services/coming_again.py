"""Gathers who took part in the former chats of an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.coming_again import (
    FormerParticipant,
    HeldChat,
    former_participants,
    to_invite,
)
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.services.material import FormerEdition, gather, held_before
from tchat_desktop.services.ports import ChatStore, OutboxStore, PostStore


@dataclass(frozen=True, slots=True)
class ComingAgain:
    """Reads what was kept of former chats. Its methods wait for the disk, and raise StoreError."""

    chats: ChatStore
    outbox: OutboxStore
    posts: PostStore
    rules: NetworkRules

    def before(self, chat: Chat) -> tuple[FormerParticipant, ...]:
        """Who took part in chats before this one (see `material.held_before`)."""
        return self._in(held_before(chat, self.chats, self.outbox, self.posts))

    def so_far(self, chat: Chat) -> tuple[FormerParticipant, ...]:
        """The same, with who took part in this chat; its rehearsal counts for nothing."""
        earlier = held_before(chat, self.chats, self.outbox, self.posts)
        material = gather(chat.id, self.outbox, self.posts)
        own = (FormerEdition(chat, material),) if material.occasion is Occasion.LIVE else ()
        return self._in((*earlier, *own))

    def count(self, chat: Chat) -> int:
        """How many of them the next edition of this chat can invite, with its guests carried."""
        return len(to_invite(new_edition(chat, None), self.so_far(chat), self.rules))

    def _in(self, held: Iterable[FormerEdition]) -> tuple[FormerParticipant, ...]:
        parts = (
            HeldChat(one.chat, one.material.posts, one.material.rows, one.material.delicate)
            for one in held
        )
        return former_participants(parts, self.rules)

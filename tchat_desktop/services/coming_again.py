"""Gathers who took part in the former chats of an organisation."""

from __future__ import annotations

from dataclasses import dataclass

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.coming_again import FormerParticipant, former_participants, to_invite
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.services.material import as_held, gather, held_before
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
        earlier = held_before(chat, self.chats, self.outbox, self.posts)
        return former_participants(earlier, self.rules)

    def so_far(self, chat: Chat) -> tuple[FormerParticipant, ...]:
        """The same, with who took part in this chat; its rehearsal counts for nothing."""
        earlier = held_before(chat, self.chats, self.outbox, self.posts)
        material = gather(chat.id, self.outbox, self.posts)
        own = (as_held(chat, material),) if material.occasion is Occasion.LIVE else ()
        return former_participants((*earlier, *own), self.rules)

    def count(self, chat: Chat) -> int:
        """How many of them the next edition of this chat can invite, with its guests carried."""
        return len(to_invite(new_edition(chat, None), self.so_far(chat), self.rules))

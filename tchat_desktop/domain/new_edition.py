"""The next edition of a chat that comes back."""

from __future__ import annotations

from datetime import datetime

from tchat_desktop.domain.chat import Chat, new_id
from tchat_desktop.domain.chat_fields import kept


def new_edition(chat: Chat, starts_at: datetime | None, begun_at: datetime | None = None) -> Chat:
    """A fresh chat that keeps what serves again: texts and people, not dates, posts or thanks.

    What is kept is said in `chat_fields.USES`; what is made of it otherwise, here. `starts_at` is
    UTC, None where no day can be proposed; `begun_at` is the time of now.
    """
    return kept(
        chat,
        id=new_id(),
        starts_at=starts_at,
        begun_at=begun_at,
        former_lessons=_learnt(chat) or chat.former_lessons,
        carried_over=("topic", "starts_at") if starts_at else ("topic",),
    )


def _learnt(chat: Chat) -> str:
    """What the organiser keeps and would change, as it stands beside the next preparation."""
    return "\n\n".join(text for text in (chat.lessons.strip(), chat.to_change.strip()) if text)

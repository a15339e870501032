"""Whether the recap that was saved is the one of now.

What was saved is known by a digest alone: words that were taken out since are kept nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tchat_desktop.domain.chat import Chat, RecapDraft
from tchat_desktop.domain.chat_fields import Use, names_used, part_of

if TYPE_CHECKING:
    from tchat_desktop.domain.recap import Highlight, Recap


def content_of(recap: Recap) -> str:
    """A digest of what a recap shows beside its draft: highlights, questions, guests, figures."""
    counts = recap.figures
    return _digest(
        recap.language,
        (recap.hashtag, recap.organisation, recap.account, recap.time_zone, recap.town),
        [one.isoformat() for one in (recap.starts_at, recap.ends_at) if one is not None],
        [(one.name, one.handle, one.bio) for one in recap.guests],
        [(one.number, one.text, one.replies, _shown(one.highlights)) for one in recap.sections],
        _shown(recap.others),
        (counts.participants, counts.posts, counts.questions_asked, counts.questions_answered),
        # A recap without a logo is known as it was before there were any.
        *([recap.logo_id] if recap.logo_id else []),
    )


def saved_as(draft: RecapDraft, topic: str, content: str) -> str:
    """A digest of the whole recap; `topic` is its title where the draft has none."""
    said = [
        (name, part_of(getattr(draft, name), Use.IN_RECAP))
        for name in names_used(RecapDraft, Use.IN_RECAP)
    ]
    # A field not used says nothing: a newer app finds the recap as the older one left it.
    return _digest([one for one in said if one[1]], topic, content)


def is_as_saved(chat: Chat) -> bool:
    """Whether every form that was saved is what the recap of the chat shows now."""
    saved = {digest for _form, digest in chat.recap_forms} or {chat.recap_saved}
    return saved == {digest_now(chat)}


def digest_now(chat: Chat) -> str:
    """The digest of the recap as a form of it would be saved now."""
    return saved_as(chat.recap, chat.topic, chat.recap_content)


def with_saved(
    forms: tuple[tuple[str, str], ...], names: Iterable[str], digest: str
) -> tuple[tuple[str, str], ...]:
    """`Chat.recap_forms` once the forms of those names were saved."""
    return tuple(sorted({**dict(forms), **dict.fromkeys(names, digest)}.items()))


def _shown(highlights: Iterable[Highlight]) -> list[tuple[str, ...]]:
    return [
        (
            *(one.post_id, one.text, one.author.handle if one.author else one.initials),
            # One that was not edited is known as it was before that was told.
            *(["edited"] if one.edited else []),
        )
        for one in highlights
    ]


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]

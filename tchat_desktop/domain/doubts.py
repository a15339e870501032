"""Whether a post may show who somebody is, as it is about to be shown: one rule for every place.

The recap, its cards, the table of all posts and the question at saving read it here. It is a hint
like `signals.py`; what the organiser finds harmless raises no doubt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import Chat, Naming, RecapDraft
from tchat_desktop.domain.child_names import child_hints
from tchat_desktop.domain.conversation import FeedPost, Post, has_display_name
from tchat_desktop.domain.guest_answers import with_guest_answers
from tchat_desktop.domain.initials import initials_of
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.signals import countable, is_confidence


class Doubt(StrEnum):
    """What is to be looked at before a post is shown to others, the gravest first."""

    NAMED_CHILD = "named_child"
    CONFIDES = "confides"
    """The author of a confidence shows."""
    HIDDEN_CHILD = "hidden_child"
    """A child's name is hidden; nobody has read yet whether the rest tells who it is."""


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post with everything masked that the organiser hides."""

    item: FeedPost
    text: str
    named: bool
    """Whether its author shows by name."""
    initials: str
    """What stands for an author who shows by initials alone; "" for any other."""
    doubts: tuple[Doubt, ...]
    hides_child: bool
    """The post named a child, whose name is masked; its age or place may still tell who it is."""

    @property
    def reading(self) -> str:
        """A digest of what the organiser has read; it changes when anything else is shown.

        The words themselves are not kept: they would outlive a post that is taken out.
        """
        who = self.item.post.author if self.named else self.initials
        return hashlib.sha256(f"{who}\n{self.text}".encode("utf-8", "replace")).hexdigest()


def as_shown(item: FeedPost, chat: Chat, mask: NameMask) -> ShownPost:
    """The post as the recap and the table show it."""
    hidden = mask.hides(item.post.author)
    text = mask.own_text(item.post.text) if hidden else mask.text(item.post.text)
    plain = ShownPost(item, text, not hidden, shown_initials(item.post, mask), (), False)
    if item.harmless and not (item.confided or item.names_child):
        return plain
    # A name that only the organiser saw is hidden once anything in the text is.
    seen = item.names_child and not child_hints(item.post.text) and text == item.post.text
    names_child = seen or bool(child_hints(text))
    hides_child = not names_child and (item.names_child or bool(child_hints(item.post.text)))
    found = {
        Doubt.NAMED_CHILD: names_child,
        Doubt.CONFIDES: not hidden and is_confidence(item, chat),
        Doubt.HIDDEN_CHILD: hides_child
        and (item.post.id, plain.reading) not in chat.recap.read_again,
    }
    doubts = tuple(doubt for doubt in Doubt if found[doubt])
    return replace(plain, doubts=doubts, hides_child=hides_child)


def shown_initials(post: Post, mask: NameMask) -> str:
    """The initials by which an author shows; "" for one who is named, or hidden altogether."""
    if mask.naming(post.author, post.author_name) is not Naming.INITIALS:
        return ""
    return initials_of(post.author_name) if has_display_name(post) else ""


def posts_shown(
    chat: Chat, posts: Sequence[FeedPost], rows: Sequence[OutboxPost], rules: NetworkRules
) -> tuple[ShownPost, ...]:
    """The posts of the table of all posts, with what was published for guests."""
    mask = NameMask.over(chat, posts, rules)
    shown = with_guest_answers(chat, countable(chat, posts), rows, rules)
    return tuple(as_shown(item, chat, mask) for item in shown)


def with_read_again(draft: RecapDraft, shown: ShownPost, read: bool) -> RecapDraft:
    """The draft with the organiser's word that this text tells of no child, or without it."""
    post_id = shown.item.post.id
    others = tuple(pair for pair in draft.read_again if pair[0] != post_id)
    return replace(draft, read_again=(*others, (post_id, shown.reading)) if read else others)

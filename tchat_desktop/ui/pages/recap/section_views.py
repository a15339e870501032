"""The contents of the sections, from the posts and what the organiser did with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.child_names import child_hints
from tchat_desktop.domain.conversation import FeedPost, is_by_hand
from tchat_desktop.domain.doubts import Doubt, as_shown
from tchat_desktop.domain.figures import is_by_public, own_accounts
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.guest_answers import is_for_guest
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.recap import Highlight, Recap
from tchat_desktop.domain.refreshing import was_edited
from tchat_desktop.domain.signals import countable, is_confidence
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.recap.highlight_card import HighlightView
from tchat_desktop.ui.pages.recap.recap_section import SectionView
from tchat_desktop.ui.pages.shared.hour_words import hour_of


def posts_to_choose_from(
    chat: Chat, posts: Sequence[FeedPost], rows: Sequence[OutboxPost]
) -> tuple[FeedPost, ...]:
    """Return the posts of the public that count, as many as the figures tell."""
    ours = own_accounts(chat, posts, rows)
    return tuple(one for one in countable(chat, posts) if is_by_public(one, ours))


def section_views(
    chat: Chat,
    recap: Recap,
    posts: Sequence[FeedPost],
    choosable: Sequence[FeedPost],
    names: FirstNames,
    *,
    with_others: bool,
) -> list[SectionView]:
    """Return the sections in order; posts without a question come last, if there are any.

    `choosable` are the `posts_to_choose_from`. With `with_others` that section comes even without
    posts.
    """
    known = {question.id for question in chat.questions}
    sizes = Counter(one.question_id if one.question_id in known else "" for one in choosable)
    view_of = _HighlightViews(chat, recap, posts, names)
    found = [
        SectionView(
            one.id,
            one.number,
            one.text,
            sizes[one.id],
            tuple(view_of(highlight, one.id) for highlight in one.highlights),
        )
        for one in recap.sections
    ]
    if recap.others or with_others:
        others = tuple(view_of(highlight, "") for highlight in recap.others)
        found.append(SectionView("", None, "", sizes[""], others))
    return found


class _HighlightViews:
    """Makes what the card of each highlight shows."""

    def __init__(
        self, chat: Chat, recap: Recap, posts: Sequence[FeedPost], names: FirstNames
    ) -> None:
        self._chat = chat
        self._on_x = not recap.simulated
        self._names = names
        self._mask = NameMask.over(chat, posts, NETWORK)
        self._items = {one.post.id: one for one in posts}

    def __call__(self, one: Highlight, question_id: str) -> HighlightView:
        item = self._items[one.post_id]
        return HighlightView(
            highlight=one,
            handle=item.post.author,
            hour=hour_of(one.created_at, self._chat),
            question_id=question_id,
            child_hints=child_hints(one.text) if Doubt.NAMED_CHILD in one.doubts else (),
            confides=is_confidence(item, self._chat),
            hides_child=as_shown(item, self._chat, self._mask).hides_child,
            on_x=self._on_x,
            names_left=tuple(left.name for left in self._names.left_in([one.text])),
            by_hand=is_by_hand(item.post),
            edited=not is_for_guest(item) and was_edited(item.post, NETWORK),
        )

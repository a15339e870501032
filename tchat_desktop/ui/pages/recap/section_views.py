"""The contents of the sections, from the posts and what the organiser did with them."""

from __future__ import annotations

from tchat_desktop.domain.chapters import parts_in_order
from tchat_desktop.domain.chat import Chapter, Chat
from tchat_desktop.domain.child_names import child_hints
from tchat_desktop.domain.conversation import has_display_name, is_by_hand
from tchat_desktop.domain.doubts import Doubt, as_shown
from tchat_desktop.domain.guest_answers import is_for_guest
from tchat_desktop.domain.initials import initials_of
from tchat_desktop.domain.recap import Highlight, Recap
from tchat_desktop.domain.recap_reading import RecapReading
from tchat_desktop.domain.refreshing import was_edited
from tchat_desktop.domain.signals import is_confidence
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.recap.highlight_card import HighlightView
from tchat_desktop.ui.pages.recap.recap_section import SectionView
from tchat_desktop.ui.pages.shared.hour_words import hour_of


def section_views(
    chat: Chat, recap: Recap, reading: RecapReading, *, with_others: bool
) -> list[SectionView]:
    """Return the sections in order, empty chapters too; posts without a question come last.

    With `with_others` that section comes even without posts.
    """
    sizes = reading.sizes
    view_of = _HighlightViews(chat, reading)
    sections = {section.id: section for section in recap.sections}
    found = []
    for part in parts_in_order(chat, reading.numbers):
        section = sections.get(part.id)
        if section is not None:
            views = tuple(view_of(highlight, part.id) for highlight in section.highlights)
            size = sizes.get(part.id, 0)
            found.append(
                SectionView(part.id, section.number, section.text, size, views, section.is_chapter)
            )
        elif isinstance(part, Chapter):
            found.append(SectionView(part.id, None, part.title, 0, (), is_chapter=True))
    if recap.others or with_others:
        others = tuple(view_of(highlight, "") for highlight in recap.others)
        found.append(SectionView("", None, "", sizes.get("", 0), others))
    return found


class _HighlightViews:
    """Makes what the card of each highlight shows."""

    def __init__(self, chat: Chat, reading: RecapReading) -> None:
        self._chat = chat
        self._reading = reading

    def __call__(self, one: Highlight, question_id: str) -> HighlightView:
        reading = self._reading
        item = reading.item(one.post_id, self._chat)
        return HighlightView(
            highlight=one,
            handle=item.post.author,
            hour=hour_of(one.created_at, self._chat),
            question_id=question_id,
            child_hints=child_hints(one.text) if Doubt.NAMED_CHILD in one.doubts else (),
            confides=is_confidence(item, self._chat),
            hides_child=as_shown(item, self._chat, reading.mask).hides_child,
            on_x=not reading.simulated,
            names_left=tuple(left.name for left in reading.first_names.left_in([one.text])),
            by_hand=is_by_hand(item.post),
            has_initials=has_display_name(item.post) and bool(initials_of(item.post.author_name)),
            edited=not is_for_guest(item) and was_edited(item.post, NETWORK),
        )

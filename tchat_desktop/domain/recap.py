"""Builds the recap of a chat: its highlights question by question, in the organiser's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tchat_desktop.domain.anonymity import MASK, NameMask, NamingRule, comparable_handle
from tchat_desktop.domain.answer_numbers import without_answer_number
from tchat_desktop.domain.called import Called
from tchat_desktop.domain.chapters import parts_in_order, placements
from tchat_desktop.domain.chat import (
    Chapter,
    Chat,
    Invitation,
    Naming,
    Occasion,
    Person,
    Question,
    RecapDraft,
    Route,
)
from tchat_desktop.domain.child_names import naming_children
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.doubts import Doubt, as_shown
from tchat_desktop.domain.figures import Figures, QuestionFigures, count, guest_handles
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.guest_answers import is_for_guest, with_guest_answers
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import numbers_asked
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.people import account_of
from tchat_desktop.domain.refreshing import was_edited


@dataclass(frozen=True, slots=True)
class Author:
    """A person who may be named; `handle` is the bare name on X, `name` is "" when not known.

    A guest without an account on X has no handle: the organising account published their words.
    """

    name: str
    handle: str
    is_guest: bool = False
    bio: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A post the organiser starred. `author` is None for a person who must not be named.

    Such a person may show by their `initials`: then nothing else that leads to them is told, as
    neither the address of the post nor its exact time.
    """

    post_id: str
    """For the organiser's own screens. Never publish it when `author` is None: it leads to them."""
    author: Author | None
    text: str
    created_at: datetime
    url: str = ""
    doubts: tuple[Doubt, ...] = ()
    """What to check in it before the recap is published."""
    initials: str = ""
    """What stands for an author who is None, as "A. D."; "" for somebody hidden altogether."""
    comment: str = ""
    """The organiser's words that stand before it; "" for none."""
    edited: bool = False
    """Whether its author, who is named, changed it on X after it was published."""


@dataclass(frozen=True, slots=True)
class Section:
    """A question, or a chapter of the organiser, with the highlights under it.

    A chapter has no number and no replies; its `text` is its title, never empty.
    """

    id: str
    """Id of the question or chapter."""
    number: int | None
    """The number it was published with; None if it had none."""
    text: str
    comment: str
    replies: int
    """All replies to the question."""
    highlights: tuple[Highlight, ...]
    is_chapter: bool = False


@dataclass(frozen=True, slots=True)
class Recap:
    """The content of a recap in any format. Datetimes are in UTC; empty texts are left out."""

    language: str
    title: str
    hashtag: str
    organisation: str
    account: str
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    town: str
    """The town the organiser chose; "" for the city in the name of the zone."""
    introduction: str
    conclusion: str
    guests: tuple[Author, ...]
    """The guests who took part and may be named; before anybody wrote, those who accepted."""
    sections: tuple[Section, ...]
    others: tuple[Highlight, ...]
    """Highlights that belong to no question."""
    figures: Figures
    masked: bool
    """Whether a name, a link or a word was replaced by the mask somewhere."""
    page_link: str
    """The address at which it is published; "" while it is not."""
    simulated: bool
    """Whether it comes from a rehearsal: its participants are invented, its posts are not on X."""
    chat_id: str = ""
    logo_id: str = ""
    """The id of the picture that is the logo; "" for none. Its content is with the chat."""

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """All highlights in reading order."""
        under_questions = (one for section in self.sections for one in section.highlights)
        return (*under_questions, *self.others)

    @property
    def told(self) -> tuple[Section, ...]:
        """The sections that say something: the others would be headings over nothing."""
        return tuple(one for one in self.sections if one.highlights or one.comment)

    @property
    def also_asked(self) -> tuple[Section, ...]:
        """The other questions, of which no post was kept: named together after what was told.

        Without them, who reads that eight questions were asked would look for some of them.
        """
        return tuple(one for one in self.sections if one not in self.told and one.text)

    def said(self, highlight: Highlight) -> str:
        """The text of a highlight without the number of the question that it began with ("R3").

        It stands under its question, or where the organiser put it: there the number would lead
        astray.
        """
        asked = [one for one in self.sections if not one.is_chapter]
        # One added during the hour has no number here, and those after it had another one then.
        most = max(len(asked), *(one.number or 0 for one in asked), 0)
        return without_answer_number(highlight.text, range(1, most + 1))

    @property
    def omits_numbers(self) -> bool:
        """Whether some highlight began with the number of a question, which is left out."""
        return any(self.said(one) != one.text for one in self.highlights)


def build_recap(
    chat: Chat,
    posts: Sequence[FeedPost],
    rows: Sequence[OutboxPost],
    rules: NetworkRules,
    *,
    occasion: Occasion = Occasion.LIVE,
    former_authors: Iterable[str] | None = None,
) -> Recap:
    """The recap of a chat from the posts collected and the outbox `rows` of that occasion.

    Hidden posts are left out, and chapters without anything in them. Authors who are not named
    have no name, handle or link, and texts that name them are masked. `former_authors` are the
    handles seen in former editions.
    """
    return recap_of(
        chat,
        with_guest_answers(chat, posts, rows, rules),
        count(chat, posts, rows, rules, former_authors),
        NameMask.over(chat, posts, rules),
        numbers_asked(chat, rows),
        rules,
        simulated=is_simulated(rows, occasion),
    )


def recap_of(
    chat: Chat,
    posts: Sequence[FeedPost],
    figures: Figures,
    name_mask: NameMask,
    numbers: Mapping[str, int],
    rules: NetworkRules,
    *,
    simulated: bool,
) -> Recap:
    """The recap of a chat of which everything slow is known: quick with few `posts`.

    Of the posts, with those published for guests, at least the highlights are needed. `numbers`
    are those the questions were asked by.
    """
    mask = _Masking(name_mask)
    chosen = _by_part(chat, posts, mask, rules)
    sections = _sections(chat, numbers, figures, chosen, mask)
    shown = {section.id for section in sections}
    others = [one for part in chosen for one in chosen[part] if part not in shown]
    draft = chat.recap
    built = Recap(
        language=chat.language,
        title=mask.text(draft.title.strip() or chat.topic.strip()),
        hashtag=chat.hashtag,
        organisation=chat.organisation,
        account=chat.account,
        starts_at=chat.starts_at,
        ends_at=chat.ends_at,
        time_zone=chat.time_zone,
        town=mask.text(chat.town(chat.time_zone)),
        introduction=mask.text(draft.introduction).strip(),
        conclusion=mask.text(draft.conclusion).strip(),
        guests=_guests(chat, figures, mask, rules),
        sections=sections,
        others=_in_order(others, draft.order),
        figures=figures,
        masked=False,
        page_link=web_address(draft.page_link),
        simulated=simulated,
        chat_id=chat.id,
        logo_id=logo_id(chat),
    )
    return replace(built, masked=mask.masked)


def logo_id(chat: Chat) -> str:
    """The id of the picture that is the organisation's logo; "" for none."""
    logo = chat.visuals.logo if chat.visuals is not None else None
    return logo.id if logo is not None else ""


class _Masking(NameMask):
    """The name mask of one recap, which notes in `masked` whether it has masked anything."""

    def __init__(self, mask: NameMask) -> None:
        # It shares what that one knows, which is slow to gather.
        vars(self).update(vars(mask))
        self.masked = False

    def text(self, text: str) -> str:
        return self._noted(super().text(text), text)

    def own_text(self, text: str) -> str:
        return self._noted(super().own_text(text), text)

    def _noted(self, shown: str, text: str) -> str:
        self.masked |= shown != text
        return shown


def texts_to_look_at(recap: Recap) -> tuple[str, ...]:
    """The texts of a recap that may reveal who a child is, or who confides something."""
    return (
        *(one.text for one in recap.highlights if one.doubts),
        *naming_children(_own_words(recap)),
    )


def words_shown(recap: Recap) -> tuple[str, ...]:
    """All texts of a recap except the names of people."""
    return (*_own_words(recap), *(one.text for one in recap.highlights))


def _own_words(recap: Recap) -> tuple[str, ...]:
    """The texts of a recap that participants did not write."""
    own = (recap.title, recap.introduction, recap.conclusion)
    under = tuple(text for one in recap.sections for text in (one.text, one.comment))
    bios = tuple(guest.bio for guest in recap.guests)
    before = tuple(one.comment for one in recap.highlights if one.comment)
    return (*own, *under, *bios, *before)


def is_simulated(rows: Sequence[OutboxPost], occasion: Occasion) -> bool:
    """Whether the posts and rows come from a rehearsal."""
    return occasion is Occasion.REHEARSAL or any(
        row.occasion is Occasion.REHEARSAL or row.route is Route.REHEARSAL for row in rows
    )


def with_highlight_moved(
    draft: RecapDraft, shown: Sequence[str], post_id: str, to: int
) -> RecapDraft:
    """The draft with one highlight moved to the index `to` within its section, clamped.

    `shown` are the post ids of the highlights of that section in their present order. Raises
    ValueError when the post is not one of them.
    """
    ids = list(shown)
    ids.remove(post_id)
    ids.insert(max(0, min(to, len(ids))), post_id)
    elsewhere = tuple(other for other in draft.order if other not in shown)
    return replace(draft, order=(*elsewhere, *ids))


def commented(draft: RecapDraft, question_id: str, comment: str) -> RecapDraft:
    """The draft with a comment under a question or chapter; an empty comment removes it."""
    if dict(draft.comments).get(question_id, "") == comment:
        return draft
    others = tuple(pair for pair in draft.comments if pair[0] != question_id)
    return replace(draft, comments=(*others, (question_id, comment)) if comment else others)


def with_answer_chosen(draft: RecapDraft, row_id: str, chosen: bool) -> RecapDraft:
    """The draft with the answer of a guest without an account made a highlight, or removed."""
    others = tuple(one for one in draft.guest_answers if one != row_id)
    return replace(draft, guest_answers=(*others, row_id) if chosen else others)


def with_name_of_another(draft: RecapDraft, name: str) -> RecapDraft:
    """The draft in which a first name is said not to be that of somebody hidden."""
    known = map(fold, draft.names_of_others)
    if fold(name) in known:
        return draft
    return replace(draft, names_of_others=(*draft.names_of_others, name))


def with_masked_words(draft: RecapDraft, words: Iterable[str]) -> RecapDraft:
    """The draft with these words to mask; duplicates and empty ones are left out."""
    kept: dict[str, str] = {}
    for word in words:
        kept.setdefault(fold(word), " ".join(word.split()))
    kept.pop("", None)
    return replace(draft, masked_words=tuple(kept.values()))


def with_hidden(draft: RecapDraft, handle: str, hidden: bool) -> RecapDraft:
    """The draft with the person of that handle hidden, or shown as everybody is again."""
    return with_naming(draft, handle, Naming.HIDDEN if hidden else None)


def with_naming(draft: RecapDraft, handle: str, naming: Naming | None) -> RecapDraft:
    """The draft with the person of that handle shown so; None to be shown as everybody is."""
    key = comparable_handle(handle)
    draft = replace(
        draft,
        named_authors=_without(draft.named_authors, key),
        initialled_authors=_without(draft.initialled_authors, key),
        hidden_authors=_without(draft.hidden_authors, key),
    )
    if naming is Naming.NAMED:
        return replace(draft, named_authors=(*draft.named_authors, key))
    if naming is Naming.INITIALS:
        return replace(draft, initialled_authors=(*draft.initialled_authors, key))
    if naming is Naming.HIDDEN:
        return replace(draft, hidden_authors=(*draft.hidden_authors, key))
    return draft


def with_author_shown(chat: Chat, handle: str, naming: Naming) -> RecapDraft:
    """The draft with the person of that handle shown so, by a choice of their own if need be."""
    plain = with_naming(chat.recap, handle, None)
    if NamingRule(replace(chat, recap=plain)).of(handle) is naming:
        return plain
    return with_naming(plain, handle, naming)


def _without(handles: Iterable[str], key: str) -> tuple[str, ...]:
    return tuple(one for one in handles if comparable_handle(one) != key)


def _sections(
    chat: Chat,
    numbers: Mapping[str, int],
    figures: Figures,
    chosen: Mapping[str, tuple[Highlight, ...]],
    mask: _Masking,
) -> tuple[Section, ...]:
    """The questions that were asked or have highlights, and the chapters that say something."""
    comments = dict(chat.recap.comments)
    asked = {question.question_id: question for question in figures.questions}
    made = []
    for part in parts_in_order(chat, numbers):
        comment, highlights = comments.get(part.id, ""), chosen.get(part.id, ())
        if isinstance(part, Chapter):
            if not highlights and not comment.strip():
                continue
            number, text, replies = None, mask.text(part.title).strip(), 0
        elif part.id in asked or highlights:
            number, text = numbers.get(part.id), _wording(part, asked, mask)
            replies = asked[part.id].replies if part.id in asked else 0
        else:
            continue
        said = mask.text(comment).strip()
        chapter = isinstance(part, Chapter)
        made.append(Section(part.id, number, text, said, replies, highlights, chapter))
    return tuple(made)


def _wording(question: Question, asked: Mapping[str, QuestionFigures], mask: _Masking) -> str:
    """The wording of a question, masked: as it was published, else as it is in the chat."""
    if question.id not in asked:
        return mask.text(question.text)
    mask.masked |= MASK in asked[question.id].text
    return asked[question.id].text


def _guests(
    chat: Chat, figures: Figures, mask: _Masking, rules: NetworkRules
) -> tuple[Author, ...]:
    """The guests that the figures count, so that the page names as many as it counts."""
    return tuple(
        Author(
            mask.text(guest.name), account_of(guest, rules), is_guest=True, bio=mask.text(guest.bio)
        )
        for guest in chat.guests
        if _took_part(guest, figures) and not _is_hidden(guest.name, account_of(guest, rules), mask)
    )


def _took_part(guest: Person, figures: Figures) -> bool:
    if not figures.guest_keys:
        return guest.invitation is Invitation.ACCEPTED
    return not figures.guest_keys.isdisjoint({guest.id, comparable_handle(guest.typed_account)})


def _is_hidden(name: str, handle: str, mask: _Masking) -> bool:
    return mask.hides(handle) or mask.text(name) != name


def _by_part(
    chat: Chat, posts: Sequence[FeedPost], mask: _Masking, rules: NetworkRules
) -> dict[str, tuple[Highlight, ...]]:
    """The highlights by the question or chapter they are under; "" for none."""
    guests, called, placed = guest_handles(chat), Called(chat), placements(chat)
    comments = dict(chat.recap.between)
    known = {question.id for question in chat.questions}
    found: dict[str, list[Highlight]] = {}
    for item in posts:
        if item.starred and not item.hidden:
            own = item.question_id if item.question_id in known else ""
            part = placed.get(item.post.id, own)
            made = _highlight(item, chat, guests, called, mask, rules)
            comment = mask.text(comments.get(item.post.id, "")).strip()
            found.setdefault(part, []).append(replace(made, comment=comment))
    return {part: _in_order(found[part], chat.recap.order) for part in found}


def _highlight(
    item: FeedPost,
    chat: Chat,
    guests: frozenset[str],
    called: Called,
    mask: _Masking,
    rules: NetworkRules,
) -> Highlight:
    post, shown = item.post, as_shown(item, chat, mask)
    if not shown.named:
        return Highlight(
            post.id, None, shown.text, post.created_at, "", shown.doubts, shown.initials
        )
    handle = comparable_handle(post.author)
    name = mask.text(called.name(post))
    if name.lstrip("@＠").strip() == post.author:
        # Some show no other name than their handle, which stands beside it anyway.
        name = ""
    author = Author(name, post.author, is_for_guest(item) or handle in guests)
    edited = not is_for_guest(item) and was_edited(post, rules)
    return Highlight(
        post.id, author, shown.text, post.created_at, post.url, shown.doubts, edited=edited
    )


def _in_order(highlights: Iterable[Highlight], order: Sequence[str]) -> tuple[Highlight, ...]:
    """The highlights in the organiser's order, then those not ordered, oldest first."""
    places = {post_id: place for place, post_id in enumerate(order)}
    last = len(places)
    return tuple(
        sorted(
            highlights,
            key=lambda one: (places.get(one.post_id, last), one.created_at, one.post_id),
        )
    )

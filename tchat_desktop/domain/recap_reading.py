"""What the recap takes from all the posts of a chat: slow with many posts, and read once.

What the organiser does afterwards costs no more than the highlights there are: a star, another
order, a chapter, any of their words. The posts, the rows, who is hidden, the words to hide and
everything else of the chat ask for another reading (`asks_of`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.chat import Chat, Occasion, RecapDraft
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.figures import Figures, count, own_accounts
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.guest_answers import is_for_guest, with_guest_answers
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import numbers_asked
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.recap import Recap, is_simulated, recap_of
from tchat_desktop.domain.signals import countable, signals_of


@dataclass(frozen=True, slots=True)
class RecapReading:
    """What was read in the posts and rows of a chat; only marks of a post are changed in it."""

    posts: tuple[FeedPost, ...]
    """The posts, oldest first, with what was published for guests."""
    places: Mapping[str, int]
    """The index in `posts` of each post, by its id."""
    choosable: tuple[str, ...]
    """The ids of the posts to choose highlights from, in the order in which they are offered."""
    careful: int
    """How many of them, at the end, hold an insult or a child's name or are by somebody muted."""
    sizes: Mapping[str, int]
    """How many of them belong to each question; "" for none."""
    starred: frozenset[str]
    """The ids of the posts that carry the star themselves."""
    for_guests: frozenset[str]
    """The ids of what was published for guests: their star is in the draft of the recap."""
    counted: Figures
    """The figures with nothing masked."""
    figures: Figures
    mask: NameMask
    first_names: FirstNames
    numbers: Mapping[str, int]
    simulated: bool
    """Whether they come from a rehearsal."""

    def item(self, post_id: str, chat: Chat) -> FeedPost:
        """The post of that id as it is marked now. Raises KeyError."""
        item = self.posts[self.places[post_id]]
        if post_id in self.for_guests:
            return replace(item, starred=post_id in chat.recap.guest_answers)
        return item

    def is_highlight(self, post_id: str, chat: Chat) -> bool:
        """Whether a post is a highlight as it is marked now."""
        if post_id in self.for_guests:
            return post_id in chat.recap.guest_answers
        return post_id in self.starred

    def highlights(self, chat: Chat) -> tuple[FeedPost, ...]:
        """The posts that are highlights, oldest first."""
        chosen = self.starred.union(self.for_guests.intersection(chat.recap.guest_answers))
        return tuple(self.item(one, chat) for one in sorted(chosen, key=self.places.__getitem__))

    def marked(self, marking: Marking) -> RecapReading:
        """The reading with a mark changed; its figures are those of before."""
        place = self.places.get(marking.post_id)
        if place is None:
            return self
        item = marking.on(self.posts[place])
        posts = (*self.posts[:place], item, *self.posts[place + 1 :])
        starred = self.starred - {marking.post_id}
        if item.starred and marking.post_id not in self.for_guests:
            starred |= {marking.post_id}
        return replace(self, posts=posts, starred=starred)

    def recap(self, chat: Chat, rules: NetworkRules) -> Recap:
        """The recap of the chat as the organiser has arranged it by now."""
        return recap_of(
            chat,
            self.highlights(chat),
            self.figures,
            self.mask,
            self.numbers,
            rules,
            simulated=self.simulated,
        )


def asks_of(chat: Chat) -> Chat:
    """The chat without what changes nothing in a reading: compare it to know whether to read."""
    draft = chat.recap
    naming = RecapDraft(
        hidden_authors=draft.hidden_authors,
        initialled_authors=draft.initialled_authors,
        named_authors=draft.named_authors,
        everybody=draft.everybody,
        masked_words=draft.masked_words,
        names_of_others=draft.names_of_others,
    )
    return replace(
        chat,
        recap=naming,
        rehearsed_recap=None,
        recap_saved="",
        recap_forms=(),
        recap_content="",
        thread=(),
        thread_out=(),
        checked_on_x=None,
        gone_from_x=(),
        funder=None,
        thanked=(),
        thanked_by=(),
        lessons="",
        to_change="",
        closed_at=None,
    )


def read_for_recap(
    chat: Chat,
    posts: Sequence[FeedPost],
    rows: Sequence[OutboxPost],
    rules: NetworkRules,
    occasion: Occasion,
    former_authors: Iterable[str] | None = None,
) -> RecapReading:
    """Read all posts of a chat. Slow with many: not on the GUI thread.

    `former_authors` are the handles seen in former editions.
    """
    asked = asks_of(chat)
    said = with_guest_answers(asked, posts, rows, rules)
    choosable = posts_to_choose_from(chat, said, rows)
    muted = set(map(comparable_handle, chat.muted_authors))
    last = [
        one
        for one in choosable
        if signals_of(one, chat) or comparable_handle(one.post.author) in muted
    ]
    careful = {one.post.id for one in last}
    offered = [one for one in choosable if one.post.id not in careful] + last
    places = {one.post.id: place for place, one in enumerate(said)}
    known = {question.id for question in chat.questions}
    counted = count(replace(asked, recap=RecapDraft()), posts, rows, rules, former_authors)
    mask = NameMask.over(chat, posts, rules)
    return RecapReading(
        posts=said,
        places=places,
        choosable=tuple(one.post.id for one in offered),
        careful=len(last),
        sizes=Counter(one.question_id if one.question_id in known else "" for one in choosable),
        starred=_starred(said),
        for_guests=frozenset(row.id for row in rows if row.guest_id) & places.keys(),
        counted=counted,
        figures=_masked(counted, mask),
        mask=mask,
        first_names=FirstNames(chat, posts, rules),
        numbers=numbers_asked(chat, rows),
        simulated=is_simulated(rows, occasion),
    )


def posts_to_choose_from(
    chat: Chat, posts: Sequence[FeedPost], rows: Sequence[OutboxPost]
) -> tuple[FeedPost, ...]:
    """The posts of the public that count, as many as the figures tell."""
    ours = own_accounts(chat, posts, rows)
    authors = {one.post.author for one in posts}
    writes = {author: comparable_handle(author) in ours for author in authors}
    return tuple(
        one for one in countable(chat, posts) if is_for_guest(one) or not writes[one.post.author]
    )


def restarred(reading: RecapReading, posts: Sequence[FeedPost]) -> RecapReading:
    """The reading of posts that differ from those read in their stars alone."""
    stars = {one.post.id: one.starred for one in posts}
    said = tuple(
        one
        if stars.get(one.post.id, one.starred) == one.starred
        else Marking(one.post.id, Mark.STARRED, not one.starred).on(one)
        for one in reading.posts
    )
    return replace(reading, posts=said, starred=_starred(said))


def renamed(
    reading: RecapReading, chat: Chat, posts: Sequence[FeedPost], rules: NetworkRules
) -> RecapReading:
    """The reading of the same posts in a chat that hides other people or words."""
    mask = NameMask.over(chat, posts, rules)
    names = FirstNames(chat, posts, rules)
    return replace(reading, mask=mask, first_names=names, figures=_masked(reading.counted, mask))


def _masked(counted: Figures, mask: NameMask) -> Figures:
    """The figures as others may see them: in the wordings of the questions nobody is named."""
    questions = (replace(one, text=mask.text(one.text)) for one in counted.questions)
    return replace(counted, questions=tuple(questions))


def _starred(posts: Sequence[FeedPost]) -> frozenset[str]:
    return frozenset(one.post.id for one in posts if one.starred)

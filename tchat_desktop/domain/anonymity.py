"""Who of the authors is named, and masks the others in every text that is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote

from tchat_desktop.domain.chat import Chat, Naming
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.folding import fold, fold_alike, fold_with_places
from tchat_desktop.domain.name_forms import NameForms
from tchat_desktop.domain.network_rules import Entity, EntityKind, NetworkRules

MASK = "[…]"
"""What replaces a name, a handle, a chosen word or a link that would tell who somebody is."""

SHORTEST_NAME = 3

_HUMP = re.compile(r"(?<=[^\W\d_])(?=[A-ZÀ-ÖØ-Þ])(?<![A-ZÀ-ÖØ-Þ])|_+")


def comparable_handle(handle: str) -> str:
    """A name on X in the form used for comparing: folded, without the @ sign."""
    return fold(handle).removeprefix("@")


def words_apart(joined: str) -> str:
    """The words of a text written without blanks ("AwaBa", "awa_ba"), separated by blanks."""
    return _HUMP.sub(" ", joined)


class NamingRule:
    """How the organiser wants each author of a chat shown."""

    def __init__(self, chat: Chat) -> None:
        draft = chat.recap
        self._everybody = draft.everybody
        accounts = (chat.account, *(person.typed_account for person in chat.people))
        self._said = dict.fromkeys(map(comparable_handle, accounts), Naming.NAMED)
        # Of somebody who is in several lists, the one that protects most holds.
        for naming, handles in (
            (Naming.NAMED, draft.named_authors),
            (Naming.INITIALS, draft.initialled_authors),
            (Naming.HIDDEN, draft.hidden_authors),
        ):
            self._said |= dict.fromkeys(map(comparable_handle, handles), naming)

    @property
    def chosen(self) -> frozenset[str]:
        """The handles that it says something of by themselves, in the form for comparing."""
        return frozenset(self._said) - {""}

    def of(self, handle: str) -> Naming:
        """How the person of that handle is shown; who has none is named."""
        key = comparable_handle(handle)
        return self._said.get(key, self._everybody) if key else Naming.NAMED


@dataclass(frozen=True, slots=True)
class HiddenPeople:
    """The people who are not named in a chat: their handles, names and posts."""

    handles: frozenset[str]
    """As these people write them, without the @ sign."""
    names: frozenset[str]
    post_ids: frozenset[str]


def hidden_people(chat: Chat, posts: Sequence[FeedPost]) -> HiddenPeople:
    """What the posts and the people of the chat tell of the authors who are not named."""
    rule = NamingRule(chat)
    authors = {item.post.author for item in posts}
    unnamed = {author for author in authors if rule.of(author) is not Naming.NAMED}
    theirs = [item.post for item in posts if item.post.author in unnamed]
    known = [one for one in chat.people if rule.of(one.typed_account) is not Naming.NAMED]
    written = unnamed | {person.typed_account for person in known}
    keys = {one for one in rule.chosen if rule.of(one) is not Naming.NAMED}
    handles = keys - set(map(comparable_handle, written)) | {
        one.strip().removeprefix("@") for one in written
    }
    names = {post.author_name for post in theirs} | {person.name for person in known}
    return HiddenPeople(frozenset(handles), frozenset(names), frozenset(post.id for post in theirs))


class NameMask:
    """Masks the authors who are not named (handles, names, links to them) and words in texts.

    Names are compared with `folding.fold_alike`: accents, blanks and invisible marks do not matter.
    The time is linear in the length of a text. The `tag` of the chat is never masked.
    """

    def __init__(
        self,
        handles: Iterable[str],
        names: Iterable[str],
        post_ids: Iterable[str],
        words: Iterable[str] = (),
        tag: str = "",
        *,
        rules: NetworkRules,
        initialled: Callable[[str], bool] = lambda _handle: False,
    ) -> None:
        """`initialled` says which of the people of these handles are shown by their initials."""
        self._rules = rules
        self._initialled = initialled
        self._tag = fold_alike(tag)
        # As they are written, since capitals part the words of an @name.
        written = sorted({handle.strip().removeprefix("@") for handle in handles})
        self._handles = frozenset(comparable_handle(handle) for handle in written) - {""}
        self._post_ids = frozenset(post_ids) - {""}
        shown = sorted(names) if self._handles else []
        found = [name for name in map(fold_alike, shown) if _is_long_enough(name)]
        chosen = [word for word in map(fold_alike, words) if word]
        self._words = frozenset(word.lstrip("@#") for word in chosen)
        self._masks_nothing = not self._handles and not chosen
        apart = [fold_alike(words_apart(joined)) for joined in (*written, *shown)]
        apart = [name for name in apart if _is_long_enough(name)]
        self._forms = NameForms(found, chosen, map(fold_alike, self._handles), apart)
        self._chosen = NameForms((), chosen)

    @classmethod
    def over(cls, chat: Chat, posts: Sequence[FeedPost], rules: NetworkRules) -> Self:
        """The mask for a chat: its unnamed authors, as known from `posts`, and its masked words."""
        people = hidden_people(chat, posts)
        rule = NamingRule(chat)
        return cls(
            people.handles,
            people.names,
            people.post_ids,
            chat.recap.masked_words,
            chat.hashtag,
            rules=rules,
            initialled=lambda handle: rule.of(handle) is Naming.INITIALS,
        )

    def hides(self, handle: str) -> bool:
        """Whether a person must not be named; the handle may have an @ sign."""
        return (
            comparable_handle(handle) in self._handles
            or fold_alike(comparable_handle(handle)) in self._words
        )

    def naming(self, handle: str, name: str = "") -> Naming:
        """How a person is shown; one whose name holds a word to hide has no initials."""
        if not self.hides(handle):
            return Naming.NAMED
        folded = fold_alike(name)
        spelled = any(
            found.lastgroup != "id" for found in self._chosen.pattern(folded).finditer(folded)
        )
        if spelled or comparable_handle(handle) in self._words or not self._initialled(handle):
            return Naming.HIDDEN
        return Naming.INITIALS

    def text(self, text: str) -> str:
        """The text with hidden people and chosen words masked."""
        if self._masks_nothing or not text:
            return text
        return self._masked(self._without(text, self._is_telltale))

    def own_text(self, text: str) -> str:
        """A text by a hidden author: its links are masked too, as they may tell who wrote it."""
        return self.text(self._without(text, lambda entity: entity.kind is EntityKind.URL))

    def _masked(self, text: str) -> str:
        """The text with every match of the pattern masked."""
        folded, places = fold_with_places(text)
        kept, reached = [], 0
        for found in self._forms.pattern(folded).finditer(folded):
            group = found.lastgroup or "word"
            if group == "id" and found[0] not in self._post_ids:
                continue
            start, last = places[found.start(group)], places[found.end() - 1]
            # Invisible marks on the last letter are masked with it.
            following = places[found.end()] if found.end() < len(places) else len(text)
            kept += [text[reached : max(start, reached)], MASK]
            reached = max(following, last + 1)
        kept.append(text[reached:])
        return "".join(kept)

    def _without(self, text: str, unwanted: Callable[[Entity], bool]) -> str:
        """The text with those entities masked for which `unwanted` is true."""
        kept, reached = [], 0
        for entity in self._rules.entities(text):
            if unwanted(entity):
                kept += [text[reached : entity.start], MASK]
                reached = entity.end
        return "".join([*kept, text[reached:]])

    def _is_telltale(self, entity: Entity) -> bool:
        """Whether a link or a tag leads to a hidden person or spells their name."""
        if entity.kind is EntityKind.HASHTAG:
            return fold_alike(entity.value) != self._tag and self._spells(entity.value)
        if entity.kind is not EntityKind.URL:
            return False
        link = unquote(entity.value)
        parts = re.split(r"[/?#&=]", link)
        return self._spells(link) or any(
            part in self._post_ids or comparable_handle(part) in self._handles for part in parts
        )

    def _spells(self, joined: str) -> bool:
        """Whether a tag or link, whose words are written without blanks, holds a hidden name."""
        folded = fold_alike(joined)
        apart = fold_alike(words_apart(joined))
        pattern = self._forms.pattern(folded)
        return any(
            found.lastgroup != "id" or found[0] in self._post_ids
            for form in (folded, apart)
            for found in pattern.finditer(form)
        ) or self._forms.inside(folded)


def _is_long_enough(name: str) -> bool:
    return sum(letter.isalnum() for letter in name) >= SHORTEST_NAME

"""Writes the single posts of a thread that tells a recap, each as long as there is room.

Nobody is mentioned in it: whoever is quoted is named as the recap shows them, without the @ sign,
and only people whom the recap names in full are quoted at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tchat_desktop.domain.anonymity import MASK
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Chat, TellsOf, Told
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import EntityKind, NetworkRules
from tchat_desktop.domain.numbering import without_number
from tchat_desktop.domain.prepared_answers import bare_answer
from tchat_desktop.domain.recap import Highlight, Recap, Section
from tchat_desktop.domain.texts import Texts, fill, listed, values, with_own_texts
from tchat_desktop.domain.thanks import spoken

MOST = 10
"""How many posts a thread is proposed with at most: more are read by nobody."""

LONGEST_READ = 1_000
"""Characters of a quoted text that are looked at: no more of it would ever fit."""
_LONGEST_NAME = 50
_SHORTEST_QUOTE = 80
"""Characters of a quote for which a long question makes room."""
_GIVEN = ("guests", "introduction", "link", "question", "quote", "name", "conclusion")
"""The blanks that are filled in with nothing unless they are given."""
_SENTENCE = re.compile(r"(?<![A-ZÀ-Þ]\.)(?<![A-ZÀ-Þ][a-z]\.)(?<=[.!?…؟。])[»”\"’)\u00a0\u202f]*\s+")
"""Where a sentence ends; not after initials and short forms such as "M." and "Dr."."""


@dataclass(frozen=True, slots=True)
class DraftedPost:
    """A text for a post, with what in it is true only while the recap says so."""

    text: str
    told: tuple[Told, ...] = ()


def with_place(text: str, place: int, count: int) -> str:
    """The text as it is published: "2/7 " before it, alone without a number. `place` is from 1."""
    return f"{place}/{count} {text.strip()}" if count > 1 else text.strip()


def sentences(text: str) -> list[str]:
    """The sentences of a text of the organiser, each safe for a post and on one line."""
    found, reached = [], 0
    for line in text.splitlines():
        reached = 0
        for end in _SENTENCE.finditer(line):
            found.append(line[reached : end.end()])
            reached = end.end()
        found.append(line[reached:])
    return [said for one in found if (said := spoken(one))]


def is_sayable(text: str) -> bool:
    """Whether nothing in a text is masked or still to be filled in."""
    return MASK not in text and not unfilled(text)


def sayable(text: str) -> list[str]:
    """The sentences of a text that may be published as they are."""
    return [one for one in sentences(text) if is_sayable(one)]


def name_of(highlight: Highlight) -> str:
    """How a quoted person is named: as shown, in one line, with nothing that would mention them."""
    author = highlight.author
    if author is None:
        return ""
    return cut(spoken(author.name) or spoken(author.handle), _LONGEST_NAME)


def quotable_words(highlight: Highlight, tag: str, rules: NetworkRules) -> str:
    """The words of a highlight without what is only for the hour: number, tag, links."""
    text = bare_answer(highlight.text[:LONGEST_READ], tag)
    kept, reached = [], 0
    for entity in rules.entities(text):
        is_tag = entity.kind is EntityKind.HASHTAG and fold(entity.value) == fold(tag)
        if is_tag or entity.kind is EntityKind.URL:
            kept.append(text[reached : entity.start])
            reached = entity.end
    return spoken("".join([*kept, text[reached:]]))


def cut(text: str, length: int) -> str:
    """The beginning of a text, at most so many characters and "…", between words where it can."""
    if length >= len(text):
        return text
    if length <= 0:
        return ""
    begun = text[:length]
    at = begun.rfind(" ")
    if at >= length // 2 and not text[length].isspace():
        begun = begun[:at]
    return f"{begun.rstrip(' ,;:.–—-')}…"


class ThreadWriter:
    """Writes the posts of one thread in the language of the chat."""

    def __init__(self, chat: Chat, recap: Recap, texts: Texts) -> None:
        self._chat = chat
        self._recap = recap
        self._texts = with_own_texts(chat, texts)
        self._rules = texts.rules

    def opening(self, figures: str) -> DraftedPost:
        """The figures in a sentence, the tag and the link of the page; a long topic is cut."""
        link = self._recap.page_link

        def said(topic: str) -> str:
            text = self._fill("opening", topic=topic, introduction=figures, link=link)
            return self._tagged(text)

        title = spoken(self._recap.title)
        if not title or not is_sayable(title):
            title = f"#{tag}" if (tag := self._recap.hashtag) else ""
        text, _part = self._longest(title, said)
        return DraftedPost(text, (Told(TellsOf.FIGURES, figures),) if figures else ())

    def said(self, text: str) -> list[DraftedPost]:
        """The sentences of a text of the organiser in as few posts as hold them."""
        return [DraftedPost(one) for one in self._packed(sayable(text), lambda part: part)]

    def section(self, section: Section) -> list[DraftedPost]:
        """A question or chapter whole: what is said of it, and the highlight that tells best."""
        best = self.best(section.highlights)
        comment = " ".join(sayable(section.comment))
        before = " ".join(sayable(best.comment)) if best is not None else ""
        whole = "\n\n".join(filter(None, (self._asked(section), comment, before)))
        words = self._words(best) if best is not None else ""
        if self._fits(self._quoted(whole, words[:_SHORTEST_QUOTE], best)):
            return [self._with_quote(whole, words, best)]
        head = cut(self._asked(section), _SHORTEST_QUOTE * 2)
        packed = self._packed(
            sayable(section.comment), lambda part: part, first=lambda part: f"{head}\n\n{part}"
        )
        posts = [DraftedPost(one) for one in packed or [head]]
        if best is None:
            return posts
        if before and not self._fits(self._quoted(before, words[:_SHORTEST_QUOTE], best)):
            posts += self.said(before)
            before = ""
        return [*posts, self._with_quote(before, words, best)]

    def question(self, section: Section) -> DraftedPost:
        """A question or chapter in one post: its highlight, or else what is said of it."""
        best = self.best(section.highlights)
        words = self._words(best) if best is not None else ""
        # Of a long question the beginning, so that there is room for a quote.
        filler = "x" * min(_SHORTEST_QUOTE, len(words))
        asked = self._asked(section)
        question = self._most(asked, lambda text: self._fits(self._quoted(text, filler, best)))
        if question is None or not words:
            text, _part = self._longest(asked, lambda text: self._quoted(text, "", best))
            for sentence in sayable(section.comment):
                longer = f"{text}{' ' if text != asked else chr(10) * 2}{sentence}"
                if not self._fits(longer):
                    break
                text = longer
            return DraftedPost(text)
        return self._with_quote(question, words, best)

    def voice(self, highlight: Highlight) -> DraftedPost:
        """A highlight that belongs to no question."""
        before = " ".join(sayable(highlight.comment))
        words = self._words(highlight)
        if not self._fits(self._quoted(before, words[:_SHORTEST_QUOTE], highlight)):
            before = ""
        return self._with_quote(before, words, highlight)

    def thanks(self, room: int) -> list[DraftedPost]:
        """The conclusion, thanks to all, and until next time.

        A conclusion too long for the last post has up to `room` posts of its own before it; where
        they are not enough, it ends with a whole sentence.
        """
        named = [
            name for one in self._recap.guests if (name := spoken(one.name)) and is_sayable(name)
        ]
        guests = listed(tuple(named), self._texts)
        told = tuple(Told(TellsOf.GUEST, name) for name in named)

        def said(conclusion: str, guests: str = guests) -> str:
            return self._tagged(self._fill("thanks", guests=guests, conclusion=conclusion))

        if not self._fits(said("")):
            guests, told = "", ()
        concluding = sayable(self._recap.conclusion)
        if self._fits(said(" ".join(concluding), guests)):
            return [DraftedPost(said(" ".join(concluding), guests), told)]
        before = [DraftedPost(one) for one in self._packed(concluding, lambda part: part)][:room]
        kept: list[str] = []
        for sentence in () if before else concluding:
            if not self._fits(said(" ".join([*kept, sentence]), guests)):
                break
            kept.append(sentence)
        text, _part = self._longest("", lambda _text: said(" ".join(kept), guests))
        return [*before, DraftedPost(text, told)]

    def quotable(self, highlights: Iterable[Highlight]) -> list[Highlight]:
        """The highlights that may be quoted, by people who are named in full."""
        return [one for one in highlights if may_be_quoted(one, self._words(one))]

    def best(self, highlights: Iterable[Highlight]) -> Highlight | None:
        """The first of these."""
        return next((one for one in highlights if may_be_quoted(one, self._words(one))), None)

    def _asked(self, section: Section) -> str:
        asked = spoken(without_number(section.text.strip()))
        return asked if section.number is None else f"Q{section.number} {asked}"

    def _with_quote(self, before: str, words: str, highlight: Highlight | None) -> DraftedPost:
        text, part = self._longest(words, lambda text: self._quoted(before, text, highlight))
        if highlight is None or not part:
            return DraftedPost(text)
        quote = part.removesuffix("…") if part != words else part
        return DraftedPost(
            text,
            (
                Told(TellsOf.QUOTE, quote, highlight.post_id),
                Told(TellsOf.AUTHOR, name_of(highlight), highlight.post_id),
            ),
        )

    def _words(self, highlight: Highlight) -> str:
        return quotable_words(highlight, self._recap.hashtag, self._rules)

    def _quoted(self, question: str, quote: str, highlight: Highlight | None) -> str:
        name = name_of(highlight) if highlight is not None else ""
        return self._fill("question", question=question, quote=quote, name=name)

    def _fill(self, key: str, **more: str) -> str:
        told = {**values(self._chat, self._texts), **dict.fromkeys(_GIVEN, ""), **more}
        return fill(self._texts, f"thread.{key}", **told)

    def _tagged(self, text: str) -> str:
        tag = self._recap.hashtag
        if not tag or fold(tag) in map(fold, self._rules.hashtags(text)):
            return text
        return f"{text}\n#{tag}"

    def _fits(self, text: str) -> bool:
        """Whether a post fits with the longest number a thread can have, and its page does too."""
        whole = with_place(text, MOST, MOST)
        return self._rules.remaining(whole) >= 0 and not self._rules.fits_post_but_no_page(
            whole, reply=True
        )

    def _packed(
        self,
        said: Sequence[str],
        later: Callable[[str], str],
        first: Callable[[str], str] | None = None,
    ) -> list[str]:
        """Posts made of whole sentences; only one that is longer than a post is cut, by words.

        `first` and `later` put into a post what stands around its part.
        """
        made: list[str] = []
        part = ""
        around = first or later
        for sentence in said:
            longer = f"{part} {sentence}".strip()
            if self._fits(around(longer)):
                part = longer
                continue
            if part:
                made.append(around(part))
                around, part = later, ""
            rest = sentence
            while not self._fits(around(rest)):
                begun = self._most(rest, lambda text, around=around: self._fits(around(text)))  # type: ignore[misc]
                length = len((begun or "").removesuffix("…"))
                if not length:
                    return made
                made.append(around(begun or ""))
                around, rest = later, rest[length:].strip()
            part = rest
        return [*made, around(part)] if part else made

    def _longest(self, text: str, said: Callable[[str], str]) -> tuple[str, str]:
        """The post with the whole text, or as much of its beginning as there is room for, and that.

        Where not even the rest fits, such as with a ready-made text that was made too long, the
        post is cut.
        """
        if self._fits(whole := said(text)):
            return whole, text
        found = self._most(text, lambda part: self._fits(said(part)))
        if found is not None:
            return said(found), found
        rest = said("")
        return self._most(rest, self._fits) or "", ""

    def _most(self, text: str, fits: Callable[[str], bool]) -> str | None:
        """The longest beginning of a text that fits, cut between words; None if none does."""
        if not fits(""):
            return None
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if fits(cut(text, middle)) else (low, middle - 1)
        return cut(text, low)


def may_be_quoted(highlight: Highlight, words: str) -> bool:
    """Whether a highlight may be quoted with these words."""
    name = name_of(highlight)
    if not name or not words or highlight.doubts:
        return False
    return MASK not in f"{name} {highlight.text}" and not unfilled(words)

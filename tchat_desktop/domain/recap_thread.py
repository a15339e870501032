"""Proposes the thread that tells the recap on the network, and says what to look at in its posts.

Nobody is mentioned in it: whoever is quoted is named as the recap shows them, without the @ sign,
and only people whom the recap names in full are quoted at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from tchat_desktop.domain.anonymity import MASK, NameMask
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Chat, ThreadPost
from tchat_desktop.domain.etiquette import BULK
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import EntityKind, NetworkRules
from tchat_desktop.domain.numbering import without_number
from tchat_desktop.domain.prepared_answers import bare_answer
from tchat_desktop.domain.recap import Highlight, Recap, Section
from tchat_desktop.domain.texts import Texts, fill, listed, values, with_own_texts
from tchat_desktop.domain.thanks import spoken

LEAST, MOST = 4, 10
"""How many posts a thread is proposed with: fewer say little, more are read by nobody."""

_LONGEST_READ = 1_000
"""Characters of a quoted text that are looked at: no more of it would ever fit."""
_LONGEST_NAME = 50
_SHORTEST_QUOTE = 80
"""Characters of a quote for which a long question makes room."""
_GIVEN = ("guests", "introduction", "link", "question", "quote", "name", "conclusion")
"""The blanks that are filled in with nothing unless they are given."""


class ThreadProblem(StrEnum):
    """What to look at in a post of the thread."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_PAGE = "no_page"
    """The network takes it, but the address of its pre-filled page cannot hold it."""
    BLANK = "blank"
    HIDDEN = "hidden"
    """It names somebody whom the organiser hides, or a word to hide."""
    MENTIONS = "mentions"
    """It mentions several people at once, which the network may take for spam."""


BARRING = frozenset(ThreadProblem) - {ThreadProblem.MENTIONS}
"""Problems with which the thread does not leave."""


def with_place(text: str, place: int, count: int) -> str:
    """The text as it is published: "2/7 " before it, alone without a number. `place` is from 1."""
    return f"{place}/{count} {text.strip()}" if count > 1 else text.strip()


def texts_published(posts: Sequence[ThreadPost]) -> tuple[str, ...]:
    """The texts of a thread as they are published, with their numbers."""
    return tuple(with_place(post.text, place, len(posts)) for place, post in enumerate(posts, 1))


def proposed_thread(
    chat: Chat, recap: Recap, texts: Texts, introduction: str
) -> tuple[ThreadPost, ...]:
    """The thread proposed for a recap: opening, a post a question, thanks.

    `introduction` says the figures in a sentence. Each post fits with its number, also in the
    address of a pre-filled page. A question comes with its first highlight that can be quoted.
    Where the thread would have fewer than LEAST posts, questions without one come too, and then
    further highlights.
    """
    writer = _Writer(chat, recap, with_own_texts(chat, texts))
    written = (writer.opening(introduction), *_middle(recap, writer), writer.thanks())
    return tuple(ThreadPost(f"post-{place}", text) for place, text in enumerate(written, 1))


def _middle(recap: Recap, writer: _Writer) -> list[str]:
    """The posts between the first and the last, in the order of the recap."""
    asked = [one for one in recap.sections if one.text.strip()]
    most, least = MOST - 2, LEAST - 2
    ranked = sorted(asked, key=lambda one: (writer.best(one.highlights) is None, -one.replies))
    with_quote = sum(writer.best(one.highlights) is not None for one in asked)
    chosen = ranked[: min(most, max(with_quote, least))]
    written = [[writer.question(one)] for one in asked if one in chosen]
    # Where the thread would be short, further voices follow their question.
    further = [
        (place, voice)
        for place, one in enumerate(one for one in asked if one in chosen)
        for voice in writer.quotable(one.highlights)[1:]
    ]
    further += [(len(written), voice) for voice in writer.quotable(recap.others)]
    written.append([])
    for place, voice in further[: max(0, least - len(chosen))]:
        written[place].append(writer.voice(voice))
    return [text for part in written for text in part]


def thread_problems(
    text: str,
    mask: NameMask,
    rules: NetworkRules,
    *,
    by_page: bool,
    tag: str = "",
) -> tuple[ThreadProblem, ...]:
    """What to look at in a post as it is published; `by_page` with a pre-filled page.

    `mask` is that of the recap; `tag` is the bare tag of the chat.
    """
    found = {
        ThreadProblem.EMPTY: not fold(without_place(text)).replace(fold(f"#{tag}"), "").strip(),
        ThreadProblem.TOO_LONG: rules.remaining(text) < 0,
        ThreadProblem.NO_PAGE: by_page and rules.fits_post_but_no_page(text, reply=True),
        ThreadProblem.BLANK: bool(unfilled(text)),
        ThreadProblem.HIDDEN: mask.text(text) != text,
        ThreadProblem.MENTIONS: len(set(map(fold, rules.mentions(text)))) >= BULK,
    }
    return tuple(problem for problem, there in found.items() if there)


_PLACE = re.compile(r"^\d{1,2}/\d{1,2} ")


def without_place(text: str) -> str:
    """The text of a post as it is published, without its number in the thread."""
    return _PLACE.sub("", text, count=1)


class _Writer:
    """Writes the posts of one thread in the language of the chat, each as long as there is room."""

    def __init__(self, chat: Chat, recap: Recap, texts: Texts) -> None:
        self._chat = chat
        self._recap = recap
        self._texts = texts
        self._rules = texts.rules

    def opening(self, introduction: str) -> str:
        """The figures, the tag and the link of the page; of a long topic the beginning."""
        link = self._recap.page_link

        def said(topic: str) -> str:
            text = self._fill("opening", topic=topic, introduction=introduction, link=link)
            return self._tagged(text)

        title = spoken(self._recap.title) or (f"#{tag}" if (tag := self._recap.hashtag) else "")
        return self._longest(title, said)

    def question(self, section: Section) -> str:
        """A question, with the highlight that tells best what was said to it."""
        asked = spoken(without_number(section.text.strip()))
        if section.number is not None:
            asked = f"Q{section.number} {asked}"
        best = self.best(section.highlights)
        words = self._words(best) if best is not None else ""
        # Of a long question the beginning, so that there is room for a quote.
        filler = "x" * min(_SHORTEST_QUOTE, len(words))
        question = self._most(asked, lambda text: self._fits(self._quoted(text, filler, best)))
        if question is None or not words:
            return self._longest(asked, lambda text: self._quoted(text, "", best))
        return self._longest(words, lambda text: self._quoted(question, text, best))

    def voice(self, highlight: Highlight) -> str:
        """A highlight that belongs to no question."""
        words = self._words(highlight)
        return self._longest(words, lambda text: self._quoted("", text, highlight))

    def thanks(self) -> str:
        """Thanks to all, and until next time; of long words of the organiser the beginning."""
        guests = tuple(name for one in self._recap.guests if (name := spoken(one.name)))
        named = listed(guests, self._texts)

        def said(conclusion: str, guests: str = named) -> str:
            return self._tagged(self._fill("thanks", guests=guests, conclusion=conclusion))

        if not self._fits(said("")):
            return self._longest("", lambda _text: said("", guests=""))
        return self._longest(spoken(self._recap.conclusion), said)

    def quotable(self, highlights: Iterable[Highlight]) -> list[Highlight]:
        """The highlights that may be quoted, by people who are named in full."""
        return [one for one in highlights if self._may_be_quoted(one)]

    def best(self, highlights: Iterable[Highlight]) -> Highlight | None:
        """The first of these."""
        return next((one for one in highlights if self._may_be_quoted(one)), None)

    def _may_be_quoted(self, highlight: Highlight) -> bool:
        name, words = _name(highlight), self._words(highlight)
        if not name or not words or highlight.doubts:
            return False
        return MASK not in f"{name} {highlight.text}" and not unfilled(words)

    def _words(self, highlight: Highlight) -> str:
        """The words of a highlight without what is only for the hour: number, tag, links."""
        text = bare_answer(highlight.text[:_LONGEST_READ], self._recap.hashtag)
        kept, reached = [], 0
        for entity in self._rules.entities(text):
            ours = fold(entity.value) == fold(self._recap.hashtag)
            is_tag = entity.kind is EntityKind.HASHTAG and ours
            if is_tag or entity.kind is EntityKind.URL:
                kept.append(text[reached : entity.start])
                reached = entity.end
        return spoken("".join([*kept, text[reached:]]))

    def _quoted(self, question: str, quote: str, highlight: Highlight | None) -> str:
        name = _name(highlight) if highlight is not None else ""
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

    def _longest(self, text: str, said: Callable[[str], str]) -> str:
        """The post with the whole text, or as much of its beginning as there is room for.

        Where not even the rest fits, such as with a ready-made text that was made too long, the
        post is cut.
        """
        if self._fits(whole := said(text)):
            return whole
        found = self._most(text, lambda part: self._fits(said(part)))
        if found is not None:
            return said(found)
        rest = said("")
        return self._most(rest, self._fits) or ""

    def _most(self, text: str, fits: Callable[[str], bool]) -> str | None:
        """The longest beginning of a text that fits, cut between words; None if none does."""
        if not fits(""):
            return None
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if fits(_cut(text, middle)) else (low, middle - 1)
        return _cut(text, low)


def _name(highlight: Highlight) -> str:
    """How a quoted person is named: as shown, in one line, with nothing that would mention them."""
    author = highlight.author
    if author is None:
        return ""
    return _cut(spoken(author.name) or spoken(author.handle), _LONGEST_NAME)


def _cut(text: str, length: int) -> str:
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

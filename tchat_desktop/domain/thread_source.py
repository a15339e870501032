"""What a thread is made from, as it is now: what in its posts is no longer so, and what it omits.

A thread is a copy: once somebody is hidden or forgotten, or a post is deleted, the recap changes
and the proposed posts do not. What is said here is read from the texts themselves, so that it
stays right when the organiser changes them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tchat_desktop.domain.anonymity import MASK
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import TellsOf, ThreadPost, Told
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.recap import Highlight, Recap, Section
from tchat_desktop.domain.recap_thread import bare_letters, joined
from tchat_desktop.domain.thanks import spoken
from tchat_desktop.domain.thread_rows import ThreadLine
from tchat_desktop.domain.thread_writing import (
    LONGEST_READ,
    may_be_quoted,
    name_of,
    quotable_words,
    sentences,
)

_RUN = 4
"""So many words in a row of somebody are a quote of them."""
_BEGINNING = 40
"""Letters by which a question or a highlight is found in a post, which may hold its beginning."""
_NUMBER = re.compile(r"\d+")


class OmittedPart(StrEnum):
    """What of the recap a thread leaves out."""

    QUESTION = "question"
    CHAPTER = "chapter"
    SENTENCE = "sentence"
    HIGHLIGHT = "highlight"


class WhyOmitted(StrEnum):
    """Why it is left out."""

    ROOM = "room"
    """There is no room for it, or the organiser took it out."""
    ONE_VOICE = "one_voice"
    """Another one is quoted, and one voice a question is enough."""
    NOTHING_SAID = "nothing_said"
    """Nothing under the question was chosen."""
    NOT_NAMED = "not_named"
    """Who wrote it is hidden, or shows by initials alone."""
    DOUBT = "doubt"
    """It may show a child, or a confidence."""
    MASKED = "masked"
    """Something in it is masked, or still to be filled in."""
    WORDLESS = "wordless"
    """It has no words but links and the tag."""


@dataclass(frozen=True, slots=True)
class Omission:
    """Something of the recap that no post of the thread says."""

    kind: OmittedPart
    why: WhyOmitted
    text: str
    """The question with its number, the title, the sentence, or who wrote the highlight ("")."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the recap that a thread may say, and how it is found there."""

    gap: Omission
    letters: str
    """"" for what must not be said."""


class ThreadSource:
    """The recap as a thread is held against it; `figures` says the figures in a sentence.

    It takes some milliseconds to make, and is read at once.
    """

    def __init__(self, recap: Recap, figures: str, rules: NetworkRules) -> None:
        self._figures = figures
        self._numbers = set(_NUMBER.findall(figures))
        self._guests = {fold(spoken(one.name)) for one in recap.guests}
        self._quotable: dict[str, tuple[str, str]] = {}
        self._parts: list[_Part] = []
        self._rules = rules
        self._tag = recap.hashtag
        self._read(recap)

    def former(self, post: ThreadPost, text: str) -> tuple[Told, ...]:
        """The parts of a post that stand in its text though the recap no longer says so."""
        return tuple(
            one for one in post.told if not self._is_so(one) and self._left(one, post, text)
        )

    def without_former(self, post: ThreadPost) -> ThreadPost:
        """The post without the lines in which something stands that is no longer so."""
        kept = [
            line
            for line in post.text.split("\n")
            if MASK not in line and not self.former(post, line)
        ]
        return replace(post, text=re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip())

    def gaps(self, texts: Sequence[str]) -> tuple[Omission, ...]:
        """What the published texts of a thread leave out, in the order of the recap."""
        said = joined(texts)
        return tuple(one.gap for one in self._parts if not one.letters or one.letters not in said)

    # --- what is so ----------------------------------------------------------------------------

    def _is_so(self, told: Told) -> bool:
        if told.of is TellsOf.FIGURES:
            return told.text == self._figures
        if told.of is TellsOf.GUEST:
            return fold(told.text) in self._guests
        name, words = self._quotable.get(told.post_id, ("", ""))
        if told.of is TellsOf.AUTHOR:
            return bool(name) and bare_letters(told.text) == bare_letters(name)
        return bool(words) and bare_letters(told.text) in words

    def _left(self, told: Told, post: ThreadPost, text: str) -> bool:
        """Whether something of it stands in a text."""
        said = bare_letters(text)
        if bare_letters(told.text) in said:
            return True
        if told.of is TellsOf.FIGURES:
            # A number that somebody quoted says is theirs.
            theirs = {
                number
                for other in post.told
                if other.of is TellsOf.QUOTE
                for number in _NUMBER.findall(other.text)
            }
            gone = set(_NUMBER.findall(told.text)) - self._numbers - theirs
            return not gone.isdisjoint(_NUMBER.findall(text))
        if told.of is not TellsOf.QUOTE:
            return False
        words, here = _words(told.text), f" {' '.join(_words(text))} "
        runs = (words[at : at + _RUN] for at in range(max(1, len(words) - _RUN + 1)))
        return any(f" {' '.join(run)} " in here for run in runs)

    # --- what there is to say ------------------------------------------------------------------

    def _read(self, recap: Recap) -> None:
        self._read_sentences(recap.introduction)
        for section in recap.sections:
            self._read_section(section)
        for one in recap.others:
            self._read_highlight(one)
        self._read_sentences(recap.conclusion)

    def _read_section(self, section: Section) -> None:
        kind = OmittedPart.CHAPTER if section.is_chapter else OmittedPart.QUESTION
        before = f"Q{section.number} " if section.number is not None else ""
        whys = [self._read_highlight(one, later=True) for one in section.highlights]
        if MASK in section.text or unfilled(section.text):
            why = WhyOmitted.MASKED
        elif None in whys or section.comment.strip():
            why = WhyOmitted.ROOM
        else:
            why = next((one for one in whys if one is not None), WhyOmitted.NOTHING_SAID)
        gap = Omission(kind, why, before + spoken(section.text))
        found = "" if why is WhyOmitted.MASKED else bare_letters(spoken(section.text))[:_BEGINNING]
        self._parts.append(_Part(gap, found))
        self._read_sentences(section.comment)
        for one in section.highlights:
            self._read_highlight(one)

    def _read_sentences(self, text: str, why: WhyOmitted = WhyOmitted.ROOM) -> None:
        """Note the sentences of a text, and why one may be missing that can be said."""
        for sentence in sentences(text):
            masked = MASK in sentence or bool(unfilled(sentence))
            gap = Omission(OmittedPart.SENTENCE, WhyOmitted.MASKED if masked else why, sentence)
            found = "" if masked else bare_letters(sentence)
            if found or masked:
                self._parts.append(_Part(gap, found))

    def _read_highlight(self, highlight: Highlight, later: bool = False) -> WhyOmitted | None:
        """WhyOmitted a highlight may not be quoted; `later` only asks."""
        words = quotable_words(highlight, self._tag, self._rules)
        why = _why_not(highlight, words)
        if later:
            return why
        if why is None:
            whole = bare_letters(spoken(highlight.text[:LONGEST_READ]))
            self._quotable[highlight.post_id] = (name_of(highlight), bare_letters(words) + whole)
        self._read_sentences(highlight.comment, why or WhyOmitted.ONE_VOICE)
        gap = Omission(OmittedPart.HIGHLIGHT, why or WhyOmitted.ONE_VOICE, name_of(highlight))
        self._parts.append(_Part(gap, "" if why else bare_letters(words)[:_BEGINNING]))
        return why


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _why_not(highlight: Highlight, words: str) -> WhyOmitted | None:
    if may_be_quoted(highlight, words):
        return None
    if not name_of(highlight):
        return WhyOmitted.NOT_NAMED
    if highlight.doubts:
        return WhyOmitted.DOUBT
    return WhyOmitted.MASKED if words else WhyOmitted.WORDLESS


def made_anew(
    lines: Sequence[ThreadLine], proposed: Sequence[ThreadPost], source: ThreadSource
) -> tuple[ThreadPost, ...]:
    """The thread once what is no longer so was taken out of it.

    Before anything of it is out, that is the thread as it is proposed now. After that the posts
    stay which they are: what is out stays, and of the others only those change that say something
    that is no longer so: to what is proposed now, or else to what is left of them.
    """
    if not any(line.is_out for line in lines):
        return tuple(proposed)
    anew = {post.id: post for post in proposed}
    return tuple(_renewed(line, anew.get(line.post.id), source) for line in lines)


def _renewed(line: ThreadLine, anew: ThreadPost | None, source: ThreadSource) -> ThreadPost:
    post = line.post
    if line.is_out or not (MASK in post.text or source.former(post, post.text)):
        return post
    return anew or source.without_former(post)

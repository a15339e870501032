"""Proposes the thread that tells the recap on the network, and says what to look at in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from tchat_desktop.domain.anonymity import MASK, NameMask
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Chat, ThreadPost
from tchat_desktop.domain.etiquette import BULK
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.recap import Recap, Section
from tchat_desktop.domain.texts import Texts
from tchat_desktop.domain.thread_writing import (
    MOST,
    DraftedPost,
    ThreadWriter,
    is_sayable,
    with_place,
)

LEAST = 4
"""How many posts a thread is proposed with at least, where there is so much to say."""


class ThreadProblem(StrEnum):
    """What to look at in a post of the thread."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_PAGE = "no_page"
    """The network takes it, but the address of its pre-filled page cannot hold it."""
    BLANK = "blank"
    MASKED = "masked"
    """Somebody was taken out of it, and the mask stands there."""
    HIDDEN = "hidden"
    """It names somebody whom the organiser hides, or a word to hide."""
    MENTIONS = "mentions"
    """It mentions several people at once, which the network may take for spam."""


BARRING = frozenset(ThreadProblem) - {ThreadProblem.MENTIONS}
"""Problems with which the thread does not leave."""


def texts_published(posts: Sequence[ThreadPost]) -> tuple[str, ...]:
    """The texts of a thread as they are published, with their numbers."""
    return tuple(with_place(post.text, place, len(posts)) for place, post in enumerate(posts, 1))


def proposed_thread(chat: Chat, recap: Recap, texts: Texts, figures: str) -> tuple[ThreadPost, ...]:
    """The thread proposed for a recap: opening, introduction, questions and chapters, thanks.

    `figures` says them in a sentence. Each post fits with its number, also in the address of a
    pre-filled page, and is cut at the ends of sentences. A question comes with its first highlight
    that can be quoted. One of which nothing is told comes only where the thread would have fewer
    than LEAST posts, and so do further highlights. With more than MOST posts, what the organiser
    wrote gives way first, then the questions with the fewest answers; see `thread_source.gaps`.
    """
    writer = ThreadWriter(chat, recap, texts)
    parts = dict(_middle(recap, writer))
    room = MOST - 2 - sum(len(posts) for posts in parts.values())
    introduced = writer.said(recap.introduction)[:room]
    thanks = writer.thanks(room - len(introduced))
    parts = {
        "opening": [writer.opening(figures)],
        "introduction": introduced,
        **parts,
        "thanks": thanks,
    }
    return tuple(
        ThreadPost(f"{name[:56]}-{number}", one.text, one.told)
        for name, posts in parts.items()
        for number, one in enumerate(posts, 1)
    )


def _middle(recap: Recap, writer: ThreadWriter) -> Iterator[tuple[str, list[DraftedPost]]]:
    """The posts on the questions and chapters, and on what belongs to none, in their order."""
    asked = [one for one in recap.sections if one.text.strip() and is_sayable(one.text)]
    told = [one for one in asked if _tells(one, writer)]
    most, least = MOST - 2, LEAST - 2
    ranked = sorted(asked, key=lambda one: (one not in told, -one.replies))
    chosen = ranked[: min(most, max(len(told), least))]
    room = most - len(chosen)
    further = max(0, least - len(chosen))
    for section in asked:
        if section not in chosen:
            continue
        written = writer.section(section)
        if len(written) - 1 > room:
            written = [writer.question(section)]
        room -= len(written) - 1
        # Where the thread would be short, further voices follow their question.
        voices = writer.quotable(section.highlights)[1:][: min(further, room)]
        written += map(writer.voice, voices)
        further, room = further - len(voices), room - len(voices)
        yield section.id, written
    voices = writer.quotable(recap.others)[: min(further, room)]
    yield "others", [writer.voice(one) for one in voices]


def _tells(section: Section, writer: ThreadWriter) -> bool:
    said = section.comment.strip()
    return writer.best(section.highlights) is not None or (bool(said) and is_sayable(said))


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
        ThreadProblem.MASKED: MASK in text,
        ThreadProblem.HIDDEN: mask.text(text) != text,
        ThreadProblem.MENTIONS: len(set(map(fold, rules.mentions(text)))) >= BULK,
    }
    return tuple(problem for problem, there in found.items() if there)


_PLACE = re.compile(r"^\d{1,2}/\d{1,2} ")


def without_place(text: str) -> str:
    """The text of a post as it is published, without its number in the thread."""
    return _PLACE.sub("", text, count=1)


def joined(texts: Iterable[str]) -> str:
    """The letters and digits of published posts, by which what they say is found again."""
    return bare_letters(" ".join(map(without_place, texts)))


def bare_letters(text: str) -> str:
    """The letters and digits of a text as they are compared."""
    return "".join(filter(str.isalnum, fold(text)))

"""The recap as blocks one below the other, for the forms that are written from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tchat_desktop.adapters.exports.links import profile_address
from tchat_desktop.adapters.exports.recap_page import (
    about_hiding,
    address_of,
    also_asked,
    belongs,
    post_moment,
    proposed_introduction,
    unnamed_guests,
)
from tchat_desktop.adapters.exports.stationery import Labels, clean, one_line, paragraphs
from tchat_desktop.domain.recap import Author, Highlight, Recap

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters in a text that would reverse the text after it; the HTML page isolates names."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section; `number` is that of its question, None for none."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of the organiser, in which tags, mentions and addresses are to be linked."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of ours: when it was, who wrote the recap. `strong` stands before it, in bold."""

    text: str
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures: pairs of a number and what it counts."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A highlight with who wrote it; addresses and `when` are "" where they are not told.

    `handle` has its @ sign, and is "" where `name` is that already.
    """

    text: str
    name: str
    handle: str = ""
    author_address: str = ""
    when: str = ""
    address: str = ""
    role: str = ""
    """What a guest is called; "" for everybody else."""


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across, before what closes the recap."""


Block = Heading | Prose | Line | Counts | Quotation | Divider


def blocks(recap: Recap, labels: Labels) -> Iterator[Block]:
    """The blocks of a recap below its title, in reading order."""
    if recap.simulated:
        yield Line(labels("rehearsal_why"), labels("rehearsal"))
    if recap.starts_at and recap.ends_at:
        yield Line(labels.when(recap.starts_at, recap.ends_at, recap.time_zone, recap.town))
    yield from _guests(recap, labels)
    introduction = labels.typeset(recap.introduction) or proposed_introduction(recap, labels)
    yield from map(Prose, paragraphs(introduction))
    if rows := tuple(_figures(recap, labels)):
        yield Counts(rows)
    for section in recap.told:
        yield Heading(one_line(labels.typeset(section.text)), section.number)
        yield from map(Prose, paragraphs(labels.typeset(section.comment)))
        yield from _quotations(section.highlights, recap, labels)
    if recap.others:
        yield Heading(labels("others"))
        yield from _quotations(recap.others, recap, labels)
    if not recap.highlights:
        yield Line(labels("no_highlights"))
    if left := also_asked(recap, labels):
        yield Heading(labels.many("also_asked", len(left)))
        yield Line(labels.many("also_asked_why", len(left)))
        yield from (Line(text, f"Q{number}" if number else "") for number, text in left)
    if recap.conclusion:
        yield Heading(labels("conclusion"))
        yield from map(Prose, paragraphs(labels.typeset(recap.conclusion)))
    if closing := tuple(_closing(recap, labels)):
        yield Divider()
        yield from map(Line, closing)


def _guests(recap: Recap, labels: Labels) -> Iterator[Line]:
    """With whom the chat was held."""
    told = ((straight(one.name) or f"@{one.handle}", straight(one.bio)) for one in recap.guests)
    if said := "\N{NO-BREAK SPACE}· ".join(", ".join(filter(None, one)) for one in told):
        yield Line(said, labels("guests"))
    if unnamed := unnamed_guests(recap, labels):
        yield Line(unnamed)


def _quotations(highlights: Iterable[Highlight], recap: Recap, labels: Labels) -> Iterator[Block]:
    """The highlights, each after what the organiser says before it."""
    for one in highlights:
        yield from map(Prose, paragraphs(labels.typeset(one.comment)))
        yield quotation(one, recap, labels)


def quotation(highlight: Highlight, recap: Recap, labels: Labels) -> Quotation:
    """A highlight as it is quoted."""
    text, author = clean(recap.said(highlight)), highlight.author
    if author is None:
        # The time and the link would lead to the person.
        return Quotation(text, highlight.initials or labels("anonymous"))
    shown, handle = straight(author.name), f"@{author.handle}" if author.handle else ""
    linked = not recap.simulated
    return Quotation(
        text,
        shown or handle,
        handle if shown else "",
        author_address(author, highlight, recap) if linked else "",
        post_moment(highlight, recap, labels),
        address_of(highlight, recap) if linked else "",
        labels("guest") if author.is_guest else "",
    )


def straight(text: str) -> str:
    """A text on one line, without the characters that would turn round what stands after it."""
    return one_line(_TURNING.sub("", text))


def author_address(author: Author, highlight: Highlight, recap: Recap) -> str:
    """Where the name of an author leads: that of a guest to their profile, who agreed to be shown.

    That of another to what they said, not to all that they are; to their profile where the post is
    not known. (On the web page, which shows posts as X's rules ask, every name leads to a profile.)
    """
    post = "" if author.is_guest else address_of(highlight, recap)
    return post or profile_address(author.handle)


def _figures(recap: Recap, labels: Labels) -> Iterator[tuple[str, str]]:
    figures = recap.figures
    own = f", {labels.many('own_posts', figures.own_posts)}" if figures.own_posts else ""
    counts = [
        ("participants", figures.participants, ""),
        ("posts", figures.public_posts, own),
        ("asked", figures.questions_asked, ""),
        ("newcomers", figures.newcomers or 0, ""),
        ("reposts", figures.reposts or 0, ""),
    ]
    for key, count, detail in counts:
        if count:
            yield labels.number(count), labels.many(key, count) + detail


def _closing(recap: Recap, labels: Labels) -> Iterator[str]:
    if recap.organisation:
        yield labels("written_by", organisation=recap.organisation)
    if said := about_hiding(recap, labels):
        yield said
    if said := belongs(recap, labels):
        yield said

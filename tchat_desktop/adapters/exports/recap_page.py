"""Writes the recap as a web page in one file, without scripts or outside resources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from tchat_desktop.adapters.exports.links import post_address, profile_address, tag_address
from tchat_desktop.adapters.exports.stationery import (
    ExportTemplates,
    Labels,
    one_line,
    portrait_initials,
    rich,
)
from tchat_desktop.adapters.exports.timeline import timeline
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.anonymity import MASK
from tchat_desktop.domain.logo import Logo
from tchat_desktop.domain.recap import Author, Highlight, Recap

_TEMPLATE = "recap.html.j2"


@dataclass(frozen=True, slots=True)
class RecapCard:
    """One highlight as the page shows it; `number` is its place on the page, from 1."""

    number: int
    name: str
    handle: str
    profile: str
    initials: str
    is_guest: bool
    text: str
    instant: str
    when: str
    address: str
    comment: str
    """What the organiser says before it."""


@dataclass(frozen=True, slots=True)
class RecapPart:
    """One section of the page; `anchor` is its unique id in the HTML."""

    anchor: str
    number: int | None
    title: str
    comment: str
    replies: str
    cards: tuple[RecapCard, ...]


@dataclass(frozen=True, slots=True)
class RecapFact:
    """A figure of the page, and what it counts."""

    number: str
    label: str
    detail: str = ""


def write_recap(
    recap: Recap, path: Path, stationery: ExportTemplates, logo: Logo | None = None
) -> Path:
    """Write the page completely or not at all; returns the path. Raises OSError."""
    return write_whole(path, recap_page(recap, stationery, logo))


def proposed_introduction(recap: Recap, labels: Labels) -> str:
    """The introduction used when the organiser has written none; "" without highlights."""
    figures = recap.figures
    if not recap.highlights:
        return ""
    if not recap.hashtag:
        return labels("introduction_no_tag")
    tag = f"#{recap.hashtag}"
    if figures.participants < 2:
        return labels("introduction_few", tag=tag)
    return labels(
        "introduction",
        people=labels.many("n_people", figures.participants),
        wrote=labels.many("wrote", figures.participants),
        posts=labels.many("n_posts", figures.public_posts),
        tag=tag,
    )


def proposed_conclusion(recap: Recap, labels: Labels) -> str:
    """A conclusion from the figures for the organiser to start from; "" with too few of them."""
    figures = recap.figures
    if not recap.highlights or figures.participants < 2 or not figures.replies:
        return ""
    return labels(
        "conclusion_proposed",
        people=labels.many("n_people", figures.participants),
        replies=labels.many("n_replies", figures.replies),
    )


def heading(recap: Recap, labels: Labels) -> str:
    """The title, or what stands for one."""
    tag = f"#{recap.hashtag}" if recap.hashtag else ""
    return labels.typeset(recap.title) or tag or labels("recap")


def about_hiding(recap: Recap, labels: Labels) -> str:
    """What the recap says about people who are not named, and about the mask if it is used."""
    anonymous = any(one.author is None for one in recap.highlights)
    said = [labels("not_named")] if anonymous else []
    if recap.masked:
        said.append(labels("masked", mask=MASK))
    return " ".join(said)


def recap_page(recap: Recap, stationery: ExportTemplates, logo: Logo | None = None) -> str:
    """The page as HTML, with the logo of the organisation inside."""
    labels = stationery.labels(recap.language)
    return stationery.page(
        _TEMPLATE,
        labels,
        monogram=portrait_initials(recap.organisation, "") or recap.organisation[:1],
        # The people of a rehearsal read nothing, and there is no chat to hear of.
        logo=logo,
        call="" if recap.simulated else profile_address(recap.account),
        # The language of the posts is marked in the HTML if it is not that of the labels.
        post_language=recap.language if recap.language != labels.language else "",
        **shown_values(recap, labels),
    )


def shown_values(recap: Recap, labels: Labels) -> dict[str, object]:
    """What a template shows of a recap, whether it is for a screen or for paper."""
    linked = not recap.simulated
    title = heading(recap, labels)
    when = ""
    if recap.starts_at and recap.ends_at:
        when = labels.when(recap.starts_at, recap.ends_at, recap.time_zone, recap.town)
    parts = parts_of(recap, labels)
    return {
        "recap": recap,
        "moments": next((part.anchor for part in parts if part.cards), ""),
        "title": labels("rehearsal_title", title=title) if recap.simulated else title,
        "heading": title,
        "when": when,
        "tag_address": tag_address(recap.hashtag) if linked and recap.hashtag else "",
        "introduction": labels.typeset(recap.introduction) or proposed_introduction(recap, labels),
        "conclusion": labels.typeset(recap.conclusion),
        "about_hiding": about_hiding(recap, labels),
        "belongs": belongs(recap, labels, recap.account),
        "guests": [_guest(guest, linked) for guest in recap.guests],
        "unnamed": unnamed_guests(recap, labels),
        "facts": facts_of(recap, labels),
        "timeline": timeline(recap.figures, recap.time_zone, labels),
        "parts": parts,
        "also_asked": also_asked(recap, labels),
        "rich": rich(linked),
    }


def facts_of(recap: Recap, labels: Labels) -> list[RecapFact]:
    """The figures that say something, the main ones first."""
    figures = recap.figures
    guests = labels.many("of_whom_guests", figures.guests) if figures.guests else ""
    own = labels.many("own_posts", figures.own_posts) if figures.own_posts else ""
    counts = [
        ("participants", figures.participants, guests),
        ("posts", figures.public_posts, own),
        ("asked", figures.questions_asked, ""),
        ("newcomers", figures.newcomers or 0, ""),
        ("reposts", figures.reposts or 0, ""),
    ]
    return [
        RecapFact(labels.number(count), labels.many(key, count), detail)
        for key, count, detail in counts
        if count
    ]


def belongs(recap: Recap, labels: Labels, account: str = "") -> str:
    """To whom the posts belong and how they are shown; "" where there are none, or invented ones.

    It says to which account to write, where one is given.
    """
    if not recap.highlights or recap.simulated:
        return ""
    said = labels("belongs", account=f"@{account}") if account else labels("belongs_nobody")
    told = [said]
    told += [labels("numbers_out")] * recap.omits_numbers
    told += [labels("edited_why")] * any(one.edited for one in recap.highlights)
    return " ".join(told)


def unnamed_guests(recap: Recap, labels: Labels) -> str:
    """What is said of the guests who are counted and may not be named; "" for none."""
    count = recap.figures.guests - len(recap.guests)
    return labels.many("guests_unnamed", count) if count > 0 else ""


def parts_of(recap: Recap, labels: Labels) -> list[RecapPart]:
    """The sections in reading order: together their cards are the highlights of the recap."""
    number = 0

    def cards(highlights: tuple[Highlight, ...]) -> tuple[RecapCard, ...]:
        nonlocal number
        made = []
        for highlight in highlights:
            number += 1
            shown = replace(highlight, text=recap.said(highlight))
            made.append(_card(shown, number, recap, labels))
        return tuple(made)

    parts = [
        RecapPart(
            f"q{section.number or f'-{place}'}",
            section.number,
            labels.typeset(section.text),
            labels.typeset(section.comment),
            labels.many("n_replies", section.replies) if section.replies else "",
            cards(section.highlights),
        )
        for place, section in enumerate(recap.told, 1)
    ]
    if recap.others:
        parts.append(RecapPart("others", None, labels("others"), "", "", cards(recap.others)))
    return parts


def also_asked(recap: Recap, labels: Labels) -> list[tuple[int | None, str]]:
    """The questions of which no post was kept: pairs of a number, None for none, and a wording."""
    return [(one.number, one_line(labels.typeset(one.text))) for one in recap.also_asked]


def _guest(guest: Author, linked: bool) -> dict[str, str]:
    return {
        "name": guest.name or f"@{guest.handle}",
        "bio": guest.bio,
        "initials": portrait_initials(guest.name, guest.handle),
        "profile": profile_address(guest.handle) if linked else "",
    }


def _card(highlight: Highlight, number: int, recap: Recap, labels: Labels) -> RecapCard:
    author, comment = highlight.author, labels.typeset(highlight.comment)
    if author is None:
        # The time and the link would lead to the person.
        short = portrait_initials(highlight.initials, "")
        return RecapCard(
            number, highlight.initials, "", "", short, False, highlight.text, "", "", "", comment
        )
    linked = not recap.simulated
    local = highlight.created_at.astimezone(ZoneInfo(recap.time_zone))
    return RecapCard(
        number,
        author.name or f"@{author.handle}",
        author.handle if author.name else "",
        profile_address(author.handle) if linked else "",
        portrait_initials(author.name, author.handle),
        author.is_guest,
        highlight.text,
        local.isoformat(timespec="minutes"),
        post_moment(highlight, recap, labels),
        address_of(highlight, recap) if linked else "",
        comment,
    )


def post_moment(highlight: Highlight, recap: Recap, labels: Labels) -> str:
    """When a post was written, in the time zone of the recap, and that it was edited since.

    The date is told if it is another day.
    """
    moment = _moment_of(highlight, recap, labels)
    return f"{moment} ({labels('edited')})" if highlight.edited else moment


def _moment_of(highlight: Highlight, recap: Recap, labels: Labels) -> str:
    zone = ZoneInfo(recap.time_zone)
    hour = labels.hour(highlight.created_at, recap.time_zone)
    day = highlight.created_at.astimezone(zone).date()
    if recap.starts_at and recap.starts_at.astimezone(zone).date() == day:
        return hour
    return labels("post_when", day=labels.day(highlight.created_at, recap.time_zone), hour=hour)


def address_of(highlight: Highlight, recap: Recap) -> str:
    """The address of the post of a highlight with an author on X; "" where it is not known."""
    handle = highlight.author.handle if highlight.author else ""
    return post_address(highlight.url, highlight.post_id, handle or recap.account)

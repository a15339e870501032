"""What the pictures that announce a chat say, in which colours, and their description in words.

They are drawn elsewhere. A line whose value the organiser has not filled in yet is left out: a
picture never shows a word in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from tchat_desktop.domain.chat import Chat, Person, VisualDraft
from tchat_desktop.domain.clean_text import with_capital
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.numbering import numbered_questions
from tchat_desktop.domain.texts import (
    Texts,
    When,
    fill,
    listed,
    named_guests,
    values,
    with_own_texts,
)

READABLE = 4.5
"""The least contrast of text and its ground, to one (WCAG 2.2, success criterion 1.4.3)."""

INK = "#1d1430"
WHITE = "#ffffff"
BLACK = "#000000"

MOST_NAMED = 4
"""Guests named on a picture; the others are counted."""

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


class Shape(StrEnum):
    """The shapes of picture, each for its places."""

    WIDE = "wide"
    """For X, Facebook and a web page."""
    SQUARE = "square"
    """For Instagram, and a group on WhatsApp."""
    TALL = "tall"
    """For a status on WhatsApp and a story."""
    QUESTIONS = "questions"
    """All the questions, shared in advance with the public."""
    POSTER = "poster"
    """A sheet of A4, to print."""


SIZES = {
    Shape.WIDE: (1200, 675),
    Shape.SQUARE: (1080, 1080),
    Shape.TALL: (1080, 1920),
    Shape.QUESTIONS: (1080, 1350),
    Shape.POSTER: (1240, 1754),
}
"""Width and height in pixels; A4 at 150 dots an inch for the poster.

The one with the questions becomes higher when they are long."""


@dataclass(frozen=True, slots=True)
class Visual:
    """What a picture says, in the language of the posts; "" or () for what is not known."""

    kicker: str
    """What it announces, such as "Tchat sur X (Twitter)"."""
    title: str
    tag: str
    """With its # sign."""
    day: str
    hours: str
    guests: tuple[tuple[str, str], ...]
    """Names of guests who accepted, each with the biography or ""."""
    more_guests: int
    """How many accepted besides them."""
    questions: tuple[tuple[str, str], ...]
    """Numbers such as "Q1" and texts of the essential questions."""
    organisation: str
    join: str
    """How to take part."""
    scan: str
    """What the code leads to."""
    link: str
    """What the code holds: an address, or "" for no code."""
    right_to_left: bool


def look_of(chat: Chat) -> VisualDraft:
    """The choices made for the pictures of a chat, or else our own."""
    return chat.visuals or VisualDraft()


def visual_of(chat: Chat, texts: Texts, when: When) -> Visual:
    """What the pictures of a chat say; `when` in words of the language of the texts."""
    texts = with_own_texts(chat, texts)
    rules = texts.rules
    said = values(chat, texts, when)
    link = web_address(chat.registration_link)
    guests = named_guests(chat, rules)
    tag = said["tag"]
    return Visual(
        kicker=texts.messages["visual.kicker"],
        title=_together(with_capital(said["topic"])),
        tag=tag,
        day=when.day,
        hours=said["hours"],
        guests=tuple(_named(guest) for guest in guests[:MOST_NAMED]),
        more_guests=max(0, len(guests) - MOST_NAMED),
        questions=tuple((number, _together(text)) for number, text in numbered_questions(chat)),
        organisation=said["organisation"],
        join=fill(texts, "visual.join", **said) if tag else "",
        scan=(chat.link_words.strip() if link else "")
        or texts.messages["visual.scan_link" if link else "visual.scan_tag"],
        link=link or (rules.links.search(chat.hashtag) if tag else ""),
        right_to_left=is_right_to_left(said["topic"] or texts.messages["visual.kicker"]),
    )


def of_shape(visual: Visual, shape: Shape) -> Visual:
    """What a picture of that shape says: the questions stand on a picture of their own, alone."""
    if shape is Shape.QUESTIONS:
        return replace(visual, guests=(), more_guests=0)
    return replace(visual, questions=())


def _together(text: str) -> str:
    """The text, of which no line begins with a sign that French sets apart ("enfants : agir")."""
    return re.sub(r" (?=[!?:;»])|(?<=«) ", "\u00a0", text)


def _named(guest: Person) -> tuple[str, str]:
    name = guest.name.strip()
    return (name, guest.bio.strip()) if name else (f"@{guest.handle.strip()}", guest.bio.strip())


def described(visual: Visual, texts: Texts, most: int = 0) -> str:
    """The description of the pictures for people who cannot see them, in the texts' language.

    It has `most` characters at the most, and ends in "…" if it was longer; 0 for no limit.
    """
    who = tuple(f"{name} ({bio})" if bio else name for name, bio in visual.guests)
    more = more_guests(visual, texts)
    said = {
        "topic": visual.title,
        "when": ", ".join(part for part in (visual.day, visual.hours) if part),
        "tag": visual.tag,
        "guests": listed((*who, more) if more else who, texts),
        "questions": " ".join(f"{number} {text}" for number, text in visual.questions),
        "organisation": visual.organisation,
    }
    lines = (fill(texts, f"visual.alt.{part}", **{part: one}) for part, one in said.items() if one)
    text = " ".join((texts.messages["visual.alt"], *lines))
    if not most or len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip() + "…"


def more_guests(visual: Visual, texts: Texts) -> str:
    """How many guests are not named, such as "3 autres"; "" for none."""
    count = visual.more_guests
    if not count:
        return ""
    return fill(texts, "visual.more_one" if count == 1 else "visual.more", count=str(count))


def is_right_to_left(text: str) -> bool:
    """Whether a text is written from right to left: its first letter decides (Unicode's P2, P3)."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


# --- colours -------------------------------------------------------------------------------------


def is_colour(text: str) -> bool:
    """Whether a text is a colour as #rrggbb."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """How far two colours (#rrggbb) differ in brightness, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(ground: str) -> str:
    """The colour of text on a ground (#rrggbb), with a contrast of at least READABLE."""
    return next(ink for ink in (WHITE, INK, BLACK) if contrast(ink, ground) >= READABLE)


def readable_on(ground: str, colour: str) -> str:
    """The colour itself, or the nearest darker one (or lighter on a dark ground) that is readable.

    Both are #rrggbb.
    """
    towards = BLACK if contrast(BLACK, ground) > contrast(WHITE, ground) else WHITE
    for twentieths in range(21):
        mixed = mix(colour, towards, twentieths / 20)
        if contrast(mixed, ground) >= READABLE:
            return mixed
    return towards


def mix(one: str, other: str, share: float) -> str:
    """A colour (#rrggbb) with a share (0 to 1) of another in it."""
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

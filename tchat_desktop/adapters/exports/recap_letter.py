"""The recap in a short e-mail to partners, and the news that it is online."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from tchat_desktop.adapters.exports.invitation import email_draft, write_draft
from tchat_desktop.adapters.exports.recap_blocks import quotation, straight
from tchat_desktop.adapters.exports.recap_page import heading
from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, clean, one_line
from tchat_desktop.domain.chat import Person
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.recap import Highlight, Recap

MOST_QUOTED = 5
"""Highlights in the letter: the recap itself is elsewhere."""


_NEWS = {"post": "news_post", "page": "news_page", "message": "news_message"}


def write_recap_letter(recap: Recap, path: Path, stationery: ExportTemplates) -> Path:
    """Write the e-mail as a draft (.eml), whole or not at all; returns the path. Raises OSError."""
    return write_draft(email_draft(Person(""), recap_letter(recap, stationery)), path)


def recap_letter(recap: Recap, stationery: ExportTemplates) -> Letter:
    """What partners read: the chat, its figures, some highlights, where the rest is, thanks."""
    labels = stationery.labels(recap.language)
    title = one_line(heading(recap, labels))
    quoted = "\n".join(f"– {one}" for one in _quoted(recap, labels))
    moments = labels("mail_moments")
    parts = [
        *([f"{labels('rehearsal')}. {labels('rehearsal_why')}"] if recap.simulated else []),
        labels("mail_hello"),
        "\n".join((_opening(recap, labels), labels("mail_topic", title=title))),
        figures_line(recap, labels),
        f"{moments}\n{quoted}" if quoted else "",
        labels("mail_link", link=recap.page_link) if recap.page_link else labels("mail_no_link"),
        labels("mail_thanks"),
        clean(recap.organisation).strip(),
    ]
    body = "\n\n".join(part for part in parts if part)
    return Letter(labels("mail_subject", title=title), body)


def letter_as_text(recap: Recap, stationery: ExportTemplates) -> str:
    """The e-mail to be pasted: its subject, then its text."""
    letter = recap_letter(recap, stationery)
    return f"{letter.subject}\n\n{letter.body}\n"


def told_online(recap: Recap, stationery: ExportTemplates) -> dict[str, str]:
    """What tells that the recap is online, by where it is told; nothing while it is not.

    The keys are "post" (X), "page" (Facebook, LinkedIn …) and "message" (WhatsApp …). No two texts
    are alike, as X asks of those who publish in several places.
    """
    if not recap.page_link or recap.simulated:
        return {}
    labels = stationery.labels(recap.language)
    figures = figures_line(recap, labels)
    made = {}
    for where, key in _NEWS.items():
        said = labels(key, chat=_chat(recap, labels), figures=figures, link=recap.page_link)
        text = "\n".join(one for one in said.split("\n") if one)
        if where == "post" and stationery.rules.remaining(text) < 0:
            text = text.replace(f"{figures}\n", "")
        made[where] = text
    return made


def figures_line(recap: Recap, labels: Labels) -> str:
    """Who took part, in a sentence that counts the public alone; "" while there is nobody."""
    figures = recap.figures
    if figures.participants < 2:
        return ""
    values = {
        "people": labels.many("n_people", figures.participants),
        "wrote": labels.many("wrote", figures.participants),
        "posts": labels.many("n_posts", figures.public_posts),
    }
    if recap.hashtag:
        return labels("figures_line", tag=f"#{recap.hashtag}", **values)
    return labels("figures_line_no_tag", **values)


def chosen(recap: Recap) -> Iterator[Highlight]:
    """The highlights a letter quotes: one of each part first."""
    parts = [*(one.highlights for one in recap.sections), recap.others]
    rounds = zip_longest(*parts)
    places = [
        (turn, place)
        for turn, found in enumerate(rounds)
        for place, one in enumerate(found)
        if one is not None
    ]
    # The first ones of each part, told in the order of the recap.
    for place, turn in sorted((place, turn) for turn, place in places[:MOST_QUOTED]):
        yield parts[place][turn]


def _quoted(recap: Recap, labels: Labels) -> Iterator[str]:
    for highlight in chosen(recap):
        quoted = quotation(highlight, recap, labels)
        # The tag stands above already.
        said = re.sub(rf"\s*#{re.escape(recap.hashtag)}$", "", straight(quoted.text), flags=re.I)
        name = f"{quoted.name} ({labels('edited')})" if highlight.edited else quoted.name
        yield labels("said", name=name, text=said or straight(quoted.text))


def _opening(recap: Recap, labels: Labels) -> str:
    chat = _chat(recap, labels)
    if recap.starts_at is None:
        return labels("mail_opening_no_date", chat=chat)
    day = labels.day(recap.starts_at, recap.time_zone)
    return labels("mail_opening", chat=chat, when=day)


def _chat(recap: Recap, labels: Labels) -> str:
    if not recap.hashtag:
        return labels("our_chat")
    return labels("our_chat_tag", tag=f"#{recap.hashtag}")

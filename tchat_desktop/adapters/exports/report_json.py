"""Documents a chat as JSON for programs and archives; the form is in `docs/report.schema.json`.

X lets the identifiers of posts be passed on, and not what others wrote in them: the texts are those
of the organisation, the posts of others are named by their id and link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from tchat_desktop.adapters.exports.links import post_address
from tchat_desktop.adapters.exports.stationery import clean
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.called import Called
from tchat_desktop.domain.conversation import is_by_hand
from tchat_desktop.domain.documented import Documented, Dossier, Said
from tchat_desktop.domain.figures import Figures
from tchat_desktop.domain.numbering import numbers_asked
from tchat_desktop.domain.report import SharedPost

REPORT_VERSION = 1
"""Raised when a program that reads the former form would misunderstand the new one."""


def report_json(dossier: Dossier, told: Documented, mask: NameMask) -> bytes:
    """The chat, its figures and the list of its posts as JSON in UTF-8.

    `told` is what `documented` gave; hidden people are masked.
    """
    chat, numbers = dossier.chat, numbers_asked(dossier.chat, dossier.rows)
    called = Called(chat)
    content = {
        "format": "tchat-report",
        "version": REPORT_VERSION,
        "rehearsal": dossier.simulated,
        "chat": {
            "topic": clean(mask.text(chat.topic)),
            "organisation": clean(chat.organisation),
            "account": clean(chat.account) or None,
            "hashtag": clean(chat.hashtag),
            "language": chat.language,
            "time_zone": chat.time_zone,
            "starts_at": _instant(chat.starts_at),
            "ends_at": _instant(chat.ends_at),
        },
        "figures": _figures(dossier.figures),
        **_further(dossier),
        "questions": [
            {
                "number": one.number,
                "text": clean(one.text),
                "replies": one.replies,
                "asked_minute": one.asked_minute,
            }
            for one in dossier.figures.questions
        ],
        "minutes": {
            "begins_at": _instant(dossier.figures.begins_at),
            "public_posts": list(dossier.figures.minutes),
        },
        "participants": {
            "named": [
                {
                    "account": clean(one.handle) or None,
                    "name": clean(mask.text(one.name)) or None,
                    "guest": one.is_guest,
                    "posts": one.posts,
                }
                for one in told.named
            ],
            "unnamed": {"people": told.unnamed.people, "posts": told.unnamed.posts},
        },
        "posts": [_post(dossier, one, called, numbers, mask) for one in told.said],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "participants": figures.participants,
        "guests": figures.guests,
        "newcomers": figures.newcomers,
        "posts": figures.posts,
        "public_posts": figures.public_posts,
        "own_posts": figures.own_posts,
        "reposts": figures.reposts,
        "questions_asked": figures.questions_asked,
        "questions_answered": figures.questions_answered,
        "replies": figures.replies,
        "before": figures.before,
        "after": figures.after,
        "spent_us_dollars": round(figures.spent_cents / 100, 3),
    }


def _further(dossier: Dossier) -> dict[str, Any]:
    """What is told beside the figures: goals, languages, sharing, own posts, how it was counted."""
    report = dossier.report
    asked, share, method = report.asked_by_public, report.promotion, report.method
    return {
        "goals": [
            {"measure": one.measure.value, "hoped": one.hoped, "came": one.came}
            for one in report.goals
        ],
        "languages": [
            {"language": one.code or None, "posts": one.posts} for one in report.languages
        ],
        "public_questions": {"asked": asked.asked, "answered": asked.answered},
        "about_the_organisation": {"posts": share.promotional, "of": share.total},
        "most_shared": [_shared(one, dossier) for one in report.most_shared],
        "collected": {
            "from_x": method.from_x,
            "by_hand": method.by_hand,
            "for_guests": method.for_guests,
            "without_text": method.without_text,
            "first_at": _instant(method.first_at),
            "last_at": _instant(method.last_at),
        },
    }


def _shared(shared: SharedPost, dossier: Dossier) -> dict[str, Any]:
    address = post_address(shared.url, shared.post_id, shared.handle)
    found = re.search(r"[0-9]+$", address)
    is_on_x = found is not None and not dossier.simulated
    return {
        "id": found[0] if found and is_on_x else None,
        "url": address if is_on_x else None,
        "account": clean(shared.handle) or None,
        "name": clean(shared.name) or None,
        "posted_at": _instant(shared.created_at),
        "reposts": shared.reposts,
    }


def _post(
    dossier: Dossier, said: Said, called: Called, numbers: Mapping[str, int], mask: NameMask
) -> dict[str, Any]:
    post = said.item.post
    is_hidden = mask.hides(post.author)
    address = post_address(post.url, post.id, post.author or dossier.chat.account)
    if is_hidden or dossier.simulated:
        address = ""
    found = re.search(r"[0-9]+$", address)
    is_told = not is_by_hand(post) and post.author != ""
    name = mask.text(called.name(post))
    return {
        # What leads to somebody hidden is left out: the id, the time, the reposts, the link.
        "id": found[0] if found else None,
        "url": address or None,
        "by": said.voice.value,
        "account": None if is_hidden else clean(post.author) or None,
        "name": None if is_hidden else clean(name) or None,
        "posted_at": None if is_hidden else _instant(post.created_at),
        "question": numbers.get(said.item.question_id),
        "highlight": said.item.starred,
        "edited": said.edited,
        "reposts": post.reposts if is_told and not is_hidden else None,
        "text": clean(mask.text(post.text)) if said.is_ours else None,
    }


def _instant(instant: datetime | None) -> str | None:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None

"""What the app proposes for the hour: which posts, with which texts, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import ceil

from tchat_desktop.domain.chat import Chat, RunEdit
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import bare_text, numbers
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.questions import full_text
from tchat_desktop.domain.run_items import RunItem, question_key
from tchat_desktop.domain.texts import (
    Texts,
    calling_name,
    fill,
    fill_post,
    key_for,
    named_guests,
    values,
    with_own_texts,
)

NUDGES = ("nudge1", "nudge2", "nudge3")

_PLACES = {"nudge1": (0.4, 3), "nudge2": (0.75, 6)}
"""After which part of the questions a nudge comes, and from how many questions on."""

_MINUTES = {
    PostKind.WELCOME: 2,
    PostKind.RULES: 2,
    PostKind.GUESTS: 4,
    PostKind.NUDGE: 2,
    PostKind.CLOSING: 2,
    PostKind.THANKS: 2,
}


def proposed(chat: Chat, texts: Texts, edits: Mapping[str, RunEdit]) -> Iterable[RunItem]:
    """Every item there is, in the order proposed."""
    texts = with_own_texts(chat, texts)
    filled = values(chat, texts)

    def item(key: str, kind: PostKind, text: str) -> RunItem:
        return _item(key, kind, text, _MINUTES[kind], edits.get(key), texts.rules)

    for kind in (PostKind.WELCOME, PostKind.RULES):
        key = key_for(texts, f"post.{kind}", chat.purpose)
        yield item(kind.value, kind, fill_post(texts, key, **filled))
    if filled["guests"]:
        yield item("guests", PostKind.GUESTS, _guests_text(chat, texts))
    written = [question for question in chat.questions if bare_text(chat, question)]
    essential = [question for question in written if question.essential]
    nudges = {
        key: item(key, PostKind.NUDGE, fill(texts, f"post.nudge.{key[-1]}", **filled))
        for key in NUDGES
    }
    places = {
        ceil(part * len(essential)): key
        for key, (part, fewest) in _PLACES.items()
        if len(essential) >= fewest
    }
    given = numbers(chat)
    asked = 0
    for question in written:
        text = full_text(chat, question, texts)
        number = given.get(question.id)
        key = question_key(question.id)
        one = _item(key, PostKind.QUESTION, text, question.minutes, edits.get(key), texts.rules)
        yield replace(one, number=number, question_id=question.id)
        asked += question.essential
        if question.essential and asked in places:
            yield nudges.pop(places[asked])
    yield from nudges.values()
    yield item("closing", PostKind.CLOSING, fill(texts, "post.closing", **filled))
    yield item("thanks", PostKind.THANKS, fill_post(texts, "post.thanks", **filled))


def _item(
    key: str, kind: PostKind, text: str, minutes: int, edit: RunEdit | None, rules: NetworkRules
) -> RunItem:
    edit = edit or RunEdit(key)
    if edit.text is not None:
        text = edit.text
    if edit.minutes is not None and kind is not PostKind.QUESTION:
        minutes = edit.minutes
    return RunItem(
        key=key,
        kind=kind,
        number=None,
        question_id="",
        text=text,
        minutes=max(1, minutes),
        offset=0,
        edited=edit.text is not None,
        included=False,
        weight=rules.weigh(text),
        picture=edit.picture,
        by_page=edit.by_page,
    )


def _guests_text(chat: Chat, texts: Texts) -> str:
    """The guests with a line on each, or their names alone when that is too long."""
    lines = []
    for guest in named_guests(chat, texts.rules):
        name = calling_name(guest, texts.rules)
        lines.append(f"– {name}, {guest.bio.strip()}" if guest.bio.strip() else f"– {name}")
    long = fill(texts, "post.guests", **values(chat, texts, guest_lines="\n".join(lines)))
    if texts.rules.remaining(long) >= 0:
        return long
    return fill(texts, "post.guests", **values(chat, texts))


def included(chat: Chat, every: Mapping[str, RunItem], edits: Mapping[str, RunEdit]) -> set[str]:
    """The keys of the items in the hour: nudges only as far as they fit, unless asked for."""
    shown = {
        key
        for key, item in every.items()
        if key not in edits or edits[key].included
        if item.kind is not PostKind.QUESTION or _is_essential(chat, item)
        if item.kind is not PostKind.NUDGE or key in edits or key in chat.run_order
    }
    questions = sum(every[key].kind is PostKind.QUESTION for key in shown)
    # Whether a nudge is proposed depends on no other: taking one out or in moves none of the rest.
    used = sum(every[key].minutes for key in shown if every[key].kind is not PostKind.NUDGE)
    for key, (_, fewest) in _PLACES.items():
        if questions >= fewest:
            used += every[key].minutes
            if used <= chat.minutes and key not in edits:
                shown.add(key)
    return shown


def ordered_keys(chat: Chat, every: Mapping[str, RunItem], shown: set[str]) -> list[str]:
    """The keys in the organiser's order; new items come after the one they are proposed after.

    Questions fill their places by number, whatever their order was.
    """
    default = [key for key in every if key in shown]
    order = list(dict.fromkeys(key for key in chat.run_order if key in shown))
    for index, key in enumerate(default):
        if key not in order:
            order.insert(order.index(default[index - 1]) + 1 if index else 0, key)
    numbered = iter([key for key in default if every[key].kind is PostKind.QUESTION])
    return [next(numbered) if every[key].kind is PostKind.QUESTION else key for key in order]


def _is_essential(chat: Chat, item: RunItem) -> bool:
    return any(one.id == item.question_id and one.essential for one in chat.questions)

"""The run sheet of a chat, from the welcome to the thanks: which post leaves at which minute.

Each item starts when the minutes of those before it are over. Questions are always asked in the
order of their numbers, so moving one on the run sheet renumbers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import (
    Chat,
    Occasion,
    Picture,
    Question,
    Route,
    RunEdit,
    new_id,
)
from tchat_desktop.domain.outgoing import (
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    late_window,
)
from tchat_desktop.domain.questions import full_text
from tchat_desktop.domain.run_checks import problems_in
from tchat_desktop.domain.run_items import (
    ProblemKind,
    RunItem,
    RunProblem,
    RunSheet,
    question_in,
    question_key,
)
from tchat_desktop.domain.run_proposal import NUDGES, included, ordered_keys, proposed
from tchat_desktop.domain.texts import Texts

__all__ = [
    "ProblemKind",
    "RunItem",
    "RunProblem",
    "RunSheet",
    "at_offset",
    "build_run_sheet",
    "moved_to",
    "plan",
    "put_in",
    "question_key",
    "reset",
    "reset_order",
    "with_item",
    "with_item_text",
    "with_minutes",
    "with_picture",
    "with_way",
    "without_item",
]

LONGEST_MINUTES = 60


def build_run_sheet(chat: Chat, texts: Texts) -> RunSheet:
    """The proposed run sheet with the organiser's changes; questions without text are left out."""
    edits = {edit.key: edit for edit in chat.run_edits}
    every = {item.key: item for item in proposed(chat, texts, edits)}
    shown = included(chat, every, edits)
    items = []
    offset = 0
    for key in ordered_keys(chat, every, shown):
        items.append(replace(every[key], offset=offset, included=True))
        offset += every[key].minutes
    outside = [item for key, item in every.items() if key not in shown]
    sheet = RunSheet(
        items=tuple(items),
        reserve=tuple(item for item in outside if item.kind is PostKind.QUESTION),
        removed=tuple(item for item in outside if item.kind is not PostKind.QUESTION),
        minutes_used=offset,
        minutes=chat.minutes,
        rules=texts.rules,
    )
    found = problems_in(chat, sheet)
    aside = tuple(one for one in found if one.mark and one.mark in chat.meant)
    told = tuple(one for one in found if one not in aside)
    return replace(sheet, problems=told, aside=aside)


def with_item_text(chat: Chat, key: str, text: str, texts: Texts) -> Chat:
    """The chat with that text for an item; giving it the proposed text undoes a change.

    When the text of a question keeps its number and tag, the question itself is changed, so that it
    is the same on every page. Raises KeyError for an unknown question.
    """
    question = _question(chat, key)
    if question is not None:
        before, after = _frame(chat, question, texts)
        inner = text[len(before) : len(text) - len(after)]
        if text == before + inner + after and inner.strip():
            chat = _with_question(chat, replace(question, text=inner))
            return _with_edit(chat, replace(_edit(chat, key), text=None))
    edits = {edit.key: edit for edit in chat.run_edits if edit.key != key}
    same = any(item.key == key and item.text == text for item in proposed(chat, texts, edits))
    return _with_edit(chat, replace(_edit(chat, key), text=None if same else text))


def with_minutes(chat: Chat, key: str, minutes: int) -> Chat:
    """The chat with that many minutes for the item, clamped to 1 to 60.

    Raises KeyError for an unknown question.
    """
    minutes = max(1, min(minutes, LONGEST_MINUTES))
    question = _question(chat, key)
    if question is not None:
        return _with_question(chat, replace(question, minutes=minutes))
    return _with_edit(chat, replace(_edit(chat, key), minutes=minutes))


def with_picture(chat: Chat, key: str, picture: Picture | None) -> Chat:
    """The chat with that picture for the item; None removes it."""
    return _with_edit(chat, replace(_edit(chat, key), picture=picture))


def with_way(chat: Chat, key: str, by_page: bool) -> Chat:
    """The chat with the item published by the pre-filled page, or else like the others."""
    return _with_edit(chat, replace(_edit(chat, key), by_page=by_page))


def without_item(chat: Chat, key: str) -> Chat:
    """The chat with the item taken out of the run sheet; a question goes to the reserve.

    Raises KeyError for an unknown question.
    """
    question = _question(chat, key)
    if question is not None:
        return _with_question(chat, replace(question, essential=False))
    return _with_edit(chat, replace(_edit(chat, key), included=False))


def with_item(chat: Chat, key: str) -> Chat:
    """The chat with the item put in the run sheet; a question in reserve becomes essential.

    Raises KeyError for an unknown question.
    """
    question = _question(chat, key)
    if question is not None:
        return _with_question(chat, replace(question, essential=True))
    return _with_edit(chat, replace(_edit(chat, key), included=True))


def put_in(chat: Chat, sheet: RunSheet, key: str, texts: Texts) -> Chat:
    """Like `with_item`, but every item of `sheet` is kept, even if the run sheet gets too long."""
    changed = with_item(chat, key)
    there = {item.key for item in build_run_sheet(changed, texts).items}
    for item in sheet.items:
        if item.key not in there:
            changed = with_item(changed, item.key)
    return changed


def moved_to(chat: Chat, sheet: RunSheet, key: str, index: int) -> Chat:
    """The chat with the item moved to that index of the run sheet, clamped.

    Questions are renumbered. Raises KeyError when the item is not on the run sheet.
    """
    keys = [item.key for item in sheet.items]
    if key not in keys:
        raise KeyError(key)
    keys.remove(key)
    keys.insert(max(0, min(index, len(keys))), key)
    asked = [question_id for one in keys if (question_id := sheet.item(one).question_id)]
    by_id = {question.id: question for question in chat.questions}
    following = iter(asked)
    questions = tuple(
        by_id[next(following)] if question.id in asked else question for question in chat.questions
    )
    return replace(chat, questions=questions, run_order=tuple(keys))


def at_offset(chat: Chat, sheet: RunSheet, key: str, minutes: int) -> Chat:
    """The chat with the item moved to the place whose start is nearest to that minute of the chat.

    Raises KeyError when the item is not on the run sheet.
    """
    starts = [0]
    for item in sheet.items:
        if item.key != key:
            starts.append(starts[-1] + item.minutes)
    return moved_to(
        chat, sheet, key, min(range(len(starts)), key=lambda i: abs(starts[i] - minutes))
    )


def reset(chat: Chat, key: str) -> Chat:
    """The chat with the proposed text and minutes for the item, which keeps picture and route."""
    edit = _edit(chat, key)
    kept = RunEdit(key, picture=edit.picture, by_page=edit.by_page)
    others = tuple(one for one in chat.run_edits if one.key != key)
    return replace(chat, run_edits=others if kept == RunEdit(key) else (*others, kept))


def reset_order(chat: Chat) -> Chat:
    """The chat with the items in the proposed order."""
    return replace(chat, run_order=())


def plan(
    chat: Chat, sheet: RunSheet, occasion: Occasion, route: Route, starts_at: datetime
) -> tuple[OutboxPost, ...]:
    """The outbox rows of a run sheet that begins at `starts_at` (UTC); the reserve is in drafts.

    Items marked `by_page` get the assisted route if `route` is by keys or a rehearsal. Items
    without a text are left out.
    """
    rows = []
    for item, due_at in _with_instants(chat, sheet, starts_at):
        if not item.text.strip():
            continue
        planned = Planned(
            text=item.text,
            due_at=due_at,
            route=Route.ASSISTED if item.by_page else route,
            state=PostState.PLANNED if item.included else PostState.DRAFT,
        )
        rows.append(
            OutboxPost(
                id=new_id(),
                chat_id=chat.id,
                occasion=occasion,
                slot=item.key,
                kind=item.kind,
                text=planned.text,
                due_at=planned.due_at,
                expires_at=planned.due_at + late_window(item.kind),
                route=planned.route,
                state=planned.state,
                question_id=item.question_id,
                number=item.number,
                picture=item.picture,
                planned=planned,
            )
        )
    return tuple(rows)


def _with_instants(
    chat: Chat, sheet: RunSheet, starts_at: datetime
) -> Iterator[tuple[RunItem, datetime]]:
    """Each item of the run sheet and the reserve with its instant (UTC)."""
    for item in sheet.items:
        yield item, starts_at + timedelta(minutes=item.offset)
    places = {question.id: place for place, question in enumerate(chat.questions)}
    asked = [item for item in sheet.items if item.question_id]
    for item in sheet.reserve:
        # It is timed where it would be asked: before the next question of the chat.
        place = places[item.question_id]
        after = (one.offset for one in asked if places[one.question_id] > place)
        ends = max((one.offset + one.minutes for one in asked), default=sheet.minutes)
        yield item, starts_at + timedelta(minutes=next(after, ends))


def _question(chat: Chat, key: str) -> Question | None:
    """The question of an item, None for any other post. Raises KeyError for an unknown one."""
    question_id = question_in(key)
    return chat.questions[chat.question_index(question_id)] if question_id else None


def _with_question(chat: Chat, question: Question) -> Chat:
    return replace(
        chat,
        questions=tuple(question if one.id == question.id else one for one in chat.questions),
    )


def _frame(chat: Chat, question: Question, texts: Texts) -> tuple[str, str]:
    """The number and tag added before and after the text of a question when it is posted."""
    mark = "\ufffc"
    before, after = full_text(chat, replace(question, text=mark), texts).split(mark)
    return before, after


def _edit(chat: Chat, key: str) -> RunEdit:
    return next((edit for edit in chat.run_edits if edit.key == key), RunEdit(key))


def _with_edit(chat: Chat, edit: RunEdit) -> Chat:
    """The chat with that edit, which is dropped when it changes nothing.

    The edit of a nudge is kept in any case, because it is what puts the nudge on the run sheet.
    """
    others = tuple(one for one in chat.run_edits if one.key != edit.key)
    if edit == RunEdit(edit.key) and edit.key not in NUDGES:
        return replace(chat, run_edits=others)
    return replace(chat, run_edits=(*others, edit))

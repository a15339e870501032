"""The parts of a recap in their order: the questions, and the organiser's chapters among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tchat_desktop.domain.chat import Chapter, Chat, Question, RecapDraft


def chapters_of(chat: Chat) -> tuple[Chapter, ...]:
    """The chapters that are shown: those with a title, and with an id of their own."""
    taken = {"", *(question.id for question in chat.questions)}
    found = []
    for chapter in chat.recap.chapters:
        if chapter.title.strip() and chapter.id not in taken:
            taken.add(chapter.id)
            found.append(chapter)
    return tuple(found)


def parts_in_order(chat: Chat, numbers: Mapping[str, int]) -> tuple[Question | Chapter, ...]:
    """All questions by their `numbers`, those without one last, with the chapters among them."""
    questions = sorted(chat.questions, key=lambda one: numbers.get(one.id, len(numbers) + 1))
    places = {"": 0} | {one.id: place for place, one in enumerate(questions, 1)}
    following: dict[int, list[Chapter]] = {}
    for chapter in chapters_of(chat):
        place = places.get(chapter.after, len(questions))
        following.setdefault(place, []).append(chapter)
    ordered: list[Question | Chapter] = [*following.get(0, ())]
    for place, question in enumerate(questions, 1):
        ordered += [question, *following.get(place, ())]
    return tuple(ordered)


def placements(chat: Chat) -> dict[str, str]:
    """The id of the chapter that each post placed in one is in, by the id of the post."""
    known = {chapter.id for chapter in chapters_of(chat)}
    return {post: chapter for post, chapter in chat.recap.placed if chapter in known}


def with_chapter(draft: RecapDraft, chapter: Chapter) -> RecapDraft:
    """The draft with one more chapter, behind those that follow the same question."""
    return replace(draft, chapters=(*draft.chapters, chapter))


def with_chapter_titled(draft: RecapDraft, chapter_id: str, title: str) -> RecapDraft:
    """The draft with another title for a chapter; without one it keeps the former."""
    if not title.strip():
        return draft
    chapters = (
        replace(one, title=title) if one.id == chapter_id else one for one in draft.chapters
    )
    return replace(draft, chapters=tuple(chapters))


def without_chapter(draft: RecapDraft, chapter_id: str) -> RecapDraft:
    """The draft without a chapter and its comment; its highlights are under their questions."""
    return replace(
        draft,
        chapters=tuple(one for one in draft.chapters if one.id != chapter_id),
        placed=tuple(pair for pair in draft.placed if pair[1] != chapter_id),
        comments=tuple(pair for pair in draft.comments if pair[0] != chapter_id),
    )


def with_chapter_moved(
    draft: RecapDraft, shown: Sequence[str], chapter_id: str, to: int
) -> RecapDraft:
    """The draft with one chapter moved to the index `to` among the parts shown, clamped.

    `shown` are the ids of the questions and chapters in their present order. Raises ValueError
    when the chapter is not one of them.
    """
    ids = list(shown)
    ids.remove(chapter_id)
    ids.insert(max(0, min(to, len(ids))), chapter_id)
    chapters = {one.id: one for one in draft.chapters}
    ordered, question = [], ""
    for part in ids:
        if part in chapters:
            ordered.append(replace(chapters.pop(part), after=question))
        else:
            question = part
    return replace(draft, chapters=(*ordered, *chapters.values()))


def with_highlight_placed(draft: RecapDraft, post_id: str, chapter_id: str) -> RecapDraft:
    """The draft with a highlight in a chapter; "" takes it back under its question."""
    others = tuple(pair for pair in draft.placed if pair[0] != post_id)
    return replace(draft, placed=(*others, (post_id, chapter_id)) if chapter_id else others)


def with_words_before(draft: RecapDraft, post_id: str, words: str) -> RecapDraft:
    """The draft with what the organiser says before a highlight; empty words remove it."""
    others = tuple(pair for pair in draft.between if pair[0] != post_id)
    return replace(draft, between=(*others, (post_id, words)) if words else others)

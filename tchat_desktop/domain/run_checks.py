"""What to look at on a run sheet before anything of it is public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.etiquette import strangers, uninvited_mentions
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.judgements import judgement
from tchat_desktop.domain.named_children import all_words, to_ask_about
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import OWN_NUMBER
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.questions import Hint, mark_of
from tchat_desktop.domain.run_items import ProblemKind, RunItem, RunProblem, RunSheet

MINUTES_FOR_GUESTS = 3
"""The least time guests need to introduce themselves before the first question."""


def problems_in(chat: Chat, sheet: RunSheet) -> tuple[RunProblem, ...]:
    """Every problem of the hour and of the reserve, in the order of the items."""
    found: list[RunProblem] = []
    seen: dict[str, str] = {}
    for item in (*sheet.items, *sheet.reserve):
        found += _of_text(chat, item, sheet.rules)
        same = fold(item.text)
        if same and same in seen:
            found.append(RunProblem(ProblemKind.DUPLICATE_TEXT, item.key, seen[same]))
        seen.setdefault(same, item.key)
    found += _of_time(sheet)
    return tuple(_marked(chat, sheet.item(one.key), one) for one in found)


_JUDGED = frozenset(
    {
        ProblemKind.STRANGER,
        ProblemKind.TOO_CLOSE_TO_GUESTS,
        ProblemKind.NO_TAG,
        ProblemKind.WRONG_NUMBER,
    }
)
"""Matters of judgement; of the others X or a child would bear the consequence."""


def _marked(chat: Chat, item: RunItem, problem: RunProblem) -> RunProblem:
    if problem.kind not in _JUDGED:
        return problem
    if problem.kind is ProblemKind.STRANGER and item.question_id and not item.edited:
        # The same remark stands beside the question: whoever meant it there meant it here.
        question = chat.questions[chat.question_index(item.question_id)]
        return replace(problem, mark=mark_of(chat, question, Hint.STRANGER))
    about = "" if problem.kind is ProblemKind.TOO_CLOSE_TO_GUESTS else item.text
    mark = judgement("post", item.key, problem.kind, str(problem.value), about)
    return replace(problem, mark=mark)


def _of_text(chat: Chat, item: RunItem, rules: NetworkRules) -> Iterator[RunProblem]:
    if not item.text.strip():
        yield RunProblem(ProblemKind.EMPTY, item.key)
        return
    over = _most_weight(chat, item, rules) - rules.longest_post
    if over > 0:
        yield RunProblem(ProblemKind.TOO_LONG, item.key, over)
    goes_by_page = item.by_page or chat.route is not Route.KEYS
    if over <= 0 and goes_by_page and rules.fits_post_but_no_page(item.text):
        yield RunProblem(ProblemKind.NO_PAGE, item.key)
    described = item.picture.alt_text if item.picture is not None else ""
    for word in unfilled(f"{item.text}\n{described}"):
        yield RunProblem(ProblemKind.BLANK, item.key, word)
    for piece in to_ask_about(all_words(item.text, item.picture), chat):
        yield RunProblem(ProblemKind.NAMES_CHILD, item.key, piece)
    if chat.hashtag and fold(chat.hashtag) not in map(fold, rules.hashtags(item.text)):
        yield RunProblem(ProblemKind.NO_TAG, item.key)
    for name in uninvited_mentions(item.text, chat, rules):
        yield RunProblem(ProblemKind.UNINVITED_MENTION, item.key, name)
    for one in strangers(item.text, chat, rules):
        yield RunProblem(ProblemKind.STRANGER, item.key, one.name, one.meant)
    written = re.match(r"\s*Q(\d{1,4})\b", item.text)
    if written and item.number is not None and int(written[1]) != item.number:
        yield RunProblem(ProblemKind.WRONG_NUMBER, item.key, int(written[1]))


def _most_weight(chat: Chat, item: RunItem, rules: NetworkRules) -> int:
    """What will be counted; for a question of the reserve, with the number it may be given."""
    is_spare = item.kind is PostKind.QUESTION and item.number is None
    if not is_spare or OWN_NUMBER.match(item.text):
        return item.weight
    return rules.weigh(f"Q{len(chat.questions)} {item.text}")


def _of_time(sheet: RunSheet) -> Iterator[RunProblem]:
    for item, following in zip(sheet.items, sheet.items[1:], strict=False):
        is_guests = item.kind is PostKind.GUESTS and following.kind is PostKind.QUESTION
        if is_guests and item.minutes < MINUTES_FOR_GUESTS:
            yield RunProblem(ProblemKind.TOO_CLOSE_TO_GUESTS, following.key, item.minutes)
    for item in sheet.items:
        if item.offset + item.minutes > sheet.minutes:
            yield RunProblem(ProblemKind.DOES_NOT_FIT, item.key, sheet.overflow)
            return

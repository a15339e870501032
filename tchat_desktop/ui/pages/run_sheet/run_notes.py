"""Notes on the posts of a run sheet, each with the step that helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.routes import action_of
from tchat_desktop.domain.run_sheet import ProblemKind, RunItem, RunProblem, RunSheet
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.ui.pages.shared.notes import Note
from tchat_desktop.ui.pages.shared.post_words import blank_notes
from tchat_desktop.ui.pages.shared.run_problem_words import problem_tone, problem_words
from tchat_desktop.wording.i18n import _, format_price


def problem_notes(problems: Sequence[RunProblem], sheet: RunSheet) -> tuple[Note, ...]:
    """Return the notes on the problems of a post, except blanks, which have their own."""
    return tuple(
        Note(
            problem_words(problem, sheet),
            problem_tone(problem),
            asks=problem.kind is ProblemKind.NAMES_CHILD,
            mark=problem.mark,
        )
        for problem in problems
        if problem.kind is not ProblemKind.BLANK
    )


def price_notes(item: RunItem, rules: NetworkRules) -> tuple[Note, ...]:
    """Return a note on the price of a post with a link that leaves with keys."""
    if item.by_page or action_of(item.text, rules) is not Action.POST_WITH_LINK:
        return ()
    price = format_price(rules.platform.cents[Action.POST_WITH_LINK])
    words = _("With the keys X charges {price} for this post, because of its link.")
    return (Note(words.format(price=price), "plum", StepId.CONNECTION),)


def blanks_told_once(sheet: RunSheet, texts: Texts) -> tuple[Note, ...]:
    """Return one note for each word in brackets, because it may be in many posts."""
    words = Counter(
        str(problem.value) for problem in sheet.problems if problem.kind is ProblemKind.BLANK
    )
    return blank_notes(words, texts)

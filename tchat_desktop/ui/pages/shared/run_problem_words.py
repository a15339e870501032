"""Sentences about the run sheet: its problems, with what to do, and where a new post stands."""

from __future__ import annotations

from tchat_desktop.domain.etiquette import Stranger
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.run_sheet import ProblemKind, RunItem, RunProblem, RunSheet
from tchat_desktop.ui.pages.shared.post_words import item_title, no_page_words, too_long_words
from tchat_desktop.wording.child_words import naming_words
from tchat_desktop.wording.i18n import N_, _, ngettext
from tchat_desktop.wording.mention_words import stranger_words
from tchat_desktop.wording.tone import Tone

_PLAIN = {
    ProblemKind.NO_TAG: N_("The tag is missing: those who follow it would not see this post."),
    ProblemKind.EMPTY: N_("This post is empty: write it, or take it out."),
}


def problem_tone(problem: RunProblem) -> Tone:
    """Return the tone of a problem: "stop" if the post would not leave, else "look"."""
    refused = {ProblemKind.TOO_LONG, ProblemKind.EMPTY, ProblemKind.DUPLICATE_TEXT}
    return "stop" if problem.kind in refused | {ProblemKind.NAMES_CHILD} else "look"


def time_words(sheet: RunSheet) -> str:
    """Return how long the chat takes with all its posts: the same sentence on every page."""
    if sheet.overflow:
        return _("The chat takes {used} min of the {minutes}: {over} min too many.").format(
            used=sheet.minutes_used, minutes=sheet.minutes, over=sheet.overflow
        )
    return _("The chat takes {used} min of the {minutes}.").format(
        used=sheet.minutes_used, minutes=sheet.minutes
    )


def problem_words(problem: RunProblem, sheet: RunSheet) -> str:  # noqa: PLR0911
    """Return the sentence for a problem of one post of the run sheet."""
    value = problem.value
    match problem.kind:
        case ProblemKind.TOO_LONG:
            return too_long_words(int(value))
        case ProblemKind.NO_PAGE:
            return no_page_words()
        case ProblemKind.DOES_NOT_FIT:
            words = _(
                "From here on the time is up, by {count} min in all: shorten something, or keep a "
                "question in reserve."
            )
            if any(one.kind is PostKind.NUDGE for one in sheet.items):
                words = _(
                    "From here on the time is up, by {count} min in all: shorten something, take "
                    "out a nudge or keep a question in reserve."
                )
            return words.format(count=value)
        case ProblemKind.TOO_CLOSE_TO_GUESTS:
            return ngettext(
                "Only {count} min after the guests: leave them time to introduce themselves.",
                "Only {count} min after the guests: leave them time to introduce themselves.",
                int(value),
            ).format(count=value)
        case ProblemKind.DUPLICATE_TEXT:
            other = item_title(sheet.item(str(value)))
            return _(
                "The same text as “{post}”: X may refuse the second. Change a few words."
            ).format(post=other)
        case ProblemKind.UNINVITED_MENTION:
            words = _(
                "@{name} has not accepted yet. People dislike being mentioned uninvited, and X "
                "forbids it in bulk or by machine: write the plain name."
            )
            return words.format(name=value)
        case ProblemKind.STRANGER:
            return stranger_words(Stranger(str(value), problem.meant))
        case ProblemKind.BLANK:
            return _("Still to fill in: {blank}.").format(blank=value)
        case ProblemKind.NAMES_CHILD:
            return naming_words([str(value)])
        case ProblemKind.NO_TAG | ProblemKind.EMPTY:
            return _(_PLAIN[problem.kind])
        case ProblemKind.WRONG_NUMBER:
            return _("Its text begins with Q{number}, which is not its number: correct it.").format(
                number=value
            )


def landed_words(item: RunItem, sheet: RunSheet, before: RunSheet, hour: str) -> str:
    """Return where an added post stands, and which posts of `before` it pushed out."""
    place = sheet.items.index(item)
    words = _("✓ In the run sheet at {hour}.")
    if place:
        words = _("✓ In the run sheet at {hour}, after: {post}.")
    after = item_title(sheet.items[place - 1]) if place else ""
    said = words.format(hour=hour, post=after)
    there = {one.key for one in sheet.items}
    out = [item_title(one) for one in before.items if one.key not in there]
    if not out:
        return said + " " + _("Nothing else was taken out.")
    return said + " " + _("Taken out for it: {posts}.").format(posts=", ".join(out))

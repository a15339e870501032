"""What the posts of the hour are called, and which step fills in a word left in brackets."""

from __future__ import annotations

from collections.abc import Mapping

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.ui.pages.shared.notes import Note
from tchat_desktop.wording.i18n import N_, _, ngettext

_KINDS = {
    PostKind.QUESTION: N_("Question in reserve"),
    PostKind.WELCOME: N_("Word of welcome"),
    PostKind.RULES: N_("Rules of the chat"),
    PostKind.GUESTS: N_("The guests"),
    PostKind.NUDGE: N_("Nudge"),
    PostKind.CLOSING: N_("Closing"),
    PostKind.THANKS: N_("Thanks"),
}
_STEPS = {
    "topic": StepId.SCHEDULE,
    "day": StepId.SCHEDULE,
    "hour": StepId.SCHEDULE,
    "hours": StepId.SCHEDULE,
    "tag": StepId.HASHTAG,
    "organisation": StepId.PURPOSE,
    "account": StepId.CONNECTION,
}


def item_title(item: RunItem) -> str:
    """What a post of the hour is called: "Accueil", "Q3"."""
    return item.label if item.number is not None else _(_KINDS[item.kind])


def too_long_words(over: int) -> str:
    """By how many characters a post is too long, as X counts them."""
    words = ngettext(
        "{count} character too many for X: shorten it.",
        "{count} characters too many for X: shorten it.",
        over,
    )
    return words.format(count=over)


def blank_notes(words: Mapping[str, int], texts: Texts) -> tuple[Note, ...]:
    """A note for each step that fills in words in brackets; `words` counts their texts.

    What was left to fill in by hand is told beside its text (`typed_blank_notes`).
    """
    by_step: dict[StepId, list[str]] = {}
    for word in words:
        if (step := _step_of(word, texts)) is not None:
            by_step.setdefault(step, []).append(word)
    notes = []
    for step, found in by_step.items():
        count = max(words[word] for word in found)
        sentence = ngettext(
            "Still to fill in: {blanks}, in {count} text.",
            "Still to fill in: {blanks}, in {count} texts.",
            count,
        )
        notes.append(Note(sentence.format(blanks=", ".join(found), count=count), "look", step))
    return tuple(notes)


def typed_blank_notes(text: str, texts: Texts) -> tuple[Note, ...]:
    """The note on what was left to fill in by hand, such as "[lien]": no step fills it in."""
    typed = [word for word in unfilled(text) if _step_of(word, texts) is None]
    if not typed:
        return ()
    words = _("Still to fill in: {blanks}. Until then this text does not leave.")
    return (Note(words.format(blanks=", ".join(typed)), "stop"),)


def _step_of(word: str, texts: Texts) -> StepId | None:
    for name, step in _STEPS.items():
        if texts.messages.get(f"blank.{name}", "").removeprefix("#") == word:
            return step
    return None

"""The names of the posts of the chat, and the steps that fill in words left in brackets."""

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
    """Return the name of an item of the run sheet, such as "Accueil" or "Q3"."""
    return item.label if item.number is not None else _(_KINDS[item.kind])


def too_long_words(over: int) -> str:
    """Return by how many characters a post is too long, in weighted characters as X counts."""
    words = ngettext(
        "{count} character too many for X: shorten it.",
        "{count} characters too many for X: shorten it.",
        over,
    )
    return words.format(count=over)


def no_page_words() -> str:
    """Return why the page ready in the browser cannot hold a text, and the way out."""
    return _(
        "X takes this text, but the page that opens ready in the browser cannot hold it. At its "
        "time a button copies it and opens X, where you paste it. Or shorten it."
    )


def blank_notes(words: Mapping[str, int], texts: Texts) -> tuple[Note, ...]:
    """Return a note for each step that fills in words in brackets.

    `words` maps each of them to the number of texts that contain it. What was left to fill in by
    hand is told beside its text (`typed_blank_notes`).
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
    """Return the note on blanks typed by hand, such as "[lien]", which no step fills in."""
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

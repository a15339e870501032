"""Sentences about the questions: what could be better, and whether there are enough."""

from __future__ import annotations

from tchat_desktop.domain.questions import Count, CountVerdict, Hint, QuestionHint
from tchat_desktop.ui.widgets.judged_hints import JudgedHint
from tchat_desktop.wording.i18n import N_, _, ngettext
from tchat_desktop.wording.mention_words import stranger_words
from tchat_desktop.wording.tone import Tone

_SENTENCES = {
    Hint.NOT_A_QUESTION: N_(
        "There is no question mark. Ask for something people know from their own life."
    ),
    Hint.CLOSED: N_(
        "A closed question: it is answered by yes or no. Begin with “How”, “Why” or “What”, or add "
        "“Tell us.” after it."
    ),
    Hint.TWO_QUESTIONS: N_(
        "Two questions in one: answers will go to one of them only. Keep one idea at a time."
    ),
}


def hint_sentence(hint: QuestionHint) -> JudgedHint:
    """Return the sentence for a hint, with its tone."""
    return JudgedHint(*_words(hint), hint.mark)


def _words(hint: QuestionHint) -> tuple[str, Tone]:
    value = hint.value
    if hint.hint is Hint.TOO_LONG:
        words = ngettext(
            "{count} character too many, with number and tag: cut a few words.",
            "{count} characters too many, with number and tag: cut a few words.",
            value,
        )
        return words.format(count=value), "stop"
    if hint.stranger is not None:
        return stranger_words(hint.stranger), "look"
    if hint.jargon is not None:
        words = _("“{word}” is known to your colleagues, not to everybody. Write it out.")
        if hint.jargon.plainer:
            words = _("“{word}” is a word of the trade. Plainer: “{plainer}”.")
        return words.format(word=hint.jargon.word, plainer=hint.jargon.plainer), "look"
    if hint.hint is Hint.NEARLY_FULL:
        words = ngettext(
            "A long question: only {count} character is left. On a phone few read to its end, and "
            "whoever repeats it has no room for an answer.",
            "A long question: only {count} characters are left. On a phone few read to its end, "
            "and whoever repeats it has no room for an answer.",
            value,
        )
        return words.format(count=value), "plain"
    if hint.hint is Hint.ALIKE:
        words = _(
            "Very close to question {number} of the list: the answers will be the same. "
            "Change its angle."
        )
        return words.format(number=value), "look"
    return _(_SENTENCES[hint.hint]), "look"


def count_words(count: Count, minutes: int) -> tuple[str, Tone]:
    """Return whether there are enough questions, in words, with its tone."""
    spare = ngettext("{count} in reserve", "{count} in reserve", count.spare)
    spare = spare.format(count=count.spare)
    essential = ngettext(
        "{count} essential question", "{count} essential questions", count.essential
    )
    essential = essential.format(count=count.essential)
    figures = _("{essential}, {spare}").format(essential=essential, spare=spare)
    if count.verdict is CountVerdict.OK and not count.spare:
        words = _("{figures}: enough. Some in reserve would save you.")
        return words.format(figures=figures), "well"
    if count.verdict is CountVerdict.OK:
        return _("{figures}: a good number.").format(figures=figures), "well"
    if count.verdict is CountVerdict.TOO_MANY:
        words = _("{figures}: that is a lot for {minutes} min. {most} are enough.")
        return words.format(figures=figures, minutes=minutes, most=count.advised[1]), "look"
    if count.verdict is CountVerdict.NONE:
        return _("No question is written yet."), "look"
    missing = count.advised[0] - count.total
    return ngettext(
        "{figures}: plan at least {missing} more, in reserve if the time is full.",
        "{figures}: plan at least {missing} more, in reserve if the time is full.",
        missing,
    ).format(figures=figures, missing=missing), "look"

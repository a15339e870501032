"""Sentences about a tag: one for each property that is checked."""

from __future__ import annotations

from tchat_desktop.domain.hashtag import Level, TagCheck, TagVerdict
from tchat_desktop.wording.i18n import N_, _, ngettext
from tchat_desktop.wording.tone import Tone

TONES: dict[Level, Tone] = {Level.GOOD: "well", Level.HINT: "look", Level.BAD: "stop"}

_PLAIN = {
    (TagCheck.VALID, Level.GOOD): N_("Valid: X makes a link of it."),
    (TagCheck.VALID, Level.BAD): N_(
        "X would not make a link of it. Use letters, figures and _ only."
    ),
    (TagCheck.NOT_ONLY_DIGITS, Level.GOOD): N_("It has letters: figures alone would not be a tag."),
    (TagCheck.NOT_ONLY_DIGITS, Level.BAD): N_(
        "Figures alone are not a tag on X. Add a word: it can be as short as Tchat."
    ),
    (TagCheck.CAMEL_CASE, Level.GOOD): N_(
        "Its words show by their capitals: screen readers can say it."
    ),
    (TagCheck.CAMEL_CASE, Level.HINT): N_(
        "Begin each word with a capital, so that screen readers can say it: SchoolForGirls."
    ),
    (TagCheck.SAYABLE, Level.GOOD): N_("Easy to say on the phone or on the radio."),
    (TagCheck.SAYABLE, Level.HINT): N_(
        "Hard to say aloud. Fewer words, and no figures among them, are easier to remember."
    ),
}


def verdict_sentence(verdict: TagVerdict) -> str:
    """Return the sentence for a verdict."""
    value = verdict.value
    match verdict.check, verdict.level:
        case TagCheck.VALID, Level.BAD if value:
            return _(
                "X does not accept “{characters}” in a tag. Use letters, figures and _."
            ).format(characters=value)
        case TagCheck.SHORT, level:
            count = int(value)
            if level is Level.GOOD:
                words = ngettext("Short: {count} character.", "Short: {count} characters.", count)
            else:
                words = ngettext(
                    "Long: {count} character. Up to 15 are easier to remember and to type.",
                    "Long: {count} characters. Up to 15 are easier to remember and to type.",
                    count,
                )
            return words.format(count=count)
        case TagCheck.CAMEL_CASE, Level.HINT if value:
            return _("With a capital to each word, screen readers can say it: #{tag}.").format(
                tag=value
            )
        case TagCheck.JOINED, _level:
            return _(
                "Two words run into each other at “{letters}”: the tag may be misread."
            ).format(letters=value)
        case TagCheck.ACCENTS, _level:
            return _(
                "It has accents ({letters}). X accepts them, but some people will leave them out."
            ).format(letters=value)
    return _(_PLAIN[verdict.check, verdict.level])

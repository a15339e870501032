"""Sentences about a tag: one for each property that is checked, with its reason."""

from __future__ import annotations

from tchat_desktop.domain.chat import Announcement, Channel, Chat
from tchat_desktop.domain.hashtag import Level, TagCheck, TagVerdict
from tchat_desktop.domain.promotion import due_at
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.wording.i18n import N_, _, format_day, ngettext

_PLAIN = {
    (TagCheck.VALID, Level.GOOD): N_(
        "It has letters, figures and _ only: X makes a link of it, which gathers the posts."
    ),
    (TagCheck.VALID, Level.BAD): N_(
        "X would not make a link of it. Use letters, figures and _ only."
    ),
    (TagCheck.NOT_ONLY_DIGITS, Level.BAD): N_(
        "Figures alone are not a tag on X. Add a word: it can be as short as Tchat."
    ),
    (TagCheck.CAMEL_CASE, Level.HINT): N_(
        "Its words run together: eyes stumble, and a screen reader says one long word. Begin each "
        "word with a capital: SchoolForGirls."
    ),
}
_OUT = {
    Channel.X: N_("post on X"),
    Channel.FACEBOOK: N_("event on Facebook"),
    Channel.EMAIL: N_("e-mail"),
    Channel.WHATSAPP: N_("message on WhatsApp"),
    Channel.PRESS: N_("text for the press"),
}


def verdict_sentence(verdict: TagVerdict) -> str:  # noqa: PLR0911 - a table
    """Return the sentence for a verdict."""
    value = verdict.value
    match verdict.check, verdict.level:
        case TagCheck.VALID, Level.BAD if value:
            return _(
                "X does not accept “{characters}” in a tag. Use letters, figures and _."
            ).format(characters=value)
        case TagCheck.SHORT, level:
            return _length(int(value), level)
        case TagCheck.CAMEL_CASE, Level.GOOD:
            return _(
                "It reads “{words}”: its capitals part its words, for eyes and for screen readers."
            ).format(words=value)
        case TagCheck.CAMEL_CASE, Level.HINT if value:
            return _(
                "Its words run together. With a capital to each, eyes and screen readers tell "
                "them apart: #{tag}."
            ).format(tag=value)
        case TagCheck.SAYABLE, level:
            return _saying(value, level)
        case TagCheck.JOINED, _level:
            return _(
                "Two words run into each other at “{letters}”: the tag may be misread."
            ).format(letters=value)
        case TagCheck.ACCENTS, _level:
            return _(
                "It has accents ({letters}): it reads right. X accepts them, but some people will "
                "leave them out: look under both spellings on the day."
            ).format(letters=value)
        case TagCheck.ACCENTS_LOST, _level:
            return _(
                "It is written without its accents, which is harder to read but easy to type. "
                "With them: #{tag}. Choose one spelling, and keep to it."
            ).format(tag=value)
    return _(_PLAIN[verdict.check, verdict.level])


def _length(count: int, level: Level) -> str:
    if level is Level.GOOD:
        words = ngettext(
            "Short: {count} character, quickly typed on a phone.",
            "Short: {count} characters, quickly typed on a phone.",
            count,
        )
    else:
        words = ngettext(
            "Long: {count} character. Up to 15 are easier to remember and to type.",
            "Long: {count} characters. Up to 15 are easier to remember and to type.",
            count,
        )
    return words.format(count=count)


def _saying(value: str | int, level: Level) -> str:
    if level is Level.GOOD:
        words = ngettext(
            "{count} word to say: it can be told on the phone or on the radio.",
            "{count} words to say: it can be told on the phone or on the radio.",
            int(value),
        )
        return words.format(count=value)
    if isinstance(value, int):
        return _("Said aloud, it has {count} words: few keep more than four in mind.").format(
            count=value
        )
    if value == "_":
        return _("Said aloud, nobody knows that there is a “_” in it: capitals part words as well.")
    return _(
        "Said aloud, nobody knows whether “{figures}” is written in figures or in letters."
    ).format(figures=value)


def cost_sentence(tag: str) -> str:
    """Return what a tag takes of each post, in the characters X counts."""
    cost = NETWORK.weigh(f" #{tag}")
    return _(
        "In each post it takes {cost} of the {most} characters, with its # and a space: {left} are "
        "left for the words."
    ).format(cost=cost, most=NETWORK.longest_post, left=NETWORK.longest_post - cost)


def out_words(chat: Chat, out: tuple[tuple[Announcement, str], ...]) -> str:
    """Return which announcements are out with another tag, and what to do about it."""
    named = ", ".join(_announcement(chat, one) for one, _tag in out)
    olds = ", ".join(f"#{tag}" for tag in dict.fromkeys(tag for _one, tag in out))
    words = ngettext(
        "An announcement that is already out carries {old}: {named}. Whoever read it looks for the "
        "chat there. Tell them of the new tag, or go back to the old one.",
        "Announcements that are already out carry {old}: {named}. Whoever read them looks for the "
        "chat there. Tell them of the new tag, or go back to the old one.",
        len(out),
    )
    return words.format(old=olds, named=named)


def _announcement(chat: Chat, announcement: Announcement) -> str:
    what, due = _(_OUT[announcement.channel]), due_at(chat, announcement)
    if due is None:
        return what
    return _("{what} of {day}").format(what=what, day=format_day(due.astimezone(chat.zone)))

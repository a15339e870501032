"""Announcements in words: where they are published, when, and what must be looked at."""

from __future__ import annotations

from datetime import datetime

from tchat_desktop.domain.chat import Announcement, Channel, Chat, ChatPhase, is_out, phase
from tchat_desktop.domain.etiquette import strangers, uninvited_mentions
from tchat_desktop.domain.named_children import to_ask_about
from tchat_desktop.domain.promotion import (
    DAY,
    HOUR,
    AnnouncementCheck,
    AnnouncementProblem,
    called_off_x,
    due_at,
)
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.notes import Note
from tchat_desktop.ui.pages.shared.post_words import no_page_words, too_long_words
from tchat_desktop.wording.child_words import naming_words
from tchat_desktop.wording.i18n import N_, _, format_day, format_hour, ngettext
from tchat_desktop.wording.mention_words import stranger_words
from tchat_desktop.wording.tone import Tone

CHANNELS = {
    Channel.X: N_("X (Twitter)"),
    Channel.FACEBOOK: N_("Facebook event"),
    Channel.EMAIL: N_("E-mail to your contacts"),
    Channel.WHATSAPP: N_("WhatsApp message"),
    Channel.PRESS: N_("Text for the press"),
}
RUNGS = (14 * DAY, 7 * DAY, 3 * DAY, DAY, 4 * HOUR, HOUR)
"""The choices for how long before the chat to announce it, in minutes."""

NOW = 0
"""The choice that is left when all others have passed."""

_NAMED = {
    NOW: N_("Now, before the chat begins"),
    14 * DAY: N_("Two weeks before"),
    7 * DAY: N_("A week before"),
    DAY: N_("The eve"),
    HOUR: N_("One hour before"),
}


def lead_words(minutes: int) -> str:
    """Return how long before the chat that is, in words."""
    if minutes in _NAMED:
        return _(_NAMED[minutes])
    if minutes % DAY == 0:
        return ngettext("{count} day before", "{count} days before", minutes // DAY).format(
            count=minutes // DAY
        )
    if minutes % HOUR == 0:
        return ngettext("{count} hour before", "{count} hours before", minutes // HOUR).format(
            count=minutes // HOUR
        )
    return ngettext("{count} minute before", "{count} minutes before", minutes).format(
        count=minutes
    )


def how_many_out(chat: Chat, now: datetime) -> tuple[str, Tone]:
    """Return how many announcements are out, and when the step is ready; "" without any."""
    total, told = len(chat.announcements), sum(is_out(chat, one) for one in chat.announcements)
    if not total:
        return "", "plain"
    if told == total:
        return _("All your announcements are out. Well done!"), "well"
    words = ngettext(
        "{count} announcement of {total} is out.", "{count} announcements of {total} are out.", told
    ).format(count=told, total=total)
    rest = _(
        "The step is ready once all your announcements are out. Remove those you will not make."
    )
    said = [words] if told else []
    if phase(chat, now) not in (ChatPhase.LIVE, ChatPhase.ENDED):
        said.append(rest)
    return " ".join(said), "plain"


def date_words(chat: Chat, announcement: Announcement) -> str:
    """Return the day and hour to publish it, on the organiser's clock; "" without a date."""
    due = due_at(chat, announcement)
    if due is None:
        return ""
    local = due.astimezone(chat.zone)
    return _("{day}, {hour}").format(day=format_day(local), hour=format_hour(local))


def day_words(chat: Chat, announcement: Announcement) -> str:
    """Return the day to publish it, in the organiser's time zone; "" without a date."""
    due = due_at(chat, announcement)
    return "" if due is None else format_day(due.astimezone(chat.zone))


def notes_on(chat: Chat, text: str, check: AnnouncementCheck) -> tuple[Note, ...]:
    """Return the notes on an announcement with that text, except on words in brackets."""
    notes = []
    for problem in check.problems:
        match problem:
            case AnnouncementProblem.TOO_LONG:
                notes.append(Note(too_long_words(-check.remaining), "stop"))
            case AnnouncementProblem.NO_PAGE:
                notes.append(Note(no_page_words(), "look"))
            case AnnouncementProblem.NO_TAG:
                notes.append(
                    Note(_("The tag is missing: without it, nobody finds the chat."), "look")
                )
            case AnnouncementProblem.NAMES_CHILD:
                notes.append(Note(naming_words(to_ask_about(text, chat)), "stop"))
            case AnnouncementProblem.UNINVITED_MENTION:
                names = ", ".join(f"@{name}" for name in uninvited_mentions(text, chat, NETWORK))
                words = _(
                    "{names}: not accepted yet. People dislike being mentioned uninvited, and X "
                    "forbids it in bulk or by machine: write the plain name."
                )
                notes.append(Note(words.format(names=names), "look"))
            case AnnouncementProblem.OFF_X:
                words = _(
                    "{names}: an @name says nothing away from X. Write the name, and who it is."
                )
                names = ", ".join(
                    f"@{one.typed_account}" for one in called_off_x(text, chat, NETWORK)
                )
                notes.append(Note(words.format(names=names), "look"))
            case AnnouncementProblem.STRANGER:
                notes += [
                    Note(stranger_words(one), "look") for one in strangers(text, chat, NETWORK)
                ]
            case AnnouncementProblem.PAST:
                notes.append(
                    Note(
                        _(
                            "Its time has passed: publish it now if it still makes sense, or "
                            "remove it."
                        ),
                        "look",
                    )
                )
    return tuple(notes)

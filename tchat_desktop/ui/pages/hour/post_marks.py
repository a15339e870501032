"""What a post is and what became of it, in a few words each: shown as chips, and heard."""

from __future__ import annotations

from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.people import answerers
from tchat_desktop.domain.signals import Signal, signals_of
from tchat_desktop.ui.models.feed_entry import FeedEntry
from tchat_desktop.ui.pages.hour.post_actions import SentStage, stage_of
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.wording.i18n import _, pgettext
from tchat_desktop.wording.tone import Tone

MOST_MARKS = 6


def holder_of(entry: FeedEntry, chat: Chat) -> Person | None:
    """Return the guest or the person of the team the post was given to, or None."""
    given = entry.feed.assigned_to
    return next((one for one in answerers(chat) if one.id == given), None)


def marks_of(entry: FeedEntry, chat: Chat) -> list[tuple[str, Tone]]:
    """Return the marks of a post, always `MOST_MARKS` of them; "" for one that it has not."""
    feed, guest = entry.feed, holder_of(entry, chat)
    question = entry.is_question
    answered = pgettext("mark", "answered") if entry.is_answered else ""
    asked = _("question from the public") if question and not entry.is_answered else ""
    reply = {SentStage.WAITS: _("reply waiting"), SentStage.ASKS: _("reply to check")}.get(
        stage_of(entry.echo.reply), ""
    )
    given = _("given to {guest}").format(guest=beginning(guest.name, 20)) if guest else ""
    return [
        ("★ " + pgettext("mark", "highlight") if feed.starred else "", "look"),
        (asked, "stop"),
        ("✓ " + answered if answered else "", "well"),
        (reply, "look"),
        (pgettext("mark", "guest") if entry.from_guest else given, "plum"),
        (_("a child’s name?") if Signal.NAMED_CHILD in signals_of(feed, chat) else "", "stop"),
    ]


def spoken_name(about: str, marks: list[tuple[str, Tone]]) -> str:
    """Return what a post is called: who wrote what, and its marks without their signs."""
    return ", ".join((about, *(words.lstrip("★✓ ") for words, _tone in marks if words)))

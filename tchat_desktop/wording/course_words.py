"""What has become of a post of the run sheet, in a few words, wherever the run sheet is shown."""

from __future__ import annotations

from datetime import datetime

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost, PostState, confirmed_at, left_at
from tchat_desktop.wording.i18n import N_, _, format_day, format_hour
from tchat_desktop.wording.tone import Tone

_WORDS: dict[PostState, tuple[str, Tone]] = {
    PostState.DRAFT: (N_("In reserve"), "plain"),
    PostState.SKIPPED: (N_("In reserve"), "plain"),
    PostState.SENDING: (N_("Leaving…"), "plum"),
    PostState.UNKNOWN: (N_("Perhaps published: to check"), "look"),
    PostState.FAILED: (N_("Did not leave: to check"), "stop"),
    PostState.EXPIRED: (N_("Did not leave in time: to check"), "look"),
}


def course_words(row: OutboxPost, chat: Chat, rules: NetworkRules) -> tuple[str, Tone] | None:
    """How far a post has come, with its tone; None while all is as the run sheet says."""
    if row.state is PostState.SENT and (confirmed := confirmed_at(row, rules)):
        another_day = _("Confirmed on {day} at {hour}, without a link")
        return "✓ " + _at(
            _("Confirmed at {hour}, without a link"), another_day, confirmed, chat
        ), "well"
    if row.state is PostState.SENT:
        another_day = _("Published on {day} at {hour}")
        published = _at(_("Published at {hour}"), another_day, left_at(row, rules), chat)
        return f"✓ {published}", "well"
    if row.state is PostState.HANDED_OVER:
        opened = _("Opened at {hour}: to confirm")
        another_day = _("Opened on {day} at {hour}: to confirm")
        return _at(opened, another_day, left_at(row, rules), chat), "look"
    asked = row.planned.state if row.planned is not None else row.state
    if row.state is asked or row.state is PostState.DUE:
        return _changed(row)
    words, tone = _WORDS.get(row.state, ("", "plain"))
    return (_(words), tone) if words else None


def is_changed(row: OutboxPost) -> bool:
    """Whether its text was changed during the chat, so that the run sheet's no longer counts."""
    return row.planned is not None and row.text != row.planned.text


def is_another_day(instant: datetime, chat: Chat) -> bool:
    """Whether an instant (UTC) is not on the day of the chat, on the organiser's clock."""
    start = chat.starts_local
    return start is not None and instant.astimezone(chat.zone).date() != start.date()


def _at(same_day: str, another_day: str, instant: datetime, chat: Chat) -> str:
    local = instant.astimezone(chat.zone)
    words = another_day if is_another_day(instant, chat) else same_day
    return words.format(day=format_day(local, with_weekday=False), hour=format_hour(local))


def _changed(row: OutboxPost) -> tuple[str, Tone] | None:
    if row.planned is None or row.state is PostState.DRAFT:
        return None
    if is_changed(row):
        return _("Text changed during the chat"), "plum"
    if row.due_at != row.planned.due_at:
        return _("Time changed during the chat"), "plum"
    return None

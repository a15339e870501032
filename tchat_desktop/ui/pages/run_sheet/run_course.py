"""What became of the posts of the run sheet, once the chat has begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OUT, WAITING, OutboxPost, PostState, told_at
from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.ui.pages.run_sheet.run_item_row import RunItemRow
from tchat_desktop.wording.course_words import course_words, is_another_day, is_changed
from tchat_desktop.wording.i18n import _, format_hour


def as_it_goes(item: RunItem, gone: OutboxPost | None) -> RunItem:
    """Return the item with the text that was published, or that will leave."""
    return replace(item, text=gone.text) if gone is not None and _has_own_text(gone) else item


def spare_course(gone: OutboxPost | None, chat: Chat, rules: NetworkRules) -> str:
    """Return what became of a spare post that the chat has taken up; "" while it waits."""
    if gone is None or gone.state in (PostState.DRAFT, PostState.SKIPPED):
        return ""
    words = course_words(gone, chat, rules)
    if words is not None and gone.state not in WAITING:
        return words[0]
    return _("Planned for {hour}").format(hour=format_hour(gone.due_at.astimezone(chat.zone)))


def show_course(row: RunItemRow, gone: OutboxPost | None, chat: Chat, rules: NetworkRules) -> None:
    """Show in its row what became of a post; it is locked once its text is the chat's own."""
    words = course_words(gone, chat, rules) if gone is not None else None
    row.show_course(*(words or ("", "plain")), gone is not None and _has_own_text(gone))


def hour_of_item(chat: Chat, item: RunItem, gone: OutboxPost | None, rules: NetworkRules) -> str:
    """Return the hour of a post on the organiser's clock, or the minute without a date.

    A post published on another day keeps its planned hour here; another text tells when it was.
    """
    if chat.starts_at is None:
        return _("{count} min").format(count=item.offset)
    due = chat.starts_at + timedelta(minutes=item.offset)
    if gone is not None:
        at = told_at(gone, rules) if gone.state in OUT else gone.due_at
        due = due if is_another_day(at, chat) else at
    return format_hour(due.astimezone(chat.zone))


def _has_own_text(gone: OutboxPost) -> bool:
    """Return whether the post has another text than the run sheet, or is published."""
    return gone.state in OUT or is_changed(gone)

"""What became of the posts of the run sheet, once their chat has begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostState, told_at
from tchat_desktop.domain.run_sheet import RunItem
from tchat_desktop.ui.pages.run_sheet.run_item_row import RunItemRow
from tchat_desktop.wording.course_words import OUT, course_words, is_another_day, is_changed
from tchat_desktop.wording.i18n import _, format_hour


def as_it_goes(item: RunItem, gone: OutboxPost | None) -> RunItem:
    """The item with the text that is out, or that will leave."""
    return replace(item, text=gone.text) if gone is not None and _has_own_text(gone) else item


def spare_course(gone: OutboxPost | None, chat: Chat, rules: NetworkRules) -> str:
    """What became of a post outside the run sheet that the chat has taken up; "" while it waits."""
    if gone is None or gone.state in (PostState.DRAFT, PostState.SKIPPED):
        return ""
    words = course_words(gone, chat, rules)
    if words is not None and gone.state not in WAITING:
        return words[0]
    return _("Planned for {hour}").format(hour=format_hour(gone.due_at.astimezone(chat.zone)))


def show_course(row: RunItemRow, gone: OutboxPost | None, chat: Chat, rules: NetworkRules) -> None:
    """Say in its row what became of a post; what is out, or was changed there, is locked."""
    words = course_words(gone, chat, rules) if gone is not None else None
    row.show_course(*(words or ("", "plain")), gone is not None and _has_own_text(gone))


def hour_of_item(chat: Chat, item: RunItem, gone: OutboxPost | None, rules: NetworkRules) -> str:
    """When a post leaves or left, on the organiser's clock; in minutes from the start without one.

    What was published on another day keeps its hour here: its line says when it was.
    """
    if chat.starts_at is None:
        return _("{count} min").format(count=item.offset)
    due = chat.starts_at + timedelta(minutes=item.offset)
    if gone is not None:
        at = told_at(gone, rules) if gone.state in OUT else gone.due_at
        due = due if is_another_day(at, chat) else at
    return format_hour(due.astimezone(chat.zone))


def _has_own_text(gone: OutboxPost) -> bool:
    """Whether the text is no longer the one of the run sheet's item."""
    return gone.state in OUT or is_changed(gone)

"""What was typed during the chat and not sent, in words: it is lost when the chat is closed."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.ui.models.unfinished import Unfinished, UnfinishedText
from tchat_desktop.wording.i18n import _, ngettext


def typed_words(typed: Unfinished, rows: Sequence[OutboxPost]) -> list[str]:
    """Return the names of the typed texts; a text that is open and unchanged does not count."""
    texts = {row.id: row.text for row in rows}
    replies = sum(bool(text.strip()) for text in typed.feed.drafts.values())
    pasted = typed.feed.pasted
    mended = {UnfinishedText(post_id, text) for post_id, text in typed.mended.items()}
    corrected = sum(
        bool(one.text.strip()) and one.text != texts.get(one.post_id)
        for one in mended | {typed.change}
    )
    words = [
        _("a message of your own") if typed.written.strip() else "",
        _("the answer of a guest") if typed.answer.text.strip() else "",
        ngettext("{count} reply", "{count} replies", replies).format(count=replies)
        if replies
        else "",
        ngettext("{count} corrected text", "{count} corrected texts", corrected).format(
            count=corrected
        )
        if corrected
        else "",
        _("the link of a post") if typed.link.text.strip() else "",
        _("a post to add")
        if pasted is not None and (pasted.link.strip() or pasted.text.strip())
        else "",
    ]
    return [one for one in words if one]

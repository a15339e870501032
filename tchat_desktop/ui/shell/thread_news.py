"""Says, when a chat is opened, that its thread is published in part, and leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.wording.i18n import _, ngettext

if TYPE_CHECKING:
    # The first paint does not wait for these.
    from tchat_desktop.domain.chat import Chat
    from tchat_desktop.ui.shell.telling import Telling
    from tchat_desktop.ui.shell.workspace import Workspace


def tell_of_thread(chat: Chat, telling: Telling, workspace: Workspace) -> None:
    """Say how far the thread of the chat is, if it was begun and is not whole."""
    from tchat_desktop.domain.thread_rows import thread_standing

    standing = thread_standing(chat)
    if standing is None:
        return

    def go_on() -> None:
        from tchat_desktop.domain.steps import StepId

        workspace.open_begun(StepId.RECAP)

    out, count = standing
    words = ngettext(
        "Your thread is not finished: {out} message of {count} is on X. Nothing more leaves "
        "before you say so.",
        "Your thread is not finished: {out} messages of {count} are on X. Nothing more leaves "
        "before you say so.",
        out,
    )
    button = Button(_("Go on with the thread"), icon_name="send", clicked=go_on)
    telling.tell_of_chat(words.format(out=out, count=count), button)

"""What an author is called, alike in the thanks, the recap, the report and its files.

A guest is called by the name in the list of guests, whatever name they show on X: that is how the
organiser introduced them. Everybody else is called by the name they show.
"""

from __future__ import annotations

from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post, has_display_name


class Called:
    """The names for the authors of one chat; nothing is masked."""

    def __init__(self, chat: Chat) -> None:
        listed = ((one.typed_account, one.name.strip()) for one in chat.guests)
        self._listed = {comparable_handle(account): name for account, name in listed if name}

    def name(self, post: Post) -> str:
        """What the author of a post is called; "" when only their handle is known."""
        listed = self._listed.get(comparable_handle(post.author), "") if post.author else ""
        return listed or (post.author_name if has_display_name(post) else "")

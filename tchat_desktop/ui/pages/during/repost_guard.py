"""Before a post is shown to many more people: does it ask for care?"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.signals import Care, Signal, care_for, signals_in
from tchat_desktop.i18n import N_, _
from tchat_desktop.ui.dialogs import RepostAnswer, asks_before_repost

_NOTICED = {
    Signal.DISCLOSURE: N_("Somebody may tell here what they live through, or ask for help."),
    Signal.MINOR: N_("Who writes, or who is told of, may be under 18."),
    Signal.NAMED_CHILD: N_("A child may be named here."),
    Signal.INSULT: N_("It may insult or threaten somebody."),
}


class RepostGuard:
    """Reposts a post, or asks first. Only in the GUI thread."""

    def __init__(
        self,
        parent: QWidget,
        repost: Callable[[FeedPost], None],
        open_page: Callable[[str], None],
    ) -> None:
        self._parent = parent
        self._repost = repost
        self._open_page = open_page

    def repost(self, feed: FeedPost) -> None:
        """Repost it; what asks for care only after a question."""
        found = signals_in(feed.post.text)
        if Care.NO_REPOST not in care_for(found):
            self._repost(feed)
            return
        words = [_(_NOTICED[signal]) for signal in found]
        words.append(
            _(
                "Replying in private opens their profile on X: the envelope there begins a "
                "message that only they read."
            )
        )
        answer = asks_before_repost(self._parent, " ".join(words))
        if answer is RepostAnswer.REPOST:
            self._repost(feed)
        elif answer is RepostAnswer.IN_PRIVATE:
            self._open_page(profile_page(feed.post.author))

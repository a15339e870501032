"""The letters that act on the post that has the keyboard; none of them publishes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.texts import CANNED
from tchat_desktop.ui.pages.hour.feed_card import FeedCard
from tchat_desktop.ui.pages.hour.post_keys import PostKey
from tchat_desktop.ui.shortcuts import figure_keys
from tchat_desktop.wording.i18n import _

_ACTS: dict[Qt.Key, Callable[[FeedCard], None]] = {
    PostKey.ANSWER.value: FeedCard.open_answer,
    PostKey.REPOST.value: FeedCard.focus_repost,
    PostKey.STAR.value: FeedCard.star,
    PostKey.HIDE.value: FeedCard.hide_post,
    PostKey.ANSWERED.value: FeedCard.mark_answered,
    PostKey.GIVE.value: FeedCard.give,
    PostKey.WELCOME.value: FeedCard.welcome,
    PostKey.MORE.value: FeedCard.open_menu,
    **{
        Qt.Key(Qt.Key.Key_1 + at): partial(FeedCard.open_canned, at=at) for at in range(len(CANNED))
    },
}


_PUBLISH = (PostKey.ANSWER, PostKey.REPOST, PostKey.WELCOME)


class FeedKeys(QObject):
    """Has each letter do something with the post that `card_in_use` returns.

    A field in which something is written takes the letters for itself.
    """

    def __init__(self, box: QWidget, card_in_use: Callable[[], FeedCard | None]) -> None:
        super().__init__(box)
        self._card_in_use = card_in_use
        for key in _ACTS:
            shortcut = QShortcut(box)
            shortcut.setKeys(figure_keys(key))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(partial(self._act, key))

    def _act(self, key: Qt.Key) -> None:
        card = self._card_in_use()
        if card is not None:
            _ACTS[key](card)


def feed_keys(*, publishes: bool) -> Sequence[tuple[str, str]]:
    """Return the keys of the list of posts, each with what it does.

    Without `publishes` those that lead to a post of one's own are left out.
    """
    words = {
        PostKey.ANSWER: _("Answer the post"),
        PostKey.REPOST: _("Go to the button that reposts it"),
        PostKey.STAR: _("Make it a highlight, or no longer"),
        PostKey.HIDE: _("Hide it here"),
        PostKey.ANSWERED: _("Mark it as answered, or no longer"),
        PostKey.GIVE: _("Give it to a guest or to the team"),
        PostKey.WELCOME: _("Welcome its author"),
        PostKey.MORE: _("Open its menu"),
    }
    if not publishes:
        words = {key: what for key, what in words.items() if key not in _PUBLISH}
    first, last = (QKeySequence(Qt.Key.Key_1 + at) for at in (0, len(CANNED) - 1))
    canned = (f"{first.toString()}–{last.toString()}", _("Answer it with a short reply at hand"))
    moves = (
        (" ".join(map(_named, (Qt.Key.Key_Up, Qt.Key.Key_Down))), _("From post to post")),
        (
            " ".join(map(_named, (Qt.Key.Key_Home, Qt.Key.Key_End))),
            _("To the first post, to the last"),
        ),
        (_named(Qt.Key.Key_Return), _("Into the post, to its buttons")),
        (_named(Qt.Key.Key_Escape), _("Close what you write in; back to the post")),
    )
    acts = ((_named(key.value), what) for key, what in words.items())
    return (*moves, *acts, *((canned,) if publishes else ()))


def _named(key: Qt.Key) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)

"""The menu of a post with the actions that are used less often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import NO, YES, Mark, Marking, is_by_hand
from tchat_desktop.domain.people import answerers, profile_page
from tchat_desktop.domain.signals import Signal, is_grave, signals_in, signals_of
from tchat_desktop.ui.models.feed_entry import FeedEntry
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.post_keys import PostKey, keys_of
from tchat_desktop.wording.i18n import _


@dataclass(frozen=True, slots=True)
class MenuWays:
    """What a menu may ask for; each call returns at once."""

    mark: Callable[[Marking], None]
    hide: Callable[[], None]
    """Hides the post, or shows it again."""
    correct: Callable[[], None]
    open_page: Callable[[str], None]
    mute: Callable[[bool], None]
    """Hides all that the author writes and will write, or shows it again."""
    thank: Callable[[], None]
    welcome: Callable[[], None]
    """Both open the reply with its text; called only where replies leave from here."""


class PostMenu(QMenu):
    """What can be done about one post as it is now; deleted once it is closed."""

    def __init__(
        self,
        entry: FeedEntry,
        chat: Chat,
        ways: MenuWays,
        parent: QWidget,
        *,
        muted: bool,
        replies: bool,
    ) -> None:
        super().__init__(parent)
        self._entry = entry
        self._chat = chat
        self._ways = ways
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        feed = entry.feed
        if replies:
            self._add(_("Thank"), ways.thank, PostKey.THANK)
            if not entry.from_guest:
                self._add(_("Welcome"), ways.welcome, PostKey.WELCOME)
            self.addSeparator()
        if not entry.echo.is_answered:
            words = _("Mark as not answered") if feed.answered else _("Mark as answered")
            self._add(words, self._on_answered, PostKey.ANSWERED)
        self._add_care()
        if not entry.from_guest:
            words = _("It is not a question") if entry.is_question else _("It is a question")
            self.addAction(words, self._on_asks)
        words = _("Show again") if feed.hidden else _("Hide this post")
        self._add(words, ways.hide, PostKey.HIDE)
        given = GiveMenu(entry, chat, ways.mark, self)
        if given.actions():
            self.addMenu(given)
        if feed.post.author and not entry.from_guest and not entry.is_ours:
            self._add_author(muted)
        self.addSeparator()
        if is_by_hand(feed.post):
            self.addAction(_("Correct or take out…"), ways.correct)
        self.addAction(_("Copy the text"), self._copy)
        if feed.post.url.startswith("https://"):
            self.addAction(_("See on X"), self._see)

    def _add_care(self) -> None:
        feed = self._entry.feed
        if feed.harmless and signals_in(feed.post.text):
            self.addAction(_("It asks for care after all"), self._on_care_after_all)
        elif feed.confided:
            self.addAction(_("It is no confidence after all"), self._on_no_confidence)
        elif not is_grave(signals_of(feed, self._chat)):
            self.addAction(_("It is a confidence"), self._on_confided)
        if feed.names_child:
            self.addAction(_("No child is named after all"), self._on_names_no_child)
        elif Signal.NAMED_CHILD not in signals_of(feed, self._chat):
            self.addAction(_("A child is named"), self._on_names_child)

    def _add_author(self, muted: bool) -> None:
        """Offer what helps against somebody who insults: not to answer, to hide, to block."""
        who = f"@{self._entry.feed.post.author}"
        menu = self.addMenu(_("If {who} disturbs the chat").format(who=who))
        advice = menu.addAction(_("Do not answer: that is what they wait for."))
        advice.setEnabled(False)
        if muted:
            menu.addAction(_("Show what they write again"), self._on_heard)
        else:
            menu.addAction(_("Hide all they write, now and later"), self._on_muted)
        menu.addAction(_("Open their profile, to block them on X"), self._on_profile)

    def _on_muted(self) -> None:
        self._ways.mute(True)

    def _on_heard(self) -> None:
        self._ways.mute(False)

    def _on_profile(self) -> None:
        self._ways.open_page(profile_page(self._entry.feed.post.author, NETWORK))

    def _add(self, words: str, act: Callable[[], None], key: PostKey) -> None:
        action = self.addAction(words, act)
        # Shown only: the list of posts hears the key.
        action.setShortcut(keys_of(key))
        action.setShortcutVisibleInContextMenu(True)

    def _mark(self, mark: Mark, value: bool | str) -> None:
        self._ways.mark(Marking(self._entry.feed.post.id, mark, value))

    def _on_answered(self) -> None:
        self._mark(Mark.ANSWERED, not self._entry.feed.answered)

    def _on_care_after_all(self) -> None:
        self._mark(Mark.HARMLESS, False)

    def _on_confided(self) -> None:
        self._mark(Mark.CONFIDED, True)

    def _on_no_confidence(self) -> None:
        self._mark(Mark.CONFIDED, False)

    def _on_names_child(self) -> None:
        self._mark(Mark.NAMES_CHILD, True)

    def _on_names_no_child(self) -> None:
        self._mark(Mark.NAMES_CHILD, False)

    def _on_asks(self) -> None:
        self._mark(Mark.ASKS, NO if self._entry.is_question else YES)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._entry.feed.post.text)

    def _see(self) -> None:
        self._ways.open_page(self._entry.feed.post.url)


class GiveMenu(QMenu):
    """The people a post can be given to, a guest or somebody of the team; empty without any."""

    def __init__(
        self, entry: FeedEntry, chat: Chat, mark: Callable[[Marking], None], parent: QWidget
    ) -> None:
        super().__init__(_("Give to…"), parent)
        self._feed = entry.feed
        self._mark = mark
        for guest in answerers(chat):
            if not (guest.name or guest.handle):
                continue
            words = (guest.name or f"@{guest.handle}").replace("&", "&&")
            action = QAction(words, self, checkable=True)
            action.setChecked(guest.id == self._feed.assigned_to)
            action.setData(guest.id)
            action.triggered.connect(self._on_given)
            self.addAction(action)

    def _on_given(self) -> None:
        picked = self.sender()
        assert isinstance(picked, QAction)
        guest = "" if picked.data() == self._feed.assigned_to else picked.data()
        self._mark(Marking(self._feed.post.id, Mark.ASSIGNED, guest))

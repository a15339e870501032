"""The fictitious page of the tag: the posts of the invented public, with links to copy."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post
from tchat_desktop.services.ports import PublishLater
from tchat_desktop.services.rehearsal import SimulatedX
from tchat_desktop.services.rehearsal_pages import link_of
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.rehearsing.pretend_page import PretendPage, no_network_words
from tchat_desktop.ui.pages.rehearsing.tag_markup import page_markup, page_text
from tchat_desktop.ui.shortcuts import Shortcut, named, sequence
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import ElidedText, Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _, format_hour, ngettext
from tchat_desktop.wording.tone import Tone

LOOK_MS = 1000
_MOST = 40
"""The number of messages shown, the newest first."""


class TagPage(PretendPage):
    """The messages under the tag. New ones wait behind a button, so that nothing moves."""

    private_wanted = Signal(object)
    """Emitted with the post whose author is to get a private message."""

    def __init__(self, x: SimulatedX, chat: Chat) -> None:
        super().__init__()
        self._x = x
        self._chat = chat
        self._shown: list[str] = []
        self._cards: list[PublicCard] = []
        self._latest: tuple[Post, ...] = ()
        self._new = Button("", clicked=self.show_latest)
        self._new.setEnabled(False)
        self._none = Text(_("Nobody has written under the tag yet."), "lead")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(theme.Space.NEAR))
        inner = QWidget()
        inner.setObjectName("page")
        inner.setLayout(column(self._none, self._list, None))
        area = SteadyScrollArea()
        area.setWidget(inner)
        # The button keeps the room for its longest label, so that the list below never moves.
        self._new.keep_room_for(_new_words(100))
        self._say_new(0)
        self._copied = VerdictLine()
        # The tab above says which tag it is.
        self.stand(self._new, area, self._copied)
        self._text_copied = ""
        QApplication.clipboard().dataChanged.connect(self._on_clipboard_changed)
        self._all_chosen = False
        QShortcut(sequence(Shortcut.SELECT_ALL), self, self._on_all_chosen)
        QShortcut(sequence(Shortcut.COPY), self, self._on_page_copied)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)

    def _on_all_chosen(self) -> None:
        """Choose the whole page, as a browser does."""
        self._all_chosen = True
        words = _("The whole page is selected. Now copy it: {keys}.")
        self._tell(words.format(keys=named(Shortcut.COPY)), "plum")

    def _on_page_copied(self) -> None:
        """Copy the page as a browser does: its markup, and the same as plain text."""
        if not self._all_chosen:
            words = _("First select the whole page: {keys}.")
            self._tell(words.format(keys=named(Shortcut.SELECT_ALL)), "look")
            return
        self._all_chosen = False
        posts = [card.post for card in self._cards]
        copied = QMimeData()
        copied.setHtml(page_markup(posts, self._chat))
        self._text_copied = page_text(posts)
        copied.setText(self._text_copied)
        QApplication.clipboard().setMimeData(copied)
        words = _("The page is copied. Back in the chat, press {keys}.")
        self._tell(words.format(keys=named(Shortcut.PASTE)), "well")

    def forget_copied(self) -> None:
        """Say no more what was selected or copied: it was pasted, or is not what would be."""
        self._copied.say("", "well")

    def _on_clipboard_changed(self) -> None:
        if QApplication.clipboard().text() != self._text_copied:
            self.forget_copied()

    def _tell(self, words: str, tone: Tone) -> None:
        self._copied.say(words, tone)
        announce(self, words)

    @property
    def cards(self) -> tuple[PublicCard, ...]:
        """The cards of the messages on screen, the newest first."""
        return tuple(self._cards)

    @property
    def shown(self) -> frozenset[str]:
        """The ids of all messages that have been on screen."""
        return frozenset(self._shown)

    def look(self) -> None:
        """Look for new messages; the first ones are shown at once."""
        try:
            self._latest = self._x.under_tag()
        except PublishLater:
            self._trouble.say(no_network_words(), "stop")
            self._none.hide()
            return
        self._trouble.say("", "stop")
        self._show_reposts()
        self._none.setVisible(not self._shown)
        count = sum(post.id not in self._shown for post in self._latest)
        if count and not self._shown:
            self.show_latest()
            return
        self._say_new(count)

    def show_latest(self) -> None:
        """Show all messages that there are now."""
        self._none.setVisible(not self._latest)
        # What comes now was not copied with the rest.
        self.forget_copied()
        self._all_chosen = False
        for post in self._latest:
            if post.id in self._shown:
                continue
            self._shown.append(post.id)
            card = PublicCard(post, self._chat)
            card.private_wanted.connect(self.private_wanted)
            self._cards.insert(0, card)
            self._list.insertWidget(0, card)
        self._show_reposts()
        take_away(self._list, *self._cards[_MOST:])
        del self._cards[_MOST:]
        self._say_new(0)

    def _say_new(self, count: int) -> None:
        """Say how many messages wait to be shown, in few words beside the way out."""
        whole = _("No new message for now")
        if count:
            shown = ngettext("Show {count} new message", "Show {count} new messages", count)
            whole = shown.format(count=count)
        self._new.show_text(_new_words(count), whole)
        self._new.setEnabled(count > 0)

    def _show_reposts(self) -> None:
        for card in self._cards:
            card.show_reposted(card.post.id in self._x.reposted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()


def _new_words(count: int) -> str:
    if not count:
        return _("Nothing new")
    return ngettext("Show {count} new", "Show {count} new ones", count).format(count=count)


class PublicCard(Card):
    """One message, with buttons to copy its link and text."""

    private_wanted = Signal(object)

    def __init__(self, post: Post, chat: Chat) -> None:
        super().__init__(padding=theme.Space.BESIDE, spacing=theme.Space.HAIR)
        self.post = post
        self._ours = chat.organisation or f"@{chat.account}"
        self._who = who = post.author_name or f"@{post.author}"
        self.setAccessibleName(_("Message by {who}").format(who=who))
        hour = format_hour(post.created_at.astimezone(chat.zone))
        self._names = (
            _("Copy the link of the message by {who}").format(who=who),
            _("Copy the text of the message by {who}").format(who=who),
        )
        self._copy = Button(_("Link"), "link", clicked=self._on_copy, name=self._names[0])
        self._copy_text = Button(_("Text"), "link", clicked=self._on_copy_text, name=self._names[1])
        buttons = [self._copy, self._copy_text]
        for button, name in zip(buttons, self._names, strict=True):
            button.keep_room_for(_("Copied"))
            set_tip(button, name)
        if post.author != chat.account:
            name = _("Write to {who} in private").format(who=who)
            buttons.append(Button(_("In private"), "link", "", self._on_private, name))
            set_tip(buttons[-1], name)
        head = row(ElidedText(f"{who} @{post.author}", "strong"), Text(hour, "small", wrap=False))
        head.setStretch(0, 1)
        self._reposted = Text("", "small")
        self._reposted.hide()
        QApplication.clipboard().dataChanged.connect(self._on_clipboard_changed)
        # Low, so that several are read at a time.
        self.add(
            self._reposted,
            head,
            PostText(post.text),
            FlowLayout(*buttons, spacing=theme.Space.HAIR),
        )

    def show_reposted(self, reposted: bool) -> None:
        """Show that the chat's account has reposted it, as X does above a message."""
        if reposted and self._reposted.isHidden():
            self._reposted.setText(_("{who} reposted this").format(who=self._ours))
            self._reposted.show()

    def _on_clipboard_changed(self) -> None:
        """Reset the label "copied" once the clipboard has another content."""
        there = QApplication.clipboard().text()
        for button, text, words, name in (
            (self._copy, link_of(self.post, NETWORK), _("Link"), self._names[0]),
            (self._copy_text, self.post.text, _("Text"), self._names[1]),
        ):
            if there != text and button.text() != words:
                button.show_text(words, name)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(link_of(self.post, NETWORK))
        self._say_copied(self._copy, _("Link copied"))

    def _on_copy_text(self) -> None:
        QApplication.clipboard().setText(self.post.text)
        self._say_copied(self._copy_text, _("Text copied"))

    def _say_copied(self, button: Button, words: str) -> None:
        button.show_text(_("Copied"), f"{words} – {self._who}")
        announce(self, words)

    def _on_private(self) -> None:
        self.private_wanted.emit(self.post)

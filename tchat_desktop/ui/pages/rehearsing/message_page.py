"""The fictitious page of one message: its text, and the button that would publish it on X."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.services.ports import PublishLater, PublishRefused
from tchat_desktop.services.rehearsal import SimulatedX
from tchat_desktop.services.rehearsal_pages import link_of
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.rehearsing.pretend_page import (
    PretendPage,
    as_page,
    no_network_words,
    publishing,
)
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class MessagePage(PretendPage):
    """A message ready to be posted, and afterwards its link."""

    def __init__(self, x: SimulatedX, page: str, row_of_page: OutboxPost, target: Post | None):
        super().__init__()
        self._x = x
        self._page = page
        self.row_id = row_of_page.id
        self._is_repost = row_of_page.kind is PostKind.REPOST
        # It keeps its width: nothing beside it moves once the message is posted.
        self.way_out.show_text(_("Close without posting"))
        self.way_out.keep_size()
        faces = QWidget()
        self._faces = QStackedLayout(faces)
        self._faces.addWidget(self._writing(row_of_page, target))
        self._faces.addWidget(self._posted())
        beside = () if self._is_repost else (self._counter,)
        self._foot = publishing(self._send, *beside)
        self.stand(row_name(row_of_page), faces, self._foot)

    @property
    def link(self) -> str:
        """The invented link, "" until the message is posted."""
        return self._link.text()

    @property
    def is_posted(self) -> bool:
        """Whether its button was pressed and the simulated X accepted it."""
        return self._faces.currentIndex() == 1

    @property
    def written(self) -> str:
        """The text as it would be posted."""
        return self._text.toPlainText()

    def take_focus(self) -> None:
        """Put the focus in the text, as X's page does."""
        if not self._is_repost:
            self._text.setFocus()

    def _writing(self, post: OutboxPost, target: Post | None) -> QWidget:
        self._text = PostEdit(post.text, lines=5)
        self._text.setAccessibleName(_("Text of the message"))
        self._text.textChanged.connect(self._on_typed)
        self._counter = Counter()
        self._counter.belong_to(self._text)
        words = _("Repost") if self._is_repost else _("Post")
        self._send = SteadyButton(words, "primary", "send", self.post)
        card = Card(padding=theme.Space.CARD, spacing=theme.Space.PART)
        if target is not None:
            who = target.author_name or f"@{target.author}"
            said = _("Repost this?") if self._is_repost else _("In reply to {who}")
            card.add(Text(said.format(who=who), "strong"), PostText(target.text))
        if not self._is_repost:
            card.add(self._text)
        card.add(Text(_("In the real chat this page is in your browser, on x.com."), "small"))
        self._on_typed()
        # However long the text is, the button and the counter below it stay visible.
        return as_page(card)

    def _posted(self) -> QWidget:
        self._link = LineEdit(Cap.LINK)
        self._link.setReadOnly(True)
        self._copy = Button(_("Copy the link"), "primary", "copy", self._on_copy)
        self._copy.keep_size()
        QApplication.clipboard().dataChanged.connect(self._on_clipboard_changed)
        card = Card(edge="well", padding=theme.Space.CARD, spacing=theme.Space.PART)
        if self._is_repost:
            # A repost has no link of its own, as on X.
            self._copy.hide()
            words = _(
                "Now say in the window of the chat that it is done. There is no link to give."
            )
            card.add(Text(_("It is reposted, here only."), "heading"), Text(words))
            return as_page(card)
        card.add(
            Text(_("It is posted, here only."), "heading"),
            Text(
                _("Now say in the window of the chat that it is published; paste the link there.")
            ),
            Field(_("Link of the message (made up)"), self._link),
            FlowLayout(self._copy),
        )
        return as_page(card)

    def _on_typed(self) -> None:
        self._counter.show_text(self.written)
        self._send.setEnabled(self._is_repost or NETWORK.takes(self.written))

    def post(self) -> None:
        """Post the message as it stands, in the rehearsal only, and show its link."""
        try:
            post = self._x.send_page(self._page, self.written)
        except PublishLater:
            self._trouble.say(no_network_words(), "stop")
        except PublishRefused:
            self._trouble.say(
                _("You have just posted this: X would refuse it a second time."), "stop"
            )
        else:
            self._link.setText("" if self._is_repost else link_of(post, NETWORK))
            self._trouble.say("", "stop")
            self._faces.setCurrentIndex(1)
            self._foot.hide()
            self.way_out.show_text(_("Close"), _("Close this page"))
            self._copy.setFocus()

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._link.text())
        self._copy.show_text(_("Link copied"))

    def _on_clipboard_changed(self) -> None:
        if QApplication.clipboard().text() != self.link:
            self._copy.show_text(_("Copy the link"))

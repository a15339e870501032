"""The card of the posts that have left, where one confirmed by hand can be corrected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.outgoing import OutboxPost, Reason, confirmed_at, told_at
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.correct_link import CorrectLink
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import hour_of, own_name, row_name
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.placing import take_away
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, ngettext

MOST_RECENT = 6
"""The number of posts listed until the organiser asks for all."""


class GoneCard(SideCard):
    """The posts that have left, the latest first."""

    rebuilt = Signal()
    """Emitted when the buttons were replaced, so that the tab order must be set again."""

    def __init__(
        self, hour: HourPort, open_page: Callable[[str], None], heard: Callable[[str], bool]
    ) -> None:
        super().__init__(_("What has left"))
        self._hour = hour
        self._open_page = open_page
        self._heard = heard
        self._none = Text(_("Nothing yet."), "small")
        self._can_correct = Text(
            _("The pencil corrects a link, or says that a message is not published."), "small"
        )
        self._rows = RowList(_("What has left"), 2)
        self._before = Button("", "link", "down", self._show_all)
        self._all = False
        self.rate = Text("", "small")
        self.rate.hide()
        self._view: HourView | None = None
        self._shown: dict[str, _GoneRow] = {}
        self.add(self._none, self._can_correct, self._rows, row(self._before, None), self.rate)

    def show_view(self, view: HourView) -> None:
        """Show the posts that left; a row that remains keeps its place, and what is typed."""
        self._view = view
        sent = tuple(reversed(view.sent))
        lately = view.sent_lately
        words = ngettext(
            "{count} post in the last 15 minutes", "{count} posts in the last 15 minutes", lately
        )
        self.rate.setText(words.format(count=lately))
        # Times of confirmations by hand are not those of publishing, so a count would mislead.
        self.rate.setVisible(any(not is_out_by_word(post) for post in sent))
        being_corrected = {one for one, shown in self._shown.items() if shown.is_open}
        recent = {post.id for post in (sent if self._all else sent[:MOST_RECENT])}
        listed = [post for post in sent if post.id in recent | being_corrected]
        wanted = {post.id: post for post in listed}
        changed = {one for one, shown in self._shown.items() if shown.post != wanted.get(one)}
        replaced = changed - (being_corrected & wanted.keys())
        before = {post_id: self._shown.pop(post_id) for post_id in replaced}
        self._shown = {post.id: self._shown.get(post.id) or _GoneRow(post, self) for post in listed}

        def hand_on() -> None:
            for post_id in before.keys() & self._shown.keys():
                self._shown[post_id].follow(before[post_id])

        self._rows.show_rows(tuple(self._shown.values()), hand_on)
        rest = len(sent) - len(listed)
        words = ngettext("and {count} before", "and {count} before", rest)
        self._before.show_text(words.format(count=rest))
        self._before.setVisible(rest > 0)
        self._can_correct.setVisible(any(is_out_by_word(post) for post in sent))
        self._none.setVisible(not sent)

    def line(self, post: OutboxPost) -> str:
        """Return the name of a post and the hour at which it left."""
        said = hour_of(told_at(post, NETWORK), self._hour.chat)
        if confirmed_at(post, NETWORK):
            said = _("confirmed at {hour}, without a link").format(hour=said)
        words = f"{row_name(post)}, {said}"
        if post.reason is Reason.UNDESCRIBED:
            words += " – " + _("without the description of its picture, which X refused")
        return words

    def open_page(self, url: str) -> None:
        """Open a page in the browser, or in a rehearsal the fictitious one."""
        self._open_page(url)

    def correction(self, post: OutboxPost) -> CorrectLink:
        """Return a new form that corrects the post."""
        assert self._view is not None
        return CorrectLink(post, self._hour, self._view.rows, self._heard)

    def copy_links(self) -> None:
        """Copy the links of all posts that have one, the first first, each with its name."""
        sent = self._view.sent if self._view is not None else ()
        lines = (f"{row_name(post)} {post.url}" for post in sent if post.url)
        QGuiApplication.clipboard().setText("\n".join(lines))
        announce(self, _("The links are copied."))

    def _show_all(self) -> None:
        self._all = True
        if self._view is not None:
            self.show_view(self._view)
            self.rebuilt.emit()


class _GoneRow(QWidget):
    """The row of one post that has left, with its buttons and the form to correct it."""

    def __init__(self, post: OutboxPost, card: GoneCard) -> None:
        super().__init__()
        self.post = post
        self._card = card
        self._correction: CorrectLink | None = None
        self._corrected = Text("", "small")
        """The result of a correction; it stays until another one begins."""
        self._corrected.set_tone("well")
        self._corrected.hide()
        words = card.line(post)
        self.setAccessibleName(words)
        line = row(Text("✓ " + words))
        line.setStretch(0, 1)
        if post.url.startswith("https://"):
            name = _("See on X: {post}").format(post=words)
            line.addWidget(Button(_("See on X"), "icon", "outside", self._open, name=name))
            self._add_menu()
        self._correct: Button | None = None
        if is_out_by_word(post):
            name = _("Correct: {post}").format(post=own_name(post))
            self._correct = Button(_("Correct"), "icon", "edit", self._on_correct, name=name)
            line.addWidget(self._correct)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(theme.Space.NEAR))
        self._box.addLayout(line)
        self._box.addWidget(self._corrected)
        self.setMinimumHeight(max(theme.Height.TARGET, theme.px(theme.Height.TARGET)))

    def follow(self, before: _GoneRow) -> None:
        """Take over the message and the focus from the row that this one replaces.

        Otherwise Qt would move the focus to another button, and the page would scroll there.
        """
        self._say_corrected(before._corrected.text())
        if before._correct is not None and self._correct is not None and before._correct.hasFocus():
            self._correct.setFocus()

    @property
    def is_open(self) -> bool:
        """Whether the correction is open: the row must not be replaced then."""
        return self._correction is not None

    def _open(self) -> None:
        self._card.open_page(self.post.url)

    def _add_menu(self) -> None:
        """Offer the link in a menu: a third button beside the name would leave no room for that."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for words, act in (
            (_("Copy the link"), self._copy),
            (_("Copy the links of all"), self._card.copy_links),
        ):
            action = QAction(words, self)
            action.triggered.connect(act)
            self.addAction(action)
        set_tip(self, _("Right-click to copy the link."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.post.url)
        announce(self, _("The link is copied."))

    def _on_correct(self) -> None:
        if self._correction is not None:
            self._close()
            return
        self._correction = self._card.correction(self.post)
        self._correction.closed.connect(self._close)
        self._correction.corrected.connect(self._say_corrected)
        self._say_corrected("")
        self._box.addWidget(self._correction)
        self._correction.take_focus()
        self._card.rebuilt.emit()

    def _close(self) -> None:
        if self._correction is not None and self._correct is not None:
            gone, self._correction = self._correction, None
            # Before the field hides: otherwise the focus would move elsewhere, and the page with
            # it.
            self._correct.setFocus()
            take_away(self._box, gone)

    def _say_corrected(self, words: str) -> None:
        self._corrected.setText(words)
        self._corrected.setVisible(bool(words))


def is_out_by_word(post: OutboxPost) -> bool:
    """Return whether a post counts as published only because somebody said so."""
    return post.reason is Reason.BY_HAND

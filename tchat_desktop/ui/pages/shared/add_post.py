"""The form to enter somebody's post by hand, or to correct one: its link, author and text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QTimer, Signal

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import (
    CLOCK_BEHIND,
    Post,
    is_by_hand,
    newest_id,
)
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NotAPostLink, PostLink
from tchat_desktop.domain.people import handle_problem, normalise_handle
from tchat_desktop.domain.x import links
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.models.feed_entry import FeedFilter
from tchat_desktop.ui.models.unfinished import PastedPost
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.feed_filters import filter_name
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import N_, _, format_day, format_hour
from tchat_desktop.wording.tone import Tone

_UNKNOWN_OWN = N_(
    "Your own account, and a message the app has not seen yet: you can add it. If it is one of the "
    "run sheet, give its link with the pencil, under “What has left”."
)
_LONG_BEFORE = timedelta(days=1)
"""A post published longer than this before the chat is questioned."""
_PASTED = 9
"""The number of characters that appear at once only when something is pasted or dropped."""


class AddPostPanel(Card):
    """A form for the link of a post and its text; author and time are read from the link.

    `find` returns the post with an id if it is in the list already. `chat` returns the present
    chat. `is_out` returns whether the id is that of one of the chat's own posts known to be
    published. `added` is emitted with a new post, `removed` with the id of a post that was entered
    before.
    """

    opened = Signal()
    emptied = Signal()
    """Emitted when a post was added and the form is empty again."""
    added = Signal(object)
    corrected = Signal(str, object)
    """Emitted with the id of the post that was entered before, and the corrected post."""
    removed = Signal(str)
    closed = Signal()
    page_pasted = Signal()
    """Emitted when what was pasted into the field of the link is not the link of one post."""

    def __init__(
        self,
        chat: Callable[[], Chat],
        find: Callable[[str], Post | None],
        is_out: Callable[[str], bool],
    ) -> None:
        super().__init__(spacing=theme.Space.UNDER_HEADING)
        self._is_out = is_out
        self._chat = chat
        self._find = find
        self._now: datetime | None = None
        self._entered: Post | None = None
        self._link_author = ""
        self._heading = Text("", "heading")
        self._link = LineEdit(Cap.LINK)
        self._link.setPlaceholderText(f"{links.X}/prof_exemple/status/1234567890")
        self._link.textChanged.connect(self._on_link_changed)
        self._link_length = 0
        self._link_field = Field(
            _("Link of the post"),
            self._link,
            _("On X: the share arrow, then “Copy link”. Its text can be pasted along with it."),
            keep_room=True,
        )
        self._author = LineEdit(Cap.LINE)
        self._author.setPlaceholderText("@prof_exemple")
        self._author_field = Field(
            _("Who wrote it?"), self._author, _("Most links tell it by themselves."), keep_room=True
        )
        self._text = GrowingEdit(lines=2)
        self._text.textChanged.connect(self._on_text_changed)
        self._text_field = Field(
            _("Its text"),
            self._text,
            _("On X: select the text, copy it, and paste it here."),
            keep_room=True,
        )
        self._add = Button("", icon_name="plus", clicked=self._on_add)
        self._remove = Button(
            _("Take out of the list"), "quiet", clicked=self._on_remove,
            name=_("Take this post out of the list"),
        )  # fmt: skip
        self.add(
            self._heading,
            self._link_field,
            self._author_field,
            self._text_field,
            FlowLayout(
                self._add,
                Button(_("Close"), "link", clicked=self._on_close, name=_("Close without adding")),
                # It stands last: it hides once it is pressed, and no other button moves to its
                # place.
                self._remove,
            ),
        )
        self._show_what_for()
        self.hide()

    def open_panel(self) -> None:
        """Open the form, empty or with what was being typed; a correction under way is dropped."""
        if self._entered is not None:
            self.clear()
        self.show()
        self._link.setFocus()
        self.opened.emit()

    def open_post(self, post: Post) -> None:
        """Open the form to correct a post that was entered before."""
        self.clear()
        self._enter(post)
        self.show()
        self._text.setFocus()
        self.opened.emit()

    def unfinished(self) -> PastedPost | None:
        """Return what is typed in the form, or None while it is closed."""
        if self.isHidden():
            return None
        typed = (self._link.text(), self._author.text(), self._text.toPlainText())
        return PastedPost(*typed, self._entered)

    def take_up(self, pasted: PastedPost) -> None:
        """Open the form with what was typed before."""
        self._entered = pasted.entered
        self._show_what_for()
        self._link.setText(pasted.link)
        if not self._author.isReadOnly():
            self._author.setText(pasted.author)
        self._text.show_text(pasted.text)
        self.show()

    def show_now(self, now: datetime) -> None:
        """Set the time at which a post is added, in UTC."""
        self._now = now

    def say_known(self) -> None:
        """Say that the post was added before, and keep what was typed."""
        self._link_field.say(_("This post is in the list already."), "look")
        self._link.setFocus()

    def say_added(self, post: Post, hidden_by: str) -> None:
        """Say that the post was added, and empty the form for the next one.

        `hidden_by` is the filter that hides the post, "" when it is shown.
        """
        self.clear()
        words = _("✓ The message by {who} is added.").format(who=f"@{post.author}")
        if hidden_by:
            hides = _("“{filter}” does not show it: choose “{all}” to see it.")
            words += " " + hides.format(filter=hidden_by, all=filter_name(FeedFilter.ALL))
        self._link_field.say(words, "well")
        announce(self, words)
        self._link.setFocus()
        self.emptied.emit()

    def clear(self) -> None:
        """Empty the fields for the next post."""
        self._entered = None
        self._link.clear()
        self._author.clear()
        self._text.clear()
        for field in (self._link_field, self._author_field, self._text_field):
            field.say("")
        self._show_what_for()

    def _enter(self, post: Post) -> None:
        """Load a post of the list into the form: the buttons now concern that post."""
        self._entered = post
        if self._link.text().strip() != post.url:
            self._link.setText(post.url)
        self._author.setText(f"@{post.author}")
        self._text.show_text(post.text)
        self._show_what_for()

    def _show_what_for(self) -> None:
        entered = self._entered is not None
        self._heading.setText(
            _("Correct a post you added") if entered else _("Add a post by its link")
        )
        if entered:
            self._add.show_text(_("Save the correction"), _("Save the correction of this post"))
        else:
            self._add.show_text(_("Add"), _("Add this post"))
        self._add.setIcon(icon("check" if entered else "plus"))
        self._remove.setVisible(entered)

    # --- the link says who and when --------------------------------------------------------

    def _on_link_changed(self, text: str) -> None:
        pasted = len(text) - self._link_length >= _PASTED
        self._link_length = len(text)
        self._link_field.say("")
        try:
            link = NETWORK.links.pasted(text)
        except NotAPostLink:
            self._show_author("", "")
            if pasted and self._link.hasFocus():
                self.page_pasted.emit()
            return
        known = self._find(link.id)
        if known is not None and self._entered is None and is_by_hand(known):
            self._show_author(link.author, "")
            self._enter(known)
            self._link_field.say(
                _("This post is in the list already: you can correct it or take it out."), "look"
            )
            return
        self._show_author(link.author, self._author.text())
        said, tone = self._about(link)
        self._link_field.say(said, tone)
        if pasted and self._link.hasFocus() and tone != "stop":
            # After the field has cleaned the pasted text.
            found = partial(self._go_on_with_text, link, NETWORK.links.beside(text))
            QTimer.singleShot(0, self, found)

    def _go_on_with_text(self, link: PostLink, text: str) -> None:
        """Fill in the text that was pasted with the link, then focus what is still missing."""
        if text:
            self._link.setText(link.url)
            if not self._text.toPlainText().strip():
                self._text.show_text(text)
        if not link.author:
            self._author.setFocus()
        elif self._text.toPlainText().strip():
            self._add.setFocus()
        else:
            words = _("The link is there. Now its text: copy it on X, and paste it here.")
            self._text_field.say(words, "plum")
            announce(self, words)
            self._text.setFocus()

    def _on_text_changed(self) -> None:
        """Remove the message about a missing text."""
        if self._text.toPlainText().strip():
            self._text_field.say("")

    def _about(self, link: PostLink) -> tuple[str, Tone]:
        """Return what the link tells: when the post was published, or why the link is wrong."""
        at, chat = NETWORK.posted_at(link.id), self._chat()
        if self._is_out(link.id):
            return _("This is a post of your own account: it is counted already."), "stop"
        if self._is_ours(link.author):
            return _(_UNKNOWN_OWN), "look"
        if at is None or self._now is None:
            return "", "plain"
        if at > self._now + CLOCK_BEHIND:
            return _("X has no such post yet: copy the link again."), "stop"
        local = at.astimezone(chat.zone)
        words = _("Published on {day} at {hour}.").format(
            day=format_day(local, with_year=True), hour=format_hour(local)
        )
        if chat.starts_at is not None and at < chat.starts_at - _LONG_BEFORE:
            return words + " " + _("That is long before the chat. Is it the right one?"), "look"
        return words, "plain"

    def _is_ours(self, author: str) -> bool:
        account = self._chat().account
        return bool(account) and fold(author) == fold(account)

    def _show_author(self, author: str, typed: str) -> None:
        """Show the author given by the link; a name typed for another link is removed."""
        replaced = author and typed and fold(normalise_handle(typed, NETWORK)) != fold(author)
        told = typed and not self._link_author
        words = _("The link is of @{name}: this name replaces the one typed.").format(name=author)
        self._author_field.say(words if replaced and told else "", "look")
        if author:
            self._author.setText(f"@{author}")
        elif self._link_author:
            self._author.clear()
        self._link_author = author
        self._author.setReadOnly(bool(author))

    # --- buttons ---------------------------------------------------------------------------

    def _on_add(self) -> None:
        post = self._post()
        if post is None:
            return
        if self._entered is None:
            self.added.emit(post)
            return
        before = self._entered
        other = self._find(post.id)
        if other is not None and other.id != before.id:
            self.say_known()
            return
        self.clear()
        self.hide()
        self.corrected.emit(before.id, post)
        announce(self, _("The post is corrected."))
        self.closed.emit()

    def _on_remove(self) -> None:
        if self._entered is None:
            return
        gone, self._entered = self._entered, None
        self._show_what_for()
        self.removed.emit(gone.id)
        words = _("Taken out of the list. To put it back, press “Add”.")
        self._link_field.say(words, "well")
        announce(self, words)
        self._add.setFocus()

    def _post(self) -> Post | None:
        """Return the post as typed, or None after showing what is wrong."""
        try:
            link = NETWORK.links.pasted(self._link.text())
        except NotAPostLink:
            self._link_field.say(_("This is not the link of a post on X."), "stop")
            self._link.setFocus()
            return None
        words, tone = self._about(link)
        if tone == "stop":
            self._link_field.say(words, "stop")
            self._link.setFocus()
            return None
        author = link.author or normalise_handle(self._author.text(), NETWORK)
        wrong_author = not link.author and handle_problem(self._author.text(), NETWORK) is not None
        problem = _("Write the name on X, such as @prof_exemple.") if wrong_author else ""
        self._author_field.say(problem, "stop")
        text = self._text.toPlainText().strip()
        self._text_field.say("" if text else _("Paste the text of the post too."), "stop")
        if problem or not text or self._now is None:
            (self._author if problem else self._text).setFocus()
            return None
        before = self._entered
        same = before is not None and link.id in (before.id, newest_id(before, NETWORK))
        at = NETWORK.posted_at(link.id) or (before.created_at if before and same else self._now)
        made = Post(
            # A version of a post that was edited on X keeps the id of the original.
            id=before.id if before and same else link.id,
            author=author,
            author_name=f"@{author}",
            text=text,
            created_at=at,
            url=NETWORK.links.post(author, link.id).url,
            by_hand=True,
        )
        if before is None or not same or fold(before.author) != fold(author):
            return made
        return replace(made, author_name=before.author_name, in_reply_to=before.in_reply_to)

    def _on_close(self) -> None:
        self.clear()
        self.hide()
        self.closed.emit()

"""The rows of posts that have changed on X: those that are gone, and those with another text."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.recap.refresh_words import who_wrote
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.wording.i18n import _


class _ChangedRow(Card):
    """A post that is not on X as it was collected."""

    see_wanted = Signal(str)
    """Emitted with the address of the post."""

    def __init__(self, post: Post, what: Chip) -> None:
        super().__init__(padding=theme.Space.PART, spacing=theme.Space.NEAR)
        who = who_wrote(post)
        self._named = f"{who}: {beginning(post.text)}"
        self._url = post.url
        self.see = Button(
            _("See on X"),
            "link",
            "outside",
            self._on_see,
            name=_("{what} – {who}").format(what=_("See on X"), who=self._named),
        )
        self.add(FlowLayout(Text(who, "strong", wrap=False), what, spacing=theme.Space.NEAR))
        self.setAccessibleName(f"{self._named}, {what.text()}")

    def _on_see(self) -> None:
        self.see_wanted.emit(self._url)


class GoneRow(_ChangedRow):
    """A post that was deleted or is protected: out of the recap, unless its author agrees."""

    put_back_wanted = Signal(str)
    """Emitted with the id of the post."""

    def __init__(self, item: FeedPost) -> None:
        super().__init__(item.post, Chip(_("not public any more"), "look"))
        self._post_id = item.post.id
        self.put_back = Button(
            _("Put back: I have their consent"),
            "quiet",
            "undo",
            self._on_put_back,
            name=_("Put back the post by {who}: I have their consent").format(who=self._named),
        )
        words = _(
            "Deleted, or protected by its author. It is out of the recap; what was collected "
            "stays on this computer. Ask them before you show their words."
        )
        if item.starred:
            self.put_back.hide()
            words = _("Deleted, or protected by its author. You put it back with their consent.")
        self.add(
            PostText(item.post.text, most=2),
            Text(words, "small"),
            FlowLayout(self.put_back, self.see),
        )

    def _on_put_back(self) -> None:
        self.put_back_wanted.emit(self._post_id)


class EditedRow(_ChangedRow):
    """A post that its author changed: the text it had, and the one it has."""

    def __init__(self, before: Post, after: Post) -> None:
        super().__init__(after, Chip(_("changed on X"), "plum"))
        for words, text in ((_("Before:"), before.text), (_("Now:"), after.text)):
            self.add(Text(words, "small"), PostText(text))
        self.add(FlowLayout(self.see))

"""The form for late answers, which are often the best: they are added here by their links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal

from tchat_desktop.domain.conversation import Post, newest_id
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.models.unfinished import PastedPost
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.add_post import AddPostPanel
from tchat_desktop.ui.pages.shared.material_watch import ByHand, MaterialWatch
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class LateAnswers(Card):
    """Adds posts by hand, corrects and removes them. Hidden until it is opened."""

    opened = Signal()
    """Emitted when the form was opened, to be scrolled to."""

    def __init__(
        self,
        editor: ChatEditor,
        watch: MaterialWatch,
        by_hand: ByHand,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._editor = editor
        self._watch = watch
        self._by_hand = by_hand
        self._now = now
        self.form = AddPostPanel(lambda: editor.chat, self.known, self._is_out)
        self.form.added.connect(self._on_added)
        self.form.corrected.connect(self._on_corrected)
        self.form.removed.connect(self._on_removed)
        self.add(
            Text(_("A late answer, or one that is missing?"), "heading"),
            Text(_("Open it on X, copy its link, and add it here."), "small"),
            row(Button(_("Add a post by its link"), "quiet", "plus", self.open_form), None),
            self.form,
        )
        self.hide()

    def open_form(self) -> None:
        """Open the form for another post."""
        self.form.show_now(self._now())
        self.form.open_panel()
        self.opened.emit()

    def correct(self, post_id: str) -> None:
        """Open the form to correct a post that was entered; do nothing if it is gone."""
        post = self.known(post_id)
        if post is not None:
            self.form.show_now(self._now())
            self.form.open_post(post)

    def take_up(self, pasted: PastedPost) -> None:
        """Continue with what was being entered."""
        self.form.show_now(self._now())
        self.form.take_up(pasted)

    def known(self, post_id: str) -> Post | None:
        """Return the collected post with that id, or with that id of its last edit, or None."""
        material = self._watch.material
        posts = material.posts if material is not None else ()
        return next(
            (one.post for one in posts if post_id in (one.post.id, newest_id(one.post, NETWORK))),
            None,
        )

    def _is_out(self, post_id: str) -> bool:
        material = self._watch.material
        return material is not None and any(row.remote_id == post_id for row in material.rows)

    def _on_added(self, post: Post) -> None:
        if self.known(post.id) is not None:
            self.form.say_known()
            return
        chat, by_hand = self._editor.chat, self._by_hand
        self.form.clear()
        self._watch.change(lambda: by_hand.add(chat, post))
        announce(self, _("The post is added. Star it in the list to show it in the recap."))

    def _on_corrected(self, post_id: str, post: Post) -> None:
        chat, by_hand = self._editor.chat, self._by_hand
        self._watch.change(lambda: by_hand.correct(chat, post_id, post))

    def _on_removed(self, post_id: str) -> None:
        chat, by_hand = self._editor.chat, self._by_hand
        self._watch.change(lambda: by_hand.remove(chat, post_id))

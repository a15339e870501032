"""The form for late answers, which are often the best: they are added here by their links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut

from tchat_desktop.domain.conversation import Post, newest_id
from tchat_desktop.domain.found_posts import FoundPosts, SortedPosts
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.models.unfinished import PastedPost
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.add_post import AddPostPanel
from tchat_desktop.ui.pages.shared.material_watch import ByHand, MaterialWatch
from tchat_desktop.ui.pages.shared.paste_words import made_words, nothing_words
from tchat_desktop.ui.pages.shared.pasting import PasteTools
from tchat_desktop.ui.shortcuts import Shortcut, named, sequence
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, Notice
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone


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
        pasting: PasteTools,
    ) -> None:
        super().__init__()
        self._editor = editor
        self._watch = watch
        self._by_hand = by_hand
        self._now = now
        self._pasting = pasting
        self._found: FoundPosts | None = None
        self._made: SortedPosts | None = None
        """What the last paste brought, to be taken back; None for nothing."""
        self.form = AddPostPanel(lambda: editor.chat, self.known, self._is_out)
        self.form.added.connect(self._on_added)
        self.form.corrected.connect(self._on_corrected)
        self.form.removed.connect(self._on_removed)
        self.form.page_pasted.connect(self._paste_for_field)
        self._told = Notice()
        self._paste = Button(_("Paste the page of the tag"), icon_name="copy", clicked=self.paste)
        set_tip(self._paste, named(Shortcut.PASTE))
        self._undo = Button(
            _("Undo"), "link", "undo", self._on_undo, name=_("Undo the paste: take it all back")
        )
        self._undo.hide()
        self.add(
            Text(_("A late answer, or one that is missing?"), "heading"),
            Text(
                _(
                    "On X, copy the whole page of the tag ({all}, then {copy}) and paste it here: "
                    "what is there already stays. Or add one post by its link."
                ).format(all=named(Shortcut.SELECT_ALL), copy=named(Shortcut.COPY)),
                "small",
            ),
            FlowLayout(
                self._paste,
                Button(_("Add a post by its link"), "quiet", "plus", self.open_form),
                self._undo,
            ),
            self._told,
            self.form,
        )
        QShortcut(sequence(Shortcut.PASTE), self, self.paste)
        self.hide()

    def paste(self) -> None:
        """Take in the page of the tag that is on the clipboard; returns at once."""
        self._pasting.read_clipboard(self, self._take, self._on_failed)

    def _paste_for_field(self) -> None:
        """The same after a page was pasted into the field of a link; say nothing of no post."""

        def take(found: FoundPosts) -> None:
            if found.posts:
                self.form.clear()
                self._take(found)

        self._pasting.read_clipboard(self, take, self._on_failed)

    def _take(self, found: FoundPosts) -> None:
        if not found.posts:
            self._say(nothing_words(found), "look", None)
            return
        self._found = found
        chat, by_hand, now = self._editor.chat, self._by_hand, self._now()
        self._watch.change(lambda: by_hand.take_in(chat, found.posts, now), self._on_taken_in)

    def _on_taken_in(self, made: SortedPosts) -> None:
        words = made_words(made, self._editor.chat, cut=self._found is not None and self._found.cut)
        brought = made.changes_something
        self._say(words, "well" if brought else "plain", made if brought else None)

    def _on_undo(self) -> None:
        made, self._made = self._made, None
        if made is not None:
            chat, by_hand = self._editor.chat, self._by_hand
            self._watch.change(lambda: by_hand.take_out(chat, made))
            self._paste.setFocus()
            self._say(_("The paste is taken back."), "plain", None)

    def _on_failed(self, error: Exception) -> None:
        self._say(error_words.sentence(error), "look", None)

    def _say(self, words: str, tone: Tone, made: SortedPosts | None) -> None:
        self._made = made
        self._undo.setVisible(made is not None)
        self._told.say(words, tone)
        announce(self, words)

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

"""Help with the picture of a post, which X's pre-filled page cannot contain."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.blanks import filled_only
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.ports import PictureStore
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.hour.hour_keys import HourKey
from tchat_desktop.ui.picture_file import LONG_SIDE, thumbnail
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.error_words import sentence
from tchat_desktop.wording.i18n import _

_LINES = 3
"""The number of text lines kept free for messages, so that nothing moves."""


class PictureHelp(QWidget):
    """Copies the picture of a post and its description, to be pasted into X's page."""

    def __init__(self, bridge: Bridge, store: PictureStore) -> None:
        super().__init__()
        self._bridge = bridge
        self._store = store
        self._post: OutboxPost | None = None
        self._words = Text("", "small")
        self._words.setMinimumHeight(_LINES * self._words.fontMetrics().lineSpacing())
        self._copy = Button(_("Copy the picture"), icon_name="copy", clicked=self._on_copy)
        self._describe = Button(_("Copy the description"), "link", "copy", self._on_describe)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.LINE))
        layout.addWidget(self._words)
        layout.addLayout(FlowLayout(self._copy, self._describe))
        self.hide()

    @property
    def keys(self) -> Sequence[HourKey]:
        """The keys that copy, each with its button."""
        words = _("“Now”: copy the description of the picture")
        return (
            HourKey(Shortcut.COPY_PICTURE, _("“Now”: copy the picture of the post"), self._copy),
            HourKey(Shortcut.COPY_DESCRIPTION, words, self._describe),
        )

    def show_post(self, post: OutboxPost | None) -> None:
        """Show the buttons for the picture of a post, if it has one."""
        self._post = post if post is not None and post.picture is not None else None
        self.setVisible(self._post is not None)
        if self._post is not None:
            self._words.setText(
                _("This post has a picture: copy it, then paste it into the page ({keys}).").format(
                    keys=named(Shortcut.PASTE)
                )
            )
            self._describe.setEnabled(bool(self._alt_text))

    @property
    def _alt_text(self) -> str:
        picture = self._post.picture if self._post is not None else None
        return filled_only(picture.alt_text).strip() if picture is not None else ""

    def _say(self, words: str) -> None:
        self._words.setText(words)
        announce(self, words)

    def _on_copy(self) -> None:
        post, store = self._post, self._store
        if post is None or post.picture is None:
            return
        picture_id = post.picture.id
        self._bridge.run(
            self,
            lambda: thumbnail(store.content(post.chat_id, picture_id), LONG_SIDE),
            lambda image: self._on_fetched(post, image),
            lambda error: self._on_not_fetched(post, error),
        )

    def _on_fetched(self, post: OutboxPost, image: QImage) -> None:
        if self._post is None or post.id != self._post.id or post.picture is None:
            return
        if image.isNull():
            self._say(_gone())
            return
        QGuiApplication.clipboard().setImage(image)
        if post.picture.kind == "image/gif":
            words = _(
                "The picture is copied, without its movement: paste it into the page ({keys}), "
                "or add the file itself there."
            ).format(keys=named(Shortcut.PASTE))
        else:
            words = _("The picture is copied: paste it into the page ({keys}).").format(
                keys=named(Shortcut.PASTE)
            )
        self._say(words)

    def _on_not_fetched(self, post: OutboxPost, error: Exception) -> None:
        if self._post is not None and post.id == self._post.id:
            self._say(_gone() if isinstance(error, KeyError) else sentence(error))

    def _on_describe(self) -> None:
        QGuiApplication.clipboard().setText(self._alt_text)
        self._say(
            _("The description is copied: on the page, press “ALT” on the picture, and paste it.")
        )


def _gone() -> str:
    return _(
        "The picture is not on this computer any more. Publish without it, or add it on the page "
        "yourself."
    )

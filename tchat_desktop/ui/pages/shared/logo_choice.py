"""The organisation's logo: chosen, stored and loaded off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Chat, Picture
from tchat_desktop.domain.visuals import look_of
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import PictureStore
from tchat_desktop.ui import picture_file
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.file_dialogs import ask_for_picture
from tchat_desktop.ui.pages.shared.picture_words import trouble_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

LOGO_SIDE = 800
"""The longer side, in pixels, of the logo that is drawn."""
LOGO_ENDINGS = "*.png *.jpg *.jpeg *.webp *.gif"


class LogoChoice(QObject):
    """Serves a card of the `page` that shows the logo; a stored one is kept, so that undo finds it.

    `show` is given the image to draw, a null one for none; `say` how it went, "" for nothing.
    """

    def __init__(
        self,
        page: QWidget,
        editor: ChatEditor,
        bridge: Bridge,
        store: PictureStore,
        show: Callable[[QImage], None],
        say: Callable[[str, Tone], None],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._show = show
        self._say = say
        self._editor = editor
        self._bridge = bridge
        self._store = store
        self._wanted: str | None = None

    def show(self, chat: Chat) -> None:
        """Have the chat's logo drawn, once it is loaded."""
        logo = look_of(chat).logo
        logo_id = logo.id if logo is not None else ""
        if logo_id == self._wanted:
            return
        self._wanted = logo_id
        if not logo_id:
            self._show(QImage())
            return
        store = self._store

        def fetch() -> QImage:
            return picture_file.thumbnail(store.content(chat.id, logo_id), LOGO_SIDE)

        self._bridge.run(
            self,
            fetch,
            lambda image: self._on_loaded(logo_id, image),
            lambda _error: self._on_missing(logo_id),
        )

    def _on_loaded(self, logo_id: str, image: QImage) -> None:
        if logo_id == self._wanted:
            self._show(image)

    def _on_missing(self, logo_id: str) -> None:
        if logo_id == self._wanted:
            self._show(QImage())
            words = _("The logo is not on this computer any more. Choose it again.")
            self._say(words, "look")

    def choose(self) -> None:
        """Ask for a picture, and make it the chat's logo."""
        kinds = _("Pictures ({endings})").format(endings=LOGO_ENDINGS)
        chosen = ask_for_picture(
            self._page, _("Choose the logo"), ";;".join((kinds, _("All files (*)")))
        )
        if chosen is not None:
            self._add(chosen)

    def _add(self, path: Path) -> None:
        chat_id, store = self._editor.chat.id, self._store
        self._say(_("The logo is being prepared…"), "plain")

        def add() -> Picture:
            made = picture_file.prepare_picture(path)
            return Picture(store.add(chat_id, made.content), made.kind)

        self._bridge.run(
            self, add, self._on_added, lambda error: self._say(trouble_words(error), "stop")
        )

    def _on_added(self, logo: Picture) -> None:
        self._say("", "plain")
        chat = self._editor.chat
        self._editor.edit(replace(chat, visuals=replace(look_of(chat), logo=logo)))

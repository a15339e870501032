"""The pictures of the run sheet: chosen, made fit for X, stored and loaded off the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Picture
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import PictureStore
from tchat_desktop.ui import picture_file
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.file_dialogs import ask_for_picture
from tchat_desktop.ui.pages.run_sheet.run_item_row import RunItemRow
from tchat_desktop.ui.pages.shared.picture_words import added_words, trouble_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

SHOWN = 560
"""The longer side, in pixels, of the images kept in memory."""


ENDINGS = "*.png *.jpg *.jpeg *.webp *.gif *.heic *.heif"
"""The endings of picture files in the dialog; the last two are explained when refused."""


@dataclass(frozen=True, slots=True)
class _Added:
    """A picture that was added, its image to show, and what was changed in it, in words."""

    picture: Picture
    image: QImage
    words: str


class RunPictures(QObject):
    """Serves the rows of the page; stored pictures are kept, so that undo finds them again."""

    changed = Signal()
    """Emitted when the image of another picture can be shown."""

    def __init__(
        self, page: QWidget, editor: ChatEditor, bridge: Bridge, store: PictureStore
    ) -> None:
        super().__init__(page)
        self._page = page
        self._editor = editor
        self._bridge = bridge
        self._store = store
        self._rows: Mapping[str, RunItemRow] = {}
        self._images: dict[str, QImage | None] = {}

    def adopt(self, row: RunItemRow) -> None:
        """Follow what is asked for about the picture of a row."""
        row.picture_wanted.connect(self._on_wanted)
        row.picture_removed.connect(self._on_removed)
        row.picture_described.connect(self._on_described)

    def show(self, rows: Mapping[str, RunItemRow]) -> None:
        """Show the image of each row's picture."""
        self._rows = rows
        for row in rows.values():
            if row.item.picture is not None:
                row.show_image(self.image(row.item.picture))

    def image(self, picture: Picture) -> QImage | None:
        """Return the image of a picture; None while it is loaded, a null image if it is missing."""
        if picture.id not in self._images:
            self._images[picture.id] = None
            self._fetch(picture.id)
        return self._images[picture.id]

    def _fetch(self, picture_id: str) -> None:
        chat_id, store = self._editor.chat.id, self._store

        def fetch() -> QImage:
            try:
                return picture_file.thumbnail(store.content(chat_id, picture_id), SHOWN)
            except KeyError:
                return QImage()

        self._bridge.run(
            self,
            fetch,
            lambda image: self._on_fetched(picture_id, image),
            lambda _error: self._on_fetched(picture_id, QImage()),
        )

    def _on_fetched(self, picture_id: str, image: QImage) -> None:
        self._images[picture_id] = image
        self.show(self._rows)
        self.changed.emit()

    # --- what the person does ----------------------------------------------------------------

    def _on_wanted(self, key: str) -> None:
        pictures = _("Pictures ({endings})").format(endings=ENDINGS)
        chosen = ask_for_picture(
            self._page,
            _("Choose a picture (no recognisable face of a child)"),
            ";;".join((pictures, _("All files (*)"))),
        )
        if chosen is not None:
            self._add(key, chosen)

    def _add(self, key: str, path: Path) -> None:
        chat_id, store = self._editor.chat.id, self._store
        self._say(key, _("The picture is being prepared…"), "plain")

        def add() -> _Added:
            made = picture_file.prepare_picture(path)
            picture = Picture(store.add(chat_id, made.content), made.kind)
            return _Added(picture, picture_file.thumbnail(made.content, SHOWN), added_words(made))

        self._bridge.run(
            self,
            add,
            lambda added: self._on_added(key, added),
            lambda error: self._say(key, trouble_words(error), "stop"),
        )

    def _on_added(self, key: str, added: _Added) -> None:
        if key not in self._rows:
            # The post was taken out meanwhile.
            return
        self._images[added.picture.id] = added.image
        former = self._rows[key].item.picture
        if former is None or former.id != added.picture.id:
            self._editor.edit(run_sheet.with_picture(self._editor.chat, key, added.picture))
        self._say(key, added.words, "well")

    def _say(self, key: str, words: str, tone: Tone) -> None:
        if key in self._rows:
            self._rows[key].say_of_picture(words, tone)

    def _on_removed(self, key: str) -> None:
        self._editor.edit(run_sheet.with_picture(self._editor.chat, key, None))

    def _on_described(self, key: str, text: str) -> None:
        picture = self._rows[key].item.picture
        if picture is not None:
            described = replace(picture, alt_text=text)
            changed = run_sheet.with_picture(self._editor.chat, key, described)
            self._editor.edit(changed, field=f"run-{key}-picture")

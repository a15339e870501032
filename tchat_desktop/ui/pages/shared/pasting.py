"""Reads what was copied from a page of the network, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.found_posts import FoundPosts
from tchat_desktop.services.ports import PostPages, PostTexts
from tchat_desktop.ui.bridge import Runner

_MARKUP = "text/html"


@dataclass(frozen=True, slots=True)
class PasteTools:
    """What reads pages and tells texts, outside of the window."""

    pages: PostPages
    texts: PostTexts
    runner: Callable[[], Runner]
    """Gives the thread on which that is done."""

    def read_clipboard(
        self,
        asker: QWidget,
        take: Callable[[FoundPosts], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Call `take` with the posts on the clipboard, or `failed`, as long as `asker` lives."""
        self.read(QGuiApplication.clipboard().mimeData(), asker, take, failed)

    def read(
        self,
        mime: QMimeData | None,
        asker: QWidget,
        take: Callable[[FoundPosts], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """The same with what is pasted from elsewhere, or dropped."""
        self.runner().run(asker, partial(self.pages.copied, *_content(mime)), take, failed)

    def holds_page(self, mime: QMimeData | None) -> bool:
        """Return whether what is pasted or dropped is clearly a page with several posts."""
        return self.pages.is_page(*_content(mime))


def _content(mime: QMimeData | None) -> tuple[bytes, str]:
    """The page and the plain text in what is pasted."""
    if mime is None:
        return b"", ""
    return bytes(mime.data(_MARKUP).data()), mime.text()

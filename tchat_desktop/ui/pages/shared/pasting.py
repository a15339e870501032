"""Reads what was copied from a page of the network, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

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
        mime = QGuiApplication.clipboard().mimeData()
        markup, text = (mime.data(_MARKUP).data(), mime.text()) if mime is not None else (b"", "")
        self.runner().run(asker, partial(self.pages.copied, bytes(markup), text), take, failed)

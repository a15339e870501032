"""What is seen: every page of the guide, pictures, letters, a printed page."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QGuiApplication, QPdfWriter, QTextDocument, QTextLayout
from PySide6.QtWidgets import QApplication

from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.domain.steps import STEPS
from tchat_desktop.platform.paths import resource
from tchat_desktop.start.self_test.found import Lack, Unusable

if TYPE_CHECKING:
    from tchat_desktop.start.window import App

ACCENTS = "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ«»’…–\u202f\u00a0€"
"""What French is written with."""
EMOJI = "👋🙏📣"
"""Of those the proposed posts and most people's posts have."""


def pages() -> str:
    """Each page of the guide is made and painted once in each language, with its example."""
    from tchat_desktop.adapters.keyring_vault import MemoryVault
    from tchat_desktop.start.window import App

    hook, errors = sys.excepthook, _Errors()
    with tempfile.TemporaryDirectory() as folder:
        app = App(_qt(), Path(folder), SCREEN_LANGUAGES[0].code, vault=MemoryVault())
        # What fails while Qt calls us is not raised: it is told here.
        sys.excepthook = errors
        try:
            # Nobody is to see a window come and go.
            app.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            app.window.show()
            app.start()
            for one in SCREEN_LANGUAGES:
                _paint_pages(app, one.code, errors)
        finally:
            app.close()
            sys.excepthook = hook
    return f"{len(STEPS)} in each of {', '.join(one.code for one in SCREEN_LANGUAGES)}"


def _paint_pages(app: App, code: str, errors: _Errors) -> None:
    from tchat_desktop.ui.shell.failed_page import FailedPage
    from tchat_desktop.ui.shell.speech import ScreenLanguage

    app.window.go_home()
    ScreenLanguage(_qt()).speak(code)
    app.window.rebuild()
    app.window.open_chat(app.data().library.open_example(code))
    workspace = app.window.workspace
    assert workspace is not None
    for step in STEPS:
        workspace.open_step(step)
        # A part put into a layout is shown by the event loop.
        QApplication.processEvents()
        page = workspace.page(step)
        where = f"{code}: the page “{step}”"
        if isinstance(page, FailedPage):
            raise Unusable(f"{where} cannot be made: {page.details}")
        if page.grab().isNull() or not page.isVisible():
            raise Unusable(f"{where} is not painted")
        if errors.first:
            raise Unusable(f"{where}: {errors.first}")


def _qt() -> QApplication:
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    return qt


class _Errors:
    """Keeps the words of the first error that nobody caught; itself it would keep what failed."""

    def __init__(self) -> None:
        self.first = ""

    def __call__(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self.first = self.first or repr(error)


def pictures() -> str:
    """Every icon can be drawn, and the pictures people have can be read."""
    from tchat_desktop.ui.icons import pixmap
    from tchat_desktop.ui.picture_file import unreadable_forms

    drawn = [path.stem for path in resource("icons").glob("*.svg")]
    if not drawn or any(pixmap(name, "#000000", 18).isNull() for name in drawn):
        raise Unusable("icons are missing")
    if missing := unreadable_forms():
        raise Unusable(f"pictures that cannot be read: {', '.join(missing)}")
    return f"{len(drawn)} icons"


def letters() -> str:
    """The fonts of this computer have the letters of French, and the emoji of posts."""
    # Qt draws boxes where the computer has no fonts at all, and says so by a font without a name.
    family = QFontInfo(QGuiApplication.font()).family()
    if not family:
        raise Unusable("this computer has no fonts")
    if missing := letters_without_shape(ACCENTS):
        raise Unusable(f"{family} and the other fonts have no {' '.join(missing)}")
    if missing := letters_without_shape(EMOJI):
        raise Lack(f"no font has {' '.join(missing)}: emoji are seen as boxes on this computer")
    return f"{family}, with accents and emoji"


def letters_without_shape(text: str) -> list[str]:
    """The characters of a text for which no font of this computer has a shape."""
    return [letter for letter in text if not _has_shape(letter)]


def _has_shape(letter: str) -> bool:
    layout = QTextLayout(letter, QGuiApplication.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    # The first shape of every font is the box for what it has not.
    return bool(runs) and all(all(run.glyphIndexes()) for run in runs)


def pdf() -> str:
    """A page with accents can be printed to a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "essai.pdf")
        writer = QPdfWriter(str(path))
        document = QTextDocument("Répétition générale")
        document.print_(writer)
        # It is whole only once the writer is gone.
        del writer
        written = path.read_bytes()
    if not written.startswith(b"%PDF") or not written.rstrip().endswith(b"%%EOF"):
        raise Unusable("what was printed is no whole PDF")
    return f"{len(written)} bytes"

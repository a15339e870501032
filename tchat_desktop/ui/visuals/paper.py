"""Pages of text set as PDF: A4, with numbers at their feet, and the fonts they need in them.

Slow (some tens of milliseconds): called off the GUI thread. A PDF made by Qt has no tags for
screen readers, so a page for reading goes along.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

_BODY = 10.5
"""Points of the letters whose size the page does not say."""


def a4_writer(buffer: QBuffer, title: str) -> QPdfWriter:
    """A writer of sheets of A4 to their edges; `title` is told by readers of PDF."""
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator("Tchat")
    return writer


def pdf_of(html: str, title: str) -> bytes:
    """The bytes of a PDF file with the text of a simple HTML page; `title` is told by readers."""
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(_BODY)
    # A name on X that is copied out of the page has to be the same letters.
    font.setFeature(QFont.Tag("liga"), 0)
    document = QTextDocument()
    document.setDefaultFont(font)
    document.setHtml(html)
    document.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, title)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # A document whose pages are not set out yet gets margins of two centimetres and page numbers.
    document.print_(a4_writer(buffer, title))
    return bytes(buffer.data().data())

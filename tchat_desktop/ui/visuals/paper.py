"""Pages of text set as PDF: A4, with numbers at their feet, and the fonts they need in them.

Slow (some tens of milliseconds): called off the GUI thread. A PDF made by Qt has no tags for
screen readers, so a page for reading goes along.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextTable,
)

_BODY = 10.5
"""Points of the letters whose size the page does not say."""
_MARGIN_INCHES = 2 / 2.54
"""What Qt leaves free at each side of a page whose layout it makes itself."""
_LINE_INCHES = 0.25
"""The most that a line which goes to the next page leaves free at the foot of the one before."""
_ENDLESS = 1e8


def a4_writer(buffer: QBuffer, title: str) -> QPdfWriter:
    """A writer of sheets of A4 to their edges; `title` is told by readers of PDF."""
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator("Tchat")
    return writer


def pdf_of(html: str, title: str) -> bytes:
    """The bytes of a PDF file with the text of a simple HTML page; `title` is told by readers.

    A table of one row stays whole on its page, and a heading with what follows it. Links can be
    followed. Pictures are `data:` addresses.
    """
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(_BODY)
    # A name on X that is copied out of the page has to be the same letters.
    font.setFeature(QFont.Tag("liga"), 0)
    # A text is set out in turns, which a thread without this cannot give.
    QEventLoop()
    document = QTextDocument()
    document.setDefaultFont(font)
    document.setHtml(html)
    document.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, title)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = a4_writer(buffer, title)
    _keep_together(document, writer)
    # A document whose pages are not set out yet gets margins of two centimetres and page numbers.
    document.print_(writer)
    return bytes(buffer.data().data())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph or a table of the page, between two others."""

    block: QTextBlock
    """The paragraph, or the first one in the table."""
    frame: QTextFrame | None
    place: QRectF
    """Where it stands on a sheet without end, in dots of the writer."""

    @property
    def is_heading(self) -> bool:
        return self.frame is None and self.block.blockFormat().headingLevel() > 0

    @property
    def is_whole(self) -> bool:
        """Whether it is a table that is not to be cut."""
        return isinstance(self.frame, QTextTable) and self.frame.rows() == 1


def _keep_together(document: QTextDocument, writer: QPdfWriter) -> None:
    """Begin a new page before what would be cut by the end of one."""
    sheet = document.clone()
    layout = sheet.documentLayout()
    layout.setPaintDevice(writer)
    around = sheet.rootFrame().frameFormat()
    # Qt counts margins in the dots of the screen.
    around.setMargin(int(_MARGIN_INCHES * QGuiApplication.primaryScreen().logicalDotsPerInch()))
    sheet.rootFrame().setFrameFormat(around)
    dots = writer.logicalDpiY()
    sheet.setPageSize(QSizeF(writer.width(), _ENDLESS))
    # A line less than there is: how high a table is changes a little where pages end.
    room = writer.height() - (2 * _MARGIN_INCHES + _LINE_INCHES) * dots
    pieces = list(_pieces(sheet))
    top = pieces[0].place.top() if pieces else 0.0
    for at, piece in enumerate(pieces):
        last = at
        while pieces[last].is_heading and last + 1 < len(pieces):
            last += 1
        kept = pieces[last] if pieces[last].is_whole or last > at else piece
        end = kept.place.bottom() if kept.is_whole else kept.place.top() + _LINE_INCHES * dots
        if end <= top + room:
            continue
        if (piece.is_heading or piece.is_whole) and end - piece.place.top() <= room:
            _break_before(document, piece)
            top = piece.place.top()
        else:
            while piece.place.bottom() > top + room:
                top += room - _LINE_INCHES * dots


def _pieces(document: QTextDocument) -> Iterator[_Piece]:
    """What stands on the page one below the other."""
    layout, root = document.documentLayout(), document.rootFrame()
    block, seen = document.begin(), None
    while block.isValid():
        frame = QTextCursor(block).currentFrame()
        while frame != root and frame.parentFrame() != root:
            frame = frame.parentFrame()
        if frame == root:
            yield _Piece(block, None, layout.blockBoundingRect(block))
        elif frame != seen:
            yield _Piece(block, frame, layout.frameBoundingRect(frame))
        seen = frame
        block = block.next()


def _break_before(document: QTextDocument, piece: _Piece) -> None:
    """Begin a page before the piece, which was measured in a copy of the document."""
    cursor = QTextCursor(document)
    cursor.setPosition(piece.block.position())
    policy = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
    if piece.frame is None:
        change = QTextBlockFormat()
        change.setPageBreakPolicy(policy)
        cursor.mergeBlockFormat(change)
        return
    frame = cursor.currentFrame()
    while frame.parentFrame() != document.rootFrame():
        frame = frame.parentFrame()
    changed = frame.frameFormat()
    changed.setPageBreakPolicy(policy)
    frame.setFrameFormat(changed)

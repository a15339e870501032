"""Somebody's picture in a box of one size, so that nothing moves when it comes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import pixmap
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _


class PictureBox(QLabel):
    """Shows a picture whole, `width` by `height` at a text scale of 1; called by its description.

    Nothing has come yet: the box is empty. What came is no picture: the box says so by a sign.
    """

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setFixedSize(QSize(theme.px(width), theme.px(height)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage | None, alt_text: str) -> None:
        """Show a picture: None while it is on its way, a null one when it is not there."""
        missing = image is not None and image.isNull()
        name = _("The picture is missing") if missing else alt_text or _("A picture")
        if self.accessibleName() != name:
            self.setAccessibleName(name)
            set_tip(self, name)
        if image is not self._image:
            self._image = image
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        rounded = QPainterPath()
        rounded.addRoundedRect(frame, theme.px(8), theme.px(8))
        painter.fillPath(rounded, QColor(colours.tint))
        if self._image is not None and self._image.isNull():
            sign = pixmap("alert", colours.amber, theme.px(24))
            size = sign.deviceIndependentSize()
            painter.drawPixmap(
                round((self.width() - size.width()) / 2),
                round((self.height() - size.height()) / 2),
                sign,
            )
        elif self._image is not None:
            painter.setClipPath(rounded)
            whole = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            where = QRectF(0, 0, whole.width(), whole.height())
            where.moveCenter(QRectF(self.rect()).center())
            painter.drawImage(where, self._image)
            painter.setClipping(False)
        painter.setPen(QColor(colours.line))
        painter.drawPath(rounded)

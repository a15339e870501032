"""The picture of a post in its editor: to choose, to describe for screen readers, to remove."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Picture
from tchat_desktop.domain.x.pictures import LONGEST_ALT_TEXT
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.picture_box import PictureBox
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _, format_number, ngettext
from tchat_desktop.wording.tone import Tone


class PicturePanel(QWidget):
    """The panel of a picture; it only emits signals and changes nothing itself.

    `described` is emitted with the description as typed.
    """

    wanted = Signal()
    removed = Signal()
    described = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._has_picture: bool | None = None
        self._add = Button(_("Add a picture"), icon_name="plus", clicked=self.wanted.emit)
        self._change = Button(_("Choose another"), "link", "open", self.wanted.emit)
        self._remove = Button(_("Remove the picture"), "link", "trash", self._on_removed)
        self._box = PictureBox(160, 90)
        self._reminder = Text(
            _(
                "No recognisable face of a child. Where and when a photo was taken is removed "
                "from the copy."
            ),
            "small",
        )
        self._verdict = VerdictLine()
        self._alt = GrowingEdit(lines=2, cap=Cap.POST)
        self._field = Field(
            _("Describe the picture for those who do not see it"),
            self._alt,
            _(
                "For example: “Three pupils seen from behind, in front of a blackboard that says: "
                "school first.”"
            ),
        )
        self._counter = Text("", "counter", wrap=False)
        self._shown = QWidget()
        beside = FlowLayout(self._box, self._change, self._remove)
        shown = column(beside, self._field, row(None, self._counter), spacing=theme.Space.NEAR)
        self._shown.setLayout(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addLayout(row(self._add, None))
        layout.addWidget(self._shown)
        layout.addWidget(self._reminder)
        layout.addWidget(self._verdict)
        self._alt.textChanged.connect(self._on_typed)

    def show_picture(self, picture: Picture | None) -> None:
        """Show the picture of the post, or the button to add one."""
        had, self._has_picture = self._has_picture, picture is not None
        held = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._add.setVisible(picture is None)
        self._shown.setVisible(picture is not None)
        if picture is not None:
            self._show_description(picture.alt_text)
        if had is None or had is self._has_picture or not held:
            return
        # The focus moves to the widget that replaces the one that had it.
        (self._alt if self._has_picture else self._add).setFocus()

    def show_image(self, image: QImage | None, alt_text: str) -> None:
        """Show the image, or None while it is being loaded."""
        self._box.show_image(image, alt_text)
        if image is not None and image.isNull():
            self.say(_("The picture is not on this computer any more. Choose it again."), "look")

    def say(self, text: str, tone: Tone) -> None:
        """Show the result of choosing a picture; "" removes it."""
        if text != self._verdict.text:
            self._verdict.say(text, tone)
            announce(self, text)

    def show_name(self, name: str) -> None:
        """Name every part after its post."""
        self._add.setAccessibleName(_("Add a picture to {post}").format(post=name))
        self._change.setAccessibleName(_("Choose another picture for {post}").format(post=name))
        self._remove.setAccessibleName(_("Remove the picture of {post}").format(post=name))
        self._alt.setAccessibleName(_("Description of the picture of {post}").format(post=name))

    def _show_description(self, text: str) -> None:
        if self._alt.toPlainText() != text:
            self._alt.blockSignals(True)
            self._alt.show_text(text)
            self._alt.blockSignals(False)
        left = LONGEST_ALT_TEXT - len(text)
        words = ngettext("{count} character left", "{count} characters left", max(0, left))
        self._counter.setText(words.format(count=format_number(max(0, left))))
        if left < 0:
            words = _("X takes the first {count} characters only.")
            self._say_of_description(words.format(count=format_number(LONGEST_ALT_TEXT)))
        elif not text.strip():
            self._say_of_description(
                _("Without it, blind people hear only “image”. One sentence is enough.")
            )
        elif blanks := unfilled(text):
            words = _("Still to fill in: {blanks}. Until then the picture leaves undescribed.")
            self._say_of_description(words.format(blanks=", ".join(blanks)))
        else:
            self._say_of_description("")

    def _say_of_description(self, text: str) -> None:
        if self._field.verdict != text:
            self._field.say(text)

    def _on_typed(self) -> None:
        self.described.emit(self._alt.toPlainText())

    def _on_removed(self) -> None:
        self.say("", "well")
        self.removed.emit()

"""The pictures that announce the chat: their look is chosen beside them, then they are saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat, Design, VisualDraft
from tchat_desktop.domain.handed_out import QUESTIONS_PICTURE, are_outdated, asked_now
from tchat_desktop.domain.texts import Texts, When, with_own_texts
from tchat_desktop.domain.visuals import (
    Shape,
    Visual,
    described,
    is_colour,
    look_of,
    more_guests,
    of_shape,
    visual_of,
)
from tchat_desktop.domain.x.pictures import LONGEST_ALT_TEXT
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.promotion.promotion_files import PromotionFiles
from tchat_desktop.ui.pages.promotion.visual_words import (
    COLOURS,
    DESIGNS,
    FILE_STEMS,
    SHAPES,
    missing_words,
)
from tchat_desktop.ui.pages.shared.saving import Export, Saving
from tchat_desktop.ui.visuals import rendering
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.picture_box import PictureBox
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.tone import Tone

PREVIEW = 320
"""The sides of the box the picture is shown in, in pixels at a text scale of 1."""
PREVIEW_WIDTHS = {
    Shape.WIDE: 640,
    Shape.SQUARE: 640,
    Shape.TALL: 360,
    Shape.QUESTIONS: 512,
    Shape.POSTER: 450,
}
"""Pixels of the width of what is shown, which fills the box twice over."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A picture as it is wanted."""

    visual: Visual
    shape: Shape
    design: Design
    colour: str
    logo: QImage
    more: str

    def image(self, width: int = 0) -> QImage:
        """The picture, in its full size or so many pixels wide. Slow."""
        return rendering.picture(
            self.visual, self.shape, self.design, self.colour, self.logo, self.more, width
        )

    def content(self) -> bytes:
        """The bytes of its file, PDF for the poster and PNG else. Slow."""
        if self.shape is Shape.POSTER:
            return rendering.poster(self.visual, self.design, self.colour, self.logo, self.more)
        return rendering.png(self.image())


class VisualsCard(Card):
    """The card of the pictures. It changes nothing itself: the page keeps what was chosen."""

    draft_edited = Signal(object, str)
    """A VisualDraft, and the name of what was typed in for undo; "" for a choice."""
    logo_wanted = Signal()
    questions_saved = Signal(str)
    """A digest of the questions that are on the picture that was saved."""

    def __init__(self, bridge: Bridge, files: PromotionFiles) -> None:
        super().__init__()
        self._bridge = bridge
        self._files = files
        self._chat: Chat | None = None
        self._visual: Visual | None = None
        self._more = ""
        self._texts: Texts | None = None
        self._proposed = ""
        self._draft = VisualDraft()
        self._logo = QImage()
        self._shown: Ordered | None = None
        self._is_drawing = False
        self.preview = PictureBox(PREVIEW, PREVIEW)
        self.shape = _choices(SHAPES)
        self.design = _choices(DESIGNS)
        self.colour = _choices(COLOURS)
        self.colour.addItem(_("Another one…"), "")
        self.own_colour = LineEdit(cap=Cap.NAME)
        self.own_colour.setPlaceholderText("#4b2e83")
        self._own = Field(
            _("The colour of your organisation"),
            self.own_colour,
            _("Six figures and letters after a #, as whoever made your logo knows them."),
        )
        self._add_logo = Button(_("Add the logo"), icon_name="plus", clicked=self.logo_wanted.emit)
        self._drop_logo = Button(_("Remove the logo"), "link", "trash", self._on_logo_dropped)
        self._said = VerdictLine()
        self._missing = Text("", "small")
        self.description = GrowingEdit(lines=2, cap=Cap.POST)
        self.save = Button(_("Save the picture"), "quiet", "download", self._on_save)
        self._copy = Button(_("Copy the picture"), "quiet", "copy", self._on_copy)
        self._copy_words = Button(_("Copy the description"), "link", "copy", self._on_copy_words)
        self.saving = Saving(bridge, files.open)
        inside = QWidget()
        inside.setLayout(
            column(
                Text(
                    _(
                        "A post with a picture is seen more. Ours are made from your chat: "
                        "nothing to draw, and the QR code leads straight to it."
                    ),
                    "small",
                ),
                FlowLayout(
                    self.preview,
                    _stack(
                        Field(_("For which place?"), self.shape),
                        Field(_("Design"), self.design),
                        Field(_("Colour"), self.colour),
                        self._own,
                        FlowLayout(self._add_logo, self._drop_logo),
                        self._said,
                    ),
                    spacing=theme.Space.INNER,
                ),
                self._missing,
                Field(
                    _("What the picture says, for those who do not see it"),
                    self.description,
                    _("On X, paste it under “Add description” of the picture."),
                ),
                FlowLayout(self.save, self._copy, self._copy_words),
                self.saving,
            )
        )
        self.fold = Fold(_("Your pictures, with their QR code"), inside)
        self.fold.unfolded.connect(self._draw)
        self._outdated = VerdictLine()
        self._outdated.hide()
        self.add(self._outdated, self.fold)
        self.shape.currentIndexChanged.connect(self._on_shape)
        self.design.activated.connect(self._on_chosen)
        self.colour.activated.connect(self._on_colour)
        self.own_colour.textChanged.connect(self._on_own_colour)
        self.description.textChanged.connect(self._on_described)

    def show_visual(self, chat: Chat, texts: Texts, when: When) -> None:
        """Show what the pictures of a chat say, and the choices made for them."""
        texts = with_own_texts(chat, texts)
        self._chat = chat
        outdated = are_outdated(chat, QUESTIONS_PICTURE)
        words = _("The questions have changed since you saved their picture: save it again.")
        self._outdated.say(words if outdated else "", "look")
        self._visual = visual_of(chat, texts, when)
        self._more = more_guests(self._visual, texts)
        self._texts = texts
        self._draft = look_of(chat)
        _choose(self.design, self._draft.design)
        known = self.colour.findData(self._draft.colour) >= 0
        if not known or not self.own_colour.hasFocus():
            _choose(self.colour, self._draft.colour if known else "")
        self._own.setVisible(not self.colour.currentData())
        if not known and not self.own_colour.hasFocus():
            self.own_colour.setText(self._draft.colour)
        self._add_logo.setVisible(self._draft.logo is None)
        self._drop_logo.setVisible(self._draft.logo is not None)
        self._show_words()
        self._draw()

    def _show_words(self) -> None:
        """Show the description of the chosen picture, and what is not on it yet."""
        if self._visual is None or self._texts is None:
            return
        shape = Shape(self.shape.currentData())
        visual = of_shape(self._visual, shape)
        self._proposed = described(visual, self._texts, LONGEST_ALT_TEXT)
        words = self._own_words or self._proposed
        if self.description.toPlainText() != words and not self.description.hasFocus():
            self.description.blockSignals(True)
            self.description.show_text(words)
            self.description.blockSignals(False)
        missing = missing_words(visual, with_questions=shape is Shape.QUESTIONS)
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))

    @property
    def _own_words(self) -> str:
        """The description of the chosen picture as it was typed, or ""."""
        of_questions = self.shape.currentData() == Shape.QUESTIONS
        return self._draft.questions_alt_text if of_questions else self._draft.alt_text

    def drawing(self, shape: Shape) -> Callable[[], QImage]:
        """What draws the picture of a shape in its full size, off the GUI thread."""
        ordered = self._ordered(shape)
        return QImage if ordered is None else ordered.image

    def show_logo(self, logo: QImage) -> None:
        """Show the logo's image, a null one for none."""
        self._logo = logo
        self._draw()

    def say(self, text: str, tone: Tone) -> None:
        """Say how choosing the logo went; "" takes it away."""
        if text != self._said.text:
            self._said.say(text, tone)
            announce(self, text)

    # --- the preview --------------------------------------------------------------------------

    def _ordered(self, shape: Shape | None = None) -> Ordered | None:
        if self._visual is None:
            return None
        colour = self._draft.colour if is_colour(self._draft.colour) else VisualDraft().colour
        shape = shape or Shape(self.shape.currentData())
        return Ordered(self._visual, shape, self._draft.design, colour, self._logo, self._more)

    def _draw(self) -> None:
        """Have the preview drawn if it is seen and no longer true; one at a time."""
        ordered = self._ordered()
        if not self.fold.is_open or self._is_drawing or ordered is None or ordered == self._shown:
            return
        self._is_drawing = True
        self._shown = ordered
        width = PREVIEW_WIDTHS[ordered.shape]
        self._bridge.run(
            self, lambda: ordered.image(width), self._on_drawn, lambda _error: self._on_drawn(None)
        )

    def _on_drawn(self, image: QImage | None) -> None:
        self._is_drawing = False
        words = self._own_words or self._proposed
        self.preview.show_image(QImage() if image is None else image, words)
        # What was chosen or typed meanwhile.
        self._draw()

    # --- what the person does -----------------------------------------------------------------

    def _edit(self, field: str = "", **changes: object) -> None:
        self._forget_saved()
        self.draft_edited.emit(replace(self._draft, **changes), field)  # type: ignore[arg-type]

    def _forget_saved(self) -> None:
        """Take away what was told of another picture."""
        self.saving.clear()
        self._said.say("", "well")

    def _on_shape(self) -> None:
        self._forget_saved()
        is_poster = self.shape.currentData() == Shape.POSTER
        self.save.setText(_("Save the poster (PDF)") if is_poster else _("Save the picture"))
        self._show_words()
        self._draw()

    def _on_chosen(self) -> None:
        self._edit(design=Design(self.design.currentData()))

    def _on_colour(self) -> None:
        colour = self.colour.currentData()
        self._own.setVisible(not colour)
        if colour:
            self._edit(colour=colour)
        else:
            self.own_colour.setText(self._draft.colour)
            self.own_colour.setFocus()
            self.own_colour.selectAll()

    def _on_own_colour(self, text: str) -> None:
        typed = text.strip().lower()
        typed = typed if typed.startswith("#") else f"#{typed}"
        if is_colour(typed):
            self._own.say("")
            if typed != self._draft.colour:
                self._edit("visual-colour", colour=typed)
        else:
            self._own.say(_("This is no colour yet. Example: #4b2e83"))

    def _on_logo_dropped(self) -> None:
        self._edit(logo=None)
        self._add_logo.setFocus()

    def _on_described(self) -> None:
        text = self.description.toPlainText()
        own = "" if text == self._proposed else text
        if self.shape.currentData() == Shape.QUESTIONS:
            self._edit("visual-questions-alt", questions_alt_text=own)
        else:
            self._edit("visual-alt", alt_text=own)

    def _on_save(self) -> None:
        ordered, chat, write = self._ordered(), self._chat, self._files.write_picture
        if ordered is None or chat is None:
            return
        is_poster = ordered.shape is Shape.POSTER
        export: Export[Ordered] = Export(
            N_("Save the picture"),
            N_("Save the poster") if is_poster else N_("Save the picture"),
            f"{_(FILE_STEMS[ordered.shape])} {_(DESIGNS[ordered.design])}",
            "pdf" if is_poster else "png",
            N_("Sheet to print") if is_poster else N_("Picture"),
            lambda made, path: write(made.content(), path),
        )
        of_questions = ordered.shape is Shape.QUESTIONS
        self.saving.save(
            export,
            ordered,
            chat,
            rehearsing=False,
            then=lambda: self.questions_saved.emit(asked_now(chat)) if of_questions else None,
        )

    def _on_copy(self) -> None:
        ordered = self._ordered()
        if ordered is not None:
            self._bridge.run(self, ordered.image, self._on_copied, self.saving.fail)

    def _on_copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self.say(_("Copied: paste it into your post."), "well")

    def _on_copy_words(self) -> None:
        QGuiApplication.clipboard().setText(self.description.toPlainText())
        self.say(_("The description is copied."), "well")


def _choices(items: dict[str, str] | dict[Shape, str] | dict[Design, str]) -> QuietComboBox:
    box = QuietComboBox()
    for value, words in items.items():
        box.addItem(_(words), value)
    return box


def _choose(box: QuietComboBox, value: str) -> None:
    box.setCurrentIndex(max(0, box.findData(value)))


def _stack(*parts: QWidget | FlowLayout) -> QWidget:
    stack = QWidget()
    stack.setLayout(column(*parts, None))
    return stack

"""The card of the pictures to share after the chat: a post, the figures, our thanks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.child_names import naming_children
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.picture_cards import CardKind, PictureCard
from tchat_desktop.domain.visuals import Shape
from tchat_desktop.services.material import Material
from tchat_desktop.services.recap_reader import RecapReader
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.recap.card_files import CardFiles
from tchat_desktop.ui.pages.recap.picture_pieces import DrawnCard
from tchat_desktop.ui.pages.shared.careful import may_save
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.pages.shared.saving import Export, Saving
from tchat_desktop.ui.visuals.cards import CARD_SHAPES
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.picture_box import PictureBox
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording import error_words
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import N_, _

_PREVIEW = (320, 320)
"""The sides of the box a picture is shown in, in pixels at a text scale of 1."""
_PREVIEW_WIDTH = 640
"""Pixels of the width of what is shown, which fills the box twice over."""
_SHAPES = {
    Shape.WIDE: N_("X, Facebook, a website (wide)"),
    Shape.SQUARE: N_("Instagram, a group (square)"),
}
_CHOSEN = 60
"""Letters of a post that are enough to know it again."""


@dataclass(frozen=True, slots=True)
class _Made:
    """The pictures of a recap, with the logo that is on them."""

    cards: tuple[PictureCard, ...]
    logo: QImage
    simulated: bool
    names: FirstNames


class PictureCards(Card):
    """Offers the pictures of the recap on screen; nothing is drawn while it is folded.

    What was typed as a description is kept as long as the picture says the same: the words of a
    post are kept nowhere after it was taken out or its author hidden. `look` shows what is to be
    looked at before a picture is saved.
    """

    look_wanted = Signal()
    """The design and colours are to be changed, where the pictures of the announcements are."""

    def __init__(
        self, bridge: Bridge, files: CardFiles, reader: RecapReader, look: Callable[[], None]
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._reader = reader
        self._files = files
        self._look = look
        self._told: tuple[Chat, Material] | None = None
        """What the pictures are to be of."""
        self._made_of: tuple[Chat, Material] | None = None
        self._made: _Made | None = None
        self._is_making = False
        self._waiting: Callable[[], None] | None = None
        """What was pressed while the pictures were not true."""
        self._cards: dict[str, PictureCard] = {}
        self._own: dict[str, tuple[str, str]] = {}
        """What was typed as the description of a picture, by its key, after what was proposed."""
        self._is_drawing = False
        self._shown: DrawnCard | None = None
        self.preview = PictureBox(*_PREVIEW)
        self.card = QuietComboBox()
        self.card.currentIndexChanged.connect(self._on_chosen)
        self.shape = QuietComboBox()
        for shape in CARD_SHAPES:
            self.shape.addItem(_(_SHAPES[shape]), shape)
        self.shape.currentIndexChanged.connect(self._on_chosen)
        self.description = GrowingEdit(lines=3, cap=Cap.POST)
        self.description.textChanged.connect(self._on_described)
        save, copy, words = self._on_save, self._on_copy, self._on_copy_words
        self.save = Button(
            _("Save the picture"), "quiet", "download", lambda: self._when_true(save)
        )
        self.copy = Button(_("Copy the picture"), "quiet", "copy", lambda: self._when_true(copy))
        self.copy_words = Button(
            _("Copy the description"), "link", "copy", lambda: self._when_true(words)
        )
        self._said = VerdictLine()
        self.saving = Saving(bridge, files.open)
        self.fold = Fold(_("Pictures to share: a post, the figures, thanks"), self._inside())
        self.fold.unfolded.connect(self._refresh)
        self.add(self.fold)

    def _inside(self) -> QWidget:
        choices = QWidget()
        choices.setLayout(
            column(
                Field(_("Which picture?"), self.card),
                Field(_("For which place?"), self.shape),
                Text(_("Design, colour and logo are those of your announcements."), "small"),
                row(
                    Button(_("Change the look"), "link", clicked=self.look_wanted.emit),
                    None,
                    spacing=0,
                ),
                None,
            )
        )
        inside = QWidget()
        inside.setLayout(
            column(
                Text(
                    _(
                        "One picture for each highlight, one with the figures, one to say thank "
                        "you. Somebody you hide is hidden here too."
                    ),
                    "small",
                ),
                FlowLayout(self.preview, choices, spacing=theme.Space.INNER),
                Field(
                    _("What the picture says, for those who do not see it"),
                    self.description,
                    _("Saved beside the picture. On X, paste it under “Add description”."),
                ),
                FlowLayout(self.save, self.copy, self.copy_words),
                self._said,
                self.saving,
            )
        )
        return inside

    def show_material(self, chat: Chat, material: Material) -> None:
        """Offer the pictures of the recap of a chat, in the look of its announcements."""
        self._told = (chat, material)
        self._refresh()

    # --- what there is to choose from ---------------------------------------------------------

    @property
    def is_true(self) -> bool:
        """Whether what is offered is what the recap says now."""
        if self._is_making or not (self._made and self._made_of and self._told):
            return False
        # A material is new when anything in it is: comparing its posts would take long.
        (of, material), (chat, now) = self._made_of, self._told
        return material is now and of == chat

    def _when_true(self, action: Callable[[], None]) -> None:
        """Do something once the pictures are those of now: nobody hidden since is on them."""
        if self.is_true:
            action()
        else:
            self._waiting = action
            self._refresh()

    def _refresh(self) -> None:
        """Have the pictures' words read, if they are seen and no longer true; one at a time."""
        told = self._told
        if told is None or not self.fold.is_open or self._is_making or self.is_true:
            return
        self._is_making = True
        self._made_of = told
        chat, material = told
        files, reader = self._files, self._reader

        def make() -> _Made:
            reading = reader.read(chat, material)
            recap = reading.recap(chat, NETWORK)
            names = reading.first_names
            return _Made(files.cards(recap), files.logo(chat), recap.simulated, names)

        self._bridge.run(self, make, self._on_made, self._on_not_made)

    def _on_made(self, made: _Made) -> None:
        self._is_making = False
        self._made = made
        self._cards = {card.key: card for card in made.cards}
        self._own = {
            key: kept
            for key, kept in self._own.items()
            if key in self._cards and self._cards[key].alt_text == kept[0]
        }
        self._offer()
        self._show_words()
        self._draw()
        # What was changed meanwhile.
        self._refresh()
        if self.is_true and self._waiting is not None:
            action, self._waiting = self._waiting, None
            action()

    def _on_not_made(self, error: Exception) -> None:
        self._is_making = False
        self._made, self._waiting = None, None
        self._say(error_words.sentence(error), well=False)

    def _offer(self) -> None:
        """List the pictures there are; the one that was chosen stays so."""
        offered = [(_choice_words(card), card.key) for card in self._cards.values()]
        shown = range(self.card.count())
        if offered == [(self.card.itemText(at), self.card.itemData(at)) for at in shown]:
            return
        chosen = self.card.currentData()
        self.card.blockSignals(True)
        self.card.clear()
        for words, key in offered:
            self.card.addItem(words, key)
        self.card.setCurrentIndex(max(0, self.card.findData(chosen)) if offered else -1)
        self.card.blockSignals(False)
        for button in (self.save, self.copy, self.copy_words):
            button.setEnabled(bool(offered))

    @property
    def _chosen(self) -> PictureCard | None:
        return self._cards.get(self.card.currentData() or "")

    def _ordered(self) -> DrawnCard | None:
        card = self._chosen
        if card is None or self._made is None or self._made_of is None:
            return None
        shape = Shape(self.shape.currentData())
        return DrawnCard.of(card, shape, self._made_of[0], self._made.logo)

    # --- the preview --------------------------------------------------------------------------

    def _draw(self) -> None:
        """Have the preview drawn if it is seen and no longer true; one at a time."""
        ordered = self._ordered()
        if ordered is None:
            self._shown = None
            self.preview.show_image(None, "")
        if ordered is None or self._is_drawing or ordered == self._shown:
            return
        self._is_drawing = True
        self._shown = ordered
        self._bridge.run(
            self,
            lambda: ordered.image(_PREVIEW_WIDTH),
            self._on_drawn,
            lambda _error: self._on_drawn(QImage()),
        )

    def _on_drawn(self, image: QImage) -> None:
        self._is_drawing = False
        self.preview.show_image(image, self.description.toPlainText())
        # What was chosen or typed meanwhile.
        self._draw()

    def _show_words(self) -> None:
        card = self._chosen
        words = "" if card is None else self._own.get(card.key, ("", card.alt_text))[1]
        if self.description.toPlainText() != words:
            self.description.blockSignals(True)
            self.description.show_text(words)
            self.description.blockSignals(False)

    # --- what the person does -----------------------------------------------------------------

    def _on_chosen(self) -> None:
        self.saving.clear()
        self._say("")
        self._show_words()
        self._draw()

    def _on_described(self) -> None:
        card, text = self._chosen, self.description.toPlainText()
        if card is None:
            return
        if text == card.alt_text or not text.strip():
            self._own.pop(card.key, None)
        else:
            self._own[card.key] = (card.alt_text, text)

    def _may_leave(self, card: PictureCard) -> bool:
        """Whether a picture may leave, after asking where it may tell who somebody is."""
        assert self._made is not None
        if words := blank_words(card.kicker):
            self.saving.refuse(words)
            return False
        return self._may_say(card, card.text, card.kicker, self.description.toPlainText())

    def _may_say(self, card: PictureCard, *said: str) -> bool:
        """Whether these words of a picture may leave, after asking where they may tell of a child.

        What the organiser found harmless in a post is asked of no more.
        """
        assert self._made is not None
        own = () if card.kind is CardKind.QUOTE else said
        typed = self._own.get(card.key, ("", ""))[1]
        told = naming_children(dict.fromkeys((*own, typed)))
        doubtful = (card.text,) if card.doubtful else ()
        return may_save(self, (*doubtful, *told), self._made.names.left_in(said), self._look)

    def _on_save(self) -> None:
        ordered, made, made_of = self._ordered(), self._made, self._made_of
        if ordered is None or made is None or made_of is None:
            return
        card, files = ordered.card, self._files
        if not self._may_leave(card):
            return
        words = self.description.toPlainText().strip() or card.alt_text
        export: Export[DrawnCard] = Export(
            N_("Save the picture"),
            N_("Save the picture"),
            ordered.stem,
            "png",
            N_("Picture"),
            lambda made, path: made.save(files, words, path),
        )
        self._say("")
        self.saving.save(export, ordered, made_of[0], made.simulated)

    def _on_copy(self) -> None:
        ordered = self._ordered()
        if ordered is not None and self._may_leave(ordered.card):
            self._bridge.run(self, ordered.image, self._on_copied, self.saving.fail)

    def _on_copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._say(_("Copied: paste it into your post."))

    def _on_copy_words(self) -> None:
        card = self._chosen
        if card is None or not self._may_say(card, self.description.toPlainText()):
            return
        QGuiApplication.clipboard().setText(self.description.toPlainText())
        self._say(_("The description is copied."))

    def _say(self, text: str, *, well: bool = True) -> None:
        if text != self._said.text:
            self._said.say(text, "well" if well else "stop")
            announce(self, text)


def _choice_words(card: PictureCard) -> str:
    """What a picture is called where one is chosen."""
    if card.kind is CardKind.FIGURES:
        return _("The figures")
    if card.kind is CardKind.THANKS:
        return _("Thanks")
    return f"{card.name} – {beginning(' '.join(card.text.split()), _CHOSEN)}"

"""The pictures of a recap as files: what is drawn, and the description beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from tchat_desktop.domain.chat import Chat, Design, VisualDraft
from tchat_desktop.domain.picture_cards import CardKind, PictureCard
from tchat_desktop.domain.visuals import Shape, is_colour, look_of
from tchat_desktop.ui.pages.recap.card_files import CardFiles
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.visuals.cards import card_picture
from tchat_desktop.ui.visuals.rendering import png
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import N_, _

_STEMS = {
    CardKind.QUOTE: N_("picture quote"),
    CardKind.FIGURES: N_("picture figures"),
    CardKind.THANKS: N_("picture thanks"),
}


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """A picture as it is wanted."""

    card: PictureCard
    shape: Shape
    design: Design
    colour: str
    logo: QImage

    @classmethod
    def of(cls, card: PictureCard, shape: Shape, chat: Chat, logo: QImage) -> DrawnCard:
        """A picture in the look of the announcements of a chat."""
        draft = look_of(chat)
        colour = draft.colour if is_colour(draft.colour) else VisualDraft().colour
        return cls(card, shape, draft.design, colour, logo)

    def image(self, width: int = 0) -> QImage:
        """The picture, in its full size or so many pixels wide. Slow."""
        return card_picture(self.card, self.shape, self.design, self.colour, self.logo, width)

    @property
    def stem(self) -> str:
        """What its file is called, without the chat."""
        shape = _("wide") if self.shape is Shape.WIDE else _("square")
        return f"{_(_STEMS[self.card.kind])} {shape} {beginning(self.card.name, 30)}"

    def save(self, files: CardFiles, words: str, path: Path) -> Path:
        """Write it with its description beside it; returns its path. Slow; raises OSError."""
        card = self.card
        beside = f"{words}\n\n{card.address}\n" if card.address else f"{words}\n"
        return files.write(png(self.image()), beside, path)


def all_pictures(cards: tuple[PictureCard, ...], chat: Chat, logo: QImage) -> Iterator[DrawnCard]:
    """Every picture of a recap in the shape that fits most places; none with a blank in it."""
    for card in cards:
        if not blank_words(card.kicker):
            yield DrawnCard.of(card, Shape.WIDE, chat, logo)

"""What the pictures of a recap need from outside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.picture_cards import PictureCard
from tchat_desktop.domain.recap import Recap


@dataclass(frozen=True, slots=True)
class CardFiles:
    """All of them read or write the disk, so they are called off the GUI thread."""

    cards: Callable[[Recap], tuple[PictureCard, ...]]
    """Returns what the pictures of a recap say; may raise OSError."""
    logo: Callable[[Chat], QImage]
    """Returns the organisation's logo, a null image where there is none."""
    write: Callable[[bytes, str, Path], Path]
    """Writes a picture (PNG) and its description beside it, returns the path of the picture.

    Either both are there or neither is new; may raise OSError."""
    open: Callable[[Path], bool]
    """Opens a file or folder with the system's program; returns False when nothing opened."""

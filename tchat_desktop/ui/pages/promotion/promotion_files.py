"""What is done outside of the window with what comes out of the promotion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.promotion import Reminder
from tchat_desktop.ui.pages.shared.saving import Export


@dataclass(frozen=True, slots=True)
class PromotionFiles:
    """How pictures and reminders are saved, and what opens them."""

    write_picture: Callable[[bytes, Path], Path]
    """Writes a file whole, off the GUI thread, and returns its path; may raise OSError."""
    reminders: Export[tuple[Chat, tuple[Reminder, ...]]]
    sheet: Export[tuple[Chat, bool]]
    """The page for the public of a chat, with its questions or without."""
    mail_draft: Export[Letter]
    """The e-mail to the contacts, without a recipient: the mail program knows them."""
    press: Export[Letter]
    """The text for the press."""
    mail_fits: Callable[[Letter], bool]
    """Returns whether every system passes the whole letter on to the mail program; at once."""
    open_mail: Callable[[Letter], bool]
    """Opens a letter without a recipient in the mail program; False if none opened."""
    open: Callable[[Path], bool]
    """Opens a file or folder with the system's program; returns False when nothing opened."""

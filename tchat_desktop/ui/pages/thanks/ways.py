"""The ways out of the page of thanks: pages of X, the mail program, the hour that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tchat_desktop.domain.chat import Person
from tchat_desktop.domain.letters import Letter
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.material_watch import Former


@dataclass(frozen=True, slots=True)
class ThanksWays:
    """How a word of thanks reaches somebody."""

    post_page: Callable[[str], str]
    """The page of X that publishes a text. Raises ValueError for one that is too long."""
    reply_page: Callable[[str, str], str]
    """The page of X that answers with a text the post of an id. Raises ValueError."""
    mail_fits: Callable[[Person, Letter], bool]
    """Whether every system passes the whole letter on to the mail program; at once."""
    open_mail: Callable[[Person, Letter], bool]
    """Opens the letter in the mail program; False if none opened. Called off the GUI thread."""
    save_mail: Callable[[Person, Letter, Path], Path]
    """Writes the letter as a draft (.eml). Called off the GUI thread; may raise OSError."""
    former: Former
    """The earlier editions. Called off the GUI thread."""
    hour: Callable[[], HourPort | None]
    """The real hour where it is open with keys, which then sends replies; else None."""

"""The card that saves the plan of the day, to print and have beside the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tchat_desktop.domain.chat import Chat
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.shared.paper_card import PaperCard
from tchat_desktop.ui.pages.shared.saving import Export
from tchat_desktop.wording.i18n import _


@dataclass(frozen=True, slots=True)
class DayPlanFiles:
    """How the plan is saved, and what opens it."""

    exports: tuple[Export[Chat], ...]
    open: Callable[[Path], bool]
    """Opens a file or folder with the system's program; returns False when nothing opened."""


def day_plan_card(bridge: Bridge, files: DayPlanFiles) -> PaperCard[Chat]:
    """The card that offers the plan of the chat that is shown."""
    return PaperCard(
        bridge,
        files.exports,
        files.open,
        lambda chat: chat,
        _("On paper too"),
        _(
            "The hour minute by minute, who does what, your prepared answers and the texts "
            "for an emergency: print it, and have it beside you if a screen fails."
        ),
    )

"""Something to tick off, as a pill: the check mark tells what is done before any colour does."""

from __future__ import annotations

from collections.abc import Callable

from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.widgets.buttons import Button


class Tick(Button):
    """A pill that is ticked or not; `clicked` tells that the person pressed it."""

    def __init__(
        self, text: str, clicked: Callable[[], object] | None = None, name: str = ""
    ) -> None:
        super().__init__(text, "filter", "circle", clicked, name)
        self.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    def _on_toggled(self, ticked: bool) -> None:
        colours = theme.tokens()
        colour = colours.plum if ticked else colours.muted
        self.setIcon(icon("check" if ticked else "circle", colour))

"""A button that stays pressed for as long as what it does is so."""

from __future__ import annotations

from collections.abc import Callable

from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button, ButtonKind


class Toggle(Button):
    """Shows whether it is pressed as it is told by `setChecked`, never by a press alone.

    A press may only ask, or fail; a screen reader hears what is so.
    """

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "quiet",
        icon_name: str = "",
        clicked: Callable[[], object] | None = None,
        name: str = "",
    ) -> None:
        super().__init__(text, kind, icon_name, clicked, name)
        self.setCheckable(True)
        roles.give(self, "toggle")

    def nextCheckState(self) -> None:
        """Stay as told."""

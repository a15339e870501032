"""First names of hidden people that others wrote: each is offered to be hidden as well."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tchat_desktop.domain.first_names import NameLeft
from tchat_desktop.ui.pages.shared.careful import left_words
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _


class NamesLeft(HintNotice):
    """Shows one name at a time: once it is hidden, the next one is shown.

    `hide_wanted` is emitted with the name, or `another_wanted` when it is somebody else's.
    """

    hide_wanted = Signal(str)
    another_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._first = ""
        self.hide_it = Button("", clicked=self._on_hide)
        self.another = Button(_("It is somebody else"), "link", clicked=self._on_another)
        """Stands below, and is there as long as a name is asked about."""
        self.another.hide()
        self.say("", "look", self.hide_it)

    def show_names(self, left: tuple[NameLeft, ...]) -> None:
        """Show the first of these names; nothing when there is none."""
        self._first = left[0].name if left else ""
        self.hide_it.show_text(_("Hide “{name}”").format(name=beginning(self._first, 20)))
        self.say(left_words(left[0]) if left else "", "look")
        self.another.setAccessibleName(_("“{name}” is somebody else").format(name=self._first))
        self.another.setVisible(bool(left))

    def _on_another(self) -> None:
        self.another_wanted.emit(self._first)

    def _on_hide(self) -> None:
        self.hide_wanted.emit(self._first)

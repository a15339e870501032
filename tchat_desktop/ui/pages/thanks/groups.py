"""The groups of people above the list of who is to be thanked, of which one is shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from tchat_desktop.domain.thanks import Participant, ThanksGroup
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.radio import goes_to_other, stop_at_chosen
from tchat_desktop.wording.i18n import N_, _, pgettext

_WORDS = {
    ThanksGroup.GUESTS: N_("Guests"),
    ThanksGroup.TEAM: N_("Team"),
    ThanksGroup.ACTIVE: N_("Most active"),
    ThanksGroup.NEWCOMERS: N_("First time"),
}


class _Choice(Button):
    """One group; an arrow chooses the one beside it."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "filter", name=name)
        roles.give(self, "radio")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not goes_to_other(self, event):
            super().keyPressEvent(event)


class GroupFilter(QWidget):
    """Everybody, or one group; a group that nobody belongs to is not offered."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        words: dict[ThanksGroup | None, str] = {None: pgettext("filter", "All")}
        words |= {group: _(said) for group, said in _WORDS.items()}
        self._words = words
        self._buttons = {group: _Choice(said) for group, said in words.items()}
        for button in self._buttons.values():
            self._group.addButton(button)
        self._buttons[None].setChecked(True)
        self.setLayout(FlowLayout(*self._buttons.values(), spacing=theme.Space.NEAR))
        roles.give(self, "radiogroup", _("Whom to show"))
        stop_at_chosen(self._group)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def chosen(self) -> ThanksGroup | None:
        """The group that is shown; None for everybody."""
        return next(group for group, button in self._buttons.items() if button.isChecked())

    def button(self, group: ThanksGroup | None) -> Button:
        """The button of a group, or of everybody."""
        return self._buttons[group]

    def show_people(self, people: Iterable[Participant]) -> None:
        """Offer the groups of these people, with how many belong to each."""
        everybody = tuple(people)
        for group, button in self._buttons.items():
            count = sum(group is None or group in one.groups for one in everybody)
            if group is not None and not count and button.isChecked():
                self._buttons[None].setChecked(True)
            button.setVisible(group is None or count > 0)
            button.show_text(f"{self._words[group]} ({count})")
        self.setVisible(any(one.groups for one in everybody))
        stop_at_chosen(self._group)

    def _on_clicked(self) -> None:
        stop_at_chosen(self._group)
        self.changed.emit()

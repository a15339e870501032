"""A window with one thing of each role, for the accessibility bus to tell of."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording import i18n


def main() -> int:
    """Show the window until the process is ended."""
    qt = QApplication(sys.argv)
    i18n.activate("fr")
    roles.install(qt)
    window, steps, cards = QWidget(), QWidget(), QWidget()
    window.setWindowTitle("Roles")
    layout = QVBoxLayout(window)
    layout.addWidget(cards)
    layout.insertWidget(0, steps)
    layout.insertWidget(0, Text("Les questions", "title"))
    roles.give(steps, "tablist", "Étapes")
    roles.give(cards, "list", "Liste")
    row, column = QVBoxLayout(steps), QVBoxLayout(cards)
    for place, name in enumerate(("Une étape", "Autre étape"), 1):
        tab = Button(name)
        tab.setCheckable(True)
        tab.setAutoExclusive(True)
        tab.setChecked(place == 1)
        roles.give(tab, "tab", position=(place, 2))
        row.addWidget(tab)
    for place, name in enumerate(("Une carte", "Autre carte"), 1):
        card = Card()
        card.add(Text("Dedans"))
        roles.give(card, "listitem", name, (place, 2))
        column.addWidget(card)
    field = Field("Votre tag", LineEdit(Cap.NAME))
    layout.addWidget(field)
    window.show()
    field.say("Un tag n’a pas d’espace.", "stop")
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())

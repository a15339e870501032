"""What says that something is done lies over nothing to press, and over texts only if it must."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.toast import ABOVE, Toast


def shown_over(qtbot: QtBot, *things: tuple[QWidget, tuple[int, int, int, int]]) -> Toast:
    """A sentence over a window of 1200×700 with these things at these places."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 700)
    for thing, place in things:
        thing.setParent(window)
        thing.setGeometry(*place)
    toast = Toast(window)
    window.show()
    QApplication.processEvents()
    toast.show_briefly("Annulé : le jour.")
    # Its parent would be gone with the last name for it.
    toast.kept = window  # type: ignore[attr-defined]
    return toast


def test_over_an_empty_window_it_is_low_and_in_the_middle(qtbot: QtBot) -> None:
    toast = shown_over(qtbot)
    assert toast.geometry().bottom() == 700 - ABOVE - 1
    assert abs(toast.geometry().center().x() - 600) <= 1


def test_it_lies_over_no_text_where_there_is_another_place(qtbot: QtBot) -> None:
    button, hours = Button("Répondre"), Text("20 h 20  Encouragement")
    toast = shown_over(qtbot, (button, (100, 560, 700, 60)), (hours, (820, 540, 360, 120)))
    for one in (button, hours):
        assert not toast.geometry().intersects(one.geometry())


def test_where_texts_are_everywhere_it_is_over_few_and_presses_nothing(qtbot: QtBot) -> None:
    button = Button("Répondre")
    lines = [(Text(f"Ligne {n}"), (0, n * 20, 1200, 20)) for n in range(35)]
    toast = shown_over(qtbot, (button, (0, 560, 1200, 40)), *lines)
    assert not toast.geometry().intersects(button.geometry())

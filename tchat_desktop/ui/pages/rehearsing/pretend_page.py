"""What every fictitious page has at the same place: the way out above, what publishes below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.steady_button import SteadyButton
from tchat_desktop.ui.widgets.text import ElidedText
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _


class PretendPage(QWidget):
    """A page of the fictitious browser: above its title and the way out, below what publishes.

    Each kind of button has one place on all of them, so that no hand that knows one page presses
    the wrong button of another. What is said stands above these last, and moves none of them.
    """

    closed = Signal()
    """Emitted when the page is to be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.way_out = Button(
            _("Close"), "link", clicked=self.closed.emit, name=_("Close this page")
        )
        self._trouble = VerdictLine()
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(theme.px(theme.Space.NEAR))
        self._layout.setContentsMargins(0, 0, 0, 0)

    def stand(self, first: QWidget | str, inner: QWidget, *foot: QWidget) -> None:
        """Place everything: `first`, or a title, beside the way out; `foot` below `inner`."""
        head = ElidedText(first, "strong") if isinstance(first, str) else first
        above = row(head, self.way_out)
        above.setStretch(0, 1)
        self._layout.addLayout(above)
        self._layout.addWidget(inner, 1)
        for one in (self._trouble, *foot):
            self._layout.addWidget(one)

    def network_back(self) -> None:
        """Say no more that there is no network: it was repaired."""
        self._trouble.say("", "stop")


def no_network_words() -> str:
    """Return what every fictitious page says while the simulated network is lost."""
    return _(
        "No network: the page does not answer. Nothing is lost. “Repair the network” is in the "
        "window of the chat."
    )


def publishing(button: SteadyButton, *beside: QWidget) -> QWidget:
    """Return the row of a button that publishes on a fictitious page; it wants a meant press."""
    # A page that comes to the front by itself must not be posted by a press meant for another.
    button.take_time()
    foot = QWidget()
    foot.setLayout(row(button, *beside, None))
    return foot


def as_page(card: Card) -> QWidget:
    """Return a page of the fictitious browser; it scrolls when the text is large."""
    area = SteadyScrollArea()
    inner = QWidget()
    inner.setObjectName("page")
    inner.setLayout(column(card, None))
    area.setWidget(inner)
    return area

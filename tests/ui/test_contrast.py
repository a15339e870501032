"""What can be read, pressed and filled in stands out: measured from the pixels that are painted.

The colours of the style sheet are not enough to know: a style mixes them, halves them and draws
over them.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QProgressBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tchat_desktop.ui import theme
from tchat_desktop.ui.theme import Tokens
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard
from tchat_desktop.ui.widgets.choice import WideChoice
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.focus_ring import FocusRing
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox, QuietSpinBox
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Chip, Text, TextKind
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictLine
from tests.ui.test_theme import contrast

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SCALE = 2.0
"""Large enough for a stroke to have pixels of its full colour."""
TEXT, EDGE = 4.5, 3.0
"""The least contrast of WCAG 2, 1.4.3 and 1.4.11."""
TONES = ("well", "look", "stop", "plum", "plain")
EVERY_LOOK = pytest.mark.parametrize("tokens", theme.ALL, ids=lambda one: one.name)
ON_BOTH = pytest.mark.parametrize("ground", ["sand", "paper"])


class Stage:
    """Shows a widget on a ground, and looks at what was painted."""

    def __init__(self, qtbot: QtBot, tokens: Tokens, ground: str) -> None:
        theme.apply(tokens, SCALE)
        self.ground = getattr(tokens, ground)
        self.window = QWidget()
        self._qtbot = qtbot
        self._taken: QImage | None = None
        palette = QPalette(self.window.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(self.ground))
        self.window.setPalette(palette)
        self.window.setAutoFillBackground(True)
        self._layout = QVBoxLayout(self.window)
        self._layout.setContentsMargins(40, 40, 40, 40)
        qtbot.addWidget(self.window)
        self.window.resize(900, 300)

    def show(self, *widgets: QWidget) -> None:
        """Put the widgets on the stage; nothing has the keyboard."""
        for widget in widgets:
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        self.window.show()
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)
        if (at := QApplication.focusWidget()) is not None:
            at.clearFocus()
        QApplication.processEvents()

    def _seen(self) -> QImage:
        """The picture, taken once nothing changes any more."""
        if self._taken is None:
            self._taken = self.picture()
        return self._taken

    def picture(self) -> QImage:
        """What is painted now."""
        return self.window.grab().toImage()

    def place(self, widget: QWidget, inset: int = 0) -> QRect:
        where = QRect(widget.mapTo(self.window, QPoint(0, 0)), widget.size())
        return where.adjusted(inset, inset, -inset, -inset)

    def text(self, widget: QWidget, inset: int = 8) -> float:
        """How much the words, or the icon, stand out from what they are painted on."""
        return self.contrast_in(self.place(widget, inset))

    def contrast_in(self, where: QRect) -> float:
        """How much something in a place stands out from the colour there is most of."""
        colours = Tally(_pixels(self._seen(), where))
        ground = colours.most_common(1)[0][0]
        return max(contrast(ground, one) for one in colours)

    def edge(self, widget: QWidget) -> float:
        """How much the left edge, at half the height, stands out from the ground around."""
        where = self.place(widget)
        strip = QRect(where.left(), where.center().y(), 4, 1)
        return max(contrast(self.ground, one) for one in _pixels(self._seen(), strip))


def _pixels(image: QImage, where: QRect) -> list[str]:
    inside = image.copy(where & image.rect()).convertToFormat(QImage.Format.Format_RGB32)
    # A picture of 32 bits a pixel has no bytes between its rows.
    return [f"#{one & 0xFFFFFF:06x}" for one in memoryview(inside.constBits()).cast("I")]


BUTTONS: dict[str, Callable[[], Button]] = {
    "primary": lambda: Button("Continuer", "primary"),
    "quiet": lambda: Button("Modifier"),
    "danger": lambda: Button("Suspendre", "danger"),
    "link": lambda: Button("Notes", "link"),
    "plain": lambda: Button("Répondre", "plain"),
    "icon": lambda: Button("Supprimer", "icon", "trash"),
    "filter": lambda: Button("Tout 86", "filter"),
    "tick": lambda: Tick("Remercié"),
}
EDGED = ("primary", "quiet", "danger", "filter")


@EVERY_LOOK
@ON_BOTH
@pytest.mark.parametrize("state", ["plain", "disabled", "checked"])
def test_a_button_can_be_read_and_seen(
    qtbot: QtBot, tokens: Tokens, ground: str, state: str
) -> None:
    stage = Stage(qtbot, tokens, ground)
    buttons = {kind: make() for kind, make in BUTTONS.items()}
    for button in buttons.values():
        button.setChecked(state == "checked")
        button.setEnabled(state != "disabled")
    stage.show(*buttons.values())
    for kind, button in buttons.items():
        # What cannot be pressed and has no words is quieter than what can.
        least = EDGE if (kind, state) == ("icon", "disabled") else TEXT
        assert stage.text(button) >= least, kind
        if kind in EDGED and state != "disabled":
            assert stage.edge(button) >= EDGE, kind


@EVERY_LOOK
def test_what_cannot_be_pressed_looks_unlike_what_can(qtbot: QtBot, tokens: Tokens) -> None:
    stage = Stage(qtbot, tokens, "paper")
    buttons = [make() for kind, make in BUTTONS.items() if kind not in ("plain", "filter")]
    stage.show(*buttons)
    can = stage.picture()
    for button in buttons:
        button.setEnabled(False)
    QApplication.processEvents()
    cannot = stage.picture()
    for button in buttons:
        where = stage.place(button)
        assert can.copy(where) != cannot.copy(where), button.text()


@EVERY_LOOK
@ON_BOTH
def test_the_square_of_a_tick_is_seen(qtbot: QtBot, tokens: Tokens, ground: str) -> None:
    stage, ticks = Stage(qtbot, tokens, ground), [Tick("Je l’ai lu"), Tick("Remercié")]
    ticks[1].setChecked(True)
    stage.show(*ticks)
    image = stage.picture()
    for tick in ticks:
        where = stage.place(tick)
        square = QRect(where.left() + 4, where.center().y(), theme.px(8), 1)
        assert max(contrast(stage.ground, one) for one in _pixels(image, square)) >= EDGE


def _line(text: str = "") -> LineEdit:
    line = LineEdit()
    line.setPlaceholderText("https://x.com/…")
    line.setText(text)
    return line


def _area(text: str = "") -> GrowingEdit:
    area = GrowingEdit(text)
    area.setPlaceholderText("Bonjour et bienvenue")
    return area


def _combo(text: str = "") -> QuietComboBox:
    combo = QuietComboBox()
    combo.setPlaceholderText("Choisir une ville")
    combo.addItem("Dakar, Sénégal")
    combo.setCurrentIndex(0 if text else -1)
    return combo


def _spin(_text: str = "") -> QuietSpinBox:
    return QuietSpinBox(1, 60, " min")


FIELDS: dict[str, Callable[[str], QWidget]] = {
    "line": _line,
    "area": _area,
    "combo": _combo,
    "spin": _spin,
}


@EVERY_LOOK
@ON_BOTH
@pytest.mark.parametrize("state", ["empty", "filled", "problem", "disabled", *FIELDS])
def test_a_field_can_be_read_and_seen(
    qtbot: QtBot, tokens: Tokens, ground: str, state: str
) -> None:
    """The state is that of all fields, or says which of them has the keyboard."""
    stage = Stage(qtbot, tokens, ground)
    editors = {kind: make("" if state == "empty" else "Dakar") for kind, make in FIELDS.items()}
    fields = [Field("Sujet", editor) for editor in editors.values()]
    stage.show(*fields)
    for field, editor in zip(fields, editors.values(), strict=True):
        editor.setEnabled(state != "disabled")
        if state == "problem":
            field.say("Il manque un sujet.", "stop")
    if state in FIELDS:
        editors[state].setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    for kind, editor in editors.items():
        # The half with the words: at the end there may be an arrow.
        words = stage.place(editor, 10)
        words.setWidth(words.width() // 2)
        assert stage.contrast_in(words) >= TEXT, kind
        if state != "disabled":
            assert stage.edge(editor) >= EDGE, kind


@EVERY_LOOK
@ON_BOTH
def test_a_choice_can_be_read_and_seen(qtbot: QtBot, tokens: Tokens, ground: str) -> None:
    stage = Stage(qtbot, tokens, ground)
    choices = [WideChoice("Par le navigateur", "Sans clé."), WideChoice("Avec des clés", "")]
    choices[1].setChecked(True)
    stage.show(*choices)
    for choice in choices:
        assert stage.text(choice) >= TEXT
        assert stage.edge(choice) >= EDGE


@EVERY_LOOK
@ON_BOTH
def test_what_is_said_can_be_read(qtbot: QtBot, tokens: Tokens, ground: str) -> None:
    stage = Stage(qtbot, tokens, ground)
    said: list[QWidget] = [
        make(words, tone)
        for make, words in (
            (Chip, "Bon rythme"),
            (HintNotice, "Deux minutes d’avance."),
            (VerdictLine, "C’est le bon nombre."),
        )
        for tone in TONES
    ]
    stage.show(*said)
    for widget in said:
        assert stage.text(widget) >= TEXT, type(widget).__name__


@EVERY_LOOK
@ON_BOTH
def test_the_quietest_words_can_be_read(qtbot: QtBot, tokens: Tokens, ground: str) -> None:
    stage = Stage(qtbot, tokens, ground)
    kinds: tuple[TextKind, ...] = ("counter", "section", "small", "lead", "advice")
    quiet = [Text("reste 188 sur 280", kind) for kind in kinds]
    advice = AdviceCard("Soyez libre", "Une heure avant, une heure après.")
    stage.show(*quiet, advice)
    for one in (*quiet, advice):
        assert stage.text(one, inset=0) >= TEXT, one


@EVERY_LOOK
def test_the_handle_of_the_scroll_bar_is_seen_while_it_scrolls(
    qtbot: QtBot, tokens: Tokens
) -> None:
    stage, area, tall = Stage(qtbot, tokens, "sand"), SteadyScrollArea(), QWidget()
    tall.setFixedHeight(2000)
    area.setWidget(tall)
    area.setFixedSize(400, 200)
    stage.show(area)
    area.verticalScrollBar().setValue(40)
    bar = stage.place(area)
    bar.setLeft(bar.right() - theme.px(12))
    assert max(contrast(stage.ground, one) for one in _pixels(stage.picture(), bar)) >= EDGE


@EVERY_LOOK
def test_a_bar_at_the_beginning_looks_empty_and_one_at_the_end_full(
    qtbot: QtBot, tokens: Tokens
) -> None:
    stage, bar = Stage(qtbot, tokens, "paper"), QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, 10)
    stage.show(bar)
    middle = stage.place(bar).center()

    def seen(done: int) -> str:
        bar.setValue(done)
        QApplication.processEvents()
        return stage.picture().pixelColor(middle).name()

    empty, full = seen(0), seen(10)
    assert contrast(empty, full) >= EDGE
    # What is not done yet is nearer to the ground than what is.
    assert contrast(empty, stage.ground) < contrast(full, stage.ground)


@EVERY_LOOK
@ON_BOTH
def test_where_the_keyboard_is_can_be_seen(
    qtbot: QtBot, qapp: QApplication, tokens: Tokens, ground: str
) -> None:
    stage, ring = Stage(qtbot, tokens, ground), FocusRing(qapp)
    buttons = [make() for make in BUTTONS.values()]
    fields = [make("Dakar") for make in FIELDS.values()]
    stage.show(*buttons, *fields)
    without = stage.picture()
    ring.tabbing(True)
    for widget in (*buttons, *fields):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        where = stage.place(widget, -4)
        for side in (
            QRect(where.left(), where.center().y(), 8, 1),
            QRect(where.right() - 7, where.center().y(), 8, 1),
            QRect(where.center().x(), where.top(), 1, 8),
            QRect(where.center().x(), where.bottom() - 7, 1, 8),
        ):
            pairs = zip(_pixels(without, side), _pixels(stage.picture(), side), strict=True)
            new = [now for was, now in pairs if was != now]
            seen = [one for one in new if contrast(stage.ground, one) >= EDGE]
            # A ring, or an edge that is thicker than before and of another colour.
            assert len(seen) >= (2 if widget in buttons else 1), widget
    ring.tabbing(False)
    ring.deleteLater()

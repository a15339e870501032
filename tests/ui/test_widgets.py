"""The small widgets every screen is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QEnterEvent, QIcon, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.avatar import Avatar, initials
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, Notice, row
from tchat_desktop.ui.widgets.choice import WideChoice
from tchat_desktop.ui.widgets.clock_text import ClockText
from tchat_desktop.ui.widgets.empty_state import DrawingName, EmptyState
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.focus_ring import FocusRing
from tchat_desktop.ui.widgets.picture import Drawing
from tchat_desktop.ui.widgets.post_edit import Counter, GrowingEdit, PostEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox, QuietSpinBox
from tchat_desktop.ui.widgets.scroll import SteadyScrollArea
from tchat_desktop.ui.widgets.text import Chip, ElidedText, Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.tool_tip import tip_of
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictChip
from tests.ui.events import deliver
from tests.ui.keyboard import press, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MARKUP = "<b>gras</b> & <img src=x onerror=y> &amp;"


def on_screen(qtbot: QtBot, *widgets: QWidget, width: int = 600) -> QWidget:
    """A window with the widgets below each other."""
    window = QWidget()
    layout = QVBoxLayout(window)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    window.resize(width, 400)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.processEvents()
    # qtbot knows it by a weak reference only.
    qtbot.window_kept = window  # type: ignore[attr-defined]
    return window


def heard(widget: QWidget) -> str:
    """The name a screen reader says."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


# --- texts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [Text, Chip, lambda text: ElidedText(text, "strong")])
def test_what_people_wrote_is_never_taken_for_markup(qtbot: QtBot, make: type[QLabel]) -> None:
    label = make(MARKUP)
    on_screen(qtbot, label, width=900)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == MARKUP


def test_buttons_show_an_ampersand_as_it_is(qtbot: QtBot) -> None:
    button = Button("Écoles & santé")
    on_screen(qtbot, button)
    assert button.text() == "Écoles && santé"
    assert heard(button) == "Écoles & santé"
    button.show_text("Filles & droits")
    assert heard(button) == "Filles & droits"
    assert button.shortcut().isEmpty()


def test_text_wraps_rather_than_widens(qtbot: QtBot) -> None:
    text = Text("Un mot après l’autre. " * 30)
    window = on_screen(qtbot, text, width=300)
    assert text.width() <= 300
    assert text.height() >= text.heightForWidth(text.width())
    assert window.width() == 300


def test_an_elided_text_keeps_the_whole_for_those_who_ask(qtbot: QtBot) -> None:
    text = ElidedText("Mariage des enfants et droits des filles au Sénégal", "strong")
    on_screen(qtbot, text, width=200)
    assert text.text().endswith("…")
    assert heard(text) == tip_of(text) == "Mariage des enfants et droits des filles au Sénégal"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Enseignante, Thiès", "ET"),
        ("Fatou", "FA"),
        ("", "?"),
        ("  ", "?"),
        ("… !", "?"),
        ("Ndeye Fatou Diop", "NF"),
        ("é", "É"),
        ("王小明", "王小"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_an_avatar_says_nothing_to_screen_readers(qtbot: QtBot) -> None:
    avatar = Avatar("Fatou Diop")
    on_screen(qtbot, avatar)
    assert heard(avatar) == ""
    assert avatar.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_an_avatar_shows_a_picture_round_and_keeps_its_size(qtbot: QtBot) -> None:
    avatar = Avatar("Fatou Diop")
    on_screen(qtbot, avatar)
    size = avatar.size()
    picture = QImage(146, 73, QImage.Format.Format_RGB32)
    picture.fill(QColor("#0b7a75"))
    avatar.show_picture(picture, "Fatou Diop")
    assert avatar.size() == avatar.sizeHint() == size
    seen = avatar.grab().toImage()
    middle, corner = seen.pixelColor(seen.rect().center()), seen.pixelColor(0, 0)
    assert middle == QColor("#0b7a75") != corner
    assert "Fatou Diop" in heard(avatar)
    avatar.show_picture(None, "Fatou Diop")
    seen = avatar.grab().toImage()
    assert seen.pixelColor(seen.width() // 2, 3) == QColor(theme.tokens().tint)
    assert heard(avatar) == ""


# --- buttons -----------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("kind", ["primary", "quiet", "danger", "link", "icon", "filter", "tick"])
def test_every_button_can_be_hit(qtbot: QtBot, kind: str, scale: float) -> None:
    theme.apply(theme.LIGHT, scale)
    button = Button("Go", kind, "check")  # type: ignore[arg-type]
    on_screen(qtbot, row_widget(button))
    assert abs(button.height() - theme.px(theme.Height.BUTTON)) <= 1, "one height in every row"
    assert button.width() >= 32


def row_widget(*widgets: QWidget) -> QWidget:
    box = QWidget()
    box.setLayout(row(*widgets, None))
    return box


def test_a_button_acts_by_mouse_space_and_enter(qtbot: QtBot) -> None:
    pressed = []
    button = Button("Ajouter", clicked=lambda: pressed.append(1))
    on_screen(qtbot, button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    assert pressed == [1, 1]


def test_the_icon_of_a_filled_button_is_seen_also_when_it_cannot_be_pressed(qtbot: QtBot) -> None:
    button = Button("Envoyer", "primary", "send")
    qtbot.addWidget(button)

    def painted(mode: QIcon.Mode) -> set[str]:
        image = button.icon().pixmap(36, 36, mode).toImage()
        points = (image.pixelColor(x, y) for x in range(36) for y in range(36))
        return {point.name() for point in points if point.alpha() == 255}

    assert theme.tokens().on_plum in painted(QIcon.Mode.Normal)
    assert painted(QIcon.Mode.Disabled) == {theme.tokens().muted}


def test_an_icon_button_has_its_own_name_even_in_a_group(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QGroupBox

    group = QGroupBox("Question 3")
    layout = QVBoxLayout(group)
    button = Button("Monter", "icon", "up", name="Monter la question 3")
    layout.addWidget(button)
    on_screen(qtbot, group)
    assert heard(button) == "Monter la question 3"
    assert tip_of(button) == "Monter"


def test_a_tick_is_checked_in_shape_and_state(qtbot: QtBot) -> None:
    tick = Tick("Invitée")
    on_screen(qtbot, tick)
    before = tick.icon().cacheKey()
    tick.setChecked(True)
    assert tick.icon().cacheKey() != before
    assert QAccessible.queryAccessibleInterface(tick).state().checked


def test_what_the_mouse_is_over_does_not_look_chosen(qtbot: QtBot) -> None:
    choice = WideChoice("Par le navigateur", "")
    qtbot.addWidget(choice)
    choice.resize(400, 60)

    def ground() -> QColor:
        return choice.grab().toImage().pixelColor(200, 8)

    plain = ground()
    choice.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    over = ground()
    choice.setChecked(True)
    chosen = ground()
    assert chosen == QColor(theme.tokens().tint)
    assert over == QColor(theme.tokens().sand)
    assert plain == QColor(theme.tokens().paper)


def test_choices_are_radio_like_with_title_and_explanation(qtbot: QtBot) -> None:
    one, two = (
        WideChoice("Par le navigateur", "Chaque post s’ouvre prêt."),
        WideChoice("Avec clés", ""),
    )
    group = QButtonGroup()
    group.addButton(one)
    group.addButton(two)
    on_screen(qtbot, one, two)
    assert heard(one) == "Par le navigateur"
    assert one.accessibleDescription() == "Chaque post s’ouvre prêt."
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    assert (one.isChecked(), two.isChecked()) == (True, False)
    two.setFocus()
    press(two, Qt.Key.Key_Space)
    assert (one.isChecked(), two.isChecked()) == (False, True)


def test_a_choice_grows_with_its_text(qtbot: QtBot) -> None:
    short, long = (
        WideChoice("Titre", "Bref."),
        WideChoice("Titre", "Une phrase assez longue. " * 12),
    )
    on_screen(qtbot, short, long, width=360)
    assert long.height() > short.height()
    assert long.height() >= long.heightForWidth(long.width())


# --- fields ------------------------------------------------------------------------------------


def test_a_field_says_label_hint_and_verdict(qtbot: QtBot) -> None:
    field = Field("Le sujet", QLineEdit(), "En peu de mots")
    on_screen(qtbot, field)
    assert heard(field.editor) == "Le sujet"
    assert field.editor.accessibleDescription() == "En peu de mots"
    field.say("Trop long", "stop")
    assert field.editor.accessibleDescription() == "Trop long"
    assert "Trop long" in [one.text() for one in field.findChildren(QLabel) if one.isVisible()]
    field.say("")
    assert field.editor.accessibleDescription() == "En peu de mots"
    assert not field.editor.property("problem")


def test_a_growing_editor_is_as_high_as_its_text(qtbot: QtBot) -> None:
    editor = GrowingEdit()
    on_screen(qtbot, editor, width=400)
    empty = editor.height()
    type_text(editor, "Quels sont, selon vous, les signes\u00a0? " * 8)
    QApplication.processEvents()
    assert editor.height() > empty
    assert editor.verticalScrollBar().maximum() == 0
    editor.selectAll()
    press(editor, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert editor.height() == empty


def test_no_break_spaces_stay_what_they_are(qtbot: QtBot) -> None:
    editor = PostEdit("Une question\u00a0? «\u202foui\u202f»\nDeux")
    on_screen(qtbot, editor)
    assert editor.toPlainText() == "Une question\u00a0? «\u202foui\u202f»\nDeux"


def test_tab_leaves_a_growing_editor(qtbot: QtBot) -> None:
    editor, after = GrowingEdit("texte"), QLineEdit()
    on_screen(qtbot, editor, after)
    editor.setFocus()
    press(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == "texte"
    assert after.hasFocus()


def test_showing_the_same_text_does_not_move_the_cursor(qtbot: QtBot) -> None:
    editor = GrowingEdit("bonjour")
    on_screen(qtbot, editor)
    cursor = editor.textCursor()
    cursor.setPosition(3)
    editor.setTextCursor(cursor)
    editor.show_text("bonjour")
    assert editor.textCursor().position() == 3


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (280, "reste 280 sur 280"),
        (1, "reste 1 sur 280"),
        (-1, "1 caractère de trop"),
        (-12, "12 caractères de trop"),
    ],
)
def test_the_counter_says_it_in_words(qtbot: QtBot, left: int, words: str) -> None:
    counter = Counter()
    on_screen(qtbot, row_widget(counter))
    counter.show_left(left)
    assert counter.text() == words


def test_the_counter_counts_as_x_does(qtbot: QtBot) -> None:
    counter = Counter()
    on_screen(qtbot, row_widget(counter))
    counter.show_text("https://example.org/une/adresse/tres/longue/qui/ne/compte/que/vingt-trois")
    assert counter.text().startswith("reste 257 ")


def test_counters_and_clocks_keep_their_width(qtbot: QtBot) -> None:
    counter, clock = Counter(), ClockText("Reste")
    on_screen(qtbot, row_widget(counter, clock))
    widths = set()
    for left, time in ((280, "59:59"), (9, "0:01"), (111, "11:11")):
        counter.show_left(left)
        clock.show_time(time)
        QApplication.processEvents()
        widths.add((counter.width(), clock.width()))
    assert len(widths) == 1
    assert heard(clock) == "Reste 11:11"


@pytest.mark.parametrize("make", [QuietComboBox, lambda: QuietSpinBox(0, 60)])
def test_the_wheel_scrolls_the_page_not_the_value(qtbot: QtBot, make: type[QWidget]) -> None:
    box = make()
    if isinstance(box, QuietComboBox):
        box.addItems(["un", "deux", "trois"])
    inner = QWidget()
    layout = QVBoxLayout(inner)
    layout.addWidget(box)
    tall = QWidget()
    tall.setMinimumHeight(2000)
    layout.addWidget(tall)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inner)
    on_screen(qtbot, area)
    box.setFocus()
    value = box.currentIndex() if isinstance(box, QuietComboBox) else box.value()  # type: ignore[attr-defined]
    event = QWheelEvent(
        box.rect().center(),
        box.mapToGlobal(box.rect().center()),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    now = box.currentIndex() if isinstance(box, QuietComboBox) else box.value()  # type: ignore[attr-defined]
    assert now == value
    assert not event.isAccepted()


# --- cards, notices, flow ----------------------------------------------------------------------


def test_a_notice_shows_its_words_and_its_button(qtbot: QtBot) -> None:
    notice = Notice()
    on_screen(qtbot, notice)
    notice.hide()
    pressed = []
    notice.say("Le disque est plein.", "stop", Button("Choisir", clicked=lambda: pressed.append(1)))
    QApplication.processEvents()
    assert notice.isVisible()
    assert notice.text == "Le disque est plein."
    assert heard(notice) == "Le disque est plein."
    (button,) = [one for one in notice.findChildren(QPushButton) if one.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1]


def test_a_notice_changes_its_button_and_loses_it(qtbot: QtBot) -> None:
    notice = Notice("Un", "look", Button("A"))
    on_screen(qtbot, notice)
    notice.say("Deux", "stop", Button("B"))
    qtbot.waitUntil(lambda: [one.text() for one in notice.findChildren(QPushButton)] == ["B"])
    notice.say("Trois", "well")
    qtbot.waitUntil(lambda: notice.findChildren(QPushButton) == [])
    notice.say("", "well")
    assert not notice.isVisible()


def test_a_notice_never_takes_its_words_for_markup(qtbot: QtBot) -> None:
    notice = Notice(MARKUP)
    on_screen(qtbot, notice)
    (label,) = notice.findChildren(QLabel)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_an_advice_card_shows_all_of_its_words(qtbot: QtBot) -> None:
    card = AdviceCard("Conseil", "Une phrase de conseil. " * 10, Button("Voir"))
    on_screen(qtbot, card, width=300)
    for label in card.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


def test_cards_take_the_colour_of_their_edge_at_once(qtbot: QtBot) -> None:
    card = Card()
    on_screen(qtbot, card)
    before = card.grab().toImage()
    card.set_edge("stop")
    QApplication.processEvents()
    assert card.grab().toImage() != before


def flow_of(qtbot: QtBot, count: int, width: int, mirrored: bool = False) -> list[QRect]:
    box = QWidget()
    if mirrored:
        box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    buttons = [Button(f"Bouton {number}") for number in range(count)]
    box.setLayout(FlowLayout(*buttons))
    on_screen(qtbot, box, width=width)
    assert box.height() >= box.layout().heightForWidth(box.width())
    return [one.geometry() for one in buttons]


def test_a_flow_wraps_and_nothing_overlaps(qtbot: QtBot) -> None:
    places = flow_of(qtbot, 9, 400)
    assert len({place.top() for place in places}) > 1
    assert all(place.right() < 400 for place in places)
    for index, one in enumerate(places):
        assert not any(one.intersects(other) for other in places[index + 1 :])


def test_a_flow_begins_at_the_right_where_the_language_does(qtbot: QtBot) -> None:
    places = flow_of(qtbot, 3, 600, mirrored=True)
    assert places[0].left() > places[1].left() > places[2].left()


# --- lists that drop down ---


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_short_list_shows_all_its_lines(qtbot: QtBot, scale: float) -> None:
    theme.apply(theme.LIGHT, scale)
    box = QuietComboBox()
    for words in ("30 min", "45 min", "Une heure", "75 min", "90 min", "120 min"):
        box.addItem(words)
    box.setCurrentIndex(2)
    on_screen(qtbot, box)
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    lines = [view.visualRect(view.model().index(row, 0)) for row in range(box.count())]
    assert all(view.viewport().rect().contains(line) for line in lines)
    assert all(line.height() >= 32 for line in lines)
    box.hidePopup()


# --- the focus ring ----------------------------------------------------------------------------


@pytest.fixture
def ring(qapp: QApplication) -> Iterator[FocusRing]:
    ring = FocusRing(qapp)
    yield ring
    ring.setParent(None)
    ring.deleteLater()


def tab_to(ring: FocusRing, button: QWidget) -> None:
    """Move the keyboard as Tab does in the window."""
    ring.tabbing(True)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    ring.tabbing(False)


def test_the_ring_shows_for_the_keyboard_and_not_for_the_mouse(
    qtbot: QtBot, ring: FocusRing
) -> None:
    field = QLineEdit()
    one, two, choice = Button("Un"), Button("Deux"), WideChoice("Trois", "")
    on_screen(qtbot, field, one, two, choice)
    field.setFocus()
    assert not ring.isVisible()
    for button in (one, two, choice):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not ring.isVisible()
    one.setFocus()
    assert not ring.isVisible(), "the app moved the keyboard, not the person"
    for button in (one, two, choice):
        field.setFocus()
        tab_to(ring, button)
        assert ring.isVisible()
        assert ring.geometry().contains(button.geometry())
    one.setFocus()
    assert ring.geometry().contains(one.geometry()), "a ring that is there moves on"
    field.setFocus()
    assert not ring.isVisible()


def test_the_ring_is_whole_where_the_box_leaves_no_room(qtbot: QtBot, ring: FocusRing) -> None:
    tight = QWidget()
    layout = QVBoxLayout(tight)
    layout.setContentsMargins(0, 0, 0, 0)
    button = Button("Ajouter un numéro")
    layout.addWidget(button)
    window = on_screen(qtbot, tight)
    button.clearFocus()
    tab_to(ring, button)
    place = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
    assert ring.parentWidget() is window
    assert ring.geometry() == place.adjusted(-4, -4, 4, 4)
    tight.move(tight.x(), tight.y() + 30)
    assert ring.geometry() == place.adjusted(-4, 26, 4, 34), "it follows the box"


def test_at_the_edge_the_ring_loses_no_side(qtbot: QtBot, ring: FocusRing) -> None:
    button = Button("Un")
    window = on_screen(qtbot, button)
    window.layout().setContentsMargins(0, 0, 0, 0)
    QApplication.processEvents()
    button.clearFocus()
    tab_to(ring, button)
    assert window.rect().contains(ring.geometry())


def test_the_ring_lets_presses_through_and_says_nothing(qtbot: QtBot, ring: FocusRing) -> None:
    pressed = []
    one = Button("Un", clicked=lambda: pressed.append(1))
    window = on_screen(qtbot, one)
    tab_to(ring, one)
    place = one.geometry().center()
    assert window.childAt(place) is one
    assert ring.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_ring_outlives_what_it_surrounds(qtbot: QtBot, ring: FocusRing) -> None:
    inner = QWidget()
    layout = QVBoxLayout(inner)
    button = Button("Un")
    layout.addWidget(button)
    other = Button("Deux")
    on_screen(qtbot, inner, other)
    other.setFocus()
    tab_to(ring, button)
    assert ring.isVisible()
    inner.hide()
    inner.deleteLater()
    deliver()
    other.setFocus(Qt.FocusReason.MouseFocusReason)
    other.clearFocus()
    tab_to(ring, other)
    assert ring.isVisible()
    assert ring.geometry().contains(other.geometry())


def test_the_ring_follows_what_moves(qtbot: QtBot, ring: FocusRing) -> None:
    button = Button("Un")
    on_screen(qtbot, button)
    tab_to(ring, button)
    button.setGeometry(40, 120, 90, 36)
    assert ring.geometry().contains(button.geometry())


def test_a_notice_without_words_is_not_there_and_comes_back_with_the_same_ones(
    qtbot: QtBot,
) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    notice, layout = HintNotice("", "plum"), QVBoxLayout(box)
    layout.addWidget(notice)
    box.show()
    assert notice.isHidden()
    for _turn in range(2):
        notice.say("The line is removed.", "plum")
        assert notice.isVisible()
        notice.hide()


# --- what stands where nothing is yet ----------------------------------------------------------


@pytest.mark.parametrize("drawing", get_args(DrawingName))
def test_where_nothing_is_yet_a_drawing_and_one_action_stand(
    qtbot: QtBot, drawing: DrawingName
) -> None:
    begun = []
    button = Button("Ajouter", clicked=lambda: begun.append(1))
    empty = EmptyState(drawing, "Aucune invitée", "Une sage-femme de Dakar. " * 6, button)
    on_screen(qtbot, empty, width=700)
    (picture,) = [one for one in empty.findChildren(Drawing) if not one.pixmap().isNull()]
    colours = picture.pixmap().toImage()
    assert QColor(theme.tokens().plum).rgb() in {
        colours.pixel(x, y) for x in range(colours.width()) for y in range(colours.height())
    }
    # It only decorates.
    assert heard(picture) == ""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert begun == [1]


# --- scrolling ---------------------------------------------------------------------------------


def _area_with(qtbot: QtBot, height: int) -> SteadyScrollArea:
    area, inner = SteadyScrollArea(), QWidget()
    inner.setFixedHeight(height)
    area.setWidget(inner)
    area.setFixedSize(300, 200)
    on_screen(qtbot, area)
    return area


def _is_bar_seen(area: SteadyScrollArea) -> bool:
    """Whether anything is painted at the end of the area, where its bar is."""
    picture, left = area.grab().toImage(), area.width() - theme.px(12)
    shown = {
        picture.pixel(x, y) for x in range(left, picture.width()) for y in range(picture.height())
    }
    return len(shown) > 1


def _let_time_pass(area: SteadyScrollArea) -> None:
    """The moment after it scrolled, or came on screen, is over."""
    for timer in area.findChildren(QTimer):
        timer.stop()
    deliver()


def test_the_bar_is_seen_while_the_pointer_is_there_or_it_scrolls(qtbot: QtBot) -> None:
    area = _area_with(qtbot, 1000)
    assert _is_bar_seen(area), "it came on screen"
    QApplication.sendEvent(area, QEvent(QEvent.Type.Leave))
    _let_time_pass(area)
    assert not _is_bar_seen(area)
    area.verticalScrollBar().setValue(40)
    assert _is_bar_seen(area), "it scrolls"
    _let_time_pass(area)
    middle = QPointF(20, 20)
    QApplication.sendEvent(area, QEnterEvent(middle, middle, middle))
    assert _is_bar_seen(area), "the pointer is there"
    QApplication.sendEvent(area, QEvent(QEvent.Type.Leave))
    assert not _is_bar_seen(area)


def test_there_is_no_bar_where_nothing_is_to_be_scrolled(qtbot: QtBot) -> None:
    assert not _is_bar_seen(_area_with(qtbot, 100))


def test_with_high_contrast_the_bar_is_always_seen(qtbot: QtBot) -> None:
    theme.apply(theme.HIGH_CONTRAST_LIGHT)
    area = _area_with(qtbot, 1000)
    QApplication.sendEvent(area, QEvent(QEvent.Type.Leave))
    _let_time_pass(area)
    assert _is_bar_seen(area)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_chip_of_a_verdict_is_one_line_and_hardly_wider_than_its_words(
    qtbot: QtBot, scale: float
) -> None:
    theme.apply(theme.LIGHT, scale)
    chip = VerdictChip()
    qtbot.addWidget(chip)
    words = "6 questions essentielles, 2 en réserve : c’est le bon nombre."
    chip.say(words, "well")
    size = chip.sizeHint()
    room = size.width() - chip.fontMetrics().horizontalAdvance(words)
    print(f"{room} px beside the words")
    assert size.height() < 2 * chip.fontMetrics().lineSpacing()
    assert room <= theme.px(34)

"""How everything looks: the colours, sizes and the one style sheet.

Which colours are in force is carried by the application's palette, and which text scale by its
font, so widgets that paint themselves ask `tokens()` and `px()` and nobody passes a theme around.
All pairs of text and ground have a contrast of at least 4.5 to 1 (WCAG AA).
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from tchat_desktop.ui.tokens import (
    ALL,
    BODY,
    DARK,
    HIGH_CONTRAST_DARK,
    HIGH_CONTRAST_LIGHT,
    LIGHT,
    Height,
    Radius,
    Space,
    Tokens,
    Width,
)

__all__ = [
    "ALL",
    "BODY",
    "DARK",
    "HIGH_CONTRAST_DARK",
    "HIGH_CONTRAST_LIGHT",
    "LIGHT",
    "Height",
    "Radius",
    "Space",
    "SystemLook",
    "Tokens",
    "Width",
    "apply",
    "is_high_contrast",
    "px",
    "scale",
    "tabular",
    "tokens",
]

_BY_GROUND = {QColor(one.sand).rgb(): one for one in ALL}


def tokens() -> Tokens:
    """The colours in force."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window).rgb()
    return _BY_GROUND.get(ground, LIGHT)


def is_high_contrast() -> bool:
    """Whether the colours in force are those for who needs more contrast."""
    return tokens() in (HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK)


def px(pixels: float) -> int:
    """A length given for a text scale of 1, at the scale in force."""
    return round(pixels * scale())


def scale() -> float:
    """The text scale in force: 2.0 shows text twice as large."""
    size = QApplication.font().pixelSize()
    return size / BODY if size > 0 else 1.0


def in_force() -> tuple[Tokens, str]:
    """What the size of a text on screen depends on: the same while it is the same."""
    return tokens(), QApplication.font().key()


def apply(colours: Tokens, text_scale: float = 1.0) -> None:
    """Put colours and a text scale in force for the whole application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    font = QFont(app.font())
    face = _face(font.family())
    if face:
        font.setFamilies([face, font.family()])
    font.setPixelSize(round(BODY * text_scale))
    app.setFont(font)
    app.setPalette(_palette(colours))
    app.setStyleSheet(_style_sheet(colours))


_FACES = {
    "win32": ("Segoe UI Variable Text",),
    "linux": ("Inter", "Noto Sans", "Cantarell"),
}
"""Faces made for screens, the best first; that of macOS comes by itself."""
_UNCHOSEN = ("sans", "sans serif", "sans-serif", "dejavu sans", "bitstream vera sans", "segoe ui")
"""Faces a system has when nobody chose one, in small letters."""


def _face(given: str) -> str:
    """The face to use instead of that which the system gives, "" to keep it.

    One that somebody, or their desktop, chose is kept.
    """
    if given.lower() not in _UNCHOSEN:
        return ""
    known = QFontDatabase.families()
    return next((one for one in _FACES.get(sys.platform, ()) if one in known), "")


def tabular(font: QFont) -> QFont:
    """The font with figures of one width: what counts must not tremble."""
    counting = QFont(font)
    counting.setFeature(QFont.Tag("tnum"), 1)
    return counting


class SystemLook(QObject):
    """Watches what the system asks for: dark or light, high contrast, text size.

    `changed` is emitted after the new look was applied.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._system_points = app.font().pointSizeF()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._on_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_changed)
        self.apply()

    def apply(self) -> None:
        """Apply what the system asks for now."""
        apply(self.colours(), self.text_scale())

    def colours(self) -> Tokens:
        """The colours the system asks for."""
        hints = QGuiApplication.styleHints()
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return HIGH_CONTRAST_DARK if dark else HIGH_CONTRAST_LIGHT
        return DARK if dark else LIGHT

    def text_scale(self) -> float:
        """The text scale the system asks for, from the size of its own font."""
        # The usual size of the system's font; on Linux it depends on the desktop.
        usual = {"win32": 9.0, "darwin": 13.0}.get(
            sys.platform, max(9.0, min(self._system_points, 11.0))
        )
        return max(1.0, min(self._system_points / usual, 2.5))

    def _on_changed(self) -> None:
        self.apply()
        self.changed.emit()


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: t.sand,
        role.WindowText: t.ink,
        role.Base: t.paper,
        role.AlternateBase: t.tint,
        role.Text: t.ink,
        role.PlaceholderText: t.muted,
        role.Button: t.paper,
        role.ButtonText: t.ink,
        role.BrightText: t.coral,
        role.Highlight: t.plum,
        role.HighlightedText: t.on_plum,
        role.Link: t.plum,
        role.LinkVisited: t.plum,
        role.ToolTipBase: t.ink,
        role.ToolTipText: t.paper,
        role.Mid: t.line,
        role.Light: t.paper,
        role.Dark: t.muted,
        role.Midlight: t.tint,
        role.Shadow: t.line,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.muted))
    return palette


def _inside(height: int) -> int:
    """The height inside an edge of one pixel on both sides."""
    return max(px(height), height) - 2


def _style_sheet(t: Tokens) -> str:
    tones = "".join(
        f"""
        QLabel[chip="{tone}"] {{ color: {t.tone(tone)[0]}; background: {t.tone(tone)[1]}; }}
        QFrame[notice="{tone}"] {{ background: {t.tone(tone)[1]};
            border: 1px solid {t.tone(tone)[1]}; border-radius: {px(Radius.CONTROL)}px; }}
        QFrame[notice="{tone}"] QLabel {{ color: {t.tone(tone)[0]}; }}
        QLabel[tone="{tone}"] {{ color: {t.tone(tone)[0]}; }}
        QFrame[card][edge="{tone}"] {{ border-color: {t.tone(tone)[0]}; }}
        """
        for tone in ("well", "look", "stop", "plum", "plain")
    )
    plain = t not in (HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK)
    # Where every edge is as black as another, a broken one tells what cannot be pressed.
    off = f"1px solid {t.line}" if plain else f"1px dashed {t.field_line}"
    pressed = t.ink if plain else t.paper
    groove = "none" if plain else f"1px solid {t.field_line}"
    return f"""
    QMainWindow, QScrollArea, QScrollArea > QWidget > QWidget#page, QStackedWidget
        {{ background: {t.sand}; border: none; }}
    QFrame[bar="true"] QScrollArea {{ background: {t.paper}; }}
    QDialog {{ background: {t.paper}; }}
    QLabel {{ background: transparent; color: {t.ink}; }}
    QLabel[kind="title"] {{ font-size: {px(26)}px; font-weight: 700; }}
    QLabel[kind="hero"] {{ font-size: {px(30)}px; font-weight: 700; }}
    QLabel[kind="lead"] {{ color: {t.muted}; font-size: {px(15)}px; }}
    QLabel[kind="heading"] {{ font-size: {px(18)}px; font-weight: 700; }}
    QLabel[kind="label"] {{ font-weight: 600; }}
    QLabel[kind="strong"] {{ font-weight: 700; }}
    QLabel[kind="advice"] {{ color: {t.plum}; font-size: {px(13)}px; font-weight: 700; }}
    QLabel[kind="small"] {{ color: {t.muted}; font-size: {px(13)}px; }}
    QLabel[kind="counter"] {{ color: {t.muted}; font-size: {px(13)}px; }}
    QLabel[kind="clock"] {{ color: {t.plum}; font-size: {px(24)}px; font-weight: 700; }}
    QLabel[kind="number"] {{ color: {t.plum}; font-weight: 700; }}
    QLabel[kind="section"] {{ color: {t.muted}; font-size: {px(12.5)}px; font-weight: 700; }}
    QLabel[chip] {{ border-radius: {px(Radius.CHIP)}px; padding: {px(2)}px {px(9)}px;
        font-size: {px(12.5)}px; font-weight: 600; }}
    {tones}

    QFrame[card="true"] {{ background: {t.paper}; border: 1px solid {t.line};
        border-radius: {px(Radius.CARD)}px; }}
    QFrame[card="true"][gone="true"] {{ background: transparent;
        border: 1px dashed {t.field_line}; }}
    QFrame[card="true"][care="true"] {{ background: {t.sand};
        border-color: {t.line if plain else t.coral}; border-radius: {px(Radius.CONTROL)}px; }}
    QFrame[card="true"][advice="true"] {{ background: transparent; border: none; }}
    QFrame[advice="true"] QLabel {{ color: {t.muted}; font-size: {px(13.5)}px; }}
    QFrame[advice="true"] QLabel[kind="advice"] {{ font-size: {px(13)}px; }}
    QFrame[bar="true"] {{ background: {t.paper}; border: none; }}
    QFrame[bar="true"][side="top"] {{ border-bottom: 1px solid {t.line}; }}
    QFrame[bar="true"][side="bottom"] {{ border-top: 1px solid {t.line}; }}
    QFrame[bar="true"][side="start"] {{ border-right: 1px solid {t.line}; }}
    QFrame[bar="true"][side="end"] {{ border-left: 1px solid {t.line};
        border-right: 1px solid {t.paper}; }}
    QFrame[rule="true"] {{ background: {t.line}; border: none; max-height: 1px; }}

    QPushButton {{ background: {t.paper}; color: {t.ink}; border: 1px solid {t.field_line};
        border-radius: {px(Radius.CONTROL)}px; padding: 0 {px(14)}px;
        min-height: {_inside(Height.BUTTON)}px; font-weight: 600; font-size: {px(14)}px;
        outline: none; }}
    QPushButton:hover {{ background: {t.tint}; }}
    QPushButton:pressed {{ background: {t.line}; color: {pressed}; }}
    QPushButton:disabled {{ color: {t.muted}; background: {t.sand}; border: {off}; }}
    QPushButton[kind="primary"] {{ background: {t.plum}; color: {t.on_plum};
        border: 1px solid {t.plum}; }}
    QPushButton[kind="primary"]:hover {{ background: {t.plum_hover}; }}
    QPushButton[kind="primary"]:pressed {{ background: {t.plum}; color: {t.on_plum}; }}
    QPushButton[kind="primary"]:disabled {{ background: {t.tint}; color: {t.muted};
        border: {off}; }}
    QPushButton[hero="true"] {{ min-height: {_inside(Height.HERO_BUTTON)}px;
        padding: 0 {px(20)}px; font-size: {px(16)}px; }}
    QPushButton[kind="danger"] {{ color: {t.coral}; border-color: {t.coral}; }}
    QPushButton[kind="danger"]:hover {{ background: {t.coral_ground}; }}
    QPushButton[kind="danger"]:disabled {{ color: {t.muted}; border: {off}; }}
    QPushButton[kind="link"], QPushButton[kind="icon"] {{ background: transparent;
        border: 1px solid transparent; color: {t.plum}; padding: 0 {px(8)}px; }}
    QPushButton[kind="link"]:hover, QPushButton[kind="icon"]:hover {{ background: {t.tint}; }}
    QPushButton[kind="link"]:disabled, QPushButton[kind="icon"]:disabled {{ color: {t.muted};
        background: transparent; border: 1px solid transparent; }}
    QPushButton[kind="plain"] {{ background: transparent; border: 1px solid transparent;
        color: {t.muted}; padding: 0 {px(8)}px; font-size: {px(13)}px;
        text-align: left; min-height: {_inside(Height.PLAIN_BUTTON)}px; }}
    QPushButton[kind="plain"][role="toggle"]:checked {{ color: {t.amber}; }}
    QPushButton[kind="news"] {{ background: {t.teal_ground}; color: {t.teal};
        border: 1px solid {t.teal_ground}; min-height: {_inside(Height.NEWS)}px; }}
    QPushButton[kind="news"]:hover {{ border-color: {t.teal}; }}
    QPushButton[kind="plain"]:hover {{ background: {t.tint}; color: {t.plum}; }}
    QPushButton[kind="plain"]:disabled {{ background: transparent; color: {t.muted};
        border: 1px solid transparent; }}
    QPushButton[kind="filter"] {{ background: {t.paper}; color: {t.muted};
        border: 1px solid {t.field_line}; border-radius: {px(Height.BUTTON) // 2}px;
        padding: 0 {px(12)}px; font-size: {px(13)}px; }}
    QPushButton[kind="filter"]:checked {{ background: {t.tint}; color: {t.plum};
        border-color: {t.plum}; }}
    QPushButton[kind="tick"] {{ background: transparent; color: {t.ink}; text-align: left;
        border: 1px solid transparent; padding: 0 {px(8)}px 0 0; font-weight: 400;
        font-size: {px(14)}px; }}
    QPushButton[kind="tick"]:hover {{ background: {t.tint}; }}
    QPushButton[kind="tick"]:disabled {{ background: transparent; color: {t.muted};
        border: 1px solid transparent; }}
    QPushButton::menu-indicator {{ width: 0; image: none; }}

    QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {{
        background: {t.paper}; color: {t.ink}; border: 1px solid {t.field_line};
        border-radius: {px(Radius.CONTROL)}px; padding: {px(6)}px {px(10)}px;
        min-height: {px(22)}px; placeholder-text-color: {t.muted}; outline: none;
        selection-background-color: {t.plum}; selection-color: {t.on_plum}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
        border: 2px solid {t.plum}; padding: {px(6) - 1}px {px(10) - 1}px; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{
        color: {t.muted}; background: {t.sand}; border: {off}; }}
    QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"]
        {{ border-color: {t.coral}; }}
    QPlainTextEdit[bare="true"] {{ border: 1px solid transparent; background: transparent;
        padding: 0; }}
    QPlainTextEdit[bare="true"]:hover {{ border: 1px solid {t.field_line}; }}
    QPlainTextEdit[bare="true"]:focus {{ border: 2px solid {t.plum}; background: {t.paper};
        padding: 0; margin: 0; }}
    QComboBox::drop-down {{ border: none; width: {px(26)}px; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox QAbstractItemView, QListView[popup="true"] {{ background: {t.paper}; color: {t.ink};
        border: 1px solid {t.field_line}; selection-background-color: {t.tint};
        selection-color: {t.plum}; outline: none; }}
    QComboBox QAbstractItemView::item, QListView[popup="true"]::item {{
        min-height: {max(32, px(32))}px; padding: 0 {px(8)}px; }}
    QSpinBox[low="true"] {{ font-size: {px(14)}px; padding: 0; min-height: {max(30, px(30))}px; }}
    QSpinBox[low="true"]:focus {{ padding: 0; min-height: {max(28, px(28))}px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ width: {px(20)}px; border: none; }}

    QCheckBox, QRadioButton {{ spacing: {px(10)}px; min-height: {px(32)}px; color: {t.ink}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {px(18)}px; height: {px(18)}px;
        border: 2px solid {t.field_line}; background: {t.paper}; }}
    QCheckBox::indicator {{ border-radius: {px(Radius.TICK)}px; }}
    QRadioButton::indicator {{ border-radius: {px(18) // 2 + 2}px; }}
    QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ border-color: {t.plum};
        background: {t.plum}; }}
    QRadioButton::indicator:checked {{ background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
        fx: 0.5, fy: 0.5, stop: 0 {t.plum}, stop: 0.55 {t.plum}, stop: 0.62 {t.paper}); }}

    QMenu {{ background: {t.paper}; color: {t.ink}; border: 1px solid {t.line};
        padding: {px(6)}px; }}
    QMenu::item {{ padding: {px(7)}px {px(20)}px; border-radius: {px(8)}px; }}
    QMenu::item:selected {{ background: {t.tint}; color: {t.plum}; }}
    QMenu::item:disabled {{ color: {t.muted}; }}
    QTabBar::scroller {{ width: {max(56, px(56))}px; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(6)}px {px(10)}px; }}
    QToolTip {{ background: {t.ink}; color: {t.paper}; border: none; padding: {px(6)}px; }}

    QProgressBar {{ background: {t.line if plain else t.paper}; border: {groove};
        border-radius: {px(4)}px;
        max-height: {px(8)}px; min-height: {px(8)}px; }}
    QProgressBar::chunk {{ background: {t.plum}; border-radius: {px(4)}px; }}
    QProgressBar[tone="well"]::chunk {{ background: {t.teal}; }}
    QProgressBar[tone="look"]::chunk {{ background: {t.amber}; }}

    QTableView, QListView {{ background: {t.sand}; border: none; outline: none; }}
    QTableView[figures="true"] {{ background: {t.paper}; color: {t.ink}; }}
    QTableView[figures="true"]::item {{ padding: {px(3)}px {px(6)}px;
        border-bottom: 1px solid {t.line}; }}
    QTableView[figures="true"]::item:selected {{ background: {t.tint}; color: {t.ink}; }}
    QTableView[figures="true"] QHeaderView {{ background: {t.paper}; }}
    QTableView[figures="true"] QHeaderView::section {{ background: {t.paper}; color: {t.muted};
        font-size: {px(12.5)}px; border: none; border-bottom: 1px solid {t.line};
        padding: {px(3)}px {px(6)}px; }}
    QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
    QScrollBar::handle {{ background: {t.field_line}; border-radius: {px(6) // 2}px;
        margin: {px(3)}px; }}
    QScrollBar::handle:hover {{ background: {t.muted}; }}
    QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
    QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
    QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QCalendarWidget QWidget {{ alternate-background-color: {t.tint}; }}
    QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {t.paper}; }}
    QCalendarWidget QToolButton {{ color: {t.ink}; background: transparent; }}
    QCalendarWidget QToolButton::menu-indicator {{ width: 0; image: none; }}
    QCalendarWidget QAbstractItemView {{ background: {t.paper}; color: {t.ink};
        selection-background-color: {t.plum}; selection-color: {t.on_plum}; }}
    QCalendarWidget QAbstractItemView:disabled {{ color: {t.field_line}; }}
    """

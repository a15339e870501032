"""The look follows the system: dark, light, high contrast, text size; every pair can be read."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from tchat_desktop.ui import theme
from tchat_desktop.ui.theme import SystemLook, Tokens
from tchat_desktop.ui.widgets.buttons import ButtonKind
from tchat_desktop.ui.widgets.text import TextKind


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_pairs(t: Tokens) -> dict[str, tuple[str, str]]:
    """Every text colour on every ground it is painted on."""
    grounds = {"paper": t.paper, "sand": t.sand, "tint": t.tint}
    pairs = {
        f"{ink} on {ground}": (getattr(t, ink), colour)
        for ink in ("ink", "muted", "plum")
        for ground, colour in grounds.items()
    }
    for tone in ("well", "look", "stop", "plum", "plain"):
        text, ground = t.tone(tone)
        pairs[f"{tone} on its ground"] = (text, ground)
        pairs[f"{tone} on paper"] = (text, t.paper)
        pairs[f"{tone} on sand"] = (text, t.sand)
    pairs["on_plum on plum"] = (t.on_plum, t.plum)
    pairs["on_plum on plum_hover"] = (t.on_plum, t.plum_hover)
    pairs["coral on coral_ground"] = (t.coral, t.coral_ground)
    pairs["badge that is ready"] = (t.paper, t.teal)
    pairs["tool tip"] = (t.paper, t.ink)
    return pairs


@pytest.mark.parametrize("tokens", theme.ALL, ids=lambda one: one.name)
def test_every_text_can_be_read(tokens: Tokens) -> None:
    poor = {
        name: round(contrast(*pair), 2)
        for name, pair in text_pairs(tokens).items()
        if contrast(*pair) < 4.5
    }
    assert not poor


@pytest.mark.parametrize("tokens", theme.ALL, ids=lambda one: one.name)
def test_what_can_be_filled_in_or_pressed_has_an_edge_that_shows(tokens: Tokens) -> None:
    for ground in (tokens.paper, tokens.sand):
        assert contrast(tokens.field_line, ground) >= 3, ground
        # The focus ring and the edge of a field with the keyboard.
        assert contrast(tokens.plum, ground) >= 3, ground


@pytest.mark.parametrize("tokens", theme.ALL[2:], ids=lambda one: one.name)
def test_high_contrast_is_higher(tokens: Tokens) -> None:
    assert min(contrast(*pair) for pair in text_pairs(tokens).values()) >= 7


def test_contrast_is_computed_as_in_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", theme.ALL, ids=lambda one: one.name)
def test_tokens_are_found_again_by_what_paints_itself(tokens: Tokens) -> None:
    theme.apply(tokens, 1.5)
    assert theme.tokens() is tokens
    assert theme.scale() == pytest.approx(1.5, abs=0.04)
    assert theme.px(20) == round(20 * theme.scale())


def test_all_colours_are_whole_and_each_set_is_its_own() -> None:
    for tokens in theme.ALL:
        assert all(re.fullmatch(r"#[0-9a-f]{6}", one) for one in tokens[1:])
    assert len({one.sand for one in theme.ALL}) == len(theme.ALL)


@pytest.mark.parametrize("tokens", theme.ALL, ids=lambda one: one.name)
def test_the_style_sheet_knows_no_other_colours(tokens: Tokens) -> None:
    theme.apply(tokens)
    sheet = QApplication.instance().styleSheet()  # type: ignore[union-attr]
    used = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet))
    assert used <= set(tokens[1:])
    assert not re.findall(r":\s*(?:black|white|red|blue|gray|grey|green)\b", sheet)


def test_the_style_sheet_knows_the_kinds_there_are_and_no_others() -> None:
    sheet = theme._style_sheet(theme.LIGHT)
    for widget, kinds, plain in (
        ("QLabel", TextKind, "body"),
        ("QPushButton", ButtonKind, "quiet"),
    ):
        styled = set(re.findall(rf'{widget}\[kind="(\w+)"', sheet))
        assert styled | {plain} == set(get_args(kinds))


def test_what_cannot_be_pressed_can_still_be_read() -> None:
    theme.apply(theme.LIGHT)
    colour = QGuiApplication.palette().color(
        QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText
    )
    assert contrast(colour.name(), theme.LIGHT.paper) >= 4.5


# --- what the system asks for ------------------------------------------------------------------


class Accessibility(QObject):
    """Stands for QAccessibilityHints."""

    def __init__(self) -> None:
        super().__init__()
        self.contrast = Qt.ContrastPreference.NoPreference

    def contrastPreference(self) -> Qt.ContrastPreference:
        return self.contrast


class Hints:
    """Stands for QStyleHints: what the system asks for."""

    def __init__(self) -> None:
        self.scheme = Qt.ColorScheme.Light
        self.wishes = Accessibility()

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def accessibility(self) -> Accessibility:
        return self.wishes


@pytest.fixture
def look(qapp: QApplication) -> Any:
    look = SystemLook(qapp)
    yield look
    look.deleteLater()
    QCoreApplication.sendPostedEvents(look, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize(
    ("scheme", "contrast_wish", "tokens"),
    [
        (Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference, theme.LIGHT),
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.NoPreference, theme.LIGHT),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, theme.DARK),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.HighContrast, theme.HIGH_CONTRAST_LIGHT),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast, theme.HIGH_CONTRAST_DARK),
    ],
)
def test_the_system_chooses_the_colours(
    look: SystemLook,
    monkeypatch: pytest.MonkeyPatch,
    scheme: Qt.ColorScheme,
    contrast_wish: Qt.ContrastPreference,
    tokens: Tokens,
) -> None:
    hints = Hints()
    hints.scheme, hints.wishes.contrast = scheme, contrast_wish
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    assert look.colours() is tokens
    look.apply()
    assert theme.tokens() is tokens


@pytest.mark.parametrize("what", ["colours", "contrast"])
def test_a_change_of_the_system_is_applied_then_told(
    look: SystemLook, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    real, hints = qapp.styleHints(), Hints()
    seen: list[Tokens] = []
    look.changed.connect(lambda: seen.append(theme.tokens()))
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    if what == "colours":
        hints.scheme = Qt.ColorScheme.Dark
        real.colorSchemeChanged.emit(hints.scheme)
    else:
        hints.wishes.contrast = Qt.ContrastPreference.HighContrast
        real.accessibility().contrastPreferenceChanged.emit(hints.wishes.contrast)
    assert seen == [theme.DARK if what == "colours" else theme.HIGH_CONTRAST_LIGHT]


@pytest.mark.parametrize(
    ("platform", "points", "scale"),
    [
        ("win32", 9, 1.0),
        ("win32", 13.5, 1.5),
        ("win32", 18, 2.0),
        ("darwin", 13, 1.0),
        ("darwin", 19.5, 1.5),
        ("linux", 9, 1.0),
        ("linux", 10, 1.0),
        ("linux", 11, 1.0),
        ("linux", 13.75, 1.25),
        ("linux", 16.5, 1.5),
        ("linux", 22, 2.0),
        ("linux", 40, 2.5),
        ("linux", 6, 1.0),
        ("linux", -1, 1.0),
    ],
)
def test_the_text_scale_comes_from_the_systems_font(
    look: SystemLook,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    points: float,
    scale: float,
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    look._system_points = points
    assert look.text_scale() == pytest.approx(scale, abs=0.01)


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_a_larger_font_never_gives_smaller_text(
    look: SystemLook, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    scales = []
    for tenths in range(60, 400):
        look._system_points = tenths / 10
        scales.append(look.text_scale())
    assert scales == sorted(scales)


def test_a_set_of_colours_nobody_knows_is_shown_as_light() -> None:
    theme.apply(theme.LIGHT._replace(sand="#123456"))
    assert theme.tokens() is theme.LIGHT
    assert QColor(theme.tokens().ink).isValid()

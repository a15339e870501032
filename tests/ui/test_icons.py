"""Icons are ours, in one style, and take the colour asked for."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from tchat_desktop.platform.paths import resource_dir
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import app_icon, icon, pixmap
from tests.ui.running import running

DRAWINGS = sorted((resource_dir("resources") / "icons").glob("*.svg"))
UI = Path(__file__).parent.parent.parent / "tchat_desktop" / "ui"


def painted(image: QImage) -> list[QColor]:
    """The colours of the pixels that are not see-through."""
    return [
        colour
        for x in range(image.width())
        for y in range(image.height())
        if (colour := image.pixelColor(x, y)).alpha() == 255
    ]


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_shows_in_the_colour_asked_for(path: Path) -> None:
    image = pixmap(path.stem, "#4b2e83", 18).toImage()
    colours = painted(image)
    assert len(colours) > 10, "nothing to see"
    assert {colour.name() for colour in colours} == {"#4b2e83"}


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_is_in_the_one_style(path: Path) -> None:
    source = path.read_text("utf-8")
    root = ElementTree.fromstring(source)
    assert root.get("viewBox") == "0 0 20 20"
    assert "currentColor" in source
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|<script|<image|href|<text", source)


def test_pictures_are_sharp_on_dense_screens() -> None:
    picture = pixmap("check", "#000000", 18)
    assert picture.devicePixelRatio() == 2
    assert (picture.width(), picture.height()) == (36, 36)


def test_a_picture_is_drawn_once() -> None:
    assert pixmap("check", "#000001", 18) is pixmap("check", "#000001", 18)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=lambda one: one.name)
def test_an_icon_has_the_colour_of_the_text_of_its_look(tokens: theme.Tokens) -> None:
    theme.apply(tokens)
    image = icon("check").pixmap(18, 18).toImage()
    assert {colour.name() for colour in painted(image)} == {tokens.ink}


def test_an_icon_grows_with_the_text() -> None:
    theme.apply(theme.LIGHT, 2.0)
    assert max(size.width() for size in icon("check").availableSizes()) >= 36


def named_in_code() -> dict[str, str]:
    """Names given as literals to what takes the name of an icon, and where."""
    found = {}
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            place = {"icon": 0, "pixmap": 0, "Button": 2}.get(called)
            given = [one.value for one in node.keywords if one.arg == "icon_name"]
            if place is not None and len(node.args) > place:
                given.append(node.args[place])
            for one in given:
                if isinstance(one, ast.Constant) and one.value:
                    found[str(one.value)] = f"{path.name}:{node.lineno}"
    return found


def test_every_icon_the_code_names_is_there() -> None:
    there = {path.stem for path in DRAWINGS}
    named = named_in_code()
    assert len(named) > 15
    assert {name: where for name, where in named.items() if name not in there} == {}


def test_every_drawing_is_shown_somewhere() -> None:
    """In a table, too: any text of the code that is the name of a drawing counts."""
    texts = {
        node.value
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert [path.stem for path in DRAWINGS if path.stem not in texts] == []


def test_an_icon_nobody_drew_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("unicorn", "#000000", 18)


def test_the_app_has_its_icon_in_every_size() -> None:
    shown = app_icon()
    assert [size.width() for size in shown.availableSizes()] == [16, 24, 32, 48, 64, 128, 256]
    image = shown.pixmap(64, 64).toImage()
    assert image.pixelColor(32, 28).name() == "#4b2e83"
    assert image.pixelColor(24, 28).name() == "#ffffff"


def test_the_window_shows_the_icon_of_the_app(qapp: QApplication, tmp_path: Path) -> None:
    qapp.setWindowIcon(QIcon())
    with running(qapp, tmp_path) as app:
        assert app.window.windowIcon().availableSizes() == app_icon().availableSizes()

"""Every page can be used without a mouse, without sight, with large text, on a small laptop."""

from __future__ import annotations

from collections import Counter
from statistics import median

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.tokens import Height
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.text import Text
from tests.ui.survey import (
    PRETEND,
    Seen,
    Target,
    Walk,
    button_problem,
    jumps,
    label_problem,
    opened,
    survey,
    survey_pretend,
    tabbed,
    takes_keyboard,
    target,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WALKS = [
    Walk("fr", "rehearsed"),
    Walk("fr", "empty"),
    Walk("qps", "example"),
    Walk("qps", "empty"),
]
LARGE = [
    Walk("fr", "rehearsed", 2.0),
    Walk("fr", "empty", 2.0),
    Walk("qps", "example", 2.0),
]
WIDE = [
    Walk("fr", "rehearsed", wide=True),
    Walk("fr", "rehearsed", 2.0, wide=True),
    Walk("en", "example", wide=True),
]

ROLES = {
    "PushButton", "Button", "ButtonMenu", "ButtonDropDown", "CheckBox", "RadioButton", "Link",
    "EditableText", "ComboBox", "SpinBox", "Slider", "Table", "List", "Tree", "PageTab",
    "PageTabList", "ListItem",
    # What a card is until it is told to be an item of a list.
    "Border", "Client",
}  # fmt: skip
"""What a screen reader has words for."""

ROWS = {"Table", "List", "Tree"}
"""Lists hold many rows, each a target of its own."""


def pages(walks: list[Walk]) -> pytest.MarkDecorator:
    """Every page of every walk."""
    cases = [
        pytest.param(walk, step, id=f"{walk}-{step.value}") for walk in walks for step in StepId
    ]
    return pytest.mark.parametrize(("walk", "step"), cases)


def seen(walk: Walk, step: StepId) -> Seen:
    return survey(walk)[step]


@pages(WALKS)
def test_all_that_takes_the_keyboard_has_its_own_name(
    qapp: QApplication, walk: Walk, step: StepId
) -> None:
    nameless = [one.kind for one in seen(walk, step).targets if not one.name.strip()]
    assert not nameless
    other = [
        f"{one} is said as {one.said!r}"
        for one in seen(walk, step).targets
        if one.said != one.name.replace("&&", "&")
    ]
    assert not other


def repeats(one: Target) -> bool:
    """Whether what is said after the name says nothing but the name."""
    return bool(one.described) and one.described.casefold() in one.name.casefold()


def is_called_so(one: Target) -> bool:
    """Whether the words on a thing are in what it is called; signs are not said."""
    return plain(one.shown) in plain(one.name)


def plain(words: str) -> str:
    """The words alone, as they are said."""
    return " ".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())


@pages(WALKS)
def test_no_two_things_on_a_page_have_the_same_name(
    qapp: QApplication, walk: Walk, step: StepId
) -> None:
    counted = Counter((one.role, one.name) for one in seen(walk, step).targets)
    assert not [f"{count} × {name}" for (_role, name), count in counted.items() if count > 1]


@pages(WALKS)
def test_every_thing_has_a_role_a_screen_reader_knows(
    qapp: QApplication, walk: Walk, step: StepId
) -> None:
    odd = [f"{one}: {one.role}" for one in seen(walk, step).targets if one.role not in ROLES]
    assert not odd


@pages(WALKS)
def test_what_is_said_after_a_name_is_not_the_name_again(
    qapp: QApplication, walk: Walk, step: StepId
) -> None:
    targets = seen(walk, step).targets
    again = [f"{one}: {one.described!r}" for one in targets if repeats(one)]
    print(f"{len(targets)} that take the keyboard, {len(again)} say their name twice")
    assert again == []


@pages(WALKS)
def test_the_words_on_a_thing_are_in_its_name(qapp: QApplication, walk: Walk, step: StepId) -> None:
    """Who speaks to the computer says what can be read."""
    targets = [*seen(walk, step).targets, *seen(walk, step).around]
    assert seen(walk, step).around
    other = [f"{one} shows {one.shown!r}" for one in targets if not is_called_so(one)]
    print(f"{sum(bool(one.shown) for one in targets)} with words, {len(other)} called otherwise")
    assert other == []


@pages(WALKS)
def test_a_page_is_read_as_it_is_seen(qapp: QApplication, walk: Walk, step: StepId) -> None:
    assert seen(walk, step).misread == []


@pages(WALKS)
def test_a_page_has_a_heading_and_no_picture_without_words(
    qapp: QApplication, walk: Walk, step: StepId
) -> None:
    assert seen(walk, step).headings
    assert seen(walk, step).decorations == []


@pages(WALKS)
def test_tab_comes_everywhere(qapp: QApplication, walk: Walk, step: StepId) -> None:
    assert not [str(one) for one in seen(walk, step).targets if not one.reached]


MOST_STOPS = 16
"""How many times Tab stops on a page at the most."""
USUAL_STOPS = 8
"""On half of the pages Tab stops no more often than this."""
COUNTED = tuple(step for step in StepId if step is not StepId.HOUR)
"""The posts of the hour have rules of their own."""


@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_tab_leads_through_a_page_in_few_presses(qapp: QApplication, walk: Walk) -> None:
    stops = {step.value: seen(walk, step).stops for step in COUNTED}
    print(f"{walk}: {stops}")
    assert max(stops.values()) <= MOST_STOPS
    assert median(stops.values()) <= USUAL_STOPS


@pages(WALKS)
def test_tab_goes_where_the_eye_goes(qapp: QApplication, walk: Walk, step: StepId) -> None:
    assert not seen(walk, step).disorder


def least_height(one: Target) -> int:
    """How high a target is at least, in pixels.

    Each post of the hour has quiet actions, low so that more posts are seen; WCAG asks for 24.
    """
    return Height.PLAIN_BUTTON if one.quiet else Height.TARGET


@pages(WALKS)
def test_every_target_can_be_hit(qapp: QApplication, walk: Walk, step: StepId) -> None:
    small = [
        f"{one}: {one.width}×{one.height}"
        for one in seen(walk, step).targets
        if one.role not in ROWS and (one.height < least_height(one) or one.width < 24)
    ]
    assert not small


@pages(WALKS)
def test_nothing_is_shown_as_markup(qapp: QApplication, walk: Walk, step: StepId) -> None:
    assert not seen(walk, step).marked_up


@pages(WALKS)
def test_one_button_at_the_most_is_filled(qapp: QApplication, walk: Walk, step: StepId) -> None:
    assert len(seen(walk, step).filled) <= 1


@pages(WALKS)
def test_nothing_opens_as_a_window_of_its_own(qapp: QApplication, walk: Walk, step: StepId) -> None:
    assert not seen(walk, step).astray


@pages([*WALKS, *LARGE, *WIDE])
def test_nothing_is_cut_off(qapp: QApplication, walk: Walk, step: StepId) -> None:
    assert not seen(walk, step).clipped


@pages([*WALKS, *LARGE, *WIDE])
def test_nothing_scrolls_sideways(qapp: QApplication, walk: Walk, step: StepId) -> None:
    assert not seen(walk, step).sideways


REHEARSED_BY_HAND = [
    Walk("fr", "example"),
    Walk("fr", "example", 2.0),
    Walk("qps", "example"),
    Walk("fr", "example", mirrored=True),
    Walk("fr", "example", 2.0, wide=True),
]


@pytest.mark.parametrize("page", PRETEND)
@pytest.mark.parametrize("walk", REHEARSED_BY_HAND, ids=str)
def test_the_pages_of_a_rehearsal_are_like_the_others(
    qapp: QApplication, walk: Walk, page: str
) -> None:
    seen = survey_pretend(walk)[page]
    assert seen.targets
    assert not [one.kind for one in seen.targets if not one.name.strip()]
    counted = Counter((one.role, one.name) for one in seen.targets)
    assert not [f"{count} × {name}" for (_role, name), count in counted.items() if count > 1]
    assert not [f"{one}: {one.role}" for one in seen.targets if one.role not in ROLES]
    assert not [str(one) for one in seen.targets if not one.reached]
    assert not [
        f"{one}: {one.width}×{one.height}"
        for one in seen.targets
        if one.role not in ROWS and (one.height < 32 or one.width < 24)
    ]
    assert not seen.marked_up
    assert not seen.clipped
    assert not seen.sideways
    assert len(seen.filled) <= 1


@pytest.mark.parametrize("walk", [*WALKS, *LARGE], ids=str)
def test_there_is_something_on_every_page(qapp: QApplication, walk: Walk) -> None:
    """The tests above would be content with empty pages."""
    assert set(survey(walk)) == set(StepId)
    assert sum(len(one.targets) for one in survey(walk).values()) > 40


@pytest.mark.parametrize("walk", [WALKS[1], LARGE[1]], ids=str)
def test_the_window_fits_a_small_screen(qtbot: QtBot, walk: Walk) -> None:
    with opened(walk) as app:
        assert (app.window.width(), app.window.height()) == (1280, 720)
        bar = app.window.bar
        for one in (*bar.findChildren(QPushButton), *bar.findChildren(QLabel)):
            if one.isVisible():
                assert bar.rect().contains(one.geometry()), one.accessibleName()


# --- the tests above can fail ------------------------------------------------------------------


def test_what_is_cut_off_is_noticed(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    box.resize(300, 200)
    words = Text("Anticonstitutionnellement vôtre, et bien davantage encore")
    words.setParent(box)
    words.setGeometry(0, 0, 280, words.heightForWidth(280))
    button = Button("Un assez long bouton")
    button.setParent(box)
    button.setGeometry(0, 100, button.sizeHint().width(), button.sizeHint().height())
    assert (label_problem(words), button_problem(button)) == ("", "")
    words.setGeometry(0, 0, 280, 5)
    assert "high" in label_problem(words)
    words.setGeometry(0, 0, 40, 200)
    assert "a word of" in label_problem(words)
    words.setGeometry(200, 0, 280, 60)
    assert label_problem(words) == "outside its box"
    button.setGeometry(0, 100, 60, 36)
    assert "instead of" in button_problem(button)


def test_a_tab_that_jumps_back_up_is_noticed(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    first, second, beside = Button("Un"), Button("Deux"), Button("À côté")
    for one, (x, y) in ((first, (0, 0)), (second, (0, 100)), (beside, (400, 0))):
        one.setParent(page)
        one.setGeometry(x, y, 90, 32)
    assert jumps(page, [first, second, beside]) == []
    assert jumps(page, [second, first, beside]) == ["'Deux' then 'Un'"]


def test_a_field_without_a_name_or_out_of_reach_is_noticed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, skipped = QLineEdit(), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(skipped)
    skipped.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert target(field, reached=True).name == ""
    assert tabbed(window) == [field]
    assert takes_keyboard(field)
    assert not takes_keyboard(skipped)


def test_every_page_can_be_made_narrow(qapp: QApplication) -> None:
    """Half a laptop's screen, beside a browser; and no width between at which something is cut."""
    with opened(WALKS[0]) as app:
        workspace = app.window.workspace
        assert workspace is not None
        cut = []
        for step in StepId:
            workspace.open_step(step)
            page = workspace.page(step)
            for width in (1366, 1280, 1152, 1120, 1024, 920, 880, 800, 700):
                app.window.resize(width, 720)
                for _turn in range(3):
                    QApplication.processEvents()
                if app.window.width() > width:
                    cut.append(f"{step.value} keeps the window at {app.window.width()} px")
                elif page.widget().width() > page.viewport().width():
                    cut.append(f"{step.value} at {width} px: {page.widget().width()} px inside")
        assert not cut

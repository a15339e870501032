"""The strip says nothing good while something is wrong, and the worst of it comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.pace import PaceVerdict
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.strip import StatusStrip
from tchat_desktop.ui.pages.shared.hour_words import needing_care_words
from tchat_desktop.wording.i18n import _
from tests.ui.pages.hour.conftest import Cockpit, settle

Make = Callable[..., Cockpit]
GOOD = "Your messages keep to their times."


def tone(strip: StatusStrip) -> object:
    return strip.tone


@pytest.fixture
def view(make_cockpit: Make) -> HourView:
    cockpit = make_cockpit()
    cockpit.start()
    view = cockpit.board.view()
    return replace(view, pace=replace(view.pace, verdict=PaceVerdict.GOOD))


@pytest.fixture
def strip(qtbot: object) -> StatusStrip:
    strip = StatusStrip(rehearsing=False)
    qtbot.addWidget(strip)  # type: ignore[attr-defined]
    return strip


def test_all_is_well_only_when_it_is(view: HourView, strip: StatusStrip) -> None:
    strip.show_view(view)
    assert strip.sentence == _(GOOD)
    assert tone(strip) == "well"
    asked = replace(view.rows[0], state=PostState.HANDED_OVER)
    failed = replace(view.rows[0], state=PostState.FAILED)
    for wrong in (
        replace(view, needing_care=1),
        replace(view, reachable=False),
        replace(view, cut=True),
        replace(view, rows=(asked, *view.rows[1:])),
        replace(view, rows=(failed, *view.rows[1:])),
        replace(view, waits_for_word=True),
    ):
        strip.show_view(wrong)
        assert _(GOOD) not in strip.sentence
        assert tone(strip) == "look"
        assert not strip._check.isEnabled() or wrong.to_check
    strip.show_view(view)
    assert tone(strip) == "well"


def test_nothing_to_check_is_not_said_while_something_is_wrong(
    view: HourView, strip: StatusStrip
) -> None:
    for wrong in ({"needing_care": 1}, {"reachable": False}, {"cut": True}):
        strip.show_view(replace(view, **wrong))  # type: ignore[arg-type]
        assert strip._check.isHidden()
    strip.show_view(view)
    assert not strip._check.isHidden()


def test_a_network_that_is_gone_comes_first(view: HourView, strip: StatusStrip) -> None:
    strip.show_view(replace(view, needing_care=1))
    care = strip.sentence
    for gone in ({"reachable": False}, {"cut": True}):
        wrong = replace(view, needing_care=1, **gone)  # type: ignore[arg-type]
        strip.show_view(wrong)
        assert strip.sentence.endswith(care)
        assert strip.sentence != care


def test_a_confidence_is_urgent_before_all_else(view: HourView, strip: StatusStrip) -> None:
    asked = replace(view.rows[0], state=PostState.HANDED_OVER)
    for beside in (
        {},
        {"reachable": False},
        {"paused": True},
        {"rows": (asked, *view.rows[1:])},
        {"waits_for_word": True},
        {"ended": True},
    ):
        strip.show_view(replace(view, needing_care=2, urgent=1, **beside))  # type: ignore[arg-type]
        # What else is wrong stands on a line of its own.
        assert strip.sentence.splitlines()[0] == needing_care_words(2, 1)
        assert tone(strip) == "stop"
        assert not strip._care.isHidden()
    assert needing_care_words(2, 1).endswith(needing_care_words(1))
    strip.show_view(replace(view, needing_care=1))
    assert tone(strip) == "look"


def test_put_off_and_given_up_are_in_two_places(make_cockpit: Make) -> None:
    cockpit = make_cockpit()
    hour = cockpit.start()
    hour.becomes("welcome", PostState.HANDED_OVER)
    hour.say_rows()
    settle()
    now = cockpit.board.now
    later, yes = now._later.geometry(), now._yes.geometry()
    now._later.click()
    settle()
    assert now._drop.isVisible()
    assert not now._drop.geometry().intersects(later)
    assert now._yes.geometry() == yes

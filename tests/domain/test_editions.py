"""The editions of a chat beside each other."""

from __future__ import annotations

from datetime import timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.editions import Measure, MeasureSeries, authors_before, series
from tchat_desktop.domain.figures import Figures
from tchat_desktop.domain.report import edition_of
from tests.domain.test_recap import START, item
from tests.fakes.network import NETWORK


def test_each_measure_stands_over_all_the_editions() -> None:
    former = (Figures(participants=12, reposts=None), Figures(participants=20, reposts=4))
    found = {one.measure: one for one in series(former, Figures(participants=18, reposts=9))}
    people = found[Measure.PARTICIPANTS]
    assert people.counts == (12, 20, 18)
    assert people.difference == -2
    assert found[Measure.REPOSTS].counts == (None, 4, 9)
    # What says nothing in any edition is left out.
    assert Measure.GUESTS not in found


def test_a_difference_with_what_is_not_known_is_not_told() -> None:
    assert MeasureSeries(Measure.REPOSTS, (4, None)).difference is None
    assert MeasureSeries(Measure.REPOSTS, (None, 4)).difference is None
    assert MeasureSeries(Measure.REPOSTS, (4,)).difference is None


def test_newcomers_of_each_edition_are_seen_in_none_before_it() -> None:
    chat = Chat("c", account="org", starts_at=START)
    first = edition_of(chat, [item(1), item(2, "org")], (), NETWORK)
    assert first.authors == {"fatou"}
    assert first.figures.newcomers is None
    later = Chat("d", account="org", starts_at=START + timedelta(days=30))
    second = edition_of(later, [item(1), item(3, "awa_d")], (), NETWORK, [first])
    assert second.figures.newcomers == 1
    assert authors_before([first, second]) == {"fatou", "awa_d"}
    assert authors_before([]) is None

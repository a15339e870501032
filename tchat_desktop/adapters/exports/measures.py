"""What is counted in a chat, measure by measure, in words: the same for every table and page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tchat_desktop.adapters.exports.stationery import Labels
from tchat_desktop.domain.editions import Measure
from tchat_desktop.domain.languages import language_of
from tchat_desktop.domain.report import ChatReport


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with its name, and what it counts; None where the count is not known."""

    name: str
    count: int | None
    counts: str
    goal: int | None = None
    """What was hoped for; None where no number was given."""


def measures(report: ChatReport, labels: Labels) -> Iterator[Counted]:
    """All counts of a report, in the order in which they are told."""
    figures, asked, share = report.figures, report.asked_by_public, report.promotion
    hoped = {one.measure: one.hoped for one in report.goals}
    people = hoped.get(Measure.PARTICIPANTS)

    def counted(key: str, count: int | None, means: str = "", goal: int | None = None) -> Counted:
        return Counted(labels(f"csv_{key}"), count, labels(means or f"counts_{key}"), goal)

    yield counted("participants", figures.participants, "sheet_participants", people)
    yield counted("guests", figures.guests)
    if figures.newcomers is not None:
        yield counted("newcomers", figures.newcomers, "sheet_newcomers")
    yield counted("posts", figures.posts)
    yield counted("public_posts", figures.public_posts)
    yield counted("own_posts", figures.own_posts)
    yield counted("about_us", share.promotional)
    yield counted("asked", figures.questions_asked)
    yield counted("answered", figures.questions_answered)
    yield counted("replies", figures.replies, "sheet_replies", hoped.get(Measure.REPLIES))
    yield counted("public_asked", asked.asked)
    yield counted("public_answered", asked.answered)
    yield counted("before", figures.before)
    yield counted("after", figures.after)
    yield counted("reposts", figures.reposts, "sheet_reposts")
    for one in report.languages:
        name = labels("csv_language_untold")
        if one.code:
            name = labels("csv_language", language=language_of(one.code).name)
        yield Counted(name, one.posts, labels("counts_languages"))

"""After a rehearsal: what went well, in sentences, and what may be tried again."""

from __future__ import annotations

from tchat_desktop.i18n import _, ngettext
from tchat_desktop.services.rehearsal import RehearsalReport
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.text import Text, Tone
from tchat_desktop.ui.widgets.verdict import VerdictLine

SENTENCES = 6


def debrief(report: RehearsalReport) -> list[tuple[str, Tone]]:
    """What to say of a rehearsal: what went well first, then what to try next time."""
    said: list[tuple[str, Tone]] = [_posts(report)]
    if report.received:
        people = ngettext(
            "{count} person took part", "{count} people took part", report.participants
        ).format(count=report.participants)
        words = ngettext(
            "{people}, and wrote {count} post.", "{people}, and wrote {count} posts.",
            report.received,
        )  # fmt: skip
        said.append((words.format(people=people, count=report.received), "well"))
    said.append(_questions(report))
    if report.held_up:
        words = ngettext(
            "{count} post left late because of the network cut or a pause, and nothing was lost.",
            "{count} posts left late because of the network cut or a pause, and nothing was lost.",
            report.held_up,
        )
        said.append((words.format(count=report.held_up), "well"))
    if report.stars:
        words = ngettext(
            "You kept {count} highlight for the recap.",
            "You kept {count} highlights for the recap.",
            report.stars,
        )
        said.append((words.format(count=report.stars), "well"))
    else:
        said.append((_("Next time, mark highlights: they make the recap."), "look"))
    if report.undecided:
        words = ngettext(
            "{count} post still waits for your word: have a look at “To check”.",
            "{count} posts still wait for your word: have a look at “To check”.",
            report.undecided,
        )
        said.append((words.format(count=report.undecided), "look"))
    return said


def _posts(report: RehearsalReport) -> tuple[str, Tone]:
    if report.sent >= report.planned:
        words = ngettext(
            "The planned post left.", "All {count} planned posts left.", report.planned
        )
        return words.format(count=report.planned), "well"
    words = _("{sent} of {planned} planned posts left; the others were kept in reserve or passed.")
    return words.format(sent=report.sent, planned=report.planned), "well"


def _questions(report: RehearsalReport) -> tuple[str, Tone]:
    asked, answered = report.audience_questions, report.audience_answered
    if not asked:
        return _("Nobody asked you a question this time."), "well"
    words = ngettext(
        "You answered {answered} of {count} question from the public.",
        "You answered {answered} of {count} questions from the public.",
        asked,
    ).format(answered=answered, count=asked)
    if answered < asked:
        return words + " " + _("The filter “Not answered” shows the others."), "look"
    return words, "well"


class Debrief(Card):
    """Shows the sentences."""

    def __init__(self) -> None:
        super().__init__(edge="well", spacing=8)
        self._lines = [VerdictLine() for _index in range(SENTENCES)]
        self.add(Text(_("How it went"), "heading"), *self._lines)
        self.hide()

    def show_report(self, report: RehearsalReport) -> None:
        """Show what came of a rehearsal."""
        said = debrief(report)
        for index, line in enumerate(self._lines):
            text, tone = said[index] if index < len(said) else ("", "well")
            line.say(text, tone)  # type: ignore[arg-type]
        self.show()

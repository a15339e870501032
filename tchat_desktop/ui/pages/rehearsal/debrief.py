"""The debrief of a rehearsal: what went well, in sentences, and what may be tried again."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.domain.debrief import Answered, Cut, RehearsalReport
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.tone import Tone

SENTENCES = 15
_MOST_NAMED = 6
"""The number of messages named in one sentence; more would be a list."""

Sentence = tuple[str, Tone]


def debrief(report: RehearsalReport) -> list[Sentence]:
    """Return the sentences on a rehearsal: the posts first, then the public, then safety."""
    said: list[Sentence | None] = [
        _posts(report),
        _extra(report),
        _for_guests(report),
        _reposted(report),
        _said_only(report),
        _waiting(report),
        _cut(report),
        _public(report),
        _questions(report),
        _disclosure(report),
        _spread(report),
        _named_child(report),
        _named_child_spread(report),
        _troll(report),
        _stars(report),
    ]
    return [one for one in said if one is not None]


def _posts(report: RehearsalReport) -> Sentence:
    words = ngettext(
        "Your run sheet had {count} message; published on time: {on_time}.",
        "Your run sheet had {count} messages; published on time: {on_time}.",
        report.planned,
    )
    said = [words.format(count=report.planned, on_time=report.on_time)]
    for words, names in (
        (_("Before their time, as you chose: {count} ({names})."), report.early),
        (_("Late by more than two minutes: {count} ({names})."), report.late),
        (_("Not published: {count} ({names})."), report.missing),
    ):
        if names:
            said.append(words.format(count=len(names), names=_named(names)))
    return " ".join(said), "look" if report.late or report.missing else "well"


def _cut(report: RehearsalReport) -> Sentence | None:
    if report.cut is Cut.NOT_REACHED:
        return None
    if report.cut is Cut.NOT_REPAIRED:
        said = _(
            "The network was cut, and you did not repair it: nothing more could leave. On the day, "
            "share the connection of your phone."
        )
    elif report.cut is Cut.BY_ITSELF:
        said = ngettext(
            "The network was cut, and came back by itself after {count} minute of the chat.",
            "The network was cut, and came back by itself after {count} minutes of the chat.",
            report.cut_minutes,
        ).format(count=report.cut_minutes)
    elif report.cut_minutes:
        said = ngettext(
            "The network was cut, and you repaired it: it came back after {count} minute of the "
            "chat.",
            "The network was cut, and you repaired it: it came back after {count} minutes of the "
            "chat.",
            report.cut_minutes,
        ).format(count=report.cut_minutes)
    else:
        said = _("The network was cut, and you repaired it at once.")
    held = ngettext(
        "{count} message could not leave meanwhile.",
        "{count} messages could not leave meanwhile.",
        report.cut_held,
    ).format(count=report.cut_held)
    said = f"{said} {held}" if report.cut_held else said
    return said, "look" if report.cut is Cut.NOT_REPAIRED else "well"


def _extra(report: RehearsalReport) -> Sentence | None:
    if not report.extra:
        return None
    words = ngettext(
        "{count} message of the reserve was published too.",
        "{count} messages of the reserve were published too.",
        report.extra,
    )
    return words.format(count=report.extra), "well"


def _for_guests(report: RehearsalReport) -> Sentence | None:
    if not report.for_guests:
        return None
    words = ngettext(
        "You published {count} answer of a guest who has no account on X.",
        "You published {count} answers of guests who have no account on X.",
        report.for_guests,
    )
    return words.format(count=report.for_guests), "well"


def _reposted(report: RehearsalReport) -> Sentence | None:
    if not report.reposted:
        return None
    words = ngettext(
        "You reposted {count} message of the public.",
        "You reposted {count} messages of the public.",
        report.reposted,
    )
    return words.format(count=report.reposted), "well"


def _said_only(report: RehearsalReport) -> Sentence | None:
    if not report.said_only:
        return None
    words = _(
        "You answered “Yes, it is published”, but “Post” had not been pressed on the page, and the "
        "public saw nothing: {names}. On the day, look at the page before you answer."
    )
    return words.format(names=_named(report.said_only)), "stop"


def _named(names: Sequence[str]) -> str:
    named = ", ".join(names[:_MOST_NAMED])
    return f"{named}…" if len(names) > _MOST_NAMED else named


def _waiting(report: RehearsalReport) -> Sentence | None:
    count = report.unconfirmed + report.undecided
    if not count:
        return None
    words = ngettext(
        "At the end {count} message was waiting for your word, under “To check”.",
        "At the end {count} messages were waiting for your word, under “To check”.",
        count,
    )
    return words.format(count=count), "look"


def _public(report: RehearsalReport) -> Sentence | None:
    if not report.said:
        return None
    if not report.by_hand:
        words = ngettext(
            "The invented public wrote {count} message; you saw it come by itself.",
            "The invented public wrote {count} messages; you saw them come by themselves.",
            report.said,
        )
        return words.format(count=report.said), "well"
    wrote = ngettext(
        "The invented public wrote {count} message on the page of the tag.",
        "The invented public wrote {count} messages on the page of the tag.",
        report.said,
    ).format(count=report.said)
    if not report.taken_in:
        taken = _("You pasted none here.")
    else:
        taken = ngettext(
            "You pasted {count} here.", "You pasted {count} here.", report.taken_in
        ).format(count=report.taken_in)
    why = _(
        "Without access keys, only what you paste here can be in your recap and your thanks: "
        "the best answers are enough."
    )
    return f"{wrote} {taken} {why}", "well" if report.taken_in else "look"


def _questions(report: RehearsalReport) -> Sentence:
    if not report.questions:
        return _("Nobody asked you a question this time."), "well"
    asked = ngettext(
        "The public asked you {count} question.",
        "The public asked you {count} questions.",
        report.questions,
    ).format(count=report.questions)
    if not report.answered:
        answered = _("You answered none.")
    elif report.answered >= report.questions:
        answered = _("You answered every one.")
    else:
        answered = _("You answered {count}.").format(count=report.answered)
    waiting = _("Still without an answer: {names}.").format(names=_named(report.unanswered))
    said = " ".join((asked, answered, *((waiting,) if report.unanswered else ())))
    return said, "well" if report.answered >= report.questions else "look"


def _disclosure(report: RehearsalReport) -> Sentence | None:
    return {
        Answered.NOT_SAID: None,
        Answered.NOT_AT_ALL: (
            _(
                "Somebody of 15 confided something and had no answer. In the real chat, write to "
                "them in private, with a help number."
            ),
            "stop",
        ),
        Answered.IN_PRIVATE: (
            _(
                "Somebody of 15 confided something: you answered in private, the safest way, but "
                "without a help number. On the day, two adults answer together."
            ),
            "look",
        ),
        Answered.IN_PRIVATE_WITH_NUMBER: (
            _(
                "Somebody of 15 confided something: you answered in private, with a help number. "
                "That is right. On the day, two adults answer together, from the organisation’s "
                "account."
            ),
            "well",
        ),
        Answered.IN_PUBLIC: (
            _(
                "Somebody of 15 confided something: you answered in public, without a help "
                "number. In private is safer, and a number helps at once."
            ),
            "stop",
        ),
        Answered.IN_PUBLIC_WITH_NUMBER: (
            _(
                "Somebody of 15 confided something: you answered in public, with a help number. "
                "In private would be safer still."
            ),
            "look",
        ),
    }[report.disclosure]


def _spread(report: RehearsalReport) -> Sentence | None:
    if not report.disclosure_spread:
        return None
    return (
        _("You reposted or highlighted what was confided: more people saw it. Never do that."),
        "stop",
    )


def _named_child(report: RehearsalReport) -> Sentence | None:
    if report.named_child is Answered.NOT_SAID:
        return None
    if report.named_child is Answered.NOT_AT_ALL:
        return (
            _(
                "Somebody named a child, and nobody asked them to take the name out. On the day, "
                "ask in private."
            ),
            "stop",
        )
    if report.named_child in (Answered.IN_PUBLIC, Answered.IN_PUBLIC_WITH_NUMBER):
        return (
            _(
                "Somebody named a child: you answered in public, which leads others to the name. "
                "On the day, ask in private to take it out."
            ),
            "look",
        )
    return _("Somebody named a child: you wrote to them in private. That is right."), "well"


def _named_child_spread(report: RehearsalReport) -> Sentence | None:
    if not report.named_child_spread:
        return None
    return (
        _("You reposted or highlighted the name of a child: more people saw it. Never do that."),
        "stop",
    )


def _troll(report: RehearsalReport) -> Sentence | None:
    if report.troll is Answered.NOT_SAID:
        return None
    if report.troll is Answered.NOT_AT_ALL:
        return _("You did not answer the troll. That is the best answer."), "well"
    return _("You answered the troll, who asked for no more. Next time, hide and go on."), "look"


def _stars(report: RehearsalReport) -> Sentence:
    if not report.stars:
        return _("Next time, mark highlights: they make the recap."), "look"
    words = ngettext(
        "You chose {count} highlight for the recap.",
        "You chose {count} highlights for the recap.",
        report.stars,
    )
    return words.format(count=report.stars), "well"


class Debrief(Card):
    """The card with the sentences."""

    def __init__(self) -> None:
        super().__init__(edge="well", spacing=theme.Space.BESIDE)
        self._lines = [VerdictLine() for _index in range(SENTENCES)]
        self.add(Text(_("How it went"), "heading"), *self._lines)
        self.hide()

    def show_report(self, report: RehearsalReport) -> None:
        """Show the sentences on a rehearsal."""
        said = debrief(report)
        for index, line in enumerate(self._lines):
            text, tone = said[index] if index < len(said) else ("", "well")
            line.say(text, tone)
        self.show()

"""Sentences on what the answers, or the time that is left, suggest for the rest of an hour."""

from __future__ import annotations

from dataclasses import replace

from tchat_desktop.domain.catching_up import Cause, Proposal
from tchat_desktop.domain.course import course
from tchat_desktop.domain.outgoing import OUT, PostKind, left_at
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.changed_times import changed_times
from tchat_desktop.ui.pages.shared.hour_words import hour_of, row_name
from tchat_desktop.wording.i18n import _, ngettext

ADVICE = (Cause.TIGHT, Cause.LAST_MINUTE, Cause.MANY, Cause.FEW, Cause.STILL)
"""The proposals of domain.pacing."""


def advice_words(proposal: Proposal, view: HourView) -> str:
    """Return why something is proposed, and what it would change, with the times."""
    times = dict(proposal.times)
    left_out = [row for row in view.rows if row.id in proposal.left_out]
    names = ", ".join(row_name(row) for row in left_out)
    if proposal.cause is Cause.LAST_MINUTE:
        at = hour_of(left_out[0].due_at, view.chat)
        words = _("{posts}, at {hour}: by then hardly any time is left. Do the words still fit?")
        return words.format(posts=names, hour=at)
    if proposal.cause is Cause.TIGHT:
        count = view.pace.questions_left
        words = ngettext(
            "{minutes} min left for {count} question: {posts} would no longer fit.",
            "{minutes} min left for {count} questions: {posts} would no longer fit.",
            count,
        )
        return words.format(minutes=view.minutes_left, count=count, posts=names)
    asked = [row for row in view.rows if row.kind is PostKind.QUESTION and row.state in OUT]
    current = row_name(max(asked, key=lambda row: left_at(row, NETWORK))) if asked else ""
    why = {
        Cause.MANY: _("Many people are answering {question}. The rest can wait:"),
        Cause.FEW: _("Few answers to {question} yet. Give it time, or go on as planned:"),
        Cause.STILL: _("Few answers to {question}. Give it time, or go on now:"),
    }[proposal.cause].format(question=current)
    changes = [(row, replace(row, due_at=times[row.id])) for row in view.rows if row.id in times]
    return f"{why} {changed_times(course(view.rows, changes, view.now), view.chat)}"

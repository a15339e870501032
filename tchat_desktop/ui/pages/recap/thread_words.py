"""The sentences on the thread that tells the recap."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import PostState, Reason
from tchat_desktop.domain.recap_thread import ThreadProblem
from tchat_desktop.domain.thread_rows import ThreadLine
from tchat_desktop.ui.pages.recap.thread_state import ThreadState
from tchat_desktop.wording.i18n import N_, _, format_price, ngettext
from tchat_desktop.wording.reasons import post_words
from tchat_desktop.wording.tone import Tone

_PROBLEMS = {
    ThreadProblem.EMPTY: N_("This message is empty: write it, or take it out."),
    ThreadProblem.TOO_LONG: N_("This message is too long: X would not take it."),
    ThreadProblem.NO_PAGE: N_(
        "X takes this text, but the page of the browser cannot hold it: shorten it."
    ),
    ThreadProblem.HIDDEN: N_("This message names somebody whom you hide: take the name out."),
    ThreadProblem.MENTIONS: N_(
        "It calls several people by @name. X may take that for spam: write plain names."
    ),
}

_STATES: dict[PostState, tuple[str, Tone]] = {
    PostState.PLANNED: (N_("Waits for its turn"), "plum"),
    PostState.DUE: (N_("Waits for its turn"), "plum"),
    PostState.SENDING: (N_("Leaving…"), "plum"),
    PostState.SENT: (N_("Published"), "well"),
    PostState.UNKNOWN: (N_("To check"), "look"),
    PostState.HANDED_OVER: (N_("Open in your browser"), "look"),
    PostState.FAILED: (N_("Did not leave"), "stop"),
}


def thread_problem_words(problem: ThreadProblem) -> str:
    """Return what to look at in a message; "" where it is said elsewhere."""
    return _(_PROBLEMS[problem]) if problem in _PROBLEMS else ""


def state_of(line: ThreadLine) -> tuple[str, Tone]:
    """Return how far a message of the thread is; "" while nothing was asked of it."""
    if line.state is PostState.SENT and line.row is not None and not line.row.remote_id:
        return _("Published, without a link"), "look"
    state = line.state
    if state is PostState.SENDING and line.row is not None and line.row.route is Route.ASSISTED:
        # Its page is being opened: nothing leaves before the organiser posts it there.
        state = PostState.HANDED_OVER
    words, tone = _STATES.get(state, ("", "plain"))
    return (_(words) if words else ""), tone


def way_words(count: int, cents: float | None) -> str:
    """Return how the messages leave and what that costs; without `cents` it is the browser."""
    if cents is None:
        return _(
            "Free: each message opens ready in your browser, in order. You post it, then give its "
            "link here, and the next one answers it."
        )
    words = ngettext(
        "With your access keys: {count} message for {price}.",
        "With your access keys: {count} messages for {price}, one every 20 seconds. You can stop "
        "at any time.",
        count,
    )
    return words.format(count=count, price=format_price(cents))


def publish_words(state: ThreadState, cents: float) -> str:
    """Return the label of the button by which the thread leaves, with what it costs."""
    words = _("Publish the thread for {price}")
    if state.begun:
        words = _("Go on with the thread for {price}")
    return words.format(price=format_price(cents))


def progress_words(lines: Sequence[ThreadLine]) -> str:
    """Return how many messages of the thread are out."""
    out = sum(line.state is PostState.SENT for line in lines)
    words = ngettext("{out} of {count} published", "{out} of {count} published", len(lines))
    return words.format(out=out, count=len(lines))


def thread_notice(state: ThreadState) -> tuple[str, Tone]:
    """Return what is to be known of the thread now, with its tone; "" for nothing."""
    if state.plays:
        words = _("This is how it will look. Nothing has left, and these messages are not kept.")
        return (words if state.whole else ""), "plum"
    if state.whole:
        return _("Your thread is published."), "well"
    if state.lines and state.elsewhere:
        return _("This chat is published from another computer, and so is its thread."), "look"
    line = state.stopped_at
    if line is None:
        return "", "plum"
    tone: Tone = "stop" if line.state is PostState.FAILED else "look"
    return _stopped_words(line, state.lines.index(line) + 1), tone


def _stopped_words(line: ThreadLine, number: int) -> str:
    """Return why the thread does not go on at a message; `number` is its place, from 1."""
    if line.state is PostState.FAILED and line.row is not None:
        return _("Message {number}: {why} The messages after it wait.").format(
            number=number, why=post_words(line.row.reason, Reason.REFUSED)
        )
    if line.state is PostState.UNKNOWN:
        return _(
            "It is not known whether message {number} is published. Look at your account on X: if "
            "it is there, give its link."
        ).format(number=number)
    return _(
        "The thread stopped before message {number}. It goes on when you wish, and nothing is "
        "published twice."
    ).format(number=number)

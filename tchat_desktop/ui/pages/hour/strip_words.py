"""What the strip says: the sentence about the hour, its short form, and what leaves next."""

from __future__ import annotations

from dataclasses import dataclass

from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason
from tchat_desktop.domain.pace import PaceVerdict
from tchat_desktop.domain.replanning import has_begun
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.shared.hour_words import (
    countdown,
    hour_of,
    needing_care_words,
    pace_words,
    row_name,
    unconfirmed_words,
    waits_for_private_words,
    waits_for_typing_words,
    x_button,
)
from tchat_desktop.wording.i18n import _, format_delta, ngettext
from tchat_desktop.wording.network_words import obstacle_words
from tchat_desktop.wording.tone import Tone


@dataclass(frozen=True, slots=True)
class StripSentence:
    """The sentence about the chat as a whole.

    It does not show `in_full` where a chip says it in `short`, or a card and a button beside do.
    """

    words: str
    tone: Tone
    short: str = ""
    in_full: bool = True


@dataclass(frozen=True, slots=True)
class NextWords:
    """What leaves next, as it is shown and as it is called; both "" for nothing."""

    shown: str = ""
    name: str = ""


def title_words(view: HourView) -> str:
    """Return the title: whether the chat is to come, under way or over."""
    if view.rehearsing:
        return _("Rehearsal")
    if view.ended:
        return _("Finished")
    if view.held_up:
        return _("Closed here")
    return _("Soon") if view.begins_in is not None else _("Live")


def time_left_words(view: HourView) -> str:
    """Return how much time is left, or until the chat begins; "" once that is of no use."""
    if view.ended or view.held_up:
        return ""
    if view.begins_in is not None:
        return _("Begins {when}").format(when=format_delta(view.begins_in))
    if view.is_past_end:
        return _("Last messages")
    count = view.minutes_left
    return ngettext("{count} min left", "{count} min left", count).format(count=count)


def next_words(view: HourView) -> NextWords:
    """Return what leaves next, with its countdown."""
    following = view.leaves_next
    # While missed posts wait for a decision, the next post is not known.
    if following is None or view.ended or view.waits_for_word:
        return NextWords()
    post, time = row_name(following), countdown(following.due_at - view.now)
    barred = view.barred is not Reason.NONE and following is view.pace.following
    if view.waits_for_typing:
        shown = name = _("{post}: the page is ready").format(post=post)
    elif view.paused:
        shown, name = _("{post}, on hold"), _("Next: {post}, on hold")
    elif following.id in view.held:
        shown, name = _("{post}, being changed"), _("Next: {post}, being changed")
    elif view.waits_behind is not None:
        shown = _("{post} in a moment")
        name = _("Next: {post}, shortly after the page before it")
    elif barred:
        shown, name = _("{post}, will not leave"), _("Next: {post}, will not leave")
    else:
        shown, name = _("{post} in {time}"), _("Next: {post} in {time}")
    return NextWords(shown.format(post=post, time=time), name.format(post=post, time=time))


def strip_sentence(view: HourView) -> StripSentence:
    """Return the sentence, with the posts that ask for attention."""
    return _with_care(view, _sentence(view))


def _sentence(view: HourView) -> StripSentence:
    if view.ended:
        return _over(view)
    if view.held_up:
        words = _("Nothing leaves from here.")
        # The card below says why.
        return StripSentence(words, "look", words, in_full=False)
    if view.paused:
        return _on_hold(view)
    if gone := _network_words(view):
        # Below an urgent sentence what is to be done must do: the strip would cover the cards.
        return StripSentence(gone if view.urgent else gone + " " + _("Nothing is lost."), "look")
    if view.waits_for_word:
        words = _("Posts were missed. Nothing leaves until you have chosen, below.")
        # As above: the choice itself is below.
        return StripSentence(_("Posts are late: choose below.") if view.urgent else words, "look")
    return _text_waiting(view) or _page_waiting(view) or _with_tag(view, _course(view))


def _with_tag(view: HourView, said: StripSentence) -> StripSentence:
    """Return the sentence, or that the tag was not read for long where a card says the same."""
    if not view.tag_unseen or said.in_full:
        return said
    words = _(
        "Look at the tag on X, and paste its page here: a question or a confidence may be waiting."
    )
    return StripSentence(words, "plum")


def _on_hold(view: HourView) -> StripSentence:
    words = _("Everything is on hold: nothing leaves until you press “Resume”.")
    if view.rehearsing:
        words += " " + _("The time goes on.")
    count = len(view.on_the_way)
    if count:
        wait = ngettext("{count} reply or repost waits.", "{count} replies or reposts wait.", count)
        words += " " + wait.format(count=count)
    if gone := _network_words(view):
        words += " " + gone
    return StripSentence(words, "look")


def _over(view: HourView) -> StripSentence:
    """Return the sentence after the end, with what is still open."""
    if view.unconfirmed:
        words = _("It is over.") + " " + unconfirmed_words(view.unconfirmed)
        return StripSentence(words, "look")
    if view.to_check:
        words = _("The time is over. What is under “To check” waits for you.")
        return StripSentence(words, "look")
    words = _("It is over. Everything is saved.")
    return StripSentence(words, "well", _("Everything is saved"), in_full=False)


def _network_words(view: HourView) -> str:
    """Return what separates the hour from X; "" while nothing does."""
    if view.cut:
        return _(
            "The network is gone: nothing leaves. “Repair the network” is in “Your rehearsal”."
        )
    return "" if view.reachable else obstacle_words(view.obstacle)


def somebody_needs_care(view: HourView) -> bool:
    """Return whether posts by the public ask for attention, also after a real hour."""
    done = view.held_up or (view.ended and view.rehearsing)
    return view.needing_care > 0 and not done


def _with_care(view: HourView, said: StripSentence) -> StripSentence:
    """Return the sentence together with the posts that ask for attention, the more urgent first."""
    if not somebody_needs_care(view):
        return said
    care, text = needing_care_words(view.needing_care, view.urgent), said.words
    if view.urgent:
        # What a card below says too is not said beside something so urgent.
        alone = said.tone == "well" or not said.in_full or view.ended
        # On a line of its own: it is another matter, and another thing to do.
        return StripSentence(care if alone else f"{care}\n{text}", "stop")
    if view.ended:
        return StripSentence(f"{text} · {care}", "look")
    if said.tone == "well":
        return StripSentence(care, "look")
    stands = view.paused or view.waits_for_word or bool(_network_words(view))
    if not said.in_full:
        return StripSentence(care, "look")
    return StripSentence(f"{text} · {care}" if stands else f"{care} · {text}", "look")


def _text_waiting(view: HourView) -> StripSentence | None:
    post = view.kept_waiting
    if post is None:
        return None
    words = _(
        "{post} has been waiting for you since {hour}, and the rest behind it: its text is still "
        "open for changes."
    )
    words = words.format(post=row_name(post), hour=hour_of(post.due_at, view.chat))
    return StripSentence(words, "look")


def _page_waiting(view: HourView) -> StripSentence | None:
    following = view.leaves_next
    if not view.waits_for_typing or following is None:
        return None
    if view.in_private:
        return StripSentence(waits_for_private_words(following), "look")
    return StripSentence(waits_for_typing_words(following), "plum")


def _course(view: HourView) -> StripSentence:
    """Return the sentence on a running hour: what needs the organiser, or else the pace."""
    waiting = view.to_check
    opened = [row for row in waiting if row.state is PostState.HANDED_OVER]
    if len(waiting) > 1 or len(opened) < len(waiting):
        words = ngettext(
            "One of your messages waits for your word: see “To check”.",
            "Some of your messages wait for your word: see “To check”.",
            len(waiting),
        )
        return StripSentence(words, "look")
    if view.keys_trouble is not None:
        return StripSentence(_("Posts no longer leave by themselves: see “To check”."), "look")
    if opened:
        return _opened(opened[0], view)
    if view.barred is Reason.SPENDING_LIMIT:
        words = _("The next post would go over the amount you set: it will not leave by itself.")
        return StripSentence(words, "look")
    if not has_begun(view.rows):
        words = _("Nothing has left yet. Each post is counted down before it leaves.")
        return StripSentence(words, "plum", _("Nothing published yet"), in_full=False)
    return _pace(view)


def _opened(row: OutboxPost, view: HourView) -> StripSentence:
    words = _("{post}: press “{button}” in your browser, then confirm it here.")
    if view.rehearsing:
        words = _("{post}: press “{button}” on the pretend page, then confirm it here.")
    words = words.format(post=row_name(row), button=x_button(row))
    # The card of the post asks the same, and the button of what is to check leads to it.
    return StripSentence(words, "look", in_full=False)


def _pace(view: HourView) -> StripSentence:
    words, tone = pace_words(view)
    if tone == "look":
        return StripSentence(words, tone)
    return StripSentence(words, tone, short_pace(view), in_full=False)


def short_pace(view: HourView) -> str:
    """Return in two or three words whether there is time for the questions left.

    Return "" before the chat and after its time, when it has no pace.
    """
    pace = view.pace
    if view.begins_in is not None or view.is_past_end:
        return ""
    match pace.verdict:
        case PaceVerdict.AHEAD | PaceVerdict.GOOD if pace.following is None:
            return _("Nothing left to publish")
        case PaceVerdict.AHEAD:
            return _("Ahead of time")
        case PaceVerdict.LATE if pace.late_by:
            return _("{count} min late").format(count=pace.late_by)
        case PaceVerdict.TIGHT | PaceVerdict.LATE:
            return _("Little time")
        case _:
            return _("Good pace")

"""The strip that is always visible: the state of the hour, what comes next, the button to pause."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tchat_desktop.domain.outgoing import ASKED_FOR
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.pages.hour.hour_keys import HourKey
from tchat_desktop.ui.pages.hour.strip_rows import StripNext, StripNotice, StripRow, StripTitle
from tchat_desktop.ui.pages.hour.strip_words import (
    StripSentence,
    next_words,
    somebody_needs_care,
    strip_sentence,
    time_left_words,
    title_words,
)
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.text import Chip
from tchat_desktop.ui.widgets.tool_tip import set_tip, tip_of
from tchat_desktop.wording.i18n import _, ngettext

LEAST_SENTENCE = 300
"""The width in pixels at 100 % that a sentence needs beside the buttons that answer it."""


class StatusStrip(QFrame):
    """Shows the state of the hour in one row, and a warning in another one below it.

    It grows when there is a warning, and keeps that height until `give_room_back`, so that the page
    does not move under the pointer. Each of its two rows leaves out what counts least rather than
    to become two; the title tells what the first one leaves out.
    """

    reshaped = Signal()
    """Emitted when the strip needs another height."""
    pause_wanted = Signal()
    resume_wanted = Signal()
    check_wanted = Signal()
    text_wanted = Signal()
    """Emitted to go to the text that is being changed after its post was due."""
    care_wanted = Signal()
    """Emitted to go to the post of the public that asks for attention."""
    end_wanted = Signal()
    """Emitted to go to the card of the end."""
    tag_wanted = Signal()
    """Emitted to open the page of the tag on X."""
    open_wanted = Signal(str)
    """Emitted with the id of a post whose page is to open although it waits for something."""

    _left_out: frozenset[QWidget] = frozenset()
    """What is never shown, as another computer publishes."""

    def __init__(self, rehearsing: bool) -> None:
        super().__init__()
        self.setProperty("bar", True)
        self.setProperty("side", "top")
        self._kept: dict[int, int] = {}
        """The greatest height so far in pixels, by the width."""
        self._sides, self._most = (0, 0), 0
        self.one_row = 0
        """Its height in pixels without a warning."""
        self._held_free = 0
        self._wanted: set[QWidget] = set()
        """What is to be seen if it has room."""
        self._has_rows = self._paused = False
        self._leads_to_end = False
        self._urgent = 0
        self._sentence = StripSentence("", "plain")
        self._waiting = ""
        self._counted = ""
        """The id of the reply, repost or guest's answer that is counted down; "" for none."""
        self.title = StripTitle(rehearsing)
        self._pace = Chip()
        self._pace.setFont(theme.tabular(self._pace.font()))
        self._nothing_leaves = Chip(_("Nothing is published"), "plum")
        whole = _("Rehearsal: nothing is published. The public is invented.")
        self._nothing_leaves.setAccessibleName(whole)
        set_tip(self._nothing_leaves, whole)
        self._keyless = Chip(_("In the browser, no keys"), "look")
        self._next = StripNext()
        words = self._check_words(0)
        self._check = Button("", "link", "check", clicked=self.check_wanted.emit, name=words)
        self._check.setEnabled(False)
        self._pause = PublishButton(_("Pause"), "danger", "pause", self._on_pause)
        self._pause.guard(False)
        self._show_paused(False)
        self._pause.keep_size()
        self._wanted |= {self.title, self._next, self._check, self._pause}
        if rehearsing:
            self._wanted.add(self._nothing_leaves)
        self._first, self._second = self._make_first_row(), self._make_second_row()
        self._column = layout = QVBoxLayout(self)
        layout.addLayout(self._first)
        layout.addLayout(self._second)
        layout.addStretch(1)
        self._shape(self.width())

    def _make_first_row(self) -> StripRow:
        return StripRow(
            self._next,
            self.title,
            self._pace,
            self._nothing_leaves,
            self._keyless,
            self._next,
            self._check,
            self._pause,
            least=self._next.least,
            least_wanted=(self._keyless, self._nothing_leaves, self._pace, self._next),
        )

    def _make_second_row(self) -> StripRow:
        self._state = StripNotice()
        self._care = self._answer(_("See the post"), "alert", self.care_wanted)
        self._text = self._answer(_("Go to the text"), "clock", self.text_wanted)
        self._end = self._answer(_("See what comes next"), "next", self.end_wanted)
        # The feed has such a button too: each needs a name of its own.
        name = _("See the tag on X, where questions may wait")
        self._tag = self._answer(_("See the tag on X"), "outside", self.tag_wanted, name)
        words = _("Open its page now")
        self._open = PublishButton(words, "quiet", "outside", self._on_open)
        self._answers = (self._care, self._text, self._tag, self._end, self._open)
        return StripRow(
            self._state,
            self._state,
            *self._answers,
            least=theme.px(LEAST_SENTENCE),
            least_of_all=theme.px(LEAST_SENTENCE) // 2,
            least_wanted=(self._tag, self._text, self._state, self._open),
        )

    def fit(self, width: int, sides: tuple[int, int], most: int) -> int:
        """Take the shape for a width; return the height it needs in pixels.

        `sides` are the margins left and right of its content, those of the page. A warning that
        would make it higher than `most` is one line. All three are in pixels.
        """
        self._sides, self._most = sides, most
        self._shape(width)
        self._column.activate()
        needed = super().heightForWidth(width)
        if not (self._has_rows and self.isVisible()):
            # What is said before the posts are known is gone at once.
            return needed
        self._kept[width] = max(needed, min(self._kept.get(width, 0), most))
        return self._kept[width]

    def hold_free(self, below: int) -> None:
        """Cover so many pixels below the first row, with a warning or without one.

        A warning that comes there covers nothing that was in sight.
        """
        self._held_free = below

    def heightForWidth(self, width: int) -> int:
        needed = max(super().heightForWidth(width), self._kept.get(width, 0))
        return max(needed, self.one_row + self._held_free)

    def _shape(self, width: int) -> None:
        """Choose what is seen and how closely it stands, for that width in pixels."""
        button = theme.px(theme.Height.BUTTON)
        above = (theme.px(theme.Height.STRIP) - button) // 2
        gap = theme.px(theme.Space.HAIR)
        # By the size of the page alone: else the first row would move with every warning.
        if 2 * (above + button) + gap > self._most:
            above = gap
        left, right = self._sides
        # The hairline of a bar is below it.
        self._column.setContentsMargins(left, above, right, above - 1)
        self._column.setSpacing(gap)
        room = max(1, width - left - right)
        wanted = self._wanted
        self._tell_left_out(self._first.fit(wanted, room))
        first = self._first.height_of(self._first.widgets, room)
        self.one_row = first + 2 * above
        self._show_warning(room, self._most - self.one_row - gap)

    def _show_warning(self, room: int, height: int) -> None:
        """Show the warning in full if it is no higher than that, or else on one line."""
        wanted = [one for one in (self._state, *self._answers) if one in self._wanted]
        beside = self._second.room_for_elastic(wanted, room)
        answers = self._second.height_of(wanted, room)
        if beside >= theme.px(LEAST_SENTENCE):
            needed = max(answers, self._state.height_in_full(beside))
        else:
            needed = self._state.height_in_full(room) + self._second.gap + answers
        one_line = self._state in wanted and needed > height
        self._state.be_one_line(one_line)
        if one_line:
            self._second.fit(wanted, room)
        else:
            self._second.show_only(wanted)

    def _tell_left_out(self, left_out: Sequence[QWidget]) -> None:
        said = (
            ": ".join(filter(None, (one.accessibleName(), one.accessibleDescription())))
            for one in left_out
        )
        words = " · ".join(filter(None, said))
        if words != self.title.accessibleDescription():
            self.title.setAccessibleDescription(words)
            set_tip(self.title, words)

    def _want(self, widget: QWidget, wanted: bool) -> None:
        """Have a widget be seen if it has room."""
        if wanted and widget not in self._left_out:
            self._wanted.add(widget)
        else:
            self._wanted.discard(widget)

    def follow(self) -> None:
        """Leave out what decides about posts, which leave from another computer."""
        of_posts = {self._pause, self._check, self._keyless, self._open, self._text}
        self._left_out = frozenset(of_posts)
        self._wanted -= of_posts
        self._ask_for_room()

    def give_room_back(self) -> None:
        """Be as high as is needed now; called while nobody points at what would move."""
        self._kept.clear()
        self._ask_for_room()

    def lead_to_end(self, leads: bool) -> None:
        """Whether to offer the way to the card of the end; shown with the next view."""
        self._leads_to_end = leads

    @property
    def keys(self) -> Sequence[HourKey]:
        """The keys of the strip, each with its button."""
        return (
            HourKey(Shortcut.PAUSE, _("Pause the messages, or resume"), self._pause),
            HourKey(Shortcut.TO_CHECK, _("Go to what is to be checked"), self._check),
        )

    @property
    def counts_to_check(self) -> bool:
        """Whether the strip shows how many posts are to be checked."""
        return not self._check.isHidden()

    @property
    def sentence(self) -> str:
        """The sentence about the chat as a whole."""
        return self._sentence.words

    @property
    def tone(self) -> str:
        """The tone of that sentence."""
        return self._sentence.tone

    def show_view(self, view: HourView) -> None:
        """Show the state of the hour."""
        self._has_rows = bool(view.rows)
        if view.paused is not self._paused:
            self._paused = view.paused
            self._show_paused(view.paused)
            # A double press on "Pause" must not resume.
            self._pause.guard(view.paused)
            self._pause.means(view.paused)
        self.title.show_words(title_words(view))
        self._want(self._pause, not (view.ended or view.held_up))
        self._want(self._keyless, view.without_keys and not view.ended)
        self._show_check(view)
        waits = view.kept_waiting is not None and not (view.ended or view.held_up)
        self._want(self._care, somebody_needs_care(view))
        self._want(self._text, waits)
        self._want(self._end, view.ended and self._leads_to_end)
        self._want(self._tag, view.tag_unseen and not (view.ended or view.held_up))
        self._show_waiting(view)
        self._show_next(view)
        self._show_sentence(view)
        self._ask_for_room()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        # Only now does the layout know that a chip was shown or hidden.
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask_for_room()
        return done

    def _ask_for_room(self) -> None:
        # A strip that was put away still receives events.
        needed = self.fit(self.width(), self._sides, self._most)
        if max(needed, self.one_row + self._held_free) != self.height() and self.isVisible():
            self.reshaped.emit()

    def _answer(self, words: str, icon_name: str, wanted: SignalInstance, name: str = "") -> Button:
        """Return a button that answers a warning."""
        return Button(words, "link", icon_name, clicked=wanted.emit, name=name)

    def _show_paused(self, paused: bool) -> None:
        words, name = _("Pause"), _("Pause the messages")
        if paused:
            words, name = _("Resume"), _("Resume")
        self._pause.show_text(words, name)
        self._pause.setIcon(icon("play" if paused else "pause", theme.tokens().coral))

    def _show_check(self, view: HourView) -> None:
        count = len(view.to_check)
        # Keys that no longer work are shown there too, even when no post is to be checked.
        keys = view.keys_trouble is not None and not count
        # When another process publishes, what is to be checked is not known here.
        troubled = view.needing_care > 0 or view.cut or not view.reachable
        self._want(self._check, not (view.held_up or (troubled and not count and not keys)))
        self._show_count(count, keys)
        which = ", ".join(row_name(row) for row in view.to_check)
        if which != self._check.accessibleDescription():
            self._check.setAccessibleDescription(which)
        # A lone tick would say nothing.
        tip = "\n".join((which or self._check.accessibleName(), named(Shortcut.TO_CHECK)))
        if tip != tip_of(self._check):
            set_tip(self._check, tip)

    def _show_count(self, count: int, keys: bool) -> None:
        words = _("Keys to check") if keys else self._check_words(count)
        wanted = keys or count > 0
        if self._check.accessibleName() == words and self._check.isEnabled() is wanted:
            return
        # A tick is enough while there is nothing to go to.
        self._check.show_text(words if wanted else "", words)
        self._check.setEnabled(wanted)
        self._check.setIcon(icon("alert" if wanted else "check", theme.tokens().plum))

    def _show_waiting(self, view: HourView) -> None:
        """Show the button that opens a page which waits for an answer in private."""
        following = view.leaves_next
        waits = view.waits_for_typing and view.in_private and following is not None
        self._waiting = following.id if waits and following is not None else ""
        self._want(self._open, waits and not (view.ended or view.held_up))
        self._open.means(self._waiting, by_itself=True)

    def _show_next(self, view: HourView) -> None:
        following, words = view.leaves_next, next_words(view)
        self._next.show_words(words)
        asked_for = words.name and following is not None and following.kind in ASKED_FOR
        counted = following.id if asked_for and following is not None else ""
        if counted and counted != self._counted:
            # A post that was held up leaves by itself: a screen reader says so once.
            announce(self, words.name)
        self._counted = counted

    def _show_sentence(self, view: HourView) -> None:
        before, said = self._sentence, strip_sentence(view)
        self._sentence = said
        self._show_pace(view, said)
        # A button that answers stands beside what it answers.
        answered = any(one in self._wanted for one in self._answers)
        self._want(self._state, said.in_full or answered)
        if self._state in self._wanted and (said.words, said.tone) != self._state.said:
            self._state.say(said.words, said.tone)
        if said != before and (view.waits_for_typing or view.urgent > self._urgent):
            announce(self, said.words)
        self._urgent = view.urgent

    def _show_pace(self, view: HourView, said: StripSentence) -> None:
        left = time_left_words(view)
        short = said.short if view.begins_in is None else ""
        words = " · ".join(filter(None, (short, left)))
        self._pace.say(words, said.tone if short else "plum")
        self._want(self._pace, bool(words))
        if said.words != self._pace.accessibleDescription():
            set_tip(self._pace, said.words)
            self._pace.setAccessibleDescription(said.words)

    @staticmethod
    def _check_words(count: int) -> str:
        if not count:
            return _("No message to check")
        return ngettext("{count} to check", "{count} to check", count).format(count=count)

    def _on_open(self) -> None:
        self.open_wanted.emit(self._waiting)

    def _on_pause(self) -> None:
        if self._paused:
            self.resume_wanted.emit()
        else:
            self.pause_wanted.emit()

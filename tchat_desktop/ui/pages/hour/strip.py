"""The strip that is always visible: the state of the hour, what comes next, the button to pause."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from tchat_desktop.domain.outgoing import ASKED_FOR, PostState, Reason
from tchat_desktop.domain.replanning import has_begun
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
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
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Notice
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.text import Chip, ElidedText, Text, TextKind, restyle
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, format_delta, ngettext
from tchat_desktop.wording.network_words import obstacle_words
from tchat_desktop.wording.tone import Tone


class StatusStrip(QFrame):
    """Shows the state of the hour in one sentence.

    It grows when a sentence needs another line, and keeps that height so that the page does not
    move under the pointer. The name of the next post has room for the longest one, for the same
    reason.
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
    tag_wanted = Signal()
    """Emitted to open the page of the tag on X."""
    open_wanted = Signal(str)
    """Emitted with the id of a post whose page is to open although it waits for something."""

    def __init__(self, rehearsing: bool) -> None:
        super().__init__()
        self.setProperty("bar", True)
        self.setProperty("side", "top")
        self._kept: dict[tuple[int, bool], int] = {}
        """The greatest height so far in pixels, by the width and by whether it looks like a bar."""
        self._paused = False
        self._urgent = 0
        self._on_hold = Chip(_("Messages on hold"), "look")
        self._on_hold.hide()
        self._pause = PublishButton(_("Pause the messages"), "danger", "pause", self._on_pause)
        self._pause.guard(False)
        self._pause.setMinimumWidth(self._pause.sizeHint().width())
        self._check = Button(self._check_words(0), "link", "check", clicked=self.check_wanted.emit)
        self._check.setEnabled(False)
        words = _("Go to the text")
        self._text = Button(words, "link", "clock", clicked=self.text_wanted.emit)
        self._text.hide()
        words = _("See the post")
        self._care = Button(words, "link", "alert", clicked=self.care_wanted.emit)
        self._care.hide()
        words = _("See the tag on X")
        # The feed has such a button too: each needs a name of its own.
        name = _("See the tag on X, where questions may wait")
        self._tag = Button(words, "link", "outside", clicked=self.tag_wanted.emit, name=name)
        self._tag.hide()
        self._waiting = ""
        self._counted = ""
        """The id of the reply, repost or guest's answer that is counted down; "" for none."""
        words = _("Open its page now")
        self._open = PublishButton(words, "quiet", "outside", self._on_open)
        self._open.hide()
        self._left = Chip(_("{count} min left").format(count=88), "plum")
        self._left.setMinimumWidth(self._left.sizeHint().width())
        self._keyless = Chip(_("In the browser, no keys"), "look")
        self._keyless.hide()
        self._next = _Next("", "strong")
        self._state = Notice(" ", "plain")
        self._state.keep_two_lines()
        self._column = layout = QVBoxLayout(self)
        self.set_pinned(True)
        layout.setSpacing(theme.px(8))
        # A separate band would leave little room for the rest on a small screen.
        band = Chip(_("Rehearsal: nothing is published. The public is invented."), "plum")
        if not rehearsing:
            # It is never shown: without a parent yet, it would open as a window.
            band.hide()
        self._title = _Title(rehearsing)
        layout.addLayout(
            FlowLayout(
                self._title,
                self._pause,
                self._on_hold,
                self._left,
                self._check,
                self._care,
                self._tag,
                self._text,
                self._open,
                self._keyless,
                band,
                self._next,
                spacing=12,
            )
        )
        layout.addWidget(self._state)
        layout.addStretch(1)

    def set_pinned(self, pinned: bool) -> None:
        """Look like a bar across the page, or else like a card on it."""
        if self.property("bar") is not pinned:
            self.setProperty("bar", pinned)
            self.setProperty("card", not pinned)
            restyle(self)
        sides = (34, 24) if pinned else (14, 14)
        self._column.setContentsMargins(
            theme.px(sides[0]), theme.px(10), theme.px(sides[1]), theme.px(10)
        )

    def heightForWidth(self, width: int) -> int:
        key = (width, bool(self.property("bar")))
        self._kept[key] = max(self._kept.get(key, 0), super().heightForWidth(width))
        return self._kept[key]

    @property
    def counts_to_check(self) -> bool:
        """Whether the strip shows how many posts are to be checked."""
        return not self._check.isHidden()

    def show_view(self, view: HourView) -> None:
        """Show the state of the hour."""
        if view.paused is not self._paused:
            self._paused = view.paused
            self._pause.show_text(_("Resume") if view.paused else _("Pause the messages"))
            name = "play" if view.paused else "pause"
            self._pause.setIcon(icon(name, theme.tokens().coral))
            # A double press on "Pause" must not resume.
            self._pause.guard(view.paused)
            self._pause.means(view.paused)
        self._title.show_view(view)
        self._on_hold.setVisible(view.paused and not view.ended and not view.held_up)
        self._pause.setHidden(view.ended or view.held_up)
        self._left.setHidden(view.ended or view.held_up)
        self._keyless.setHidden(view.ended or not view.without_keys)
        left = self._left_words(view)
        if left != self._left.text():
            self._left.setText(left)
        count = len(view.to_check)
        # Keys that no longer work are shown there too, even when no post is to be checked.
        keys = view.keys_trouble is not None and not count
        # When another process publishes, what is to be checked is not known here.
        troubled = view.needing_care > 0 or view.cut or not view.reachable
        self._check.setHidden(view.held_up or (troubled and not count and not keys))
        words = _("Keys to check") if keys else self._check_words(count)
        if self._check.accessibleName() != words:
            wanted = keys or count > 0
            self._check.show_text(words)
            self._check.setEnabled(wanted)
            self._check.setIcon(icon("alert" if wanted else "check", theme.tokens().plum))
        which = ", ".join(row_name(row) for row in view.to_check)
        if which != self._check.accessibleDescription():
            set_tip(self._check, which)
            self._check.setAccessibleDescription(which)
        self._care.setVisible(_asks_for_care(view))
        waits = view.kept_waiting is not None and not (view.ended or view.held_up)
        self._text.setVisible(waits)
        self._show_waiting(view)
        self._show_next(view)
        self._tag.setVisible(view.tag_unseen and not (view.ended or view.held_up))
        text, tone = _with_care(view, *self._sentence(view))
        if text != self._state.text:
            self._state.say(text, tone)
            if view.waits_for_typing or view.urgent > self._urgent:
                announce(self, text)
            # Otherwise the layout would learn the new height of the notice too late.
            self._state.updateGeometry()
        self._urgent = view.urgent
        self._ask_for_room()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        # Only now does the layout know that a chip was shown or hidden.
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask_for_room()
        return done

    def _ask_for_room(self) -> None:
        # A strip that was put away still receives events.
        if self.isVisible() and self.heightForWidth(self.width()) != self.height():
            self.reshaped.emit()

    def _show_waiting(self, view: HourView) -> None:
        """Show the button that opens a page which waits for an answer in private."""
        following = view.leaves_next
        waits = view.waits_for_typing and view.in_private and following is not None
        self._waiting = following.id if waits and following is not None else ""
        self._open.setVisible(waits and not (view.ended or view.held_up))
        self._open.means(self._waiting)

    def _show_next(self, view: HourView) -> None:
        following = view.leaves_next
        words = ""
        # While missed posts wait for a decision, the next post is not known.
        if following is not None and not view.ended and not view.waits_for_word:
            leaves, on_hold, barred, changing = _next_words(
                row_name(following), countdown(following.due_at - view.now)
            )
            is_barred = view.barred is not Reason.NONE and following is view.pace.following
            stays = barred if is_barred else leaves
            stays = changing if following.id in view.held else stays
            words = on_hold if view.paused else stays
            if view.waits_for_typing:
                words = _("{post}: the page is ready").format(post=row_name(following))
        self._next.keep_room({row_name(row) for row in view.rows if row.planned is not None})
        if words != self._next.accessibleName():
            self._next.show_text(words)
        asked_for = words and following is not None and following.kind in ASKED_FOR
        counted = following.id if asked_for and following is not None else ""
        if counted and counted != self._counted:
            # A post that was held up leaves by itself: a screen reader says so once.
            announce(self, words)
        self._counted = counted

    @property
    def sentence(self) -> str:
        """The sentence about the chat as a whole."""
        return self._state.text

    @staticmethod
    def _sentence(view: HourView) -> tuple[str, Tone]:
        if view.ended:
            return _over(view)
        if view.held_up:
            return _("Nothing leaves from here."), "look"
        if view.paused:
            words = _("Everything is on hold: nothing leaves until you press “Resume”.")
            if view.rehearsing:
                words += " " + _("The time goes on.")
            count = len(view.on_the_way)
            if count:
                wait = ngettext(
                    "{count} reply or repost waits.", "{count} replies or reposts wait.", count
                )
                words += " " + wait.format(count=count)
            if gone := _network_words(view):
                words += " " + gone
            return words, "look"
        if gone := _network_words(view):
            return gone + " " + _("Nothing is lost."), "look"
        if view.waits_for_word:
            return _("Posts were missed. Nothing leaves until you have chosen, below."), "look"
        return _text_waiting(view) or _page_waiting(view) or _course(view)

    @staticmethod
    def _left_words(view: HourView) -> str:
        if view.begins_in is not None:
            return _("Begins {when}").format(when=format_delta(view.begins_in))
        return _("{count} min left").format(count=view.minutes_left)

    @staticmethod
    def _check_words(count: int) -> str:
        if not count:
            return _("Nothing to check")
        return ngettext("{count} to check", "{count} to check", count).format(count=count)

    def _on_open(self) -> None:
        self.open_wanted.emit(self._waiting)

    def _on_pause(self) -> None:
        if self._paused:
            self.resume_wanted.emit()
        else:
            self.pause_wanted.emit()


class _Title(Text):
    """The title, such as "Live"; it has room for the longest, so that what follows never moves."""

    def __init__(self, rehearsing: bool) -> None:
        super().__init__(_("Rehearsal"), "title", wrap=False)
        if rehearsing:
            return
        for words in (_("Closed here"), _("Finished"), _("Soon"), _("Live")):
            self.setText(words)
            self.setMinimumWidth(max(self.minimumWidth(), self.sizeHint().width()))

    def show_view(self, view: HourView) -> None:
        """Show whether the chat is to come, under way or over; a rehearsal has one title only."""
        if view.rehearsing:
            return
        words = _("Soon") if view.begins_in is not None else _("Live")
        if view.held_up:
            words = _("Closed here")
        if view.ended:
            words = _("Finished")
        if words != self.text():
            self.setText(words)


class _Next(ElidedText):
    """What leaves next, with room for the longest text that it may show."""

    def __init__(self, text: str, kind: TextKind) -> None:
        self._names: set[str] = set()
        self._room = 0
        super().__init__(text, kind)

    def keep_room(self, names: set[str]) -> None:
        """Keep room for the texts about any of these posts."""
        if names != self._names:
            self._names = names
            widths = (
                self.fontMetrics().horizontalAdvance(words)
                for name in names
                for words in _next_words(name, "88:88")
            )
            self._room = max(widths, default=0)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(max(self._room, size.width()), size.height())


def _next_words(name: str, time: str) -> tuple[str, str, str, str]:
    """Return four texts on the next post: its countdown, on hold, barred, being changed."""
    return (
        _("Next: {post} in {time}").format(post=name, time=time),
        _("Next: {post}, on hold").format(post=name),
        _("Next: {post}, will not leave").format(post=name),
        _("Next: {post}, being changed").format(post=name),
    )


def _over(view: HourView) -> tuple[str, Tone]:
    """Return the sentence after the end, with what is still open, and its tone."""
    if view.unconfirmed:
        return _("It is over.") + " " + unconfirmed_words(view.unconfirmed), "look"
    if view.to_check:
        return _("The time is over. What is under “To check” waits for you."), "look"
    return _("It is over. Everything is saved."), "well"


def _network_words(view: HourView) -> str:
    """Return what separates the hour from X; "" while nothing does."""
    if view.cut:
        return _(
            "The network is gone: nothing leaves. “Repair the network” is in “Your rehearsal”."
        )
    return "" if view.reachable else obstacle_words(view.obstacle)


def _asks_for_care(view: HourView) -> bool:
    """Return whether posts by the public ask for attention, also after a real hour."""
    done = view.held_up or (view.ended and view.rehearsing)
    return view.needing_care > 0 and not done


def _with_care(view: HourView, text: str, tone: Tone) -> tuple[str, Tone]:
    """Return the sentence together with the posts that ask for attention, the more urgent first."""
    if not _asks_for_care(view):
        return text, tone
    care = needing_care_words(view.needing_care, view.urgent)
    if view.urgent:
        return (care if tone == "well" else f"{care} {text}"), "stop"
    if view.ended:
        return f"{text} {care}", "look"
    if tone == "well":
        return care, "look"
    stands = view.paused or view.waits_for_word or bool(_network_words(view))
    return (f"{text} {care}" if stands else f"{care} {text}"), "look"


def _text_waiting(view: HourView) -> tuple[str, Tone] | None:
    post = view.kept_waiting
    if post is None:
        return None
    words = _(
        "{post} has been waiting for you since {hour}, and the rest behind it: its text is still "
        "open for changes."
    )
    return words.format(post=row_name(post), hour=hour_of(post.due_at, view.chat)), "look"


def _page_waiting(view: HourView) -> tuple[str, Tone] | None:
    following = view.leaves_next
    if view.waits_for_typing and following is not None:
        if view.in_private:
            return waits_for_private_words(following), "look"
        return waits_for_typing_words(following), "plum"
    return None


def _course(view: HourView) -> tuple[str, Tone]:
    """Return the sentence on a running hour: what needs the organiser, or else the pace."""
    waiting = view.to_check
    opened = [row for row in waiting if row.state is PostState.HANDED_OVER]
    if len(waiting) > 1 or len(opened) < len(waiting):
        words = ngettext(
            "One of your messages waits for your word: see “To check”.",
            "Some of your messages wait for your word: see “To check”.",
            len(waiting),
        )
        return words, "look"
    if view.keys_trouble is not None:
        return _("Posts no longer leave by themselves: see “To check”."), "look"
    if opened:
        words = _("{post}: press “{button}” in your browser, then confirm it here.")
        if view.rehearsing:
            words = _("{post}: press “{button}” on the pretend page, then confirm it here.")
        return words.format(post=row_name(opened[0]), button=x_button(opened[0])), "look"
    if view.barred is Reason.SPENDING_LIMIT:
        words = _("The next post would go over the amount you set: it will not leave by itself.")
        return words, "look"
    if not has_begun(view.rows):
        return _("Nothing has left yet. Each post is counted down before it leaves."), "plum"
    return _pace(view)


def _pace(view: HourView) -> tuple[str, Tone]:
    words, tone = pace_words(view)
    if view.tag_unseen and tone == "well":
        # The tag is not read, so that it is not known whether all is well.
        return _("Look at the tag on X: a question or a confidence may be waiting."), "plum"
    return words, tone

"""The card on which the highlights are looked at again on X before the recap is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.refreshing import Fate, RefreshedPost, refreshed, to_refresh
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.ports import PostChecks, PublishByHand
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Runner
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.recap.refresh_rows import EditedRow, GoneRow
from tchat_desktop.ui.pages.recap.refresh_words import (
    last_checked_words,
    outcome_words,
    price_of_looking,
    unknown_words,
    why_stopped,
)
from tchat_desktop.ui.pages.shared.material_watch import ByHand, MaterialWatch
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.row_list import RowList
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _


@dataclass(frozen=True, slots=True)
class RefreshTools:
    """What looks at posts on X, outside of the window."""

    by_page: Callable[[], PostChecks]
    by_keys: Callable[[], PostChecks | None]
    """Gives what looks with the keys of the account; None when the chat uses none."""
    cents: float
    """What a post costs at most with keys, in US cents."""
    runner: Callable[[], Runner]
    """Gives the thread on which that is done."""


@dataclass(slots=True)
class _Looking:
    """How far the looking has come."""

    checks: PostChecks
    asked: tuple[FeedPost, ...]
    rest: list[FeedPost]
    told: dict[str, Post | None] = field(default_factory=dict)
    why: str = ""
    """Why it ended before its time, in a sentence."""


class RefreshCard(Card):
    """Looks at the highlights on X when asked, and says by name what became of them.

    What is gone leaves the recap, what was edited gets its new text; both can be taken back, and no
    collected post is deleted.
    """

    star_wanted = Signal(object)
    """Emitted with a Marking that makes a post a highlight, or no longer one."""

    def __init__(
        self,
        editor: ChatEditor,
        watch: MaterialWatch,
        by_hand: ByHand,
        tools: RefreshTools,
        open_page: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._editor = editor
        self._watch = watch
        self._by_hand = by_hand
        self._tools = tools
        self._open_page = open_page
        self._now = now
        self._posts: tuple[FeedPost, ...] = ()
        self._looking: _Looking | None = None
        self._found: tuple[RefreshedPost, ...] = ()
        self._before: tuple[datetime | None, tuple[str, ...]] = (None, ())
        """What the chat noted before the last looking, for undo."""
        self.look = Button(_("Check on X"), icon_name="search", clicked=self._on_look)
        self.stop = Button(_("Stop"), "quiet", "close", self._on_stop, name=_("Stop checking"))
        self.undo = Button(
            _("Undo"), "link", "undo", self._on_undo, name=_("Undo what the check changed")
        )
        self.further = Button(_("Check those again"), "quiet", "search", self._on_further)
        self._when = Text("", "small", wrap=False)
        self._progress = Text("", "small", wrap=False)
        self._price = Text("", "small")
        self._told = HintNotice("", "plain", None)
        self._unknown = HintNotice("", "look", self.further)
        self.rows = RowList(_("Posts that have changed on X"), theme.Space.NEAR)
        for hidden in (self.stop, self.undo, self._told, self._unknown, self._progress):
            hidden.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask_next)
        self.add(
            Text(_("Before you publish: are they still on X?"), "heading"),
            Text(
                _(
                    "Since the chat, somebody may have deleted or changed what they wrote. Each "
                    "highlight is looked at again; nothing is published."
                ),
                "small",
            ),
            FlowLayout(self.look, self.stop, self._when, self._progress),
            self._price,
            self._told,
            self._unknown,
            self.rows,
            FlowLayout(self.undo),
        )

    @property
    def words(self) -> str:
        """What is said of the last looking."""
        return " ".join(one.text for one in (self._told, self._unknown) if one.text)

    def show_posts(self, chat: Chat, posts: Sequence[FeedPost], simulated: bool) -> None:
        """Show the posts of the chat; what a rehearsal made up is not on X."""
        self._posts = tuple(posts)
        wanted = () if simulated else to_refresh(self._posts, NETWORK)
        gone = [one for one in self._posts if one.post.id in chat.gone_from_x]
        self.setVisible(not simulated and bool(wanted or gone))
        self._when.setText(last_checked_words(chat))
        self.look.setEnabled(bool(wanted))
        uses_keys = bool(wanted) and self._tools.by_keys() is not None
        self._price.setText(price_of_looking(len(wanted), self._tools.cents) if uses_keys else "")
        self._price.setVisible(uses_keys)
        self._show_rows(gone)

    # --- looking -----------------------------------------------------------------------------

    def _on_look(self) -> None:
        chat = self._editor.chat
        self._found, self._before = (), (chat.checked_on_x, chat.gone_from_x)
        self._begin(to_refresh(self._posts, NETWORK))

    def _on_further(self) -> None:
        ids = {one.before.post.id for one in self._found if one.fate is Fate.UNKNOWN}
        self._begin(tuple(one for one in self._posts if one.post.id in ids))

    def _begin(self, asked: tuple[FeedPost, ...]) -> None:
        if self._looking is not None or not asked:
            return
        checks = self._tools.by_keys() or self._tools.by_page()
        self._looking = _Looking(checks, asked, list(asked))
        self._told.say("", "plain")
        self._unknown.say("", "look")
        self._show_busy(True)
        self._ask_next()

    def _ask_next(self) -> None:
        looking = self._looking
        if looking is None:
            return
        done, count = len(looking.asked) - len(looking.rest), len(looking.asked)
        self._progress.setText(_("{done} of {count} looked at").format(done=done, count=count))
        if not looking.rest:
            self._finish()
            return
        now = [one.post for one in looking.rest[: looking.checks.at_once]]
        self._tools.runner().run(
            self,
            partial(looking.checks.told, now),
            partial(self._on_told, looking),
            partial(self._on_failed, looking),
        )

    def _on_told(self, looking: _Looking, told: Mapping[str, Post | None]) -> None:
        if looking is not self._looking:
            return
        looking.told |= told
        del looking.rest[: looking.checks.at_once]
        self._pause.start(round(looking.checks.pause * 1000) if looking.rest else 0)

    def _on_failed(self, looking: _Looking, error: Exception) -> None:
        if looking is not self._looking:
            return
        if isinstance(error, PublishByHand) and looking.checks.by_keys:
            # Anybody's site may look, and that costs nothing.
            looking.checks = self._tools.by_page()
            self._pause.start(0)
            return
        looking.why = why_stopped(error)
        self._finish()

    def _on_stop(self) -> None:
        looking = self._looking
        if looking is not None:
            looking.why = _("You stopped the check.")
            self._finish()

    # --- what follows ------------------------------------------------------------------------

    def _finish(self) -> None:
        looking, self._looking = self._looking, None
        assert looking is not None
        self._pause.stop()
        doubtful = not looking.checks.by_keys
        found = refreshed(looking.asked, looking.told, NETWORK, doubtful=doubtful)
        unknown = [one.before.post for one in found if one.fate is Fate.UNKNOWN]
        if len(unknown) == len(found) and not looking.why and looking.told:
            looking.why = _(
                "X answers that none of them is there, which is unlikely: the network here may "
                "keep programs from it. Look at one of them on X yourself."
            )
        former = {one.before.post.id: one for one in self._found}
        self._found = tuple((former | {one.before.post.id: one for one in found}).values())
        self._show_busy(False)
        self._tell(found, unknown, looking.why)
        self._take_over(found)

    def _tell(self, found: Sequence[RefreshedPost], unknown: Sequence[Post], why: str) -> None:
        changed = [one for one in found if one.fate in (Fate.EDITED, Fate.GONE)]
        words = outcome_words(one.fate for one in found)
        self._told.say(words, "look" if changed else "well")
        self._unknown.say(unknown_words(unknown, why) if unknown else "", "look")
        announce(self, self.words)

    def _take_over(self, found: Sequence[RefreshedPost]) -> None:
        """Take what is gone out of the recap, and take new texts; note when it was looked at."""
        chat, by_hand = self._editor.chat, self._by_hand
        gone = [one.before.post.id for one in found if one.fate is Fate.GONE]
        back = {one.before.post.id for one in found if one.fate in (Fate.THERE, Fate.EDITED)}
        kept = [one for one in chat.gone_from_x if one not in back]
        edited = tuple(one.after for one in found if one.after is not None)
        unknown = any(one.fate is Fate.UNKNOWN for one in self._found)
        self._editor.note(
            checked_on_x=chat.checked_on_x if unknown else self._now(),
            gone_from_x=tuple(dict.fromkeys((*kept, *gone))),
        )
        for post_id in gone:
            # One that was gone before is a highlight on purpose.
            if post_id not in chat.gone_from_x:
                self.star_wanted.emit(Marking(post_id, Mark.STARRED, False))
        if edited:
            self._watch.change(lambda: by_hand.rewrite(chat, edited))
        self._show_undo()
        self._show_rows(
            [one for one in self._posts if one.post.id in self._editor.chat.gone_from_x]
        )

    def _on_undo(self) -> None:
        chat, by_hand = self._editor.chat, self._by_hand
        checked, gone_before = self._before
        back = tuple(one.before.post for one in self._found if one.after is not None)
        gone = [one.before.post.id for one in self._found if one.fate is Fate.GONE]
        self._found = ()
        self._editor.note(checked_on_x=checked, gone_from_x=gone_before)
        for post_id in gone:
            if post_id not in gone_before:
                self.star_wanted.emit(Marking(post_id, Mark.STARRED, True))
        if back:
            self._watch.change(lambda: by_hand.rewrite(chat, back))
        words = _("The recap is as it was before the check.")
        self._told.say(words, "plain")
        self._unknown.say("", "look")
        self._show_undo()
        self.look.setFocus()
        announce(self, words)

    # --- what is shown -----------------------------------------------------------------------

    def _show_busy(self, busy: bool) -> None:
        self.look.setVisible(not busy)
        self._when.setVisible(not busy)
        self.stop.setVisible(busy)
        self._progress.setVisible(busy)
        (self.stop if busy else self.look).setFocus()

    def _show_undo(self) -> None:
        self.undo.setVisible(any(one.fate in (Fate.EDITED, Fate.GONE) for one in self._found))

    def _show_rows(self, gone: Sequence[FeedPost]) -> None:
        rows: list[QWidget] = []
        for one in gone:
            row = GoneRow(one)
            row.put_back_wanted.connect(self._on_put_back)
            row.see_wanted.connect(self._open_page)
            rows.append(row)
        for found in self._found:
            if found.after is not None:
                changed = EditedRow(found.before.post, found.after)
                changed.see_wanted.connect(self._open_page)
                rows.append(changed)
        self.rows.show_rows(rows)

    def _on_put_back(self, post_id: str) -> None:
        self.star_wanted.emit(Marking(post_id, Mark.STARRED, True))
        announce(self, _("It is in the recap again."))

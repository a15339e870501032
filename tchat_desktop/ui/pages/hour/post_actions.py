"""The quiet actions under a post: answer, highlight, repost, and the menu of the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, PostState
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.models.feed_entry import FeedEntry
from tchat_desktop.ui.pages.hour.post_keys import PostKey, keys_of
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.toggle import Toggle
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import N_, _


class SentStage(Enum):
    """The progress of a reply or repost by the organiser, as a card shows it."""

    NONE = auto()
    WAITS = auto()
    ASKS = auto()
    OUT = auto()


_REPOSTS = {
    SentStage.NONE: N_("Repost"),
    SentStage.WAITS: N_("Repost waiting"),
    SentStage.ASKS: N_("Repost to check"),
    SentStage.OUT: N_("Reposted"),
}


def stage_of(state: PostState | None) -> SentStage:
    """Return how far a reply or repost in that state has come."""
    if state is None:
        return SentStage.NONE
    if state is PostState.SENT:
        return SentStage.OUT
    return SentStage.ASKS if state in NEEDS_ORGANISER else SentStage.WAITS


@dataclass(frozen=True, slots=True)
class PostWays:
    """What the actions do."""

    reply: Callable[[], object]
    star: Callable[[], object]
    repost: Callable[[], object]
    menu: Callable[[], object]


class PostActions(QWidget):
    """The row of actions of one post; whatever they say, each keeps its place."""

    def __init__(self, about: str, ways: PostWays) -> None:
        super().__init__()
        self._about = about
        name = _("Reply to {post}").format(post=about)
        self.reply = Button(_("Reply"), "plain", "reply", ways.reply, name)
        self.star = Toggle(_("Highlight"), "plain", "star", ways.star)
        self.star.keep_room_for(_("Highlight"), _("Highlighted"))
        self.repost = PublishButton(_("Repost"), "plain", "repost", ways.repost)
        self.repost.keep_room_for(*(_(words) for words in _REPOSTS.values()))
        name = _("More about {post}").format(post=about)
        self.more = Button("", "plain", "more", ways.menu, name)
        set_tip(self.more, "\n".join((_("More"), _key_words(PostKey.MORE))))
        for button, key in (
            (self.reply, PostKey.ANSWER),
            (self.star, PostKey.STAR),
            (self.repost, PostKey.REPOST),
        ):
            set_tip(button, _key_words(key))
        # What may become wider comes last: the room it keeps is not seen between two others.
        self.setLayout(
            FlowLayout(self.reply, self.star, self.more, self.repost, spacing=theme.Space.LINE)
        )

    def show_entry(self, entry: FeedEntry, guards_star: bool, guards_repost: bool) -> None:
        """Show what is done already; what is guarded only asks, and its icon says so."""
        colours = theme.tokens()
        asks = icon("alert", colours.coral)
        starred, repost = entry.feed.starred, entry.echo.repost
        full, empty = icon("star-full", colours.amber), icon("star", colours.muted)
        self.star.setIcon(full if starred else asks if guards_star else empty)
        self.star.setChecked(starred)
        if starred:
            self._say_on(self.star, _("Highlighted"), _("Chosen as a highlight: {post}"))
        else:
            self._say_on(self.star, _("Highlight"), _("Highlight {post}"))
        self.repost.setIcon(asks if guards_repost else icon("repost", colours.muted))
        self._say_on(self.repost, _(_REPOSTS[stage_of(repost)]), _("{what}: {post}"))
        if repost is not None and self.repost.hasFocus():
            # A button that is switched off hands the keyboard on to what publishes next.
            self.reply.setFocus()
        self.repost.setEnabled(repost is None)

    def follow(self) -> None:
        """Leave out what publishes: that is done on another computer."""
        for button in (self.reply, self.repost):
            button.setEnabled(False)
            button.hide()

    def stop(self, why_not: str) -> None:
        """Switch off what publishes: it would do nothing, for the reason its tip tells."""
        for button in (self.reply, self.repost):
            button.setEnabled(False)
            set_tip(button, why_not)
            button.setAccessibleDescription(why_not)

    def _say_on(self, button: Button, words: str, name: str) -> None:
        name = name.format(what=words, post=self._about)
        if button.accessibleName() != name:
            button.show_text(words, name)


def _key_words(key: PostKey) -> str:
    """Return a sentence with a key: a letter alone would be taken for a part of the name."""
    letter = keys_of(key).toString(QKeySequence.SequenceFormat.NativeText)
    return _("Key {key}").format(key=letter)

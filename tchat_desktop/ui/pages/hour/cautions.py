"""What to look at in a text that is about to leave, said beside the button that sends it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.etiquette import (
    Share,
    ShareVerdict,
    mentioned_in_bulk,
    mistyped_tag,
    one_more,
    same_already,
    share_in,
)
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, told_at
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.faces import two_lines
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.hour_words import row_name
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.mention_words import mistyped_words
from tchat_desktop.wording.tone import Tone

COUNTED_FOR = timedelta(hours=1)
"""The time whose posts count for how much they speak of the organisation."""
SHOWN_NAMES = 3


class CautionLine(Text):
    """A line above a button.

    While it is empty it keeps its room, so that nothing moves, or is hidden without `keeps_room`.
    """

    def __init__(self, *, keeps_room: bool = True) -> None:
        super().__init__("", "small")
        self._keeps_room = keeps_room
        if keeps_room:
            two_lines(self)
        else:
            self.hide()

    def say(self, words: str, tone: Tone | None) -> None:
        """Show other words, if they differ."""
        if self.property("tone") != (tone or ""):
            self.set_tone(tone)
        if self.text() != words:
            self.setText(words)
            self.setVisible(self._keeps_room or bool(words))


class TextCautions:
    """Says what to look at in a text of the hour: a child, a strange name, the tag, ourselves."""

    def __init__(self, guard: ChildGuard) -> None:
        self.guard = guard
        self.share = Share(0, 0, ShareVerdict.FINE)
        """How far what was published in the last hour speaks of the organisation."""
        self._rows: Sequence[OutboxPost] = ()

    def show_view(self, view: HourView) -> None:
        """Count again what is published."""
        self._rows = view.rows
        told = [
            (told_at(row, NETWORK), row) for row in view.sent if row.kind is not PostKind.REPOST
        ]
        # Once it is over, it is the last hour of the chat.
        until = max((at for at, _row in told), default=view.now) if view.ended else view.now
        texts = [row.text for at, row in told if at > until - COUNTED_FOR]
        self.share = _share_of(texts, view.chat)

    def of(
        self,
        text: str,
        chat: Chat,
        *,
        misspelt: str = "",
        tagged: bool = True,
        known: Iterable[str] = (),
        new: bool = False,
    ) -> list[str]:
        """Return the sentences on a text that may leave all the same, the gravest first.

        `misspelt` is a sentence on its names; a text that is not `tagged` goes without the tag.
        `known` are bare names that may be mentioned; a `new` text is not one of the posts yet.
        """
        found = [self.guard.words(text), misspelt, self._bulk_words(text, chat, known)]
        same = same_already(text, self._rows) if new else None
        if same is not None:
            words = _("“{post}” has the same words: X may refuse them. Change one.")
            found.append(words.format(post=row_name(same)))
        wanted = chat.hashtag if tagged and text.strip() else ""
        if wrong := mistyped_tag(text, chat, NETWORK):
            found.append(mistyped_words(wrong, chat.hashtag))
        elif wanted and fold(wanted) not in map(fold, NETWORK.hashtags(text)):
            found.append(_("The tag is missing: those who follow it would not see this post."))
        after = one_more(self.share, _share_of([text], chat))
        if after.promotional > self.share.promotional and after.verdict is ShareVerdict.TOO_MUCH:
            found.append(_ourselves_words(after))
        return [words for words in found if words]

    def show(
        self,
        line: CautionLine,
        text: str,
        chat: Chat,
        *,
        misspelt: str = "",
        tagged: bool = True,
        known: Iterable[str] = (),
        new: bool = False,
    ) -> bool:
        """Say all of that in a line; return whether there was anything to say."""
        found = self.of(text, chat, misspelt=misspelt, tagged=tagged, known=known, new=new)
        line.say(" ".join(found), "stop" if self.guard.words(text) else "look")
        return bool(found)

    @staticmethod
    def _bulk_words(text: str, chat: Chat, known: Iterable[str]) -> str:
        names = mentioned_in_bulk(text, chat, NETWORK, known)
        if not names:
            return ""
        words = _(
            "{count} people are mentioned who did not ask for it ({names}): X takes that for spam."
        )
        listed = ", ".join(f"@{name}" for name in names[:SHOWN_NAMES])
        return words.format(count=len(names), names=listed)


def _share_of(texts: list[str], chat: Chat) -> Share:
    return share_in(texts, chat, NETWORK)


def _ourselves_words(share: Share) -> str:
    words = ngettext(
        "{count} post of {total} would talk about your organisation: let the others speak.",
        "{count} posts of {total} would talk about your organisation: let the others speak.",
        share.promotional,
    )
    return words.format(count=share.promotional, total=share.total)

"""The panel to write a reply: it contains the tag, and offers the texts that were prepared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.canned_replies import (
    CannedReply,
    answer_mark,
    canned_replies,
    marked,
)
from tchat_desktop.domain.chat import Chat, Route
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.etiquette import strangers
from tchat_desktop.domain.protection import answer
from tchat_desktop.domain.routes import RouteChoice
from tchat_desktop.domain.texts import CANNED, Texts
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.canned_row import CannedRow
from tchat_desktop.ui.pages.hour.cautions import CautionLine, TextCautions
from tchat_desktop.ui.pages.hour.confidence_line import ConfidenceLine
from tchat_desktop.ui.pages.hour.suggestions import (
    SuggestionButton,
    asks_for_care,
    suggested_replies,
    whole_suggestion,
)
from tchat_desktop.ui.pages.hour.way_words import choice_words
from tchat_desktop.ui.pages.shared.care_steps import CareSteps
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row, rule
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.placing import take_all_away
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.mention_words import stranger_words

EDITED_LINES = 4
"""The lines of the field of a reply; a longer text scrolls."""

Choose = Callable[[FeedPost, str], RouteChoice]
"""Returns the route by which a reply to a post would leave with that text."""


class ReplyPanel(QWidget):
    """The panel under a post. A typed text is kept for its post until it is sent or discarded.

    `sent` is emitted with the post (a FeedPost) and the text of the reply.
    """

    sent = Signal(object, str)
    closed = Signal()
    marked = Signal(object)
    """Emitted with a Marking: the answer to a confidence was chosen, or that is taken back."""
    profile_wanted = Signal(str)
    """Emitted with a person's bare name on X: private messages begin on their profile."""

    def __init__(
        self,
        chat: Chat,
        texts_of: Callable[[str], Texts],
        choose: Choose,
        cautions: TextCautions,
        rehearsing: bool = False,
        chat_now: Callable[[], Chat] | None = None,
    ) -> None:
        super().__init__()
        self._cautions = cautions
        self._choose = choose
        self._chat = chat
        self._chat_now = chat_now or (lambda: chat)
        self._texts_of = texts_of
        self.drafts: dict[str, str] = {}
        """What was typed and not sent, by the id of the post it replies to."""
        self.invites: Callable[[Post], bool] = lambda _post: True
        """Returns whether a word of welcome to the author of a post asks them to tell more."""
        self.numbers: Mapping[str, int] = {}
        """The numbers by which the hour asks its questions, by question id."""
        self.feed: FeedPost | None = None
        self._title = Text("", "label")
        self.care = self._care_card()
        # It has its greatest height from the start: the button below does not move as one types.
        self._edit = PostEdit(lines=EDITED_LINES, most=EDITED_LINES)
        self._edit.textChanged.connect(self._on_typed)
        self._counter = Counter()
        self._way = Text("", "small")
        # There is no room to keep: at large letters the whole form must be in sight.
        self._lacks = CautionLine(keeps_room=False)
        self.canned = CannedRow(self, len(CANNED))
        self.canned.chosen.connect(self._on_canned)
        self.confidence = ConfidenceLine()
        self.confidence.marked.connect(self.marked)
        self.confidence.cancelled.connect(self._on_no_confidence)
        self._careful: dict[str, str] = {}
        """What was typed before the answer to a confidence was chosen, by the id of the post."""
        self._untagged = ""
        """The text of a reply that goes without the tag on purpose."""
        self._mark = Button("", "quiet", clicked=self._on_marked)
        self._suggestions = QWidget()
        self._flow = FlowLayout(spacing=theme.Space.NEAR)
        self._wholes = QVBoxLayout()
        ready = QVBoxLayout(self._suggestions)
        ready.setContentsMargins(0, 0, 0, 0)
        ready.setSpacing(theme.px(theme.Space.LINE))
        ready.addLayout(self._wholes)
        ready.addLayout(self._flow)
        words = _("Send in the rehearsal") if rehearsing else _("Send")
        self._send = PublishButton(words, icon_name="send", clicked=self._on_send)
        self._close = Button(
            _("Close"), "link", clicked=self.close_panel, name=_("Close the reply")
        )
        self._stand()
        send = QShortcut(sequence(Shortcut.SEND), self._edit, self._on_send)
        send.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close_panel)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _stand(self) -> None:
        """Put the parts below each other."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(theme.Space.NEAR), 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(rule())
        layout.addWidget(self._title)
        layout.addWidget(self.care)
        layout.addWidget(self._edit)
        layout.addWidget(self.canned)
        layout.addWidget(self._suggestions)
        layout.addWidget(self.confidence)
        layout.addLayout(row(self._send, self._close, self._mark, None, self._counter))
        # Beside the button, and below it: what comes and goes as one types moves it nowhere.
        layout.addWidget(self._lacks)
        layout.addWidget(self._way)

    def _care_card(self) -> Card:
        """Return the card with the steps for a confidence; hidden for all other posts."""
        card = Card("stop", padding=theme.Space.UNDER_HEADING, spacing=theme.Space.BESIDE)
        self._steps = CareSteps()
        self._steps.show_chat(self._chat)
        self._profile = Button(
            _("Open the profile, to write in private"), "quiet", "outside", self._on_profile
        )
        card.add(
            Text(_("If somebody confides something grave"), "label"),
            self._steps,
            FlowLayout(self._profile),
        )
        card.hide()
        return card

    def show_post(self, feed: FeedPost, text: str = "") -> None:
        """Begin or continue the reply to a post; `text` replaces an empty draft."""
        self.feed = feed
        who = feed.post.author_name or f"@{feed.post.author}"
        title = _("Your reply to {who}").format(who=who)
        self._title.setText(title)
        self._edit.setAccessibleName(title)
        confides = asks_for_care(feed)
        self.care.setVisible(confides)
        self._profile.setVisible(bool(feed.post.author))
        tagged = bool(self._chat.hashtag) and not confides
        empty = f" #{self._chat.hashtag}" if tagged else ""
        draft = self.drafts.get(feed.post.id, "")
        begun = draft if draft.strip() not in ("", empty.strip()) else text
        self._edit.show_text(begun or empty)
        self.confidence.keep()
        if begun and feed.post.id in self._careful:
            self._say_confided()
        self._on_typed()
        self._send.means(feed.post.id)
        self._show_suggestions(feed)
        self.show()
        self._edit.setFocus()
        # When there is only the tag, the cursor stands before it.
        move = QTextCursor.MoveOperation
        self._edit.moveCursor(move.End if begun else move.Start)

    def take_focus(self) -> None:
        """Put the keyboard into the reply that is being written."""
        self._edit.setFocus()

    def close_panel(self) -> None:
        """Close the panel; the draft is kept, but for an answer to what is no confidence then."""
        feed = self.feed
        taken_back = feed is not None and self.confidence.close_with(feed)
        if feed is not None and taken_back and self._edit.toPlainText() == self._ready_answer:
            self.drafts[feed.post.id] = self._careful.pop(feed.post.id, "")
        self.feed = None
        self.hide()
        self.closed.emit()

    def _show_suggestions(self, feed: FeedPost) -> None:
        self._flow.clear()
        take_all_away(self._wholes)
        texts = self._texts_of(self._chat.language)
        self.show_canned()
        mark = "" if asks_for_care(feed) else answer_mark(self.numbers.get(feed.question_id), texts)
        self._mark.setVisible(bool(mark))
        if mark:
            self._mark.show_text(mark, _("Begin with {mark}").format(mark=mark))
            number = self.numbers[feed.question_id]
            tip = _("Begin with {mark}: it then counts among the answers to Q{number}.")
            set_tip(self._mark, tip.format(mark=mark, number=number))
        invites = self.invites(feed.post)
        for one in suggested_replies(self._chat, feed, texts, self.numbers, invites):
            button = SuggestionButton(one, self._use)
            if not one.whole and not self._flow.count():
                self._flow.addWidget(Text(_("Ready texts:"), "small"))
            if one.whole:
                self._wholes.addWidget(whole_suggestion(one, button))
            else:
                self._flow.addWidget(button)
        self._suggestions.updateGeometry()

    def show_canned(self) -> None:
        """Show the short replies as they are worded now."""
        if self.feed is None:
            return
        chat = self._chat_now()
        texts = self._texts_of(chat.language)
        care = asks_for_care(self.feed)
        self.canned.show_replies(
            () if care else canned_replies(chat, self.feed, texts), f"#{chat.hashtag}"
        )

    def _on_canned(self, reply: CannedReply) -> None:
        self._untagged = "" if reply.tagged else reply.text
        self._use(reply.text)
        blank = next(iter(unfilled(reply.text)), "")
        if blank:
            # What is pasted or typed next takes its place.
            start = self._edit.toPlainText().index(blank)
            cursor = self._edit.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(start + len(blank), QTextCursor.MoveMode.KeepAnchor)
            self._edit.setTextCursor(cursor)

    def _on_marked(self) -> None:
        """Begin the reply with the number of the question, or no longer."""
        text = self._edit.toPlainText()
        cursor = self._edit.textCursor()
        at = cursor.position()
        made = marked(text, self._mark.text().strip())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(made)
        cursor.setPosition(max(0, min(len(made), at + len(made) - len(text))))
        self._edit.setTextCursor(cursor)
        self._edit.setFocus()

    def _on_profile(self) -> None:
        if self.feed is not None:
            self.profile_wanted.emit(self.feed.post.author)

    def hear(self, marking: Marking) -> None:
        """Follow a mark of the post that is replied to."""
        if self.feed is None or marking.post_id != self.feed.post.id:
            return
        self.feed = marking.on(self.feed)
        self.confidence.hear(self.feed)
        if marking.mark in (Mark.CONFIDED, Mark.HARMLESS):
            self.care.setVisible(asks_for_care(self.feed))
            self._on_typed()

    @property
    def _ready_answer(self) -> str:
        """The answer to somebody who confides something."""
        return answer(self._chat, self._texts_of(self._chat.language))

    def _use(self, text: str) -> None:
        before = self._edit.toPlainText()
        self._edit.put_instead(text, f"#{self._chat.hashtag}")
        if text == self._ready_answer:
            if self.feed is not None and not asks_for_care(self.feed):
                self._careful[self.feed.post.id] = before
            self._say_confided()
            self._on_typed()
        self._edit.setFocus()

    def _say_confided(self) -> None:
        if self.feed is not None and not asks_for_care(self.feed):
            self.feed = self.confidence.begin(self.feed)
        self.care.show()

    def _on_no_confidence(self) -> None:
        """Put back what was typed before, unless the ready answer was changed."""
        before = self._careful.pop(self.feed.post.id, "") if self.feed is not None else ""
        if self._edit.toPlainText() == self._ready_answer:
            self._edit.show_text(before)
        self._edit.setFocus()

    def _on_typed(self) -> None:
        text = self._edit.toPlainText()
        choice = self._choose(self.feed, text) if self.feed is not None else None
        by_page = choice is None or choice.route is Route.ASSISTED
        self._counter.show_text(text, by_page, reply=True)
        tag = f"#{self._chat.hashtag}"
        lacks = blank_words(text)
        if lacks:
            self._lacks.say(lacks, "stop")
        else:
            self._cautions.show(
                self._lacks,
                text,
                self._chat,
                misspelt=self._misspelt(text),
                tagged=self._is_tagged,
                known=self._known,
                new=True,
            )
        self._send.setEnabled(NETWORK.takes(text) and text.strip() != tag and not lacks)
        if self.feed is not None and choice is not None:
            self.drafts[self.feed.post.id] = text
            words = choice_words(choice)
            self._way.setVisible(bool(words))
            if words != self._way.text():
                self._way.setText(words)

    @property
    def _is_tagged(self) -> bool:
        """Whether the reply is to have the tag, which must lead nobody to a confidence."""
        if self._untagged and self._edit.toPlainText().strip() == self._untagged:
            return False
        return self.feed is not None and not asks_for_care(self.feed)

    @property
    def _known(self) -> list[str]:
        """The bare names of whom is answered, and of whom they mention themselves."""
        post = self.feed.post if self.feed is not None else None
        return [post.author, *NETWORK.mentions(post.text)] if post is not None else []

    def _misspelt(self, text: str) -> str:
        """Return a warning about @names that resemble a known one; others may be participants."""
        found = strangers(text, self._chat, NETWORK, self._known)
        return " ".join(stranger_words(one) for one in found if one.meant)

    def _on_send(self) -> None:
        if self.feed is None or not self._send.isEnabled():
            return
        feed, text = self.feed, self._edit.toPlainText().strip()
        if not self._cautions.guard.lets_leave(self, text):
            if shiboken6.isValid(self):
                self._edit.setFocus()
            return
        self.drafts.pop(feed.post.id, None)
        self._careful.pop(feed.post.id, None)
        self.confidence.keep()
        self.feed = None
        self.hide()
        self.sent.emit(feed, text)
        self.closed.emit()

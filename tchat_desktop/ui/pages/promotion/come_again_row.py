"""The row of somebody who took part before: what they did, and a word that invites them again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.coming_again import FormerParticipant, InvitedBy
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.promotion.come_again_words import WAYS, took_part_before, who_words
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.pages.shared.word_draft import WordDraft
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row, rule
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Chip, ElidedText, Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _

_TOLD = 300
"""Characters of an answer of which a line shows the beginning, and its tool tip the rest."""


class ComeAgainRow(QWidget):
    """The row of a person; it only emits signals, with the key of the person first."""

    ticked = Signal(str, object)
    """Emitted with the `InvitedBy` they were ticked off with; None takes the tick away."""
    word_wanted = Signal(str)
    """Emitted when the panel is opened: `show_word` is to fill it."""
    reply_wanted = Signal(str)
    message_wanted = Signal(str)
    mail_wanted = Signal(str)

    def __init__(self, person: FormerParticipant, guard: ChildGuard) -> None:
        super().__init__()
        self._guard = guard
        self.person = person
        self.draft: WordDraft | None = None
        self._who = who_words(person)
        self._asked_way = InvitedBy.UNSAID
        self.setAccessibleName(self._who)
        shown = person.name or f"@{person.handle}"
        self._way = Chip("", "well")
        self._how = Text("", "small")
        self._answer = ElidedText("", "small")
        self._private = Text(_("A recap does not name them: invite them in private."), "small")
        self.tick = Tick(
            _("Invitation made"),
            self._on_ticked,
            name=_("{what} – {who}").format(what=_("Invitation made"), who=self._who),
        )
        self.write = Button(_("Invite"), "link", "mail", self._on_write)
        # The button beside it must not move as its label becomes "Close".
        self.write.keep_room_for(_("Invite"), _("Close"))
        self._name_write(_("Invite"))
        self.in_person = Button(
            _("In person"), "link", "person", self._on_in_person, self._named(_("In person"))
        )
        about = QVBoxLayout()
        about.setSpacing(theme.px(theme.Space.HAIR))
        about.addLayout(row(ElidedText(shown, "strong"), self._way, None, spacing=theme.Space.NEAR))
        about.addWidget(self._how)
        about.addWidget(self._answer)
        about.addWidget(self._private)
        about.addLayout(FlowLayout(self.write, self.in_person, spacing=theme.Space.HAIR))
        beside = row(Avatar(shown), about, self.tick, spacing=theme.Space.PART)
        beside.setStretch(1, 1)
        self._layout = column(rule(), beside, spacing=theme.Space.BESIDE)
        self.setLayout(self._layout)
        self._asked = HintNotice("", "plum", self._question())
        self._asked.add_below(
            Button(_("Not yet"), "link", clicked=self._asked.hide, name=self._named(_("Not yet")))
        )
        self._layout.addWidget(self._asked)
        self.show_person(person)

    @property
    def how(self) -> str:
        """The words for how they took part."""
        return self._how.text()

    @property
    def answer(self) -> str:
        """What they answered last, as it is told; "" when it is not."""
        return "" if self._answer.isHidden() else self._answer.accessibleName()

    @property
    def writing(self) -> bool:
        """Whether the panel to write in is open."""
        return self.draft is not None and not self.draft.isHidden()

    @property
    def typed(self) -> str:
        """The word as it was changed by hand, "" while it is the proposed one."""
        return self.draft.typed if self.draft is not None else ""

    @property
    def asking(self) -> str:
        """What was done, while the row asks whether the word has left; "" otherwise."""
        return "" if self._asked.isHidden() else self._asked.text

    def show_person(self, person: FormerParticipant) -> None:
        """Show how the person took part and whether they are invited."""
        self.person = person
        self._how.setText(took_part_before(person))
        told = _("Their last answer: “{text}”").format(text=beginning(person.answer, _TOLD))
        if self._answer.accessibleName() != told:
            self._answer.show_text(told)
        self._answer.setVisible(bool(person.answer))
        self._private.setVisible(not person.may_be_named)
        way = WAYS.get(person.invited_by)
        self._way.say(_(way) if way else "", "well")
        self._way.setVisible(bool(way))
        self.tick.setChecked(person.invited)
        self.in_person.setEnabled(not person.invited)
        if person.invited:
            self._asked.hide()

    def show_word(self, text: str) -> None:
        """Show the proposed word."""
        if self.draft is None:
            self.draft = self._panel()
        person = self.person
        can_reply = person.may_be_named and person.said is not None and bool(person.said.url)
        self.draft.show_proposal(text, can_reply, off_x=not person.handle)

    def take_up(self, text: str) -> None:
        """Open the panel with a word that was changed by hand."""
        self._on_write()
        if self.draft is not None:
            self.draft.take_up(text)

    def ask(self, words: str, way: InvitedBy) -> None:
        """Say what was done, and ask whether the word has left, which ticks the person off."""
        self._asked_way = way
        if self.draft is not None:
            self.draft.hush()
        self._asked.say(words, "plum")
        announce(self, words)

    def _named(self, what: str) -> str:
        return _("{what} – {who}").format(what=what, who=self._who)

    def _question(self) -> Button:
        words = _("It is sent")
        return Button(words, "quiet", "check", self._on_sent, self._named(words))

    def _panel(self) -> WordDraft:
        draft = WordDraft(_("Invitation to {who}").format(who=self._who), self._who, self._guard)
        draft.open_wanted.connect(self._on_open)
        if self.person.email:
            mail = _("Open in my mail program")
            draft.add_button(mail, "mail", self._on_mail, self._named(mail))
        if self.person.handle:
            message = _("Private message")
            draft.add_button(message, "person", self._on_message, self._named(message))
        self._layout.insertWidget(self._layout.indexOf(self._asked), draft)
        return draft

    def _on_write(self) -> None:
        if self.writing:
            assert self.draft is not None
            self.draft.hide()
            self._name_write(_("Invite"))
            return
        self.word_wanted.emit(self.person.key)
        assert self.draft is not None
        self.draft.show()
        self._name_write(_("Close"))

    def _name_write(self, text: str) -> None:
        self.write.show_text(text, self._named(text))

    def _on_ticked(self) -> None:
        way = InvitedBy.UNSAID if self.tick.isChecked() else None
        self.ticked.emit(self.person.key, way)

    def _on_in_person(self) -> None:
        self.ticked.emit(self.person.key, InvitedBy.IN_PERSON)

    def _on_sent(self) -> None:
        self.ticked.emit(self.person.key, self._asked_way)

    def _on_open(self, _text: str) -> None:
        self.reply_wanted.emit(self.person.key)

    def _on_message(self) -> None:
        self.message_wanted.emit(self.person.key)

    def _on_mail(self) -> None:
        self.mail_wanted.emit(self.person.key)

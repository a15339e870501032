"""The card of one guest or member of the team: who it is, the invitation, and the letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Invitation, Person, Role
from tchat_desktop.domain.people import Gap, account_of, gaps
from tchat_desktop.domain.prepared_answers import with_answer
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.people.answers_panel import AnswersPanel, received_words
from tchat_desktop.ui.pages.people.letter_panel import Errand, LetterKind, LetterPanel, TypedLetter
from tchat_desktop.ui.pages.people.person_form import ROLES, PersonForm
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.tone import Tone

_NEXT = {
    Gap.NO_NAME: N_("The name is still to write."),
    Gap.BAD_HANDLE: N_("The name on X does not look right."),
    Gap.BAD_EMAIL: N_("The e-mail address looks incomplete."),
    Gap.NOT_INVITED: N_("Next: write the invitation."),
    Gap.NOT_ACCEPTED: N_("Next: wait for the answer. Without it, posts never mention this person."),
    Gap.NO_HANDLE: N_("The name on X is missing: posts will use the plain name."),
    Gap.NO_QUESTIONS: N_(
        "Next: hand over the guest pack, one page with the questions, the hour and how to answer."
    ),
}
"""What to do for the first gap found, in order of urgency."""

NEXT_LINES = 3
"""The number of lines kept free for the next thing to do: its longest text on a small screen."""

_HANDING = {Errand.PACK, Errand.PACK_PAGE, Errand.PACK_MESSAGE}
_SENDING = {Errand.MAIL, Errand.DRAFT, Errand.COPY, Errand.MESSAGE}


class PersonCard(Card):
    """The card of a person; the fields and the letter are folded at first.

    `edited` is emitted with the changed person and the field that changed ("" for a tick),
    `profile_wanted` with the address of the profile, `errand_wanted` with the person's id and the
    Errand.
    """

    edited = Signal(object, str)
    remove_wanted = Signal(str)
    profile_wanted = Signal(str)
    letter_wanted = Signal(str)
    """Emitted with the person's id when the letter was opened, or another one was chosen."""
    letter_opened = Signal()
    unfolded = Signal()
    """Emitted when the fields or the prepared answers were opened."""
    message_pasted = Signal(str, str)
    """Emitted with the person's id and the text that was copied last."""
    errand_wanted = Signal(str, object)
    date_wanted = Signal()
    run_sheet_wanted = Signal()

    def __init__(self, person: Person) -> None:
        super().__init__(spacing=theme.Space.UNDER_HEADING)
        self._person = person
        self._who = ""
        self._hour = ""
        self._asked: Sequence[tuple[str, str]] = ()
        self._answers: AnswersPanel | None = None
        self.letter: LetterPanel | None = None
        self._form: PersonForm | None = None
        self._done: Errand | None = None
        self._overrun = ""
        self._outdated = False

        self._avatar = Avatar(person.name)
        self._title = Text("", "strong")
        self._about = Text("", "small")
        self._chip = Chip()
        self._details = Button(_("Edit"), "link", clicked=self._on_details)
        self._remove = Button(_("Remove"), "icon", "trash", self._on_remove)
        head = row(
            self._avatar,
            column(self._title, self._about, spacing=theme.Space.HAIR),
            self._chip,
            self._details,
            self._remove,
            spacing=theme.Space.PART,
        )
        head.setStretch(1, 1)
        self.add(head)

        self._invited = Tick(_("Invitation sent"), self._on_invited)
        self._accepted = Tick(_("Has accepted"), self._on_accepted)
        self._declined = Tick(_("Has declined"), self._on_declined)
        self._given = Tick(_("Has the questions"), self._on_given)
        self._ticks = QWidget()
        # The arrow between two stages points in the direction of reading.
        arrow = "←" if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else "→"
        to_accepted, to_given = (Text(arrow, "small", wrap=False) for _stage in range(2))
        self._note = Button(_("Prepared answers"), "link", clicked=self._on_note)
        self._either = Text(_("or"), "small", wrap=False)
        self._either.setMinimumHeight(self._invited.minimumHeight())
        # The arrow stays with the stage it leads to, so that it never ends a line.
        self._later = [_together(to_accepted, self._accepted), _together(to_given, self._given)]
        flow = FlowLayout(
            *(self._invited, self._later[0], self._either, self._declined, self._later[1]),
            self._note,
        )
        self._ticks.setLayout(flow)
        self._next = Text("", "small")
        self._write = Button(_("Write the invitation"), "quiet", "mail", self._on_write)
        self._shorten = Button(_("See the run sheet"), "link", clicked=self.run_sheet_wanted.emit)
        self._shorten.hide()
        self._actions = row(
            self._next, self._shorten, self._write, spacing=theme.Space.UNDER_HEADING
        )
        self._actions.setStretch(0, 1)
        self.add(self._ticks, self._actions)
        self._close = QShortcut(QKeySequence("Escape"), self)
        # Each card has its own shortcut: several for the whole window would be ambiguous.
        self._close.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._close.activated.connect(self._on_escape)
        # Else Escape would not lead out of the card.
        self._close.setEnabled(False)

    @property
    def person(self) -> Person:
        """The person shown."""
        return self._person

    def show_person(
        self,
        person: Person,
        who: str,
        hour: str,
        overrun: str = "",
        asked: Sequence[tuple[str, str]] = (),
        *,
        outdated: bool = False,
    ) -> None:
        """Show the person; `who` is a name unlike the others, `hour` the start on their clock.

        `overrun` says that the run sheet is too long, as it may be once a guest is introduced in
        it. `asked` are the questions, as pairs of (question id, the question in words); `outdated`
        says that they have changed since the person had them.
        """
        self._overrun, self._asked, self._outdated = overrun, asked, outdated
        renamed = who != self._who
        self._person, self._who, self._hour = person, who, hour
        self._avatar.show_name(person.name or who)
        self._title.setText(person.name or who)
        # Without a name, the title is already the name on X.
        account = account_of(person, NETWORK)
        handle = f"@{account}" if account and person.name else ""
        known = handle or (_("no account on X") if person.no_account else "")
        self._about.setText(" · ".join(part for part in (known, person.bio, hour) if part))
        self._about.setVisible(bool(self._about.text()))
        guest = person.role is Role.GUEST
        self._chip.setVisible(not guest)
        if not guest:
            self._chip.say(_(ROLES[person.role]), "plum")
        self._ticks.setVisible(guest)
        self._write.setVisible(guest and person.invitation is not Invitation.DECLINED)
        self._show_progress()
        self._show_answers()
        self._name_writing()
        if self._form is not None:
            self._form.show_person(person, who, hour)
        if renamed:
            self._name_parts()

    def open_details(self) -> None:
        """Show the fields, with the focus in the first one."""
        if self._form is None:
            self._form = PersonForm(self._person)
            self._form.edited.connect(self.edited)
            self._form.profile_wanted.connect(self.profile_wanted)
            self._form.show_person(self._person, self._who, self._hour)
            self.content.insertWidget(1, self._form)
        self._form.show()
        self._details.show_text(_("Fold"), _("Fold the details of {name}").format(name=self._who))
        self._form.focus_name()

    @property
    def shows_details(self) -> bool:
        """Whether the fields are open."""
        return self._form is not None and not self._form.isHidden()

    @property
    def shows_letter(self) -> bool:
        """Whether the letter is open."""
        return self.letter is not None and not self.letter.isHidden()

    @property
    def typed_letter(self) -> TypedLetter | None:
        """The letter as changed by hand, or None."""
        return self.letter.typed if self.letter is not None else None

    def take_up_letter(self, typed: TypedLetter) -> None:
        """Open the letter as it was changed by hand."""
        self._on_write()
        assert self.letter is not None
        self.letter.take_up(typed)

    def tell(self, errand: Errand, text: str, tone: Tone = "well") -> None:
        """Show the result of an errand; after a success, with a button to tick what was done."""
        if self.letter is None:
            return
        self._done = errand if tone == "well" else None
        words = ""
        if self._done is not None and self.hands_over(self._done):
            words = "" if self._person.has_questions else _("It is handed over")
        elif self._done in _SENDING and self._person.invitation is Invitation.NOT_INVITED:
            words = _("It is sent")
        self.letter.say(text, tone, words, errand)

    def hands_over(self, errand: Errand) -> bool:
        """Whether an errand hands the guest pack over, as it is or in the letter on screen."""
        letter = self.letter is not None and self.letter.kind is LetterKind.HANDING
        return errand in _HANDING or (letter and errand in _SENDING)

    def _show_progress(self) -> None:
        person = self._person
        declined = person.invitation is Invitation.DECLINED
        accepted = person.invitation is Invitation.ACCEPTED
        self._invited.setChecked(person.invitation is not Invitation.NOT_INVITED)
        self._accepted.setChecked(accepted)
        self._declined.setChecked(declined)
        self._given.setChecked(person.has_questions)
        # Before an invitation is sent there is nothing to decline. Somebody who has accepted may
        # still be prevented; the tick stays visible then, so that nothing moves.
        self._declined.setVisible(person.invitation is not Invitation.NOT_INVITED)
        self._either.setVisible(person.invitation in (Invitation.INVITED, Invitation.ACCEPTED))
        for later in self._later:
            later.setVisible(not declined)
        if declined:
            words = _("Is left out of the posts. Thank this person, and ask someone else.")
        else:
            found = gaps(person, NETWORK)
            first = next((gap for gap in _NEXT if gap in found), None)
            words = _(_NEXT[first]) if first else _("All is ready for this person.")
            if person.role is not Role.GUEST and first is None:
                words = ""
            if accepted and self._outdated:
                words = _("The questions have changed since: hand the pack over again.")
            if accepted and self._overrun:
                # Said before the questions are sent to the guest: one of them may go to the
                # reserve.
                words = self._overrun
        guest = person.role is Role.GUEST
        self._shorten.setVisible(guest and accepted and bool(self._overrun))
        told = self._shorten.isVisibleTo(self) or (accepted and self._outdated)
        self._next.set_tone("look" if told else None)
        # The sentence varies in length: what is below must not move.
        self._next.ensurePolished()
        lines = NEXT_LINES if guest else 0
        self._next.setMinimumHeight(lines * self._next.fontMetrics().lineSpacing())
        self._next.setText(words)
        self._next.setVisible(bool(words))

    def _show_answers(self) -> None:
        """Offer the answers once there are questions, and say how many have come."""
        person = self._person
        guest = person.role is Role.GUEST and person.invitation is not Invitation.DECLINED
        self._note.setVisible(guest and bool(self._asked))
        words = received_words(person, self._asked)
        self._note.show_text(words, f"{words} – {self._who}")
        if self._answers is not None:
            self._answers.show_answers(person, self._who, self._asked)

    def _on_note(self) -> None:
        if self._answers is None:
            self._answers = AnswersPanel()
            self._answers.answer_edited.connect(self._on_answer_edited)
            self._answers.message_pasted.connect(self._on_message_pasted)
            self._answers.hide()
            self.add(self._answers)
        self._answers.setVisible(self._answers.isHidden())
        self._show_answers()
        if not self._answers.isHidden():
            self._answers.take_focus()
            self.unfolded.emit()

    def _on_answer_edited(self, question_id: str, text: str) -> None:
        self.edited.emit(with_answer(self._person, question_id, text), f"answer-{question_id}")

    def _on_message_pasted(self, text: str) -> None:
        self.message_pasted.emit(self._person.id, text)

    def tell_pasted(self, found: int) -> None:
        """Show how many answers were found in a pasted message."""
        assert self._answers is not None
        self._answers.tell_found(found)

    def _name_writing(self) -> None:
        """Label the button of the letter by what it does next."""
        words, name = _("Write the invitation"), _("Write the invitation to {name}")
        if self.shows_letter:
            words, name = _("Close the e-mail"), _("Close the e-mail to {name}")
        elif self._person.invitation is Invitation.ACCEPTED:
            words, name = _("Reminder and guest pack"), _("Reminder and guest pack for {name}")
        self._write.show_text(words, name.format(name=self._who))

    def _name_parts(self) -> None:
        who = self._who
        self.setAccessibleName(who)
        for tick, words in (
            (self._invited, N_("{name}: invitation sent")),
            (self._accepted, N_("{name}: has accepted")),
            (self._declined, N_("{name}: has declined")),
            (self._given, N_("{name}: has the questions")),
            (self._shorten, N_("See the run sheet – {name}")),
            (self._remove, N_("Remove {name}")),
        ):
            tick.setAccessibleName(_(words).format(name=who))
        folded = not self.shows_details
        words = _("Edit the details of {name}") if folded else _("Fold the details of {name}")
        self._details.setAccessibleName(words.format(name=who))
        if self.letter is not None:
            self.letter.show_person(who)

    def _on_details(self) -> None:
        if self._form is None or self._form.isHidden():
            self.open_details()
            self.unfolded.emit()
            return
        self._form.hide()
        self._details.show_text(_("Edit"), _("Edit the details of {name}").format(name=self._who))

    def _on_write(self) -> None:
        if self.letter is None:
            self.letter = LetterPanel()
            self.letter.show_person(self._who)
            self.letter.kind_chosen.connect(self._on_letter_chosen)
            self.letter.errand_wanted.connect(self._on_errand_wanted)
            self.letter.date_wanted.connect(self.date_wanted)
            self.letter.follow_up_wanted.connect(self._on_followed_up)
            self.add(self.letter)
        elif self.shows_letter:
            self._hide_letter()
            return
        if self._person.invitation is Invitation.ACCEPTED:
            # Whoever has not had the questions gets them first: the reminder counts on them.
            ready = self._person.has_questions and not self._outdated
            self.letter.begin(LetterKind.REMINDER if ready else LetterKind.HANDING)
        self.letter.show()
        self._close.setEnabled(True)
        self._name_writing()
        self.letter_opened.emit()
        self.letter_wanted.emit(self._person.id)

    def _hide_letter(self) -> None:
        assert self.letter is not None
        self.letter.hide()
        self._close.setEnabled(False)
        self._name_writing()

    def _on_escape(self) -> None:
        self._hide_letter()
        self._write.setFocus()

    def _on_letter_chosen(self) -> None:
        self.letter_wanted.emit(self._person.id)

    def _on_errand_wanted(self, errand: Errand) -> None:
        self.errand_wanted.emit(self._person.id, errand)

    def _on_followed_up(self) -> None:
        assert self.letter is not None
        if self._done is not None and self.hands_over(self._done):
            words = _("It is noted: {name} has the questions.")
            self.edited.emit(replace(self._person, has_questions=True), "")
        else:
            words = _("It is noted: the invitation to {name} is sent.")
            self._become(Invitation.INVITED)
        self.letter.say(words.format(name=self._who), errand=self._done)

    def _on_remove(self) -> None:
        self.remove_wanted.emit(self._person.id)

    def _on_invited(self) -> None:
        if self._person.invitation in (Invitation.ACCEPTED, Invitation.DECLINED):
            # Somebody who has answered was invited: that tick cannot be removed.
            self._invited.setChecked(True)
            return
        sent = self._invited.isChecked()
        self._become(Invitation.INVITED if sent else Invitation.NOT_INVITED)

    def _on_accepted(self) -> None:
        agreed = self._accepted.isChecked()
        self._become(Invitation.ACCEPTED if agreed else Invitation.INVITED)

    def _on_declined(self) -> None:
        refused = self._declined.isChecked()
        self._become(Invitation.DECLINED if refused else Invitation.INVITED)

    def _on_given(self) -> None:
        person = replace(self._person, has_questions=self._given.isChecked())
        if person.has_questions and person.invitation is Invitation.NOT_INVITED:
            # Somebody who was given the questions has been invited.
            person = replace(person, invitation=Invitation.INVITED)
        self.edited.emit(person, "")

    def _become(self, invitation: Invitation) -> None:
        self.edited.emit(replace(self._person, invitation=invitation), "")


def _together(arrow: Text, tick: QWidget) -> QWidget:
    # The order of what is read says as much.
    roles.only_decorates(arrow)
    pair = QWidget()
    pair.setLayout(row(arrow, tick))
    return pair

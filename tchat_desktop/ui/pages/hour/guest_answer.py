"""The form that publishes the answer of a guest without an account on X, with their name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat, Occasion, Person, has_agreed
from tchat_desktop.domain.conversation import asked_questions
from tchat_desktop.domain.guest_answers import answer_post, guests_off_x
from tchat_desktop.domain.outgoing import (
    NEEDS_ORGANISER,
    OutboxPost,
    PostKind,
    PostState,
)
from tchat_desktop.domain.prepared_answers import ReadyAnswer, answer_of
from tchat_desktop.domain.texts import Texts
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.models.hour_view import HourView
from tchat_desktop.ui.models.unfinished import UnfinishedText
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.hour.cautions import CautionLine, TextCautions
from tchat_desktop.ui.pages.hour.faces import keep_lines
from tchat_desktop.ui.pages.hour.hour_keys import HourKey
from tchat_desktop.ui.pages.shared.hour_ports import HourPort
from tchat_desktop.ui.pages.shared.hour_words import beginning, x_button
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.placing import keep_room
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.steady_button import PublishButton
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _


class GuestAnswerCard(Card):
    """One line while it is folded; hidden when every guest has an account on X."""

    reshaped = Signal()
    opened = Signal()
    closed = Signal()

    def __init__(
        self, hour: HourPort, texts_of: Callable[[str], Texts], cautions: TextCautions
    ) -> None:
        super().__init__(padding=theme.Space.GAP, spacing=theme.Space.BESIDE)
        self._cautions = cautions
        self._hour = hour
        self._texts_of = texts_of
        self._people: tuple[Person, ...] = ()
        self._asked: list[tuple[str, int]] = []
        self._shown: Chat | None = None
        self._over = False
        """Whether it was a rehearsal and is over: nothing is published any more."""
        self._who = Text("", "strong")
        self._open = Button(_("Publish an answer"), "quiet", "bubble", self._on_open)
        # The label becomes "Close": what is beside the button must not move.
        self._open.setMinimumWidth(self._open.sizeHint().width())
        self._told = keep_lines(Text("", "small"), 1)
        # There is room for two lines beside the button, so that the message moves nothing.
        keep_room(self._told)
        head = row(column(self._who, self._told), self._open, spacing=theme.Space.UNDER_HEADING)
        head.setStretch(0, 1)
        self._form = self._build_form()
        self.add(head, self._form)
        self._form.hide()
        self._told.hide()
        self.hide()

    def _build_form(self) -> QWidget:
        self._guest = QuietComboBox()
        self._guest.activated.connect(self._on_chosen)
        self._question = QuietComboBox()
        self._question.setSizeAdjustPolicy(
            QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._question.activated.connect(self._on_chosen)
        # Its greatest height from the start, so that nothing below moves as one types.
        self._edit = PostEdit(lines=4, most=4)
        self._edit.textChanged.connect(self._show_post)
        self._prepared = Button("", "link", clicked=self._on_prepared)
        self._preview = PostText()
        self._preview.setAccessibleDescription(_("The message as it will be published"))
        self._lacks = CautionLine()
        self._counter = Counter()
        rehearsing = self._hour.occasion is Occasion.REHEARSAL
        words = _("Publish in the rehearsal") if rehearsing else _("Publish")
        self._send = PublishButton(words, "primary", "send", self._on_send)
        form = QWidget()
        layout = QVBoxLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        choices = row(
            Field(_("Whose answer?"), self._guest),
            Field(_("To which question?"), self._question),
            spacing=theme.Space.UNDER_HEADING,
        )
        choices.setStretch(1, 1)
        layout.addLayout(choices)
        layout.addWidget(Field(_("The answer, as you received it"), self._edit))
        layout.addLayout(row(self._prepared, None))
        layout.addWidget(Text(_("The message"), "label"))
        for widget in (self._preview, self._lacks):
            layout.addWidget(widget)
        layout.addLayout(row(self._send, None, self._counter))
        send = QShortcut(sequence(Shortcut.SEND), self._edit, self._on_send)
        send.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), form, self._fold)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return form

    @property
    def keys(self) -> Sequence[HourKey]:
        """The key that opens the form, with its button."""
        words = _("Publish the answer of a guest who has no account")
        return (HourKey(Shortcut.WRITE_FOR_GUEST, words, self._open),)

    @property
    def is_open(self) -> bool:
        """Whether the form is open."""
        return not self._form.isHidden()

    def unfinished(self) -> UnfinishedText:
        """Return the typed text, with the id of the guest in place of a post's."""
        return UnfinishedText(self._guest.currentData() or "", self._edit.toPlainText())

    def take_up(self, unfinished: UnfinishedText) -> None:
        """Continue with a text that was typed before."""
        self._edit.show_text(unfinished.text)
        if unfinished.text:
            self._guest.setCurrentIndex(max(0, self._guest.findData(unfinished.post_id)))
            self._unfold()

    def take_ready(self, ready: ReadyAnswer) -> None:
        """Open the form with a guest's prepared answer in it, to be read once more and sent."""
        self._guest.setCurrentIndex(max(0, self._guest.findData(ready.guest.id)))
        self._question.setCurrentIndex(max(0, self._question.findData(ready.question_id)))
        self._edit.put_instead(ready.text)
        self._unfold()
        self._show_post()
        self._edit.setFocus()

    def show_view(self, view: HourView) -> None:
        """Show the guests without account, and the questions asked so far, the latest first."""
        asked = [
            (one.question_id, one.number)
            for one in reversed(asked_questions(view.chat, view.rows, NETWORK))
            if one.number
        ]
        self._tell(view)
        people = guests_off_x(view.chat, NETWORK)
        # Late answers are published too, but nothing more in a rehearsal that is over.
        was_over, self._over = self._over, view.ended and view.occasion is Occasion.REHEARSAL
        # The form stays while it is open, so that what is being typed does not disappear.
        self.setVisible(bool(people) and (self.is_open or not self._over))
        same = (people, asked, view.chat) == (self._people, self._asked, self._shown)
        if same and was_over == self._over:
            return
        follows = self._question.currentIndex() <= 0 and not self._edit.toPlainText().strip()
        chosen = self._question.currentData()
        self._shown, self._people, self._asked = view.chat, people, asked
        names = ", ".join(one.name.strip() for one in people)
        self._who.setText(_("No account on X: {names}").format(names=names))
        self._name_open()
        self._fill_guests()
        self._fill_questions("" if follows else chosen)
        self._show_post()

    def _tell(self, view: HourView) -> None:
        """Show how far the last answer has come, until it is published."""
        over = (PostState.SENT, PostState.SKIPPED)
        answers = (row for row in view.rows if row.kind is PostKind.GUEST_ANSWER)
        left = [row for row in answers if row.state not in over]
        words = _on_its_way(left[-1]) if left else ""
        if words != self._told.text():
            self._told.setText(words)
            announce(self, words)
        self._told.setVisible(bool(words))

    def _fill_guests(self) -> None:
        chosen = self._guest.currentData()
        self._guest.clear()
        for one in self._people:
            self._guest.addItem(one.name.strip(), one.id)
        self._guest.setCurrentIndex(max(0, self._guest.findData(chosen)))

    def _fill_questions(self, chosen: str) -> None:
        """List the questions; choose the latest, or `chosen` while something is typed."""
        texts = {one.id: one.text for one in self._hour.chat.questions}
        self._question.clear()
        for question_id, number in self._asked:
            words = _("Q{number}: {text}").format(
                number=number, text=beginning(texts[question_id], 60)
            )
            self._question.addItem(words, question_id)
        self._question.addItem(_("No question: a word of theirs"), "")
        found = self._question.findData(chosen) if chosen else 0
        self._question.setCurrentIndex(max(0, found))

    def _show_post(self) -> None:
        guest = self._chosen_guest()
        if guest is None:
            return
        answer = self._edit.toPlainText().strip()
        post = self._post(guest, answer or "…")
        self._preview.show_text(post)
        self._counter.show_text(post)
        lacks = blank_words(post)
        if not has_agreed(guest):
            words = _(
                "{name} has not agreed yet. Once they have, tick “Has accepted” in the step of "
                "the guests: the message can leave then."
            )
            lacks = words.format(name=guest.name.strip())
        if self._over:
            lacks = _("The rehearsal is over: this answer is not published any more.")
        with_name = _("It will be published from your account, with the guest’s name.")
        if lacks:
            self._lacks.say(lacks, "stop")
        elif not self._cautions.show(self._lacks, post, self._hour.chat):
            self._lacks.say(with_name, None)
        self._send.means((guest.id, self._question.currentData()))
        self._send.setEnabled(bool(answer) and not lacks and NETWORK.takes(post))
        self._show_prepared()

    def _show_prepared(self) -> None:
        """Show the prepared answer to the chosen question, which may be by the guest."""
        text = self._prepared_answer()
        name = _("Use the prepared answer: {text}").format(text=beginning(text, 50))
        self._prepared.show_text(name if text else "")
        self._prepared.setVisible(bool(text))
        set_tip(self._prepared, text)

    def _prepared_answer(self) -> str:
        """Return the guest's own answer to the question, else the one prepared for anybody."""
        asked, guest = self._question.currentData(), self._chosen_guest()
        if guest is not None and (own := answer_of(guest, asked)):
            return own
        questions = (one for one in self._hour.chat.questions if one.id == asked)
        return next((one.prepared_answer.strip() for one in questions), "")

    def _post(self, guest: Person, answer: str) -> str:
        number = dict(self._asked).get(self._question.currentData())
        texts = self._texts_of(self._hour.chat.language)
        return answer_post(self._hour.chat, guest, number, answer, texts)

    def _chosen_guest(self) -> Person | None:
        chosen = self._guest.currentData()
        return next((one for one in self._people if one.id == chosen), None)

    def _name_open(self) -> None:
        folded = self._form.isHidden()
        words = _("Publish an answer") if folded else _("Close")
        self._open.show_text(words, f"{words} – {self._who.text()}")
        self._open.setIcon(icon("bubble" if folded else "close"))

    def _on_open(self) -> None:
        if self._form.isHidden():
            self._unfold()
            self._edit.setFocus()
        else:
            self._fold()

    def _unfold(self) -> None:
        self._form.show()
        self._name_open()
        self.reshaped.emit()
        self.opened.emit()

    def _fold(self) -> None:
        """Fold the form; what was typed stays."""
        self._form.hide()
        self._name_open()
        self._open.setFocus()
        self.reshaped.emit()
        self.closed.emit()

    def _on_chosen(self) -> None:
        self._show_post()

    def _on_prepared(self) -> None:
        self._edit.put_instead(self._prepared_answer())
        self._edit.setFocus()

    def _on_send(self) -> None:
        guest = self._chosen_guest()
        if guest is None or not self._send.isEnabled():
            return
        post = self._post(guest, self._edit.toPlainText())
        if not self._cautions.guard.lets_leave(self, post):
            if shiboken6.isValid(self):
                self._edit.setFocus()
            return
        self._hour.answer_for(guest, self._question.currentData(), post)
        self._edit.clear()
        self._fold()


def _on_its_way(answer: OutboxPost) -> str:
    """Return a sentence on the state of an answer that is not published yet."""
    words = _("{name}: the answer waits for its turn.")
    if answer.state is PostState.HANDED_OVER:
        words = _("{name}: the page of the answer is open, press “{button}” there.")
    elif answer.state in NEEDS_ORGANISER:
        words = _("{name}: the answer has not left, see “To check”.")
    return words.format(name=answer.guest_name, button=x_button(answer))

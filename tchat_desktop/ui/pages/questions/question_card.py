"""The card of one question: its text, its minutes, its hints, and its menu."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from tchat_desktop.domain.chat import Question
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.questions import Hint, QuestionHint
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.questions.question_hints import hint_sentence
from tchat_desktop.ui.pages.questions.question_notes import QuestionNotes
from tchat_desktop.ui.shortcuts import Shortcut
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.card_action import card_action
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.judged_hints import JudgedHints
from tchat_desktop.ui.widgets.post_edit import Counter
from tchat_desktop.ui.widgets.quiet_inputs import LowSpinBox
from tchat_desktop.ui.widgets.sortable import DragHandle
from tchat_desktop.ui.widgets.tagged_edit import TaggedEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording.i18n import _, pgettext

_WHILE_WRITING = {Hint.NOT_A_QUESTION, Hint.NEARLY_FULL}
"""Hints that apply to every question while it is being written; shown after the focus has left."""

LEAST_MINUTES, MOST_MINUTES = 1, 30


class QuestionCard(Card):
    """The card of a question; it only emits signals and changes nothing itself.

    `copy_wanted`, `delete_wanted` and `next_wanted` are emitted with the id of the question.
    """

    changed = Signal(object, str)
    """Emitted with the changed question and part; edits of one part are undone together."""
    move_wanted = Signal(str, int)
    """Emitted with the id of the question and the distance to move; -1 is up."""
    copy_wanted = Signal(str)
    delete_wanted = Signal(str)
    next_wanted = Signal(str)
    list_pasted = Signal(str, tuple)
    """Emitted with the id of the question and the questions pasted into it."""
    left = Signal()
    notes_shown = Signal()

    def __init__(self, question_id: str) -> None:
        super().__init__(padding=theme.Space.BESIDE, spacing=0)
        self.setMinimumHeight(theme.px(theme.Height.QUESTION))
        self._question = Question(question_id)
        self._shown: tuple[Question, int | None, str, int, bool] | None = None
        self._called = ""
        """What accessible names call the card: its number such as "3", or its place in reserve."""
        self.hints = JudgedHints()
        """What could be better in the question."""
        self._notes: QuestionNotes | None = None

        self.handle = DragHandle(_("Move"))
        self.handle.step_wanted.connect(self._on_step_wanted)
        self._number = Text("", "number", wrap=False)
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("Q00 "))
        self.essential = Button("", "filter", clicked=self._toggle_essential)
        self.essential.setMinimumWidth(self._widest_state())
        self.minutes = LowSpinBox(LEAST_MINUTES, MOST_MINUTES, _(" min"))
        self.minutes.valueChanged.connect(self._on_minutes_changed)
        self.counter = Counter()
        self.counter.keep_width_of_figures()
        self.more = Button(_("More"), "icon", "more")
        self._build_menu()
        self.text = TaggedEdit()
        self.counter.belong_to(self.text)
        self.text.setPlaceholderText(_("Write a question here, or paste your whole list"))
        self.text.textChanged.connect(self._on_text_changed)
        self.text.entered.connect(self._on_entered)
        self.text.left.connect(self.left)
        self.text.list_pasted.connect(self._on_list_pasted)
        self.notes_button = Button(_("Notes"), "link", clicked=self._toggle_notes)
        self.notes_button.hide()

        self._below = column(self.text, self.hints, spacing=theme.Space.BESIDE)
        body = row(spacing=0)
        # The text is aligned after the handle, in left-to-right and right-to-left languages.
        body.addSpacing(self.handle.minimumWidth() + theme.px(theme.Space.BESIDE))
        body.addLayout(self._below, 1)
        self.add(
            FoldingRow(
                [self.handle, self._number, self.essential, self.notes_button],
                [self.minutes, self.counter, self.more],
                spacing=theme.Space.TITLE_LEAD,
            ),
            body,
        )

    @property
    def question_id(self) -> str:
        """The id of the question."""
        return self._question.id

    def go_in(self) -> None:
        """Put the keyboard at the end of the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def show_question(
        self, question: Question, number: int | None, tag: str, left: int, by_page: bool
    ) -> None:
        """Show the question as Q`number`, with `left` weighted characters to spare.

        A question in reserve has no number yet. `by_page` tells that it leaves by X's pre-filled
        page.
        """
        shown = (question, number, tag, left, by_page)
        if shown == self._shown:
            return
        self._number.setText(f"Q{number}" if number else "")
        self._shown, self._question = shown, question
        self.text.show_text(question.text)
        typed_by_hand = fold(question.text).endswith(fold(tag))
        self.text.show_tag("" if typed_by_hand else tag)
        posted = f"Q{number or 0} {question.text} {tag}"
        self.counter.show_left(left, posted if by_page else "")
        self.minutes.setMaximum(max(MOST_MINUTES, question.minutes))
        self.minutes.setValue(question.minutes)
        self._show_essential(question.essential)
        self._show_notes_button()
        if self._notes is not None:
            self._notes.show_question(question, number or 0, tag)
            self._notes.name_fields(self._called)

    def show_place(self, place: int, count: int) -> None:
        """Name the card by its number, or by its `place` (from 0) among `count` if it has none."""
        number = self._shown[1] if self._shown else None
        called = str(number) if number else _("in reserve, {place}").format(place=place + 1)
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place < count - 1)
        if called != self._called:
            self._called = called
            self._name_all()

    def show_hints(self, hints: tuple[QuestionHint, ...], meant: tuple[str, ...]) -> None:
        """Show what could be better; while the text is typed in, only the important hints.

        Those whose marks are `meant` were put aside.
        """
        writing = self.text.hasFocus()
        shown = [
            hint_sentence(hint)
            for hint in hints
            if hint.hint is not Hint.EMPTY and not (writing and hint.hint in _WHILE_WRITING)
        ]
        self.hints.show_hints(shown, meant, self.accessibleName())
        self.text.setAccessibleDescription(" ".join(self.hints.texts))

    def unfold_notes(self) -> None:
        """Show the prepared answer and the sources, and put the focus there."""
        if self._notes is None:
            self._notes = QuestionNotes()
            self._notes.changed.connect(self._on_notes_changed)
            _question, number, tag, *_rest = self._shown or (self._question, None, "", 0, True)
            self._notes.show_question(self._question, number or 0, tag)
            self._notes.name_fields(self._called)
            self._below.addWidget(self._notes)
        self._notes.show()
        self._show_notes_button()
        self.notes_shown.emit()
        self._notes.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def notes(self) -> QuestionNotes | None:
        """The fields for the prepared answer and the sources, or None before they were unfolded."""
        return self._notes

    def _build_menu(self) -> None:
        menu = QMenu(self)
        make = partial(card_action, self)
        self.up = make(_("Move up"), lambda: self._on_step_wanted(-1), Shortcut.MOVE_UP)
        self.down = make(_("Move down"), lambda: self._on_step_wanted(1), Shortcut.MOVE_DOWN)
        self.copy = make(_("Duplicate"), lambda: self.copy_wanted.emit(self._question.id))
        self.swap = make("", self._toggle_essential)
        self.annotate = make(_("Prepared answer and sources"), self.unfold_notes)
        self.delete = make(_("Delete"), lambda: self.delete_wanted.emit(self._question.id))
        menu.addActions([self.up, self.down, self.copy, self.swap, self.annotate])
        menu.addSeparator()
        menu.addAction(self.delete)
        self.more.setMenu(menu)

    def _widest_state(self) -> int:
        widths = []
        for essential in (True, False):
            self.essential.setText(_state(essential))
            widths.append(self.essential.sizeHint().width())
        return max(widths)

    def _show_essential(self, essential: bool) -> None:
        self.essential.setChecked(essential)
        self._name_essential()
        set_tip(
            self.essential,
            _("Will be asked. Press to keep it in reserve.")
            if essential
            else _("Waits in reserve. Press to have it asked."),
        )
        self.swap.setText(_("Keep in reserve") if essential else _("Make essential"))

    def _name_essential(self) -> None:
        essential = self._question.essential
        name = _("Question {number}: essential") if essential else _("Question {number}: spare")
        self.essential.show_text(_state(essential), name.format(number=self._called))

    def _name_all(self) -> None:
        number = self._called
        self._name_essential()
        self.setAccessibleName(_("Question {number}").format(number=number))
        self.text.setAccessibleName(_("Question {number}").format(number=number))
        move = _("Move question {number}").format(number=number)
        self.handle.setAccessibleName(move)
        set_tip(self.handle, _("Drag, or press Alt and an arrow, to move the question"))
        self.minutes.setAccessibleName(_("Minutes for question {number}").format(number=number))
        self.more.setAccessibleName(_("More about question {number}").format(number=number))
        self._show_notes_button()
        if self._notes is not None:
            self._notes.name_fields(number)

    def _show_notes_button(self) -> None:
        filled = bool(self._question.prepared_answer or self._question.sources)
        unfolded = self._notes is not None and not self._notes.isHidden()
        name = (
            _("Fold the notes of question {number}")
            if unfolded
            else _("Answer and sources of question {number}")
        )
        words = _("{what} – {who}").format(what=_("Notes"), who=name.format(number=self._called))
        self.notes_button.setAccessibleName(words)
        set_tip(
            self.notes_button, _("Fold the notes") if unfolded else _("Prepared answer and sources")
        )
        self.notes_button.setVisible(filled or unfolded)

    def _toggle_notes(self) -> None:
        if self._notes is not None and not self._notes.isHidden():
            self._notes.hide()
            self._show_notes_button()
        else:
            self.unfold_notes()

    def _toggle_essential(self) -> None:
        essential = not self._question.essential
        self.changed.emit(replace(self._question, essential=essential), "")

    def _on_text_changed(self) -> None:
        text = self.text.toPlainText()
        if text != self._question.text:
            self.changed.emit(replace(self._question, text=text), "text")

    def _on_minutes_changed(self, minutes: int) -> None:
        if minutes != self._question.minutes:
            self.changed.emit(replace(self._question, minutes=minutes), "minutes")

    def _on_notes_changed(self, question: Question, part: str) -> None:
        self.changed.emit(question, part)

    def _on_entered(self) -> None:
        self.next_wanted.emit(self._question.id)

    def _on_list_pasted(self, texts: tuple[str, ...]) -> None:
        self.list_pasted.emit(self._question.id, texts)

    def _on_step_wanted(self, step: int) -> None:
        self.move_wanted.emit(self._question.id, step)


def _state(essential: bool) -> str:
    return pgettext("question", "Essential") if essential else pgettext("question", "In reserve")

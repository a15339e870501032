"""The answers a guest prepared and sent before the day: typed or pasted, one for each question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Person
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import column, row, rule
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.placing import take_all_away
from tchat_desktop.ui.widgets.post_edit import PostEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _, ngettext


class AnswersPanel(QWidget):
    """A field for each question of the chat; what is typed is emitted and kept by the page."""

    answer_edited = Signal(str, str)
    """Emitted with the id of a question and the answer to it."""
    message_pasted = Signal(str)
    """Emitted with the text that was copied last, which may hold several answers."""

    def __init__(self) -> None:
        super().__init__()
        self._asked: tuple[tuple[str, str], ...] = ()
        self._who = ""
        self._edits: dict[PostEdit, str] = {}
        self._intro = Text("", "small")
        self._paste = Button(
            _("Paste the guest’s message"), "quiet", "copy", clicked=self._on_paste
        )
        self._said = VerdictLine()
        self._fields = QVBoxLayout()
        self._fields.setSpacing(theme.px(theme.Space.PART))
        self.setLayout(
            column(
                rule(),
                Text(_("The prepared answers"), "label"),
                self._intro,
                row(self._paste, None),
                self._said,
                self._fields,
                spacing=theme.Space.PART,
            )
        )

    def show_answers(self, person: Person, who: str, asked: Sequence[tuple[str, str]]) -> None:
        """Show a person's answers; `asked` are pairs of (question id, the question in words)."""
        off_x = _(
            "Publishing them takes one press when each question is asked, with the name of {name}."
        )
        on_x = _(
            "When each question is asked, one press copies a reminder for {name}, with the answer."
        )
        self._intro.setText((off_x if person.no_account else on_x).format(name=who))
        if (tuple(asked), who) != (self._asked, self._who):
            self._asked, self._who = tuple(asked), who
            self._build()
        answers = dict(person.answers)
        for edit, question_id in self._edits.items():
            edit.blockSignals(True)
            # As it is stored: a space just typed at its end stays.
            edit.show_text(answers.get(question_id, ""))
            edit.blockSignals(False)
        self._paste.setAccessibleName(_("Paste the guest’s message") + f" – {who}")

    def tell_found(self, count: int) -> None:
        """Show how many answers were found in what was pasted."""
        words = ngettext(
            "{count} answer is in its place: read it once more.",
            "{count} answers are in their places: read them once more.",
            count,
        ).format(count=count)
        if not count:
            words = _(
                "No answer with its number (R1, R2…) in what you copied. Copy the whole message "
                "of the guest first, or paste each answer into its field."
            )
        self._said.say(words, "well" if count else "look")
        announce(self, words)

    def take_focus(self) -> None:
        """Put the focus into the button that takes a whole message."""
        self._paste.setFocus()

    def _build(self) -> None:
        take_all_away(self._fields)
        self._edits.clear()
        for question_id, words in self._asked:
            edit = PostEdit(lines=1)
            self._edits[edit] = question_id
            self._fields.addWidget(Field(words, edit))
            edit.setAccessibleName(f"{words} – {self._who}")
            edit.textChanged.connect(self._on_edited)

    def _on_edited(self) -> None:
        edit = self.sender()
        assert isinstance(edit, PostEdit)
        self.answer_edited.emit(self._edits[edit], edit.toPlainText())

    def _on_paste(self) -> None:
        self.message_pasted.emit(QGuiApplication.clipboard().text())


def received_words(person: Person, asked: Sequence[tuple[str, str]]) -> str:
    """Return how many prepared answers a person sent; `asked` as in `show_answers`."""
    known = dict(person.answers)
    received = sum(question_id in known for question_id, _words in asked)
    if not received:
        return _("Prepared answers")
    return ngettext(
        "{count} prepared answer of {total}", "{count} prepared answers of {total}", received
    ).format(count=received, total=len(asked))

"""The notes under a question for the day: a prepared answer, and its sources."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Question
from tchat_desktop.domain.links import with_scheme
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.post_edit import GrowingEdit, PostEdit
from tchat_desktop.wording.i18n import _, ngettext


class QuestionNotes(QWidget):
    """The fields for the prepared answer and the sources of one question."""

    changed = Signal(object, str)
    """Emitted with the changed question, and the part that changed."""

    def __init__(self) -> None:
        super().__init__()
        self._question = Question("")
        self.answer = PostEdit(lines=2)
        self.answer.setPlaceholderText(_("Example: Staying at school protects. Every year counts."))
        self.answer.textChanged.connect(self._on_answer_changed)
        self.sources = GrowingEdit(lines=2)
        self.sources.setPlaceholderText("https://…")
        self.sources.textChanged.connect(self._on_sources_changed)
        self._answer_field = Field(
            _("Prepared answer"),
            self.answer,
            _("At hand on the day, if nobody dares to begin. It is not posted by itself."),
        )
        self._sources_field = Field(_("Sources"), self.sources, _("One link a line."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.PART))
        layout.addWidget(self._answer_field)
        layout.addWidget(self._sources_field)

    def show_question(self, question: Question, number: int, tag: str) -> None:
        """Show the notes of a question; `tag` with its # sign will be in the answer too."""
        self._question = question
        self.answer.show_text(question.prepared_answer)
        if _links(self.sources.toPlainText()) != question.sources:
            self.sources.show_text("\n".join(question.sources))
        over = -NETWORK.remaining(f"R{number} {question.prepared_answer} {tag}")
        words = ngettext(
            "{count} character too many for one post, with the tag. You can post it in two parts.",
            "{count} characters too many for one post, with the tag. You can post it in two parts.",
            over,
        )
        self._answer_field.say(words.format(count=over) if over > 0 else "")
        strange = next((link for link in question.sources if not _is_link(link)), "")
        self._sources_field.say(
            _("“{text}” is not a link: a link begins with https://. It is kept as it is.").format(
                text=strange
            )
            if strange
            else ""
        )

    def name_fields(self, called: str) -> None:
        """Name the fields for screen readers; `called` is the number or place of the question."""
        answer, sources = self.answer, self.sources
        answer.setAccessibleName(_("Prepared answer to question {number}").format(number=called))
        sources.setAccessibleName(_("Sources of question {number}").format(number=called))

    def _on_answer_changed(self) -> None:
        text = self.answer.toPlainText()
        if text != self._question.prepared_answer:
            self.changed.emit(replace(self._question, prepared_answer=text), "answer")

    def _on_sources_changed(self) -> None:
        sources = _links(self.sources.toPlainText())
        if sources != self._question.sources:
            self.changed.emit(replace(self._question, sources=sources), "sources")


def _links(text: str) -> tuple[str, ...]:
    return tuple(with_scheme(line) for line in text.splitlines() if line.strip())


def _is_link(text: str) -> bool:
    return text.startswith(("https://", "http://")) and " " not in text

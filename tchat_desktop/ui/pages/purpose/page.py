"""The page of the purpose: what the chat is for, for whom, and what would make it a success."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat, Purpose, Rhythm
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.purpose.hoped_numbers import HopedNumbers
from tchat_desktop.ui.pages.purpose.templates_dialog import TemplatesDialog, TemplateTools
from tchat_desktop.ui.widgets import roles
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, row
from tchat_desktop.ui.widgets.choice import WideChoice
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.step_titles import step_title

_PURPOSES = {
    Purpose.SHARE_INFORMATION: (
        N_("Share information"),
        N_("Questions and answers with two or three specialists."),
    ),
    Purpose.EXCHANGE_EXPERIENCES: (
        N_("Exchange experiences"),
        N_("People who do the same work learn from each other."),
    ),
    Purpose.GIVE_ACCESS: (
        N_("Give access to someone"),
        N_("A young advocate, a director, a well-known voice answers the public."),
    ),
    Purpose.MEETING: (
        N_("An appointment"),
        N_("For an event or an international day, or every month with your community."),
    ),
}
_RHYTHMS = {
    Rhythm.ONCE: N_("Once"),
    Rhythm.WEEKLY: N_("Every week"),
    Rhythm.MONTHLY: N_("Every month"),
    Rhythm.QUARTERLY: N_("Every three months"),
    Rhythm.YEARLY: N_("Every year"),
}


class PurposePage(Page):
    """The page on which the organiser writes what the chat is for."""

    step = StepId.PURPOSE

    def __init__(self, editor: ChatEditor, templates: TemplateTools | None = None) -> None:
        super().__init__(
            step_title(StepId.PURPOSE),
            _("What will the chat be for? Your choice shapes the texts proposed afterwards."),
        )
        self._editor = editor
        self._choices: dict[Purpose, WideChoice] = {}
        group = QButtonGroup(self)
        kinds = Card(spacing=theme.Space.BESIDE)
        roles.give(kinds, "radiogroup", _("What do you want to do?"))
        kinds.add(Text(_("What do you want to do?"), "label"))
        for purpose, (title, text) in _PURPOSES.items():
            choice = WideChoice(_(title), _(text))
            group.addButton(choice)
            choice.clicked.connect(self._on_purpose_chosen)
            self._choices[purpose] = choice
            kinds.add(choice)

        self._audience = LineEdit(Cap.LINE)
        self._audience.setPlaceholderText(_("Example: parents and teachers in Senegal and Mali"))
        self._audience.textEdited.connect(self._on_audience_edited)
        self._success = GrowingEdit(lines=2)
        self._success.setPlaceholderText(
            _("Example: thirty people answer, and ten of them did not know our helpline.")
        )
        self._success.textChanged.connect(self._on_success_edited)
        self._hoped = HopedNumbers(editor)
        self._organisation = LineEdit(Cap.NAME)
        self._organisation.setPlaceholderText(_("Example: Voix des filles"))
        self._organisation.textEdited.connect(self._on_organisation_edited)
        self._language = QuietComboBox()
        for one in LANGUAGES:
            self._language.addItem(one.name, one.code)
        self._language.activated.connect(self._on_language_chosen)
        self._rhythm = QuietComboBox()
        for rhythm, name in _RHYTHMS.items():
            self._rhythm.addItem(_(name), rhythm)
        self._rhythm.activated.connect(self._on_rhythm_chosen)

        self._tools = templates
        self._templates = Button(
            _("Change the ready-made texts…"), "link", "edit", self._on_templates
        )
        if templates is None:
            # It is never shown: without a parent yet, it would open as a window.
            self._templates.hide()
        about = Card(spacing=theme.Space.GAP)
        about.add(
            Field(_("Your organisation"), self._organisation),
            Field(_("Whom do you want to reach?"), self._audience),
            Field(_("What would make it a success?"), self._success),
            self._hoped,
            row(
                Field(_("Language of the posts"), self._language),
                Field(_("How often?"), self._rhythm),
                spacing=theme.Space.INNER,
            ),
            row(self._templates, None),
        )
        self.add(kinds, about)
        # Only now: without a parent, it would open as a window of its own.
        if templates is None:
            # It is never shown here: without a parent yet, it would open as a window.
            self._templates.hide()
        self.add_advice(
            AdviceCard(
                _("A chat, what is it for?"),
                _(
                    "To engage your public, widen your community, share what works and make a "
                    "subject known."
                ),
            ),
            AdviceCard(
                _("An example"),
                _(
                    "“Share information: a midwife and a teacher answer parents about child "
                    "marriage.”"
                ),
                Button(_("Use this example"), clicked=self._use_example),
            ),
        )

    def show_chat(self, chat: Chat) -> None:
        """Show the purpose; a field that is being typed in has the same text already."""
        for purpose, choice in self._choices.items():
            choice.setChecked(chat.purpose is purpose)
        for edit, text in (
            (self._audience, chat.audience),
            (self._organisation, chat.organisation),
        ):
            if edit.text() != text:
                edit.setText(text)
        self._success.show_text(chat.success)
        self._hoped.show_chat(chat)
        self._language.setCurrentIndex(self._language.findData(chat.language))
        self._rhythm.setCurrentIndex(self._rhythm.findData(chat.rhythm))

    def _on_purpose_chosen(self) -> None:
        chosen = next(purpose for purpose, one in self._choices.items() if one.isChecked())
        self._editor.edit(replace(self._editor.chat, purpose=chosen))

    def _on_audience_edited(self, text: str) -> None:
        self._editor.edit(replace(self._editor.chat, audience=text), field="audience")

    def _on_success_edited(self) -> None:
        text = self._success.toPlainText()
        self._editor.edit(replace(self._editor.chat, success=text), field="success")

    def _on_organisation_edited(self, text: str) -> None:
        self._editor.edit(replace(self._editor.chat, organisation=text), field="organisation")

    def _on_language_chosen(self) -> None:
        code = self._language.currentData()
        self._editor.edit(replace(self._editor.chat, language=code))

    def _on_templates(self) -> None:
        if self._tools is not None:
            TemplatesDialog(self._editor, self._tools, self).open()

    def _on_rhythm_chosen(self) -> None:
        rhythm = Rhythm(self._rhythm.currentData())
        self._editor.edit(replace(self._editor.chat, rhythm=rhythm))

    def _use_example(self) -> None:
        """Choose an example of a purpose, fill in the empty fields, and scroll to them."""
        chat = self._editor.chat
        self._editor.edit(
            replace(
                chat,
                purpose=Purpose.SHARE_INFORMATION,
                audience=chat.audience or _("Parents, teachers and girls of the region"),
                success=chat.success or _("Ten parents ask a question of their own."),
            )
        )
        self._audience.setFocus(Qt.FocusReason.OtherFocusReason)
        self._audience.selectAll()
        self.bring_into_view(self._success)

"""The page of protection: rules for children, help numbers, and what to do about confidences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tchat_desktop.domain import protection
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat, HelpLine, new_id, with_part, without_part
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.protection.help_rows import HelpRows
from tchat_desktop.ui.pages.shared.care_steps import CareSteps
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.flow_box import FlowBox
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_preview import PostPreview
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import N_, _, countries_of
from tchat_desktop.wording.step_titles import step_title

_RULES = (
    N_("• Never the name, the face, the school or the place of a child, not even to help."),
    N_("• Do not repost a message that shows one; answer its author in private."),
    N_("• Questions ask about what is done, never about somebody one could recognise."),
)


class ProtectionPage(Page):
    """The page of the step that protects the participants."""

    step = StepId.PROTECTION

    def __init__(self, editor: ChatEditor, texts_of: Callable[[str], Texts]) -> None:
        super().__init__(
            step_title(StepId.PROTECTION),
            _("In a public chat, somebody may tell what they live through. Be ready before."),
        )
        self._editor = editor
        self._texts_of = texts_of
        self._removed: tuple[HelpLine, int] | None = None
        self.add(self._rules_card(), self._numbers_card(), self._focal_card())
        self._steps = CareSteps()
        procedure = Card(padding=theme.Space.INNER, spacing=theme.Space.BESIDE)
        procedure.add(Text(_("If somebody confides something grave"), "advice"), self._steps)
        self._preview = PostPreview()
        self.add_advice(
            procedure,
            self._preview,
            AdviceCard(
                _("Private messages"),
                _(
                    "On X, in the settings of your account, allow message requests from everyone: "
                    "otherwise nobody can write to you in private."
                ),
            ),
        )

    def _rules_card(self) -> Card:
        card = Card(spacing=theme.Space.BESIDE)
        self._rules = Tick(_("I have read this with my team"))
        self._rules.toggled.connect(self._on_rules_toggled)
        card.add(
            Text(_("Before anything is public: protect the children"), "heading"),
            *(Text(_(line)) for line in _RULES),
            FlowLayout(self._rules),
        )
        return card

    def _numbers_card(self) -> Card:
        card = Card(spacing=theme.Space.UNDER_HEADING)
        self._rows = HelpRows()
        self._rows.edited.connect(self._on_line_edited)
        self._rows.remove_wanted.connect(self._on_remove_wanted)
        self._offers = FlowBox()
        self._without = HintNotice("", "look")
        self._offered: tuple[str, ...] | None = None
        name = _("{what} – {who}").format(what=_("Add a number"), who=_("Another country"))
        self._add = Button(_("Another country"), "quiet", "plus", self._on_add, name)
        put_back = Button(_("Put it back"), icon_name="undo", clicked=self._on_put_back)
        self._undo = HintNotice("", "plum", put_back)
        self._undo.hide()
        card.add(
            Text(_("The help numbers, country by country"), "heading"),
            Text(
                _(
                    "The ready answer gives only the numbers you have checked: a wrong number is "
                    "worse than none."
                ),
                "small",
            ),
            self._rows,
            self._without,
            Text(_("Add a number for:"), "label"),
            self._offers,
            row(self._add, None),
            self._undo,
        )
        return card

    def _focal_card(self) -> Card:
        card = Card(spacing=theme.Space.PART)
        self._focal = LineEdit(Cap.NAME)
        self._focal.setPlaceholderText(_("Example: Awa Ndiaye"))
        self._focal.textEdited.connect(self._on_focal_edited)
        self._phone = LineEdit(Cap.NAME)
        self._phone.setPlaceholderText(_("Example: +221 77 000 00 00"))
        self._phone.textEdited.connect(self._on_phone_edited)
        pair = row(
            Field(_("Who is told at once?"), self._focal),
            Field(_("Telephone during the chat"), self._phone),
            spacing=theme.Space.INNER,
        )
        pair.setStretch(0, 1)
        pair.setStretch(1, 1)
        card.add(
            Text(_("Who is responsible for protection in your organisation"), "heading"),
            pair,
            Text(_("This name and this number are never published."), "small"),
        )
        return card

    def show_chat(self, chat: Chat) -> None:
        """Show what is prepared; a field that is being typed in has the same text already."""
        if self._rules.isChecked() is not chat.rules_accepted:
            self._rules.setChecked(chat.rules_accepted)
        self._rows.show_lines(chat.help_lines)
        if self._removed is not None and any(
            line.id == self._removed[0].id for line in chat.help_lines
        ):
            # Undo restored it.
            self._removed = None
            self._undo.hide()
        for edit, text in ((self._focal, chat.focal_point), (self._phone, chat.focal_phone)):
            if edit.text() != text:
                edit.setText(text)
        self._steps.show_chat(chat)
        self._show_offers(chat)
        answer = protection.answer(chat, self._texts_of(chat.language))
        self._preview.show_post(_("the ready answer"), chat.organisation, chat.account, answer)

    def _show_offers(self, chat: Chat) -> None:
        """Show a button for each country of the audience that has no line yet."""
        wanted = protection.countries_without(chat, countries_of(chat))
        if wanted != self._offered:
            self._offered = wanted
            self._offers.show_widgets([_Offer(name, self._add_line) for name in wanted])
            self._offers.setVisible(bool(wanted))
            words = _(
                "No number yet for: {countries}. Who lives there would not know where to call. "
                "If there is none, add its line and tick “No number found”."
            )
            said = words.format(countries=", ".join(wanted)) if wanted else ""
            self._without.say(said, "look")

    def _on_rules_toggled(self, accepted: bool) -> None:
        if accepted is not self._editor.chat.rules_accepted:
            self._editor.edit(replace(self._editor.chat, rules_accepted=accepted))

    def _on_line_edited(self, line: HelpLine, field: str) -> None:
        chat = self._editor.chat
        before = next(one for one in chat.help_lines if one.id == line.id)
        lines = with_part(chat.help_lines, protection.with_line_edited(before, line))
        group = f"help-{line.id}-{field}" if field else ""
        self._editor.edit(replace(chat, help_lines=lines), field=group)

    def _on_add(self) -> None:
        self._add_line("")

    def _add_line(self, name: str) -> None:
        chat, line = self._editor.chat, HelpLine(new_id(), country=name)
        self._editor.edit(replace(chat, help_lines=(*chat.help_lines, line)))
        self.bring_into_view(self._rows.focus_on(line.id, "number" if name else "country"))

    def _on_remove_wanted(self, line_id: str) -> None:
        chat = self._editor.chat
        ids = [line.id for line in chat.help_lines]
        place = ids.index(line_id)
        self._removed = (chat.help_lines[place], place)
        self._editor.edit(replace(chat, help_lines=without_part(chat.help_lines, line_id)))
        line = self._removed[0]
        words = _("The number {number} is removed.").format(
            number=" ".join(part for part in (line.number.strip(), line.country.strip()) if part)
        )
        if not line.number.strip():
            words = _("The line is removed.")
        self._undo.say(words, "plum")
        announce(self, words)

    def _on_put_back(self) -> None:
        self._undo.hide()
        if self._removed is not None:
            line, place = self._removed
            self._removed = None
            lines = list(self._editor.chat.help_lines)
            lines.insert(place, line)
            self._editor.edit(replace(self._editor.chat, help_lines=tuple(lines)))

    def _on_focal_edited(self, text: str) -> None:
        self._editor.edit(replace(self._editor.chat, focal_point=text), field="focal_point")

    def _on_phone_edited(self, text: str) -> None:
        self._editor.edit(replace(self._editor.chat, focal_phone=text), field="focal_phone")


class _Offer(Button):
    """A button that adds a line for a country of the audience."""

    def __init__(self, name: str, add: Callable[[str], None]) -> None:
        words = _("Add a number for {country}").format(country=name)
        super().__init__(name, "quiet", "plus", self._on_pressed, words)
        self._country, self._add = name, add

    def _on_pressed(self) -> None:
        self._add(self._country)

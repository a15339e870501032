"""The card that makes the one page for a funder: what is written on it, its preview, its file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat, FunderDraft
from tchat_desktop.domain.child_names import naming_children
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.first_names import FirstNames, NameLeft
from tchat_desktop.domain.funder_sheet import FunderSheet, sheet_words
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.visuals import look_of
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.report.quote_choice import QuoteChoice
from tchat_desktop.ui.pages.shared.careful import ShowTexts, may_save
from tchat_desktop.ui.pages.shared.saving import RecapFiles, Saving
from tchat_desktop.ui.visuals.funder import funder_picture
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, column
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.picture_box import PictureBox
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import VerdictLine
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone

PREVIEW_WIDE, PREVIEW_HIGH = 480, 679
"""The sides of the preview, as those of A4, in pixels at a text scale of 1."""
_DRAWN = 960
"""Pixels of the width of what is drawn for it, so that it can be read on dense screens."""


@dataclass(frozen=True, slots=True)
class _Made:
    """The page as it was made, and what to ask before it is saved."""

    sheet: FunderSheet
    doubtful: tuple[str, ...]
    names: tuple[NameLeft, ...]


class FunderCard(Card):
    """Shows the page of the dossier. `look` shows the organiser the texts to look at."""

    draft_edited = Signal(object, str)
    """A FunderDraft, and the name of what was typed in for undo; "" for a choice."""
    logo_wanted = Signal()
    logo_dropped = Signal()

    def __init__(self, bridge: Bridge, files: RecapFiles, look: ShowTexts) -> None:
        super().__init__()
        self._bridge = bridge
        self._files = files
        self._look = look
        self._dossier: Dossier | None = None
        self._draft = FunderDraft()
        self._logo = QImage()
        self._drawn: tuple[Dossier, QImage] | None = None
        self._is_drawing = False
        self.name = LineEdit(cap=Cap.NAME)
        self.impact = GrowingEdit(lines=2, cap=Cap.LINE)
        self.contact = LineEdit(cap=Cap.NAME)
        self.language = QuietComboBox()
        self.language.addItem(_("The one of the chat"), "")
        for one in LANGUAGES:
            self.language.addItem(one.name, one.code)
        self.quotes = QuoteChoice()
        self.quotes.chosen.connect(self._on_quotes)
        self.preview = PictureBox(PREVIEW_WIDE, PREVIEW_HIGH)
        self._add_logo = Button(_("Add the logo"), icon_name="plus", clicked=self.logo_wanted.emit)
        self._drop_logo = Button(_("Remove the logo"), "link", "trash", self._on_logo_dropped)
        self._said = VerdictLine()
        self.save = Button(_("Save the page (PDF)"), "quiet", "download", self._on_save)
        self.saving = Saving(bridge, files.open)
        self.fold = Fold(_("Write and preview the page"), self._build_inside())
        self.fold.unfolded.connect(self._draw)
        self.add(
            Text(_("One page for a funder"), "heading"),
            Text(
                _(
                    "Goal and result, what each figure counts, how you counted, what it cost: one "
                    "sheet of paper, which can be believed because it says what it does not know."
                ),
                "small",
            ),
            self.fold,
        )
        self.name.textChanged.connect(
            lambda text: self._edit(replace(self._draft, name=text), "funder-name")
        )
        self.contact.textChanged.connect(
            lambda text: self._edit(replace(self._draft, contact=text), "funder-contact")
        )
        self.impact.textChanged.connect(self._on_impact)
        self.language.activated.connect(self._on_language)

    def _build_inside(self) -> QWidget:
        inside = QWidget()
        inside.setLayout(
            column(
                Field(_("For whom?"), self.name, _("Example: the Foundation of the Two Banks")),
                Field(
                    _("What has the chat changed? One sentence"),
                    self.impact,
                    _("Only what you know: a school that called, a text that is read again."),
                ),
                Field(_("Whom to ask"), self.contact, _("A name, an e-mail address.")),
                Field(
                    _("Language of the page"),
                    self.language,
                    _("Questions and posts stay in the language they were written in."),
                ),
                self.quotes,
                FlowLayout(self._add_logo, self._drop_logo),
                self._said,
                FlowLayout(self.preview),
                FlowLayout(self.save),
                self.saving,
            )
        )
        return inside

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the page made of what was counted."""
        self._dossier = dossier
        self.show_chat(dossier.chat)

    def show_chat(self, chat: Chat) -> None:
        """Show what is written on the page."""
        self._draft = chat.funder or FunderDraft()
        for line, text in ((self.name, self._draft.name), (self.contact, self._draft.contact)):
            if line.text() != text:
                line.blockSignals(True)
                line.setText(text)
                line.blockSignals(False)
        if self.impact.toPlainText() != self._draft.impact:
            self.impact.blockSignals(True)
            self.impact.show_text(self._draft.impact)
            self.impact.blockSignals(False)
        self.language.setCurrentIndex(max(0, self.language.findData(self._draft.language)))
        has_logo = look_of(chat).logo is not None
        self._add_logo.setVisible(not has_logo)
        self._drop_logo.setVisible(has_logo)
        if self._dossier is not None:
            self._dossier = replace(self._dossier, chat=chat)
        self._draw()

    def show_logo(self, logo: QImage) -> None:
        """Show the logo's image, a null one for none."""
        self._logo = logo
        self._draw()

    def say(self, text: str, tone: Tone) -> None:
        """Say how choosing the logo went; "" takes it away."""
        if text != self._said.text:
            self._said.say(text, tone)
            announce(self, text)

    # --- the preview --------------------------------------------------------------------------

    def _draw(self) -> None:
        """Have the preview drawn if it is seen and no longer true; one at a time."""
        dossier, logo = self._dossier, self._logo
        if dossier is None or not self.fold.is_open or self._is_drawing:
            return
        if self._drawn is not None and self._drawn[0] == dossier and self._drawn[1] is logo:
            return
        self._is_drawing = True
        self._drawn = (dossier, logo)
        make = self._files.funder_sheet

        def job() -> tuple[QImage, FunderSheet]:
            sheet = make(dossier)
            return funder_picture(sheet, logo, _DRAWN), sheet

        self._bridge.run(self, job, self._on_drawn, self._on_not_drawn)

    def _on_drawn(self, made: tuple[QImage, FunderSheet]) -> None:
        self._is_drawing = False
        image, sheet = made
        self.preview.show_image(image, ". ".join(sheet_words(sheet)))
        self.quotes.show_quotes(sheet.quotable, sheet.quotes, own=bool(self._draft.quotes))
        # What was typed meanwhile.
        self._draw()

    def _on_not_drawn(self, error: Exception) -> None:
        self._is_drawing = False
        self.preview.show_image(QImage(), "")
        self.saving.fail(error)

    # --- what the person does -----------------------------------------------------------------

    def _edit(self, draft: FunderDraft, field: str = "") -> None:
        self.saving.clear()
        self.draft_edited.emit(draft, field)

    def _on_name(self, text: str) -> None:
        self._edit(replace(self._draft, name=text), "funder-name")

    def _on_contact(self, text: str) -> None:
        self._edit(replace(self._draft, contact=text), "funder-contact")

    def _on_impact(self) -> None:
        self._edit(replace(self._draft, impact=self.impact.toPlainText()), "funder-impact")

    def _on_quotes(self, chosen: tuple[str, ...]) -> None:
        self._edit(replace(self._draft, quotes=chosen))

    def _on_language(self) -> None:
        self._edit(replace(self._draft, language=str(self.language.currentData())))

    def _on_logo_dropped(self) -> None:
        self.logo_dropped.emit()
        self._add_logo.setFocus()

    def _on_save(self) -> None:
        dossier, make = self._dossier, self._files.funder_sheet
        if dossier is None:
            return

        def job() -> _Made:
            sheet = make(dossier)
            words = sheet_words(sheet)
            asked = (one.text for one in sheet.questions)
            # What is quoted leaves no doubt: nothing else is proposed for it.
            doubtful = naming_children((sheet.title, sheet.impact, *asked))
            names = FirstNames(dossier.chat, dossier.posts, NETWORK).left_in(words)
            return _Made(sheet, doubtful, names)

        self._bridge.run(self, job, self._on_made, self.saving.fail)

    def _on_made(self, made: _Made) -> None:
        dossier = self._dossier
        if dossier is None or not may_save(self.saving, made.doubtful, made.names, self._look):
            return
        content = (made.sheet, self._logo)
        self.saving.save(self._files.funder, content, dossier.chat, dossier.simulated)

"""The letter to one person: to read, change, and send by one of several ways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.letters import Letter
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import rule
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.post_edit import GrowingEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.tone import Tone


class LetterKind(StrEnum):
    """The letters written to a guest before the day."""

    INVITATION = "invitation"
    HANDING = "handing"
    """The questions, and all that a guest needs for the day."""
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class TypedLetter:
    """A letter of that kind that was changed by hand."""

    kind: LetterKind
    letter: Letter


class Errand(StrEnum):
    """The things that can be done with a letter, or for its addressee."""

    MAIL = "mail"
    DRAFT = "draft"
    COPY = "copy"
    MESSAGE = "message"
    CALENDAR = "calendar"
    PACK = "pack"
    PACK_PAGE = "pack_page"
    PACK_MESSAGE = "pack_message"


_KINDS = {
    LetterKind.INVITATION: N_("Invitation"),
    LetterKind.HANDING: N_("Handing over the pack"),
    LetterKind.REMINDER: N_("Reminder of the eve"),
}
_BY_LETTER = {
    Errand.MAIL: (N_("Open in my mail program"), "mail"),
    Errand.DRAFT: (N_("Save the e-mail as a file"), "download"),
    Errand.COPY: (N_("Copy the e-mail"), "copy"),
}
_BY_MESSAGE = {Errand.MESSAGE: (N_("Copy the short message"), "copy")}
_OTHERWISE = {Errand.CALENDAR: (N_("Save for the calendar"), "calendar")}
_PACK = {
    Errand.PACK_MESSAGE: (N_("Copy it as a message (WhatsApp, SMS)"), "copy"),
    Errand.PACK: (N_("Save the guest pack"), "download"),
    Errand.PACK_PAGE: (N_("Save it as a web page"), "globe"),
}


class LetterPanel(QWidget):
    """A letter that can be changed before it is sent; the changes are not stored.

    `errand_wanted` is emitted with the Errand whose button was pressed.
    """

    kind_chosen = Signal()
    errand_wanted = Signal(object)
    date_wanted = Signal()
    follow_up_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._proposed = Letter("", "")
        self._named: list[tuple[QWidget, str]] = []
        self._kinds: dict[LetterKind, Button] = {}
        group = QButtonGroup(self)
        kinds = FlowLayout()
        for kind, words in _KINDS.items():
            button = Button(_(words), "filter")
            group.addButton(button)
            button.clicked.connect(self._on_kind_chosen)
            self._kinds[kind] = button
            self._named.append((button, _(words)))
            kinds.addWidget(button)
        self._kinds[LetterKind.INVITATION].setChecked(True)

        self._date = Button(_("Choose the day"), clicked=self.date_wanted.emit)
        self._named.append((self._date, _("Choose the day")))
        self._blank = HintNotice("", "look", self._date)
        self._blank.hide()
        self._subject = LineEdit(Cap.LINE)
        self._subject.textEdited.connect(self._on_edited)
        self._body = GrowingEdit(lines=6)
        self._body.textChanged.connect(self._on_edited)
        self._named += [(self._subject, _("Subject")), (self._body, _("Letter"))]
        self._restore = Button(_("Back to the proposed e-mail"), "link", "undo", self._on_restore)
        self._restore.hide()
        self._named.append((self._restore, _("Back to the proposed e-mail")))
        follow = Button("", clicked=self.follow_up_wanted.emit)
        self._follow_up = follow
        self._outcome = HintNotice("", "well", follow)
        self._outcome.hide()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.PART))
        layout.addWidget(rule())
        self._errands: dict[Button, Errand] = {}
        self._places: dict[Errand, QVBoxLayout] = {}
        self._pack = self._group(
            _("The guest pack"),
            Text(
                _(
                    "One page for the guest: the day and the hour, how to answer, and your "
                    "questions. Send it, or print it."
                ),
                "small",
            ),
            self._buttons(_PACK),
        )
        layout.addWidget(self._pack)
        layout.addLayout(kinds)
        layout.addWidget(self._blank)
        layout.addWidget(Field(_("Subject"), self._subject))
        layout.addWidget(Field(_("Letter"), self._body))
        layout.addWidget(
            Text(
                _(
                    "You may sign it with your own name. Changes are for this e-mail only. Saved "
                    "as a file, it carries the event for the calendar and, once accepted, the "
                    "guest pack."
                ),
                "small",
            )
        )
        layout.addLayout(self._buttons(_BY_LETTER, self._restore))
        self._short = Text("")
        self._by_message = self._group(
            _("The short message (WhatsApp, SMS)"), self._short, self._buttons(_BY_MESSAGE)
        )
        layout.addWidget(self._by_message)
        otherwise = self._buttons(_OTHERWISE)
        otherwise.insertWidget(0, Text(_("The chat in the guest’s calendar"), "label"))
        layout.addLayout(otherwise)
        self._outcome.setParent(self)

    @property
    def kind(self) -> LetterKind:
        """The kind of the letter on screen."""
        return next(kind for kind, button in self._kinds.items() if button.isChecked())

    @property
    def letter(self) -> Letter:
        """The letter with the changes made by hand."""
        return Letter(self._subject.text(), self._body.toPlainText())

    @property
    def typed(self) -> TypedLetter | None:
        """The letter as changed by hand, or None while it is the proposed one."""
        return None if self.letter == self._proposed else TypedLetter(self.kind, self.letter)

    def take_up(self, typed: TypedLetter) -> None:
        """Continue with a letter that was changed by hand."""
        if self.kind is not typed.kind:
            self._kinds[typed.kind].click()
        self._put(typed.letter)

    def show_person(self, name: str) -> None:
        """Name every part after the person, so that all accessible names on the page differ."""
        for widget, words in self._named:
            widget.setAccessibleName(_("{what} – {person}").format(what=words, person=name))

    def show_acceptance(self, accepted: bool) -> None:
        """Offer the reminder and the pack only if accepted, because they thank for that."""
        for kind in (LetterKind.HANDING, LetterKind.REMINDER):
            self._kinds[kind].setVisible(accepted)
        self._pack.setVisible(accepted)
        if not accepted and self.kind is not LetterKind.INVITATION:
            self._kinds[LetterKind.INVITATION].click()

    def begin(self, kind: LetterKind) -> None:
        """Prepare the letter that is due; if it is chosen already, its changes are kept."""
        if self.kind is not kind:
            self._kinds[kind].setChecked(True)
            self._put(self._proposed)
            self.say("")

    def show_short(self, text: str) -> None:
        """Show the text of the message for a telephone; "" where the pack has its own."""
        self._short.setText(text)
        self._by_message.setVisible(bool(text))

    def show_letter(self, letter: Letter, missing: str, no_date: bool) -> None:
        """Show the proposed letter, unless it was changed; `missing` says what it lacks."""
        untouched = self.letter == self._proposed
        self._proposed = letter
        if untouched:
            self._put(letter)
        self._restore.setVisible(self.letter != letter)
        self._blank.say(missing, "look")
        self._date.setVisible(no_date)

    def say(
        self,
        text: str,
        tone: Tone = "well",
        follow_up: str = "",
        errand: Errand | None = None,
    ) -> None:
        """Show the result below the button of an errand, with a button `follow_up` unless ""."""
        if errand is not None:
            self._places[errand].addWidget(self._outcome)
        self._follow_up.setVisible(bool(follow_up))
        if follow_up:
            self._follow_up.show_text(follow_up)
        self._outcome.say(text, tone)
        if text:
            announce(self, text)

    def _group(self, title: str, text: Text, buttons: QVBoxLayout) -> QWidget:
        group = QWidget()
        layout = QVBoxLayout(group)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(Text(title, "label"))
        layout.addWidget(text)
        layout.addLayout(buttons)
        return group

    def _buttons(self, errands: dict[Errand, tuple[str, str]], *more: QWidget) -> QVBoxLayout:
        """Return buttons side by side, with room below for the result of their errands."""
        flow = FlowLayout()
        place = QVBoxLayout()
        place.setSpacing(theme.px(theme.Space.BESIDE))
        place.addLayout(flow)
        for errand, (words, icon_name) in errands.items():
            button = Button(_(words), "quiet", icon_name)
            button.clicked.connect(self._on_errand)
            self._errands[button] = errand
            self._places[errand] = place
            self._named.append((button, _(words)))
            flow.addWidget(button)
        for widget in more:
            flow.addWidget(widget)
        return place

    def _put(self, letter: Letter) -> None:
        if self._subject.text() != letter.subject:
            self._subject.setText(letter.subject)
        self._body.show_text(letter.body)

    def _on_kind_chosen(self) -> None:
        self._put(self._proposed)
        self.say("")
        self.kind_chosen.emit()

    def _on_errand(self) -> None:
        button = self.sender()
        assert isinstance(button, Button)
        self.errand_wanted.emit(self._errands[button])

    def _on_edited(self) -> None:
        self._restore.setVisible(self.letter != self._proposed)

    def _on_restore(self) -> None:
        self._put(self._proposed)
        self._body.setFocus()

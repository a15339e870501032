"""The fields of one person, each with a verdict on what was typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tchat_desktop.domain import people
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Person, ReachedBy, Role
from tchat_desktop.domain.delicate_facts import tells_delicate_fact
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.people import HandleProblem
from tchat_desktop.domain.schedule import common_zones
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.quiet_inputs import QuietComboBox
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.handle_words import handle_words
from tchat_desktop.wording.i18n import N_, _, city
from tchat_desktop.wording.tone import Tone

ROLES = {
    Role.GUEST: N_("Guest"),
    Role.CO_HOST: N_("Co-host"),
    Role.MODERATOR: N_("Moderator"),
}
ANSWER_WAYS = {
    ReachedBy.UNSAID: N_("Not told in the posts"),
    ReachedBy.PHONE: N_("By phone"),
    ReachedBy.WHATSAPP: N_("By WhatsApp"),
    ReachedBy.EMAIL: N_("By e-mail"),
}


class PersonForm(QWidget):
    """The fields of a person.

    `edited` is emitted with the changed person and the field that changed ("" if it was not typed
    in), `profile_wanted` with the address of the profile.
    """

    edited = Signal(object, str)
    profile_wanted = Signal(str)

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person
        self._name = LineEdit(Cap.NAME)
        self._handle = LineEdit(Cap.LINE)
        self._bio = LineEdit(Cap.LINE)
        self._email = LineEdit(Cap.LINE)
        self._name.setPlaceholderText(_("Example: Awa Ndiaye"))
        self._handle.setPlaceholderText(_("Example: @awa_ndiaye"))
        self._bio.setPlaceholderText(_("Example: midwife in Dakar for fifteen years"))
        self._email.setPlaceholderText(_("Optional. Example: awa@example.org"))
        self._name.textEdited.connect(self._on_name_edited)
        self._handle.textEdited.connect(self._on_handle_edited)
        self._handle.editingFinished.connect(self._on_handle_left)
        self._bio.textEdited.connect(self._on_bio_edited)
        self._email.textEdited.connect(self._on_email_edited)
        self._email.editingFinished.connect(self._on_email_left)
        self._zone = QuietComboBox()
        self._zone.addItem(_("The same as yours"), "")
        for name, zone in sorted(
            ((city(zone), zone) for zone in common_zones()), key=lambda one: fold(one[0])
        ):
            self._zone.addItem(name, zone)
        self._zone.activated.connect(self._on_zone_chosen)
        self._role = QuietComboBox()
        for role, words in ROLES.items():
            self._role.addItem(_(words), role)
        self._role.activated.connect(self._on_role_chosen)
        self._language = QuietComboBox()
        self._language.addItem(_("That of the posts"), "")
        for one in LANGUAGES:
            self._language.addItem(one.name, one.code)
        self._language.activated.connect(self._on_language_chosen)
        self._reached_by = QuietComboBox()
        for way, words in ANSWER_WAYS.items():
            self._reached_by.addItem(_(words), way)
        self._reached_by.activated.connect(self._on_reached_by_chosen)
        self._profile = Button(
            _("See the profile on X"), "link", "outside", clicked=self._on_profile_wanted
        )
        self._no_account = Tick(_("Has no account on X"), self._on_no_account)

        self._fields = {
            "name": Field(_("Name"), self._name),
            "handle": Field(_("Name on X"), self._handle),
            "bio": Field(
                _("Who is it, in one line?"),
                self._bio,
                _("This line is public: it stands in the announcements and on the pictures."),
                keep_room=True,
            ),
            "email": Field(_("E-mail"), self._email),
            "zone": Field(_("Where does this person live?"), self._zone),
            "role": Field(_("Part in the chat"), self._role),
            "language": Field(_("Language of the letters"), self._language),
            "reached": Field(_("How will the answers reach you?"), self._reached_by),
        }
        self._labels = {key: field.editor.accessibleName() for key, field in self._fields.items()}
        self._said: dict[str, str] = {}
        self._off_x = HintNotice("", "plum")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.UNDER_HEADING))
        layout.addLayout(self._pair("name", "handle"))
        layout.addLayout(row(None, self._profile, self._no_account))
        layout.addWidget(self._fields["bio"])
        layout.addLayout(self._pair("email", "zone"))
        layout.addLayout(self._pair("role", "language"))
        # Last, so that no field moves under the pointer when they appear.
        layout.addLayout(row(self._fields["reached"], None))
        layout.addWidget(self._off_x)

    def show_person(self, person: Person, who: str, hour: str) -> None:
        """Show the person; `who` is for screen readers, `hour` is the start on their clock."""
        self._person = person
        for edit, text in (
            (self._name, person.name),
            (self._bio, person.bio),
        ):
            if edit.text() != text:
                edit.setText(text)
        if people.normalise_email(self._email.text()) != person.email:
            self._email.setText(person.email)
        if people.normalise_handle(self._handle.text(), NETWORK) != person.handle:
            self._handle.setText(_written(person.handle))
        self._handle.setEnabled(not person.no_account)
        self._no_account.setChecked(person.no_account)
        self._off_x.say(_off_x_words(person, who) if person.no_account else "", "plum")
        words = _("None: the plain name is used") if person.no_account else ""
        self._handle.setPlaceholderText(words or _("Example: @awa_ndiaye"))
        if self._zone.findData(person.time_zone) < 0:
            self._zone.addItem(city(person.time_zone), person.time_zone)
        self._zone.setCurrentIndex(self._zone.findData(person.time_zone))
        self._role.setCurrentIndex(self._role.findData(person.role))
        self._language.setCurrentIndex(self._language.findData(person.language))
        self._reached_by.setCurrentIndex(self._reached_by.findData(person.reached_by))
        asks = person.no_account and person.role is Role.GUEST
        self._fields["reached"].setVisible(asks)
        words = handle_words(person.handle, NETWORK)
        self._profile.setEnabled(bool(person.handle) and not words)
        if people.handle_problem(person.handle, NETWORK) is HandleProblem.SEVERAL_WORDS:
            words += " " + _("No account? Press “Has no account on X”.")
        self._say("handle", words, "stop")
        wrong = bool(person.email) and not people.is_plausible_email(person.email)
        self._say("email", _("This address looks incomplete: name@site.org.") if wrong else "")
        self._say("zone", hour, "plain")
        self._say("bio", _delicate_words() if tells_delicate_fact(person.bio) else "")
        for key, field in self._fields.items():
            name = _("{what} – {person}").format(what=self._labels[key], person=who)
            if field.editor.accessibleName() != name:
                field.editor.setAccessibleName(name)
        self._profile.setAccessibleName(_("See the profile of {person} on X").format(person=who))
        self._no_account.setAccessibleName(_("{name}: has no account on X").format(name=who))

    def focus_name(self) -> None:
        """Put the focus in the first field."""
        self._name.setFocus()

    def _pair(self, *keys: str) -> QHBoxLayout:
        fields = [self._fields[key] for key in keys]
        pair = row(*fields, spacing=theme.Space.INNER)
        for index, field in enumerate(fields):
            pair.setStretch(index, 1)
            # When one of the two shows a verdict, the other one stays in place.
            pair.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        return pair

    def _say(self, key: str, text: str, tone: Tone = "look") -> None:
        if self._said.get(key, "") != text:
            self._said[key] = text
            self._fields[key].say(text, tone)

    def _on_name_edited(self, text: str) -> None:
        self.edited.emit(replace(self._person, name=text), "name")

    def _on_handle_edited(self, text: str) -> None:
        handle = people.normalise_handle(text, NETWORK)
        self.edited.emit(replace(self._person, handle=handle), "handle")

    def _on_handle_left(self) -> None:
        self._handle.setText(_written(self._person.handle))

    def _on_no_account(self) -> None:
        none = self._no_account.isChecked()
        handle = "" if none else self._person.handle
        self.edited.emit(replace(self._person, no_account=none, handle=handle), "")

    def _on_bio_edited(self, text: str) -> None:
        self.edited.emit(replace(self._person, bio=text), "bio")

    def _on_email_edited(self, text: str) -> None:
        self.edited.emit(replace(self._person, email=people.normalise_email(text)), "email")

    def _on_email_left(self) -> None:
        self._email.setText(self._person.email)

    def _on_zone_chosen(self) -> None:
        self.edited.emit(replace(self._person, time_zone=self._zone.currentData()), "")

    def _on_language_chosen(self) -> None:
        code = self._language.currentData()
        self.edited.emit(replace(self._person, language=code), "")

    def _on_reached_by_chosen(self) -> None:
        way = ReachedBy(self._reached_by.currentData())
        self.edited.emit(replace(self._person, reached_by=way), "")

    def _on_role_chosen(self) -> None:
        self.edited.emit(replace(self._person, role=Role(self._role.currentData())), "")

    def _on_profile_wanted(self) -> None:
        self.profile_wanted.emit(people.profile_page(self._person.handle, NETWORK))


def _delicate_words() -> str:
    return _(
        "This line is public, and it seems to tell what this person lived through, or an age. Did "
        "they agree to that? If in doubt, leave it out."
    )


def _off_x_words(person: Person, who: str) -> str:
    """Return how somebody without an account on X takes part."""
    if person.role is not Role.GUEST:
        return _("{name} takes part without X: call or write to each other elsewhere.").format(
            name=who
        )
    return _(
        "{name} sends you the answers by phone, WhatsApp or e-mail. During the chat you publish "
        "them from your account, with the name and the agreement of {name}: “Publish an answer”, "
        "on the screen of the chat."
    ).format(name=who)


def _written(handle: str) -> str:
    return f"@{handle}" if NETWORK.is_account(handle) else handle

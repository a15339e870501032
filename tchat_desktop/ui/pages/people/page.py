"""The page of guests and team: who answers, who helps, and the state of each invitation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication, QWidget

from tchat_desktop.domain import people, run_sheet
from tchat_desktop.domain.chat import (
    Chat,
    Person,
    Role,
    new_id,
    with_part,
    with_part_moved,
    without_part,
)
from tchat_desktop.domain.handed_out import are_outdated, asked_now, was_handed, with_handed
from tchat_desktop.domain.numbering import bare_text, numbers
from tchat_desktop.domain.people import GuestCount, GuestVerdict, account_of
from tchat_desktop.domain.prepared_answers import answers_in, with_answers
from tchat_desktop.domain.schedule import is_zone
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.people.guest_errands import GuestErrands, GuestFiles
from tchat_desktop.ui.pages.people.letter_panel import TypedLetter
from tchat_desktop.ui.pages.people.person_card import PersonCard
from tchat_desktop.ui.pages.shared.run_problem_words import time_words
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, column, row
from tchat_desktop.ui.widgets.empty_state import EmptyState
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import put_in_order
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictLine
from tchat_desktop.wording.i18n import N_, _, city, format_hour, ngettext
from tchat_desktop.wording.step_titles import step_title
from tchat_desktop.wording.tone import Tone

_UNNAMED = {
    Role.GUEST: N_("Guest {number}"),
    Role.CO_HOST: N_("Co-host {number}"),
    Role.MODERATOR: N_("Moderator {number}"),
}


@dataclass(frozen=True, slots=True)
class _Removed:
    """A person who was removed and their index in the list, to be restored."""

    person: Person
    index: int


class _Column(QWidget):
    """Cards one below the other; those that remain keep their places."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._layout = column(spacing=theme.Space.UNDER_HEADING)
        self.setLayout(self._layout)
        self._items = ItemList(self)
        self.hide()

    def show_cards(self, cards: list[PersonCard]) -> None:
        put_in_order(self._layout, cards)
        self._items.show_items(cards)
        self.setVisible(bool(cards))


class PeoplePage(Page):
    """The page of the people who are invited and of those who help."""

    step = StepId.PEOPLE

    def __init__(
        self,
        editor: ChatEditor,
        texts_of: Callable[[str], Texts],
        bridge: Bridge,
        guest_files: GuestFiles,
        open_page: Callable[[str], None],
    ) -> None:
        super().__init__(
            step_title(StepId.PEOPLE),
            _("Two or three voices that know the topic, and someone to lend you a hand."),
        )
        self._editor = editor
        self._texts_of = texts_of
        self._errands = GuestErrands(self, editor, texts_of, bridge, guest_files)
        self._open_page = open_page
        self._cards: dict[str, PersonCard] = {}
        self._removed: _Removed | None = None
        self._typed: dict[str, TypedLetter] = {}
        """Typed letters to people who have no card yet, by the ids of the people."""

        undo = Button(_("Put back"), icon_name="undo", clicked=self._on_undo)
        self._undo_notice = HintNotice("", "plum", undo)
        self._undo_notice.hide()
        self._verdict = VerdictLine()
        self._guests = _Column(_("Guests"))
        self._example = EmptyState(
            "guests",
            _("No guest yet"),
            _(
                "Example: a midwife in Dakar and a teacher in Thiès. One speaks of health, "
                "the other of school: the public has two doors to come in by."
            ),
        )
        self._team = _Column(_("The team"))
        self._alone = Text(
            _("You can lead alone. With two, it is easier."),
            "small",
        )
        self.add(
            self._undo_notice,
            Text(_("Guests"), "heading"),
            self._verdict,
            self._guests,
            self._example,
            row(Button(_("Add a guest"), "quiet", "plus", self._on_add_guest), None),
            Text(_("The team"), "heading"),
            Text(
                _(
                    "Co-hosts ask the questions with you and welcome people. Moderators read the "
                    "answers, and tell you of what hurts or puts somebody in danger."
                ),
                "small",
            ),
            self._alone,
            self._team,
            FlowLayout(
                Button(_("Add a co-host"), "quiet", "plus", self._on_add_co_host),
                Button(_("Add a moderator"), "quiet", "plus", self._on_add_moderator),
            ),
        )
        self.add_advice(
            AdviceCard(
                _("Never named without agreement"),
                _(
                    "As long as someone has not accepted, no text that goes out names them, "
                    "neither by name nor by @name. Afterwards, texts outside X give the plain name."
                ),
            ),
            AdviceCard(
                _("The questions in advance"),
                _(
                    "Hand over the guest pack a week before: the questions, the hour on their "
                    "clock, how to answer, and what to do if something goes wrong."
                ),
            ),
            AdviceCard(
                _("Whom to ask?"),
                _(
                    "Someone who works on the subject, an association of those it concerns, "
                    "someone who decides. Never ask a victim to tell their story in public. A "
                    "personal message is worth more than ten e-mails."
                ),
            ),
        )

    def unfinished(self) -> object | None:
        typed = {one: card.typed_letter for one, card in self._cards.items()}
        return self._typed | {one: letter for one, letter in typed.items() if letter} or None

    def take_up(self, unfinished: object) -> None:
        assert isinstance(unfinished, dict)
        self._typed = dict(unfinished)

    def show_chat(self, chat: Chat) -> None:
        """Show the people; cards that stay the same are not touched."""
        count = people.guest_count(chat)
        self._verdict.say(*_verdict(count))
        known = {person.id for person in chat.people}
        if self._removed is not None and self._removed.person.id in known:
            # Undo restored the person.
            self._removed = None
            self._undo_notice.hide()
        for person_id in [one for one in self._cards if one not in known]:
            card = self._cards.pop(person_id)
            card.hide()
            card.deleteLater()
        focus = QApplication.focusWidget()
        overrun, asked = self._overrun(chat), _asked(chat)
        for person, who in zip(chat.people, _names(chat), strict=True):
            if person.id not in self._cards:
                self._cards[person.id] = self._new_card(person)
            there = overrun if person.role is Role.GUEST else ""
            self._cards[person.id].show_person(
                person,
                who,
                _hour_there(chat, person),
                there,
                asked,
                outdated=are_outdated(chat, person.id),
            )
        guests = [one.id for one in chat.people if one.role is Role.GUEST]
        team = [one.id for one in chat.people if one.role is not Role.GUEST]
        self._guests.show_cards([self._cards[one] for one in guests])
        self._team.show_cards([self._cards[one] for one in team])
        if focus is not None and self.isAncestorOf(focus) and not focus.hasFocus():
            focus.setFocus()
        self._example.setVisible(not guests)
        self._verdict.setVisible(bool(guests))
        self._alone.setVisible(not team)
        for card in self._cards.values():
            if card.person.id in self._typed:
                card.take_up_letter(self._typed.pop(card.person.id))
            elif card.shows_letter:
                self._errands.show_letter(card)

    def _overrun(self, chat: Chat) -> str:
        """Return a sentence if the chat takes too long, as one more guest may cause; else ""."""
        sheet = run_sheet.build_run_sheet(chat, self._texts_of(chat.language))
        if not sheet.overflow:
            return ""
        return time_words(sheet) + " " + _("Shorten it, or keep a question in reserve.")

    def _new_card(self, person: Person) -> PersonCard:
        card = PersonCard(person)
        card.edited.connect(self._on_edited)
        card.remove_wanted.connect(self._on_remove_wanted)
        card.profile_wanted.connect(self._on_profile_wanted)
        card.date_wanted.connect(self._on_date_wanted)
        card.run_sheet_wanted.connect(self._on_run_sheet_wanted)
        card.letter_opened.connect(self._on_letter_opened)
        card.unfolded.connect(self._on_unfolded)
        card.message_pasted.connect(self._on_message_pasted)
        self._errands.attach(card)
        return card

    def _on_letter_opened(self) -> None:
        card = self.sender()
        assert isinstance(card, PersonCard)
        # If the fields are open, the letter would begin below the edge of the window.
        self.bring_to_top(card.letter if card.letter and card.shows_details else card)

    def _on_unfolded(self) -> None:
        card = self.sender()
        assert isinstance(card, PersonCard)
        self.bring_into_view(card)

    def _on_message_pasted(self, person_id: str, text: str) -> None:
        card = self._cards[person_id]
        found = answers_in(text, self._editor.chat)
        if found:
            self._on_edited(with_answers(card.person, found), "")
        card.tell_pasted(len(found))

    def _on_edited(self, person: Person, field: str) -> None:
        chat = self._editor.chat
        name = f"person-{person.id}-{field}" if field else ""
        had = any(one.id == person.id and one.has_questions for one in chat.people)
        self._editor.edit(replace(chat, people=with_part(chat.people, person)), field=name)
        if had and not person.has_questions:
            self._editor.note(handed_out=with_handed(chat, person.id, ""))
        elif person.has_questions and not had and not was_handed(chat, person.id):
            # Ticked by hand; a pack that was saved before has noted what is in it.
            self._editor.note(handed_out=with_handed(chat, person.id, asked_now(chat)))

    def _on_profile_wanted(self, page: str) -> None:
        self._open_page(page)

    def _on_add_guest(self) -> None:
        self._add(Role.GUEST)

    def _on_add_co_host(self) -> None:
        self._add(Role.CO_HOST)

    def _on_add_moderator(self) -> None:
        self._add(Role.MODERATOR)

    def _add(self, role: Role) -> None:
        person = Person(new_id(), role)
        chat = self._editor.chat
        self._editor.edit(replace(chat, people=(*chat.people, person)))
        card = self._cards[person.id]
        card.open_details()
        # After the layout: before, the new card has no position to scroll to.
        self.bring_into_view(card)

    def _on_remove_wanted(self, person_id: str) -> None:
        chat = self._editor.chat
        index = next(i for i, person in enumerate(chat.people) if person.id == person_id)
        who = _names(chat)[index]
        self._removed = _Removed(chat.people[index], index)
        self._editor.edit(replace(chat, people=without_part(chat.people, person_id)))
        words = _("{name} is no longer in the list.").format(name=who)
        self._undo_notice.say(words, "plum")
        self.ensureWidgetVisible(self._undo_notice)
        announce(self, words)

    def _on_undo(self) -> None:
        removed, self._removed = self._removed, None
        self._undo_notice.hide()
        chat = self._editor.chat
        if removed is not None:
            back = with_part_moved((*chat.people, removed.person), removed.person.id, removed.index)
            self._editor.edit(replace(chat, people=back))

    def _on_date_wanted(self) -> None:
        self.step_wanted.emit(StepId.SCHEDULE)

    def _on_run_sheet_wanted(self) -> None:
        self.step_wanted.emit(StepId.RUN_SHEET)


def _names(chat: Chat) -> list[str]:
    """Return the names of the people on the page, all of them different."""
    names: list[str] = []
    numbers = dict.fromkeys(Role, 0)
    for person in chat.people:
        numbers[person.role] += 1
        number = numbers[person.role]
        name = person.name.strip() or (
            f"@{account}" if (account := account_of(person, NETWORK)) else ""
        )
        if not name:
            name = _(_UNNAMED[person.role]).format(number=number)
        names.append(f"{name} ({number})" if name in names else name)
    return names


def _asked(chat: Chat) -> tuple[tuple[str, str], ...]:
    """Return the questions as pairs of (question id, the question in words)."""
    given = numbers(chat)
    return tuple(
        (question.id, _("Q{number}: {text}").format(number=given[question.id], text=text))
        if question.id in given
        else (question.id, _("In reserve: {text}").format(text=text))
        for question in chat.questions
        if (text := bare_text(chat, question))
    )


def _hour_there(chat: Chat, person: Person) -> str:
    """Return the hour of the start on the person's clock; "" if it is the organiser's."""
    zone = person.time_zone
    if chat.starts_at is None or zone in ("", chat.time_zone) or not is_zone(zone):
        return ""
    there, here = chat.starts_at.astimezone(ZoneInfo(zone)), chat.starts_at.astimezone(chat.zone)
    words = _("{hour} in {city}")
    if there.date() != here.date():
        later = there.date() > here.date()
        words = _("{hour} in {city}, the day after") if later else _("{hour} in {city}, the eve")
    return words.format(hour=format_hour(there), city=city(zone))


def _verdict(count: GuestCount) -> tuple[str, Tone]:
    match count.verdict:
        case GuestVerdict.NONE:
            return "", "plain"
        case GuestVerdict.ONE:
            return _("One guest: with a second voice, they can answer each other."), "look"
        case GuestVerdict.MANY:
            words = _("{count} guests: each will speak little. Two or three suffice.")
            return words.format(count=count.total), "look"
    agreed = ngettext(
        "{count} guests, the right number. {accepted} has accepted.",
        "{count} guests, the right number. {accepted} have accepted.",
        count.accepted,
    )
    return agreed.format(count=count.total, accepted=count.accepted), "well"

"""The card of those who took part before: each is invited again by a word of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.coming_again import (
    FormerParticipant,
    InvitedBy,
    invitation_again,
    letter_again,
    to_invite,
    with_invited,
)
from tchat_desktop.domain.finding import bears
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.people import profile_page
from tchat_desktop.domain.texts import Texts, When
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.promotion.come_again_row import ComeAgainRow
from tchat_desktop.ui.pages.promotion.come_again_words import invited_count
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.placing import keep_only, put_in_order
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording import error_words
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _, ngettext

AT_FIRST = 5
"""How many people are listed at first: the page goes on below them."""
MORE_AT_ONCE = 20
"""How many more at each press of the button: a row takes some milliseconds to be made."""
_FOUND_AT_ONCE = 8
"""How many are listed at first of those who are searched, as one types."""
_MANY = 12
"""People from which a search is offered."""


@dataclass(frozen=True, slots=True)
class ComeAgainWays:
    """Where those who took part before are known from, and how a word reaches them."""

    before: Callable[[Chat], tuple[FormerParticipant, ...]]
    """Who took part in former chats. Called off the GUI thread; may raise StoreError."""
    reply_page: Callable[[str, str], str]
    """The page of X that answers with a text the post of an id. Raises ValueError."""
    open_page: Callable[[str], None]
    mail_fits: Callable[[Person, Letter], bool]
    """Whether every system passes the whole letter on to the mail program; at once."""
    open_mail: Callable[[Person, Letter], bool]
    """Opens a letter in the mail program; False if none opened. Called off the GUI thread."""


class ComeAgainCard(Card):
    """Lists people to invite; hidden while there is no former chat."""

    rows_made = Signal()
    """Emitted when rows are new, and Tab has to go through them."""

    def __init__(
        self,
        editor: ChatEditor,
        bridge: Bridge,
        ways: ComeAgainWays,
        texts_of: Callable[[str], Texts],
        when_of: Callable[[Chat], When],
        guard: ChildGuard,
    ) -> None:
        super().__init__(spacing=theme.Space.BESIDE)
        self._editor = editor
        self._bridge = bridge
        self._ways = ways
        self._texts_of = texts_of
        self._when_of = when_of
        self._guard = guard
        self._former: tuple[FormerParticipant, ...] = ()
        self._people: tuple[FormerParticipant, ...] = ()
        self._filtered_for: object = None
        self._limit = AT_FIRST
        self._rows: dict[str, ComeAgainRow] = {}
        self._typed: dict[str, str] = {}
        """Words to people who have no row yet, as typed, by the keys of the people."""
        self._count = Chip("", "plain")
        self.search = LineEdit(Cap.NAME)
        self.search.setPlaceholderText(_("A name or an @name…"))
        self.search.setAccessibleName(_("Search among those who took part before"))
        self.search.textChanged.connect(self._on_searched)
        self._nobody = Text("", "small")
        self._failed = HintNotice("", "look", Button(_("Try again"), clicked=self.reload))
        self._about = Text(
            _(
                "These people took part in your former chats: their public messages are kept on "
                "this computer, and nobody else sees this list. Nothing is sent by itself. Invite "
                "one person at a time, a few a day: X takes many similar messages for advertising."
            )
        )
        self._without = Text(
            _(
                "Left out: your guests and team of now, and whoever is hidden, muted, has confided "
                "something to you, or asked to be forgotten."
            ),
            "small",
        )
        box = QWidget()
        box.setAccessibleName(_("Who took part before"))
        self._column = Column()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(theme.Space.BESIDE))
        box.setLayout(self._column)
        self._items = ItemList(box)
        self._more = Button("", "quiet", "down", self._on_more)
        self.add(
            row(Text(_("Come again?"), "heading", wrap=False), self._count, None),
            self._about,
            self._without,
            self._failed,
            self.search,
            self._nobody,
            box,
            row(self._more, None),
        )
        self.hide()

    @property
    def rows(self) -> tuple[ComeAgainRow, ...]:
        """The rows of the people on screen, from top to bottom."""
        return tuple(self._rows[one.key] for one in self._shown)

    @property
    def progress(self) -> str:
        """The words on how many are invited."""
        return self._count.text()

    @property
    def typed(self) -> dict[str, str]:
        """The words that were changed by hand, by the keys of the people."""
        shown = {key: line.typed for key, line in self._rows.items()}
        return self._typed | {key: text for key, text in shown.items() if text}

    def take_up(self, typed: Mapping[str, str]) -> None:
        """Continue with words that were changed by hand."""
        self._typed = dict(typed)

    def reload(self) -> None:
        """Read who took part before, off the GUI thread."""
        chat, before = self._editor.chat, self._ways.before

        self._bridge.run(self, lambda: before(chat), self._on_read, self._on_failed)

    def _on_read(self, found: tuple[FormerParticipant, ...]) -> None:
        self._failed.hide()
        self._former = found
        self._filtered_for = None
        self.show_chat(self._editor.chat)

    def _on_failed(self, error: Exception) -> None:
        self._failed.say(error_words.sentence(error), "look")
        self.show()

    def show_chat(self, chat: Chat) -> None:
        """Show whom the chat can invite; rows that stay the same are not touched."""
        decides = (chat.people, chat.account, chat.muted_authors, chat.recap, chat.invited_again)
        if decides != self._filtered_for:
            self._filtered_for = decides
            self._people = to_invite(chat, self._former, NETWORK)
        self._show_rows()
        self._count.say(invited_count(self._people), "plain")
        for one in (self._count, self._about, self._without):
            one.setVisible(bool(self._people))
        self.search.setVisible(len(self._people) >= _MANY)
        self.setVisible(bool(self._former) or not self._failed.isHidden())

    @property
    def _found(self) -> tuple[FormerParticipant, ...]:
        """Those whose names have all the words that are searched."""
        typed = self.search.text()
        return tuple(one for one in self._people if bears(typed, one.name, one.handle))

    @property
    def _shown(self) -> tuple[FormerParticipant, ...]:
        return self._found[: self._limit]

    def _show_rows(self) -> None:
        found = self._found
        shown = found[: self._limit]
        keep_only(self._column, self._rows, {person.key for person in shown})
        fresh = False
        for place, person in enumerate(shown):
            line = self._rows.get(person.key)
            if line is None:
                line = self._rows[person.key] = self._new_row(person)
                fresh = True
            put_in_order(self._column, [line], place)
            line.show_person(person)
            if person.key in self._typed:
                line.take_up(self._typed.pop(person.key))
            elif line.writing:
                line.show_word(self._word(person))
        self._items.show_items([self._rows[person.key] for person in shown])
        left = len(found) - len(shown)
        self._more.setVisible(left > 0)
        words = ngettext("Show {count} more", "Show {count} more", min(left, MORE_AT_ONCE))
        self._more.show_text(words.format(count=min(left, MORE_AT_ONCE)))
        self._nobody.setText(self._nobody_words())
        self._nobody.setHidden(bool(found))
        if fresh:
            self.rows_made.emit()

    def _nobody_words(self) -> str:
        if self._people:
            return _("Nobody of that name.")
        return _(
            "Nobody else to invite: those who took part are among your guests, in your team, or "
            "left out."
        )

    def _new_row(self, person: FormerParticipant) -> ComeAgainRow:
        line = ComeAgainRow(person, self._guard)
        line.ticked.connect(self._on_ticked)
        line.word_wanted.connect(self._on_word_wanted)
        line.reply_wanted.connect(self._on_reply_wanted)
        line.message_wanted.connect(self._on_message_wanted)
        line.mail_wanted.connect(self._on_mail_wanted)
        return line

    def _word(self, person: FormerParticipant) -> str:
        chat = self._editor.chat
        return invitation_again(chat, person, self._texts_of(chat.language), self._when_of(chat))

    def _on_word_wanted(self, key: str) -> None:
        line = self._rows[key]
        line.show_word(self._word(line.person))
        self.rows_made.emit()

    def _on_ticked(self, key: str, way: InvitedBy | None) -> None:
        self._editor.edit(with_invited(self._editor.chat, key, way))
        announce(self, self.progress)

    def _on_reply_wanted(self, key: str) -> None:
        line = self._rows[key]
        draft, said = line.draft, line.person.said
        assert draft is not None
        assert said is not None
        try:
            page = self._ways.reply_page(draft.text, said.id)
        except ValueError:
            draft.say(
                _("This text is too long for the browser. Copy it, and paste it on X."), "look"
            )
            return
        self._ways.open_page(page)
        line.ask(
            _("The reply to their last message is open in your browser: press “Reply” there."),
            InvitedBy.REPLY,
        )

    def _on_message_wanted(self, key: str) -> None:
        line = self._rows[key]
        draft = line.draft
        if draft is None or not draft.may_leave():
            return
        QGuiApplication.clipboard().setText(draft.text)
        self._ways.open_page(profile_page(line.person.handle, NETWORK))
        line.ask(
            _(
                "The text is copied, and their profile is open: paste it into a private message, "
                "if they take any."
            ),
            InvitedBy.MESSAGE,
        )

    def _on_mail_wanted(self, key: str) -> None:
        line, chat = self._rows[key], self._editor.chat
        person, draft = line.person, line.draft
        assert draft is not None
        letter = letter_again(chat, person, self._texts_of(chat.language), self._when_of(chat))
        if words := blank_words(letter.subject, letter.body):
            draft.say(words, "stop")
            return
        whom = Person("", name=person.name, email=person.email)
        if not self._ways.mail_fits(whom, letter):
            QGuiApplication.clipboard().setText(letter.body)
            letter = replace(letter, body="")
        told = _("Your mail program is open: send the letter there.")
        if not letter.body:
            told = _("Your mail program is open, and the text is copied: paste it there.")
        open_mail = self._ways.open_mail

        def opened(done: bool) -> None:
            if done:
                line.ask(told, InvitedBy.EMAIL)
            else:
                draft.say(_("No mail program opened. Copy the text into an e-mail."), "look")

        def failed(error: Exception) -> None:
            draft.say(error_words.sentence(error), "stop")

        self._bridge.run(line, lambda: open_mail(whom, letter), opened, failed)

    def _on_searched(self) -> None:
        self._limit = _FOUND_AT_ONCE if self.search.text().strip() else AT_FIRST
        self._show_rows()
        count = len(self._found)
        announce(self, ngettext("{count} person", "{count} people", count).format(count=count))

    def _on_more(self) -> None:
        first_new = self._limit
        self._limit += MORE_AT_ONCE
        self._show_rows()
        self._items.stand_on(self.rows[first_new])

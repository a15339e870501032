"""The page of thanks: who took part and how, one message to everyone, and a word to each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import letters
from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat, ChatPhase, Person, phase
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, confirmed_at, told_at
from tchat_desktop.domain.people import account_of, profile_page
from tchat_desktop.domain.signals import Signal, noticed, people_to_spare
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.domain.thanks import (
    GroupedThanks,
    Participant,
    grouped_thanks,
    participants,
    personal_thanks,
    with_thanked,
)
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.material import Material
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.after_page import AfterPage, Teaching
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.hour_words import hour_of
from tchat_desktop.ui.pages.shared.material_watch import Gather
from tchat_desktop.ui.pages.thanks.person_thanks import PersonThanks, Word
from tchat_desktop.ui.pages.thanks.team_card import TeamCard
from tchat_desktop.ui.pages.thanks.thanks_draft import ThanksDraft
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, row
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import keep_only, put_in_order
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictLine
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import N_, _, ngettext

_SPARED: dict[Signal, Callable[[int], str]] = {
    Signal.DISCLOSURE: lambda n: ngettext(
        "{count} person who confides something", "{count} people who confide something", n
    ),
    Signal.MINOR: lambda n: ngettext(
        "{count} person who may be a minor", "{count} people who may be minors", n
    ),
    Signal.NAMED_CHILD: lambda n: ngettext(
        "{count} person who names a child", "{count} people who name a child", n
    ),
    Signal.INSULT: lambda n: ngettext("{count} person who insults", "{count} people who insult", n),
}
"""The sentences on why people are not proposed to be thanked."""

PEOPLE_AT_ONCE = 40
"""How many people are listed at first, and how many more at each press of the button."""


class ThanksPage(AfterPage):
    """The page on which everybody is thanked.

    `post_page` returns the address of the page on X with a text filled in. In a rehearsal nobody is
    really thanked: nothing opens on X, and ticks are not stored.
    """

    step = StepId.THANKS
    after_rehearsal = N_("What you tick here is for practice: nobody counts as thanked.")

    def __init__(
        self,
        editor: ChatEditor,
        bridge: Bridge,
        gather: Gather,
        texts_of: Callable[[str], Texts],
        open_page: Callable[[str], None],
        post_page: Callable[[str], str],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(
            StepId.THANKS,
            _("A thank-you makes people come back. One to everyone, then a word to each guest."),
            Teaching(
                _("Who will you thank?"),
                _(
                    "After the chat, everybody who wrote with your tag stands here "
                    "with what they did, your guests first. You tick off those you "
                    "have thanked."
                ),
                _("Example: “Awa, midwife: 3 replies, 1 question, reposted”"),
            ),
            editor,
            bridge,
            gather,
            now,
        )
        self._guard = ChildGuard(editor)
        self._texts_of = texts_of
        self._open_page = open_page
        self._post_page = post_page
        self._rows: dict[str, PersonThanks] = {}
        self._people: tuple[Participant, ...] = ()
        self._gone = 0
        """How many of those thanked are not listed, such as authors whose posts are gone."""
        self._counted: tuple[Material, Chat] | None = None
        self._hidden_names: FirstNames | None = None
        self._grouped = GroupedThanks("", ())
        self._limit = PEOPLE_AT_ONCE
        self._typed: dict[str, str] = {}
        """Words to people who are not listed yet, as typed, by the keys of the people."""
        self._ticked_in_rehearsal: frozenset[str] = frozenset()

        everyone = Card()
        self._already = VerdictLine()
        self._first = Text(_("It names your guests, and tells that a recap is coming."), "small")
        self.general = ThanksDraft(
            _("Thank-you to everyone"), _("to everyone"), self._guard, "primary"
        )
        self.general.open_wanted.connect(self._on_open_general)
        self.general.watch_for(self._caution)
        everyone.add(
            Text(_("One thank-you to everyone"), "heading"),
            self._first,
            self._already,
            self.general,
        )
        self._too_early = HintNotice("", "look")
        self._too_early.hide()
        self._list = Card(spacing=theme.Space.BESIDE)
        people = QWidget()
        self._column = Column()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self._list.content.spacing())
        people.setLayout(self._column)
        people.setAccessibleName(_("Who took part"))
        self._items = ItemList(people)
        self._count = Chip("", "plain")
        self._spared = Text("", "small")
        self._all_done = VerdictLine()
        self._tick_all = Button(_("Tick everyone"), "link", "check", self._on_tick_all)
        self._more = Button("", "quiet", "down", self._on_more)
        title = Text(_("Who took part"), "heading", wrap=False)
        self._list.add(
            FoldingRow((title, self._count), (self._tick_all,)),
            self._spared,
            self._all_done,
            people,
            row(self._more, None),
        )
        self.fill(self._too_early, everyone, self._list)
        self._add_advice_cards()

    @property
    def rows(self) -> tuple[PersonThanks, ...]:
        """The rows of the people on screen, from top to bottom."""
        return tuple(self._rows[one.key] for one in self._people[: self._limit])

    @property
    def progress(self) -> str:
        """The sentence on how many people are thanked."""
        return self._all_done.text or self._count.text()

    def unfinished(self) -> object | None:
        typed = {key: line.typed for key, line in self._rows.items()} | {"": self.general.typed}
        return self._typed | {key: text for key, text in typed.items() if text} or None

    def take_up(self, unfinished: object) -> None:
        assert isinstance(unfinished, dict)
        self._typed = dict(unfinished)
        if text := self._typed.pop("", ""):
            self.general.take_up(text)

    def show_chat(self, chat: Chat) -> None:
        """Show who is to be thanked; the team is known before anybody has taken part."""
        super().show_chat(chat)
        self._team_card.show_chat(chat)

    def show_material(self, chat: Chat, material: Material) -> None:
        """Show everybody with their ticks; rows that stay the same are not touched."""
        texts = self._texts_of(chat.language)
        self._count_people(chat, material, texts)
        thanked = chat.thanked if not self.rehearsing else self._ticked_in_rehearsal
        ticked = {comparable_handle(handle) for handle in thanked}
        self._gone = len(ticked - {one.key for one in self._people})
        self._people = tuple(replace(one, thanked=one.key in ticked) for one in self._people)
        self.general.show_proposal(self._grouped.general, not self.rehearsing)
        running = phase(chat, self._now()) is ChatPhase.LIVE and not self.rehearsing
        words = _("The chat is not over: its own thank-you leaves at the end. Keep this for later.")
        self._too_early.say(words if running else "", "look")
        sent = _thanks_sent(material)
        self._first.setVisible(sent is None)
        self._already.say(_already_words(sent, chat) if sent else "", "well")
        self._show_rows(texts)
        self._show_progress()
        if not self.rehearsing:
            self._editor.note(to_thank=self._progress()[1])

    def _count_people(self, chat: Chat, material: Material, texts: Texts) -> None:
        """Count who took part, unless only ticks have changed since."""
        counted = (material, replace(chat, thanked=()))
        if counted != self._counted:
            self._counted = counted
            self._people = participants(
                chat, material.posts, material.rows, NETWORK, material.delicate
            )
            self._show_spared(_spared(chat, material))
            self._hidden_names = FirstNames(chat, material.posts, NETWORK)
            again = _thanks_sent(material) is not None
            self._grouped = grouped_thanks(chat, self._people, texts, again=again)

    def _show_spared(self, spared: tuple[tuple[Signal, int], ...]) -> None:
        kinds = [_SPARED[signal](count).format(count=count) for signal, count in spared]
        words = _("Left out of this list, as a caution: {kinds}.").format(kinds=", ".join(kinds))
        else_say = _("If that is not so, say so under their message, in the step of the chat.")
        if {Signal.NAMED_CHILD, Signal.INSULT} & {signal for signal, _count in spared}:
            # Otherwise the number of participants there would contradict the one on this page.
            words += " " + _("The results count who names a child or insults all the same.")
        self._spared.setText(f"{words} {else_say}" if kinds else "")
        self._spared.setVisible(bool(kinds))

    def _add_advice_cards(self) -> None:
        self._team_card = TeamCard(self._texts_of)
        self.add_advice(
            AdviceCard(
                _("Why not name everyone?"),
                _(
                    "X takes the same mention sent to many people for advertising, and may lock "
                    "your account. So: one post to everyone, and one to each guest who agreed."
                ),
            ),
            AdviceCard(
                _("And the others?"),
                _(
                    "Reply to one of their posts, in your own words: it touches more than a list "
                    "of names. The proposed word is there to be copied."
                ),
            ),
            self._team_card,
        )

    def _show_rows(self, texts: Texts) -> None:
        shown = self._people[: self._limit]
        keys = {person.key for person in shown}
        fresh = False
        keep_only(self._column, self._rows, keys)
        for index, person in enumerate(shown):
            key = person.key
            line = self._rows.get(key)
            if line is None:
                line = self._rows[key] = self._new_row(person)
                fresh = True
            put_in_order(self._column, [line], index)
            line.show_person(person)
            if key in self._typed and person.may_be_named:
                line.take_up(self._typed.pop(key))
            elif line.writing:
                line.show_word(self._word(person, texts))
        left = len(self._people) - len(shown)
        self._more.setVisible(left > 0)
        self._more.show_text(
            ngettext("Show {count} more", "Show {count} more", left).format(count=left)
        )
        if fresh:
            put_in_reading_order(self.inner)
        self._items.show_items(self.rows)

    def _new_row(self, person: Participant) -> PersonThanks:
        line = PersonThanks(person, self._guard)
        line.thanked.connect(self._on_thanked)
        line.open_wanted.connect(self._on_open_personal)
        line.mail_wanted.connect(self._on_mail)
        line.profile_wanted.connect(self._on_profile)
        line.post_wanted.connect(self._on_post)
        line.word_wanted.connect(self._on_word_wanted)
        return line

    def _caution(self, text: str) -> str:
        """Return a warning about the first name of a hidden person in a thank-you, or ""."""
        left = self._hidden_names.left_in([text]) if self._hidden_names else ()
        return _names_words(left[0].name) if left else ""

    def _progress(self) -> tuple[int, int]:
        """Return how many are thanked, and of how many, as the list of steps counts them too.

        Who was thanked stays counted once they are hidden, or their posts are gone.
        """
        people = [person for person in self._people if person.may_be_named or person.thanked]
        done = sum(person.thanked for person in people)
        return done + self._gone, len(people) + self._gone

    def _show_progress(self) -> None:
        done, count = self._progress()
        words = ngettext("{done} of {count} thanked", "{done} of {count} thanked", count)
        self._count.say(words.format(done=done, count=count), "plain")
        everyone = bool(count) and done == count
        self._all_done.say(_("Everyone is thanked. Well done!") if everyone else "", "well")
        self._count.setVisible(not everyone)
        self._tick_all.setEnabled(done < count)

    def _word(self, person: Participant, texts: Texts) -> Word:
        chat = self._editor.chat
        mail = any(guest.email for guest in chat.guests if _key(guest) == person.key)
        said = person.said if person.may_be_named else None
        for one in self._grouped.addressed:
            if comparable_handle(one.handle) == person.key:
                return Word(one.text, on_x=not self.rehearsing, by_mail=mail, said=said)
        real = person.may_be_named and not self.rehearsing
        return Word(
            personal_thanks(chat, person, texts),
            by_mail=mail,
            has_profile=real and bool(person.handle),
            said=said,
        )

    def _person(self, key: str) -> Participant:
        return next(one for one in self._people if one.key == key)

    def _on_word_wanted(self, key: str) -> None:
        texts = self._texts_of(self._editor.chat.language)
        self._rows[key].show_word(self._word(self._person(key), texts))
        put_in_reading_order(self.inner)

    def _on_thanked(self, key: str, thanked: bool) -> None:
        self._tick((key,), thanked)

    def _on_tick_all(self) -> None:
        waiting = (one for one in self._people if not one.thanked and one.may_be_named)
        self._tick(tuple(one.key for one in waiting), True)

    def _tick(self, keys: tuple[str, ...], thanked: bool) -> None:
        chat = self._editor.chat
        if self.rehearsing:
            ticked = self._ticked_in_rehearsal
            self._ticked_in_rehearsal = ticked.union(keys) if thanked else ticked.difference(keys)
            self.show_chat(chat)
        else:
            for key in keys:
                chat = with_thanked(chat, key, thanked)
            self._editor.edit(chat)
        announce(self, self.progress)

    def _on_open_general(self, text: str) -> None:
        self._open_on_x(self.general, text)

    def _on_open_personal(self, key: str, text: str) -> None:
        draft = self._rows[key].draft
        assert draft is not None
        self._open_on_x(draft, text)

    def _open_on_x(self, draft: ThanksDraft, text: str) -> None:
        try:
            page = self._post_page(text)
        except ValueError:
            draft.say(
                _("This text is too long for the browser. Copy it, and paste it on X."), "look"
            )
            return
        self._open_page(page)
        draft.say(_("Your browser is opening it: press “Post” there."))

    def _on_mail(self, key: str) -> None:
        chat, line = self._editor.chat, self._rows[key]
        guest = next(one for one in chat.guests if _key(one) == key)
        letter = letters.thanks_letter(
            chat, guest.name or line.person.name, self._texts_of(chat.language)
        )
        assert line.draft is not None
        if words := blank_words(letter.subject, letter.body):
            line.draft.say(words, "stop")
            return
        QGuiApplication.clipboard().setText(f"{letter.subject}\n\n{letter.body}")
        line.draft.say(
            _("The e-mail is copied. Paste it in a message to {address}.").format(
                address=guest.email
            )
        )

    def _on_profile(self, key: str) -> None:
        self._open_page(profile_page(self._person(key).handle, NETWORK))

    def _on_post(self, key: str) -> None:
        said = self._person(key).said
        if said is not None:
            self._open_page(said.url)

    def _on_more(self) -> None:
        first_new = self._limit
        self._limit += PEOPLE_AT_ONCE
        self.show_chat(self._editor.chat)
        self._items.stand_on(self.rows[first_new])


def _key(guest: Person) -> str:
    """Return the key of a guest in the list of participants."""
    return comparable_handle(account_of(guest, NETWORK)) or comparable_handle(guest.id)


def _names_words(name: str) -> str:
    return _("“{name}” may be the first name of somebody you hide. Everybody will read it.").format(
        name=name
    )


def _spared(chat: Chat, material: Material) -> tuple[tuple[Signal, int], ...]:
    """Return the number of people not proposed to be thanked, by their most serious signal."""
    spared = people_to_spare(chat, material.delicate)
    found: dict[str, set[Signal]] = {}
    for item in material.posts:
        author = comparable_handle(item.post.author)
        if author in spared and not item.hidden:
            found.setdefault(author, set()).update(noticed(item))
    gravest = Counter(next(one for one in Signal if one in held) for held in found.values() if held)
    return tuple((signal, gravest[signal]) for signal in Signal if gravest[signal])


def _already_words(sent: OutboxPost, chat: Chat) -> str:
    if sent.state is PostState.HANDED_OVER:
        words = _(
            "The page of your thank-you of the hour was opened at {hour}: say in the chat whether "
            "you published it. Here is another one, for the recap."
        )
    elif confirmed_at(sent, NETWORK):
        words = _(
            "You confirmed your thank-you of the hour at {hour}. Here is another one, for the "
            "recap."
        )
    else:
        words = _("Your thank-you of the hour left at {hour}. Here is another one, for the recap.")
    return words.format(hour=hour_of(told_at(sent, NETWORK), chat))


def _thanks_sent(material: Material) -> OutboxPost | None:
    """Return the thank-you to everyone that is published or may be, or None."""
    out = (PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN)
    return next(
        (one for one in material.rows if one.kind is PostKind.THANKS and one.state in out), None
    )

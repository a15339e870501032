"""The page of thanks: who took part and how, one message to everyone, and a word to each person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.chat import Chat, ChatPhase, Person, phase
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.people import account_of, profile_page
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.domain.thanks import (
    GroupedThanks,
    Participant,
    ThanksWay,
    grouped_thanks,
    participants,
    personal_thanks,
    private_thanks,
    team_keys,
    thanked_apart,
    way_of,
    with_thanked,
)
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.material import Material
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.page import PlaceOnPage
from tchat_desktop.ui.pages.shared.after_page import AfterPage, Teaching
from tchat_desktop.ui.pages.shared.care_card import CareTools
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.material_watch import Gather
from tchat_desktop.ui.pages.thanks.everyone_card import EveryoneCard
from tchat_desktop.ui.pages.thanks.people_card import PeopleCard
from tchat_desktop.ui.pages.thanks.person_thanks import PersonThanks, Word
from tchat_desktop.ui.pages.thanks.sending import Sending
from tchat_desktop.ui.pages.thanks.team_card import TeamCard
from tchat_desktop.ui.pages.thanks.thanks_draft import ThanksDraft
from tchat_desktop.ui.pages.thanks.thanks_words import (
    HidingWords,
    spared,
    spared_words,
    thanks_sent,
)
from tchat_desktop.ui.pages.thanks.ways import ThanksWays
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.card import AdviceCard
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import N_, _


class ThanksPage(AfterPage):
    """The page on which everybody is thanked.

    In a rehearsal nobody is
    really thanked: nothing opens on X, and ticks are not stored.
    """

    step = StepId.THANKS
    after_rehearsal = N_("What you tick here is for practice: nobody counts as thanked.")

    def __init__(
        self,
        editor: ChatEditor,
        bridge: Bridge,
        gather: Gather,
        care: CareTools,
        ways: ThanksWays,
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
            care,
            ways.former,
        )
        self._guard = ChildGuard(editor)
        self._texts_of, self._open_page = care.texts_of, care.open_page
        self._ways = ways
        self._bridge = bridge
        self._sending = Sending(editor, bridge, care.texts_of, care.open_page, ways)
        self._hiding = HidingWords()
        self._people: tuple[Participant, ...] = ()
        self._counted: tuple[object, ...] = ()
        self._grouped = GroupedThanks("", ())
        self._typed: dict[tuple[str, bool], str] = {}
        """Words to people who are not listed yet, as typed, by the key of the person, and whether
        the word is a private one."""
        self._ticked_in_rehearsal: frozenset[str] = frozenset()
        self._rehearsed_ways = Chat("")
        """How those were thanked who are ticked in a rehearsal; never stored."""

        self._too_early = HintNotice("", "look")
        self._too_early.hide()
        self.everyone = EveryoneCard(self._guard, self._hiding, self._open_post)
        self.everyone.link_wanted.connect(self._on_recap_link)
        self.everyone.ticked.connect(self._on_everyone_ticked)
        self.general.edited.connect(self.typed_changed)
        self.list = PeopleCard(self, lambda: self.inner)
        self.list.everyone_wanted.connect(self._on_tick_all)
        self.list.follow_wanted.connect(self._on_follow)
        self._followed: set[str] = set()
        """The keys of those whose profile was opened to follow them."""
        self.fill(self._too_early, self.everyone, self.list)
        self._add_advice_cards()

    @property
    def general(self) -> ThanksDraft:
        """The thank-you to everyone."""
        return self.everyone.draft

    @property
    def rows(self) -> tuple[PersonThanks, ...]:
        """The rows of the people on screen, from top to bottom."""
        return self.list.rows

    @property
    def progress(self) -> str:
        """The sentence on how many people are thanked."""
        return self.list.progress

    def unfinished(self) -> object | None:
        typed = {("", False): self.general.typed}
        for line in self.list.made:
            typed[line.person.key, False] = line.typed
            typed[line.person.key, True] = line.typed_in_private
        return self._typed | {place: text for place, text in typed.items() if text} or None

    @property
    def typed(self) -> Sequence[str]:
        """Whether a word waits to be sent: one that was confirmed as sent is not lost."""
        lost = self._typed or self.general.unsent or any(one.unsent for one in self.list.made)
        return super().typed if lost else ()

    def take_up(self, unfinished: object) -> None:
        assert isinstance(unfinished, dict)
        self._typed = dict(unfinished)
        if text := self._typed.pop(("", False), ""):
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
        self._people = tuple(
            replace(one, thanked=one.key in ticked, thanked_by=self._way_of(chat, one.key, ticked))
            for one in self._people
        )
        running = phase(chat, self._now()) is ChatPhase.LIVE and not self.rehearsing
        words = _("The chat is not over: its own thank-you leaves at the end. Keep this for later.")
        self._too_early.say(words if running else "", "look")
        self.everyone.show_thanks(
            chat,
            self._grouped.general,
            thanks_sent(material),
            online=bool(web_address(chat.recap.page_link)),
            rehearsing=self.rehearsing,
        )
        team = frozenset(team_keys(chat, NETWORK))
        apart = thanked_apart(chat, self._people) if not self.rehearsing else frozenset()
        self._team_card.show_thanked(bool(team) and team <= ticked)
        self.list.show_people(self._people, len(apart - team))
        self.list.profiles.setEnabled(self._next_to_follow() is not None)
        if not self.rehearsing:
            self._editor.note(to_thank=len(self._people), thanked_apart=len(apart))

    def _count_people(self, chat: Chat, material: Material, texts: Texts) -> None:
        """Count who took part, unless only ticks have changed since."""
        told = replace(chat, thanked=(), thanked_by=(), everyone_thanked=False)
        counted = (material, replace(told, to_thank=0, thanked_apart=0))
        if counted != self._counted:
            self._counted = counted
            self._people = participants(
                chat, material.posts, material.rows, NETWORK, material.delicate,
                material.former_authors,
            )  # fmt: skip
            self._hiding.mask = NameMask.over(chat, material.posts, NETWORK)
            self.list.show_spared(spared_words(spared(chat, material)))
            self._hiding.first_names = FirstNames(chat, material.posts, NETWORK)
            again = thanks_sent(material) is not None
            self._grouped = grouped_thanks(chat, self._people, texts, again=again)

    def _add_advice_cards(self) -> None:
        self._team_card = TeamCard(self._texts_of)
        self._team_card.ticked.connect(self._on_team_ticked)
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
                    "Reply to one of their posts: it touches more than a list of names. The page "
                    "of X opens with the word; once it is sent, one press opens the next person’s."
                ),
            ),
            self._team_card,
        )

    def new_row(self, person: Participant) -> PersonThanks:
        """Make the row of a person."""
        line = PersonThanks(person, self._guard)
        line.edited.connect(self.typed_changed)
        line.thanked.connect(self._on_thanked)
        line.open_wanted.connect(self._on_open_personal)
        line.mail_wanted.connect(self._on_mail)
        line.profile_wanted.connect(self._on_profile)
        line.post_wanted.connect(self._on_post)
        line.word_wanted.connect(self._on_word_wanted)
        line.private_wanted.connect(self._on_private_wanted)
        line.message_wanted.connect(self._on_message)
        line.reply_wanted.connect(self._on_reply)
        line.next_wanted.connect(self._on_next)
        line.open_mail_wanted.connect(self._on_open_mail)
        line.save_wanted.connect(self._on_save_mail)
        return line

    def keep_typed(self, line: PersonThanks) -> None:
        """Keep the words of a row that goes, for the one that is made anew."""
        self._typed |= {(line.person.key, private): text for private, text in line.unsent.items()}

    def fill_row(self, line: PersonThanks) -> None:
        """Show in the row of a person how they can be thanked, and the words to them."""
        person, texts = line.person, self._texts_of(self._editor.chat.language)
        line.offer_reply(self._can_reply(person))
        if line.writing:
            line.show_word(self._word(person, texts))
        if line.writing_in_private:
            line.show_private(self._private_word(person, texts))
        # At last, since words taken up open their panel, which asks for the proposed ones.
        if (word := (person.key, False)) in self._typed and person.may_be_named:
            line.take_up(self._typed.pop(word))
        if (word := (person.key, True)) in self._typed:
            line.take_up_private(self._typed.pop(word))

    def _way_of(self, chat: Chat, key: str, ticked: set[str]) -> ThanksWay | None:
        ways = chat if not self.rehearsing else self._rehearsed_ways
        return way_of(ways, key) if key in ticked else None

    def _can_reply(self, person: Participant) -> bool:
        """Return whether a reply to a post of theirs can thank them."""
        said = person.said
        return not self.rehearsing and person.may_be_named and said is not None and bool(said.url)

    def _private_word(self, person: Participant, texts: Texts) -> Word:
        chat = self._editor.chat
        return Word(
            private_thanks(chat, person, texts),
            by_mail=self._has_mail(person.key),
            by_message=bool(person.handle) and not self.rehearsing,
        )

    def _has_mail(self, key: str) -> bool:
        return any(guest.email for guest in self._editor.chat.guests if _key(guest) == key)

    def _word(self, person: Participant, texts: Texts) -> Word:
        chat, mail = self._editor.chat, self._has_mail(person.key)
        said = person.said
        for one in self._grouped.addressed:
            if comparable_handle(one.handle) == person.key:
                return Word(one.text, on_x=not self.rehearsing, by_mail=mail, said=said)
        return Word(
            personal_thanks(chat, person, texts),
            by_mail=mail,
            has_profile=not self.rehearsing and bool(person.handle),
            said=said,
        )

    def _person(self, key: str) -> Participant:
        return next(one for one in self._people if one.key == key)

    def _on_word_wanted(self, key: str) -> None:
        texts = self._texts_of(self._editor.chat.language)
        line = self.list.row(key)
        line.show_word(self._word(self._person(key), texts))
        if line.draft is not None:
            line.draft.refuse(self._hiding.forbidden)
        put_in_reading_order(self.inner)

    def _on_private_wanted(self, key: str) -> None:
        texts = self._texts_of(self._editor.chat.language)
        line, person = self.list.row(key), self._person(key)
        line.show_private(self._private_word(person, texts))
        if line.private_draft is not None and person.may_be_named:
            line.private_draft.refuse(self._hiding.forbidden)
        put_in_reading_order(self.inner)

    def _on_message(self, key: str) -> None:
        self._sending.message(self.list.row(key))

    def _on_thanked(self, key: str, thanked: bool, way: ThanksWay | None) -> None:
        self._tick((key,), thanked, way)

    def _on_tick_all(self) -> None:
        self._tick(tuple(one.key for one in self.list.chosen if not one.thanked), True)

    def _on_team_ticked(self, thanked: bool) -> None:
        way = ThanksWay.EMAIL if thanked else None
        self._tick(team_keys(self._editor.chat, NETWORK), thanked, way)

    def _on_everyone_ticked(self, thanked: bool) -> None:
        self._editor.edit(replace(self._editor.chat, everyone_thanked=thanked))

    def _tick(self, keys: tuple[str, ...], thanked: bool, way: ThanksWay | None = None) -> None:
        chat = self._editor.chat
        if self.rehearsing:
            for key in keys:
                self._rehearsed_ways = with_thanked(self._rehearsed_ways, key, thanked, way)
            ticked = self._ticked_in_rehearsal
            self._ticked_in_rehearsal = ticked.union(keys) if thanked else ticked.difference(keys)
            self.show_chat(chat)
        else:
            for key in keys:
                chat = with_thanked(chat, key, thanked, way)
            self._editor.edit(chat)
        announce(self, self.progress)

    def _open_post(self, text: str) -> None:
        self._open_page(self._ways.post_page(text))

    def _on_open_personal(self, key: str, text: str) -> None:
        self._sending.post(self.list.row(key), text)

    def _on_reply(self, key: str) -> None:
        """Send the word to a person as a reply to their last post, by the way of the hour."""
        line, person = self.list.row(key), self._person(key)
        if not line.writing:
            # What is sent is seen: the word stands below the name, and can be changed.
            line.write.click()
        material = self.watch.material
        if material is not None:
            found = next((one for one in material.posts if one.post == person.said), None)
            self._sending.reply(line, found, goes_on=self._after(key) is not None)

    def _after(self, key: str) -> Participant | None:
        """Return the next person who can be thanked by a reply and is not thanked; None for none.

        After the last one it begins at the first again.
        """
        people = self.list.chosen
        place = next((index for index, one in enumerate(people) if one.key == key), -1)
        others = (*people[place + 1 :], *people[: max(place, 0)])
        return next((one for one in others if not one.thanked and self._can_reply(one)), None)

    def _on_next(self, key: str) -> None:
        """Tick a person, and open the reply to the next one."""
        following = self._after(key)
        if self.list.row(key).writing:
            self.list.row(key).write.click()
        self._tick((key,), True, ThanksWay.REPLY)
        if following is None:
            return
        self.list.reveal(following.key)
        self._on_reply(following.key)
        self.list.stand_on(following.key)

    def _next_to_follow(self) -> Participant | None:
        """Return the next person whose profile can be opened to follow them; None for none."""
        able = (one for one in self._people if one.handle and one.may_be_named and one.posts)
        left = (one for one in able if one.key not in self._followed)
        return None if self.rehearsing else next(left, None)

    def _on_follow(self) -> None:
        person = self._next_to_follow()
        if person is not None:
            self._followed.add(person.key)
            self._open_page(profile_page(person.handle, NETWORK))
            self.list.profiles.setEnabled(self._next_to_follow() is not None)

    def _on_recap_link(self) -> None:
        self.place_wanted.emit(StepId.RECAP, PlaceOnPage.ADDRESS)

    def _guest(self, key: str) -> Person:
        """Return the guest of that key, with their e-mail address."""
        return next(one for one in self._editor.chat.guests if _key(one) == key)

    def _on_open_mail(self, key: str) -> None:
        self._sending.open_mail(self.list.row(key), self._guest(key))

    def _on_save_mail(self, key: str) -> None:
        self._sending.save_mail(self.list.row(key), self._guest(key))

    def _on_mail(self, key: str) -> None:
        self._sending.copy_mail(self.list.row(key), self._guest(key))

    def _on_profile(self, key: str) -> None:
        self._open_page(profile_page(self._person(key).handle, NETWORK))

    def _on_post(self, key: str) -> None:
        said = self._person(key).said
        if said is not None:
            self._open_page(said.url)


def _key(guest: Person) -> str:
    """Return the key of a guest in the list of participants."""
    return comparable_handle(account_of(guest, NETWORK)) or comparable_handle(guest.id)


if TYPE_CHECKING:
    from tchat_desktop.ui.pages.thanks.people_card import Rows

    def _makes_rows(page: ThanksPage) -> Rows:
        return page

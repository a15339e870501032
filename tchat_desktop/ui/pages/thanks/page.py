"""The page of thanks: who took part and how, one message to everyone, and a word to each person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.anonymity import NameMask, comparable_handle
from tchat_desktop.domain.chat import Chat, ChatPhase, Person, phase
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.people import account_of, profile_page
from tchat_desktop.domain.signals import Signal
from tchat_desktop.domain.steps import StepId
from tchat_desktop.domain.texts import Texts
from tchat_desktop.domain.thanks import (
    GroupedThanks,
    Participant,
    ThanksWay,
    grouped_thanks,
    participants,
    personal_thanks,
    way_of,
    with_thanked,
)
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.material import Material
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.after_page import AfterPage, Teaching
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.material_watch import Gather
from tchat_desktop.ui.pages.thanks.groups import GroupFilter
from tchat_desktop.ui.pages.thanks.person_thanks import PersonThanks, Word
from tchat_desktop.ui.pages.thanks.sending import Sending
from tchat_desktop.ui.pages.thanks.team_card import TeamCard
from tchat_desktop.ui.pages.thanks.thanks_draft import ThanksDraft
from tchat_desktop.ui.pages.thanks.thanks_words import (
    HidingWords,
    already_words,
    spared,
    spared_words,
    thanks_sent,
)
from tchat_desktop.ui.pages.thanks.ways import ThanksWays
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import AdviceCard, Card, row, rule
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.placing import keep_only, put_in_order
from tchat_desktop.ui.widgets.tab_order import put_in_reading_order
from tchat_desktop.ui.widgets.text import Chip, Text
from tchat_desktop.ui.widgets.verdict import HintNotice, VerdictLine
from tchat_desktop.wording.i18n import N_, _, ngettext

PEOPLE_AT_ONCE = 40
"""How many people are listed at first, and how many more at each press of the button."""


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
        texts_of: Callable[[str], Texts],
        open_page: Callable[[str], None],
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
            ways.former,
        )
        self._guard = ChildGuard(editor)
        self._texts_of = texts_of
        self._open_page = open_page
        self._ways = ways
        self._bridge = bridge
        self._sending = Sending(editor, bridge, texts_of, open_page, ways)
        self._hiding = HidingWords()
        self._rows: dict[str, PersonThanks] = {}
        self._people: tuple[Participant, ...] = ()
        self._gone = 0
        """How many of those thanked are not listed, such as authors whose posts are gone."""
        self._counted: tuple[object, ...] = ()
        self._grouped = GroupedThanks("", ())
        self._limit = PEOPLE_AT_ONCE
        self._typed: dict[str, str] = {}
        """Words to people who are not listed yet, as typed, by the keys of the people."""
        self._ticked_in_rehearsal: frozenset[str] = frozenset()
        self._rehearsed_ways = Chat("")
        """How those were thanked who are ticked in a rehearsal; never stored."""

        everyone = self._everyone_card()
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
        self._profiles = Button(_("Open the next profile"), "quiet", "person", self._on_follow)
        self._followed: set[str] = set()
        """The keys of those whose profile was opened to follow them."""
        self.groups = GroupFilter()
        self.groups.changed.connect(self._on_group)
        title = Text(_("Who took part"), "heading", wrap=False)
        self._list.add(
            FoldingRow((title, self._count), (self._tick_all,)),
            self._spared,
            self._all_done,
            self.groups,
            people,
            row(self._more, None),
            rule(),
            Text(_("Follow your new contacts"), "strong"),
            Text(
                _(
                    "Who has spoken with you comes back more easily if you follow them. Their "
                    "profile on X opens: press “Follow” there."
                ),
                "small",
            ),
            row(self._profiles, None),
        )
        self.fill(self._too_early, everyone, self._list)
        self._add_advice_cards()

    def _everyone_card(self) -> Card:
        everyone = Card()
        self._already = VerdictLine()
        self._first = Text(_("It names your guests, and tells that a recap is coming."), "small")
        self.general = ThanksDraft(
            _("Thank-you to everyone"), _("to everyone"), self._guard, "primary"
        )
        self.general.open_wanted.connect(self._on_open_general)
        self.general.watch_for(self._hiding.caution)
        self.general.refuse(self._hiding.forbidden)
        self._recap_link = Button(
            _("Give the address of your recap"), "link", "outside", self._on_recap_link
        )
        everyone.add(
            Text(_("One thank-you to everyone"), "heading"),
            self._first,
            self._already,
            self.general,
            row(self._recap_link, None),
        )
        return everyone

    @property
    def rows(self) -> tuple[PersonThanks, ...]:
        """The rows of the people on screen, from top to bottom."""
        return tuple(self._rows[one.key] for one in self._shown)

    @property
    def _chosen(self) -> tuple[Participant, ...]:
        """The people of the group that is chosen."""
        group = self.groups.chosen
        return tuple(one for one in self._people if group is None or group in one.groups)

    @property
    def _shown(self) -> tuple[Participant, ...]:
        """Those of them who are on screen."""
        return self._chosen[: self._limit]

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
        self._people = tuple(
            replace(one, thanked=one.key in ticked, thanked_by=self._way_of(chat, one.key, ticked))
            for one in self._people
        )
        self.groups.show_people(self._people)
        self.general.show_proposal(self._grouped.general, not self.rehearsing)
        running = phase(chat, self._now()) is ChatPhase.LIVE and not self.rehearsing
        words = _("The chat is not over: its own thank-you leaves at the end. Keep this for later.")
        self._too_early.say(words if running else "", "look")
        sent = thanks_sent(material)
        online = bool(web_address(chat.recap.page_link))
        self._first.setVisible(sent is None and not online)
        self._recap_link.setVisible(not online and not self.rehearsing)
        self._already.say(already_words(sent, chat, online) if sent else "", "well")
        self._show_rows(texts)
        self._show_progress()
        if not self.rehearsing:
            self._editor.note(to_thank=self._progress()[1])

    def _count_people(self, chat: Chat, material: Material, texts: Texts) -> None:
        """Count who took part, unless only ticks have changed since."""
        counted = (material, replace(chat, thanked=(), thanked_by=()))
        if counted != self._counted:
            self._counted = counted
            self._people = participants(
                chat, material.posts, material.rows, NETWORK, material.delicate,
                material.former_authors,
            )  # fmt: skip
            self._hiding.mask = NameMask.over(chat, material.posts, NETWORK)
            self._show_spared(spared(chat, material))
            self._hiding.first_names = FirstNames(chat, material.posts, NETWORK)
            again = thanks_sent(material) is not None
            self._grouped = grouped_thanks(chat, self._people, texts, again=again)

    def _show_spared(self, found: tuple[tuple[Signal, int], ...]) -> None:
        self._spared.setText(spared_words(found))
        self._spared.setVisible(bool(found))

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
                    "Reply to one of their posts: it touches more than a list of names. The page "
                    "of X opens with the word; once it is sent, one press opens the next person’s."
                ),
            ),
            self._team_card,
        )

    def _show_rows(self, texts: Texts) -> None:
        shown = self._shown
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
            line.offer_reply(self._can_reply(person))
            if key in self._typed and person.may_be_named:
                line.take_up(self._typed.pop(key))
            elif line.writing:
                line.show_word(self._word(person, texts))
        self._profiles.setEnabled(self._next_to_follow() is not None)
        left = len(self._chosen) - len(shown)
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
        line.reply_wanted.connect(self._on_reply)
        line.next_wanted.connect(self._on_next)
        line.open_mail_wanted.connect(self._on_open_mail)
        line.save_wanted.connect(self._on_save_mail)
        return line

    def _way_of(self, chat: Chat, key: str, ticked: set[str]) -> ThanksWay | None:
        ways = chat if not self.rehearsing else self._rehearsed_ways
        return way_of(ways, key) if key in ticked else None

    def _can_reply(self, person: Participant) -> bool:
        """Return whether a reply to a post of theirs can thank them."""
        said = person.said
        return not self.rehearsing and person.may_be_named and said is not None and bool(said.url)

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
        line = self._rows[key]
        line.show_word(self._word(self._person(key), texts))
        if line.draft is not None and self._person(key).may_be_named:
            line.draft.refuse(self._hiding.forbidden)
        put_in_reading_order(self.inner)

    def _on_thanked(self, key: str, thanked: bool, way: ThanksWay | None) -> None:
        self._tick((key,), thanked, way)

    def _on_tick_all(self) -> None:
        waiting = (one for one in self._chosen if not one.thanked and one.may_be_named)
        self._tick(tuple(one.key for one in waiting), True)

    def _on_group(self) -> None:
        self._limit = PEOPLE_AT_ONCE
        self.show_chat(self._editor.chat)

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

    def _on_open_general(self, text: str) -> None:
        self._open_on_x(self.general, text)

    def _on_open_personal(self, key: str, text: str) -> None:
        draft = self._rows[key].draft
        assert draft is not None
        self._open_on_x(draft, text)

    def _open_on_x(self, draft: ThanksDraft, text: str) -> None:
        try:
            page = self._ways.post_page(text)
        except ValueError:
            draft.say(
                _("This text is too long for the browser. Copy it, and paste it on X."), "look"
            )
            return
        self._open_page(page)
        draft.say(_("Your browser is opening it: press “Post” there."))

    def _on_reply(self, key: str) -> None:
        """Send the word to a person as a reply to their last post, by the way of the hour."""
        line, person = self._rows[key], self._person(key)
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
        people = self._chosen
        place = next((index for index, one in enumerate(people) if one.key == key), -1)
        others = (*people[place + 1 :], *people[: max(place, 0)])
        return next((one for one in others if not one.thanked and self._can_reply(one)), None)

    def _on_next(self, key: str) -> None:
        """Tick a person, and open the reply to the next one."""
        following = self._after(key)
        if self._rows[key].writing:
            self._rows[key].write.click()
        self._tick((key,), True, ThanksWay.REPLY)
        if following is None:
            return
        place = next(at for at, one in enumerate(self._chosen) if one.key == following.key)
        if place >= self._limit:
            self._limit = place + PEOPLE_AT_ONCE
            self.show_chat(self._editor.chat)
        self._on_reply(following.key)
        self._items.stand_on(self._rows[following.key])

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
            self._profiles.setEnabled(self._next_to_follow() is not None)

    def _on_recap_link(self) -> None:
        self.step_wanted.emit(StepId.RECAP)

    def _guest(self, key: str) -> Person:
        """Return the guest of that key, with their e-mail address."""
        return next(one for one in self._editor.chat.guests if _key(one) == key)

    def _on_open_mail(self, key: str) -> None:
        self._sending.open_mail(self._rows[key], self._guest(key))

    def _on_save_mail(self, key: str) -> None:
        self._sending.save_mail(self._rows[key], self._guest(key))

    def _on_mail(self, key: str) -> None:
        self._sending.copy_mail(self._rows[key], self._guest(key))

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

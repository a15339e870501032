"""The row of one participant: how they took part, whether they were thanked, a word to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.thanks import Participant, ThanksWay
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.pages.shared.took_part_words import counted_words
from tchat_desktop.ui.pages.thanks.sent_question import SentQuestion
from tchat_desktop.ui.pages.thanks.thanks_draft import ThanksDraft
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row, rule
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Chip, ElidedText, Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.i18n import N_, _, ngettext

_WAYS = {
    ThanksWay.REPLY: N_("thanked by a reply"),
    ThanksWay.EMAIL: N_("thanked by e-mail"),
    ThanksWay.IN_PERSON: N_("thanked in person"),
    ThanksWay.PRIVATE: N_("thanked in private"),
    ThanksWay.POST: N_("thanked in a post"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """The proposed word to a person, and the ways in which it can be sent."""

    text: str
    on_x: bool = False
    """Whether a post may address them: they agreed to be part of the chat on X."""
    by_mail: bool = False
    by_message: bool = False
    """Whether a private message may be written to them from their profile: they are real."""
    has_profile: bool = False
    """Whether their profile may be opened: they are real, and not to be protected from view."""
    said: Post | None = None
    """Their last post, which the word can reply to, or None."""


class PersonThanks(QWidget):
    """The row of a person; it only emits signals and changes nothing itself.

    A word that others may read and a private one have each their panel; one of them is open at a
    time. `mail_wanted`, `profile_wanted` and `post_wanted` are emitted with the key of the person.
    """

    thanked = Signal(str, bool, object)
    """Emitted with the key of the person, whether they are ticked, and the `ThanksWay` or None."""
    edited = Signal()
    """Emitted when a word was changed by hand, or counts as sent."""
    reply_wanted = Signal(str)
    next_wanted = Signal(str)
    """Both emitted with the key of the person; `next_wanted` once their reply is published."""
    save_wanted = Signal(str)
    open_mail_wanted = Signal(str)
    open_wanted = Signal(str, str)
    """Emitted with the key of the person, and the text to open on X."""
    mail_wanted = Signal(str)
    profile_wanted = Signal(str)
    post_wanted = Signal(str)
    message_wanted = Signal(str)
    """Emitted with the key of the person when the private word is to be sent from their profile."""
    word_wanted = Signal(str)
    private_wanted = Signal(str)
    """Both emitted with the key of the person when a panel was opened: `show_word` or
    `show_private` is to fill it.
    """

    def __init__(self, person: Participant, guard: ChildGuard) -> None:
        super().__init__()
        self._guard = guard
        self.person = person
        self.draft: ThanksDraft | None = None
        self.private_draft: ThanksDraft | None = None
        self._asked_way = ThanksWay.REPLY
        shown = person.name or f"@{person.handle}"
        # Two people may show the same name: only their @names on X differ.
        both = person.name and person.handle
        self._who = f"{person.name} (@{person.handle})" if both else shown
        self.setAccessibleName(self._who)
        self._guest = Chip(_("guest"), "plum")
        self._team = Chip(_("team"), "plum")
        self._new = Chip(_("first time"), "plain")
        self._way = Chip("", "well")
        self._hidden = Chip(_("name hidden"), "look")
        self._how = Text("", "small")
        self._private = Text(
            _("You hide this person: thanks that others read would show who it is."), "small"
        )
        self.private = self._action(_("In private"), "mail", self._on_private)
        about = QVBoxLayout()
        about.setSpacing(theme.px(theme.Space.HAIR))
        # Widgets stretched in proportion, so that the chips stand right after a short name.
        first = row(
            ElidedText(shown, "strong"),
            self._guest,
            self._team,
            self._new,
            self._hidden,
            self._way,
            None,
            spacing=theme.Space.NEAR,
        )
        about.addLayout(first)
        about.addWidget(self._how)
        about.addWidget(self._private)
        self.tick = Tick(
            _("Thanked"), self._on_ticked, name=_("{who} is thanked").format(who=self._who)
        )
        self.reply = self._action(_("Thank by a reply"), "reply", self._on_reply)
        self.in_person = self._action(_("In person"), "person", self._on_in_person)
        self.write = Button(_("Write a word"), "link", clicked=self._on_write)
        # The label becomes "Close": the buttons beside it must not move.
        self.write.setMinimumWidth(self.write.sizeHint().width())
        self._name_write(_("Write a word"))
        across = row(Avatar(shown), about, self.tick, spacing=theme.Space.PART)
        across.setStretch(1, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.BESIDE))
        self._layout.addWidget(rule())
        self._layout.addLayout(across)
        actions = FlowLayout(
            self.reply, self.private, self.in_person, self.write, spacing=theme.Space.HAIR
        )
        self._layout.addLayout(actions)
        self._asked: SentQuestion | None = None
        self._said = Text("", "small")
        self._said.hide()
        self._layout.addWidget(self._said)

    def show_person(self, person: Participant) -> None:
        """Show how the person took part and whether they are thanked."""
        hides_now = self.person.may_be_named and not person.may_be_named
        thanked_now = person.thanked and not self.person.thanked
        self.person = person
        if thanked_now:
            self._note_sent()
        self._guest.setVisible(person.is_guest)
        self._team.setVisible(person.is_team)
        self._new.setVisible(person.first_time)
        way = person.thanked_by
        self._way.say(_(_WAYS[way]) if way is not None else "", "well")
        self._way.setVisible(way is not None)
        self.in_person.setVisible(not person.thanked)
        # Whoever is not on X, and not hidden, has but one word: no page would show it to others.
        self.private.setVisible(bool(person.handle) or not person.may_be_named)
        if person.thanked and self._asked is not None:
            self._asked.hide()
        self._hidden.setVisible(not person.may_be_named)
        words = took_part(person)
        if not person.handle:
            off = _("no account on X: thank them in person, by phone or by e-mail")
            words = f"{words} · {off}" if person.posts else off
        elif person.name:
            words = f"@{person.handle} · {words}"
        if words != self.how:
            self._how.setText(words)
        self.tick.setChecked(person.thanked)
        self._private.setVisible(not person.may_be_named)
        self.write.setVisible(person.may_be_named)
        if not person.may_be_named:
            self.reply.hide()
        if hides_now and self.draft is not None:
            # It has ways that lead to them in public.
            self.draft.deleteLater()
            self.draft = None
            self._said.hide()
            self._name_write(_("Write a word"))

    def offer_reply(self, offered: bool) -> None:
        """Offer to thank them by a reply to their last post, while they are not thanked."""
        self.reply.setVisible(offered and self.person.may_be_named and not self.person.thanked)

    def ask(self, told: str, way: ThanksWay, *, goes_on: bool = False) -> None:
        """Ask whether a word has left, which ticks them; `goes_on` offers the next person too.

        `told` says what was opened, and what to do there.
        """
        if self._asked is None:
            # Made for those alone to whom something opened.
            self._asked = SentQuestion(self._who)
            self._asked.said_yes.connect(self._on_done)
            self._asked.next_wanted.connect(self._on_next)
            self._layout.insertWidget(self._layout.indexOf(self._said), self._asked)
            self.done, self.done_and_next = self._asked.yes, self._asked.on
        self._asked_way = way
        if self.panel is not None:
            self.panel.hush()
        self._asked.ask(told, _("Have you sent your word?"), goes_on=goes_on)

    @property
    def asking(self) -> bool:
        """Whether the question is asked."""
        return self._asked is not None and not self._asked.isHidden()

    def _action(self, words: str, icon_name: str, clicked: Callable[[], object]) -> Button:
        name = _("{what} – {who}").format(what=words, who=self._who)
        return Button(words, "link", icon_name, clicked, name)

    def show_word(self, word: Word) -> None:
        """Show the proposed word."""
        if self.draft is None:
            self.draft = self._panel(word)
        self.draft.show_proposal(word.text, word.on_x, not self.person.handle)

    def show_private(self, word: Word) -> None:
        """Show the proposed word that nobody else reads."""
        if self.private_draft is None:
            self.private_draft = self._private_panel(word)
        self.private_draft.show_proposal(word.text, may_open=False, off_x=True)

    @property
    def writing(self) -> bool:
        """Whether the panel to write in is open."""
        return self.draft is not None and not self.draft.isHidden()

    @property
    def writing_in_private(self) -> bool:
        """Whether the panel of the private word is open."""
        return self.private_draft is not None and not self.private_draft.isHidden()

    @property
    def panel(self) -> ThanksDraft | None:
        """The panel that is open; None while there is none."""
        if self.writing_in_private:
            return self.private_draft
        return self.draft if self.writing else None

    @property
    def typed(self) -> str:
        """The word as it was changed by hand, "" while it is the proposed one."""
        return self.draft.typed if self.draft is not None else ""

    @property
    def typed_in_private(self) -> str:
        """The private word as it was changed by hand, "" while it is the proposed one."""
        return self.private_draft.typed if self.private_draft is not None else ""

    @property
    def unsent(self) -> dict[bool, str]:
        """The words changed by hand since they were confirmed as sent, by whether private."""
        drafts = {False: self.draft, True: self.private_draft}
        return {private: one.unsent for private, one in drafts.items() if one and one.unsent}

    def _note_sent(self) -> None:
        for draft in (self.draft, self.private_draft):
            if draft is not None:
                draft.note_sent()

    def take_up(self, text: str) -> None:
        """Open the panel with a word that was changed by hand; to who is thanked it was sent."""
        if not self.writing:
            self._on_write()
        assert self.draft is not None
        self.draft.take_up(text)
        if self.person.thanked:
            self.draft.note_sent()

    def take_up_private(self, text: str) -> None:
        """Open the panel of the private word with one that was changed by hand."""
        if not self.writing_in_private:
            self._on_private()
        assert self.private_draft is not None
        self.private_draft.take_up(text)
        if self.person.thanked:
            self.private_draft.note_sent()

    @property
    def how(self) -> str:
        """Their name on X, and the words for how they took part."""
        return self._how.text()

    def _panel(self, word: Word) -> ThanksDraft:
        name = _("Thank-you to {who}").format(who=self._who)
        draft = ThanksDraft(name, self._who, self._guard)
        draft.edited.connect(self.edited)
        draft.open_wanted.connect(self._on_open)
        if word.by_mail:
            self._add_mail(draft)
        elif word.has_profile and not word.on_x:
            draft.add_button(
                _("See their profile on X"),
                "person",
                self._on_profile,
                _("See the profile on X – {who}").format(who=self._who),
            )
        if word.said is not None:
            said = _("Their last message: “{text}”").format(text=beginning(word.said.text, 160))
            self._said.setText(said)
            self._said.show()
        if word.said is not None and word.said.url and (word.has_profile or word.on_x):
            draft.add_button(
                _("See their message on X"),
                "outside",
                self._on_post,
                _("See the message on X – {who}").format(who=self._who),
            )
        self._layout.addWidget(draft)
        return draft

    def _private_panel(self, word: Word) -> ThanksDraft:
        name = _("Private thank-you to {who}").format(who=self._who)
        draft = ThanksDraft(name, self._who, self._guard)
        draft.edited.connect(self.edited)
        if word.by_message:
            words = _("Copy it and open their profile")
            draft.add_button(
                words,
                "outside",
                self._on_message,
                _("{what} – {who}").format(what=words, who=self._who),
            )
        if word.by_mail:
            self._add_mail(draft)
        self._layout.addWidget(draft)
        return draft

    def _add_mail(self, draft: ThanksDraft) -> None:
        """Add the ways by e-mail to a panel."""
        for words, icon_name, clicked in (
            (_("Open in my mail program"), "mail", self._on_open_mail),
            (_("Save the e-mail as a file"), "download", self._on_save_mail),
            (_("Copy as an e-mail"), "copy", self._on_mail),
        ):
            name = _("{what} – {who}").format(what=words, who=self._who)
            draft.add_button(words, icon_name, clicked, name)

    def _on_private(self) -> None:
        if self.writing_in_private:
            assert self.private_draft is not None
            self.private_draft.hide()
            return
        self._close_word()
        self.private_wanted.emit(self.person.key)
        assert self.private_draft is not None
        self.private_draft.show()

    def _on_message(self) -> None:
        self.message_wanted.emit(self.person.key)

    def _close_word(self) -> None:
        if self.draft is not None:
            self.draft.hide()
        self._said.hide()
        self._name_write(_("Write a word"))

    def _on_write(self) -> None:
        if self.writing:
            self._close_word()
            return
        if self.private_draft is not None:
            self.private_draft.hide()
        self.word_wanted.emit(self.person.key)
        assert self.draft is not None
        self.draft.show()
        self._said.setVisible(bool(self._said.text()))
        self._name_write(_("Close"))

    def _name_write(self, text: str) -> None:
        name = _("{what} – {who}").format(what=text, who=self._who)
        self.write.show_text(text, name)

    def _on_ticked(self) -> None:
        self.thanked.emit(self.person.key, self.tick.isChecked(), None)

    def _on_in_person(self) -> None:
        self.thanked.emit(self.person.key, True, ThanksWay.IN_PERSON)

    def _on_reply(self) -> None:
        self.reply_wanted.emit(self.person.key)

    def _on_done(self) -> None:
        self.thanked.emit(self.person.key, True, self._asked_way)

    def _on_next(self) -> None:
        self.next_wanted.emit(self.person.key)

    def _on_open_mail(self) -> None:
        self.open_mail_wanted.emit(self.person.key)

    def _on_save_mail(self) -> None:
        self.save_wanted.emit(self.person.key)

    def _on_open(self, text: str) -> None:
        self.open_wanted.emit(self.person.key, text)

    def _on_mail(self) -> None:
        self.mail_wanted.emit(self.person.key)

    def _on_profile(self) -> None:
        self.profile_wanted.emit(self.person.key)

    def _on_post(self) -> None:
        self.post_wanted.emit(self.person.key)


def took_part(person: Participant) -> str:
    """Return how somebody took part, such as "3 réponses, 1 question, repartagé·e"."""
    if not person.posts:
        return _("nothing pasted here")
    words = counted_words(person.answered, person.asked, person.posts)
    if person.questions and person.answered:
        numbers = ", ".join(f"Q{number}" for number in person.questions)
        words[0] = f"{words[0]} ({numbers})"
    if person.shared:
        links = ngettext("shared {count} link", "shared {count} links", person.shared)
        words.append(links.format(count=person.shared))
    if person.reposted:
        words.append(_("reposted"))
    return ", ".join(words)

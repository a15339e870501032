"""The row of one participant: how they took part, whether they were thanked, a word to them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.thanks import Participant
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.pages.thanks.thanks_draft import ThanksDraft
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import row, rule
from tchat_desktop.ui.widgets.text import Chip, ElidedText, Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Word:
    """The proposed word to a person, and the ways in which it can be sent."""

    text: str
    on_x: bool = False
    """Whether a post may address them: they agreed to be part of the chat on X."""
    by_mail: bool = False
    has_profile: bool = False
    """Whether their profile may be opened: they are real, and not to be protected from view."""
    said: Post | None = None
    """Their last post, which the word can reply to, or None."""


class PersonThanks(QWidget):
    """The row of a person; it only emits signals and changes nothing itself.

    `mail_wanted`, `profile_wanted` and `post_wanted` are emitted with the key of the person.
    """

    thanked = Signal(str, bool)
    """Emitted with the key of the person, and whether they are ticked as thanked."""
    open_wanted = Signal(str, str)
    """Emitted with the key of the person, and the text to open on X."""
    mail_wanted = Signal(str)
    profile_wanted = Signal(str)
    post_wanted = Signal(str)
    word_wanted = Signal(str)
    """Emitted with the key of the person when the panel was opened: `show_word` is to fill it."""

    def __init__(self, person: Participant, guard: ChildGuard) -> None:
        super().__init__()
        self._guard = guard
        self.person = person
        self.draft: ThanksDraft | None = None
        shown = person.name or f"@{person.handle}"
        # Two people may show the same name: only their @names on X differ.
        both = person.name and person.handle
        self._who = f"{person.name} (@{person.handle})" if both else shown
        self.setAccessibleName(self._who)
        self._guest = Chip(_("guest"), "plum")
        self._hidden = Chip(_("name hidden"), "look")
        self._how = Text("", "small")
        self._private = Text(
            _("Hidden in the recap: thank them in a private message only."), "small"
        )
        about = QVBoxLayout()
        about.setSpacing(theme.px(theme.Space.HAIR))
        # Widgets stretched in proportion, so that the chips stand right after a short name.
        first = row(
            ElidedText(shown, "strong"), self._guest, self._hidden, None, spacing=theme.Space.NEAR
        )
        about.addLayout(first)
        about.addWidget(self._how)
        about.addWidget(self._private)
        self.tick = Tick(
            _("Thanked"), self._on_ticked, name=_("{who} is thanked").format(who=self._who)
        )
        self.write = Button(_("Write a word"), "link", clicked=self._on_write)
        # The label becomes "Close": the buttons beside it must not move.
        self.write.setMinimumWidth(self.write.sizeHint().width())
        self._name_write(_("Write a word"))
        across = row(Avatar(shown), about, self.tick, self.write, spacing=theme.Space.PART)
        across.setStretch(1, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(theme.Space.BESIDE))
        self._layout.addWidget(rule())
        self._layout.addLayout(across)
        self._said = Text("", "small")
        self._said.hide()
        self._layout.addWidget(self._said)

    def show_person(self, person: Participant) -> None:
        """Show how the person took part and whether they are thanked."""
        self.person = person
        self._guest.setVisible(person.is_guest)
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
        if not person.may_be_named and self.draft is not None:
            self.draft.hide()
            self._name_write(_("Write a word"))

    def show_word(self, word: Word) -> None:
        """Show the proposed word."""
        if self.draft is None:
            self.draft = self._panel(word)
        self.draft.show_proposal(word.text, word.on_x, not self.person.handle)

    @property
    def writing(self) -> bool:
        """Whether the panel to write in is open."""
        return self.draft is not None and not self.draft.isHidden()

    @property
    def typed(self) -> str:
        """The word as it was changed by hand, "" while it is the proposed one."""
        return self.draft.typed if self.draft is not None else ""

    def take_up(self, text: str) -> None:
        """Open the panel with a word that was changed by hand."""
        self._on_write()
        assert self.draft is not None
        self.draft.take_up(text)

    @property
    def how(self) -> str:
        """Their name on X, and the words for how they took part."""
        return self._how.text()

    def _panel(self, word: Word) -> ThanksDraft:
        name = _("Thank-you to {who}").format(who=self._who)
        draft = ThanksDraft(name, self._who, self._guard)
        draft.open_wanted.connect(self._on_open)
        if word.by_mail:
            draft.add_button(
                _("Copy as an e-mail"),
                "mail",
                self._on_mail,
                _("Copy as an e-mail – {who}").format(who=self._who),
            )
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

    def _on_write(self) -> None:
        if self.writing:
            assert self.draft is not None
            self.draft.hide()
            self._said.hide()
            self._name_write(_("Write a word"))
            return
        self.word_wanted.emit(self.person.key)
        assert self.draft is not None
        self.draft.show()
        self._said.setVisible(bool(self._said.text()))
        self._name_write(_("Close"))

    def _name_write(self, text: str) -> None:
        name = _("{what} – {who}").format(what=text, who=self._who)
        self.write.show_text(text, name)

    def _on_ticked(self) -> None:
        self.thanked.emit(self.person.key, self.tick.isChecked())

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
    other = person.posts - person.asked - person.answered
    counts = (
        (person.answered, ngettext("{count} reply", "{count} replies", person.answered)),
        (person.asked, ngettext("{count} question", "{count} questions", person.asked)),
        (other, ngettext("{count} post", "{count} posts", other)),
    )
    words = [text.format(count=count) for count, text in counts if count]
    if person.reposted:
        words.append(_("reposted"))
    return ", ".join(words)

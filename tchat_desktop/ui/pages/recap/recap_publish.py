"""The card beside the recap: what it will contain, and its forms, each for other readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.first_names import NameLeft
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.saved_recap import content_of, digest_now, saved_as
from tchat_desktop.services.material import Material
from tchat_desktop.services.recap_reader import RecapReader
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.recap.all_forms import AllForms
from tchat_desktop.ui.pages.recap.card_files import CardFiles
from tchat_desktop.ui.pages.recap.recap_form import RecapForm
from tchat_desktop.ui.pages.shared.careful import PostsTable, may_save
from tchat_desktop.ui.pages.shared.saving import RecapFiles, Saving
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, rule
from tchat_desktop.ui.widgets.column import Column
from tchat_desktop.ui.widgets.figure import FigureGrid
from tchat_desktop.ui.widgets.item_list import ItemList
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording import error_words
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _, format_number, ngettext


class PublishCard(Card):
    """Saves the recap as it is when a button is pressed: `what` returns the chat and material.

    If something in it may name a child or identify who confided something, it asks first; `look`
    shows the place. `saved` is called with the names of the forms of a real chat that were
    saved, and the digest of what they hold.
    """

    def __init__(
        self,
        bridge: Bridge,
        files: RecapFiles,
        cards: CardFiles,
        reader: RecapReader,
        what: Callable[[], tuple[Chat, Material] | None],
        look: Callable[[], None],
        saved: Callable[[tuple[str, ...], str], None],
    ) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.PART)
        self._saved = saved
        self._look = look
        self._bridge = bridge
        self._reader = reader
        self._what = what
        self._is_checking = False
        self._plays = False
        self.figures = FigureGrid(columns=2, spacing=theme.Space.PART)
        self.forms = tuple(
            RecapForm(one, bridge, files.open, self._on_wanted, main=place == 0)
            for place, one in enumerate(files.recap)
        )
        self._posts = tuple(
            RecapForm(one, bridge, files.open, self._on_posts_wanted) for one in files.posts
        )
        main, *others = self.forms
        self._last = main.saving
        self._tables = {form: PostsTable(bridge, form.saving, look) for form in self._posts}
        self.all_forms = AllForms(bridge, files.recap, cards, files.open, self._on_all_wanted)
        self.add(
            Text(_("Your recap, ready to publish"), "advice"),
            self.figures,
            rule(),
            main,
            rule(),
            self._in_one_bar(*others, *self._posts),
        )

    def _in_one_bar(self, *forms: RecapForm[Any]) -> QWidget:
        """Return the forms as one bar of buttons: a press of Tab each would be a dozen."""
        bar, layout = QWidget(), Column()
        bar.setLayout(layout)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.PART))
        for one in (*forms, rule(), self.all_forms):
            layout.addWidget(one)
        bar.setAccessibleName(_("Other forms of the recap"))
        buttons = (one for form in forms for one in form.buttons)
        ItemList(bar).show_items((*buttons, self.all_forms.button))
        return bar

    @property
    def save_recap(self) -> tuple[Button, ...]:
        """The buttons that save the recap, the main one first."""
        return tuple(form.save for form in self.forms)

    @property
    def save_posts(self) -> tuple[Button, ...]:
        """The buttons that save all posts as a table."""
        return tuple(form.save for form in self._posts)

    @property
    def saving(self) -> Saving:
        """What is told of the form that was asked for last."""
        return self._last

    def show_recap(self, recap: Recap) -> None:
        """Show in figures what the recap will contain."""
        self._plays = recap.simulated
        counts = recap.figures
        highlights, asked = len(recap.highlights), counts.questions_asked
        shown = (
            (highlights, ngettext("highlight", "highlights", highlights)),
            (counts.participants, ngettext("participant", "participants", counts.participants)),
            (
                counts.public_posts,
                ngettext("post by the public", "posts by the public", counts.public_posts),
            ),
            (asked, ngettext("question asked", "questions asked", asked)),
        )
        self.figures.show_figures([(format_number(count), label, "") for count, label in shown])

    def show_saved(self, chat: Chat) -> None:
        """Show which forms were saved as they would not be any more."""
        if self._plays:
            return
        now, noted = digest_now(chat), dict(chat.recap_forms)
        for form in self.forms:
            form.show_saved(noted.get(form.name, ""), now)

    def _on_wanted(self, form: RecapForm[Recap], copied: bool) -> None:
        self._last = form.saving

        def checked(chat: Chat, recap: Recap) -> None:
            def done() -> None:
                form.show_steps()
                self._note((form,), chat, recap)

            if copied:
                form.copy_text(recap, done)
            else:
                form.saving.save(form.export, recap, chat, recap.simulated, done)

        self._check(form.saving.refuse, form.saving.fail, checked)

    def _on_all_wanted(self) -> None:
        def checked(chat: Chat, recap: Recap) -> None:
            self.all_forms.begin(recap, chat, lambda: self._note(self.forms, chat, recap))

        refuse = self.all_forms.refuse
        self._check(refuse, lambda error: refuse(error_words.sentence(error)), checked)

    def _on_posts_wanted(self, form: RecapForm[tuple[Chat, Material]], _copied: bool) -> None:
        self._last = form.saving
        found = self._what()
        if found is not None:
            self._tables[form].save(form.export, found, *found)

    def _check(
        self,
        refuse: Callable[[str], None],
        failed: Callable[[Exception], None],
        then: Callable[[Chat, Recap], None],
    ) -> None:
        """Have the recap built off the GUI thread as it is now, and call `then` if it may leave."""
        found = self._what()
        if found is None or self._is_checking:
            return
        chat, material = found
        if words := blank_words(*own_words(chat)):
            refuse(words)
            return
        self._is_checking = True
        reader = self._reader

        def job() -> tuple[Recap, tuple[NameLeft, ...]]:
            reading = reader.read(chat, material)
            recap = reading.recap(chat, NETWORK)
            return recap, reading.first_names.left_in(recaps.words_shown(recap))

        def done(made: tuple[Recap, tuple[NameLeft, ...]]) -> None:
            self._is_checking = False
            recap, left = made
            if may_save(self, recaps.texts_to_look_at(recap), left, self._look):
                then(chat, recap)

        def not_done(error: Exception) -> None:
            self._is_checking = False
            failed(error)

        self._bridge.run(self, job, done, not_done)

    def _note(self, forms: Iterable[RecapForm[Recap]], chat: Chat, recap: Recap) -> None:
        if recap.simulated:
            return
        saved, whole = saved_as(chat.recap, chat.topic, content_of(recap)), list[str]()
        for form in forms:
            form.saved = saved
            if form.export.is_whole:
                whole.append(form.name)
        if whole:
            self._saved(tuple(whole), saved)


def own_words(chat: Chat) -> tuple[str, ...]:
    """Return the texts that the organiser wrote in the recap, without those of participants."""
    draft, questions = chat.recap, tuple(question.text for question in chat.questions)
    comments = tuple(text for _place, text in (*draft.comments, *draft.between))
    comments += tuple(chapter.title for chapter in draft.chapters)
    return (draft.title or chat.topic, draft.introduction, draft.conclusion, *comments, *questions)

"""The card beside the recap: what it will contain, and the buttons that save it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.saved_recap import content_of, saved_as
from tchat_desktop.services.material import Material
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.careful import PostsTable, may_save
from tchat_desktop.ui.pages.shared.saving import Export, RecapFiles, Saving
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.figure import FigureGrid
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _, format_number, ngettext


class PublishCard(Card):
    """Saves the recap as it is when a button is pressed: `what` returns the chat and material.

    If something in it may name a child or identify who confided something, it asks first; `look`
    shows the place. `saved` is called with what was saved of a real chat.
    """

    def __init__(
        self,
        bridge: Bridge,
        files: RecapFiles,
        what: Callable[[], tuple[Chat, Material] | None],
        look: Callable[[], None],
        saved: Callable[[str], None],
    ) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.PART)
        self._saved = saved
        self._look = look
        self._what = what
        self.figures = FigureGrid(columns=2, spacing=theme.Space.PART)
        main, *others = files.recap
        self.save_recap = (
            Button(_(main.title), "primary", "download", partial(self._save, main)),
            *(Button(_(one.title), "link", clicked=partial(self._save, one)) for one in others),
        )
        self.save_posts = tuple(
            Button(_(one.title), "link", clicked=partial(self._save_posts, one))
            for one in files.posts
        )
        self.saving = Saving(bridge, files.open)
        self._table = PostsTable(bridge, self.saving, look)
        self.add(
            Text(_("Your recap page"), "advice"),
            self.figures,
            row(self.save_recap[0], None),
            Text(
                _("One file, for your site, an e-mail or a phone. It opens in any browser."),
                "small",
            ),
            self.saving,
            *(row(one, None, spacing=0) for one in (*self.save_recap[1:], *self.save_posts)),
        )

    def show_recap(self, recap: Recap) -> None:
        """Show in figures what the recap will contain."""
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

    def _save(self, export: Export[Recap]) -> None:
        found = self._what()
        if found is None:
            return
        chat, material = found
        if words := blank_words(*own_words(chat)):
            self.saving.refuse(words)
            return
        recap = recaps.build_recap(
            chat, material.posts, material.rows, NETWORK, occasion=material.occasion
        )
        left = FirstNames(chat, material.posts, NETWORK).left_in(recaps.words_shown(recap))
        if not may_save(self, recaps.texts_to_look_at(recap), left, self._look):
            return

        def note() -> None:
            if not recap.simulated:
                self._saved(saved_as(chat.recap, chat.topic, content_of(recap)))

        self.saving.save(export, recap, chat, recap.simulated, note)

    def _save_posts(self, export: Export[tuple[Chat, Material]]) -> None:
        found = self._what()
        if found is not None:
            self._table.save(export, found, *found)


def own_words(chat: Chat) -> tuple[str, ...]:
    """Return the texts that the organiser wrote in the recap, without those of participants."""
    draft, questions = chat.recap, tuple(question.text for question in chat.questions)
    comments = tuple(text for _place, text in (*draft.comments, *draft.between))
    comments += tuple(chapter.title for chapter in draft.chapters)
    return (draft.title or chat.topic, draft.introduction, draft.conclusion, *comments, *questions)

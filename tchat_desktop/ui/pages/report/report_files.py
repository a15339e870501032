"""The card beside the report that saves its files: tables, curves, all the data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.child_names import naming_children
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.first_names import FirstNames
from tchat_desktop.domain.recap import is_simulated
from tchat_desktop.domain.report import ChatReport
from tchat_desktop.services.material import Material
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.careful import PostsTable, ShowTexts, may_save
from tchat_desktop.ui.pages.shared.saving import Export, RecapFiles, Saving
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class ReportFiles(Card):
    """Offers the files of the report that is shown.

    `chat_now` returns the chat as it is edited. `look` shows the organiser the texts to look at.
    """

    def __init__(
        self, bridge: Bridge, files: RecapFiles, chat_now: Callable[[], Chat], look: ShowTexts
    ) -> None:
        super().__init__(padding=theme.Space.INNER, spacing=theme.Space.PART)
        self._chat_now = chat_now
        self._look = look
        self._material: Material | None = None
        self._report = ChatReport()
        self.saving = Saving(bridge, files.open)
        self._table = PostsTable(bridge, self.saving, look)
        self.save_figures = tuple(
            _button(one.title, partial(self._save_figures, one)) for one in files.figures
        )
        self.save_posts = tuple(
            _button(one.title, partial(self._save_posts, one)) for one in files.posts
        )
        self.save_everything = tuple(
            _button(one.title, partial(self._save_everything, one)) for one in files.everything
        )
        self.save_curves = tuple(
            _button(one.title, partial(self._save_curves, one)) for one in files.curves
        )
        tables = (*self.save_figures, *self.save_posts, *self.save_everything)
        self.add(
            Text(_("For your reports"), "advice"),
            Text(_("Tables that open in Excel, LibreOffice or Google Sheets.")),
            *(row(one, None) for one in tables),
            Text(_("Pictures for a report or a slide, with their tables for screen readers.")),
            *(row(one, None) for one in self.save_curves),
            self.saving,
        )

    def show_report(self, material: Material, report: ChatReport) -> Dossier:
        """Offer the files of this material, as it was counted; returns what they are made of."""
        self._material, self._report = material, report
        return self._dossier(self._chat_now(), material)

    def _dossier(self, chat: Chat, material: Material) -> Dossier:
        simulated = is_simulated(material.rows, material.occasion)
        return Dossier(chat, self._report, material.posts, material.rows, simulated)

    def _may_show_questions(self, chat: Chat, material: Material) -> bool:
        """Ask where the questions, as they were published, may name somebody who is hidden."""
        names = FirstNames(chat, material.posts, NETWORK)
        asked = tuple(one.text for one in self._report.figures.questions)
        return may_save(self.saving, naming_children(asked), names.left_in(asked), self._look)

    def _save_figures(self, export: Export[tuple[Chat, ChatReport]]) -> None:
        chat, material = self._chat_now(), self._material
        if material is not None and self._may_show_questions(chat, material):
            simulated = is_simulated(material.rows, material.occasion)
            self.saving.save(export, (chat, self._report), chat, simulated)

    def _save_posts(self, export: Export[tuple[Chat, Material]]) -> None:
        chat, material = self._chat_now(), self._material
        if material is not None:
            self._table.save(export, (chat, material), chat, material)

    def _save_everything(self, export: Export[Dossier]) -> None:
        chat, material = self._chat_now(), self._material
        if material is not None:
            self._table.save(export, self._dossier(chat, material), chat, material)

    def _save_curves(self, export: Export[Dossier]) -> None:
        chat, material = self._chat_now(), self._material
        if material is not None and self._may_show_questions(chat, material):
            dossier = self._dossier(chat, material)
            self.saving.save(export, dossier, chat, dossier.simulated)


def _button(title: str, clicked: Callable[[], None]) -> Button:
    return Button(_(title), "quiet", "download", clicked)

"""Makes the page of each step of the guide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from tchat_desktop.adapters.days_file import load_days
from tchat_desktop.adapters.places_file import load_places
from tchat_desktop.adapters.public_holidays import days_off
from tchat_desktop.adapters.x.embedded import EmbeddedPosts
from tchat_desktop.adapters.x.pages import XPages
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.steps import STEPS, StepId
from tchat_desktop.domain.x import links
from tchat_desktop.services.session import Session
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.start.exports import (
    card_files,
    come_again_ways,
    guest_files,
    of_day_plan,
    promotion_files,
    question_files,
    recap_files,
    thanks_ways,
)
from tchat_desktop.start.network import network_rules
from tchat_desktop.start.pages import PageServices, day_list
from tchat_desktop.start.refreshing import refresh_tools
from tchat_desktop.ui.models.live_rows import LiveRows
from tchat_desktop.ui.pages.connection.page import ConnectionPage
from tchat_desktop.ui.pages.hashtag.page import HashtagPage
from tchat_desktop.ui.pages.hour.around import HourAround
from tchat_desktop.ui.pages.hour.co_host_link import CoHostLink
from tchat_desktop.ui.pages.hour.page import CockpitPage
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.pages.people.page import PeoplePage
from tchat_desktop.ui.pages.promotion.announcement_keys import AnnouncementKeys
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.ui.pages.protection.page import ProtectionPage
from tchat_desktop.ui.pages.purpose.page import PurposePage
from tchat_desktop.ui.pages.purpose.templates_dialog import TemplatesDialog, TemplateTools
from tchat_desktop.ui.pages.questions.page import QuestionsPage
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.recap.thread_tools import ThreadTools
from tchat_desktop.ui.pages.rehearsal.page import RehearsalPage
from tchat_desktop.ui.pages.rehearsal.rehearsals import Rehearsals
from tchat_desktop.ui.pages.report.page import ReportPage
from tchat_desktop.ui.pages.run_sheet.day_plan_card import DayPlanFiles
from tchat_desktop.ui.pages.run_sheet.page import RunSheetPage
from tchat_desktop.ui.pages.schedule.page import SchedulePage
from tchat_desktop.ui.pages.shared.care_card import CareTools
from tchat_desktop.ui.pages.shared.pasting import PasteTools
from tchat_desktop.ui.pages.thanks.page import ThanksPage
from tchat_desktop.wording.when_words import when_of


class Desk:
    """What the pages of one chat share: its editor, its session, and what their buttons do."""

    def __init__(self, session: Session, outside: PageServices) -> None:
        editor = session.editor
        chat_id = editor.chat.id
        self.session = session
        self.editor = editor
        self.outside = outside
        self.bridge = outside.bridge
        self.now = outside.now
        self.open_page = outside.open_page
        self.live = LiveRows(
            outside.bridge, chat_id, lambda: outside.data.outbox.rows(chat_id, Occasion.LIVE)
        )
        self.announced = LiveRows(
            outside.bridge,
            chat_id,
            lambda: outside.data.outbox.rows(chat_id, Occasion.PROMOTION),
            Occasion.PROMOTION,
        )
        self.thread = LiveRows(
            outside.bridge,
            chat_id,
            lambda: outside.data.outbox.rows(chat_id, Occasion.THREAD),
            Occasion.THREAD,
        )
        self.day = day_list(session, outside)
        self.rehearsals = Rehearsals(editor, session, outside.bridge, outside.now)


def _pasting(desk: Desk) -> PasteTools:
    """What takes in pages of the tag."""
    return PasteTools(XPages(), EmbeddedPosts(desk.outside.api_url), desk.outside.reading)


def _care(desk: Desk) -> CareTools:
    """What the pages after the chat need to see to a message that asks for care."""
    return CareTools(desk.outside.mark, texts_of, desk.open_page)


def _thread(desk: Desk) -> ThreadTools:
    """What the thread of the recap needs."""
    return ThreadTools(
        desk.thread,
        desk.session.thread,
        lambda: desk.outside.connections().current() is not None,
        network_rules(),
        texts_of,
        _pasting(desk),
        desk.now,
    )


def _around(desk: Desk) -> HourAround:
    """What stands around the hour on its page."""
    outside = desk.outside
    link = CoHostLink(
        desk.editor,
        desk.session,
        desk.bridge,
        outside.sharing(),
        outside.co_hosting(),
        outside.settings,
    )
    return HourAround(
        desk.editor,
        desk.session,
        link,
        outside.settings,
        outside.projecting(),
        outside.columns(),
        desk.now,
    )


def _template_tools(desk: Desk) -> TemplateTools:
    """What the window of the ready-made texts needs."""
    return TemplateTools(texts_of, when_of, desk.outside.data.templates.keep, desk.bridge)


def _change_text(desk: Desk, parent: QWidget, key: str) -> TemplatesDialog:
    """Open the window of the ready-made texts with one of them."""
    dialog = TemplatesDialog(desk.editor, _template_tools(desk), parent)
    dialog.choose(key)
    dialog.open()
    return dialog


PAGES: Mapping[StepId, Callable[[Desk], Page]] = {
    StepId.PURPOSE: lambda desk: PurposePage(
        desk.editor,
        _template_tools(desk),
    ),
    StepId.SCHEDULE: lambda desk: SchedulePage(
        desk.editor, load_days(), desk.now, load_places(), texts_of, desk.bridge, days_off
    ),
    StepId.HASHTAG: lambda desk: HashtagPage(desk.editor, desk.now, desk.open_page),
    StepId.QUESTIONS: lambda desk: QuestionsPage(
        desk.editor, texts_of, desk.bridge, question_files(desk.outside)
    ),
    StepId.PEOPLE: lambda desk: PeoplePage(
        desk.editor, texts_of, desk.bridge, guest_files(desk.outside), desk.open_page
    ),
    StepId.PROTECTION: lambda desk: ProtectionPage(desk.editor, texts_of),
    StepId.PROMOTION: lambda desk: PromotionPage(
        desk.editor,
        texts_of,
        when_of,
        desk.now,
        links.post_page,
        desk.open_page,
        desk.bridge,
        desk.outside.data.pictures,
        promotion_files(desk.outside),
        AnnouncementKeys(desk.announced, network_rules()),
        come_again_ways(desk.outside),
    ),
    StepId.RUN_SHEET: lambda desk: RunSheetPage(
        desk.editor,
        texts_of,
        desk.bridge,
        desk.outside.data.pictures,
        network_rules(),
        desk.live,
        DayPlanFiles(of_day_plan(desk.outside.stationery), desk.outside.browser.open_path),
    ),
    StepId.CONNECTION: lambda desk: ConnectionPage(
        desk.editor,
        network_rules(),
        texts_of,
        desk.outside.connections(),
        desk.open_page,
        desk.bridge,
        desk.outside.spending,
    ),
    StepId.REHEARSAL: lambda desk: RehearsalPage(
        desk.editor, desk.session, desk.rehearsals, desk.day, desk.open_page
    ),
    StepId.HOUR: lambda desk: CockpitPage(
        desk.editor,
        desk.session,
        desk.bridge,
        texts_of,
        desk.open_page,
        desk.now,
        desk.outside.data.pictures,
        network_rules(),
        lambda: desk.outside.connections().current(),
        desk.live,
        desk.day,
        desk.outside.data.unsent,
        _pasting(desk),
        desk.announced,
        _around(desk),
        partial(_change_text, desk),
    ),
    StepId.THANKS: lambda desk: ThanksPage(
        desk.editor,
        desk.bridge,
        desk.outside.gather,
        _care(desk),
        thanks_ways(desk.outside, lambda: desk.session.hour(Occasion.LIVE)),
        desk.now,
    ),
    StepId.RECAP: lambda desk: RecapPage(
        desk.editor,
        desk.bridge,
        desk.outside.gather,
        _care(desk),
        desk.outside.by_hand(),
        recap_files(desk.outside),
        desk.open_page,
        desk.now,
        _pasting(desk),
        card_files(desk.outside),
        refresh_tools(desk.editor, desk.outside),
        _thread(desk),
        former=desk.outside.former,
    ),
    StepId.REPORT: lambda desk: ReportPage(
        desk.editor,
        desk.bridge,
        desk.outside.gather,
        recap_files(desk.outside),
        _care(desk),
        desk.outside.data.pictures,
        desk.now,
        desk.outside.former,
        desk.outside.coming_again().count,
    ),
}


def pages_of(session: Session, outside: PageServices) -> Mapping[StepId, Callable[[], Page]]:
    """The functions that make the pages of a chat, by step; each is called at the first visit.

    Raises LookupError when a step has no page, so that this is found before anybody visits it.
    """
    if without := [step for step in STEPS if step not in PAGES]:
        raise LookupError(f"start/steps.py: PAGES has no page for {', '.join(without)}")
    desk = Desk(session, outside)
    return {step: partial(PAGES[step], desk) for step in STEPS}

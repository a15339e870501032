"""What the pages are handed: how each is made, and the outside world behind their buttons."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.adapters.days_file import load_days
from tchat_desktop.adapters.exports import calendar_file, invitation
from tchat_desktop.adapters.exports.guest_pack import write_guest_pack
from tchat_desktop.adapters.exports.stationery import Stationery
from tchat_desktop.adapters.platform_file import load_platform
from tchat_desktop.adapters.x import web_page
from tchat_desktop.domain import letters
from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.guide import StepId
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.texts import Texts
from tchat_desktop.paths import resource
from tchat_desktop.services.rehearsal import Script, load_script
from tchat_desktop.services.session import Session
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.before.connection import ConnectionPage
from tchat_desktop.ui.pages.before.guest_errands import GuestFiles
from tchat_desktop.ui.pages.before.hashtag import HashtagPage
from tchat_desktop.ui.pages.before.people import PeoplePage
from tchat_desktop.ui.pages.before.promotion import PromotionPage
from tchat_desktop.ui.pages.before.purpose import PurposePage
from tchat_desktop.ui.pages.before.questions import QuestionsPage
from tchat_desktop.ui.pages.before.rehearsal import RehearsalPage
from tchat_desktop.ui.pages.before.run_sheet import RunSheetPage
from tchat_desktop.ui.pages.before.schedule import SchedulePage
from tchat_desktop.ui.pages.during.cockpit import CockpitPage
from tchat_desktop.ui.pages.page import Page
from tchat_desktop.ui.when_words import when_of

log = logging.getLogger(__name__)


@cache
def script_of(language: str) -> Script:
    """What the simulated participants say, in a language; in French if there is no other."""
    path = resource("rehearsal", f"{language}.toml")
    return load_script(path if path.exists() else resource("rehearsal", "fr.toml"))


@dataclass(frozen=True, slots=True)
class Outside:
    """What the buttons of the pages reach. Functions that wait are called off the GUI thread."""

    bridge: Bridge
    browser: SystemBrowser
    stationery: Stationery
    now: Callable[[], datetime]

    def open_page(self, page: str) -> None:
        """Open an https page in the browser, without waiting for it."""
        self.bridge.run(self.bridge, lambda: self.browser.open(page), _opened, _not_opened)


def guest_files(outside: Outside, texts_of: Callable[[str], Texts]) -> GuestFiles:
    """What can be written for a guest."""

    def mail_draft(person: Person, letter: Letter, path: Path) -> Path:
        return invitation.write_draft(invitation.email_draft(person, letter), path)

    def calendar(chat: Chat, person: Person, path: Path) -> Path:
        texts = texts_of(chat.language)
        summary = f"{chat.topic} #{chat.hashtag}".strip(" #")
        words = letters.invitation_message(chat, person, texts, when_of(chat, person.time_zone))
        return calendar_file.write_calendar(chat, summary, words, outside.now(), path)

    def pack(chat: Chat, person: Person, path: Path) -> Path:
        when = when_of(chat, person.time_zone)
        content = letters.guest_pack(chat, person, texts_of(chat.language), when)
        return write_guest_pack(content, chat.language, path, outside.stationery)

    def open_mail(person: Person, letter: Letter) -> bool:
        page = invitation.mailto(person, letter)
        return invitation.fits_mailto(page) and outside.browser.open_mail(page)

    return GuestFiles(mail_draft=mail_draft, calendar=calendar, pack=pack, open_mail=open_mail)


def pages_of(
    session: Session,
    outside: Outside,
    texts_of: Callable[[str], Texts],
) -> Mapping[StepId, Callable[[], Page]]:
    """How each page of a chat is made; it is made when it is first wanted."""
    editor, bridge, now, open_page = session.editor, outside.bridge, outside.now, outside.open_page
    return {
        StepId.PURPOSE: lambda: PurposePage(editor),
        StepId.SCHEDULE: lambda: SchedulePage(editor, load_days(), now),
        StepId.HASHTAG: lambda: HashtagPage(editor, now, open_page),
        StepId.CONNECTION: lambda: ConnectionPage(editor, load_platform(), texts_of),
        StepId.REHEARSAL: lambda: RehearsalPage(editor, session, bridge, texts_of, now),
        StepId.QUESTIONS: lambda: QuestionsPage(editor, texts_of),
        StepId.PEOPLE: lambda: PeoplePage(
            editor, texts_of, bridge, guest_files(outside, texts_of), open_page
        ),
        StepId.PROMOTION: lambda: PromotionPage(
            editor, texts_of, when_of, now, web_page.post_page, open_page
        ),
        StepId.RUN_SHEET: lambda: RunSheetPage(editor, texts_of),
        StepId.HOUR: lambda: CockpitPage(editor, session, bridge, texts_of, open_page, now),
        **{s: (lambda s=s: Blank(s)) for s in (StepId.THANKS, StepId.RECAP, StepId.REPORT)},
    }


class Blank(Page):
    def __init__(self, step):
        super().__init__(str(step), "…")
    def show_chat(self, chat): ...


def _opened(_done: bool) -> None:
    """A browser says nothing more; a page that did not open is tried again by the person."""


def _not_opened(error: Exception) -> None:
    log.warning("page not opened: %r", error)

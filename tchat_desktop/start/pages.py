"""The services that the pages get: what their buttons do outside of the window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tchat_desktop.adapters.awake import can_stay_awake
from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.adapters.exports.recap_page import write_recap
from tchat_desktop.adapters.exports.stationery import ExportTemplates
from tchat_desktop.adapters.power import power
from tchat_desktop.adapters.shared_hour_file import SharedHourFiles
from tchat_desktop.adapters.x.hand_over import HOST, PATH, HandOver, Words
from tchat_desktop.adapters.x.portrait import fetch_portrait
from tchat_desktop.adapters.x.reach import reach
from tchat_desktop.adapters.x.sign_in import XBrowserSignIn, XPinSignIn
from tchat_desktop.domain import guide, run_sheet
from tchat_desktop.domain.chat import PUBLISHED, Chat, Occasion
from tchat_desktop.domain.conversation import Marking
from tchat_desktop.domain.editions import Edition, authors_before
from tchat_desktop.domain.guide import Missing
from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.domain.logo import Logo
from tchat_desktop.domain.preflight import PreflightCheck
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.signals import confides
from tchat_desktop.domain.spending import Statement, statement
from tchat_desktop.platform.paths import resource
from tchat_desktop.services import preflight
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.co_hosting import CoHosting
from tchat_desktop.services.coming_again import ComingAgain
from tchat_desktop.services.entries import Entries, LateEntries
from tchat_desktop.services.material import Material, former_editions, gather
from tchat_desktop.services.ports import Clock
from tchat_desktop.services.session import Session
from tchat_desktop.start.data_directory import DataDirectory, texts_of
from tchat_desktop.start.kept_settings import KeptSettings
from tchat_desktop.start.network import network_rules
from tchat_desktop.ui.bridge import Bridge, Runner
from tchat_desktop.ui.pages.hour.columns_beside import ColumnsBeside
from tchat_desktop.ui.pages.hour.projecting import Projecting
from tchat_desktop.ui.pages.shared.connections import Connections
from tchat_desktop.ui.pages.shared.day_list import DayList
from tchat_desktop.ui.shell.speech import uses_decimal_comma
from tchat_desktop.ui.visuals.logo import small_logo
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _, countries_of

log = logging.getLogger(__name__)


class PageServices:
    """What the buttons of the pages do outside of the window.

    Methods whose docstring says that they wait are called on the worker thread, the others on the
    GUI thread.
    """

    def __init__(
        self,
        bridge: Bridge,
        data: DataDirectory,
        clock: Clock,
        connections: Callable[[], Connections],
        api_url: str | None,
        not_opened: Callable[[str], object],
        settings: KeptSettings,
        sharing: Callable[[], Runner],
        reading: Callable[[], Runner],
        projecting: Callable[[], Projecting],
        columns: Callable[[], ColumnsBeside],
    ) -> None:
        self.bridge = bridge
        self.data = data
        self.clock = clock
        self.now = clock.now
        self.connections = connections
        self.api_url = api_url
        self.not_opened = not_opened
        """Called with the address of a page when no browser could be started."""
        self.settings = settings
        self.sharing = sharing
        """Returns the thread on which files are shared: a folder of others may not answer."""
        self.reading = reading
        """Returns the thread on which pasted pages are read, and missing texts asked for."""
        self.projecting = projecting
        """Returns the window for the projector, which stays while pages are built anew."""
        self.columns = columns
        """Returns the window with the columns, which stays like that one."""
        self.browser = SystemBrowser()
        self.stationery = ExportTemplates(resource(), i18n, network_rules(), uses_decimal_comma())

    def open_page(self, page: str) -> None:
        """Open an https page in the browser; returns at once, and tells failures later."""

        def told(opened: bool) -> None:
            if not opened:
                self.not_opened(page)

        def failed(error: Exception) -> None:
            log.warning("page not opened: %r", error)
            self.not_opened(page)

        self.bridge.run(self.bridge, lambda: self.browser.open(page), told, failed)

    def reach(self) -> timedelta | None:
        """How far X's clock is ahead of the computer's, None if not told; waits for X.

        Raises NotReached.
        """
        return reach(self.api_url)

    def gather(self, chat_id: str) -> Material:
        """The posts and rows of the last hour of a chat; waits for the disk. Raises StoreError."""
        material = gather(chat_id, self.data.outbox, self.data.posts)
        for item in material.posts:
            # Remembered: of 100,000 posts it takes seconds, for which the window must not wait.
            confides(item.post.text)
        if material.occasion is not Occasion.LIVE:
            return material
        return replace(material, spent=self.spending(chat_id).spent)

    def spending(self, chat_id: str) -> Statement:
        """What a chat has cost, announcements and all; waits for the disk. Raises StoreError."""
        outbox = self.data.outbox
        rows = [row for occasion in PUBLISHED for row in outbox.rows(chat_id, occasion)]
        return statement(rows, network_rules(), self.data.ledger.reads(chat_id))

    def mark(self, chat_id: str, occasion: Occasion, marking: Marking) -> None:
        """Store one mark of a post; waits for the disk. Raises StoreError."""
        entries = Entries(self.data.posts, self.bridge.report, network_rules())
        entries.mark(chat_id, occasion, marking)

    def by_hand(self) -> LateEntries:
        """The service by which posts are entered by hand after the hour."""
        return LateEntries(self.data.posts, self.data.outbox, self.bridge.report, network_rules())

    def co_hosting(self) -> CoHosting:
        """The sharing of hours with another computer."""
        return CoHosting(
            self.data.hour_stores,
            self.data.shared,
            SharedHourFiles(),
            self.bridge.report,
            network_rules(),
            self.now,
        )

    def logo(self, chat_id: str, logo_id: str) -> Logo | None:
        """The logo of a chat as pages hold it; waits for the disk. Raises StoreError.

        It is None where none was chosen, and where its picture is not on this computer any more.
        """
        if not logo_id:
            return None
        try:
            return small_logo(self.data.pictures.content(chat_id, logo_id))
        except KeyError:
            return None

    def former(self, chat: Chat) -> tuple[Edition, ...]:
        """The last earlier editions of a chat; waits for the disk. Raises StoreError."""
        data = self.data
        return former_editions(chat, data.chats, data.outbox, data.posts, network_rules())

    def coming_again(self) -> ComingAgain:
        """What reads who took part in former chats."""
        data = self.data
        return ComingAgain(data.chats, data.outbox, data.posts, network_rules())


def make_connections(
    accounts: Accounts,
    learn: Callable[[str], None],
    now: Callable[[], datetime],
    api_url: str | None,
) -> Connections:
    """Make the connection of pages to the account on X; call it on the GUI thread.

    `learn` is called with every secret; `now` gives UTC; `api_url` is a stand-in for X.
    """

    def pin(consumer_key: str, consumer_secret: str) -> XPinSignIn:
        learn(consumer_key)
        learn(consumer_secret)
        return XPinSignIn(consumer_key, consumer_secret, api_url)

    def browser(client_id: str) -> XBrowserSignIn:
        spoken = next(one for one in SCREEN_LANGUAGES if one.code == i18n.language())
        words = Words(
            language=spoken.code,
            direction="rtl" if spoken.right_to_left else "ltr",
            title=_("Tchat"),
            received=_("X has answered. You can close this page and go back to the app."),
            not_received=_("This is not the answer awaited. Start again from the app."),
        )
        return XBrowserSignIn(client_id, words, now=now, api_url=api_url)

    addresses = tuple(f"http://{HOST}:{port}{PATH}" for port in HandOver.PORTS)
    return Connections(
        accounts, pin, browser, addresses, lambda address: fetch_portrait(address, api_url)
    )


def look_before(
    session: Session, outside: PageServices, paying: bool
) -> tuple[PreflightCheck, ...]:
    """The checks shortly before the hour of the open chat; waits for X (see `preflight.look`)."""
    chat = session.editor.chat
    sheet = run_sheet.build_run_sheet(chat, texts_of(chat.language))
    accounts = outside.connections().accounts
    computer = preflight.Computer(power, can_stay_awake)
    return preflight.look(chat, sheet, outside.reach, accounts, computer, paying=paying)


def day_list(session: Session, outside: PageServices) -> DayList:
    """The checklist of the day of a chat, which its pages share."""

    def missing_of(chat: Chat) -> frozenset[Missing]:
        sheet = run_sheet.build_run_sheet(chat, texts_of(chat.language))
        found = guide.missing(chat, sheet, outside.now(), countries_of(chat))
        return frozenset(item.kind for item in found)

    check = partial(look_before, session, outside)
    return DayList(check, missing_of, outside.connections(), outside.now)


def write_demo(chat_id: str, folder: Path, outside: PageServices) -> tuple[Path, ...]:
    """Write the .tchat file and the recap of a chat; returns their paths. Waits for the disk."""
    chat, material = outside.data.chats.load(chat_id), outside.gather(chat_id)
    file = folder / "chat.tchat"
    outside.data.library.export_file(chat_id, file)
    recap = build_recap(
        chat,
        material.posts,
        material.rows,
        network_rules(),
        occasion=material.occasion,
        former_authors=authors_before(outside.former(chat)),
    )
    logo = outside.logo(recap.chat_id, recap.logo_id)
    return file, write_recap(recap, folder / "recap.html", outside.stationery, logo)


if TYPE_CHECKING:
    # These classes must not import the pages, so mypy checks here that they fit their protocols.
    from tchat_desktop.adapters.exports.stationery import DateWords
    from tchat_desktop.services.followed_hour import FollowedHour
    from tchat_desktop.services.hour import Hour
    from tchat_desktop.services.thread_posting import ThreadPosting
    from tchat_desktop.ui.pages.hour import co_host_link
    from tchat_desktop.ui.pages.recap.thread_tools import ThreadPort
    from tchat_desktop.ui.pages.shared import connections, hour_ports
    from tchat_desktop.ui.pages.shared.material_watch import ByHand

    def _is_an_hours(session: Session) -> hour_ports.HoursPort:
        return session

    def _is_an_hour(hour: Hour) -> hour_ports.HourPort:
        return hour

    def _is_an_hour_too(hour: FollowedHour) -> hour_ports.HourPort:
        return hour

    def _is_a_thread(posting: ThreadPosting) -> ThreadPort:
        return posting

    def _is_a_by_hand(entries: LateEntries) -> ByHand:
        return entries

    def _is_a_pin_sign_in(sign_in: XPinSignIn) -> connections.PinSignIn:
        return sign_in

    def _is_a_browser_sign_in(sign_in: XBrowserSignIn) -> connections.BrowserSignIn:
        return sign_in

    def _is_a_co_hosting(service: CoHosting) -> co_host_link.CoHostingPort:
        return service

    def _keeps_choices(settings: KeptSettings) -> co_host_link.KeptChoices:
        return settings

    def _is_a_date_words() -> DateWords:
        return i18n

"""Makes the hours of a chat, for the window and for `--run`: with their publishers and stores.

It must not import Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, partial

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.reader import XTagReader
from tchat_desktop.adapters.x.web_page import AssistedPublisher
from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.announcing import announcement_rows
from tchat_desktop.domain.chat import PUBLISHED, Chat, Occasion, Route
from tchat_desktop.domain.languages import FALLBACK, known_code
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.people import account_of
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.accounts import Accounts
from tchat_desktop.services.announcer import Announcer
from tchat_desktop.services.followed_hour import FollowedHour
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourParts, by_pages
from tchat_desktop.services.leaving import Hands
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.outbox_rows import Gate
from tchat_desktop.services.ports import (
    Browser,
    Clock,
    OutboxStore,
    PostingRight,
    Publisher,
    Report,
    TagReader,
)
from tchat_desktop.services.rehearsal_hour import RehearsalHour, rehearsed_way
from tchat_desktop.services.rehearsal_pages import NowhereBrowser
from tchat_desktop.services.rehearsal_script import Script, load_script
from tchat_desktop.services.thread_posting import ThreadPosting
from tchat_desktop.start import posting
from tchat_desktop.start.data_directory import DataDirectory, texts_of
from tchat_desktop.start.network import network_rules
from tchat_desktop.wording.when_words import when_of

READ_FROM = timedelta(hours=1)
"""How far back the tag is read when the hour opens; X charges half a US cent for each post."""

REHEARSAL_LEAD = timedelta(minutes=1)
"""How long before the first post a rehearsal begins, so that the person sees it come."""


@cache
def script_of(language: str) -> Script:
    """What the invented participants say in a rehearsal, in a language (BCP 47) or in French."""
    code = known_code(language) or FALLBACK
    return load_script(resource("languages", code, "rehearsal.toml"))


def plan_live(chat: Chat) -> Sequence[OutboxPost]:
    """The outbox rows of the real hour of a chat. Raises ValueError for a chat without a date."""
    if chat.starts_at is None:
        raise ValueError("a chat without a day has no hour")
    route = Route.KEYS if chat.route is Route.KEYS else Route.ASSISTED
    return planned(chat, Occasion.LIVE, route, chat.starts_at)


def announcement_rows_of(chat: Chat) -> Sequence[OutboxPost]:
    """The outbox rows of the announcements of a chat that are to leave with the keys."""
    return announcement_rows(chat, texts_of(chat.language), when_of(chat))


def planned(
    chat: Chat, occasion: Occasion, route: Route, starts_at: datetime
) -> Sequence[OutboxPost]:
    """The outbox rows of the run sheet of a chat for a route, beginning at `starts_at` (UTC)."""
    sheet = run_sheet.build_run_sheet(chat, texts_of(chat.language))
    return run_sheet.plan(chat, sheet, occasion, route, starts_at)


def followed(
    chat: Chat,
    data: DataDirectory,
    clock: Clock,
    report: Report,
    later: Callable[[Callable[[], object]], object],
) -> FollowedHour:
    """The hour of a chat that another computer publishes, which is moderated here too.

    `later` carries a job out off the GUI thread. Raises ValueError for a chat without a date.
    """
    rules, stores = network_rules(), data.hour_stores
    return FollowedHour(chat, plan_live(chat), stores, clock, report, rules, later)


def purse_of(
    chat_id: str, data: DataDirectory, accounts: Accounts, ceiling: Callable[[], float]
) -> Purse:
    """What a chat has cost with keys, and what it may cost at most; `ceiling` is in US cents."""

    def connected_at() -> datetime | None:
        connection = accounts.current()
        return connection.connected_at if connection else None

    def announced() -> Sequence[OutboxPost]:
        return besides(Occasion.LIVE, chat_id, data.outbox)

    return Purse(data.ledger, chat_id, network_rules(), ceiling, connected_at, announced)


def besides(occasion: Occasion, chat_id: str, outbox: OutboxStore) -> Sequence[OutboxPost]:
    """The rows of what a chat publishes on other occasions, which cost as well."""
    others = (one for one in PUBLISHED if one is not occasion)
    return tuple(row for one in others for row in outbox.rows(chat_id, one))


class Hours:
    """Makes the hours of the chats in a data directory, which the caller starts.

    `clean` masks secrets in a text. `api_url` is a stand-in for X on this computer, for tests.
    """

    def __init__(
        self,
        data: DataDirectory,
        clock: Clock,
        report: Report,
        accounts: Accounts,
        clean: Callable[[str], str],
        api_url: str | None,
    ) -> None:
        self._data = data
        self._stores = data.hour_stores
        self._clock = clock
        self._report = report
        self._accounts = accounts
        self._clean = clean
        self._api_url = api_url

    def rehearsal(self, chat: Chat, hands: Hands, speed: float | None) -> RehearsalHour:
        """A rehearsal, which publishes nothing.

        With `speed` nobody watches: its posts leave by themselves, and its clock runs that much
        faster than real time. With None it is done by the route of the chat. `hands` tells what
        the person does, over which no page may open by itself.
        """
        start = chat.starts_at or self._clock.now()
        way = Route.REHEARSAL if speed else rehearsed_way(chat)
        return RehearsalHour(
            chat,
            lambda chat: planned(chat, Occasion.REHEARSAL, way, start),
            self._stores,
            script_of(chat.language),
            AssistedPublisher(NowhereBrowser()),
            self._report,
            rules=network_rules(),
            clock_start=start - REHEARSAL_LEAD,
            speed=speed,
            hands=hands,
        )

    def live(
        self,
        chat: Chat,
        browser: Browser,
        hands: Hands,
        ceiling: Callable[[], float],
    ) -> Hour:
        """The real hour by the route of the chat, with a person at the screen.

        `ceiling` gives the present spending limit in US cents; it is called on any thread.
        """
        pages = AssistedPublisher(browser)
        right = self._data.posting_right()
        if chat.route is Route.KEYS:
            return self._with_keys(chat, pages, hands, ceiling, right)
        conditions = HourConditions(right=right, asks=True, hands=hands)
        return self._hour(chat, Route.ASSISTED, plan_live(chat), by_pages(pages), conditions)

    def _with_keys(
        self,
        chat: Chat,
        pages: Publisher,
        hands: Hands,
        ceiling: Callable[[], float],
        right: PostingRight,
    ) -> Hour:
        """The real hour with keys: posts leave by themselves, and as pages where keys may not.

        The posting thread and the reading thread each have a client of their own. While no account
        is connected every post opens as a page; keys are used once there is one.
        """
        clock, accounts = self._clock, self._accounts
        purse = self._purse(chat, ceiling)
        writing = posting.make_client(accounts, clock, purse, self._api_url)
        reading = posting.make_client(accounts, clock, purse, self._api_url)
        keys = posting.make_publisher(writing, clock, self._data.pictures, self._clean)
        conditions = HourConditions(
            gate=self._counting(
                posting.make_limits(writing, purse, self._stores.outbox), chat.id, Occasion.LIVE
            ),
            sender=partial(posting.sender, accounts),
            purse=purse,
            prepare=posting.import_posting,
            right=right,
            without_keys=accounts.current() is None,
            asks=True,
            hands=hands,
        )
        publishers = {Route.KEYS: keys, Route.ASSISTED: pages}
        reader = self._reader(chat, reading, purse)
        return self._hour(chat, Route.KEYS, plan_live(chat), publishers, conditions, reader)

    def announcer(self, chat: Chat, ceiling: Callable[[], float]) -> Announcer:
        """What publishes the announcements of a chat that were given to the keys."""
        clock, accounts = self._clock, self._accounts
        purse = self._purse(chat, ceiling)
        client = posting.make_client(accounts, clock, purse, self._api_url)
        keys = posting.make_publisher(client, clock, self._data.pictures, self._clean)
        limits = posting.make_limits(client, purse, self._stores.outbox, pages=False)
        parts = HourParts(self._stores, {Route.KEYS: keys}, self._report, clock, network_rules())
        conditions = HourConditions(
            gate=self._counting(limits, chat.id, Occasion.PROMOTION),
            sender=partial(posting.sender, accounts),
            prepare=posting.import_posting,
            right=self._data.posting_right(),
        )
        return Announcer(chat, parts, conditions, announcement_rows_of)

    def thread(self, chat: Chat, browser: Browser, ceiling: Callable[[], float]) -> ThreadPosting:
        """What publishes the thread of the recap, with keys or by pages."""
        clock, accounts = self._clock, self._accounts
        purse = self._purse(chat, ceiling)
        client = posting.make_client(accounts, clock, purse, self._api_url)
        publishers = {
            Route.KEYS: posting.make_publisher(client, clock, self._data.pictures, self._clean),
            Route.ASSISTED: AssistedPublisher(browser),
        }
        limits = posting.make_limits(client, purse, self._stores.outbox, pages=False)
        parts = HourParts(self._stores, publishers, self._report, clock, network_rules())
        conditions = HourConditions(
            gate=self._counting(limits, chat.id, Occasion.THREAD),
            sender=partial(posting.sender, accounts),
            prepare=posting.import_posting,
            right=self._data.posting_right(),
        )
        return ThreadPosting(chat, parts, conditions)

    def _purse(self, chat: Chat, ceiling: Callable[[], float]) -> Purse:
        """What a chat has cost, and may cost at most."""
        return purse_of(chat.id, self._data, self._accounts, ceiling)

    def _counting(self, gate: Gate, chat_id: str, occasion: Occasion) -> Gate:
        """The gate of an occasion, which counts what the others of the chat have cost too."""

        def counting(
            row: OutboxPost, rows: Sequence[OutboxPost], now: datetime, told: OutboxPost | None
        ) -> OutboxPost | None:
            others = besides(occasion, chat_id, self._stores.outbox)
            return gate(row, (*rows, *others), now, told)

        return counting

    def _hour(
        self,
        chat: Chat,
        route: Route,
        rows: Sequence[OutboxPost],
        publishers: Mapping[Route, Publisher],
        conditions: HourConditions,
        reader: TagReader | None = None,
    ) -> Hour:
        rules = network_rules()
        parts = HourParts(self._stores, publishers, self._report, self._clock, rules, reader=reader)
        return Hour(chat, Occasion.LIVE, route, rows, parts, conditions)

    def _reader(self, chat: Chat, client: XClient, purse: Purse) -> XTagReader | None:
        """A reader of the tag that keeps to the spending limit; None without a valid tag."""
        if not network_rules().is_tag(chat.hashtag):
            return None

        def affordable() -> int:
            return purse.affordable_reads(self._stores.outbox.rows(chat.id, Occasion.LIVE))

        def belongs(post_id: str) -> bool:
            rows = self._stores.outbox.rows(chat.id, Occasion.LIVE)
            ours = any(row.remote_id == post_id for row in rows)
            return ours or self._stores.posts.find(chat.id, Occasion.LIVE, post_id) is not None

        rules = network_rules()
        guests = [account_of(guest, rules) for guest in chat.guests]
        return XTagReader(
            client,
            chat.hashtag,
            self._clock.now() - READ_FROM,
            affordable,
            host=chat.account if rules.is_account(chat.account) else "",
            guests=[name for name in guests if name],
            belongs=belongs,
        )

    def unwatched(
        self,
        chat: Chat,
        rows: Sequence[OutboxPost],
        purse: Purse,
        speed: float,
        began_at: datetime | None,
    ) -> Hour:
        """The real hour without a person at the screen: what keys cannot publish is left undone.

        The caller must have the right to publish already. `began_at` is the real instant (UTC) at
        which a run at another `speed` began; None at real speed.
        """
        clock = self._clock
        client = posting.make_client(self._accounts, clock, purse, self._api_url, speed)
        pictures, outbox = self._data.pictures, self._stores.outbox
        keys = posting.make_publisher(client, clock, pictures, self._clean, began_at)
        conditions = HourConditions(
            gate=self._counting(
                posting.make_limits(client, purse, outbox, speed, pages=False),
                chat.id,
                Occasion.LIVE,
            ),
            sender=partial(posting.sender, self._accounts),
            purse=purse,
        )
        return self._hour(chat, Route.KEYS, rows, {Route.KEYS: keys}, conditions)

"""What the pages after the hour are tested with: a chat that was held, and stores in memory."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.exports.card_words import picture_cards, write_card
from tchat_desktop.adapters.exports.funder_page import funder_sheet
from tchat_desktop.adapters.exports.recap_letter import told_online
from tchat_desktop.adapters.x.embedded import EmbeddedPosts
from tchat_desktop.adapters.x.post_checks import ChecksByPage
from tchat_desktop.domain.chat import (
    Chat,
    Invitation,
    Occasion,
    Person,
    Question,
    Rhythm,
    Role,
    Route,
)
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.editions import Edition
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.picture_cards import PictureCard
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.report import ChatReport
from tchat_desktop.domain.spending import Spent
from tchat_desktop.domain.x import links
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.entries import Entries, LateEntries
from tchat_desktop.services.material import Material, gather
from tchat_desktop.services.ports import PostChecks
from tchat_desktop.start.exports import (
    of_curves,
    of_everything,
    of_figures,
    of_funder_sheet,
    of_posts,
    of_recap,
)
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.recap.card_files import CardFiles
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.recap.refresh_card import RefreshTools
from tchat_desktop.ui.pages.shared.after_page import AfterPage
from tchat_desktop.ui.pages.shared.care_card import CareTools
from tchat_desktop.ui.pages.shared.saving import RecapFiles
from tests.adapters.exports.sample import STATIONERY
from tests.fakes.memory_store import MemoryOutbox, MemoryPictures, MemoryPosts
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.ui.events import deliver
from tests.ui.pages.hands import put_on_screen
from tests.ui.pages.paste_tools import paste_tools
from tests.ui.pages.thread_bench import ThreadBench

START = datetime(2026, 12, 5, 20, tzinfo=UTC)
NOW = START + timedelta(days=1)

CHAT = Chat(
    id="chat",
    rhythm=Rhythm.MONTHLY,
    organisation="Voix des filles",
    account="voixdesfilles",
    topic="Mariage des enfants : agir à Dakar",
    starts_at=START,
    hashtag="UnionsPrécoces",
    route=Route.ASSISTED,
    questions=tuple(
        Question(f"q{number}", text)
        for number, text in enumerate(
            ("Que manque-t-il à la loi ?", "Qui a changé d’avis ?", "Que feriez-vous demain ?"), 1
        )
    ),
    people=(
        Person("g1", Role.GUEST, "Dr Ndèye Sarr", "ndeye_ex", email="ndeye@example.org",
               invitation=Invitation.ACCEPTED),
        Person("g2", Role.GUEST, "Awa", "awa_ex", invitation=Invitation.ACCEPTED),
        Person("t1", Role.CO_HOST, "Fatou"),
    ),
)  # fmt: skip


def post(
    number: int, handle: str, text: str, question: str = "", minute: float = 10, **marks: object
) -> FeedPost:
    """A post of the hour; its author is called like the handle, with a capital."""
    made = Post(
        str(1000 + number),
        handle,
        handle.removesuffix("_ex").capitalize(),
        text,
        START + timedelta(minutes=minute, seconds=number % 60),
        url=f"https://x.com/{handle}/status/{1000 + number}",
    )
    return FeedPost(made, question_id=question, **marks)


POSTS = (
    post(1, "ndeye_ex", "R1 La loi existe, peu la connaissent.", "q1", starred=True),
    post(2, "moussa_ex", "R1 Le maire doit la lire à voix haute.", "q1", 11, starred=True),
    post(3, "moussa_ex", "R1 Et l’afficher à l’école.", "q1", 12, starred=True),
    post(4, "papa_ex", "Mon père, qui a dit non à l’oncle.", "q2", 20, starred=True),
    post(5, "papa_ex", "Où trouver de l’aide à Kolda ?", "", 21),
    post(6, "binta_ex", "Bonsoir de Thiès !", "", 2, starred=True),
    post(7, "binta_ex", "R2 Ma voisine, après une réunion.", "q2", 22),
    post(8, "troll_ex", "Achetez mes lunettes", "", 23, hidden=True),
)


def row(
    slot: str, minute: float, kind: PostKind = PostKind.QUESTION, **changes: object
) -> OutboxPost:
    """A post of the organiser that left."""
    at = START + timedelta(minutes=minute)
    made = OutboxPost(
        id=f"row-{slot}",
        chat_id=CHAT.id,
        occasion=Occasion.LIVE,
        slot=slot,
        kind=kind,
        text=next((one.text for one in CHAT.questions if slot == f"q:{one.id}"), slot),
        due_at=at,
        expires_at=at + timedelta(minutes=10),
        route=Route.ASSISTED,
        state=PostState.SENT,
        changed_at=at,
    )
    asked = {f"q:{one.id}": one.id for one in CHAT.questions}
    if slot in asked:
        made = replace(made, question_id=asked[slot], number=list(asked).index(slot) + 1)
    return replace(made, **changes)


ROWS = (
    row("q:q1", 8),
    row("q:q2", 18),
    row("thanks", 58, PostKind.THANKS),
    row("repost:1007", 24, PostKind.REPOST, target_id="1007"),
)


def crowd(count: int) -> tuple[FeedPost, ...]:
    """Many posts of many people."""
    dice = random.Random(3)
    return tuple(
        post(100 + n, f"voix{n % 60}_ex", f"R1 Message numéro {n}", "q1", dice.uniform(8, 50))
        for n in range(count)
    )


@dataclass
class Stage:
    """A bridge, the stores behind it, and what was asked of the outside world."""

    bridge: Bridge
    posts: MemoryPosts = field(default_factory=MemoryPosts)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    pictures: MemoryPictures = field(default_factory=MemoryPictures)
    opened: list[str] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    saved: list[object] = field(default_factory=list)
    fail: Exception | None = None
    spent: Spent = field(default_factory=Spent)
    now: datetime = NOW
    threads: set[str] = field(default_factory=set)
    thread: ThreadBench = field(default_factory=lambda: ThreadBench(NOW))
    mails: list[tuple[Person, Letter]] = field(default_factory=list)
    former: tuple[Edition, ...] = ()
    hour: Any = None
    """The hour that is open, for the replies of the thanks."""

    def open_mail(self, person: Person, letter: Letter) -> bool:
        self.mails.append((person, letter))
        return True

    def save_mail(self, person: Person, letter: Letter, path: Path) -> Path:
        self.mails.append((person, letter))
        return self._write(letter, path)

    x_url: str = "http://127.0.0.1:9"
    """Where X is asked about posts; nobody answers there unless a test says so."""
    by_keys: Callable[[], PostChecks | None] = lambda: None

    def hold(
        self,
        posts: Sequence[FeedPost] = POSTS,
        rows: Sequence[OutboxPost] = ROWS,
        occasion: Occasion = Occasion.LIVE,
    ) -> None:
        """Fill the stores as an hour does."""
        self.posts.add(CHAT.id, occasion, posts)
        self.outbox.add([replace(one, occasion=occasion) for one in rows])

    def gather(self, chat_id: str) -> Material:
        self.threads.add(threading.current_thread().name)
        self._fail()
        return replace(gather(chat_id, self.outbox, self.posts), spent=self.spent)

    def mark(self, chat_id: str, occasion: Occasion, marking: Marking) -> None:
        self.threads.add(threading.current_thread().name)
        self._fail()
        Entries(self.posts, self.bridge.report, NETWORK).mark(chat_id, occasion, marking)

    def care(self) -> CareTools:
        return CareTools(self.mark, load_texts, self.open_page)

    def by_hand(self) -> LateEntries:
        return LateEntries(self.posts, self.outbox, self.bridge.report, NETWORK)

    def files(self) -> RecapFiles:
        def figures(counted: tuple[Chat, ChatReport], path: Path) -> Path:
            return self._write(counted[1], path)

        def posts(collected: tuple[Chat, Material], path: Path) -> Path:
            return self._write(collected[1].posts, path)

        def introduction(recap: Recap) -> str:
            return f"{recap.figures.participants} personnes"

        def open_path(path: Path) -> bool:
            self.paths.append(path)
            return path.exists()

        return RecapFiles(
            recap=tuple(replace(one, write=self._write) for one in of_recap(STATIONERY)),
            figures=tuple(replace(one, write=figures) for one in of_figures(STATIONERY)),
            posts=tuple(replace(one, write=posts) for one in of_posts(STATIONERY)),
            everything=tuple(replace(one, write=self._write) for one in of_everything(STATIONERY)),
            curves=tuple(replace(one, write=self._write) for one in of_curves(STATIONERY)),
            funder_sheet=lambda dossier: funder_sheet(dossier, STATIONERY),
            funder=replace(of_funder_sheet(), write=self._write),
            introduction=introduction,
            conclusion=lambda recap: f"Merci aux {recap.figures.participants}.",
            news=lambda recap: told_online(recap, STATIONERY),
            post_page=links.post_page,
            open=open_path,
        )

    def cards(self) -> CardFiles:
        def write(content: bytes, words: str, path: Path) -> Path:
            self._fail()
            self.threads.add(threading.current_thread().name)
            return write_card(content, words, path, "description")

        def told(recap: Recap) -> tuple[PictureCard, ...]:
            self.threads.add(threading.current_thread().name)
            return picture_cards(recap, STATIONERY)

        return CardFiles(told, lambda _chat: QImage(), write, lambda path: path.exists())

    def refreshing(self) -> RefreshTools:
        return RefreshTools(
            by_page=lambda: ChecksByPage(EmbeddedPosts(self.x_url, (5.0, 5.0), 5.0), pause=0),
            by_keys=lambda: self.by_keys(),
            cents=1.5,
            runner=lambda: self.bridge,
        )

    def open_page(self, page: str) -> None:
        self.opened.append(page)

    def marks(self, number: int) -> FeedPost:
        """A post as it is kept."""
        kept = self.posts.all(CHAT.id, Occasion.LIVE)
        return next(one for one in kept if one.post.id == str(1000 + number))

    def _write(self, content: object, path: Path) -> Path:
        self._fail()
        self.saved.append(content)
        path.write_text("ok", "utf-8")
        return path

    def _fail(self) -> None:
        if self.fail is not None:
            raise self.fail


def settled(qtbot: QtBot, page: AfterPage) -> None:
    """Wait until what is on disk is on screen."""
    qtbot.waitUntil(lambda: not page.is_reading)
    deliver()


def at_rest(qtbot: QtBot, stage: Stage) -> None:
    """Wait until what was handed to the background is done."""
    done: list[bool] = []
    stage.bridge.run(stage.bridge, lambda: True, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(done))
    QApplication.processEvents()


def made_recap(stage: Stage, chat: Chat) -> tuple[RecapPage, ChatEditor]:
    """The recap page of a chat, not shown yet."""
    editor = ChatEditor(chat)
    page = RecapPage(
        editor,
        stage.bridge,
        stage.gather,
        stage.care(),
        stage.by_hand(),
        stage.files(),
        stage.open_page,
        lambda: stage.now,
        paste_tools(stage.bridge),
        stage.cards(),
        stage.refreshing(),
        stage.thread.tools(stage.bridge, stage.outbox, editor),
        lambda _chat: stage.former,
    )
    return page, editor


def shown_recap(qtbot: QtBot, stage: Stage, chat: Chat = CHAT) -> tuple[RecapPage, ChatEditor]:
    """The recap page of a chat, on screen with its posts."""
    page, editor = made_recap(stage, chat)
    put_on_screen(qtbot, page, editor)
    settled(qtbot, page)
    return page, editor

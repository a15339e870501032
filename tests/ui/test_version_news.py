"""The notice of new versions in the window: off until a yes, quiet, and never near a chat."""

from __future__ import annotations

import inspect
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tchat_desktop import __version__
from tchat_desktop.__main__ import parse
from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.adapters.notice_codec import decode_notice
from tchat_desktop.adapters.settings_file import load_settings
from tchat_desktop.adapters.version_file import VersionFile
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.version_notice import VersionNotice, Wish
from tchat_desktop.platform.paths import settings_file
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.start import demo, versions
from tchat_desktop.start.window import App
from tchat_desktop.ui import theme
from tchat_desktop.wording import i18n
from tests.fakes.certificates import Authority
from tests.fakes.version_server import VersionServer, answered, dripping
from tests.ui.running import Person, running
from tests.ui.survey import button_problem, jumps, label_problem, settle, tabbed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

QUESTION = "Voulez-vous savoir quand une nouvelle version existe\u202f?"
YES = f"Oui – {QUESTION}"
NO = f"Non merci – {QUESTION}"
TOLD = "Version\u00a09.1 disponible"
LATER = f"Plus tard – {TOLD}"
TICK = "Me signaler les nouvelles versions"
LOOK = "Regarder maintenant s’il y a une nouvelle version"
NEWEST = "Vous avez la dernière version."
Started = Callable[[], AbstractContextManager[App]]


class MovedClock(SystemClock):
    """The computer's clock, some days on."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy, whatever this machine has."""
    for name in ("HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def server(authority: Authority) -> Iterator[VersionServer]:
    with VersionServer(authority) as here:
        here.respond = answered(told(here))
        yield here


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def start(
    qapp: QApplication,
    tmp_path: Path,
    server: VersionServer,
    authority: Authority,
    clock: MovedClock,
) -> Started:
    """Starts the app as its publisher would ship it, with the same data each time."""
    file = VersionFile(server.address, (5.0, 5.0), 20.0, authority.trusted)

    def begun() -> AbstractContextManager[App]:
        return running(
            qapp,
            tmp_path / "data",
            clock=clock,
            make_news=lambda app: versions.version_news(app, file),
        )

    return begun


def told(server: VersionServer, number: str = "9.1") -> bytes:
    news = {"fr": ["<b>Plus court</b>.", "Deux."], "en": ["Shorter."]}
    page = f"https://{server.host}/nouveau"
    return json.dumps(
        {"version": number, "date": "2026-12-31", "page": page, "news": news}
    ).encode()


def kept(server: VersionServer) -> VersionNotice:
    return decode_notice(load_settings(settings_file()).version_notice, f"https://{server.host}")


def started_before(count: int) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    notice = json.dumps({"starts": count})
    settings_file().write_text(json.dumps({"version_notice": notice}), "utf-8")


def at_home(app: App, qtbot: QtBot) -> Person:
    """A person who sees the home screen with its chats listed."""
    me = Person(app, qtbot)
    me.wait(lambda: TICK in me.buttons())
    settle(app)
    return me


def save_chat(app: App, ahead: timedelta) -> None:
    chat = Chat(id="near", topic="Bientôt", time_zone="Africa/Dakar", starts_at=utc(app) + ahead)
    app.data().chats.save(chat, utc(app))


def utc(app: App) -> datetime:
    return app.clock.now().astimezone(UTC).replace(second=0, microsecond=0)


def test_nothing_at_all_is_asked_of_the_network_before_a_yes(
    start: Started, qtbot: QtBot, server: VersionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[object] = []
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *more, **named: names.append(host) or resolve(host, *more, **named),
    )
    for _start in (1, 2):
        with start() as app:
            me = at_home(app, qtbot)
            assert QUESTION not in me.words()
            me.open_example()
            me.window.go_home()
            me.wait(lambda me=me: TICK in me.buttons())
            settle(app)
            assert QUESTION not in me.words()
    with start() as app:
        me = at_home(app, qtbot)
        me.wait(lambda: QUESTION in me.words())
        assert (server.connections, names) == (0, [])
        me.press(YES)
        me.wait(lambda: TOLD in me.words())
        assert len(server.requests) == 1
        assert QUESTION not in me.words()
        assert kept(server).wish is Wish.YES


def test_a_no_is_a_no_for_good(start: Started, qtbot: QtBot, server: VersionServer) -> None:
    started_before(2)
    with start() as app:
        me = at_home(app, qtbot)
        me.press(NO)
        assert QUESTION not in me.words()
        assert me.notice() == "C’est noté. Vous pouvez changer d’avis en bas de cet écran."
        assert not me.buttons()[TICK].isChecked()
    with start() as app:
        me = at_home(app, qtbot)
        assert QUESTION not in me.words()
        assert server.connections == 0


def test_who_does_not_answer_is_not_asked_on_another_day(
    start: Started, qtbot: QtBot, server: VersionServer, clock: MovedClock
) -> None:
    started_before(2)
    with start() as app:
        assert QUESTION in at_home(app, qtbot).words()
    clock.ahead = timedelta(days=1)
    with start() as app:
        assert QUESTION not in at_home(app, qtbot).words()
    assert server.connections == 0


@pytest.mark.parametrize("ahead", [timedelta(hours=5), timedelta(minutes=-20)], ids=str)
def test_near_a_chat_nothing_is_asked_looked_for_or_told(
    start: Started, qtbot: QtBot, server: VersionServer, clock: MovedClock, ahead: timedelta
) -> None:
    started_before(2)
    with start() as app:
        me = at_home(app, qtbot)
        me.press(YES)
        me.wait(lambda: TOLD in me.words())
        clock.ahead = timedelta(days=8)
        save_chat(app, ahead)
        me.window.refresh_home()
        me.wait(lambda: "Bientôt" in me.words())
        settle(app)
        assert TOLD not in me.words()
    started_before(3)
    with start() as app:
        me = at_home(app, qtbot)
        assert QUESTION not in me.words()
    assert len(server.requests) == 1


def test_a_week_later_it_looks_again_and_tomorrow_it_does_not(
    start: Started, qtbot: QtBot, server: VersionServer, clock: MovedClock
) -> None:
    started_before(2)
    server.respond = answered(told(server, __version__))
    with start() as app:
        me = at_home(app, qtbot)
        me.press(YES)
        me.wait(lambda: kept(server).found)
        settle(app)
        assert not [text for text in me.words() if text.startswith("Version\u00a0")]
    server.respond = answered(told(server))
    for days, asked in ((0, 1), (1, 1), (6, 1), (7, 2)):
        clock.ahead = timedelta(days=days)
        with start() as app:
            me = at_home(app, qtbot)
            me.wait(lambda asked=asked: len(server.requests) == asked)
            if asked == 2:
                me.wait(lambda me=me: TOLD in me.words())
    assert len(server.requests) == 2


def test_the_card_tells_what_changed_as_plain_text_and_opens_its_page(
    start: Started, qtbot: QtBot, server: VersionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    monkeypatch.setattr(SystemBrowser, "open", lambda _self, page: not pages.append(page))
    started_before(2)
    with start() as app:
        me = at_home(app, qtbot)
        me.press(YES)
        me.wait(lambda: TOLD in me.words())
        assert {"•\u00a0<b>Plus court</b>.", "•\u00a0Deux."} <= set(me.words())
        assert "Publiée le 31 décembre 2026. Vos tchats restent." in me.words()
        labels = app.window.home.findChildren(QLabel)
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
        assert pages == []
        me.press(f"Voir la page – {TOLD}")
        me.wait(lambda: pages)
        assert pages == [f"https://{server.host}/nouveau"]
    # It stands there at the next start too, and nobody is asked for it.
    with start() as app:
        assert TOLD in at_home(app, qtbot).words()
    assert len(server.requests) == 1


def test_later_is_a_month(
    start: Started, qtbot: QtBot, server: VersionServer, clock: MovedClock
) -> None:
    started_before(2)
    with start() as app:
        me = at_home(app, qtbot)
        me.press(YES)
        me.press(LATER)
        assert TOLD not in me.words()
    with start() as app:
        assert TOLD not in at_home(app, qtbot).words()
    clock.ahead = timedelta(days=30)
    with start() as app:
        assert TOLD in at_home(app, qtbot).words()


def test_the_mind_can_be_changed_at_the_foot(
    start: Started, qtbot: QtBot, server: VersionServer
) -> None:
    with start() as app:
        me = at_home(app, qtbot)
        assert any(text.startswith("Sans coche") for text in me.words())
        me.press(TICK)
        me.wait(lambda: TOLD in me.words())
        assert any(text.startswith("Une fois par semaine") for text in me.words())
        me.press(TICK)
        assert TOLD not in me.words()
        me.wait(lambda: kept(server).wish is Wish.NO)
        me.press(TICK)
        me.wait(lambda: TOLD in me.words())
    assert len(server.requests) == 1


def test_looking_now_says_what_came_of_it(
    start: Started, qtbot: QtBot, server: VersionServer
) -> None:
    with start() as app:
        me = at_home(app, qtbot)
        server.respond = answered(told(server, __version__))
        me.press(LOOK)
        me.wait(lambda: NEWEST in me.words())
        server.respond = answered(b"<html>Wi-Fi</html>")
        me.press(LOOK)
        me.wait(lambda: any(text.startswith("Impossible de le savoir") for text in me.words()))
        server.respond = answered(told(server))
        me.press(LOOK)
        me.wait(lambda: LATER in me.buttons())
        # Pressing once is no yes to looking every week.
        assert kept(server).wish is Wish.UNSAID
        assert not me.buttons()[TICK].isChecked()


def test_a_look_that_fails_by_itself_says_nothing(
    start: Started, qtbot: QtBot, server: VersionServer
) -> None:
    started_before(2)
    server.respond = answered(b"[" * 5000, "200 OK")
    with start() as app:
        me = at_home(app, qtbot)
        before = set(me.words())
        me.press(YES)
        me.wait(lambda: server.requests and not app._news._looking)
        said = set(me.words()) - before - {me.notice()}
        assert all(text.startswith("Une fois par semaine") for text in said)
        assert kept(server).found is None


def test_a_host_that_never_answers_holds_up_neither_the_window_nor_its_end(
    start: Started, qtbot: QtBot, server: VersionServer
) -> None:
    started_before(2)
    server.respond = dripping(b"HTTP/1.1 200 OK\r\n", b"X")
    with start() as app:
        me = at_home(app, qtbot)
        me.press(YES)
        me.wait(lambda: server.requests)
        me.press(LOOK)
        assert "Recherche en cours…" in me.words()
        me.new_chat()
        me.window.go_home()
        me.wait(lambda: "Recherche en cours…" in me.words())
        began = utc(app), datetime.now(UTC)
    # An answer is waited for 12 seconds; to close takes a busy machine a few.
    assert datetime.now(UTC) - began[1] < timedelta(seconds=8)
    server.closing.set()


def test_another_language_has_the_same_card_and_asks_nobody_again(
    start: Started, qtbot: QtBot, server: VersionServer
) -> None:
    started_before(2)
    with start() as app:
        me = at_home(app, qtbot)
        me.press(YES)
        me.wait(lambda: TOLD in me.words())
        app.window.language_chosen.emit("en")
        me.wait(lambda: "Version 9.1 is available" in me.words())
        assert "•\u00a0Shorter." in me.words()
        assert me.buttons()["Tell me of new versions"].isChecked()
    assert len(server.requests) == 1


def test_without_an_address_it_is_not_spoken_of(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "load_version_address", lambda: "")
    started_before(3)
    with running(qapp, tmp_path / "data", make_news=versions.version_news) as app:
        me = Person(app, qtbot)
        settle(app)
        assert QUESTION not in me.words()
        assert TICK not in me.buttons()
        assert app._news is None


def test_the_app_that_is_started_is_given_the_address_of_the_resources(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = "https://example.org/tchat/version.json"
    monkeypatch.setattr(versions, "load_version_address", lambda: address)
    source = versions.published_versions()
    assert source is not None
    assert source.host == "example.org"


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["fr", "en", "qps"])
def test_question_card_and_foot_are_whole_and_in_reading_order(
    start: Started, qtbot: QtBot, server: VersionServer, language: str, scale: float
) -> None:
    started_before(2)
    with start() as app:
        at_home(app, qtbot)
        save_chat(app, timedelta(days=9))
        i18n.activate(language)
        theme.apply(theme.LIGHT, scale)
        app.window.rebuild()
        app.window.resize(1280, 720)
        settle(app)
        check_home(app)
        title = i18n._("Would you like to know when there is a new version?")
        Person(app, qtbot).press(f"{i18n._('Yes')} – {title}")
        qtbot.waitUntil(lambda: kept(server).found is not None)
        settle(app)
        check_home(app)


def check_home(app: App) -> None:
    home = app.window.home
    labels = [one for one in home.findChildren(QLabel) if one.isVisible()]
    assert not [problem for one in labels if (problem := label_problem(one))]
    buttons = [one for one in home.findChildren(QPushButton) if one.isVisible()]
    assert not [problem for one in buttons if (problem := button_problem(one))]
    assert home.horizontalScrollBar().maximum() == 0
    order = [one for one in tabbed(app.window) if home.isAncestorOf(one)]
    assert set(buttons) <= set(order)
    assert not jumps(home, order)


class ReadySoFar(Exception):
    """Raised where the app would begin."""


def test_the_demonstration_has_no_notice(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, object] = {}

    def note(*asked: object, **named: object) -> App:
        given.update(inspect.signature(App).bind(*asked, **named).arguments)
        raise ReadySoFar

    monkeypatch.setattr(demo, "App", note)
    with pytest.raises(ReadySoFar):
        demo.run_demo(qapp, parse(["--demo", "--out", str(tmp_path)]))
    assert given["folder"]
    assert given.get("make_news") is None


SELF_TEST = """
import sys
from tchat_desktop.adapters import version_file
from tchat_desktop.start import demo, versions
versions.load_version_address = version_file.load_version_address = lambda: sys.argv[2]
from tchat_desktop.__main__ import main
sys.argv[1:] = ["--self-test", "--data-dir", sys.argv[1]]
sys.exit(main())
"""


def test_the_self_test_asks_nobody(server: VersionServer, tmp_path: Path) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(json.dumps({"version_notice": '{"wish": "yes", "starts": 3}'}))
    done = subprocess.run(
        [sys.executable, "-c", SELF_TEST, str(tmp_path / "data"), server.address],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "pages of the guide" in done.stdout, done.stderr
    assert server.connections == 0

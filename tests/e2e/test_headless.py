"""`--connect` and `--run` as typed on a command line, in front of a stand-in for X."""

from __future__ import annotations

import getpass
import json
import math
import queue
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.__main__ import parse
from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.adapters.posting_lock import PostingLock
from tchat_desktop.adapters.run_clock_file import RunClockFile
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.ledger import SqliteLedger
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.sqlite.posts import SqlitePosts
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.account_keys import KeyField
from tchat_desktop.domain.chat import Occasion, Picture, Route
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.x.pasted_keys import check_pasted
from tchat_desktop.platform.logs import Redaction
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.services.clock import SystemClock
from tchat_desktop.services.events import OutboxChanged
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourStores
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import ChatFile, Report, StoreError
from tchat_desktop.start import command_line as headless
from tchat_desktop.start import posting as by_keys
from tchat_desktop.start.network import network_rules
from tchat_desktop.start.run_file import RunFile
from tchat_desktop.wording import i18n
from tests.adapters.samples import PNG, PNG_ID
from tests.e2e.commands import PROJECT, SPEED, Home, short_chat, spawn
from tests.fakes import x_faults
from tests.fakes.hours import hour_by_keys
from tests.fakes.office_proxy import OfficeProxy
from tests.fakes.texts import load_texts
from tests.fakes.x_server import XServer

PUBLISH = "POST /2/tweets"
LABELS = ("welcome", "rules", "Q1", "Q2", "closing", "thanks")
LINE = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)  (?P<label>\w+) +(?P<before>\w+) → (?P<after>\w+)"
    r"(?:  (?P<rest>.*))?"
)

WITHOUT_QT = """
import sys
for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None
import tchat_desktop.start.command_line
from tchat_desktop import __main__
sys.exit(__main__.main())
"""


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as server:
        yield server
    assert server.violations == []


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.prepare()
    return home


@contextmanager
def window_hour(home: Home, report: Report) -> Iterator[Hour]:
    """The real hour of the chat as the window runs it on the same folder, not yet due."""
    chat = TchatFiles().read(home.file).chat
    with closing(Database(home.data / DATABASE)) as database:
        SqliteChats(database).save(chat, datetime.now(UTC))
        stores = HourStores(SqliteOutbox(database), SqlitePosts(database))
        rows = run_sheet.plan(
            chat,
            run_sheet.build_run_sheet(chat, load_texts(chat.language)),
            Occasion.LIVE,
            Route.KEYS,
            datetime.now(UTC) + timedelta(days=1),
        )
        clock = SystemClock()
        conditions = HourConditions(right=PostingLock(home.data))
        hour = hour_by_keys(chat, rows, stores, {}, report, clock, conditions)
        hour.start()
        try:
            yield hour
        finally:
            assert hour.stop(20)


def changes(lines: str) -> list[tuple[str, str, str]]:
    """Label, former and new state of each line that tells a change."""
    return [(one["label"], one["before"], one["after"]) for one in LINE.finditer(lines)]


# --- connecting -----------------------------------------------------------------------------


def test_four_keys_are_tested_kept_and_never_shown(server: XServer, home: Home) -> None:
    typed = "\n".join(server.keys.secrets())
    done = home.call(server, "--connect", typed=typed)
    assert done.returncode == 0
    assert "@tchat_orga" in done.stdout
    kept = json.loads(home.ring.read_text("utf-8"))
    assert set(server.keys.secrets()) <= set(kept.values())
    for secret in server.keys.secrets():
        assert secret not in done.stdout + done.stderr
    assert server.count(PUBLISH) == 0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda keys: keys[:3], "Access Token Secret: This key is missing."),
        (lambda _keys: [], "API Key: This key is missing."),
        (lambda keys: [*keys[:3], keys[3][:-1] + "X"], "X refuses the access keys."),
    ],
    ids=["three", "none", "mistyped"],
)
def test_keys_that_do_not_serve_are_not_kept(
    server: XServer, home: Home, spoil, words: str
) -> None:
    typed = "\n".join(spoil(list(server.keys.secrets())))
    done = home.call(server, "--connect", typed=typed)
    assert done.returncode == 1
    assert words in done.stderr
    assert not home.ring.exists()


def test_keys_with_spaces_and_swapped_are_understood(server: XServer, home: Home) -> None:
    one, two, three, four = server.keys.secrets()
    done = home.call(server, "--connect", typed=f"  {two} \n\n{one}\n {four}\r\n{three}  \n")
    assert done.returncode == 0, done.stderr


def test_keys_that_only_read_are_refused_with_what_to_do(server: XServer, home: Home) -> None:
    typed = "\n".join(server.new_keys(access="read").secrets())
    done = home.call(server, "--connect", typed=typed)
    assert done.returncode == 1
    assert "Read and write" in done.stderr
    assert not home.ring.exists()


@pytest.mark.parametrize(
    ("fault", "words", "to_do"),
    [
        (x_faults.ACCOUNT_LOCKED, "locked the account", "do what X asks there"),
        (x_faults.SUSPENDED, "suspended the account", "to appeal"),
        (x_faults.APP_BARRED, "no longer allowed to publish", "wrote to you about your app"),
        (x_faults.LOOKS_AUTOMATED, "a robot runs the account", "try again later"),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_a_refusal_of_the_account_says_what_happened_and_what_to_do(
    server: XServer, home: Home, fault: x_faults.Fault, words: str, to_do: str
) -> None:
    server.fail("GET /2/users/me", fault)
    done = home.call(server, "--connect", typed="\n".join(server.keys.secrets()))
    assert done.returncode == 1
    for said in (words, to_do, "is lost here", "These access keys are not kept."):
        assert said in done.stderr.replace("\n", " ")
    assert not home.ring.exists()


def test_keys_whose_access_was_withdrawn_say_that_too(server: XServer, home: Home) -> None:
    typed = "\n".join(server.keys.secrets())
    server.api.tokens.clear()
    done = home.call(server, "--connect", typed=typed)
    assert done.returncode == 1
    assert "withdrawn" in done.stderr
    assert not home.ring.exists()


def test_what_a_text_editor_puts_before_the_keys_does_no_harm(server: XServer, home: Home) -> None:
    done = home.call(server, "--connect", typed="\ufeff" + "\n".join(server.keys.secrets()))
    assert done.returncode == 0, done.stderr


def test_bytes_that_are_no_text_are_no_key(server: XServer, home: Home) -> None:
    """A file in UTF-16, as some programs on Windows write it."""
    with subprocess.Popen(
        home.command(server, "--connect"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=PROJECT,
        env=home.environment() | {"PYTHONIOENCODING": "utf-8:strict"},
    ) as process:
        typed = "\n".join(server.keys.secrets()).encode("utf-16")
        _out, said = process.communicate(typed, timeout=60)
    assert process.returncode == 1
    assert "Give the four keys, one a line. Nothing is kept." in said.decode()
    assert "Traceback" not in said.decode()
    assert not list(home.data.glob("crashes/*"))


def test_a_person_who_gives_up_typing_keeps_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def given_up(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", given_up)
    i18n.activate("en")
    assert headless.connect(lambda _secret: None, None, MemoryVault()) == 1
    assert "Nothing is kept." in capsys.readouterr().err


def test_an_office_network_that_wants_a_password_is_told(server: XServer, home: Home) -> None:
    with OfficeProxy() as proxy:
        proxy.status = 407
        environment = home.environment() | {"HTTPS_PROXY": proxy.url}
        with spawn(home.command(None, "--connect"), environment) as process:
            _out, said = process.communicate("\n".join(server.keys.secrets()), timeout=120)
    assert process.returncode == 1
    assert "asks for a password" in said
    assert [where for where, _headers in proxy.asked] == ["api.x.com:443"]
    assert not home.ring.exists()


def test_a_plain_keyring_is_refused(server: XServer, home: Home) -> None:
    environment = home.environment() | {
        "PYTHON_KEYRING_BACKEND": "tests.adapters.plain_ring.PlainRing"
    }
    with spawn(home.command(server, "--connect"), environment) as process:
        _, err = process.communicate("\n".join(server.keys.secrets()), timeout=120)
    assert process.returncode == 1
    assert "readable by anyone" in err


@pytest.mark.parametrize(
    "url",
    ["https://api.x.com", "http://192.0.2.7:80", "http://localhost.example.org", "http://[::2]/"],
)
def test_keys_go_nowhere_but_to_this_computer(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(["--connect", "--x-api-url", url])
    assert left.value.code not in (0, None)
    assert "loopback" in capsys.readouterr().err


@pytest.mark.parametrize(
    "flags", [["--speed", "9"], ["--run", "a", "--speed", "0"], ["--run", "a", "--connect"]]
)
def test_flags_that_make_no_sense_are_refused(
    flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse(flags)
    assert "error" in capsys.readouterr().err


# --- posting --------------------------------------------------------------------------------


def test_every_post_leaves_in_order_at_its_minute(server: XServer, home: Home) -> None:
    home.connect(server)
    # A minute takes two seconds: a post that leaves at once leaves within it.
    done = home.run(server, speed=30)
    assert done.returncode == 0, done.stdout + done.stderr
    told = changes(done.stdout)
    assert [label for label, _, after in told if after == "sent"] == list(LABELS)
    assert told[:3] == [
        ("welcome", "planned", "due"),
        ("welcome", "due", "sending"),
        ("welcome", "sending", "sent"),
    ]
    assert len(told) == 3 * len(LABELS)
    sent = [one["at"] for one in LINE.finditer(done.stdout) if one["after"] == "sent"]
    assert [at[:16] for at in sent] == [f"2026-12-05 20:0{n}" for n in range(6)]
    assert len(server.texts()) == len(set(server.texts())) == len(LABELS)


def test_run_again_it_posts_nothing_twice(server: XServer, home: Home) -> None:
    home.connect(server)
    home.run(server)
    again = home.run(server)
    assert again.returncode == 0
    assert changes(again.stdout) == []
    assert len(server.texts()) == len(LABELS)


def test_killed_and_started_again_it_goes_on_where_the_clock_was(
    server: XServer, home: Home
) -> None:
    home.connect(server)
    with home.start(server, "--run", str(home.file), "--speed", str(SPEED)) as process:
        assert process.stdout is not None
        first = ""
        while "Q1" not in first or "sent" not in first.rpartition("Q1")[2]:
            line = process.stdout.readline()
            assert line, first
            first += line
        process.kill()
        first += process.stdout.read()
    # As if it had been stopped for an hour: meanwhile time does not pass for the chat.
    kept = RunClockFile(home.data, short_chat().id)
    was = kept.read()
    assert was is not None
    kept.write(replace(was, began_at=was.began_at - timedelta(hours=1)))
    second = home.run(server)
    assert second.returncode == 0, second.stdout + second.stderr
    at = [one["at"] for one in LINE.finditer(first + second.stdout)]
    assert at == sorted(at)
    sent = [label for label, _, after in changes(first + second.stdout) if after == "sent"]
    assert sent == list(LABELS)
    assert len(server.texts()) == len(set(server.texts())) == len(LABELS)
    late = [one["at"] for one in LINE.finditer(second.stdout) if one["after"] == "sent"]
    # Minutes late at most, on a machine that has much to do; the hour would be ten days.
    assert late[-1] < "2026-12-05 20:30"


def test_a_refused_post_is_left_to_the_organiser_and_the_others_leave(
    server: XServer, home: Home
) -> None:
    home.connect(server)
    server.fail(PUBLISH, x_faults.A_LIST)
    done = home.run(server)
    assert done.returncode == 3
    assert ("welcome", "sending", "failed") in changes(done.stdout)
    assert "1 post needs you" in done.stdout
    assert len(server.texts()) == len(LABELS) - 1
    assert home.run(server).returncode == 3
    assert len(server.texts()) == len(LABELS) - 1


def test_a_refusal_of_the_account_stops_the_series_in_x_own_words(
    server: XServer, home: Home
) -> None:
    home.connect(server)
    server.fail(PUBLISH, x_faults.DAILY_LIMIT)
    done = home.run(server)
    assert done.returncode == 3
    assert done.stdout.count("daily_limit: 403 code 185, User is over daily") == len(LABELS)
    assert f"{len(LABELS)} posts need you" in done.stdout
    assert (server.count(PUBLISH), server.texts()) == (1, [])


def test_a_lost_answer_is_looked_up_and_not_posted_again(server: XServer, home: Home) -> None:
    home.connect(server)
    server.fail(PUBLISH, x_faults.DROP_AFTER, x_faults.DROP_BEFORE)
    done = home.run(server)
    assert done.returncode == 0, done.stdout + done.stderr
    told = changes(done.stdout)
    assert ("welcome", "sending", "unknown") in told
    assert ("welcome", "unknown", "sent") in told
    assert "answer_lost" in done.stdout
    assert len(server.texts()) == len(set(server.texts())) == len(LABELS)


def test_the_pictures_of_the_file_leave_with_their_posts(server: XServer, tmp_path: Path) -> None:
    home = Home(tmp_path)
    shown = run_sheet.with_picture(
        short_chat(), "rules", Picture(PNG_ID, "image/png", "Une école, de dos")
    )
    gone = run_sheet.with_picture(shown, "closing", Picture("0f" * 32, "image/png"))
    home.prepare(gone, (PNG,))
    home.connect(server)
    server.fail(PUBLISH, x_faults.DROP_AFTER)
    done = home.run(server)
    assert done.returncode == 0, done.stdout + done.stderr
    # The one whose content did not come along is named, and its post leaves as it is.
    assert "picture" in done.stdout.splitlines()[0]
    shown_with = {post.sent: post.media for post in reversed(server.posts) if post.media}
    (media_id,) = next(iter(shown_with.values()))
    media = server.world.media[media_id]
    assert (len(shown_with), len(server.posts)) == (1, len(LABELS))
    assert (media.content, media.alt_text) == (PNG, "Une école, de dos")


def test_the_ceiling_of_the_chat_stops_before_it_is_passed(server: XServer, tmp_path: Path) -> None:
    home = Home(tmp_path)
    price = network_rules().platform.cents[Action.POST]
    ceiling = math.ceil(4 * price)
    home.prepare(replace(short_chat(), spending_limit_cents=ceiling))
    home.connect(server)
    done = home.run(server)
    assert done.returncode == 3
    assert ("closing", "due", "failed") in changes(done.stdout)
    assert "spending_limit" in done.stdout
    assert server.count(PUBLISH) == 4
    spent, limit = (i18n.format_dollars(cents, "en") for cents in (4 * price, ceiling))
    assert f"{spent} at most, of {limit}." in done.stdout


def test_what_is_to_go_by_the_page_is_not_posted_with_keys(server: XServer, tmp_path: Path) -> None:
    home = Home(tmp_path)
    chat = run_sheet.with_way(short_chat(), run_sheet.question_key("q2"), by_page=True)
    home.prepare(chat)
    home.connect(server)
    done = home.run(server)
    assert done.returncode == 3, done.stdout + done.stderr
    assert ("Q2", "sending", "failed") in changes(done.stdout)
    assert "1 post needs you" in done.stdout
    assert len(server.texts()) == len(LABELS) - 1
    assert not [text for text in server.texts() if text.startswith("Q2")]


def test_what_a_look_up_read_is_counted_over_a_restart(server: XServer, home: Home) -> None:
    home.connect(server)
    server.fail(PUBLISH, x_faults.DROP_AFTER)
    done = home.run(server)
    assert done.returncode == 0, done.stdout + done.stderr
    with closing(Database(home.data / DATABASE)) as database:
        reads = SqliteLedger(database).reads("short")
    assert reads.own_posts == 1
    assert (reads.posts, reads.users) == (0, 1)


def test_without_keys_it_says_so(server: XServer, home: Home) -> None:
    done = home.run(server)
    assert done.returncode == 1
    assert "No access keys" in done.stderr
    assert server.requests == []


def test_a_day_that_has_passed_is_left_to_the_organiser(server: XServer, tmp_path: Path) -> None:
    home = Home(tmp_path)
    past = datetime.now(UTC) - timedelta(days=2)
    home.prepare(replace(short_chat(), starts_at=past))
    home.connect(server)
    done = home.call(server, "--run", str(home.file))
    assert done.returncode == 3
    assert ("welcome", "planned", "expired") in changes(done.stdout)
    assert server.count(PUBLISH) == 0


def test_without_speed_posts_leave_at_the_real_hour(server: XServer, tmp_path: Path) -> None:
    home = Home(tmp_path)
    # All but the first wait, so that the test need not: it is killed once that one is out.
    home.prepare(replace(short_chat(), starts_at=datetime.now(UTC) + timedelta(seconds=3)))
    home.connect(server)
    with home.start(server, "--run", str(home.file)) as process:
        assert process.stdout is not None
        while "sent" not in (line := process.stdout.readline()):
            assert line
        process.kill()
        process.communicate()
    (post,) = server.posts
    late = post.created_at - datetime.now(UTC)
    assert abs(late) < timedelta(seconds=20)
    assert "welcome" in line


def test_a_chat_without_a_day_waits_for_one(server: XServer, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare(replace(short_chat(), starts_at=None))
    home.connect(server)
    done = home.call(server, "--run", str(home.file))
    assert done.returncode == 1
    assert "no day yet" in done.stderr


def test_a_chat_without_a_day_can_be_tried_at_another_speed_and_goes_on(
    server: XServer, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    home.prepare(replace(short_chat(), starts_at=None))
    home.connect(server)
    with home.start(server, "--run", str(home.file), "--speed", str(SPEED)) as process:
        assert process.stdout is not None
        while "sent" not in (line := process.stdout.readline()):
            assert line
        process.kill()
        process.communicate()
    done = home.run(server)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(server.texts()) == len(set(server.texts())) == len(LABELS)
    # Run once more it moves nothing: the day is still the one it was begun on.
    with closing(Database(home.data / DATABASE)) as database:
        before = SqliteOutbox(database).rows("short", Occasion.LIVE)
    assert home.run(server).returncode == 0
    with closing(Database(home.data / DATABASE)) as database:
        assert SqliteOutbox(database).rows("short", Occasion.LIVE) == before


def test_a_file_with_a_strange_id_is_the_same_chat_the_second_time(
    server: XServer, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    home.prepare(replace(short_chat(), id="../été 2026"))
    home.connect(server)
    assert home.run(server).returncode == 0
    assert home.run(server).returncode == 0
    assert len(server.texts()) == len(LABELS)


def test_two_runs_from_one_folder_are_refused(server: XServer, home: Home) -> None:
    home.connect(server)
    lock = PostingLock(home.data)
    assert lock.take()
    done = home.run(server)
    lock.release()
    assert done.returncode == 1
    assert "already leaving" in done.stderr
    assert server.count(PUBLISH) == 0


def test_it_is_refused_while_the_window_posts_from_the_same_folder(
    server: XServer, home: Home
) -> None:
    home.connect(server)
    events: queue.SimpleQueue[object] = queue.SimpleQueue()
    with window_hour(home, events.put) as hour:
        while not isinstance(events.get(timeout=120), OutboxChanged):
            pass
        done = home.run(server)
        assert done.returncode == 1
        assert "already leaving" in done.stderr
        assert server.count(PUBLISH) == 0
        assert hour.stop(20)
    assert home.run(server).returncode == 0


def test_an_hour_on_hold_is_left_alone_until_it_is_resumed_in_the_app(
    server: XServer, home: Home
) -> None:
    home.connect(server)
    with window_hour(home, lambda _event: None) as hour:
        hour.do(Outbox.pause)
        assert hour.stop(20)
    done = home.run(server)
    assert done.returncode == 1
    assert "on hold" in done.stderr
    assert "Resume" in done.stderr
    assert server.count(PUBLISH) == 0
    with window_hour(home, lambda _event: None) as hour:
        hour.do(Outbox.resume)
        assert hour.stop(20)
    assert home.run(server).returncode == 0
    assert len(server.texts()) == len(LABELS)


def test_an_hour_that_went_on_without_keys_leaves_by_them_again(
    server: XServer, home: Home
) -> None:
    home.connect(server)
    with window_hour(home, lambda _event: None) as hour:
        hour.go_on_without_keys()
        assert hour.stop(20)
    done = home.run(server)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(server.texts()) == len(LABELS)


def test_a_disk_that_fails_in_the_hour_is_told_in_a_sentence_and_the_hour_goes_on(
    server: XServer, home: Home
) -> None:
    told: list[str] = []
    away: list[bool] = []

    def move(old: str, new: str) -> None:
        away.append(True)
        with closing(sqlite3.connect(home.data / DATABASE)) as database:
            database.execute(f"ALTER TABLE {old} RENAME TO {new}")

    def listen(line: str) -> None:
        told.append(line)
        if "→ sent" in line and not away:
            move("outbox", "away")
        elif "→" not in line and len(away) == 1:
            # The sentence, in whatever language the tests before this one speak.
            move("away", "outbox")

    vault = connected_vault(server)
    run = RunFile(home.file, home.data, listen, Redaction(), server.url, SPEED, vault)
    assert run.run() == 0
    assert len(away) == 2
    assert not any("Error" in line or "table" in line for line in told)
    assert len(server.texts()) == len(LABELS)


def connected_vault(server: XServer) -> MemoryVault:
    """A keyring that has the keys of the server's account."""
    vault = MemoryVault()
    accounts = by_keys.make_accounts(lambda _: None, SystemClock().now, server.url, vault)
    pasted = check_pasted(dict(zip(KeyField, server.keys.secrets(), strict=True))).keys
    assert pasted is not None
    accounts.connect(pasted)
    return vault


def test_an_hour_the_disk_does_not_let_begin_posts_nothing_and_can_be_started_again(
    server: XServer, home: Home
) -> None:
    """The disk fails between the planning and the first post."""
    vault = connected_vault(server)
    told: list[str] = []

    def fail(line: str) -> None:
        told.append(line)
        if len(told) > 1:
            return
        with closing(sqlite3.connect(home.data / DATABASE)) as database:
            database.execute("ALTER TABLE outbox RENAME TO away")

    def run(say: Callable[[str], None]) -> int:
        return RunFile(home.file, home.data, say, Redaction(), server.url, SPEED, vault).run()

    with pytest.raises(StoreError, match="no such table"):
        run(fail)
    assert server.count(PUBLISH) == 0
    with closing(sqlite3.connect(home.data / DATABASE)) as database:
        database.execute("ALTER TABLE away RENAME TO outbox")
    assert run(told.append) == 0
    assert len(server.texts()) == len(LABELS)


def test_another_version_of_a_chat_is_not_mixed_with_the_first(server: XServer, home: Home) -> None:
    home.connect(server)
    home.run(server)
    text = home.file.read_text("utf-8").replace("Où agir, 1 ?", "Où agir d’abord ?")
    home.file.write_text(text, "utf-8")
    done = home.run(server)
    assert done.returncode == 1
    assert "Another version" in done.stderr
    assert len(server.texts()) == len(LABELS)


@pytest.mark.parametrize("known_as", ["unknown", "prepared", "copy"])
def test_a_chat_that_was_open_on_another_computer_is_not_posted_again(
    server: XServer, home: Home, known_as: str
) -> None:
    """Prepared here, opened and half published elsewhere: what the file tells is believed."""
    home.connect(server)
    chat = TchatFiles().read(home.file).chat
    now = datetime.now(UTC)
    sheet = run_sheet.build_run_sheet(chat, load_texts(chat.language))
    rows = run_sheet.plan(chat, sheet, Occasion.LIVE, Route.KEYS, now)
    hour = (replace(rows[0], state=PostState.SENT, attempts=1), *rows[1:])
    if known_as == "copy":
        chat = replace(chat, live_elsewhere=now)
    with closing(Database(home.data / DATABASE)) as database:
        if known_as != "unknown":
            SqliteChats(database).save(chat, now)
        if known_as == "copy":
            SqliteOutbox(database).add(replace(row, chat_id=chat.id) for row in hour)
    TchatFiles().write(home.file, ChatFile(chat, hour=hour, hour_at=now))
    done = home.run(server)
    assert done.returncode == 1
    assert "open on another computer" in done.stderr
    assert server.texts() == []


def test_a_copy_of_the_hour_of_this_very_folder_goes_on(server: XServer, home: Home) -> None:
    home.connect(server)
    assert home.run(server).returncode == 0
    chat = TchatFiles().read(home.file).chat
    with closing(Database(home.data / DATABASE)) as database:
        hour = tuple(SqliteOutbox(database).rows(chat.id, Occasion.LIVE))
    TchatFiles().write(home.file, ChatFile(chat, hour=hour, hour_at=datetime.now(UTC)))
    assert home.run(server).returncode == 0
    assert len(server.texts()) == len(LABELS)


def test_keys_in_a_file_are_left_out_and_told(server: XServer, home: Home) -> None:
    home.connect(server)
    document = json.loads(home.file.read_text("utf-8"))
    document["chat"]["access_token"] = "42-smuggledSmuggledSmuggled0"
    home.file.write_text(json.dumps(document), "utf-8")
    done = home.run(server)
    assert done.returncode == 0, done.stderr
    assert "access_token" in done.stdout
    assert "smuggled" not in done.stdout + done.stderr


@pytest.mark.parametrize("content", [b"", b"{", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_chat_is_told(server: XServer, home: Home, content: bytes) -> None:
    home.file.write_bytes(content)
    done = home.run(server)
    assert done.returncode == 1
    assert "not a chat" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_request_to_end_ends_it_between_two_posts(server: XServer, home: Home) -> None:
    home.connect(server)
    with home.start(server, "--run", str(home.file), "--speed", str(SPEED)) as process:
        assert process.stdout is not None
        while "sent" not in (line := process.stdout.readline()):
            assert line
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "goes on from here" in err
    assert home.run(server).returncode == 0
    assert len(server.texts()) == len(LABELS)


def test_a_reader_that_goes_away_does_not_stop_the_posts(server: XServer, home: Home) -> None:
    home.connect(server)
    with home.start(server, "--run", str(home.file), "--speed", str(SPEED)) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(120) == 0
    assert len(server.texts()) == len(LABELS)


def test_it_works_where_pyside6_is_not_installed(server: XServer, home: Home) -> None:
    home.connect(server)
    command = home.command(server, "--run", str(home.file), "--speed", str(SPEED))
    before = command.index("-m")
    command[before : before + 2] = ["-c", WITHOUT_QT]
    with spawn(command, home.environment()) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, out + err
    assert len(server.texts()) == len(LABELS)


def test_keys_in_a_real_keyring(server: XServer) -> None:
    programs = ("dbus-run-session", "gnome-keyring-daemon", "bash")
    if missing := [one for one in programs if shutil.which(one) is None]:
        pytest.skip(f"{missing} not installed")
    with tempfile.TemporaryDirectory(prefix="headless-") as folder:
        home = Home(Path(folder))
        home.prepare()
        script = str(PROJECT / "tests" / "e2e" / "headless_session.sh")
        done = subprocess.run(
            ["dbus-run-session", "--", "bash", script, sys.executable, folder, server.url],
            input="\n".join(server.keys.secrets()) + "\n",
            check=False,
            capture_output=True,
            text=True,
            timeout=180,
            cwd=PROJECT,
            env={"PATH": home.environment()["PATH"], "LANG": "C.UTF-8"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert not home.ring.exists()
    assert "Connected as @tchat_orga" in done.stdout
    assert len(server.texts()) == len(LABELS)

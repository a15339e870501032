"""No secret ever reaches the log, whatever line carries it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tchat_desktop.platform import logs
from tchat_desktop.platform.logs import Redaction

CANARY = "CaNaRy7yhQ2kVnP0zzTopSecretValue"

LINES = [
    f"Authorization: Bearer {CANARY}",
    f'authorization = OAuth oauth_consumer_key="x", oauth_signature="{CANARY}"',
    f"{{'Authorization': 'Bearer {CANARY}', 'Host': 'api.x.com'}}",
    f'{{"Authorization": "OAuth {CANARY}"}}',
    f"b'Authorization: Bearer {CANARY}'",
    f"token bearer {CANARY} was refused",
    f"BEARER {CANARY}",
    f"GET /2/tweets?oauth_token={CANARY}&oauth_nonce=1",
    f"oauth_signature={CANARY}",
    f'oauth_verifier="{CANARY}"',
    f"oauth_token_secret='{CANARY}'",
    f"consumer_key={CANARY}",
    f"consumer_secret: {CANARY}",
    f"consumerSecret={CANARY}",
    f"access_token={CANARY}",
    f'"access_token": "{CANARY}"',
    f"accessToken: {CANARY}",
    f"access_token_secret = {CANARY}",
    f"client_secret={CANARY}",
    f"refresh_token={CANARY}",
    f"api_key={CANARY}",
    f"api_key_secret={CANARY}",
    f"api-key: {CANARY}",
    f"api_secret={CANARY}",
    f"bearer_token={CANARY}",
    f"bearer_token='{CANARY}'",
    f"password={CANARY}",
    f"PASSWORD: {CANARY}",
    f"{{'pin': '{CANARY}'}}",
    f"x-csrf-token: {CANARY}",
    f'"{{\\"Authorization\\": \\"OAuth {CANARY}\\"}}"',
    f'"{{\\"access_token\\": \\"{CANARY}\\"}}"',
    f"Client(consumer_key='{CANARY}', wait_on_rate_limit=False)",
]


@pytest.mark.parametrize("line", LINES)
def test_what_looks_like_a_secret_is_hidden(line: str) -> None:
    cleaned = Redaction().clean(line)
    assert CANARY not in cleaned
    assert "[hidden]" in cleaned


@pytest.mark.parametrize(
    "line",
    [
        "chat 3f2a not saved: StoreFull('no room')",
        "database copied to 20261205T200000Z-daily.sqlite3",
        "https://x.com/intent/post?text=Bonjour%20%23MariageEnfants",
        "window opened at 20:30",
        "spin: 3, shopping: none",
        "",
    ],
)
def test_ordinary_lines_stay_as_they_are(line: str) -> None:
    assert Redaction().clean(line) == line


def test_a_learned_secret_is_hidden_wherever_it_stands() -> None:
    redaction = Redaction()
    redaction.learn(CANARY)
    assert redaction.clean(f"odd:{CANARY}/{CANARY}!") == "odd:[hidden]/[hidden]!"


def test_a_learned_secret_that_is_part_of_another_leaves_nothing_of_it() -> None:
    redaction = Redaction()
    for length in range(6, 13):
        redaction.learn("abcdefghijkl"[:length])
    assert redaction.clean("x abcdefghijkl y") == "x [hidden] y"


def test_words_too_short_to_be_secrets_are_not_learned() -> None:
    redaction = Redaction()
    redaction.learn("")
    redaction.learn("le")
    assert redaction.clean("le tchat") == "le tchat"


def test_secrets_may_be_learned_while_another_thread_logs() -> None:
    redaction = Redaction()
    stop, errors = threading.Event(), []

    def log() -> None:
        while not stop.is_set():
            try:
                redaction.clean("a line")
            except RuntimeError as error:
                errors.append(error)
                return

    thread = threading.Thread(target=log)
    thread.start()
    for number in range(3000):
        redaction.learn(f"secret-{number}")
    stop.set()
    thread.join()
    assert errors == []


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, as it was before once the test is over."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    noisy = {name: logging.getLogger(name).level for name in logs.NOISY}
    yield root
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)
    for name, former in noisy.items():
        logging.getLogger(name).setLevel(former)


def written(folder: Path) -> str:
    return (folder / "logs" / "tchat.log").read_text("utf-8")


def test_the_log_file_holds_lines_without_their_secrets(
    root: logging.Logger, tmp_path: Path
) -> None:
    redaction = Redaction()
    logs.start_logging(tmp_path, redaction)
    redaction.learn(CANARY)
    logging.getLogger("tchat_desktop.test").info("told %s and oauth_token=%s", CANARY, "another99")
    text = written(tmp_path)
    assert "told [hidden]" in text
    assert CANARY not in text
    assert "another99" not in text


def test_secrets_in_a_trace_are_hidden_too(root: logging.Logger, tmp_path: Path) -> None:
    logs.start_logging(tmp_path, Redaction())
    try:
        raise ValueError(f"refused: Authorization: Bearer {CANARY}")
    except ValueError:
        logging.getLogger("tchat_desktop.test").exception("it failed")
    text = written(tmp_path)
    assert "it failed" in text
    assert "Traceback" in text
    assert CANARY not in text


def test_secrets_do_not_reach_standard_error(
    root: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.start_logging(tmp_path, Redaction())
    logging.getLogger("tchat_desktop.test").error("oauth_token=%s", CANARY)
    shown = capsys.readouterr().err
    assert "oauth_token=[hidden]" in shown
    assert CANARY not in shown


def test_libraries_that_print_whole_requests_are_kept_quiet(
    root: logging.Logger, tmp_path: Path
) -> None:
    logs.start_logging(tmp_path, Redaction())
    logging.getLogger("tweepy.client").info("Making API request: %s", CANARY)
    logging.getLogger("urllib3.connectionpool").debug("headers: %s", CANARY)
    assert CANARY not in written(tmp_path)


def test_a_place_that_cannot_be_written_still_lets_the_app_start(
    root: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    logs.start_logging(file, Redaction())
    logging.getLogger("tchat_desktop.test").warning("still here")
    assert "still here" in capsys.readouterr().err


def test_the_log_stays_small(root: logging.Logger, tmp_path: Path) -> None:
    logs.start_logging(tmp_path, Redaction())
    line = "x" * 10_000
    for _turn in range(300):
        logging.getLogger("tchat_desktop.test").info(line)
    files = list((tmp_path / "logs").iterdir())
    assert 1 < len(files) <= 4
    assert sum(file.stat().st_size for file in files) < 2_500_000


WRITER = """
import logging, sys
from pathlib import Path
from tchat_desktop.platform import logs
logs.start_logging(Path(sys.argv[1]), logs.Redaction())
for turn in range(150):
    logging.getLogger("tchat_desktop.test").info("%s %s %s", sys.argv[2], turn, "x" * 10_000)
logs.stop_logging()
"""


def test_a_window_and_a_run_write_to_the_same_log(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name], stderr=subprocess.PIPE
        )
        for name in ("window", "run")
    ]
    assert [writer.communicate()[1] for writer in writers] == [b"", b""]
    files = list((tmp_path / "logs").iterdir())
    assert 1 < len(files) <= 4
    assert sum(file.stat().st_size for file in files) < 2_500_000


def test_a_log_that_another_process_began_anew_is_gone_on_with(
    root: logging.Logger, tmp_path: Path
) -> None:
    logs.start_logging(tmp_path, Redaction())
    log, file = logging.getLogger("tchat_desktop.test"), tmp_path / "logs" / "tchat.log"
    log.info("first")
    try:
        file.replace(file.with_name("tchat.log.1"))
    except PermissionError:
        pytest.skip("this system renames no file that is open")
    log.info("second")
    assert "second" in written(tmp_path)
    assert "first" not in written(tmp_path)


def test_a_log_that_cannot_be_put_away_grows_on_and_loses_nothing(
    root: logging.Logger,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As on Windows, while another process has it open."""
    logs.start_logging(tmp_path, Redaction())
    log, really = logging.getLogger("tchat_desktop.test"), os.replace
    former = tmp_path / "logs" / "tchat.log.1"
    former.write_text("of yesterday", "utf-8")
    tried: list[str] = []

    def held(source: str, _target: str) -> None:
        tried.append(source)
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(os, "replace", held)
    for turn in range(60):
        log.info("line %s %s", turn, "x" * 10_000)
    monkeypatch.setattr(os, "replace", really)
    assert len(tried) == 1
    assert former.read_text("utf-8") == "of yesterday"
    assert all(f"line {turn} " in written(tmp_path) for turn in range(60))
    for turn in range(60):
        log.info("later %s %s", turn, "x" * 10_000)
    assert "line 59 " in former.read_text("utf-8")
    assert capsys.readouterr().err == ""


def test_a_log_that_was_ended_has_no_file_open(root: logging.Logger, tmp_path: Path) -> None:
    """Else Windows could not delete the folder of a demonstration."""
    logs.start_logging(tmp_path, Redaction())
    logs.start_logging(tmp_path / "another", Redaction())
    logs.stop_logging()
    logging.getLogger("tchat_desktop.test").info("after the end")
    opened = [Path(one.path) for one in psutil.Process().open_files()]
    assert not [path for path in opened if path.is_relative_to(tmp_path)]
    assert "after the end" not in written(tmp_path / "another")

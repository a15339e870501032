"""An error nobody caught is written down without secrets, and the person is told."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tchat_desktop.platform.crash import CrashReports
from tchat_desktop.platform.logs import Redaction

CANARY = "CaNaRy7yhQ2kVnP0zzTopSecretValue"


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    """Python's own hooks come back after each test."""
    main, worker = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = main, worker


@pytest.fixture
def told() -> list[BaseException]:
    return []


@pytest.fixture
def redaction() -> Redaction:
    return Redaction()


@pytest.fixture
def crashes(tmp_path: Path, redaction: Redaction, told: list[BaseException]) -> CrashReports:
    crashes = CrashReports(tmp_path / "crashes", redaction, told.append)
    crashes.install()
    return crashes


def raised(error: BaseException) -> BaseException:
    """The error with a trace, as it is when it was raised."""
    try:
        raise error
    except BaseException as caught:
        return caught


def uncaught(error: BaseException) -> None:
    caught = raised(error)
    sys.excepthook(type(caught), caught, caught.__traceback__)


def reports(tmp_path: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted((tmp_path / "crashes").glob("*.txt"))]


def test_an_error_of_the_main_thread_is_written_and_told(
    crashes: CrashReports, told: list[BaseException], tmp_path: Path
) -> None:
    error = ValueError("impossible: été")
    uncaught(error)
    assert told == [error]
    (report,) = reports(tmp_path)
    assert "Traceback" in report
    assert "ValueError: impossible: été" in report


def test_an_error_of_a_worker_thread_is_written_and_told(
    crashes: CrashReports, told: list[BaseException], tmp_path: Path
) -> None:
    error = RuntimeError("in the worker")

    def fail() -> None:
        raise error

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert told == [error]
    assert "RuntimeError: in the worker" in reports(tmp_path)[0]


def test_reports_hold_no_secrets(
    crashes: CrashReports,
    redaction: Redaction,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    redaction.learn(CANARY)
    with caplog.at_level(logging.DEBUG):
        uncaught(ValueError(f"{CANARY} refused, oauth_token=hunter2hunter2"))
    (report,) = reports(tmp_path)
    for text in (report, caplog.text):
        assert CANARY not in text
        assert "hunter2hunter2" not in text
        assert "[hidden] refused" in text


def test_the_cause_of_an_error_is_in_the_report_and_clean(
    crashes: CrashReports, redaction: Redaction, tmp_path: Path
) -> None:
    error = ValueError("outer")
    error.__cause__ = raised(OSError(f"Authorization: Bearer {CANARY}"))
    uncaught(error)
    (report,) = reports(tmp_path)
    assert "OSError" in report
    assert CANARY not in report


def test_two_errors_make_two_reports(crashes: CrashReports, tmp_path: Path) -> None:
    uncaught(ValueError("one"))
    uncaught(ValueError("two"))
    assert len(reports(tmp_path)) == 2


class Watch:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.at = 100.0

    def seconds(self) -> float:
        return self.at


def again_and_again(crashes: CrashReports, error: str, times: int) -> None:
    for _time in range(times):
        uncaught(ValueError(error))


def test_what_fails_without_end_makes_one_report_and_is_told_once(
    redaction: Redaction, told: list[BaseException], tmp_path: Path
) -> None:
    watch = Watch()
    crashes = CrashReports(tmp_path / "crashes", redaction, told.append, watch.seconds)
    crashes.install()
    for _second in range(20):
        again_and_again(crashes, "every second", 150)
        watch.at += 1
    assert len(reports(tmp_path)) == 1
    assert len(told) == 1


def test_what_fails_again_later_is_told_again_in_the_same_report(
    redaction: Redaction, told: list[BaseException], tmp_path: Path
) -> None:
    watch = Watch()
    crashes = CrashReports(tmp_path / "crashes", redaction, told.append, watch.seconds)
    crashes.install()
    again_and_again(crashes, "a button that fails", 1)
    watch.at += 30
    again_and_again(crashes, "a button that fails", 1)
    assert len(reports(tmp_path)) == 1
    assert len(told) == 2


def test_an_error_that_was_caught_is_noted_and_not_told(
    crashes: CrashReports, redaction: Redaction, told: list[BaseException], tmp_path: Path
) -> None:
    redaction.learn(CANARY)
    details = crashes.note(raised(ValueError(f"{CANARY} in a page")))
    assert "ValueError: [hidden] in a page" in details
    assert len(reports(tmp_path)) == 1
    assert told == []


def test_a_report_that_cannot_be_written_is_still_told(
    redaction: Redaction, told: list[BaseException], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    crashes = CrashReports(tmp_path / "file" / "crashes", redaction, told.append)
    crashes.install()
    error = ValueError("no room")
    uncaught(error)
    assert told == [error]
    assert crashes.write(error) is None


def test_ctrl_c_ends_the_app_without_a_report(
    crashes: CrashReports,
    told: list[BaseException],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    uncaught(KeyboardInterrupt())
    assert told == []
    assert reports(tmp_path) == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_thread_that_ends_itself_is_no_crash(
    crashes: CrashReports, told: list[BaseException], tmp_path: Path
) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    assert told == []
    assert reports(tmp_path) == []

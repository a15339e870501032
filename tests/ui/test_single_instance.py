"""A second start brings the first one forward, with the file it was given."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from tchat_desktop.start import single_instance
from tchat_desktop.start.second_start import ask_again, begin, take_lock
from tchat_desktop.start.single_instance import LONGEST_LINE, TAKEN, FirstInstance, new_word
from tests.ui.events import deliver
from tests.ui.starts import hand_over, second_start


@pytest.fixture
def owner() -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)


def heard(first: FirstInstance) -> list[str]:
    """What later starts hand over, as it comes."""
    files: list[str] = []
    first.started_again.connect(files.append)
    return files


def test_nobody_answers_before_the_first_start(tmp_path: Path) -> None:
    assert not hand_over(tmp_path, None)


def test_a_second_start_is_noticed(tmp_path: Path, owner: QObject, qtbot: QtBot) -> None:
    files = heard(FirstInstance(tmp_path, owner))
    assert hand_over(tmp_path, None)
    qtbot.waitUntil(lambda: bool(files))
    assert files == [""]


@pytest.mark.parametrize("name", ["a.tchat", "été à Thiès.tchat", "# 100 % «vrai».tchat"])
def test_its_file_is_handed_over_whole(
    tmp_path: Path, owner: QObject, qtbot: QtBot, name: str
) -> None:
    files = heard(FirstInstance(tmp_path, owner))
    assert hand_over(tmp_path, tmp_path / name)
    qtbot.waitUntil(lambda: bool(files))
    assert files == [str(tmp_path / name)]


def test_a_relative_file_is_the_one_of_the_second_start(
    tmp_path: Path, owner: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = heard(FirstInstance(tmp_path, owner))
    monkeypatch.chdir(tmp_path)
    assert hand_over(tmp_path, Path("chat.tchat"))
    qtbot.waitUntil(lambda: bool(files))
    assert files == [str(tmp_path / "chat.tchat")]


def test_the_open_window_may_come_to_the_front_before_it_is_told(tmp_path: Path) -> None:
    """Windows lets the process in front hand that on, and nobody take it."""
    server = QLocalServer()
    assert server.listen(single_instance._name(tmp_path))
    told: list[QLocalSocket] = []

    def make_way() -> None:
        assert server.waitForNewConnection(1000)
        told.append(server.nextPendingConnection())
        assert not told[0].bytesAvailable()

    assert not single_instance.hand_over(tmp_path, None, "word", 0.2, make_way)
    (socket,) = told
    assert socket.canReadLine() or socket.waitForReadyRead(1000)
    assert socket.readLine().data() == b"word \n"
    server.close()


def test_nobody_makes_way_where_no_window_is_open(tmp_path: Path) -> None:
    ways: list[bool] = []
    assert not single_instance.hand_over(tmp_path, None, "word", 0.2, lambda: ways.append(True))
    assert ways == []


def test_many_starts_are_all_heard(tmp_path: Path, owner: QObject, qtbot: QtBot) -> None:
    files = heard(FirstInstance(tmp_path, owner))
    for number in range(8):
        assert hand_over(tmp_path, tmp_path / f"{number}.tchat")
    qtbot.waitUntil(lambda: len(files) == 8)
    assert sorted(Path(file).stem for file in files) == [str(number) for number in range(8)]


def test_a_path_that_comes_in_pieces_is_heard_once_and_whole(
    tmp_path: Path, owner: QObject, qtbot: QtBot
) -> None:
    files = heard(FirstInstance(tmp_path, owner))
    socket = QLocalSocket()
    socket.connectToServer(single_instance._name(tmp_path))
    assert socket.waitForConnected(1000)
    path = "/média/" + "x" * 3000 + ".tchat"
    whole = b"word " + path.encode() + b"\n"
    # In the midst of a letter of two bytes.
    for piece in (whole[:3], whole[3:1500], whole[1500:]):
        socket.write(piece)
        socket.waitForBytesWritten(1000)
        deliver()
    qtbot.waitUntil(lambda: bool(files))
    qtbot.waitUntil(socket.canReadLine)
    assert socket.readLine().data() == TAKEN
    socket.disconnectFromServer()
    deliver()
    assert files == [path]


def test_a_start_that_repeats_itself_opens_its_file_once(
    tmp_path: Path, owner: QObject, qtbot: QtBot
) -> None:
    files = heard(FirstInstance(tmp_path, owner))
    word = new_word()
    for _ in range(3):
        assert hand_over(tmp_path, tmp_path / "a.tchat", word)
    assert hand_over(tmp_path, tmp_path / "a.tchat")
    assert files == [str(tmp_path / "a.tchat")] * 2


def test_who_sends_without_end_is_not_listened_to(
    tmp_path: Path, owner: QObject, qtbot: QtBot
) -> None:
    files = heard(FirstInstance(tmp_path, owner))
    socket = QLocalSocket()
    socket.connectToServer(single_instance._name(tmp_path))
    assert socket.waitForConnected(1000)
    socket.write(b"x" * (LONGEST_LINE * 3))
    gone = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: socket.state() == gone)
    assert files == []
    assert hand_over(tmp_path, None)


PROGRAM = """
import sys, threading, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from tchat_desktop.start.single_instance import FirstInstance
app = QCoreApplication([])
first = FirstInstance(Path(sys.argv[1]), app)
first.started_again.connect(lambda path: print("heard", path, flush=True))
def work():
    print("busy", flush=True)
    time.sleep(float(sys.argv[2]))
QTimer.singleShot(0, work)
app.exec()
"""


@pytest.mark.parametrize("busy", [0.0, 0.8, 2.5])
def test_a_busy_window_of_another_process_hears_of_the_file(tmp_path: Path, busy: float) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(busy)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "busy\n"
        second = second_start(tmp_path, tmp_path / "été.tchat")
        assert second.wait(60) == 0
        assert first.stdout.readline() == f"heard {tmp_path / 'été.tchat'}\n"
    finally:
        first.kill()
        first.wait()
        assert first.stdout is not None
        first.stdout.close()


# --- where nobody answers ----------------------------------------------------------------------


def test_a_window_that_does_not_listen_is_told_of_and_not_called_a_success(tmp_path: Path) -> None:
    lock = take_lock(tmp_path)
    asked: list[Path | None] = []

    def ask(file: Path | None) -> bool:
        asked.append(file)
        return len(asked) < 3

    file = tmp_path / "a.tchat"
    assert begin(tmp_path, file, ask, patience=0.0) == (None, 1)
    assert asked == [file] * 3
    assert lock is not None
    lock.unlock()


def test_a_busy_window_that_takes_too_long_is_told_of(
    tmp_path: Path, qapp: QCoreApplication
) -> None:
    lock = take_lock(tmp_path)
    server = QLocalServer()
    assert server.listen(single_instance._name(tmp_path))
    assert begin(tmp_path, None, lambda _file: False, patience=0.2) == (None, 1)
    server.close()
    assert lock is not None
    lock.unlock()


def test_where_the_window_has_gone_meanwhile_this_one_opens(tmp_path: Path) -> None:
    former = take_lock(tmp_path)
    assert former is not None

    def ask(_file: Path | None) -> bool:
        former.unlock()
        return True

    lock, code = begin(tmp_path, None, ask, patience=0.0)
    assert lock is not None
    assert code == 0
    assert take_lock(tmp_path) is None
    lock.unlock()


def test_without_a_screen_it_is_said_on_the_console(
    qapp: QCoreApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask_again(Path("été.tchat")) is False
    assert "été.tchat" in capsys.readouterr().err


def test_who_connects_and_says_nothing_opens_nothing(
    tmp_path: Path, owner: QObject, qtbot: QtBot
) -> None:
    files = heard(FirstInstance(tmp_path, owner))
    for said in (b"", b"half a pa"):
        socket = QLocalSocket()
        socket.connectToServer(single_instance._name(tmp_path))
        assert socket.waitForConnected(1000)
        socket.write(said)
        socket.flush()
        socket.disconnectFromServer()
    assert hand_over(tmp_path, tmp_path / "good.tchat")
    qtbot.waitUntil(lambda: bool(files))
    assert files == [str(tmp_path / "good.tchat")]


def test_starts_on_other_data_are_another_app(tmp_path: Path, owner: QObject, qtbot: QtBot) -> None:
    files = heard(FirstInstance(tmp_path / "one", owner))
    assert not hand_over(tmp_path / "two", None)
    # The same folder by another way is the same app.
    assert hand_over(tmp_path / "two" / ".." / "one", None)
    qtbot.waitUntil(lambda: bool(files))


def test_what_a_crash_left_behind_is_cleared_away(
    tmp_path: Path, owner: QObject, qtbot: QtBot
) -> None:
    # A socket file nobody listens to, as a killed process leaves it.
    left = QLocalServer()
    left.listen(single_instance._name(tmp_path))
    leftover = Path(left.fullServerName())
    left.close()
    if not leftover.parent.is_dir():
        pytest.skip("this system leaves nothing behind")
    leftover.write_bytes(b"")
    assert not hand_over(tmp_path, None)
    files = heard(FirstInstance(tmp_path, owner))
    assert hand_over(tmp_path, None)
    qtbot.waitUntil(lambda: bool(files))


def test_only_the_same_person_may_connect(tmp_path: Path, owner: QObject) -> None:
    first = FirstInstance(tmp_path, owner)
    server = first.findChild(QLocalServer)
    options = server.socketOptions()
    assert options & QLocalServer.SocketOption.UserAccessOption
    assert not options & QLocalServer.SocketOption.OtherAccessOption

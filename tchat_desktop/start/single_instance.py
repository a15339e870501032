"""Keeps to one window for each data directory: a second start gives its file to the first one.

The second start sends one line, a word of its own and the path; the first one answers when it has
read it. A second start that repeats itself, as the answer came too late, is known by its word, so
that the file is opened once.
"""

from __future__ import annotations

import hashlib
import logging
import sys
import uuid
from collections import deque
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

CONNECT_MS = 500
LONGEST_LINE = 65_536
"""The most bytes of a line; no path of any system is longer."""
LISTEN_AGAIN_MS = 5_000
TAKEN = b"taken\n"
REMEMBERED = 50
"""How many words of second starts are remembered."""
_ANY_PROCESS = 0xFFFFFFFF
"""ASFW_ANY of Windows: a local socket does not tell which process listens."""


def _name(data_dir: Path) -> str:
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:16]
    return f"tchat-desktop-{digest}"


def new_word() -> str:
    """A new random word by which a second start is known when it repeats itself."""
    return uuid.uuid4().hex


def let_come_forward() -> None:
    """Hand on the right to be in front, which Windows gives to what the person just started.

    A window that comes forward without it only flashes in the taskbar.
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)


def hand_over(
    data_dir: Path,
    file: Path | None,
    word: str,
    seconds: float,
    make_way: Callable[[], None] = let_come_forward,
) -> bool:
    """Give a file (or None) to the window open on this data; returns whether it has taken it.

    It waits up to `seconds` for a window that is busy, but not for one that does not listen. That
    window comes to the front when it has read the message, so `make_way` is called before.
    """
    until = monotonic() + seconds
    socket = QLocalSocket()
    socket.connectToServer(_name(data_dir))
    if not socket.waitForConnected(CONNECT_MS):
        return False
    make_way()
    socket.write(f"{word} {file.resolve() if file else ''}\n".encode("utf-8", "surrogateescape"))
    while not socket.canReadLine():
        left = int((until - monotonic()) * 1000)
        if left <= 0 or not socket.waitForReadyRead(left):
            break
    taken = socket.canReadLine() and socket.readLine().data() == TAKEN
    socket.abort()
    return taken


class FirstInstance(QObject):
    """Listens for later starts on the same data."""

    started_again = Signal(str)
    """Emitted with the path of the file to open, or ""."""

    def __init__(self, data_dir: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._name = _name(data_dir)
        self._known: deque[str] = deque(maxlen=REMEMBERED)
        self._server = QLocalServer(self)
        # Only the same user may connect, on a computer that several people share.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        self._again = QTimer(self, singleShot=True, interval=LISTEN_AGAIN_MS)
        self._again.timeout.connect(self._listen)
        self._listen()

    def close(self) -> None:
        """Stop listening."""
        self._again.stop()
        self._server.close()

    def _listen(self) -> None:
        # A killed app leaves its socket behind.
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            # A second start then tells the person that the window does not answer.
            log.warning("not listening for later starts: %s", self._server.errorString())
            self._again.start()

    def _on_connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(LONGEST_LINE)
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(socket.deleteLater)
            # Data that came before the signal was connected.
            self._read(socket)

    def _on_ready(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        # A line may come in pieces.
        if not socket.canReadLine():
            if socket.bytesAvailable() >= LONGEST_LINE:
                socket.abort()
            return
        line = bytes(socket.readLine().data()).decode("utf-8", "surrogateescape").rstrip("\n")
        word, space, path = line.partition(" ")
        if not space:
            return
        if word not in self._known:
            self._known.append(word)
            self.started_again.emit(path)
        socket.write(TAKEN)
        socket.flush()

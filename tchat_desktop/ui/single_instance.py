"""One window per data directory: a second start brings the first one forward instead."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 500


def _name(data_dir: Path) -> str:
    digest = hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:16]
    return f"tchat-desktop-{digest}"


def hand_over(data_dir: Path, file: Path | None) -> bool:
    """Give a file (or nothing) to the app already running on this data; False if none is."""
    socket = QLocalSocket()
    socket.connectToServer(_name(data_dir))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(str(file.resolve() if file else "").encode() + b"\n")
    socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return True


class FirstInstance(QObject):
    """Listens for later starts on the same data."""

    started_again = Signal(str)
    """With the path of the file to open, or an empty text."""

    def __init__(self, data_dir: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        # Only the same person may talk to it, on a laptop that several people share.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(data_dir))
        self._server.listen(_name(data_dir))
        self._server.newConnection.connect(self._on_connected)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _on_connected(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(self._on_ready)
        socket.disconnected.connect(socket.deleteLater)

    def _on_ready(self) -> None:
        socket = self.sender()
        # A path may come in pieces: it is whole when its line ends.
        if socket.canReadLine():
            line = socket.readLine().data().decode("utf-8", "replace")
            self.started_again.emit(line.rstrip("\n"))

"""The host of version.json on this machine, over TLS, honest or hostile.

with VersionServer(authority.context("localhost")) as server:
    server.respond = answered(b"{}")
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from types import TracebackType

from tests.fakes.certificates import Authority

Respond = Callable[["VersionServer", ssl.SSLSocket], None]
PATH = "/tchat/version.json"


def answered(body: bytes, status: str = "200 OK", *headers: str) -> Respond:
    """An answer of HTTP, whole."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", "")
    return sent("\r\n".join(lines).encode() + body)


def sent(raw: bytes) -> Respond:
    """Bytes as they are, and the end."""

    def respond(_server: VersionServer, connection: ssl.SSLSocket) -> None:
        connection.sendall(raw)

    return respond


def dripping(head: bytes, drop: bytes) -> Respond:
    """Something that never ends, a little at a time."""

    def respond(server: VersionServer, connection: ssl.SSLSocket) -> None:
        connection.sendall(head)
        while not server.closing.wait(0.02):
            connection.sendall(drop)

    return respond


def flowing(head: bytes, piece: bytes) -> Respond:
    """Something that never ends, as fast as it is taken."""

    def respond(server: VersionServer, connection: ssl.SSLSocket) -> None:
        connection.sendall(head)
        while not server.closing.is_set():
            connection.sendall(piece)

    return respond


class VersionServer:
    """Keeps what it was asked, byte by byte, and answers with `respond`."""

    def __init__(self, authority: Authority) -> None:
        self._context = authority.context("localhost")
        self.respond: Respond = answered(b"{}")
        self.requests: list[bytes] = []
        self.connections = 0
        """How many came, whether they asked anything or not."""
        self.closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._listen, name="version-server")]

    @property
    def host(self) -> str:
        """Its name and port."""
        return f"localhost:{self._listener.getsockname()[1]}"

    @property
    def address(self) -> str:
        """The address of its file."""
        return f"https://{self.host}{PATH}"

    def __enter__(self) -> VersionServer:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        # Closing alone does not end an accept that waits.
        with contextlib.suppress(OSError), socket.create_connection(self._listener.getsockname()):
            pass
        for thread in self._threads:
            thread.join(20)
        self._listener.close()

    def _listen(self) -> None:
        for plain in self._accepted():
            thread = threading.Thread(target=self._serve, args=(plain,), name="version-answer")
            self._threads.append(thread)
            thread.start()

    def _accepted(self) -> Iterator[socket.socket]:
        while True:
            plain, _whence = self._listener.accept()
            if self.closing.is_set():
                plain.close()
                return
            self.connections += 1
            yield plain

    def _serve(self, plain: socket.socket) -> None:
        plain.settimeout(10)
        with (
            contextlib.suppress(OSError),
            plain,
            self._context.wrap_socket(plain, server_side=True) as connection,
        ):
            asked = b""
            while not asked.endswith(b"\r\n\r\n"):
                piece = connection.recv(4096)
                if not piece:
                    return
                asked += piece
            self.requests.append(asked)
            self.respond(self, connection)

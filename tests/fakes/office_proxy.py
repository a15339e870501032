"""The proxy of an office on this machine: it opens tunnels or refuses to, and keeps all it saw.

with OfficeProxy(server.port) as proxy:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
"""

from __future__ import annotations

import contextlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


class OfficeProxy:
    """Every tunnel leads to `port` of this machine, whatever was asked for."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.status = 200
        """What CONNECT is answered."""
        self.asked: list[tuple[str, dict[str, str]]] = []
        """Where tunnels were wanted to, with the headers that came along."""
        self.seen = b""
        """Every byte that passed, and every request line and header."""
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """Its address, as settings have it."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> OfficeProxy:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Http(ThreadingHTTPServer):
    owner: OfficeProxy
    daemon_threads = False
    block_on_close = True


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    timeout = 10
    rbufsize = 0
    raw_requestline: bytes
    """Set by the base class, whose stubs do not tell."""

    def do_CONNECT(self) -> None:
        """Open a tunnel, or say why not."""
        owner = self.server.owner
        owner.seen += self.raw_requestline + self.headers.as_bytes()
        owner.asked.append((self.path, dict(self.headers.items())))
        self.close_connection = True
        if owner.status != 200:
            self.send_response(owner.status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        with socket.create_connection(("127.0.0.1", owner.port)) as inner:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=self._pass, args=(inner, self.connection))
            back.start()
            self._pass(self.connection, inner)
            back.join()

    def do_GET(self) -> None:
        """Nothing but tunnels is asked of it: whoever does shows what should be hidden."""
        self.server.owner.seen += self.raw_requestline + self.headers.as_bytes()
        self.send_error(400)

    do_POST = do_HEAD = do_GET

    def _pass(self, come: socket.socket, go: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := come.recv(65536):
                self.server.owner.seen += piece
                go.sendall(piece)
        with contextlib.suppress(OSError):
            go.shutdown(socket.SHUT_WR)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

"""A local web server to which the browser brings X's answer to a sign-in (OAuth 2.0 redirect)."""

from __future__ import annotations

import html
import os
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from tchat_desktop.domain.account_keys import SignInProblem
from tchat_desktop.services.ports import SignInError

HOST = "127.0.0.1"
PATH = "/callback"
_LOOK_EVERY = 0.2
_SLOWEST = 2.0
"""The most seconds to wait for a request on a connection; browsers open some without using them."""

AnswerFields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of the page that the browser shows at the end, in the language of the screens."""

    language: str
    direction: str
    """"ltr" or "rtl"."""
    title: str
    received: str
    """Shown when X's answer arrived."""
    not_received: str
    """Shown when the request was not X's answer to this sign-in."""


class HandOver:
    """Listens on the loopback address for one answer."""

    PORTS = (8734, 18734, 28734)

    def __init__(self, words: Words, ports: tuple[int, ...] = PORTS) -> None:
        self._words = words
        self._ports = ports
        self._server: _Server | None = None
        self.address = ""
        """The address to which X is to redirect the browser; "" before `open`."""

    def open(self) -> None:
        """Listen on the first port that is free. Raises SignInError if none is."""
        for port in self._ports:
            try:
                self._server = _Server(port, self._words)
            except OSError:
                continue
            self.address = f"http://{self._server.host}{PATH}"
            return
        raise SignInError(SignInProblem.PORT_TAKEN, f"{self._ports}")

    def wait(
        self, until: float, stop: threading.Event, is_ours: Callable[[AnswerFields], bool]
    ) -> AnswerFields:
        """Wait for the answer for which `is_ours` is true, and return its fields.

        `until` is a time of `time.monotonic`, and `stop` ends the wait too. Any other request, such
        as one by a page in the browser, is refused and ignored. Raises SignInError.
        """
        assert self._server is not None
        self._server.is_ours = is_ours
        while self._server.answer is None:
            if stop.is_set():
                raise SignInError(SignInProblem.STOPPED)
            if time.monotonic() >= until:
                raise SignInError(SignInProblem.TIMED_OUT)
            self._server.handle_request()
        return self._server.answer

    def close(self) -> None:
        """Stop listening, which frees the port."""
        if self._server is not None:
            self._server.server_close()
            self._server = None


class _Server(socketserver.TCPServer):
    """The local server, which keeps the first answer for which `is_ours` is true."""

    # On Windows this option would let another program listen on the same port.
    allow_reuse_address = os.name == "posix"
    timeout = _LOOK_EVERY

    def __init__(self, port: int, words: Words) -> None:
        self.words = words
        self.answer: AnswerFields | None = None
        self.is_ours: Callable[[AnswerFields], bool] = lambda _answer: False
        super().__init__((HOST, port), _Handler)
        self.host = f"{HOST}:{self.server_address[1]}"

    def server_bind(self) -> None:
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        if exclusive is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        super().server_bind()

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore a browser that closes the connection early."""


class _Handler(BaseHTTPRequestHandler):
    """Handles one request of the browser."""

    server: _Server
    timeout = _SLOWEST
    server_version = "TchatDesktop"
    sys_version = ""

    def do_GET(self) -> None:
        """Take the answer, if the request has the expected path and host; refuse any other."""
        parts = urlsplit(self.path)
        # Another host means a web page that reaches this server by a DNS name of its own.
        if parts.path != PATH or self.headers.get("Host") != self.server.host:
            self._say(404, "")
            return
        answer = dict(parse_qsl(parts.query))
        ours = self.server.is_ours(answer)
        self._say(200 if ours else 400, _page(self.server.words, ours))
        if ours:
            self.server.answer = answer

    def _say(self, status: int, page: str) -> None:
        content = page.encode("utf-8")
        self.send_response(status)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(content))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing, because the address holds the secret answer."""


def _page(words: Words, ours: bool) -> str:
    """The page that the browser shows at the end, as HTML."""
    title = html.escape(words.title)
    said = html.escape(words.received if ours else words.not_received)
    style = (
        "body{font:1.25rem/1.6 system-ui,sans-serif;max-width:32rem;margin:15vh auto;"
        "padding:0 1rem;background:Canvas;color:CanvasText;color-scheme:light dark}"
    )
    return (
        f'<!doctype html><html lang="{html.escape(words.language)}" '
        f'dir="{html.escape(words.direction)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{style}</style><h1>{title}</h1><p>{said}</p></html>\n"
    )

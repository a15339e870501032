"""A stand-in for X on this machine, which keeps what is posted and misbehaves when told to.

    with XServer() as server:
        client = XClient(server.keys, server.url)
        server.fail("POST /2/tweets", x_faults.DROP_AFTER)

`python -m tests.fakes.x_server --port 8900` runs it alone. Each request and answer is checked
against X's OpenAPI document when that is there (`server.checked`); what does not fit is in
`server.violations`.
"""

from __future__ import annotations

import argparse
import contextlib
import email.parser
import json
import socket
import ssl
import struct
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from tchat_desktop.domain.account_keys import FourKeys, OAuth2Tokens
from tests.fakes import x_faults, x_openapi, x_world
from tests.fakes.x_api import Api
from tests.fakes.x_faults import Fault, Trouble
from tests.fakes.x_sign_in import Answer, Request
from tests.fakes.x_world import Token, World, XPost, invalid

CONSUMER = ("ConsumerKeyOfTheTests0001", "ConsumerSecretOfTheTests000000000000000000000000001")
CLIENT_ID = "client-of-the-tests"
ACCESS_SECRET = "AccessSecretOfTheTests00000000000000000000001"


class XServer:
    """Serves from `__enter__` to `__exit__`. Faults, clock and world may be changed meanwhile."""

    def __init__(
        self,
        port: int = 0,
        handle: str = "tchat_orga",
        name: str = "Équipe du tchat",
        tls: ssl.SSLContext | None = None,
        world_now: Callable[[], float] | None = None,
    ) -> None:
        """`world_now` (Unix seconds) says when things are posted, in a chat by a clock of its own;
        signatures go by the wall's all the same."""
        self.clock_ahead = 0.0
        """Seconds X's clock is ahead of this machine's."""
        self.world = World(world_now or self.wall)
        self.user = self.world.user(handle, name)
        self.api = Api(self.world, self.wall)
        self.api.sign_in.owner = self.user
        self.api.consumers[CONSUMER[0]] = CONSUMER[1]
        self.trouble = Trouble()
        self.requests: list[Request] = []
        """Every request that arrived whole, in order."""
        self.violations: list[str] = []
        document = x_openapi.document()
        self.checked = document is not None
        self._document = document
        self.stopping = threading.Event()
        self.keys = self.new_keys()
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.owner = self
        self.scheme = "https" if tls else "http"
        if tls:
            self._http.socket = tls.wrap_socket(
                self._http.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread: threading.Thread | None = None

    def wall(self) -> float:
        """The clock that X signs and dates its answers by, in Unix seconds."""
        return time.time() + self.clock_ahead

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """The address, as --x-api-url takes it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def posts(self) -> list[XPost]:
        """What the account posted and did not delete, oldest first; no reposts."""
        return [post for post in self._own() if not post.repost_of]

    @property
    def reposts(self) -> list[XPost]:
        """What the account reposted, oldest first."""
        return [post for post in self._own() if post.repost_of]

    def texts(self) -> list[str]:
        """The texts of the account's posts as they were sent."""
        return [post.sent for post in self.posts]

    def new_keys(self, access: str = "read-write") -> FourKeys:
        """Four keys that work; `access` may be "read"."""
        token = f"{self.user.id}-AccessTokenOfTheTests{len(self.api.tokens):09}"
        self.api.tokens[token] = Token(self.user, ACCESS_SECRET, access)
        return FourKeys(*CONSUMER, token, ACCESS_SECRET)

    def new_tokens(self, lifetime: float = 7200.0) -> OAuth2Tokens:
        """OAuth 2.0 tokens that work."""
        expires_at = self.world.now() + lifetime
        access = f"bearer-of-the-tests-{len(self.api.bearers)}"
        refresh = f"refresh-of-the-tests-{len(self.api.refreshes)}"
        self.api.bearers[access] = Token(
            self.user, access="tweet.write tweet.read", expires_at=expires_at
        )
        self.api.refreshes[refresh] = self.user
        return OAuth2Tokens(access, refresh, datetime.fromtimestamp(expires_at, UTC), CLIENT_ID)

    def fail(self, route: str, *faults: Fault) -> None:
        """The next requests to a route such as "POST /2/tweets" fail so, in that order."""
        self.trouble.queue(route, *faults)

    def count(self, route: str) -> int:
        """How many requests to a route arrived."""
        return sum(self.api.route(one.method, one.path) == route for one in self.requests)

    def serve(self) -> None:
        """Serve in this thread until `close`."""
        self._http.serve_forever(poll_interval=0.02)

    def close(self) -> None:
        """End every request under way and let go of the port."""
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()

    def __enter__(self) -> XServer:
        self._thread = threading.Thread(target=self.serve, name="x-server")
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        assert self._thread is not None
        self._thread.join()

    def answer(self, request: Request) -> Answer:
        """Carry a request out, and note what X's document does not know of."""
        document = self._document if self.api.edition == "posts" else None
        documented = document is not None and request.path.startswith("/2/")
        documented = documented and request.path != "/2/oauth2/token"
        if document and documented:
            self.violations += document.request_faults(
                request.method, request.path, request.query, _as_texts(request.body)
            )
        try:
            answer = self.api.answer(request)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            answer = Answer(invalid(f"{type(error).__name__}: {error}").body, 400)
        if document and documented:
            self.violations += document.answer_faults(
                request.method, request.path, answer.status, answer.body
            )
        return answer

    def _own(self) -> list[XPost]:
        return self.world.of(self.user.id)[::-1]


class _Http(ThreadingHTTPServer):
    owner: XServer
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError | ssl.SSLError):
            self.owner.violations.append(f"the server failed: {sys.exc_info()[1]!r}")


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    protocol_version = "HTTP/1.1"
    server_version = "fake-x"
    sys_version = ""
    timeout = 10
    wbufsize = -1
    METHODS: ClassVar = ("GET", "POST", "DELETE")

    def do_GET(self) -> None:
        """Any method is served alike."""
        owner = self.server.owner
        self.close_connection = True
        request = self._request()
        owner.requests.append(request)
        route = owner.api.route(request.method, request.path)
        fault = owner.trouble.next(route)
        if fault is not None and fault.latency:
            owner.stopping.wait(fault.latency)
        answer = owner.answer(request) if fault is None or fault.answers else Answer()
        if fault is None:
            self._send(answer.status, _encoded(answer), answer.kind, answer.headers)
        elif fault.drops:
            self._drop()
        elif fault.status:
            self._send(fault.status, fault.body, _kind(fault.body), self._headers_of(fault))
        else:
            self._send_badly(answer, fault)

    do_POST = do_DELETE = do_GET

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        made = Request(
            method=self.command,
            path=parts.path,
            url=f"{self.server.owner.scheme}://{self.headers.get('Host')}{self.path}",
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers=dict(self.headers.items()),
        )
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.headers.get("Content-Type", "")
        if not content:
            return made
        if kind.startswith("application/json"):
            made.body = json.loads(content)
        elif kind.startswith("application/x-www-form-urlencoded"):
            made.form = parse_qsl(content.decode(), keep_blank_values=True)
            made.body = dict(made.form)
        elif kind.startswith("multipart/form-data"):
            made.body = _multipart(kind, content)
        return made

    def _headers_of(self, fault: Fault) -> dict[str, str]:
        headers = dict(fault.headers)
        if fault.reset_in is not None:
            reset = int(self.server.owner.world.now() + fault.reset_in)
            headers |= {
                "x-rate-limit-limit": "100",
                "x-rate-limit-remaining": "0",
                "x-rate-limit-reset": str(reset),
            }
        return headers

    def _send(self, status: int, content: bytes, kind: str, headers: dict[str, str]) -> None:
        self._begin(status, len(content), kind, headers)
        self.wfile.write(content)

    def _begin(self, status: int, length: int, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()

    def _send_badly(self, answer: Answer, fault: Fault) -> None:
        content = _encoded(answer)
        if fault.cut:
            self._begin(answer.status, len(content), answer.kind, answer.headers)
            self.wfile.write(content[: len(content) // 2])
            return
        self._begin(answer.status, len(content), answer.kind, answer.headers)
        for byte in content:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if fault.drip and self.server.owner.stopping.wait(fault.drip):
                return

    def _drop(self) -> None:
        """Cut the line: the other end sees a reset, and no answer."""
        linger = struct.pack("ii", 1, 0)
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
        self.wfile = self.rfile = _Nowhere()  # type: ignore[assignment]

    def date_time_string(self, timestamp: float | None = None) -> str:
        """X's time, which may not be ours."""
        at = self.server.owner.wall() if timestamp is None else timestamp
        return formatdate(at, usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: headers would show keys."""


class _Nowhere:
    closed = True

    def flush(self) -> None:
        """Nothing is left to send."""

    def close(self) -> None:
        """It is closed."""


def _encoded(answer: Answer) -> bytes:
    if isinstance(answer.body, bytes):
        return answer.body
    if isinstance(answer.body, str):
        return answer.body.encode()
    return b"" if answer.body is None else json.dumps(answer.body).encode()


def _as_texts(body: Any) -> Any:
    """A body whose files are texts, which is how OpenAPI calls them."""
    if not isinstance(body, dict):
        return body
    return {
        name: value.decode("latin-1") if isinstance(value, bytes) else value
        for name, value in body.items()
    }


def _kind(body: bytes) -> str:
    return "text/html" if body.startswith(b"<") else "application/json"


def _multipart(kind: str, content: bytes) -> dict[str, Any]:
    """The parts by name: texts, whole numbers, and the bytes of files."""
    whole = email.parser.BytesParser().parsebytes(
        f"Content-Type: {kind}\r\n\r\n".encode() + content
    )
    found: dict[str, Any] = {}
    for part in whole.walk():
        name = part.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            continue
        raw = part.get_payload(decode=True)
        assert isinstance(raw, bytes)
        if part.get_filename() is not None:
            found[name] = raw
        else:
            text = raw.decode()
            found[name] = int(text) if text.isdigit() else text
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.x_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--search-delay", type=float, default=30.0, metavar="SECONDS")
    parser.add_argument("--list-lag", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--rewrites", action="store_true", help="drop U+00A0, write entities")
    parser.add_argument("--trouble", type=float, default=0.0, metavar="SHARE", help="0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clock-ahead", type=float, default=0.0, metavar="SECONDS")
    chosen = parser.parse_args(arguments)
    server = XServer(chosen.port)
    server.api.search_delay = chosen.search_delay
    server.clock_ahead = chosen.clock_ahead
    server.world.list_lag = chosen.list_lag
    server.world.keeps = x_world.rewritten if chosen.rewrites else x_world.as_sent
    if chosen.trouble:
        server.trouble.at_random(chosen.seed, chosen.trouble, x_faults.RECOVERABLE)
    print(f"X (fake) listens on {server.url}")
    print("checked against X's document" if server.checked else "X's document is not here")
    print("\n".join(server.keys.secrets()), flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve()
    server._http.server_close()
    for post in server.posts:
        print(f"{post.created_at:%H:%M:%S} {post.sent!r}")
    for violation in server.violations:
        print(f"violation: {violation}")
    return 1 if server.violations else 0


if __name__ == "__main__":
    sys.exit(main())

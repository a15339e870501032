"""Signing in: the number on X's page, the browser's hand-over, and renewing an access."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import logging
import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1
from oauthlib.oauth1.rfc5849 import signature as oauth1

from tchat_desktop.adapters.x.hand_over import HandOver, Words
from tchat_desktop.adapters.x.sign_in import (
    SCOPES,
    XBrowserSignIn,
    XPinSignIn,
    refresh,
)
from tchat_desktop.domain.account_keys import FourKeys, OAuth2Tokens, SignInProblem
from tchat_desktop.services.ports import SignInError

NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)
APP = ("consumerKeyCanary00", "consumerSecretCanary")
PIN = "4815162"
WORDS = Words("fr", "ltr", "Tchat <Desktop>", "Revenez & continuez", "Recommencez <ici>")
TOKENS = OAuth2Tokens("access-canary-1", "refresh-canary-1", NOW, "client-id")
CANARIES = (
    *APP,
    "requestSecretCanary",
    "accessSecretCanary",
    "canary-1",
    "canary-2",
    "code-canary",
)

Reply = tuple[int, str]
LOST = (0, "")
"""The connection ends without an answer."""


class Stub:
    """The part of X that signs in, with what a test wants it to say."""

    def __init__(self) -> None:
        self.replies: dict[str, Callable[[dict[str, str]], Reply]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                fields = {name: each[0] for name, each in parse_qs(body).items()}
                fields |= signed_fields(self.headers.get("Authorization", ""))
                stub.asked.append((self.path, fields))
                status, said = stub.replies[self.path](fields)
                if (status, said) == LOST:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Length", str(len(said.encode())))
                self.end_headers()
                self.wfile.write(said.encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def signed_fields(header: str) -> dict[str, str]:
    if not header.startswith("OAuth "):
        return {}
    pairs = (pair.strip().split("=", 1) for pair in header[6:].split(","))
    return {name: unquote(value.strip('"')) for name, value in pairs}


def is_signed(base: str, path: str, fields: dict[str, str], token_secret: str) -> bool:
    """Whether a request was signed with our app's secret and that of the token."""
    given = [(name, value) for name, value in fields.items() if name != "oauth_signature"]
    text = oauth1.signature_base_string(
        "POST", oauth1.base_string_uri(base + path), oauth1.normalize_parameters(given)
    )
    assert fields["oauth_signature_method"] == SIGNATURE_HMAC_SHA1
    key = f"{APP[1]}&{token_secret}".encode()
    made = base64.b64encode(hmac.new(key, text.encode(), hashlib.sha1).digest()).decode()
    return made == fields["oauth_signature"]


@pytest.fixture
def stub() -> Iterator[Stub]:
    made = Stub()
    yield made
    made.stop()


def problem_of(call: Callable[[], object]) -> SignInProblem:
    with pytest.raises(SignInError) as caught:
        call()
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    for canary in CANARIES:
        assert canary not in told
    return caught.value.problem


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


# --- the number on X's page ----------------------------------------------------------------


def pin_server(stub: Stub) -> None:
    """X as it hands out keys to who types the right number."""

    def access(fields: dict[str, str]) -> Reply:
        if fields["oauth_token"] != "request-token":
            return 401, "Request token missing"
        if fields.get("oauth_verifier") != PIN:
            return 401, "Error processing your OAuth request: Invalid oauth_verifier parameter"
        return 200, urlencode(
            {
                "oauth_token": "42-accessToken",
                "oauth_token_secret": "accessSecretCanary",
                "user_id": "42",
                "screen_name": "asso",
            }
        )

    stub.replies["/oauth/request_token"] = lambda _fields: (
        200,
        "oauth_token=request-token&oauth_token_secret=requestSecretCanary"
        "&oauth_callback_confirmed=true",
    )
    stub.replies["/oauth/access_token"] = access


def test_the_number_of_the_page_gives_the_keys(stub: Stub) -> None:
    pin_server(stub)
    signing = XPinSignIn(*APP, stub.base)
    page = urlsplit(signing.start())
    assert f"{page.scheme}://{page.netloc}{page.path}" == f"{stub.base}/oauth/authorize"
    assert parse_qs(page.query) == {"oauth_token": ["request-token"]}
    keys = signing.finish(f" {PIN[:3]} {PIN[3:]}\n")
    assert keys == FourKeys(*APP, "42-accessToken", "accessSecretCanary")
    (first, asked), (second, confirmed) = stub.asked
    assert asked["oauth_callback"] == "oob"
    assert is_signed(stub.base, first, asked, "")
    assert is_signed(stub.base, second, confirmed, "requestSecretCanary")
    assert "Canary" not in repr(signing) + repr(keys)


def test_a_wrong_number_can_be_typed_again_on_the_same_page(stub: Stub) -> None:
    pin_server(stub)
    signing = XPinSignIn(*APP, stub.base)
    signing.start()
    assert problem_of(lambda: signing.finish("1111111")) is SignInProblem.WRONG_PIN
    assert signing.finish(PIN).access_token == "42-accessToken"


def test_what_is_no_number_is_not_sent(stub: Stub) -> None:
    pin_server(stub)
    signing = XPinSignIn(*APP, stub.base)
    signing.start()
    assert problem_of(lambda: signing.finish("the PIN")) is SignInProblem.WRONG_PIN
    assert len(stub.asked) == 1


def test_a_number_that_comes_too_late_needs_another_page(stub: Stub) -> None:
    pin_server(stub)
    stub.replies["/oauth/access_token"] = lambda _fields: (
        401,
        '{"errors":[{"code":89,"message":"Invalid or expired token."}]}',
    )
    signing = XPinSignIn(*APP, stub.base)
    assert problem_of(lambda: signing.finish(PIN)) is SignInProblem.LATE_PIN
    signing.start()
    assert problem_of(lambda: signing.finish(PIN)) is SignInProblem.LATE_PIN


def test_a_number_serves_once(stub: Stub) -> None:
    pin_server(stub)
    signing = XPinSignIn(*APP, stub.base)
    signing.start()
    signing.finish(PIN)
    assert problem_of(lambda: signing.finish(PIN)) is SignInProblem.LATE_PIN


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ((401, '{"errors":[{"code":32,"message":"Could not…"}]}'), SignInProblem.KEYS_REFUSED),
        ((403, '{"errors":[{"code":415,"message":"Not approved"}]}'), SignInProblem.NOT_ALLOWED),
        ((403, '<error code="417">Desktop applications…</error>'), SignInProblem.ANSWER_LOST),
        ((403, "Desktop applications only support 'oob'"), SignInProblem.NOT_ALLOWED),
        ((429, ""), SignInProblem.NETWORK),
        ((503, "over capacity"), SignInProblem.ANSWER_LOST),
        ((302, ""), SignInProblem.ANSWER_LOST),
        ((200, "<html>Wi-Fi of the hotel</html>"), SignInProblem.ANSWER_LOST),
        ((200, ""), SignInProblem.ANSWER_LOST),
        (LOST, SignInProblem.NETWORK),
    ],
)
def test_a_page_that_cannot_be_had_says_why(
    stub: Stub, reply: Reply, problem: SignInProblem
) -> None:
    stub.replies["/oauth/request_token"] = lambda _fields: reply
    assert problem_of(XPinSignIn(*APP, stub.base).start) is problem


def test_without_a_network_nothing_is_lost() -> None:
    nowhere = f"http://127.0.0.1:{closed_port()}"
    assert problem_of(XPinSignIn(*APP, nowhere).start) is SignInProblem.NETWORK


# --- the browser hands over ----------------------------------------------------------------


class Browser:
    """The person's browser, which follows X's page back to this computer."""

    def __init__(self, page: str) -> None:
        self.asked = {name: each[0] for name, each in parse_qs(urlsplit(page).query).items()}
        self.back = urlsplit(self.asked["redirect_uri"])

    def get(self, path: str, host: str = "") -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.back.port or 0, timeout=10)
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        return answer.status, content, answer.headers

    def answers(self, **fields: str) -> tuple[int, str, http.client.HTTPMessage]:
        return self.get(f"{self.back.path}?{urlencode(fields)}")


class Signing:
    """A sign-in that waits on a thread of its own, as a worker does."""

    def __init__(self, stub: Stub, patience: float = 20.0) -> None:
        self.sign_in = XBrowserSignIn(
            "client-id", WORDS, now=lambda: NOW, api_url=stub.base, ports=(0,), patience=patience
        )
        self.browser = Browser(self.sign_in.start())
        self.stop = threading.Event()
        self.result: OAuth2Tokens | SignInError | None = None
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        try:
            self.result = self.sign_in.finish(self.stop)
        except SignInError as error:
            self.result = error

    def end(self) -> OAuth2Tokens | SignInError:
        self.thread.join(20)
        assert self.result is not None
        return self.result

    def problem(self) -> SignInProblem:
        result = self.end()
        assert isinstance(result, SignInError)
        return result.problem


def token_answer(number: int = 1, **changes: object) -> str:
    return json.dumps(
        {
            "token_type": "bearer",
            "expires_in": 7200,
            "access_token": f"access-canary-{number}",
            "refresh_token": f"refresh-canary-{number}",
            "scope": " ".join(SCOPES),
        }
        | changes
    )


def test_the_browser_hands_over_and_the_access_is_ours(stub: Stub) -> None:
    stub.replies["/2/oauth2/token"] = lambda _fields: (200, token_answer())
    signing = Signing(stub)
    asked = signing.browser.asked
    assert signing.browser.back.hostname == "127.0.0.1"
    assert asked["response_type"] == "code"
    assert asked["scope"].split() == list(SCOPES)
    assert asked["code_challenge_method"] == "S256"
    status, page, headers = signing.browser.answers(state=asked["state"], code="code-canary")
    tokens = signing.end()
    assert isinstance(tokens, OAuth2Tokens)
    assert (tokens.access_token, tokens.refresh_token) == ("access-canary-1", "refresh-canary-1")
    assert tokens.expires_at == NOW + timedelta(hours=2)
    ((_path, sent),) = stub.asked
    assert sent["code"] == "code-canary"
    assert sent["redirect_uri"] == asked["redirect_uri"]
    assert sent["client_id"] == "client-id"
    digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
    assert 43 <= len(sent["code_verifier"]) <= 128
    assert status == 200
    assert "<h1>Tchat &lt;Desktop&gt;</h1><p>Revenez &amp; continuez</p>" in page
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "canary" not in repr(signing.sign_in)


def test_every_sign_in_has_its_own_state_and_proof() -> None:
    made = [XBrowserSignIn("id", WORDS, now=lambda: NOW, ports=(0,)) for _ in range(2)]
    addresses = [each.start() for each in made]
    pages = [Browser(address).asked for address in addresses]
    assert addresses[0].startswith("https://x.com/i/oauth2/authorize?")
    for each in made:
        each.close()
    assert pages[0]["state"] != pages[1]["state"]
    assert pages[0]["code_challenge"] != pages[1]["code_challenge"]


@pytest.mark.parametrize("state", ["", "another", "ä"])
def test_an_answer_to_another_question_is_sent_away_and_ends_nothing(
    stub: Stub, state: str
) -> None:
    """Any page open on this computer can call the address; only X knows the state."""
    stub.replies["/2/oauth2/token"] = lambda _fields: (200, token_answer())
    signing = Signing(stub)
    status, page, _headers = signing.browser.answers(state=state, code="code-canary")
    assert status == 400
    assert "Recommencez &lt;ici&gt;" in page
    assert stub.asked == []
    right = signing.browser.asked["state"]
    assert signing.browser.answers(state=right, code="code-canary")[0] == 200
    assert isinstance(signing.end(), OAuth2Tokens)


def test_a_no_on_the_page_is_a_no(stub: Stub) -> None:
    signing = Signing(stub)
    signing.browser.answers(state=signing.browser.asked["state"], error="access_denied")
    assert signing.problem() is SignInProblem.DENIED
    assert stub.asked == []


def test_other_requests_do_not_end_the_waiting(stub: Stub) -> None:
    stub.replies["/2/oauth2/token"] = lambda _fields: (200, token_answer())
    signing = Signing(stub)
    browser = signing.browser
    state = browser.asked["state"]
    with socket.create_connection(("127.0.0.1", browser.back.port or 0)):
        # A browser's spare connection says nothing, and must not keep the others out for long.
        assert browser.get("/favicon.ico")[0] == 404
    assert browser.get(f"/callback?state={state}&code=x", host="evil.example")[0] == 404
    assert browser.answers(state=state, code="code-canary")[0] == 200
    assert isinstance(signing.end(), OAuth2Tokens)
    assert [fields["code"] for _path, fields in stub.asked] == ["code-canary"]


def test_nothing_of_the_address_comes_back_in_the_page(stub: Stub) -> None:
    signing = Signing(stub)
    _status, page, _headers = signing.browser.answers(
        state="<script>alert(1)</script>", error="<img src=x>"
    )
    signing.browser.answers(state=signing.browser.asked["state"], error="access_denied")
    signing.problem()
    assert "script" not in page
    assert "img" not in page


def test_giving_up_frees_the_port_at_once(stub: Stub) -> None:
    signing = Signing(stub)
    signing.stop.set()
    assert signing.problem() is SignInProblem.STOPPED
    with pytest.raises(ConnectionRefusedError):
        signing.browser.get("/callback")


def test_nobody_answers_for_ever(stub: Stub) -> None:
    assert Signing(stub, patience=0.0).problem() is SignInProblem.TIMED_OUT


def test_the_next_port_is_taken_when_one_is_not_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        place = HandOver(WORDS, (port, 0))
        place.open()
        assert place.address.startswith("http://127.0.0.1:")
        assert f":{port}/" not in place.address
        place.close()
        with pytest.raises(SignInError) as caught:
            HandOver(WORDS, (port,)).open()
    assert caught.value.problem is SignInProblem.PORT_TAKEN


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ((400, '{"error":"invalid_request","code":"code-canary"}'), SignInProblem.KEYS_REFUSED),
        ((401, '{"error":"unauthorized_client"}'), SignInProblem.NOT_ALLOWED),
        ((200, token_answer(refresh_token=None)), SignInProblem.ANSWER_LOST),
        ((200, token_answer(expires_in="soon")), SignInProblem.ANSWER_LOST),
        ((200, "[]"), SignInProblem.ANSWER_LOST),
        (LOST, SignInProblem.ANSWER_LOST),
    ],
)
def test_a_code_that_gives_no_access_says_why(
    stub: Stub, reply: Reply, problem: SignInProblem
) -> None:
    stub.replies["/2/oauth2/token"] = lambda _fields: reply
    signing = Signing(stub)
    signing.browser.answers(state=signing.browser.asked["state"], code="code-canary")
    assert signing.problem() is problem


# --- renewing ------------------------------------------------------------------------------


def test_an_access_is_renewed_with_what_renews_the_next(stub: Stub) -> None:
    stub.replies["/2/oauth2/token"] = lambda _fields: (200, token_answer(2))
    renewed = refresh(TOKENS, lambda: NOW, stub.base)
    assert renewed == OAuth2Tokens(
        "access-canary-2", "refresh-canary-2", NOW + timedelta(hours=2), "client-id"
    )
    ((_path, sent),) = stub.asked
    assert sent == {
        "grant_type": "refresh_token",
        "refresh_token": "refresh-canary-1",
        "client_id": "client-id",
    }


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ((400, '{"error":"invalid_request"}'), SignInProblem.RECONNECT),
        ((401, '{"error":"unauthorized_client"}'), SignInProblem.RECONNECT),
        ((429, ""), SignInProblem.NETWORK),
        ((503, ""), SignInProblem.ANSWER_LOST),
        ((408, "Request Timeout"), SignInProblem.ANSWER_LOST),
        ((200, "<html>"), SignInProblem.ANSWER_LOST),
        (LOST, SignInProblem.ANSWER_LOST),
    ],
)
def test_an_access_that_is_not_renewed_says_why(
    stub: Stub, reply: Reply, problem: SignInProblem
) -> None:
    stub.replies["/2/oauth2/token"] = lambda _fields: reply
    assert problem_of(lambda: refresh(TOKENS, lambda: NOW, stub.base)) is problem
    assert len(stub.asked) == 1


def test_a_renewal_that_never_left_can_be_tried_again() -> None:
    nowhere = f"http://127.0.0.1:{closed_port()}"
    assert problem_of(lambda: refresh(TOKENS, lambda: NOW, nowhere)) is SignInProblem.NETWORK


def test_keys_are_sent_to_x_or_to_this_computer() -> None:
    elsewhere = "http://x.example"
    with pytest.raises(ValueError, match="loopback"):
        XPinSignIn(*APP, elsewhere)
    with pytest.raises(ValueError, match="loopback"):
        XBrowserSignIn("id", WORDS, now=lambda: NOW, api_url=elsewhere)
    with pytest.raises(ValueError, match="loopback"):
        refresh(TOKENS, lambda: NOW, elsewhere)


# --- what is written down ------------------------------------------------------------------


def test_no_log_shows_a_secret(stub: Stub, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    pin_server(stub)
    signing = XPinSignIn(*APP, stub.base)
    signing.start()
    signing.finish(PIN)
    stub.replies["/2/oauth2/token"] = lambda _fields: (200, token_answer(2))
    refresh(TOKENS, lambda: NOW, stub.base)
    assert "signed in until" in caplog.text
    for canary in CANARIES:
        assert canary not in caplog.text

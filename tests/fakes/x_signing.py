"""Checks who signs a request, as X does: OAuth 1.0a with HMAC-SHA1 (RFC 5849)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlsplit

CLOCK_TOLERANCE = 300
"""Seconds a signature may be old or ahead."""


class BadSignature(Exception):
    """The request is not signed as it should be."""


@dataclass
class Signed:
    """Who signed: the app, the token ("" when the app asks for one), and what else was said."""

    consumer_key: str
    token: str
    parameters: Mapping[str, str]


@dataclass
class OAuth1Checker:
    """`consumers` and `tokens` give the secret of a key; KeyError when there is none."""

    consumers: Callable[[str], str]
    tokens: Callable[[str], str]
    now: Callable[[], float]
    _seen: set[tuple[str, str, str]] = field(default_factory=set)

    def check(self, method: str, url: str, header: str, form: Sequence[tuple[str, str]]) -> Signed:
        """Who signed the request. `form` are the fields of a form-encoded body."""
        said = {
            name: unquote(value)
            for name, value in re.findall(r'([a-z_]+)="([^"]*)"', header.partition(" ")[2])
        }
        try:
            key, stamp, nonce = (said[f"oauth_{n}"] for n in ("consumer_key", "timestamp", "nonce"))
            signature = said["oauth_signature"]
            token = said.get("oauth_token", "")
            if said["oauth_signature_method"] != "HMAC-SHA1":
                raise BadSignature("method")
            secrets = (self.consumers(key), self.tokens(token) if token else "")
            if abs(int(stamp) - self.now()) > CLOCK_TOLERANCE:
                raise BadSignature("Timestamp out of bounds.")
        except (KeyError, ValueError) as error:
            raise BadSignature(f"unknown or missing: {error}") from error
        parts = urlsplit(url)
        fields = [(name, value) for name, value in said.items() if name != "oauth_signature"]
        fields += parse_qsl(parts.query, keep_blank_values=True)
        fields += form
        encoded = sorted((_encode(name), _encode(value)) for name, value in fields)
        joined = "&".join(f"{name}={value}" for name, value in encoded)
        address = f"{parts.scheme}://{parts.netloc.lower()}{parts.path}"
        base = "&".join(map(_encode, (method.upper(), address, joined)))
        digest = hmac.digest("&".join(map(_encode, secrets)).encode(), base.encode(), hashlib.sha1)
        if not hmac.compare_digest(base64.b64encode(digest).decode(), signature):
            raise BadSignature("signature")
        if (key, stamp, nonce) in self._seen:
            raise BadSignature("nonce used before")
        self._seen.add((key, stamp, nonce))
        return Signed(key, token, said)


def _encode(text: str) -> str:
    return quote(text, safe="-._~")

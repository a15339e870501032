"""Where X finds URLs in a post (twitter-text v3), and what it takes for a valid address.

X sees a URL wherever a domain name it knows stands, "https://" or not: "lire sur exemple.fr" holds
one. Positions count code points. All is linear in the length of the text: a post is examined at
each key press.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from tchat_desktop.domain.x.tlds import TLDS

Span = tuple[int, int]
"""Start and end of a part of a text, in code points."""

REFUSED = "\ufffe\ufeff\uffff"
"""Characters X refuses in a post: the byte order mark and two non-characters."""

LATIN_LETTERS = (
    r"\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268"
    r"\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
"""Latin letters with accents, as X lists them; the inside of a regex character class."""

_MAX_URL_LENGTH = 4096
_MAX_SLUG = 40
_MAX_LABEL = 63
_LONGEST_TLD = max(map(len, TLDS))

_NOT_IN_HOST = (
    r"\t-\r !#-,/:-@\[-\]^{-~"
    r"\x85\xa0\u061c\u1680\u180e\u2000-\u200a\u200e\u200f\u2028-\u202f\u205f\u2066-\u2069\u3000"
    + REFUSED
)
_NAME_CHAR = rf"[^{_NOT_IN_HOST}._-]"
_HOST = re.compile(rf"[^{_NOT_IN_HOST}]*")
_INNER_DOT = re.compile(rf"\.(?<={_NAME_CHAR}\.)(?=[^\W\d_])")
_BARRED_BEFORE = f"A-Za-z0-9@＠$#＃{REFUSED}"
# At the start of a text, a character that may stand before a name is not part of the name, unless
# no name could begin after it.
_NAME_START = re.compile(
    rf"(?:(?<=[^{_BARRED_BEFORE}])|\A(?=[{_BARRED_BEFORE}]|.[._-])){_NAME_CHAR}", re.DOTALL
)
_SCHEME = re.compile(rf"(?:(?<=[^{_BARRED_BEFORE}])|\A)[Hh][Tt][Tt][Pp][Ss]?://\Z")
_DOT = re.compile(r"\.")
_ASCII_WORD = re.compile("[A-Za-z0-9]*")
_PUNYCODE = re.compile("[Xx][Nn]--[A-Za-z0-9-]+")
_NOT_AFTER_TLD = re.compile("[A-Za-z0-9@+-]")
_LATIN_LABELS = re.compile(rf"(?<![A-Za-z0-9{LATIN_LETTERS}-])(?:[A-Za-z0-9{LATIN_LETTERS}-]++\.)+")
# Full stops of other scripts, which separate labels once a domain name is encoded.
_FULL_STOP = re.compile("[\u3002\uff0e\uff61]")

_PORT = re.compile(":[0-9]+")
_PATH_LAST = rf"A-Za-z0-9{LATIN_LETTERS}\u0400-\u04ff+=#/_-"
_PATH_INNER = r"!*';:,.$%\[\]–~@|&"
_IN_PATH = f"[{_PATH_INNER}{_PATH_LAST}]"
_PARENS = rf"\((?:{_IN_PATH}*+\({_IN_PATH}++\){_IN_PATH}*+|{_IN_PATH}++)\)"
# A path ends neither with punctuation nor with parentheses that follow punctuation. Slow to
# compile, so a plain string: `re` compiles it at the first path and keeps it.
_PATH = (
    f"/(?:[{_PATH_LAST}]++|{_PARENS}|[{_PATH_INNER}](?:[{_PATH_INNER}]|{_PARENS})*[{_PATH_LAST}])*"
)
_QUERY = re.compile(r"\?[A-Za-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*")
_NOT_LAST_IN_QUERY = "!?*'@();:+$%[].,~|"
_TCO_SLUG = re.compile("/([A-Za-z0-9]+)")


def url_spans(text: str) -> list[Span]:
    """The spans in which X finds URLs, with a scheme or without, in reading order.

    A host is a run of characters fit for a domain name, with a dot inside. Each host is read once,
    however many domain names it may hold, so that the time stays linear.
    """
    spans: list[Span] = []
    free = 0  # an earlier URL, kept or refused, holds what lies before
    position = 0
    while dot := _INNER_DOT.search(text, position):
        before = text[position : dot.start()][::-1]
        start = dot.start() - _match_end(_HOST, before, 0)
        position = _match_end(_HOST, text, dot.end())
        host = _Host(text, start, position)
        if not host.has_names:
            continue
        first = free + 1 if free else 0
        scheme = _SCHEME.search(text, max(first, start - len("https://")), start)
        name = start if scheme else host.next_name(max(start, first))
        while name >= 0:
            if name_end := host.name_end(name):
                free, kept = _read_url(text, scheme.start() if scheme else name, name, name_end)
                spans += kept
            scheme = None
            name = host.next_name(max(name, free) + 1)
        position = max(position, free)
    return spans


class _Host:
    """Finds the domain names in `text[start:end]`, a run of characters fit for a domain name."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._end = end
        self._dots = [dot.start() for dot in _DOT.finditer(text, start, end)]
        self._tld_ends = [_tld_end(text, dot + 1) for dot in self._dots]
        self.has_names = any(self._tld_ends)
        # For the label before each dot: the index from which it has no "_", which only subdomains
        # may have, and the end of the longest name that goes on after the dot (0 for none).
        self._clean_from = [0] * len(self._dots)
        self._ends_beyond = [0] * len(self._dots)
        longest = 0
        for i in reversed(range(len(self._dots)) if self.has_names else ()):
            label = self._dots[i - 1] + 1 if i else start
            self._clean_from[i] = text.rfind("_", label, self._dots[i]) + 1
            self._ends_beyond[i] = longest
            longest = self.name_end(label)

    def next_name(self, start: int) -> int:
        """The next index from `start` on where a name may begin; -1 for none."""
        match = _NAME_START.search(self._text, start, self._end)
        return match.start() if match else -1

    def name_end(self, start: int) -> int:
        """The index where the longest name that begins at `start` ends; 0 for none."""
        i = bisect_left(self._dots, start)
        if i == len(self._dots) or self._text[start] in ".-_":
            return 0
        if self._text[self._dots[i] - 1] in "-_":
            return 0
        last = self._tld_ends[i] if start >= self._clean_from[i] else 0
        return self._ends_beyond[i] or last


def _tld_end(text: str, start: int) -> int:
    """The index where the top-level domain at `start` ends; 0 when X knows none there."""
    word_end = _match_end(_ASCII_WORD, text, start)
    ends = [word_end]
    if word_end < len(text) and not text[word_end].isascii():
        # Scripts without spaces run on after the name: the longest known beginning counts.
        ends = [*range(min(start + _LONGEST_TLD, len(text)), word_end, -1), word_end]
    for end in ends:
        if text[start:end].lower() in TLDS and not _NOT_AFTER_TLD.match(text, end):
            return end
    punycode = _PUNYCODE.match(text, start)
    return punycode.end() if punycode else 0


def _read_url(text: str, start: int, name: int, name_end: int) -> tuple[int, list[Span]]:
    """Read the rest of a URL after its domain name, which is `text[name:name_end]`.

    Returns the index where the URL ends and the spans that X keeps of it. With a scheme (`start`
    before `name`) X keeps the whole URL; without one, only the parts of the name in Latin letters,
    the last of them with the path. X refuses a URL of more than 4,096 characters.
    """
    path = path_end = _match_end(_PORT, text, name_end)
    if text.startswith("/", path):
        path_end = _match_end(re.compile(_PATH), text, path)
    end = _query_end(text, path_end)
    scheme, domain = text[start:name], text[name:name_end]
    if len(scheme or "https://") + end - start > _MAX_URL_LENGTH or not _is_encodable(domain):
        return end, []
    if scheme:
        slug = _TCO_SLUG.match(text, name_end) if domain.lower() == "t.co" else None
        if slug is None:
            return end, [(start, end)]
        # X's own short addresses end with the slug, and their parameters if any.
        return end, [(start, _query_end(text, slug.end()))] if len(slug[1]) <= _MAX_SLUG else []
    if start > 0 and text[start - 1] in "-_./":
        return end, []
    names = [(start + first, start + last) for first, last in _latin_names(domain)]
    if path_end > path and names and names[-1][1] == name_end:
        names[-1] = (names[-1][0], end)
    return end, names


def _query_end(text: str, start: int) -> int:
    """The index where the query at `start` ends, without trailing punctuation."""
    query = _QUERY.match(text, start)
    return start + len(query[0].rstrip(_NOT_LAST_IN_QUERY)) if query else start


def _latin_names(domain: str) -> list[Span]:
    """The spans within a domain name that are domain names of their own in Latin letters."""
    found = []
    for labels in _LATIN_LABELS.finditer(domain):
        for dot in reversed([dot.start() for dot in _DOT.finditer(domain, *labels.span())]):
            if end := _tld_end(domain, dot + 1):
                found.append((labels.start(), end))
                break
    return found


def _is_encodable(domain: str) -> bool:
    """Whether each label of a domain has at most 63 characters in its ASCII form (punycode)."""
    if domain.startswith("xn--") and not _latin_names(domain):
        return False
    return all(_encoded_length(label) <= _MAX_LABEL for label in domain.split("."))


def _encoded_length(label: str) -> int:
    if label.isascii() or len(label) > _MAX_LABEL:
        return len(label)
    parts = _FULL_STOP.split(label)
    coded = [part if part.isascii() else b"xn--" + part.encode("punycode") for part in parts]
    return sum(map(len, coded)) + len(parts) - 1


def _match_end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """The index where the match of `pattern` at `start` ends; `start` when it does not match."""
    match = pattern.match(text, start)
    return match.end() if match else start


# The ASCII characters a label cannot hold are named, so that it may hold any other script.
_LABEL = r"(?!-)[^\x00-,./:-@\[-`{-\x7f]++(?<!-)"
_SUBDOMAIN = r"(?![_-])[^\x00-,./:-@\[-^`{-\x7f]++(?<![_-])"
_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_CHARACTER = "[A-Za-z0-9\u0400-\u04ff._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2}"
# Compiled at first use, like `_PATH`.
_ADDRESS = (
    rf"(?P<scheme>[Hh][Tt][Tt][Pp][Ss]?://)?(?:(?:{_CHARACTER})*@)?"
    rf"(?:{_BYTE}(?:\.{_BYTE}){{3}}"
    rf"|\[[0-9A-Fa-f:.]+\]"
    rf"|(?:{_SUBDOMAIN}\.)*{_LABEL}\.(?![0-9]){_LABEL})"
    rf"(?::[0-9]{{1,5}})?"
    rf"(?:/(?:{_CHARACTER}|[/|@])*)?"
    rf"(?:\?(?:{_CHARACTER}|[/?|@])*)?"
    rf"(?:#(?:{_CHARACTER}|[/?|@])*)?"
)


def is_valid_url(url: str, *, needs_scheme: bool = True) -> bool:
    """Whether the whole of `url` is an http(s) address, as X's conformance suite validates one.

    IP addresses and user names are valid here, though X does not find them in a post.
    """
    match = re.fullmatch(_ADDRESS, url)
    return match is not None and (match["scheme"] is not None or not needs_scheme)

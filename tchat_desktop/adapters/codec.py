"""Chats as JSON documents, for the database and for .tchat files alike.

`{"format": "tchat", "version": 4, "chat": {…}, "posts": […], "pictures": […]}`, the last only when
there are some. Reading is strict about types and kind about the rest: what is not known is left out
by name, what is harmless is repaired and noted.
"""

from __future__ import annotations

import binascii
import dataclasses
import hashlib
import re
import types
import typing
from base64 import b64decode
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

import msgspec

from tchat_desktop.adapters import hour_codec
from tchat_desktop.adapters.hour_codec import HourPart
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import (
    SUGGESTED_MINUTES,
    Announcement,
    Chat,
    HelpLine,
    Person,
    Picture,
    Question,
    RunEdit,
)
from tchat_desktop.domain.clean_text import cleaned
from tchat_desktop.domain.conversation import FeedPost, canonical_link
from tchat_desktop.domain.languages import FALLBACK, known_code
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.schedule import is_zone
from tchat_desktop.domain.x.pictures import KINDS, LARGEST, LONGEST_ALT_TEXT, kind_of, picture_ids
from tchat_desktop.services.ports import ChatFile, ChatFileDamaged, ChatFileNewer

Document = dict[str, Any]


def _with_wall(document: Document) -> Document:
    """Version 2 also holds what the wall clock shows at the start; before, that was not known."""
    return {**document, "wall": ""}


MOST_OLD_LINES = 50
"""Lines of help numbers taken over from documents of before version 3."""


def _with_help_lines(raw: Document) -> Document:
    """One field of help numbers became a line for each country, to be checked."""
    chat = raw.get("chat")
    if not isinstance(chat, dict):
        return raw
    text = chat.pop("helplines", "")
    written = text.split("\n") if isinstance(text, str) else []
    lines = [line.strip() for line in written if line.strip() and not _is_all_blank(line)]
    # Who wrote a page there has it whole, in one line: there is room for so many and no more.
    kept = [*lines[: MOST_OLD_LINES - 1], " ".join(lines[MOST_OLD_LINES - 1 :])]
    numbers = [{"id": f"line-{n}", "number": line} for n, line in enumerate(kept, 1) if line]
    return {**raw, "chat": {**chat, "help_lines": numbers}}


def _is_all_blank(line: str) -> bool:
    return unfilled(line) == (line.strip(),)


def _without_reposted(raw: Document) -> Document:
    """What was reposted is read from the outbox; the mark of a post that said so is no more."""
    posts = raw.get("posts")
    for post in posts if isinstance(posts, list) else ():
        if isinstance(post, dict):
            post.pop("reposted", None)
    return raw


UPGRADES: tuple[Callable[[Document], Document], ...] = (
    _with_wall,
    _with_help_lines,
    _without_reposted,
)
"""The n-th one (from 1) makes a document of version n + 1 out of one of version n."""

VERSION = len(UPGRADES) + 1

LONGEST_TEXT = 200_000
"""Characters of one text in a file from outside: the minutes of a meeting may be pasted in."""
MOST_PARTS = 200
"""Questions, people, announcements or help numbers in a file from outside."""
MOST_ITEMS = 100_000
"""Posts, or anything else there are many of, in a file from outside."""
MOST_PICTURES = 100
"""Pictures in a file from outside."""
MOST_COMMAS = 5_000_000
"""Those of a whole file from outside: what they part takes many times its bytes once decoded."""
MOST_NOTES = 50
"""Names of left-out fields that are kept; more say nothing more."""

LONGEST_TOWN = 100
YEARS = range(2000, 2200)
LONGEST_CHAT = 24 * 60
"""Minutes."""
LONGEST_LADDER = 2 * 366 * 24 * 60
"""Minutes between an announcement and the chat."""
HIGHEST_LIMIT = 1_000_000
"""Hundredths of a US dollar."""
MOST_REPOSTS = 2**53

_USUAL_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
"""What ids of the app look like: they are parts of keys and of addresses."""
_HASH = re.compile(r"[0-9a-f]{64}")


def encode(file: ChatFile, pretty: bool = False) -> bytes:
    """What the file holds as UTF-8 JSON. Raises ValueError for an instant without its zone."""
    _refuse_naive(file)
    written: Document = {
        "format": "tchat",
        "version": VERSION,
        "chat": _written_chat(file.chat),
        "wall": _wall(file.chat),
        "posts": file.posts,
    }
    if file.pictures:
        written["pictures"] = file.pictures
    if file.hour and file.hour_at is not None:
        written["hour"] = hour_codec.written(file.hour, file.hour_at)
    try:
        document = msgspec.json.encode(written)
    except UnicodeEncodeError:
        document = msgspec.json.encode(_storable_everywhere(msgspec.to_builtins(written)))
    return msgspec.json.format(document, indent=2) + b"\n" if pretty else document


def _written_chat(chat: Chat) -> Document:
    """The chat without what earlier versions of the app would have to leave out for nothing."""
    written: Document = msgspec.to_builtins(chat)
    for edit in written["run_edits"]:
        for name in ("picture", "by_page"):
            if not edit[name]:
                del edit[name]
    for name in ("live_elsewhere", "rehearsal"):
        if written[name] is None:
            del written[name]
    for name in ("run_sheet_seen", "to_thank", "recap_saved", "recap_content"):
        if not written[name]:
            del written[name]
    if not written["recap"]["read_again"]:
        del written["recap"]["read_again"]
    for line in written["help_lines"]:
        if not line["none_found"]:
            del line["none_found"]
    for person in written["people"]:
        if not person["no_account"]:
            del person["no_account"]
    return written


def _wall(chat: Chat) -> str:
    """What the organiser's clock shows at the start: "2026-12-17T20:00:00"; "" without a date."""
    local = chat.starts_local
    return local.replace(tzinfo=None).isoformat() if local else ""


def _kept_wall(chat: Chat, wall: object) -> Chat:
    """The chat at the hour that was announced, also where the rules of its zone have changed."""
    if chat.starts_at is None or chat.closed_at or not isinstance(wall, str):
        return chat
    if wall in ("", _wall(chat)):
        return chat
    try:
        announced = datetime.fromisoformat(wall).replace(tzinfo=None)
        # A clock is never changed by more than a day: what is further away is no such change.
        near = abs(announced - chat.starts_at.astimezone(chat.zone).replace(tzinfo=None))
        if near > timedelta(days=1):
            return chat
        starts_at = announced.replace(tzinfo=chat.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return chat
    if starts_at == chat.starts_at:
        # An hour the clocks jump over is shown as another one.
        return chat
    return replace(chat, starts_at=starts_at, moved_from=chat.moved_from or chat.starts_at)


def decode(document: bytes, from_outside: bool) -> ChatFile:
    """The chat, its posts and pictures; `from_outside` limits sizes to what a real chat may have.

    Raises ChatFileDamaged, ChatFileNewer.
    """
    if from_outside and document.count(b",") > MOST_COMMAS:
        raise ChatFileDamaged("too many values")
    try:
        raw = msgspec.json.decode(document)
        return _read(_upgraded(raw), from_outside)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ChatFileDamaged(str(error)) from error


def storable(text: str) -> str:
    """The text with halves of surrogate pairs joined, and lone ones replaced.

    Toolkits that count in UTF-16 can hand such halves over, and no file can hold them.
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _storable_everywhere(raw: Any) -> Any:
    if isinstance(raw, str):
        return storable(raw)
    if isinstance(raw, dict):
        return {name: _storable_everywhere(value) for name, value in raw.items()}
    if isinstance(raw, list | tuple):
        return [_storable_everywhere(value) for value in raw]
    return raw


def _refuse_naive(file: ChatFile) -> None:
    chat = file.chat
    instants = [chat.starts_at, chat.moved_from, chat.rehearsed_at, chat.closed_at]
    instants += [item.post.created_at for item in file.posts]
    if any(instant is not None and instant.tzinfo is None for instant in instants):
        raise ValueError("an instant needs its zone")


# --- reading -------------------------------------------------------------------------------


def _upgraded(raw: object) -> Document:
    if not isinstance(raw, dict) or raw.get("format") != "tchat":
        raise ChatFileDamaged("not a tchat document")
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ChatFileDamaged(f"version {version!r}")
    if version > VERSION:
        raise ChatFileNewer(f"version {version}")
    for upgrade in UPGRADES[version - 1 :]:
        raw = upgrade(raw)
    return raw


def _read(raw: Document, from_outside: bool) -> ChatFile:
    sieve = _Sieve(from_outside)
    for name in raw.keys() - {"format", "version", "chat", "wall", "posts", "pictures", "hour"}:
        sieve.note(name)
    chat = msgspec.convert(sieve.sift(raw.get("chat"), Chat, "chat"), Chat)
    posts = []
    rows = raw.get("posts", [])
    if not isinstance(rows, list) or (from_outside and len(rows) > MOST_ITEMS):
        raise ChatFileDamaged("posts")
    for index, row in enumerate(rows):
        path = f"posts[{index}]"
        try:
            item = msgspec.convert(sieve.sift(row, FeedPost, path), FeedPost)
        except _NoInstant:
            continue
        if not 0 <= item.post.reposts <= MOST_REPOSTS:
            item = replace(item, post=replace(item.post, reposts=0))
            sieve.note(f"{path}.post.reposts")
        # Whatever else stood in the address could lead elsewhere, or be markup where it is shown.
        link = canonical_link(item.post.url) if item.post.url.startswith("https://") else ""
        if from_outside and link != item.post.url:
            if not link:
                sieve.note(f"{path}.post.url")
            item = replace(item, post=replace(item.post, url=link))
        posts.append(item)
    chat = _kept_wall(_sound(chat, sieve.note), raw.get("wall"))
    hour, hour_at = _read_hour(raw.get("hour"), sieve, from_outside)
    pictures: dict[str, bytes] = {}
    if from_outside:
        pictures = _sound_pictures(raw.get("pictures", []), sieve.note)
        chat = _with_pictures(chat, pictures, sieve.note)
        shown = picture_ids(chat) | {row.picture.id for row in hour if row.picture is not None}
        for name in pictures.keys() - shown:
            sieve.note(f"pictures: {name[:12]}")
            del pictures[name]
    left_out = tuple(sieve.left_out)
    return ChatFile(chat, tuple(posts), tuple(pictures.values()), left_out, hour, hour_at)


def _read_hour(
    raw: Any, sieve: _Sieve, from_outside: bool
) -> tuple[tuple[OutboxPost, ...], datetime | None]:
    """What the hour of a copied chat had published by then, and when that was."""
    if raw is None:
        return (), None
    try:
        part = msgspec.convert(sieve.sift(raw, HourPart, "hour"), HourPart)
    except _NoInstant as error:
        raise ChatFileDamaged("hour") from error
    rows = hour_codec.read_rows(part, from_outside)
    return tuple(
        _sound_row(row, f"hour.rows[{n}]", sieve.note) for n, row in enumerate(rows)
    ), part.at


class _NoInstant(Exception):
    """A post whose instant cannot be used."""


class _Sieve:
    """Goes through raw JSON along the type it is meant for.

    Unknown fields are left out whatever they are called, so that keys and passwords somebody
    added are never kept; their names are noted, never their values.
    """

    def __init__(self, from_outside: bool) -> None:
        self._limited = from_outside
        self.left_out: list[str] = []

    def note(self, path: str) -> None:
        """Remember the name of something that was left out or replaced."""
        if len(self.left_out) < MOST_NOTES:
            self.left_out.append(cleaned(path)[:100])

    def sift(self, raw: Any, wanted: Any, path: str) -> Any:
        """The raw value without what does not belong; wrong types stay for the strict check."""
        if isinstance(raw, str):
            if wanted is not str and (wanted is datetime or datetime in typing.get_args(wanted)):
                return self._instant(raw, wanted, path)
            return self._text(raw, path)
        if isinstance(raw, dict) and (kind := _dataclass_in(wanted)) is not None:
            return self._fields(raw, kind, path)
        if isinstance(raw, list) and typing.get_origin(wanted) is tuple:
            return self._items(raw, typing.get_args(wanted), path)
        return raw

    def _fields(self, raw: Document, wanted: Any, path: str) -> Document:
        hints = _hints(wanted)
        for name in raw.keys() - hints.keys():
            self.note(f"{path}.{name}")
        return {
            name: self.sift(raw[name], hints[name], f"{path}.{name}")
            for name in hints
            if name in raw
        }

    def _items(self, raw: list[Any], kinds: tuple[Any, ...], path: str) -> list[Any]:
        most = MOST_PARTS if kinds[0] in (Question, Person, Announcement, HelpLine) else MOST_ITEMS
        if self._limited and len(raw) > most:
            raise ChatFileDamaged(f"{path}: {len(raw)} items")
        return [
            self.sift(item, kinds[0] if kinds[-1] is Ellipsis else str, f"{path}[{index}]")
            for index, item in enumerate(raw)
        ]

    def _text(self, raw: str, path: str) -> str:
        if self._limited and len(raw) > LONGEST_TEXT:
            raise ChatFileDamaged(f"{path}: {len(raw)} characters")
        return cleaned(raw)

    def _instant(self, raw: str, wanted: Any, path: str) -> datetime | None:
        try:
            instant = msgspec.convert(raw, datetime)
        except msgspec.ValidationError:
            instant = None
        if instant is not None and instant.tzinfo is not None and instant.year in YEARS:
            return instant.astimezone(UTC)
        self.note(path)
        if types.NoneType in typing.get_args(wanted):
            return None
        raise _NoInstant(path)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _dataclass_in(wanted: Any) -> Any:
    """The dataclass that a type is, or is when it is not None."""
    kinds = (wanted, *typing.get_args(wanted)) if typing.get_origin(wanted) is not tuple else ()
    return next((kind for kind in kinds if dataclasses.is_dataclass(kind)), None)


# --- what types cannot say -----------------------------------------------------------------

Note = Callable[[str], None]
Part = TypeVar("Part", Question, Person, Announcement, HelpLine)


def _sound(chat: Chat, note: Note) -> Chat:
    """The chat with values no screen could handle replaced by harmless ones, and noted."""
    if known_code(chat.language) != chat.language:
        note("chat.language")
        chat = replace(chat, language=FALLBACK)
    if not is_zone(chat.time_zone):
        note("chat.time_zone")
        chat = replace(chat, time_zone="UTC")
    zones = tuple(zone for zone in chat.audience_zones if is_zone(zone))
    if zones != chat.audience_zones:
        note("chat.audience_zones")
    towns = tuple(pair for pair in chat.towns if is_zone(pair[0]) and len(pair[1]) <= LONGEST_TOWN)
    if towns != chat.towns:
        note("chat.towns")
    if not 1 <= chat.minutes <= LONGEST_CHAT:
        note("chat.minutes")
        chat = replace(chat, minutes=SUGGESTED_MINUTES)
    if not 0 <= chat.spending_limit_cents <= HIGHEST_LIMIT:
        note("chat.spending_limit_cents")
        chat = replace(chat, spending_limit_cents=0)
    return replace(
        chat,
        audience_zones=zones,
        towns=towns,
        questions=_parts(chat.questions, _sound_question, "chat.questions", note),
        people=_parts(chat.people, _sound_person, "chat.people", note),
        help_lines=_parts(chat.help_lines, _as_it_is, "chat.help_lines", note),
        announcements=_parts(chat.announcements, _sound_announcement, "chat.announcements", note),
        run_edits=tuple(
            _sound_run_edit(edit, f"chat.run_edits[{index}]", note)
            for index, edit in enumerate(chat.run_edits)
        ),
    )


def _as_it_is(line: HelpLine, _path: str, _note: Note) -> HelpLine:
    return line


def _sound_question(question: Question, path: str, note: Note) -> Question:
    if 0 <= question.minutes <= LONGEST_CHAT:
        return question
    note(f"{path}.minutes")
    return replace(question, minutes=Question("").minutes)


def _sound_person(person: Person, path: str, note: Note) -> Person:
    if not person.time_zone or is_zone(person.time_zone):
        return person
    note(f"{path}.time_zone")
    return replace(person, time_zone="")


def _sound_announcement(announcement: Announcement, path: str, note: Note) -> Announcement:
    if abs(announcement.minutes_before) <= LONGEST_LADDER:
        return announcement
    note(f"{path}.minutes_before")
    return replace(announcement, minutes_before=Announcement("").minutes_before)


def _sound_run_edit(edit: RunEdit, path: str, note: Note) -> RunEdit:
    if edit.minutes is not None and not 0 <= edit.minutes <= LONGEST_CHAT:
        note(f"{path}.minutes")
        edit = replace(edit, minutes=None)
    return replace(edit, picture=_sound_picture(edit.picture, f"{path}.picture", note))


def _sound_row(row: OutboxPost, path: str, note: Note) -> OutboxPost:
    """The post with its picture, whose content may be missing: it is asked about as it leaves."""
    return replace(row, picture=_sound_picture(row.picture, f"{path}.picture", note))


def _sound_picture(picture: Picture | None, path: str, note: Note) -> Picture | None:
    if picture is None:
        return None
    if not (_HASH.fullmatch(picture.id) and picture.kind in KINDS):
        note(path)
        return None
    if len(picture.alt_text) > LONGEST_ALT_TEXT:
        note(f"{path}.alt_text")
        return replace(picture, alt_text=picture.alt_text[:LONGEST_ALT_TEXT])
    return picture


def _sound_pictures(raw: Any, note: Note) -> dict[str, bytes]:
    """The contents X would take, by id."""
    if not isinstance(raw, list):
        raise ChatFileDamaged("pictures")
    sound: dict[str, bytes] = {}
    for index, written in enumerate(raw):
        content = _content(written) if index < MOST_PICTURES else b""
        if len(content) <= LARGEST and kind_of(content):
            sound[hashlib.sha256(content).hexdigest()] = content
        else:
            note(f"pictures[{index}]")
    return sound


def _content(written: Any) -> bytes:
    try:
        return b64decode(written, validate=True) if isinstance(written, str) else b""
    except (binascii.Error, ValueError):
        return b""


def _with_pictures(chat: Chat, pictures: dict[str, bytes], note: Note) -> Chat:
    """The chat with only the pictures whose content is there, each of the kind it really is."""
    edits = []
    for index, edit in enumerate(chat.run_edits):
        picture = edit.picture
        if picture is not None:
            content = pictures.get(picture.id)
            if content is None:
                note(f"chat.run_edits[{index}].picture")
            kept = replace(picture, kind=kind_of(content)) if content else None
            edit = replace(edit, picture=kept)  # noqa: PLW2901 - the same edit, put right
        edits.append(edit)
    return replace(chat, run_edits=tuple(edits))


def _parts(
    parts: Iterable[Part], sound: Callable[[Part, str, Note], Part], path: str, note: Note
) -> tuple[Part, ...]:
    """The parts, each sound and each with an id of its own."""
    made: list[Part] = []
    taken: set[str] = set()
    for index, part in enumerate(parts):
        place = f"{path}[{index}]"
        part_id = part.id if _USUAL_ID.fullmatch(part.id) else ""
        while not part_id or part_id in taken:
            # The same at each reading, so that what refers to it holds.
            part_id = f"{part_id or 'part'}-{index + 1}"
        if part_id != part.id:
            note(f"{place}.id")
        taken.add(part_id)
        made.append(sound(replace(part, id=part_id), place, note))
    return tuple(made)

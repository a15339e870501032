"""Two computers with their own data moderate one chat through a file."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tchat_desktop.adapters.shared_hour_codec import MOST_AHEAD, decode_shared, encode_shared
from tchat_desktop.adapters.shared_hour_file import SharedHourFiles
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import Mark, Marking
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.shared_hour import Laptop, News
from tchat_desktop.services.co_hosting import CoHosting, HereNow, hidden_with
from tchat_desktop.services.entries import Entries
from tchat_desktop.services.events import OutboxChanged, PostMarked, PostsArrived
from tchat_desktop.services.followed_hour import FollowedHour
from tchat_desktop.services.ports import (
    ClockAhead,
    HourState,
    OfAnotherChat,
    SharedFileDamaged,
    SharedFileError,
    SharedFileNewer,
)
from tchat_desktop.start.data_directory import DataDirectory
from tests.adapters.samples import FULL, HOUR, NOON, feed_post
from tests.fakes.clock import FakeClock
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import Reported
from tests.test_mutated_files import spoilt as spoilt_anyhow

LIVE = Occasion.LIVE
AWA, MARIEME = "a" * 16, "b" * 16


class Side:
    """A computer with the chat, its posts and its outbox on disk."""

    def __init__(self, folder: Path, computer_id: str, name: str, *, publishes: bool) -> None:
        self.clock = FakeClock(NOON)
        self.reported = Reported()
        self.data = DataDirectory(folder, self.clock, self.reported)
        self.here = HereNow(FULL, computer_id, Laptop(name, publishes))
        self.data.chats.save(FULL, NOON)
        self.entries = Entries(self.data.posts, self.reported, NETWORK)
        self.link = self.started()

    def started(self) -> CoHosting:
        """The service as after a start of the app."""
        stores, now = self.data.hour_stores, self.clock.now
        return CoHosting(stores, self.data.shared, SharedHourFiles(), self.reported, NETWORK, now)

    def hear(self, *post_ids: str) -> None:
        self.data.posts.add(FULL.id, LIVE, [feed_post(post_id=one) for one in post_ids])

    def mark(self, post_id: str, mark: Mark, value: bool = True) -> None:
        self.entries.mark(FULL.id, LIVE, Marking(post_id, mark, value))

    @property
    def marks(self) -> dict[str, tuple[bool, bool]]:
        posts = self.data.posts.all(FULL.id, LIVE)
        return {one.post.id: (one.starred, one.hidden) for one in posts}


@pytest.fixture
def awa(tmp_path: Path) -> Iterator[Side]:
    laptop = Side(tmp_path / "awa", AWA, "Awa", publishes=True)
    with closing(laptop.data):
        laptop.data.outbox.add(replace(row, id=f"awa-{row.slot}", chat_id=FULL.id) for row in HOUR)
        yield laptop


@pytest.fixture
def marieme(tmp_path: Path) -> Iterator[Side]:
    laptop = Side(tmp_path / "marieme", MARIEME, "Marième", publishes=False)
    with closing(laptop.data):
        yield laptop


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "partage.tchat-hour"


def test_posts_and_marks_go_both_ways(awa: Side, marieme: Side, file: Path) -> None:
    awa.hear("1", "2")
    marieme.hear("2", "3")
    marieme.mark("3", Mark.STARRED)
    marieme.link.save(file, marieme.here)
    told = awa.link.take(file, awa.here).told
    assert (len(told.added), told.stars, told.names) == (1, 1, ("Marième",))
    awa.mark("2", Mark.HIDDEN)
    awa.link.save(file, awa.here)
    marieme.link.take(file, marieme.here)
    assert awa.marks == marieme.marks
    assert awa.marks == {"1": (False, False), "2": (False, True), "3": (True, False)}
    [arrived] = awa.reported.of(PostsArrived)
    assert [one.post.id for one in arrived.posts] == ["3"]
    assert [one.marking.mark for one in marieme.reported.of(PostMarked)][-1] is Mark.HIDDEN


def test_the_same_file_twice_changes_nothing(awa: Side, marieme: Side, file: Path) -> None:
    marieme.hear("1")
    marieme.link.save(file, marieme.here)
    awa.link.take(file, awa.here)
    awa.mark("1", Mark.STARRED)
    told = awa.link.take(file, awa.here).told
    assert (told.added, told.marks) == ((), ())
    assert awa.marks == {"1": (True, False)}


def test_what_was_decided_survives_a_start(awa: Side, marieme: Side, file: Path) -> None:
    marieme.hear("1")
    marieme.mark("1", Mark.STARRED)
    marieme.link.save(file, marieme.here)
    awa.link.take(file, awa.here)
    awa.mark("1", Mark.STARRED, False)
    awa.link = awa.started()
    awa.link.take(file, awa.here)
    assert awa.marks == {"1": (False, False)}


def test_the_follower_learns_what_is_out(awa: Side, marieme: Side, file: Path) -> None:
    awa.link.save(file, awa.here)
    taken = marieme.link.take(file, marieme.here)
    assert (taken.publisher, taken.both_publish) == ("Awa", False)
    assert taken.published_at is not None
    there = {row.slot: row.state for row in marieme.data.outbox.rows(FULL.id, LIVE)}
    assert there == {row.slot: row.state for row in HOUR}
    assert PostState.SENT in there.values()
    assert marieme.reported.of(OutboxChanged)
    assert awa.link.take(file, awa.here).publisher == ""


def test_the_follower_learns_the_end_that_was_moved(awa: Side, marieme: Side, file: Path) -> None:
    assert FULL.ends_at is not None
    later = FULL.ends_at + timedelta(minutes=10)
    moved = HourState(paused=True, ends_at=later, announced=FULL.ends_at)
    awa.data.outbox.keep_hour_state(FULL.id, LIVE, moved)
    awa.link.save(file, awa.here)
    marieme.link.take(file, marieme.here)
    assert marieme.reported.of(OutboxChanged)[-1].ends_at == later
    assert marieme.data.outbox.hour_state(FULL.id, LIVE) == replace(moved, paused=False)
    # Who follows tells what was learnt to a screen built anew.
    stores = marieme.data.hour_stores
    followed = FollowedHour(
        FULL, HOUR, stores, marieme.clock, marieme.reported, NETWORK, lambda job: job()
    )
    followed.tell()
    assert marieme.reported.of(OutboxChanged)[-1].ends_at == later
    awa.data.outbox.keep_hour_state(FULL.id, LIVE, HourState())
    awa.link.save(file, awa.here)
    marieme.link.take(file, marieme.here)
    assert marieme.reported.of(OutboxChanged)[-1].ends_at is None


def test_two_that_publish_are_told(awa: Side, marieme: Side, file: Path) -> None:
    awa.link.save(file, awa.here)
    both = replace(marieme.here, computer=Laptop("Marième", publishes=True))
    assert marieme.link.take(file, both).both_publish
    assert marieme.data.outbox.rows(FULL.id, LIVE) == []
    # The other one learns it too, and who took over from one that is off is not warned for ever.
    marieme.link.save(file, both)
    assert awa.link.take(file, awa.here).both_publish
    assert not marieme.link.take(file, both).both_publish


def test_a_file_is_followed_both_ways(awa: Side, marieme: Side, file: Path) -> None:
    awa.hear("1")
    assert awa.link.look(file, awa.here, changed=False) is None
    taken = marieme.link.look(file, marieme.here, changed=False)
    assert taken is not None
    assert [one.post.id for one in taken.told.added] == ["1"]
    marieme.mark("1", Mark.STARRED)
    assert marieme.link.look(file, marieme.here, changed=True) is not None
    again = awa.link.look(file, awa.here, changed=False)
    assert again is not None
    assert again.told.stars == 1
    before = file.stat()
    for _turn in range(2):
        awa.link.look(file, awa.here, changed=True)
        marieme.link.look(file, marieme.here, changed=True)
    assert file.stat().st_mtime_ns == before.st_mtime_ns


def test_what_another_overwrote_is_written_again(awa: Side, marieme: Side, file: Path) -> None:
    awa.hear("1")
    awa.link.look(file, awa.here, changed=False)
    marieme.hear("2")
    # At once, from a file it has not read.
    marieme.link.save(file, marieme.here)
    os.utime(file, (1, 1))
    awa.link.look(file, awa.here, changed=False)
    marieme.link.look(file, marieme.here, changed=False)
    assert awa.marks.keys() == marieme.marks.keys() == {"1", "2"}


def test_hidden_authors_are_taken_over() -> None:
    told = News(hidden=("ali", "awa"), shown=("fatou_ex",))
    assert hidden_with(("@Fatou_Ex", "awa"), told) == ("awa", "ali")


# --- at the door ---------------------------------------------------------------------------------


def spoilt(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def spoil(document: bytes) -> bytes:
        raw = json.loads(document)
        change(raw)
        return json.dumps(raw).encode()

    return spoil


REFUSED: dict[str, tuple[type[SharedFileError], Callable[[bytes], bytes]]] = {
    "empty": (SharedFileDamaged, lambda _document: b""),
    "cut short": (SharedFileDamaged, lambda document: document[:-40]),
    "no text": (SharedFileDamaged, lambda _document: b"\xff\xfe\x00"),
    "deep": (SharedFileDamaged, lambda _document: b"[" * 100_000),
    "a .tchat file": (SharedFileDamaged, spoilt(lambda raw: raw.update(format="tchat"))),
    "a list": (SharedFileDamaged, lambda _document: b"[]"),
    "later": (SharedFileNewer, spoilt(lambda raw: raw.update(version=2))),
    "no version": (SharedFileDamaged, spoilt(lambda raw: raw.update(version=True))),
    "another chat": (OfAnotherChat, spoilt(lambda raw: raw.update(chat="other"))),
    "no computer": (SharedFileDamaged, spoilt(lambda raw: raw["computers"][0].update(id="../x"))),
    "no author": (SharedFileDamaged, spoilt(lambda raw: raw["dated"][0].update(by="<b>"))),
    "no instant": (SharedFileDamaged, spoilt(lambda raw: raw["dated"][0].update(at="hier"))),
    "posts": (SharedFileDamaged, spoilt(lambda raw: raw.update(posts={}))),
    "too many": (SharedFileDamaged, spoilt(lambda raw: raw.update(gone=["1"] * 200_000))),
    "two in one place": (
        SharedFileDamaged,
        spoilt(lambda raw: raw["hour"]["rows"].append(raw["hour"]["rows"][0])),
    ),
    "to come": (
        ClockAhead,
        spoilt(
            lambda raw: raw["dated"][0].update(
                at=(NOON + MOST_AHEAD + timedelta(minutes=1)).isoformat()
            )
        ),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_changes_nothing(
    name: str, awa: Side, marieme: Side, file: Path
) -> None:
    error, spoil = REFUSED[name]
    awa.hear("1")
    awa.link.save(file, awa.here)
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(error):
        marieme.link.take(file, marieme.here)
    assert marieme.marks == {}
    assert marieme.data.shared.shared(FULL) is None
    assert marieme.data.outbox.rows(FULL.id, LIVE) == []


def test_a_file_spoilt_anyhow_is_refused_or_taken(awa: Side, marieme: Side, file: Path) -> None:
    """What is taken can be written again, and is then as it was read."""
    awa.hear("1", "2", "3")
    awa.mark("2", Mark.STARRED)
    awa.link.save(file, awa.here)
    document, chance, taken = file.read_bytes(), random.Random(7), 0
    for _turn in range(150):
        file.write_bytes(spoilt_anyhow(document, chance))
        try:
            marieme.link.take(file, marieme.here)
        except SharedFileError:
            continue
        taken += 1
        shared = marieme.data.shared.shared(FULL)
        assert shared is not None
        assert decode_shared(encode_shared(FULL, shared), FULL.id, None) == shared
    assert 0 < taken < 150


def test_a_file_that_is_not_one_is_refused(marieme: Side, tmp_path: Path) -> None:
    with pytest.raises(SharedFileDamaged):
        marieme.link.take(tmp_path, marieme.here)


def test_what_a_hostile_post_says_is_made_safe(awa: Side, marieme: Side, file: Path) -> None:
    awa.hear("1", "2")
    awa.link.save(file, awa.here)

    def change(raw: dict[str, Any]) -> None:
        raw["posts"][0]["post"] |= {"url": "javascript:alert(1)", "text": "a\x00\u202eb"}
        raw["posts"][1]["post"]["id"] = "2/../x"
        raw["computers"][0]["name"] = "<b>Awa</b>" + "x" * 500
        raw["dated"].append({"post": "9", "name": "__class__", "at": NOON.isoformat(), "by": AWA})
        raw["key"] = "secret"

    file.write_bytes(spoilt(change)(file.read_bytes()))
    taken = marieme.link.take(file, marieme.here)
    [post] = [one.post for one in marieme.data.posts.all(FULL.id, LIVE)]
    assert (post.url, "\x00" in post.text) == ("", False)
    assert len(taken.publisher) <= 40


def test_a_document_is_read_as_it_was_written(awa: Side) -> None:
    awa.hear("1", "2")
    awa.mark("1", Mark.STARRED)
    awa.link.save(Path(awa.data.folder) / "x.tchat-hour", awa.here)
    awa.data.posts.remove(FULL.id, LIVE, "2")
    awa.link.save(Path(awa.data.folder) / "x.tchat-hour", awa.here)
    shared = awa.data.shared.shared(FULL)
    assert shared is not None
    assert shared.posts["2"].value is None
    assert decode_shared(encode_shared(FULL, shared), FULL.id, NOON) == shared


def test_what_is_shared_goes_with_its_chat(awa: Side) -> None:
    awa.link.save(Path(awa.data.folder) / "x.tchat-hour", awa.here)
    awa.link.follow(FULL, "/cle/x.tchat-hour")
    assert awa.link.known(awa.here) == ("/cle/x.tchat-hour", "")
    assert awa.link.known(replace(awa.here, computer_id=MARIEME)) == ("/cle/x.tchat-hour", "Awa")
    awa.data.chats.delete(FULL.id)
    assert awa.link.known(awa.here) == ("", "")

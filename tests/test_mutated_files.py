"""A .tchat file that somebody, or something, has spoilt stops nothing: at worst it is refused.

`python -m tests.test_mutated_files 5000` spoils that many, from another seed each time. What is
taken in goes through all that the app makes of a chat: the steps, the run sheet, the outbox, the
letters, the announcements, the recap and the tables.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from tchat_desktop.adapters.exports.calendar_file import calendar_file
from tchat_desktop.adapters.exports.figures_csv import figures_csv, posts_csv
from tchat_desktop.adapters.exports.guest_pack import guest_pack_page
from tchat_desktop.adapters.exports.invitation import email_draft, mailto
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.adapters.reading.upgrades import VERSION
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain import guide, letters, promotion, run_sheet, schedule, thanks
from tchat_desktop.domain.chat import Chat, Occasion, Route, phase
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.etiquette import strangers, uninvited_mentions
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.report import build_report
from tchat_desktop.platform.paths import resource
from tchat_desktop.services.ports import ChatFile, ChatFileError, ChatFileTooLarge
from tchat_desktop.start.data_directory import DataDirectory, texts_of
from tchat_desktop.start.hours import script_of
from tchat_desktop.wording.when_words import when_of
from tests.adapters.exports.sample import STATIONERY
from tests.adapters.samples import FULL, HOUR, NOON, PNG, feed_post
from tests.fakes.clock import FakeClock
from tests.fakes.network import NETWORK

log = logging.getLogger(__name__)

RUNS = 200
SEED = 4
LARGEST_COPY = 20_000

STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10**6, 2**31, 2**63, 2**64, -(2**63) - 1, 1.5, -0.0, 1e308, "",
    " ", "zz", "zz_ZZ", "x" * 300, "fr_FR@euro", "en-GB-oxendict", "..", "a:b", "q:a:b", ":", "a/b",
    "é", "../../etc", "\ud800", "\x00", "\u202e", "\ufeff", "٣", "Mars/Olympus", "GMT+25",
    "Etc/GMT+12", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "2026-12-05", "NaN",
    "2026-12-05T20:00:00", "2026-12-05T20:00:00+99:99", [], {}, [None], [[[[]]]], {"id": "x"},
    {"a": {"a": {}}}, ["a", "b"], ["a", ["b"]], [["a", "b", "c"]], "{blank}", "[numéros d’aide]",
    "{hashtag}", "<b>", "@", "#", "https://", "mailto:", "\r\n", "\u2028",
)  # fmt: skip


def originals() -> list[bytes]:
    """The files that are spoilt: the examples, and one with everything in it."""
    posts = tuple(feed_post(str(n)) for n in range(1, 4))
    full = ChatFile(FULL, posts, (PNG,), hour=HOUR, hour_at=NOON)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "full.tchat")
        TchatFiles().write(path, full)
        made = [path.read_bytes()]
    return made + [
        path.read_bytes() for path in sorted(resource("languages").glob("*/example.tchat"))
    ]


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The file with a few things wrong in its bytes or in its values."""
    if chance.random() < 0.3:
        return _bytes_spoilt(bytearray(content), chance)
    document = json.loads(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        places = list(_places(document))
        holder, key = chance.choice(places)
        act = chance.random()
        if act < 0.7:
            alike = [one for one in STRANGE if type(one) is type(holder[key])]
            kind = alike if alike and chance.random() < 0.8 else STRANGE
            holder[key] = deepcopy(chance.choice(kind))
        elif act < 0.8:
            del holder[key]
        elif act < 0.9 and isinstance(holder, list):
            holder.append(_copied(holder[key]))
        else:
            # What holds itself cannot be written: a copy of what is elsewhere.
            holder[key] = _copied(chance.choice(places)[0])
    if chance.random() < 0.2:
        document["version"] = chance.randint(1, VERSION)
    return _written(document) or b"{}"


def _bytes_spoilt(content: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 2, 10))):
        at = chance.randrange(len(content) or 1)
        act = chance.randrange(4)
        if act == 0 and content:
            content[at] ^= 1 << chance.randrange(8)
        elif act == 1:
            del content[at : at + chance.choice((1, 20, 10**6))]
        elif act == 2:
            content[at:at] = bytes(chance.choices(b'"{}[],:0\\ue\xff\x00', k=chance.choice((1, 9))))
        else:
            content[at:at] = content[at : at + 200]
    return bytes(content)


def _written(document: Any) -> bytes:
    try:
        return json.dumps(document).encode()
    except (ValueError, RecursionError):
        return b""


def _copied(part: Any) -> Any:
    """A copy of a part; of one that is large, nothing: a few rounds would fill the memory."""
    written = _written(part)
    return json.loads(written) if 0 < len(written) <= LARGEST_COPY else []


def _places(whole: Any) -> Iterator[tuple[Any, Any]]:
    """Each value of a document, by what holds it and under which name."""
    parts = [whole]
    while parts:
        part = parts.pop()
        keys = (
            part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
        )
        for key in keys:
            yield part, key
            parts.append(part[key])


class Bench:
    """Takes files in as the app does, and makes of them all that it makes of a chat."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "spoilt.tchat"
        self.data = DataDirectory(folder, FakeClock(NOON), lambda _event: None)
        self.chats, self.outbox = self.data.chats, self.data.outbox
        self.library = self.data.library

    def take(self, content: bytes) -> str:
        """What came of a file: "taken", or why it was refused."""
        self.path.write_bytes(content)
        try:
            file = self.library.import_file(self.path)
        except ChatFileError as error:
            return type(error).__name__
        chat = self.chats.load(file.chat.id)
        assert chat == file.chat
        self._live(chat, file.posts)
        try:
            self.library.export_file(chat.id, self.path)
        except ChatFileTooLarge:
            return "too large to be written"
        again = TchatFiles().read(self.path)
        assert again.chat == chat
        self.chats.delete(chat.id)
        return "taken"

    def _live(self, chat: Chat, posts: tuple[FeedPost, ...]) -> None:
        texts = texts_of(chat.language)
        script_of(chat.language)
        sheet = run_sheet.build_run_sheet(chat, texts)
        phase(chat, NOON)
        guide.progress(chat, sheet, NOON)
        guide.statuses(chat, sheet, NOON)
        guide.missing(chat, sheet, NOON)
        guide.next_step(chat, sheet, NOON)
        schedule.cautions(chat, NOON)
        schedule.next_edition(chat, NOON)
        when = when_of(chat)
        for item in (*sheet.items, *sheet.reserve):
            uninvited_mentions(item.text, chat, NETWORK)
            strangers(item.text, chat, NETWORK)
            run_sheet.with_item_text(chat, item.key, "Autre texte", texts)
            run_sheet.without_item(chat, item.key)
        rows = run_sheet.plan(chat, sheet, Occasion.LIVE, Route.KEYS, chat.starts_at or NOON)
        self.outbox.add(rows)
        # An hour that was open elsewhere has come in with its chat.
        kept = {row.slot for row in self.outbox.rows(chat.id, Occasion.LIVE)}
        assert {row.slot for row in rows} <= kept
        self._make_known(chat)
        self._look_back(chat, posts)
        edition = self.library.new_edition(chat.id)
        self.chats.delete(edition.id)
        assert when is not None

    def _make_known(self, chat: Chat) -> None:
        texts = texts_of(chat.language)
        promotion.ladder(chat, NOON)
        for announcement in promotion.announcements_by_date(chat):
            when = when_of(chat)
            text = promotion.text_of(chat, announcement, texts, when)
            promotion.subject_of(chat, announcement, texts, when)
            promotion.check_announcement(chat, announcement, text, NOON, NETWORK)
        for person in chat.people:
            when = when_of(chat, person.time_zone)
            letter = letters.invitation(chat, person, texts, when)
            mailto(person, letter)
            email_draft(person, letter)
            pack = letters.guest_pack(chat, person, texts, when)
            guest_pack_page(pack, chat.language, STATIONERY)
        if chat.starts_at is not None:
            calendar_file(chat, chat.topic, chat.hashtag, NOON)

    def _look_back(self, chat: Chat, posts: tuple[FeedPost, ...]) -> None:
        rows = self.outbox.rows(chat.id, Occasion.LIVE)
        collected = tuple(replace(item, starred=True) for item in posts)
        recap = build_recap(chat, collected, rows, NETWORK)
        recap_page(recap, STATIONERY)
        recap_markdown(recap, STATIONERY)
        figures_csv(chat, build_report(chat, collected, rows, NETWORK), STATIONERY)
        posts_csv(chat, collected, STATIONERY)
        people = thanks.participants(chat, collected, rows, NETWORK)
        thanks.grouped_thanks(chat, people, texts_of(chat.language))


def run(folder: Path, runs: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Spoil so many files: what came of them, and what nobody caught."""
    chance = random.Random(seed)
    files = originals()
    outcomes: Counter[str] = Counter()
    uncaught: list[str] = []
    bench = Bench(folder)
    with closing(bench.data):
        for number in range(runs):
            content = spoilt(chance.choice(files), chance)
            try:
                outcomes[bench.take(content)] += 1
            except Exception as error:
                log.error("file %s of seed %s", number, seed)
                uncaught.append("".join(traceback.format_exception(error)[-3:]))
    return outcomes, uncaught


def test_no_spoilt_file_is_an_error_nobody_caught(tmp_path: Path) -> None:
    outcomes, uncaught = run(tmp_path, RUNS, SEED)
    assert uncaught == []
    # The test can fail: many are taken in, and go through everything.
    assert outcomes["taken"] > RUNS / 4, outcomes
    assert len(outcomes) > 1, outcomes


def main(runs: int) -> int:
    """The command line."""
    logging.disable()
    seed = random.randrange(10**6)
    with tempfile.TemporaryDirectory() as folder:
        outcomes, uncaught = run(Path(folder), runs, seed)
    for text, times in Counter(uncaught).items():
        sys.stderr.write(f"{times} × {text}\n")
    sys.stdout.write(f"seed={seed} files={runs} uncaught={len(uncaught)} {dict(outcomes)}\n")
    return 1 if uncaught else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))

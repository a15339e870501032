"""Whatever a file holds, what comes in by the door is shown on every page, and is written again.

The chats are of the right types, and strange in everything else: languages, zones, ids, instants,
numbers, lists that are empty or name what is not there.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.reading.upgrades import VERSION
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.steps import STEPS
from tchat_desktop.services.ports import ChatFileDamaged
from tchat_desktop.ui.shell.failed_page import FailedPage
from tests.ui.running import Person, running

IDS = ("a:b", "q:a:b", "", " ", ":", "a", "b", "1", "../../etc", "é", "x" * 70, "q", "part-1")
WORDS = (
    "", " ", "Bonsoir", "a\nb", "\r\n", "Q99999 Quoi ?", "{topic}", "[numéro]",
    "<b>gras</b>", "@awa_ex", "@", "#", "#Tag", "https://x.com/a/status/1", "javascript:alert(1)",
    "mailto:a@b", "\u202e", "\ufeff", "٣", "👩🏾‍🏫", "zz", "x" * 400, "word " * 300,
    "%s %(a)s {}", "&amp;",
)  # fmt: skip
LANGUAGES = ("zz", "", "fr", "en", "en-GB", "a:b", "fr_FR@euro", "../fr", "qps", "i-klingon", "und")
ZONES = (
    "Mars/Phobos", "", "UTC", "Etc/GMT+12", "GMT0", "Africa/Dakar", "Pacific/Apia", "EST5EDT",
    "Factory", "posixrules", "localtime", "right/UTC", "America/Argentina/ComodRivadavia",
    "Asia/Kathmandu", "../UTC", "Africa", "Antarctica/Troll",
)  # fmt: skip
INSTANTS = (
    "2026-12-05T20:00:00Z", "2000-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z", "2026-12-05T20:00:00", "2026-02-30T00:00:00Z", "tomorrow", "",
    "2026-12-05T20:00:00.000001+13:45",
)  # fmt: skip
NUMBERS = (0, 1, -1, 7, 59, 1440, 1441, 10**6, 2**31, 2**53, 2**64, -(2**63) - 1)
KEYS = ("welcome", "rules", "guests", "nudge1", "nudge3", "closing", "q:a:b", "q:a", "q:", "gone")

BY_NAME: dict[str, tuple[Any, ...]] = {
    "language": LANGUAGES,
    "time_zone": ZONES,
    "key": KEYS,
    "id": IDS,
    "question_id": IDS,
    "assigned_to": IDS,
    "run_order": KEYS,
    "audience_zones": ZONES,
    "carried_over": ("topic", "starts_at", "time_zone", "gone"),
}


def raw_of(hint: Any, name: str = "") -> st.SearchStrategy[Any]:
    """JSON of a type, as strange as its type allows."""
    if get_origin(hint) is tuple:
        kinds = get_args(hint)
        if kinds[-1] is Ellipsis:
            return st.lists(raw_of(kinds[0], name), max_size=3)
        return st.tuples(*(raw_of(kind, name) for kind in kinds)).map(list)
    if NoneType in get_args(hint):
        [inner] = [one for one in get_args(hint) if one is not NoneType]
        # Most often there: what is not there is never strange.
        return st.one_of(raw_of(inner, name), raw_of(inner, name), st.none())
    if is_dataclass(hint):
        return raw_record(hint)
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.sampled_from(NUMBERS)
    if hint is datetime:
        return st.sampled_from(INSTANTS)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from([*(one.value for one in hint), "unheard of"])
    return st.sampled_from(BY_NAME.get(name, WORDS))


def raw_record(kind: Any) -> st.SearchStrategy[dict[str, Any]]:
    """JSON of a record; what it can do without is missing at times."""
    hints = get_type_hints(kind)
    needed = {one.name for one in fields(kind) if one.default is MISSING is one.default_factory}
    every = {one.name: raw_of(hints[one.name], one.name) for one in fields(kind)}
    return st.fixed_dictionaries(
        {name: every[name] for name in needed},
        optional={name: every[name] for name in every.keys() - needed},
    )


documents = st.builds(
    lambda chat, posts, wall: {
        "format": "tchat",
        "version": VERSION,
        "chat": chat,
        "posts": posts,
        "wall": wall,
    },
    raw_record(Chat),
    st.lists(raw_record(FeedPost), max_size=3),
    st.sampled_from(INSTANTS),
)


@settings(
    max_examples=12,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(document=documents)
def show(me: Person, path: Path, shown: Counter[str], document: dict[str, Any]) -> None:
    path.write_text(json.dumps(document))
    try:
        chat = me.app.data().library.import_file(path).chat
    except ChatFileDamaged:
        shown["refused"] += 1
        return
    assert me.window.open_chat(chat)
    for step in STEPS:
        me.workspace.open_step(step)
        page = me.workspace.page(step)
        assert not isinstance(page, FailedPage), step
        me.wait(page.isVisible)
        QApplication.processEvents()
    me.window.go_home()
    shown["shown"] += 1


def test_whatever_passes_the_door_is_shown_on_every_page(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    shown: Counter[str] = Counter()
    with running(qapp, tmp_path / "data") as app:
        me = Person(app, qtbot)
        # With the first chat the data is open: the worker thread opens it.
        me.new_chat()
        show(me, tmp_path / "strange.tchat", shown)
    assert shown["shown"] > 8, shown

"""Checks whether this installation works (`--self-test`), by using each of its parts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.platform.paths import resource
from tchat_desktop.wording import i18n


def run_self_test(say: Callable[[str], None]) -> bool:
    """Try every part and say a line on each; returns whether all work. Needs a QApplication."""
    parts: dict[str, Callable[[], str]] = {
        "languages": _languages,
        "time zones": _time_zones,
        "templates of posts": _templates,
        "pictures": _pictures,
        "storage": _storage,
        "recap page": _recap,
        "calendar file": _calendar,
        "connection to X": _x,
        "system keyring": _keyring,
        "power and sleep": _power,
    }
    well = True
    for name, part in parts.items():
        try:
            say(f"ok      {name}: {part()}")
        except Exception as error:
            well = False
            say(f"FAILED  {name}: {error!r}")
    return well


def _languages() -> str:
    for one in LANGUAGES:
        i18n.activate(one.code)
        if i18n.ngettext("{count} guest", "{count} guests", 2) == "":
            raise ValueError(one.code)
    i18n.activate("fr")
    if i18n._("Before") != "Avant":
        raise ValueError("French is not there")
    from tchat_desktop.ui.shell.speech import texts_left_in_english

    if english := texts_left_in_english("fr"):
        raise ValueError(f"Qt says in English: {', '.join(english)}")
    return ", ".join(one.name for one in LANGUAGES)


def _time_zones() -> str:
    moment = datetime(2026, 12, 5, 20, tzinfo=ZoneInfo("Africa/Dakar"))
    return moment.astimezone(ZoneInfo("Europe/Paris")).isoformat()


def _templates() -> str:
    from tchat_desktop.adapters.texts_file import load_texts
    from tchat_desktop.start.network import network_rules

    return ", ".join(load_texts(one.code, network_rules()).language for one in LANGUAGES)


def _pictures() -> str:
    from tchat_desktop.ui.icons import pixmap
    from tchat_desktop.ui.picture_file import unreadable_forms

    drawn = [path.stem for path in resource("icons").glob("*.svg")]
    if not drawn or any(pixmap(name, "#000000", 18).isNull() for name in drawn):
        raise ValueError("icons are missing")
    if missing := unreadable_forms():
        raise ValueError(f"pictures that cannot be read: {', '.join(missing)}")
    return f"{len(drawn)} icons"


def _storage() -> str:
    from tchat_desktop.services.clock import SystemClock
    from tchat_desktop.start.data_directory import DataDirectory

    with tempfile.TemporaryDirectory() as folder:
        data = DataDirectory(Path(folder), SystemClock(), lambda _event: None)
        try:
            chat = data.library.open_example("fr")
            if data.library.load(chat.id) != chat:
                raise ValueError("a chat came back changed")
        finally:
            data.close()
    return chat.topic


def _recap() -> str:
    from tchat_desktop.adapters.exports.recap_page import recap_page
    from tchat_desktop.adapters.exports.stationery import ExportTemplates
    from tchat_desktop.adapters.tchat_file import TchatFiles
    from tchat_desktop.domain import recap
    from tchat_desktop.start.network import network_rules

    chat = TchatFiles().read(resource("languages", "fr", "example.tchat")).chat
    rules = network_rules()
    paper = ExportTemplates(resource(), i18n, rules)
    page = recap_page(recap.build_recap(chat, (), (), rules), paper)
    return f"{len(page)} characters"


def _calendar() -> str:
    from tchat_desktop.adapters.exports.calendar_file import calendar_file
    from tchat_desktop.adapters.tchat_file import TchatFiles

    chat = TchatFiles().read(resource("languages", "fr", "example.tchat")).chat
    return f"{len(calendar_file(chat, 'x', 'y', datetime.now(UTC)))} bytes"


def _x() -> str:
    import tweepy

    return f"tweepy {tweepy.__version__}"


def _keyring() -> str:
    import keyring

    return type(keyring.get_keyring()).__name__


def _power() -> str:
    import psutil
    import wakepy

    return f"psutil {psutil.__version__}, wakepy {wakepy.__version__}"

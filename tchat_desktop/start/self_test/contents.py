"""What the app brings along: languages, templates, and what exports are made of."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.languages import FALLBACK, LANGUAGES, SCREEN_LANGUAGES
from tchat_desktop.platform.paths import resource
from tchat_desktop.start.self_test.found import Unusable
from tchat_desktop.wording import i18n


def languages() -> str:
    """Each has its days and numbers, and its screens if there are any; Qt speaks French."""
    from tchat_desktop.ui.shell.speech import texts_left_in_english

    for one in LANGUAGES:
        if one.on_screen and not i18n.has_catalogue(one.code):
            raise Unusable(f"no catalogue for {one.code}")
        i18n.format_day(date(2026, 12, 5), one.code)
        i18n.format_number(1234.5, one.code)
        i18n.city("Africa/Dakar", one.code)
    i18n.activate("fr")
    if i18n._("Before") != "Avant":
        raise Unusable("French is not there")
    if english := texts_left_in_english("fr"):
        raise Unusable(f"Qt says in English: {', '.join(english)}")
    return ", ".join(one.name for one in SCREEN_LANGUAGES)


def templates() -> str:
    """The texts of posts and of the rehearsal, in each language."""
    from tchat_desktop.adapters.texts_file import load_texts
    from tchat_desktop.start.hours import script_of
    from tchat_desktop.start.network import network_rules

    for one in LANGUAGES:
        load_texts(one.code, network_rules())
        script_of(one.code)
    return ", ".join(one.code for one in LANGUAGES)


def places_and_days() -> str:
    """The list of towns, and the international days with their names."""
    from tchat_desktop.adapters.days_file import load_days
    from tchat_desktop.adapters.places_file import load_places

    towns, days = load_places().beginning("Dak", 5), load_days()
    if not towns or not days:
        raise Unusable("no Dakar, or no days")
    return f"{towns[0].name}, {len(days)} days"


def holidays_and_lists() -> str:
    """Public holidays with their names, and a list of questions out of a file of Word."""
    from tchat_desktop.adapters.public_holidays import days_off
    from tchat_desktop.adapters.question_list_file import read_question_list
    from tchat_desktop.domain.days_off import LocalDay

    [christmas] = days_off([LocalDay("Africa/Dakar", "SN", date(2026, 12, 25))], "fr")
    if christmas.name != "Noël":
        raise Unusable(f"Christmas in Dakar is called {christmas.name!r}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.docx")
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("word/document.xml", _WORD.format(text="Quoi ?"))
        if read_question_list(path) != "Quoi ?":
            raise Unusable("a file of Word is read otherwise")
    return f"{christmas.name}, a list of Word"


_WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
)


def exports() -> str:
    """The files made for others, of the example of each language."""
    from tchat_desktop.adapters.exports.calendar_file import calendar_file
    from tchat_desktop.adapters.exports.guest_pack import guest_pack_page
    from tchat_desktop.adapters.exports.recap_page import recap_page
    from tchat_desktop.adapters.exports.recap_word import recap_word
    from tchat_desktop.adapters.exports.stationery import ExportTemplates
    from tchat_desktop.domain import letters, recap
    from tchat_desktop.start.data_directory import texts_of
    from tchat_desktop.start.network import network_rules
    from tchat_desktop.wording.when_words import when_of

    rules = network_rules()
    paper = ExportTemplates(resource(), i18n, rules)
    characters = 0
    for one in LANGUAGES:
        chat = _example(one.code)
        built = recap.build_recap(chat, (), (), rules)
        characters += len(recap_page(built, paper)) + len(recap_word(built, paper))
        characters += len(calendar_file(chat, "x", "y", datetime.now(UTC)))
        for guest in chat.people[:1]:
            when = when_of(chat, guest.time_zone)
            pack = letters.guest_pack(chat, guest, texts_of(chat.language), when)
            characters += len(guest_pack_page(pack, chat.language, paper))
    return f"{characters} characters, {FALLBACK} first"


def _example(code: str) -> Chat:
    from tchat_desktop.adapters.tchat_file import TchatFiles

    return TchatFiles().read(resource("languages", code, "example.tchat")).chat

"""Who is hidden is named in no file and no thanks, however others write the name."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tchat_desktop.adapters.exports.card_words import picture_cards
from tchat_desktop.adapters.exports.funder_page import funder_sheet
from tchat_desktop.adapters.exports.recap_page import proposed_introduction
from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chat import Chat, Occasion, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.funder_sheet import sheet_words
from tchat_desktop.domain.recap_thread import proposed_thread
from tchat_desktop.domain.report import build_report
from tchat_desktop.services.material import Material
from tchat_desktop.start import exports
from tchat_desktop.start.data_directory import texts_of
from tchat_desktop.ui.pages.shared.saving import Export
from tests.adapters.exports.sample import STATIONERY, post, row
from tests.adapters.exports.sample import chat as sample
from tests.fakes.network import NETWORK
from tests.hidden_names import Hidden, found_in, people, sentences

pytestmark = pytest.mark.usefixtures("qapp")

ROWS = (row(1, 5),)
BODIES = ("text/plain", "text/html")
BARE = (".png", ".jpeg", ".woff2")
"""Pictures and fonts, which are no text."""
QUIET = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def held(who: Hidden, said: str) -> tuple[Chat, tuple[FeedPost, ...]]:
    """A chat in which somebody is hidden, and everybody else writes their name."""
    base = sample()
    draft = RecapDraft(
        title=said,
        introduction=said,
        conclusion=said,
        comments=(("q1", said),),
        hidden_authors=(who.handle,),
    )
    guests = tuple(replace(one, bio=said) for one in base.people)
    questions = tuple(replace(one, text=said) for one in base.questions)
    made = replace(base, recap=draft, people=guests, questions=questions, topic=said)
    own = post(1, 5, "R1 Je suis là", question_id="q1")
    theirs = replace(own.post, id="1234567890123456789", author=who.handle, author_name=who.name)
    told = post(2, 1, said, question_id="q1")
    called = post(3, 2, "Oui", question_id="q1")
    return made, (
        replace(own, post=theirs),
        told,
        replace(called, post=replace(called.post, author_name=said)),
        post(4, 0, f"R1 {said}", question_id="q1"),
    )


def files(chat: Chat, posts: tuple[FeedPost, ...]) -> list[tuple[Export[Any], object]]:
    """Everything that is offered to be saved after the hour, with what it is made of."""
    material = Material(Occasion.LIVE, posts, ROWS)
    recap = recaps.build_recap(chat, posts, ROWS, NETWORK)
    report = build_report(chat, posts, ROWS, NETWORK)
    dossier = Dossier(chat, report, posts, ROWS)
    return [
        *((one, recap) for one in exports.of_recap(STATIONERY)),
        *((one, (chat, report)) for one in exports.of_figures(STATIONERY)),
        *((one, (chat, material)) for one in exports.of_posts(STATIONERY)),
        *((one, dossier) for one in exports.of_everything(STATIONERY)),
        *((one, dossier) for one in exports.of_curves(STATIONERY)),
    ]


def told(chat: Chat, posts: tuple[FeedPost, ...]) -> str:
    """What is published or copied without a file: the thread, pictures and their descriptions."""
    recap = recaps.build_recap(chat, posts, ROWS, NETWORK)
    figures = proposed_introduction(recap, STATIONERY.labels(chat.language))
    thread = proposed_thread(chat, recap, texts_of(chat.language), figures)
    said = [post.text for post in thread]
    for card in picture_cards(recap, STATIONERY):
        said += [card.text, card.name, card.detail, card.heading, card.kicker, card.read_on]
        said += [card.alt_text, card.address]
    report = build_report(chat, posts, ROWS, NETWORK)
    said += sheet_words(funder_sheet(Dossier(chat, report, posts, ROWS), STATIONERY))
    return "\n".join(said)


def readable(path: Path) -> str:
    """What somebody finds in a file, whether it shows or not: its text, links and descriptions."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            parts = [f"{one}\n{packed.read(one).decode('utf-8', 'replace')}"
                     for one in packed.namelist() if not one.endswith(BARE)]  # fmt: skip
        return html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", "", "\n".join(parts), flags=re.S))
    if path.suffix == ".pdf":
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext (poppler-utils) is not installed")
        return subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
    if path.suffix == ".eml":
        mail = message_from_bytes(path.read_bytes(), policy=default)
        bodies = (part.get_content() for part in mail.walk() if part.get_content_type() in BODIES)
        return html.unescape("\n".join((str(mail["Subject"]), *bodies)))
    text = path.read_bytes().decode("utf-8", "replace")
    if path.suffix == ".html":
        text = html.unescape(re.sub(r"(?s)<style.*?</style>", "", text))
    return re.sub(r"\\(?=\W)", "", text) if path.suffix == ".md" else text


@cache
def plain(folder: Path) -> str:
    """What the files say anyway, of a chat in which nobody is named."""
    nobody = held(Hidden("Zzyzx Qwrtz", "zzyzx_qwrtz"), "Bravo")
    made = [
        readable(one.write(what, folder / f"plain.{one.suffix}")) for one, what in files(*nobody)
    ]
    return "\n".join((*made, told(*nobody)))


FILES = [f"{one.reader or one.title}-{one.suffix}" for one, _ in files(*held(Hidden("", "h"), ""))]


@pytest.mark.parametrize("place", range(len(FILES)), ids=FILES)
@QUIET
@given(data=st.data())
def test_no_file_names_who_is_hidden(
    place: int, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    who = data.draw(people())
    assume(not found_in(plain(folder), who))
    said = data.draw(sentences(who))
    export, content = files(*held(who, said))[place]
    path = export.write(content, folder / f"hidden.{export.suffix}")
    assert not found_in(readable(path), who), said


@QUIET
@given(data=st.data())
def test_neither_the_thread_nor_a_picture_nor_its_description_names_who_is_hidden(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    who = data.draw(people())
    assume(not found_in(plain(tmp_path_factory.getbasetemp()), who))
    said = data.draw(sentences(who))
    assert not found_in(told(*held(who, said)), who), said


def test_what_is_looked_for_is_found_where_nobody_is_hidden(tmp_path: Path) -> None:
    """Else the tests above could not fail."""
    who = Hidden("Aïssatou N’Diaye", "aissatou_nb")
    made, posts = held(who, f"Merci {who.name} !")
    shown = replace(made, recap=replace(made.recap, hidden_authors=()))
    silent = [
        name
        for name, (one, what) in zip(FILES, files(shown, posts), strict=True)
        if not found_in(readable(one.write(what, tmp_path / f"a.{one.suffix}")), who)
    ]
    # The table of the figures has no words of anybody.
    assert silent == [f"{exports.of_figures(STATIONERY)[0].title}-csv"]
    assert found_in(told(shown, posts), who)

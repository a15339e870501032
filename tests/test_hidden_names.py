"""Who is hidden is named in no file and no thanks, however others write the name."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chat import Chat, Occasion, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.report import build_report
from tchat_desktop.services.material import Material
from tchat_desktop.start import exports
from tchat_desktop.ui.pages.shared.saving import Export
from tests.adapters.exports.sample import STATIONERY, post, row
from tests.adapters.exports.sample import chat as sample
from tests.fakes.network import NETWORK
from tests.hidden_names import Hidden, found_in, people, sentences

pytestmark = pytest.mark.usefixtures("qapp")

ROWS = (row(1, 5),)
QUIET = settings(
    max_examples=40,
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
    return [
        *((one, recap) for one in exports.of_recap(STATIONERY)),
        *((one, (chat, report)) for one in exports.of_figures(STATIONERY)),
        *((one, (chat, material)) for one in exports.of_posts(STATIONERY)),
    ]


def readable(path: Path) -> str:
    """What somebody finds in a file, whether it shows or not: its text, links and descriptions."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            parts = [packed.read(one).decode("utf-8", "replace") for one in packed.namelist()
                     if one.endswith((".xml", ".rels"))]  # fmt: skip
        return html.unescape(re.sub(r"<[^>]*>", "", "\n".join(parts)))
    if path.suffix == ".pdf":
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext (poppler-utils) is not installed")
        return subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
    text = path.read_bytes().decode("utf-8", "replace")
    if path.suffix == ".html":
        text = html.unescape(re.sub(r"(?s)<style.*?</style>", "", text))
    return re.sub(r"\\(?=\W)", "", text) if path.suffix == ".md" else text


@cache
def plain(folder: Path) -> str:
    """What the files say anyway, of a chat in which nobody is named."""
    written = files(*held(Hidden("Zzyzx Qwrtz", "zzyzx_qwrtz"), "Bravo"))
    return "\n".join(
        readable(one.write(what, folder / f"plain.{one.suffix}")) for one, what in written
    )


TITLES = [export.title for export, _what in files(*held(Hidden("", "h"), ""))]


@pytest.mark.parametrize("title", TITLES)
@QUIET
@given(data=st.data())
def test_no_file_names_who_is_hidden(
    title: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    who = data.draw(people())
    assume(not found_in(plain(folder), who))
    said = data.draw(sentences(who))
    export, content = next(one for one in files(*held(who, said)) if one[0].title == title)
    path = export.write(content, folder / f"hidden.{export.suffix}")
    assert not found_in(readable(path), who), said

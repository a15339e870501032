"""No form of a hidden name, handle or word is in anything that is handed over."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tchat_desktop.adapters.exports.curves import curves_page
from tchat_desktop.adapters.exports.figures_csv import (
    figures_csv,
    people_csv,
    posts_csv,
    questions_csv,
    shared_csv,
)
from tchat_desktop.adapters.exports.funder_page import funder_sheet
from tchat_desktop.adapters.exports.recap_letter import letter_as_text
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.adapters.exports.recap_word import recap_word
from tchat_desktop.adapters.exports.recap_wordpress import recap_wordpress
from tchat_desktop.adapters.exports.report_json import report_json
from tchat_desktop.domain import recap
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import Chapter, Chat, Naming, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.documented import Dossier, documented
from tchat_desktop.domain.figures import count
from tchat_desktop.domain.funder_sheet import sheet_words
from tchat_desktop.domain.report import build_report
from tests.adapters.exports.html_check import Page
from tests.adapters.exports.sample import STATIONERY, chat, post, row
from tests.domain.test_anonymity import BLANKS, FORMS, LETTERS, UNSEEN
from tests.fakes.network import NETWORK
from tests.hidden_names import shows

HANDLE = "zzhidden_ex"
ID = "1999888777666555444"


def words_of(document: bytes) -> str:
    """All that a document of Word says, its links and properties too."""
    told = "".join(one.text for one in Document(io.BytesIO(document)).paragraphs)
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        parts = ("word/_rels/document.xml.rels", "docProps/core.xml")
        return told + "".join(packed.read(name).decode("utf-8") for name in parts)


def handed_over(told: Chat, posts: list[FeedPost], asked: str) -> list[str]:
    """Everything that can be saved, as a reader sees it."""
    rows = [row(1, 5, text=asked)]
    built = recap.build_recap(told, posts, rows, NETWORK)
    page = recap_page(built, STATIONERY)
    figures = count(told, posts, rows, NETWORK)
    dossier = Dossier(told, build_report(told, posts, rows, NETWORK), tuple(posts), tuple(rows))
    told_of, mask = documented(dossier, NETWORK), NameMask.over(told, posts, NETWORK)
    return [
        Page(page).visible,
        page.split("</style>")[1],
        recap_markdown(built, STATIONERY),
        recap_wordpress(built, STATIONERY),
        letter_as_text(built, STATIONERY),
        words_of(recap_word(built, STATIONERY)),
        figures_csv(told, dossier.report, STATIONERY).decode("utf-8-sig"),
        questions_csv(told, figures, STATIONERY).decode("utf-8-sig"),
        people_csv(told_of, mask, STATIONERY.labels("fr"), STATIONERY).decode("utf-8-sig"),
        shared_csv(told, dossier.report, STATIONERY).decode("utf-8-sig"),
        posts_csv(told, posts, STATIONERY, rows).decode("utf-8-sig"),
        report_json(dossier, told_of, mask).decode(),
        curves_page(dossier, STATIONERY),
        "\n".join(sheet_words(funder_sheet(dossier, STATIONERY))),
    ]


NOT_NAMED = (
    {"hidden_authors": (HANDLE,)},
    {"initialled_authors": (HANDLE,)},
    {"everybody": Naming.INITIALS},
    {"everybody": Naming.HIDDEN},
)


@settings(max_examples=60)
@given(st.data())
def test_nothing_that_is_saved_names_who_is_not_to_be_named(data: st.DataObject) -> None:
    letters = LETTERS.map(lambda name: f"zz{name}")
    name = " ".join(data.draw(st.lists(letters, min_size=1, max_size=2)))
    word = data.draw(letters)

    def written(hidden: str) -> str:
        form = data.draw(FORMS)(hidden).replace(" ", data.draw(BLANKS))
        place = data.draw(st.integers(0, len(form)))
        return form[:place] + data.draw(UNSEEN) + form[place:]

    def said() -> str:
        return f"R1 {written(name)} et {written(word)} : @{HANDLE.upper()}, x.com/i/status/{ID}"

    own, other = post(1, 5), post(2, 1, said())
    own = replace(own, post=replace(own.post, id=ID, author=HANDLE, author_name=name, text=said()))
    named = replace(other, post=replace(other.post, author_name=f"Ami de {written(name)}"))
    told = chat(
        topic=said(),
        recap=RecapDraft(
            introduction=said(),
            conclusion=said(),
            comments=(("q1", said()), ("k", said())),
            chapters=(Chapter("k", said(), "q1"),),
            placed=((other.post.id, "k"),),
            between=((other.post.id, said()),),
            masked_words=(word,),
            **data.draw(st.sampled_from(NOT_NAMED)),
        ),
    )
    for text in handed_over(told, [own, other, named], f"Q1 {said()} #UnionsPrécoces"):
        for hidden in (name, word, HANDLE, ID):
            assert not shows(text, hidden)

"""A post that was edited on X says so in every form in which it is shown, and what that means."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from tchat_desktop.adapters.exports.card_words import picture_cards
from tchat_desktop.adapters.exports.figures_csv import posts_csv
from tchat_desktop.adapters.exports.recap_letter import letter_as_text
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.adapters.exports.recap_paper import recap_paper
from tchat_desktop.adapters.exports.recap_wordpress import recap_wordpress
from tchat_desktop.adapters.exports.report_json import report_json
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import RecapDraft
from tchat_desktop.domain.documented import Dossier, documented
from tchat_desktop.domain.recap import Recap, build_recap
from tchat_desktop.domain.report import build_report
from tests.adapters.exports.html_check import Page
from tests.adapters.exports.sample import STATIONERY, chat, post, row
from tests.fakes.network import NETWORK

SAME = post(2, 1, "R1 Autre chose.", question_id="q1")
EDITED = post(1, 3, "R1 La loi, la vraie.", question_id="q1")
EDITED = replace(
    EDITED, post=replace(EDITED.post, url="https://x.com/moussa_ex/status/1000000000000777")
)
ROWS = (row(1, 4),)
LABELS = STATIONERY.labels("fr")
FORMS: dict[str, Callable[[Recap], str]] = {
    "page": lambda recap: Page(recap_page(recap, STATIONERY)).visible,
    "paper": lambda recap: Page(recap_paper(recap, STATIONERY, None)).visible,
    "markdown": lambda recap: recap_markdown(recap, STATIONERY),
    "wordpress": lambda recap: recap_wordpress(recap, STATIONERY),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_marks_it_once_and_says_what_it_means(form: str) -> None:
    told = " ".join(FORMS[form](build_recap(chat(), [EDITED, SAME], ROWS, NETWORK)).split())
    # The link of the page says it too, to who hears it alone.
    assert told.count(f"({LABELS('edited')})") == (2 if form == "page" else 1)
    assert " ".join(LABELS("edited_why").split()) in told
    plain = FORMS[form](build_recap(chat(), [SAME], ROWS, NETWORK))
    assert LABELS("edited") not in plain


def test_short_forms_mark_it() -> None:
    recap = build_recap(chat(), [EDITED, SAME], ROWS, NETWORK)
    assert f"Moussa B. ({LABELS('edited')})" in letter_as_text(recap, STATIONERY)
    cards = {one.name: one.detail for one in picture_cards(recap, STATIONERY)}
    assert LABELS("edited") in cards["Moussa B."]
    assert LABELS("edited") not in cards["Enseignante, Thiès"]


def test_the_tables_and_the_json_mark_it() -> None:
    table = posts_csv(chat(), [EDITED, SAME], STATIONERY, ROWS).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert {line["Nom sur X"]: line[LABELS("csv_edited")] for line in lines} == {
        "fillesdabord_ex": "", "moussa_ex": "oui", "prof_exemple": "",
    }  # fmt: skip
    posts = (EDITED, SAME)
    made = Dossier(chat(), build_report(chat(), posts, ROWS, NETWORK), posts, ROWS)
    mask = NameMask.over(chat(), posts, NETWORK)
    content = json.loads(report_json(made, documented(made, NETWORK), mask))
    assert {one["account"]: one["edited"] for one in content["posts"]} == {
        "fillesdabord_ex": False, "moussa_ex": True, "prof_exemple": False,
    }  # fmt: skip


def test_of_somebody_who_is_not_named_nothing_more_is_told() -> None:
    hidden = chat(recap=RecapDraft(hidden_authors=("moussa_ex",)))
    recap = build_recap(hidden, [EDITED], ROWS, NETWORK)
    assert not any(one.edited for one in recap.highlights)

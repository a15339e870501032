"""Chapters, words between highlights and initials, in the page, the Markdown and the table."""

from __future__ import annotations

from dataclasses import replace

from tchat_desktop.adapters.exports.figures_csv import posts_csv
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.adapters.exports.recap_paper import recap_paper
from tchat_desktop.domain.chat import Chapter, Naming, RecapDraft
from tchat_desktop.domain.recap import Recap, build_recap
from tests.adapters.exports.html_check import Page
from tests.adapters.exports.sample import STATIONERY, chat, post, row
from tests.fakes.network import NETWORK

HOSTILE = "<b>=SUM(A1)</b> #nos *ressources*"
DRAFT = RecapDraft(
    chapters=(Chapter("k", f"À lire : {HOSTILE}", "q1"),),
    comments=(("k", "Trois textes à garder."),),
    placed=((post(3).post.id, "k"),),
    between=((post(2).post.id, "Une voix de l’hôpital :\n\n<i>écoutons-la</i>"),),
)
POSTS = [
    post(1, 3, "Premier", 9, question_id="q1"),
    post(2, 1, "Deuxième", 10, question_id="q1"),
    post(3, 0, "Troisième", 11, question_id="q2"),
    post(4, 2, "Quatrième", 12, question_id="q2"),
]
ROWS = [row(1, 5), row(2, 8)]


def built(**changes: object) -> Recap:
    return build_recap(chat(recap=replace(DRAFT, **changes)), POSTS, ROWS, NETWORK)


def in_order(text: str, *parts: str) -> None:
    places = [text.index(part) for part in parts]
    assert places == sorted(places), parts


def test_a_chapter_stands_in_its_place_in_page_and_table_of_contents() -> None:
    page = recap_page(built(), STATIONERY)
    seen = Page(page)
    assert seen.faults == []
    in_order(
        seen.visible[seen.visible.index("Premier") :],
        "Premier",
        "Une voix de l’hôpital",
        "Deuxième",
        "À lire\u202f: <b>=SUM(A1)</b> #nos *ressources*",
        "Trois textes à garder.",
        "Troisième",
        "Quatrième",
    )
    assert '<a href="#q-2">À lire' in page
    assert 'id="q-2"' in page
    assert "<b>=SUM" not in page
    assert "<i>" not in page


def test_the_markdown_has_the_same_in_the_same_order() -> None:
    text = recap_markdown(built(), STATIONERY)
    in_order(
        text,
        "> Premier",
        "Une voix de l’hôpital",
        "> Deuxième",
        "\n## À lire\u202f: &lt;b&gt;",
        "Trois textes à garder.",
        "> Troisième",
        "## Q2",
        "> Quatrième",
    )
    assert "<b>" not in text
    assert "<i>" not in text


def test_the_page_for_paper_has_the_same_in_the_same_order() -> None:
    text = recap_paper(built(), STATIONERY).split("</head>")[1]
    in_order(
        text[text.index("Premier") :],
        "Premier",
        "Une voix de l’hôpital",
        "Deuxième",
        "À lire\u202f: &lt;b&gt;",
        "Trois textes à garder.",
        "Troisième",
        "Quatrième",
    )
    assert "<i>" not in text


def test_initials_show_without_link_time_or_handle() -> None:
    recap = built(everybody=Naming.INITIALS, named_authors=("prof_exemple",))
    page = recap_page(recap, STATIONERY)
    text = recap_markdown(recap, STATIONERY)
    table = posts_csv(
        chat(recap=replace(DRAFT, everybody=Naming.INITIALS)), POSTS, STATIONERY, ROWS
    ).decode("utf-8-sig")
    for shown in (page, text, table, recap_paper(recap, STATIONERY)):
        assert "M. B." in shown
        assert "moussa_ex" not in shown.lower()
        assert "Moussa" not in shown
        assert POSTS[0].post.id not in shown
    assert POSTS[1].post.id in page
    assert "— M. B.\n" in text
    assert "prof_exemple" not in table


def test_names_in_two_scripts_and_directions_keep_the_page_sound() -> None:
    names = ("أوا ديوب", "Awa ديوب", "\u202eAwa Diop", "🌸", "<script>", "=cmd|' /C calc'!A0")
    posts = [
        replace(
            post(n, 3, f"Voix {n}", 9, question_id="q1"),
            post=replace(post(n).post, author=f"voix{n}_ex", author_name=name),
        )
        for n, name in enumerate(names, 1)
    ]
    told = chat(recap=RecapDraft(everybody=Naming.INITIALS))
    recap = build_recap(told, posts, ROWS, NETWORK)
    assert [one.initials for one in recap.highlights] == ["أ. د.", "A.", "A. D.", "", "S.", "C."]
    page = Page(recap_page(recap, STATIONERY))
    assert page.faults == []
    assert page.visible.count("Personne anonyme") == 1

"""The recap for Word, WordPress and an e-mail: the same content, and nothing in it acts."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from tchat_desktop.adapters.exports.recap_letter import (
    MOST_QUOTED,
    letter_as_text,
    recap_letter,
    told_online,
    write_recap_letter,
)
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.adapters.exports.recap_word import recap_word
from tchat_desktop.adapters.exports.recap_wordpress import recap_wordpress
from tchat_desktop.domain.chat import Chapter, Occasion, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.recap import Recap, build_recap
from tests.adapters.exports.html_check import Page
from tests.adapters.exports.sample import QUESTIONS, STATIONERY, chat, crowd, post, rows
from tests.fakes.network import NETWORK

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://evil.org";"x")',
    "[gallery ids=1] [embed]http://evil.org[/embed]",
    "<!-- /wp:quote --><!-- wp:html --><b>x</b>",
    "&lt;b&gt; & ]]> \x00\x07\ufffe",
    "# titre\n> cité\n- [x](javascript:1)",
    "{{ 7*7 }} {% raw %}",
    "http://evil.org/alone",
    "gnp.\u202egpj.exe \u2066caché",
)
CODES = [one.code for one in LANGUAGES]
ARABIC = "أنا أم من داكار، والقانون لا يعرفه أحد! #UnionsPrécoces"


def recap_of(posts: list[FeedPost], **changes: object) -> Recap:
    return build_recap(chat(**changes), posts, rows(), NETWORK)


def named(item: FeedPost, name: str, text: str = "") -> FeedPost:
    made = replace(item.post, author_name=name, text=text or item.post.text)
    return replace(item, post=made)


def word_of(recap: Recap) -> WordDocument:
    return Document(io.BytesIO(recap_word(recap, STATIONERY)))


def xml_of(recap: Recap, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(recap_word(recap, STATIONERY))) as packed:
        return packed.read(name).decode("utf-8")


# --- the same content -------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_every_form_says_the_same_in_every_language(code: str) -> None:
    built = recap_of(crowd(), language=code)
    labels = STATIONERY.labels(code)
    page = Page(f"<body>{recap_wordpress(built, STATIONERY)}</body>").visible
    word = "\n".join(one.text for one in word_of(built).paragraphs)
    for said in (
        labels("see_on_x"),
        built.conclusion.splitlines()[0],
        labels.typeset(built.sections[0].text),
        *(one.text.splitlines()[0] for one in built.highlights),
    ):
        assert said in page
        assert said in word
    letter = recap_letter(built, STATIONERY)
    assert labels("mail_hello") in letter.body
    assert letter.body.count("\n– ") == MOST_QUOTED
    assert "{" not in letter.subject + letter.body


def test_an_answer_loses_the_number_of_its_question_wherever_it_stands() -> None:
    answer = post(1, 1, "R3 : 12 ans, c’est trop tôt. #UnionsPrécoces", question_id="q3")
    moved = post(2, 3, "R1 Voir la première question.", question_id="q3")
    loose = post(3, 4, "A2 Sans question.")
    placed = post(4, 2, "Rép. 3 – À lire ensemble.", question_id="q3")
    other = post(5, 5, "R72 est notre quartier.", question_id="q3")
    draft = RecapDraft(chapters=(Chapter("c", "À retenir", "q3"),), placed=((placed.post.id, "c"),))
    built = recap_of([answer, moved, loose, placed, other], recap=draft)
    for written in (
        recap_markdown(built, STATIONERY),
        recap_wordpress(built, STATIONERY),
        recap_page(built, STATIONERY),
        recap_letter(built, STATIONERY).body,
    ):
        for gone in ("R3", "R1", "A2", "Rép."):
            assert gone not in written.replace("R1, R2", "")
    assert "n’est pas répété" in recap_markdown(built, STATIONERY)
    page = recap_page(built, STATIONERY)
    assert "R72 est notre quartier." in page
    assert "À lire ensemble." in page
    assert "n’est pas répété" not in recap_page(recap_of([other]), STATIONERY)


def test_a_question_of_which_nothing_was_kept_is_named_after_the_others() -> None:
    kept = post(1, 1, "R1 Oui.", question_id="q1")
    plain = replace(post(2, 3, "R2 Non.", question_id="q2"), starred=False)
    said = post(3, 4, "R3 Peut-être.", question_id="q3")
    draft = RecapDraft(comments=(("q4", "Nous en reparlerons."),))
    built = recap_of([kept, plain, said], recap=draft)
    wording = QUESTIONS[1][:40]
    labels = STATIONERY.labels("fr")
    assert [one.number for one in built.told] == [1, 3, 4]
    left = [one.number for one in built.also_asked]
    assert left == [one.number for one in built.sections if one.number not in (1, 3, 4)]
    assert 2 in left
    for written in (recap_markdown(built, STATIONERY), recap_wordpress(built, STATIONERY)):
        body, after = written.split(labels.many("also_asked", len(left)))
        assert wording not in body.replace("\\", "")
        assert wording in after.replace("\\", "")
        assert labels.many("also_asked_why", len(left)) in after
    page = Page(recap_page(built, STATIONERY))
    assert len([one for one in page.ids if one.startswith("h-q")]) == 3
    also = page.visible.index(labels.many("also_asked", len(left)))
    assert page.visible.index(wording) > also


def test_where_every_question_has_something_nothing_more_is_said() -> None:
    answers = [
        post(number, 1, f"R{number} Oui.", question_id=f"q{number}")
        for number in range(1, len(QUESTIONS) + 1)
    ]
    labels = STATIONERY.labels("fr")
    built = recap_of(answers)
    assert built.also_asked == ()
    assert labels.many("also_asked", 2) not in recap_page(built, STATIONERY)


def test_guests_have_the_name_of_the_list_and_a_handle_stands_once() -> None:
    guest = named(post(1, 0), "@ndeye_exemple")
    other = named(post(2, 3), "moussa_ex")
    built = recap_of([guest, other])
    written = recap_wordpress(built, STATIONERY)
    assert "<strong>Dr Ndèye Sarr</strong> @ndeye_exemple" in written
    assert "moussa_ex</strong> @moussa_ex" not in written
    assert re.findall(r">@moussa_ex<", written) == [">@moussa_ex<"]


def test_every_form_says_with_whom_the_chat_was_and_who_is_a_guest() -> None:
    built = recap_of([post(1, 0), post(2, 3)])
    word = [one.text for one in word_of(built).paragraphs]
    said = "Dr Ndèye Sarr, Pédiatre à Saint-Louis"
    for lines in (
        word,
        recap_markdown(built, STATIONERY).splitlines(),
        recap_wordpress(built, STATIONERY).splitlines(),
    ):
        (line,) = (one for one in lines if said in one)
        assert "Avec" in line
        bylines = [one for one in lines if "20\u00a0h\u00a019" in one or "20\u202fh\u202f19" in one]
        (hers,) = (one for one in bylines if "Dr Ndèye Sarr" in one)
        assert "Invité·e" in hers
        (theirs,) = (one for one in bylines if "Moussa B." in one)
        assert "Invité·e" not in theirs


def test_who_is_no_guest_is_linked_to_what_they_said() -> None:
    built = recap_of([post(1, 0), post(2, 3)])
    for written in (recap_wordpress(built, STATIONERY), recap_markdown(built, STATIONERY)):
        assert re.search(r"x\.com/ndeye_exemple[\">]", written), "the profile of a guest"
        assert not re.search(r"x\.com/moussa_ex[\">]", written)
        assert "x.com/moussa_ex/status/1000000000000002" in written


def test_words_between_and_initials_are_in_every_form() -> None:
    item = post(1, 3)
    draft = RecapDraft(
        between=((item.post.id, "Et puis ceci."),), initialled_authors=("moussa_ex",)
    )
    built = recap_of([item], recap=draft)
    word = [one.text for one in word_of(built).paragraphs]
    for written in (
        recap_wordpress(built, STATIONERY),
        recap_markdown(built, STATIONERY),
        "\n".join(word),
        letter_as_text(built, STATIONERY),
    ):
        assert "moussa" not in written.lower()
        assert "M. B." in written
    assert "Et puis ceci." in word


# --- nothing acts -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_or_text_stays_text(text: str) -> None:
    draft = RecapDraft(title=text, introduction=text, conclusion=text)
    item = named(post(1, 3, question_id="q1"), text, text)
    built = recap_of([item], recap=draft, organisation=text)

    html = recap_wordpress(built, STATIONERY)
    page = Page(f"<html lang=fr>{html}</html>")
    assert [one for one in page.faults if "place here" in one or "on on" in one] == []
    assert not re.search(r"\[(gallery|embed)", html)
    assert not re.search(r"<p>\s*https?://", html), "WordPress would fetch it"
    assert balanced(html)
    assert {"script", "img", "b"}.isdisjoint(page.tags)

    body = "\n".join(one.text for one in word_of(built).paragraphs)
    assert "\x00" not in body
    assert "javascript:" not in "".join(links_of(built))
    assert re.split("[\n\x00\u202e]", text)[0].strip() in body

    letter = recap_letter(built, STATIONERY)
    assert "\n" not in letter.subject
    assert "\u202e" not in letter.body.split("–", 1)[1].split(": «")[0]


def balanced(html: str) -> bool:
    """Whether every block of WordPress that is opened is closed, in turn."""
    waiting: list[str] = []
    for closing, kind in re.findall(r"<!-- (/?)wp:([a-z-]+)[^>]*-->", html):
        if not closing:
            waiting.append(kind)
        elif not waiting or waiting.pop() != kind:
            return False
    return not waiting


def links_of(recap: Recap) -> list[str]:
    return re.findall(r'Target="([^"]*)"', xml_of(recap, "word/_rels/document.xml.rels"))


def test_wordpress_gets_its_own_plainest_blocks() -> None:
    html = recap_wordpress(recap_of(crowd()), STATIONERY)
    kinds = set(re.findall(r"<!-- wp:([a-z-]+)", html))
    assert kinds == {"paragraph", "heading", "list", "list-item", "quote", "separator"}
    assert balanced(html)
    page = Page(f"<html lang=fr>{html}</html>")
    assert set(page.headings) == {2}
    assert not {"style", "script", "img", "h1"} & set(page.tags)
    assert " style=" not in html


def test_a_post_the_other_way_is_told_its_direction() -> None:
    html = recap_wordpress(recap_of([post(1, 1, ARABIC)]), STATIONERY)
    assert '<!-- wp:paragraph {"direction":"rtl"} -->\n<p dir="rtl">' in html
    there = recap_wordpress(recap_of([post(1, 1)], language="ar"), STATIONERY)
    assert '<!-- wp:paragraph {"direction":"ltr"} -->\n<p dir="ltr">' in there


# --- Word -------------------------------------------------------------------------------------


def test_word_gets_its_own_styles_a_title_and_links() -> None:
    document = word_of(recap_of(crowd()))
    styles = [one.style.name for one in document.paragraphs]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == 8
    assert styles.count("Quote") == 14
    assert {"List Bullet", "Normal", "Quote Author"} <= set(styles)
    about = document.core_properties
    assert about.title.startswith("Mariage des enfants")
    assert (about.author, about.language) == ("Filles d’abord", "fr-FR")
    assert about.created is None
    targets = links_of(recap_of(crowd()))
    assert "https://x.com/prof_exemple/status/1000000000000007" in targets
    assert all(one.startswith("https://") or not one.startswith("http") for one in targets)
    assert 'w:val="Hyperlink"' in xml_of(recap_of(crowd()))


def test_word_writes_arabic_from_right_to_left() -> None:
    built = recap_of([post(1, 1)], language="ar", topic="زواج الأطفال", recap=RecapDraft())
    document = word_of(built)
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert document.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    assert document.paragraphs[0].text == "زواج الأطفال"
    assert document.paragraphs[0].runs[0].font.rtl
    quoted = next(one for one in document.paragraphs if one.style.name == "Quote")
    assert quoted._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0", "a post in French"
    assert 'w:bidi="ar-SA"' in xml_of(built, "word/styles.xml")


def test_a_post_in_arabic_in_a_french_document_is_turned() -> None:
    document = word_of(recap_of([post(1, 1, ARABIC)]))
    quoted = next(one for one in document.paragraphs if one.style.name == "Quote")
    assert quoted._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "1"
    assert quoted.runs[0].font.rtl
    assert "\u200e#UnionsPrécoces" in quoted.text


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("code", ["fr", "ar"])
def test_libreoffice_opens_the_document_and_makes_a_pdf_of_it(code: str, tmp_path: Path) -> None:
    item = named(post(1, 1, ARABIC, question_id="q1"), "أمل <script>")
    path = tmp_path / "recap.docx"
    path.write_bytes(recap_word(recap_of([*crowd(), item], language=code), STATIONERY))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "recap.pdf").read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext"):
        read = subprocess.run(
            ["pdftotext", str(tmp_path / "recap.pdf"), "-"],
            check=True, capture_output=True, timeout=60,
        ).stdout.decode("utf-8")  # fmt: skip
        assert "Enseignante, Thiès" in read
        assert "#UnionsPrécoces" in read


# --- the e-mail -------------------------------------------------------------------------------


def test_the_letter_is_short_and_leads_to_the_recap() -> None:
    draft = replace(chat().recap, page_link="www.example.org/resume")
    letter = recap_letter(recap_of(crowd(), recap=draft), STATIONERY)
    assert "48 personnes ont partagé 328 messages" in letter.body
    assert "https://www.example.org/resume" in letter.body
    assert "Répondez à ce message" not in letter.body
    assert letter.body.rstrip().endswith("Filles d’abord")
    assert len(letter.body) < 2500
    without = recap_letter(recap_of(crowd()), STATIONERY)
    assert "Répondez à ce message" in without.body


def test_the_letter_quotes_something_of_each_part() -> None:
    posts = [
        post(n, n % 6, question_id=f"q{q}") for q in (1, 2, 3) for n in range(q * 10, q * 10 + 4)
    ]
    built = recap_of(
        [replace(one, post=replace(one.post, text=f"Idée {one.post.id}")) for one in posts]
    )
    letter = recap_letter(built, STATIONERY).body
    places = [letter.index(f"Idée 10000000000000{tens}") for tens in (10, 20, 30)]
    assert places == sorted(places)
    assert letter.count("Idée") == MOST_QUOTED


def test_no_highlight_makes_a_letter_without_any() -> None:
    letter = recap_letter(recap_of([]), STATIONERY)
    assert "moments forts :" not in letter.body
    assert "«" not in letter.body


def test_a_rehearsal_says_so_and_is_told_nowhere() -> None:
    draft = replace(chat().recap, page_link="https://example.org/r")
    built = build_recap(chat(recap=draft), crowd(), rows(), NETWORK, occasion=Occasion.REHEARSAL)
    assert "participants simulés" in recap_letter(built, STATIONERY).body
    assert told_online(built, STATIONERY) == {}
    assert "<a " not in recap_wordpress(built, STATIONERY)
    assert [one for one in links_of(built) if one.startswith("http")] == []


def test_the_draft_opens_in_a_mail_program(tmp_path: Path) -> None:
    path = write_recap_letter(recap_of(crowd()), tmp_path / "r.eml", STATIONERY)
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    assert message["Subject"].startswith("Le résumé de notre tchat")
    assert "48 personnes" in message.get_content()


@pytest.mark.parametrize("code", CODES)
def test_each_place_is_told_with_other_words_and_a_post_fits(code: str) -> None:
    link = "https://www.example.org/" + "resume-" * 20
    built = recap_of(crowd(), language=code, recap=replace(chat().recap, page_link=link))
    texts = told_online(built, STATIONERY)
    assert list(texts) == ["post", "page", "message"]
    assert len(set(texts.values())) == 3
    assert NETWORK.remaining(texts["post"]) >= 0
    assert all(link in one and "{" not in one and "\n\n" not in one for one in texts.values())
    assert told_online(recap_of(crowd(), language=code), STATIONERY) == {}

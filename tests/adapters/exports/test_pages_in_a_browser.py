"""The pages handed over, looked at by axe and by us in a real browser, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from tchat_desktop.adapters.exports.guest_pack import guest_pack_page
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.domain.chat import Chapter, Chat, Occasion, RecapDraft
from tchat_desktop.domain.recap import build_recap
from tests.adapters.exports.browser import CHROMIUM, Browser
from tests.adapters.exports.html_check import Page
from tests.adapters.exports.sample import STATIONERY, chat, crowd, row, rows
from tests.adapters.exports.test_day_plan import page_of as plan_page
from tests.adapters.exports.test_letters_out import pack
from tests.adapters.exports.test_public_page import page_of as public_page_of
from tests.domain.chats import a_chat
from tests.fakes.network import NETWORK

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

HIDDEN = RecapDraft(hidden_authors=("sagefemme_ex",))
CLOSE = [row(1, 4), row(2, 6), row(3, 8), row(4, 30), row(5, 58), row(6, 59), row(7, 75)]
"""Questions asked one after another, at the end, and after the hour."""

CHAPTERS = RecapDraft(
    title="Mariage des enfants & <lois>",
    chapters=(Chapter("k", "À lire aussi : trois textes <b>à garder</b>", "q1"),),
    comments=(("k", "Ils se lisent ensemble."), ("q2", "Deux voix, une idée.")),
    placed=((crowd()[8].post.id, "k"),),
    between=((crowd()[1].post.id, "Une voix de l’hôpital :\n\nécoutons-la."),),
    hidden_authors=("moussa_ex",),
)
ARABIC = [
    replace(one, post=replace(one.post, text="كيف نحمي البنات؟ قال @prof_exemple #UnionsPrécoces"))
    if place % 2
    else one
    for place, one in enumerate(crowd())
]

PAGES = {
    "chapters": recap_page(build_recap(chat(recap=CHAPTERS), crowd(), rows(), NETWORK), STATIONERY),
    "chapters in Arabic": recap_page(
        build_recap(chat(language="ar", recap=CHAPTERS), ARABIC, rows(), NETWORK), STATIONERY
    ),
    "long": recap_page(build_recap(chat(), crowd(60), rows(), NETWORK), STATIONERY),
    "live": recap_page(build_recap(chat(), crowd(), rows(), NETWORK), STATIONERY),
    "english": recap_page(build_recap(chat(language="en"), crowd(), rows(), NETWORK), STATIONERY),
    "rehearsal": recap_page(
        build_recap(chat(), crowd(), rows(), NETWORK, occasion=Occasion.REHEARSAL), STATIONERY
    ),
    "hidden": recap_page(build_recap(chat(recap=HIDDEN), crowd(), rows(), NETWORK), STATIONERY),
    "empty": recap_page(build_recap(chat(recap=RecapDraft()), [], [], NETWORK), STATIONERY),
    "close": recap_page(build_recap(chat(), crowd(), CLOSE, NETWORK), STATIONERY),
    "pack": guest_pack_page(pack(), "fr", STATIONERY),
    "plan of the day": plan_page(a_chat(focal_point="Awa Ndiaye", focal_phone="77 12")),
    "plan of an empty chat": plan_page(Chat("", language="fr")),
    "public": public_page_of(a_chat(registration_link="www.exemple.org/venir")),
    "public of an empty chat": public_page_of(Chat("", language="fr")),
    "pack without questions": guest_pack_page(pack(questions=()), "en", STATIONERY),
}

OUTSIDE_LANDMARKS = """
[...document.body.querySelectorAll('*')].filter(one =>
    [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
    && !one.closest('header, main, footer, nav, .skip')).map(one => one.outerHTML)
"""
OVERLAPPING_LABELS = """
(() => {
  const boxes = [...document.querySelectorAll('.marks span')].map(one =>
    [one.textContent, one.getBoundingClientRect()]);
  const edge = document.documentElement.clientWidth;
  const apart = (a, b) => a.right <= b.left + 0.5 || b.right <= a.left + 0.5
    || a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5;
  return boxes.filter(([_name, box], place) => box.left < 0 || box.right > edge
    || boxes.slice(place + 1).some(([_other, other]) => !apart(box, other)))
    .map(([name]) => name);
})()
"""
BEYOND_THE_EDGE = """
[...document.querySelectorAll('main *')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width > 1 && (box.right > document.documentElement.clientWidth + 1 || box.left < -1);
}).map(one => one.outerHTML.slice(0, 80))
"""
SIGNS = """
[...document.querySelectorAll('.txt a, .tag a')].filter(one => {
  const text = one.firstChild;
  if (!text || text.nodeType !== 3 || !/^[#@][A-Za-z]/.test(text.data)) return false;
  const at = place => {
    const range = document.createRange();
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    return range.getBoundingClientRect();
  };
  return at(0).top === at(1).top && at(0).left > at(1).left;
}).map(one => one.outerHTML)
"""
SHOWN_ON_PAPER = """
(() => {
  const height = query => document.querySelector(query).getBoundingClientRect().height;
  const avatar = getComputedStyle(document.querySelector('.post .av'));
  return [height('table') > 0, height('.skip'), avatar.borderTopStyle, avatar.borderRadius,
    getComputedStyle(document.querySelector('.go') || document.body).display];
})()
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def shown(browser: Browser, tmp_path: Path, name: str, width: int, dark: bool = False) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGES[name], "utf-8")
    browser.show(path, width, dark)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_mend(browser: Browser, tmp_path: Path, name: str) -> None:
    axe_core = pytest.importorskip("axe_core_python.base", reason="axe is not installed")
    for width, dark in ((1280, False), (1280, True), (375, False)):
        shown(browser, tmp_path, name, width, dark)
        # Looked at from outside the page: its own rules let no script run in it.
        browser.evaluate(axe_core.AXE_FILE_PATH.read_text("utf-8") + "; 0")
        found = browser.evaluate_later("axe.run().then(result => result.violations)")
        told = [(one["id"], one["nodes"][0]["failureSummary"]) for one in found]
        assert told == [], (width, dark)


@pytest.mark.parametrize("name", PAGES)
def test_an_independent_reader_of_html_finds_no_fault(name: str) -> None:
    # By the rules of the standard, of which each that is broken is an error here.
    html5lib.HTMLParser(strict=True).parse(PAGES[name])


def test_the_independent_reader_finds_faults() -> None:
    for broken in ("<p>text", "<div><p></div>", "<a href=x href=y>", "<b><i></b></i>"):
        whole = f"<!DOCTYPE html><title>a</title>{broken}"
        with pytest.raises(html5lib.html5parser.ParseError):
            html5lib.HTMLParser(strict=True).parse(whole + "</span>")


@pytest.mark.parametrize("name", ["chapters", "chapters in Arabic", "long", "empty"])
def test_a_recap_is_light_asks_for_nothing_and_fits_a_small_telephone(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    assert len(PAGES[name].encode()) < 150_000
    before = len(browser.requests)
    for dark in (False, True):
        shown(browser, tmp_path, name, 320, dark)
        assert browser.evaluate("document.documentElement.scrollWidth") == 320
    assert set(browser.requests[before:]) == {(tmp_path / "page.html").as_uri()}
    browser.print_on_paper(True)
    try:
        assert browser.evaluate(BEYOND_THE_EDGE) == []
        assert browser.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    finally:
        browser.print_on_paper(False)


def test_a_tag_stands_before_its_letters_in_an_arabic_text(
    browser: Browser, tmp_path: Path
) -> None:
    shown(browser, tmp_path, "chapters in Arabic", 1280)
    # A sign that stood after its letters would be at their right.
    assert browser.evaluate(SIGNS) == []


@pytest.mark.parametrize("name", PAGES)
def test_everything_said_is_in_a_landmark(browser: Browser, tmp_path: Path, name: str) -> None:
    shown(browser, tmp_path, name, 1280)
    assert browser.evaluate(OUTSIDE_LANDMARKS) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_sound(name: str) -> None:
    page = Page(PAGES[name])
    assert page.faults == []
    posts = page.tags.count("article")
    assert page.headings.count(3) == posts, "each post has a heading of its own"


@pytest.mark.parametrize("width", [320, 1280])
def test_every_question_on_the_chart_has_its_label(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    shown(browser, tmp_path, "close", width)
    labels = browser.evaluate("[...document.querySelectorAll('.marks span')].map(o=>o.innerText)")
    assert labels == [f"Q{number}" for number in range(1, 7)]
    assert browser.evaluate(OVERLAPPING_LABELS) == []
    assert "Sans repère sur le graphique\u202f: Q7." in browser.evaluate("document.body.innerText")


def test_skipping_leads_to_the_first_highlight(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path, "live", 1280)
    browser.evaluate("document.querySelector('.skip').click()")
    assert browser.evaluate("document.activeElement.querySelectorAll('article').length") > 0


@pytest.mark.parametrize("name", ["live", "rehearsal"])
def test_a_tag_has_its_colour(browser: Browser, tmp_path: Path, name: str) -> None:
    shown(browser, tmp_path, name, 1280)
    colour = browser.evaluate("getComputedStyle(document.querySelector('.txt > *')).color")
    assert colour == "rgb(75, 46, 131)"


def test_paper_shows_circles_and_the_table(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path, "live", 1280)
    browser.print_on_paper(True)
    try:
        assert browser.evaluate(SHOWN_ON_PAPER) == [True, 0, "solid", "50%", "none"]
    finally:
        browser.print_on_paper(False)


def test_the_head_names_who_holds_the_chat_and_as_many_guests_as_are_counted(
    browser: Browser, tmp_path: Path
) -> None:
    shown(browser, tmp_path, "live", 1280)
    head = browser.evaluate("document.querySelector('header').innerText")
    assert "Filles d’abord" in head
    assert "Suivre @fillesdabord_ex sur X" in head
    assert browser.evaluate("document.querySelectorAll('.guests li').length") == 2
    assert "Filles d’abord" not in browser.evaluate("document.querySelector('footer').innerText")
    shown(browser, tmp_path, "hidden", 1280)
    head = browser.evaluate("document.querySelector('header').innerText")
    assert "1 invité·e n’est pas nommé·e" in head

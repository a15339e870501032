"""The recap as one web page."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from tchat_desktop import start
from tchat_desktop.adapters import exports
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown
from tchat_desktop.adapters.exports.recap_page import recap_page, write_recap
from tchat_desktop.adapters.exports.stationery import clean
from tchat_desktop.domain import recap
from tchat_desktop.domain.chat import Chat, Occasion, Picture, RecapDraft, VisualDraft
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.saved_recap import content_of
from tchat_desktop.ui.visuals.logo import HEAVIEST, small_logo
from tchat_desktop.ui.visuals.rendering import png
from tests.adapters.exports.browser import CHROMIUM, Browser
from tests.adapters.exports.html_check import Page
from tests.adapters.exports.sample import (
    QUESTIONS,
    RESOURCES,
    START,
    STATIONERY,
    chat,
    crowd,
    post,
    rows,
)
from tests.fakes.network import NETWORK

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1) https://ok.org/a?b=\"c'd&e=<f>",
    "http://unsafe.org/ and HTTP://UNSAFE.ORG/2",
    "https://x.com@evil.org/ https://user:pw@evil.org/",
    "data:text/html,<b>x</b> vbscript:x file:///etc/passwd",
    "\u202eabc\u202d \u2066def gone\u2069",
    "zero\u200bwidth\u200d\ufeff #t\u200bag",
    "👩🏽\u200d⚕️🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝕋𝕖𝕩𝕥 \U0001f9d1",
    "]]> --> <!-- ]] </article></main></body> &lt;b&gt; &amp;",
    "{{ 7*7 }} {% raw %} ${x} \x00\x08\x1b[31m \ud800",
    "#<b> @<i> @" + "a" * 40 + " #" + "é" * 90,
    "",
)


def page_of(built: recap.Recap) -> Page:
    return Page(recap_page(built, STATIONERY))


def test_a_lively_chat_makes_a_sound_page() -> None:
    page = page_of(recap.build_recap(chat(), crowd(), rows(), NETWORK))

    assert page.faults == []
    assert page.language == "fr"
    assert page.title == "Mariage des enfants\u202f: agir à Dakar, ce que nous avons appris"
    assert {"header", "main", "nav", "footer"} <= set(page.tags)
    assert page.links[0] == "#q1"
    assert "samedi 5 décembre 2026, de 20\u00a0h à 21\u00a0h (heure locale\u202f: Dakar)" in (
        page.visible
    )
    assert page.visible.count("Voir sur X") == 14


def test_the_place_is_named_as_the_organiser_calls_it() -> None:
    built = recap.build_recap(chat(towns=(("Africa/Dakar", "Thiès"),)), crowd(), rows(), NETWORK)
    said = "de 20\u00a0h à 21\u00a0h (heure locale\u202f: Thiès)"
    assert said in page_of(built).visible
    assert "Thiès" in recap_markdown(built, STATIONERY)


def test_each_post_shows_what_x_asks_for() -> None:
    item = post(7, 1, "Voir https://example.org/a?b=1&c=2 avec @Moussa_Ex #UnionsPrécoces !")
    html = recap_page(recap.build_recap(chat(), [item], [], NETWORK), STATIONERY)
    page = Page(html)

    assert item.post.text in page.visible
    assert "https://x.com/prof_exemple" in page.links
    assert page.links.count("https://x.com/prof_exemple/status/1000000000000007") == 2
    assert "https://x.com/Moussa_Ex" in page.links
    assert "https://x.com/hashtag/UnionsPr%C3%A9coces" in page.links
    assert "https://example.org/a?b=1&c=2" in page.links
    assert 'datetime="2026-12-05T20:19+00:00"' in html
    assert "@prof_exemple" in page.visible


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_post_stays_text(text: str) -> None:
    author = Post("1", text[:30] or "a", text, text, START, url=text)
    item = FeedPost(author, starred=True)
    hostile = chat(
        recap=RecapDraft(title=text, introduction=text, conclusion=text, comments=(("q1", text),)),
        organisation=text,
        account=text,
        hashtag=text,
        topic=text,
    )
    html = recap_page(recap.build_recap(hostile, [item], rows(), NETWORK), STATIONERY)
    page = Page(html)

    assert page.faults == []
    assert clean(text) in page.visible
    assert "<script" not in html
    assert not [one for one in page.links if "evil.org" in one or "unsafe" in one.lower()]
    html.encode("utf-8")


def test_links_of_a_post_are_https_and_on_x() -> None:
    same = "http://mobile.twitter.com/a/status/1000000000000005?s=20"
    for url in (same, "https://evil.org/a/status/1", "javascript:1", ""):
        item = replace(post(5), post=replace(post(5).post, url=url))
        page = page_of(recap.build_recap(chat(), [item], [], NETWORK))

        assert page.links.count("https://x.com/prof_exemple/status/1000000000000005") == 2, url


def test_nothing_is_loaded_and_nothing_runs() -> None:
    html = recap_page(recap.build_recap(chat(), crowd(), rows(), NETWORK), STATIONERY)

    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in html
    assert "@import" not in html
    assert "url(" not in html
    assert "<script" not in html


@pytest.mark.parametrize("language", ["fr", "en", "wo"])
def test_an_empty_chat_still_makes_a_page(language: str) -> None:
    page = page_of(recap.build_recap(Chat(id="x", language=language), [], [], NETWORK))

    assert page.faults == []
    assert page.language == ("en" if language == "en" else "fr")
    assert "svg" not in page.tags
    assert "#." not in page.visible


def test_questions_without_highlights() -> None:
    posts = [replace(item, starred=False) for item in crowd()]
    page = page_of(recap.build_recap(chat(), posts, rows(), NETWORK))

    assert page.faults == []
    assert "Aucun moment fort" in page.visible
    assert "article" not in page.tags


@pytest.mark.parametrize(
    ("handle", "name"),
    [("papa3_ex", "Papa de trois filles"), ("voix_b", "Nom 🌸 <Rare>"), ("Zoe.x", "Zoé")],
)
def test_a_hidden_author_leaves_no_trace(tmp_path: Path, handle: str, name: str) -> None:
    post_id = "1999888777666555444"
    own = FeedPost(
        Post(
            post_id,
            handle,
            name,
            f"Moi, {name} (@{handle}), voir https://t.co/secret1 ou https://x.com/{handle}",
            START + timedelta(minutes=33),
            url=f"https://x.com/{handle}/status/{post_id}",
        ),
        starred=True,
        question_id="q3",
    )
    about = post(
        8,
        1,
        f"Merci @{handle.upper()} ! {name} a raison, voir https://x.com/i/status/{post_id} "
        f"et https://x.com/{handle}/photo #{name.split(maxsplit=1)[0]}",
    )
    told = chat(
        recap=RecapDraft(
            title=f"Avec {name}",
            introduction=f"Bravo @{handle}",
            comments=(("q3", f"{name} le dit"),),
            conclusion=f"{name.lower()} encore",
            hidden_authors=(f"@{handle.upper()}",),
        )
    )
    written = write_recap(
        recap.build_recap(told, [own, about], rows(), NETWORK), tmp_path / "r.html", STATIONERY
    ).read_bytes()

    text = written.decode("utf-8").casefold()
    for trace in (handle, name, post_id, "secret1", "20:33", "20\u00a0h\u00a033"):
        assert trace.casefold() not in text, trace
    assert "Personne anonyme" in Page(written.decode()).visible
    assert "[…] remplace un nom" in Page(written.decode()).visible


def test_a_rehearsal_says_so_and_leads_nowhere() -> None:
    built = recap.build_recap(chat(), crowd(), rows(), NETWORK, occasion=Occasion.REHEARSAL)
    page = page_of(built)

    assert page.faults == []
    assert "Répétition\u202f: participants simulés" in page.visible
    assert page.title.startswith("Répétition")
    assert all(link.startswith("#") for link in page.links)
    assert "Voir sur X" not in page.visible


def test_sixty_highlights_stay_light(tmp_path: Path) -> None:
    built = recap.build_recap(chat(), crowd(60), rows(), NETWORK)
    size = write_recap(built, tmp_path / "r.html", STATIONERY).stat().st_size

    print(f"60 highlights: {size / 1024:.1f} KiB")
    assert len(built.highlights) == 60
    assert size < 100_000


def test_labels_say_the_same_things_in_every_language() -> None:
    def texts(code: str) -> dict[str, str | list[str]]:
        return tomllib.loads((RESOURCES / "languages" / code / "recap.toml").read_text("utf-8"))

    french, english = texts("fr"), texts("en")
    assert french.keys() == english.keys()
    for key, text in french.items():
        assert type(text) is type(english[key]), key
        named = [sorted(re.findall(r"\{\w+\}", str(one[key]))) for one in (french, english)]
        assert named[0] == named[1], key


def test_every_label_is_used() -> None:
    folder = Path(exports.__path__[0])
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    code += "".join(path.read_text("utf-8") for path in RESOURCES.glob("recap/*.j2"))
    code += Path(start.__path__[0], "taking_along.py").read_text("utf-8")
    labels = tomllib.loads((RESOURCES / "languages" / "fr" / "recap.toml").read_text("utf-8"))
    made = {key for key in labels if key.startswith(("csv_", "counts_"))}

    assert [key for key in labels.keys() - made if f'"{key}"' not in code] == []
    assert [
        key for key in made if f'"{key.partition("_")[2]}"' not in code and f'"{key}"' not in code
    ] == []


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
        red, green, blue = (_channel(int(digits[at : at + 2], 16)) for at in (0, 2, 4))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_pair_of_colours_can_be_read() -> None:
    css = (RESOURCES / "recap" / "recap.html.j2").read_text("utf-8")
    themes = [
        dict(re.findall(r"--(\w+):(#[0-9a-f]+)", rule))
        for rule in re.findall(r":root\{([^}]*--ink[^}]*)\}", css)[:2]
    ]
    assert len(themes) == 2
    for theme in themes:
        pairs = [(text, ground) for text in ("ink", "muted", "plum") for ground in
                 ("paper", "sand", "tint")]  # fmt: skip
        pairs += [("on", "plum"), ("ink", "ambertint"), ("amber", "ambertint"), ("teal", "paper")]
        for text, ground in pairs:
            ratio = _contrast(theme[text], theme[ground])
            assert ratio >= 4.5, (text, ground, ratio)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_real_browser_shows_and_says_it(tmp_path: Path) -> None:
    long = post(99, 1, "W" * 200 + " https://example.org/" + "a" * 200, question_id="q1")
    named = replace(long, post=replace(long.post, id="98", author_name="N" * 120))
    built = recap.build_recap(chat(), [*crowd(), named], rows(), NETWORK)
    path = write_recap(built, tmp_path / "recap.html", STATIONERY)
    shades = {}
    with Browser(tmp_path / "profile") as browser:
        for width in (320, 360, 1280):
            for dark in (False, True):
                browser.show(path, width, dark)
                wide = browser.evaluate("document.documentElement.scrollWidth")
                assert wide == width
                ground = browser.evaluate("getComputedStyle(document.body).backgroundColor")
                shades[dark] = ground
                picture = tmp_path / f"{width}-{dark}.png"
                browser.picture(picture)
                assert picture.stat().st_size > 10_000
        heard = browser.heard()
        asked = set(browser.requests)
    assert shades == {False: "rgb(250, 246, 241)", True: "rgb(23, 17, 33)"}
    assert asked == {path.as_uri()}
    roles = {role for role, _name in heard}
    assert {"banner", "main", "navigation", "contentinfo", "article", "figure"} <= roles
    names = {name for role, name in heard if role == "image"}
    assert any(name.startswith("Messages du public, minute par minute") for name in names), names
    assert any(
        role == "link" and name.startswith("Voir sur X") and "Dr Ndèye Sarr, 20" in name
        for role, name in heard
    )
    assert all(name for role, name in heard if role in {"link", "heading", "article", "region"})


def test_one_number_counts_the_public_and_one_the_organisation() -> None:
    told = chat(recap=RecapDraft())
    page = page_of(recap.build_recap(told, crowd(posts=81, people=31), rows(), NETWORK))

    assert "31 personnes ont partagé 81 messages autour de #UnionsPrécoces" in page.visible
    shown = " ".join(page.visible.split())
    assert "messages du public et 7 de l’organisation" in shown
    assert "Personne ne sait" not in page.visible
    assert "X sait combien de fois ils ont été vus, nous non" in shown


def test_a_question_without_a_number_is_given_none() -> None:
    """One of the reserve that was never asked, with a highlight put under it."""
    spare = post(1, question_id="q6")
    loose = post(2, question_id="")
    asked = [one for one in rows() if one.slot != "q:q6"]
    built = recap.build_recap(chat(), [spare, loose], asked, NETWORK, former_authors=[])
    assert [one.number for one in built.sections if one.id == "q6"] == [None]
    page = page_of(built)
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links if link.startswith("#")} <= {*page.ids}
    words = recap_markdown(built, STATIONERY)
    assert "Q0" not in page.visible + words
    assert f"## {QUESTIONS[5][:20]}" in words


def test_who_took_part_is_named_without_having_said_yes() -> None:
    """The guests of the head and those of the figures are the same people."""
    people = tuple(replace(one, handle="papa3_ex") if one.id == "g3" else one
                   for one in chat().people)  # fmt: skip
    built = recap.build_recap(chat(people=people), crowd(), rows(), NETWORK)
    assert [one.name for one in built.guests] == ["Dr Ndèye Sarr", "Sage-femme, Dakar", "Me Invité"]
    assert built.figures.guests == 3


def a_logo(side: int = 400, *, noisy: bool = False) -> bytes:
    """The bytes of a logo as it is stored; a noisy one cannot be made light."""
    image = QImage(side, side // 2, QImage.Format.Format_RGB32)
    image.fill(QColor("#d9473b"))
    if noisy:
        dice = random.Random(1)
        for x in range(side):
            for y in range(side // 2):
                image.setPixelColor(x, y, QColor(*(dice.randrange(256) for _part in range(3))))
    return png(image)


@pytest.mark.usefixtures("qapp")
def test_the_logo_is_in_the_header_and_in_the_page_itself() -> None:
    built = recap.build_recap(chat(), crowd(), rows(), NETWORK)
    logo = small_logo(a_logo())
    assert logo is not None
    page = Page(recap_page(built, STATIONERY, logo))
    assert page.faults == []
    html = recap_page(built, STATIONERY, logo)
    header = html[html.index("<header>") : html.index("</header>")]
    assert header.count("<img") == html.count("<img") == 1
    assert 'alt="Logo\u202f: Filles d’abord"' in header
    assert 'src="data:image/png;base64,' in header
    assert 'width="112" height="56"' in header
    assert len(html) - len(logo.address) < 150_000


@pytest.mark.usefixtures("qapp")
def test_a_logo_is_light_whatever_was_chosen() -> None:
    heavy = small_logo(a_logo(600, noisy=True))
    assert heavy is not None
    assert len(heavy.content) <= HEAVIEST
    assert heavy.width > heavy.height
    assert small_logo(b"no picture") is None


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_cannot_leave_the_words_of_the_logo(name: str) -> None:
    built = recap.build_recap(chat(organisation=name), crowd(), rows(), NETWORK)
    html = recap_page(built, STATIONERY, small_logo(a_logo()))
    assert Page(html).faults == []
    assert html.count("<img") == 1


def test_another_logo_is_another_recap_and_none_is_as_before() -> None:
    look = VisualDraft(logo=Picture("a" * 64, "image/png"))
    plain, marked = (
        recap.build_recap(told, crowd(), rows(), NETWORK) for told in (chat(), chat(visuals=look))
    )
    assert (plain.logo_id, marked.logo_id) == ("", "a" * 64)
    assert content_of(plain) != content_of(marked)
    assert content_of(plain) == content_of(replace(marked, logo_id=""))

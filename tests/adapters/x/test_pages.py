"""Pages of X as they are copied: every post in them is found, whatever the page calls its parts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.adapters.exports.figures_csv import posts_csv
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.adapters.x.pages import MOST_READ_AT_ONCE, XPages
from tchat_desktop.domain.clean_text import cleaned
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.x.post_ids import made_up_id, posted_at
from tchat_desktop.services.ports import ChatFile, PageUnreadable
from tests.adapters.exports.sample import STATIONERY
from tests.domain.chats import NOW, a_chat
from tests.fakes import x_pages
from tests.fakes.x_pages import Seen, seen

PAGES = XPages()


def a_post(number: int, author: str, name: str, text: str) -> Post:
    """A post some minutes into the chat, with the instant that its id tells."""
    post_id = made_up_id(NOW + timedelta(seconds=90 * number), number)
    at = posted_at(post_id)
    assert at is not None
    return Post(
        post_id, author, name, text, at, f"https://x.com/{author}/status/{post_id}", by_hand=True
    )


TO = "@voix_ex @awa_diop "
POSTS = (
    seen(a_post(1, "awa_diop", "Awa Diop", "R1 Chez nous,\nles filles le savent #UnionsPrécoces")),
    seen(a_post(2, "mel", "Mél 🌻", f"{TO}R1 oui, et @sf_diouf aussi"), "voix_ex", "awa_diop"),
    seen(a_post(3, "Jo_2", "أمينة", "زواج الأطفال 😀 #UnionsPrécoces"), reposted_by="voix_ex"),
    seen(a_post(4, "kofi", "Kofi & fils <b>", "A < B && C > D &lt;b&gt;"), picture=True),
    seen(a_post(5, "lea", "Léa", "Lisez ceci :"), quotes=("Jean", "jean", "Un ancien message")),
)  # fmt: skip


def expected(shown: tuple[Seen, ...]) -> tuple[Post, ...]:
    return tuple(one.post for one in shown)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("form", [x_pages.today, x_pages.other])
def test_every_post_of_a_page_is_found(form: object, language: str) -> None:
    page = form(POSTS, language)  # type: ignore[operator]
    found = PAGES.copied(page.encode(), x_pages.as_text(POSTS, language))
    assert found.posts == expected(POSTS)


def test_a_post_without_words_is_found_without_words() -> None:
    silent = seen(a_post(6, "nour", "Nour", ""), picture=True)
    quoting = seen(a_post(7, "nour", "Nour", ""), quotes=("Jean", "jean", "Un ancien message"))
    shown = (silent, POSTS[0], quoting)
    assert PAGES.copied(x_pages.today(shown).encode(), "").posts == expected(shown)


def test_on_its_own_page_a_post_has_its_time_below_the_text() -> None:
    post = POSTS[0].post
    page = (
        f'<article role="article"><a href="/{post.author}"><span>{post.author_name}</span></a>'
        f'<a href="/{post.author}"><span>@{post.author}</span></a><button>Suivre</button>'
        f'<div lang="fr"><span>{post.text}</span></div><div role="link"><span>Jean</span>'
        '<span>@jean</span><time datetime="2026-12-01T08:00:00Z">1 déc.</time>'
        '<div lang="fr">Un ancien</div></div>'
        f'<a href="/{post.author}/status/{post.id}"><time datetime="2026-12-05T20:05:00Z">20:05'
        "</time></a></article>"
    )
    assert PAGES.copied(page.encode(), "").posts == (post,)


def test_a_quoted_post_with_a_link_of_its_own_is_a_post_of_its_own() -> None:
    outer, inner = POSTS[0].post, POSTS[4].post
    page = x_pages.today([POSTS[0]]).replace(
        "</article>", x_pages.today([POSTS[4]]).partition("<main")[2].partition("</main>")[0]
        .replace(' role="article"', ' role="article" data-x').removeprefix(' role="main">')
        + "</article>", 1,
    )  # fmt: skip
    assert set(PAGES.copied(page.encode(), "").posts) == {outer, inner}


def test_the_time_is_that_of_the_id() -> None:
    post = POSTS[0].post
    page = x_pages.today([replace(POSTS[0], post=replace(post, created_at=NOW))])
    assert PAGES.copied(page.encode(), "").posts[0].created_at == post.created_at


def test_the_same_post_by_another_address_is_the_same_post() -> None:
    page = x_pages.today(POSTS).replace("https://x.com", "https://mobile.twitter.com")
    assert PAGES.copied(page.encode(), "").posts == expected(POSTS)


def test_another_site_has_no_posts() -> None:
    found = PAGES.copied(x_pages.ELSEWHERE.encode(), "Awa\n3 min\nBonjour #UnionsPrécoces")
    assert found.posts == ()
    assert found.has_content


def test_the_text_of_a_page_tells_how_many_posts_it_cannot_address() -> None:
    found = PAGES.copied(b"", x_pages.as_text(POSTS))
    assert (found.posts, found.unaddressed) == ((), 5)


# --- links ------------------------------------------------------------------------------------

ID = POSTS[0].post.id
LINK = f"https://x.com/awa_diop/status/{ID}"


@pytest.mark.parametrize(
    "written",
    [
        LINK,
        f"{LINK}.",
        f"{LINK},",
        f"({LINK})",
        f"<{LINK}>",
        f"{LINK}?s=20&t=abc-DEF_1",
        f"{LINK}/photo/1",
        f"{LINK}/video/1?s=20",
        f"{LINK}/analytics",
        LINK.replace("x.com", "twitter.com"),
        LINK.replace("x.com", "www.x.com"),
        LINK.replace("x.com", "mobile.twitter.com"),
        LINK.replace("x.com", "m.twitter.com"),
        LINK.replace("https://", ""),
        f"Regardez {LINK} avant ce soir",
        f"[ici]({LINK})",
    ],
)
def test_one_link_however_it_is_written(written: str) -> None:
    for markup in (b"", f"<p>{written}</p>".replace("<https", "&lt;https").encode()):
        (post,) = PAGES.copied(markup, written).posts
        assert (post.id, post.author, post.text, post.url) == (ID, "awa_diop", "", LINK)


@pytest.mark.parametrize(
    "written",
    [
        LINK.replace("x.com", "fxtwitter.com"),
        LINK.replace("x.com", "vxtwitter.com"),
        LINK.replace("x.com", "x.com.example.org"),
        f"https://example.org/?u={LINK}",
        "https://x.com/awa_diop",
        "javascript:alert('x.com')",
        "https://x.com/awa_diop/status/",
        "",
    ],
)
def test_what_is_no_link_of_a_post(written: str) -> None:
    assert PAGES.copied(b"", written).posts == ()
    assert PAGES.copied(f'<a href="{written}">ici</a>'.encode(), "ici").posts == ()


def test_ten_links_at_once() -> None:
    links = [a_post(n, "awa_diop", "@awa_diop", "").url for n in range(10)]
    for joined in ("\n", " ", ", ", " et aussi "):
        found = PAGES.copied(b"", joined.join(links)).posts
        assert [one.url for one in found] == links
    linked = "".join(f'<li><a href="{one}">lien</a></li>' for one in links)
    assert [one.url for one in PAGES.copied(linked.encode(), "lien").posts] == links


def test_words_beside_a_link_on_its_own_line_are_its_text() -> None:
    for pasted in (f"R1 Oui,\ntoujours\n\n{LINK}?s=20", f"{LINK}\nR1 Oui,\ntoujours"):
        (post,) = PAGES.copied(b"", pasted).posts
        assert post.text == "R1 Oui,\ntoujours"


# --- hostile ----------------------------------------------------------------------------------


def test_what_is_hostile_is_data() -> None:
    text = (
        "\u202egnp.exe\u202c <script>alert(1)</script> javascript:alert(1) =HYPERLINK(1) "
        + "e\u0301" + "\u0316" * 300 + "x" * 4000
    )  # fmt: skip
    one = a_post(8, "pirate", "\u202eNom <img onerror=x>", text)
    page = x_pages.today([seen(one)]).replace(
        "<main", "<script>document.write('<article>')</script><style>a{}</style><main"
    )
    (found,) = PAGES.copied(page.encode(), "").posts
    assert found == replace(one, text=cleaned(text), author_name="Nom <img onerror=x>")
    assert "\u202e" not in found.text + found.author_name


@pytest.mark.parametrize(
    "markup",
    [
        b"",
        b"<",
        b"</article></div>",
        b"<article>" * 5000,
        b"<time datetime='x'></time>",
        b"<a href='/a/status/1'><time datetime='hier'>x</time></a>",
        b"<a href='/a/status/99999999999999999999999'><time datetime='hier'>x</time></a>",
        b"<!-- <article>",
        "é".encode("utf-16"),
        b"\xff\xfe\x00",
        b"<a href=\x00><time",
        b"<p lang=fr>" * 3000 + b"<time datetime=x>" * 3000,
    ],
)
def test_broken_pages_have_no_posts(markup: bytes) -> None:
    assert PAGES.copied(markup, "").posts == ()


def test_a_page_that_is_too_long_is_cut() -> None:
    page = x_pages.today(POSTS).encode()
    found = PAGES.copied(page + b"x" * MOST_READ_AT_ONCE, "")
    assert found.cut
    assert found.posts == expected(POSTS)


# --- files ------------------------------------------------------------------------------------


def test_a_saved_page_is_read_like_a_copied_one(tmp_path: Path) -> None:
    path = tmp_path / "tag.HTM"
    path.write_text(x_pages.today(POSTS), "utf-8")
    assert PAGES.saved(path).posts == expected(POSTS)


def test_a_page_packed_with_its_pictures(tmp_path: Path) -> None:
    path = tmp_path / "tag.mhtml"
    path.write_bytes(
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b1\r\n\r\n--b1\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + x_pages.today(POSTS).encode()
        + b"\r\n--b1--\r\n"
    )
    assert PAGES.saved(path).posts == expected(POSTS)


def test_the_table_of_posts_that_the_app_wrote(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    posts = [FeedPost(replace(one.post, text=f"={one.post.text}(1)")) for one in POSTS]
    path.write_bytes(posts_csv(a_chat(), posts, STATIONERY))
    assert [one.text for one in PAGES.saved(path).posts] == [one.post.text for one in posts]


def test_a_document_of_posts(tmp_path: Path) -> None:
    path = tmp_path / "chat.json"
    TchatFiles().write(path, ChatFile(a_chat(), tuple(FeedPost(one.post) for one in POSTS)))
    assert set(PAGES.saved(path).posts) == set(expected(POSTS))
    path.write_text(json.dumps({"a": [1, None, {"url": 3}]}), "utf-8")
    assert PAGES.saved(path).posts == ()


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PageUnreadable):
        PAGES.saved(tmp_path / "tag.exe")


# --- whatever is written ----------------------------------------------------------------------

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r\n\x0b\x0c\x85\u2028\u2029\t"),
    max_size=80,
).map(lambda text: " ".join(cleaned(text).split()))
_HANDLE = st.from_regex(r"[A-Za-z0-9_]{4,15}", fullmatch=True).filter(
    lambda name: not name.isdigit()
)


_WRITTEN = st.lists(st.tuples(_HANDLE, _TEXT, _TEXT), min_size=1, max_size=6)


@given(_WRITTEN, st.sampled_from(["fr", "en", "ar"]))
def test_what_is_on_a_page_is_what_is_found(
    written: list[tuple[str, str, str]], language: str
) -> None:
    shown = tuple(
        seen(a_post(number, handle, name.strip("@ ") or "Awa", text))
        for number, (handle, name, text) in enumerate(written, 1)
    )
    found = PAGES.copied(x_pages.today(shown, language).encode(), "").posts
    assert [(one.id, one.author, one.text) for one in found] == [
        (one.post.id, one.post.author, one.post.text) for one in shown
    ]
    # Twice on one page is once.
    twice = PAGES.copied(x_pages.today((*shown, *shown), language).encode(), "").posts
    assert {one.id for one in twice} == {one.id for one in found}


def test_a_page_is_told_from_words_and_links_at_once() -> None:
    posts = [a_post(number, f"awa_{number}", "Awa", "R1 oui") for number in range(3)]
    shown, links = [seen(one) for one in posts], [one.url for one in posts]
    assert PAGES.is_page(x_pages.today(shown).encode(), "")
    assert PAGES.is_page(x_pages.other(shown[:2]).encode(), "")
    assert PAGES.is_page(b"", x_pages.as_text(shown))
    assert PAGES.is_page(b"", " ".join(links))
    assert not PAGES.is_page(b"", " ".join(links[:2]))
    assert not PAGES.is_page(b"", "Merci\n@awa\n@binta\n@fatou\n@mariam")
    assert not PAGES.is_page(b"<p>Bonjour</p>", "Bonjour")
    assert not PAGES.is_page(x_pages.today(shown[:1]).encode(), "")
    assert not PAGES.is_page(b"", "")


def test_a_name_in_a_block_of_its_own_is_not_glued_to_what_follows() -> None:
    one = a_post(1, "awa_1", "Awa", "Merci @tchat_orga Où trouver le guide ? (@voix_ex, @ami_ex)")
    page = x_pages.today([seen(one)])
    boxed = page.replace("</div><span> </span>", "</div>").replace("<span> </span><div>", "<div>")
    assert boxed != page, "the form of the page has changed: look for where it has its blanks"
    (shown,) = PAGES.copied(boxed.encode(), "").posts
    assert "@tchat_orga Où trouver" in shown.text
    assert "Merci @tchat_orga" in shown.text
    assert "(@voix_ex," in shown.text

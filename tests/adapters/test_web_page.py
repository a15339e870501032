"""The pre-filled pages, and the browser that opens them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import webbrowser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.adapters.x.web_page import AssistedPublisher
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.network_rules import PageTooLong
from tchat_desktop.domain.outgoing import PostKind, Reason
from tchat_desktop.domain.x.links import LONGEST_PAGE, post_page, reply_page, repost_page, search
from tchat_desktop.services.ports import HandedOver, PublishRefused
from tests.contracts.publisher import PublisherContract
from tests.fakes.outgoing import planned


class FakeBrowser:
    """Remembers the pages it was asked to open."""

    def __init__(self, works: bool = True) -> None:
        self.works = works
        self.pages: list[str] = []

    def open(self, page: str) -> bool:
        self.pages.append(page)
        return self.works


class TestContract(PublisherContract):
    @pytest.fixture
    def publisher(self) -> AssistedPublisher:
        return AssistedPublisher(FakeBrowser())


def fields(page: str) -> dict[str, list[str]]:
    """The parameters as a browser reads them."""
    return parse_qs(urlsplit(page).query, keep_blank_values=True, strict_parsing=True)


def test_a_page_carries_the_text_exactly() -> None:
    text = "Q1\u00a0: À l’école, 100\u00a0% des filles\u00a0?\n1+1 & #Été=@moi 👩🏽‍🏫 https://exemple.org/a?b=c&d"
    page = post_page(text)
    assert page.startswith("https://x.com/intent/tweet?text=Q1%C2%A0%3A%20%C3%80")
    assert fields(page) == {"text": [text]}
    assert page.isascii()
    assert not set(page) & set(" +#\n\"'<>")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=100))
def test_any_text_survives_the_address(text: str) -> None:
    assert fields(post_page(text)) == {"text": [text]}


def test_a_broken_character_does_not_stop_the_post() -> None:
    assert fields(post_page("a\ud83db")) == {"text": ["a?b"]}


def test_replies_reposts_and_the_tag_have_their_pages() -> None:
    assert reply_page("Merci !", "123") == (
        "https://x.com/intent/tweet?in_reply_to=123&text=Merci%20%21"
    )
    assert repost_page("123") == "https://x.com/intent/retweet?tweet_id=123"
    tag = "https://x.com/search?q=%23UnionsPr%C3%A9coces&f=live"
    assert search("UnionsPrécoces") == tag


@pytest.mark.parametrize("wrong", ["", "12a", "١٢", "1&text=x", "-1"])
def test_only_an_id_goes_where_an_id_goes(wrong: str) -> None:
    with pytest.raises(ValueError, match="id of a post"):
        repost_page(wrong)
    with pytest.raises(ValueError, match="id of a post"):
        reply_page("Merci", wrong)


@pytest.mark.parametrize("letter", ["é", "ب", "😀", "語"])
def test_a_full_post_fits_in_any_script(letter: str) -> None:
    weighs_two = letter in "😀語"
    page = post_page(letter * (140 if weighs_two else 280))
    assert len(page) <= 1_720


def test_an_address_that_would_be_cut_is_refused() -> None:
    room = LONGEST_PAGE - len("https://x.com/intent/tweet?text=")
    assert len(post_page("a" * room)) == LONGEST_PAGE
    with pytest.raises(PageTooLong):
        post_page("a" * (room + 1))


@pytest.mark.parametrize(
    ("kind", "target_id", "page"),
    [
        (PostKind.QUESTION, "", "https://x.com/intent/tweet?text=Texte%20a"),
        (PostKind.REPLY, "7", "https://x.com/intent/tweet?in_reply_to=7&text=Texte%20a"),
        (PostKind.REPOST, "7", "https://x.com/intent/retweet?tweet_id=7"),
    ],
)
def test_publishing_opens_the_page_and_hands_it_over(
    kind: PostKind, target_id: str, page: str
) -> None:
    browser = FakeBrowser()
    post = planned("a", kind=kind, target_id=target_id, route=Route.ASSISTED)
    assert AssistedPublisher(browser).publish(post) == HandedOver(page)
    assert browser.pages == [page]


@pytest.mark.parametrize(
    ("works", "changes", "reason"),
    [
        (False, {}, Reason.BROWSER),
        (True, {"text": "é" * 2000}, Reason.TOO_LONG),
        (True, {"kind": PostKind.REPOST, "target_id": "rien"}, Reason.REFUSED),
    ],
)
def test_what_cannot_be_opened_is_refused_with_its_reason(
    works: bool, changes: dict[str, object], reason: Reason
) -> None:
    with pytest.raises(PublishRefused) as refused:
        AssistedPublisher(FakeBrowser(works)).publish(planned("a", **changes))  # type: ignore[arg-type]
    assert refused.value.reason is reason


def test_only_the_organiser_knows_what_became_of_a_page() -> None:
    looked = AssistedPublisher(FakeBrowser()).look_up(planned("a"), ())
    assert (looked.published, looked.certain) == (None, False)


class Opened:
    """Stands for the system's own ways to open a page."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, works: bool = True) -> None:
        self.pages: list[str] = []
        self.environment: dict[str, str] = {}

        def open_page(page: str, new: int = 0) -> bool:
            self.pages.append(page)
            return works

        def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
            self.pages.append(command[-1])
            self.environment = options["env"]  # type: ignore[assignment]
            return subprocess.CompletedProcess(command, 0 if works else 3)

        monkeypatch.setattr(webbrowser, "open", open_page)
        monkeypatch.setattr(subprocess, "run", run)
        monkeypatch.setenv("DISPLAY", ":0")


@pytest.mark.parametrize(
    "page",
    [
        "http://x.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https:///x",
        "x.com",
        "https://[",
    ],
)
def test_only_https_pages_are_opened(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    opened = Opened(monkeypatch)
    assert SystemBrowser().open(page) is False
    assert opened.pages == []


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("works", [True, False])
def test_a_page_goes_to_the_systems_browser(
    monkeypatch: pytest.MonkeyPatch, system: str, works: bool
) -> None:
    opened = Opened(monkeypatch, works)
    monkeypatch.setattr(sys, "platform", system)
    assert SystemBrowser().open("https://x.com/") is works
    assert opened.pages == ["https://x.com/"]


def test_without_a_screen_no_browser_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Opened(monkeypatch)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert SystemBrowser().open("https://x.com/") is False
    assert opened.pages == []


@pytest.mark.parametrize("before", ["", "/usr/lib/theirs"])
def test_a_frozen_app_keeps_its_libraries_out_of_the_browser(
    monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    opened = Opened(monkeypatch)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/tchat/lib")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    assert SystemBrowser().open("https://x.com/") is True
    assert opened.environment.get("LD_LIBRARY_PATH", "") == before
    assert "LD_LIBRARY_PATH_ORIG" not in opened.environment


def test_a_browser_that_is_missing_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> None:
        raise FileNotFoundError("xdg-open")

    Opened(monkeypatch)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(subprocess, "run", run)
    assert SystemBrowser().open("https://x.com/") is False


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hands the page on to the browser")
def test_nobody_waits_until_a_browser_that_was_run_is_closed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A real command that ends only when told to, as a browser does that is itself the command."""
    pages, closed = tmp_path / "pages", tmp_path / "closed"
    command = tmp_path / "xdg-open"
    said, until = f'echo "$1" >>"{pages}"', f'until [ -e "{closed}" ]; do sleep 0.05; done'
    command.write_text(f"#!/bin/sh\n{said}\n{until}\n", "utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for place in (1, 2):
        assert SystemBrowser(opening=0.5).open(f"https://x.com/{place}") is True
    left = [one for one in threading.enumerate() if one.name == "browser"]
    assert len(left) == 2
    closed.touch()
    for one in left:
        one.join(20)
        assert not one.is_alive()
    assert sorted(pages.read_text("utf-8").split()) == ["https://x.com/1", "https://x.com/2"]


@pytest.mark.parametrize("name", ["bilan été – Thiès 100 %.html", "dossier # 1"])
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_a_file_with_accents_opens_in_its_own_program(
    system: str, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = Opened(monkeypatch)
    started: list[Path] = []
    monkeypatch.setattr(os, "startfile", started.append, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    path = tmp_path / name
    path.write_text("", "utf-8")
    assert SystemBrowser().open_path(path) is True
    if system == "win32":
        assert (started, opened.pages) == ([path], [])
    else:
        assert (started, opened.pages) == ([], [str(path)])


def test_a_file_no_program_opens_is_said_not_to_be_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def none(_path: Path) -> None:
        raise OSError("no program")

    Opened(monkeypatch, works=False)
    monkeypatch.setattr(os, "startfile", none, raising=False)
    for system in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", system)
        assert SystemBrowser().open_path(tmp_path) is False
        assert SystemBrowser().open_path(tmp_path / "gone") is False

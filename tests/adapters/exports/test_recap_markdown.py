"""The recap as Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tchat_desktop.adapters.exports.recap_markdown import (
    escaped,
    recap_markdown,
    write_markdown,
)
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.domain import recap
from tchat_desktop.domain.chat import Chat, Occasion, RecapDraft
from tests.adapters.exports.sample import STATIONERY, chat, crowd, post, rows
from tests.fakes.network import NETWORK


def test_it_reads_like_the_page(tmp_path: Path) -> None:
    built = recap.build_recap(chat(), crowd(), rows(), NETWORK)
    text = write_markdown(built, tmp_path / "r.md", STATIONERY).read_text("utf-8")

    assert text.startswith("# Mariage des enfants\u202f: agir à Dakar, ce que nous avons appris\n")
    assert "\n- **48** participant·es\n" in text
    assert "\n## Q3 Que manque-t-il à la loi pour protéger les filles\u202f?\n" in text
    assert text.count("[Voir sur X](<https://x.com/") == 14
    assert "[\\#UnionsPrécoces](<https://x.com/hashtag/UnionsPr%C3%A9coces>)" in text
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("# titre", "\\# titre"),
        ("- point\n+ point\n* point", "\\- point\n\\+ point\n\\* point"),
        ("1. un\n12) douze", "1\\. un\n12\\) douze"),
        ("2026 fut une année.", "2026 fut une année."),
        ("---", "\\-\\-\\-"),
        ("===", "\\=\\=\\="),
        ("[x](javascript:1)", "\\[x\\](javascript:1)"),
        ("![x](http://a)", "\\!\\[x\\](http\\:\\/\\/a)"),
        (
            "==vu== ++mis++ //host/a //x// :::",
            "\\=\\=vu\\=\\= \\+\\+mis\\+\\+ \\/\\/host/a \\/\\/x\\/\\/ \\:\\:\\:",
        ),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("`a` ~~b~~ _c_ |d| \\e", "\\`a\\` \\~\\~b\\~\\~ \\_c\\_ \\|d\\| \\\\e"),
        ("    code", "    code"),
        ("www.a.org", "www\\.a.org"),
    ],
)
def test_markup_is_shown_not_obeyed(typed: str, written: str) -> None:
    assert escaped(typed) == written


@pytest.mark.parametrize("ending", ['?x="><script>alert(1)</script>', "?x=)](javascript:1)", "#>"])
def test_what_follows_the_address_of_a_post_is_not_written(ending: str) -> None:
    item = post(1)
    told = replace(item.post, url=f"https://x.com/prof_exemple/status/1{ending}")
    built = recap.build_recap(chat(), [replace(item, post=told)], [], NETWORK)
    written = recap_markdown(built, STATIONERY)
    assert "(<https://x.com/prof_exemple/status/1>)" in written
    for telltale in ("script", "javascript"):
        assert telltale not in written
        assert telltale not in recap_page(built, STATIONERY)


def test_a_post_cannot_leave_its_quotation() -> None:
    text = "Fin.\n\n# Un titre\n    du code\n> cité\n- [x](http://evil.org) <script>\n===\n\n"
    written = recap_markdown(
        recap.build_recap(chat(), [post(1, text=text)], [], NETWORK), STATIONERY
    )

    quotation = written.split("\n## ")[1].split("\n\n", 1)[1].split("\n\n##")[0]
    assert all(one.startswith(">") for one in quotation.splitlines()[:-1] if one.strip())
    assert "<script" not in written
    assert "](http:" not in written
    assert "\n> \\# Un titre\\\n" in written


def test_a_name_does_not_turn_round_what_stands_after_it() -> None:
    item = post(1)
    turned = replace(item.post, author_name="Awa \u202egro.xe\u2066 Ndiaye \u200f")
    written = recap_markdown(
        recap.build_recap(chat(), [replace(item, post=turned)], [], NETWORK), STATIONERY
    )
    assert "**Awa gro.xe Ndiaye" in written
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", written)


def test_a_hidden_author_leaves_no_trace() -> None:
    posts = [post(1, 5, "Moi @papa3_ex https://t.co/secret"), post(2, 1, "Merci @papa3_ex !")]
    told = chat(recap=RecapDraft(hidden_authors=("papa3_ex",)))
    written = recap_markdown(recap.build_recap(told, posts, [], NETWORK), STATIONERY)

    assert "papa3" not in written
    assert "Papa de trois" not in written
    assert "secret" not in written
    assert "1000000000000001" not in written
    assert "— Personne anonyme" in written


def test_a_rehearsal_links_nothing() -> None:
    built = recap.build_recap(chat(), crowd(), rows(), NETWORK, occasion=Occasion.REHEARSAL)
    written = recap_markdown(built, STATIONERY)

    assert "participants simulés" in written
    assert not re.search(r"\]\(", written)


def test_an_empty_chat() -> None:
    written = recap_markdown(
        recap.build_recap(Chat(id="x", language="en"), [], [], NETWORK), STATIONERY
    )

    assert written == "# Chat recap\n\nNo highlight has been chosen yet.\n"

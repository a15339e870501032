"""The highlights are looked at again on X, over HTTP, before the recap is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.post_checks import LOOK_UP, ChecksByKeys
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.recap.page import RecapPage
from tchat_desktop.ui.pages.recap.refresh_card import RefreshCard
from tchat_desktop.ui.pages.recap.refresh_rows import EditedRow, GoneRow
from tchat_desktop.wording.i18n import _
from tests.fakes import x_faults
from tests.fakes.x_server import XServer
from tests.ui.pages.hands import check_names
from tests.ui.pages.stage import CHAT, ROWS, START, Stage, shown_recap

NAMES = ("awa_ex", "binta_ex", "coumba_ex", "demba_ex")


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as running:
        yield running
    assert running.violations == []


def hold(stage: Stage, server: XServer) -> list[str]:
    """Fill the stores with four highlights that are on X, and one other post; returns the ids."""
    posts = []
    for name in NAMES:
        said = server.world.say(name, f"R1 Ce que dit {name}")
        url = f"https://x.com/{name}/status/{said.id}"
        post = Post(said.id, name, name.removesuffix("_ex").capitalize(), said.sent, START, url)
        posts.append(FeedPost(post, question_id="q1", starred=True))
    posts.append(replace(posts[0], post=replace(posts[0].post, id="1", url=""), starred=False))
    stage.hold(posts)
    stage.x_url = server.url
    return [one.post.id for one in posts[:4]]


def starred(stage: Stage) -> dict[str, str]:
    """The texts of the highlights as they are stored, by author."""
    kept = stage.posts.all(CHAT.id, Occasion.LIVE)
    return {one.post.author: one.post.text for one in kept if one.starred}


def check(qtbot: QtBot, page: RecapPage) -> RefreshCard:
    """Press the button, and wait until the looking has ended."""
    card = page.refresh
    card.look.click()
    assert card.look.isHidden()
    qtbot.waitUntil(lambda: not card.look.isHidden())
    return card


def rows(card: RefreshCard, kind: type) -> list[object]:
    return [one for one in card.rows.rows if isinstance(one, kind)]


def shown(qtbot: QtBot, stage: Stage) -> tuple[RecapPage, ChatEditor]:
    page, editor = shown_recap(qtbot, stage)
    qtbot.waitUntil(lambda: not page.refresh.isHidden())
    return page, editor


def test_all_are_there(qtbot: QtBot, stage: Stage, server: XServer) -> None:
    hold(stage, server)
    page, editor = shown(qtbot, stage)
    assert editor.chat.checked_on_x is None
    card = check(qtbot, page)
    assert (editor.chat.checked_on_x, editor.chat.gone_from_x) == (stage.now, ())
    assert len(starred(stage)) == 4
    assert card.words.startswith("4")
    assert card.undo.isHidden()
    assert card.rows.rows == ()
    assert server.count("GET /oembed") == 4


def test_what_is_gone_leaves_the_recap_by_name_and_comes_back_by_undo(
    qtbot: QtBot, stage: Stage, server: XServer
) -> None:
    ids = hold(stage, server)
    server.world.take_away(ids[0])
    server.world.protected.add("binta_ex")
    page, editor = shown(qtbot, stage)
    card = check(qtbot, page)
    qtbot.waitUntil(lambda: set(starred(stage)) == {"coumba_ex", "demba_ex"})
    assert editor.chat.gone_from_x == (ids[0], ids[1])
    names = [row.accessibleName() for row in card.rows.rows]
    assert [name.split(":")[0] for name in names] == ["Awa", "Binta"]
    # Nothing collected was deleted.
    assert len(stage.posts.all(CHAT.id, Occasion.LIVE)) == 5
    check_names(page)
    card.undo.click()
    qtbot.waitUntil(lambda: len(starred(stage)) == 4)
    assert (editor.chat.checked_on_x, editor.chat.gone_from_x) == (None, ())
    assert card.rows.rows == ()


def test_one_that_is_put_back_with_consent_is_not_taken_out_again(
    qtbot: QtBot, stage: Stage, server: XServer
) -> None:
    ids = hold(stage, server)
    server.world.take_away(ids[0])
    page, editor = shown(qtbot, stage)
    card = check(qtbot, page)
    qtbot.waitUntil(lambda: "awa_ex" not in starred(stage))
    (gone,) = rows(card, GoneRow)
    assert isinstance(gone, GoneRow)
    gone.put_back.click()
    qtbot.waitUntil(lambda: "awa_ex" in starred(stage))
    check(qtbot, page)
    assert "awa_ex" in starred(stage)
    (kept,) = rows(card, GoneRow)
    assert isinstance(kept, GoneRow)
    assert kept.put_back.isHidden()
    # Undoing an edit of the recap does not undo what X told.
    editor.undo()
    assert editor.chat.gone_from_x == (ids[0],)


def test_new_words_are_taken_and_shown_beside_the_former_ones(
    qtbot: QtBot, stage: Stage, server: XServer
) -> None:
    ids = hold(stage, server)
    server.world.posts[ids[2]].text = "R1 Ce que je voulais dire"
    page, _editor = shown(qtbot, stage)
    card = check(qtbot, page)
    qtbot.waitUntil(lambda: starred(stage)["coumba_ex"] == "R1 Ce que je voulais dire")
    (row,) = rows(card, EditedRow)
    assert isinstance(row, EditedRow)
    card.undo.click()
    qtbot.waitUntil(lambda: starred(stage)["coumba_ex"] == "R1 Ce que dit coumba_ex")


def test_keys_tell_all_at_once_and_follow_edits(
    qtbot: QtBot, stage: Stage, server: XServer
) -> None:
    ids = hold(stage, server)
    server.world.edit(ids[1], "R1 Édité")
    server.world.take_away(ids[3])
    stage.by_keys = lambda: ChecksByKeys(
        XClient(server.keys, server.url, now=lambda: datetime.now(UTC)), lambda: 100, pause=0
    )
    page, editor = shown(qtbot, stage)
    check(qtbot, page)
    qtbot.waitUntil(lambda: starred(stage).get("binta_ex") == "R1 Édité")
    qtbot.waitUntil(lambda: "demba_ex" not in starred(stage))
    assert editor.chat.gone_from_x == (ids[3],)
    # What is on disk is on screen once it was read again.
    qtbot.waitUntil(lambda: (seen := page.board.card(ids[1]).view) is not None and seen.edited)
    # Four at once, then the newest version of one.
    assert (server.count(f"GET {LOOK_UP}"), server.count("GET /oembed")) == (2, 0)


def test_where_keys_may_not_look_anybodys_site_does(
    qtbot: QtBot, stage: Stage, server: XServer
) -> None:
    hold(stage, server)
    client = XClient(server.keys, server.url, now=lambda: datetime.now(UTC))
    stage.by_keys = lambda: ChecksByKeys(client, lambda: 0, pause=0)
    page, editor = shown(qtbot, stage)
    check(qtbot, page)
    assert editor.chat.checked_on_x == stage.now
    assert (server.count(f"GET {LOOK_UP}"), server.count("GET /oembed")) == (0, 4)


def test_a_network_that_ends_leaves_the_rest_as_it_is(
    qtbot: QtBot, stage: Stage, server: XServer
) -> None:
    ids = hold(stage, server)
    server.world.take_away(ids[0])
    page, editor = shown(qtbot, stage)
    fault = x_faults.DROP_BEFORE
    server.fail("GET /oembed", replace(fault, name="slow", drops=False, latency=0.0), fault)
    card = check(qtbot, page)
    assert editor.chat.checked_on_x is None
    assert not card.further.isHidden()
    qtbot.waitUntil(lambda: set(starred(stage)) == set(NAMES[1:]))
    asked = server.count("GET /oembed")
    card.further.click()
    qtbot.waitUntil(lambda: not card.look.isHidden())
    # Only those that were not told are asked about again.
    assert server.count("GET /oembed") == asked + 3
    assert editor.chat.checked_on_x == stage.now
    assert editor.chat.gone_from_x == (ids[0],)
    assert set(starred(stage)) == set(NAMES[1:])
    # Both looks are taken back together.
    card.undo.click()
    qtbot.waitUntil(lambda: set(starred(stage)) == set(NAMES))
    assert (editor.chat.checked_on_x, editor.chat.gone_from_x) == (None, ())


def test_without_a_network_nothing_changes(qtbot: QtBot, stage: Stage, server: XServer) -> None:
    hold(stage, server)
    stage.x_url = "http://127.0.0.1:9"
    page, editor = shown(qtbot, stage)
    card = check(qtbot, page)
    assert len(starred(stage)) == 4
    assert editor.chat.checked_on_x is None
    assert "Awa, Binta, Coumba, Demba" in card.words
    assert card.undo.isHidden()


def test_it_can_be_stopped(qtbot: QtBot, stage: Stage, server: XServer) -> None:
    ids = hold(stage, server)
    server.world.take_away(ids[0])
    page, editor = shown(qtbot, stage)
    card = page.refresh
    server.fail("GET /oembed", *[replace(x_faults.DROP_BEFORE, drops=False, latency=0.2)] * 4)
    card.look.click()
    qtbot.waitUntil(lambda: server.count("GET /oembed") == 2)
    card.stop.click()
    assert not card.look.isHidden()
    assert editor.chat.checked_on_x is None
    qtbot.waitUntil(lambda: set(starred(stage)) == set(NAMES[1:]))
    assert server.count("GET /oembed") == 2


def test_all_gone_without_keys_is_not_believed(qtbot: QtBot, stage: Stage, server: XServer) -> None:
    for post_id in hold(stage, server):
        server.world.take_away(post_id)
    page, editor = shown(qtbot, stage)
    check(qtbot, page)
    assert len(starred(stage)) == 4
    assert (editor.chat.checked_on_x, editor.chat.gone_from_x) == (None, ())


def test_a_rehearsal_is_not_looked_for_on_x(qtbot: QtBot, stage: Stage, server: XServer) -> None:
    hold(stage, server)
    stage.posts.clear(CHAT.id, Occasion.LIVE)
    stage.outbox.clear(CHAT.id, Occasion.LIVE)
    invented = Post(
        "1001", "awa_ex", "Awa", "R1 Inventé", START, "https://x.com/awa_ex/status/1001"
    )
    stage.hold([FeedPost(invented, starred=True)], ROWS, Occasion.REHEARSAL)
    page, _editor = shown_recap(qtbot, stage)
    assert page.refresh.isHidden()
    assert page.rehearsing
    assert server.requests == []
    assert _("Check on X") == page.refresh.look.text()

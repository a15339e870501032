"""Posts are looked for again on X: deleted, protected, edited, or simply there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.embedded import EmbeddedPosts
from tchat_desktop.adapters.x.post_checks import LOOK_UP, ChecksByKeys, ChecksByPage
from tchat_desktop.domain.conversation import Post, newest_id
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.spending import ReadIds
from tchat_desktop.services.ports import NotReached, PostChecks, PublishByHand, PublishLater
from tests.adapters.x.conftest import NewClient
from tests.fakes import x_faults
from tests.fakes.network import NETWORK
from tests.fakes.x_server import XServer
from tests.fakes.x_world import XPost

ROUTE = f"GET {LOOK_UP}"
Make = Callable[[], PostChecks]


def collected(said: XPost) -> Post:
    """A post as it was read in the hour."""
    page = f"https://x.com/{said.author.handle}/status/{said.id}"
    return Post(said.id, said.author.handle, said.author.name, said.sent, said.created_at, page)


def many() -> int:
    return 1000


@pytest.fixture(params=["keys", "page"])
def checks(request: pytest.FixtureRequest, server: XServer, client: XClient) -> PostChecks:
    if request.param == "keys":
        return ChecksByKeys(client, many)
    return ChecksByPage(EmbeddedPosts(server.url, (5.0, 5.0), 5.0))


def test_a_post_that_is_there_is_told_with_its_words(server: XServer, checks: PostChecks) -> None:
    said = collected(server.world.say("amina_ex", "R1 : lois & écoles <3 #Tag"))
    assert checks.told([said]) == {said.id: said}


def test_deleted_and_protected_posts_are_not_public_any_more(
    server: XServer, checks: PostChecks
) -> None:
    gone = collected(server.world.say("amina_ex", "R1 adieu"))
    closed = collected(server.world.say("binta_ex", "R1 entre nous"))
    server.world.take_away(gone.id)
    server.world.protected.add("binta_ex")
    assert {**checks.told([gone]), **checks.told([closed])} == {gone.id: None, closed.id: None}


@pytest.mark.parametrize("edition", ["posts", "tweets"])
def test_keys_tell_hundreds_in_few_requests_and_what_that_costs(
    server: XServer, new_client: NewClient, edition: str
) -> None:
    server.api.edition = edition
    told: list[ReadIds] = []
    checks = ChecksByKeys(new_client(on_read=told.append), many)
    said = [collected(server.world.say("amina_ex", f"R1 {n}", age=n)) for n in range(100)]
    server.world.take_away(said[7].id)
    found = checks.told(said)
    assert [one for one in said if found[one.id] is None] == [said[7]]
    assert len(found) == 100
    assert sum(len(one.posts) for one in told) == 99


def test_keys_follow_an_edited_post_to_its_newest_words(server: XServer, client: XClient) -> None:
    said = collected(server.world.say("amina_ex", "R1 avant", age=60))
    between = server.world.edit(said.id, "R1 entre")
    newest = server.world.edit(between.id, "R1 après")
    checks = ChecksByKeys(client, many)
    (seen,) = checks.told([said]).values()
    assert seen is not None
    assert (seen.text, newest_id(seen, NETWORK)) == ("R1 après", newest.id)
    assert seen.id == said.id
    # Known by its newest version it is asked for once.
    asked = server.count(ROUTE)
    assert checks.told([replace(said, url=seen.url)]) == {said.id: seen}
    assert server.count(ROUTE) == asked + 1


def test_keys_read_nothing_that_would_go_over_the_ceiling(server: XServer, client: XClient) -> None:
    said = [collected(server.world.say("amina_ex", f"R1 {n}")) for n in range(3)]
    with pytest.raises(PublishByHand) as refused:
        ChecksByKeys(client, lambda: 2).told(said)
    assert refused.value.reason is Reason.SPENDING_LIMIT
    assert server.count(ROUTE) == 0


def test_keys_wait_for_the_limit_of_x(server: XServer, client: XClient) -> None:
    said = [collected(server.world.say("amina_ex", "R1"))]
    server.fail(ROUTE, x_faults.RATE_LIMIT)
    checks = ChecksByKeys(client, many)
    for _time in range(2):
        with pytest.raises(PublishLater) as later:
            checks.told(said)
        assert later.value.reason is Reason.RATE_LIMIT
    assert server.count(ROUTE) == 1


def test_an_edit_that_the_page_shows_comes_with_its_words(server: XServer) -> None:
    said = collected(server.world.say("amina_ex", "R1 avant"))
    server.world.posts[said.id].text = "R1 tout autre chose"
    checks = ChecksByPage(EmbeddedPosts(server.url, (5.0, 5.0), 5.0))
    assert checks.told([said]) == {said.id: replace(said, text="R1 tout autre chose")}


def test_a_network_that_refuses_everything_is_no_deletion(server: XServer) -> None:
    said = collected(server.world.say("amina_ex", "R1"))
    checks = ChecksByPage(EmbeddedPosts(server.url, (5.0, 5.0), 5.0))
    for fault in (x_faults.FORBIDDEN, x_faults.CAPTIVE_PORTAL, x_faults.DROP_BEFORE):
        server.fail("GET /oembed", fault)
        with pytest.raises(NotReached):
            checks.told([said])
    assert checks.told([said]) == {said.id: said}

"""What is read is told, by X's ids, whoever asked: the tag, the look-ups, the account itself."""

from __future__ import annotations

import pytest

from tchat_desktop.adapters.x.lookup import OwnPosts
from tchat_desktop.adapters.x.reader import XTagReader
from tchat_desktop.adapters.x.reads import read_in
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.spending import ReadIds
from tests.adapters.x.conftest import NewClient
from tests.fakes.outgoing import planned
from tests.fakes.x_server import XServer


def together(told: list[ReadIds]) -> ReadIds:
    """All that was told."""
    return ReadIds(
        frozenset().union(*(one.posts for one in told)),
        frozenset().union(*(one.users for one in told)),
        frozenset().union(*(one.own_posts for one in told)),
    )


@pytest.mark.parametrize("edition", ["posts", "tweets"])
def test_the_tag_costs_its_posts_and_their_authors(
    server: XServer, new_client: NewClient, edition: str
) -> None:
    server.api.edition = edition
    said = [server.world.say(name, f"{name} #Tag") for name in ("amina_ex", "binta_ex")]
    again = server.world.say("amina_ex", "encore #Tag")
    told: list[ReadIds] = []
    XTagReader(new_client(on_read=told.append), "Tag").read("")
    seen = together(told)
    assert seen.posts == {one.id for one in (*said, again)}
    assert seen.users == {one.author.id for one in said}
    assert seen.own_posts == frozenset()


def test_a_look_up_costs_ones_own_posts(server: XServer, new_client: NewClient) -> None:
    ours = [server.world.say("tchat_orga", f"Q{n} Où agir ? #Tag") for n in range(3)]
    told: list[ReadIds] = []
    client = new_client(on_read=told.append)
    row = planned("q", text="Q1 Où agir ? #Tag", state=PostState.UNKNOWN)
    found = OwnPosts(client).find(row, ()).found
    assert found is not None
    seen = together(told)
    assert seen.own_posts == {one.id for one in ours}
    assert seen.posts == frozenset()


def test_asking_whose_keys_they_are_costs_a_person(server: XServer, new_client: NewClient) -> None:
    told: list[ReadIds] = []
    account = new_client(on_read=told.append).verify()
    assert told == [ReadIds(users=frozenset({account.id}))]


def test_what_publishes_and_what_is_refused_reads_nothing(
    server: XServer, new_client: NewClient
) -> None:
    told: list[ReadIds] = []
    client = new_client(on_read=told.append)
    client.call("POST", "/2/tweets", needs=("id",), creates=True, json={"text": "bonsoir"})
    assert told == []


@pytest.mark.parametrize(
    "body", [{}, [], None, {"data": None}, {"data": [None, 3]}, {"data": [], "includes": []}]
)
@pytest.mark.parametrize("path", ["/2/users/me", "/2/users/7/tweets", "/2/tweets/search/recent"])
def test_an_answer_that_holds_nothing_costs_nothing(path: str, body: object) -> None:
    assert read_in(path, body) == ReadIds()


def test_what_a_post_answers_comes_with_it_and_is_charged() -> None:
    body = {
        "data": [{"id": "2"}],
        "includes": {"posts": [{"id": "1"}, {"id": "2"}], "users": [{"id": "7"}]},
    }
    seen = read_in("/2/users/7/tweets", body)
    assert seen == ReadIds(frozenset({"1"}), frozenset({"7"}), frozenset({"2"}))
    seen = read_in("/2/tweets/search/recent", body)
    assert seen == ReadIds(frozenset({"1", "2"}), frozenset({"7"}))


def test_the_state_of_an_upload_is_free() -> None:
    assert read_in("/2/media/upload", {"data": {"id": "9"}}) == ReadIds()

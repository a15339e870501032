"""What is said under the tag, read by keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.reader import (
    LONGEST_QUERY,
    MOST_SEARCH_PAGES,
    XTagReader,
    search_query,
)
from tchat_desktop.domain.conversation import newest_id
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.x.post_ids import posted_at
from tchat_desktop.services.ports import PublishByHand, PublishLater, PublishRefused
from tests.fakes import x_faults
from tests.fakes.clock import FakeClock
from tests.fakes.network import NETWORK
from tests.fakes.x_server import XServer

SEARCH = "GET /2/tweets/search/recent"


@pytest.fixture
def reader(client: XClient) -> XTagReader:
    return XTagReader(client, "#UnionsPrécoces")


@pytest.mark.parametrize("edition", ["posts", "tweets"])
def test_a_post_comes_as_it_was_written(server: XServer, reader: XTagReader, edition: str) -> None:
    server.api.edition = edition
    server.world.user("amina_ex", "Amina 🌍")
    asked = server.world.say("tchat_orga", "Q1 #UnionsPrécoces")
    text = "R1 : lois & écoles <3, voir exemple.org/a?b=1&c=2 #unionsprécoces"
    said = server.world.say("amina_ex", text, reply_to=asked.id)
    server.world.say("binta_ex", "RT", repost_of=said.id)
    server.world.say("binta_ex", "sans le mot")
    first, post = reader.read("")
    assert first.text == "Q1 #UnionsPrécoces"
    written = text.replace("exemple.org", "http://exemple.org")
    assert post.text == f"@tchat_orga {written}"
    assert (post.author, post.author_name) == ("amina_ex", "Amina 🌍")
    assert post.in_reply_to == asked.id
    assert post.reposts == 1
    assert post.url == f"https://x.com/amina_ex/status/{said.id}"
    assert abs(post.created_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_only_what_is_new_is_read_again(server: XServer, reader: XTagReader) -> None:
    server.world.say("amina_ex", "un #UnionsPrécoces")
    (first,) = reader.read("")
    assert reader.read(first.id) == []
    server.world.say("amina_ex", "deux #UnionsPrécoces")
    assert [post.text for post in reader.read(first.id)] == ["deux #UnionsPrécoces"]


def test_a_post_edited_on_x_is_one_post(server: XServer, reader: XTagReader) -> None:
    first = server.world.say("amina_ex", "R1 avant #UnionsPrécoces", age=60)
    between = server.world.say("binta_ex", "R1 #UnionsPrécoces", age=30)
    second = server.world.edit(first.id, "R1 après #UnionsPrécoces")

    other, edited = reader.read("")

    assert (other.id, edited.id) == (between.id, first.id)
    assert edited.text == "R1 après #UnionsPrécoces"
    assert edited.created_at == posted_at(first.id)
    assert edited.url == f"https://x.com/amina_ex/status/{second.id}"
    assert reader.read(newest_id(edited, NETWORK)) == []


def test_pages_are_put_together_oldest_first(server: XServer, reader: XTagReader) -> None:
    for number in range(250):
        server.world.say("amina_ex", f"{number} #UnionsPrécoces", age=250 - number)
    assert [post.text for post in reader.read("")] == [f"{n} #UnionsPrécoces" for n in range(250)]
    assert server.count(SEARCH) == 3


def test_one_reading_costs_only_so_much(server: XServer, reader: XTagReader) -> None:
    for number in range(MOST_SEARCH_PAGES * 100 + 50):
        server.world.say("amina_ex", f"{number} #UnionsPrécoces")
    assert len(reader.read("")) == MOST_SEARCH_PAGES * 100
    assert server.count(SEARCH) == MOST_SEARCH_PAGES


def test_what_one_reading_has_no_room_for_comes_with_the_next(
    server: XServer, reader: XTagReader
) -> None:
    many = MOST_SEARCH_PAGES * 100 + 50
    for number in range(many):
        server.world.say("amina_ex", f"{number} #UnionsPrécoces", age=many - number)
    first = reader.read("")
    server.world.say("amina_ex", "encore #UnionsPrécoces")
    second = reader.read(newest_id(first[-1], NETWORK))
    texts = [post.text.split()[0] for post in (*second, *first)]
    assert sorted(texts) == sorted([*map(str, range(many)), "encore"])
    assert reader.read(newest_id(second[-1], NETWORK)) == []


def test_a_post_that_search_learns_of_late_is_not_lost(server: XServer, reader: XTagReader) -> None:
    late = server.world.say("binta_ex", "tard #UnionsPrécoces", age=40)
    server.world.not_indexed.add(late.id)
    server.world.say("amina_ex", "tôt #UnionsPrécoces", age=35)
    (first,) = reader.read("")
    server.world.not_indexed.clear()
    assert [post.text for post in reader.read(first.id)] == ["tard #UnionsPrécoces"]
    assert reader.read(first.id) == []


def test_posts_of_the_last_half_minute_come_later_each_once(
    server: XServer, reader: XTagReader
) -> None:
    server.api.search_delay = 30.0
    begin = server.world.now()
    instant = [begin]
    server.world.now = lambda: instant[0]
    heard: list[str] = []
    since = ""
    for second in range(0, 200, 5):
        instant[0] = begin + second
        server.world.say("amina_ex", f"{second} #UnionsPrécoces")
        if second % 30 == 0:
            found = reader.read(since)
            heard += [post.text.split()[0] for post in found]
            since = newest_id(found[-1], NETWORK) if found else since
    instant[0] += 31
    heard += [post.text.split()[0] for post in reader.read(since)]
    assert heard == [str(second) for second in range(0, 200, 5)]


def test_replies_without_the_tag_are_found_where_they_belong(
    server: XServer, client: XClient
) -> None:
    say = server.world.say
    asked, other = say("tchat_orga", "Q1 #UnionsPrécoces"), say("tchat_orga", "Demain, atelier")
    public = say("amina_ex", "Et les garçons ? #UnionsPrécoces")
    say("binta_ex", "Oui, chez nous", reply_to=asked.id)
    say("sage_ex", "Eux aussi", reply_to=public.id)
    say("sage_ex", "À ce soir maman", reply_to=say("mere_ex", "Coucou").id)
    say("sage_ex", "Sans rien")
    say("fan_ex", "Bravo", reply_to=other.id)
    say("inconnu_ex", "Moi aussi", reply_to=public.id)
    reader = XTagReader(
        client,
        "UnionsPrécoces",
        host="tchat_orga",
        guests=["sage_ex"],
        belongs=lambda post_id: post_id == asked.id,
    )
    found = {post.text.split(" ", 1)[1] for post in reader.read("") if post.in_reply_to}
    assert found == {"Oui, chez nous", "Eux aussi"}


def test_where_search_knows_tags_only_the_tag_is_read(server: XServer, client: XClient) -> None:
    server.api.refuses_operators = True
    server.world.say("amina_ex", "un #UnionsPrécoces")
    reader = XTagReader(client, "UnionsPrécoces", host="tchat_orga")
    assert [post.text for post in reader.read("")] == ["un #UnionsPrécoces"]
    before = server.count(SEARCH)
    reader.read("")
    assert server.count(SEARCH) == before + 1, "it is not tried each time"


def test_a_search_is_no_longer_than_x_takes() -> None:
    guests = [f"invitee_{number:06}" for number in range(60)]
    query = search_query("UnionsPrécoces", "tchat_orga", guests)
    assert 480 < len(query) <= LONGEST_QUERY
    assert query.startswith("(#UnionsPrécoces OR to:tchat_orga OR ((from:invitee_000000 OR ")
    assert query.endswith(" is:reply)) -is:retweet")
    assert search_query("Tag") == "#Tag -is:retweet"
    assert search_query("Tag", guests=["a"]) == "(#Tag OR (from:a is:reply)) -is:retweet"


def test_the_first_reading_begins_where_it_matters(server: XServer, client: XClient) -> None:
    server.world.say("amina_ex", "hier #UnionsPrécoces", age=86_400)
    server.world.say("amina_ex", "ce soir #UnionsPrécoces")
    reader = XTagReader(client, "UnionsPrécoces", since=datetime.now(UTC) - timedelta(hours=1))
    assert [post.text for post in reader.read("")] == ["ce soir #UnionsPrécoces"]


def test_a_clock_that_is_ahead_does_not_end_the_reading(server: XServer, client: XClient) -> None:
    server.clock_ahead = -7200.0
    server.world.say("amina_ex", "ce soir #UnionsPrécoces", age=30)
    reader = XTagReader(client, "UnionsPrécoces", since=datetime.now(UTC) - timedelta(hours=1))
    client.verify()
    assert [post.text for post in reader.read("")] == ["ce soir #UnionsPrécoces"]


def test_no_more_is_read_than_there_is_money_for(server: XServer, client: XClient) -> None:
    for number in range(60):
        server.world.say("amina_ex", f"{number} #UnionsPrécoces", age=60 - number)
    left = [25, 5]
    reader = XTagReader(client, "UnionsPrécoces", affordable=lambda: left.pop(0))
    assert [post.text for post in reader.read("")] == [
        f"{n} #UnionsPrécoces" for n in range(35, 60)
    ]
    assert server.count(SEARCH) == 1


def test_without_money_x_is_not_asked(server: XServer, client: XClient) -> None:
    left = [9, 10]
    reader = XTagReader(client, "UnionsPrécoces", affordable=lambda: left.pop(0))
    with pytest.raises(PublishByHand) as error:
        reader.read("")
    assert error.value.reason is Reason.SPENDING_LIMIT
    assert server.count(SEARCH) == 0
    assert reader.read("") == []
    assert server.count(SEARCH) == 1


def test_a_window_that_x_has_closed_is_not_tried(
    server: XServer, client: XClient, clock: FakeClock
) -> None:
    server.api.limits[SEARCH] = 2
    reader = XTagReader(client, "UnionsPrécoces")
    reader.read("")
    reader.read("")
    with pytest.raises(PublishLater) as error:
        reader.read("")
    assert error.value.reason is Reason.RATE_LIMIT
    wait = error.value.until - clock.now()
    assert timedelta(minutes=14) < wait <= timedelta(minutes=15)
    assert server.count(SEARCH) == 2


def test_search_lags_behind(server: XServer, reader: XTagReader) -> None:
    server.api.search_delay = 30.0
    server.world.say("amina_ex", "à l’instant #UnionsPrécoces")
    server.world.say("amina_ex", "tantôt #UnionsPrécoces", age=31)
    assert [post.text for post in reader.read("")] == ["tantôt #UnionsPrécoces"]


def test_nothing_said_is_nothing_read(reader: XTagReader) -> None:
    assert reader.read("") == []


def test_the_network_and_the_keys_are_told_apart(server: XServer, reader: XTagReader) -> None:
    server.fail(SEARCH, x_faults.DROP_BEFORE, x_faults.RATE_LIMIT_UNSAID)
    with pytest.raises(PublishLater) as error:
        reader.read("")
    assert error.value.reason is Reason.NETWORK
    with pytest.raises(PublishLater) as error:
        reader.read("")
    assert error.value.reason is Reason.RATE_LIMIT
    for fault, reason in [
        (x_faults.UNAUTHORIZED, Reason.KEYS_REFUSED),
        (x_faults.NO_CREDIT, Reason.NO_CREDIT),
    ]:
        server.fail(SEARCH, fault)
        with pytest.raises(PublishByHand) as refused:
            reader.read("")
        assert refused.value.reason is reason
    server.fail(SEARCH, x_faults.FORBIDDEN)
    with pytest.raises(PublishRefused):
        reader.read("")
    assert reader.read("") == []


@pytest.mark.parametrize("tag", ["", "#", "deux mots", "#a OR from:x", "123"])
def test_what_is_no_tag_is_not_searched(client: XClient, tag: str) -> None:
    with pytest.raises(ValueError, match="not a hashtag"):
        XTagReader(client, tag)

"""Posts, replies and reposts by keys; and the posts whose answer was lost, found again."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.adapters.x.publisher import XPublisher
from tchat_desktop.domain.account_keys import AccountSeen
from tchat_desktop.domain.outgoing import (
    ACCOUNT_FAILS,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.domain.x.post_text import is_valid_post
from tchat_desktop.services.ports import (
    LookedUp,
    PublishByHand,
    PublishError,
    PublishLater,
    PublishRefused,
    PublishUnknown,
)
from tests.adapters.x.conftest import NewClient
from tests.contracts.publisher import PublisherContract
from tests.fakes import x_faults, x_world
from tests.fakes.clock import FakeClock
from tests.fakes.outgoing import planned
from tests.fakes.x_faults import Fault
from tests.fakes.x_server import XServer

POST = "POST /2/tweets"
REPOST = "POST /2/users/:id/retweets"
TIMELINE = "GET /2/users/:id/tweets"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def publisher(client: XClient) -> XPublisher:
    return XPublisher(client)


class TestContract(PublisherContract):
    @pytest.fixture
    def target_id(self, server: XServer) -> str:
        return server.world.say("amina_ex", "R1 Bonsoir @tchat_orga #UnionsPrécoces").id


def reply(target_id: str, text: str = "Merci !") -> OutboxPost:
    return planned("r", kind=PostKind.REPLY, target_id=target_id, text=text)


def repost(target_id: str) -> OutboxPost:
    return planned("rt", kind=PostKind.REPOST, target_id=target_id)


def fails(publisher: XPublisher, post: OutboxPost) -> PublishError:
    with pytest.raises(PublishError) as error:
        publisher.publish(post)
    return error.value


# --- leaving ----------------------------------------------------------------------------------


def test_a_post_arrives_as_it_was_written(server: XServer, publisher: XPublisher) -> None:
    text = (
        "Q1\u00a0: À l’école & ailleurs\u00a0?\nLisez <ceci> exemple.org/a?b=1&c=2 #UnionsPrécoces"
    )
    result = publisher.publish(planned("a", text=text))
    assert server.texts() == [text]
    assert result.remote_id == server.posts[0].id
    assert result.url == f"https://x.com/i/status/{result.remote_id}"


def test_links_have_the_name_of_the_account_once_it_is_known(
    client: XClient, publisher: XPublisher
) -> None:
    client.verify()
    result = publisher.publish(planned("a"))
    assert result.url == f"https://x.com/tchat_orga/status/{result.remote_id}"


def test_a_reply_and_a_repost_go_to_their_post(server: XServer, publisher: XPublisher) -> None:
    target = server.world.say("amina_ex", "Bonsoir @tchat_orga")
    publisher.publish(reply(target.id))
    publisher.publish(repost(target.id))
    assert [post.reply_to for post in server.posts] == [target.id]
    assert [post.repost_of for post in server.reposts] == [target.id]


def test_a_repost_with_tokens_asks_who_one_is_once(server: XServer, new_client: NewClient) -> None:
    publisher = XPublisher(new_client(server.new_tokens()))
    for handle in ("un_ex", "deux_ex"):
        publisher.publish(repost(server.world.say(handle, "Bonsoir").id))
    assert server.count("GET /2/users/me") == 1
    assert len(server.reposts) == 2


def test_who_did_not_mention_us_is_answered_by_hand(server: XServer, publisher: XPublisher) -> None:
    target = server.world.say("amina_ex", "Bonsoir à tous")
    error = fails(publisher, reply(target.id))
    assert isinstance(error, PublishByHand)
    assert error.reason is Reason.NOT_SUMMONED


def test_a_text_too_long_is_told_so(server: XServer, publisher: XPublisher) -> None:
    error = fails(publisher, planned("a", text="é" * 281))
    assert isinstance(error, PublishRefused)
    assert error.reason is Reason.TOO_LONG
    server.fail(POST, x_faults.FORBIDDEN)
    assert fails(publisher, planned("a", text="é" * 281)).reason is Reason.TOO_LONG
    publisher.publish(planned("a", text="é" * 280))


@pytest.mark.parametrize("target_id", ["12/../tweets", "x", "²"])
def test_what_is_no_id_is_not_asked(server: XServer, publisher: XPublisher, target_id: str) -> None:
    for post in (reply(target_id), repost(target_id)):
        assert fails(publisher, post).reason is Reason.REFUSED
    assert server.requests == []


def test_a_post_that_is_gone_cannot_be_reposted(publisher: XPublisher) -> None:
    assert isinstance(fails(publisher, repost("1850000000000000001")), PublishRefused)


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        (x_faults.UNAUTHORIZED, PublishByHand, Reason.KEYS_REFUSED),
        (x_faults.NO_CREDIT, PublishByHand, Reason.NO_CREDIT),
        (x_faults.USAGE_CAPPED, PublishByHand, Reason.CAPPED),
        (x_faults.NOT_ENROLLED, PublishByHand, Reason.NOT_ENROLLED),
        (x_faults.RATE_LIMIT, PublishLater, Reason.RATE_LIMIT),
        (x_faults.A_LIST, PublishRefused, Reason.REFUSED),
        (x_faults.SERVER_ERROR, PublishUnknown, Reason.ANSWER_LOST),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_refused_post_says_why_and_can_leave_afterwards(
    server: XServer,
    publisher: XPublisher,
    fault: Fault,
    kind: type[PublishError],
    reason: Reason,
) -> None:
    server.fail(POST, fault)
    error = fails(publisher, planned("a"))
    assert type(error) is kind
    assert error.reason is reason
    assert server.posts == []
    publisher.publish(planned("a"))
    assert len(server.posts) == 1


@pytest.mark.parametrize("fault", x_faults.OF_THE_ACCOUNT, ids=lambda fault: fault.name)
def test_a_refusal_of_the_account_is_told_in_x_own_words(
    server: XServer, publisher: XPublisher, fault: Fault
) -> None:
    server.fail(POST, fault)
    error = fails(publisher, planned("a"))
    assert isinstance(error, PublishByHand)
    assert error.reason in ACCOUNT_FAILS
    said = json.loads(fault.body)
    assert (said.get("detail") or said["errors"][0]["message"]) in error.detail


def test_who_does_not_want_an_answer_is_not_the_account_refused(
    server: XServer, publisher: XPublisher
) -> None:
    target = server.world.say("amina_ex", "Bonsoir @tchat_orga")
    server.fail(POST, x_faults.FORBIDDEN)
    server.fail(REPOST, x_faults.FORBIDDEN)
    assert fails(publisher, reply(target.id)).reason is Reason.REFUSED
    assert fails(publisher, repost(target.id)).reason is Reason.REFUSED


def test_fifty_posts_in_a_row(server: XServer, publisher: XPublisher) -> None:
    for number in range(50):
        publisher.publish(planned(f"p{number}"))
    assert server.texts() == [f"Texte p{number}" for number in range(50)]
    assert len({post.id for post in server.posts}) == 50


# --- looking up -------------------------------------------------------------------------------

ABSENT = LookedUp(None, certain=True)
UNSURE = LookedUp(None, certain=False)


def sent(publisher: XPublisher, name: str, **changes: object) -> OutboxPost:
    """A row whose post is out, as X has answered."""
    post = planned(name, **changes)  # type: ignore[arg-type]
    result = publisher.publish(post)
    return replace(post, state=PostState.SENT, remote_id=result.remote_id)


def lost(server: XServer, publisher: XPublisher, post: OutboxPost, fault: Fault) -> None:
    """The post leaves and its answer does not come."""
    server.fail(REPOST if post.kind is PostKind.REPOST else POST, fault)
    assert isinstance(fails(publisher, post), PublishUnknown)


TEXTS = [
    "Bonjour",
    "  des blancs autour \n\n",
    "R & D <b> &amp; &lt;",
    "Voir exemple.org et HTTPS://Exemple.org/É/ et http://x.fr/a?b=1&c=2#d",
    "e\u0301cole décomposée",
    "ligne\r\nà la manière de Windows\r\nfin",
    "👩🏽‍🏫 مرحبا 日本 #été",
    "Q1\u00a0: où\u00a0? 100\u202f%",
    "une\ttabulation et une cloche\x07",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_post_whose_answer_was_lost_is_found(
    server: XServer, publisher: XPublisher, text: str
) -> None:
    post = planned("a", text=text)
    publisher.publish(planned("b", text="Autre chose"))
    lost(server, publisher, post, x_faults.DROP_AFTER)
    found = publisher.look_up(post, ())
    assert found.certain
    assert found.published is not None
    assert found.published.remote_id == server.posts[1].id


@pytest.mark.parametrize("edition", ["posts", "tweets"])
def test_replies_and_reposts_are_found_whatever_x_calls_them(
    server: XServer, publisher: XPublisher, edition: str
) -> None:
    server.api.edition = edition
    first = server.world.say("amina_ex", "Bonsoir @tchat_orga")
    second = server.world.say("binta_ex", "Bonsoir @tchat_orga")
    lost(server, publisher, reply(first.id), x_faults.DROP_AFTER)
    lost(server, publisher, repost(first.id), x_faults.DROP_AFTER)
    found = publisher.look_up(reply(first.id), ()).published
    assert found is not None
    assert found.remote_id == server.posts[0].id
    assert publisher.look_up(repost(first.id), ()).published is not None
    assert publisher.look_up(replace(reply(second.id), id="2"), ()).published is None
    assert publisher.look_up(replace(repost(second.id), id="2"), ()).published is None


def test_a_reply_that_names_its_author_is_found(server: XServer, publisher: XPublisher) -> None:
    target = server.world.say("amina_ex", "Bonsoir @tchat_orga")
    post = reply(target.id, "@amina_ex @binta_ex merci")
    lost(server, publisher, post, x_faults.DROP_AFTER)
    assert publisher.look_up(post, ()).published is not None
    # X adds the others of the conversation.
    server.posts[0].text = "@cleo_ex @amina_ex @binta_ex merci"
    assert publisher.look_up(post, ()).published is not None
    server.posts[0].text = "@cleo_ex @amina_ex @binta_ex merci bien"
    assert publisher.look_up(post, ()).published is None


def test_thanks_to_somebody_else_are_not_these_thanks(
    server: XServer, publisher: XPublisher, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = server.world.say("amina_ex", "Bonsoir @tchat_orga")
    second = server.world.say("binta_ex", "Bonsoir @tchat_orga")
    others = [replace(reply(first.id), state=PostState.UNKNOWN)]
    publisher.publish(others[0])
    described = server.api._described

    def unsaid(*asked: object) -> object:
        made = described(*asked)  # type: ignore[arg-type]
        made.pop("referenced_posts", None)
        return made

    monkeypatch.setattr(server.api, "_described", unsaid)
    lost(server, publisher, replace(reply(second.id), id="2"), x_faults.DROP_BEFORE)
    # X does not say whom the reply answers, and either may have left: the organiser says which.
    ours = replace(reply(second.id), id="2")
    assert publisher.look_up(ours, others) == UNSURE
    clock.advance(60)
    assert publisher.look_up(ours, others) == UNSURE


def test_an_address_is_found_however_x_writes_its_accents(
    server: XServer, publisher: XPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = planned("a", text="Lire fr.exemple.org/École?q=é et suivre")
    lost(server, publisher, post, x_faults.DROP_AFTER)
    out = server.posts[0]
    short, whole = out.links[0]
    assert "É" in whole
    out.links = ((short, quote(whole, safe=":/?=%")),)
    found = publisher.look_up(post, ()).published
    assert found is not None
    assert found.remote_id == out.id


@pytest.mark.parametrize(
    "fault", [x_faults.DROP_BEFORE, x_faults.CAPTIVE_PORTAL, x_faults.BAD_GATEWAY]
)
def test_a_post_that_never_arrived_is_certainly_absent(
    server: XServer, publisher: XPublisher, clock: FakeClock, fault: Fault
) -> None:
    others = [sent(publisher, "b")]
    lost(server, publisher, planned("a"), fault)
    # X may show a post long after it took it.
    for _ in range(4):
        assert publisher.look_up(planned("a"), others) == UNSURE
        clock.advance(15)
    assert publisher.look_up(planned("a"), others) == ABSENT


def test_another_account_connected_meanwhile_does_not_publish_it_again(
    server: XServer, new_client: NewClient, clock: FakeClock
) -> None:
    ours = AccountSeen(server.user.id, "Asso", server.user.handle)
    other = server.world.user("autre_compte")
    connected = [ours]
    publisher = XPublisher(new_client(account=lambda: connected[-1]))
    post = planned("a", sent_as=ours.id)
    lost(server, publisher, post, x_faults.DROP_AFTER)
    connected.append(AccountSeen(other.id, "Autre", other.handle))
    # Also when the app was started again meanwhile.
    anew = XPublisher(new_client(account=lambda: connected[-1]))
    for one in (publisher, anew):
        one.look_up(post, ())
        clock.advance(60)
        assert one.look_up(post, ()) == LookedUp(None, certain=False)
    connected.pop()
    assert anew.look_up(post, ()).published is not None


def test_after_a_restart_the_request_may_still_be_on_its_way(
    server: XServer, publisher: XPublisher, new_client: NewClient, clock: FakeClock
) -> None:
    lost(server, publisher, planned("a"), x_faults.DROP_BEFORE)
    restarted = XPublisher(new_client())
    clock.advance(300)
    assert restarted.look_up(planned("a"), ()) == UNSURE
    clock.advance(60)
    assert restarted.look_up(planned("a"), ()) == ABSENT


def test_where_the_time_of_the_chat_flies_x_still_takes_its_own(
    server: XServer, new_client: NewClient, clock: FakeClock
) -> None:
    publisher = XPublisher(new_client(speed=10.0))
    others = [sent(publisher, "b")]

    def pass_by(seconds: float) -> None:
        clock.advance(seconds)
        server.clock_ahead += seconds / 10

    pass_by(10)
    lost(server, publisher, planned("a"), x_faults.DROP_BEFORE)
    pass_by(590)
    assert publisher.look_up(planned("a"), others) == UNSURE
    pass_by(20)
    assert publisher.look_up(planned("a"), others) == ABSENT
    # What left after it, and is shown, proves that the list lags no longer.
    lost(server, publisher, planned("c"), x_faults.DROP_BEFORE)
    pass_by(61)
    assert publisher.look_up(planned("c"), others) == UNSURE
    others.append(sent(publisher, "d"))
    assert publisher.look_up(planned("c"), others) == ABSENT


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page | {"errors": [{"title": "Over capacity", "detail": "partial"}]},
        lambda page: page | {"meta": {"result_count": 7}},
        lambda page: page | {"meta": {}},
        lambda page: {},
    ],
)
@pytest.mark.parametrize("spoilt_page", [1, 2])
def test_an_incomplete_list_proves_nothing(
    server: XServer,
    publisher: XPublisher,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[dict[str, object]], dict[str, object]],
    spoilt_page: int,
) -> None:
    monkeypatch.setattr("tchat_desktop.adapters.x.lookup.PAGE", 5)
    others = [sent(publisher, f"b{number}") for number in range(7)]
    absent_after_a_minute(publisher, clock, others)
    whole = server.api._listed
    asked: list[object] = []

    def spoilt(*arguments: object) -> object:
        answer = whole(*arguments)  # type: ignore[arg-type]
        asked.append(answer)
        if len(asked) % 2 == spoilt_page % 2:
            rest = answer.body["meta"].get("next_token")
            answer.body = spoil(answer.body)
            if rest and answer.body.get("meta"):
                answer.body["meta"] = answer.body["meta"] | {"next_token": rest}
        return answer

    monkeypatch.setattr(server.api, "_listed", spoilt)
    monkeypatch.setattr(server, "_document", None)
    assert publisher.look_up(planned("a"), others) == UNSURE


def test_a_list_too_long_to_be_read_whole_proves_nothing(
    server: XServer, publisher: XPublisher, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tchat_desktop.adapters.x.lookup.PAGE", 5)
    others = [sent(publisher, f"b{number}") for number in range(12)]
    absent_after_a_minute(publisher, clock, others)
    monkeypatch.setattr("tchat_desktop.adapters.x.lookup.MOST_PAGES", 2)
    asked = server.count(TIMELINE)
    assert publisher.look_up(planned("a"), others) == UNSURE
    assert server.count(TIMELINE) - asked == 2


def absent_after_a_minute(
    publisher: XPublisher, clock: FakeClock, others: list[OutboxPost]
) -> None:
    """What keeps a post from being called absent is then nothing but what the test does next."""
    assert publisher.look_up(planned("a"), others) == UNSURE
    clock.advance(60)
    assert publisher.look_up(planned("a"), others) == ABSENT


def test_when_the_list_cannot_be_read_it_is_read_later(
    server: XServer, publisher: XPublisher
) -> None:
    for fault in x_faults.RECOVERABLE:
        server.fail(TIMELINE, fault)
        with pytest.raises(PublishLater):
            publisher.look_up(planned("a"), ())


def test_pages_are_read_back_to_the_time_of_the_post(
    server: XServer, publisher: XPublisher, clock: FakeClock
) -> None:
    lost(server, publisher, planned("a"), x_faults.DROP_AFTER)
    for number in range(230):
        server.world.say("tchat_orga", f"suite {number}")
    assert publisher.look_up(planned("a"), ()).published is not None
    assert server.count(TIMELINE) == 3
    others = [planned("a"), *(planned(str(n), text=f"suite {n}") for n in range(230))]
    publisher.look_up(planned("b"), others)
    clock.advance(60)
    assert publisher.look_up(planned("b"), others) == ABSENT
    # Any one that is none of ours may be it, in other words.
    del others[50]
    assert publisher.look_up(planned("b"), others) == UNSURE


def test_old_posts_are_neither_read_nor_taken_for_it(
    server: XServer, publisher: XPublisher, clock: FakeClock
) -> None:
    for _ in range(150):
        server.world.say("tchat_orga", "Texte a", age=3 * 3600)
    assert publisher.look_up(planned("a"), ()).published is None
    assert server.count(TIMELINE) == 1
    clock.advance(60)
    # On a clock that moved, X is asked for a little more than it need be.
    assert publisher.look_up(planned("a"), ()) == ABSENT


def test_a_duplicate_is_looked_for_further_back(server: XServer, publisher: XPublisher) -> None:
    out = server.world.say("tchat_orga", "Texte a", age=3 * 3600)
    error = fails(publisher, planned("a"))
    assert isinstance(error, PublishRefused)
    assert error.reason is Reason.DUPLICATE
    found = publisher.look_up(planned("a", reason=Reason.DUPLICATE), ()).published
    assert found is not None
    assert found.remote_id == out.id


def test_a_chat_whose_clock_is_not_that_of_x_is_looked_up_right(
    server: XServer, new_client: NewClient
) -> None:
    """A rehearsal with real keys runs faster, on another day; a laptop may have a wrong clock."""
    server.clock_ahead = -7200.0
    due = datetime(2031, 1, 1, 20, 0, tzinfo=UTC)
    publisher = XPublisher(new_client(now=lambda: due + timedelta(seconds=5)))
    post = planned("a", due_at=due)
    server.world.say("tchat_orga", post.text)
    assert publisher.look_up(post, ()).published is not None


@pytest.mark.parametrize("moved", [-7200.0, 7200.0])
def test_a_clock_put_right_meanwhile_hides_nothing(
    server: XServer, publisher: XPublisher, moved: float
) -> None:
    publisher.publish(planned("b"))
    server.clock_ahead = moved
    server.world.say("tchat_orga", "Texte a")
    assert publisher.look_up(planned("a"), ()).published is not None


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(
        st.sampled_from("aé ’&<>;/.\n\u00a0\u202f#@👍🏽mpltgcofr:https?=0"), min_size=1, max_size=60
    ).filter(lambda text: text.strip() and is_valid_post(text))
)
def test_whatever_was_published_is_found(server: XServer, publisher: XPublisher, text: str) -> None:
    server.world.posts.clear()
    server.api.limits.clear()
    post = planned("a", text=text)
    publisher.publish(planned("b", text="Tout autre chose"))
    result = publisher.publish(post)
    assert publisher.look_up(post, ()).published == result
    assert publisher.look_up(planned("c", text=f"{text} bis"), ()).published is None


# --- what X makes of a text ---------------------------------------------------------------------

APOSTROPHES = "Q1\u00a0: l’école d'à côté, et 👩🏾\u200d🏫\u00a0? #UnionsPrécoces"


def test_what_x_writes_otherwise_is_found(server: XServer, publisher: XPublisher) -> None:
    server.world.keeps = x_world.rewritten
    post = planned("a", text=APOSTROPHES)
    lost(server, publisher, post, x_faults.DROP_AFTER)
    assert "&#39;" in server.posts[0].text
    assert "\u00a0" not in server.posts[0].text
    found = publisher.look_up(post, ())
    assert found.published is not None
    assert found.published.remote_id == server.posts[0].id


def test_a_post_nobody_recognises_may_be_the_one_that_was_lost(
    server: XServer, publisher: XPublisher, clock: FakeClock
) -> None:
    server.world.keeps = x_world.unforeseen
    others = [sent(publisher, "b", text="Autre chose encore")]
    # What is known by its id needs no words.
    lost(server, publisher, planned("c"), x_faults.DROP_BEFORE)
    absent_after_a_minute(publisher, clock, others)
    lost(server, publisher, planned("a", text=APOSTROPHES), x_faults.DROP_AFTER)
    clock.advance(600)
    assert publisher.look_up(planned("a", text=APOSTROPHES), others) == UNSURE


def test_what_the_organiser_posts_by_hand_may_be_it(
    server: XServer, publisher: XPublisher, clock: FakeClock
) -> None:
    absent_after_a_minute(publisher, clock, [])
    server.world.say("tchat_orga", "Un mot du téléphone")
    assert publisher.look_up(planned("a"), []) == UNSURE
    # A repost cannot be a post of ours.
    server.world.posts.clear()
    server.world.say("tchat_orga", "RT @amina_ex: bonsoir", repost_of="1850000000000000001")
    assert publisher.look_up(planned("a"), []) == ABSENT


def test_a_repost_is_no_other_repost_and_no_post(
    server: XServer, publisher: XPublisher, clock: FakeClock
) -> None:
    post = repost(server.world.say("amina_ex", "Bonsoir").id)
    server.world.say("tchat_orga", "Un mot du téléphone")
    publisher.publish(repost(server.world.say("binta_ex", "Bonsoir").id))
    publisher.look_up(post, ())
    clock.advance(60)
    assert publisher.look_up(post, ()) == ABSENT


def test_a_list_that_lacks_what_is_known_to_be_out_lags(
    server: XServer, publisher: XPublisher, clock: FakeClock
) -> None:
    others = [sent(publisher, "b")]
    absent_after_a_minute(publisher, clock, others)
    server.world.list_lag = 30.0
    assert publisher.look_up(planned("a"), others) == UNSURE
    server.world.list_lag = 0.0
    assert publisher.look_up(planned("a"), others) == ABSENT


def test_the_same_words_under_another_id_are_another_post(
    server: XServer, publisher: XPublisher, clock: FakeClock
) -> None:
    server.world.refuses_duplicates = False
    others = [sent(publisher, "b", text="Merci !")]
    post = planned("a", text="Merci\u00a0!")
    lost(server, publisher, post, x_faults.DROP_BEFORE)
    assert publisher.look_up(post, others) == UNSURE
    clock.advance(60)
    assert publisher.look_up(post, others) == ABSENT
    # What X calls a duplicate is out, whichever row brought it there.
    assert publisher.look_up(replace(post, reason=Reason.DUPLICATE), others).published is not None


@pytest.mark.parametrize("edition", ["posts", "tweets"])
def test_a_post_edited_on_x_is_the_same_post(
    server: XServer, publisher: XPublisher, clock: FakeClock, edition: str
) -> None:
    server.api.edition = edition
    others = [sent(publisher, "b")]
    server.world.edit(others[0].remote_id, "Texte b, mieux dit")
    absent_after_a_minute(publisher, clock, others)
    # One whose answer was lost, and which the organiser has edited since, is nobody's any more.
    lost(server, publisher, planned("a"), x_faults.DROP_AFTER)
    server.world.edit(server.posts[-1].id, "Tout autrement")
    assert publisher.look_up(planned("a"), others) == UNSURE

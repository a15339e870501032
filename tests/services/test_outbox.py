"""What the organiser does with the posts on their way out."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Occasion, Picture, Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.network_rules import NotAPostLink
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostKind, PostState, Reason
from tchat_desktop.services.events import OutboxChanged, ServiceFailed
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import StoreError
from tests.fakes.clock import START, FakeClock
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import Reported, planned, states
from tests.services.bench import Bench

TARGET = Post("77", "aissatou_ex", "Aïssatou Ba", "R1 À l’école", START)


def test_planning_keeps_rows_that_are_there(bench: Bench) -> None:
    bench.outbox.plan([planned("q1"), planned("q2", 60)])
    bench.outbox.skip("q1")
    bench.outbox.plan([planned("q1"), planned("q2", 60)])
    assert states(bench.outbox.rows()) == {"q1": PostState.SKIPPED, "q2": PostState.PLANNED}


def test_each_change_is_reported_with_all_rows_and_wakes_the_poster(bench: Bench) -> None:
    bench.outbox.plan([planned("q1"), planned("q2", 60)])
    bench.outbox.changed.clear()
    bench.outbox.skip("q2")
    last = bench.reported.of(OutboxChanged)[-1]
    assert (last.chat_id, last.occasion, last.paused) == ("chat", Occasion.LIVE, False)
    assert states(last.rows) == {"q1": PostState.PLANNED, "q2": PostState.SKIPPED}
    assert last.rows[1].changed_at == START
    assert bench.outbox.changed.is_set()


def test_pause_and_resume_are_reported(bench: Bench) -> None:
    bench.outbox.pause()
    bench.outbox.resume()
    assert [event.paused for event in bench.reported.of(OutboxChanged)] == [True, False]


def test_after_a_pause_what_is_overdue_is_counted_down_one_after_the_other(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", 60), planned("q2", 330), planned("q3", 900)])
    bench.outbox.pause()
    bench.clock.advance(290)
    bench.outbox.add_reply(TARGET, "Merci !")
    bench.clock.advance(10)
    bench.outbox.resume()
    assert [(row.id in ("q1", "q2", "q3"), row.due_at) for row in bench.outbox.rows()] == [
        (True, bench.at(360)),
        (False, bench.at(390)),
        (True, bench.at(420)),
        (True, bench.at(900)),
    ]
    # Going on when nothing is held changes nothing.
    bench.clock.advance(70)
    bench.outbox.resume()
    assert bench.outbox.rows()[0].due_at == bench.at(360)


def test_a_skipped_post_comes_back_at_its_time(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", 600)])
    bench.outbox.skip("q1")
    assert bench.outbox.bring_back("q1") is not None
    assert bench.outbox.rows()[0].due_at == bench.at(600)


def test_a_skipped_post_whose_time_has_passed_comes_back_with_a_countdown(bench: Bench) -> None:
    bench.outbox.plan([planned("q1", 10)])
    bench.outbox.skip("q1")
    bench.clock.advance(3600)
    bench.outbox.bring_back("q1")
    row = bench.outbox.rows()[0]
    assert row.due_at == bench.clock.now() + COUNTDOWN
    assert row.expires_at - row.due_at == timedelta(minutes=10)


def test_a_question_in_reserve_leaves_in_a_minute(bench: Bench) -> None:
    bench.store.add([planned("spare", 3600, state=PostState.DRAFT)])
    bench.outbox.bring_back("spare")
    row = bench.outbox.rows()[0]
    assert (row.state, row.due_at) == (PostState.PLANNED, START + COUNTDOWN)


def test_postponing_shifts_the_waiting_posts_after_it(bench: Bench) -> None:
    rows = [planned(name, 60 * n) for n, name in enumerate(["a", "b", "c", "d"], 1)]
    bench.outbox.plan(rows)
    bench.outbox.skip("d")
    bench.store.add([planned("spare", 3600, state=PostState.DRAFT)])
    bench.outbox.postpone("b", 5)
    due = {row.id: row.due_at for row in bench.outbox.rows()}
    assert due == {
        "a": bench.at(60),
        "b": bench.at(420),
        "c": bench.at(480),
        "d": bench.at(240),
        "spare": bench.at(3600),
    }
    assert bench.store.get("c").expires_at == bench.at(480 + 600)


def test_a_disk_that_refuses_postpones_none_of_them(bench: Bench) -> None:
    rows = [planned("a", 60), planned("b", 120), planned("c", 180)]
    bench.outbox.plan(rows)
    bench.store.fail_next = 1
    with pytest.raises(StoreError):
        bench.outbox.postpone("a", 5)
    assert list(bench.outbox.rows()) == rows


def test_postponing_one_post_alone(bench: Bench) -> None:
    bench.outbox.plan([planned("a", 60), planned("b", 120)])
    bench.outbox.postpone("a", 5, and_following=False)
    assert [row.id for row in bench.outbox.rows()] == ["b", "a"]


def test_a_post_that_waits_since_a_while_is_postponed_from_now(bench: Bench) -> None:
    bench.outbox.plan([planned("a", 60), planned("b", 300)])
    bench.clock.advance(600)
    bench.outbox.postpone("a", 5)
    due = {row.id: row.due_at for row in bench.outbox.rows()}
    assert due == {"a": bench.at(900), "b": bench.at(1140)}


def test_nothing_is_moved_into_the_past(bench: Bench) -> None:
    bench.outbox.plan([planned("a", 60), planned("b", 120)])
    bench.outbox.postpone("a", -30)
    assert [(row.id, row.due_at) for row in bench.outbox.rows()] == [
        ("a", START),
        ("b", bench.at(60)),
    ]


def test_what_expired_can_be_postponed_and_leaves_the_others_their_order(bench: Bench) -> None:
    expired = planned("a", state=PostState.EXPIRED)
    bench.store.add([expired, planned("b", 1300)])
    bench.clock.advance(1200)
    bench.outbox.postpone("a", 2)
    due = {row.id: row.due_at for row in bench.outbox.rows()}
    assert due == {"a": bench.at(1320), "b": bench.at(1420)}


def test_a_post_that_left_is_not_postponed(bench: Bench) -> None:
    bench.store.add([planned("a", state=PostState.SENT), planned("b", 60)])
    bench.outbox.postpone("a", 5)
    assert bench.store.get("b").due_at == bench.at(60)


@pytest.mark.parametrize(
    "state",
    [PostState.PLANNED, PostState.DUE, PostState.FAILED, PostState.EXPIRED, PostState.SKIPPED],
)
def test_what_is_certainly_not_out_can_be_sent_now(bench: Bench, state: PostState) -> None:
    bench.store.add([planned("a", 3600, state=state, reason=Reason.NETWORK)])
    sent_now = bench.outbox.send_now("a")
    assert sent_now is not None
    assert (sent_now.state, sent_now.due_at, sent_now.reason) == (
        PostState.PLANNED,
        START,
        Reason.NONE,
    )
    assert sent_now.expires_at == START + timedelta(minutes=10)


@pytest.mark.parametrize(
    "state", [PostState.SENDING, PostState.SENT, PostState.UNKNOWN, PostState.HANDED_OVER]
)
def test_what_may_be_out_is_not_sent_again_by_send_now(bench: Bench, state: PostState) -> None:
    row = planned("a", state=state)
    bench.store.add([row])
    assert bench.outbox.send_now("a") is None
    assert bench.outbox.by_web_page("a") is None
    assert bench.store.get("a") == row


def test_sending_now_respects_what_x_said_about_going_too_fast(bench: Bench) -> None:
    later = bench.at(300)
    bench.store.add(
        [
            planned("fast", reason=Reason.RATE_LIMIT, not_before=later),
            planned("cut", reason=Reason.NETWORK, not_before=later),
        ]
    )
    fast, cut = bench.outbox.send_now("fast"), bench.outbox.send_now("cut")
    assert fast is not None
    assert cut is not None
    assert (fast.not_before, fast.reason) == (later, Reason.RATE_LIMIT)
    assert cut.not_before is None


def test_a_failed_post_goes_by_the_web_page_at_once(bench: Bench) -> None:
    bench.store.add([planned("a", state=PostState.FAILED, reason=Reason.NOT_SUMMONED)])
    bench.clock.advance(900)
    row = bench.outbox.by_web_page("a")
    assert row is not None
    assert (row.route, row.state, row.due_at) == (Route.ASSISTED, PostState.PLANNED, bench.at(900))


def test_a_failed_post_leaves_without_its_picture(bench: Bench) -> None:
    picture = Picture("0f" * 32, "image/png", "Une école")
    refused = planned("q1", state=PostState.FAILED, reason=Reason.PICTURE, picture=picture)
    bench.outbox.plan([refused, planned("q2", state=PostState.UNKNOWN, picture=picture)])
    bench.clock.advance(300)
    row = bench.outbox.without_picture("q1")
    assert row is not None
    assert (row.state, row.picture, row.reason) == (PostState.PLANNED, None, Reason.NONE)
    assert (row.due_at, row.route) == (bench.at(300), Route.KEYS)
    # It may be out already.
    assert bench.outbox.without_picture("q2") is None


def test_a_planned_post_goes_by_the_web_page_at_its_time(bench: Bench) -> None:
    bench.outbox.plan([planned("a", 600)])
    row = bench.outbox.by_web_page("a")
    assert row is not None
    assert (row.route, row.due_at) == (Route.ASSISTED, bench.at(600))


def test_text_changes_only_while_the_post_waits(bench: Bench) -> None:
    bench.store.add([planned("a", state=PostState.DUE), planned("b", state=PostState.SENDING)])
    edited = bench.outbox.edit_text("a", "Autre")
    assert edited is not None
    assert (edited.text, edited.state) == ("Autre", PostState.DUE)
    assert bench.outbox.edit_text("b", "Autre") is None


@pytest.mark.parametrize(
    "link",
    [
        "https://x.com/tchat/status/1850000000000000001",
        " https://twitter.com/tchat/status/1850000000000000001?s=20&t=abc ",
        "https://mobile.twitter.com/tchat/status/1850000000000000001/photo/1",
        "x.com/tchat/status/1850000000000000001#m",
        "HTTPS://WWW.X.COM/tchat/statuses/1850000000000000001/",
    ],
)
def test_a_confirmed_post_keeps_the_link_as_x_writes_it(bench: Bench, link: str) -> None:
    bench.store.add([planned("a", state=PostState.HANDED_OVER)])
    row = bench.outbox.confirm_sent("a", link)
    assert row is not None
    assert row.url == "https://x.com/tchat/status/1850000000000000001"
    assert row.remote_id == "1850000000000000001"
    assert (row.state, row.reason) == (PostState.SENT, Reason.BY_HAND)


@pytest.mark.parametrize(
    "link",
    [
        "https://x.com/tchat",
        "https://x.com.evil.example/tchat/status/1",
        "https://x.com@evil.example/tchat/status/1",
        "https://evil.example/?u=https://x.com/tchat/status/1",
        "https://x.com/tchat/status/abc",
        "https://x.com/tchat/status/١٢٣",
        "https://x.com/tchat/status/1 ou https://x.com/tchat/status/2",
        "https://evil.example/#https://x.com/tchat/status/1",
        "https://evil.example/https://x.com/tchat/status/1",
        "bonjour",
    ],
)
def test_a_wrong_link_is_refused_and_changes_nothing(bench: Bench, link: str) -> None:
    bench.store.add([planned("a", state=PostState.HANDED_OVER)])
    with pytest.raises(NotAPostLink):
        bench.outbox.confirm_sent("a", link)
    assert bench.store.get("a").state is PostState.HANDED_OVER


@pytest.mark.parametrize(
    "state", [PostState.UNKNOWN, PostState.HANDED_OVER, PostState.FAILED, PostState.EXPIRED]
)
def test_the_organiser_has_the_last_word(bench: Bench, state: PostState) -> None:
    bench.store.add([planned("out", state=state), planned("not", state=state)])
    confirmed, again = bench.outbox.confirm_sent("out"), bench.outbox.not_out("not")
    assert confirmed is not None
    assert again is not None
    assert (confirmed.state, confirmed.url) == (PostState.SENT, "")
    assert (again.state, again.due_at) == (PostState.PLANNED, START + COUNTDOWN)


def test_a_post_that_may_be_out_is_not_skipped_before_the_organiser_has_looked(
    bench: Bench,
) -> None:
    bench.store.add([planned("a", 60, state=PostState.UNKNOWN)])
    assert bench.outbox.skip("a") is None
    skipped = bench.outbox.not_out("a", again=False)
    assert skipped is not None
    assert (skipped.state, skipped.due_at) == (PostState.SKIPPED, bench.at(60))


def test_replies_and_reposts_are_due_now(bench: Bench) -> None:
    bench.clock.advance(60)
    reply = bench.outbox.add_reply(TARGET, "Merci ! #UnionsPrécoces", Route.ASSISTED)
    repost = bench.outbox.add_repost(TARGET)
    assert (reply.kind, reply.target_id, reply.target_author) == (
        PostKind.REPLY,
        "77",
        "aissatou_ex",
    )
    assert (reply.route, repost.route) == (Route.ASSISTED, Route.KEYS)
    assert reply.due_at == bench.at(60)
    assert reply.expires_at == bench.at(360)


def test_a_post_is_reposted_once_and_answered_as_often_as_wished(bench: Bench) -> None:
    first, second = bench.outbox.add_repost(TARGET), bench.outbox.add_repost(TARGET)
    assert first == second
    bench.outbox.add_reply(TARGET, "un")
    bench.outbox.add_reply(TARGET, "deux")
    assert len(bench.outbox.rows()) == 3


def test_a_due_post_is_taken_once(bench: Bench) -> None:
    bench.store.add([planned("a", state=PostState.DUE)])
    taken = bench.outbox.take("a")
    assert taken is not None
    assert (taken.state, taken.attempts) == (PostState.SENDING, 1)
    assert bench.outbox.take("a") is None


def test_a_row_says_with_which_account_it_was_sent() -> None:
    store, connected = MemoryOutbox(), ["11"]
    outbox = Outbox(
        store,
        FakeClock(),
        Reported(),
        chat_id="chat",
        occasion=Occasion.LIVE,
        route=Route.KEYS,
        sender=lambda: connected[-1],
        rules=NETWORK,
    )
    due = PostState.DUE
    outbox.plan(
        [
            planned("a", state=due),
            planned("page", state=due, route=Route.ASSISTED, sent_as="11"),
        ]
    )
    for name, sent_as in (("a", "11"), ("page", "")):
        taken = outbox.take(name)
        assert taken is not None
        assert (taken.sent_as, store.get(name).sent_as) == (sent_as, sent_as)


def test_nothing_is_taken_while_paused_or_too_late(bench: Bench) -> None:
    bench.store.add([planned("a", state=PostState.DUE)])
    bench.outbox.pause()
    assert bench.outbox.take("a") is None
    bench.clock.advance(600)
    bench.outbox.resume()
    assert bench.outbox.take("a") is None
    assert bench.store.get("a").state is PostState.DUE


def test_an_edit_and_a_take_at_the_same_time_lose_nothing(bench: Bench) -> None:
    """What leaves is the text on disk, whichever comes first."""
    for turn in range(50):
        name = f"r{turn}"
        bench.store.add([planned(name, state=PostState.DUE)])
        start = threading.Barrier(2)
        edited: list[object] = []

        def edit(name: str = name, start: threading.Barrier = start) -> None:
            start.wait()
            edited.append(bench.outbox.edit_text(name, "nouveau"))  # noqa: B023

        thread = threading.Thread(target=edit)
        thread.start()
        start.wait()
        taken = bench.outbox.take(name)
        thread.join()
        assert taken is not None
        assert taken.text == ("nouveau" if edited[0] else planned(name).text)
        assert bench.store.get(name) == taken


def test_a_disk_that_refuses_is_told_to_the_caller(bench: Bench) -> None:
    bench.outbox.plan([planned("a")])
    bench.store.fail_next = 1
    with pytest.raises(StoreError):
        bench.outbox.skip("a")
    assert bench.store.get("a") == planned("a")


def test_a_change_on_disk_stands_even_when_it_cannot_be_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.outbox.plan([planned("a")])

    def refuse(*_: object) -> None:
        raise StoreError("unreadable")

    monkeypatch.setattr(bench.store, "rows", refuse)
    skipped = bench.outbox.skip("a")
    assert skipped is not None
    assert replace(skipped, changed_at=None) == planned("a", state=PostState.SKIPPED)
    assert [event.where for event in bench.reported.of(ServiceFailed)] == ["outbox"]


# --- following the run sheet ------------------------------------------------------------------


def sheet_row(text: str, seconds: float = 0) -> OutboxPost:
    """A question as a run sheet plans it."""
    row = planned("a", seconds, text=text)
    return replace(row, planned=Planned(row.text, row.due_at, row.route, row.state))


def test_a_typo_mended_while_everything_is_on_hold_does_not_leave(bench: Bench) -> None:
    outbox = bench.outbox
    outbox.plan(
        [sheet_row("Q1 Où agri ?"), replace(planned("b"), state=PostState.SENT, attempts=1)]
    )
    outbox.pause()
    bench.clock.advance(5)
    outbox.change("a", {PostState.PLANNED}, lambda row: replace(row, state=PostState.DUE))
    outbox.follow([sheet_row("Q1 Où agir ?")])
    outbox.resume()
    row = next(one for one in outbox.rows() if one.id == "a")
    assert (row.text, row.state) == ("Q1 Où agir ?", PostState.PLANNED)


def test_without_keys_what_the_run_sheet_adds_goes_by_the_page(bench: Bench) -> None:
    outbox = bench.outbox
    outbox.plan([sheet_row("Q1 Où agir ?")])
    outbox.go_on_without_keys()
    added = replace(sheet_row("Q2 Et après ?", 60), id="new", slot="q:new")
    outbox.follow([sheet_row("Q1 Où agir, ici ?"), added])
    rows = {one.slot: one for one in outbox.rows()}
    assert rows["q:a"].text == "Q1 Où agir, ici ?"
    assert {one.route for one in rows.values()} == {Route.ASSISTED}


def test_the_questions_keep_one_number_after_the_other(bench: Bench) -> None:
    """What the public reads never skips a number, whatever goes to the reserve or comes back."""
    for number in (1, 2, 3):
        at = bench.at(60 * number)
        text = f"Q{number} Quoi {number} ?"
        row = planned(f"q{number}", 60 * number, number=number, text=text)
        told = Planned(text, at, Route.KEYS, PostState.PLANNED)
        bench.outbox.plan([replace(row, planned=told)])
    bench.outbox.skip("q2")
    assert [row.text for row in bench.outbox.rows()] == ["Q1 Quoi 1 ?", "Quoi 2 ?", "Q2 Quoi 3 ?"]
    back = bench.outbox.bring_back("q2")
    assert back is not None
    assert (back.label, back.text) == ("Q2", "Q2 Quoi 2 ?")
    assert [row.label for row in bench.reported.of(OutboxChanged)[-1].rows] == ["Q1", "Q2", "Q3"]


def test_what_was_confirmed_by_hand_can_be_put_right(bench: Bench) -> None:
    confirmed = planned("a", state=PostState.HANDED_OVER, route=Route.ASSISTED)
    bench.outbox.plan([confirmed, planned("keys", state=PostState.SENT)])
    bench.outbox.confirm_sent("a", "https://x.com/voix/status/1234")
    row = bench.outbox.correct_link("a", "https://x.com/voix/status/5678")
    assert row is not None
    assert (row.state, row.remote_id) == (PostState.SENT, "5678")
    row = bench.outbox.correct_link("a", "")
    assert row is not None
    assert (row.remote_id, row.url) == ("", "")
    with pytest.raises(NotAPostLink):
        bench.outbox.correct_link("a", "no link")
    # What X itself answered is not put in question.
    assert bench.outbox.correct_link("keys", "https://x.com/voix/status/9") is None
    assert bench.outbox.take_back("keys") is None


def test_what_is_not_online_waits_for_a_word_and_nothing_leaves(bench: Bench) -> None:
    opened = planned("a", state=PostState.HANDED_OVER, route=Route.ASSISTED, page="https://x.com")
    failed = planned("b", state=PostState.FAILED, reason=Reason.NETWORK)
    # It was too late for its page, and was published from a phone.
    late = planned("c", state=PostState.EXPIRED, route=Route.ASSISTED, reason=Reason.TOO_LATE)
    bench.outbox.plan([opened, failed, late])
    for post_id in ("a", "b", "c"):
        bench.outbox.confirm_sent(post_id, f"https://x.com/voix/status/{ord(post_id)}")
        bench.outbox.take_back(post_id)
        # Pressed twice, it comes too late.
        assert bench.outbox.take_back(post_id) is None
    rows = {row.id: row for row in bench.outbox.rows()}
    assert (rows["a"].state, rows["a"].page) == (PostState.HANDED_OVER, "https://x.com")
    assert rows["b"].state is rows["c"].state is PostState.EXPIRED
    assert {row.remote_id for row in rows.values()} == {""}
    assert all(row.state not in (PostState.PLANNED, PostState.DUE) for row in rows.values())

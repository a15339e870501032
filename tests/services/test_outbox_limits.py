"""Where the commands of the outbox begin and end: to the second, and row by row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.catching_up import Cause, Proposal
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.outgoing import Planned, PostKind, PostState, Reason
from tchat_desktop.domain.undoing import Command, DoneCommand, Marked
from tchat_desktop.services.events import CommandUndone, OutboxChanged, ServiceFailed
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.services.ports import StoreError
from tests.fakes.clock import START
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned, states
from tests.services.bench import Bench

TARGET = Post("77", "aissatou_ex", "Aïssatou Ba", "R1 À l’école", START)


def given(bench: Bench) -> Command | None:
    """The command that was reported last."""
    last = bench.reported.of(OutboxChanged)[-1].last
    return last.command if last else None


def test_the_last_command_is_reported_by_its_own_name(bench: Bench) -> None:
    bench.outbox.tell()
    assert given(bench) is None
    bench.outbox.pause()
    assert given(bench) is Command.PAUSE
    bench.outbox.resume()
    assert given(bench) is Command.RESUME
    bench.outbox.add_reply(TARGET, "Merci")
    assert given(bench) is Command.REPLY
    bench.outbox.add_repost(TARGET)
    assert given(bench) is Command.REPOST
    bench.outbox.add_impromptu("Une pause de deux minutes.")
    assert given(bench) is Command.WRITE


def test_a_mark_is_not_undone_where_no_posts_of_the_public_are(bench: Bench) -> None:
    marked = Marked(FeedPost(TARGET), Marking("77", Mark.STARRED, True))
    bench.outbox.note_done(DoneCommand(Command.MARK, marked=marked))
    bench.outbox.undo()
    assert [event.undone for event in bench.reported.of(CommandUndone)] == [False]


def test_a_repost_that_was_dropped_leaves_when_it_is_asked_for_again(bench: Bench) -> None:
    repost = bench.outbox.add_repost(TARGET)
    bench.outbox.skip(repost.id)
    bench.clock.advance(120)
    again = bench.outbox.add_repost(TARGET)
    assert (again.id, again.state, again.due_at) == (repost.id, PostState.PLANNED, bench.at(120))


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.PLANNED, PostState.DUE])
def test_a_text_that_is_edited_is_held_while_its_post_waits(bench: Bench, state: PostState) -> None:
    bench.store.add([planned("a", state=state)])
    held = bench.outbox.hold("a")
    assert held is not None
    assert held.state is state
    assert bench.reported.of(OutboxChanged)[-1].held == {"a"}
    bench.outbox.release("a")
    assert bench.reported.of(OutboxChanged)[-1].held == frozenset()


@pytest.mark.parametrize("state", [PostState.SENDING, PostState.SENT, PostState.SKIPPED])
def test_a_text_that_no_longer_waits_is_not_held(bench: Bench, state: PostState) -> None:
    bench.store.add([planned("a", state=state)])
    assert bench.outbox.hold("a") is None
    assert bench.outbox.leaving.held == frozenset()


def test_nothing_is_delayed_for_a_post_that_is_not_held(bench: Bench) -> None:
    bench.store.add([planned("a"), planned("b", 60)])
    bench.clock.advance(30)
    bench.outbox.release("a")
    assert [row.due_at for row in bench.outbox.rows()] == [START, bench.at(60)]


def test_another_computer_may_have_published_what_is_due_by_now_and_no_later(
    bench: Bench,
) -> None:
    rows = [
        planned("late", -60),
        planned("due", 0, state=PostState.DUE),
        planned("now", 0),
        planned("later", 1),
        planned("out", -90, state=PostState.SENT),
        planned("asked", -90, state=PostState.HANDED_OVER),
        planned("spare", -90, state=PostState.DRAFT),
    ]
    bench.store.add(rows)
    bench.outbox.set_aside_due()
    after = states(bench.outbox.rows())
    assert {name for name, state in after.items() if state is PostState.SKIPPED} == {
        *("late", "due", "now")
    }
    assert {after[name] for name in ("later", "out", "asked", "spare")} == {
        *(PostState.PLANNED, PostState.SENT, PostState.HANDED_OVER, PostState.DRAFT)
    }


def test_a_proposal_moves_and_drops_only_what_still_waits_and_what_it_names(bench: Bench) -> None:
    moving = {
        "planned": PostState.PLANNED,
        "due": PostState.DUE,
        "expired": PostState.EXPIRED,
        "sent": PostState.SENT,
        "draft": PostState.DRAFT,
    }
    bench.store.add([planned(f"move {name}", state=state) for name, state in moving.items()])
    bench.store.add([planned(f"drop {name}", state=state) for name, state in moving.items()])
    bench.store.add([planned(f"keep {name}", state=state) for name, state in moving.items()])
    times = tuple((f"move {name}", bench.at(600)) for name in moving)
    left_out = tuple(f"drop {name}" for name in moving)
    bench.outbox.catch_up(Proposal(Cause.LATE, times, left_out))
    rows = {row.id: row for row in bench.outbox.rows()}
    for name in ("planned", "due", "expired"):
        row = rows[f"move {name}"]
        assert (row.state, row.due_at) == (PostState.PLANNED, bench.at(600))
        assert rows[f"drop {name}"].state is PostState.SKIPPED
    # What is in reserve has no time to be moved to, and may be dropped.
    assert rows["drop draft"].state is PostState.SKIPPED
    for name, state in moving.items():
        row = rows[f"keep {name}"]
        assert (row.state, row.due_at) == (state, START)
    for name in ("move sent", "drop sent", "move draft"):
        assert (rows[name].state, rows[name].due_at) == (moving[name[5:]], START)


class EndingBench(Bench):
    """An hour that is over at START."""

    def new_outbox(self) -> Outbox:
        return Outbox(
            self.store,
            self.clock,
            self.reported,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            rules=NETWORK,
            ends_at=START,
        )


def test_from_the_instant_of_its_end_on_an_hour_plans_nothing_again() -> None:
    bench = EndingBench()
    bench.store.add([planned("a", 60), planned("b", -600, state=PostState.SKIPPED)])
    assert bench.outbox.is_over
    bench.outbox.postpone("a", 5)
    assert bench.store.get("a").due_at == bench.at(60)
    assert bench.outbox.bring_back("b") is None
    bench.clock.jump(-1)
    assert not bench.outbox.is_over
    bench.outbox.postpone("a", 5)
    assert bench.store.get("a").due_at == bench.at(360)
    assert bench.outbox.bring_back("b") is not None


def test_an_hour_whose_end_is_unknown_is_never_over(bench: Bench) -> None:
    bench.clock.advance(10**7)
    assert not bench.outbox.is_over


@pytest.mark.parametrize(("seconds", "leaves"), [(599, True), (600, False), (601, False)])
def test_a_post_leaves_until_the_instant_it_expires(
    bench: Bench, seconds: float, leaves: bool
) -> None:
    bench.store.add([planned("a", state=PostState.DUE)])
    bench.clock.advance(seconds)
    assert (bench.outbox.take("a") is not None) is leaves


def test_a_text_with_a_blank_does_not_leave_and_that_is_said(bench: Bench) -> None:
    blank, due = "Voir [lien]", PostState.DUE
    bench.store.add([planned("a", text=blank, state=due), planned("b", state=due)])
    assert bench.outbox.take("a") is None
    assert (bench.row("a").state, bench.row("a").reason) == (PostState.FAILED, Reason.UNFILLED)
    assert bench.outbox.take("b") is not None
    # A repost shows the words of somebody else, whatever brackets they hold.
    bench.store.add([planned("c", 0, PostKind.REPOST, text=blank, state=due)])
    assert bench.outbox.take("c") is not None


@pytest.mark.parametrize("before", [0, 1, 4])
def test_each_departure_counts_as_one_attempt(bench: Bench, before: int) -> None:
    bench.store.add([planned("a", state=PostState.DUE, attempts=before)])
    taken = bench.outbox.take("a")
    assert taken is not None
    assert (taken.attempts, bench.row("a").attempts) == (before + 1, before + 1)


class AskingBench(Bench):
    """An hour whose missed posts wait for the organiser's word."""

    def new_outbox(self) -> Outbox:
        return Outbox(
            self.store,
            self.clock,
            self.reported,
            chat_id="chat",
            occasion=Occasion.LIVE,
            route=Route.KEYS,
            rules=NETWORK,
            asks=True,
        )


def test_a_disk_that_refuses_is_told_once_and_not_at_every_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = AskingBench()
    row = planned("a")
    bench.store.add([replace(row, planned=Planned(row.text, START, row.route, row.state))])
    bench.clock.advance(300)
    rows = bench.outbox.rows()

    def refuse(*_: object) -> None:
        raise StoreError("unreadable")

    monkeypatch.setattr(bench.store, "rows", refuse)
    for _look in range(3):
        bench.outbox.tell_if_it_waits(rows)
    assert len(bench.reported.of(ServiceFailed)) == 1


def test_what_is_told_as_waiting_for_a_word_is_told_once(bench: Bench) -> None:
    bench.store.add([planned("a")])
    bench.outbox.tell_if_it_waits(bench.outbox.rows())
    assert bench.reported.of(OutboxChanged) == []
    bench.outbox.tell()
    told = len(bench.reported.of(OutboxChanged))
    bench.outbox.tell_if_it_waits(bench.outbox.rows())
    assert len(bench.reported.of(OutboxChanged)) == told
    assert not bench.reported.of(OutboxChanged)[-1].waits_for_word
    assert not bench.reported.of(OutboxChanged)[-1].can_undo

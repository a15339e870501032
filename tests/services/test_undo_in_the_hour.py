"""Undo in the hour takes back the last command of the hour, and says so; never anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Person, Route
from tchat_desktop.domain.conversation import NO, YES, FeedPost, Mark, Marking, Post
from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.outgoing import Planned, PostKind, PostState, left_at
from tchat_desktop.domain.undoing import Command, DoneCommand, Marked
from tchat_desktop.services.events import CommandUndone, OutboxChanged
from tchat_desktop.services.outbox import Outbox
from tchat_desktop.ui.pages.shared.done_words import (
    done_words,
    renamed_words,
    told_words,
    undone_words,
)
from tchat_desktop.ui.pages.shared.hour_words import own_name
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _
from tests.fakes.clock import START
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned
from tests.services.bench import Bench

TARGET = Post("77", "aissatou_ex", "Aïssatou Ba", "Bonsoir", START)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The words are those of the code, whatever language a test before spoke."""
    before = i18n.language()
    i18n.activate("en")
    yield
    i18n.activate(before)


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.outbox.plan(
        [
            planned("q1", 300, text="Q1 Une", number=1),
            planned("q2", 600, text="Q2 Deux", number=2),
            planned("thanks", 900, PostKind.THANKS),
        ]
    )
    return bench


def undone(bench: Bench) -> CommandUndone:
    bench.outbox.undo()
    return bench.reported.of(CommandUndone)[-1]


Give = Callable[[Outbox], object]


@pytest.mark.parametrize(
    ("command", "give"),
    [
        (Command.SKIP, lambda outbox: outbox.skip("q1")),
        (Command.POSTPONE, lambda outbox: outbox.postpone("q1", 5)),
        (Command.EDIT, lambda outbox: outbox.edit_text("q1", "Q1 Une autre")),
        (Command.BY_PAGE, lambda outbox: outbox.by_web_page("q1")),
    ],
)
def test_the_last_command_is_taken_back_whole(bench: Bench, command: Command, give: Give) -> None:
    before = {row.id: (row.state, row.due_at, row.text, row.route) for row in bench.outbox.rows()}
    give(bench.outbox)
    told = bench.reported.of(OutboxChanged)[-1]
    assert told.last is not None
    assert (told.last.command, told.can_undo) == (command, True)
    found = undone(bench)
    assert found.undone
    assert found.done == told.last
    after = {row.id: (row.state, row.due_at, row.text, row.route) for row in bench.outbox.rows()}
    assert after == before
    assert bench.x.calls == bench.pages.calls == []


def test_only_the_last_one_and_only_once(bench: Bench) -> None:
    bench.outbox.postpone("q1", 5)
    bench.outbox.skip("q2")
    assert undone(bench).undone
    again = undone(bench)
    assert (again.done, again.undone) == (None, False)
    assert bench.row("q1").due_at == START + timedelta(minutes=10)


def test_what_was_brought_back_goes_to_the_reserve_again(bench: Bench) -> None:
    bench.outbox.skip("q1")
    bench.outbox.bring_back("q1")
    assert undone(bench).undone
    assert bench.row("q1").state is PostState.SKIPPED


def test_what_was_published_stays_and_that_is_said(bench: Bench) -> None:
    bench.outbox.postpone("q2", 5)
    bench.outbox.send_now("q1")
    bench.run()
    found = undone(bench)
    assert not found.undone
    assert found.done is not None
    assert found.done.command is Command.SEND
    states = {row.id: row.state for row in found.rows}
    assert states["q1"] is PostState.SENT
    # The one before it is not undone in its place, however often one presses.
    assert not undone(bench).undone
    assert bench.row("q2").due_at == START + timedelta(minutes=15)


def test_what_was_asked_to_leave_and_waits_goes_back_to_its_time(bench: Bench) -> None:
    bench.outbox.pause()
    bench.outbox.send_now("q1")
    assert undone(bench).undone
    assert bench.row("q1").due_at == START + timedelta(minutes=5)


def test_a_dropped_page_comes_back_in_a_minute(bench: Bench) -> None:
    """Once it was dropped nobody can be asked about it: it opens anew, counted down."""
    bench.outbox.go_on_without_keys()
    bench.pages.outcomes = ["page"]
    bench.run(310)
    assert bench.row("q1").state is PostState.HANDED_OVER
    bench.outbox.skip("q1")
    assert undone(bench).undone
    assert bench.row("q1").state is PostState.PLANNED
    assert bench.row("q1").due_at == bench.clock.now() + COUNTDOWN


def test_what_was_confirmed_is_asked_about_again(bench: Bench) -> None:
    bench.outbox.go_on_without_keys()
    bench.pages.outcomes = ["page"]
    bench.run(310)
    opened = bench.row("q1").changed_at
    bench.run(60)
    bench.outbox.confirm_sent("q1")
    # Every screen tells the hour its page was opened.
    assert left_at(bench.row("q1"), NETWORK) == opened
    assert undone(bench).undone
    assert bench.row("q1").state is PostState.HANDED_OVER
    bench.run(60)
    bench.outbox.confirm_sent("q1")
    assert left_at(bench.row("q1"), NETWORK) == opened


def test_what_is_not_online_is_not_undone(bench: Bench) -> None:
    """Its page opens anew in a minute, counted down: that can be stopped, not asked again."""
    bench.outbox.go_on_without_keys()
    bench.pages.outcomes = ["page"]
    bench.run(310)
    bench.outbox.not_out("q1")
    assert not undone(bench).undone
    assert bench.row("q1").state is PostState.PLANNED


def test_a_reply_that_waits_is_taken_back(bench: Bench) -> None:
    bench.outbox.pause()
    reply = bench.outbox.add_reply(TARGET, "Merci", Route.ASSISTED)
    assert undone(bench).undone
    assert bench.row(reply.id).state is PostState.SKIPPED


def test_after_a_pause_nothing_older_is_undone(bench: Bench) -> None:
    bench.outbox.skip("q1")
    bench.outbox.pause()
    assert not undone(bench).undone
    assert bench.outbox.paused
    assert bench.row("q1").state is PostState.SKIPPED


def test_a_number_that_moved_up_hinders_nothing(bench: Bench) -> None:
    bench.outbox.edit_text("q2", "Q2 Autre")
    bench.store.move(
        planned("q1", 300, text="Q1 Une", number=1, state=PostState.SKIPPED), PostState.PLANNED
    )
    assert undone(bench).undone
    assert bench.row("q2").text == "Q2 Deux"


def test_a_page_that_is_open_is_not_called_back_nor_said_to_have_left(bench: Bench) -> None:
    bench.pages.outcomes = ["page"]
    reply = bench.outbox.add_reply(TARGET, "Merci", Route.ASSISTED)
    bench.run(2)
    assert bench.row(reply.id).state is PostState.HANDED_OVER
    found = undone(bench)
    assert not found.undone
    words, _tone = undone_words(found, Chat(id="chat"))
    left = _("{post} has left already: nothing was undone.").format(post=own_name(reply))
    assert words != left
    assert own_name(reply) in words


@pytest.mark.parametrize("state", list(PostState))
def test_only_what_is_confirmed_is_said_to_have_left(state: PostState) -> None:
    row = planned("q1", number=1, state=state)
    done = DoneCommand(Command.SEND, ((row, row),))
    event = CommandUndone("chat", Occasion.LIVE, done, False, (row,))
    words, _tone = undone_words(event, Chat(id="chat"))
    left = _("{post} has left already: nothing was undone.").format(post=own_name(row))
    assert (words == left) is (state is PostState.SENT)
    assert own_name(row) in words


TEXT_MARKS = (Mark.QUESTION, Mark.ASSIGNED, Mark.ASKS)


@pytest.mark.parametrize(
    "marking", [Marking("77", mark, "x" if mark in TEXT_MARKS else True) for mark in Mark]
)
def test_a_mark_of_a_post_is_undone_where_it_is_kept(bench: Bench, marking: Marking) -> None:
    bench.outbox.skip("q1")
    before = FeedPost(TARGET)
    marked = Marked(before, marking)
    bench.outbox.note_done(DoneCommand(Command.MARK, marked=marked))
    asked: list[Marked | None] = []

    def take_back(one: DoneCommand) -> bool:
        asked.append(one.marked)
        return True

    bench.outbox.undo(take_back)
    found = bench.reported.of(CommandUndone)[-1]
    assert found.undone
    assert asked == [marked]
    assert marked.back.on(marking.on(before)) == before
    assert "@aissatou_ex" in undone_words(found, Chat(id="chat"))[0]
    # What was done before it stays.
    assert bench.row("q1").state is PostState.SKIPPED
    assert undone(bench).done is None


def test_undo_says_whether_a_post_was_filed_as_a_question_or_taken_out() -> None:
    chat, before = Chat(id="chat"), FeedPost(TARGET)
    said = [
        done_words(
            DoneCommand(Command.MARK, marked=Marked(before, Marking("77", Mark.ASKS, one))), chat
        )
        for one in (YES, NO)
    ]
    assert said == [
        "the filing of the message by @aissatou_ex under the questions",
        "the removal of the message by @aissatou_ex from the questions",
    ]


def test_a_mark_that_changed_since_is_not_undone_and_named(bench: Bench) -> None:
    marked = Marked(FeedPost(TARGET), Marking("77", Mark.STARRED, True))
    bench.outbox.note_done(DoneCommand(Command.MARK, marked=marked))
    bench.outbox.undo(lambda _marked: False)
    found = bench.reported.of(CommandUndone)[-1]
    assert not found.undone
    assert "@aissatou_ex" in undone_words(found, Chat(id="chat"))[0]


FOR_GOOD = [
    Command.WITHOUT_KEYS,
    Command.WITH_KEYS,
    Command.ADD_POST,
    Command.CORRECT_POST,
    Command.REMOVE_POST,
]


@pytest.mark.parametrize("command", FOR_GOOD)
def test_what_cannot_be_undone_is_named_and_nothing_older_is(
    bench: Bench, command: Command
) -> None:
    bench.outbox.skip("q1")
    bench.outbox.note(command)
    found = undone(bench)
    assert not found.undone
    assert (
        done_words(DoneCommand(command), Chat(id="chat")) in undone_words(found, Chat(id="chat"))[0]
    )
    assert bench.row("q1").state is PostState.SKIPPED


def test_a_reply_that_is_dropped_is_not_in_reserve(bench: Bench) -> None:
    bench.outbox.pause()
    reply = bench.outbox.add_reply(TARGET, "Merci", Route.ASSISTED)
    bench.outbox.skip(reply.id)
    told = bench.reported.of(OutboxChanged)[-1]
    assert told.last is not None
    dropped = "the dropping of “Reply to @aissatou_ex”, “Merci”"
    assert done_words(told.last, Chat(id="chat")) == dropped
    assert undone(bench).undone
    assert bench.row(reply.id).state is PostState.PLANNED


def renamed(bench: Bench, has_questions: bool = True) -> str:
    guest = Person("guest", name="Awa", has_questions=has_questions)
    told = bench.reported.of(OutboxChanged)[-1]
    assert told.last is not None
    return renamed_words(told.last, told.rows, Chat(id="chat", people=(guest,)))


def test_guests_who_have_the_questions_are_to_be_told_of_other_numbers() -> None:
    bench = Bench()
    rows = [planned("q1", 300, text="Q1 Une"), planned("q2", 600, text="Q2 Deux")]
    bench.outbox.plan(
        [replace(row, planned=Planned(row.text, row.due_at, row.route, row.state)) for row in rows]
        + [planned("thanks", 900, PostKind.THANKS)]
    )
    bench.outbox.skip("q1")
    assert renamed(bench) == "Q2 becomes Q1: tell your guests."
    assert not renamed(bench, has_questions=False)
    bench.outbox.bring_back("q1")
    assert renamed(bench) == "Q1 becomes Q2: tell your guests."
    bench.outbox.skip("q2")
    assert not renamed(bench), "no question comes after it"
    bench.outbox.bring_back("q2")
    assert not renamed(bench)
    bench.outbox.skip("thanks")
    assert not renamed(bench)


def test_the_number_of_the_first_that_is_left_is_told() -> None:
    rows = [planned(f"q{one}", 60 * one, text=f"Q{one} ?", number=one) for one in range(1, 5)]
    left_out = tuple((row, replace(row, state=PostState.SKIPPED)) for row in rows[1:3])
    last = replace(rows[3], number=2)
    chat = Chat(id="chat", people=(Person("guest", has_questions=True),))
    done = DoneCommand(Command.CATCH_UP, ((rows[3], rows[3]), *left_out))
    assert renamed_words(done, [rows[0], last], chat) == "Q4 becomes Q2: tell your guests."


@pytest.mark.parametrize("command", [Command.REPLY, Command.REPOST, Command.SEND, Command.BY_PAGE])
@pytest.mark.parametrize("state", [PostState.PLANNED, PostState.HANDED_OVER, PostState.SENT])
def test_only_what_has_left_is_said_to_be_done(command: Command, state: PostState) -> None:
    row, chat = planned("q1", number=1), Chat(id="chat")
    done = DoneCommand(command, ((row, row),))
    words = told_words(done, [replace(row, state=state)], chat)
    left = state is PostState.SENT
    said = _("Changed: {what}.") if left else _("Asked for: {what}.")
    assert words == said.format(what=done_words(done, chat))


def test_what_was_undone_is_a_noun_that_does_not_read_as_done(bench: Bench) -> None:
    i18n.activate("fr")
    chat = Chat(id="chat")
    bench.outbox.postpone("q1", 5)
    delayed = bench.reported.of(OutboxChanged)[-1].last
    assert delayed is not None
    what = "le report de 5 min de Q1 et de la suite"
    assert told_words(delayed, bench.outbox.rows(), chat) == f"C’est fait : {what}."
    assert undone_words(undone(bench), chat)[0] == f"Annulé : {what}."


def test_who_takes_a_confirmation_back_hears_that_the_message_stays_on_x() -> None:
    i18n.activate("fr")
    row = planned("r1", kind=PostKind.REPLY, target_author="aya_ex", text="Merci")
    event = CommandUndone(
        "chat", Occasion.LIVE, DoneCommand(Command.CONFIRM, ((row, row),)), True, ()
    )
    assert undone_words(event, Chat(id="chat"))[0] == (
        "Annulé : la confirmation de « Réponse à @aya_ex », « Merci ». "
        "Le message lui-même reste sur X."
    )


def test_a_question_in_reserve_is_not_called_by_a_number_that_another_has() -> None:
    row = planned("q3", 60, kind=PostKind.QUESTION, number=3, text="Q3 Que dit la loi ? #Tag")
    done = DoneCommand(Command.SKIP, ((row, replace(row, state=PostState.SKIPPED, number=None)),))
    words = done_words(done, Chat(id="chat"))
    assert "Que dit la loi" in words
    assert "Q3 Que" not in words and not words.endswith("Q3")
    # What stays on the run sheet keeps its name.
    later = DoneCommand(Command.SEND, ((row, row),))
    assert done_words(later, Chat(id="chat")).endswith("Q3")

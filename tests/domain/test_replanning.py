"""The posts on their way out follow the run sheet; what was decided in the hour stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Chat, Occasion, Picture, Question, Route, with_part
from tchat_desktop.domain.decisions import brought_back, opens_at
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason, may_become
from tchat_desktop.domain.replanning import has_begun, replanned
from tests.domain.chats import START, a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
LONG_BEFORE = START - timedelta(days=7)
MINUTE = timedelta(minutes=1)


def plan(chat: Chat, route: Route = Route.KEYS) -> tuple[OutboxPost, ...]:
    assert chat.starts_at is not None
    return run_sheet.plan(
        chat, run_sheet.build_run_sheet(chat, FR), Occasion.LIVE, route, chat.starts_at
    )


def follow(
    rows: Sequence[OutboxPost],
    chat: Chat,
    now: datetime = LONG_BEFORE,
    route: Route = Route.KEYS,
    spared: timedelta = timedelta(),
) -> dict[str, OutboxPost]:
    """The rows by slot once they have followed, as a store would hold them."""
    found = replanned(rows, plan(chat, route), now, spared)
    became = {row.slot: row for row in rows}
    for before, after in found.changed:
        assert became[before.slot] is before
        assert after.state is before.state or may_become(before.state, after.state)
        assert (after.id, after.slot) == (before.id, before.slot)
        became[after.slot] = after
    for row in found.removed:
        del became[row.slot]
    for row in found.added:
        assert row.slot not in became
        became[row.slot] = row
    return became


def with_question(chat: Chat, question_id: str, **changes: object) -> Chat:
    question = next(one for one in chat.questions if one.id == question_id)
    changed = replace(question, **changes)  # type: ignore[arg-type]
    return replace(chat, questions=with_part(chat.questions, changed))


def as_planned(rows: Sequence[OutboxPost]) -> list[tuple[object, ...]]:
    return [
        (row.slot, row.text, row.number, row.due_at, row.expires_at, row.route, row.state)
        for row in sorted(rows, key=lambda row: row.slot)
    ]


def change(
    rows: Sequence[OutboxPost], slot: str, make: Callable[[OutboxPost], OutboxPost]
) -> tuple[OutboxPost, ...]:
    return tuple(make(row) if row.slot == slot else row for row in rows)


def begun(rows: Sequence[OutboxPost]) -> tuple[OutboxPost, ...]:
    """The same hour with its first post out."""
    return change(rows, "welcome", lambda row: replace(row, state=PostState.SENT, attempts=1))


EDITS: dict[str, Callable[[Chat], Chat]] = {
    "another text": lambda chat: with_question(chat, "id2", text="Que fait l’école, ici ?"),
    "another day": lambda chat: replace(chat, starts_at=START + timedelta(days=2, hours=1)),
    "longer": lambda chat: with_question(chat, "id1", minutes=11),
    "into reserve": lambda chat: with_question(chat, "id3", essential=False),
    "taken out": lambda chat: run_sheet.without_item(chat, "rules"),
    "one less": lambda chat: replace(chat, questions=chat.questions[1:]),
    "one more": lambda chat: replace(chat, questions=(*chat.questions, Question("n", "Et vous ?"))),
    "the other way round": lambda chat: replace(chat, questions=chat.questions[::-1]),
    "a picture": lambda chat: run_sheet.with_picture(
        chat, "rules", Picture("0f" * 32, "image/png")
    ),
    "by the page": lambda chat: run_sheet.with_way(chat, "rules", True),
    "another tag": lambda chat: replace(chat, hashtag="FillesDebout"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_before_anything_has_left_the_rows_are_what_the_run_sheet_says(edit: str) -> None:
    chat = a_chat()
    changed = EDITS[edit](chat)
    followed = follow(plan(chat), changed)
    assert as_planned(list(followed.values())) == as_planned(plan(changed))
    assert as_planned(plan(changed)) != as_planned(plan(chat)) or edit == "a picture"
    pictures = {slot: row.picture for slot, row in followed.items()}
    assert pictures == {row.slot: row.picture for row in plan(changed)}


@given(st.lists(st.sampled_from(sorted(EDITS)), max_size=6))
def test_any_number_of_edits_comes_to_the_same_as_the_last(names: list[str]) -> None:
    chat = a_chat()
    rows: Sequence[OutboxPost] = plan(chat)
    for name in names:
        try:
            chat = EDITS[name](chat)
        except StopIteration:
            continue
        rows = list(follow(rows, chat).values())
    assert as_planned(rows) == as_planned(plan(chat))


@pytest.mark.parametrize("edit", EDITS)
def test_following_twice_changes_nothing_more(edit: str) -> None:
    chat = EDITS[edit](a_chat())
    for start in (plan(a_chat()), begun(plan(a_chat()))):
        once = tuple(follow(start, chat).values())
        found = replanned(once, plan(chat), LONG_BEFORE)
        assert (found.changed, found.added, found.removed) == ((), (), ())


def test_a_post_of_the_wrong_day_does_not_leave_that_day() -> None:
    chat = a_chat()
    late = replace(chat, starts_at=START + timedelta(days=7))
    expired = tuple(
        replace(row, state=PostState.EXPIRED, reason=Reason.TOO_LATE)
        if row.state is PostState.PLANNED
        else row
        for row in plan(chat)
    )
    followed = follow(expired, late, now=START + timedelta(hours=2))
    assert as_planned(list(followed.values())) == as_planned(plan(late))
    assert {row.reason for row in followed.values()} == {Reason.NONE}
    spare = with_question(late, "id1", essential=False)
    spared = follow(expired, spare, now=START + timedelta(hours=2))
    assert spared["q:id1"].state is PostState.SKIPPED


def test_what_was_decided_before_the_hour_stays() -> None:
    chat = a_chat()
    rows = change(plan(chat), "q:id1", lambda row: replace(row, text="Mes mots à moi"))
    rows = change(rows, "rules", lambda row: replace(row, state=PostState.SKIPPED))
    rows = change(rows, "q:id2", lambda row: replace(row, route=Route.ASSISTED))
    rows = change(
        rows,
        "q:id3",
        lambda row: replace(
            row, due_at=row.due_at + 5 * MINUTE, expires_at=row.expires_at + 5 * MINUTE
        ),
    )
    later = replace(
        with_question(with_question(chat, "id1", text="Autre ?"), "id2", text="Autrement ?"),
        starts_at=START + timedelta(hours=1),
    )
    planned = {row.slot: row for row in plan(later)}
    followed = follow(rows, later)
    assert followed["q:id1"].text == "Mes mots à moi"
    assert followed["rules"].state is PostState.SKIPPED
    assert followed["q:id2"].route is Route.ASSISTED
    assert followed["q:id2"].text == planned["q:id2"].text
    assert followed["q:id3"].due_at == planned["q:id3"].due_at + 5 * MINUTE


@pytest.mark.parametrize("edit", [one for one in EDITS if one != "another day"])
def test_once_begun_no_time_moves_and_nothing_more_leaves_by_itself(edit: str) -> None:
    rows = begun(plan(a_chat()))
    followed = follow(rows, EDITS[edit](a_chat()), now=START + MINUTE)
    before = {row.slot: row for row in rows}
    for slot, row in followed.items():
        if slot in before:
            assert row.due_at == before[slot].due_at
        leaves = row.state is PostState.PLANNED
        assert not leaves or before[slot].state is PostState.PLANNED
    assert followed["welcome"] == before["welcome"]


def test_once_begun_texts_follow_and_what_is_taken_out_waits_in_reserve() -> None:
    chat = a_chat()
    rows = begun(plan(chat))
    now = START + MINUTE
    mended = with_question(chat, "id2", text="Que fait l’école, ici ?")
    assert "ici" in follow(rows, mended, now)["q:id2"].text
    spare = with_question(chat, "id3", essential=False)
    assert follow(rows, spare, now)["q:id3"].state is PostState.SKIPPED
    gone = replace(chat, questions=chat.questions[:-1])
    last = f"q:{chat.questions[-1].id}"
    assert follow(rows, gone, now)[last].state in (PostState.SKIPPED, PostState.DRAFT)
    more = replace(chat, questions=(*chat.questions, Question("n", "Et vous ?")))
    assert follow(rows, more, now)["q:n"].state is PostState.DRAFT


def test_a_question_brought_back_in_the_hour_is_not_taken_out_again() -> None:
    chat = with_question(a_chat(), "id3", essential=False)
    rows = change(begun(plan(chat)), "q:id3", lambda row: replace(row, state=PostState.PLANNED))
    mended = with_question(chat, "id3", text="Autrement, avec qui ?")
    followed = follow(rows, mended, now=START + MINUTE)
    assert followed["q:id3"].state is PostState.PLANNED
    assert "Autrement" in followed["q:id3"].text


@pytest.mark.parametrize(
    "state",
    [
        PostState.SENDING,
        PostState.SENT,
        PostState.UNKNOWN,
        PostState.HANDED_OVER,
        PostState.SKIPPED,
        PostState.EXPIRED,
    ],
)
def test_what_left_or_is_about_to_is_not_touched(state: PostState) -> None:
    chat = a_chat()
    attempts = 0 if state in (PostState.SKIPPED, PostState.EXPIRED) else 1
    rows = change(plan(chat), "q:id2", lambda row: replace(row, state=state, attempts=attempts))
    mended = with_question(chat, "id2", text="Que fait l’école, ici ?")
    followed = follow(rows, mended)["q:id2"]
    waits = state in (PostState.SKIPPED, PostState.EXPIRED)
    assert ("ici" in followed.text) is waits
    assert has_begun(rows) is bool(attempts)


@pytest.mark.parametrize(
    ("state", "attempts", "has"),
    [
        (PostState.PLANNED, 0, False),
        (PostState.DUE, 0, False),
        (PostState.SKIPPED, 0, False),
        (PostState.DRAFT, 0, False),
        (PostState.FAILED, 0, False),
        (PostState.EXPIRED, 0, False),
        # Tried, and certainly not out.
        (PostState.PLANNED, 1, True),
        (PostState.FAILED, 1, True),
        # Out, and never tried by the app: the organiser published it by hand.
        (PostState.SENT, 0, True),
        (PostState.HANDED_OVER, 0, True),
        (PostState.UNKNOWN, 0, True),
        (PostState.SENDING, 0, True),
    ],
)
def test_an_hour_has_begun_once_anything_left_or_was_tried(
    state: PostState, attempts: int, has: bool
) -> None:
    first, *others = plan(a_chat())
    assert has_begun([*others, replace(first, state=state, attempts=attempts)]) is has


def test_once_begun_a_question_keeps_its_number_and_before_it_takes_the_lists() -> None:
    chat = a_chat()
    fewer = replace(chat, questions=chat.questions[1:])
    for rows, number in ((plan(chat), 1), (begun(plan(chat)), 2)):
        row = follow(rows, fewer, START)["q:id2"]
        assert row.number == number
        assert row.text.startswith(f"Q{number} ")


def test_an_own_text_takes_the_number_of_the_list_until_the_hour_begins() -> None:
    chat = a_chat()
    fewer = replace(chat, questions=chat.questions[1:])
    rows = change(plan(chat), "q:id2", lambda row: replace(row, text="Q2 Mes mots"))
    assert follow(rows, fewer)["q:id2"].text == "Q1 Mes mots"
    assert follow(begun(rows), fewer, START)["q:id2"].text == "Q2 Mes mots"


def test_a_row_due_at_the_very_end_of_what_is_spared_follows() -> None:
    chat = a_chat()
    half = with_question(chat, "id1", text="À demi éc")
    due_at = {row.slot: row.due_at for row in plan(chat)}["q:id1"]
    spared = timedelta(seconds=30)
    made = follow(begun(plan(chat)), half, due_at - spared, spared=spared)
    assert "À demi éc" in made["q:id1"].text


@pytest.mark.parametrize("minutes", [-60, -59, 59, 60])
def test_a_move_of_an_hour_is_another_day_and_one_of_less_is_a_late_start(minutes: int) -> None:
    chat = a_chat()
    moved = replace(chat, starts_at=START + minutes * MINUTE)
    rows = begun(plan(chat))
    was = {row.slot: row.due_at for row in rows}
    is_another = abs(minutes) >= 60
    for slot, row in follow(rows, moved, START + MINUTE).items():
        if slot != "welcome":
            assert row.due_at - was[slot] == (minutes * MINUTE if is_another else timedelta())


def test_one_question_that_stays_on_its_day_keeps_the_hour_there() -> None:
    """All must be meant for another day: a pause put in the middle moves only what follows it."""
    chat = a_chat()
    rows = begun(plan(chat))
    longer = with_question(chat, "id2", minutes=90)
    was = {row.slot: row.due_at for row in rows}
    planned = {row.slot: row.due_at for row in plan(longer)}
    assert planned["q:id3"] - was["q:id3"] >= timedelta(hours=1)
    assert planned["q:id1"] == was["q:id1"]
    assert {slot: row.due_at for slot, row in follow(rows, longer, START).items()} == was


@pytest.mark.parametrize("state", [PostState.SENT, PostState.UNKNOWN, PostState.HANDED_OVER])
def test_what_is_out_or_has_no_run_sheet_says_nothing_about_the_day(state: PostState) -> None:
    """A second row at its old time is no reason to go on that evening, if it has left."""
    chat = a_chat()
    later = replace(chat, starts_at=START + timedelta(days=2))
    sheet = {row.slot: row for row in plan(later)}
    rows = change(begun(plan(chat)), "rules", lambda row: replace(row, state=state, attempts=1))
    own = change(rows, "guests", lambda row: replace(row, planned=None))
    kept = {**sheet, "rules": {row.slot: row for row in plan(chat)}["rules"]}
    found = replanned(own, tuple(kept.values()), START + MINUTE)
    became = {after.slot: after for _before, after in found.changed}
    assert became["q:id1"].due_at == sheet["q:id1"].due_at
    assert "guests" not in became


def test_an_hour_of_which_nothing_waits_any_more_is_not_moved_by_an_empty_list() -> None:
    chat = a_chat()
    out = tuple(replace(row, state=PostState.SENT, attempts=1) for row in plan(chat))
    found = replanned(out, plan(replace(chat, starts_at=START + timedelta(days=2))), START)
    assert (found.changed, found.added, found.removed) == ((), (), ())


def test_a_post_that_is_just_past_its_time_stays_expired() -> None:
    chat = a_chat()
    late = replace(chat, starts_at=START + timedelta(days=7))
    rows = change(plan(chat), "q:id1", lambda row: replace(row, state=PostState.EXPIRED))
    ends = {row.slot: row.expires_at for row in plan(late)}["q:id1"]
    assert follow(rows, late, ends)["q:id1"].state is PostState.EXPIRED
    assert follow(rows, late, ends - MINUTE)["q:id1"].state is PostState.PLANNED


@pytest.mark.parametrize("state", [PostState.FAILED, PostState.EXPIRED, PostState.DRAFT])
def test_only_what_would_leave_is_taken_out_in_the_hour(state: PostState) -> None:
    """What the organiser is asked about, and what is in reserve, stays so."""
    chat = a_chat()
    rows = change(begun(plan(chat)), "q:id2", lambda row: replace(row, state=state))
    fewer = replace(chat, questions=tuple(one for one in chat.questions if one.id != "id2"))
    assert follow(rows, fewer, START)["q:id2"].state is state


def test_why_a_post_failed_is_still_told_when_it_goes_by_the_page() -> None:
    chat = a_chat()
    held = {"reason": Reason.RATE_LIMIT, "detail": "429", "not_before": START + 15 * MINUTE}
    rows = change(
        begun(plan(chat)), "q:id2", lambda row: replace(row, state=PostState.FAILED, **held)
    )
    made = follow(rows, run_sheet.with_way(chat, "q:id2", by_page=True), START)["q:id2"]
    assert (made.reason, made.detail, made.not_before) == (Reason.RATE_LIMIT, "429", None)


def test_a_text_being_typed_does_not_leave_half_written() -> None:
    chat = a_chat()
    half = with_question(chat, "id1", text="À demi éc")
    due_at = {row.slot: row.due_at for row in plan(chat)}["q:id1"]
    spared = timedelta(seconds=30)
    near, far = due_at - timedelta(seconds=29), due_at - timedelta(seconds=31)
    rows = begun(plan(chat))
    assert "À demi éc" not in follow(rows, half, near, spared=spared)["q:id1"].text
    assert "À demi éc" in follow(rows, half, far, spared=spared)["q:id1"].text


def test_replies_and_reposts_have_no_run_sheet_to_follow() -> None:
    chat = a_chat()
    reply = replace(plan(chat)[0], id="r", slot="reply:1", planned=None)
    found = replanned((*plan(chat), reply), plan(chat), LONG_BEFORE)
    assert found.removed == ()


def test_a_post_that_is_due_and_on_hold_leaves_as_it_was_mended() -> None:
    chat = a_chat()
    rows = change(begun(plan(chat)), "q:id2", lambda row: replace(row, state=PostState.DUE))
    now = {row.slot: row.due_at for row in rows}["q:id2"] + MINUTE
    mended = with_question(chat, "id2", text="Que fait l’école, ici ?")
    assert follow(rows, chat, now)["q:id2"].state is PostState.DUE
    made = follow(rows, mended, now)["q:id2"]
    assert (made.state, "ici" in made.text) == (PostState.PLANNED, True)
    spare = with_question(chat, "id2", essential=False)
    assert follow(rows, spare, now)["q:id2"].state is PostState.SKIPPED
    half = follow(rows, mended, now, spared=timedelta(seconds=30))["q:id2"]
    assert (half.state, "ici" in half.text) == (PostState.DUE, False)


def test_a_question_on_hold_that_becomes_a_spare_one_before_anything_left_waits() -> None:
    chat = a_chat()
    rows = change(plan(chat), "q:id2", lambda row: replace(row, state=PostState.DUE))
    now = {row.slot: row.due_at for row in rows}["q:id2"] + MINUTE
    spare = with_question(chat, "id2", essential=False)
    assert follow(rows, spare, now)["q:id2"].state is PostState.DRAFT


def test_what_x_refuses_to_keys_holds_up_no_page() -> None:
    """Pages were chosen in the hour, for one post or for all, because X said to wait."""
    chat = a_chat()
    held = {"reason": Reason.RATE_LIMIT, "detail": "429", "not_before": START + 15 * MINUTE}
    rows = change(begun(plan(chat)), "q:id2", lambda row: replace(row, **held))
    by_page = run_sheet.with_way(chat, "q:id2", by_page=True)
    for made in (follow(rows, by_page, START), follow(rows, chat, START, Route.ASSISTED)):
        row = made["q:id2"]
        assert row.route is Route.ASSISTED
        assert (row.reason, row.detail, row.not_before) == (Reason.NONE, "", None)
    assert follow(rows, chat, START)["q:id2"].not_before is not None
    skipped = change(rows, "q:id2", lambda row: replace(row, state=PostState.SKIPPED))
    assert follow(skipped, by_page, START)["q:id2"].not_before is None


def test_what_was_tried_and_is_certainly_not_out_leaves_as_it_was_mended() -> None:
    chat = a_chat()
    tried = {"attempts": 1, "reason": Reason.NETWORK}
    for state in (PostState.PLANNED, PostState.FAILED):
        rows = change(begun(plan(chat)), "q:id2", lambda r, s=state: replace(r, state=s, **tried))
        mended = with_question(chat, "id2", text="Que fait l’école, ici ?")
        assert "ici" in follow(rows, mended, START)["q:id2"].text
    waiting = change(begun(plan(chat)), "q:id2", lambda row: replace(row, **tried))
    spare = with_question(chat, "id2", essential=False)
    assert follow(waiting, spare, START)["q:id2"].state is PostState.SKIPPED


def test_a_post_tried_without_its_picture_does_not_get_it_back() -> None:
    chat = run_sheet.with_picture(a_chat(), "rules", Picture("0f", "image/png"))
    rows = change(begun(plan(chat)), "rules", lambda row: replace(row, attempts=1, picture=None))
    assert follow(rows, EDITS["another text"](chat), START)["rules"].picture is None


def test_an_hour_moved_to_another_day_after_its_welcome_does_not_go_on_that_evening() -> None:
    chat = a_chat()
    later = replace(chat, starts_at=START + timedelta(days=2))
    planned = {row.slot: row.due_at for row in plan(later)}
    followed = follow(begun(plan(chat)), later, now=START + MINUTE)
    assert followed["welcome"].state is PostState.SENT
    for slot, row in followed.items():
        assert slot == "welcome" or row.due_at == planned[slot]


@given(
    st.lists(st.integers(-20, 20).filter(bool), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from([PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN]),
)
def test_an_hour_moved_after_its_welcome_opens_when_the_run_sheet_says_so(
    days: list[int], without_welcome: bool, state: PostState
) -> None:
    """However often, and what is out stays as it is."""
    chat = a_chat()
    now = START + MINUTE
    was = change(begun(plan(chat)), "welcome", lambda row: replace(row, state=state))
    rows, sheet = was, plan(chat)
    for shift in days:
        chat = replace(chat, starts_at=(chat.starts_at or START) + timedelta(days=shift))
        if without_welcome:
            chat = run_sheet.without_item(chat, "welcome")
        sheet = plan(chat)
        rows = tuple(follow(rows, chat, now).values())
    out, before = rows[0], was[0]
    assert opens_at(rows) == opens_at(sheet)
    assert replace(out, planned=before.planned) == before
    spare = next(row for row in rows if row.state is PostState.PLANNED and row.slot == "q:id2")
    kept = [replace(row, state=PostState.DRAFT) if row is spare else row for row in rows]
    begins = opens_at(kept)
    assert begins is not None
    there = brought_back(replace(spare, state=PostState.DRAFT), kept, begins - timedelta(days=1))
    assert there is not None
    assert there.due_at > begins

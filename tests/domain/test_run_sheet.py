"""The hour laid out: laws of the run sheet, its edits, its problems and its rows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import (
    Chat,
    Invitation,
    Occasion,
    Person,
    Picture,
    Question,
    Route,
    RunEdit,
)
from tchat_desktop.domain.outgoing import PostKind, PostState
from tchat_desktop.domain.questions import full_text
from tchat_desktop.domain.run_sheet import ProblemKind, RunProblem, RunSheet
from tchat_desktop.domain.x.post_text import MAX_WEIGHT, weighted_length
from tests.domain.chats import START, a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")

KEYS = ("welcome", "rules", "guests", "nudge1", "nudge2", "nudge3", "closing", "thanks")


def build(chat: Chat) -> RunSheet:
    return run_sheet.build_run_sheet(chat, FR)


def keys(chat: Chat) -> list[str]:
    return [item.key for item in build(chat).items]


def kinds(chat: Chat, key: str) -> list[ProblemKind]:
    return [problem.kind for problem in build(chat).problems_of(key)]


@st.composite
def chats(draw: st.DrawFn) -> Chat:
    texts = st.text(max_size=40) | st.just("Comment agir ici et maintenant ?") | st.just("é" * 300)
    questions = tuple(
        Question(f"q{n}", draw(texts), draw(st.booleans()), draw(st.integers(0, 20)))
        for n in range(draw(st.integers(0, 9)))
    )
    every = [*KEYS, *(f"q:{question.id}" for question in questions), "gone"]
    edits = st.builds(
        RunEdit,
        st.sampled_from(every),
        st.none() | st.text(max_size=20) | st.just("b" * 400),
        st.none() | st.integers(0, 30),
        st.booleans(),
    )
    return a_chat(
        questions=questions,
        people=draw(st.sampled_from([(), a_chat().people])),
        minutes=draw(st.integers(15, 120)),
        run_order=tuple(draw(st.lists(st.sampled_from(every), max_size=12))),
        run_edits=tuple(draw(st.lists(edits, max_size=5, unique_by=lambda edit: edit.key))),
    )


@given(chats())
def test_posts_follow_one_another_without_gap_or_overlap(chat: Chat) -> None:
    sheet = build(chat)
    at = 0
    for item in sheet.items:
        assert item.included
        assert item.offset == at
        assert item.minutes >= 1
        at += item.minutes
    assert sheet.minutes_used == at
    assert sheet.overflow == max(0, at - chat.minutes)
    overflows = any(problem.kind is ProblemKind.DOES_NOT_FIT for problem in sheet.problems)
    assert overflows == (sheet.overflow > 0)


@given(chats())
def test_every_post_is_in_one_place_and_questions_ask_in_order(chat: Chat) -> None:
    sheet = build(chat)
    every = [item.key for item in (*sheet.items, *sheet.reserve, *sheet.removed)]
    assert len(set(every)) == len(every)
    written = {f"q:{question.id}" for question in chat.questions if question.text.strip()}
    assert {key for key in every if key.startswith("q:")} <= written
    numbers = [item.number for item in sheet.items if item.number is not None]
    assert numbers == sorted(numbers)
    assert all(item.kind is PostKind.QUESTION for item in sheet.reserve)
    assert {"welcome", "rules", "closing", "thanks"} <= set(every)


@given(chats())
def test_a_post_fits_or_is_flagged(chat: Chat) -> None:
    sheet = build(chat)
    for item in (*sheet.items, *sheet.reserve):
        assert item.weight == weighted_length(item.text)
        flagged = {problem.kind for problem in sheet.problems_of(item.key)}
        weight = item.weight
        if item in sheet.reserve and item.text.strip() and not re.match(r"Q\d+\b", item.text):
            # It is given a number when it is put in.
            weight += len(f"Q{len(chat.questions)} ")
        assert (ProblemKind.TOO_LONG in flagged) == (weight > MAX_WEIGHT)
        assert (ProblemKind.EMPTY in flagged) == (not item.text.strip())


@pytest.mark.parametrize("edited", [False, True])
def test_a_question_of_the_reserve_has_room_for_its_number(edited: bool) -> None:
    """Checked as on the page of the questions, also where its text was written here."""
    tag = "#UnionsPrécoces"
    for length, over in ((280 - 3, 0), (280 - 2, 1), (280, 3), (281, 4)):
        text = f"{'é' * (length - len(tag) - 1)} {tag}"
        spare = Question("r", "Quoi ?" if edited else text.removesuffix(f" {tag}"), essential=False)
        chat = a_chat(questions=(Question("a", "Où ?"), Question("b", "Et ?"), spare))
        if edited:
            chat = replace(chat, run_edits=(RunEdit("q:r", text=text),))
        found = [one for one in build(chat).problems_of("q:r") if one.kind is ProblemKind.TOO_LONG]
        assert found == ([RunProblem(ProblemKind.TOO_LONG, "q:r", over)] if over else [])


@given(chats(), st.data())
def test_a_moved_post_is_where_it_was_put_and_the_others_stay_in_order(
    chat: Chat, data: st.DataObject
) -> None:
    sheet = build(chat)
    item = data.draw(st.sampled_from(sheet.items or (None,)))
    if item is None:
        return
    index = data.draw(st.integers(-2, len(sheet.items) + 2))
    moved = build(run_sheet.moved_to(chat, sheet, item.key, index))
    at = max(0, min(index, len(sheet.items) - 1))
    assert moved.items[at].key == item.key
    rest = [one.key for one in moved.items if one.key != item.key]
    assert rest == [one.key for one in sheet.items if one.key != item.key]
    assert {one.key for one in moved.reserve} == {one.key for one in sheet.reserve}


@given(chats(), st.data())
def test_moving_there_and_back_changes_nothing_on_the_sheet(
    chat: Chat, data: st.DataObject
) -> None:
    sheet = build(chat)
    if not sheet.items:
        return
    index = data.draw(st.integers(0, len(sheet.items) - 1))
    key = sheet.items[index].key
    away = run_sheet.moved_to(chat, sheet, key, data.draw(st.integers(0, 20)))
    back = run_sheet.moved_to(away, build(away), key, index)
    assert back.questions == chat.questions
    assert build(back).items == sheet.items


@given(st.integers(-5, 90))
def test_a_post_dropped_on_a_minute_starts_nearest_to_it(minute: int) -> None:
    chat = a_chat()
    sheet = build(chat)
    dropped = build(run_sheet.at_offset(chat, sheet, "nudge1", minute))
    others = [item for item in sheet.items if item.key != "nudge1"]
    starts = {0} | {sum(item.minutes for item in others[:n]) for n in range(len(others) + 1)}
    best = min(abs(start - minute) for start in starts)
    assert abs(dropped.item("nudge1").offset - minute) == best


def test_the_hour_as_proposed() -> None:
    chat = a_chat()
    assert keys(chat) == [
        "welcome",
        "rules",
        "guests",
        "q:id1",
        "q:id2",
        "q:id3",
        "nudge1",
        "q:id5",
        "q:id6",
        "nudge2",
        "q:id7",
        "closing",
        "thanks",
    ]
    sheet = build(chat)
    assert sheet.problems == ()
    assert (sheet.minutes_used, sheet.overflow) == (52, 0)
    assert [item.key for item in sheet.reserve] == ["q:id4"]
    assert [item.key for item in sheet.removed] == ["nudge3"]
    assert sheet.item("q:id5").label == "Q4"
    assert sheet.item("nudge1").label == "nudge"
    assert "@sagefemme_ex, sage-femme à Dakar" in sheet.item("guests").text


def test_an_empty_chat_has_a_frame_and_says_what_is_blank() -> None:
    sheet = build(Chat(id="new"))
    assert [item.key for item in sheet.items] == ["welcome", "rules", "closing", "thanks"]
    assert {problem.kind for problem in sheet.problems} == {ProblemKind.BLANK}
    with pytest.raises(KeyError):
        sheet.item("guests")


def test_long_lines_on_guests_give_way_to_their_names() -> None:
    people = tuple(replace(person, bio="b" * 150) for person in a_chat().people)
    text = build(a_chat(people=people)).item("guests").text
    assert "– @sagefemme_ex\n– @prof_exemple" in text


def test_nudges_leave_when_the_hour_is_full_unless_asked_for() -> None:
    questions = [Question(f"q{n}", f"Quoi {n} ?") for n in range(8)]
    chat = a_chat(questions=(replace(questions[0], minutes=4), *questions[1:]))
    assert "nudge1" in keys(chat)
    assert "nudge2" not in keys(chat)
    assert build(chat).overflow == 0
    assert "nudge1" not in keys(run_sheet.without_item(chat, "nudge1"))
    assert "nudge2" not in keys(run_sheet.without_item(chat, "nudge1"))
    asked = run_sheet.with_item(chat, "nudge2")
    assert "nudge2" in keys(asked)
    assert build(asked).overflow == 2
    assert "nudge2" not in keys(run_sheet.without_item(asked, "nudge2"))
    assert keys(run_sheet.reset(asked, "nudge2")) == keys(chat)


def test_a_question_added_later_finds_its_place_in_an_order_that_was_changed() -> None:
    chat = a_chat()
    chat = run_sheet.moved_to(chat, build(chat), "rules", 0)
    chat = replace(chat, questions=(*chat.questions, Question("new", "Quoi ?")))
    found = keys(chat)
    assert found[:2] == ["rules", "welcome"]
    assert found.index("q:new") == found.index("q:id7") + 1
    assert keys(run_sheet.reset_order(chat))[:2] == ["welcome", "rules"]


def test_moving_a_question_renumbers_it_and_spare_ones_keep_their_place() -> None:
    chat = a_chat()
    sheet = build(chat)
    first = [item.key for item in sheet.items].index("q:id1")
    chat = run_sheet.moved_to(chat, sheet, "q:id7", first)
    ids = [question.id for question in chat.questions]
    assert ids == ["id7", "id1", "id2", "id4", "id3", "id5", "id6"]
    assert build(chat).item("q:id7").text.startswith("Q1 ")


def test_reordering_questions_elsewhere_is_followed() -> None:
    chat = a_chat()
    chat = run_sheet.moved_to(chat, build(chat), "rules", 0)
    chat = replace(chat, questions=tuple(reversed(chat.questions)))
    numbers = [item.number for item in build(chat).items if item.number]
    assert numbers == sorted(numbers)


def test_a_question_edited_within_its_frame_changes_everywhere() -> None:
    chat = run_sheet.with_item_text(a_chat(), "q:id1", "Q1 Quoi de neuf ? #UnionsPrécoces", FR)
    assert chat.questions[0].text == "Quoi de neuf ?"
    assert chat.run_edits == ()
    assert not build(chat).item("q:id1").edited


def test_a_question_rewritten_whole_stands_until_reset() -> None:
    chat = run_sheet.with_item_text(a_chat(), "q:id1", "Une question : quoi ? #UnionsPrécoces", FR)
    assert chat.questions == a_chat().questions
    assert build(chat).item("q:id1").edited
    assert run_sheet.reset(chat, "q:id1") == a_chat()


def test_typing_the_proposed_text_undoes_the_change() -> None:
    proposed = build(a_chat()).item("welcome").text
    chat = run_sheet.with_item_text(a_chat(), "welcome", "Bonsoir #UnionsPrécoces", FR)
    assert build(chat).item("welcome").text == "Bonsoir #UnionsPrécoces"
    assert build(chat).item("welcome").edited
    assert run_sheet.with_item_text(chat, "welcome", proposed, FR) == a_chat()


@given(st.sampled_from([*KEYS[:5], "closing", "thanks"]), st.text(max_size=30), st.integers(-9, 99))
@settings(max_examples=50)
def test_any_edit_is_undone_by_reset(key: str, text: str, minutes: int) -> None:
    chat = run_sheet.with_minutes(run_sheet.with_item_text(a_chat(), key, text, FR), key, minutes)
    item = build(chat).item(key)
    assert item.text == text
    assert item.minutes == max(1, min(minutes, 60))
    assert run_sheet.reset(chat, key) == a_chat()


def test_minutes_and_place_of_a_question_are_its_own() -> None:
    chat = run_sheet.with_minutes(a_chat(), "q:id1", 9)
    assert chat.questions[0].minutes == 9
    chat = run_sheet.without_item(chat, "q:id1")
    assert not chat.questions[0].essential
    assert build(chat).item("q:id1").text == full_text(chat, chat.questions[0], FR)
    assert not build(chat).item("q:id1").text.startswith("Q1")
    assert build(chat).item("q:id2").text.startswith("Q1 ")
    assert run_sheet.with_item(chat, "q:id1").questions[0].essential
    with pytest.raises(KeyError):
        run_sheet.without_item(chat, "q:gone")
    with pytest.raises(KeyError):
        run_sheet.moved_to(chat, build(chat), "q:id1", 0)


def test_a_post_taken_out_waits_to_be_brought_back() -> None:
    chat = run_sheet.without_item(a_chat(), "guests")
    assert "guests" not in keys(chat)
    assert "guests" in [item.key for item in build(chat).removed]
    assert run_sheet.with_item(chat, "guests") == a_chat()


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("welcome", "", RunProblem(ProblemKind.EMPTY, "welcome")),
        (
            "welcome",
            "#UnionsPrécoces " + "a" * 270,
            RunProblem(ProblemKind.TOO_LONG, "welcome", 6),
        ),
        ("welcome", "Bonsoir", RunProblem(ProblemKind.NO_TAG, "welcome")),
        ("welcome", "[sujet] #unionsprécoces", RunProblem(ProblemKind.BLANK, "welcome", "[sujet]")),
        (
            "welcome",
            "@inconnue #UnionsPrécoces",
            RunProblem(ProblemKind.STRANGER, "welcome", "inconnue"),
        ),
        (
            "q:id2",
            "Q5 Quoi ? #UnionsPrécoces !",
            RunProblem(ProblemKind.WRONG_NUMBER, "q:id2", 5),
        ),
    ],
)
def test_problems_of_a_text(key: str, text: str, expected: RunProblem) -> None:
    assert build(run_sheet.with_item_text(a_chat(), key, text, FR)).problems == (expected,)


def test_a_number_nobody_asks_by_is_taken_for_words() -> None:
    text = f"Q{'9' * 5000} #UnionsPrécoces"
    [problem] = build(run_sheet.with_item_text(a_chat(), "q:id2", text, FR)).problems
    assert problem.kind is ProblemKind.TOO_LONG


def test_the_same_text_twice_is_refused_by_x() -> None:
    chat = run_sheet.with_item_text(a_chat(), "welcome", "Bonsoir #UnionsPrécoces", FR)
    chat = run_sheet.with_item_text(chat, "closing", "bonsoir  #UnionsPrécoces", FR)
    assert build(chat).problems == (RunProblem(ProblemKind.DUPLICATE_TEXT, "closing", "welcome"),)


def test_guests_need_time_before_the_first_question() -> None:
    assert kinds(run_sheet.with_minutes(a_chat(), "guests", 3), "q:id1") == []
    chat = run_sheet.with_minutes(a_chat(), "guests", 2)
    assert build(chat).problems == (RunProblem(ProblemKind.TOO_CLOSE_TO_GUESTS, "q:id1", 2),)


def test_the_first_post_after_the_hour_is_named() -> None:
    chat = run_sheet.with_minutes(a_chat(), "q:id7", 19)
    assert build(chat).problems == (RunProblem(ProblemKind.DOES_NOT_FIT, "thanks", 1),)


def test_a_guest_who_has_not_accepted_is_flagged_where_named_by_hand() -> None:
    people = (Person("p", handle="pas_encore", invitation=Invitation.INVITED),)
    chat = a_chat(people=people)
    assert "guests" not in [item.key for item in build(chat).items], "nobody to present yet"
    text = "Avec nous : @pas_encore #UnionsPrécoces"
    found = build(run_sheet.with_item_text(chat, "welcome", text, FR)).problems_of("welcome")
    assert found == (RunProblem(ProblemKind.UNINVITED_MENTION, "welcome", "pas_encore"),)


def test_the_plan_for_the_outbox() -> None:
    chat = a_chat()
    sheet = build(chat)
    rows = run_sheet.plan(chat, sheet, Occasion.REHEARSAL, Route.REHEARSAL, START)
    assert [row.slot for row in rows] == [item.key for item in (*sheet.items, *sheet.reserve)]
    assert len({row.id for row in rows}) == len(rows)
    by_slot = {row.slot: row for row in rows}
    question = by_slot["q:id1"]
    assert question.due_at == START + timedelta(minutes=8)
    assert question.expires_at - question.due_at == timedelta(minutes=10)
    assert (question.label, question.state) == ("Q1", PostState.PLANNED)
    assert by_slot["closing"].expires_at - by_slot["closing"].due_at == timedelta(minutes=5)
    spare = by_slot["q:id4"]
    assert (spare.state, spare.due_at) == (PostState.DRAFT, by_slot["q:id5"].due_at)
    assert {row.occasion for row in rows} == {Occasion.REHEARSAL}


@pytest.mark.parametrize(
    ("spare", "slot_after"),
    [("id1", "q:id2"), ("id4", "q:id5"), ("id6", "q:id7")],
)
def test_a_question_in_reserve_has_the_time_of_the_question_after_it(
    spare: str, slot_after: str
) -> None:
    chat = run_sheet.without_item(a_chat(), f"q:{spare}")
    rows = run_sheet.plan(chat, build(chat), Occasion.LIVE, Route.ASSISTED, START)
    by_slot = {row.slot: row for row in rows}
    assert by_slot[f"q:{spare}"].due_at == by_slot[slot_after].due_at


def test_the_last_question_in_reserve_has_the_time_at_which_the_one_before_it_ends() -> None:
    chat = run_sheet.with_minutes(run_sheet.without_item(a_chat(), "q:id7"), "q:id6", 9)
    rows = run_sheet.plan(chat, build(chat), Occasion.LIVE, Route.ASSISTED, START)
    by_slot = {row.slot: row for row in rows}
    assert by_slot["q:id7"].due_at == by_slot["q:id6"].due_at + timedelta(minutes=9)


def test_with_every_question_in_reserve_they_have_the_time_of_the_end() -> None:
    questions = tuple(replace(one, essential=False) for one in a_chat().questions)
    chat = a_chat(questions=questions, minutes=45)
    rows = run_sheet.plan(chat, build(chat), Occasion.LIVE, Route.ASSISTED, START)
    spare = {row.due_at for row in rows if row.kind is PostKind.QUESTION}
    assert spare == {START + timedelta(minutes=45)}


def test_a_question_without_words_is_an_edit_of_its_post_and_not_of_the_question() -> None:
    chat = run_sheet.with_item_text(a_chat(), "q:id1", "Q1  #UnionsPrécoces", FR)
    assert chat.questions == a_chat().questions
    assert build(chat).item("q:id1").text == "Q1  #UnionsPrécoces"


def test_the_text_of_another_post_is_a_change_like_any_other() -> None:
    rules = build(a_chat()).item("rules").text
    chat = run_sheet.with_item_text(a_chat(), "welcome", rules, FR)
    assert build(chat).item("welcome").text == rules
    assert build(chat).item("welcome").edited


def test_a_post_without_text_is_not_planned() -> None:
    chat = run_sheet.with_item_text(a_chat(), "welcome", " ", FR)
    rows = run_sheet.plan(chat, build(chat), Occasion.LIVE, Route.ASSISTED, START)
    assert "welcome" not in {row.slot for row in rows}


def test_a_picture_and_a_way_of_its_own_go_with_the_row() -> None:
    picture = Picture("0f" * 32, "image/png", "Une école")
    chat = run_sheet.with_way(run_sheet.with_picture(a_chat(), "welcome", picture), "rules", True)
    sheet = run_sheet.build_run_sheet(chat, FR)
    assert sheet.item("welcome").picture == picture
    by_keys = run_sheet.plan(chat, sheet, Occasion.LIVE, Route.KEYS, START)
    ways = {row.slot: (row.route, row.picture) for row in by_keys}
    assert ways["welcome"] == (Route.KEYS, picture)
    assert ways["rules"] == (Route.ASSISTED, None)
    rehearsed = run_sheet.plan(chat, sheet, Occasion.REHEARSAL, Route.REHEARSAL, START)
    # A rehearsal goes the way the chat chose, post by post: "rules" opens a pretend page there.
    ways_there = {row.slot: row.route for row in rehearsed}
    assert ways_there.pop("rules") is Route.ASSISTED
    assert set(ways_there.values()) == {Route.REHEARSAL}


def test_a_description_with_a_blank_is_a_thing_to_fill_in() -> None:
    picture = Picture("0f" * 32, "image/png", "L’école de [ville]")
    sheet = run_sheet.build_run_sheet(run_sheet.with_picture(a_chat(), "welcome", picture), FR)
    [problem] = sheet.problems_of("welcome")
    assert (problem.kind, problem.value) == (ProblemKind.BLANK, "[ville]")


def test_the_proposed_text_comes_back_without_taking_the_picture_away() -> None:
    picture = Picture("0f" * 32, "image/png")
    chat = run_sheet.with_picture(a_chat(), "welcome", picture)
    edited = run_sheet.with_item_text(chat, "welcome", "Bonsoir !", FR)
    assert run_sheet.reset(edited, "welcome") == chat
    assert run_sheet.with_picture(chat, "welcome", None) == a_chat()


def test_what_is_put_in_drives_nothing_out() -> None:
    chat = run_sheet.without_item(a_chat(), "q:id2")
    tight = replace(chat, minutes=build(chat).minutes_used)
    before = {item.key for item in build(tight).items}
    assert "nudge1" in before
    dropped = {item.key for item in build(run_sheet.with_item(tight, "q:id2")).items}
    assert "nudge1" not in dropped, "by itself it would make room"
    after = build(run_sheet.put_in(tight, build(tight), "q:id2", FR))
    assert {item.key for item in after.items} == before | {"q:id2"}
    assert after.overflow, "an hour too long says so"

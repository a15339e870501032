"""The figures: counted from what was collected, nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Chat, Occasion, Question, Route
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.figures import (
    LONGEST_WINDOW,
    Figures,
    QuestionFigures,
    count,
)
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tests.domain.test_recap import START, chat, item, question
from tests.fakes.network import NETWORK


def at(minutes: float, author: str = "fatou", **marks: object) -> FeedPost:
    made = item(1, author, **marks)
    instant = START + timedelta(minutes=minutes)
    return replace(made, post=replace(made.post, id=f"{author}{minutes}", created_at=instant))


def sent(kind: PostKind, minute: int, **changes: object) -> OutboxPost:
    instant = START + timedelta(minutes=minute)
    made = OutboxPost(
        f"{kind}{minute}", "c", Occasion.LIVE, str(kind), kind, "", instant, instant,
        Route.KEYS, PostState.SENT, remote_id=f"x{minute}", changed_at=instant,
    )  # fmt: skip
    return replace(made, **changes)


def test_nothing_gives_nothing() -> None:
    figures = count(Chat(id="x"), [], [], NETWORK)

    assert figures == Figures()
    assert figures.busiest is None


def test_people_and_posts() -> None:
    posts = [
        at(1),
        at(2, "FATOU"),
        at(3, "awa_d"),
        at(4, "ORG"),
        at(5, "troll", hidden=True),
    ]
    figures = count(chat(), posts, [], NETWORK)

    assert (figures.participants, figures.guests) == (2, 1)
    assert (figures.posts, figures.own_posts) == (4, 1)
    assert sum(figures.minutes) == 3
    assert figures.newcomers is None


def test_newcomers_are_those_no_former_edition_saw() -> None:
    posts = [at(1), at(2, "awa_d"), at(3, "moussa")]

    assert count(chat(), posts, [], NETWORK, former_authors=["@Fatou", "other"]).newcomers == 2
    assert count(chat(), posts, [], NETWORK, former_authors=[]).newcomers == 3


def test_own_posts_are_those_sent_and_those_collected_once_each() -> None:
    collected = at(2, "org")
    collected = replace(collected, post=replace(collected.post, id="x2"))
    rows = [
        sent(PostKind.WELCOME, 0),
        sent(PostKind.RULES, 2),
        sent(PostKind.CLOSING, 58, state=PostState.UNKNOWN),
        sent(PostKind.REPOST, 5),
    ]
    figures = count(chat(), [collected], rows, NETWORK)

    assert (figures.own_posts, figures.posts, figures.participants) == (2, 2, 0)


def test_minutes_and_the_busiest_one() -> None:
    posts = [at(-0.5), at(0), at(5.2), at(5.9), at(30), at(30.5), at(60), at(75)]
    figures = count(chat(), posts, [], NETWORK)

    assert len(figures.minutes) == 60
    assert (figures.before, figures.after) == (1, 2)
    assert figures.minutes[0] == 1
    assert figures.busiest is not None
    assert figures.busiest.minute == 5
    assert figures.busiest.posts == 2
    assert figures.busiest.at == START + timedelta(minutes=5)


def test_the_organisers_own_posts_make_no_minute_lively() -> None:
    ours = [sent(PostKind.WELCOME, 5), sent(PostKind.RULES, 5.5), sent(PostKind.CLOSING, 58)]
    figures = count(chat(), [at(30)], ours, NETWORK)
    assert figures.minutes[5] == 0
    assert figures.busiest is not None
    assert (figures.busiest.minute, figures.busiest.posts) == (30, 1)
    alone = count(chat(), [], ours, NETWORK)
    assert sum(alone.minutes) == 0
    assert alone.busiest is None


def test_a_chat_held_at_another_hour_is_counted_when_it_was() -> None:
    posts = [at(-3000), at(-2995)]
    figures = count(chat(), posts, [], NETWORK)

    assert figures.begins_at == START - timedelta(minutes=3000)
    assert (figures.before, figures.after) == (0, 0)
    assert figures.minutes[0] == figures.minutes[5] == 1
    late = count(chat(starts_at=None), [at(0), at(100_000)], [], NETWORK)
    assert len(late.minutes) == LONGEST_WINDOW
    assert late.after == 1


def test_replies_and_questions() -> None:
    posts = [
        at(6, question_id="a"),
        at(7, "awa_d", question_id="a"),
        at(8, "org", question_id="a"),
        at(9, question_id="c"),
        at(9.5, question_id="gone"),
    ]
    rows = [
        question("a", changed_at=START + timedelta(minutes=5)),
        question("b", changed_at=START + timedelta(minutes=500)),
        question("c", PostState.FAILED),
    ]
    figures = count(chat(), posts, rows, NETWORK)

    assert figures.questions == (
        QuestionFigures("a", 1, 2, 5, "Première ?"),
        QuestionFigures("b", 2, 0, None, "Deuxième ?"),
        QuestionFigures("c", 3, 1, None, "3 ?"),
    )
    assert (figures.questions_asked, figures.questions_answered, figures.replies) == (3, 2, 3)


def test_reposts_are_those_x_told_of() -> None:
    one, other = at(1), at(2, hidden=True)
    posts = [replace(one, post=replace(one.post, reposts=4)),
             replace(other, post=replace(other.post, reposts=9))]  # fmt: skip

    assert count(chat(), posts, [], NETWORK).reposts == 4


def test_reposts_of_posts_entered_by_hand_are_not_known() -> None:
    one = at(1)
    entered = replace(one, post=replace(one.post, author_name=f"@{one.post.author}"))
    told = replace(at(2), post=replace(at(2).post, reposts=4))

    assert count(chat(), [entered], [], NETWORK).reposts is None
    assert count(chat(), [entered, told], [], NETWORK).reposts == 4
    assert count(chat(), [], [], NETWORK).reposts == 0


def test_one_number_with_the_organiser_and_one_without() -> None:
    figures = count(chat(), [at(1), at(2)], [question("a")], NETWORK)

    assert (figures.posts, figures.own_posts, figures.public_posts) == (3, 1, 2)


@given(
    st.lists(
        st.tuples(
            st.floats(-200, 400), st.sampled_from(["fatou", "awa_d", "org", "x"]), st.booleans()
        ),
        max_size=40,
    )
)
def test_every_post_shown_is_counted_once(said: list[tuple[float, str, bool]]) -> None:
    posts = [at(minute, author, hidden=hidden) for minute, author, hidden in dict.fromkeys(said)]
    unique = {(one.post.id, one.hidden): one for one in posts if not one.hidden}
    figures = count(chat(), list(unique.values()), [], NETWORK)

    assert figures.posts == len(unique)
    assert sum(figures.minutes) + figures.before + figures.after == figures.public_posts
    assert figures.participants <= figures.posts


@pytest.mark.parametrize(
    ("minute", "planned"), [(-60, True), (-60.1, False), (120, True), (120.1, False), (30, True)]
)
def test_the_planned_hour_is_shown_when_something_was_said_within_an_hour_of_it(
    minute: float, planned: bool
) -> None:
    figures = count(chat(), [at(minute)], [], NETWORK)
    assert (figures.begins_at == START) is planned
    assert len(figures.minutes) == 60
    # One post in sight of it is enough, whatever was said on other days.
    assert count(chat(), [at(-3000), at(minute)], [], NETWORK).begins_at == (
        START if planned else START - timedelta(minutes=3000)
    )


@pytest.mark.parametrize(
    ("minute", "before", "place", "after"),
    [(-0.01, 1, None, 0), (0, 0, 0, 0), (0.99, 0, 0, 0), (59.99, 0, 59, 0), (60, 0, None, 1)],
)
def test_a_post_is_counted_in_its_minute_or_before_or_after_the_hour(
    minute: float, before: int, place: int | None, after: int
) -> None:
    figures = count(chat(), [at(minute)], [], NETWORK)
    assert (figures.before, figures.after) == (before, after)
    assert [n for n, posts in enumerate(figures.minutes) if posts] == (
        [] if place is None else [place]
    )


@pytest.mark.parametrize(("minutes", "shown"), [(45, 45), (240, 240), (241, 240)])
def test_the_curve_is_as_long_as_the_chat_up_to_four_hours(minutes: int, shown: int) -> None:
    assert len(count(chat(minutes=minutes), [at(1)], [], NETWORK).minutes) == shown
    assert len(count(chat(minutes=minutes), [], [], NETWORK).minutes) == shown


@pytest.mark.parametrize(("last", "shown"), [(0, 60), (58, 60), (59, 60), (60, 61), (239, 240)])
def test_a_chat_held_at_another_hour_has_a_curve_as_long_as_it_lasted(
    last: int, shown: int
) -> None:
    figures = count(chat(starts_at=None), [at(0.5), at(last + 0.6)], [], NETWORK)
    assert figures.begins_at == START
    assert len(figures.minutes) == shown
    assert figures.minutes[last] >= 1
    assert (figures.before, figures.after) == (0, 0)


@pytest.mark.parametrize(
    ("minute", "shown"), [(-1, None), (0, 0), (59, 59), (60, None), (500, None)]
)
def test_the_minute_a_question_was_asked_is_told_inside_the_curve_only(
    minute: int, shown: int | None
) -> None:
    rows = [question("a", changed_at=START + timedelta(minutes=minute))]
    (found,) = count(chat(), [], rows, NETWORK).questions
    assert found.asked_minute == shown
    assert count(chat(starts_at=None), [], [], NETWORK).minutes == ()


def test_of_equally_lively_minutes_the_first_is_told() -> None:
    busiest = count(chat(), [at(7), at(3), at(9)], [], NETWORK).busiest
    assert busiest is not None
    assert (busiest.minute, busiest.posts) == (3, 1)


def test_a_question_without_a_number_stands_after_those_asked_by_one() -> None:
    spare = Question("s", "En réserve ?", essential=False)
    told = chat(questions=(spare, *chat().questions))
    posts = [at(1, question_id="s"), at(2, question_id="c"), at(3, question_id="a")]
    found = count(told, posts, [], NETWORK).questions
    assert [(one.question_id, one.number) for one in found] == [("a", 1), ("c", 3), ("s", None)]
    assert [one.text for one in found] == ["Première ?", "3 ?", "En réserve ?"]


def test_own_posts_without_a_link_are_counted_one_by_one() -> None:
    rows = [sent(PostKind.WELCOME, 0, remote_id=""), sent(PostKind.RULES, 2, remote_id="")]
    assert count(chat(), [], rows, NETWORK).own_posts == 2


def test_an_answer_published_for_a_guest_counts_as_the_guests() -> None:
    answer = sent(PostKind.GUEST_ANSWER, 5, guest_id="z", guest_name="Diop", question_id="a")
    again = replace(answer, id="again", remote_id="x9")
    collected = at(5, "org")
    collected = replace(collected, post=replace(collected.post, id="x5"))
    figures = count(chat(), [collected, at(6)], [answer, again], NETWORK)
    assert (figures.participants, figures.guests) == (2, 1)
    assert (figures.posts, figures.own_posts, figures.public_posts) == (3, 0, 3)
    assert [(one.question_id, one.replies) for one in figures.questions] == [("a", 3)]


def test_confidences_are_counted_apart_unless_they_are_hidden() -> None:
    told = [at(1, confided=True), at(2, "awa", confided=True, hidden=True), at(3, "moussa")]
    figures = count(chat(), told, [], NETWORK)
    assert (figures.confidences, figures.posts, figures.participants) == (1, 1, 1)


def test_a_question_is_answered_from_one_reply_on() -> None:
    asked = tuple(QuestionFigures(str(n), n, replies=n) for n in range(3))
    figures = Figures(questions=asked)
    assert (figures.questions_asked, figures.questions_answered, figures.replies) == (3, 2, 3)

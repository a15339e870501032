"""The figures: counted from what was collected, nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.figures import (
    LONGEST_WINDOW,
    Figures,
    Measure,
    MeasureChange,
    QuestionFigures,
    compare,
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
    unknown, known = count(chat(), [entered], [], NETWORK), count(chat(), [told], [], NETWORK)
    assert Measure.REPOSTS not in [one.measure for one in compare(unknown, known)]


def test_one_number_with_the_organiser_and_one_without() -> None:
    figures = count(chat(), [at(1), at(2)], [question("a")], NETWORK)

    assert (figures.posts, figures.own_posts, figures.public_posts) == (3, 1, 2)


def test_comparing_two_editions() -> None:
    changes = {
        one.measure: one for one in compare(Figures(participants=48), Figures(participants=32))
    }

    assert list(changes) == list(Measure)
    assert changes[Measure.PARTICIPANTS] == MeasureChange(Measure.PARTICIPANTS, 48, 32)
    assert changes[Measure.PARTICIPANTS].difference == 16
    assert changes[Measure.PARTICIPANTS].percent == 50
    assert changes[Measure.POSTS].percent is None


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

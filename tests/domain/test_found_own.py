"""The organiser's own posts on a pasted page: which rows of the outbox they confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.by_hand import CLOCKS_APART
from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.decisions import seen_out, taken_back
from tchat_desktop.domain.found_own import found_out, rows_found, same_words, says_something_else
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, Reason, left_at, told_at
from tchat_desktop.domain.x.post_ids import made_up_id
from tests.fakes.clock import START
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned

ACCOUNT = "VoixFilles_ex"
TEXT = "Q1 – Qu’est-ce qui « protège » ? #UnionsPrécoces"
NOW = START + timedelta(hours=2)
HANDED, UNKNOWN, SENT = PostState.HANDED_OVER, PostState.UNKNOWN, PostState.SENT


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def post(seconds: float, text: str = TEXT, author: str = ACCOUNT, number: int = 1) -> Post:
    post_id = made_up_id(at(seconds), number)
    link = f"https://x.com/{author}/status/{post_id}"
    return Post(post_id, author, "Voix", text, at(seconds), link, by_hand=True)


def opened(name: str = "q1", seconds: float = 0, text: str = TEXT, **changes: object) -> OutboxPost:
    """A row whose page was opened then."""
    row = planned(name, seconds, text=text, route=Route.ASSISTED, state=HANDED)
    return replace(row, changed_at=at(seconds), page="https://x.com/intent/post", **changes)  # type: ignore[arg-type]


def found(posts: Sequence[Post], *rows: OutboxPost, account: str = ACCOUNT) -> dict[str, str]:
    """The id of the post found for each row."""
    told = rows_found(posts, rows, account, NOW, NETWORK)
    return {row.id: seen.id for row, seen in told}


def test_a_post_confirms_the_row_whose_page_was_opened_before_it() -> None:
    row, seen = opened(), post(40)
    ((told, its),) = rows_found([seen], [row], ACCOUNT, NOW, NETWORK)
    made = found_out(told, its, NETWORK)
    assert made is not None
    assert (made.state, made.remote_id, made.url) == (SENT, seen.id, seen.url)
    # Its time is in its id.
    assert told_at(made, NETWORK) == at(40)


@pytest.mark.parametrize(
    "shown",
    [
        'Q1 - Qu\'est-ce qui "protège"? #UnionsPrécoces',
        "Q1 – Qu’est-ce qui «\u202fprotège\u202f» ?\n\n#UnionsPrécoces",
        f"{TEXT} https://t.co/abcDEF123",
        f"{TEXT} exemple.org/rapport-2026/l…",
        TEXT.upper(),
    ],
)
def test_x_may_change_blanks_quotes_and_links(shown: str) -> None:
    row = opened(text=f"{TEXT} https://www.exemple.org/rapport-2026/les-filles")
    assert found([post(9, shown)], row) == {"q1": post(9).id}


@pytest.mark.parametrize(
    "seen",
    [
        post(40, author="awa_ex"),
        post(40, "Q2 – Qu’est-ce qui « protège » ? #UnionsPrécoces"),
        post(-90),
        post(2 * 3600 + 90),
        post(40, ""),
        replace(post(40), id="12"),
    ],
    ids=["of another", "other words", "earlier", "to come", "no text", "no time"],
)
def test_any_other_post_confirms_nothing(seen: Post) -> None:
    assert found([seen], opened()) == {}


def test_without_an_account_nothing_is_believed() -> None:
    assert found([post(40)], opened(), account="") == {}
    assert found([post(40)], opened(), account="voixfilles_EX") != {}


@pytest.mark.parametrize(
    "row",
    [
        planned("q1", text=TEXT),
        replace(opened(), state=PostState.SKIPPED),
        replace(opened(), kind=PostKind.REPOST, target_id="5"),
        replace(opened(), state=SENT, reason=Reason.NONE, remote_id="77"),
        replace(opened(), state=SENT, reason=Reason.BY_HAND, remote_id="77"),
    ],
)
def test_rows_that_wait_for_no_word_stay(row: OutboxPost) -> None:
    assert found([post(40)], row) == {}


def test_a_doubtful_row_is_told_by_a_post_since_it_was_due() -> None:
    # It became doubtful when the answer did not come, which is after it left.
    row = replace(opened(), state=UNKNOWN, route=Route.KEYS, changed_at=at(60), page="")
    assert found([post(5)], row) == {"q1": post(5).id}
    assert found([post(-90)], row) == {}


def test_a_row_that_was_said_to_be_out_gets_its_link() -> None:
    row = replace(seen_out(opened(), None), changed_at=at(60))
    seen = post(40)
    assert found([post(-90)], row) == {}
    # Said too early, and published then.
    assert found([post(200)], row) == {"q1": post(200).id}
    ((told, its),) = rows_found([seen], [row], ACCOUNT, NOW, NETWORK)
    made = found_out(told, its, NETWORK)
    assert made == replace(row, remote_id=seen.id, url=seen.url)


def test_what_was_taken_back_can_be_told_again() -> None:
    doubtful = replace(opened(), state=UNKNOWN, route=Route.KEYS, page="")
    for row in (opened(), doubtful):
        back = taken_back(seen_out(row, None))
        assert back is not None
        assert found([post(40)], replace(back, changed_at=at(600))) == {"q1": post(40).id}


def test_of_the_same_words_each_page_has_its_own_post() -> None:
    first, second = opened("a", 0), opened("b", 600)
    assert found([post(40)], first, second) == {"a": post(40).id}
    assert found([post(640)], first, second) == {"b": post(640).id}
    both = {"a": post(40).id, "b": post(640).id}
    assert found([post(640), post(40)], second, first) == both
    # A page opened within the minute that clocks may differ by does not take the former's post.
    assert found([post(40)], first, opened("b", 70)) == {"a": post(40).id}


def test_a_post_that_is_a_rows_already_is_no_other_ones() -> None:
    sent = replace(opened("a"), state=SENT, remote_id=post(40).id)
    assert found([post(40)], sent, opened("b")) == {}


def test_a_reply_is_told_by_whom_it_answers() -> None:
    thanks = "Merci ! #UnionsPrécoces"
    awa = opened("a", 0, thanks, kind=PostKind.REPLY, target_id="1", target_author="awa_ex")
    zoe = opened("z", 5, thanks, kind=PostKind.REPLY, target_id="2", target_author="zoe_ex")
    shown = [post(60, f"@Awa_ex {thanks}"), post(70, f"@zoe_ex {thanks}", number=2)]
    assert found(shown, awa, zoe) == {"a": shown[0].id, "z": shown[1].id}
    assert found([post(60, f"@zoe_ex {thanks}")], awa) == {}
    # The row has the name in its text, the page shows it above.
    named = replace(awa, text=f"@awa_ex {thanks}")
    assert found([post(60, thanks)], named) == {"a": post(60).id}
    # What answers nobody is not told by an answer.
    assert found([post(60, f"@awa_ex {thanks}")], opened("b", 0, thanks)) == {}
    assert found([replace(post(60, thanks), in_reply_to="3")], awa, opened("b", 0, thanks)) == {}


def test_texts_without_words_are_never_the_same() -> None:
    assert not same_words("🎉🎉", "🎉🎉", NETWORK)
    assert not same_words("https://exemple.org/a", "https://exemple.org/a", NETWORK)


SECONDS = st.integers(-300, 3600)
WORDS = st.sampled_from(["Bonjour à toutes", "« Bonjour » à toutes !", "Q2 Que faire ?", "🎉"])
AUTHORS = st.sampled_from([ACCOUNT, ACCOUNT.lower(), "awa_ex", ""])


@st.composite
def some_posts(draw: st.DrawFn) -> list[Post]:
    made = draw(st.lists(st.tuples(SECONDS, WORDS, AUTHORS), max_size=6))
    return [post(when, text, who, number) for number, (when, text, who) in enumerate(made)]


@st.composite
def some_rows(draw: st.DrawFn) -> list[OutboxPost]:
    states = st.sampled_from([HANDED, UNKNOWN, SENT, PostState.PLANNED, PostState.EXPIRED])
    reasons = st.sampled_from([Reason.BY_HAND, Reason.NONE])
    made = draw(st.lists(st.tuples(SECONDS, WORDS, states, reasons, SECONDS), max_size=6))
    return [
        replace(
            opened(f"row {number}", when, text),
            state=state, reason=reason, changed_at=at(when + max(later, 0)),
        )
        for number, (when, text, state, reason, later) in enumerate(made)
    ]  # fmt: skip


@given(some_posts(), some_rows(), st.randoms())
def test_no_row_is_confirmed_by_what_is_not_its_post(
    posts: list[Post], rows: list[OutboxPost], chance: object
) -> None:
    told = rows_found(posts, rows, ACCOUNT, NOW, NETWORK)
    assert len({row.id for row, _ in told}) == len({seen.id for _, seen in told}) == len(told)
    for row, seen in told:
        assert seen.author.lower() == ACCOUNT.lower()
        assert same_words(row.text, seen.text, NETWORK)
        begun = row.due_at if row.state is UNKNOWN else left_at(row, NETWORK)
        assert begun - CLOCKS_APART <= seen.created_at <= NOW + CLOCKS_APART
        made = found_out(row, seen, NETWORK)
        assert made is not None
        assert (made.state, made.remote_id) == (SENT, seen.id)
    others = posts[:]
    chance.shuffle(others)  # type: ignore[attr-defined]
    assert found(others, *rows[::-1]) == found(posts, *rows)


@given(some_posts(), some_rows())
def test_a_page_pasted_again_confirms_nothing_more(
    posts: list[Post], rows: list[OutboxPost]
) -> None:
    made = {
        row.id: found_out(row, seen, NETWORK)
        for row, seen in rows_found(posts, rows, ACCOUNT, NOW, NETWORK)
    }
    after = [made.get(row.id) or row for row in rows]
    assert rows_found(posts, after, ACCOUNT, NOW, NETWORK) == []


ASKED = "Q3 Que dire, vous, aux parents qui ont peur du regard des voisins ? #UnionsPrécoces"
CHANGED = "Que dire, vous, aux parents qui ont peur du regard des voisins ? #UnionsPrécoces"


def test_a_text_that_was_changed_a_little_in_the_browser_is_found() -> None:
    row, seen = opened("own", text=ASKED), post(40, CHANGED)
    ((told, its),) = rows_found([seen], [row], ACCOUNT, NOW, NETWORK)
    made = found_out(told, its, NETWORK)
    assert made is not None
    assert (made.state, made.remote_id, made.text) == (SENT, seen.id, CHANGED)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(post(40, "Que dire à vos voisins ? #UnionsPrécoces"), id="other words"),
        pytest.param(post(40, CHANGED, author="voisine_ex"), id="of somebody else"),
        pytest.param(post(-40, CHANGED), id="before its page was opened"),
        pytest.param(post(1200, CHANGED), id="long after"),
        pytest.param(post(40, ASKED.replace("voisins", "9 voisins")), id="another number in it"),
    ],
)
def test_another_post_is_not_taken_for_a_changed_one(other: Post) -> None:
    assert found([other], opened("own", text=ASKED)) == {}


def test_a_changed_text_that_may_be_of_two_rows_is_of_none() -> None:
    rows = (opened("a", text=ASKED), opened("b", 5, text=ASKED + " Et vous"))
    assert found([post(40, CHANGED)], *rows) == {}
    two = (post(40, CHANGED), post(50, CHANGED + " Oui", number=2))
    assert found(two, rows[0]) == {}
    # The same words go before words that are nearly the same.
    exact = post(60, ASKED, number=3)
    assert found((two[0], exact), rows[0]) == {rows[0].id: exact.id}


def test_the_text_stays_where_a_page_shows_less_of_it() -> None:
    linked = ASKED.replace("Q3", "Q3 https://exemple.org/une-page")
    for row, text in (
        (opened("own", text=linked), CHANGED),
        (opened("own", text=ASKED), CHANGED[:-10] + "…"),
        (opened("own", text=ASKED), ASKED.replace(" ?", "?")),
    ):
        made = found_out(row, post(40, text), NETWORK)
        assert made is not None
        assert made.text == row.text


@pytest.mark.parametrize(
    ("shown", "other"),
    [
        ("2/8 La loi protège.", False),
        ("2/8 La loi…", False),
        ("2/8 La loi protège ! https://t.co/abc", False),
        ("Ce soir, on parle des cantines.", True),
        ("Ce soir…", True),
    ],
)
def test_another_text_under_a_link_is_noticed(shown: str, other: bool) -> None:
    assert says_something_else(shown, "2/8 La loi protège.", NETWORK) is other

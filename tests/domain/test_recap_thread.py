"""The thread that is proposed for a recap: it fits, it is numbered, and it names nobody hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import Chat, OwnText, Question, RecapDraft, ThreadPost
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.recap_thread import (
    LEAST,
    ThreadProblem,
    proposed_thread,
    texts_published,
    thread_problems,
)
from tchat_desktop.domain.thread_writing import MOST
from tests.domain.chats import START, a_chat
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

texts_of = cache(load_texts)
FIGURES = "31 personnes ont partagé 83 messages autour de #UnionsPrécoces."
LINK = "https://fillesdebout.example/resume"
QUESTION = {one.id: one.text for one in a_chat().questions}


def said(number: int, question_id: str = "id1", **changes: object) -> FeedPost:
    text = f"R1 À l’école, avec les parents ({number}). #UnionsPrécoces https://exemple.org"
    post = Post(str(number), f"awa_{number}", f"Awa {number}", text, START + timedelta(minutes=1))
    told = {
        name: changes.pop(name) for name in ("author", "author_name", "text") if name in changes
    }
    marks = {"starred": True, "question_id": question_id, **changes}
    return FeedPost(replace(post, **told), **marks)  # type: ignore[arg-type]


def thread(chat: Chat, *posts: FeedPost, figures: str = FIGURES) -> list[str]:
    recap = build_recap(chat, posts, (), NETWORK)
    made = proposed_thread(chat, recap, texts_of(chat.language), figures)
    return list(texts_published(made))


def test_a_thread_opens_with_the_figures_tells_each_question_and_thanks() -> None:
    chat = a_chat(recap=RecapDraft(conclusion="Le mois prochain, avec les pères.", page_link=LINK))
    opening, first, third, thanks = thread(chat, said(1), said(3, "id3"))
    assert opening == (
        f"1/4 Mariage des enfants : agir à Dakar\n{FIGURES}\nTout le résumé\u00a0: {LINK}"
    )
    quote = "«\u00a0À l’école, avec les parents (1).\u00a0» – Awa 1"
    assert first == f"2/4 Q1 {QUESTION['id1']}\n\n{quote}"
    assert third.startswith(f"3/4 Q3 {QUESTION['id3']}")
    assert thanks == (
        "4/4 Merci à toutes les personnes qui ont écrit, lu et partagé\u00a0!\n"
        "Avec nous\u00a0: Awa et Idy\n"
        "Le mois prochain, avec les pères.\nÀ la prochaine, avec #UnionsPrécoces"
    )


def test_without_an_address_no_line_speaks_of_one_and_the_tag_is_there_once() -> None:
    chat = a_chat()
    assert thread(chat, said(1), figures="")[0] == (
        "1/3 Mariage des enfants : agir à Dakar\n#UnionsPrécoces"
    )
    assert all(text.count("#") <= 1 for text in thread(chat, said(1), said(2, "id2")))


def test_the_first_highlight_that_may_be_quoted_is_and_the_organisers_order_counts() -> None:
    chat = a_chat(recap=RecapDraft(order=("2", "1")))
    assert "Awa 2" in thread(chat, said(1), said(2))[1]
    hidden = a_chat(recap=RecapDraft(order=("2", "1"), hidden_authors=("awa_2",)))
    told = thread(hidden, said(1), said(2))
    assert "Awa 1" in told[1]
    assert not any("Awa 2" in text for text in told)
    by_initials = a_chat(recap=RecapDraft(order=("2", "1"), initialled_authors=("awa_2",)))
    assert thread(by_initials, said(1), said(2)) == told


@pytest.mark.parametrize(
    "post",
    [
        said(1, text="Aïcha, 12 ans, ne va plus à l’école."),
        said(1, text="Voir [lien] et appeler"),
        said(1, text="#UnionsPrécoces https://exemple.org"),
        said(1, confided=True),
    ],
)
def test_what_may_harm_or_says_nothing_is_not_quoted(post: FeedPost) -> None:
    told = thread(a_chat(), post, said(2, "id2"), said(3, "id3"))
    assert not any("Awa 1" in text for text in told)


def test_nobody_is_mentioned_and_no_other_tag_is_brought_along() -> None:
    post = said(1, text="Merci @ministere et @maire ! #autre @x", author_name="@Awa #1")
    told = thread(a_chat(), post)
    assert "Merci ministere et maire ! autre x" in told[1]
    assert told[1].endswith("– Awa 1")
    assert not any(NETWORK.mentions(text) for text in told)


def test_a_question_nobody_answered_comes_only_where_the_thread_would_be_short() -> None:
    chat = a_chat()
    rows_of_three = [said(n, f"id{n}") for n in (1, 2, 3)]
    assert len(thread(chat, *rows_of_three, said(9, "id5", starred=False))) == 5
    few = thread(chat, said(1), said(9, "id5", starred=False))
    assert len(few) == LEAST
    assert few[2] == f"3/4 Q4 {QUESTION['id5']}"


def test_what_was_said_to_no_question_fills_a_short_thread() -> None:
    told = thread(a_chat(), said(1, ""), said(2, ""), said(3, ""))
    assert len(told) == LEAST
    more = thread(a_chat(), said(1, "id2"), said(2, "id2"), said(3, ""))
    assert [text[-5:] for text in more[1:3]] == ["Awa 1", "Awa 2"]
    assert told[1] == "2/4 «\u00a0À l’école, avec les parents (1).\u00a0» – Awa 1"


def test_of_many_questions_those_with_the_most_answers_are_told_in_their_order() -> None:
    questions = tuple(Question(f"id{n}", f"Question {n} ?") for n in range(20))
    posts = [said(100 + n, f"id{n}") for n in range(20)]
    busy = [said(500 + n, f"id{n}", starred=False) for n in range(5, 13)]
    told = thread(a_chat(questions=questions), *posts, *busy)
    assert len(told) == MOST
    assert [text.split()[2:4] for text in told[1:-1]] == [
        ["Question", str(n)] for n in range(5, 13)
    ]


def test_a_ready_made_text_that_was_changed_is_used_and_cut_where_it_is_too_long() -> None:
    own = OwnText("fr", "thread.thanks", "Merci, " + "vraiment " * 60 + "{tag}")
    told = thread(a_chat(own_texts=(own,)), said(1))
    assert told[-1].startswith("3/3 Merci, vraiment")
    assert NETWORK.remaining(told[-1]) >= 0


PIECES = [*"aéZ9.?!…’–\n\u00a0«»@#/", "👩🏽‍🏫", "漢", "لا ", "https://a.example/é ", "bénédicte "]
WORDS = st.lists(st.sampled_from(PIECES), max_size=300).map("".join)


@st.composite
def posts(draw: st.DrawFn) -> list[FeedPost]:
    size = draw(st.integers(0, 25))
    return [
        said(
            number,
            draw(st.sampled_from(["", *QUESTION])),
            text=draw(WORDS),
            author_name=draw(WORDS),
            starred=draw(st.booleans()),
        )
        for number in range(size)
    ]


@given(
    posts(),
    st.sampled_from([one.code for one in LANGUAGES]),
    WORDS,
    WORDS,
    WORDS,
    st.sampled_from(["", LINK]),
)
def test_each_post_fits_is_numbered_and_names_nobody_hidden(
    collected: list[FeedPost],
    language: str,
    topic: str,
    asked: str,
    conclusion: str,
    link: str,
) -> None:
    hidden = [one.post.author for one in collected[::2]]
    questions = tuple(Question(one, f"{asked} {one} ?") for one in QUESTION)
    chat = a_chat(
        language=language,
        topic=topic,
        questions=questions,
        recap=RecapDraft(conclusion=conclusion, hidden_authors=tuple(hidden), page_link=link),
    )
    told = thread(chat, *collected)
    mask = NameMask.over(chat, collected, NETWORK)
    assert 2 <= len(told) <= MOST
    for place, text in enumerate(told, 1):
        assert text.startswith(f"{place}/{len(told)} ")
        assert NETWORK.remaining(text) >= 0
        assert not NETWORK.fits_post_but_no_page(text, reply=True)
        assert not NETWORK.mentions(text)
        assert mask.text(text) == text
        assert not any(
            f"awa_{one}" in fold(text) for one in range(0, 25, 2) if f"awa_{one}" in hidden
        )


@pytest.mark.parametrize(
    ("text", "by_page", "found"),
    [
        ("1/2 Merci à toutes #UnionsPrécoces", True, ()),
        ("1/2  ", False, (ThreadProblem.EMPTY,)),
        ("1/2 #UnionsPrécoces", False, (ThreadProblem.EMPTY,)),
        ("1/2 " + "a" * 280, False, (ThreadProblem.TOO_LONG,)),
        ("1/2 " + "👨‍👩‍👧‍👦" * 40, True, (ThreadProblem.NO_PAGE,)),
        ("1/2 " + "👨‍👩‍👧‍👦" * 40, False, ()),
        ("1/2 Voir [lien]", False, (ThreadProblem.BLANK,)),
        ("1/2 Merci à Awa 7", False, (ThreadProblem.HIDDEN,)),
        ("1/2 Merci à @un @deux @trois", False, (ThreadProblem.MENTIONS,)),
    ],
)
def test_what_is_wrong_with_a_post_is_said(
    text: str, by_page: bool, found: tuple[ThreadProblem, ...]
) -> None:
    chat = a_chat(recap=RecapDraft(hidden_authors=("awa_7",)))
    mask = NameMask.over(chat, [said(7)], NETWORK)
    assert thread_problems(text, mask, NETWORK, by_page=by_page, tag="UnionsPrécoces") == found


def test_a_thread_of_one_post_has_no_number() -> None:
    assert texts_published([ThreadPost("a", " Merci ! ")]) == ("Merci !",)

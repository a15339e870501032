"""The law: what somebody confided counts in nothing that others see, unless it is harmless."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.adapters.exports.figures_csv import figures_csv, posts_csv
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.doubts import posts_shown
from tchat_desktop.domain.figures import count
from tchat_desktop.domain.recap import Recap, build_recap
from tchat_desktop.domain.report import build_report
from tchat_desktop.domain.signals import countable, is_confidence
from tchat_desktop.domain.thanks import participants
from tests.adapters.exports.sample import STATIONERY
from tests.domain.test_recap import chat, item, question
from tests.fakes.network import NETWORK

CONFIDED = (
    "R3 J’ai 15 ans et on veut me marier cet été.",
    "R1 Mon oncle me bat, je ne sais pas à qui parler.",
)
SAID = "R1 Le maire doit lire la loi à voix haute."
HANDLES = st.sampled_from(["fatou", "moussa", "lectrice"])
QUESTIONS = st.sampled_from(["a", "b", "c", ""])


def confided(number: int, author: str = "lectrice", **marks: object) -> FeedPost:
    marks = {"starred": False, **marks}
    return item(number, author, CONFIDED[number % len(CONFIDED)], **marks)


@st.composite
def hours(draw: st.DrawFn) -> tuple[list[FeedPost], list[FeedPost]]:
    """What was said in an hour, and the same with confidences anywhere between."""
    plain, whole = [], []
    for number in range(draw(st.integers(0, 8))):
        author, asked = draw(HANDLES), draw(QUESTIONS)
        if draw(st.booleans()):
            whole.append(confided(number, author, question_id=asked))
        else:
            said = item(number, author, SAID, question_id=asked, starred=draw(st.booleans()))
            plain.append(said)
            whole.append(said)
    return plain, whole


def public(recap: Recap) -> Recap:
    """Less the one figure that is for the organiser alone."""
    return replace(recap, figures=replace(recap.figures, confidences=0))


@given(hours())
def test_nothing_others_see_tells_that_anybody_confided(
    hour: tuple[list[FeedPost], list[FeedPost]],
) -> None:
    plain, whole = hour
    asked = [question("a"), question("c")]
    without, told = (
        build_recap(chat(), plain, asked, NETWORK),
        build_recap(chat(), whole, asked, NETWORK),
    )

    assert public(told) == without
    assert told.figures.confidences == len(whole) - len(plain)
    assert recap_page(told, STATIONERY) == recap_page(without, STATIONERY)
    assert recap_markdown(told, STATIONERY) == recap_markdown(without, STATIONERY)
    assert participants(chat(), whole, asked, NETWORK) == participants(
        chat(), plain, asked, NETWORK
    )
    assert posts_csv(chat(), whole, STATIONERY) == posts_csv(chat(), plain, STATIONERY)
    assert posts_shown(chat(), whole, asked, NETWORK) == posts_shown(chat(), plain, asked, NETWORK)
    reports = (build_report(chat(), posts, asked, NETWORK) for posts in (whole, plain))
    tables = (figures_csv(chat(), one, STATIONERY) for one in reports)
    assert len(set(tables)) == 1


@pytest.mark.parametrize("number", [1, 2])
def test_what_the_organiser_finds_harmless_counts(number: int) -> None:
    told = confided(number)

    assert is_confidence(told, chat())
    assert countable(chat(), [told]) == []
    assert countable(chat(), [replace(told, harmless=True)]) == [replace(told, harmless=True)]
    assert count(chat(), [replace(told, harmless=True)], [], NETWORK).participants == 1


def test_guests_and_the_organising_account_are_believed() -> None:
    assert not is_confidence(confided(1, "awa_d"), chat())
    assert not is_confidence(confided(1, "ORG"), chat())


def test_an_answer_that_only_a_child_gave_is_no_answer() -> None:
    figures = count(chat(), [confided(1, question_id="a")], [question("a")], NETWORK)

    assert (figures.participants, figures.public_posts, figures.replies) == (0, 0, 0)
    assert (figures.questions_asked, figures.questions_answered) == (1, 0)

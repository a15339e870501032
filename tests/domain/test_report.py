"""The report: what was hoped for, what was shared, what was asked, and how it was counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Invitation, Person, Role
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.editions import Measure
from tchat_desktop.domain.etiquette import ShareVerdict
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.domain.post_languages import LanguageCount
from tchat_desktop.domain.recap import with_hidden
from tchat_desktop.domain.report import MOST_SHARED, ChatReport, Goal, build_report
from tests.adapters.exports.sample import START, chat, post, row
from tests.fakes.network import NETWORK


def report(told: Chat, posts: list[FeedPost], rows: list[OutboxPost] | None = None) -> ChatReport:
    return build_report(told, posts, rows or [], NETWORK)


def shared(number: int, reposts: int, author: int = 3, text: str = "Oui.") -> FeedPost:
    made = post(number, author, text)
    return replace(made, post=replace(made.post, reposts=reposts))


def test_what_was_hoped_for_stands_beside_what_came() -> None:
    told = chat(hoped_participants=30, hoped_replies=2)
    found = report(told, [post(1, 3, question_id="q1"), post(2, 4, question_id="q1")])
    assert found.goals == (
        Goal(Measure.PARTICIPANTS, 30, 2),
        Goal(Measure.REPLIES, 2, 2),
    )
    assert [one.is_reached for one in found.goals] == [False, True]
    assert report(chat(), [post(1)]).goals == ()


def test_the_most_shared_come_first_and_those_not_shared_not_at_all() -> None:
    posts = [shared(number, number % 8) for number in range(10)]
    found = report(chat(), posts).most_shared
    assert [one.reposts for one in found] == [7, 6, 5, 4, 3]
    assert len(found) == MOST_SHARED
    assert report(chat(), [shared(1, 0)]).most_shared == ()


def test_who_is_hidden_is_not_among_the_most_shared_and_is_masked_in_the_others() -> None:
    told = chat()
    told = replace(told, recap=with_hidden(told.recap, "moussa_ex", hidden=True))
    posts = [shared(1, 90), shared(2, 4, 4, "Bravo @moussa_ex, dit Moussa B."), shared(3, 2, 5)]
    found = report(told, posts).most_shared
    assert [one.reposts for one in found] == [4, 2]
    assert "moussa" not in repr(found).casefold()
    assert found[0].text.count("[…]") == 2


@pytest.mark.parametrize("marks", [{"hidden": True}, {"confided": True}])
def test_what_is_not_counted_is_not_among_the_most_shared(marks: dict[str, bool]) -> None:
    assert report(chat(), [replace(shared(1, 9), **marks)]).most_shared == ()


def test_reposts_that_x_did_not_tell_rank_nobody() -> None:
    by_hand = shared(1, 9)
    by_hand = replace(by_hand, post=replace(by_hand.post, by_hand=True))
    assert report(chat(), [by_hand]).most_shared == ()


def test_questions_of_the_public_are_answered_by_a_reply_or_by_our_word() -> None:
    asks = [post(number, 3, "Où trouver de l’aide ?", question_id="") for number in range(1, 5)]
    asks[1] = replace(asks[1], answered=True)
    # A guest who asks for effect, and ourselves, wait for no answer.
    asks.append(post(5, 0, "Et vous, qu’en pensez-vous ?", question_id=""))
    welcome, real = (
        row(1, 20, id=f"r{number}", slot=f"r{number}", kind=PostKind.REPLY, question_id="",
            target_id=asks[number - 1].post.id, remote_id=str(5000 + number))
        for number in (1, 3)
    )  # fmt: skip
    found = build_report(
        chat(), asks, [welcome, real], NETWORK, answers=lambda reply: reply is not welcome
    )
    assert (found.asked_by_public.asked, found.asked_by_public.answered) == (4, 2)


def test_the_promotional_share_is_told_of_our_own_posts_alone() -> None:
    rows = [
        row(1, 4, text="Q1 Et la loi ?"),
        row(2, 9, text="Q2 Filles d’abord vous écoute"),
        row(3, 14, text="Suivez @fillesdabord_ex"),
        row(4, 19, text="Inscrivez-vous : https://example.org/venir?x=1"),
        row(5, 24, kind=PostKind.REPOST, text="Filles d’abord"),
    ]
    public = post(1, 3, "Merci Filles d’abord, merci @fillesdabord_ex")
    told = report(chat(registration_link="example.org/venir"), [public], rows)
    assert (told.promotion.promotional, told.promotion.total) == (3, 4)
    assert told.promotion.total == told.figures.own_posts
    assert told.promotion.verdict is ShareVerdict.TOO_MUCH


def test_languages_are_those_of_the_public() -> None:
    posts = [post(1, 3, "La loi est dans les textes"), post(2, 4, "The law is for the girls")]
    ours = replace(post(3).post, author="fillesdabord_ex", text="Les filles et la loi")
    found = report(chat(), [*posts, FeedPost(ours)]).languages
    assert sorted(found, key=lambda one: one.code) == [
        LanguageCount("en", 1),
        LanguageCount("fr", 1),
    ]


def test_the_method_tells_how_each_post_of_the_public_came() -> None:
    by_link = replace(post(2, 4, minute=30).post, by_hand=True, text="")
    guest = Person("off", Role.GUEST, "Adja", no_account=True, invitation=Invitation.ACCEPTED)
    told = chat()
    told = replace(told, people=(*told.people, guest))
    answer = row(1, 40, id="g", slot="g", guest_id="off", guest_name="Adja",
                 kind=PostKind.GUEST_ANSWER, text="R1 Nous aussi.", remote_id="77")  # fmt: skip
    found = report(told, [post(1, 3, minute=-5), FeedPost(by_link)], [answer])
    method = found.method
    assert (method.from_x, method.by_hand, method.for_guests) == (1, 1, 1)
    assert method.from_x + method.by_hand + method.for_guests == found.figures.public_posts
    assert method.without_text == 1
    assert method.first_at == START - timedelta(minutes=5)
    assert method.last_at == START + timedelta(minutes=40)
    assert report(chat(), []).method.first_at is None


def test_the_team_is_told_among_the_participants() -> None:
    told = chat()
    fatou = replace(post(1).post, author="Fatou_ex", author_name="Fatou")
    figures = report(told, [FeedPost(fatou), post(2, 3)]).figures
    assert (figures.participants, figures.team) == (2, 1)
    assert report(told, [post(2, 3)]).figures.team == 0

"""A figure is the same number on every screen and in every file: drawn chats, all places read."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tchat_desktop.adapters.exports.figures_csv import figures_csv, posts_csv
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.domain.chat import Chat, Invitation, Person, RecapDraft, Role
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.echoes import echoes
from tchat_desktop.domain.figures import count
from tchat_desktop.domain.guest_answers import with_guest_answers
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.recap_reading import posts_to_choose_from
from tchat_desktop.domain.report import build_report
from tchat_desktop.domain.thanks import participants
from tchat_desktop.ui.models.feed import FeedModel
from tchat_desktop.ui.pages.report.report_words import figure_words
from tchat_desktop.wording.i18n import ngettext
from tests.adapters.exports.html_check import Page
from tests.adapters.exports.sample import PEOPLE, START, STATIONERY, chat, post, row
from tests.fakes.network import NETWORK

OFF_X = Person("off", Role.GUEST, "Adja", no_account=True, invitation=Invitation.ACCEPTED)
OURS = ("Filles d’abord", "fillesdabord_ex")


def told(**changes: object) -> Chat:
    made = chat(recap=RecapDraft(), **changes)
    return replace(made, people=(*made.people, OFF_X))


def ours(number: int) -> FeedPost:
    """A question of ours, as it was collected."""
    made = post(number, question_id="")
    return replace(made, starred=False, post=replace(
        made.post, id=str(2_000_000_000_000_000 + number), author=OURS[1], author_name=OURS[0]
    ))  # fmt: skip


def answer_for_guest(question: int) -> OutboxPost:
    return row(question, 8 + question, id=f"g{question}", slot=f"g{question}", guest_id="off",
               guest_name="Adja", kind=PostKind.GUEST_ANSWER, text="R1 Chez nous aussi.",
               remote_id=str(3_000_000_000_000_000 + question))  # fmt: skip


POST = st.builds(
    lambda author, question, minute, marks: (author, question, minute, marks),
    st.integers(0, len(PEOPLE) - 1),
    st.sampled_from(["", "q1", "q2", "q3"]),
    st.integers(-20, 90),
    st.sampled_from([{}, {}, {}, {"hidden": True}, {"confided": True}, {"starred": False}]),
)


@given(
    drawn=st.lists(POST, max_size=12),
    own=st.integers(0, 3),
    guests=st.integers(0, 2),
    account=st.sampled_from([OURS[1], ""]),
)
@settings(
    max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
def test_every_place_tells_the_same(
    drawn: list[tuple[int, str, int, dict[str, bool]]], own: int, guests: int, account: str
) -> None:
    held = told(account=account)
    posts = [
        post(number, author, "Oui.", minute, question_id=question, **marks)
        for number, (author, question, minute, marks) in enumerate(drawn)
    ]
    posts += [ours(number) for number in range(1, own + 1)]
    rows = [row(number, 4 * number) for number in range(1, 4)]
    rows += [answer_for_guest(number) for number in range(1, guests + 1)]
    figures = count(held, posts, rows, NETWORK)
    recap = build_recap(held, posts, rows, NETWORK)
    said = with_guest_answers(held, posts, rows, NETWORK)
    report = build_report(held, posts, rows, NETWORK)

    assert recap.figures == figures
    # Every post is somewhere: the public's, ours, or left out and told apart.
    assert figures.own_posts == 3, "collected or not, each of ours counts once"
    collected = len(posts) - own + guests
    assert figures.public_posts + figures.hidden + figures.confidences == collected
    assert figures.before + sum(figures.minutes) + figures.after == figures.public_posts

    choosable = posts_to_choose_from(held, said, rows)
    assert len(choosable) == figures.public_posts
    for question in figures.questions:
        replies = sum(one.question_id == question.question_id for one in choosable)
        assert replies == question.replies
        model = FeedModel(held, NETWORK)
        model.add(posts, wait=False)
        model.show_rows(rows, echoes(rows))
        while model.is_busy:
            model.go_on()
        assert model.answers_to(question.question_id) == question.replies
    for section in recap.sections:
        asked = {one.question_id: one.replies for one in figures.questions}
        assert section.replies == asked.get(section.id, 0)

    people = participants(held, posts, rows, NETWORK)
    assert sum(one.posts for one in people) == figures.public_posts
    assert sum(one.posts > 0 for one in people) == figures.participants
    assert sum(one.posts > 0 and one.is_guest for one in people) == figures.guests
    assert figures.guests == 0 or len(recap.guests) == figures.guests

    big = {label: number for number, label, _how in figure_words(figures)}
    label = ngettext("post by the public", "posts by the public", figures.public_posts)
    assert big[label] == str(figures.public_posts)
    page = " ".join(Page(recap_page(recap, STATIONERY)).visible.split())
    words = recap_markdown(recap, STATIONERY).replace("*", "")
    table = list(csv.reader(io.StringIO(figures_csv(held, report, STATIONERY).decode("utf-8-sig")),
                            delimiter=";"))  # fmt: skip
    cells = {line[0]: line[1] for line in table}
    labels = STATIONERY.labels("fr")
    assert cells[labels("csv_public_posts")] == str(figures.public_posts)
    assert cells[labels("csv_participants")] == str(figures.participants)
    assert cells[labels("csv_guests")] == str(figures.guests)
    assert cells[labels("csv_own_posts")] == str(figures.own_posts)
    for number, key in (
        (figures.public_posts, "posts"), (figures.participants, "participants"),
    ):  # fmt: skip
        if number:
            said_so = f"{number} {labels.many(key, number)}"
            assert said_so in words
            shown = labels.many(key, number)
            assert re.search(rf"{shown}(?: {labels.many('own_posts', 3)}| dont \d invité·es?)?"
                             rf" ?{number}\b", page)  # fmt: skip
    lines = posts_csv(held, posts, STATIONERY, rows).decode("utf-8-sig")
    shown = len(list(csv.reader(io.StringIO(lines), delimiter=";"))) - 1
    assert shown == figures.posts, "collected or not, ours are there"


@pytest.mark.parametrize("account", ["", "fillesdabord_ex"])
def test_ones_own_organisation_is_not_thanked(account: str) -> None:
    held = told(account=account)
    people = participants(held, [ours(1), post(2, 3)], [row(1, 4)], NETWORK)
    assert OURS[1] not in {one.handle for one in people}
    nameless = replace(held, organisation="")
    people = participants(nameless, [ours(1), post(2, 3)], [row(1, 4)], NETWORK)
    assert OURS[1] not in {one.handle for one in people}, "its post left from here"


def test_the_liveliest_minute_is_within_the_hour_as_it_was_held() -> None:
    """Held on another day than planned, with a crowd that came afterwards."""
    late = timedelta(days=1)
    closed = START + late + timedelta(minutes=20)
    rows = [
        row(1, 0, changed_at=START + late),
        row(2, 20, kind=PostKind.CLOSING, changed_at=closed),
    ]
    during = [post(number, 3, minute=24 * 60 + 5) for number in range(2)]
    after = [post(10 + number, 3, minute=24 * 60 + 75) for number in range(5)]
    figures = count(told(), during + after, rows, NETWORK)
    assert figures.busiest is not None
    assert (figures.busiest.at, figures.busiest.posts) == (START + late + timedelta(minutes=5), 2)
    assert figures.after == 5

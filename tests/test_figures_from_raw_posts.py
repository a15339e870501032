"""Each figure is counted anew from the raw posts of made-up hours, and is what is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tchat_desktop.adapters.exports.recap_page import proposed_introduction
from tchat_desktop.domain.chat import Chat, Invitation, Person, RecapDraft, Role
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.report import ChatReport, build_report
from tchat_desktop.ui.pages.report.detail_words import details, method_words
from tchat_desktop.ui.pages.report.report_words import figure_words, minute_table
from tests.adapters.exports.sample import PEOPLE, START, STATIONERY, chat, post, row
from tests.fakes.network import NETWORK

OURS = "fillesdabord_ex"
CO_HOST = "fatou_ex"
AUTHORS = (*(handle for _name, handle in PEOPLE), CO_HOST, OURS)
GUESTS = {"ndeye_exemple", "sagefemme_ex", "pas_venu_ex"}
HIDDEN = "moussa_ex"
OFF_X = Person("off", Role.GUEST, "Adja", no_account=True, invitation=Invitation.ACCEPTED)


@dataclass(frozen=True)
class Hour:
    """A made-up hour: posts as X would give them, and what left from here."""

    chat: Chat
    posts: list[FeedPost]
    rows: list[OutboxPost]

    @property
    def report(self) -> ChatReport:
        return build_report(self.chat, self.posts, self.rows, NETWORK)

    @property
    def public(self) -> list[FeedPost]:
        """What the public said, without answers published for guests."""
        return [
            one
            for one in self.posts
            if one.post.author.casefold() != OURS and not one.hidden and not one.confided
        ]

    @property
    def answers(self) -> list[OutboxPost]:
        return [one for one in self.rows if one.kind is PostKind.GUEST_ANSWER]


@st.composite
def hours(draw: st.DrawFn) -> Hour:
    posts = []
    for number in range(draw(st.integers(0, 14))):
        author = draw(st.sampled_from(AUTHORS))
        made = post(
            number,
            text=draw(
                st.sampled_from(["R1 Oui.", "La loi est pour les filles", "Ok", "C’est où ?"])
            ),
            minute=draw(st.integers(-20, 90)),
            question_id="" if author == OURS else draw(st.sampled_from(["", "q1", "q2"])),
            hidden=draw(st.booleans()) and draw(st.booleans()),
            answered=draw(st.booleans()),
        )
        written = replace(
            made.post,
            author=draw(st.sampled_from([author, author.upper()])),
            author_name=author.title(),
            reposts=draw(st.integers(0, 9)),
            by_hand=draw(st.booleans()),
        )
        confided = author not in GUESTS and author != OURS and draw(st.integers(0, 5)) == 0
        posts.append(replace(made, post=written, confided=confided))
    rows = [
        row(number, 5 * number, state=draw(st.sampled_from([PostState.SENT, PostState.FAILED])))
        for number in (1, 2)
    ]
    rows += [
        row(1, 30 + number, id=f"g{number}", slot=f"g{number}", kind=PostKind.GUEST_ANSWER,
            guest_id="off", guest_name="Adja", remote_id=str(9000 + number), number=None)
        for number in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    # The thread of the recap, as far as it was read with the tag.
    thread = draw(st.integers(0, 3))
    for number in range(thread):
        of_thread = post(500 + number, text=f"{number + 1}/3 Filles d’abord", minute=70)
        written = replace(of_thread.post, author=OURS, author_name=OURS.title(), reposts=5)
        posts.append(replace(of_thread, post=written))
    out = tuple((f"post-{n}", posts[-thread + n].post.id) for n in range(thread))
    hidden = draw(st.sampled_from([(), (HIDDEN,)]))
    base = chat(recap=RecapDraft(hidden_authors=hidden), hoped_participants=3)
    base = replace(base, thread_out=out)
    return Hour(replace(base, people=(*base.people, OFF_X)), posts, rows)


made_up = settings(
    max_examples=60, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@given(hours())
@made_up
def test_each_figure_is_what_the_raw_posts_give(hour: Hour) -> None:
    report, public, answers = hour.report, hour.public, hour.answers
    figures = report.figures
    people = {one.post.author.casefold() for one in public}
    off_x = bool(answers)

    assert figures.participants == len(people) + off_x
    assert figures.guests == len(people & GUESTS) + off_x
    assert figures.team == (CO_HOST in people)
    assert figures.public_posts == len(public) + len(answers)
    thread = {post_id for _slot, post_id in hour.chat.thread_out}
    ours = [
        one
        for one in hour.posts
        if one.post.author.casefold() == OURS and not one.hidden and one.post.id not in thread
    ]
    sent = [one for one in hour.rows if one.kind is PostKind.QUESTION and one.state == "sent"]
    assert figures.own_posts == len(ours) + len(sent)
    assert figures.posts == figures.public_posts + figures.own_posts
    assert figures.hidden == sum(one.hidden for one in hour.posts)
    assert figures.confidences == sum(one.confided and not one.hidden for one in hour.posts)
    replies = Counter(one.question_id for one in public if one.question_id)
    replies["q1"] += len(answers)
    assert figures.replies == replies.total()
    asked = {one.question_id for one in sent} | {key for key, count in replies.items() if count}
    assert figures.questions_asked == len(asked)
    assert figures.questions_answered == sum(replies[key] > 0 for key in asked)
    known = [one.post.reposts for one in (*public, *ours) if not one.post.by_hand]
    if public or ours:
        assert figures.reposts == (sum(known) if known else None)
    within = [
        one
        for one in (*(each.post.created_at for each in public), *(each.due_at for each in answers))
        if START <= one < START + timedelta(minutes=60)
    ]
    if figures.begins_at == START:
        assert sum(figures.minutes) == len(within)


@given(hours())
@made_up
def test_what_stands_beside_the_figures_is_counted_from_the_same_posts(hour: Hour) -> None:
    report, public = hour.report, hour.public
    assert sum(one.posts for one in report.languages) == report.figures.public_posts
    asking = [
        one
        for one in public
        if one.post.text == "C’est où ?" and one.post.author.casefold() not in GUESTS
    ]
    assert report.asked_by_public.asked == len(asking)
    assert report.asked_by_public.answered == sum(one.answered for one in asking)
    shared = sorted(
        (
            one.post.reposts
            for one in public
            if one.post.reposts
            and not one.post.by_hand
            and one.post.author.casefold() not in hour.chat.recap.hidden_authors
        ),
        reverse=True,
    )
    assert [one.reposts for one in report.most_shared] == shared[:5]
    assert report.promotion.total == report.figures.own_posts
    method = report.method
    assert method.for_guests == len(hour.answers)
    assert method.by_hand == sum(one.post.by_hand for one in public)
    assert method.from_x == len(public) - method.by_hand
    (goal,) = report.goals
    assert (goal.hoped, goal.came) == (3, report.figures.participants)


@given(hours())
@made_up
def test_the_screen_and_the_introduction_tell_these_very_numbers(hour: Hour) -> None:
    report = hour.report
    figures = report.figures
    big = [number for number, _label, _how in figure_words(figures, report.goals)]
    reposts = [] if figures.reposts == 0 else [figures.reposts]
    expected = [figures.participants, figures.public_posts, figures.questions_asked,
                figures.replies, *reposts]  # fmt: skip
    assert big == ["?" if one is None else str(one) for one in expected]
    if figures.begins_at is not None:
        _heads, rows = minute_table(figures, hour.chat)
        assert sum(int(row[-1]) for row in rows) == sum(figures.minutes)
    told = " ".join(" ".join(line) for line in details(report, hour.chat))
    said = f"({figures.own_posts})" in " ".join(method_words(report, hour.chat))
    assert said == bool(figures.own_posts)
    assert HIDDEN not in told + " ".join(method_words(report, hour.chat))

    recap = build_recap(hour.chat, hour.posts, hour.rows, NETWORK)
    assert recap.figures == figures
    words = proposed_introduction(recap, STATIONERY.labels("fr"))
    if recap.highlights and figures.participants > 1:
        assert words.startswith(f"{figures.participants} personnes ont partagé ")
        assert f" {figures.public_posts} message" in words

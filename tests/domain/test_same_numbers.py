"""Le résumé, Le bilan and Remercier tell the same numbers of the same hour, in every state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.adapters.exports.figures_csv import posts_csv
from tchat_desktop.adapters.exports.recap_markdown import recap_markdown
from tchat_desktop.adapters.exports.recap_page import recap_page
from tchat_desktop.domain.chat import Chat, Invitation, Occasion, Person, Role, Route
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.figures import count
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.recap import build_recap, with_answer_chosen
from tchat_desktop.domain.signals import delicate_authors, people_to_spare
from tchat_desktop.domain.thanks import participants
from tests.adapters.exports.sample import STATIONERY
from tests.domain.test_recap import START, chat, item, question
from tests.fakes.network import NETWORK

KADI = Person("k", Role.GUEST, "Mme Kadi Traoré", no_account=True, invitation=Invitation.ACCEPTED)
CHAT = replace(chat(), people=(*chat().people, KADI))
KADI_INVITED = replace(CHAT, people=(*chat().people, replace(KADI, invitation=Invitation.INVITED)))
CHILD = "J’ai 15 ans et on veut me marier."


def answer(question_id: str = "a", state: PostState = PostState.SENT, **more: object) -> OutboxPost:
    made = OutboxPost(
        f"row-{question_id}-{state}", "c", Occasion.LIVE, f"guest:{question_id}",
        PostKind.GUEST_ANSWER, "R1 Mme Kadi Traoré : il faut lire la loi.",
        START, START, Route.KEYS, state, question_id=question_id, guest_id=KADI.id,
        guest_name="Mme Kadi Traoré", changed_at=START,
    )  # fmt: skip
    return replace(made, **more)


def own(number: int, **marks: object) -> FeedPost:
    return item(number, "org", "Q1 Première ?", starred=False, question_id="", **marks)


FATOU, AWA = item(1), item(2, "awa_d")
COLLECTED = replace(own(9), post=replace(own(9).post, id="900"))
BARE = {"people": 0, "guests": 0, "posts": 0, "replies": 0}

STATES = {
    "nothing": (CHAT, [], [], BARE),
    "the public": (CHAT, [FATOU, AWA], [], {"people": 2, "guests": 1, "posts": 2, "replies": 2}),
    "hidden": (CHAT, [replace(FATOU, hidden=True)], [], BARE),
    "ours": (CHAT, [own(3)], [question("a")], BARE),
    "a confidence": (CHAT, [item(4, "lectrice", CHILD, starred=False)], [question("a")], BARE),
    "found harmless": (
        CHAT,
        [item(4, "lectrice", CHILD, harmless=True)],
        [],
        {"people": 1, "guests": 0, "posts": 1, "replies": 1},
    ),
    "a confidence among other posts": (
        CHAT,
        [FATOU, item(4, "fatou", CHILD, starred=False)],
        [],
        {"people": 1, "guests": 0, "posts": 1, "replies": 1},
    ),
    "a guest without X": (
        CHAT, [], [question("a"), answer()], {"people": 1, "guests": 1, "posts": 1, "replies": 1}
    ),
    "twice": (
        CHAT,
        [],
        [answer(), answer("b"), answer("")],
        {"people": 1, "guests": 1, "posts": 3, "replies": 2},
    ),
    "not out": (CHAT, [], [question("a"), answer(state=PostState.FAILED)], BARE),
    "who never said yes, and yet answered": (
        KADI_INVITED, [], [answer()], {"people": 1, "guests": 1, "posts": 1, "replies": 1}
    ),
    "collected under our account as well": (
        CHAT,
        [COLLECTED],
        [answer(remote_id="900")],
        {"people": 1, "guests": 1, "posts": 1, "replies": 1},
    ),
    "a young guest": (
        CHAT, [], [answer(text=CHILD)], {"people": 1, "guests": 1, "posts": 1, "replies": 1}
    ),
    "all of it": (
        CHAT,
        [FATOU, AWA, own(3), item(4, "lectrice", CHILD), item(5, "troll", hidden=True)],
        [question("a"), answer()],
        {"people": 3, "guests": 2, "posts": 3, "replies": 3},
    ),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_the_same_thing_has_the_same_number_everywhere(state: str) -> None:
    held, posts, rows, told = STATES[state]
    report = count(held, posts, rows, NETWORK)
    recap = build_recap(held, posts, rows, NETWORK)
    delicate = delicate_authors(posts)
    thanked = participants(held, posts, rows, NETWORK, delicate)
    wrote = [one for one in thanked if one.posts]
    spared = people_to_spare(held, delicate)
    left_out = {one.handle for one in participants(held, posts, rows, NETWORK)} & spared

    assert recap.figures == report
    assert {
        "people": report.participants,
        "guests": report.guests,
        "posts": report.public_posts,
        "replies": report.replies,
    } == told
    assert len(wrote) + len(left_out) == report.participants
    assert sum(one.is_guest for one in wrote) == report.guests
    if not left_out:
        assert sum(one.posts for one in wrote) == report.public_posts
        assert sum(one.answered for one in wrote) == report.replies
    assert sum(section.replies for section in recap.sections) == report.replies
    lines = posts_csv(held, posts, STATIONERY, rows).decode("utf-8-sig").splitlines()
    assert len(lines) - 1 == report.posts


def starred(chat_: Chat, row: OutboxPost) -> Chat:
    return replace(chat_, recap=with_answer_chosen(chat_.recap, row.id, True))


def test_what_a_guest_without_an_account_said_is_a_highlight_with_their_name() -> None:
    row = answer(url="https://x.com/org/status/1796500000000000000")
    recap = build_recap(starred(CHAT, row), [], [question("a"), row], NETWORK)

    (highlight,) = recap.sections[0].highlights
    assert highlight.author is not None
    assert (highlight.author.name, highlight.author.handle) == ("Mme Kadi Traoré", "")
    assert highlight.author.is_guest
    assert build_recap(CHAT, [], [question("a"), row], NETWORK).highlights == ()
    undone = with_answer_chosen(starred(CHAT, row).recap, row.id, False)
    assert undone == CHAT.recap


def test_its_page_and_its_text_name_the_guest_and_lead_to_our_post() -> None:

    row = answer(url="https://x.com/org/status/1796500000000000000", route=Route.ASSISTED)
    asked = question("a", route=Route.ASSISTED)
    recap = build_recap(starred(CHAT, row), [], [asked, row], NETWORK)
    page, text = recap_page(recap, STATIONERY), recap_markdown(recap, STATIONERY)

    for written in (page, text):
        assert "Mme Kadi Traoré" in written
        assert "https://x.com/org/status/1796500000000000000" in written
    assert "@</bdi>" not in page
    assert "**Mme Kadi Traoré** ·" in text

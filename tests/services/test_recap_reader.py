"""What is read of the posts for the recap is kept, and says the same as a recap made at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tchat_desktop.domain import figures, recap_reading
from tchat_desktop.domain.chat import Chapter, Naming, Occasion, RecapDraft
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking
from tchat_desktop.domain.figures import Figures
from tchat_desktop.domain.outgoing import OutboxPost, PostKind
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.services.material import Material
from tchat_desktop.services.recap_reader import PostSearch, RecapReader
from tests.fakes.network import NETWORK
from tests.ui.pages.stage import CHAT, POSTS, ROWS, post, row

ANSWER = row(
    "guest", 30, PostKind.GUEST_ANSWER, guest_id="g2", text="Awa : la loi", question_id="q1"
)


def material(
    posts: Sequence[FeedPost] = POSTS, rows: Sequence[OutboxPost] = (*ROWS, ANSWER)
) -> Material:
    ordered = sorted(posts, key=lambda one: one.post.created_at)
    return Material(Occasion.LIVE, tuple(ordered), tuple(rows))


def anew(posts: Sequence[FeedPost] = POSTS) -> tuple[FeedPost, ...]:
    """The same posts as the disk gives them again: equal, and other objects."""
    return tuple(replace(one, post=replace(one.post)) for one in posts)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was counted, each time."""
    done: list[str] = []
    really = figures.count

    def counted(*args: Any) -> Figures:
        done.append("count")
        return really(*args)

    monkeypatch.setattr(recap_reading, "count", counted)
    return done


@pytest.mark.parametrize(
    "draft",
    [
        RecapDraft(),
        RecapDraft(title="Titre", order=("1003", "1001"), comments=(("q1", "Un mot"),)),
        RecapDraft(chapters=(Chapter("k", "À retenir", "q1"),), placed=(("1002", "k"),)),
        RecapDraft(hidden_authors=("moussa_ex",), masked_words=("loi",)),
        RecapDraft(everybody=Naming.INITIALS, guest_answers=("row-guest",)),
    ],
)
def test_a_reading_gives_the_recap_that_is_made_at_once(draft: RecapDraft) -> None:
    chat = replace(CHAT, recap=draft)
    held = material()
    made = RecapReader(NETWORK).read(chat, held).recap(chat, NETWORK)
    assert made == build_recap(chat, held.posts, held.rows, NETWORK)


def test_the_same_posts_are_not_read_again(readings: list[str]) -> None:
    reader = RecapReader(NETWORK)
    first = reader.read(CHAT, material())
    words = replace(CHAT.recap, title="Autre titre", order=("1003",), guest_answers=("row-guest",))
    chat = replace(CHAT, recap=words, thanked=("papa_ex",), recap_content="x")
    assert reader.read(chat, material(anew())) is first
    assert readings == ["count"]


def test_a_star_or_another_person_hidden_does_not_count_anew(readings: list[str]) -> None:
    reader = RecapReader(NETWORK)
    reader.read(CHAT, material())
    starred = anew((*POSTS[:4], replace(POSTS[4], starred=True), *POSTS[5:]))
    hidden = replace(CHAT, recap=RecapDraft(hidden_authors=("papa_ex",)))
    reading = reader.read(hidden, material(starred))
    assert readings == ["count"]
    expected = build_recap(hidden, starred, (*ROWS, ANSWER), NETWORK)
    assert reading.recap(hidden, NETWORK) == expected


@pytest.mark.parametrize(
    "changed",
    [
        (CHAT, material(POSTS[:-1])),
        (CHAT, material((*POSTS[:4], replace(POSTS[4], question_id="q2"), *POSTS[5:]))),
        (CHAT, material((*POSTS[:4], replace(POSTS[4], hidden=True), *POSTS[5:]))),
        (CHAT, material(rows=ROWS)),
        (replace(CHAT, questions=CHAT.questions[:1]), material()),
        (replace(CHAT, account="moussa_ex"), material()),
    ],
    ids=["post gone", "other question", "hidden", "rows", "questions", "account"],
)
def test_whatever_else_changes_is_read(changed: tuple[object, Material]) -> None:
    reader = RecapReader(NETWORK)
    reader.read(CHAT, material())
    chat, held = changed
    again = reader.read(chat, held).recap(chat, NETWORK)  # type: ignore[arg-type]
    assert again == build_recap(chat, held.posts, held.rows, NETWORK)  # type: ignore[arg-type]


def test_a_mark_shows_before_the_posts_are_read_again() -> None:
    reading = RecapReader(NETWORK).read(CHAT, material())
    marked = reading.marked(Marking("1007", Mark.STARRED, True))
    assert [one.post.id for one in marked.highlights(CHAT)][-1] == "1007"
    assert "1007" not in {one.post.id for one in reading.highlights(CHAT)}
    away = marked.marked(Marking("1007", Mark.STARRED, False))
    assert away.recap(CHAT, NETWORK) == reading.recap(CHAT, NETWORK)
    assert reading.marked(Marking("nobody", Mark.STARRED, True)) is reading


def test_what_may_hurt_is_listed_last() -> None:
    insult = post(20, "troll_ex", "R1 Ferme ta gueule, sale idiote", "q1", 1)
    child = post(21, "kine_ex", "R1 Aminata, 12 ans, a été mariée.", "q1", 1.5)
    muted = post(22, "lourd_ex", "R1 Encore moi", "q1", 1.8)
    chat = replace(CHAT, muted_authors=("Lourd_ex",))
    reader = RecapReader(NETWORK)
    reading = reader.read(chat, material((insult, child, muted, *POSTS), ROWS))
    told = reader.listed(reading, chat, PostSearch(question="q1", most=40))
    ids = [one.item.post.id for one in told.shown]
    assert ids == ["1001", "1002", "1003", "1020", "1021", "1022"]
    assert (told.found, told.careful, told.starred) == (6, 3, 3)
    few = reader.listed(reading, chat, PostSearch(most=2))
    assert [one.item.post.id for one in few.shown] == ["1006", "1001"]
    assert few.found == 10


def test_words_are_found_however_they_are_written_and_forgotten_with_their_post() -> None:
    reader = RecapReader(NETWORK)
    reading = reader.read(CHAT, material())
    found = reader.listed(reading, CHAT, PostSearch("ECOLE moussa", most=40))
    assert [one.item.post.id for one in found.shown] == ["1003"]
    assert not reader.listed(reading, CHAT, PostSearch("ecole", question="", most=40)).shown
    rest = tuple(one for one in POSTS if one.post.id != "1003")
    reader.read(CHAT, material(rest))
    assert "1003" not in reader._folded
    edited = replace(POSTS[1], post=replace(POSTS[1].post, text="R1 Tout autre chose"))
    reading = reader.read(CHAT, material((POSTS[0], edited, *POSTS[3:])))
    assert reader.listed(reading, CHAT, PostSearch("autre chose", most=40)).found == 1


def test_a_post_later_in_time_stands_later() -> None:
    late = replace(
        POSTS[0], post=replace(POSTS[0].post, id="1", created_at=POSTS[-1].post.created_at)
    )
    early = replace(
        late, post=replace(late.post, id="2", created_at=late.post.created_at - timedelta(hours=2))
    )
    reader = RecapReader(NETWORK)
    reading = reader.read(CHAT, material((early, *POSTS, late), ROWS))
    ids = [one.post.id for one in reading.highlights(CHAT)]
    assert (ids[0], ids[-1]) == ("2", "1")

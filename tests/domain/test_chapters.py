"""Chapters of the organiser stand among the questions, hold highlights, and go without a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chapters import (
    parts_in_order,
    with_chapter,
    with_chapter_moved,
    with_chapter_titled,
    with_highlight_placed,
    with_words_before,
    without_chapter,
)
from tchat_desktop.domain.chat import Chapter, Question, RecapDraft
from tchat_desktop.domain.recap import (
    build_recap,
    commented,
    texts_to_look_at,
    with_highlight_moved,
    words_shown,
)
from tests.domain.test_recap import chat, ids, item, question
from tests.fakes.network import NETWORK

QUESTIONS = ("a", "b", "c")
ASKED = [question("a"), question("b")]


def order(draft: RecapDraft) -> list[str]:
    """The ids of all parts, as the organiser sees them."""
    return [part.id for part in parts_in_order(chat(recap=draft), {"a": 1, "b": 2, "c": 3})]


def draft(*chapters: tuple[str, str], **changes: object) -> RecapDraft:
    made = RecapDraft(chapters=tuple(Chapter(key, key.upper(), after) for key, after in chapters))
    return replace(made, **changes)


def test_a_chapter_is_a_section_without_a_number_among_the_questions() -> None:
    told = draft(("k", "a"), ("l", ""), comments=(("k", " Un mot "), ("l", "Avant tout")))
    sections = build_recap(chat(recap=told), [item(1)], ASKED, NETWORK).sections
    assert [(one.id, one.number, one.text, one.comment, one.is_chapter) for one in sections] == [
        ("l", None, "L", "Avant tout", True),
        ("a", 1, "Première ?", "", False),
        ("k", None, "K", "Un mot", True),
        ("b", 2, "Deuxième ?", "", False),
    ]
    assert [one.replies for one in sections] == [0, 1, 0, 0]


def test_a_chapter_with_nothing_in_it_is_not_shown() -> None:
    told = draft(("k", "a"), comments=(("k", "  "),))
    assert [one.id for one in build_recap(chat(recap=told), [], ASKED, NETWORK).sections] == [
        "a",
        "b",
    ]


def test_a_highlight_goes_into_a_chapter_and_back_under_its_question() -> None:
    posts = [item(1), item(2), item(3, question_id="b")]
    told = with_highlight_placed(draft(("k", "b")), "1", "k")
    told = with_highlight_placed(with_highlight_placed(told, "3", "k"), "1", "k")
    built = build_recap(chat(recap=told), posts, ASKED, NETWORK)
    assert ids(built) == [["2"], [], ["1", "3"]]
    assert built.others == ()
    # What it answers is counted as before.
    assert [one.replies for one in built.sections] == [2, 1, 0]
    back = with_highlight_placed(told, "1", "")
    assert ids(build_recap(chat(recap=back), posts, ASKED, NETWORK)) == [["1", "2"], [], ["3"]]


def test_highlights_of_a_chapter_are_ordered_like_those_of_a_question() -> None:
    told = draft(("k", "b"), placed=(("1", "k"), ("3", "k")))
    told = with_highlight_moved(told, ["1", "3"], "3", 0)
    built = build_recap(chat(recap=told), [item(1), item(2), item(3)], ASKED, NETWORK)
    assert ids(built) == [["2"], [], ["3", "1"]]


def test_a_chapter_that_is_deleted_gives_its_highlights_back() -> None:
    told = commented(draft(("k", "a"), ("l", "a")), "k", "Un mot")
    told = with_highlight_placed(with_highlight_placed(told, "1", "k"), "2", "l")
    left = without_chapter(told, "k")
    assert ([one.id for one in left.chapters], left.comments) == (["l"], ())
    assert left.placed == (("2", "l"),)
    built = build_recap(chat(recap=left), [item(1), item(2)], ASKED, NETWORK)
    assert ids(built) == [["1"], ["2"], []]


def test_a_new_chapter_follows_those_after_the_same_question() -> None:
    told = with_chapter(draft(("k", "a"), ("l", "b")), Chapter("m", "M", "a"))
    assert order(told) == ["a", "k", "m", "b", "l", "c"]


@pytest.mark.parametrize("title", ["", " ", "\n"])
def test_a_chapter_keeps_its_title_until_it_has_another(title: str) -> None:
    told = with_chapter_titled(draft(("k", "a")), "k", "Nos ressources")
    assert told.chapters[0].title == "Nos ressources"
    assert with_chapter_titled(told, "k", title) == told


@pytest.mark.parametrize(
    "chapter", [Chapter("k", " ", "a"), Chapter("a", "Une question", "a"), Chapter("", "Sans", "a")]
)
def test_what_is_no_chapter_of_its_own_hides_no_highlight(chapter: Chapter) -> None:
    told = RecapDraft(chapters=(chapter,), placed=(("1", chapter.id),))
    built = build_recap(chat(recap=told), [item(1, question_id="b")], ASKED, NETWORK)
    assert ids(built) == [[], ["1"]]


def test_of_two_chapters_with_one_id_the_first_is_shown() -> None:
    assert order(draft(("k", "a"), ("k", "b"))) == ["a", "k", "b", "c"]


def test_a_chapter_after_a_question_that_is_gone_comes_last() -> None:
    assert order(draft(("k", "gone"), ("l", ""))) == ["l", "a", "b", "c", "k"]


@given(
    st.lists(st.sampled_from(["", *QUESTIONS, "gone"]), min_size=1, max_size=5),
    st.data(),
)
def test_a_chapter_that_is_moved_stands_there_and_the_rest_stays(
    after: list[str], data: st.DataObject
) -> None:
    told = draft(*((f"k{number}", one) for number, one in enumerate(after)))
    before = order(told)
    which = data.draw(st.sampled_from([one for one in before if one not in QUESTIONS]))
    to = data.draw(st.integers(-2, len(before) + 2))
    now = order(with_chapter_moved(told, before, which, to))
    assert now.index(which) == max(0, min(to, len(before) - 1))
    assert [one for one in now if one != which] == [one for one in before if one != which]


def test_only_what_is_shown_can_be_moved() -> None:
    with pytest.raises(ValueError, match="not in"):
        with_chapter_moved(draft(("k", "a")), ["a", "b"], "k", 0)


def test_words_between_highlights_stand_before_theirs_and_go_with_it() -> None:
    told = with_words_before(with_words_before(RecapDraft(), "2", "Et"), "2", " Puis vint\nMoussa ")
    posts = [item(1), item(2), item(3)]
    for moved in (told, with_highlight_moved(told, ["1", "2", "3"], "2", 0)):
        built = build_recap(chat(recap=moved), posts, ASKED, NETWORK)
        assert {one.post_id: one.comment for one in built.highlights} == {
            "1": "",
            "2": "Puis vint\nMoussa",
            "3": "",
        }
    assert with_words_before(told, "2", "").between == ()


def test_what_is_written_in_chapters_and_between_is_masked_and_looked_at() -> None:
    child = "Aminata, 12 ans, a quitté l’école"
    told = RecapDraft(
        chapters=(Chapter("k", f"Chez Fatou, {child}", "a"),),
        comments=(("k", "Fatou l’a dit"),),
        between=(("1", f"Selon @fatou, {child}"),),
    )
    built = build_recap(chat(recap=told), [item(1)], ASKED, NETWORK)
    assert {f"Chez Fatou, {child}", f"Selon @fatou, {child}"} <= set(texts_to_look_at(built))
    hidden = replace(told, hidden_authors=("fatou",))
    shown = " ".join(words_shown(build_recap(chat(recap=hidden), [item(1)], ASKED, NETWORK)))
    assert "Chez […]" in shown
    assert "[…] l’a dit" in shown
    assert "Selon […]" in shown
    assert "fatou" not in shown.lower()


@given(st.permutations(["a", "b", "c", "d"]))
def test_a_chapter_stays_with_its_question_wherever_that_is_asked(asked: list[str]) -> None:
    told = chat(
        questions=tuple(Question(key, key) for key in "abcd"),
        recap=draft(("k", "b"), ("l", "d")),
    )
    parts = parts_in_order(told, {key: number for number, key in enumerate(asked, 1)})
    shown = [part.id for part in parts]
    assert shown[shown.index("b") + 1] == "k"
    assert shown[shown.index("d") + 1] == "l"
    assert [one for one in shown if one in asked] == asked

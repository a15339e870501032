"""The questions: their text as posted and the hints that make them better."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Purpose, Question, with_part_moved
from tchat_desktop.domain.jargon import Jargon, jargon_in
from tchat_desktop.domain.judgements import put_aside, told_again
from tchat_desktop.domain.questions import (
    CountVerdict,
    Hint,
    QuestionHint,
    advised,
    count_verdict,
    full_text,
    hints,
    ideas,
    ideas_on_topic,
    remaining_for,
    unused_ideas,
)
from tchat_desktop.domain.x.post_text import weighted_length
from tchat_desktop.domain.x.rules import X_RULES
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts

FR, EN = load_texts("fr"), load_texts("en")


def hints_of(*texts: str, language: str = "fr") -> list[tuple[QuestionHint, ...]]:
    questions = tuple(Question(str(n), text) for n, text in enumerate(texts))
    chat = a_chat(language=language, questions=questions)
    return list(hints(chat, FR if language == "fr" else EN).values())


def kinds(text: str, language: str = "fr") -> set[Hint]:
    return {hint.hint for hint in hints_of(text, language=language)[0]}


def test_number_and_tag_are_added_once() -> None:
    chat = a_chat(questions=(Question("a", "Quoi ?"), Question("b", "Q7. Où ? #unionsprécoces")))
    assert full_text(chat, chat.questions[0], FR) == "Q1 Quoi ? #UnionsPrécoces"
    assert full_text(chat, chat.questions[1], FR) == "Q2 Où ? #UnionsPrécoces"


@given(st.text(max_size=300))
def test_the_count_left_is_that_of_the_text_as_posted(text: str) -> None:
    chat = a_chat(questions=(Question("a", text),))
    posted = full_text(chat, chat.questions[0], FR)
    assert remaining_for(chat, chat.questions[0], FR) == 280 - weighted_length(posted)
    assert posted.startswith("Q1 ")
    found = hints(chat, FR)["a"]
    over = weighted_length(posted) - 280
    assert (QuestionHint(Hint.TOO_LONG, over) in found) == (
        over > 0 and QuestionHint(Hint.EMPTY) not in found
    )


def test_the_tag_is_a_tag_in_the_text_as_posted() -> None:
    chat = a_chat()
    for question in chat.questions:
        assert X_RULES.hashtags(full_text(chat, question, FR)) == ["UnionsPrécoces"]


@pytest.mark.parametrize(
    "text",
    [
        "Pensez-vous que la loi suffit ?",
        "La loi suffit-elle ?",
        "Les filles peuvent-elles choisir ?",
        "Est-ce que la loi suffit ?",
        "Faut-il changer la loi\u00a0?",
        "Y a-t-il des solutions ?",
        "Dans votre village, les filles vont-elles à l'école ?",
        "La loi suffit, ou non ?",
        "Bonsoir ! Avez-vous vu ce film ?",
    ],
)
def test_closed_questions_in_french(text: str) -> None:
    assert kinds(text) == {Hint.CLOSED}


@pytest.mark.parametrize(
    "text",
    [
        "Que manque-t-il à la loi ?",
        "Qu’est-ce qui a changé ?",
        "Qu'est-ce que la loi dit ?",
        "Où est-ce que vous agissez ?",
        "Selon vous, pourquoi la loi ne suffit-elle pas ?",
        "Avec qui travaillez-vous ?",
        "Qui, dans votre quartier, a changé d’avis sur le sujet, et comment ?",
        "Pouvez-vous nous raconter un moment fort ?",
        "Vous faites comment ?",
        "Le rendez-vous de demain sert à quoi ?",
        "Auquel de ces métiers rêvez-vous ?",
    ],
)
def test_open_questions_in_french(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("Do you think the law is enough?", True),
        ("In your village, are girls safe?", True),
        ("Don't you agree?", True),
        ("Is the law enough or not?", True),
        ("What does the law lack?", False),
        ("In your village, what has changed?", False),
        ("Could you tell us about a moment that mattered?", False),
        ("Island life changes how?", False),
    ],
)
def test_closed_questions_in_english(text: str, closed: bool) -> None:
    assert kinds(text, "en") == ({Hint.CLOSED} if closed else set())


@pytest.mark.parametrize(
    "text", ["Quoi ? Et qui ?", "Quelle est la loi et comment peut-on la changer ?"]
)
def test_two_questions_in_one(text: str) -> None:
    assert kinds(text) == {Hint.TWO_QUESTIONS}


def test_empty_and_not_a_question() -> None:
    assert kinds("  ") == {Hint.EMPTY}
    assert kinds("Q1 ") == {Hint.EMPTY}
    assert kinds("Racontez un moment fort.") == {Hint.NOT_A_QUESTION}


def test_length_is_told_with_its_figure() -> None:
    room = 280 - weighted_length("Q1  #UnionsPrécoces")
    text = "Pourquoi " + "a" * (room - len("Pourquoi  ?")) + " ?"
    assert hints_of(text) == [(QuestionHint(Hint.NEARLY_FULL, 0),)]
    assert hints_of("Pourquoi a" + text[9:]) == [(QuestionHint(Hint.TOO_LONG, 1),)]


def test_questions_alike_name_the_other() -> None:
    first, second = "Comment aider les écoles rurales ?", "Comment aider mieux nos écoles rurales ?"
    assert hints_of(first, "", second)[2] == (QuestionHint(Hint.ALIKE, 1),)
    assert hints_of(first, "", second)[0] == ()


def test_the_words_of_the_topic_do_not_make_questions_alike() -> None:
    about = "Comment le mariage des enfants touche-t-il {} ?"
    assert hints_of(about.format("la santé"), about.format("l’école")) == [(), ()]


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        (0, CountVerdict.NONE),
        (5, CountVerdict.TOO_FEW),
        (6, CountVerdict.OK),
        (10, CountVerdict.OK),
        (11, CountVerdict.TOO_MANY),
    ],
)
def test_between_six_and_ten_in_an_hour(written: int, verdict: CountVerdict) -> None:
    questions = (Question("empty"), *(Question(str(n), f"Quoi {n} ?") for n in range(written)))
    count = count_verdict(a_chat(questions=questions))
    assert (count.verdict, count.total) == (verdict, written)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (10, (2, 2)),
        (30, (3, 5)),
        (45, (4, 7)),
        (60, (6, 10)),
        (90, (9, 15)),
        (120, (12, 20)),
    ],
)
def test_the_number_advised_follows_the_length(minutes: int, expected: tuple[int, int]) -> None:
    assert advised(minutes) == expected
    fewest = tuple(Question(str(n), f"Quoi {n} ?") for n in range(expected[0]))
    chat = a_chat(questions=fewest, minutes=minutes)
    assert count_verdict(chat).verdict is CountVerdict.OK
    short = replace(chat, questions=fewest[1:])
    assert count_verdict(short).verdict is CountVerdict.TOO_FEW


@pytest.mark.parametrize(
    ("text", "language", "jargon"),
    [
        (
            "Comment impliquer les parties prenantes ?",
            "fr",
            Jargon("parties prenantes", "les personnes concernées"),
        ),
        ("Que change l’autonomisation ?", "fr", Jargon("autonomisation", "décider soi-même")),
        ("Que fait la CDPE chez vous ?", "fr", Jargon("CDPE")),
        ("Who are the beneficiaries?", "en", Jargon("beneficiaries", "the people helped")),
        ("Que dit l’ONU, et où ?", "fr", None),
        ("QUE FAIRE DEMAIN ?", "fr", None),
        ("Que répond @ONGABC à #VBG ?", "fr", None),
        ("Qui paie le plâtre ?", "fr", None),
    ],
)
def test_words_of_the_trade_are_told(text: str, language: str, jargon: Jargon | None) -> None:
    assert jargon_in(text, language, "") == jargon


def test_what_the_topic_explains_is_no_jargon() -> None:
    chat = a_chat(topic="La CDPE au village", questions=(Question("q", "Que fait la CDPE ici ?"),))
    assert hints(chat, FR)["q"] == ()


def test_a_hint_is_put_aside_for_the_words_it_was_told_of() -> None:
    chat = a_chat(questions=(Question("q", "Pensez-vous que la loi suffit ?"),))
    (hint,) = hints(chat, FR)["q"]
    chat = put_aside(chat, hint.mark)
    assert hints(chat, FR)["q"][0].mark in chat.meant
    changed = replace(chat, questions=(Question("q", "Pensez-vous que la loi aide ?"),))
    assert hints(changed, FR)["q"][0].mark not in changed.meant, "told anew of other words"
    assert told_again(chat, [hint.mark]).meant == ()
    assert put_aside(chat, hint.mark) is chat


def test_a_fault_is_no_matter_of_judgement() -> None:
    assert [one.mark for one in hints_of("Pourquoi " + "encore " * 50 + "?")[0][:1]] == [""]


def test_ideas_on_the_topic_come_first_and_in_turns() -> None:
    chat = a_chat(topic="L’école et la santé des filles", questions=())
    first, second, *_rest = unused_ideas(chat, FR)
    assert "école" in first and "santé" in second
    assert set(ideas(chat.purpose, FR)) <= set(unused_ideas(chat, FR))
    assert ideas_on_topic(a_chat(topic="Le ressort", summary=""), FR) == (), "no word begins so"


def test_ideas_go_by_the_purpose() -> None:
    assert ideas(None, FR) == ideas(Purpose.SHARE_INFORMATION, FR)
    assert ideas(Purpose.MEETING, FR) != ideas(Purpose.GIVE_ACCESS, FR)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Avez-vous vu une fille revenir en classe ? Racontez.", None),
        ("Avez-vous vu une fille revenir en classe ?", Hint.CLOSED),
        ("Comment repérer une élève en danger et que faire ?", Hint.TWO_QUESTIONS),
        ("Que dire et que faire ?", Hint.TWO_QUESTIONS),
        ("Qu’est-ce qui a marché, et pourquoi ?", None),
    ],
)
def test_what_follows_a_question_counts(text: str, expected: Hint | None) -> None:
    chat = a_chat(questions=(Question("a", text),), language="fr")
    found = [one.hint for one in hints(chat, FR)["a"]]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("left", "hint"),
    [
        (-1, QuestionHint(Hint.TOO_LONG, 1)),
        (0, QuestionHint(Hint.NEARLY_FULL, 0)),
        (80, QuestionHint(Hint.NEARLY_FULL, 80)),
        (81, None),
    ],
)
def test_a_question_without_room_for_answers_is_told(left: int, hint: QuestionHint | None) -> None:
    room = 280 - weighted_length("Q1  #UnionsPrécoces")
    text = "Pourquoi " + "a" * (room - left - len("Pourquoi  ?")) + " ?"
    assert hints_of(text) == [() if hint is None else (hint,)]


def test_a_question_in_reserve_is_counted_with_a_number_it_may_get() -> None:
    spare = Question("s", "Qui ?", essential=False)
    nine = tuple(Question(str(n), f"Quoi {n} ?") for n in range(8))
    few, many = a_chat(questions=(*nine, spare)), a_chat(questions=(*nine, nine[0], spare))
    assert full_text(few, spare, FR) == "Qui ? #UnionsPrécoces"
    assert remaining_for(few, spare, FR) == 280 - weighted_length("Q9 Qui ? #UnionsPrécoces")
    assert remaining_for(many, spare, FR) == 280 - weighted_length("Q10 Qui ? #UnionsPrécoces")


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        # Three of five words in common, and two of five.
        (
            "Comment aider écoles rurales éloignées ?",
            "Écoles rurales éloignées, pourquoi payer ?",
            True,
        ),
        (
            "Comment aider écoles rurales éloignées ?",
            "Écoles rurales, pourquoi payer cantines ?",
            False,
        ),
        # One word says too little.
        ("Pourquoi l’école ?", "Comment l’école ?", False),
    ],
)
def test_questions_are_alike_from_three_words_in_five(first: str, second: str, alike: bool) -> None:
    found = hints_of(first, second)
    assert found[0] == ()
    assert found[1] == ((QuestionHint(Hint.ALIKE, 1),) if alike else ())


def test_of_several_questions_alike_the_first_is_named() -> None:
    same = "Comment aider les écoles rurales ?"
    assert hints_of(same, same, same)[2] == (QuestionHint(Hint.ALIKE, 1),)
    about = "Le mariage des enfants ?"
    assert QuestionHint(Hint.ALIKE, 1) in hints_of(about, about)[1], "though all is the topic's"


@pytest.mark.parametrize(
    ("text", "found"),
    [("Quoi", Hint.NOT_A_QUESTION), ("Quoi ?", None), ("Quoi ? Qui ?", Hint.TWO_QUESTIONS)],
)
@pytest.mark.parametrize("language", ["pt", "ar", "fr", "FR-sn"])
def test_question_marks_are_counted_in_any_language(
    language: str, text: str, found: Hint | None
) -> None:
    for mark in ("?", "؟", "？", "???"):
        chat = a_chat(language=language, questions=(Question("a", text.replace("?", mark)),))
        assert [one.hint for one in hints(chat, FR)["a"]] == ([found] if found else [])


@pytest.mark.parametrize(("clauses", "closed"), [(18, True), (19, True), (20, False)])
def test_only_the_first_twenty_clauses_of_a_question_are_examined(
    clauses: int, closed: bool
) -> None:
    text = "oui, " * clauses + "pensez-vous ?"
    assert (Hint.CLOSED in kinds(text)) is closed


def test_essential_questions_and_those_in_reserve_are_counted_apart() -> None:
    asked = tuple(Question(str(n), f"Quoi {n} ?", essential=n > 2) for n in range(7))
    count = count_verdict(a_chat(questions=(*asked, Question("empty", " "))))
    assert (count.essential, count.spare, count.total) == (4, 3, 7)


def test_an_idea_that_is_used_is_proposed_no_more() -> None:
    first, *others = ideas(Purpose.MEETING, FR)
    chat = a_chat(topic="", purpose=Purpose.MEETING, questions=(Question("a", f" {first} "),))
    assert unused_ideas(chat, FR) == tuple(others)


def test_a_question_moves_within_its_list_and_an_unknown_one_nowhere() -> None:
    first, second, third = (Question(id) for id in "abc")
    moved = partial(with_part_moved, (first, second, third))
    assert moved("a", 1) == (second, first, third)
    assert moved("c", -1) == (third, first, second)
    assert moved("a", 9) == (second, third, first)
    with pytest.raises(KeyError):
        moved("z", 0)

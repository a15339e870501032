"""What guests were given of the questions is known to be of now, or of before."""

from __future__ import annotations

from dataclasses import replace

from tchat_desktop.domain.chat import Chat, Invitation, Person, Question, ReachedBy
from tchat_desktop.domain.handed_out import (
    are_outdated,
    asked_now,
    has_questions_of_now,
    with_handed,
)
from tchat_desktop.domain.letters import invitation, invitation_message
from tchat_desktop.domain.texts import When
from tests.fakes.texts import load_texts

AWA = Person("g", name="Awa", invitation=Invitation.ACCEPTED, has_questions=True)
CHAT = Chat("c", questions=(Question("a", "Qui ?"), Question("b", "Où ?")), people=(AWA,))


def test_a_change_an_order_and_a_reserve_outdate_what_was_given() -> None:
    given = replace(CHAT, handed_out=with_handed(CHAT, "g", asked_now(CHAT)))
    assert has_questions_of_now(given, AWA)
    first, second = CHAT.questions
    for questions in (
        (second, first),
        (first,),
        (first, replace(second, text="Quand ?")),
        (first, replace(second, essential=False)),
    ):
        changed = replace(given, questions=questions)
        assert are_outdated(changed, "g") and not has_questions_of_now(changed, AWA)
    # What nobody reads in the pack changes nothing.
    noted = (replace(first, prepared_answer="La loi."), second)
    assert not are_outdated(replace(given, questions=noted), "g")


def test_of_whom_nothing_is_known_nothing_is_said() -> None:
    assert not are_outdated(CHAT, "g")
    assert with_handed(replace(CHAT, handed_out=(("g", "0"),)), "g", "") == ()


def test_the_invitation_says_how_the_answers_come() -> None:
    guest = replace(AWA, no_account=True, reached_by=ReachedBy.WHATSAPP)
    for language in ("fr", "en", "es", "pt", "ar"):
        texts = load_texts(language)
        via = texts.messages["word.via_whatsapp"].strip(", ")
        assert via in invitation(CHAT, guest, texts, When()).body
        assert via in invitation_message(CHAT, guest, texts, When())

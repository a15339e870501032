"""The plan of the day: every post at its minute, what belongs to it, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tchat_desktop.domain import protection
from tchat_desktop.domain.chat import Chat, Invitation, Person, Role
from tchat_desktop.domain.day_plan import day_plan
from tchat_desktop.domain.run_sheet import build_run_sheet
from tchat_desktop.domain.texts import NO_DATE, When
from tests.domain.chats import START, a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
WHEN = When("samedi 5\u00a0décembre", "20\u00a0h")


def test_the_posts_stand_at_their_minutes_in_the_order_of_the_run_sheet() -> None:
    chat = a_chat()
    sheet = build_run_sheet(chat, FR)
    plan = day_plan(chat, FR, WHEN)
    assert [line.item for line in plan.lines] == list(sheet.items)
    assert [line.at for line in plan.lines] == [
        START + timedelta(minutes=item.offset) for item in sheet.items
    ]
    assert [line.item for line in plan.reserve] == list(sheet.reserve)
    assert all(line.at is None for line in plan.reserve)


def test_without_a_date_no_hour_is_made_up() -> None:
    plan = day_plan(a_chat(starts_at=None), FR, NO_DATE)
    assert plan.lines
    assert all(line.at is None for line in plan.lines)


def test_a_question_has_its_answer_and_sources_beside_it() -> None:
    chat = a_chat()
    first = replace(chat.questions[0], prepared_answer=" Ainsi. ", sources=("https://x.org",))
    plan = day_plan(replace(chat, questions=(first, *chat.questions[1:])), FR, WHEN)
    (line,) = (one for one in plan.lines if one.item.question_id == first.id)
    assert (line.prepared_answer, line.sources) == ("Ainsi.", ("https://x.org",))


def test_the_team_comes_first_and_who_declined_is_left_out() -> None:
    people = (
        Person("a", Role.GUEST, "Awa", invitation=Invitation.ACCEPTED),
        Person("b", Role.MODERATOR, "Binta"),
        Person("c", Role.GUEST, "Coumba", invitation=Invitation.DECLINED),
        Person("d", Role.CO_HOST, "Dior"),
    )
    plan = day_plan(a_chat(people=people), FR, WHEN)
    assert [one.name for one in plan.people] == ["Dior", "Binta", "Awa"]


def test_whom_to_tell_and_the_emergency_texts_are_those_of_the_hour() -> None:
    chat = a_chat(focal_point="Awa Ndiaye", focal_phone="77 123 45 67")
    plan = day_plan(chat, FR, WHEN)
    assert plan.tell == "Awa Ndiaye, 77\u00a0123\u00a045\u00a067"
    assert plan.help_lines == protection.lines_to_give(chat)
    assert (plan.disclosure, plan.private, plan.child_named) == (
        protection.answer(chat, FR),
        protection.private_answer(chat, FR),
        protection.name_out_request(chat, FR),
    )


def test_an_empty_chat_has_a_plan() -> None:
    plan = day_plan(Chat(""), FR, NO_DATE)
    assert (plan.topic, plan.tag, plan.people) == ("", "", ())

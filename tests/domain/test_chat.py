"""The chat as a value: its phases, its countdown, and how its parts are replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tchat_desktop.domain.chat import (
    ChatPhase,
    Invitation,
    Person,
    Question,
    Role,
    has_agreed,
    lasting_until,
    minutes_until,
    phase,
    seen_to,
    until_next_minute,
    with_part,
    with_part_moved,
    with_town,
    without_part,
)
from tests.domain.chats import START, a_chat

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
ONE, TWO, THREE = Question("1"), Question("2"), Question("3")
ALL = (ONE, TWO, THREE)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START - SECOND, ChatPhase.UPCOMING),
        (START, ChatPhase.LIVE),
        (START + HOUR - SECOND, ChatPhase.LIVE),
        (START + HOUR, ChatPhase.ENDED),
    ],
)
def test_a_chat_is_under_way_from_its_start_until_before_its_end(
    now: datetime, expected: ChatPhase
) -> None:
    assert phase(a_chat(), now) is expected


def test_a_chat_without_a_date_is_a_draft_and_a_closed_one_is_over() -> None:
    assert phase(a_chat(starts_at=None), START) is ChatPhase.DRAFT
    assert phase(a_chat(starts_at=None, closed_at=START), START) is ChatPhase.ENDED
    assert phase(a_chat(closed_at=START), START - HOUR) is ChatPhase.ENDED
    assert a_chat(starts_at=None).ends_at is None
    assert a_chat(starts_at=None).starts_local is None


def test_a_chat_lasts_until_the_end_that_was_moved() -> None:
    later = START + HOUR + 10 * SECOND
    longer = lasting_until(a_chat(), later)
    assert longer.ends_at == START + timedelta(minutes=61)
    assert phase(longer, START + HOUR) is ChatPhase.LIVE
    assert lasting_until(a_chat(), None) == lasting_until(a_chat(), START) == a_chat()
    assert lasting_until(a_chat(starts_at=None), later) == a_chat(starts_at=None)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(-60, 0), (-1, 0), (0, 0), (1, 1), (60, 1), (61, 2), (3600, 60)]
)
def test_a_minute_that_has_begun_counts_as_a_whole_one(seconds: int, minutes: int) -> None:
    assert minutes_until(START, START - seconds * SECOND) == minutes


@pytest.mark.parametrize(("seconds", "wait"), [(0, 60), (1, 1), (59, 59), (60, 60), (61, 1)])
def test_a_countdown_is_shown_anew_as_the_minute_ends(seconds: int, wait: int) -> None:
    assert until_next_minute(a_chat(), START - seconds * SECOND) == wait * SECOND
    assert until_next_minute(a_chat(starts_at=None), START) == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("to", "order"), [(-1, "213"), (0, "213"), (1, "123"), (2, "132"), (3, "132"), (9, "132")]
)
def test_a_part_moves_no_further_than_the_ends(to: int, order: str) -> None:
    assert "".join(part.id for part in with_part_moved(ALL, "2", to)) == order


def test_a_part_takes_the_place_of_the_one_with_its_id_or_comes_last() -> None:
    new = Question("2", "Où ?")
    assert with_part(ALL, new) == (ONE, new, THREE)
    assert with_part((ONE, THREE), new) == (ONE, THREE, new)
    assert with_part((), new) == (new,)
    assert without_part(ALL, "2") == (ONE, THREE)
    assert without_part(ALL, "9") == ALL


def test_a_question_is_found_by_its_id_and_an_unknown_one_is_told() -> None:
    chat = a_chat(questions=ALL)
    assert [chat.question_index(one.id) for one in ALL] == [0, 1, 2]
    with pytest.raises(KeyError):
        chat.question_index("9")


def test_a_town_is_chosen_for_its_zone_alone() -> None:
    chat = with_town(with_town(a_chat(), "Africa/Dakar", "Thiès"), "Europe/Paris", "Lille")
    assert (chat.town("Africa/Dakar"), chat.town("Europe/Paris")) == ("Thiès", "Lille")
    chat = with_town(with_town(chat, "Africa/Dakar", "Kolda"), "Europe/Paris", "")
    assert chat.towns == (("Africa/Dakar", "Kolda"),)
    assert chat.town("Europe/Paris") == ""


def test_only_the_fields_that_were_seen_to_are_no_longer_to_confirm() -> None:
    chat = a_chat(carried_over=("topic", "summary", "minutes"))
    assert seen_to(chat, "topic", "minutes", "hashtag").carried_over == ("summary",)
    assert seen_to(chat).carried_over == chat.carried_over


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("invitation", Invitation)
def test_a_guest_agrees_by_accepting_and_the_team_has_agreed(
    role: Role, invitation: Invitation
) -> None:
    person = Person("p", role, handle="p_ex", invitation=invitation)
    is_guest, declined = role is Role.GUEST, invitation is Invitation.DECLINED
    assert has_agreed(person) is (not is_guest or invitation is Invitation.ACCEPTED)
    assert a_chat(people=(person,)).guests == ((person,) if is_guest and not declined else ())


def test_whoever_has_no_account_goes_by_no_name_typed_before() -> None:
    person = Person("p", handle="p_ex")
    assert person.typed_account == "p_ex"
    assert replace(person, no_account=True).typed_account == ""

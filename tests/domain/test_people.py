"""Guests and team: names on X, addresses, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Invitation, Person, Role
from tchat_desktop.domain.people import (
    Gap,
    GuestVerdict,
    HandleProblem,
    account_of,
    gaps,
    guest_count,
    handle_problem,
    is_plausible_email,
    normalise_email,
    normalise_handle,
    profile_page,
)
from tchat_desktop.domain.texts import calling_name
from tchat_desktop.domain.x.rules import X_RULES
from tests.domain.chats import a_chat
from tests.fakes.network import NETWORK


@pytest.mark.parametrize(
    "typed",
    [
        "awa_ex",
        "@awa_ex",
        " @awa_ex ",
        "\u2066@awa_ex\u2069",
        "https://x.com/awa_ex",
        "http://www.twitter.com/awa_ex?lang=fr",
        "https://mobile.twitter.com/awa_ex/status/12",
        "x.com/@awa_ex",
        "voici : https://x.com/awa_ex.",
        "<https://x.com/awa_ex>",
        "https://x.com/awa_ex/status/12/analytics",
        "https://x.com/intent/user?screen_name=awa_ex",
        "https://twitter.com/intent/follow?ref=a&screen_name=awa_ex#x",
        "@awa_ex.",
        "\ufeff@awa\u00ad_ex\u200b",
    ],
)
def test_the_name_is_found_in_what_people_paste(typed: str) -> None:
    assert normalise_handle(typed, NETWORK) == "awa_ex"
    assert handle_problem(typed, NETWORK) is None
    assert profile_page(typed, NETWORK) == "https://x.com/awa_ex"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", HandleProblem.EMPTY),
        ("@", HandleProblem.EMPTY),
        ("a" * 15, None),
        ("a" * 16, HandleProblem.TOO_LONG),
        ("awa-ex", HandleProblem.FORBIDDEN_CHARACTERS),
        ("awa.ex", HandleProblem.FORBIDDEN_CHARACTERS),
        ("awé", HandleProblem.FORBIDDEN_CHARACTERS),
        ("https://facebook.com/awa", HandleProblem.FORBIDDEN_CHARACTERS),
        ("https://x.com/i/status/12", HandleProblem.FORBIDDEN_CHARACTERS),
        ("https://x.com/search?q=awa", HandleProblem.FORBIDDEN_CHARACTERS),
        ("@sf diouf", HandleProblem.SEVERAL_WORDS),
        ("pas de compte", HandleProblem.SEVERAL_WORDS),
        ("Awa (@awa_ex)", HandleProblem.SEVERAL_WORDS),
        ("@awa\u00a0ex", HandleProblem.SEVERAL_WORDS),
    ],
)
def test_why_a_name_cannot_be(typed: str, problem: HandleProblem | None) -> None:
    assert handle_problem(typed, NETWORK) is problem


@given(st.text(max_size=40))
def test_a_name_without_problem_is_a_mention_on_x(typed: str) -> None:
    if handle_problem(typed, NETWORK) is None:
        assert X_RULES.mentions(f"avec @{normalise_handle(typed, NETWORK)} !") == [
            normalise_handle(typed, NETWORK)
        ]


@pytest.mark.parametrize("typed", ["@sf diouf", "pas de compte", "@sf\ndiouf", "sf\tdiouf"])
def test_words_are_never_joined_into_the_name_of_a_stranger(typed: str) -> None:
    handle = normalise_handle(typed, NETWORK)
    assert handle.split() == typed.replace("@", "").split()
    person = Person("p", Role.CO_HOST, name="Sokhna", handle=handle)
    assert account_of(person, NETWORK) == ""
    assert calling_name(person, NETWORK) == "Sokhna"
    assert calling_name(replace(person, name=""), NETWORK) == ""


def test_who_has_no_account_is_called_by_name_and_lacks_nothing() -> None:
    person = Person("p", Role.CO_HOST, name="Sokhna", handle="sokhna", no_account=True)
    assert calling_name(person, NETWORK) == "Sokhna"
    assert gaps(person, NETWORK) == ()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("mailto:awa@asso.sn?subject=tchat", "awa@asso.sn"),
        ("Awa Ndiaye <awa@asso.sn>", "awa@asso.sn"),
        ("\u2068awa@asso.sn\u2069.", "awa@asso.sn"),
        ("aïssa@école.sn", "aïssa@école.sn"),
    ],
)
def test_the_address_is_found_in_what_people_paste(typed: str, address: str) -> None:
    assert normalise_email(typed) == address
    assert is_plausible_email(address)


@pytest.mark.parametrize("address", ["a@b.sn", " awa.diop+tchat@asso.example.org ", "é@ô.fr"])
def test_plausible_addresses(address: str) -> None:
    assert is_plausible_email(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "awa",
        "@b.sn",
        "a@",
        "a@b",
        "a b@c.sn",
        "a@@b.sn",
        "a@b..sn",
        "a@-b.sn",
        "a,b@c.sn",
        "a@b.sn;c@d.sn",
        "a@b.sn, c@d.sn",
        "<a@b.sn>",
        "a:b@c.sn",
        "a" * 250 + "@b.sn",
    ],
)
def test_implausible_addresses(address: str) -> None:
    assert not is_plausible_email(address)


@pytest.mark.parametrize(
    ("guests", "verdict"),
    [
        (0, GuestVerdict.NONE),
        (1, GuestVerdict.ONE),
        (2, GuestVerdict.GOOD),
        (3, GuestVerdict.GOOD),
        (4, GuestVerdict.MANY),
    ],
)
def test_two_or_three_guests(guests: int, verdict: GuestVerdict) -> None:
    declined = Person("no", invitation=Invitation.DECLINED)
    team = Person("mod", Role.MODERATOR)
    people = (declined, team, *(Person(str(n)) for n in range(guests)))
    assert guest_count(a_chat(people=people)).verdict is verdict


def test_a_guest_is_complete_once_accepted_and_sent_the_questions() -> None:
    guest = Person("p")
    assert gaps(guest, NETWORK) == (Gap.NO_NAME, Gap.NO_HANDLE, Gap.NOT_INVITED)
    guest = replace(guest, name="Awa", handle="awa-ex", email="awa", invitation=Invitation.INVITED)
    assert gaps(guest, NETWORK) == (
        Gap.BAD_HANDLE,
        Gap.BAD_EMAIL,
        Gap.NOT_ACCEPTED,
        Gap.NO_QUESTIONS,
    )
    guest = replace(guest, handle="awa", email="", invitation=Invitation.ACCEPTED)
    assert gaps(guest, NETWORK) == (Gap.NO_QUESTIONS,)
    assert gaps(replace(guest, has_questions=True), NETWORK) == ()
    assert gaps(Person("p", invitation=Invitation.DECLINED), NETWORK) == ()


def test_the_team_needs_no_invitation() -> None:
    assert gaps(Person("p", Role.CO_HOST, name="Fatou", handle="fatou_ex"), NETWORK) == ()


@pytest.mark.parametrize(("length", "plausible"), [(253, True), (254, True), (255, False)])
def test_the_longest_address_that_can_be_written_to(length: int, plausible: bool) -> None:
    assert is_plausible_email("a" * (length - len("@asso.sn")) + "@asso.sn") is plausible


@pytest.mark.parametrize(("length", "plausible"), [(1, True), (63, True), (64, False)])
def test_the_longest_part_of_the_name_of_a_server(length: int, plausible: bool) -> None:
    assert is_plausible_email(f"awa@{'a' * length}.sn") is plausible


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("MAILTO:awa@asso.sn", "awa@asso.sn"),
        ("mailto:", ""),
        ("xmailto:awa@asso.sn", "xmailto:awa@asso.sn"),
        # An address has a bracket of its own at both ends, or it is left as it was typed.
        ("<awa@asso.sn>", "awa@asso.sn"),
        ("<Awa <awa@asso.sn>", "awa@asso.sn"),
        ("awa@asso.sn>", "awa@asso.sn>"),
        ("<awa@asso.sn", "<awa@asso.sn"),
        ("awa@asso.sn?subject=x", "awa@asso.sn?subject=x"),
    ],
)
def test_only_what_stands_around_an_address_is_taken_away(typed: str, address: str) -> None:
    assert normalise_email(typed) == address


@pytest.mark.parametrize("name", ["home", "Search", "I"])
def test_an_address_of_x_itself_is_nobody(name: str) -> None:
    assert name.lower() in NETWORK.not_people
    assert handle_problem(name, NETWORK) is HandleProblem.FORBIDDEN_CHARACTERS


@pytest.mark.parametrize("length", [16, 20, 40])
def test_what_is_too_long_says_so_only_where_its_beginning_could_be_a_name(length: int) -> None:
    assert handle_problem("a" * length, NETWORK) is HandleProblem.TOO_LONG
    assert handle_problem("é" * length, NETWORK) is HandleProblem.FORBIDDEN_CHARACTERS


def test_guests_who_accepted_are_counted_among_those_who_have_not_declined() -> None:
    people = tuple(Person(one.value, invitation=one) for one in Invitation)
    count = guest_count(a_chat(people=people))
    assert (count.accepted, count.total) == (1, len(Invitation) - 1)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("invitation", Invitation)
@pytest.mark.parametrize("has_questions", [True, False])
def test_only_guests_are_invited_and_sent_the_questions(
    role: Role, invitation: Invitation, has_questions: bool
) -> None:
    person = Person("p", role, "Awa", "awa", invitation=invitation, has_questions=has_questions)
    expected = []
    if role is Role.GUEST and invitation is not Invitation.DECLINED:
        expected = {
            Invitation.NOT_INVITED: [Gap.NOT_INVITED],
            Invitation.INVITED: [Gap.NOT_ACCEPTED],
            Invitation.ACCEPTED: [],
        }[invitation]
        if invitation is not Invitation.NOT_INVITED and not has_questions:
            expected.append(Gap.NO_QUESTIONS)
    assert list(gaps(person, NETWORK)) == expected

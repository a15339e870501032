"""What the announcing pictures say, their description, and colours one can read."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Invitation, Person, Question
from tchat_desktop.domain.texts import NO_DATE, When
from tchat_desktop.domain.visuals import (
    MOST_NAMED,
    READABLE,
    Shape,
    contrast,
    described,
    ink_on,
    is_colour,
    is_right_to_left,
    mix,
    more_guests,
    of_shape,
    readable_on,
    visual_of,
)
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
WHEN = When("samedi 5\u00a0décembre", "20\u00a0h", "20\u00a0h à Dakar, 21\u00a0h à Paris")
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def guest(number: int, invitation: Invitation = Invitation.ACCEPTED, **changes: object) -> Person:
    person = Person(f"g{number}", name=f"Invitée {number}", bio="médecin", invitation=invitation)
    return replace(person, **changes)  # type: ignore[arg-type]


def test_it_says_what_is_announced() -> None:
    chat = a_chat(organisation="Voix des filles", registration_link="exemple.org/inscription")
    visual = visual_of(chat, FR, WHEN)
    assert (visual.title.replace("\u00a0", " "), visual.tag) == (chat.topic, f"#{chat.hashtag}")
    assert (visual.day, visual.hours) == (WHEN.day, WHEN.hours)
    assert visual.organisation == "Voix des filles"
    assert visual.link == "https://exemple.org/inscription"
    assert visual.tag in visual.join


def test_without_a_link_the_code_leads_to_the_tag() -> None:
    visual = visual_of(a_chat(registration_link="", hashtag="Agir"), FR, WHEN)
    assert visual.link == FR.rules.links.search("Agir")
    assert visual.scan == FR.messages["visual.scan_tag"]


def test_nothing_unknown_shows_as_a_blank() -> None:
    empty = a_chat(topic="", hashtag="", organisation="", registration_link="", people=())
    visual = visual_of(empty, FR, NO_DATE)
    words = (visual.title, visual.tag, visual.day, visual.hours, visual.organisation, visual.join)
    assert words == ("",) * 6
    assert visual.link == ""
    assert "[" not in described(visual, FR)


def test_only_guests_who_accepted_are_named_and_no_more_than_fit() -> None:
    people = (
        *(guest(number) for number in range(12)),
        guest(12, Invitation.INVITED),
        guest(13, Invitation.DECLINED),
    )
    visual = visual_of(a_chat(people=people), FR, WHEN)
    assert visual.guests == tuple((f"Invitée {n}", "médecin") for n in range(MOST_NAMED))
    assert visual.more_guests == 12 - MOST_NAMED
    assert more_guests(visual, FR) == "8 autres personnes"
    assert more_guests(replace(visual, more_guests=1), FR) == "une autre personne"


def test_a_guest_without_a_name_is_called_by_the_account() -> None:
    people = (guest(1, name="", bio="", handle="awa_ex"),)
    assert visual_of(a_chat(people=people), FR, WHEN).guests == (("@awa_ex", ""),)


def test_the_description_says_all_that_is_to_be_read() -> None:
    visual = visual_of(a_chat(people=(guest(1),), organisation="Voix des filles"), FR, WHEN)
    said = described(visual, FR)
    for part in (
        visual.title,
        visual.tag,
        visual.day,
        visual.hours,
        "Invitée 1",
        "Voix des filles",
    ):
        assert part in said


def test_the_first_letter_decides_the_direction() -> None:
    assert is_right_to_left("12 – زواج الأطفال")
    assert not is_right_to_left("12 – Mariage, زواج")
    assert not is_right_to_left("2026")


def test_what_a_colour_is() -> None:
    assert is_colour("#4b2E83")
    assert not any(map(is_colour, ("", "4b2e83", "#4b2e8", "#4b2e83;", "red", "#4b2e83\n")))


def test_the_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == 21
    # The example of the WCAG's own note: this grey on white just passes.
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@given(COLOURS)
def test_text_can_be_read_on_every_colour(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= READABLE


@given(COLOURS, COLOURS)
def test_a_colour_is_made_readable_on_any_ground(ground: str, colour: str) -> None:
    assert contrast(readable_on(ground, colour), ground) >= READABLE


@given(COLOURS)
def test_a_readable_colour_stays_as_it_is(colour: str) -> None:
    if contrast(colour, "#ffffff") >= READABLE:
        assert readable_on("#ffffff", colour) == colour


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert [mix("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == [
        "#000000",
        "#808080",
        "#ffffff",
    ]


def test_no_line_begins_with_a_sign_that_french_sets_apart() -> None:
    chat = a_chat(topic="Écoles : que faire ? « Agir »", questions=(Question("q", "Et après ?"),))
    visual = visual_of(chat, FR, WHEN)
    assert visual.title == "Écoles\u00a0: que faire\u00a0? «\u00a0Agir\u00a0»"
    assert visual.questions == (("Q1", "Et après\u00a0?"),)


def test_the_questions_stand_on_their_own_picture_alone() -> None:
    visual = visual_of(a_chat(), FR, WHEN)
    assert [number for number, _text in visual.questions] == [f"Q{n}" for n in range(1, 7)]
    for shape in Shape:
        shown = of_shape(visual, shape).questions
        assert bool(shown) == (shape is Shape.QUESTIONS)
    assert "Q6 " in described(visual, FR)
    assert "Q1" not in described(of_shape(visual, Shape.WIDE), FR)


def test_a_description_is_cut_at_a_word_where_there_is_a_limit() -> None:
    long = tuple(Question(str(n), "Que peuvent faire les écoles ? " * 9) for n in range(10))
    visual = visual_of(a_chat(questions=long), FR, WHEN)
    said = described(visual, FR, 1000)
    assert len(said) <= 1000
    assert said.endswith("…")
    assert described(visual, FR).startswith(said[:-1])
    assert described(visual_of(a_chat(), FR, WHEN), FR, 1000).endswith("Filles Debout")


def test_a_topic_begins_with_a_capital_where_it_is_a_title() -> None:
    said = visual_of(a_chat(topic="le mariage des enfants"), FR, WHEN)
    assert said.title == "Le mariage des enfants"

"""The ready-made texts: complete in every language, well set, and short enough for X."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters import texts_file
from tchat_desktop.domain import languages, letters, promotion, protection, questions, run_sheet
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import (
    Announcement,
    Channel,
    HelpLine,
    Invitation,
    Person,
    Purpose,
    Question,
    Role,
)
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.links import with_scheme
from tchat_desktop.domain.texts import (
    TextsError,
    Theme,
    When,
    calling_name,
    checked,
    fill,
    fill_post,
    guests_by_name,
    is_in_evening,
    key_for,
    listed,
    named_guests,
    placeholders,
    reply_thanks,
    reply_welcome,
    values,
    welcome_to,
)
from tchat_desktop.domain.x.post_text import MAX_WEIGHT, weighted_length
from tests.domain.chats import NOW, a_chat
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

LANGUAGES = tuple(one.code for one in languages.LANGUAGES)
WHEN = When(
    "vendredi 25\u00a0septembre", "20\u00a0h\u00a030", "20 h 30 à Ouagadougou, 22 h 30 à Paris"
)

LONG_TAG = "A" * 20
LONG_GUESTS = tuple(
    Person(letter, handle=letter * 15, invitation=Invitation.ACCEPTED) for letter in "ab"
)


def test_french_comes_first_and_stands_in_for_the_unknown() -> None:
    assert LANGUAGES[:1] == ("fr",)
    assert "en" in LANGUAGES
    assert load_texts("wo").language == "fr"
    assert load_texts("en-GB").language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_the_same_things_with_the_same_values(language: str) -> None:
    french, other = load_texts("fr").messages, load_texts(language).messages
    assert other.keys() == french.keys()
    for key, text in other.items():
        assert placeholders(text) == placeholders(french[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("topic_length", [60, 90])
def test_every_proposed_post_fits(language: str, purpose: Purpose, topic_length: int) -> None:
    texts = load_texts(language)
    chat = a_chat(
        language=language,
        purpose=purpose,
        topic="é" * topic_length,
        hashtag=LONG_TAG,
        people=LONG_GUESTS,
        registration_link="https://example.org/" + "a" * 90,
        help_lines=(
            HelpLine("a", "Burkina Faso", "116", "enfants", verified=True),
            HelpLine("b", "Côte d’Ivoire", "1308", "femmes", verified=True),
            HelpLine("c", "France", "119", "enfants", "jour et nuit", verified=True),
        ),
    )
    chat = replace(chat, questions=tuple(Question(q, q) for q in texts.ideas[purpose]))
    sheet = run_sheet.build_run_sheet(chat, texts)
    assert {item.key for item in (*sheet.items, *sheet.removed)} >= {"welcome", "guests", "nudge3"}
    for item in (*sheet.items, *sheet.reserve, *sheet.removed):
        assert item.weight <= MAX_WEIGHT, item.key
        assert f"#{LONG_TAG}" in item.text
    if topic_length == 60:
        for one in promotion.ladder(replace(chat, starts_at=None), NOW):
            if one.channel is Channel.X:
                text = promotion.text_of(chat, one, texts, WHEN)
                assert weighted_length(text) <= MAX_WEIGHT, one.id
                assert f"#{LONG_TAG}" in text
    for reply in (
        reply_welcome(chat, "@" + "c" * 15, texts),
        reply_welcome(chat, "@" + "c" * 15, texts, tagged=True),
        reply_welcome(chat, "@" + "c" * 15, texts, tagged=True, invites=False),
        protection.answer(chat, texts),
        reply_thanks(chat, tuple("@" + letter * 15 for letter in "cde"), texts),
    ):
        assert weighted_length(reply) <= MAX_WEIGHT


@pytest.mark.parametrize("language", LANGUAGES)
def test_example_questions_need_no_hint_and_are_enough(language: str) -> None:
    texts = load_texts(language)
    for purpose in Purpose:
        chat = a_chat(language=language, purpose=purpose, questions=(), topic="")
        ideas = questions.unused_ideas(chat, texts)
        chat = replace(chat, questions=tuple(Question(idea, idea) for idea in ideas))
        assert questions.count_verdict(chat).verdict is questions.CountVerdict.OK
        assert {q: hint for q, hint in questions.hints(chat, texts).items() if hint} == {}
        assert questions.unused_ideas(chat, texts) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_example_questions_of_a_theme_need_no_hint(language: str) -> None:
    texts = load_texts(language)
    assert len(texts.themes) >= 6
    for theme in texts.themes:
        chat = a_chat(language=language, questions=(), topic=theme.keywords[0])
        assert questions.unused_ideas(chat, texts)[0] == theme.ideas[0]
        chat = replace(chat, questions=tuple(Question(idea, idea) for idea in theme.ideas))
        assert {q: hint for q, hint in questions.hints(chat, texts).items() if hint} == {}


def test_a_theme_without_example_questions_is_refused() -> None:
    texts = load_texts("fr")
    with pytest.raises(TextsError):
        checked("fr", texts.messages, texts.ideas, NETWORK, (Theme(("mariage",), ()),))


def _everything(language: str) -> list[str]:
    texts = load_texts(language)
    themed = (theme.ideas for theme in texts.themes)
    every = (idea for ideas in (*texts.ideas.values(), *themed) for idea in ideas)
    return [*texts.messages.values(), *every]


def test_french_is_set_with_no_break_spaces() -> None:
    for text in _everything("fr"):
        assert not re.search(r"[^\u00a0?!.…][?!;»]", text), text
        assert not re.search(r"[^\u00a0]:(?!//)", text), text
        assert not re.search(r"«[^\u00a0]", text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_typewriter_signs_or_stray_spaces(language: str) -> None:
    for text in _everything(language):
        assert not re.search(r"['\"\u202f]|  | \n|\.\.\.", text), text


def test_english_has_no_space_before_its_signs() -> None:
    for text in _everything("en"):
        assert not re.search(r"\s[?!:;]", text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_how_long_a_chat_lasts_by_itself(language: str) -> None:
    own = {"word.an_hour", "word.minutes"}
    messages = load_texts(language).messages
    said = " ".join(text for key, text in messages.items() if key not in own)
    assert not re.search(r"(?i)\b(?:une|[0-9]+) ?heures?|\b(?:an|one|the) (?:whole )?hour\b", said)


@pytest.mark.parametrize(
    ("topic", "ended"),
    [("L’école", "L’école."), ("Que faire\u00a0?", "Que faire\u00a0?"), ("", "[sujet].")],
)
def test_a_topic_at_the_end_of_a_sentence_has_its_stop(topic: str, ended: str) -> None:
    texts = load_texts("fr")
    text = fill(texts, "post.welcome", **values(a_chat(topic=topic), texts))
    assert f"Le sujet\u00a0: {ended}\n" in text


def test_a_missing_value_shows_in_brackets_and_a_missing_option_takes_its_line_away() -> None:
    texts = load_texts("fr")
    chat = a_chat(topic="", people=(), hashtag="")
    text = fill(texts, "post.welcome.give_access", **values(chat, texts))
    assert "[sujet]" in text
    assert "Avec nous" not in text
    assert set(unfilled(text)) == {"[sujet]", "[tag]"}
    assert unfilled(fill(texts, "post.welcome", **values(a_chat(), texts))) == ()


def test_the_greeting_goes_by_the_organisers_clock() -> None:
    texts = load_texts("fr")
    assert values(a_chat(), texts)["greeting"] == "Bonsoir"
    assert values(a_chat(time_zone="America/New_York"), texts)["greeting"] == "Bonjour"
    assert values(a_chat(), texts)["duration"] == "une heure"
    assert values(a_chat(minutes=90), texts)["duration"] == "90\u00a0minutes"


def test_only_people_who_agreed_are_mentioned() -> None:
    invited = Person("p", name="Awa", handle="awa_ex", invitation=Invitation.INVITED)
    assert calling_name(invited, NETWORK) == "Awa"
    assert calling_name(replace(invited, invitation=Invitation.ACCEPTED), NETWORK) == "@awa_ex"


def test_who_has_no_name_is_called_by_account_and_who_has_neither_is_not_named() -> None:
    nameless = Person("p", handle="awa_ex", invitation=Invitation.INVITED)
    assert calling_name(nameless, NETWORK) == "@awa_ex"
    off_x = Person("q", name="Awa", no_account=True, invitation=Invitation.ACCEPTED)
    unknown = Person("r", invitation=Invitation.ACCEPTED)
    assert calling_name(off_x, NETWORK) == "Awa"
    assert calling_name(unknown, NETWORK) == ""
    assert named_guests(a_chat(people=(nameless, off_x, unknown)), NETWORK) == (off_x,)


def test_a_line_on_a_guest_is_given_where_there_is_one() -> None:
    texts = load_texts("fr")
    awa = Person("a", name=" Awa ", bio=" sage-femme ", invitation=Invitation.ACCEPTED)
    idy = Person("i", name="Idy", invitation=Invitation.ACCEPTED)
    said = {guests: guests_by_name(a_chat(people=guests), texts) for guests in ((), (awa,), (idy,))}
    assert list(said.values()) == ["", "Awa, sage-femme", "Idy"]
    assert guests_by_name(a_chat(people=(awa, idy)), texts) == "Awa (sage-femme) et Idy"


@pytest.mark.parametrize(("hour", "evening"), [(17, False), (18, True), (0, False)])
def test_the_evening_begins_at_eighteen(hour: int, evening: bool) -> None:
    start = datetime(2026, 12, 5, hour, tzinfo=UTC)
    assert is_in_evening(a_chat(starts_at=start, time_zone="Africa/Dakar")) is evening
    assert not is_in_evening(a_chat(starts_at=None))


def test_the_hour_says_as_much_of_places_as_is_known() -> None:
    texts = load_texts("fr")
    known = ("d", "20 h", "20 h à Dakar", "21 h à Paris")
    for count, (hours, here) in {
        1: ("", ""),
        2: ("20 h", "20 h"),
        3: ("20 h à Dakar", "20 h à Dakar"),
        4: ("20 h à Dakar", "21 h à Paris"),
    }.items():
        told = values(a_chat(), texts, When(*known[:count]))
        assert (told["hours"], told["here"]) == (hours, here)


def test_the_account_is_a_mention_only_when_x_knows_such_names() -> None:
    texts = load_texts("fr")
    assert values(a_chat(), texts)["account"] == "@FillesDebout"
    for none in ("", "filles debout"):
        assert values(a_chat(account=none), texts)["account"] == "Filles Debout"
    assert values(a_chat(hashtag=""), texts)["tag"] == ""


def test_a_line_goes_when_one_of_its_two_options_is_missing() -> None:
    texts = load_texts("fr")
    texts = replace(texts, messages={**texts.messages, "x.eve": "Demain\nAvec {guests} {link}"})
    assert fill(texts, "x.eve", guests="Awa", link="") == "Demain"
    assert fill(texts, "x.eve", guests="Awa", link="ex.org") == "Demain\nAvec Awa ex.org"


def test_guests_are_named_in_a_post_that_has_exactly_room_for_them() -> None:
    texts = load_texts("fr")
    texts = replace(texts, messages={**texts.messages, "x.eve": "{topic}\n{guests}"})
    assert fill_post(texts, "x.eve", topic="a" * 275, guests="Idye").endswith("\nIdye")
    assert fill_post(texts, "x.eve", topic="a" * 275, guests="Idyes") == "a" * 275


def test_a_purpose_has_its_own_words_where_the_language_has_them() -> None:
    texts = load_texts("fr")
    own, other = f"post.welcome.{Purpose.GIVE_ACCESS}", f"post.rules.{Purpose.GIVE_ACCESS}"
    messages = {key: text for key, text in texts.messages.items() if key != other}
    texts = replace(texts, messages={**messages, own: "Bonsoir"})
    assert key_for(texts, "post.welcome", Purpose.GIVE_ACCESS) == own
    assert key_for(texts, "post.rules", Purpose.GIVE_ACCESS) == "post.rules"
    assert key_for(texts, "post.welcome", None) == "post.welcome"


def test_names_are_listed_as_in_a_sentence() -> None:
    texts = load_texts("fr")
    assert [listed(names, texts) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]


def test_values_with_braces_are_left_alone() -> None:
    texts = load_texts("fr")
    text = fill(texts, "post.welcome", **values(a_chat(topic="{tag} {0} }{"), texts))
    assert "{tag} {0} }{" in text


@pytest.mark.parametrize(
    "change",
    [
        {"post.welcome": "Bonjour {nobody}"},
        {"post.welcome": "Bonjour {tag"},
        {"post.question": "{day}"},
        {"post.welcom": "Bonjour"},
    ],
)
def test_a_template_that_is_not_as_it_should_be_is_refused(change: dict[str, str]) -> None:
    texts = load_texts("fr")
    with pytest.raises(TextsError):
        checked("fr", {**texts.messages, **change}, texts.ideas, NETWORK)


def test_a_language_that_lacks_something_is_refused(tmp_path: Path) -> None:
    texts = load_texts("fr")
    less = {key: text for key, text in texts.messages.items() if key != "post.rules"}
    with pytest.raises(TextsError):
        checked("fr", less, texts.ideas, NETWORK)
    with pytest.raises(TextsError):
        checked("fr", texts.messages, {}, NETWORK)
    folder = tmp_path / "fr"
    for broken in ("[post", '[ideas]\nnothing = ["?"]'):
        folder.mkdir(exist_ok=True)
        (folder / "posts.toml").write_text(broken, encoding="utf-8")
        with pytest.raises(TextsError):
            texts_file.load_texts("fr", NETWORK, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_whole(language: str) -> None:
    texts = load_texts(language)
    chat = a_chat(language=language)
    guest = chat.people[0]
    written = [
        letters.invitation(chat, guest, texts, WHEN),
        letters.reminder(chat, guest, texts, WHEN),
        letters.thanks_letter(chat, guest.name, texts),
    ]
    for letter in written:
        assert "\n" not in letter.subject
        assert "Awa" in letter.body
        assert letter.body.endswith("Filles Debout")
        assert unfilled(letter.subject + letter.body) == ()
    message = letters.invitation_message(chat, guest, texts, WHEN)
    assert WHEN.hours in message


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guest_without_an_account_is_never_asked_to_open_x(language: str) -> None:
    texts = load_texts(language)
    guest = Person("p", name="Awa", no_account=True, invitation=Invitation.ACCEPTED)
    chat = a_chat(language=language, people=(guest,))
    invited = letters.invitation(chat, guest, texts, WHEN).body
    reminded = letters.reminder(chat, guest, texts, WHEN).body
    pack = letters.guest_pack(chat, guest, texts, WHEN)
    assert "@" not in "".join(pack.texts)
    for text in (invited, reminded, *pack.how):
        assert not re.search(
            r"Ouvrez X|Open X|votre compte X|your X account|nom sur X|name on X", text
        )
        assert unfilled(text) == ()
    assert texts.messages["guest.off_x.needs"].format(via="") in invited


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hour_that_is_announced_names_its_place(language: str) -> None:
    for key, text in load_texts(language).messages.items():
        if key.split(".")[0] not in ("word", "blank"):
            assert "{hour}" not in text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_verb_agrees_with_the_name_of_the_organisation(language: str) -> None:
    """It may be plural, or feminine: "Les Filles … prépare" cannot be right for all."""
    for key, text in load_texts(language).messages.items():
        lines = [line for line in text.split("\n") if "{organisation}" in line]
        assert all(line == "{organisation}" for line in lines), key


def test_several_guests_are_thanked_in_good_french() -> None:
    two = tuple(
        Person(name, name=name, invitation=Invitation.ACCEPTED) for name in ("Awa", "Claire")
    )
    chat = a_chat(people=two)
    text = fill(load_texts("fr"), "post.thanks", **values(chat, load_texts("fr")))
    assert "Merci, Awa et Claire\u00a0!" in text
    assert "à Awa et" not in text


@pytest.mark.parametrize(
    ("typed", "shared"),
    [
        ("www.exemple.org/tchat", "https://www.exemple.org/tchat"),
        (" WWW.exemple.org ", "https://WWW.exemple.org"),
        ("https://www.exemple.org", "https://www.exemple.org"),
        ("http://www.exemple.org", "http://www.exemple.org"),
        ("www.", "www."),
        ("www.a b.org", "www.a b.org"),
        ("", ""),
    ],
)
def test_an_address_gets_what_makes_it_a_link(typed: str, shared: str) -> None:
    assert with_scheme(typed) == shared
    chat = a_chat(registration_link=typed)
    assert values(chat, load_texts("fr"))["link"] == shared


def test_the_guest_pack_numbers_the_questions_as_they_will_be_asked() -> None:
    texts = load_texts("fr")
    chat = a_chat(questions=(Question("a", "Quoi ?"), Question("b"), Question("c", "Où ?")))
    spare = Question("d", "Quand ?", essential=False)
    chat = replace(chat, questions=(spare, *chat.questions))
    pack = letters.guest_pack(chat, chat.people[0], texts, WHEN)
    assert pack.questions == ("Q1 Quoi ?", "Q2 Où ?", "– Quand ?")
    assert WHEN.hours in pack.when
    assert any("R1" in line and "#UnionsPrécoces" in line for line in pack.how)
    assert any("@FillesDebout" in line for line in pack.trouble)


def test_a_guest_pack_is_whole_as_a_message_and_names_no_questions_without_any() -> None:
    texts = load_texts("fr")
    chat = a_chat(questions=(Question("a", "Quoi ?"),))
    pack = letters.guest_pack(chat, chat.people[0], texts, WHEN)
    assert (len(pack.how), len(pack.trouble)) == (5, 5)
    assert [text for text in pack.texts if text not in pack.message] == []
    none = letters.guest_pack(replace(chat, questions=()), chat.people[0], texts, WHEN)
    assert none.questions_title not in none.message
    assert "\n\n\n" not in none.message


def test_who_has_no_account_reads_the_name_of_the_house_where_there_is_one() -> None:
    texts = load_texts("fr")
    off_x = Person("p", name="Kadi", no_account=True, invitation=Invitation.ACCEPTED)
    for house, read in (("Filles Debout", "Filles Debout"), (" ", "@FillesDebout")):
        pack = letters.guest_pack(a_chat(organisation=house), off_x, texts, WHEN)
        assert any(read in line for line in pack.trouble)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_used_the_tag_is_not_told_to_think_of_it(language: str) -> None:
    chat, texts = a_chat(), load_texts(language)
    tagged, without = (
        Post("1", "awa_d", "Awa", said, datetime(2026, 11, 20, tzinfo=UTC))
        for said in ("Bonsoir #unionsprecoces", "Bonsoir")
    )
    assert welcome_to(without, chat, texts) == reply_welcome(chat, "@awa_d", texts)
    assert welcome_to(tagged, chat, texts) == reply_welcome(chat, "@awa_d", texts, tagged=True)
    assert "tag" not in welcome_to(tagged, chat, texts)
    short = welcome_to(tagged, chat, texts, invites=False)
    assert short in (
        "Bienvenue @awa_d, et merci d’être là\u00a0! #UnionsPrécoces",
        "Welcome @awa_d, and thank you for being here! #UnionsPrécoces",
        "¡Gracias por estar aquí, @awa_d! #UnionsPrécoces",
        "Obrigado por estar aqui, @awa_d! #UnionsPrécoces",
        "أهلًا @awa_d، وشكرًا على الحضور! #UnionsPrécoces",
    )


def test_a_letter_asks_for_nothing_known_and_nobody_signs_for_another() -> None:
    texts = load_texts("fr")
    chat = a_chat(
        people=(Person("c", Role.CO_HOST, name="Fatou Sow"),), organisation="Filles Debout"
    )
    unknown, known = Person("p", name="Awa"), Person("q", name="Awa", handle="awa_ex")
    letter = letters.invitation(chat, unknown, texts, WHEN).body
    assert "votre nom sur X" in letter
    assert letter.endswith("à bientôt,\nFilles Debout")
    assert "votre nom sur X" not in letters.invitation(chat, known, texts, WHEN).body
    written = (
        *(write(chat, known, texts, WHEN).body for write in (letters.invitation, letters.reminder)),
        *(say(chat, known, texts, WHEN) for say in MESSAGES),
        letters.thanks_letter(chat, "Awa", texts).body,
    )
    assert not [text for text in written if "Fatou" in text]


MESSAGES = (letters.invitation_message, letters.reminder_message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_message_tells_who_is_not_on_x_that_no_account_is_needed(language: str) -> None:
    texts, off_x = load_texts(language), Person("p", name="Kadi", no_account=True)
    for say, part in zip(MESSAGES, ("needs", "check"), strict=True):
        assert texts.messages[f"guest.off_x.{part}"].replace("{via}", "") in say(
            a_chat(), off_x, texts, WHEN
        )
        assert texts.messages[f"guest.on_x.{part}"] in say(a_chat(), Person("q"), texts, WHEN)


def test_a_guest_who_has_not_accepted_is_named_nowhere() -> None:
    """Neither in the posts of the hour nor in any announcement, on any channel."""
    for invitation in (Invitation.NOT_INVITED, Invitation.INVITED, Invitation.DECLINED):
        guest = Person("p", name="Diop Mamadou", handle="diop_ex", invitation=invitation)
        chat = a_chat(people=(replace(guest, bio="juriste à Dakar"),))
        texts = load_texts("fr")
        sheet = run_sheet.build_run_sheet(chat, texts)
        ladder = promotion.ladder(chat, chat.starts_at - timedelta(days=60))
        assert {one.channel for one in ladder} == set(Channel)
        out = [item.text for item in (*sheet.items, *sheet.removed, *sheet.reserve)]
        out += [promotion.proposed_text(chat, one, texts, WHEN) for one in ladder]
        assert not [text for text in out if "Diop" in text or "diop_ex" in text]
        assert not [line for text in out for line in text.splitlines() if line == "Avec"]


def test_elsewhere_than_on_x_guests_are_named_by_name() -> None:
    texts = load_texts("fr")
    awa = Person("a", name="Awa Sarr", handle="awa_ex", bio="sage-femme à Thiès")
    awa = replace(awa, invitation=Invitation.ACCEPTED)
    only = Person("h", handle="sans_nom_ex", invitation=Invitation.ACCEPTED)
    one, two = a_chat(people=(awa,)), a_chat(people=(awa, replace(awa, name="Claire"), only))
    for channel in (Channel.FACEBOOK, Channel.EMAIL, Channel.WHATSAPP):
        announcement = Announcement("1", channel)
        text = promotion.proposed_text(one, announcement, texts, WHEN)
        assert "Avec\u00a0: Awa Sarr, sage-femme à Thiès\n" in text
        assert "@awa_ex" not in text
        text = promotion.proposed_text(two, announcement, texts, WHEN)
        named = "Awa Sarr (sage-femme à Thiès) et Claire (sage-femme à Thiès)"
        assert f"Avec\u00a0: {named}\n" in text
        assert "_ex" not in text
    assert "@awa_ex" in promotion.proposed_text(one, Announcement("1", Channel.X), texts, WHEN)

"""Who took part, and thanks that mention nobody who did not agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import (
    Chat,
    Invitation,
    Occasion,
    Person,
    Question,
    RecapDraft,
    Role,
    Route,
)
from tchat_desktop.domain.conversation import YES
from tchat_desktop.domain.letters import team_thanks_letter, thanks_letter
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.thanks import (
    Participant,
    ThanksGroup,
    ThanksWay,
    grouped_thanks,
    participants,
    personal_thanks,
    private_thanks,
    way_of,
    with_thanked,
)
from tchat_desktop.domain.x.rules import X_RULES
from tests.domain.test_recap import START, chat, item, question
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts
from tests.hidden_names import found_in, spellings
from tests.hidden_names import people as hidden_people

FRENCH = load_texts("fr")
LANGUAGES = ("fr", "en", "es", "pt", "ar")


def repost(target: str, state: PostState = PostState.SENT) -> OutboxPost:
    return OutboxPost(
        "p" + target, "c", Occasion.LIVE, "repost:" + target, PostKind.REPOST, "", START, START,
        Route.KEYS, state, target_id=target,
    )  # fmt: skip


def test_nobody_took_part_in_an_empty_chat() -> None:
    assert participants(Chat(id="x"), [], [], NETWORK) == ()


def test_a_question_filed_by_hand_is_counted_as_one() -> None:
    filed = replace(item(1, "fatou", "R1 et nos mères, qui leur explique"), asks=YES)
    assert Participant("fatou", "Fatou", asked=1, posts=1, said=filed.post) in participants(
        chat(), [filed], [], NETWORK
    )


def test_everybody_is_listed_with_how_they_took_part() -> None:
    posts = [
        item(1, "fatou", "R1 oui"),
        item(2, "FATOU", "Et les garçons ?", question_id=""),
        item(3, "fatou", "R1 vraiment ?"),
        item(4, "moussa", "Bravo https://example.org/?q=1", question_id=""),
        item(5, "org", "Q1 …"),
        item(6, "troll", "…", hidden=True),
    ]
    rows = [repost("1"), repost("3"), repost("4", PostState.FAILED)]
    people = participants(chat(thanked=("Moussa",)), posts, rows, NETWORK)

    assert people == (
        Participant("awa_d", "Awa", is_guest=True),
        Participant("fatou", "Fatou", asked=1, answered=2, reposted=2, posts=3,
                    questions=(1,), said=posts[2].post),
        Participant("moussa", "Moussa", posts=1, shared=1, thanked=True, said=posts[3].post),
    )  # fmt: skip


def test_guests_come_first_in_the_chats_order_then_the_most_present() -> None:
    posts = [item(1, "zoe"), item(2, "ali"), item(3, "bob"), item(4, "bob"), item(5, "bineta")]

    assert [one.handle for one in participants(chat(), posts, [], NETWORK)] == [
        "awa_d", "bineta", "bob", "ali", "zoe",
    ]  # fmt: skip


def test_names_are_in_the_order_of_the_alphabet_whatever_their_accents() -> None:
    names = {"y": "Yao", "e": "Étudiant", "a": "awa", "f": "Fatou"}
    posts = [
        replace(one, post=replace(one.post, author_name=names[one.post.author]))
        for one in (item(number, key) for number, key in enumerate(names, start=1))
    ]
    found = [one.name for one in participants(Chat(id="x"), posts, [], NETWORK)]
    assert found == ["awa", "Étudiant", "Fatou", "Yao"]


def test_people_are_ticked_off() -> None:
    told = with_thanked(with_thanked(chat(), "@Fatou", thanked=True), "FATOU", thanked=True)

    assert told.thanked == ("fatou",)
    assert with_thanked(told, "Fatou", thanked=False).thanked == ()


def test_only_guests_who_accepted_are_mentioned() -> None:
    posts = [item(number, f"voix{number}") for number in range(1, 9)] + [item(9, "bineta")]
    told = chat()
    thanks = grouped_thanks(told, participants(told, posts, [], NETWORK), FRENCH)

    assert [one.handle for one in thanks.addressed] == ["awa_d"]
    assert X_RULES.mentions(thanks.addressed[0].text) == ["awa_d"]
    assert set(X_RULES.mentions(thanks.general)) <= {"awa_d"}
    assert "#Tag" in thanks.general
    assert "bineta" not in thanks.general


def test_a_guest_is_mentioned_as_the_organiser_writes_their_name() -> None:
    told = chat()
    told = replace(
        told,
        people=tuple(
            replace(one, handle="Awa_D") if one.typed_account == "awa_d" else one
            for one in told.people
        ),
    )
    thanks = grouped_thanks(told, participants(told, [item(1, "awa_d")], [], NETWORK), FRENCH)
    assert X_RULES.mentions(thanks.addressed[0].text) == ["Awa_D"]


def test_a_hidden_guest_is_thanked_in_private_only() -> None:
    told = chat(recap=RecapDraft(hidden_authors=("Awa_D",)))
    people = participants(told, [item(1, "awa_d")], [], NETWORK)
    thanks = grouped_thanks(told, people, FRENCH)

    assert [one.may_be_named for one in people] == [False]
    assert thanks.addressed == ()
    assert "awa" not in thanks.general.casefold()


def test_a_name_cannot_mention_or_tag() -> None:
    person = Participant("fatou", "Fatou\n@victime #Autre ＠ami")
    text = personal_thanks(chat(), person, FRENCH)

    assert X_RULES.mentions(text) == []
    assert "Fatou victime Autre ami" in text
    assert "#Autre" not in text


def test_someone_without_a_name_is_called_by_the_handle() -> None:
    person = Participant("fatou", "@#")

    assert "Merci @fatou" in personal_thanks(chat(), person, FRENCH)


def test_a_guest_without_a_handle_is_thanked_in_person_and_one_without_anything_is_not() -> None:
    awa = Person("g", Role.GUEST, "Awa", "", invitation=Invitation.ACCEPTED)
    people = (awa, replace(awa, id="h", name=" "))

    found = participants(replace(chat(), people=people), [], [], NETWORK)
    assert found == (Participant("", "Awa", is_guest=True, person_id="g"),)


def test_guests_come_first_whatever_they_wrote_and_others_by_posts_then_name() -> None:
    people = (
        Person("g", Role.GUEST, "Zoé", "zoe_ex", invitation=Invitation.ACCEPTED),
        Person("h", Role.GUEST, "Awa", "awa_ex", invitation=Invitation.ACCEPTED),
        Person("i", Role.GUEST, "Diop", "", invitation=Invitation.ACCEPTED, no_account=True),
    )
    posts = [item(n, "ali") for n in range(1, 4)] + [item(9, "awa_ex")]
    found = participants(chat(people=people), posts, [], NETWORK)
    assert [one.key for one in found] == ["zoe_ex", "awa_ex", "i", "ali"]


def test_the_last_post_of_a_person_is_the_one_to_reply_to() -> None:
    early, late = item(1, "fatou"), item(5, "fatou")
    same = replace(late, post=replace(late.post, id="same"))
    for posts, said in (([early, late], late), ([late, early], late), ([late, same], same)):
        found = {one.key: one for one in participants(chat(), posts, [], NETWORK)}
        assert found["fatou"].said == said.post


@pytest.mark.parametrize(
    ("text", "question_id", "asked", "answered"),
    [
        ("R1 oui", "a", 0, 1),
        ("Bravo", "", 0, 0),
        ("Comment ?", "", 1, 0),
        ("Comment ?", "a", 1, 0),
    ],
)
def test_a_post_asks_or_answers_never_both(
    text: str, question_id: str, asked: int, answered: int
) -> None:
    posts = [item(1, "moussa", text, question_id=question_id)]
    found = {one.key: one for one in participants(chat(), posts, [], NETWORK)}["moussa"]
    assert (found.asked, found.answered, found.posts) == (asked, answered, 1)


def test_of_a_post_entered_by_hand_the_name_x_displays_elsewhere_is_kept() -> None:
    entered = replace(item(2), post=replace(item(2).post, author_name="@fatou"))
    for posts, name in (
        ([item(1), entered], "Fatou"),
        ([entered], ""),
        ([entered, item(3)], "Fatou"),
    ):
        found = {one.key: one for one in participants(chat(), posts, [], NETWORK)}
        assert found["fatou"].name == name


def test_who_is_to_be_spared_or_has_no_account_is_not_listed() -> None:
    posts = [item(1, "fatou"), item(2, "ORG"), item(3, ""), item(4, "moussa"), item(5, "awa_d")]
    found = participants(chat(), posts, [], NETWORK, frozenset({"fatou", "awa_d", "org"}))
    # A guest is known to the organiser, and thanked whatever they wrote.
    assert [one.handle for one in found] == ["awa_d", "moussa"]


@pytest.mark.parametrize("invitation", Invitation)
def test_a_guest_without_an_account_is_thanked_if_they_agreed_or_something_was_published(
    invitation: Invitation,
) -> None:
    diop = Person("z", Role.GUEST, " Diop ", "", invitation=invitation, no_account=True)
    told = chat(people=(diop,))
    alone = participants(told, [], [], NETWORK)
    assert bool(alone) is (invitation is Invitation.ACCEPTED)
    answer = replace(
        repost("x"), kind=PostKind.GUEST_ANSWER, guest_id="z", guest_name="Diop", question_id="a"
    )
    (found,) = participants(told, [], [answer], NETWORK)
    assert (found.name, found.person_id, found.handle) == ("Diop", "z", "")
    assert (found.posts, found.answered, found.asked) == (1, 1, 0)
    word = participants(told, [], [replace(answer, question_id="")], NETWORK)
    assert [(one.posts, one.answered) for one in word] == [(1, 0)]


def test_the_thanks_published_a_second_time_are_worded_otherwise() -> None:
    first = grouped_thanks(chat(), [], FRENCH)
    again = grouped_thanks(chat(), [], FRENCH, again=True)
    assert first.general != again.general
    assert "#Tag" in again.general


@pytest.mark.parametrize(
    ("name", "said"),
    [("Fatou", "Fatou"), ("  ", "@fatou"), ("@", "@fatou"), ("", "@fatou"), ("A\tB", "A B")],
)
def test_a_person_is_called_by_name_else_by_handle(name: str, said: str) -> None:
    assert said in personal_thanks(chat(), Participant("fatou", name), FRENCH)
    assert "#Tag" in personal_thanks(chat(), Participant("fatou", name), FRENCH)
    assert "#" not in personal_thanks(chat(), Participant("", "Diop"), FRENCH)


def test_people_are_ticked_off_one_by_one() -> None:
    told = chat(thanked=("moussa", "awa_d"))
    assert with_thanked(told, "@Moussa", thanked=False).thanked == ("awa_d",)
    assert with_thanked(told, "fatou", thanked=True).thanked == ("moussa", "awa_d", "fatou")


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_say_what_somebody_really_did(language: str) -> None:
    texts = load_texts(language)
    posts = [item(1, "fatou", "R1 oui"), item(2, "fatou", "Et les mères ?", question_id="")]
    told = replace(chat(), language=language)
    fatou = next(
        one for one in participants(told, posts, [], NETWORK, former_authors=["moussa"])
        if one.handle == "fatou"
    )  # fmt: skip
    assert (fatou.questions, fatou.asked, fatou.first_time) == ((1,), 1, True)
    text = personal_thanks(told, fatou, texts)
    assert "Q1" in text
    assert texts.messages["word.did_question"] in text
    assert texts.messages["word.first_time"] in text
    assert texts.messages["word.did_part"] not in text
    assert X_RULES.remaining(text) >= 0
    assert not X_RULES.mentions(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_name_no_number_that_contradicts_the_one_somebody_wrote(language: str) -> None:
    """The third question went to the reserve, and one of the hour itself has no number."""
    texts = load_texts(language)
    ids = ("a", "b", "c", "d", "e")
    asked = tuple(Question(one, f"{one} ?") for one in ids)
    own = Question("own", "?", essential=False)
    told = replace(chat(), language=language, questions=(*asked, own))
    rows = [
        question("a", number=1),
        question("b", number=2),
        question("own", number=None),
        question("d", number=3),
        question("e", number=4),
    ]
    posts = [
        item(1, "awa_d", "R1 oui", question_id="a"),
        item(2, "awa_d", "R2 oui", question_id="b"),
        item(3, "awa_d", "R5 oui", question_id="e"),
        item(4, "three", "R3 La loi protège", question_id="d"),
        item(5, "four", "R4 Chez nous", question_id="e"),
        item(6, "five", "R5 Chez nous", question_id="e"),
        item(7, "plain", "Chez nous", question_id="d"),
        item(8, "own", "Chez nous", question_id="own"),
    ]
    people = {one.handle: one for one in participants(told, posts, rows, NETWORK)}
    assert {handle: one.questions for handle, one in people.items()} == {
        "awa_d": (), "three": (3,), "four": (4,), "five": (), "plain": (3,), "own": (),
    }  # fmt: skip
    reply, replies = texts.messages["word.did_reply"], texts.messages["word.did_replies"]
    for handle, words in (("awa_d", replies), ("five", reply), ("own", reply)):
        text = personal_thanks(told, people[handle], texts)
        assert words in text
        assert not any(f"Q{number}" in text for number in range(1, 6))
    assert "Q3" in personal_thanks(told, people["three"], texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_recap_online_its_link_is_told_and_no_recap_is_promised(language: str) -> None:
    texts = load_texts(language)
    plain = replace(chat(), language=language)
    online = replace(plain, recap=RecapDraft(page_link="exemple.org/recap"))
    people = participants(online, [item(1, "awa_d")], [], NETWORK)
    told = (
        grouped_thanks(online, people, texts, again=True).general,
        grouped_thanks(online, people, texts).general,
        personal_thanks(online, people[0], texts),
        thanks_letter(online, "Awa", texts).body,
        team_thanks_letter(online, "Awa", texts).body,
    )
    assert all("https://exemple.org/recap" in one for one in told)
    assert all(texts.messages["word.recap_coming"] not in one for one in told)
    assert texts.messages["word.recap_coming"] in thanks_letter(plain, "Awa", texts).body
    if language == "fr":
        assert not any("bientôt" in one for one in told)


def test_who_held_the_chat_is_thanked_for_that_and_not_for_messages() -> None:
    team = Person("t", Role.CO_HOST, "Fatou", "fatou")
    told = replace(chat(), people=(team,))
    (fatou,) = participants(told, [item(1, "fatou", "R1 oui")], [], NETWORK)
    assert fatou.groups == {ThanksGroup.TEAM}
    text = personal_thanks(told, fatou, FRENCH)
    assert FRENCH.messages["word.did_team"] in text
    assert "Q1" not in text
    assert "dit" not in team_thanks_letter(told, "Fatou", FRENCH).body


def test_groups_are_of_guests_the_most_active_and_newcomers() -> None:
    posts = [item(number, "bob") for number in range(1, 4)] + [item(5, "awa_d"), item(6, "zoe")]
    people = participants(chat(), posts, [], NETWORK, former_authors=["Bob"])
    assert {one.handle: set(one.groups) for one in people} == {
        "awa_d": {ThanksGroup.GUESTS, ThanksGroup.NEWCOMERS},
        "bob": {ThanksGroup.ACTIVE},
        "zoe": {ThanksGroup.NEWCOMERS},
    }


def test_how_somebody_was_thanked_goes_with_the_tick() -> None:
    told = with_thanked(chat(), "@Fatou", True, ThanksWay.IN_PERSON)
    assert way_of(told, "fatou") is ThanksWay.IN_PERSON
    assert with_thanked(told, "fatou", True, ThanksWay.EMAIL).thanked_by == (("fatou", "email"),)
    assert with_thanked(told, "FATOU", True).thanked_by == ()
    assert with_thanked(told, "FATOU", False).thanked_by == ()


@given(st.data())
def test_public_thanks_name_nobody_who_is_hidden_however_it_is_written(data: st.DataObject) -> None:
    who = data.draw(hidden_people())
    written = data.draw(spellings(who.name))
    guest = Person("g", Role.GUEST, written, who.handle, invitation=Invitation.ACCEPTED)
    told = replace(chat(), people=(guest,), recap=RecapDraft(hidden_authors=(who.handle,)))
    post = item(1, "zoe")
    posts = [replace(post, post=replace(post.post, author=who.handle, author_name=who.name)),
             replace(post, post=replace(post.post, id="2", author_name=written))]  # fmt: skip
    people = participants(told, posts, [], NETWORK)
    thanks = grouped_thanks(told, people, FRENCH)
    assert thanks.addressed == ()
    assert not found_in(thanks.general, who)
    assert not [one for one in people if one.may_be_named and found_in(one.name, who)]


def test_a_private_word_has_neither_tag_nor_handle_and_needs_no_name() -> None:
    told = chat()
    for name in ("Awa Diop", ""):
        text = private_thanks(told, Participant("awa_d", name, posts=1, asked=1), FRENCH)
        assert X_RULES.hashtags(text) == []
        assert X_RULES.mentions(text) == []
        assert text.startswith(f"Bonjour {name}".strip() + ",")
        assert FRENCH.messages["word.did_question"] in text


def test_a_guest_is_called_by_the_name_in_the_list_in_thanks_and_recap() -> None:
    shown = replace(item(1, "awa_d", starred=True).post, author_name="Awa 🌻")
    told = replace(
        chat(),
        people=tuple(replace(one, name="Dr Awa Diop") for one in chat().people[:1]),
    )
    posts = [replace(item(1, "awa_d"), post=shown, starred=True)]
    found = {one.handle: one.name for one in participants(told, posts, [], NETWORK)}
    assert found["awa_d"] == "Dr Awa Diop"
    recap = build_recap(told, posts, [], NETWORK)
    assert [one.author.name for one in recap.highlights if one.author] == ["Dr Awa Diop"]

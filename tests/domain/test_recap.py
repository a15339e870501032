"""The recap: what is chosen, in which order, and who is not named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.anonymity import MASK, NameMask
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
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.recap import (
    Recap,
    build_recap,
    commented,
    texts_to_look_at,
    with_answer_chosen,
    with_hidden,
    with_highlight_moved,
    with_masked_words,
    words_shown,
)
from tests.fakes.network import NETWORK

START = datetime(2026, 12, 5, 20, 0, tzinfo=UTC)


def chat(**changes: object) -> Chat:
    made = Chat(
        id="c",
        account="org",
        topic="Le sujet",
        hashtag="Tag",
        starts_at=START,
        questions=(Question("a", "Première ?"), Question("b", "Deuxième ?"), Question("c", "3 ?")),
        people=(
            Person("g", Role.GUEST, "Awa", "awa_d", invitation=Invitation.ACCEPTED),
            Person("h", Role.GUEST, "Bineta", "bineta", invitation=Invitation.INVITED),
        ),
    )
    return replace(made, **changes)


def item(number: int, author: str = "fatou", text: str = "R1 oui", **marks: object) -> FeedPost:
    post = Post(
        str(number),
        author,
        author.title(),
        text,
        START + timedelta(minutes=number),
        url=f"https://x.com/{author}/status/{number}",
    )
    return FeedPost(post, **{"starred": True, "question_id": "a", **marks})


def question(question_id: str, state: PostState = PostState.SENT, **changes: object) -> OutboxPost:
    made = OutboxPost(
        "r" + question_id, "c", Occasion.LIVE, f"q:{question_id}", PostKind.QUESTION,
        "", START, START, Route.KEYS, state, question_id=question_id,
    )  # fmt: skip
    return replace(made, **changes)


def ids(built: Recap) -> list[list[str]]:
    return [[one.post_id for one in section.highlights] for section in built.sections]


def test_an_empty_chat_has_an_empty_recap() -> None:
    built = build_recap(Chat(id="x"), [], [], NETWORK)

    assert (built.title, built.sections, built.others, built.highlights) == ("", (), (), ())
    assert not built.simulated


def test_sections_are_the_questions_asked_in_their_order() -> None:
    built = build_recap(
        chat(),
        [item(1, question_id="b"), item(2, question_id="", text="Bravo")],
        [question("a"), question("c", PostState.SKIPPED)],
        NETWORK,
    )

    assert [(one.number, one.id, one.text) for one in built.sections] == [
        (1, "a", "Première ?"),
        (2, "b", "Deuxième ?"),
    ]
    assert ids(built) == [[], ["1"]]
    assert [one.post_id for one in built.others] == ["2"]


def test_what_has_no_number_stands_after_what_was_asked_by_one() -> None:
    spare = Question("s", "En réserve ?", essential=False)
    told = chat(questions=(spare, *chat().questions))
    posts = [item(1, question_id="s"), item(2, question_id="a"), item(3, question_id="c")]
    sections = build_recap(told, posts, [], NETWORK).sections
    assert [(one.number, one.id) for one in sections] == [(1, "a"), (3, "c"), (None, "s")]


@pytest.mark.parametrize(
    ("posted", "shown"),
    [
        ("Q1 Et chez vous, qui décide ? #Tag", "Et chez vous, qui décide ?"),
        ("Q1. Et chez vous ?\n#tag", "Et chez vous ?"),
        ("q 1 – Qui, avec #Tag, décide ?", "Qui, avec #Tag, décide ?"),
        ("Q1 #Tag", "Première ?"),
        ("Première ? #Autre", "Première ? #Autre"),
        ("", "Première ?"),
    ],
)
def test_a_question_is_worded_as_it_was_posted(posted: str, shown: str) -> None:
    built = build_recap(chat(), [], [question("a", text=posted)], NETWORK)
    assert built.sections[0].text == shown
    assert (
        build_recap(chat(), [], [question("a", PostState.SKIPPED, text=posted)], NETWORK).sections
        == ()
    )


def test_a_mask_is_told_only_where_something_was_masked() -> None:
    typed = item(1, text="R1 oui […] non")
    assert not build_recap(chat(), [typed], [], NETWORK).masked
    hidden = chat(recap=RecapDraft(hidden_authors=("fatou",)))
    assert not build_recap(hidden, [item(1, text="R1 oui")], [], NETWORK).masked
    assert build_recap(hidden, [item(1, text="R1 Fatou")], [], NETWORK).masked
    words = with_masked_words(RecapDraft(), ["Aminata", "AMINATA", " ", "Thiès  Nord"])
    assert words.masked_words == ("Aminata", "Thiès Nord")
    told = [item(1, text="R1 Aminata, 12 ans, à Thiès\u00a0nord")]
    built = build_recap(chat(recap=words), told, [], NETWORK)
    assert built.masked
    assert built.highlights[0].text == f"R1 {MASK}, 12 ans, à {MASK}"


def test_only_starred_and_shown_posts_are_highlights() -> None:
    posts = [item(1), item(2, starred=False), item(3, hidden=True), item(4, question_id="gone")]
    built = build_recap(chat(), posts, [], NETWORK)

    assert [one.post_id for one in built.highlights] == ["1", "4"]
    assert built.sections[0].replies == 2


def test_the_organisers_order_then_time() -> None:
    draft = RecapDraft(order=("3", "1", "unknown"))
    built = build_recap(chat(recap=draft), [item(4), item(1), item(2), item(3)], [], NETWORK)

    assert ids(built) == [["3", "1", "2", "4"]]


def test_the_organisers_words() -> None:
    draft = RecapDraft(
        title=" Titre ",
        introduction="Intro",
        conclusion="Fin",
        comments=(("a", "Un mot"), ("z", "perdu")),
    )
    built = build_recap(chat(recap=draft), [item(1)], [], NETWORK)

    assert (built.title, built.introduction, built.conclusion) == ("Titre", "Intro", "Fin")
    assert built.sections[0].comment == "Un mot"
    assert build_recap(chat(), [], [], NETWORK).title == "Le sujet"


def test_authors_and_guests() -> None:
    built = build_recap(chat(), [item(1, "AWA_D"), item(2)], [], NETWORK)
    first, second = (one.author for one in built.highlights)

    assert first is not None
    assert second is not None
    assert (first.handle, first.is_guest) == ("AWA_D", True)
    assert (second.name, second.is_guest) == ("Fatou", False)
    assert [guest.name for guest in built.guests] == ["Awa"]


def test_of_a_post_entered_by_hand_no_displayed_name_is_known() -> None:
    one = item(1)
    entered = replace(one, post=replace(one.post, author_name="@fatou"))
    (author,) = (one.author for one in build_recap(chat(), [entered], [], NETWORK).highlights)
    assert author is not None
    assert (author.name, author.handle) == ("", "fatou")


@pytest.mark.parametrize(
    ("rows", "occasion", "simulated"),
    [
        ([], Occasion.LIVE, False),
        ([], Occasion.REHEARSAL, True),
        ([question("a")], Occasion.LIVE, False),
        ([question("a", occasion=Occasion.REHEARSAL)], Occasion.LIVE, True),
        ([question("a", route=Route.REHEARSAL)], Occasion.LIVE, True),
    ],
)
def test_a_rehearsal_is_marked(rows: list[OutboxPost], occasion: Occasion, simulated: bool) -> None:
    assert build_recap(chat(), [item(1)], rows, NETWORK, occasion=occasion).simulated is simulated


def test_a_hidden_author_is_masked_everywhere() -> None:
    draft = RecapDraft(
        title="Avec Fatou",
        introduction="@FATOU nous a dit",
        conclusion="Merci fatou.",
        comments=(("a", "Fatou a raison"),),
        hidden_authors=("@Fatou",),
    )
    people = (Person("g", Role.GUEST, "Fatou Diop", "fatou", invitation=Invitation.ACCEPTED),)
    posts = [
        item(1, "fatou", "Moi Fatou Diop https://t.co/a #Tag"),
        item(
            2, "moussa", "Merci @fatou ! https://x.com/fatou/status/1 et https://x.com/i/status/1"
        ),
        item(3, "awa", "Les fatouistes et @fatou2 https://example.org/1b"),
    ]
    built = build_recap(chat(recap=draft, people=people), posts, [], NETWORK)
    first, second, third = built.highlights

    assert (first.author, first.url) == (None, "")
    assert first.text == f"Moi {MASK} {MASK} #Tag"
    assert second.text == f"Merci {MASK} ! {MASK} et {MASK}"
    assert third.text == "Les fatouistes et @fatou2 https://example.org/1b"
    assert built.title == f"Avec {MASK}"
    assert built.introduction == f"{MASK} nous a dit"
    assert built.conclusion == f"Merci {MASK}."
    assert built.sections[0].comment == f"{MASK} a raison"
    assert built.guests == ()
    assert built.figures.participants == 3


def guest(name: str, handle: str) -> Person:
    return Person("g", Role.GUEST, name, handle, invitation=Invitation.ACCEPTED)


@pytest.mark.parametrize(
    ("name", "handle", "draft"),
    [
        # Too short a name to be looked for in texts: the handle alone tells who it is.
        ("Bâ", "ba_dakar", RecapDraft(hidden_authors=("ba_dakar",))),
        ("", "ba_dakar", RecapDraft(hidden_authors=("@BA_Dakar",))),
        ("Aminata", "ba_dakar", RecapDraft(masked_words=("ba_dakar",))),
        # Nobody is hidden, and yet the name is not to be shown.
        ("Aminata Bâ", "ba_dakar", RecapDraft(masked_words=("Aminata",))),
        ("Aminata Bâ", "", RecapDraft(masked_words=("Aminata",))),
    ],
)
def test_a_guest_of_whom_either_name_or_handle_is_hidden_is_not_named(
    name: str, handle: str, draft: RecapDraft
) -> None:
    shown = Person("i", Role.GUEST, "Idy", "idy_ex", invitation=Invitation.ACCEPTED)
    people = (guest(name, handle), shown)
    assert [one.name for one in build_recap(chat(people=people), [], [], NETWORK).guests] == [
        name,
        "Idy",
    ]
    hidden = build_recap(chat(people=people, recap=draft), [], [], NETWORK)
    assert [one.name for one in hidden.guests] == ["Idy"]


@pytest.mark.parametrize(
    "invitation", [one for one in Invitation if one is not Invitation.ACCEPTED]
)
def test_who_has_not_accepted_is_not_among_the_guests(invitation: Invitation) -> None:
    person = replace(guest("Awa", "awa_d"), invitation=invitation)
    assert build_recap(chat(people=(person,)), [], [], NETWORK).guests == ()


@pytest.mark.parametrize("starred", [True, False])
@pytest.mark.parametrize("hidden", [True, False])
def test_a_post_is_shown_when_it_is_chosen_and_not_put_out_of_sight(
    starred: bool, hidden: bool
) -> None:
    shown = build_recap(chat(), [item(1, starred=starred, hidden=hidden)], [], NETWORK).highlights
    assert bool(shown) is (starred and not hidden)


def test_a_hidden_author_shows_in_nothing_of_the_highlight() -> None:
    post = item(1, "fatou", "R1 oui")
    for who in ("fatou", "@Fatou", "FATOU"):
        draft = RecapDraft(hidden_authors=(who,))
        (one,) = build_recap(chat(recap=draft), [post], [], NETWORK).highlights
        assert (one.author, one.url) == (None, "")
    (named,) = build_recap(
        chat(recap=RecapDraft(hidden_authors=("awa",))), [post], [], NETWORK
    ).highlights
    assert named.author is not None


def test_a_short_handle_is_no_ordinary_word() -> None:
    mask = NameMask(["la"], [], [], rules=NETWORK)

    assert mask.text("la loi, dit @la") == f"la loi, dit {MASK}"


def test_nothing_is_masked_when_nobody_is_hidden() -> None:
    mask = NameMask([], ["Awa"], ["1"], rules=NETWORK)

    assert mask.text("Awa @awa https://x.com/awa/status/1") == "Awa @awa https://x.com/awa/status/1"


@given(
    st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True),
    st.text(max_size=20),
    st.sampled_from(["{}", "@{}", "x @{}, y", "https://x.com/{}/status/1", "#{} .@{}!", "({})"]),
)
def test_a_masked_text_never_mentions(handle: str, before: str, form: str) -> None:
    mask = NameMask([handle], [], [], rules=NETWORK)
    text = f"{before} {form.replace('{}', handle.upper())}"

    assert f"@{handle}".casefold() not in mask.text(text).casefold().split()
    assert f"x.com/{handle}".casefold() not in mask.text(text).casefold()


def test_moving_a_highlight_within_its_section() -> None:
    draft = with_highlight_moved(RecapDraft(order=("z",)), ["1", "2", "3"], "3", 0)

    assert draft.order == ("z", "3", "1", "2")
    assert with_highlight_moved(draft, ["3", "1", "2"], "3", 99).order == ("z", "1", "2", "3")
    assert with_highlight_moved(draft, ["3", "1", "2"], "2", -5).order == ("z", "2", "3", "1")
    with pytest.raises(ValueError, match="not in"):
        with_highlight_moved(draft, ["1"], "9", 0)


@given(st.permutations(list("123456")), st.integers(0, 5), st.integers(-2, 8))
def test_what_is_moved_is_shown_there(shown: list[str], which: int, to: int) -> None:
    posts = [item(number) for number in range(1, 7)]
    draft = with_highlight_moved(RecapDraft(order=tuple(shown)), shown, shown[which], to)
    (now,) = ids(build_recap(chat(recap=draft), posts, [], NETWORK))

    assert now.index(shown[which]) == max(0, min(to, 5))
    assert [one for one in now if one != shown[which]] == [
        one for one in shown if one != shown[which]
    ]


def test_comments_and_hidden_people_are_set_and_taken_away() -> None:
    draft = commented(commented(RecapDraft(), "a", "un"), "a", "deux")

    assert draft.comments == (("a", "deux"),)
    assert commented(draft, "a", "").comments == ()
    hidden = with_hidden(with_hidden(RecapDraft(), "@Awa", hidden=True), "AWA", hidden=True)
    assert hidden.hidden_authors == ("awa",)
    assert with_hidden(hidden, "Awa", hidden=False).hidden_authors == ()


def test_the_answer_of_a_guest_is_chosen_once_and_taken_away_alone() -> None:
    draft = RecapDraft(guest_answers=("a", "b"))
    assert with_answer_chosen(draft, "c", True).guest_answers == ("a", "b", "c")
    assert with_answer_chosen(draft, "a", True).guest_answers == ("b", "a")
    assert with_answer_chosen(draft, "a", False).guest_answers == ("b",)


def test_highlights_of_one_instant_are_in_the_order_of_their_ids() -> None:
    first, second = item(1), item(2)
    same = replace(second, post=replace(second.post, created_at=first.post.created_at))
    assert ids(build_recap(chat(), [same, first], [], NETWORK)) == [["1", "2"]]


def test_the_order_of_the_organiser_holds_among_the_others_too() -> None:
    posts = [item(1, question_id=""), item(2, question_id="gone"), item(3, question_id="")]
    built = build_recap(chat(recap=RecapDraft(order=("2", "3"))), posts, [], NETWORK)
    assert [one.post_id for one in built.others] == ["2", "3", "1"]
    assert [one.post_id for one in built.highlights] == ["2", "3", "1"]


@pytest.mark.parametrize(("title", "shown"), [("", "Le sujet"), (" ", "Le sujet"), ("T", "T")])
def test_without_a_title_the_topic_is_the_title(title: str, shown: str) -> None:
    assert build_recap(chat(recap=RecapDraft(title=title)), [], [], NETWORK).title == shown


def test_only_texts_that_may_tell_who_somebody_is_are_to_be_looked_at() -> None:
    child = "Aminata, 12 ans, a quitté l’école"
    plain = RecapDraft("Titre", "Bonjour", "Merci", comments=(("a", "Bravo"),))
    built = build_recap(chat(recap=plain), [item(1), item(2, text=child)], [], NETWORK)
    assert texts_to_look_at(built) == (child,)
    for draft in (
        replace(plain, title=child),
        replace(plain, introduction=child),
        replace(plain, conclusion=child),
        replace(plain, comments=(("a", child),)),
    ):
        assert texts_to_look_at(build_recap(chat(recap=draft), [item(1)], [], NETWORK)) == (child,)


def test_all_words_of_a_recap_are_known_but_the_names_of_people() -> None:
    awa = replace(guest("Awa", "awa_d"), bio="sage-femme")
    draft = RecapDraft("Titre", "Bonjour", "Merci", comments=(("a", "Bravo"),))
    posts = [item(1), item(2, text="Salut", question_id="")]
    built = build_recap(chat(recap=draft, people=(awa,)), posts, [], NETWORK)
    assert words_shown(built) == (
        "Titre", "Bonjour", "Merci", "Première ?", "Bravo", "sage-femme", "R1 oui", "Salut",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["Qui connaît Aminata ?", "Première ?"])
@pytest.mark.parametrize("asked", [True, False])
def test_a_question_is_masked_whether_it_was_asked_from_here_or_not(text: str, asked: bool) -> None:
    draft = RecapDraft(masked_words=("Aminata",))
    told = chat(recap=draft, questions=(Question("a", text),))
    rows = [question("a", text=f"Q1 {text} #Tag")] if asked else []
    built = build_recap(told, [item(1)], rows, NETWORK)
    assert [one.text for one in built.sections] == [text.replace("Aminata", MASK)]
    assert built.masked is ("Aminata" in text)


def test_a_question_of_which_only_a_confidence_was_chosen_has_its_section_and_no_reply() -> None:
    told = item(1, text="R1 Mon père veut me marier.", confided=True)
    built = build_recap(chat(recap=RecapDraft(masked_words=("Première",))), [told], [], NETWORK)
    (section,) = built.sections
    assert (section.replies, section.text, section.number) == (0, f"{MASK} ?", 1)
    assert built.masked
    plain = build_recap(chat(), [told], [], NETWORK)
    assert (plain.sections[0].text, plain.masked) == ("Première ?", False)


def test_the_last_place_in_a_section_is_as_far_as_a_highlight_moves() -> None:
    for to, order in ((0, "312"), (1, "132"), (2, "123"), (3, "123")):
        moved = with_highlight_moved(RecapDraft(), ["1", "2", "3"], "3", to)
        assert moved.order == tuple(order)


def test_only_the_person_named_is_hidden_or_named_again() -> None:
    draft = RecapDraft(hidden_authors=("awa", "moussa"))
    assert with_hidden(draft, "@Fatou", hidden=True).hidden_authors == ("awa", "moussa", "fatou")
    assert with_hidden(draft, "@AWA", hidden=False).hidden_authors == ("moussa",)
    commented_twice = RecapDraft(comments=(("a", "un"), ("b", "deux")))
    assert commented(commented_twice, "a", "").comments == (("b", "deux"),)
    assert commented(commented_twice, "a", "x").comments == (("b", "deux"), ("a", "x"))


def test_an_answer_to_a_question_that_was_given_another_number_loses_its_number_too() -> None:
    recap = build_recap(chat(), [item(1)], [], NETWORK)
    quoted = recap.highlights[0]
    asked = replace(recap.sections[0], number=1)
    recap = replace(recap, sections=(asked, replace(asked, id="added", number=None)))
    # One was added during the hour: what is the first one now was the second one for a while.
    assert recap.said(replace(quoted, text="R2 Chez nous, l’école aide.")) == (
        "Chez nous, l’école aide."
    )
    assert recap.said(replace(quoted, text="R3 est un bus.")) == "R3 est un bus."

"""The first name of somebody hidden, alone in what others wrote, is always asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain import recap as recaps
from tchat_desktop.domain.chat import Chat, Person, Question, RecapDraft, Role
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.doubts import posts_shown
from tchat_desktop.domain.first_names import FirstNames, NameLeft, first_name
from tests.fakes.network import NETWORK

AT = datetime(2026, 12, 5, 20, 10, tzinfo=UTC)


def post(number: int, author: str, name: str, text: str) -> FeedPost:
    made = Post(str(number), author, name, text, AT, url=f"https://x.com/{author}/status/{number}")
    return FeedPost(made, starred=True)


def hiding(*handles: str, **draft: object) -> Chat:
    return Chat(id="c", recap=RecapDraft(hidden_authors=handles, **draft))


@pytest.mark.parametrize(
    ("shown", "first"),
    [
        ("Awa Ba", "Awa"),
        ("🌸 Awa 🌸", "Awa"),
        ("Dr Ndèye Sarr", "Ndèye"),
        ("Mme DIOP Fatou", "Fatou"),
        ("AWA DIOP", "AWA"),
        ("Marie-Claire Sow", "Marie-Claire"),
        ("La voix de Kolda", "voix"),
        ("Maman de 3 enfants", "enfants"),
        ("🌸", ""),
        ("Li", ""),
        ("", ""),
    ],
)
def test_the_first_name_in_a_shown_name(shown: str, first: str) -> None:
    assert first_name(shown, "fr") == first


@pytest.mark.parametrize("handle", ["awa_ba", "AwaBa", "awa_ba_221"])
def test_somebody_entered_by_hand_is_known_by_the_handle_alone(handle: str) -> None:
    posts = [post(1, handle, f"@{handle}", "Bonsoir"), post(2, "m_ex", "@m_ex", "Merci Awa !")]
    (left,) = FirstNames(hiding(handle), posts, NETWORK).left_in(one.post.text for one in posts)
    assert left.texts == ("Merci Awa !",)


def test_a_word_of_a_handle_beside_a_name_is_no_name_unless_it_is_written_like_one() -> None:
    posts = [post(1, "voix_1_0", "Salif Ba", "Bonsoir"), post(2, "awa_ba", "Maman d’Alger", "Oui")]
    names = FirstNames(hiding("voix_1_0", "awa_ba"), posts, NETWORK)
    texts = ["La voix des filles compte.", "Merci Awa !", "Et Salif aussi, ou salif."]
    assert [(one.name, one.texts) for one in names.left_in(texts)] == [
        ("Salif", (texts[2],)),
        ("awa", (texts[1],)),
    ]


def test_a_guest_who_wrote_nothing_is_known_too() -> None:
    chat = replace(hiding("abc_ex"), people=(Person("g", Role.GUEST, "Aïssatou Ba", "abc_ex"),))
    assert FirstNames(chat, (), NETWORK).left_in(["Merci aissatou"]) == (
        NameLeft("Aïssatou", ("Merci aissatou",)),
    )


def test_nobody_is_asked_about_who_is_not_hidden() -> None:
    posts = [post(1, "awa_ba", "Awa Ba", "Bonsoir"), post(2, "m_ex", "M", "Merci Awa !")]
    assert FirstNames(hiding(), posts, NETWORK).left_in(one.post.text for one in posts) == ()
    assert FirstNames(hiding("m_ex"), posts, NETWORK).left_in(["Merci Awa !"]) == ()


WRITINGS = (
    "Awa",
    "awa",
    "AWA",
    normalize("NFD", "Áwa"),
    "A\u200bwa",
    "Ａwa",
    "#Awa",
    "d’Awa",
    "_Awa_",
)


@given(
    st.sampled_from(WRITINGS),
    st.sampled_from(("Merci ", "", "Avec\u00a0", "« ")),
    st.sampled_from((" !", ", à bientôt", "", "\n")),
    st.sampled_from(("title", "introduction", "conclusion", "comment", "question", "post")),
)
def test_wherever_it_is_left_it_is_told_and_hiding_it_leaves_nothing(
    written: str, before: str, after: str, where: str
) -> None:
    text = f"{before}{written}{after}"
    draft: dict[str, object] = {}
    if where == "comment":
        draft = {"comments": (("q", text),)}
    elif where in ("title", "introduction", "conclusion"):
        draft = {where: text}
    chat = replace(
        hiding("awa_ba", **draft),
        questions=(Question("q", text if where == "question" else "Qui aide ?"),),
    )
    other = text if where == "post" else "Bonsoir à vous"
    posts = [post(1, "awa_ba", "Awa Ba", "R1 oui"), post(2, "m_ex", "Moussa", other)]
    posts = [replace(one, question_id="q") for one in posts]
    (left,) = FirstNames(chat, posts, NETWORK).left_in(words(chat, posts))
    assert left.name == "Awa"

    masked = replace(chat, recap=recaps.with_masked_words(chat.recap, [left.name]))
    assert FirstNames(masked, posts, NETWORK).left_in(words(masked, posts)) == ()
    other = replace(chat, recap=recaps.with_name_of_another(chat.recap, left.name.upper()))
    assert FirstNames(other, posts, NETWORK).left_in(words(other, posts)) == ()


def words(chat: Chat, posts: list[FeedPost]) -> tuple[str, ...]:
    """All that the recap and the tables show."""
    recap = recaps.build_recap(chat, posts, (), NETWORK)
    table = (one.text for one in posts_shown(chat, posts, (), NETWORK))
    return (*recaps.words_shown(recap), *table)

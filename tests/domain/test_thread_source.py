"""A thread against the recap of now: what is no longer so in it, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.anonymity import MASK, NameMask
from tchat_desktop.domain.chat import Chapter, Chat, Route, ThreadPost
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.forgetting import KnownPerson, PersonMask, chat_without, quoting
from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.recap_thread import proposed_thread, texts_published, thread_problems
from tchat_desktop.domain.thread_rows import thread_followed, thread_lines
from tchat_desktop.domain.thread_source import (
    Omission,
    OmittedPart,
    ThreadSource,
    WhyOmitted,
    made_anew,
)
from tchat_desktop.domain.thread_writing import MOST, sentences
from tests.domain.chats import NOW, START, a_chat
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

TEXTS = load_texts("fr")
WORDS = (
    "La loi existe mais peu la connaissent vraiment chez nous",
    "Ma voisine a repris le chemin du lycée cette année",
    "Le maire devrait lire ce texte à voix haute au marché",
    "Mon oncle a changé d’avis après une longue soirée",
    "Il faut parler aux pères avant la fin des récoltes",
    "Chaque matin nous marchons une heure pour apprendre",
)
IDS = [one.id for one in a_chat().questions]


def said(number: int, question_id: str = "id1", **marks: object) -> FeedPost:
    post = Post(
        str(number),
        f"voix_{number}",
        f"Prénom{number} Nom{number}",
        WORDS[number % len(WORDS)],
        START + timedelta(minutes=1 + number),
    )
    return FeedPost(post, **{"starred": True, "question_id": question_id, **marks})


def figures(posts: list[FeedPost]) -> str:
    return f"{len({one.post.author for one in posts})} personnes ont partagé {len(posts)} messages."


def made(chat: Chat, posts: list[FeedPost]) -> tuple[Chat, ThreadSource]:
    """The chat with the thread that is proposed, and what it is proposed from."""
    recap = build_recap(chat, posts, (), NETWORK)
    thread = proposed_thread(chat, recap, TEXTS, figures(posts))
    return replace(chat, thread=thread), source(chat, posts)


def source(chat: Chat, posts: list[FeedPost]) -> ThreadSource:
    return ThreadSource(build_recap(chat, posts, (), NETWORK), figures(posts), NETWORK)


def gaps(chat: Chat, posts: list[FeedPost]) -> tuple[Omission, ...]:
    chat, origin = made(chat, posts)
    return origin.gaps(texts_published(chat.thread))


def wrong(chat: Chat, posts: list[FeedPost]) -> list[str]:
    """The ids of the posts of the thread that do not leave."""
    origin, mask = source(chat, posts), NameMask.over(chat, posts, NETWORK)
    return [
        post.id
        for post in chat.thread
        if origin.former(post, post.text)
        or thread_problems(post.text, mask, NETWORK, by_page=False, tag=chat.hashtag)
    ]


# --- what is no longer so ---------------------------------------------------------------------


@st.composite
def happenings(draw: st.DrawFn) -> tuple[list[FeedPost], list[FeedPost], Chat, KnownPerson | None]:
    """Posts, those left of them, the chat with who is hidden now, and who was forgotten."""
    numbers = draw(st.lists(st.integers(0, 5), unique=True, min_size=1, max_size=8))
    posts = [said(number, draw(st.sampled_from(["", *IDS]))) for number in numbers]
    gone = draw(st.sets(st.sampled_from(numbers)))
    hidden = draw(st.sets(st.sampled_from(numbers)))
    initials = draw(st.sets(st.sampled_from(numbers)))
    unstarred = draw(st.sets(st.sampled_from(numbers)))
    forgotten = draw(st.sampled_from([None, *numbers]))
    left = [
        replace(one, starred=int(one.post.id) not in unstarred)
        for one in posts
        if int(one.post.id) not in gone and int(one.post.id) != forgotten
    ]
    chat = a_chat()
    draft = replace(
        chat.recap,
        hidden_authors=tuple(f"voix_{one}" for one in sorted(hidden)),
        initialled_authors=tuple(f"voix_{one}" for one in sorted(initials - hidden)),
    )
    person = None
    if forgotten is not None:
        name = frozenset({f"Prénom{forgotten} Nom{forgotten}"})
        person = KnownPerson(f"voix_{forgotten}", name)
    return posts, left, replace(chat, recap=draft), person


@given(happenings())
def test_nothing_leaves_that_the_recap_no_longer_says_and_anew_all_of_it_does(
    happened: tuple[list[FeedPost], list[FeedPost], Chat, KnownPerson | None],
) -> None:
    posts, left, after, person = happened
    before, _origin = made(a_chat(), posts)
    chat = replace(after, thread=before.thread)
    if person is not None:
        gone = {one.post.id for one in posts if one.post.author == person.handle}
        chat = chat_without(chat, person, PersonMask(person), gone)
        words = [one.post.text for one in posts if one.post.id in gone]
        assert not any(one in post.text for post in chat.thread for one in words)
        assert not any(one in part.text for post in chat.thread for part in post.told
                       for one in words)  # fmt: skip
    barred = wrong(chat, left)
    recap = build_recap(chat, left, (), NETWORK)
    named = {one.post_id for one in recap.highlights if one.author is not None}
    for post in chat.thread:
        if post.id in barred:
            continue
        text = fold(post.text)
        assert figures(posts) == figures(left) or fold(figures(posts)) not in text
        for one in posts:
            if one.post.id not in named:
                assert fold(one.post.author_name) not in text
                assert f" {fold(one.post.text)} " not in f" {text} " or any(
                    other.post.text == one.post.text for other in left if other.post.id in named
                )
    again, _origin = made(chat, left)
    lines = thread_lines(chat, (), NETWORK)
    redone = made_anew(lines, again.thread, source(chat, left))
    assert redone == again.thread
    assert wrong(replace(chat, thread=redone), left) == []


def test_what_the_organiser_has_changed_is_looked_at_by_what_is_left_of_it() -> None:
    posts = [said(1), said(2, "id3")]
    chat, _origin = made(a_chat(), posts)
    opening, first, second, thanks = chat.thread
    fewer = [posts[0]]
    told = replace(opening, text="Ce soir : 2 personnes, quelle joie !")
    quote = replace(second, text="Quelqu’un propose de lire ce texte à voix haute.")
    own = replace(second, text="Que pensez-vous du maire ?")
    edited = replace(chat, thread=(told, first, quote, own, thanks))
    assert wrong(edited, fewer) == [told.id, quote.id]
    assert wrong(edited, posts) == []


def test_a_number_that_somebody_said_is_theirs() -> None:
    five = replace(said(1), post=replace(said(1).post, text="Nous étions 2 personnes à 17 ans"))
    chat, _origin = made(a_chat(), [five, said(2, "id3")])
    without = [five]
    assert "former" not in wrong(chat, without)
    assert chat.thread[1].id not in wrong(chat, without)


def test_a_guest_who_is_none_any_more_is_not_thanked_unseen() -> None:
    chat, _origin = made(a_chat(), [said(1)])
    assert "Idy" in chat.thread[-1].text
    without = replace(chat, people=tuple(one for one in chat.people if "Idy" not in one.name))
    assert chat.thread[-1].id in wrong(without, [said(1)])


def test_once_it_has_begun_only_what_is_no_longer_so_changes() -> None:
    posts = [said(1), said(2, "id2"), said(3, "id3")]
    chat, _origin = made(replace(a_chat(), route=Route.KEYS), posts)
    own = replace(chat.thread[1], text="Dit autrement")
    chat = replace(chat, thread=(chat.thread[0], own, *chat.thread[2:]))
    rows = thread_followed(chat, (), Route.KEYS, NOW, NETWORK).added
    rows = (replace(rows[0], state=PostState.SENT, remote_id="7"), *rows[1:])
    lines = thread_lines(chat, rows, NETWORK)
    left = [posts[0], posts[2]]
    again, _origin = made(chat, left)
    redone = made_anew(lines, again.thread, source(chat, left))
    assert [one.id for one in redone] == [one.id for one in chat.thread]
    assert redone[0] == chat.thread[0]
    assert redone[1] == own
    assert "Prénom2" not in redone[2].text
    assert redone[2].text.startswith("Q2 ")
    assert redone[3:] == chat.thread[3:]


def test_the_posts_that_quote_somebody_are_known_by_the_ids_of_theirs() -> None:
    chat, _origin = made(a_chat(), [said(1), said(2, "id3")])
    assert quoting(chat, {"2"}) == {chat.thread[2].id}
    person = KnownPerson("voix_2", frozenset({"Prénom2 Nom2"}))
    edited = replace(chat.thread[2], text="Autrement : le maire, Prénom2 Nom2")
    chat = replace(chat, thread=(*chat.thread[:2], edited, *chat.thread[3:]))
    after = chat_without(chat, person, PersonMask(person), {"2"})
    assert after.thread[2] == ThreadPost(edited.id, MASK)


# --- what is left out -------------------------------------------------------------------------


def test_introduction_chapters_comments_and_conclusion_are_carried() -> None:
    chat = a_chat()
    draft = replace(
        chat.recap,
        introduction="Une soirée rare. Merci d’être venues !",
        conclusion="Rendez-vous en mars.",
        chapters=(Chapter("k", "Ce qui nous a touchées", after="id1"),),
        placed=(("2", "k"),),
        comments=(("id1", "Beaucoup de réponses."), ("k", "Deux voix, surtout.")),
        between=(("2", "Puis vint ceci."),),
    )
    posts = [said(1), said(2)]
    chat, origin = made(replace(chat, recap=draft), posts)
    texts = texts_published(chat.thread)
    whole = "\n".join(texts)
    for words in (
        *("Une soirée rare. Merci d’être venues !", "Rendez-vous en mars."),
        *("Ce qui nous a touchées", "Beaucoup de réponses.", "Deux voix, surtout."),
        *("Puis vint ceci.", WORDS[1], WORDS[2]),
    ):
        assert words in whole
    assert [one.kind for one in origin.gaps(texts)] == []


def test_a_long_introduction_is_cut_at_the_ends_of_its_sentences() -> None:
    text = " ".join(f"Voici la phrase numéro {n}, qui dit une chose de plus." for n in range(12))
    draft = replace(a_chat().recap, introduction=text)
    chat, origin = made(a_chat(recap=draft), [said(1)])
    introduced = [one.text for one in chat.thread if one.id.startswith("introduction-")]
    assert len(introduced) > 1
    assert " ".join(introduced) == text
    assert all(one.endswith(".") for one in introduced)
    assert origin.gaps(texts_published(chat.thread)) == ()


def test_what_does_not_go_is_named_with_its_reason() -> None:
    chat = a_chat()
    draft = replace(
        chat.recap,
        introduction="Merci à [nom] et à toutes.",
        hidden_authors=("voix_2",),
        initialled_authors=("voix_3",),
    )
    child = said(4, "id4")
    child = replace(child, post=replace(child.post, text="Aïcha, 12 ans, ne va plus à l’école."))
    posts = [said(1), said(2, "id2"), said(3, "id3"), child, said(5, "id2")]
    found = gaps(replace(chat, recap=draft), posts)
    told = {(one.kind, one.why, one.text[:2]) for one in found}
    assert (OmittedPart.SENTENCE, WhyOmitted.MASKED, "Me") in told
    assert (OmittedPart.HIGHLIGHT, WhyOmitted.NOT_NAMED, "") in told
    assert (OmittedPart.QUESTION, WhyOmitted.NOT_NAMED, "Q3") in told
    assert any(one.kind is OmittedPart.HIGHLIGHT and one.why is WhyOmitted.DOUBT for one in found)
    assert not any(one.text.startswith(("Q1", "Q2")) for one in found)


def test_what_the_organiser_takes_out_or_shortens_is_left_out_from_then_on() -> None:
    draft = replace(a_chat().recap, introduction="Une soirée rare. Une autre viendra.")
    chat, origin = made(a_chat(recap=draft), [said(1)])
    assert origin.gaps(texts_published(chat.thread)) == ()
    shorter = [replace(one, text=one.text.replace("Une autre viendra.", "")) for one in chat.thread]
    found = origin.gaps(texts_published(shorter))
    assert found == (Omission(OmittedPart.SENTENCE, WhyOmitted.ROOM, "Une autre viendra."),)
    without = [one for one in chat.thread if not one.id.startswith("id1")]
    assert {one.kind for one in origin.gaps(texts_published(without))} == {
        OmittedPart.QUESTION,
        OmittedPart.HIGHLIGHT,
    }


SENTENCES = st.lists(
    st.integers(0, 10**6).map(lambda n: f"Phrase {n} " + "mot " * (n % 90) + "fin.").map(str.strip),
    max_size=9,
).map(" ".join)


@given(SENTENCES, SENTENCES, SENTENCES, st.lists(st.integers(0, 40), unique=True, max_size=12))
def test_each_sentence_and_each_question_is_either_in_the_thread_or_said_to_be_left_out(
    introduction: str, comment: str, conclusion: str, numbers: list[int]
) -> None:
    draft = replace(
        a_chat().recap,
        introduction=introduction,
        conclusion=conclusion,
        comments=tuple((one, comment) for one in IDS[:2]),
    )
    posts = [said(number, IDS[number % len(IDS)]) for number in numbers]
    chat, origin = made(a_chat(recap=draft), posts)
    texts = texts_published(chat.thread)
    assert len(texts) <= MOST
    whole = "".join(filter(str.isalnum, fold(" ".join(one.split(" ", 1)[1] for one in texts))))
    left = [one.text for one in origin.gaps(texts)]
    recap = build_recap(chat, posts, (), NETWORK)
    for text in (introduction, conclusion, *(one.comment for one in recap.sections)):
        for sentence in sentences(text):
            there = "".join(filter(str.isalnum, fold(sentence))) in whole
            assert there != (sentence in left)

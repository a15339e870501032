"""Who may be recognised in a post that is about to be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.adapters.codec import decode, encode
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.chat import Chat, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.doubts import Doubt, ShownPost, as_shown, posts_shown, with_read_again
from tchat_desktop.domain.outgoing import PostKind
from tchat_desktop.domain.recap import build_recap, texts_to_look_at
from tchat_desktop.domain.saved_recap import saved_as
from tchat_desktop.services.ports import ChatFile
from tests.domain.test_figures import sent
from tests.domain.test_recap import chat, item
from tests.fakes.network import NETWORK

TOLD = item(1, text="R1 Aminata, 12 ans, la fille du boulanger de Kolda.")
MASKED = chat(recap=RecapDraft(masked_words=("Aminata",)))


def shown(one: FeedPost, told: Chat) -> ShownPost:
    return as_shown(one, told, NameMask.over(told, [one], NETWORK))


def test_a_child_whose_name_is_hidden_is_asked_about_until_it_is_read() -> None:
    assert shown(TOLD, chat()).doubts == (Doubt.NAMED_CHILD,)
    assert shown(TOLD, MASKED).doubts == (Doubt.HIDDEN_CHILD,)
    read = replace(MASKED, recap=with_read_again(MASKED.recap, shown(TOLD, MASKED), True))
    assert shown(TOLD, read).doubts == ()
    assert shown(TOLD, read).hides_child
    assert saved_as(read.recap, "", "") == saved_as(MASKED.recap, "", ""), "nothing else shows"
    again = replace(read, recap=with_read_again(read.recap, shown(TOLD, read), False))
    assert again == MASKED


def test_what_was_read_is_asked_about_again_once_something_else_shows() -> None:
    recap = with_read_again(MASKED.recap, shown(TOLD, MASKED), True)
    for changes in ({"masked_words": ("Aminata", "Kolda")}, {"hidden_authors": ("fatou",)}):
        other = replace(MASKED, recap=replace(recap, **changes))
        assert shown(TOLD, other).doubts == (Doubt.HIDDEN_CHILD,)
    corrected = replace(TOLD, post=replace(TOLD.post, text=TOLD.post.text + " Rue 12."))
    assert shown(corrected, replace(MASKED, recap=recap)).doubts == (Doubt.HIDDEN_CHILD,)


def test_what_the_organiser_finds_harmless_is_asked_about_nowhere() -> None:
    for text in (TOLD.post.text, "R1 J’ai 15 ans et on veut me marier."):
        told = item(1, text=text)
        assert texts_to_look_at(build_recap(chat(), [told], [], NETWORK)) == (text,)
        assert (
            texts_to_look_at(build_recap(chat(), [replace(told, harmless=True)], [], NETWORK)) == ()
        )
    assert shown(replace(TOLD, harmless=True, confided=True), chat()).doubts == (
        Doubt.NAMED_CHILD,
        Doubt.CONFIDES,
    )


def test_the_recap_and_the_table_ask_about_the_same() -> None:
    for told in (chat(), MASKED):
        (one,) = posts_shown(told, [TOLD], [], NETWORK)
        assert build_recap(told, [TOLD], [], NETWORK).highlights[0].doubts == one.doubts
        assert texts_to_look_at(build_recap(told, [TOLD], [], NETWORK)) == (one.text,)


def test_what_was_read_is_saved_and_says_nothing_to_earlier_versions_when_empty() -> None:
    read = replace(MASKED, recap=with_read_again(MASKED.recap, shown(TOLD, MASKED), True))
    assert decode(encode(ChatFile(read)), from_outside=True).chat == read
    assert b"read_again" not in encode(ChatFile(MASKED))
    assert decode(encode(ChatFile(MASKED)), from_outside=True).chat == MASKED


@pytest.mark.parametrize(
    ("marks", "hidden", "doubts"),
    [
        ({}, False, (Doubt.CONFIDES,)),
        ({}, True, ()),
        ({"harmless": True}, False, ()),
        ({"confided": True}, True, ()),
        ({"confided": True, "harmless": True}, False, (Doubt.CONFIDES,)),
    ],
)
def test_a_confidence_raises_a_doubt_as_long_as_its_author_shows(
    marks: dict[str, bool], hidden: bool, doubts: tuple[Doubt, ...]
) -> None:
    told = item(1, text="R1 Mon père veut me marier.", **marks)
    draft = RecapDraft(hidden_authors=("fatou",) if hidden else ())
    found = shown(told, chat(recap=draft))
    assert (found.named, found.doubts) == (not hidden, doubts)


def test_a_child_that_only_the_organiser_saw_named_raises_a_doubt_until_words_are_hidden() -> None:
    told = item(1, text="R1 Zénab X a eu mal.", names_child=True)
    assert shown(told, chat()).doubts == (Doubt.NAMED_CHILD,)
    assert shown(replace(told, names_child=False), chat()).doubts == ()
    masked = shown(told, chat(recap=RecapDraft(masked_words=("Zénab X",))))
    assert masked.doubts == (Doubt.HIDDEN_CHILD,)
    assert masked.hides_child
    # Where the words tell a name as well, hiding another word is not enough.
    both = item(1, text="R1 Aminata, 12 ans, chez Zénab X.", names_child=True)
    assert Doubt.NAMED_CHILD in shown(both, chat(recap=RecapDraft(masked_words=("Zénab",)))).doubts


def test_what_was_read_is_remembered_for_each_post_alone() -> None:
    other = item(2, text=TOLD.post.text)
    read = with_read_again(MASKED.recap, shown(TOLD, MASKED), True)
    assert shown(other, replace(MASKED, recap=read)).doubts == (Doubt.HIDDEN_CHILD,)
    both = with_read_again(read, shown(other, MASKED), True)
    assert [post_id for post_id, _reading in both.read_again] == ["1", "2"]
    assert with_read_again(both, shown(TOLD, MASKED), False).read_again == both.read_again[1:]
    assert with_read_again(both, shown(other, MASKED), True) == both


def test_a_post_that_names_no_child_hides_none() -> None:
    plain = item(1, text="R1 Aminata a raison.")
    assert not shown(plain, MASKED).hides_child
    assert not shown(TOLD, chat()).hides_child
    assert shown(TOLD, MASKED).hides_child


def test_the_table_shows_what_may_be_counted_and_what_was_published_for_guests() -> None:
    hidden = replace(item(2), hidden=True)
    confided = item(3, text="R1 Bonsoir", confided=True)
    shown_ids = [
        one.item.post.id for one in posts_shown(chat(), [TOLD, hidden, confided], [], NETWORK)
    ]
    assert shown_ids == ["1"]
    answer = sent(PostKind.GUEST_ANSWER, 9, guest_id="z", guest_name="Diop")
    found = posts_shown(chat(), [TOLD], [answer], NETWORK)
    assert [one.item.post.id for one in found] == ["1", answer.id]

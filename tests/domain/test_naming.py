"""Authors are named, initialled or hidden, each or all, and nothing else tells who they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.anonymity import MASK, NameMask
from tchat_desktop.domain.chat import Invitation, Naming, Person, RecapDraft, Role
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.initials import initials_of
from tchat_desktop.domain.recap import build_recap, with_hidden, with_naming
from tests.domain.test_anonymity import LETTERS
from tests.domain.test_recap import chat, item
from tests.fakes.network import NETWORK
from tests.hidden_names import shows
from tests.work_time import work_time


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Awa Diop", "A. D."),
        ("awa", "A."),
        ("Awa Ndiaye Diop", "A. D."),
        ("Dr Ndèye Sarr", "N. S."),
        ("Papa", "P."),
        ("E\u0301lodie Œuvrard", "É. Œ."),
        ("🌸 Awa 🌸", "A."),
        ("Awa Diop | sage-femme", "A. D."),
        ("(elle) Awa Diop", "E. D."),
        ("Jean-Pierre d’Almeida", "J. D."),
        # Of two scripts, the one that comes first.
        ("Awa Diop أوا ديوب", "A. D."),
        ("أوا ديوب Awa Diop", "أ. د."),
        ("𝓐𝔀𝓪 𝓓𝓲𝓸𝓹", "A. D."),
        ("王小明", "王."),
        ("Олена Шевченко", "О. Ш."),
        ("<b>Awa</b> =SUM(A1)", "B."),
        ("=HYPERLINK", "H."),
        ("ßeta", "S."),
        ("", ""),
        ("🌸🌸", ""),
        ("12 34", ""),
        ("\u200b\u200f", ""),
        ("…", ""),
    ],
)
def test_initials_are_first_letters_and_nothing_else(name: str, initials: str) -> None:
    assert initials_of(name) == initials


@given(st.text(max_size=60))
def test_initials_are_at_most_two_letters(name: str) -> None:
    made = initials_of(name)
    assert len(made) <= len("A. D.")
    assert all(letter.isalpha() or letter in ". " for letter in made)


def named(handle: str, name: str, number: int = 1, text: str = "R1 oui") -> FeedPost:
    one = item(number, handle, text)
    return replace(one, post=replace(one.post, author_name=name))


def test_an_initialled_author_shows_by_initials_and_leads_nowhere() -> None:
    draft = RecapDraft(initialled_authors=("@FATOU",), title="Avec Fatou Diop")
    posts = [
        named("fatou", "Fatou Diop", 1, "R1 Moi, Fatou Diop https://t.co/a"),
        named("moussa", "Moussa", 2, "Merci @fatou, fatou\u00a0diop et https://x.com/i/status/1"),
    ]
    built = build_recap(chat(recap=draft), posts, [], NETWORK)
    first, second = built.highlights
    assert (first.author, first.initials, first.url) == (None, "F. D.", "")
    assert first.text == f"R1 Moi, {MASK} {MASK}"
    assert second.author is not None
    assert second.text == f"Merci {MASK}, {MASK} et {MASK}"
    assert built.title == f"Avec {MASK}"
    assert built.masked


@pytest.mark.parametrize("name", ["", "@fatou", "🌸", "...", "12"])
def test_who_has_no_name_to_take_initials_of_is_hidden(name: str) -> None:
    draft = RecapDraft(initialled_authors=("fatou",))
    (one,) = build_recap(chat(recap=draft), [named("fatou", name)], [], NETWORK).highlights
    assert (one.author, one.initials) == (None, "")


def test_a_word_to_hide_is_not_told_by_its_initial() -> None:
    draft = RecapDraft(initialled_authors=("fatou",), masked_words=("Aminata",))
    (one,) = build_recap(chat(recap=draft), [named("fatou", "AMINATA Bâ")], [], NETWORK).highlights
    assert (one.author, one.initials) == (None, "")


@pytest.mark.parametrize(
    ("draft", "shown"),
    [
        (RecapDraft(), ["Fatou", "Moussa", "Awa", "Org"]),
        (RecapDraft(everybody=Naming.INITIALS), ["F.", "M.", "Awa", "Org"]),
        (RecapDraft(everybody=Naming.HIDDEN), ["", "", "Awa", "Org"]),
        (
            RecapDraft(everybody=Naming.INITIALS, named_authors=("fatou",)),
            ["Fatou", "M.", "Awa", "Org"],
        ),
        (
            RecapDraft(everybody=Naming.INITIALS, hidden_authors=("moussa", "awa_d")),
            ["F.", "", "", "Org"],
        ),
        (RecapDraft(initialled_authors=("Awa_D",)), ["Fatou", "Moussa", "A.", "Org"]),
        (
            RecapDraft(everybody=Naming.HIDDEN, initialled_authors=("fatou",)),
            ["F.", "", "Awa", "Org"],
        ),
        # Of two words on one person, the one that protects more.
        (
            RecapDraft(named_authors=("fatou",), hidden_authors=("fatou",)),
            ["", "Moussa", "Awa", "Org"],
        ),
    ],
)
def test_one_choice_for_all_and_one_for_each(draft: RecapDraft, shown: list[str]) -> None:
    posts = [
        named("fatou", "Fatou"),
        named("moussa", "Moussa", 2),
        named("awa_d", "Awa", 3),
        named("org", "Org", 4),
    ]
    built = build_recap(chat(recap=draft), posts, [], NETWORK)
    assert [one.author.name if one.author else one.initials for one in built.highlights] == shown


def test_a_guest_by_initials_is_counted_and_not_in_the_list() -> None:
    draft = RecapDraft(initialled_authors=("awa_d",))
    built = build_recap(chat(recap=draft), [named("awa_d", "Awa")], [], NETWORK)
    assert built.guests == ()
    assert built.figures.guests == 1


def test_a_choice_replaces_the_former_one() -> None:
    draft = RecapDraft()
    for naming in (*Naming, *reversed(Naming)):
        draft = with_naming(draft, "@Awa", naming)
        lists = (draft.named_authors, draft.initialled_authors, draft.hidden_authors)
        assert lists.count(("awa",)) == 1
        assert lists.index(("awa",)) == list(Naming).index(naming)
    assert with_naming(draft, "AWA", None) == RecapDraft()
    assert with_hidden(with_naming(draft, "awa", Naming.INITIALS), "awa", True) == RecapDraft(
        hidden_authors=("awa",)
    )


@given(st.data(), st.sampled_from([Naming.INITIALS, Naming.HIDDEN]))
def test_nobody_is_named_by_another_when_nobody_is_to_be_named(
    data: st.DataObject, naming: Naming
) -> None:
    names = data.draw(st.lists(LETTERS.map(lambda name: f"zz{name}"), min_size=2, max_size=6))
    text = " ".join(("R1 oui", *names, *(f"@auteur_{n}" for n in range(len(names)))))
    posts = [named(f"auteur_{n}", name, n + 1, text) for n, name in enumerate(names)]
    built = build_recap(chat(recap=RecapDraft(everybody=naming)), posts, [], NETWORK)
    for one in built.highlights:
        assert one.author is None
        assert not any(shows(one.text, name) for name in names)
        assert "auteur" not in one.text


def test_thousands_of_hidden_names_cost_little_more_than_one() -> None:
    def seconds(people: int) -> float:
        mask = NameMask(
            [f"personne_{n}" for n in range(people)],
            [f"Prénom{n} Nom{n * 7}" for n in range(people)],
            [],
            rules=NETWORK,
        )
        texts = [f"R1 La loi, dit @personne_{n} à Prénom{n} Nom{n * 7} #Tag" for n in range(200)]
        start = work_time()
        for text in texts:
            mask.text(text)
        return work_time() - start

    assert min(seconds(20_000) for _turn in range(2)) < max(0.5, 20 * seconds(200))


def test_a_person_of_the_chat_is_shown_as_chosen_even_without_a_post() -> None:
    listed = Person("g", Role.GUEST, "Fatou Diop", "fatou", invitation=Invitation.ACCEPTED)
    draft = RecapDraft(initialled_authors=("fatou",))
    mask = NameMask.over(chat(recap=draft, people=(listed,)), (), NETWORK)
    assert mask.text("Avec Fatou Diop") == f"Avec {MASK}"
    assert mask.naming("fatou", "Fatou Diop") is Naming.INITIALS
    assert mask.naming("moussa", "Moussa") is Naming.NAMED

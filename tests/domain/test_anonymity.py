"""Who is hidden stays hidden, however others write the name."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.anonymity import MASK, NameMask, hidden_people
from tchat_desktop.domain.chat import Person, RecapDraft
from tests.domain.test_recap import chat, item
from tests.fakes.network import NETWORK
from tests.hidden_names import found_in, people, sentences, shows
from tests.work_time import work_time

NAME = "Aïssatou N’Diaye Bâ"


@pytest.mark.parametrize(
    "written",
    [
        normalize("NFD", NAME),
        "Aissatou N'Diaye Ba",
        "AÏSSATOU N’DIAYE BÂ",
        "Aïssatou\u00a0N’Diaye\u202fBâ",
        "Aïssatou\nN’Diaye\r\nBâ",
        "Aïs\u200bsa\u00adtou N\u2060’Diaye Bâ\ufeff",
        "Aïssatou N´Diaye Bâ",
        "Aissatou-N’Diaye_Ba",
        "#AïssatouNDiayeBâ",
        "#MerciAissatouNDiayeBa",
        "#merciaissatoundiayeba",
        "_Aïssatou N’Diaye Bâ_",
        "Ａïssatou N’Diaye Bâ",
        "d’Aïssatou N’Diaye Bâ",
        "@aissatou_nb",
        "＠Aissatou\u200b_nb",
        "https://x.com/aissatou_nb/status/1234567890123456789",
        "https://x.com/i/status/1234567890123456789",
        "x.com/ais\u200bsatou_nb/status/1234567890123456789",
        "https://exemple.org/a%C3%AFssatou-n-diaye-b%C3%A2",
    ],
)
def test_a_name_is_masked_however_it_is_written(written: str) -> None:
    mask = NameMask(["aissatou_nb"], [NAME], ["1234567890123456789"], rules=NETWORK)
    masked = mask.text(f"Merci {written}, à bientôt")

    assert masked.startswith("Merci ")
    assert masked.endswith(", à bientôt")
    assert MASK in masked
    for telltale in (NAME, "aissatou_nb", "aissatoundiayeba", "1234567890123456789"):
        assert not shows(masked, telltale)


@pytest.mark.parametrize("before", ["", "و", "ل", "ول", "وـ"])
def test_arabic_joins_small_words_to_a_name(before: str) -> None:
    masked = NameMask(["m"], ["مريم با"], [], rules=NETWORK).text(f"شكرا {before}مَريم\u00a0با!")

    assert masked.replace("ـ", "") == f"شكرا {before.replace('ـ', '')}{MASK}!"


def test_words_that_only_look_like_it_stay() -> None:
    mask = NameMask(["awa"], ["Awa"], [], words=["Ami"], rules=NETWORK)

    same = "Awareness, Hawa, awa2 et @awa_ba, les amis : #Awareness"
    assert mask.text(same) == same


def test_chosen_words_are_masked_without_anybody_hidden() -> None:
    mask = NameMask([], [], [], words=["Aminata", "🌸", " "], tag="PourAminata", rules=NETWORK)

    assert mask.text("AMINATA 🌸, 12 ans. #JusticePourAminata #PourAminata") == (
        f"{MASK} {MASK}, 12 ans. {MASK} #PourAminata"
    )
    assert mask.hides("aminata")


def test_the_chats_own_tag_is_not_taken_from_it() -> None:
    assert NameMask([], [], [], words=["Précoces"], tag="UnionsPrécoces", rules=NETWORK).text(
        "#unionsprecoces !"
    ) == ("#unionsprecoces !")


def test_a_name_without_anybody_hidden_is_not_masked_beside_chosen_words() -> None:
    assert (
        NameMask([], ["Awa"], [], words=["Ami"], rules=NETWORK).text("Awa, Ami") == f"Awa, {MASK}"
    )


def test_a_name_of_two_letters_is_an_ordinary_word() -> None:
    assert (
        NameMask(["ba_dakar"], ["Bâ"], [], rules=NETWORK).text("Bâ et @ba_dakar") == f"Bâ et {MASK}"
    )


def test_an_empty_word_hides_nobody() -> None:
    assert not NameMask(["awa"], [], [], words=[" "], rules=NETWORK).hides("")


@pytest.mark.parametrize(("word", "found"), [("Fatima", True), ("Fatim", False)])
def test_six_letters_are_found_inside_a_tag(word: str, found: bool) -> None:
    tag = f"#merci{word.lower()}"
    assert NameMask([], [], [], words=[word], rules=NETWORK).text(tag) == (MASK if found else tag)


def test_hidden_people_are_known_by_their_posts_or_by_the_list() -> None:
    hidden = chat(recap=RecapDraft(hidden_authors=("FATOU", "AWA_D", "nobody")), people=())
    listed = Person("g", name="Awa", handle="Awa_D")
    assert hidden_people(hidden, [item(1, "Fatou")]).handles == {"Fatou", "awa_d", "nobody"}
    both = hidden_people(replace(hidden, people=(listed,)), [item(1, "Fatou")])
    assert both.handles == {"Fatou", "Awa_D", "nobody"}
    assert (both.names, both.post_ids) == ({"Fatou", "Awa"}, {"1"})


def test_invisible_marks_on_the_last_letter_go_with_the_name() -> None:
    veil = NameMask(["h"], ["Awa Bâ"], [], words=["a."], rules=NETWORK)
    assert (
        veil.text(normalize("NFD", "Merci Awa Bâ, Bâ")) == f"Merci {MASK}, {normalize('NFD', 'Bâ')}"
    )
    assert veil.text("Awa Bâ\u200b\u00ad!") == f"{MASK}!"
    # One sign that folds into several is masked whole: "…" is compared as "...".
    assert veil.text("a… b") == f"{MASK} b"


@pytest.mark.parametrize(("handle", "masked"), [("awa", False), ("awab", True)])
def test_a_handle_of_four_letters_is_masked_without_its_sign(handle: str, masked: bool) -> None:
    veil = NameMask([handle], [], [], rules=NETWORK)
    assert veil.text(f"Merci {handle} et @{handle}") == (
        f"Merci {MASK if masked else handle} et {MASK}"
    )


@pytest.mark.parametrize(
    ("post_id", "masked"), [("12345", False), ("123456", True), ("1" * 20, True), ("1" * 21, False)]
)
def test_a_number_is_masked_if_it_is_the_id_of_a_hidden_post(post_id: str, masked: bool) -> None:
    veil = NameMask(["awa_ba"], [], [post_id], rules=NETWORK)
    assert veil.text(f"Voir {post_id}, 7654321") == f"Voir {MASK if masked else post_id}, 7654321"


@pytest.mark.parametrize(
    ("link", "masked"),
    [
        ("https://x.com/moussa/status/12345", True),
        ("https://exemple.org/?post=12345", True),
        ("https://exemple.org/a#12345", True),
        ("https://exemple.org/?par=@AWA", True),
        ("https://exemple.org/lu-1234567.html", True),
        ("https://exemple.org/123456", False),
        ("https://exemple.org/awax", False),
    ],
)
def test_a_link_that_leads_to_a_hidden_person_is_masked(link: str, masked: bool) -> None:
    veil = NameMask(["awa"], [], ["12345", "1234567"], rules=NETWORK)
    assert veil.text(f"Voir {link} !") == f"Voir {MASK if masked else link} !"


def test_all_links_of_a_hidden_author_are_masked_and_nothing_else() -> None:
    veil = NameMask(["awa_ba"], [], [], rules=NETWORK)
    text = "Bonjour #Tag @moussa https://exemple.org/a puis https://exemple.org/b !"
    assert veil.own_text(text) == f"Bonjour #Tag @moussa {MASK} puis {MASK} !"
    assert veil.text(text) == text


def test_who_is_hidden_is_so_by_handle_or_by_a_chosen_word() -> None:
    veil = NameMask(["Awa_Ba"], [], [], words=["@Moussa", "#Ali"], rules=NETWORK)
    hidden = {
        name for name in ("awa_ba", "@AWA_BA", "moussa", "ali", "fatou", "") if veil.hides(name)
    }
    assert hidden == {"awa_ba", "@AWA_BA", "moussa", "ali"}


LATIN = st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F)
ARABIC = st.characters(categories=("Lo",), min_codepoint=0x621, max_codepoint=0x64A)
LETTERS = st.text(LATIN, min_size=3, max_size=12) | st.text(ARABIC, min_size=3, max_size=9)
NAMES = st.lists(LETTERS, min_size=1, max_size=3).map(" ".join)
UNSEEN = st.sampled_from(["", "\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e"])
FORMS = st.sampled_from([str, str.upper, str.lower, lambda name: normalize("NFD", name)])
BLANKS = st.sampled_from([" ", "\u00a0", "\u202f", "\n", "\r\n", "  ", "\t"])


@given(st.data())
def test_no_form_of_a_hidden_name_survives(data: st.DataObject) -> None:
    name = data.draw(NAMES)
    written = data.draw(FORMS)(name).replace(" ", data.draw(BLANKS))
    place = data.draw(st.integers(0, len(written)))
    disguised = written[:place] + data.draw(UNSEEN) + written[place:]
    around = data.draw(st.text(max_size=20)), data.draw(st.text(max_size=20))
    text = f"{around[0]} {disguised} {around[1]}"

    assert not shows(NameMask(["h"], [name], [], rules=NETWORK).text(text), name)


@given(st.data())
def test_no_spelling_of_a_hidden_person_is_left(data: st.DataObject) -> None:
    who = data.draw(people())
    said = data.draw(sentences(who))
    mask = NameMask([who.handle], [who.name], ["1234567890123456789"], tag="Tag", rules=NETWORK)

    assert not found_in(mask.text(said), who)


@pytest.mark.parametrize(
    "written",
    [
        "A. N. B.",
        "a.n.d.b.",
        "A.\u00a0B.",
        "Aïssatou B.",
        "aissatou\u202fN.\u00a0B.",
        "A. Bâ",
        "A.N. Ba",
    ],
)
def test_initials_with_their_full_stops_are_masked(written: str) -> None:
    mask = NameMask(["aissatou_nb"], [NAME], [], rules=NETWORK)
    assert mask.text(f"Merci {written}, oui") in (f"Merci {MASK}, oui", f"Merci {MASK} {MASK}, oui")


def test_initials_without_full_stops_are_words() -> None:
    same = "Il a dit : Aïda B, un an, A et B, anb, A.B et 1.2."
    assert NameMask(["aissatou_nb"], [NAME], [], rules=NETWORK).text(same) == same


def test_the_words_of_a_handle_are_masked_apart_too() -> None:
    mask = NameMask(["AissatouBa", "voix_filles"], [], [], rules=NETWORK)
    assert mask.text("Aïssatou Bâ, Voix-filles, A.B.") == f"{MASK}, {MASK}, {MASK}"


@given(st.text(), NAMES)
def test_what_is_not_hidden_stays_as_it_was(text: str, name: str) -> None:
    masked = NameMask(["h"], [name], [], rules=NETWORK).text(text)

    rest = iter(text)
    assert all(letter in rest for part in masked.split(MASK) for letter in part)


@given(st.text(), NAMES)
def test_masking_twice_is_masking_once(text: str, name: str) -> None:
    mask = NameMask(["h"], [name], [], rules=NETWORK)

    assert mask.text(mask.text(text)) == mask.text(text)


@pytest.mark.parametrize(
    "piece",
    ["Awa ", "Awa", "_", "@", "a.b/", "https://x.com/a ", "1234567890", "#AwaBa ", "\u200b"],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    mask = NameMask(
        ["awa_ba"], ["Awa Ba", "مريم"], ["1234567890"], words=["Aminata"], rules=NETWORK
    )

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        return min(_timed(mask, text) for _attempt in range(3))

    assert seconds(64_000) <= max(0.05, 2.5**3 * seconds(8_000))


def _timed(mask: NameMask, text: str) -> float:
    start = work_time()
    mask.text(text)
    return work_time() - start


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("فاطمة الزهراء", "فاطمه الزهراء"),
        ("منى عائشه", "مني عائشة"),
        ("أمينة ديالو", "امينه ديالو"),
        ("Ɗanladi Ɓala", "DANLADI BALA"),
        ("Danladi Bala", "Ɗanladi Ɓala"),
        ("Ŋaaba Ƙarfi", "naaba karfi"),
    ],
)
def test_letters_that_are_written_for_one_another_hide_nobody_less(name: str, written: str) -> None:
    mask = NameMask(["zz_ex"], [name], (), rules=NETWORK)
    assert mask.text(f"« {written} » a raison") == f"« {MASK} » a raison"

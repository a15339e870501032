"""Text in any form: cleaned once, without changing what anybody reads."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Person, Question
from tchat_desktop.domain.clean_text import bare, clean_value, cleaned, in_one_line
from tests.domain.chats import a_chat

ODD = (
    "ab é\u0301\u00ad\v\t\r\n\u2028\u200b\u200c\u200d\u200f\u2068\u2069\ufeff\ufe0f"
    "\u0627\u06cc❤👩1\u20e3"
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ligne\vligne", "ligne\nligne"),
        ("a\r\nb\rc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("co\u00adopération", "coopération"),
        ("\ufeffTitre", "Titre"),
        ("e\u0301cole", "école"),
        ("mot\u200b \u2060mot", "mot mot"),
        ("\u2068Awa\u2069 \u202aNdiaye\u202c", "Awa Ndiaye"),
        ("Awa\u200f", "Awa"),
        ("mot\ufe0f", "mot"),
        ("mot\u200d", "mot"),
        ("a\u200cb", "ab"),
        ("a\tb", "a b"),
        ("bell\x07e", "belle"),
        ("1\ufe0f", "1"),
        ("e\ufe0f\u0301", "é"),
        ("\ufe0f\u200d👩", "👩"),
        ("1\ufe0fa", "1a"),
        ("a\u200d👩", "a👩"),
        ("é\u200d👩", "é👩"),
        ("👩\u200da", "👩a"),
        ("👩\u200d", "👩"),
        ("👩\u200c👩", "👩👩"),
        ("👩\u200c\u200d👩", "👩\u200d👩"),
        ("👩\ufe0e\ufe0f", "👩\ufe0e"),
        ("Ж\ufe0f", "Ж"),
        ("α\u200d", "α"),
        ("+\ufe0f", "+"),
        ("€\ufe0f", "€"),
        ("“\ufe0f", "“"),
        ("می\u200c\u200dخ", "می\u200cخ"),
    ],
)
def test_what_nobody_sees_goes(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "20\u00a0h\u202f?",
        "deux  blancs et un saut\n\nde ligne",
        "می\u200cخواهم",
        "سلام\u200f!",
        "क\u094d\u200dष",
        "👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈 👍🏽 ☺\ufe0f ‼\ufe0f ℹ\ufe0f 〰\ufe0f",
        "1\ufe0f\u20e3 #\ufe0f\u20e3 👁\ufe0f\u200d🗨\ufe0f 🧑🏽\u200d🤝\u200d🧑🏿",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "ه\u200d.ش",
        "日\ufe00",
        "±\ufe0f ®\ufe0f 👍🏽\ufe0f",
    ],
)
def test_what_is_read_or_seen_stays(text: str) -> None:
    assert cleaned(text) == text


def test_a_line_holds_no_line_break() -> None:
    assert in_one_line("Titre \r\n en deux lignes\n") == "Titre en deux lignes"
    assert in_one_line("en cours ") == "en cours "
    assert bare(" \u200f@awa\u200c\ufe0f \n") == "@awa"


@given(st.text(ODD, max_size=12) | st.text(max_size=40))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in in_one_line(text)
    assert in_one_line(in_one_line(text)) == in_one_line(text)


def test_every_text_of_a_chat_is_cleaned_and_the_rest_is_the_same() -> None:
    chat = a_chat()
    assert clean_value(chat) is chat
    odd = replace(
        chat,
        topic="sujet\u00ad",
        questions=(*chat.questions, Question("q", "a\vb", sources=("x\u200b",))),
        people=(Person("p", name="Awa\u2069"),),
    )
    kept = clean_value(odd, chat)
    assert kept.topic == "sujet"
    assert kept.questions[-1] == Question("q", "a\nb", sources=("x",))
    assert kept.questions[0] is chat.questions[0]
    assert kept.people == (Person("p", name="Awa"),)


def test_only_what_has_changed_is_cleaned_again() -> None:
    odd, other = Question("q", "a\vb"), Question("r", "c\vd")
    assert clean_value(odd, odd) is odd
    assert clean_value((odd, other), (odd, None)) == (odd, Question("r", "c\nd"))
    assert clean_value((odd, other), (odd,)) == (Question("q", "a\nb"), Question("r", "c\nd"))
    sound = (Question("q", "a"), "texte", 3, None, Question)
    assert clean_value(sound, None) is sound
    assert clean_value((*sound, "a\vb"), None) == (*sound, "a\nb")

"""Ways in which others write the name of somebody who is hidden, for every test of an export.

`people()` draws who is hidden, `sentences(person)` what somebody else wrote about them; `found_in`
says what a reader still makes out. It knows nothing of how the app compares words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import category, combining, normalize

from hypothesis import strategies as st

MASK = "[…]"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Somebody whom the organiser hides, as X shows them; the handle is without its @."""

    name: str
    handle: str


PEOPLE = (
    Hidden("Aïssatou N’Diaye Bâ", "aissatou_nb"),
    Hidden("Ndèye Coumba Sène 🌸", "NdeyeCoumba_S"),
    Hidden("José-María Núñez", "jm_nunez"),
    Hidden("Mª do Céu d'Ávila", "doceu_avila"),
    Hidden("مريم با", "maryam_ba_ex"),
    Hidden("فاطِمة الزهراء", "fatima_zz"),
    Hidden("Łucja Øster", "lucja_oster"),
    Hidden("Œdipe Sœur", "oedipe_soeur"),
    Hidden("مُنى عائشة", "mouna_aicha_ex"),
    Hidden("Ɗanladi Ɓala", "danladi_bala"),
    Hidden("Ŋaaba Ƙarfi", "naaba_karfi"),
)

ACCENTS = st.sampled_from(["NFC", "NFD", "NFKD", "missing"])
CAPITALS = st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase])
BLANKS = st.sampled_from(
    [" ", "\u00a0", "\u202f", "\u2009", "\u200b", "\n", "\r\n", "\u2028", "  ", "\t", "-", "_"]
)  # fmt: skip
APOSTROPHES = st.sampled_from(["'", "’", "‘", "ʼ", "´", "`", "＇", "′", ""])
UNSEEN = st.sampled_from(["", "\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u200e", "\u061c"])
JOINED = st.sampled_from(["", "و", "ف", "ب", "ل", "ك", "ول", "وـ"])
ALIKE = (
    ("ة", "ه"), ("ى", "ي"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ی", "ي"), ("ک", "ك"),
    ("ɓ", "b"), ("ɗ", "d"), ("ƙ", "k"), ("ŋ", "n"),
)  # fmt: skip
"""Letters that a reader takes for one another in a name."""
SIGNS = re.compile(r"['’‘ʼ´`＇′]")
ROOM = (
    "Merci {} !", "{}", "Comme dit {}, il faut agir.", "(avec {})", "«\u202f{}\u202f»", "R1 d’{}…",
    "شكرا {}", "{}: oui", "1/{}", "“{}”", "{}\u200f!", "_{}_", "**{}**", "<b>{}</b>", "Merci\n{}",
)  # fmt: skip


def people() -> st.SearchStrategy[Hidden]:
    """Who is hidden: names as there are, and names of any letters."""
    letters = st.text(
        st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F), min_size=3, max_size=9
    )
    made = st.builds(
        Hidden,
        st.lists(letters.map(str.capitalize), min_size=1, max_size=3).map(" ".join),
        st.from_regex(r"[a-z]{5,9}_[a-z]{2,4}", fullmatch=True),
    )
    return st.sampled_from(PEOPLE) | made


@st.composite
def spellings(draw: st.DrawFn, name: str) -> str:
    """The name as somebody else may write it: the same letters to who reads it."""
    form = draw(ACCENTS)
    written = without_accents(name) if form == "missing" else normalize(form, name)
    if draw(st.booleans()):
        written = plainly(written)
    written = draw(CAPITALS)(written)
    written = SIGNS.sub(draw(APOSTROPHES), written)
    written = written.replace(" ", draw(BLANKS))
    place = draw(st.integers(0, len(written)))
    written = written[:place] + draw(UNSEEN) + written[place:]
    return (draw(JOINED) if is_arabic(name) else "") + written


@st.composite
def initials(draw: st.DrawFn, name: str) -> str:
    """The initials of a name or of an @name, each with its full stop: "A. N. B.", "a.n.b."."""
    letters = [word[0] for word in words_of(name)]
    dot = draw(st.sampled_from([".", ". ", ".\u00a0", ".-", ".\u200b"]))
    return draw(st.sampled_from([str.upper, str.lower]))(dot.join(letters) + ".")


@st.composite
def sentences(draw: st.DrawFn, who: Hidden) -> str:
    """What somebody else wrote, which names who is hidden in one way or another."""
    ways = [spellings(who.name), spellings(who.handle), spellings(who.handle).map("@{}".format)]
    ways += [initials(name) for name in (who.name, who.handle) if has_initials(name)]
    ways.append(st.just(f"https://x.com/{who.handle}/status/1234567890123456789"))
    return draw(st.sampled_from(ROOM)).format(draw(st.one_of(ways)))


def has_initials(name: str) -> bool:
    """Whether a name has initials that are a name's: two or more, of an alphabet with capitals."""
    return len(words_of(name)) > 1 and not is_arabic(name)


def words_of(name: str) -> list[str]:
    """The words of a name or of an @name: "Ndeye", "Coumba", "S" of "NdeyeCoumba_S"."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|[-'’_\W]+", " ", without_accents(name))
    return [word for word in apart.split() if word[0].isalpha()]


def without_accents(name: str) -> str:
    """The name in letters without their accents; what has no such letter stays."""
    return "".join(one for one in normalize("NFD", name) if not combining(one))


def plainly(name: str) -> str:
    """The name with the commoner one of letters that are alike."""
    for one, other in ALIKE:
        name = name.replace(one, other).replace(one.upper(), other.upper())
    return name


def is_arabic(name: str) -> bool:
    """Whether the name is in Arabic letters."""
    return any("\u0621" <= letter <= "\u064a" for letter in name)


def read(text: str) -> str:
    """The letters and digits a reader makes out, words parted by single blanks."""
    plain = (
        letter
        for letter in normalize("NFKD", text).casefold()
        if not combining(letter) and category(letter) != "Cf" and letter != "ـ"
    )
    return re.sub(r"[\W_]+", " ", plainly("".join(plain))).strip()


def shows(text: str, name: str) -> bool:
    """Whether a reader finds the name in the text, as words of their own; a mask parts them."""
    return f" {read(name)} " in f" {read(text.replace(MASK, ' 0 '))} "


def found_in(text: str, who: Hidden) -> list[str]:
    """What a reader finds of somebody hidden in a text that is about to be shown to others."""
    telltale = [who.name, who.handle, "".join(words_of(who.name)), "1234567890123456789"]
    telltale += [without_accents(who.name), " ".join(words_of(who.name))]
    found = [one for one in telltale if shows(text, one)]
    joined = re.compile(r"(?<!\w)[وفبلك]{1,2}(?=\w)")
    if is_arabic(who.name) and shows(joined.sub("", text), who.name):
        found.append(f"و{who.name}")
    for name in (who.name, who.handle):
        if has_initials(name):
            dotted = r"\.[\W_]*".join(re.escape(word[0]) for word in words_of(name)) + r"\."
            if re.search(rf"(?<![^\W_]){dotted}", normalize("NFKD", text), re.IGNORECASE):
                found.append(dotted)
    return found

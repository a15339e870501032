"""French is complete and well set; English is what the code says; nothing else slips in."""

from __future__ import annotations

import ast
import importlib.util
import re
import runpy
import subprocess
import sys
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tchat_desktop"
NARROW = "\u202f"

FORBIDDEN = re.compile(
    r"\b(?:API|APIs|tokens?|jetons?|endpoints?|threads?|tweets?|hashtags?|workflow|backend|JSON"
    r"|SQLite|OAuth|bearer)\b",
    re.IGNORECASE,
)
"""Words of the trade that no volunteer should have to know (the field says tag, fil, post)."""

TRANSLATING = {"_", "N_", "ngettext", "pgettext"}


def catalogue(language: str) -> Catalog:
    path = ROOT / "translations" / language / "LC_MESSAGES" / "tchat.po"
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def texts(message: Message) -> tuple[str, ...]:
    """What is shown: one text, or one for each plural form."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def sources(message: Message) -> tuple[str, ...]:
    """What the code says: one text, or singular and plural."""
    return message.id if isinstance(message.id, tuple) else (message.id,)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def placeholders(text: str) -> set[str]:
    return {name for _before, name, _spec, _conversion in Formatter().parse(text) if name}


FRENCH = messages("fr")


def show(found: list[tuple[str, str]]) -> str:
    return "\n" + "\n".join(f"{where!r}: {what!r}" for where, what in found)


def all_french() -> list[tuple[str, str]]:
    """Every French text with the first of its sources."""
    return [(sources(one)[0], text) for one in FRENCH for text in texts(one) if text]


def test_there_is_something_to_look_at() -> None:
    assert len(FRENCH) > 150


def test_every_text_is_translated_into_french() -> None:
    missing = [sources(one)[0] for one in FRENCH if not texts(one) or not all(texts(one))]
    assert not missing, "\n" + "\n".join(map(repr, missing))


def test_no_translation_is_only_a_guess() -> None:
    assert not [sources(one)[0] for one in FRENCH if one.fuzzy]


def test_plural_forms_are_complete() -> None:
    forms = catalogue("fr").num_plurals
    assert forms == 2
    wrong = [one.id for one in FRENCH if isinstance(one.id, tuple) and len(texts(one)) != forms]
    assert not wrong


def test_placeholders_are_the_same_in_french() -> None:
    wrong = []
    for one in FRENCH:
        ids = sources(one)
        for index, text in enumerate(texts(one)):
            wanted = placeholders(ids[min(index, len(ids) - 1)])
            if text and placeholders(text) != wanted:
                wrong.append((ids[0], text))
    assert not wrong, show(wrong)


def test_the_singular_promises_nothing_the_plural_lacks() -> None:
    for one in FRENCH:
        ids = sources(one)
        # "The planned post left." may do without the number that "All {count} posts left." has.
        assert placeholders(ids[0]) <= placeholders(ids[-1]), one.id


def test_french_puts_a_narrow_no_break_space_where_it_belongs() -> None:
    wrong = []
    for source, text in all_french():
        # Not inside addresses and hours, and not where a text begins with the sign itself.
        bare = re.sub(r"https?://\S+|mailto:\S*|\d:\d", "", text)
        if re.search(rf"(?<=[^{NARROW}?!;:«])[?!;:](?!//)", bare) or re.search(
            rf"«(?!{NARROW})|(?<!{NARROW})»", bare
        ):
            wrong.append((source, text))
    assert not wrong, show(wrong)


def test_french_uses_no_other_space_beside_its_signs() -> None:
    wrong = [
        (source, text)
        for source, text in all_french()
        if re.search(r"[ \u00a0][?!;:»]|«[ \u00a0]", text)
    ]
    assert not wrong, show(wrong)


def test_french_apostrophes_and_quotes_are_typographic() -> None:
    wrong = [(source, text) for source, text in all_french() if re.search(r"['\"“”]", text)]
    assert not wrong, show(wrong)


def test_french_writes_three_dots_as_one_sign() -> None:
    wrong = [(source, text) for source, text in all_french() if "..." in text]
    assert not wrong, show(wrong)


def test_french_keeps_the_edges_of_a_text() -> None:
    wrong = [
        (source, text)
        for source, text in all_french()
        if (text[0].isspace(), text[-1].isspace(), text.endswith("…"))
        != (source[0].isspace(), source[-1].isspace(), source.endswith("…"))
    ]
    assert not wrong, show(wrong)


def test_french_speaks_to_volunteers() -> None:
    # What X itself has on its pages is quoted as it stands there; the tag is explained as hashtag.
    wrong = [
        (source, text)
        for source, text in all_french()
        if FORBIDDEN.search(re.sub(r"«[^»]*»|\((?:un|ou) hashtag,[ \u00a0]#\)", "", text))
    ]
    assert not wrong, show(wrong)


def tool() -> ModuleType:
    """The script that keeps the catalogues."""
    path = ROOT / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("catalogue_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Vos posts sont prêts.", "posts"),
        ("{posts} : c’est fait", ""),
        ("Cliquez sur « Post ».", ""),
        ("Continuer sans clé", "sans clé"),
        ("Pendant l’heure", "Pendant l’heure"),
        ("Rien ne part avant l’heure.", ""),
        ("Tout est gardé.", "gardé"),
        ("Un e-mail à vos contacts", ""),
        ("Un mail à vos contacts", "mail"),
        ("Remercier les participants", "participants"),
        ("Remercier les participant·es", ""),
        ("appuyez sur\u202f« Reprendre\u202f»", "appuyez sur «"),
        ("autour d’un tag (un hashtag, #)", ""),
        ("Ajoutez le hashtag", "hashtag"),
    ],
)
def test_words_the_glossary_dropped_are_found(text: str, word: str) -> None:
    catalogue = Catalog(locale="fr")
    catalogue.add("one", text)
    found = tool().dropped_words(catalogue)
    assert [what for what, _text in found] == ([word] if word else [])


def test_french_says_vous() -> None:
    # "ton" is left out: "le ton", the tone, is a word of ours.
    tu = re.compile(r"\b(?:tu|toi|te|tes|ta|t’)\b", re.IGNORECASE)
    wrong = [(source, text) for source, text in all_french() if tu.search(text)]
    assert not wrong, show(wrong)


def test_english_is_its_own_source() -> None:
    wrong = [one.id for one in messages("en") if texts(one) != sources(one)]
    assert not wrong


def test_english_is_set_well_too() -> None:
    wrong = [
        source for one in FRENCH for source in sources(one) if re.search(r"['\"]|\.\.\.", source)
    ]
    assert not wrong, "\n" + "\n".join(map(repr, wrong))


def test_all_languages_have_the_same_texts() -> None:
    known = {(one.context, sources(one)) for one in FRENCH}
    assert {(one.context, sources(one)) for one in messages("en")} == known


MODULES = sorted(PACKAGE.rglob("*.py"))


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_texts_can_be_found_by_the_extractor(path: Path) -> None:
    """A text made up at run time is never in a catalogue: only whole literals are."""
    tree = ast.parse(path.read_text("utf-8"))
    # Before Python 3.12 the extractor sees nothing of what stands inside an f-string.
    inside = {
        id(inner)
        for made in ast.walk(tree)
        if isinstance(made, ast.JoinedStr)
        for inner in ast.walk(made)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id not in TRANSLATING:
            continue
        count = 2 if node.func.id in ("ngettext", "pgettext") else 1
        for argument in node.args[:count]:
            where = f"{path.name}:{node.lineno}"
            hidden = id(node) in inside and isinstance(argument, ast.Constant)
            assert not hidden, f"{where}: inside an f-string"
            made_up = [
                inner
                for inner in ast.walk(argument)
                if isinstance(inner, ast.JoinedStr)
                or (isinstance(inner, ast.BinOp) and any(map(is_text, ast.walk(inner))))
                or (isinstance(inner, ast.Attribute) and inner.attr == "format")
            ]
            assert not made_up, f"{where}: {ast.unparse(node)}"
            if not isinstance(argument, ast.Constant):
                # A text marked by N_ where it is defined, looked up by name, table or function.
                found = argument.func if isinstance(argument, ast.Call) else argument
                assert isinstance(found, ast.Name | ast.Subscript | ast.Attribute), (
                    f"{where}: {ast.unparse(node)}"
                )


def test_the_catalogues_are_up_to_date_with_the_code() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "translations.py"), "--check"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def test_no_text_that_leaves_has_something_to_fill_in(tmp_path: Path) -> None:
    tool = runpy.run_path(str(ROOT / "packaging" / "translations.py"))
    unfilled_texts = tool["unfilled_texts"]
    catalogues = [catalogue(language) for language in ("fr", "en")]
    assert unfilled_texts(catalogues, ROOT / "resources") == []
    french = tmp_path / "languages" / "fr"
    french.mkdir(parents=True)
    (french / "posts.toml").write_text(
        '[blank]\ntopic = "[sujet]"\n[reply]\nhelp = "Le [numéro d’aide]"\nhello = "{name}"\n',
        "utf-8",
    )
    example = '{"chat": {"topic": "[sujet]", "title": "Agir [sic]"}}'
    (french / "example.tchat").write_text(example, "utf-8")
    catalogues[0].add("Help", "Voir [lien]")
    found = unfilled_texts(catalogues, tmp_path)
    assert [one.split(": ")[0] for one in found] == ["fr", "fr/posts.toml", "fr/example.tchat"]

"""A made-up language, by the list of CONTRIBUTING.md; and what is told of half of one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contributor.clone import Clone, unlisted

TABLE = "tchat_desktop/domain/languages.py"
OWN = "resources/languages/wo"
CATALOGUE = "translations/wo/LC_MESSAGES/tchat.po"


def in_wolof(text: str) -> str:
    """Made up, with every {placeholder} of the text."""
    return f"Wolof: {text}"


def the_row(clone: Clone) -> None:
    clone.add(TABLE, '    Language("en", "English"),\n', '    Language("wo", "Wolof"),\n')


def the_catalogue(clone: Clone) -> None:
    clone.translate("wo", in_wolof)


def the_folder(clone: Clone) -> None:
    folder = clone.folder / OWN
    shutil.copytree(folder.parent / "fr", folder)
    example = folder / "example.tchat"
    told = example.read_text("utf-8")
    changed = re.sub(r'("language": ?)"fr"', r'\1"wo"', told)
    if changed == told:
        changed = told.replace('"chat": {', '"chat": {"language": "wo", ', 1)
    example.write_text(changed, "utf-8")
    clone.touched |= {f"{OWN}/{path.name}" for path in folder.iterdir()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A copy with a whole language; the tests take something away from a copy of that."""
    clone = Clone(tmp_path_factory.mktemp("wolof"))
    for part in (the_row, the_catalogue, the_folder):
        part(clone)
    return clone


def test_a_language_added_by_the_list_works_whole(whole: Clone) -> None:
    assert unlisted(whole.touched, "Add a language") == []
    whole.is_translated()
    whole.passes("tests/contributor/seen/language.py", "tests/test_languages.py")


def no_row(clone: Clone) -> None:
    clone.change(TABLE, '    Language("wo", "Wolof"),\n', "")


def no_catalogue(clone: Clone) -> None:
    clone.remove("translations/wo")


def no_posts(clone: Clone) -> None:
    clone.remove(f"{OWN}/posts.toml")


def a_post_less(clone: Clone) -> None:
    name = f"{OWN}/posts.toml"
    text = (clone.folder / name).read_text("utf-8")
    clone.write(name, re.sub(r"^welcome_again = .*\n", "", text, count=1, flags=re.M))


def no_days(clone: Clone) -> None:
    clone.remove(f"{OWN}/days.toml")


def no_plurals(clone: Clone) -> None:
    text = (clone.folder / CATALOGUE).read_text("utf-8")
    clone.write(CATALOGUE, re.sub(r'^"Plural-Forms.*\n', "", text, flags=re.M))


def one_text_less(clone: Clone) -> None:
    clone.change(CATALOGUE, 'msgid "Before"\nmsgstr "Wolof: Before"', 'msgid "Before"\nmsgstr ""')


def another_placeholder(clone: Clone) -> None:
    text = (clone.folder / CATALOGUE).read_text("utf-8")
    clone.write(CATALOGUE, text.replace("Wolof: Saved: {file}", "Wolof: Saved: {fichier}"))


def not_frozen(clone: Clone) -> None:
    clone.change("packaging/contents.py", "tuple(one.code for one in LANGUAGES)", '("fr", "en")')


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_row, "translations/wo/ has no row in tchat_desktop/domain/languages.py"),
        (no_row, "resources/languages/wo/ has no row in tchat_desktop/domain/languages.py"),
        (no_catalogue, f"{CATALOGUE} is not there"),
        (no_posts, f"{OWN}/posts.toml is not there"),
        (a_post_less, f"{OWN}/posts.toml lacks 'reply.welcome_again'"),
        (no_days, f"{OWN}/days.toml is not there"),
        (no_plurals, f"{CATALOGUE} does not say its plural forms"),
        (one_text_less, "texts not translated, the first 'Before'"),
        (another_placeholder, "texts with other {placeholders}"),
        (not_frozen, "packaging/tchat.spec leaves out babel/locale-data/wo.dat"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_half_a_language_fails_and_the_missing_place_is_named(
    whole: Clone, tmp_path: Path, spoil: Callable[[Clone], None], said: str
) -> None:
    clone = Clone(tmp_path, whole.folder)
    spoil(clone)
    code, output = clone.run("packaging/languages.py")
    assert code != 0
    assert said in output


def test_half_a_language_fails_with_the_texts_too(whole: Clone, tmp_path: Path) -> None:
    clone = Clone(tmp_path, whole.folder)
    no_posts(clone)
    code, output = clone.run("packaging/translations.py", "--check")
    assert code != 0
    assert f"{OWN}/posts.toml is not there" in output

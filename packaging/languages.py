"""Says what a language still lacks: every language of `domain/languages.py` is whole, or not there.

python packaging/languages.py    one sentence for each thing that is missing; fails if there is one
"""

from __future__ import annotations

import json
import re
import runpy
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tchat_desktop.domain.languages import FALLBACK, LANGUAGES, SCREEN_LANGUAGES

ROOT = Path(__file__).parent.parent
TABLE = "tchat_desktop/domain/languages.py"
SPEC = "packaging/tchat.spec"
TEXTS = ("posts.toml", "recap.toml", "rehearsal.toml", "days.toml")
"""The files of texts in the folder of a language; the French ones say what must be in them."""


def missing(root: Path = ROOT) -> list[str]:
    """What a language of the table lacks, and what is there of a language without a row."""
    codes = [one.code for one in LANGUAGES]
    found = [f"{TABLE}: {code!r} has two rows" for code in set(codes) if codes.count(code) > 1]
    on_screen = [one.code for one in SCREEN_LANGUAGES]
    for place, known in (("translations", on_screen), ("resources/languages", codes)):
        for folder in sorted(root.glob(f"{place}/*/")):
            if folder.is_dir() and folder.name not in known:
                found.append(f"{folder.relative_to(root).as_posix()}/ has no row in {TABLE}")
    for code in codes:
        if not _is_known_to_babel(code):
            found.append(f"{TABLE}: Babel has no dates and numbers for {code!r}")
            continue
        if code in on_screen:
            found += _lacks_for_screens(root, code)
        found += _lacks_for_posts(root, code)
        found += _lacks_when_frozen(root, code)
    return found


def _is_known_to_babel(code: str) -> bool:
    try:
        return str(Locale.parse(code)) == code
    except (UnknownLocaleError, ValueError):
        return False


def _lacks_for_screens(root: Path, code: str) -> Iterator[str]:
    path = root / "translations" / code / "LC_MESSAGES" / "tchat.po"
    name = path.relative_to(root).as_posix()
    if not path.exists():
        yield f"{name} is not there: packaging/translations.py makes it, to be translated"
        return
    forms = re.search(r"^\"Plural-Forms: nplurals=(\d+); plural=.+;", path.read_text("utf-8"), re.M)
    if forms is None:
        likely = Catalog(locale=code).plural_forms
        yield f"{name} does not say its plural forms, such as “Plural-Forms: {likely}”"
        return
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=code)
    messages = [one for one in catalogue if one.id]
    for what, wrong in (
        ("not translated", [one for one in messages if not _is_translated(one, int(forms[1]))]),
        ("only guessed (fuzzy)", [one for one in messages if one.fuzzy]),
        ("with other {placeholders}", [one for one in messages if not _fills_the_same(one)]),
    ):
        if wrong:
            first = _sources(wrong[0])[0]
            yield f"{name}: {len(wrong)} of {len(messages)} texts {what}, the first {first!r}"


def _sources(message: Message) -> tuple[str, ...]:
    return _forms(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return _forms(message.string)


def _forms(texts: str | Sequence[str] | None) -> tuple[str, ...]:
    """One text, or one for each plural; none where nothing is written."""
    if texts is None:
        return ()
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _is_translated(message: Message, plurals: int) -> bool:
    strings = _strings(message)
    forms = plurals if isinstance(message.id, tuple) else 1
    return len(strings) == forms and all(strings)


def _fills_the_same(message: Message) -> bool:
    """Whether each text has what its sources have; "one guest" may leave out how many."""
    sources = [_placeholders(one) for one in _sources(message)]
    filled = [_placeholders(one) for one in _strings(message) if one]
    return all(sources[0] <= one <= sources[-1] for one in filled)


def _placeholders(text: str) -> set[str]:
    return {name for _before, name, _spec, _conversion in Formatter().parse(text) if name}


def _lacks_for_posts(root: Path, code: str) -> Iterator[str]:
    folder = root / "resources" / "languages" / code
    name = folder.relative_to(root).as_posix()
    for file in TEXTS:
        if not (folder / file).exists():
            yield f"{name}/{file} is not there"
            continue
        try:
            own, french = (
                dict(_entries(tomllib.loads((one / file).read_text("utf-8"))))
                for one in (folder, folder.parent / FALLBACK)
            )
        except ValueError as error:
            yield f"{name}/{file} cannot be read: {error}"
            continue
        for key in french.keys() - own.keys():
            yield f"{name}/{file} lacks {key!r}"
        for key in own.keys() - french.keys():
            yield f"{name}/{file} has {key!r}, which the French one has not"
        for key in own.keys() & french.keys():
            if own[key] != french[key]:
                yield f"{name}/{file}: {key!r} has other {{placeholders}} than the French one"
    example = folder / "example.tchat"
    if not example.exists():
        yield f"{name}/example.tchat is not there"
    elif json.loads(example.read_text("utf-8"))["chat"].get("language", FALLBACK) != code:
        yield f"{name}/example.tchat is a chat in another language"


def _entries(texts: dict[str, Any], before: str = "") -> Iterator[tuple[str, set[str]]]:
    """The key of each text with what is filled in; of a list nothing, for it may have more."""
    for key, value in texts.items():
        if isinstance(value, dict):
            yield from _entries(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", _placeholders(value) if isinstance(value, str) else set()


def _lacks_when_frozen(root: Path, code: str) -> Iterator[str]:
    """What the frozen app would leave out of the dates and of Qt's own texts of a language."""
    files = [f"babel/locale-data/{code}.dat"]
    if code in (one.code for one in SCREEN_LANGUAGES):
        files.append(f"PySide6/Qt/translations/qtbase_{code}.qm")
    collected: list[list[tuple[str, str, str]]] = []
    analysis = SimpleNamespace(
        datas=[(one, one, "DATA") for one in files], binaries=[], pure=[], scripts=[]
    )
    stubs = {
        "SPECPATH": str(root / "packaging"),
        "Analysis": lambda *_args, **_options: analysis,
        "PYZ": lambda *_args: None,
        "EXE": lambda *_args, **_options: None,
        "COLLECT": lambda *parts, **_options: collected.append(parts[2]),
        "BUNDLE": lambda *_args, **_options: None,
    }
    runpy.run_path(str(root / SPEC), init_globals=stubs)
    kept = {one[0] for one in collected[0]}
    yield from (f"{SPEC} leaves out {one}" for one in files if one not in kept)


if __name__ == "__main__":
    lacking = missing()
    print("\n".join(lacking) or f"{len(LANGUAGES)} languages, all whole")
    sys.exit(1 if lacking else 0)

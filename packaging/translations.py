"""Keep the catalogues in step with the code.

python packaging/translations.py            extract texts, update every catalogue
python packaging/translations.py --check    fail if that would change anything, if French uses a
                                            word the glossary dropped, if a text that leaves
                                            holds something to fill in, such as "[lien]", or if a
                                            language is not whole (packaging/languages.py)
python packaging/translations.py --merge FILE…   take translations from other .po files, first
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.languages import SCREEN_LANGUAGES

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "translations"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "_step": (3,)}
"""The functions whose arguments are texts; `_step` is a row of `domain/steps.py`."""


def extract() -> Catalog:
    """Every text of the code that is shown."""
    template = Catalog(project="Tchat Desktop", charset="utf-8")
    for file, line, message, comments, context in extract_from_dir(
        ROOT / "tchat_desktop", keywords=KEYWORDS, comment_tags=("For translators:",)
    ):
        template.add(
            message,
            None,
            [(f"tchat_desktop/{file}", line)],
            auto_comments=comments,
            context=context,
        )
    return template


def read(path: Path, language: str) -> Catalog:
    """A catalogue, empty when there is none yet."""
    if not path.exists():
        return Catalog(locale=language, project="Tchat Desktop", charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language, ignore_obsolete=True)


def merge(catalogue: Catalog, others: list[Path]) -> None:
    """Take over what other catalogues translate and this one does not."""
    for path in others:
        for message in read(path, str(catalogue.locale)):
            known = catalogue.get(message.id, message.context)
            if message.id and known is not None and not _is_translated(known):
                known.string = message.string
                known.flags.discard("fuzzy")


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(strings) and all(strings) and not message.fuzzy


def updated(language: str, template: Catalog, others: list[Path]) -> Catalog:
    """The catalogue of a language with the texts of the template; English is its own."""
    catalogue = read(FOLDER / language / "LC_MESSAGES" / "tchat.po", language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if language == "en":
        for message in catalogue:
            if message.id:
                message.string = message.id
                message.flags.discard("fuzzy")
    else:
        merge(catalogue, others)
    return catalogue


def _texts(message: Message) -> tuple[str, ...]:
    """What a message is translated with: one text, or one for each plural."""
    text = message.string
    if text is None:
        return ()
    return (text,) if isinstance(text, str) else tuple(text)


def dropped_words(catalogue: Catalog) -> list[tuple[str, str]]:
    """French texts with what they say that the glossary has another word for."""
    glossary = tomllib.loads((FOLDER / "glossary.toml").read_text("utf-8"))
    dropped = re.compile(
        "|".join(pattern for word in glossary["word"] for pattern in word["dropped"]), re.IGNORECASE
    )
    found = []
    for message in catalogue:
        for text in _texts(message) if message.id else ():
            # Names of placeholders are not shown; X's own words are quoted as they stand there.
            shown = re.sub(r"\{\w+\}|(?<=«)[^»]*", "…", text).replace("\u202f", " ")
            match = dropped.search(shown)
            if match:
                found.append((match[0], text))
    return found


def text_of(catalogue: Catalog) -> bytes:
    """The catalogue as a file, without what changes by itself (dates, line numbers)."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, width=100, include_lineno=False, omit_header=True, sort_by_file=True
    )
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"MIME-Version: 1.0\\n"\n\n'
        if catalogue.locale
        else 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def unfilled_texts(catalogues: list[Catalog], resources: Path) -> list[str]:
    """The texts that would leave with something to fill in in them, with where they are.

    A text that is a blank and nothing else is the word the app shows for what is missing; and what
    stands in braces is filled in by the app.
    """
    found = []
    for catalogue in catalogues:
        for message in catalogue:
            found += [(str(catalogue.locale), text) for text in _texts(message) if message.id]
    for path in sorted(resources.glob("languages/*/*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        data.pop("blank", None)
        found += [(_place(path), text) for text in _strings(data)]
    for path in sorted(resources.glob("languages/*/*.tchat")):
        found += [(_place(path), text) for text in _strings(json.loads(path.read_text("utf-8")))]
    return [
        f"{where}: {text!r}"
        for where, text in found
        if any(word[0] != "{" and word != text for word in unfilled(text))
        or (where.endswith(".tchat") and unfilled(text))
    ]


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def main() -> int:
    """Update or check; the exit code tells."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--merge", nargs="*", type=Path, default=[])
    options = parser.parse_args()
    from languages import missing as lacking_of_languages

    template = extract()
    files = {FOLDER / "tchat.pot": text_of(template)}
    missing = 0
    catalogues = []
    for language in (one.code for one in SCREEN_LANGUAGES):
        catalogue = updated(language, template, options.merge)
        catalogues.append(catalogue)
        files[FOLDER / language / "LC_MESSAGES" / "tchat.po"] = text_of(catalogue)
        for message in catalogue:
            if message.id and not _is_translated(message):
                missing += 1
                print(f"{language}: not translated: {message.id!r}")
    stale = [path for path, text in files.items() if not path.exists() or path.read_bytes() != text]
    if options.check:
        for path in stale:
            print(f"not up to date: {path.relative_to(ROOT)}")
        dropped = dropped_words(read(FOLDER / "fr" / "LC_MESSAGES" / "tchat.po", "fr"))
        for word, text in dropped:
            print(f"the glossary has another word for {word!r}: {text!r}")
        holes = unfilled_texts(catalogues, ROOT / "resources")
        for hole in holes:
            print(f"something to fill in: {hole}")
        lacks = lacking_of_languages()
        for lack in lacks:
            print(lack)
        return 1 if stale or missing or dropped or holes or lacks else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path])
    print(f"{len(list(template))} texts, {missing} not translated, {len(stale)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())

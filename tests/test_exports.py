"""Every export is whole: it writes a file of its suffix, and names nobody who is hidden."""

from __future__ import annotations

import inspect
import zipfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tchat_desktop.adapters import exports as writers
from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.adapters.exports.funder_page import funder_sheet
from tchat_desktop.domain import recap
from tchat_desktop.domain.chat import Chapter, Naming, Occasion, RecapDraft
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.letters import Letter
from tchat_desktop.domain.report import build_report
from tchat_desktop.services.material import Material
from tchat_desktop.start import exports
from tchat_desktop.ui.pages.shared.saving import Export
from tests.adapters.exports.sample import STATIONERY, chat, post, row
from tests.fakes.network import NETWORK

HIDDEN = "zzcachee"
POST_ID = "1999888777666555444"
SAID = f"R1 Merci @{HIDDEN}_ex, {HIDDEN} a raison"
_OWN, _OTHER = post(1, 5, SAID), post(2, 1, SAID)
POSTS = (
    replace(
        _OWN,
        post=replace(
            _OWN.post,
            id=POST_ID,
            url=f"https://x.com/{HIDDEN}_ex/status/{POST_ID}",
            author=f"{HIDDEN}_ex",
            author_name=HIDDEN,
        ),
    ),
    _OTHER,
)
ROWS = (row(1, 5),)
MATERIAL = Material(posts=POSTS, rows=ROWS, occasion=Occasion.LIVE)
TOLD = RecapDraft(
    chapters=(Chapter("k", f"Selon {HIDDEN}", "q1"),),
    placed=((POST_ID, "k"),),
    between=((POST_ID, f"{HIDDEN} encore :"),),
)
NOT_NAMED = {
    "hidden": replace(TOLD, hidden_authors=(f"{HIDDEN}_ex",), masked_words=(HIDDEN,)),
    "initialled": replace(TOLD, initialled_authors=(f"{HIDDEN}_ex",)),
    "all": replace(TOLD, everybody=Naming.INITIALS),
}

pytestmark = pytest.mark.usefixtures("qapp")

LETTER = Letter("Venez en parler", "Bonjour")
OUT = exports.promotion_files(
    SimpleNamespace(stationery=STATIONERY, browser=SystemBrowser(), now=None)  # type: ignore[arg-type]
)


def saved_of(draft: RecapDraft) -> list[tuple[Export[Any], object]]:
    """Everything that is saved of the chat with that recap."""
    told = chat(recap=draft)
    built = recap.build_recap(told, POSTS, ROWS, NETWORK)
    report = build_report(told, POSTS, ROWS, NETWORK)
    dossier = Dossier(told, report, POSTS, ROWS)
    return [
        *((one, built) for one in exports.of_recap(STATIONERY)),
        *((one, (told, report)) for one in exports.of_figures(STATIONERY)),
        *((one, (told, MATERIAL)) for one in exports.of_posts(STATIONERY)),
        *((one, dossier) for one in exports.of_everything(STATIONERY)),
        *((one, dossier) for one in exports.of_curves(STATIONERY)),
        (exports.of_funder_sheet(), (funder_sheet(dossier, STATIONERY), QImage())),
        *((one, told) for one in exports.of_day_plan(STATIONERY)),
        (exports.of_public_sheet(STATIONERY), (told, True)),
        (OUT.mail_draft, LETTER),
        (OUT.press, LETTER),
    ]


SAVED = {
    f"{one[0].title}-{naming}": one
    for naming, draft in NOT_NAMED.items()
    for one in saved_of(draft)
}


def missing() -> list[str]:
    """What writes a file and is in no row."""
    table = inspect.getsource(exports)
    return [
        f"adapters/exports/{module.name}.py: {name} has no row in start/exports.py"
        for module in iter_modules(writers.__path__)
        for name, found in vars(import_module(f"{writers.__name__}.{module.name}")).items()
        if name.startswith("write_")
        and getattr(found, "__module__", "").endswith(f".{module.name}")
        and name not in table
    ]


def words_in(file: Path) -> str:
    """The text of a file, and of the files in it, with their names."""
    if not zipfile.is_zipfile(file):
        return file.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(file) as archive:
        named = ((name, archive.read(name)) for name in archive.namelist())
        return "\n".join(f"{name}\n{read.decode('utf-8', 'replace')}" for name, read in named)


def test_no_export_lacks_its_row() -> None:
    lacking = missing()
    assert not lacking, "\n" + "\n".join(lacking)


@pytest.mark.parametrize("which", SAVED)
def test_an_export_writes_a_file_that_names_nobody_who_is_not_to_be_named(
    which: str, tmp_path: Path
) -> None:
    export, content = SAVED[which]
    written = export.write(content, tmp_path / f"saved.{export.suffix}")
    assert written.parent == tmp_path
    assert written.suffix == f".{export.suffix}"
    text = words_in(written)
    assert text.strip()
    assert HIDDEN not in text.lower(), f"{export.title} names somebody who is hidden"
    assert POST_ID not in text, f"{export.title} leads to somebody who is hidden"


def test_the_plan_of_the_day_is_offered_for_paper_first() -> None:
    assert [one.suffix for one in exports.of_day_plan(STATIONERY)] == ["pdf", "html"]


def test_each_form_of_the_recap_says_whom_it_is_for() -> None:
    lacking = [
        f"{one.title}: `reader` is missing"
        for one in exports.of_recap(STATIONERY)
        if not one.reader
    ]
    assert not lacking, "\n" + "\n".join(lacking)

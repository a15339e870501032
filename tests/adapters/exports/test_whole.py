"""What is handed over is written whole, or what was there before stays as it was."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tchat_desktop.adapters import whole_file
from tchat_desktop.adapters.exports.calendar_file import write_calendar
from tchat_desktop.adapters.exports.figures_csv import posts_csv, write_table
from tchat_desktop.adapters.exports.guest_pack import write_guest_pack
from tchat_desktop.adapters.exports.invitation import write_draft
from tchat_desktop.adapters.exports.recap_letter import write_recap_letter
from tchat_desktop.adapters.exports.recap_markdown import write_markdown
from tchat_desktop.adapters.exports.recap_page import write_recap
from tchat_desktop.adapters.exports.recap_word import write_word
from tchat_desktop.adapters.exports.recap_wordpress import write_wordpress
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain import recap
from tchat_desktop.domain.letters import GuestPack
from tchat_desktop.services.ports import ChatFile, FileInUse
from tchat_desktop.wording import i18n
from tchat_desktop.wording.error_words import sentence
from tests.adapters.exports.sample import START, STATIONERY, chat, crowd, post, rows
from tests.fakes.network import NETWORK

PACK = GuestPack(
    "Titre", "Bonjour", "Quand", "Samedi", "Comment", (), "Questions", (), "Ennuis", ()
)


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Sentences are compared; another test may have left another language."""
    i18n.activate("en")


def _recap() -> recap.Recap:
    return recap.build_recap(chat(), crowd(), rows(), NETWORK)


WRITERS: dict[str, Callable[[Path], object]] = {
    "page": lambda path: write_recap(_recap(), path, STATIONERY),
    "text": lambda path: write_markdown(_recap(), path, STATIONERY),
    "word": lambda path: write_word(_recap(), path, STATIONERY),
    "wordpress": lambda path: write_wordpress(_recap(), path, STATIONERY),
    "e-mail": lambda path: write_recap_letter(_recap(), path, STATIONERY),
    "table": lambda path: write_table(posts_csv(chat(), [post(1)], STATIONERY), path),
    "calendar": lambda path: write_calendar(chat(), "Tchat", "Texte", START, path),
    "letter": lambda path: write_draft(b"lettre", path),
    "pack": lambda path: write_guest_pack(PACK, "fr", path, STATIONERY),
    "chat": lambda path: TchatFiles().write(path, ChatFile(chat())),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_write_that_breaks_off_leaves_the_file_before(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fichier"
    path.write_text("avant", "utf-8")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    # The bytes are on their way, and the disk is full before they are all there.
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        WRITERS[name](path)
    assert path.read_text("utf-8") == "avant"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", WRITERS)
def test_nobody_sees_half_a_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fichier"
    path.write_text("avant", "utf-8")
    seen: list[str] = []
    really = Path.replace

    def replaced(self: Path, target: Path) -> Path:
        seen.append(path.read_text("utf-8"))
        return really(self, target)

    monkeypatch.setattr(Path, "replace", replaced)
    WRITERS[name](path)
    assert seen == ["avant"]
    assert path.read_bytes() != b"avant"


@pytest.mark.parametrize("name", ["a", "bilan.csv", "x" * 200 + ".html"])
def test_no_path_on_the_way_is_longer_than_the_one_that_was_chosen(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path of 252 characters is good on Windows; one of 284 is not."""
    seen: set[str] = set()
    monkeypatch.setattr(os, "fsync", lambda _handle: seen.update(os.listdir(tmp_path)))
    write_whole(tmp_path / name, "é")
    assert len(seen - {name}) == 1
    assert all(len(one) <= max(9, len(name)) for one in seen)
    assert (tmp_path / name).read_text("utf-8") == "é"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (r"C:\Tchats\bilan.html", r"C:\Tchats\bilan.html"),
        (rf"C:\{'x' * 240}\bilan.html", rf"\\?\C:\{'x' * 240}\bilan.html"),
        (rf"\\srv\p\{'x' * 240}\b.html", rf"\\?\UNC\srv\p\{'x' * 240}\b.html"),
        (rf"\\?\C:\{'x' * 260}", rf"\\?\C:\{'x' * 260}"),
    ],
)
def test_windows_is_asked_for_long_paths_in_its_own_form(path: str, written: str) -> None:
    assert whole_file.unlimited(path) == written


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has that limit")
def test_a_file_beyond_the_limit_of_windows_is_written_and_replaced(tmp_path: Path) -> None:
    folder = Path(whole_file.unlimited(str(tmp_path / ("x" * 120) / ("y" * 120))))
    folder.mkdir(parents=True)
    chosen = tmp_path / ("x" * 120) / ("y" * 120) / "bilan.html"
    assert write_whole(chosen, "un") == chosen
    write_whole(chosen, "deux")
    assert (folder / "bilan.html").read_text("utf-8") == "deux"
    assert [one.name for one in folder.iterdir()] == ["bilan.html"]


def held_by_another_program(winerror: int, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows says it: refused so many times, then not any more."""
    really, left = Path.replace, [times]

    def replaced(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            error = PermissionError(13, "held")
            error.winerror = winerror  # type: ignore[attr-defined]
            raise error
        return really(self, target)

    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_file_that_an_antivirus_looks_at_is_written_all_the_same(
    name: str, winerror: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_by_another_program(winerror, len(whole_file.TRIED_AGAIN_AFTER), monkeypatch)
    path = tmp_path / "fichier"
    path.write_text("avant", "utf-8")
    WRITERS[name](path)
    assert path.read_bytes() != b"avant"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_is_open_elsewhere_is_left_and_told_of(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_by_another_program(32, 100, monkeypatch)
    path = tmp_path / "fichier"
    path.write_text("avant", "utf-8")
    with pytest.raises(FileInUse) as refused:
        WRITERS[name](path)
    assert path.read_text("utf-8") == "avant"
    assert list(tmp_path.iterdir()) == [path]
    assert "open in another program" in sentence(refused.value)


def test_a_folder_of_that_name_is_not_taken_for_a_file_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_by_another_program(5, 100, monkeypatch)
    (tmp_path / "dossier").mkdir()
    with pytest.raises(PermissionError) as refused:
        write_whole(tmp_path / "dossier", "é")
    assert not isinstance(refused.value, FileInUse)


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows keeps an open file")
def test_windows_says_so_of_a_file_that_is_open(tmp_path: Path) -> None:
    path = tmp_path / "été.html"
    path.write_text("avant", "utf-8")
    with path.open("rb"), pytest.raises(FileInUse):
        write_whole(path, "après")
    assert path.read_text("utf-8") == "avant"
    assert write_whole(path, "après").read_text("utf-8") == "après"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "no room left"),
        (OSError(errno.EROFS, "locked"), "cannot be read or written"),
        (OSError(errno.ENAMETOOLONG, "long"), "does not take that name"),
        (OSError(errno.EIO, "gone"), "disk did not answer"),
    ],
)
def test_each_refusal_of_a_disk_has_its_sentence(error: OSError, words: str) -> None:
    assert words in sentence(error)

"""Nobody else on a shared computer reads the chats, the log or the keys."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.platform.paths import DATABASE
from tchat_desktop.platform.private import make_private
from tests.adapters.samples import NOON
from tests.e2e.commands import Home

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")


def open_to_others(folder: Path) -> list[str]:
    """What others may read or write, under a folder and the folder itself."""
    found = [folder, *folder.rglob("*")]
    return [str(one) for one in found if stat.S_IMODE(one.stat().st_mode) & 0o077]


@pytest.fixture(autouse=True)
def generous() -> object:
    """The mask of most systems, under which new files can be read by everybody."""
    former = os.umask(0o022)
    yield
    os.umask(former)


@pytest.mark.parametrize("flags", [("--connect",), ("--run", "chat.tchat")])
def test_a_first_start_without_a_window_leaves_nothing_to_read(
    tmp_path: Path, flags: tuple[str, ...]
) -> None:
    home = Home(tmp_path)
    home.prepare()
    told = [str(home.file) if one == "chat.tchat" else one for one in flags]
    subprocess.run(
        [sys.executable, "-m", "tchat_desktop", *told, "--data-dir", str(home.data)],
        input="\n" * 4,
        check=False,
        capture_output=True,
        text=True,
        env=home.environment(),
        timeout=60,
    )
    assert (home.data / "logs" / "tchat.log").exists()
    assert open_to_others(home.data) == []


def test_a_database_and_its_copies_are_nobody_elses(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with closing(Database(folder / DATABASE, lambda: NOON)) as database:
        database.back_up_today()
        assert Path(f"{database.path}-wal").exists()
        assert open_to_others(folder) == []


def test_what_was_open_is_tightened_and_what_is_not_ours_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "logs").mkdir(parents=True)
    (folder / "tchat-backups").mkdir()
    ours = [
        folder / DATABASE,
        folder / "logs" / "tchat.log.1",
        folder / "tchat-backups" / "a.sqlite3",
    ]
    for file in ours:
        file.write_bytes(b"")
        file.chmod(0o644)
    folder.chmod(0o755)
    make_private(folder)
    assert open_to_others(folder) == []


def test_a_folder_that_holds_other_things_keeps_them_and_its_own_permissions(
    tmp_path: Path,
) -> None:
    """Documents, say, which the association shares."""
    folder = tmp_path / "Documents"
    (folder / "tchat-compte-rendu").mkdir(parents=True)
    (folder / "logs").mkdir()
    ours = [folder / DATABASE, folder / "logs" / "tchat.log"]
    theirs = [
        folder / "tchat invitations.docx",
        folder / "tchat-compte-rendu" / "photo.jpg",
        folder / "logs" / "scierie.csv",
        folder / "poetry.lock",
    ]
    for file in (*ours, *theirs):
        file.write_bytes(b"")
        file.chmod(0o664)
    link = folder / "runs"
    link.symlink_to(folder / "tchat-compte-rendu")
    folders = [folder, folder / "logs", folder / "tchat-compte-rendu"]
    for one in folders:
        one.chmod(0o775)
    make_private(folder)
    assert {*open_to_others(folder)} == {str(one) for one in (*folders, *theirs, link)}
    assert {stat.S_IMODE(one.stat().st_mode) for one in folders} == {0o775}


def test_a_folder_that_cannot_be_made_is_no_error_here(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    make_private(tmp_path / "file" / "data")


def test_no_core_file_is_written(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    assert resource.getrlimit(resource.RLIMIT_CORE)[1] != 0
    program = (
        "import resource, sys\n"
        "from tchat_desktop import __main__\nfrom tchat_desktop.start import command_line\n"
        "limit = lambda: resource.getrlimit(resource.RLIMIT_CORE)[0]\n"
        "command_line.main = lambda _options: print(limit()) or 0\n"
        "sys.exit(__main__.start(__main__.parse(['--connect'])))\n"
    )
    done = subprocess.run(
        ["sh", "-c", 'ulimit -S -c unlimited; exec "$0" -c "$1"', sys.executable, program],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert done.stdout.strip() == "0"

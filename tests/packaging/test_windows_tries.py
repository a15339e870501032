"""What tries the Windows program under Wine, as far as it can be tried without Wine."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.packaging.scripts import ROOT, script

tries = script("windows/try_windows")
wine = sys.modules["wine"]
FOLDER = ROOT / "packaging" / "windows"


def test_without_wine_it_says_so_and_ends_with_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(wine, "INSTALLED", ())
    assert tries.main([]) == 1
    said = capsys.readouterr()
    assert "Wine is not installed, so nothing was tried" in said.err
    assert "apt-get install" in said.err
    assert "ok" not in said.out


def test_each_test_that_is_left_out_is_there_and_has_a_reason() -> None:
    left_out = tries.try_tests.left_out()
    for name, why in left_out.items():
        file, _, function = name.partition("::")
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        there = {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)}
        assert not function or re.sub(r"\[.*", "", function) in there, name
        assert len(why) > 20, name


def test_the_codes_that_are_expected_are_those_the_installer_lists() -> None:
    head = (FOLDER / "installer.nsi").read_text("utf-8").split("Target")[0]
    listed = {int(code): words for code, words in re.findall(r"(\d) ([^·\n]+)", head)}
    for code, words in (
        (tries.try_install.IS_OPEN, "Tchat is open"),
        (tries.try_install.NEWER_IS_THERE, "a newer version is there"),
        (tries.try_install.NO_ROOM, "not enough room"),
        (tries.try_install.TWICE, "another installer is at work"),
        (tries.try_install.TOO_OLD, "this Windows is too old"),
        (tries.try_install.SOMETHING_ELSE, "the folder holds something else"),
    ):
        assert listed[code].strip() == words


def test_what_the_registry_exports_is_read() -> None:
    exported = "\r\n".join(
        (
            "Windows Registry Editor Version 5.00",
            "",
            r"[HKEY_CURRENT_USER\Software\Classes\.tchat]",
            '@="TchatDesktop.Chat"',
            "",
            r"[HKEY_CURRENT_USER\Software\Classes\TchatDesktop.Chat\shell\open\command]",
            r'@="\"C:\\users\\Aïssatou\\Tchat.exe\" \"%1\""',
            '"EstimatedSize"=dword:000160c4',
            '"Strange"=hex:01,02',
        )
    )
    found = wine.read_registry(exported)
    kind, command = found.values()
    assert kind == {"": "TchatDesktop.Chat"}
    assert command == {"": r'"C:\users\Aïssatou\Tchat.exe" "%1"', "EstimatedSize": "000160c4"}


def test_a_file_has_a_name_for_windows_and_one_for_this_machine(tmp_path: Path) -> None:
    there = wine.Wine(tmp_path, program="wine")
    (tmp_path / "drive_c").mkdir()
    (tmp_path / "dosdevices").mkdir()
    (tmp_path / "dosdevices" / "c:").symlink_to("../drive_c")
    path = r"C:\users\Aïssatou Sow\été.tchat"
    assert there.outside(there.inside(path)) == path
    assert there.outside(Path("/etc/hosts")) == r"Z:\etc\hosts"

"""The installer for Windows, as far as it can be read or compiled without Windows."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.packaging.scripts import ROOT, script

installer = script("windows/installer")
FOLDER = ROOT / "packaging" / "windows"
SCRIPT = (FOLDER / "installer.nsi").read_text("utf-8")
TEXTS = (FOLDER / "installer_texts.nsh").read_text("utf-8")
LAUNCHER = (FOLDER / "launcher.c").read_text("utf-8")

compiles = pytest.mark.skipif(
    not shutil.which("makensis"), reason="makensis is not installed, nothing is compiled"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small app."""
    app = tmp_path / "Tchat" / "app"
    app.mkdir(parents=True)
    (app / "été.txt").write_text("x" * 5000, "utf-8")
    (app.parent / "Tchat.exe").write_bytes(b"MZ")
    return app.parent


@compiles
def test_it_compiles_without_a_warning(folder: Path, tmp_path: Path) -> None:
    made = tmp_path / "Tchat-setup.exe"
    installer.make_installer(folder, made, "1.2.3rc1", "-DQUICK")
    content = made.read_bytes()
    assert content[:2] == b"MZ"
    for text in ("1.2.3rc1", "Tchat Desktop contributors"):
        assert text.encode("utf-16-le") in content
    assert b'level="asInvoker"' in content


@compiles
def test_the_installer_and_what_uninstalls_are_signed_if_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed, signer = tmp_path / "signed", tmp_path / "sign er"
    signer.write_text(f'#!/bin/sh\nhead -c 2 "$2" >> "{signed}"\n', "utf-8")
    signer.chmod(0o755)
    monkeypatch.setenv("SIGN", f'"{signer}" --in-place')
    installer.make_installer(folder, tmp_path / "Tchat-setup.exe", "1.2.3", "-DQUICK")
    assert signed.read_text() == "MZMZ"


def test_it_says_everything_in_both_languages() -> None:
    said = dict[str, set[str]]()
    for name, language in re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\} \"", TEXTS, re.M):
        said.setdefault(name, set()).add(language)
    assert all(languages == {"FRENCH", "ENGLISH"} for languages in said.values())
    asked = set(re.findall(r"\$\((\w+)\)", SCRIPT))
    assert asked == set(said)


def test_french_of_the_installer_is_set_right() -> None:
    french = "".join(re.findall(r"LANG_FRENCH\} \"(.*)\"", TEXTS))
    assert "'" not in french
    # A colon after a letter of a drive, or in $\r, is none of a sentence.
    assert not re.search(r"[^\u202f][?!;:]", french)


def test_every_exit_code_is_told() -> None:
    used = set(re.findall(r"(?:Refuse\} |Fail\} |SetErrorLevel )(\d)", SCRIPT))
    head = SCRIPT[: SCRIPT.index("Target ")]
    # 2 is what NSIS itself ends with.
    assert used | {"2"} == set(re.findall(r"[;·]\s+([1-9]) [A-Za-z]", head))


def test_app_and_installer_know_each_other_and_the_oldest_windows() -> None:
    for name in ("Running", "Installing"):
        assert f'L"Local\\\\TchatDesktop.{name}"' in LAUNCHER
        assert f'"Local\\TchatDesktop.{name}"' in SCRIPT
    (of_launcher,) = re.findall(r"#define OLDEST (\d+)", LAUNCHER)
    (of_installer,) = re.findall(r"!define OLDEST_BUILD (\d+)", SCRIPT)
    assert of_launcher == of_installer


def test_tchat_may_start_as_soon_as_it_is_installed_or_was_not() -> None:
    # The last page opens it, while the installer is there still.
    for end in ("Section", "Function .onInstFailed"):
        (work,) = re.findall(
            rf"^{re.escape(end)}(?: \"Tchat\")?\n(.*?)^\w+End$", SCRIPT, re.M | re.S
        )
        assert work.endswith("Call LetStart\n")


def test_the_same_folder_makes_the_same_archive_with_its_sum(folder: Path, tmp_path: Path) -> None:
    first, again = tmp_path / "one.zip", tmp_path / "two.zip"
    installer.make_archive(folder, first)
    installer.make_archive(folder, again)
    assert first.read_bytes() == again.read_bytes()
    assert zipfile.ZipFile(first).namelist() == ["Tchat/Tchat.exe", "Tchat/app/été.txt"]
    sums = installer.write_sums(first, again)
    subprocess.run(["sha256sum", "--check", "--quiet", sums.name], cwd=tmp_path, check=True)

"""The launchers, and the reader of Windows' programs that checks what is assembled."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.packaging.scripts import script

pe = script("windows/pe")
launchers = script("windows/launchers")

COMPILER = "x86_64-w64-mingw32-gcc"
compiles = pytest.mark.skipif(
    not shutil.which(COMPILER), reason=f"{COMPILER} is not installed, nothing is compiled"
)
WINDOWED, CONSOLE = 2, 3


def library(folder: Path, name: str, *wanted: Path) -> Path:
    """A library of Windows that uses others."""
    source = folder / "library.c"
    calls = "".join(f"extern int {one.stem}(void);\n" for one in wanted)
    used = "+".join(f"{one.stem}()" for one in wanted) or "1"
    source.write_text(
        f"{calls}__declspec(dllexport) int {name}(void) {{ return {used}; }}\n"
        "int DllMainCRTStartup(void *a, unsigned b, void *c) { return 1; }\n"
    )
    made = folder / f"{name}.dll"
    entry = ("-e", "DllMainCRTStartup")
    command = [COMPILER, "-shared", "-nostdlib", *entry, "-o", made, source, *wanted]
    subprocess.run(command, check=True)
    return made


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programs")
    launchers.compile_launchers(folder, "1.2.3rc1")
    return folder


@compiles
def test_launchers_start_on_any_windows_to_say_that_it_is_too_old(programs: Path) -> None:
    for name, kind in (("Tchat.exe", WINDOWED), ("tchat-cli.exe", CONSOLE)):
        image = pe.Image((programs / name).read_bytes())
        assert set(image.imports()) <= {"kernel32.dll", "user32.dll"}
        assert image.exports() == ["could_not_start"]
        assert image.subsystem == kind


@compiles
def test_launchers_carry_version_manifest_and_icons(programs: Path) -> None:
    for name in ("Tchat.exe", "tchat-cli.exe"):
        content = (programs / name).read_bytes()
        for text in ("Tchat Desktop contributors", "1.2.3rc1", name):
            assert text.encode("utf-16-le") in content
        assert launchers.MANIFEST.encode() in content
        # The signature of a version, then that of its form, then 1.2 and 3.0.
        assert b"\xbd\x04\xef\xfe\0\0\1\0\2\0\1\0\0\0\3\0" in content
        assert content.count(b"\x89PNG") >= 2


@compiles
def test_the_same_source_makes_the_same_launchers(programs: Path, tmp_path: Path) -> None:
    launchers.compile_launchers(tmp_path, "1.2.3rc1")
    for name in ("Tchat.exe", "tchat-cli.exe"):
        assert (tmp_path / name).read_bytes() == (programs / name).read_bytes()


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", "0,1,0,0"), ("1.2.3rc1", "1,2,3,0"), ("2", "2,0,0,0"), ("1.2.3.4.5", "1,2,3,4")],
)
def test_windows_wants_four_numbers_of_a_version(version: str, numbers: str) -> None:
    assert launchers.numbers(version) == numbers


@compiles
def test_a_library_that_is_not_brought_along_is_named(tmp_path: Path) -> None:
    app, near = tmp_path / "app", tmp_path / "app" / "near"
    near.mkdir(parents=True)
    first = library(app, "first")
    second = library(near, "second", first)
    assert pe.Image(second.read_bytes()).imports() == ["first.dll"]
    assert pe.unmet(app, [app]) == []
    assert pe.unmet(app) == ["near/second.dll wants first.dll"]
    first.unlink()
    assert pe.unmet(app, [app]) == ["near/second.dll wants first.dll"]


@pytest.mark.parametrize("name", ["KERNEL32.dll", "api-ms-win-crt-heap-l1-1-0.dll", "icuuc.dll"])
def test_windows_own_libraries_are_not_brought_along(name: str) -> None:
    assert pe.is_of_windows(name)


@pytest.mark.parametrize("name", ["Qt6Core.dll", "MSVCP140.dll", "python311.dll", "libssl-3.dll"])
def test_others_are(name: str) -> None:
    assert not pe.is_of_windows(name)


@compiles
@pytest.mark.parametrize("length", [0, 1, 64, 200, 300])
def test_a_program_cut_short_is_refused(tmp_path: Path, length: int) -> None:
    content = library(tmp_path, "whole").read_bytes()
    with pytest.raises(ValueError, match=r"not a program|cut short"):
        pe.Image(content[:length])


@compiles
def test_a_program_for_32_bits_is_refused(tmp_path: Path) -> None:
    content = bytearray(library(tmp_path, "whole").read_bytes())
    header = int.from_bytes(content[0x3C:0x40], "little")
    content[header + 24 : header + 26] = (0x10B).to_bytes(2, "little")
    with pytest.raises(ValueError, match="not for 64 bits"):
        pe.Image(bytes(content))

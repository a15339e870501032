"""Windows' Python out of the archive that python.org publishes."""

from __future__ import annotations

import io
import marshal
import os
import subprocess
import sys
import zipfile
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from tests.packaging.scripts import script
from tests.packaging.test_windows_programs import compiles, library

interpreter = script("windows/interpreter")
files = script("windows/files")
pe = script("windows/pe")


def module(magic: bytes = MAGIC_NUMBER) -> bytes:
    return magic + bytes(12) + marshal.dumps(compile("x = 1", "x.py", "exec"))


def archive(folder: Path, name: str, modules: dict[str, bytes], **others: bytes) -> Path:
    """An embeddable package; `others` by their names with "_" for the dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as standard_library:
        for one, code in modules.items():
            standard_library.writestr(one, code)
    made = folder / f"{name}-embed-amd64.zip"
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(f"{name}.zip", held.getvalue())
        for one, content in others.items():
            package.writestr(".".join(one.rsplit("_", 1)), content)
    return made


@compiles
def test_libraries_and_the_modules_the_app_needs_are_taken(tmp_path: Path) -> None:
    name = interpreter.NAME
    python = library(tmp_path, "Py_Main").read_bytes()
    modules = dict.fromkeys(
        ("os.pyc", "json/decoder.pyc", "tkinter/dnd.pyc", "test/x.pyc"), module()
    )
    others = dict.fromkeys(("vcruntime140_dll", "python_exe", "_ssl_pyd", "_tkinter_pyd"), b"MZ")
    package = archive(tmp_path, name, modules, **{f"{name}_dll": python}, **others)
    target = tmp_path / "app"
    interpreter.bring(target, package)
    there = {one.name for one in target.iterdir()}
    assert there == {"_ssl.pyd", "python3.dll", f"{name}.dll", f"{name}.zip"}
    with zipfile.ZipFile(target / f"{name}.zip") as kept:
        assert kept.namelist() == ["json/decoder.pyc", "os.pyc"]
        assert kept.getinfo("os.pyc").compress_type == zipfile.ZIP_STORED
    # What PySide6 asks python3.dll for, it has from the Python there.
    forwarder = (target / "python3.dll").read_bytes()
    assert pe.Image(forwarder).exports() == ["Py_Main"]
    assert f"{name}.Py_Main".encode() in forwarder


def test_an_archive_of_another_version_is_refused_with_a_sentence(tmp_path: Path) -> None:
    package = archive(tmp_path, "python399", {}, python399_dll=b"MZ")
    with pytest.raises(ValueError, match=r"no embeddable package of Python 3\.\d+, the version"):
        interpreter.bring(tmp_path / "app", package)


def test_an_archive_compiled_for_another_python_is_refused(tmp_path: Path) -> None:
    name = interpreter.NAME
    package = archive(tmp_path, name, {"os.pyc": module(b"xxxx")}, **{f"{name}_dll": b"MZ"})
    with pytest.raises(ValueError, match=r"os\.pyc is compiled for another Python"):
        interpreter.bring(tmp_path / "app", package)


def test_a_compiled_module_runs_without_its_source_and_names_no_folder_of_here(
    tmp_path: Path,
) -> None:
    source = tmp_path / "package" / "one.py"
    source.parent.mkdir()
    source.write_text("def fail():\n    raise KeyError\n")
    content = files.compiled(source, tmp_path)
    assert os.fsencode(tmp_path) not in content
    assert content == files.compiled(source, tmp_path)
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "one.pyc").write_bytes(content)
    run = [sys.executable, "-c", "import one; one.fail()"]
    done = subprocess.run(run, cwd=alone, capture_output=True, text=True, check=False)
    assert 'File "package/one.py", line 2, in fail' in done.stderr

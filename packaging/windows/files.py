"""Small works with files that the parts of the build share."""

from __future__ import annotations

import marshal
import os
import subprocess
from collections.abc import Iterable
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path

from from_source import uv_of_this_machine

ROOT = Path(__file__).resolve().parents[2]

TOO_OLD_FOR_ZIP = (1980, 1, 1, 0, 0, 0)
"""The first moment a .zip can name: for what has no date of its own."""


def uv() -> str:
    """The program that installs packages. Raises FileNotFoundError when there is none."""
    found = os.environ.get("UV") or uv_of_this_machine()
    if not found:
        raise FileNotFoundError("uv")
    return str(found)


def run(*command: str | Path, cwd: Path | None = None, quiet: bool = False) -> None:
    """Run a program. Raises CalledProcessError when it fails; what it says is on the screen."""
    output = subprocess.DEVNULL if quiet else None
    subprocess.run([str(one) for one in command], cwd=cwd, check=True, stdout=output)


def date(folder: Path) -> None:
    """Give everything in a folder the one date of this build."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (moment(), moment()))


def moment() -> int:
    """The seconds since 1970 that every file is dated: the same source makes the same files."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return int(told or 946684800)


def compiled(path: Path, root: Path) -> bytes:
    """The bytes of the .pyc of a module; it names its source by the path below `root`."""
    source = path.read_bytes()
    code = compile(source, path.relative_to(root).as_posix(), "exec", dont_inherit=True)
    # 1: known by a hash and not by a date, and never compared with a source.
    flags = (1).to_bytes(4, "little")
    return MAGIC_NUMBER + flags + source_hash(source) + marshal.dumps(code)


def size(paths: Iterable[Path]) -> float:
    """Megabytes of files."""
    return sum(one.stat().st_size for one in paths) / 1e6

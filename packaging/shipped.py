"""The libraries that go into a packaged app, as requirements.lock has them, with their hashes.

python packaging/shipped.py FILE                    for every system, as uv and pip read it
python packaging/shipped.py --venv FOLDER --with pyinstaller
                                                    installed, with a tool and with this project
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent))

from from_source import bring_uv, uv_of_this_machine

ROOT = Path(__file__).resolve().parent.parent
US = "tchat-desktop"


def locked(text: str | None = None, tools: tuple[str, ...] = ()) -> Iterator[str]:
    """The entries of requirements.lock for what the app needs, with their hashes.

    The lock says of each library which others want it; those wanted by tools alone are left,
    unless the tool is named.
    """
    if text is None:
        text = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.findall(r"^\S.*\n(?:[ \t].*\n)*", text, re.MULTILINE)
    wanted_by = {
        entry: set(re.findall(r"^ +#(?: via)? +([\w.-]+)$", entry, re.M)) for entry in entries
    }
    names, before = {US, *tools}, 0
    while len(names) > before:
        before = len(names)
        names |= {entry.split("==")[0] for entry in entries if wanted_by[entry] & names}
    yield from (entry for entry in entries if entry.split("==")[0] in names)


def uv(*arguments: str, **environment: str) -> None:
    """Run uv in the project. Raises CalledProcessError; what uv says is shown."""
    program = uv_of_this_machine() or bring_uv()
    if program is None:
        raise FileNotFoundError("uv is not there and could not be brought")
    command = [str(program), *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **environment})


def install(folder: Path, tools: tuple[str, ...]) -> None:
    """A new environment for the Python that runs this, with what was locked and nothing else.

    Raises CalledProcessError: also when a library that is offered is not the one that was locked.
    """
    uv("venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
    wanted = folder / "locked.txt"
    wanted.write_text("".join(locked(tools=tools)), "utf-8")
    into = ("pip", "install", "--quiet", "--python", str(folder))
    uv(*into, "--only-binary", ":all:", "--require-hashes", "--requirements", str(wanted))
    uv(*into, "--no-deps", ".")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("file", type=Path, nargs="?")
    where.add_argument("--venv", type=Path)
    parser.add_argument("--with", dest="tools", action="append", default=[])
    options = parser.parse_args()
    tools = tuple(options.tools)
    if options.venv:
        install(options.venv, tools)
    else:
        options.file.write_text("".join(locked(tools=tools)), "utf-8")


if __name__ == "__main__":
    main()

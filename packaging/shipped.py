"""The libraries that go into a packaged app, with the versions and hashes of requirements.lock.

python packaging/shipped.py FILE                   for every system, as uv and pip read it
python packaging/shipped.py FILE --group freeze    with what a group of pyproject.toml wants too
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from from_source import uv_of_this_machine

ROOT = Path(__file__).resolve().parent.parent


def uv(*arguments: str, **environment: str) -> None:
    """Run uv in the project. Raises CalledProcessError; what uv says is shown."""
    program = uv_of_this_machine()
    if program is None:
        raise FileNotFoundError("uv is not there: packaging/from_source.py brings it")
    command = [str(program), *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **environment})


def write(file: Path, groups: tuple[str, ...] = ()) -> None:
    """Write what the app needs, each library in the one version that was locked."""
    wanted = ["--group", "pyproject.toml:{}"]
    asked = [word.format(group) for group in groups for word in wanted]
    form = ["--universal", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]
    source = ["pyproject.toml", *asked, "--constraint", "requirements.lock"]
    uv("pip", "compile", *source, *form, "--output-file", str(file))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--group", action="append", default=[])
    options = parser.parse_args()
    write(options.file, tuple(options.group))

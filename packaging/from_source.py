"""Run a command of this project on a fresh machine, with nothing but Python.

python3 packaging/from_source.py tchat-desktop --demo --out out
python3 packaging/from_source.py pytest -n 2

It uses uv where there is one, and otherwise brings uv into the folder .uv of this checkout, never
into the system: systems that manage Python themselves refuse that (PEP 668).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / ".uv"

OLD_PYTHON = "Tchat Desktop needs Python 3.11 or newer; this is Python {version}."
NO_PIP = """\
This Python has neither pip nor venv, so nothing could be prepared. Nothing was changed.
On Debian or Ubuntu: sudo apt install python3-venv
Then give the same command again."""
NOT_BROUGHT = """\
The tools of the project could not be fetched (what pip says stands above).
Nothing was changed. Is the network there? Then give the same command again."""


def uv_of_this_machine() -> Path | None:
    """The uv that is there already: on the path, beside this Python, or brought earlier."""
    found = shutil.which("uv")
    if found:
        return Path(found)
    if importlib.util.find_spec("uv"):
        import uv

        return Path(uv.find_uv_bin())
    own = _in_own("uv")
    return own if own.exists() else None


def bring_uv() -> Path | None:
    """Put uv into the checkout; None, with the reason told, where that is not possible."""
    if importlib.util.find_spec("pip"):
        done = _run(sys.executable, "-m", "pip", "install", "-q", "--target", str(OWN), "uv")
    elif importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        done = _run(sys.executable, "-m", "venv", str(OWN)) and _run(
            str(_in_own("python")), "-m", "pip", "install", "-q", "uv"
        )
    else:
        print(NO_PIP, file=sys.stderr)
        return None
    if not done:
        shutil.rmtree(OWN, ignore_errors=True)
        print(NOT_BROUGHT, file=sys.stderr)
        return None
    return uv_of_this_machine()


def _in_own(name: str) -> Path:
    """A program in the folder of our own, where pip and venv put them."""
    return OWN / "Scripts" / f"{name}.exe" if os.name == "nt" else OWN / "bin" / name


def _run(*command: str) -> bool:
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    return subprocess.run(command, check=False, env=quiet).returncode == 0


def main() -> int:
    """Prepare what is missing, then run the command; its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - it runs on whatever Python there is
        print(OLD_PYTHON.format(version=sys.version.split()[0]), file=sys.stderr)
        return 1
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    uv = uv_of_this_machine() or bring_uv()
    if uv is None:
        return 1
    python = ["--project", str(ROOT), "--python", sys.executable]
    # The first one fetches what is missing, and shows it: some 150 MB take their time.
    look = [str(uv), "run", *python, "python", "-m", "tchat_desktop.platform.system_libraries"]
    asked = [str(uv), "run", "--quiet", *python, *sys.argv[1:]]
    return (
        subprocess.run(look, check=False).returncode
        or subprocess.run(asked, check=False).returncode
    )


if __name__ == "__main__":
    sys.exit(main())

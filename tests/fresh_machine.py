"""README's two commands, as written there, on a bare Debian made for it.

python -m tests.fresh_machine --release trixie

Needs root and debootstrap. What a command says is missing from the system is installed, as a person
would do, and the command given again; everything else it must find its way to by itself.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
RELEASES = ("bookworm", "trixie")
REMEDY = re.compile(r"sudo apt install ([a-z0-9 .+-]+)")
PATIENCE = 4
"""How often a command may ask for something of the system before that is called a failure."""


def commands() -> list[str]:
    """The lines of the first block of commands in README that are not comments."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.split("```sh\n", 1)[1].split("```", 1)[0]
    return [line for line in block.splitlines() if line and not line.startswith("#")]


@contextmanager
def bare_debian(release: str, *packages: str) -> Iterator[Path]:
    """A system with these packages and nothing else, gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        include = f"--include={','.join(('ca-certificates', *packages))}"
        subprocess.run(
            ["debootstrap", "--variant=minbase", include, release, str(root)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        # This machine may trust an authority of its own.
        shutil.copy(CERTIFICATES, root / CERTIFICATES.relative_to("/"))
        mounts = [root / "proc", root / "dev"]
        subprocess.run(["mount", "-t", "proc", "proc", mounts[0]], check=True)
        subprocess.run(["mount", "--rbind", "/dev", mounts[1]], check=True)
        subprocess.run(["mount", "--make-rslave", mounts[1]], check=True)
        try:
            yield root
        finally:
            for mount in mounts:
                subprocess.run(["umount", "-R", "-l", mount], check=False)


def bring_project(root: Path) -> None:
    """Put the checkout into /project there."""
    (root / "project").mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "x", "-C", root / "project"], input=archive.stdout, check=True)


def inside(root: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Give a command in the project's folder there; its output is shown as it comes."""
    environment = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
        "LANG": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
        "SSL_CERT_FILE": str(CERTIFICATES),
    }
    print(f"$ {command}", flush=True)
    output = []
    with subprocess.Popen(
        ["chroot", str(root), "sh", "-c", f"cd /project && {command}"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            output.append(line)
    return subprocess.CompletedProcess(command, process.returncode, "".join(output))


def follow(root: Path, command: str) -> bool:
    """Give a command, and do what it asks for, until it succeeds; False when it does not."""
    for _ in range(PATIENCE):
        done = inside(root, command)
        remedy = REMEDY.search(done.stdout)
        if done.returncode == 0 or remedy is None:
            return done.returncode == 0
        inside(root, "apt-get update -qq")
        install = "apt-get install -y -qq --no-install-recommends"
        if inside(root, f"{install} {remedy[1]} >/dev/null 2>&1").returncode != 0:
            print(f"no such packages: {remedy[1]}")
            return False
    return False


def main() -> int:
    """Try it; 0 when both commands did their work."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--release", choices=RELEASES, required=True)
    parser.add_argument("--with", dest="packages", default="", help="what is installed before")
    parser.add_argument("--tests", default="", help="which tests only; all of them without")
    options = parser.parse_args()
    see, test = commands()
    test = f"{test} {options.tests}".strip()
    with bare_debian(options.release, "python3") as root:
        bring_project(root)
        if options.packages:
            inside(root, "apt-get update -qq")
            inside(root, f"apt-get install -y -qq {options.packages} >/dev/null 2>&1")
        seen = follow(root, see) and (root / "project" / "out" / "recap.html").exists()
        tested = seen and follow(root, test)
        system = root / "usr" / "local" / "lib"
        untouched = not any(system.rglob("*.dist-info"))
    print(f"{options.release}: demo={seen} tests={tested} system_untouched={untouched}")
    return 0 if seen and tested and untouched else 1


if __name__ == "__main__":
    sys.exit(main())

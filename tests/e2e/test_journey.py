"""A volunteer's journey in a real window under Xvfb, driven through the accessibility bus."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.x_server import XServer

HERE = Path(__file__).parent
NEEDED = ("Xvfb", "openbox", "dbus-run-session")
KEYRING = ("gnome-keyring-daemon",)


def missing(*others: str) -> str:
    """What this machine lacks for a real window, in words; empty when it has all."""
    for program in (*NEEDED, *others):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    check = ["/usr/bin/python3", "-c", "import pyatspi"]
    done = (
        subprocess.run(check, capture_output=True, check=False) if Path(check[0]).exists() else None
    )
    if done is None or done.returncode:
        return "the system's Python has no pyatspi"
    return ""


def travel(session: str, folder: str, *arguments: str, given: str = "") -> str:
    """Run a journey to its end; what the app printed meanwhile."""
    command = ["dbus-run-session", "--", "bash", str(HERE / session), sys.executable]
    # Before the bus starts: the one of accessibility keeps its socket here, one at a time.
    runtime = Path(folder, "run")
    runtime.mkdir(mode=0o700)
    done = subprocess.run(
        [*command, folder, *arguments],
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime), "XDG_CACHE_HOME": f"{folder}/cache"},
        input=given,
        capture_output=True,
        text=True,
        timeout=600,
        cwd=HERE.parent.parent,
        check=False,
    )
    print(done.stdout)
    app_log = Path(folder, "app.log").read_text("utf-8", "replace")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{app_log}"
    assert "Traceback" not in app_log
    return app_log


def test_a_newcomer_prepares_and_rehearses_by_the_names_on_screen() -> None:
    if reason := missing():
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="e2e-") as folder:
        travel("session.sh", folder)
        with closing(sqlite3.connect(Path(folder, "chats", "tchat.db"))) as database:
            documents = [row[0] for row in database.execute("SELECT document FROM chat")]
            sent = database.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchone()
        saved = [d if isinstance(d, str) else d.decode() for d in documents]
        assert any("Quels signes montrent" in document for document in saved)
        assert sent[0] > 0


def test_a_chat_is_prepared_from_nothing_to_ready_with_its_files_on_the_way() -> None:
    if reason := missing():
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="e2e-") as folder:
        travel("session.sh", folder, "prepare.py")
        made = {path.name: path.read_bytes() for path in Path(folder).glob("*.*")}
    assert made["dossier.pdf"].startswith(b"%PDF-")
    assert made["image.png"].startswith(b"\x89PNG")
    assert made["rappels.ics"].count(b"BEGIN:VEVENT") >= 3
    assert "Mariage des enfants" in made["public.html"].decode()
    assert made["plan.pdf"].startswith(b"%PDF-")
    if shutil.which("pdftotext"):
        text = ["pdftotext", "-", "-"]
        done = subprocess.run(text, input=made["plan.pdf"], capture_output=True, check=True)
        plan = " ".join(done.stdout.decode().split())
        assert "Quels signes montrent" in plan
        assert "à vous, et bienvenue" in plan


def test_an_organiser_connects_posts_and_forgets_the_keys() -> None:
    if reason := missing(*KEYRING):
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="e2e-") as folder, XServer() as x:
        travel("keys_session.sh", folder, x.url, given="\n".join(x.keys.secrets()))
        assert len(x.texts()) == 1
        assert "#UnionsPrécoces" in x.texts()[0]
        assert x.violations == []
        written = [path for path in Path(folder).rglob("*") if path.is_file()]
        assert written
        for path in written:
            content = path.read_bytes()
            for secret in x.keys.secrets():
                assert secret.encode() not in content, path

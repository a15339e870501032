"""The installed app tried: from the command line, in a window, with keys, in front of a fake X."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
from trial import CONSOLE, PROGRAM, Trial, expect, screen, titles, wait_for
from wine import Done

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tchat_desktop.adapters.tchat_file import TchatFiles  # noqa: E402
from tchat_desktop.services.ports import ChatFile  # noqa: E402
from tests.e2e.commands import short_chat  # noqa: E402
from tests.fakes.certificates import Authority  # noqa: E402
from tests.fakes.x_server import XServer  # noqa: E402

SPEED = 40
"""A minute between posts is a second and a half: time enough to kill it between two."""
DEMO_PICTURES = 9
"""Fewer would mean that it stopped on its way."""
COLOURS = 200
"""A window that is drawn has more; a blank one has a few."""
SENT = re.compile(r"^\S+ \S+  (?P<label>\w+) +\w+ → sent", re.MULTILINE)
LABELS = ("welcome", "rules", "Q1", "Q2", "closing", "thanks")

FORGET = """
from datetime import UTC, datetime
from tchat_desktop.start.posting import make_accounts
accounts = make_accounts(lambda secret: None, lambda: datetime.now(UTC))
connection = accounts.restore()
print("before", connection.account.handle if connection else None)
accounts.forget()
print("after", accounts.restore())
"""

VAULT = """
from tchat_desktop.adapters.keyring_vault import LONGEST_SECRET, KeyringVault, system_backend
from tchat_desktop.services.ports import VaultFull
print(type(system_backend()).__module__)
vault = KeyringVault(prefix="tchat-trial")
for text in ("court", "é€漢字😀", "x" * LONGEST_SECRET, "é" * LONGEST_SECRET):
    vault.write("a", text)
    vault.write("b", text[::-1])
    assert vault.read("a") == text and vault.read("b") == text[::-1], len(text)
    vault.forget("a")
    assert vault.read("a") is None and vault.read("b") == text[::-1], len(text)
    vault.forget("b")
    assert vault.read("b") is None
try:
    vault.write("a", "x" * (LONGEST_SECRET + 1))
except VaultFull:
    print("too long refused")
"""


TRUST = """
import ctypes, sys
from pathlib import Path
from ssl import PEM_cert_to_DER_cert
from tchat_desktop.adapters.x.errors import NoAnswer, Refusal
from tchat_desktop.adapters.x.session import XSession
def look():
    try:
        XSession(sys.argv[1], (20.0, 20.0), 30.0).request("HEAD", "/")
    except Refusal:
        pass
    except NoAnswer as error:
        return error.obstacle.value
    return "let"
print(look())
der = PEM_cert_to_DER_cert(Path(sys.argv[2]).read_text())
crypt = ctypes.WinDLL("crypt32")
crypt.CertOpenSystemStoreW.restype = ctypes.c_void_p
store = ctypes.c_void_p(crypt.CertOpenSystemStoreW(None, "ROOT"))
assert crypt.CertAddEncodedCertificateToStore(store, 1, der, len(der), 3, None)
crypt.CertCloseStore(store, 0)
"""

STARTED_MEANWHILE = """
import ctypes, subprocess, sys
ctypes.windll.kernel32.CreateMutexW(None, False, "Local\\\\TchatDesktop.Installing")
done = subprocess.run([sys.argv[1], "--version"], capture_output=True)
print(done.returncode, done.stderr.decode())
"""


def tests_itself(trial: Trial) -> str:
    """Each part of the installed app, as it finds them by itself."""
    done = trial.wine.run(trial.console, "--self-test", limit=180)
    (trial.kept / "self-test.txt").write_text(done.out + done.err, "utf-8")
    expect(done.code == 0, _of_failed(done))
    expect("FAILED" not in done.out, _of_failed(done))
    return f"{done.out.count('ok ')} parts"


def refuses_an_old_windows(trial: Trial) -> str:
    """Copied to a Windows 7, the app says a sentence and not the name of a library."""
    with trial.older_windows(CONSOLE):
        done = trial.wine.run(trial.console, "--version", limit=60)
    expect(done.code != 0, "it ended as if all were well")
    expect("Windows 10" in done.err, f"it said: {done.said}")
    return done.err.strip()


def refuses_during_an_upgrade(trial: Trial) -> str:
    """Started while an installer is at work, the app says so and does not start."""
    done = trial.ask(STARTED_MEANWHILE, trial.console)
    code, _, said = done.out.strip().partition(" ")
    expect(code == "1", f"it ended so: {done.said}")
    expect("being installed or updated" in said, f"it said: {said}")
    return said


def shows_the_demo(trial: Trial) -> str:
    """The whole guide with the example chat, to its last file."""
    out = r"C:\démo"
    done = trial.wine.run(trial.console, "--demo", "--out", out, "--lang", "fr", limit=180)
    (trial.kept / "demo.txt").write_text(done.out + done.err, "utf-8")
    expect(done.code == 0, done.said)
    expect("Traceback" not in done.out + done.err, done.said)
    names = sorted(one.name for one in trial.files(out))
    pictures = [one for one in names if one.endswith(".png")]
    expect(len(pictures) >= DEMO_PICTURES, f"{len(pictures)} pictures")
    expect("recap.html" in names, f"no recap among {names}")
    shutil.copytree(trial.wine.inside(out), trial.kept / "demo", dirs_exist_ok=True)
    return f"{len(pictures)} pictures, {len(names) - len(pictures)} other files"


def opens_what_was_mailed(trial: Trial) -> str:
    """A file opened by Windows' association: once into a new window, once into the open one."""
    mailed = {
        name: _chat_file(trial, rf"C:\reçus de Thiès\{name}.tchat", name)
        for name in ("Été à Ndar, déjà", "Zones d’écoute")
    }
    (topic, first), (other, second) = mailed.items()
    picture = trial.kept / "window.png"
    with _window(trial, first) as display:
        wait_for(lambda: topic in trial.topics(trial.data), "the chat was not taken in")
        wait_for(lambda: _colours(display) > COLOURS, "the window stayed blank", 30)
        seen = titles(display)
        expect(any("Tchat" in one for one in seen), f"windows: {seen}")
        code = trial.wine.open(second, display)
        expect(code == 0, f"the second one was not opened: {code}")
        took = wait_for(
            lambda: other in trial.topics(trial.data),
            f"in the open window are {trial.topics(trial.data)}",
        )
        _photograph_at_rest(display, picture)
        wait_for(lambda: _running(trial) == 1, f"{_running(trial)} of them run")
    return f"both in one window, the second in {took:.1f} s; {picture.name}: {_summary(picture)}"


def keeps_keys(trial: Trial) -> str:
    """The app's own vault on Windows' Credential Manager, up to the longest secret."""
    done = trial.ask(VAULT)
    expect(done.code == 0, done.said)
    expect("keyring.backends.Windows" in done.out, f"another keyring: {done.said}")
    expect("too long refused" in done.out, "a secret that is too long was taken")
    return "written, read and forgotten, 5 to 1,280 characters; 1,281 refused"


def believes_the_computer(trial: Trial) -> str:
    """An authority of which Windows was told, as an antivirus tells it, is believed; no other."""
    folder = trial.wine.inside(r"C:\certificats")
    folder.mkdir()
    authority = Authority(folder)
    with XServer(tls=authority.context("localhost")) as server:
        address = f"https://localhost:{server.port}"
        # Wine looks what it was told once a process.
        told = [trial.ask(TRUST, address, trial.wine.outside(authority.trusted)) for _ in range(2)]
    before, after = (one.out.strip() for one in told)
    expect(before == "stranger", f"before: {told[0].said}")
    expect(after == "let", f"after: {told[1].said}")
    return "an authority is a stranger, and believed once Windows was told of it"


def runs_the_hour(trial: Trial) -> str:
    """Keys connected, the hour begun, killed, begun again: nothing lost, nothing doubled."""
    data = r"C:\heure\données"
    file = _chat_file(trial, r"C:\heure\réunion.tchat", short_chat().topic)
    with XServer() as server:
        options = ("--lang", "en", "--data-dir", data, "--x-api-url", server.url)
        typed = "\n".join(server.keys.secrets()) + "\n"
        connected = trial.wine.run(trial.console, *options, "--connect", typed=typed)
        expect(connected.code == 0, f"not connected: {connected.said}")
        shown = connected.out + connected.err
        expect(not any(one in shown for one in server.keys.secrets()), "a key was shown")
        run = (*options, "--run", file, "--speed", str(SPEED))
        first = _killed_after(trial, "Q1", run)
        half = len(server.texts())
        expect(0 < half < len(LABELS), f"killed after {half} posts")
        second = _run_again(trial, run)
        said = first + second.out + second.err
        (trial.kept / "hour.txt").write_text(said, "utf-8")
        expect(second.code == 0, f"ended with {second.code}: {second.said}")
        posts = server.texts()
        expect(len(posts) == len(set(posts)) == len(LABELS), f"{len(posts)} posts on X")
        sent = tuple(one["label"] for one in SENT.finditer(said))
        expect(sent == LABELS, f"sent: {sent}")
        expect(not server.violations, f"X's document: {server.violations[:2]}")
    forgot = trial.ask(FORGET)
    expect("before tchat_orga" in forgot.out and "after None" in forgot.out, forgot.said)
    return f"killed after {half} of {len(LABELS)} posts, all out once; the keys forgotten"


def _killed_after(trial: Trial, label: str, options: tuple[str, ...]) -> str:
    """Run the app and kill it once the post of that label is out; what it said."""
    process = trial.wine.start(trial.console, *options)
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if label in line and "→ sent" in line:
            break
    process.kill()
    rest, complaints = process.communicate()
    expect(f"{label} " in said, f"it ended before: {said}{complaints}"[-300:])
    return said + rest


def _run_again(trial: Trial, options: tuple[str, ...]) -> Done:
    """Run the app to its end, and once more where it ended without a word.

    Wine 8 at times ends a program as it starts; ours says a sentence when it cannot go on.
    """
    done = trial.wine.run(trial.console, *options, limit=120)
    wordless = done.code != 0 and not done.said
    return trial.wine.run(trial.console, *options, limit=120) if wordless else done


def _chat_file(trial: Trial, path: str, topic: str) -> str:
    """A chat in a file of Windows; its path."""
    place = trial.wine.inside(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    chat = replace(short_chat(), id=f"trial{len(topic)}", topic=topic)
    TchatFiles().write(place, ChatFile(chat))
    return path


@contextlib.contextmanager
def _window(trial: Trial, file: str) -> Iterator[str]:
    """A display on which Windows opened a file; the window is closed in the end."""
    settings = trial.wine.inside(f"{trial.data}\\settings.json")
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"language": "fr"}', "utf-8")
    trial.show_associations()
    # What runs already has no screen, and Windows has one desktop for all.
    trial.wine.end()
    with screen() as display:
        try:
            # Wine 8 at times ends its `start` itself, so soon after everything was ended.
            code = trial.wine.open(file, display) and trial.wine.open(file, display)
            expect(code == 0, f"nothing opens the file: {code}")
            wait_for(lambda: "Tchat" in titles(display), "no window of that title appeared")
            yield display
        finally:
            trial.wine.end()


def _running(trial: Trial) -> int:
    """How many of the program run in this prefix."""
    found = 0
    for one in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            ours = one.environ().get("WINEPREFIX") == str(trial.wine.prefix)
            found += ours and PROGRAM in " ".join(one.cmdline())
    return found


def _photograph_at_rest(display: str, picture: Path) -> None:
    """Keep a picture of what is shown, once nothing has moved between two looks."""
    command = ["import", "-display", display, "-window", "root", str(picture)]
    looks = [b"", b" "]

    def is_at_rest() -> bool:
        subprocess.run(command, check=True)
        looks[:] = [looks[1], _pixels(picture)]
        return looks[0] == looks[1]

    wait_for(is_at_rest, "the window does not come to rest", 30, 1.5)


def _pixels(picture: Path) -> bytes:
    command = ["convert", str(picture), "rgb:-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _colours(display: str) -> int:
    command = ["import", "-display", display, "-window", "root", "-format", "%k", "info:-"]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout or 0)


def _summary(picture: Path) -> str:
    command = ["identify", "-format", "%wx%h, %k colours", str(picture)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _of_failed(done: Done) -> str:
    failed = [line for line in done.out.splitlines() if line.startswith("FAILED")]
    return "; ".join(failed) or done.said

"""`--self-test`: every part is tried, and each is seen failing when its thing is taken away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zoneinfo
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tchat_desktop.platform import paths
from tchat_desktop.start.self_test import Part, contents, machine, run_parts, screens
from tchat_desktop.start.self_test.found import Lack, Unusable
from tchat_desktop.wording import i18n
from tests.fakes import file_keyring

ROOT = Path(__file__).parent.parent
NAMES = (
    "languages",
    "templates",
    "places and days",
    "holidays and lists",
    "recap, guest pack, calendar",
    "time zones",
    "storage",
    "free disk",
    "connection to X",
    "TLS roots",
    "power and sleep",
    "system keyring",
    "pictures",
    "letters",
    "PDF",
    "pages of the guide",
)


def child(code: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Python in a process of their own, without a screen."""
    here = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    more = {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=cwd,
        env={**here, **more},
    )


def self_test(before: str = "", cwd: Path = ROOT, **environment: str) -> tuple[int, dict[str, str]]:
    """The exit code, and what was said of each part; `before` is done before the app starts."""
    start = (
        "import sys; from tchat_desktop.__main__ import main;"
        "sys.argv = ['tchat', '--self-test']; sys.exit(main())"
    )
    done = child(f"{before}\n{start}", cwd, **environment)
    assert "Traceback" not in done.stdout
    said = {}
    for line in done.stdout.splitlines():
        verdict, rest = line[:8].strip(), line[8:]
        said[rest.partition(": ")[0]] = f"{verdict}: {rest.partition(': ')[2]}"
    assert tuple(said) == NAMES, done.stdout + done.stderr
    return done.returncode, said


def failed(said: dict[str, str]) -> set[str]:
    return {name for name, line in said.items() if line.startswith("FAILED")}


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_line_a_part_and_nothing_left_behind(own_folders: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    ring = tmp_path / "ring.json"
    code, said = self_test(TMPDIR=str(temporary), **file_keyring.environment(ring))
    assert (code, failed(said)) == (0, set()), said
    assert said["system keyring"].endswith("written, read, forgotten")
    assert said["languages"] == "ok: Français, English"
    assert said["pages of the guide"] == "ok: 14 in each of fr, en"
    assert "journal wal, integrity ok" in said["storage"]
    assert not files_in(own_folders)
    assert not files_in(temporary)
    assert ring.read_text() == "{}"


def test_what_fails_stops_no_other(tmp_path: Path) -> None:
    # The whole package, but for what an upgrade that was cut, or an eager cleaner, takes away.
    leave = shutil.ignore_patterns("__pycache__")
    for name in ("tchat_desktop", "resources", "translations"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave)
    shutil.rmtree(tmp_path / "resources" / "icons")
    (tmp_path / "resources" / "icons").mkdir()
    shutil.rmtree(tmp_path / "translations" / "en")
    (tmp_path / "resources" / "languages" / "fr" / "rehearsal.toml").unlink()
    (tmp_path / "resources" / "recap" / "recap.html.j2").unlink()
    (tmp_path / "resources" / "places.tsv").unlink()
    (tmp_path / "tchat_desktop" / "adapters" / "sqlite" / "migrations" / "0001_start.sql").unlink()
    without = "import sys; sys.modules['tweepy'] = sys.modules['tzdata'] = None"
    ring = f"import sys; sys.path.append({str(ROOT)!r})"
    silent = "tests.fakes.silent_keyring.SilentKeyring"
    code, said = self_test(f"{without}\n{ring}", tmp_path, PYTHON_KEYRING_BACKEND=silent)
    assert code == 1
    assert failed(said) == set(NAMES) - {"free disk", "TLS roots", "power and sleep"} - {
        "letters",
        "PDF",
        "holidays and lists",
    }
    assert "no answer within 15 s" in said["system keyring"]
    assert "Africa/Dakar" in said["time zones"]
    assert "tweepy" in said["connection to X"]


FAIL = """
from tchat_desktop.start import steps
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.pages.purpose.page import PurposePage
from PySide6.QtWidgets import QApplication
from tchat_desktop.start.self_test import screens
qt = QApplication(["x", "-style", "Fusion"])
{fault}
try:
    print(screens.pages())
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("steps.PAGES[StepId.PEOPLE] = lambda desk: 1 / 0", "people” cannot be made"),
        ("PurposePage.showEvent = lambda self, event: 1 / 0", "ZeroDivisionError"),
    ],
    ids=["made", "shown"],
)
def test_a_page_that_fails_is_named(fault: str, says: str) -> None:
    done = child(FAIL.format(fault=fault))
    assert done.stdout.startswith("Unusable fr: the page"), done.stdout + done.stderr
    assert says in done.stdout


@pytest.fixture
def brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of what the app brings along, used in its place."""
    for name in ("resources", "translations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setattr(paths, "resource_dir", lambda name: tmp_path / name)
    monkeypatch.setattr(i18n, "resource_dir", lambda name: tmp_path / name)
    before = i18n.language()
    yield tmp_path
    monkeypatch.undo()
    i18n.activate(before)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_language_without_texts(brought: Path, code: str, qapp: QApplication) -> None:
    shutil.rmtree(brought / "translations" / code)
    with pytest.raises(Unusable, match=code):
        contents.languages()


def test_a_catalogue_cut_short(brought: Path, qapp: QApplication) -> None:
    folder = brought / "translations" / "fr" / "LC_MESSAGES"
    i18n.activate("fr")
    (folder / "tchat.po").unlink()
    (folder / "tchat.mo").write_bytes((folder / "tchat.mo").read_bytes()[:5000])
    with pytest.raises(Unusable, match="fr"):
        contents.languages()


def test_dialogs_of_qt_in_english(brought: Path, qapp: QApplication) -> None:
    from tchat_desktop.ui.shell import speech

    (brought / "translations" / "fr" / "qtbase_fr.qm").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speech, "resource_dir", paths.resource_dir)
        with pytest.raises(Unusable, match="Look in"):
            contents.languages()


@pytest.mark.parametrize("name", ["posts.toml", "rehearsal.toml", ""])
def test_templates_that_cannot_be_read(brought: Path, name: str) -> None:
    from tchat_desktop.start.hours import script_of

    script_of.cache_clear()
    gone = brought / "resources" / "languages" / "en" / name
    if name:
        gone.write_bytes(b"\xff\xfe half a file")
    else:
        shutil.rmtree(gone)
        gone.write_text("not a folder")
    with pytest.raises((ValueError, OSError)):
        contents.templates()


def test_a_system_without_zones_and_one_with_wrong_ones(tmp_path: Path) -> None:
    before = zoneinfo.TZPATH
    try:
        zoneinfo.reset_tzpath(())
        assert "the system has none" in machine.time_zones()
        (tmp_path / "Africa").mkdir()
        (tmp_path / "Africa" / "Dakar").write_bytes(b"no zone")
        zoneinfo.reset_tzpath((str(tmp_path),))
        with pytest.raises(Unusable, match="the system's data"):
            machine.time_zones()
        assert (str(tmp_path),) == zoneinfo.TZPATH
    finally:
        zoneinfo.reset_tzpath(before)


@pytest.mark.parametrize("content", [b"", b"-----BEGIN CERTIFICATE-----\nnone\n", None])
def test_roots_that_are_not_there(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import certifi

    file = tmp_path / "roots.pem"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(certifi, "where", lambda: str(file))
    with pytest.raises((OSError, Unusable)):
        machine.tls_roots()


def test_a_full_disk_is_told_with_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_yet = tmp_path / "Tchats" / "data"
    assert machine.free_disk(not_yet).endswith(f"on the disk of {not_yet}")
    assert not not_yet.parent.exists()
    monkeypatch.setattr(machine, "LEAST_ROOM", 10**18)
    with pytest.raises(Unusable, match="MB on the disk"):
        machine.free_disk(not_yet)


LETTERS = """
from PySide6.QtWidgets import QApplication
from tchat_desktop.start.self_test import Part, run_parts, screens
qt = QApplication(["x"])
run_parts([Part("letters", screens.letters, True)], print)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fonts by fontconfig")
def test_a_computer_without_fonts(tmp_path: Path) -> None:
    nothing = tmp_path / "fonts.conf"
    nothing.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    done = child(LETTERS, FONTCONFIG_FILE=str(nothing))
    assert done.stdout == "FAILED  letters: Unusable: this computer has no fonts\n", done.stderr


def test_nothing_can_be_printed_without_a_place_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    assert screens.pdf().endswith(" bytes")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(FileNotFoundError):
        screens.pdf()


def test_emoji_the_fonts_have_not_are_a_lack(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    # A character that is none, so that no font has it.
    monkeypatch.setattr(screens, "EMOJI", "\U0003fffd")
    with pytest.raises(Lack, match="boxes"):
        screens.letters()


def test_a_part_that_never_answers_is_left_behind() -> None:
    go_on = threading.Event()
    said: list[str] = []

    def waits() -> str:
        go_on.wait()
        return "late"

    def refuses() -> str:
        raise Lack("none\nhere")

    these = (Part("slow", waits), Part("none", refuses), Part("next", lambda: "there"))
    assert not run_parts(these, said.append, limit=0.05)
    go_on.set()
    assert said == [
        "FAILED  slow: TimeoutError: no answer within 0.05 s",
        "lacks   none: none here",
        "ok      next: there",
    ]


def _answer(error: Exception) -> Callable[[], str]:
    def check() -> str:
        raise error

    return check


def test_what_a_computer_lacks_is_no_failure() -> None:
    assert run_parts([Part("emoji", _answer(Lack("no font")))], lambda _line: None)
    assert not run_parts([Part("icons", _answer(Unusable("none")))], lambda _line: None)


def test_a_terminal_with_few_letters_gets_its_lines_too() -> None:
    code, said = self_test(PYTHONIOENCODING="ascii")
    assert code == 0
    assert said["languages"] == "ok: Fran\\xe7ais, English"


@pytest.mark.parametrize(
    ("backend", "says"),
    [
        ("keyring.backends.fail.Keyring", "keeps no keys"),
        ("tests.adapters.plain_ring.PlainRing", "VaultUnsafe"),
    ],
)
def test_a_keyring_that_keeps_nothing_is_a_lack(backend: str, says: str) -> None:
    code = (
        "from tchat_desktop.start.self_test import Part, machine, run_parts\n"
        "print(run_parts([Part('ring', machine.system_keyring)], print))"
    )
    done = child(code, PYTHON_KEYRING_BACKEND=backend)
    assert done.stdout.startswith("lacks   ring: ")
    assert says in done.stdout
    assert done.stdout.endswith("True\n")

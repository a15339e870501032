"""What a desktop of Linux is told of the app, and which packages it asks for."""

from __future__ import annotations

import configparser
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.platform import system_libraries
from tchat_desktop.platform.paths import APP
from tests.packaging.scripts import ROOT, script

LINUX = ROOT / "packaging" / "linux"
MIME = "application/x-tchat-desktop"
# The formats have English without a mark of its language.
TRANSLATED = [one.code for one in SCREEN_LANGUAGES if one.code != "en"]
libraries = script("linux/libraries")
packages = script("linux/packages")
TOOLS = ("desktop-file-validate", "appstreamcli")
with_tools = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason=f"{', '.join(TOOLS)} not installed"
)
of_linux = pytest.mark.skipif(sys.platform != "linux", reason="programs of Linux are looked into")


@pytest.fixture
def desktop() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(LINUX / f"{APP}.desktop", "utf-8")
    return parser["Desktop Entry"]


@pytest.fixture
def metainfo(tmp_path: Path) -> Path:
    text = (LINUX / f"{APP}.metainfo.xml").read_text("utf-8")
    file = tmp_path / f"{APP}.metainfo.xml"
    file.write_text(text.replace("@VERSION@", "1.0.0").replace("@DATE@", "2026-11-29"), "utf-8")
    return file


@pytest.fixture
def share(tmp_path: Path, metainfo: Path) -> Path:
    for name, file in (
        ("applications", LINUX / f"{APP}.desktop"),
        ("metainfo", metainfo),
    ):
        (tmp_path / "share" / name).mkdir(parents=True)
        shutil.copy(file, tmp_path / "share" / name)
    return tmp_path / "share"


@with_tools
def test_the_desktop_file_and_the_metadata_are_valid(share: Path) -> None:
    assert packages.faults(share) == []


@with_tools
@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        (f"applications/{APP}.desktop", "Type=Application", "Type=Chat"),
        (f"metainfo/{APP}.metainfo.xml", "<name>Tchat</name>", ""),
        (f"metainfo/{APP}.metainfo.xml", "FSFAP", "MPL-2.0"),
    ],
)
def test_what_is_wrong_in_them_is_said(share: Path, file: str, right: str, wrong: str) -> None:
    path = share / file
    path.write_text(path.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    assert len(packages.faults(share)) >= 1


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_menu_and_the_file_manager_speak_every_language(
    desktop: configparser.SectionProxy, metainfo: Path, language: str
) -> None:
    assert all(f"{key}[{language}]" in desktop for key in ("GenericName", "Comment", "Keywords"))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    for file, tags in ((LINUX / f"{APP}.xml", ["comment"]), (metainfo, ["summary", "p", "li"])):
        for tag in tags:
            texts = [one for one in ElementTree.parse(file).iter() if one.tag.split("}")[-1] == tag]
            plain = [one for one in texts if one.get(lang) is None]
            assert len([one for one in texts if one.get(lang) == language]) == len(plain) > 0


def test_one_type_and_one_name_everywhere(
    desktop: configparser.SectionProxy, metainfo: Path
) -> None:
    kind = next(iter(ElementTree.parse(LINUX / f"{APP}.xml").getroot()))
    assert kind.get("type") == MIME
    assert desktop["MimeType"] == f"{MIME};"
    found = ElementTree.parse(metainfo)
    assert found.findtext("provides/mediatype") == MIME
    assert found.findtext("launchable") == f"{APP}.desktop"
    assert desktop["Exec"] == f"{APP} %f" and desktop["Icon"] == APP
    # By this a dock knows whose window it is: Qt gives the name of the program.
    assert desktop["StartupWMClass"] == APP


def test_a_library_has_the_same_package_in_what_is_told_and_in_what_is_asked_for() -> None:
    told = {**system_libraries.ALWAYS, **system_libraries.WITH_A_SCREEN}
    both = libraries.PACKAGES.keys() & told.keys()
    assert len(both) > 10
    assert {name: libraries.PACKAGES[name] for name in both} == {n: told[n][0] for n in both}
    # Whatever else is told to be missing is brought along.
    assert [one for one in told.keys() - both if not libraries.BROUGHT.match(one)] == []


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A folder like PyInstaller's, of programs of this machine."""
    inside = tmp_path / "_internal"
    inside.mkdir()
    shutil.copyfile("/proc/self/exe", tmp_path / "program")
    for name in ("libssl.so.3", "libX11.so.6", "libQt6Core.so.6", "notes.txt"):
        (inside / name).write_bytes(b"anything")
    (inside / "libGone.so.1").symlink_to("libX11.so.6")
    return tmp_path


@of_linux
def test_what_the_system_gives_is_taken_out(frozen: Path) -> None:
    assert libraries.prune(frozen) == ["libX11.so.6"]
    left = sorted(path.name for path in (frozen / "_internal").iterdir())
    assert left == ["libQt6Core.so.6", "libssl.so.3", "notes.txt"]


@of_linux
@pytest.mark.skipif(shutil.which("objdump") is None, reason="objdump is not installed")
def test_the_packages_are_those_of_the_libraries_a_program_is_linked_to(
    frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked = libraries.asked(frozen / "program")[0]
    needed = {name for name in linked if not libraries.OF_C.fullmatch(name)}
    monkeypatch.setattr(libraries, "PACKAGES", {name: f"of-{name}" for name in needed})
    always, wayland = libraries.depends(frozen)
    assert [one for one in always if one.startswith("libc6 (>= 2.")]
    assert {one for one in always if not one.startswith("libc6")} == {f"of-{n}" for n in needed}
    assert wayland == []


@of_linux
@pytest.mark.skipif(shutil.which("objdump") is None, reason="objdump is not installed")
def test_a_library_of_no_known_package_stops_the_build(
    frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "OF_C", libraries.re.compile("nothing"))
    with pytest.raises(libraries.UnknownLibrary, match=r"program needs lib.+\.so"):
        libraries.depends(frozen)

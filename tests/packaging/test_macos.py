"""What can be known of the app for macOS without a Mac.

Its Info.plist, its icons, its scripts, and the libraries themselves: the wheels for macOS are
installed as `packaging/macos/build.sh` does, and every import of ours is looked for in them. What
only a Mac can tell, `packaging/macos/try.sh` asks there; docs/releasing.md says what was never run.
"""

from __future__ import annotations

import ast
import os
import plistlib
import re
import runpy
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.markers import default_environment

from tchat_desktop import __version__
from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tests.packaging.scripts import ROOT, script

MACOS = ROOT / "packaging" / "macos"
SCRIPTS = sorted(MACOS.glob("*.sh"))
bundle_info = script("macos/bundle_info")
contents = script("contents")
MACHINES = {
    "arm64": ("aarch64-apple-darwin", 0x0100000C),
    "x86_64": ("x86_64-apple-darwin", 0x01000007),
}
"""The kinds of Mac: what uv calls them, and the number in a Mach-O file."""

PYTHON = "3.13"
"""The Python that .github/workflows/release.yml makes the app with."""


@pytest.fixture(scope="module")
def info() -> dict[str, Any]:
    printed = subprocess.run(
        [sys.executable, str(MACOS / "bundle_info.py")], check=True, capture_output=True
    ).stdout
    return plistlib.loads(printed)


@pytest.fixture(scope="module", params=MACHINES)
def wheels(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The locked libraries for a kind of Mac, as installed there."""
    folder = tmp_path_factory.mktemp(request.param)
    shipped = script("shipped")
    platform, number = MACHINES[request.param]
    try:
        (folder / "shipped.txt").write_text("".join(shipped.locked()), "utf-8")
        shipped.uv(
            *("pip", "install", "--quiet", "--no-deps", "--require-hashes"),
            *("--only-binary", ":all:", "--python-version", PYTHON),
            *("--python-platform", platform, "--target", str(folder / "site")),
            *("--requirements", str(folder / "shipped.txt")),
            MACOSX_DEPLOYMENT_TARGET=bundle_info.MINIMUM,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the wheels for macOS could not be fetched: {error}")
    yield SimpleNamespace(site=folder / "site", number=number)
    shutil.rmtree(folder, ignore_errors=True)


def test_the_app_is_told_to_macos_by_its_own_name_and_version(info: dict[str, Any]) -> None:
    assert info["CFBundleName"] == info["CFBundleDisplayName"] == "Tchat"
    assert info["CFBundleIdentifier"] == "tchat-desktop"
    assert info["CFBundleShortVersionString"] == info["CFBundleVersion"] == __version__
    assert info["CFBundlePackageType"] == "APPL"
    assert info["NSPrincipalClass"] == "NSApplication"
    assert info["LSApplicationCategoryType"].startswith("public.app-category.")
    assert info["NSHumanReadableCopyright"]
    # With these the system may end an app that is out of sight, and the hour with it.
    assert not {"NSSupportsAutomaticTermination", "NSSupportsSuddenTermination"} & set(info)
    assert info["NSHighResolutionCapable"] is True
    assert info["NSRequiresAquaSystemAppearance"] is False
    assert info["CFBundleDevelopmentRegion"] == SCREEN_LANGUAGES[0].code
    assert info["CFBundleLocalizations"] == [one.code for one in SCREEN_LANGUAGES]


def test_tchat_files_are_ours_and_open_in_the_app(info: dict[str, Any]) -> None:
    (opened,) = info["CFBundleDocumentTypes"]
    (exported,) = info["UTExportedTypeDeclarations"]
    assert opened["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]
    assert (opened["CFBundleTypeRole"], opened["LSHandlerRank"]) == ("Editor", "Owner")
    tags = exported["UTTypeTagSpecification"]
    assert tags["public.filename-extension"] == ["tchat"]
    assert tags["public.mime-type"] == ["application/x-tchat-desktop"]
    # Without these, Spotlight and Mail take the file for nothing in particular.
    assert exported["UTTypeConformsTo"] == ["public.data", "public.content"]
    assert opened["CFBundleTypeIconFile"] == exported["UTTypeIconFile"] == "document.icns"


def test_the_icons_have_every_size_that_macos_shows(tmp_path: Path) -> None:
    written = {one.name for one in script("icon").write(tmp_path)}
    assert {"tchat.icns", "document.icns"} <= written
    for name in ("tchat.icns", "document.icns"):
        kinds = _parts_of_icon((tmp_path / name).read_bytes())
        # 16, 32, 128, 256 and 512 points, each also at twice the density.
        assert {
            "ic04",
            "ic05",
            "ic07",
            "ic08",
            "ic09",
            "ic10",
            "ic11",
            "ic12",
            "ic13",
            "ic14",
        } <= kinds


def _parts_of_icon(content: bytes) -> set[str]:
    assert content[:4] == b"icns"
    assert struct.unpack(">I", content[4:8])[0] == len(content)
    kinds, at = set(), 8
    while at < len(content):
        kind, length = struct.unpack(">4sI", content[at : at + 8])
        kinds.add(kind.decode())
        assert length > 8
        at += length
    return kinds


def test_the_entitlements_are_no_more_than_python_needs() -> None:
    entitlements = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert entitlements == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_the_spec_makes_the_app_of_a_mac_with_all_of_this(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Run as on a Mac, with PyInstaller's own steps only listening."""
    made: dict[str, Any] = {}
    analysis = SimpleNamespace(datas=[], binaries=[], pure=[], scripts=[])
    # It keeps what it reads first, for every later test too.
    default_environment()
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(sys, "path", sys.path.copy())
    monkeypatch.setenv("TCHAT_ICONS", str(tmp_path))
    runpy.run_path(
        str(ROOT / "packaging" / "tchat.spec"),
        init_globals={
            "SPECPATH": str(ROOT / "packaging"),
            "Analysis": lambda *_args, **_options: analysis,
            "PYZ": lambda *_args: None,
            "EXE": lambda *_args, **options: made.update(exe=options),
            "COLLECT": lambda *parts, **_options: made.update(datas=parts[2]) or "folder",
            "BUNDLE": lambda folder, **options: made.update(folder=folder, bundle=options),
        },
    )
    assert made["folder"] == "folder"
    assert made["bundle"]["name"] == "Tchat.app"
    assert made["bundle"]["icon"] == str(tmp_path / "tchat.icns")
    assert made["bundle"]["info_plist"] == bundle_info.info()
    assert ("document.icns", str(tmp_path / "document.icns"), "DATA") in made["datas"]
    assert Path(made["exe"]["entitlements_file"]).is_file()
    assert f"MacOS/{made['exe']['name']}" in (MACOS / "try.sh").read_text("utf-8")


def test_every_import_of_ours_is_there_on_a_mac(wheels: Any) -> None:
    lacking = sorted(
        f"{module} ({where})" for module, where in _imports() if not _is_there(module, wheels.site)
    )
    assert not lacking


ELSEWHERE = {"__future__", "secretstorage"}
"""What is no library, and the keyring of Linux, which is looked into there alone."""


def _imports() -> set[tuple[str, str]]:
    """Every module of others that our code names, and what the spec adds, with one place."""
    named = {}
    for path in sorted((ROOT / "tchat_desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                modules = [node.module]
            else:
                continue
            named.update({one: path.relative_to(ROOT).as_posix() for one in modules})
    for module in ("keyring.backends.macOS", "keyring.backends.fail"):
        named[module] = "packaging/tchat.spec"
    return {
        (module, where)
        for module, where in named.items()
        if module.split(".")[0] not in {*sys.stdlib_module_names, "tchat_desktop", *ELSEWHERE}
    }


def _is_there(module: str, site: Path) -> bool:
    place = site.joinpath(*module.split("."))
    return (
        place.is_dir()
        or place.with_name(f"{place.name}.py").is_file()
        or any(place.parent.glob(f"{place.name}.*.so"))
        or any(place.parent.glob(f"{place.name}.so"))
    )


def test_what_is_compiled_runs_on_that_kind_of_mac(wheels: Any) -> None:
    compiled = [*wheels.site.rglob("*.so"), *wheels.site.rglob("*.dylib")]
    assert len(compiled) > 40
    assert not [one.name for one in compiled if wheels.number not in _slices(one)]


def test_what_is_left_out_nothing_in_the_app_is_linked_to(wheels: Any) -> None:
    """`packaging/contents.py` prunes for all systems; here with the frameworks of macOS."""
    names = {path.relative_to(wheels.site).as_posix(): path for path in _files(wheels.site)}
    kept = {name: path for name, path in names.items() if contents.is_wanted(name)}
    there = {Path(name).name for name in kept}
    linked = {
        (Path(wanted).name, name)
        for name, path in kept.items()
        if _is_loaded(path, wheels.number)
        for wanted in _links(path, wheels.number)
        if not wanted.startswith(("/usr/lib/", "/System/Library/"))
    }
    assert len(linked) > 20
    assert not sorted((wanted, name) for wanted, name in linked if wanted not in there)
    assert {"libqcocoa.dylib", "libqmacstyle.dylib", "libqsvg.dylib", "QtWidgets"} <= there
    assert not [name for name in kept if "Qml" in name or "Quick" in name]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def _slices(path: Path) -> dict[int, int]:
    """The kinds of machine in a Mach-O file, which may hold several, with where each begins."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head[:4] == b"\xca\xfe\xba\xbe":
        (count,) = struct.unpack(">I", head[4:8])
        entries = (struct.unpack(">5I", head[8 + 20 * n : 28 + 20 * n]) for n in range(count))
        return {kind: offset for kind, _sub, offset, _size, _align in entries}
    if head[:4] == b"\xcf\xfa\xed\xfe":
        return {struct.unpack("<I", head[4:8])[0]: 0}
    return {}


def _is_loaded(path: Path, machine: int) -> bool:
    """Whether a file is a library or a plugin; programs are for people who write with Qt."""
    slices = _slices(path)
    if machine not in slices:
        return False
    with path.open("rb") as stream:
        stream.seek(slices[machine] + 12)
        return struct.unpack("<I", stream.read(4))[0] != 2


def _links(path: Path, machine: int) -> list[str]:
    """The libraries a Mach-O file is linked to, as it names them."""
    content = path.read_bytes()[_slices(path)[machine] :]
    (count,) = struct.unpack("<I", content[16:20])
    found, at = [], 32
    for _ in range(count):
        command, size, name = struct.unpack("<3I", content[at : at + 12])
        # LC_LOAD_DYLIB, and the same when it may be missing (weak).
        if command in {0xC, 0x80000018}:
            found.append(content[at + name : at + size].split(b"\0")[0].decode())
        at += size
    return found


def test_what_the_window_stands_on_is_in_the_wheels(wheels: Any) -> None:
    qt = wheels.site / "PySide6" / "Qt"
    for plugin in (
        "platforms/libqcocoa.dylib",
        "platforms/libqoffscreen.dylib",
        "styles/libqmacstyle.dylib",
        "iconengines/libqsvgicon.dylib",
        "imageformats/libqjpeg.dylib",
        "tls/libqsecuretransportbackend.dylib",
    ):
        assert (qt / "plugins" / plugin).is_file(), plugin
    for framework in ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtSvg"):
        assert (qt / "lib" / f"{framework}.framework").is_dir()
    for code in (one.code for one in SCREEN_LANGUAGES):
        assert (qt / "translations" / f"qtbase_{code}.qm").is_file()


def test_the_oldest_macos_is_the_one_the_libraries_ask_for(wheels: Any) -> None:
    tags = "\n".join(one.read_text("utf-8") for one in wheels.site.glob("*.dist-info/WHEEL"))
    asked = [tuple(map(int, pair)) for pair in re.findall(r"-macosx_(\d+)_(\d+)_", tags)]
    assert ".".join(map(str, max(asked))) == bundle_info.MINIMUM


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_scripts_are_clean(script: Path) -> None:
    assert os.access(script, os.X_OK) or os.name == "nt"
    if not (bash := shutil.which("bash")):
        pytest.skip("no bash here")
    subprocess.run([bash, "-n", str(script)], check=True)
    if not (shellcheck := shutil.which("shellcheck")):
        pytest.skip("shellcheck is not installed here")
    subprocess.run([shellcheck, str(script)], check=True)


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac would do it")
@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_elsewhere_than_on_a_mac_they_say_so_and_do_nothing(script: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [shutil.which("bash") or "bash", str(script), str(tmp_path / "no.dmg")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs a Mac" in done.stderr
    assert not list(tmp_path.iterdir())

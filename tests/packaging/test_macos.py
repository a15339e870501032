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

from tchat_desktop import __version__
from tchat_desktop.domain.languages import LANGUAGES

ROOT = Path(__file__).parent.parent.parent
MACOS = ROOT / "packaging" / "macos"
SCRIPTS = sorted(MACOS.glob("*.sh"))
BUNDLE_INFO = runpy.run_path(str(MACOS / "bundle_info.py"))
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
    shipped = runpy.run_path(str(ROOT / "packaging" / "shipped.py"))
    platform, number = MACHINES[request.param]
    try:
        shipped["write"](folder / "shipped.txt")
        shipped["uv"](
            *("pip", "install", "--quiet", "--no-deps", "--require-hashes"),
            *("--only-binary", ":all:", "--python-version", PYTHON),
            *("--python-platform", platform, "--target", str(folder / "site")),
            *("--requirements", str(folder / "shipped.txt")),
            MACOSX_DEPLOYMENT_TARGET=BUNDLE_INFO["MINIMUM"],
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
    assert info["NSHighResolutionCapable"] is True
    assert info["NSRequiresAquaSystemAppearance"] is False
    assert info["CFBundleDevelopmentRegion"] == LANGUAGES[0].code
    assert info["CFBundleLocalizations"] == [one.code for one in LANGUAGES]


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
    written = {
        one.name for one in runpy.run_path(str(ROOT / "packaging/icon.py"))["write"](tmp_path)
    }
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
    assert made["bundle"]["info_plist"] == BUNDLE_INFO["info"]()
    assert ("document.icns", str(tmp_path / "document.icns"), "DATA") in made["datas"]
    assert Path(made["exe"]["entitlements_file"]).is_file()
    assert f"MacOS/{made['exe']['name']}" in (MACOS / "try.sh").read_text("utf-8")


def test_every_import_of_ours_is_there_on_a_mac(wheels: Any) -> None:
    lacking = sorted(
        f"{module} ({where})" for module, where in _imports() if not _is_there(module, wheels.site)
    )
    assert not lacking


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
        if module.split(".")[0] not in {*sys.stdlib_module_names, "tchat_desktop", "__future__"}
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
    assert not [one.name for one in compiled if wheels.number not in _machines_of(one)]


def _machines_of(path: Path) -> set[int]:
    """The kinds of machine in a Mach-O file, which may hold several."""
    head = path.read_bytes()[:4096]
    if head[:4] == b"\xca\xfe\xba\xbe":
        (count,) = struct.unpack(">I", head[4:8])
        return {struct.unpack(">I", head[8 + 20 * n : 12 + 20 * n])[0] for n in range(count)}
    assert head[:4] == b"\xcf\xfa\xed\xfe", path.name
    return {struct.unpack("<I", head[4:8])[0]}


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
    for code in (one.code for one in LANGUAGES):
        assert (qt / "translations" / f"qtbase_{code}.qm").is_file()


def test_the_oldest_macos_is_the_one_the_libraries_ask_for(wheels: Any) -> None:
    tags = "\n".join(one.read_text("utf-8") for one in wheels.site.glob("*.dist-info/WHEEL"))
    asked = [tuple(map(int, pair)) for pair in re.findall(r"-macosx_(\d+)_(\d+)_", tags)]
    assert BUNDLE_INFO["MINIMUM"] == ".".join(map(str, max(asked)))


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

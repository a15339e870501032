"""What goes into the packaged app, and what of the lock is for it."""

from __future__ import annotations

import pytest

from tests.packaging.scripts import ROOT, script

contents = script("contents")
application = script("windows/application")
licences = script("licences")


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Core.dll",
        "PySide6/QtWidgets.pyd",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "PySide6/plugins/iconengines/qsvgicon.dll",
        "PySide6/plugins/imageformats/qwebp.dll",
        "PySide6/Qt6Svg.dll",
        "PySide6/pyside6.abi3.dll",
        "PySide6/translations/qtbase_fr.qm",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/__init__.py",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt/lib/libQt6DBus.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
        "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
        "PySide6/QtCore.abi3.so",
        "PySide6\\Qt6Gui.dll",
        "babel/locale-data/root.dat",
        "babel/locale-data/fr_SN.dat",
        "tzdata/zoneinfo/Africa/Dakar",
        "certifi/cacert.pem",
        "holidays/locale/fr_SN/LC_MESSAGES/SN.mo",
        "holidays/countries/senegal.py",
    ],
)
def test_what_the_app_needs_goes_in(name: str) -> None:
    assert contents.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Qml.dll",
        "PySide6/Qt6DBus.dll",
        "PySide6/Qt6OpenGLWidgets.dll",
        "PySide6/QtQuick.pyd",
        "PySide6/QtSvg.pyd",
        "PySide6/QtSql.abi3.so",
        "PySide6/pyside6qml.abi3.dll",
        "PySide6/opengl32sw.dll",
        "PySide6/designer.exe",
        "PySide6/QtCore.pyi",
        "PySide6/qml/QtQuick/qmldir",
        "PySide6/include/Shiboken/x.h",
        "PySide6/plugins/sqldrivers/qsqlite.dll",
        "PySide6/plugins/platforms/qdirect2d.dll",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "PySide6/translations/qtbase_de.qm",
        "PySide6/translations/assistant_fr.qm",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "babel/locale-data/de.dat",
        "icalendar/tests/test_x.py",
        "holidays/locale/de/LC_MESSAGES/AT.mo",
        "holidays/locale/fr/LC_MESSAGES/FR.po",
        "yaml/_yaml.pyd",
        "msgspec/py.typed",
    ],
)
def test_what_nobody_needs_stays_out(name: str) -> None:
    assert not contents.is_wanted(name)


def test_of_the_lock_only_the_app_and_what_it_stands_on_is_taken() -> None:
    taken = {entry.split("==")[0]: entry for entry in application.locked()}
    assert {"keyring", "tweepy", "shiboken6", "pywin32-ctypes", "tzdata", "urllib3"} <= set(taken)
    assert not {"pytest", "mypy", "pyinstaller", "hypothesis", "packaging"} & set(taken)
    assert all("--hash=sha256:" in one for one in taken.values())
    # Here some are for another system, and none may be missing.
    assert set(licences.brought_along()) <= set(taken)


def test_a_library_that_only_tools_want_is_not_taken() -> None:
    lock = (
        "base==1 \\\n    --hash=sha256:0\n    # via middle\n"
        "middle==1 \\\n    --hash=sha256:1\n    # via tchat-desktop\n"
        "tool==1 \\\n    --hash=sha256:2\n"
        "below==1 \\\n    --hash=sha256:3\n    # via\n    #   tool\n"
        "shared==1 \\\n    --hash=sha256:4\n    # via\n    #   base\n    #   tool\n"
    )
    taken = [entry.split("==")[0] for entry in application.locked(lock)]
    assert taken == ["base", "middle", "shared"]


def test_the_table_is_the_one_of_the_other_systems_too() -> None:
    spec = (ROOT / "packaging" / "tchat.spec").read_text("utf-8")
    assert "contents.left" in spec
    assert "Qt6" not in spec

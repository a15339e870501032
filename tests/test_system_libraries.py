"""What is told where Qt lacks libraries of the system."""

from __future__ import annotations

import sys

import pytest

from tchat_desktop.platform import system_libraries as libraries

ALL = [*libraries.ALWAYS, *libraries.WITH_A_SCREEN]


@pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux")
def test_a_file_that_is_nowhere_is_missing_and_one_that_is_there_is_not() -> None:
    assert libraries.missing_libraries(["libc.so.6", "libnowhere.so.7"]) == ["libnowhere.so.7"]


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ({"ID": "debian"}, "sudo apt install libegl1 libxcb-icccm4"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "sudo apt install libegl1 libxcb-icccm4"),
        ({"ID": "fedora"}, "sudo dnf install libglvnd-egl xcb-util-wm"),
        ({"ID": "arch"}, "sudo pacman -S libglvnd xcb-util-wm"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "sudo zypper install libglvnd"),
        ({"ID": "plan9"}, libraries.UNKNOWN_SYSTEM),
        ({}, libraries.UNKNOWN_SYSTEM),
    ],
)
def test_the_packages_of_this_very_system_are_named(system: dict[str, str], command: str) -> None:
    told = libraries.message(["libEGL.so.1", "libxcb-icccm.so.4"], system)
    assert "libEGL.so.1, libxcb-icccm.so.4" in told.splitlines()[0]
    assert told.splitlines()[1].startswith(command)


@pytest.mark.parametrize("family", [names[0] for names, _ in libraries.SYSTEMS])
def test_each_library_has_its_package_on_each_system(family: str) -> None:
    command = libraries.message(ALL, {"ID": family}).splitlines()[1]
    assert not {"", "None"} & set(command.split(" "))


def test_a_package_is_named_once() -> None:
    told = libraries.message(["libEGL.so.1", "libGL.so.1"], {"ID": "arch"})
    assert told.splitlines()[1] == "sudo pacman -S libglvnd"


def test_a_window_needs_more_than_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    without = libraries.needed()
    monkeypatch.setenv("DISPLAY", ":9")
    assert set(without) < set(libraries.needed())

"""Where the data, the settings and what the app brings along are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tchat_desktop.platform import paths


def test_data_and_settings_are_in_the_persons_own_folders(own_folders: Path) -> None:
    assert paths.data_dir().is_relative_to(own_folders)
    assert paths.settings_file().is_relative_to(own_folders)
    assert paths.settings_file().name == "settings.json"


def test_asking_where_things_are_makes_nothing(own_folders: Path) -> None:
    paths.data_dir()
    paths.settings_file()
    assert not list(own_folders.iterdir())


def test_what_the_app_brings_along_is_beside_the_package() -> None:
    assert paths.resource("languages", "fr", "example.tchat").is_file()
    assert (paths.resource_dir("translations") / "fr" / "LC_MESSAGES" / "tchat.po").is_file()


def test_in_a_frozen_app_it_is_beside_the_executable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("icons") == tmp_path / "resources" / "icons"


def test_in_a_wheel_it_is_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "tchat_desktop"
    (package / "resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(package / "platform" / "paths.py"))
    assert paths.resource_dir("resources") == package / "resources"
    assert paths.resource_dir("translations") == package.parent / "translations"


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/awa/OneDrive/Tchats", "OneDrive"),
        ("/Users/awa/OneDrive - Voix des filles", "OneDrive"),
        ("/home/awa/Dropbox (Association)/x", "Dropbox"),
        ("/Users/awa/Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("/media/Mon Drive/tchats", "Google Drive"),
        ("/home/awa/Documents/Tchats", ""),
        ("/home/awa/Megaphone/tchats", ""),
        ("/home/dropboxer/tchats", ""),
    ],
)
def test_folders_that_a_service_copies_are_known(folder: str, service: str) -> None:
    assert paths.sync_service(Path(folder)) == service

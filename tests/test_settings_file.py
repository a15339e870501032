"""What is remembered between two starts survives, and a spoilt file never stops the app."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest

from tchat_desktop.adapters.settings_file import Settings, load_settings, save_settings


def test_there_are_usual_settings_before_the_first_start(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings(language="", data_dir="")


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "settings.json"
    kept = Settings(language="fr", data_dir="/média/clé USB/été")
    save_settings(path, kept)
    assert load_settings(path) == kept
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


def test_saving_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(language="en", data_dir="/somewhere/quite/long"))
    save_settings(path, Settings(language="fr"))
    assert load_settings(path) == Settings(language="fr")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"fr"',
        b"null",
        b"3",
        b"\xff\xfe\x00",
        b'{"language": "fr"',
        b"\0" * 64,
        b"[" * 100_000,
    ],
    ids=lambda content: repr(content[:20]),
)
def test_a_spoilt_file_gives_the_usual_settings_and_a_line_in_the_log(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert load_settings(path) == Settings()
    assert "settings not read" in caplog.text


@pytest.mark.parametrize(
    "text", ["a\0b", "\ud800", "/" * 20_000, 7, None, ["fr"]], ids=lambda text: repr(text)[:20]
)
def test_a_setting_nothing_can_be_called_by_is_as_none(tmp_path: Path, text: object) -> None:
    """A data folder with a null character in its name would stop the app at its start."""
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"data_dir": text, "language": "fr"}))
    assert load_settings(path) == Settings(language="fr")


def test_a_folder_in_the_place_of_the_file_gives_the_usual_settings(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_settings_of_a_later_version_keep_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"language": "fr", "colour": "plum", "data_dir": 12}), "utf-8")
    assert load_settings(path) == Settings(language="fr")


def test_what_cannot_be_written_leaves_the_former_settings_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(language="fr"))

    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_settings(path, Settings(language="en"))
    assert load_settings(path) == Settings(language="fr")
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]


def test_a_place_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    with pytest.raises(OSError, match="file"):
        save_settings(tmp_path / "file" / "settings.json", Settings())

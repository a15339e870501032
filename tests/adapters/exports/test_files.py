"""Names of files, and files written whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.adapters.exports.files import LONGEST_NAME, RESERVED, slug
from tchat_desktop.adapters.whole_file import write_whole


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("Mariage des enfants : agir à Dakar", "mariage-des-enfants-agir-a-dakar"),
        ("L’école, après ?", "l-ecole-apres"),
        ("../../etc/passwd", "etc-passwd"),
        ("زواج الأطفال", "زواج-الأطفال"),
        ("CON", "con-tchat"),
        ("🌸 !!", "tchat"),
        ("", "tchat"),
        ("mot " * 40, "mot-" * 14 + "mot"),
    ],
)
def test_a_topic_makes_a_name(topic: str, name: str) -> None:
    assert slug(topic) == name


@given(st.text())
def test_any_text_makes_a_name_any_system_takes(text: str) -> None:
    name = slug(text)

    assert 0 < len(name) <= LONGEST_NAME
    assert name not in RESERVED
    assert all(letter.isalnum() or letter == "-" for letter in name)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "résumé.html"
    write_whole(path, "premier")

    assert write_whole(path, "é\n") == path
    assert path.read_bytes() == b"\xc3\xa9\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_keeps_the_old_file_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_whole(tmp_path / "r.html", "ancien")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "nouveau")

    assert path.read_text() == "ancien"
    assert list(tmp_path.iterdir()) == [path]

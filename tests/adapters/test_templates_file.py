"""The file of texts kept for other chats: written whole, read with care."""

from __future__ import annotations

from pathlib import Path

import pytest

from tchat_desktop.adapters.templates_file import NAME, TemplatesFile
from tchat_desktop.domain.chat import OwnText
from tchat_desktop.start.data_directory import DataDirectory
from tests.fakes.clock import FakeClock

OWN = OwnText("fr", "post.closing", "Fin ! {tag}")


def test_what_is_kept_is_read_again_and_can_be_forgotten(tmp_path: Path) -> None:
    TemplatesFile(tmp_path).keep(OWN)
    assert TemplatesFile(tmp_path).kept() == (OWN,)
    TemplatesFile(tmp_path).keep(OwnText("fr", "post.closing", ""))
    assert TemplatesFile(tmp_path).kept() == ()


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[1]", "null", '[{"language": "fr"}]', "[" * 100_000, '[{"language": "xx",'
     '"key": "a", "text": "b"}]', "\udcff"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content, encoding="utf-8", errors="surrogateescape")
    assert TemplatesFile(tmp_path).kept() == ()


def test_a_new_chat_begins_with_what_is_kept(tmp_path: Path) -> None:
    data = DataDirectory(tmp_path, FakeClock(), lambda _event: None)
    data.templates.keep(OWN)
    assert data.library.create("fr", "Africa/Dakar").own_texts == (OWN,)
    data.close()


def test_another_data_directory_takes_them_over(tmp_path: Path) -> None:
    former, anew = tmp_path / "a", tmp_path / "b"
    former.mkdir()
    anew.mkdir()
    TemplatesFile(former).keep(OWN)
    TemplatesFile(anew).take_over(TemplatesFile(former))
    assert TemplatesFile(anew).kept() == (OWN,)

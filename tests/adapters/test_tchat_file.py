import os
from dataclasses import replace
from pathlib import Path

import pytest

from tchat_desktop.adapters import codec, tchat_file
from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Announcement, Chat
from tchat_desktop.services.ports import (
    ChatFile,
    ChatFileDamaged,
    ChatFileNewer,
    ChatFileTooLarge,
)
from tests.adapters.samples import FULL, PNG, feed_post


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "Unions précoces.tchat"
    file = ChatFile(FULL, (feed_post("1"),), (PNG,))
    TchatFiles().write(path, file)
    assert TchatFiles().read(path) == file
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_it_is_text_a_person_can_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    TchatFiles().write(path, ChatFile(FULL))
    text = path.read_text(encoding="utf-8")
    assert '\n    "hashtag": "UnionsPrécoces",\n' in text
    assert text.endswith("}\n")


def test_a_failed_write_leaves_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chat.tchat"
    path.write_text("former")

    def refuse(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        TchatFiles().write(path, ChatFile(FULL))
    assert path.read_text() == "former"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        TchatFiles().write(tmp_path / "nowhere" / "chat.tchat", ChatFile(FULL))


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "notepad.tchat"
    path.write_bytes(b"\xef\xbb\xbf" + codec.encode(ChatFile(FULL, pictures=(PNG,))))
    assert TchatFiles().read(path).chat == FULL


@pytest.mark.parametrize("content", [b"", b"<html>404</html>", codec.encode(ChatFile(FULL))[:100]])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "chat.tchat"
    path.write_bytes(content)
    with pytest.raises(ChatFileDamaged):
        TchatFiles().read(path)


def test_a_newer_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    path.write_bytes(b'{"format": "tchat", "version": 99, "chat": {}}')
    with pytest.raises(ChatFileNewer):
        TchatFiles().read(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    with path.open("wb") as stream:
        stream.truncate(tchat_file.LARGEST_TCHAT + 1)
    with pytest.raises(ChatFileTooLarge):
        TchatFiles().read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "chat.tchat"
    os.mkfifo(path)
    with pytest.raises(ChatFileDamaged):
        TchatFiles().read(path)


def test_nothing_is_written_that_could_not_be_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chat.tchat"
    monkeypatch.setattr(tchat_file, "LARGEST_TCHAT", len(codec.encode(ChatFile(FULL), pretty=True)))
    TchatFiles().write(path, ChatFile(FULL))
    with pytest.raises(ChatFileTooLarge):
        TchatFiles().write(path, ChatFile(FULL, pictures=(PNG,)))
    assert path.read_bytes() == codec.encode(ChatFile(FULL), pretty=True)


def test_a_folder_is_no_chat(tmp_path: Path) -> None:
    with pytest.raises(ChatFileDamaged):
        TchatFiles().read(tmp_path)


def test_a_copy_from_elsewhere_gives_nothing_to_the_keys(tmp_path: Path) -> None:
    by_keys = Announcement("eve", by_keys=True)
    chat = Chat("c", announcements=(by_keys,), announced=("week",))
    path = tmp_path / "chat.tchat"
    TchatFiles().write(path, ChatFile(chat))
    read = TchatFiles().read(path).chat
    assert read.announcements == (replace(by_keys, by_keys=False),)
    assert read.announced == ("week",)
    # On this computer's own disk it stays.
    assert codec.decode(codec.encode(ChatFile(chat)), from_outside=False).chat == chat

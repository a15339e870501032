"""The text for the press, as Word and Notepad on Windows take it."""

from __future__ import annotations

from pathlib import Path

from tchat_desktop.adapters.exports.press_text import write_press_text
from tchat_desktop.domain.letters import Letter


def test_it_is_text_with_its_accents_on_every_windows(tmp_path: Path) -> None:
    press = Letter("Communiqué\u00a0:\nun tchat", "Le sujet : l’école\r\n\n#Tag 🌸")
    content = write_press_text(press, tmp_path / "press.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n") == [
        "Communiqué\u00a0: un tchat",
        "",
        "Le sujet : l’école",
        "",
        "#Tag 🌸",
        "",
    ]
    assert b"\n" not in content.replace(b"\r\n", b"")

import pytest

from tchat_desktop.domain.pictures import kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (b"GIF89a...", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", ""),
        (b"%PDF-1.7", ""),
        (b"<svg", ""),
        (b"", ""),
    ],
)
def test_pictures_are_known_by_their_first_bytes(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind

import pytest

from tchat_desktop.domain.chat import Chat, Picture, RunEdit, picture_ids
from tchat_desktop.domain.x.pictures import kind_of, may_move


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


@pytest.mark.parametrize(
    ("width", "height", "frames", "accepted"),
    [
        (1280, 1080, 217, True),
        (1280, 1080, 218, False),
        (1281, 1, 1, False),
        (1, 1081, 1, False),
        (1, 1, 350, True),
        (1, 1, 351, False),
        (1000, 1000, 300, True),
        (1000, 1000, 301, False),
    ],
)
def test_an_animated_picture_has_a_largest_size_and_length(
    width: int, height: int, frames: int, accepted: bool
) -> None:
    assert may_move(width, height, frames) is accepted


def test_a_chat_knows_which_pictures_its_posts_show() -> None:
    one, other = Picture("a" * 64, "image/png"), Picture("b" * 64, "image/gif")
    edits = [
        RunEdit("welcome", picture=one),
        RunEdit("rules", text="Bonsoir"),
        RunEdit("q:1", picture=other, included=False),
        RunEdit("thanks", picture=one),
    ]
    assert picture_ids(Chat("c", run_edits=tuple(edits))) == {one.id, other.id}
    assert picture_ids(Chat("c")) == set()

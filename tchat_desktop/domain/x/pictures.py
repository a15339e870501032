"""Which pictures X accepts: their media types, sizes, and the length of their description."""

from __future__ import annotations

PICTURE_KINDS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
}
"""The media types X accepts (X's documentation of media upload) with the first bytes of each."""

LARGEST_PICTURE = 5_000_000
"""The most bytes of a picture. X accepts 15 MB for an animated one, the app does not."""

MOVING_SIZE = (1280, 1080)
"""The largest width and height, in pixels, of an animated picture that X accepts."""
MOST_FRAMES = 350
MOST_MOVING_PIXELS = 300_000_000
"""The most pixels of an animated picture, over all its images together."""

LONGEST_ALT_TEXT = 1000
"""The most characters of the description of a picture (alternative text) on X."""


def kind_of(content: bytes) -> str:
    """The media type of a picture, by its first bytes; "" when X does not accept it."""
    for kind, start in PICTURE_KINDS.items():
        if content.startswith(start):
            return "" if kind == "image/webp" and content[8:12] != b"WEBP" else kind
    return ""


def may_move(width: int, height: int, frames: int) -> bool:
    """Whether X accepts an animated picture of that size, in pixels, and that many images."""
    widest, highest = MOVING_SIZE
    return (
        width <= widest
        and height <= highest
        and frames <= MOST_FRAMES
        and width * height * frames <= MOST_MOVING_PIXELS
    )

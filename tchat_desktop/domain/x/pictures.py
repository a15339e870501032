"""What X takes as a picture, by the first bytes of its content."""

from __future__ import annotations

PICTURE_KINDS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
}
"""The media types X takes (X's document of media upload), with what their files begin with."""

LARGEST_PICTURE = 5_000_000
"""Bytes of a picture X takes at most. X takes three times that of an animated one; we do not."""

MOVING_SIZE = (1280, 1080)
"""Points of an animated picture X takes at most, across and down."""
MOST_FRAMES = 350
MOST_MOVING_PIXELS = 300_000_000
"""Those of all its images together."""

LONGEST_ALT_TEXT = 1000
"""Characters of an alternative text on X."""


def kind_of(content: bytes) -> str:
    """The media type of a picture; "" when it is none that X takes."""
    for kind, start in PICTURE_KINDS.items():
        if content.startswith(start):
            return "" if kind == "image/webp" and content[8:12] != b"WEBP" else kind
    return ""


def may_move(width: int, height: int, frames: int) -> bool:
    """Whether X takes an animated picture of that size in pixels and that many images."""
    widest, highest = MOVING_SIZE
    return (
        width <= widest
        and height <= highest
        and frames <= MOST_FRAMES
        and width * height * frames <= MOST_MOVING_PIXELS
    )

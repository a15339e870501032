"""The logo of the organisation as exported files hold it: small, and inside them."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as the bytes of a PNG file, with its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def address(self) -> str:
        """Its `data:` address."""
        return data_address(self.content, "image/png")

    def within(self, width: int, height: int) -> tuple[int, int]:
        """Its width and height when it is scaled to fit so much room."""
        scale = min(height / max(1, self.height), width / max(1, self.width))
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))


def data_address(content: bytes, kind: str) -> str:
    """The address that holds a picture of that media type itself."""
    return f"data:{kind};base64,{b64encode(content).decode('ascii')}"

"""The organisation's logo made small enough to be inside a page. Called off the GUI thread."""

from __future__ import annotations

from tchat_desktop.domain.logo import Logo
from tchat_desktop.ui.picture_file import thumbnail
from tchat_desktop.ui.visuals.rendering import png

HEAVIEST = 48_000
"""Bytes of a logo inside a page, which is sent by e-mail."""
_SIDES = (320, 240, 160, 96)
"""Pixels of its longer side, tried in turn until it is light enough."""


def small_logo(content: bytes) -> Logo | None:
    """The logo for a page, from the picture that is stored; None when it is no picture."""
    for side in _SIDES:
        image = thumbnail(content, side)
        if image.isNull():
            return None
        made = png(image)
        if len(made) <= HEAVIEST:
            return Logo(made, image.width(), image.height())
    return None

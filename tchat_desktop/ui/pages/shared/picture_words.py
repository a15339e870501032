"""Sentences about a picture that was chosen: what was changed in it, or why it cannot be used."""

from __future__ import annotations

from tchat_desktop.domain.x.pictures import LARGEST_PICTURE, MOST_FRAMES, MOVING_SIZE
from tchat_desktop.services.ports import StoreFull
from tchat_desktop.ui.picture_file import (
    LARGEST_FILE,
    PictureProblem,
    PictureRefused,
    PreparedPicture,
)
from tchat_desktop.wording.i18n import N_, _, format_number

_MEGABYTE = 1_000_000

_PROBLEMS = {
    PictureProblem.NOT_A_PICTURE: N_(
        "This file is not a picture X takes. Choose a photo or a drawing: PNG, JPEG, WebP or GIF."
    ),
    PictureProblem.HEIC: N_(
        "X does not take the HEIC photos of an iPhone. Export it as JPEG (or send it to yourself "
        "by e-mail), then choose that copy."
    ),
    PictureProblem.DAMAGED: N_(
        "This picture is damaged or not whole. Copy or download it again, then choose it anew."
    ),
    PictureProblem.EMPTY: N_(
        "This file is empty. Copy or download the picture again, then choose it anew."
    ),
    PictureProblem.NOT_READ: N_(
        "This file cannot be read. Copy it to your own folder, then choose that copy."
    ),
    PictureProblem.GONE: N_(
        "This file is not there any more. If it is on a key or a telephone, plug that in, then "
        "choose it again."
    ),
    PictureProblem.TOO_MANY_PIXELS: N_(
        "This picture has far too many pixels to be opened. Make a smaller copy of it, then "
        "choose that one."
    ),
    PictureProblem.TOO_HEAVY: N_(
        "This file is too heavy ({size} MB; {most} MB at most). Make a smaller copy of the "
        "picture, then choose that one."
    ),
    PictureProblem.ANIMATION_TOO_HEAVY: N_(
        "This moving picture is too heavy ({size} MB): this app takes {largest} MB at most, for "
        "slow networks. Choose a shorter or smaller one, or one that does not move."
    ),
    PictureProblem.ANIMATION_TOO_LARGE: N_(
        "X does not take this moving picture: it takes {across} × {down} pixels and {frames} "
        "images at most, fewer when they are large. Choose a smaller or shorter one, or one that "
        "does not move."
    ),
}


def trouble_words(error: Exception) -> str:
    """Return why a picture was not added, what is safe, and what to do."""
    match error:
        case PictureRefused():
            return _(_PROBLEMS[error.problem]).format(
                size=_megabytes(error.size),
                most=_megabytes(LARGEST_FILE),
                largest=_megabytes(LARGEST_PICTURE),
                across=format_number(MOVING_SIZE[0]),
                down=format_number(MOVING_SIZE[1]),
                frames=MOST_FRAMES,
            )
        case StoreFull():
            return _(
                "The disk is full: the picture was not added, and all the rest is safe. Free some "
                "room, then choose it again."
            )
    return _(
        "The picture could not be saved on the disk. Nothing saved before is lost. Choose it again."
    )


def added_words(picture: PreparedPicture) -> str:
    """Return what was changed in a picture that was added."""
    if picture.was_moving:
        return _(
            "The picture is added, without its movement: only GIF pictures move on X. What you "
            "see here is what is published."
        )
    if picture.was_too_heavy:
        return _("It was too heavy for X ({before} MB): a lighter copy is used, {now} MB.").format(
            before=_megabytes(picture.file_size), now=_megabytes(len(picture.content))
        )
    return _("The picture is added.")


def _megabytes(size: int) -> str:
    """Return a size in bytes as megabytes, with one decimal below ten, and never zero."""
    megabytes = size / _MEGABYTE
    return format_number(round(megabytes) if megabytes >= 10 else max(0.1, round(megabytes, 1)))

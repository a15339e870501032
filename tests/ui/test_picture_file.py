"""What becomes of a picture somebody chose."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QColorSpace, QImage, QPainter

from tchat_desktop.domain.x.pictures import LARGEST_PICTURE, kind_of
from tchat_desktop.ui.pages.shared.picture_words import added_words
from tchat_desktop.ui.picture_file import (
    LARGEST_FILE,
    LONG_SIDE,
    THINNEST,
    PictureProblem,
    PictureRefused,
    _without_notes,
    prepare_picture,
    thumbnail,
    unreadable_forms,
)
from tests.ui.pictures import (
    GPS,
    MOVING_WEBP,
    decoded,
    encoded,
    flat,
    gif,
    noise,
    png_bomb,
    with_exif,
    write,
)


def refused(path: Path) -> PictureRefused:
    with pytest.raises(PictureRefused) as error:
        prepare_picture(path)
    return error.value


@pytest.fixture(scope="session")
def heavy_photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of some 20 MB."""
    path = tmp_path_factory.mktemp("photos") / "IMG_0042.jpg"
    return write(path, encoded(noise(3500, 2500), "JPG", 95))


def test_a_photo_of_twenty_megabytes_is_made_light(heavy_photo: Path) -> None:
    size = heavy_photo.stat().st_size
    assert size > 15_000_000
    made = prepare_picture(heavy_photo)
    assert (made.kind, made.file_size, made.was_too_heavy) == ("image/jpeg", size, True)
    assert len(made.content) < LARGEST_PICTURE
    image = decoded(made.content)
    assert (image.width(), image.height()) == (LONG_SIDE, 1462)
    print(f"{size / 1e6:.1f} MB made {len(made.content) / 1e6:.1f} MB")


@pytest.mark.parametrize("orientation", [1, 6])
def test_where_and_when_a_photo_was_taken_does_not_stay(tmp_path: Path, orientation: int) -> None:
    image = flat(300, 200).convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.fillRect(0, 0, 300, 40, QColor("white"))
    painter.end()
    photo = with_exif(encoded(image, "JPG", 90), orientation)
    assert GPS in photo
    made = prepare_picture(write(tmp_path / "photo.jpg", photo)).content
    for secret in (GPS, b"Exif", b"2026:11:20"):
        assert secret not in made
    turned = decoded(made)
    # What was on top of the photo when it was taken is on top, or on the right when turned.
    assert turned.width() == (300 if orientation == 1 else 200)
    corner = turned.pixelColor(turned.width() - 10, 10)
    assert corner.lightness() > 240
    assert decoded(made).textKeys() == []


def test_words_and_colours_of_the_maker_do_not_stay(tmp_path: Path) -> None:
    image = flat()
    image.setText("Description", "12 rue de l’École")
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    content = encoded(image, "PNG")
    assert "École".encode() in content
    made = decoded(prepare_picture(write(tmp_path / "a.png", content)).content)
    assert made.textKeys() == []
    srgb = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    assert made.pixelColor(5, 5).rgb() == srgb.pixelColor(5, 5).rgb()


@pytest.mark.parametrize(
    ("image", "form", "kind"),
    [
        # A drawing stays sharp, a photo gets light, holes stay holes.
        (flat(), "PNG", "image/png"),
        (noise(300, 200), "PNG", "image/jpeg"),
        (flat(colour="#804b2e83"), "PNG", "image/png"),
        (flat(), "WEBP", "image/png"),
        (flat(colour="#804b2e83"), "WEBP", "image/png"),
        (flat(), "JPG", "image/jpeg"),
    ],
)
def test_the_lighter_form_is_taken(tmp_path: Path, image: QImage, form: str, kind: str) -> None:
    made = prepare_picture(write(tmp_path / "picture", encoded(image, form)))
    assert (made.kind, kind_of(made.content)) == (kind, kind)
    assert not made.was_too_heavy
    see_through = kind == "image/png" and image.pixelColor(1, 0).alpha() < 255
    assert decoded(made.content).hasAlphaChannel() == see_through


def test_a_drawing_with_holes_shrinks_until_x_takes_it(tmp_path: Path) -> None:
    made = prepare_picture(
        write(tmp_path / "a.png", encoded(noise(2000, 1500, transparent=True), "PNG"))
    )
    assert made.kind == "image/png"
    assert len(made.content) <= LARGEST_PICTURE
    image = decoded(made.content)
    assert image.hasAlphaChannel()
    assert image.width() / image.height() == pytest.approx(4 / 3, rel=0.01)


def test_what_moves_stays_as_it_is(tmp_path: Path) -> None:
    moving = gif(3)
    made = prepare_picture(write(tmp_path / "a.gif", moving))
    assert (made.content, made.kind) == (moving, "image/gif")
    still = prepare_picture(write(tmp_path / "b.gif", gif(1)))
    assert still.kind == "image/png"


def sized(content: bytes, width: int, height: int) -> bytes:
    """A GIF that says to be of another size."""
    return content[:6] + struct.pack("<HH", width, height) + content[10:]


@pytest.mark.parametrize(
    ("width", "height", "frames"), [(1281, 10, 2), (10, 1081, 2), (10, 10, 351), (1280, 1080, 218)]
)
def test_what_moves_too_much_for_x_is_told_when_it_is_chosen(
    tmp_path: Path, width: int, height: int, frames: int
) -> None:
    path = write(tmp_path / "a.gif", sized(gif(frames), width, height))
    assert refused(path).problem is PictureProblem.ANIMATION_TOO_LARGE


@pytest.mark.parametrize(("width", "height", "frames"), [(1280, 1080, 217), (10, 10, 350)])
def test_what_x_still_takes_is_taken(tmp_path: Path, width: int, height: int, frames: int) -> None:
    content = sized(gif(frames), width, height)
    assert prepare_picture(write(tmp_path / "a.gif", content)).content == content


def test_notes_in_what_moves_do_not_stay(tmp_path: Path) -> None:
    moving = gif(3)
    head, frames = moving[:19], moving[19:]
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    notes = b"\x21\xfe" + bytes([len(GPS)]) + GPS + b"\0"
    notes += b"\x21\xff\x0bXMP DataXMP" + bytes([len(GPS)]) + GPS + b"\0"
    path = write(tmp_path / "a.gif", head + loop + notes + frames)
    assert prepare_picture(path).content == head + loop + frames
    # With something after its end, or a block nobody knows.
    assert _without_notes(head + notes + frames + b"\0\0") == moving
    assert _without_notes(head + b"\x55" + notes + frames) == head + b"\x55" + notes + frames
    assert _without_notes(head + notes) == head + notes


def test_a_still_gif_may_be_large(tmp_path: Path) -> None:
    made = prepare_picture(write(tmp_path / "a.gif", sized(gif(1), 1400, 1200)))
    assert (made.kind, made.was_moving) == ("image/png", False)


def test_an_animation_x_does_not_take_is_known_for_one(tmp_path: Path) -> None:
    made = prepare_picture(write(tmp_path / "a.webp", MOVING_WEBP))
    assert (made.kind, made.was_moving) == ("image/png", True)
    assert "sans animation" in added_words(made)


def test_a_name_says_nothing(tmp_path: Path) -> None:
    assert (
        prepare_picture(write(tmp_path / "photo.pdf", encoded(flat(), "PNG"))).kind == "image/png"
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"%PDF-1.7\n" + bytes(500), PictureProblem.NOT_A_PICTURE),
        ("Procès-verbal de la réunion".encode(), PictureProblem.NOT_A_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureProblem.NOT_A_PICTURE),
        (b"\0\0\0\x18ftypheic\0\0\0\0" + bytes(400), PictureProblem.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0" + bytes(400), PictureProblem.HEIC),
        (b"", PictureProblem.EMPTY),
        (b"\x89PNG\r\n\x1a\n", PictureProblem.DAMAGED),
        (b"\xff\xd8\xff\xe1", PictureProblem.DAMAGED),
        (b"\xff\xd8\xff\xd9", PictureProblem.DAMAGED),
        (b"GIF89a;", PictureProblem.DAMAGED),
        (b"RIFF\4\0\0\0WEBP", PictureProblem.DAMAGED),
        (gif(3, padding=LARGEST_PICTURE), PictureProblem.ANIMATION_TOO_HEAVY),
    ],
    ids=lambda one: one.name if isinstance(one, PictureProblem) else "",
)
def test_what_cannot_be_used_is_told_apart(
    tmp_path: Path, content: bytes, problem: PictureProblem
) -> None:
    assert refused(write(tmp_path / "affiche.png", content)).problem is problem


@pytest.mark.parametrize("form", ["JPG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.99])
def test_a_picture_cut_short_is_never_taken_for_a_whole_one(
    tmp_path: Path, form: str, part: float
) -> None:
    content = encoded(noise(200, 150), form, 90)
    if form == "JPG":
        # The small picture in the header of a photo is whole.
        content = with_exif(content, 1).replace(GPS, b"\xff\xd8\xff\xd9".ljust(len(GPS), b"."))
    cut = content[: int(len(content) * part)]
    assert refused(write(tmp_path / "a", cut)).problem is PictureProblem.DAMAGED
    prepare_picture(write(tmp_path / "a", content))


@pytest.mark.qt_log_ignore("exceeds the current allocation limit", extend=True)
@pytest.mark.parametrize("side", [14_000, 50_000])
def test_a_bomb_of_pixels_is_not_opened(tmp_path: Path, side: int) -> None:
    content = png_bomb(side)
    assert len(content) < 1_000_000
    problem = refused(write(tmp_path / "a.png", content)).problem
    assert problem is PictureProblem.TOO_MANY_PIXELS


def test_a_file_that_is_too_heavy_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "film.png"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)

    def read(*_args: object, **_more: object) -> object:
        raise AssertionError("read")

    monkeypatch.setattr(Path, "open", read)
    error = refused(path)
    assert (error.problem, error.size) == (PictureProblem.TOO_HEAVY, LARGEST_FILE + 1)


def test_a_file_that_is_gone_or_closed_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(tmp_path / "gone.png").problem is PictureProblem.GONE
    assert refused(tmp_path).problem is PictureProblem.NOT_A_PICTURE
    path = write(tmp_path / "a.png", encoded(flat(), "PNG"))

    def deny(*_args: object, **_more: object) -> object:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", deny)
    assert refused(path).problem is PictureProblem.NOT_READ


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert refused(tmp_path / "pipe.png").problem is PictureProblem.NOT_A_PICTURE


def test_a_strip_of_a_picture_keeps_a_height(tmp_path: Path) -> None:
    made = prepare_picture(write(tmp_path / "a.png", encoded(flat(30_000, 3), "PNG")))
    assert decoded(made.content).height() == THINNEST


def test_every_form_can_be_read_here() -> None:
    assert unreadable_forms() == ()


def test_a_small_one_is_made_to_show() -> None:
    small = thumbnail(encoded(noise(800, 400), "JPG"), 100)
    assert (small.width(), small.height()) == (100, 50)
    assert thumbnail(b"nothing", 100).isNull()

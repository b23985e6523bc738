"""A stranger's file becomes bare, upright, small pixels, or one plain refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageCms, JpegImagePlugin

from console.media.jobs import MediaFacts
from console.media.photos import process_photo
from console.wire.errors import Code, Refusal
from soak.hostile_parts import Grid, grid_heic
from tests.helpers.pictures import (
    PLACE,
    camera_photo,
    corners,
    encoded,
    photo_and_archive,
    photo_and_page,
    png_bomb,
)


@pytest.fixture
def process(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Process bytes; the facts and the folder of renditions."""

    def run(data: bytes) -> tuple[MediaFacts, Path]:
        source, target = tmp_path / "upload", tmp_path / "renditions"
        source.write_bytes(data)
        target.mkdir(exist_ok=True)
        return process_photo(source, target), target

    return run


def refusal_of(process, data: bytes) -> Code:  # type: ignore[no-untyped-def]
    """The code a file is refused with."""
    with pytest.raises(Refusal) as caught:
        process(data)
    return caught.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF"])
def test_every_kind_of_photo_becomes_four_renditions(process, kind):
    facts, folder = process(encoded(corners(2400, 1800), kind))
    assert (facts.width, facts.height, facts.mime) == (1600, 1200, "image/webp")
    assert {file.name for file in folder.iterdir()} == {
        "1600.webp", "1600.jpg", "480.webp", "480.jpg",
    }  # fmt: skip
    for file in folder.iterdir():
        with Image.open(file) as shown:
            assert max(shown.size) == int(file.stem)
            red, green, blue = shown.convert("RGB").getpixel((10, 10))
            assert red > 180
            assert max(green, blue) < 90
    assert facts.size == (folder / "1600.webp").stat().st_size
    assert len(facts.blurhash) > 10


def test_a_small_photo_is_not_enlarged(process):
    facts, folder = process(encoded(corners(100, 60), "PNG"))
    assert (facts.width, facts.height) == (100, 60)
    with Image.open(folder / "480.webp") as shown:
        assert shown.size == (100, 60)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF", "PNG"])
def test_a_photo_held_sideways_is_turned_upright(process, kind):
    facts, folder = process(camera_photo(kind, orientation=6))
    assert (facts.width, facts.height) == (300, 400)
    with Image.open(folder / "480.webp") as shown:
        red, _, blue = shown.convert("RGB").getpixel((10, 10))
    # Turned a quarter to the right, the lower left (blue) corner is the upper left.
    assert blue > 180
    assert red < 90


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG", "HEIF", "AVIF"])
def test_place_and_comments_are_in_no_rendition(process, kind):
    photo = camera_photo(kind)
    assert PLACE in photo
    _, folder = process(photo)
    for file in folder.iterdir():
        served = file.read_bytes()
        assert PLACE not in served
        assert b"Exif" not in served
        assert b"EXIF" not in served
        assert b"XMP " not in served


def profile_with_red_and_green_swapped() -> bytes:
    """A profile in which what is stored as red means green."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1)
    return swapped.replace(b"????", b"gXYZ", 1)


def test_colours_are_converted_to_srgb_and_the_profile_left_out(process):
    photo = encoded(corners(), "JPEG", icc_profile=profile_with_red_and_green_swapped())
    _, folder = process(photo)
    with Image.open(folder / "480.jpg") as shown:
        red, green, _ = shown.getpixel((10, 10))
    assert green > 180
    assert red < 90
    assert b"ICCP" not in (folder / "480.webp").read_bytes()
    assert b"ICC_PROFILE" not in (folder / "480.jpg").read_bytes()


def test_a_damaged_colour_profile_does_not_lose_the_photo(process):
    facts, _ = process(encoded(corners(), "JPEG", icc_profile=b"no profile at all" * 20))
    assert facts.width == 400


def test_greys_of_sixteen_bits_are_divided_and_not_cut(process):
    grey = corners().convert("I").point(lambda value: value * 257).convert("I;16")
    _, folder = process(encoded(grey, "PNG"))
    plain = corners().convert("L")
    with Image.open(folder / "480.jpg") as shown:
        for place in ((100, 75), (300, 75), (100, 225), (300, 225)):
            seen = shown.convert("L").getpixel(place)
            assert abs(seen - plain.getpixel(place)) < 4


def test_transparent_parts_become_white(process):
    _, folder = process(encoded(Image.new("RGBA", (60, 60), (255, 0, 0, 0)), "PNG"))
    with Image.open(folder / "480.jpg") as shown:
        assert min(shown.getpixel((30, 30))) > 245


def test_the_same_pixels_have_the_same_name(process):
    first, _ = process(encoded(corners(), "PNG"))
    second, _ = process(encoded(corners(), "PNG", compress_level=1))
    other, _ = process(encoded(corners(410, 300), "PNG"))
    assert first.sha256 == second.sha256 != other.sha256


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF",
        b"not a photo at all" * 100,
        b"%PDF-1.7 " + b"x" * 500,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ" + bytes(500),
        b"\x00\x00\x00\x18ftypisom" + bytes(500),
    ],
)
def test_what_is_no_photo_is_refused_by_its_bytes(process, data):
    assert refusal_of(process, data) is Code.MEDIA_TYPE


@pytest.mark.parametrize("data", [photo_and_archive(), photo_and_page()], ids=["zip", "page"])
def test_a_photo_that_is_also_something_else_is_refused(process, data):
    assert refusal_of(process, data) is Code.MEDIA_TYPE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_a_photo_cut_short_is_refused_as_broken(process, kind):
    whole = encoded(corners(1200, 900), kind)
    assert refusal_of(process, whole[: len(whole) // 2]) is Code.MEDIA_BROKEN


def test_a_bomb_is_refused_from_its_header(process):
    bomb = png_bomb()
    assert len(bomb) < 30_000
    assert refusal_of(process, bomb) is Code.UPLOAD_TOO_LARGE


def test_a_large_photo_that_must_be_decoded_whole_is_refused_from_its_header(process):
    whole = encoded(corners(8_000, 6_500), "JPEG", progressive=True, quality=20)
    assert refusal_of(process, whole) is Code.UPLOAD_TOO_LARGE


def test_a_photo_of_tiles_is_put_together(process):
    facts, folder = process(grid_heic(Grid(2, 3), 256))
    assert (facts.width, facts.height) == (512, 768)
    with Image.open(folder / "480.jpg") as shown:
        red, green, blue = shown.convert("RGB").getpixel((10, 330))
        assert red > 180
        assert max(green, blue) < 90


@pytest.mark.parametrize("grid", [Grid(2, 2, missing=1), Grid(2, 2, loop=True)])
def test_a_tile_is_not_taken_for_the_photo_it_is_a_part_of(process, grid):
    assert refusal_of(process, grid_heic(grid)) is Code.MEDIA_BROKEN


def test_a_large_photo_is_decoded_at_a_fraction_of_its_size(process, monkeypatch):
    whole = encoded(corners(6800, 5100), "JPEG")
    decoded = []
    load = JpegImagePlugin.JpegImageFile.load
    monkeypatch.setattr(
        JpegImagePlugin.JpegImageFile, "load",
        lambda image: (decoded.append(image.size), load(image))[1],
    )  # fmt: skip
    facts, _ = process(whole)
    assert decoded[0] == (3400, 2550)
    assert (facts.width, facts.height) == (1600, 1200)


def test_an_animation_shows_its_first_frame(process):
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "lime")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    _, folder = process(data)
    with Image.open(folder / "480.jpg") as shown:
        assert shown.getpixel((25, 25))[0] > 200

"""A photo is turned and cut out of its original, in the limited child process."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from console.domain.photo_shapes import Part, Shape
from console.media.shaping import shape_photo
from console.media.workshop import Workshop
from console.wire.errors import Code, Refusal
from tests.helpers.pictures import (
    PLACE,
    camera_photo,
    corners,
    encoded,
    photo_and_archive,
    png_bomb,
)

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)
"""Of ``corners``: upper left, upper right, lower left, lower right."""


def shaped(folder: Path, data: bytes, shape: Shape, side: int = 3200) -> Image.Image:
    source, target = folder / "source", folder / "target"
    source.write_bytes(data)
    target.mkdir(exist_ok=True)
    facts = shape_photo(source, target, shape, side)
    made = (target / facts.file).read_bytes()
    assert PLACE not in made
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("JPEG", (facts.width, facts.height))
        return image.convert("RGB")


def seen(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(found, tuple)
    return found


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 24


@pytest.mark.parametrize(
    ("quarters", "upper_left", "size"),
    [(0, RED, (400, 300)), (1, BLUE, (300, 400)), (2, WHITE, (400, 300)), (3, GREEN, (300, 400))],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_photo_is_turned_clockwise(
    tmp_path: Path, quarters: int, upper_left: tuple[int, int, int], size: tuple[int, int],
    kind: str,
) -> None:  # fmt: skip
    image = shaped(tmp_path, encoded(corners(), kind), Shape(quarters))
    assert image.size == size
    assert near(seen(image, 0.2, 0.2), upper_left)


def test_the_part_is_one_of_the_turned_picture(tmp_path: Path) -> None:
    right_half = Part(0.5, 0.0, 0.5, 1.0)
    image = shaped(tmp_path, encoded(corners(), "JPEG"), Shape(1, right_half))
    assert image.size == (150, 400)
    assert near(seen(image, 0.5, 0.2), RED)
    assert near(seen(image, 0.5, 0.8), GREEN)


def test_a_photo_held_sideways_is_turned_from_upright(tmp_path: Path) -> None:
    plain = shaped(tmp_path, camera_photo("JPEG", 6), Shape())
    turned = shaped(tmp_path, camera_photo("JPEG", 6), Shape(1))
    assert turned.size == (plain.height, plain.width)
    assert near(seen(turned, 0.8, 0.2), seen(plain, 0.2, 0.2))


def test_a_small_part_of_a_large_photo_is_as_sharp_as_it_was_taken(tmp_path: Path) -> None:
    lines = Image.new("RGB", (4000, 3000), "white")
    for x in range(0, 4000, 8):
        lines.paste((0, 0, 0), (x, 0, x + 4, 3000))
    part = Part(0.4, 0.4, 0.2, 0.2)
    image = shaped(tmp_path, encoded(lines, "JPEG", quality=95), Shape(0, part))
    assert image.size == (800, 600)
    row = [seen(image, x / 800, 0.5)[0] for x in range(400, 464)]
    assert min(row) < 60
    assert max(row) > 200


def test_no_larger_than_asked(tmp_path: Path) -> None:
    image = shaped(tmp_path, encoded(corners(2400, 1800), "JPEG"), Shape(1), side=1600)
    assert image.size == (1200, 1600)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"no picture", Code.MEDIA_TYPE), (photo_and_archive(), Code.MEDIA_TYPE),
     (png_bomb(), Code.UPLOAD_TOO_LARGE),
     (encoded(corners(), "JPEG")[:3000], Code.MEDIA_BROKEN)],
)  # fmt: skip
async def test_what_is_no_whole_photo_is_refused_and_the_worker_lives(
    tmp_path: Path, data: bytes, code: Code
) -> None:
    workshop = Workshop(at_once=1)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(data)
    target.mkdir()
    try:
        with pytest.raises(Refusal) as caught:
            await workshop.shape(source, target, Shape(1), 1600)
        assert caught.value.code == code
        source.write_bytes(encoded(corners(), "JPEG"))
        facts = await workshop.shape(source, target, Shape(1), 1600)
        assert (facts.width, facts.height) == (300, 400)
    finally:
        await workshop.close()


async def test_a_photo_of_50_megapixels_fits_into_the_worker(tmp_path: Path) -> None:
    workshop = Workshop(at_once=1)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(encoded(Image.radial_gradient("L").resize((8160, 6120)), "JPEG"))
    target.mkdir()
    try:
        part = Part(0.3, 0.3, 0.4, 0.4)
        facts = await workshop.shape(source, target, Shape(1, part), 3200)
        assert facts.width > 1400
    finally:
        await workshop.close()

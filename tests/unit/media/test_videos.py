"""Whatever filmed it, a video becomes small, upright, and silent about where it was taken."""

from __future__ import annotations

import io
from pathlib import Path

import av
import pytest
from PIL import Image

from console.media import containers
from console.media.jobs import MediaFacts
from console.media.videos import look_at_video, process_video
from console.wire.errors import Code, Refusal
from tests.helpers.pictures import PLACE
from tests.helpers.recordings import FILMS, film, voice

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)
QUARTERS = [RED, GREEN, BLUE, WHITE]
"""Upper left, upper right, lower left, lower right of every film before it is turned."""


@pytest.fixture
def made(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Make a video here; its facts, its folder and the progress that was told."""

    def run(data: bytes) -> tuple[MediaFacts, Path, list[float]]:
        source, target = tmp_path / "film", tmp_path / "made"
        source.write_bytes(data)
        target.mkdir()
        told: list[float] = []
        demuxer = containers.recording_of(source)
        assert demuxer is not None
        return process_video(source, target, demuxer, told.append), target, told

    return run


def quarters(image: Image.Image) -> list[tuple[int, ...]]:
    """Colours in the middles of the lower parts of the quarters, where no bar wanders."""
    width, height = image.size
    places = [(0.25, 0.35), (0.75, 0.35), (0.25, 0.75), (0.75, 0.75)]
    return [image.getpixel((int(width * x), int(height * y))) for x, y in places]


def assert_looks_like(found: list[tuple[int, ...]], wanted: list[tuple[int, ...]]) -> None:
    for one, other in zip(found, wanted, strict=True):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 16, (found, wanted)


def last_picture(file: Path) -> Image.Image:
    with av.open(str(file)) as container:
        *_, last = container.decode(video=0)
        return last.to_image()


@pytest.mark.parametrize("kind", sorted(FILMS))
def test_every_video_becomes_what_all_phones_play(made, kind):
    facts, folder, _ = made(film(kind, 2.0, (1280, 720)))
    file = folder / "video.mp4"
    assert (facts.mime, facts.width, facts.height) == ("video/mp4", 960, 540)
    assert facts.duration_ms == pytest.approx(2_000, abs=50)
    assert facts.size == file.stat().st_size
    data = file.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(io.BytesIO(data)) as container:
        picture, sound = container.streams
        assert (picture.codec_context.name, picture.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (sound.codec_context.name, sound.codec_context.profile) == ("aac", "LC")
        assert container.duration / av.time_base == pytest.approx(2.0, abs=0.05)
    assert_looks_like(quarters(last_picture(file)), QUARTERS)


def test_no_place_is_in_any_byte_that_is_made(made):
    data = film("mov")
    assert PLACE in data
    _, folder, _ = made(data)
    assert [file.name for file in folder.iterdir() if PLACE in file.read_bytes()] == []


@pytest.mark.parametrize(
    ("rotation", "size", "wanted"),
    [
        (90, (180, 320), [GREEN, WHITE, RED, BLUE]),
        (-90, (180, 320), [BLUE, RED, WHITE, GREEN]),
        (180, (320, 180), [WHITE, BLUE, GREEN, RED]),
    ],
)
def test_a_video_is_turned_as_the_phone_was_held(made, rotation, size, wanted):
    facts, folder, _ = made(film("hevc", 1.0, (320, 180), rotation=rotation))
    assert (facts.width, facts.height) == size
    with Image.open(folder / "1600.webp") as poster:
        assert poster.size == size
        assert_looks_like(quarters(poster.convert("RGB")), wanted)
    assert_looks_like(quarters(last_picture(folder / "video.mp4")), wanted)


def test_sixty_pictures_a_second_become_thirty(made):
    _, folder, _ = made(film("mp4", 2.0, (320, 180), fps=60))
    with av.open(str(folder / "video.mp4")) as container:
        assert 58 <= container.streams.video[0].frames <= 61


def test_ten_bits_and_no_sound_are_no_hindrance(made):
    facts, folder, _ = made(film("hevc", 1.0, (320, 180), sound=False, pixels="yuv420p10le"))
    assert facts.duration_ms == pytest.approx(1_000, abs=50)
    with av.open(str(folder / "video.mp4")) as container:
        assert [stream.type for stream in container.streams] == ["video"]


def test_the_poster_comes_in_the_sizes_of_photos(made):
    facts, folder, _ = made(film("mp4", 1.0, (1280, 720)))
    sizes = {}
    for name in ("1600.webp", "1600.jpg", "480.webp", "480.jpg"):
        with Image.open(folder / name) as image:
            sizes[name] = image.size
    assert sizes == {"1600.webp": (960, 540), "1600.jpg": (960, 540),
                     "480.webp": (480, 270), "480.jpg": (480, 270)}  # fmt: skip
    assert len(facts.blurhash) > 20


def test_progress_grows_to_the_end(made):
    _, _, told = made(film("mp4", 2.0, (320, 180)))
    assert len(told) > 20
    assert told == sorted(told)
    assert 0 < told[0] < 0.1
    assert told[-1] > 0.95


def test_a_look_shows_the_poster_without_making_the_video(tmp_path):
    source, target = tmp_path / "film", tmp_path / "made"
    source.write_bytes(film("mov", 2.0, (320, 180), rotation=90))
    target.mkdir()
    facts = look_at_video(source, target, "mov")
    assert (facts.width, facts.height, facts.duration_ms, facts.size) == (180, 320, 2_000, 0)
    assert sorted(file.name for file in target.iterdir()) == [
        "1600.jpg", "1600.webp", "480.jpg", "480.webp"
    ]  # fmt: skip


def test_a_video_that_ends_long_before_its_index_says_is_refused(made, tmp_path):
    _, folder, _ = made(film("mp4", 4.0))
    whole = (folder / "video.mp4").read_bytes()
    source, target = tmp_path / "cut", tmp_path / "nothing"
    source.write_bytes(whole[: len(whole) // 2])
    target.mkdir()
    with pytest.raises(Refusal) as caught:
        process_video(source, target, "mov", lambda _part: None)
    assert caught.value.code is Code.MEDIA_BROKEN


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (film("mov", 1.0)[:5_000], Code.MEDIA_BROKEN),
        (b"\0\0\0\x18ftypmp42" + bytes(20_000), Code.MEDIA_BROKEN),
        (voice("m4a"), Code.MEDIA_TYPE),
        (film("mp4", 0.1, (4160, 2340)), Code.UPLOAD_TOO_LARGE),
        (film("mp4", 183.0, (32, 32), fps=1, sound=False), Code.MEDIA_TOO_LONG),
        (film("webm", 183.0, (32, 32), fps=1, sound=False), Code.MEDIA_TOO_LONG),
    ],
    ids=["no index", "zeros", "no pictures", "8K", "long", "long webm"],
)
def test_what_cannot_be_taken_in_is_refused(made, data, code):
    with pytest.raises(Refusal) as caught:
        made(data)
    assert caught.value.code is code

"""Files that staff choose are copied and their headers read, whatever they are."""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

import pytest

from console.store.outbox import Upload
from console.sync.uploads import keep_copies
from tests.helpers.pictures import camera_photo, corners, encoded


def kept(folder: Path, content: Path | bytes) -> Upload:
    """The copy of one file."""
    numbers = count()
    (copy,) = keep_copies(folder, [content], lambda: f"copy-{next(numbers)}")
    return copy


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_size_of_a_photo_is_told_as_it_is_held(tmp_path, kind):
    copy = kept(tmp_path, camera_photo(kind, orientation=6))
    assert (copy.width, copy.height) == (300, 400)


def test_no_pixel_is_decoded_for_the_size_of_a_photo(tmp_path):
    whole = encoded(corners(1200, 900), "PNG")
    copy = kept(tmp_path, whole[: len(whole) // 2])
    assert (copy.mime, copy.width, copy.height) == ("image/png", 1200, 900)


def test_only_kinds_that_are_sent_as_photos_are_read(tmp_path):
    copy = kept(tmp_path, encoded(corners(), "TIFF"))
    assert (copy.mime, copy.width) == ("application/octet-stream", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes in folders")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "IMG_0001.jpg")
    with pytest.raises(OSError, match="no regular file"):
        kept(tmp_path, tmp_path / "IMG_0001.jpg")
    assert [file.name for file in tmp_path.iterdir()] == ["IMG_0001.jpg"]

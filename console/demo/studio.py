"""Makes the sample shop's voice messages and its video, as an upload would be made into one.

Imported only when they are not there yet: what it needs costs a quarter of a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
from av.video.frame import VideoFrame
from PIL import Image

from console.demo import sound
from console.demo.pictures import artwork
from console.media.jobs import MediaFacts
from console.media.videos import process_video
from console.media.voices import process_voice

_FRAMES_A_SECOND = 15
_SECONDS = 4
_SIZE = (360, 480)
_PAPER = "#F6F3EE"


def voice(seed: int, seconds: float, pitch_hz: float, folder: Path) -> MediaFacts:
    """A voice message in the empty ``folder``."""
    source = folder.with_suffix(".wav")
    source.write_bytes(sound.speech(seed, seconds, pitch_hz=pitch_hz))
    try:
        return process_voice(source, folder, "wav")
    finally:
        source.unlink()


def video(pictures: tuple[str, ...], folder: Path) -> MediaFacts:
    """A video in the empty ``folder``: the camera goes slowly from picture to picture."""
    source = folder.with_suffix(".mp4")
    try:
        with av.open(str(source), "w", format="mp4", options={"fflags": "+bitexact"}) as film:
            track = film.add_stream("libx264", rate=_FRAMES_A_SECOND)
            track.width, track.height = _SIZE
            track.pix_fmt = "yuv420p"
            track.options = {"preset": "ultrafast", "crf": "18", "threads": "1"}
            for picture in _frames(pictures):
                frame = VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
                film.mux(track.encode(frame))
            film.mux(track.encode(None))
        return process_video(source, folder, "mov", lambda _part: None)
    finally:
        source.unlink(missing_ok=True)


def _frames(names: tuple[str, ...]) -> Iterator[Image.Image]:
    each = _FRAMES_A_SECOND * _SECONDS // len(names)
    for name in names:
        with Image.open(artwork() / name) as drawing:
            drawing.thumbnail((_SIZE[0] * 2, _SIZE[1] * 2))
            still = Image.new("RGBA", drawing.size, _PAPER)
            still.alpha_composite(drawing.convert("RGBA"))
        for n in range(each):
            yield _nearer(still.convert("RGB"), n / each)


def _nearer(still: Image.Image, part: float) -> Image.Image:
    """The camera has come nearer, by a fifth at the end."""
    width, height = still.size
    shown = 1 - 0.2 * part
    tall = min(height, width * _SIZE[1] / _SIZE[0]) * shown
    wide = tall * _SIZE[0] / _SIZE[1]
    left, top = (width - wide) / 2, (height - tall) * (0.5 - 0.2 * part)
    return still.resize(_SIZE, Image.Resampling.BILINEAR, (left, top, left + wide, top + tall))

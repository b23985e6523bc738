"""Voice and video made on the spot, as phones, browsers and attackers would.

A voice is a tone that is silent in its first third, loud in its second and half as loud in
its last; a video is a white bar that wanders over quarters of red, green, blue and white.
"""

from __future__ import annotations

import io
import math
from array import array
from collections.abc import Iterator
from functools import cache
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.video.frame import VideoFrame

from tests.helpers.pictures import PLACE, corners

TONE_HZ = 440
_PIECE = 4_800
_PICTURES = 40
VOICES = {
    "webm": ("webm", "libopus", 48_000),
    "m4a": ("ipod", "aac", 44_100),
    "wav": ("wav", "pcm_s16le", 16_000),
    "ogg": ("ogg", "libopus", 48_000),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "aac": ("adts", "aac", 44_100),
    "amr": ("amr", "libopencore_amrnb", 8_000),
    "flac": ("flac", "flac", 44_100),
}
"""Name → container, encoder and samples a second: Chromium, iPhones, recorders, old phones."""


def loudness_at(second: float, length_s: float) -> float:
    """Share of full scale of the tone at a moment."""
    third = length_s / 3
    return 0.0 if second < third else 0.5 if second < 2 * third else 0.25


def tone(length_s: float, rate: int) -> Iterator[AudioFrame]:
    """The voice as 16-bit mono frames."""
    for start in range(0, int(length_s * rate), _PIECE):
        count = min(_PIECE, int(length_s * rate) - start)
        turning = _turning(rate, loudness_at(start / rate, length_s))
        first = start % rate
        samples = (turning * (count // rate + 2))[first : first + count]
        frame = AudioFrame("s16", "mono", count)
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate, frame.pts = rate, start
        yield frame


@cache
def _turning(rate: int, loudness: float) -> array[int]:
    """One second of the tone, after which it begins anew: so many samples are slow to make."""
    turn, level = 2 * math.pi * TONE_HZ / rate, 32_767 * loudness
    return array("h", (int(level * math.sin(turn * i)) for i in range(rate)))


def voice(kind: str = "webm", length_s: float = 3.0) -> bytes:
    """A recording in one of ``VOICES``, with a place in what describes it."""
    form, codec, rate = VOICES[kind]
    stream = io.BytesIO()
    with av.open(stream, "w", format=form) as output:
        output.metadata["comment"] = PLACE.decode()
        _write_sound(output, codec, rate, length_s)
        output.close()
    return stream.getvalue()


def _write_sound(output: Any, codec: str, rate: int, length_s: float) -> None:
    sound = output.add_stream(codec, rate=rate, layout="mono")
    sound.codec_context.open()
    context = sound.codec_context
    resampler = AudioResampler(context.format.name, "mono", rate, frame_size=context.frame_size)
    for frame in (*tone(length_s, rate), None):
        for piece in resampler.resample(frame):
            output.mux(sound.encode(piece))
    output.mux(sound.encode(None))


def wandering_bar(width: int, height: int, frames: int, pixels: str) -> Iterator[VideoFrame]:
    """The video's pictures, the same ones again and again: painting them takes longest."""
    ground = corners(width, height)
    bar = max(2, width // _PICTURES)
    painted = []
    for number in range(min(frames, _PICTURES)):
        picture = ground.copy()
        picture.paste((255, 255, 255), (number * bar, 0, (number + 1) * bar, height // 8))
        painted.append(VideoFrame.from_image(picture).reformat(format=pixels))
    for number in range(frames):
        frame = painted[number % len(painted)]
        frame.pts = number
        yield frame


FILMS = {
    "mov": ("mov", "libx264", "aac"),
    "hevc": ("mov", "libx265", "aac"),
    "mp4": ("mp4", "libx264", "aac"),
    "webm": ("webm", "libvpx", "libopus"),
}
"""Name → container, picture and sound encoder: iPhones (old and new), Android, Chromium."""
_FAST = {
    "libx264": {"preset": "ultrafast"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none"},
    "libvpx": {"deadline": "realtime", "cpu-used": "8"},
}


@cache
def film(
    kind: str = "mov", length_s: float = 2.0, size: tuple[int, int] = (640, 360), fps: int = 30,
    rotation: int = 0, *, sound: bool = True, pixels: str = "yuv420p",
) -> bytes:  # fmt: skip
    """A video in one of ``FILMS``; ``rotation``: degrees to turn it by (counterclockwise).

    It says where it was taken, as an iPhone's does.
    """
    form, codec, sound_codec = FILMS[kind]
    stream = io.BytesIO()
    options = {} if form == "webm" else {"movflags": "use_metadata_tags"}
    with av.open(stream, "w", format=form, options=options) as output:
        output.metadata["location"] = PLACE.decode()
        output.metadata["com.apple.quicktime.location.ISO6709"] = PLACE.decode()
        picture = output.add_stream(codec, rate=fps, options=_FAST[codec])
        picture.width, picture.height = size
        picture.pix_fmt = pixels
        if rotation:
            picture.set_display_rotation(rotation)
        if sound:
            _write_sound(output, sound_codec, 48_000, length_s)
        for frame in wandering_bar(*size, int(length_s * fps), pixels):
            output.mux(picture.encode(frame))
        output.mux(picture.encode(None))
    return stream.getvalue()

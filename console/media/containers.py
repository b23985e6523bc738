"""Opens what strangers recorded: only known containers, only known decoders, no second file.

Runs in a media worker only, the one place that loads libav.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import av.container
import av.error
import av.stream
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from console.media.jobs import GRACE_MS, MAX_MS, Kind, too_large
from console.media.kinds import HEAD_BYTES, is_also_something_else, recording_format
from console.wire.errors import Code, Refusal

_DECODERS = (
    "h264", "hevc", "vp8", "vp9", "libvpx", "libvpx-vp9", "av1", "libdav1d", "mpeg4", "h263",
    "mjpeg", "aac", "opus", "libopus", "vorbis", "mp3", "mp3float", "alac", "flac", "amrnb",
    "amrwb", "libopencore_amrnb", "libopencore_amrwb", "pcm_s16le", "pcm_s16be", "pcm_s24le",
    "pcm_s32le", "pcm_f32le", "pcm_u8", "pcm_alaw", "pcm_mulaw", "pcm_s24be",
)  # fmt: skip
"""What phones, browsers and recorders write; rarer decoders are seldom looked after."""
_OPTIONS = {
    "protocol_whitelist": "file",
    "codec_whitelist": ",".join(_DECODERS),
    "enable_drefs": "0",
}
_BROKEN_SHARE = 0.1
"""A file that ends earlier than its header says by more than this was cut off."""
_SAY_THEIR_LENGTH = frozenset({"mov", "matroska", "ogg", "wav", "flac"})
"""Of the other containers libav guesses it from the size."""

Input = av.container.InputContainer


def recording_of(source: Path) -> str | None:
    """Name of the container of an honest recording, else ``None``."""
    with source.open("rb") as stream:
        name = recording_format(stream.read(HEAD_BYTES))
    return None if name is None or is_also_something_else(source) else name


@contextmanager
def opened(source: Path, demuxer: str) -> Iterator[Input]:
    """The container; whatever libav complains of inside is one answer.

    Raises ``Refusal``: ``media.broken``, ``upload.too_large`` (more memory than allowed).
    """
    try:
        with av.open(
            str(source), format=demuxer, options=_OPTIONS, metadata_errors="ignore"
        ) as container:
            yield container
    except (av.error.FFmpegError, OSError, ValueError, ArithmeticError, IndexError,
            TypeError, RuntimeError) as error:  # fmt: skip
        if getattr(error, "errno", 0) == errno.ENOMEM:
            raise too_large("video") from error
        raise Refusal(Code.MEDIA_BROKEN) from error


def picture_stream(container: Input) -> VideoStream | None:
    """The moving pictures; the cover of a sound file is none."""
    for stream in container.streams.video:
        cover = av.stream.Disposition.attached_pic
        if _decodable(stream) and not stream.disposition & cover:
            return stream
    return None


def sound_stream(container: Input) -> AudioStream | None:
    """The first sound that can be decoded here."""
    for stream in container.streams.audio:
        if _decodable(stream):
            return stream
    return None


def _decodable(stream: av.stream.Stream) -> bool:
    """Streams of unknown codecs have no context, whatever the library's types say."""
    return getattr(stream, "codec_context", None) is not None


def announced_ms(container: Input) -> int:
    """Length as the header tells, 0 when it does not (a browser's recording)."""
    if container.format.name.split(",")[0] not in _SAY_THEIR_LENGTH:
        return 0
    return max(0, (container.duration or 0) * 1000 // av.time_base)


def check_length(kind: Kind, duration_ms: float) -> None:
    """Raises ``media.too_long``."""
    if duration_ms > MAX_MS[kind] + GRACE_MS:
        raise Refusal(Code.MEDIA_TOO_LONG)


def check_whole(container: Input, duration_ms: float) -> None:
    """Raises ``media.broken`` when the file ended long before its header said it would."""
    missing = announced_ms(container) - duration_ms
    if duration_ms <= 0 or missing > max(1_000, announced_ms(container) * _BROKEN_SHARE):
        raise Refusal(Code.MEDIA_BROKEN)


def settled(file: Path) -> tuple[str, int]:
    """SHA-256 and size of a finished file, once it is on the disk."""
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())
        digest = hashlib.file_digest(stream, "sha256")
    return digest.hexdigest(), file.stat().st_size

"""Turns an uploaded video into a small one that every phone plays, and a poster.

Runs in a media worker only.  Nothing of the original but its pictures and sound is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
import msgspec
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from console.media import containers
from console.media.jobs import MAX_BYTES, ORIGINAL_NAMES, VIDEO_MIME, MediaFacts, too_large
from console.media.photos import write_renditions
from console.media.tracks import PictureTrack, SoundTrack, Upright, picture
from console.media.voices import MAX_BAD_PACKETS
from console.wire.errors import Code, Refusal

MAX_PIXELS = 4096 * 2304
"""4K; the pictures that a decoder of larger ones keeps would not fit into a worker."""
_POSTER_S = 1.0
_TELL_EVERY = 0.01

ShowProgress = Callable[[float], None]
Frame = VideoFrame | AudioFrame


def look_at_video(source: Path, target: Path, demuxer: str) -> MediaFacts:
    """The poster's renditions into ``target``, and the facts as far as they are known.

    ``size`` is 0 and ``sha256`` empty: the video is not made yet.  Raises as
    ``process_video``.
    """
    with containers.opened(source, demuxer) as container:
        stream, length_s = _checked(source, container)
        poster_s = min(_POSTER_S, length_s / 3)
        start_s: float | None = None
        for frame in _frames(container, stream):
            if isinstance(frame, VideoFrame) and frame.pts is not None:
                start_s = frame.time if start_s is None else start_s
                if frame.time - start_s >= poster_s:
                    break
        else:
            raise Refusal(Code.MEDIA_BROKEN)
        upright = Upright(frame, stream, exact=False)
        facts = write_renditions(picture(upright.show(frame)), target)
    return _facts(facts, "", 0, upright.size, length_s)


def process_video(source: Path, target: Path, demuxer: str, show: ShowProgress) -> MediaFacts:
    """Write the small video and its poster into the empty folder ``target``.

    Raises ``Refusal``: ``media.type`` (no pictures that can be decoded), ``media.broken``,
    ``media.too_long``, ``upload.too_large`` (bytes or pixels).
    """
    file = target / ORIGINAL_NAMES[VIDEO_MIME]
    with containers.opened(source, demuxer) as container:
        stream, length_s = _checked(source, container)
        with av.open(
            str(file), "w", format="mp4",
            options={"movflags": "+faststart", "fflags": "+bitexact"},
        ) as output:  # fmt: skip
            film = _Film(output, stream, containers.sound_stream(container), length_s, show)
            for frame in _frames(container, *film.sources):
                film.add(frame)
            film.close()
        containers.check_whole(container, film.reached_s * 1000)
    if film.pictures is None or film.pictures.poster is None:
        raise Refusal(Code.MEDIA_BROKEN)
    facts = write_renditions(film.pictures.poster, target)
    return _facts(facts, *containers.settled(file), film.pictures.size, film.reached_s)


def _checked(source: Path, container: containers.Input) -> tuple[VideoStream, float]:
    """The pictures and the length in seconds, when they may be taken in."""
    stream = containers.picture_stream(container)
    if stream is None:
        raise Refusal(Code.MEDIA_TYPE)
    context = stream.codec_context
    if source.stat().st_size > MAX_BYTES["video"] or context.width * context.height > MAX_PIXELS:
        raise too_large("video")
    length_ms = containers.announced_ms(container)
    containers.check_length("video", length_ms)
    stream.thread_type = "AUTO"
    return stream, length_ms / 1000 or _counted_s(container, stream)


def _counted_s(container: containers.Input, stream: VideoStream) -> float:
    """Length of a recording whose header does not tell it, from its packets."""
    last = max((_end(packet) for packet in container.demux(stream)), default=0.0)
    container.seek(0)
    containers.check_length("video", last * 1000)
    return last


def _end(packet: Packet[Any]) -> float:
    if packet.pts is None or packet.time_base is None:
        return 0.0
    return float((packet.pts + (packet.duration or 0)) * Fraction(packet.time_base))


def _frames(container: containers.Input, *streams: av.stream.Stream) -> Iterator[Frame]:
    """Decoded pictures and sound as they lie in the file; some damage is passed over."""
    bad = 0
    for packet in container.demux(*streams):
        try:
            for frame in packet.decode():
                if isinstance(frame, (VideoFrame, AudioFrame)):
                    yield frame
        except av.error.InvalidDataError:
            bad += 1
            if bad > MAX_BAD_PACKETS:
                raise


class _Film:
    """The new file while it is written.

    Attributes:
        sources: the streams whose frames are wanted.
        reached_s: seconds from the first picture to the end of the last.
    """

    def __init__(
        self, output: OutputContainer, stream: VideoStream, sound: AudioStream | None,
        length_s: float, show: ShowProgress,
    ) -> None:  # fmt: skip
        self._output, self._stream, self._sound = output, stream, sound
        self._length_s, self._show = length_s, show
        self.sources = (stream,) if sound is None else (stream, sound)
        self.pictures: PictureTrack | None = None
        self.reached_s = 0.0
        self._sounds: SoundTrack | None = None
        self._start_s = self._told = 0.0
        self._early: list[AudioFrame] = []

    def add(self, frame: Frame) -> None:
        """One decoded picture or piece of sound."""
        if isinstance(frame, VideoFrame):
            self._add_picture(frame)
        elif self._sounds is not None:
            self._sounds.add(frame)
        elif self.pictures is None:
            self._early.append(frame)

    def _add_picture(self, frame: VideoFrame) -> None:
        if frame.pts is None:
            return
        pictures = self.pictures or self._begun(frame, frame.time)
        at_s = max(0.0, frame.time - self._start_s)
        containers.check_length("video", at_s * 1000)
        pictures.add(frame, at_s)
        self.reached_s = max(self.reached_s, at_s + _lasting_s(frame))
        part = min(1.0, self.reached_s / self._length_s) if self._length_s else 0.0
        if part - self._told >= _TELL_EVERY:
            self._told = part
            self._show(part)

    def _begun(self, first: VideoFrame, start_s: float) -> PictureTrack:
        """Both tracks, before the first packet is written: the file's header names them."""
        self._start_s = start_s
        poster_s = min(_POSTER_S, self._length_s / 3)
        self.pictures = PictureTrack(self._output, first, self._stream, poster_s)
        if self._sound is not None:
            self._sounds = SoundTrack(self._output, self._sound, start_s)
            for piece in self._early:
                self._sounds.add(piece)
            self._early.clear()
        return self.pictures

    def close(self) -> None:
        """Write what the encoders still hold."""
        if self.pictures is not None:
            self.pictures.close()
        if self._sounds is not None:
            self._sounds.close()


def _lasting_s(frame: VideoFrame) -> float:
    return float((frame.duration or 0) * (frame.time_base or 0))


def _facts(
    poster: MediaFacts, sha256: str, size: int, shown: tuple[int, int], length_s: float
) -> MediaFacts:
    return msgspec.structs.replace(
        poster, sha256=sha256, mime=VIDEO_MIME, size=size, width=shown[0], height=shown[1],
        duration_ms=round(length_s * 1000), file=ORIGINAL_NAMES[VIDEO_MIME] if size else "",
    )  # fmt: skip

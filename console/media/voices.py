"""Turns an uploaded recording into a voice message: AAC in an ``.m4a`` and a row of bars.

Runs in a media worker only.  Nothing of the original but its samples is kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import av.error
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream

from console.media import containers
from console.media.jobs import ORIGINAL_NAMES, VOICE_MIME, MediaFacts
from console.media.waveform import RATE_HZ, Loudness
from console.wire.errors import Code, Refusal

_RATE_HZ = 44_100
_BITS_PER_S = 48_000
_FRAME_SAMPLES = 1024
_TIME_BASE = Fraction(1, _RATE_HZ)
MAX_BAD_PACKETS = 20
"""Damaged packets are left out; a recording with more of them is broken."""


def process_voice(source: Path, target: Path, demuxer: str) -> MediaFacts:
    """Write the voice message of ``source`` into the empty folder ``target``.

    Raises ``Refusal``: ``media.type`` (no sound that can be decoded), ``media.broken``,
    ``media.too_long``.
    """
    file = target / ORIGINAL_NAMES[VOICE_MIME]
    with containers.opened(source, demuxer) as container:
        stream = containers.sound_stream(container)
        if stream is None:
            raise Refusal(Code.MEDIA_TYPE)
        containers.check_length("voice", containers.announced_ms(container))
        writer = _VoiceWriter(file)
        try:
            for frame in decoded(container, stream):
                writer.add(frame)
                containers.check_length("voice", writer.duration_ms)
        finally:
            writer.close()
        containers.check_whole(container, writer.duration_ms)
    sha256, size = containers.settled(file)
    return MediaFacts(
        sha256=sha256, mime=VOICE_MIME, width=0, height=0, size=size, blurhash="",
        duration_ms=writer.duration_ms, waveform=writer.loudness.bars(), file=file.name,
    )  # fmt: skip


def decoded(container: containers.Input, stream: AudioStream) -> Iterable[AudioFrame]:
    """Every frame of the sound; a few damaged packets are passed over."""
    bad = 0
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            bad += 1
            if bad > MAX_BAD_PACKETS:
                raise


class _VoiceWriter:
    """Encodes frames one after another, without the pauses a recorder left between them."""

    def __init__(self, file: Path) -> None:
        self._output = av.open(
            str(file), "w", format="ipod",
            options={"movflags": "+faststart", "fflags": "+bitexact"},
        )  # fmt: skip
        self._stream = self._output.add_stream("aac", rate=_RATE_HZ, layout="mono")
        self._stream.bit_rate = _BITS_PER_S
        self._to_encoder = AudioResampler("fltp", "mono", _RATE_HZ, frame_size=_FRAME_SAMPLES)
        self._to_bars = AudioResampler("s16", "mono", RATE_HZ)
        self._samples = 0
        self.loudness = Loudness()

    @property
    def duration_ms(self) -> int:
        """Length of what was written."""
        return self._samples * 1000 // _RATE_HZ

    def add(self, frame: AudioFrame | None) -> None:
        """One decoded frame; ``None`` ends."""
        if frame is not None:
            frame.pts = None
        for piece in self._to_bars.resample(frame):
            self.loudness.feed(array("h", bytes(piece.planes[0])[: piece.samples * 2]))
        for piece in self._to_encoder.resample(frame):
            piece.pts, piece.time_base = self._samples, _TIME_BASE
            self._samples += piece.samples
            self._output.mux(self._stream.encode(piece))

    def close(self) -> None:
        """Write what is left and the file's index."""
        try:
            if self._samples:
                self.add(None)
                self._output.mux(self._stream.encode(None))
        finally:
            self._output.close()

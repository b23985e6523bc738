"""Records a voice: samples as they come, how loud they are, and a WAV file in the end.

Knows no device: what gives the samples is opened by ``open_microphone``, by default the
system's (``console.ui.microphone``, loaded with the first recording only).
"""

from __future__ import annotations

import io
import math
import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from operator import mul
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from console.ui.timers import once

MOST_MS: Final = 300_000
"""Longest voice message."""
PATIENCE_MS: Final = 5_000
"""Without a sample for so long the microphone is gone; even silence has samples."""
_MOST_HZ: Final = 32_000
_SLICE_MS: Final = 60
_LOUD: Final = 6_000.0
"""Root mean square of 16-bit speech close to a microphone."""
BARS: Final = 64


@dataclass(slots=True, eq=False)
class Recording:
    """A finished voice: a WAV file, its length, and up to 64 hexadecimal digits of loudness.

    ``copy`` is a file with the same, once there is one.
    """

    content: bytes
    duration_ms: int
    waveform: str
    copy: Path | None = None


class Microphone(QObject):
    """What gives 16-bit samples of ``channels`` at ``rate_hz``; ``broken`` carries nothing."""

    heard = Signal(bytes)
    broken = Signal()
    rate_hz = 16_000
    channels = 1

    def begin(self) -> bool:
        """Listen; whether there is anything to listen with."""
        raise NotImplementedError

    def end(self) -> None:
        """Listen no more."""
        raise NotImplementedError


def system_microphone(parent: QObject) -> Microphone:
    """The one the system prefers."""
    # With the first recording only: start-up and memory do not pay for QtMultimedia.
    from console.ui.microphone import SystemMicrophone  # noqa: PLC0415

    return SystemMicrophone(parent)


class Recorder(QObject):
    """One recording at a time."""

    changed = Signal()
    """More was heard."""
    full = Signal()
    """Five minutes are over; it listens no more, ``finish`` gives what there is."""
    broken = Signal()
    """The microphone went away; ``finish`` gives what there is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.open_microphone: Callable[[QObject], Microphone] = system_microphone
        self._microphone: Microphone | None = None
        self._samples = array("h")
        self._levels: list[int] = []
        self._measured = 0
        self._rest = b""
        self._rate_hz, self._halvings = 16_000, 0
        # Some systems say nothing when a device is pulled out: no more samples come.
        self._patience = once(self, PATIENCE_MS, self._on_broken)

    @property
    def running(self) -> bool:
        """Whether it listens."""
        return self._microphone is not None

    @property
    def duration_ms(self) -> int:
        """How much was heard."""
        return len(self._samples) * 1000 // self._rate_hz

    @property
    def waveform(self) -> str:
        """Loudness so far, a hexadecimal digit for each slice."""
        return "".join(f"{level:x}" for level in self._levels)

    def start(self) -> bool:
        """Listen; ``False``: there is no microphone."""
        self.cancel()
        microphone = self.open_microphone(self)
        microphone.heard.connect(self._on_heard)
        microphone.broken.connect(self._on_broken)
        if not microphone.begin():
            microphone.deleteLater()
            return False
        self._microphone = microphone
        self._rate_hz, self._halvings = microphone.rate_hz, 0
        while self._rate_hz > _MOST_HZ:
            self._rate_hz, self._halvings = self._rate_hz // 2, self._halvings + 1
        self._patience.start()
        self.changed.emit()
        return True

    def finish(self) -> Recording | None:
        """Listen no more; what was heard, ``None`` when that is nothing."""
        self._hush()
        made = Recording(self._wav(), self.duration_ms, pooled(self.waveform, BARS))
        heard = bool(self._samples)
        self._forget()
        return made if heard else None

    def cancel(self) -> None:
        """Listen no more and forget what was heard."""
        self._hush()
        self._forget()

    def _hush(self) -> None:
        self._patience.stop()
        if self._microphone is not None:
            microphone, self._microphone = self._microphone, None
            microphone.heard.disconnect(self._on_heard)
            microphone.end()
            microphone.deleteLater()

    def _forget(self) -> None:
        self._samples, self._levels, self._measured = array("h"), [], 0
        self._rest = b""

    def _on_heard(self, data: bytes) -> None:
        microphone = self._microphone
        if microphone is None:
            return
        self._patience.start()
        frame = 2 * microphone.channels << self._halvings
        data = self._rest + data
        whole = len(data) - len(data) % frame
        self._rest = data[whole:]
        heard = array("h", data[:whole])[:: microphone.channels]
        for _ in range(self._halvings):
            heard = array("h", ((one + other) // 2 for one, other in
                                zip(heard[::2], heard[1::2], strict=True)))  # fmt: skip
        self._samples.extend(heard[: self._rate_hz * MOST_MS // 1000 - len(self._samples)])
        self._measure()
        self.changed.emit()
        if self.duration_ms >= MOST_MS:
            self._hush()
            self.full.emit()

    def _measure(self) -> None:
        size = self._rate_hz * _SLICE_MS // 1000
        while self._measured + size <= len(self._samples):
            part = self._samples[self._measured : self._measured + size]
            loudness = math.sqrt(sum(map(mul, part, part)) / size) / _LOUD
            self._levels.append(min(15, round(15 * math.sqrt(loudness))))
            self._measured += size

    def _on_broken(self) -> None:
        self._hush()
        self.broken.emit()

    def _wav(self) -> bytes:
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(self._rate_hz)
            out.writeframes(self._samples.tobytes())
        return file.getvalue()


def pooled(waveform: str, count: int) -> str:
    """At most ``count`` digits, each the loudest of its part."""
    if len(waveform) <= count:
        return waveform
    edges = [len(waveform) * at // count for at in range(count + 1)]
    return "".join(max(waveform[edges[at] : edges[at + 1]]) for at in range(count))

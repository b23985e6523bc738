"""The system's microphone, on Qt's audio source.

Imported with the first recording: QtMultimedia costs 25 MB and a tenth of a second.
"""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QObject
from PySide6.QtMultimedia import QAudioFormat, QAudioSource, QMediaDevices, QtAudio

from console.ui.recorder import Microphone

_LOST = (QtAudio.Error.OpenError, QtAudio.Error.IOError, QtAudio.Error.FatalError)
_RATES = (32_000, 24_000, 48_000, 44_100, 16_000)


class SystemMicrophone(Microphone):
    """The default input of this computer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None

    def begin(self) -> bool:
        """Listen; ``False`` without an input that gives 16-bit samples."""
        device = QMediaDevices.defaultAudioInput()
        if device.isNull():
            return False
        wanted = next((each for each in _formats() if device.isFormatSupported(each)), None)
        if wanted is None:
            return False
        self.rate_hz, self.channels = wanted.sampleRate(), wanted.channelCount()
        self._source = QAudioSource(device, wanted, self)
        # Without the state: it cannot be handed to a slot of Python.
        self._source.stateChanged.connect(self._look)
        self._stream = self._source.start()
        if self._source.error() != QtAudio.Error.NoError:
            self.end()
            return False
        self._stream.readyRead.connect(self._read)
        return True

    def end(self) -> None:
        """Let go of the device."""
        source, self._source, self._stream = self._source, None, None
        if source is not None:
            source.stop()

    def _read(self) -> None:
        if self._stream is not None:
            self.heard.emit(bytes(self._stream.readAll().data()))

    def _look(self) -> None:
        source = self._source
        if source is not None and source.error() in _LOST:
            self.broken.emit()


def _formats() -> list[QAudioFormat]:
    """Mono before stereo, a voice's rates before others."""
    found = []
    for channels in (1, 2):
        for rate in _RATES:
            made = QAudioFormat()
            made.setSampleRate(rate)
            made.setChannelCount(channels)
            made.setSampleFormat(QAudioFormat.SampleFormat.Int16)
            found.append(made)
    return found

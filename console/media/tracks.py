"""The two tracks of a video as phones of every age play it: H.264 and AAC.

Runs in a media worker only.  Takes decoded frames, turns them upright, makes them small, keeps
the time between them, and hands encoded packets to the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream
from PIL import Image

LONG_SIDE = 960
FPS = 30
_CLOCK = Fraction(1, 90_000)
_EARLY_S = 0.25 / FPS
"""A recorder's clock trembles: so much too early a picture is still on time."""
_ENCODER = {
    "preset": "veryfast", "profile": "high", "crf": "24", "maxrate": "1200k", "bufsize": "2400k",
    "g": "60",
}  # fmt: skip
_BT709 = 1
_RATE_HZ = 44_100
_SOUND_BITS_PER_S = 96_000
_AAC_SAMPLES = 1024
_WIDE_TRANSFERS = {16, 18}
"""Colour transfers of HDR: PQ and HLG, the latter what iPhones record by default."""


def shown_size(frame: VideoFrame, sample_aspect: Fraction | None) -> tuple[int, int]:
    """Even width and height of the scaled picture before it is turned."""
    width = frame.width * float(sample_aspect or 1)
    factor = min(1.0, LONG_SIDE / max(width, frame.height))
    return max(2, round(width * factor / 2) * 2), max(2, round(frame.height * factor / 2) * 2)


class Upright:
    """Scales decoded pictures and turns them as the camera was held; made for the first one.

    ``exact``: also convert the colours of HDR, which takes seconds to prepare.
    """

    def __init__(self, first: VideoFrame, stream: VideoStream, *, exact: bool = True) -> None:
        width, height = shown_size(first, stream.sample_aspect_ratio)
        turned = first.rotation % 180 != 0
        self.size = (height, width) if turned else (width, height)
        self._shape = (first.width, first.height, first.format.name)
        self._graph = Graph()
        steps = [self._graph.add_buffer(
            width=first.width, height=first.height, format=first.format,
            time_base=first.time_base or _CLOCK,
        )]  # fmt: skip
        for name, arguments in _steps(first, width, height, exact=exact):
            steps.append(self._graph.add(name, arguments))
        steps.append(self._graph.add("buffersink"))
        self._graph.link_nodes(*steps).configure()

    def show(self, frame: VideoFrame) -> VideoFrame:
        """The picture as it is shown.  Raises ``ValueError`` when a later one has another size."""
        if (frame.width, frame.height, frame.format.name) != self._shape:
            raise ValueError("the picture changed its size")
        self._graph.push(frame)
        shown = self._graph.pull()
        if not isinstance(shown, VideoFrame):
            raise TypeError("no picture came out")
        return shown


def _steps(first: VideoFrame, width: int, height: int, *, exact: bool) -> Iterator[tuple[str, str]]:
    yield "scale", f"{width}:{height}:flags=bilinear"
    colours = "out_color_matrix=bt709:out_range=tv"
    if exact and first.color_trc in _WIDE_TRANSFERS:
        # Of the small picture only: converting all of a 4K one takes twice as long.
        colours += ":out_primaries=bt709:out_transfer=bt709:intent=relative_colorimetric"
    yield "scale", f"{width}:{height}:{colours}"
    yield "format", "yuv420p"
    yield "setsar", "1"
    # libav gives degrees counterclockwise.
    turns = {90: ("cclock",), 180: ("clock", "clock"), 270: ("clock",)}
    for turn in turns.get(first.rotation % 360, ()):
        yield "transpose", turn


def picture(shown: VideoFrame) -> Image.Image:
    """The pixels of a picture that ``Upright`` gave."""
    plain = shown.reformat(
        format="rgb24", src_colorspace=Colorspace.ITU709, dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.MPEG, dst_color_range=ColorRange.JPEG,
    )  # fmt: skip
    plane = plain.planes[0]
    size = (plain.width, plain.height)
    return Image.frombuffer("RGB", size, bytes(plane), "raw", "RGB", plane.line_size, 1)


class PictureTrack:
    """The moving pictures of the new file; made for the first one.

    Attributes:
        poster: a picture of the first second, once there was one.
        size: width and height in pixels as shown.
    """

    def __init__(
        self, output: OutputContainer, first: VideoFrame, source: VideoStream, poster_s: float
    ) -> None:
        self.poster: Image.Image | None = None
        self._upright = Upright(first, source)
        self.size = self._upright.size
        self._output, self._poster_s = output, poster_s
        self._track = output.add_stream("libx264", rate=FPS, options=_ENCODER)
        self._track.width, self._track.height = self.size
        self._track.pix_fmt = "yuv420p"
        _tag(self._track)
        self._due_s = 0.0
        self._last = -1

    def add(self, frame: VideoFrame, at_s: float) -> None:
        """One decoded picture, shown ``at_s`` after the beginning; too many are left out."""
        if at_s + _EARLY_S < self._due_s:
            return
        self._due_s = max(self._due_s + 1 / FPS, at_s)
        shown = self._upright.show(frame)
        if self.poster is None or at_s <= self._poster_s:
            self.poster = picture(shown)
        pts = max(self._last + 1, round(at_s / _CLOCK))
        shown.pts, shown.time_base, self._last = pts, _CLOCK, pts
        shown.pict_type = PictureType.NONE
        self._output.mux(self._track.encode(shown))

    def close(self) -> None:
        """Write what the encoder still holds."""
        self._output.mux(self._track.encode(None))


def _tag(track: VideoStream) -> None:
    """The clock, and which colours the numbers mean: players guess differently."""
    context = track.codec_context
    context.time_base = _CLOCK
    context.colorspace = Colorspace.ITU709
    context.color_primaries = context.color_trc = _BT709
    context.color_range = ColorRange.MPEG


class SoundTrack:
    """The sound of the new file; pauses are filled with silence so that it stays in step.

    ``start_s``: when the first picture is shown, by the original's clock.
    """

    def __init__(self, output: OutputContainer, source: AudioStream, start_s: float) -> None:
        self._output, self._start_s = output, start_s
        self._layout = "mono" if source.codec_context.channels == 1 else "stereo"
        self._track = output.add_stream("aac", rate=_RATE_HZ, layout=self._layout)
        self._track.bit_rate = _SOUND_BITS_PER_S
        self._graph: Graph | None = None

    def add(self, frame: AudioFrame) -> None:
        """One decoded piece; what sounded before the first picture is cut off."""
        if frame.pts is None or frame.time_base is None:
            return
        if self._graph is None:
            self._graph = self._made(frame)
        frame.pts -= round(self._start_s / frame.time_base)
        self._graph.push(frame)
        self._pull(self._graph)

    def _made(self, first: AudioFrame) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=first.sample_rate, format=first.format, layout=first.layout.name,
            time_base=first.time_base,
        )  # fmt: skip
        graph.link_nodes(
            source,
            graph.add("aresample", f"{_RATE_HZ}:async=1000:first_pts=0"),
            graph.add("aformat", f"sample_fmts=fltp:channel_layouts={self._layout}"),
            graph.add("abuffersink"),
        ).configure()
        graph.set_audio_frame_size(_AAC_SAMPLES)
        return graph

    def _pull(self, graph: Graph) -> None:
        while True:
            try:
                piece = graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if isinstance(piece, AudioFrame):
                self._output.mux(self._track.encode(piece))

    def close(self) -> None:
        """Write what the filters and the encoder still hold."""
        if self._graph is not None:
            self._graph.push(None)
            self._pull(self._graph)
            self._output.mux(self._track.encode(None))

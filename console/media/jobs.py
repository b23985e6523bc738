"""What a program and its media workers say to each other; neither decodes anything here."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from console.domain.photo_shapes import Shape
from console.wire.errors import Code, Refusal

Kind: TypeAlias = Literal["photo", "voice", "video"]
Task: TypeAlias = Literal["take", "look", "film", "shape"]

LONG_SIDES = (1600, 480)
"""Long sides of the stored renditions in pixels, largest first; small photos are not enlarged."""
SUFFIXES = ("webp", "jpg")
"""Every rendition exists in these formats; JPEG is for clients that cannot show WebP."""

VOICE_MIME, VIDEO_MIME = "audio/mp4", "video/mp4"
ORIGINAL_NAMES = {VOICE_MIME: "voice.m4a", VIDEO_MIME: "video.mp4"}
"""Type of a medium that is played → its file beside the renditions."""

MAX_BYTES: dict[Kind, int] = {"photo": 25_000_000, "voice": 20_000_000, "video": 200_000_000}
"""Largest file taken in, by what it turns out to be."""
MAX_UPLOAD_BYTES = MAX_BYTES["photo"]
"""Largest file of which nobody has said that it is voice or video."""
MAX_MEGAPIXELS = 50
"""Largest picture taken in, in millions of pixels."""
MAX_MS: dict[Kind, int] = {"voice": 300_000, "video": 180_000}
"""Longest recording taken in."""
GRACE_MS = 2_000
"""A recorder that stops at the limit stops a little later."""


def kind_of(mime: str) -> Kind:
    """What a client's first guess of the type announces; anything unknown is a photo."""
    if mime.startswith("audio/"):
        return "voice"
    return "video" if mime.startswith("video/") else "photo"


def too_large(kind: Kind = "photo") -> Refusal:
    """``upload.too_large`` with the limits that its sentence names."""
    limits = {"megabytes": MAX_BYTES[kind] // 1_000_000, "megapixels": MAX_MEGAPIXELS}
    return Refusal(Code.UPLOAD_TOO_LARGE, limits)


class Job(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file to process and an empty folder for what is made of it.

    ``take``: a photo or a voice message whole; a video is only told apart.  ``look``: of a
    video the poster and the facts, at once.  ``film``: a video whole, with progress.
    ``shape``: a photo turned and cut as ``shape`` says, its long side at most ``side`` pixels.
    """

    source: str
    target: str
    task: Task = "take"
    shape: Shape = Shape()
    side: int = 0


class MediaFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a processed photo, voice message or video.

    Attributes:
        sha256: of the file that ``size`` and ``mime`` tell of; its name in the media store.
        mime: ``image/webp`` (the largest rendition of a photo), ``audio/mp4`` or ``video/mp4``.
        width: in pixels, turned upright; 0 for voice.
        height: in pixels, turned upright; 0 for voice.
        size: in bytes.
        blurhash: a few colours to show before any rendition is there; "" for voice.
        duration_ms: length of voice and video.
        waveform: loudness of voice over its length, up to 64 hexadecimal digits.
        file: its name in the target folder; "" when it is not made yet.
    """

    sha256: str
    mime: str
    width: int
    height: int
    size: int
    blurhash: str
    duration_ms: int = 0
    waveform: str = ""
    file: str = ""

    @property
    def kind(self) -> Kind:
        """What it turned out to be."""
        return kind_of(self.mime)


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a job: facts, ``is_video`` (ask again with another task), or the refusal.

    ``progress`` (0..1) is no answer yet.
    """

    facts: MediaFacts | None = None
    is_video: bool = False
    progress: float | None = None
    code: str = ""
    parameters: dict[str, str | int | float] = {}

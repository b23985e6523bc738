"""The voice messages and the video of the sample shop's talks, made once and kept.

Like ``pictures``: our own work needs no limited process.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from console.media.jobs import MediaFacts

_INDEX = "sample-recordings.json"
VOICES: dict[str, tuple[int, float, float]] = {
    "fitting": (1, 7.0, 225.0), "pickup": (2, 12.0, 240.0), "waterproof": (3, 5.0, 120.0),
    "fabric": (4, 9.0, 205.0), "thanks": (5, 3.0, 215.0),
}  # fmt: skip
"""Seed, seconds and pitch of every voice message."""
VIDEOS: dict[str, tuple[str, ...]] = {"hoodie": ("m006-black.webp", "m006-grey.webp")}
"""Pictures that every video shows."""


def prepare(media: Path) -> dict[str, MediaFacts]:
    """Every recording below ``media``; facts by name."""
    media.mkdir(parents=True, exist_ok=True)
    index = media / _INDEX
    known = _known(index)
    missing = [
        name for name in (*VOICES, *VIDEOS)
        if name not in known or not _place(media, known[name].sha256).is_dir()
    ]  # fmt: skip
    if missing:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            made = pool.map(lambda name: _make(media, name), missing)
            known.update(zip(missing, made, strict=True))
        index.write_bytes(msgspec.json.encode(known))
    return known


def _known(index: Path) -> dict[str, MediaFacts]:
    try:
        return msgspec.json.decode(index.read_bytes(), type=dict[str, MediaFacts])
    except (OSError, msgspec.MsgspecError):
        return {}


def _place(media: Path, sha256: str) -> Path:
    return media / sha256[:2] / sha256


def _make(media: Path, name: str) -> MediaFacts:
    # Only here, once: encoders cost every start a quarter of a second that needs none.
    from console.demo import studio  # noqa: PLC0415

    fresh = media / ".new" / f"recording-{name}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    facts = (
        studio.voice(*VOICES[name], fresh) if name in VOICES else studio.video(VIDEOS[name], fresh)
    )
    place = _place(media, facts.sha256)
    place.parent.mkdir(exist_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
    return facts

"""The photos of the sample shop's talks, processed once and kept from start to start.

Our own artwork needs no limited process: it is decoded right here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from console import paths
from console.media.jobs import MediaFacts
from console.media.photos import process_photo

_INDEX = "sample-photos.json"


def artwork() -> Path:
    """The folder of the shop's own drawings."""
    return paths.resources() / "artwork"


def prepare(media: Path, names: Iterable[str]) -> dict[str, MediaFacts]:
    """Renditions of ``names`` (files of the artwork) below ``media``; facts by name."""
    media.mkdir(parents=True, exist_ok=True)
    index = media / _INDEX
    try:
        known = msgspec.json.decode(index.read_bytes(), type=dict[str, MediaFacts])
    except (OSError, msgspec.MsgspecError):
        known = {}
    missing = [
        name
        for name in sorted(names)
        if name not in known or not _place(media, known[name].sha256).is_dir()
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        known.update(zip(missing, pool.map(lambda n: _process(media, n), missing), strict=True))
    if missing:
        index.write_bytes(msgspec.json.encode(known))
    return known


def _place(media: Path, sha256: str) -> Path:
    return media / sha256[:2] / sha256


def _process(media: Path, name: str) -> MediaFacts:
    scratch = media / ".new" / hashlib.sha256(name.encode()).hexdigest()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    facts = process_photo(artwork() / name, scratch)
    place = _place(media, facts.sha256)
    place.parent.mkdir(exist_ok=True)
    if place.is_dir():
        shutil.rmtree(scratch)
    else:
        scratch.rename(place)
    return facts

"""``photos_20``: twenty photos of 12 megapixels made ready for phones by the limited workers.

The floor is a bare pool of processes, one for each core, with Pillow alone: the same decoding,
scaling and encoding, without limits, checks, colours, metadata or durable files.
"""

from __future__ import annotations

import asyncio
import io
import os
import tempfile
import time
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from PIL import Image, ImageFilter

from bench.report import RUNS, Figure, figure
from console.media.jobs import LONG_SIDES, SUFFIXES
from console.media.photos import ENCODERS
from console.media.workshop import Workshop

NAMES = ("photos_20",)
COUNT: Final = 20
SIZE: Final = (4_032, 3_024)
_STALL_GLANCE_S: Final = 0.005


async def run(_wanted: set[str]) -> AsyncIterator[Figure]:
    """The figure; its note tells how long the asking loop stood still."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = await asyncio.to_thread(_make, folder)
        floors = await asyncio.to_thread(_bare_pool, sources)
        taken, stall_s = [], 0.0
        for number in range(RUNS):
            seconds, longest = await _ours(sources, folder / f"made-{number}")
            taken.append(seconds * 1_000)
            stall_s = max(stall_s, longest)
        yield figure("photos_20", taken, "ms", 1.3, floors=floors, goal_is_ratio=True,
                     note=f"floor: a bare Pillow process pool; cold workers; the loop's longest"
                     f" stall {stall_s * 1_000:.0f} ms")  # fmt: skip


def _make(folder: Path) -> list[Path]:
    """Photos with the detail of cloth: soft noise in colour."""
    sources = []
    for number in range(COUNT):
        small = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), 60 + number)
        grey = small.resize(SIZE, Image.Resampling.BICUBIC)
        soft = grey.filter(ImageFilter.GaussianBlur(2))
        photo = Image.merge("RGB", (grey, soft, soft))
        sources.append(folder / f"IMG_{number}.jpg")
        photo.save(sources[-1], quality=90)
    return sources


async def _ours(sources: list[Path], folder: Path) -> tuple[float, float]:
    """Seconds for all of them, and the longest time the loop did not turn meanwhile."""
    targets = [folder / source.stem for source in sources]
    for target in targets:
        target.mkdir(parents=True)
    workshop = Workshop()
    glancing = asyncio.ensure_future(_longest_stall())
    start = time.perf_counter()
    pairs = zip(sources, targets, strict=True)
    await asyncio.gather(*(workshop.take(source, target) for source, target in pairs))
    seconds = time.perf_counter() - start
    glancing.cancel()
    longest = await glancing
    await workshop.close()
    return seconds, longest


async def _longest_stall() -> float:
    longest, last = 0.0, time.perf_counter()
    try:
        while True:
            await asyncio.sleep(_STALL_GLANCE_S)
            now = time.perf_counter()
            longest, last = max(longest, now - last - _STALL_GLANCE_S), now
    except asyncio.CancelledError:
        return longest


def _bare_pool(sources: list[Path]) -> list[float]:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(_bare, sources))
        taken.append((time.perf_counter() - start) * 1_000)
    return taken


def _bare(source: Path) -> int:
    """The same pixels through Pillow and nothing else; how many bytes came out."""
    made = 0
    with Image.open(source) as photo:
        wanted = LONG_SIDES[0] * 2
        photo.draft("RGB", (wanted, wanted * photo.height // photo.width))
        photo.load()
        for side in LONG_SIDES:
            scaled = photo.copy()
            scaled.thumbnail((side, side), Image.Resampling.LANCZOS)
            for suffix in SUFFIXES:
                encoded = io.BytesIO()
                scaled.save(encoded, **ENCODERS[suffix])
                made += len(encoded.getvalue())
    return made

"""A program's way to its media workers: photos and voice at once, videos one at a time.

No decoding happens in this process.  Photos and voice messages share a warm worker, and have
one for each processor while there are many; a video has a worker of its own, which lets
everything else go first, so that nobody's photo waits behind somebody's film.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from console.domain.photo_shapes import Shape
from console.media.bench import Bench, ShowProgress
from console.media.crew import Crew
from console.media.jobs import Answer, Job, MediaFacts
from console.wire.errors import Code, Refusal

JOBS_PER_WORKER = 50
"""Photos and voice messages of one worker."""
MOST_AT_ONCE = 4
"""Workers for these, where there are so many processors: each may take half a gigabyte."""
PATIENCE_S = 30.0
"""Longest wait for one of them; its processor time may take longer on a busy machine."""
FILM_SILENCE_S = 60.0
FILM_PATIENCE_S = 1800.0
"""Longest wait for a video, and for its next sign of life."""


class Workshop:
    """A crew for what takes moments, a bench for videos.

    Attributes:
        at_once: photos that are worked on at the same time.
        quick: the bench of the crew whose worker stays.
    """

    def __init__(self, patience_s: float = PATIENCE_S, at_once: int = MOST_AT_ONCE) -> None:
        self.at_once = max(1, min(os.cpu_count() or 1, at_once))
        crew = [
            Bench(jobs_per_worker=JOBS_PER_WORKER, silence_s=patience_s, whole_s=patience_s)
            for _ in range(self.at_once)
        ]
        self.quick = crew[0]
        self._crew = Crew(crew)
        self.films = Bench(
            "film", jobs_per_worker=1, silence_s=FILM_SILENCE_S, whole_s=FILM_PATIENCE_S
        )

    async def take(self, source: Path, target: Path) -> MediaFacts | None:
        """A photo or voice message into the empty folder ``target``; ``None``: it is a video.

        Raises ``Refusal``: ``media.type``, ``media.broken``, ``media.too_long``,
        ``upload.too_large``.
        """
        answer = await self._crew.ask(Job(str(source), str(target)))
        return None if answer.is_video else _facts(answer)

    async def look(self, source: Path, target: Path) -> MediaFacts:
        """Of a video the poster (in ``target``) and the facts, at once.  Raises as ``take``."""
        return _facts(await self._crew.ask(Job(str(source), str(target), "look")))

    async def film(self, source: Path, target: Path, show: ShowProgress) -> MediaFacts:
        """A video into ``target``; ``show`` hears 0..1.  Cancelling ends the work at once.

        Raises as ``take``.
        """
        return _facts(await self.films.ask(Job(str(source), str(target), "film"), show))

    async def shape(self, source: Path, target: Path, shape: Shape, side: int) -> MediaFacts:
        """A photo turned and cut, as a JPEG in ``target``; ``side``: its longest in pixels.

        Raises ``Refusal``: ``media.type``, ``media.broken``, ``upload.too_large``.
        """
        return _facts(await self._crew.ask(Job(str(source), str(target), "shape", shape, side)))

    async def close(self) -> None:
        """End the workers; a photo in hand is finished first, a video is not waited for."""
        await asyncio.gather(self._crew.close(), self.films.close())


def _facts(answer: Answer) -> MediaFacts:
    if answer.facts is None:
        raise Refusal(Code(answer.code or Code.MEDIA_BROKEN), answer.parameters)
    return answer.facts

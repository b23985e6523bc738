"""The child process that decodes what strangers sent, one file after the other.

It reads one JSON line per job (``jobs.Job``) from its input and answers with one line
(``jobs.Answer``), a video with lines of progress before it.  A file that breaks it breaks
only this process: the parent starts another.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

import msgspec

from console.media.jobs import MAX_BYTES, Answer, Job, too_large
from console.media.kinds import HEAD_BYTES, picture_format
from console.media.limits import (
    CPU_S,
    FILM_CPU_S,
    FILM_MEMORY_BYTES,
    VOICE_CPU_S,
    allow,
    confine,
    step_back,
)
from console.wire.errors import Code, Refusal

FILM = "film"
"""Argument of a worker that makes videos."""


def answer(job: Job, answers: BinaryIO) -> Answer:
    """Process one file within its limits."""
    try:
        allow(CPU_S)
        if job.task == "shape" or (job.task == "take" and _is_picture(Path(job.source))):
            return _photo(job)
        allow(FILM_CPU_S if job.task == "film" else VOICE_CPU_S)
        found: Answer = _recordings().process(
            job, lambda part: _tell(answers, Answer(progress=part))
        )
    except Refusal as refusal:
        return _refused(refusal)
    except MemoryError:
        return _refused(too_large())
    except OSError:
        # The file itself cannot be read; what decoders complain of never comes as far as this.
        return _refused(Refusal(Code.MEDIA_BROKEN))
    else:
        return found


def _is_picture(source: Path) -> bool:
    with source.open("rb") as stream:
        return picture_format(stream.read(HEAD_BYTES)) is not None


def _photo(job: Job) -> Answer:
    source = Path(job.source)
    if source.stat().st_size > MAX_BYTES["photo"]:
        raise too_large()
    if job.task == "shape":
        shape_photo = import_module("console.media.shaping").shape_photo
        return Answer(facts=shape_photo(source, Path(job.target), job.shape, job.side))
    return Answer(
        facts=import_module("console.media.photos").process_photo(source, Path(job.target))
    )


def _recordings() -> ModuleType:
    """Loaded with the first recording: libav takes 100 MB of the address space of photos."""
    return import_module("console.media.recordings")


def _refused(refusal: Refusal) -> Answer:
    return Answer(code=refusal.code, parameters=refusal.parameters)


def _tell(answers: BinaryIO, message: Answer) -> None:
    answers.write(msgspec.json.encode(message) + b"\n")
    answers.flush()


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until the parent closes the pipe."""
    for line in jobs:
        _tell(answers, answer(msgspec.json.decode(line, type=Job), answers))


def main(arguments: Sequence[str] = ()) -> int:
    """Entry point of the worker process; ``film`` makes it one for videos."""
    if FILM in arguments:
        step_back()
        confine(FILM_MEMORY_BYTES, FILM_MEMORY_BYTES)
    else:
        confine()
    serve(sys.stdin.buffer, sys.stdout.buffer)
    return 0

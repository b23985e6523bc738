"""What a media worker does with a file that is no photo: voice or video, told by its streams.

Loaded by the worker with its first recording, since it loads libav.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from console.media import containers
from console.media.jobs import Answer, Job
from console.media.videos import look_at_video, process_video
from console.media.voices import process_voice
from console.wire.errors import Code, Refusal

ShowProgress = Callable[[float], None]


def process(job: Job, show: ShowProgress) -> Answer:
    """Do a job's task.  Raises ``Refusal``."""
    source, target = Path(job.source), Path(job.target)
    demuxer = containers.recording_of(source)
    if demuxer is None:
        raise Refusal(Code.MEDIA_TYPE)
    if job.task == "film":
        return Answer(facts=process_video(source, target, demuxer, show))
    if job.task == "look":
        return Answer(facts=look_at_video(source, target, demuxer))
    with containers.opened(source, demuxer) as container:
        if containers.picture_stream(container) is not None:
            return Answer(is_video=True)
    return Answer(facts=process_voice(source, target, demuxer))

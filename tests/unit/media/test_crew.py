"""Many photos keep every processor busy, a few keep one worker warm, none stays behind."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from console.media import crew
from console.media.bench import Bench
from console.media.crew import Crew
from console.media.jobs import Job
from tests.helpers.pictures import corners, encoded


@pytest.fixture
def benches() -> list[Bench]:
    return [Bench(jobs_per_worker=50, silence_s=20, whole_s=20) for _ in range(2)]


@pytest.fixture
async def both(benches: list[Bench]) -> AsyncIterator[Crew]:
    made = Crew(benches)
    yield made
    await made.close()


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    photo = encoded(corners(), "JPEG")
    made = []
    for number in range(6):
        source, target = tmp_path / f"{number}.jpg", tmp_path / f"{number}"
        source.write_bytes(photo)
        target.mkdir()
        made.append(Job(str(source), str(target)))
    return made


async def until_gone(bench: Bench) -> None:
    deadline = time.monotonic() + 60
    while bench.worker_pid is not None:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def test_photos_that_come_together_are_worked_on_by_all(
    both: Crew, benches: list[Bench], jobs: list[Job]
) -> None:
    answers = await asyncio.gather(*(both.ask(job) for job in jobs))
    assert [answer.facts.width for answer in answers if answer.facts] == [400] * 6
    assert all((Path(job.target) / "480.jpg").exists() for job in jobs)
    assert len({bench.worker_pid for bench in benches} - {None}) == 2


async def test_photos_that_come_one_by_one_keep_one_worker_warm(
    both: Crew, benches: list[Bench], jobs: list[Job]
) -> None:
    pids = []
    for job in jobs[:3]:
        await both.ask(job)
        pids.append(benches[0].worker_pid)
    assert pids[0] is not None
    assert pids == [pids[0]] * 3
    assert benches[1].worker_pid is None


async def test_who_is_not_needed_any_more_goes_and_comes_back_for_the_next_rush(
    both: Crew, benches: list[Bench], jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "IDLE_S", 0.01)
    await asyncio.gather(*(both.ask(job) for job in jobs[:4]))
    await until_gone(benches[1])
    assert benches[0].worker_pid is not None
    answers = await asyncio.gather(*(both.ask(job) for job in jobs[4:]))
    assert all(answer.facts for answer in answers)


async def test_one_who_is_given_up_leaves_the_others_their_turn(
    both: Crew, jobs: list[Job]
) -> None:
    asked = [asyncio.ensure_future(both.ask(job)) for job in jobs]
    await asyncio.sleep(0)
    asked[0].cancel()
    asked[3].cancel()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    lost = [isinstance(answer, asyncio.CancelledError) for answer in answers]
    assert lost == [True, False, False, True, False, False]


async def test_closed_it_leaves_no_process(benches: list[Bench], jobs: list[Job]) -> None:
    both = Crew(benches)
    await asyncio.gather(*(both.ask(job) for job in jobs))
    pids = [bench.worker_pid for bench in benches]
    await both.close()
    assert not any(psutil.pid_exists(pid) for pid in pids if pid)

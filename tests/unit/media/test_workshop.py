"""The worker process may die, hang or be replaced; the relay's side goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from console.media.limits import DATA_BYTES, MEMORY_BYTES
from console.media.workshop import Workshop
from console.wire.errors import Code, Refusal
from tests.helpers.pictures import corners, encoded

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
async def workshop():  # type: ignore[no-untyped-def]
    made = Workshop()
    yield made
    await made.close()


def a_job(folder: Path, data: bytes, name: str = "a") -> tuple[Path, Path]:
    source, target = folder / name, folder / f"{name}-renditions"
    source.write_bytes(data)
    target.mkdir()
    return source, target


def limits_of(pid: int) -> tuple[str, str, str]:
    """The kernel's lines on address space, data and processor time of a process."""
    limits = Path(f"/proc/{pid}/limits")
    if not limits.exists():
        pytest.skip("no /proc here")
    lines = limits.read_text().splitlines()
    wanted = ("Max address space", "Max data size", "Max cpu time")
    found = [next(line for line in lines if line.startswith(name)) for name in wanted]
    return found[0], found[1], found[2]


async def test_a_photo_is_processed_in_another_process(workshop, tmp_path):
    facts = await workshop.take(*a_job(tmp_path, encoded(corners(), "JPEG")))
    assert facts.width == 400
    assert workshop.quick.worker_pid not in {None, os.getpid()}


async def test_the_worker_is_kept_for_the_next_photo(workshop, tmp_path):
    await workshop.take(*a_job(tmp_path, encoded(corners(), "JPEG"), "a"))
    first = workshop.quick.worker_pid
    await workshop.take(*a_job(tmp_path, encoded(corners(), "PNG"), "b"))
    assert workshop.quick.worker_pid == first


async def test_a_refused_photo_leaves_the_worker_at_work(workshop, tmp_path):
    with pytest.raises(Refusal) as caught:
        await workshop.take(*a_job(tmp_path, b"nothing", "a"))
    assert caught.value.code is Code.MEDIA_TYPE
    facts = await workshop.take(*a_job(tmp_path, encoded(corners(), "JPEG"), "b"))
    assert facts.height == 300


async def test_a_worker_that_died_is_replaced(workshop, tmp_path):
    await workshop.take(*a_job(tmp_path, encoded(corners(), "JPEG"), "a"))
    first = workshop.quick.worker_pid
    # Looked up while it lives: once dead it may be gone before anybody can ask for it.
    worker = psutil.Process(first)
    os.kill(first, signal.SIGKILL)
    psutil.wait_procs([worker], timeout=60)
    outcomes = []
    for name in ("b", "c"):
        try:
            await workshop.take(*a_job(tmp_path, encoded(corners(), "JPEG"), name))
            outcomes.append("ok")
        except Refusal as refusal:
            outcomes.append(refusal.code)
    # The death may be noticed only over the next photo, never over the one after.
    assert outcomes[1] == "ok"
    assert workshop.quick.worker_pid != first


async def test_a_worker_that_hangs_is_killed_and_the_photo_refused(tmp_path):
    workshop = Workshop(patience_s=0.2)
    try:
        source, target = a_job(tmp_path, b"")
        source.unlink()
        # Reading a pipe nobody writes to hangs like a decoder that never ends.
        os.mkfifo(source)
        with pytest.raises(Refusal) as caught:
            await workshop.take(source, target)
        assert caught.value.code is Code.MEDIA_BROKEN
        assert workshop.quick.worker_pid is None
    finally:
        await workshop.close()


async def test_a_file_that_cannot_be_read_leaves_the_worker_at_work(workshop, tmp_path):
    await workshop.take(*a_job(tmp_path, encoded(corners(), "JPEG"), "a"))
    first = workshop.quick.worker_pid
    source, target = a_job(tmp_path, b"", "b")
    source.unlink()
    with pytest.raises(Refusal) as caught:
        await workshop.take(source, target)
    assert caught.value.code is Code.MEDIA_BROKEN
    assert workshop.quick.worker_pid == first


async def test_the_worker_is_replaced_after_its_share_of_photos(workshop, tmp_path):
    workshop.quick.jobs_per_worker = 2
    pids = []
    for name in "abc":
        await workshop.take(*a_job(tmp_path, encoded(corners(40, 30), "PNG"), name))
        pids.append(workshop.quick.worker_pid)
    assert pids[0] is not None
    assert pids[1] is None
    assert pids[2] not in {None, pids[0]}


async def test_the_worker_cannot_grow_beyond_its_limit(workshop, tmp_path):
    await workshop.take(*a_job(tmp_path, encoded(corners(), "JPEG")))
    memory, data, processor = limits_of(workshop.quick.worker_pid)
    assert str(MEMORY_BYTES) in memory
    assert str(DATA_BYTES) in data
    assert "unlimited" not in processor.split()[3]


def test_a_worker_ends_when_its_processor_time_is_used_up():
    spinning = "from console.media.limits import allow\nallow(0.1)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", spinning], check=False, timeout=60)
    assert ended.returncode == -signal.SIGPROF


async def test_closing_leaves_no_worker(tmp_path):
    workshop = Workshop()
    await workshop.take(*a_job(tmp_path, encoded(corners(), "JPEG")))
    pid = workshop.quick.worker_pid
    await workshop.close()
    assert not psutil.pid_exists(pid)

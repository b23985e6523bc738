"""Parts on disk: what came is kept, what is too much is refused, what is old goes."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from console.media.jobs import MAX_UPLOAD_BYTES
from console.relay.uploads import OPEN_PER_OWNER, UNFINISHED_S, Owner, UploadPlan, Uploads
from console.wire.errors import Code, Refusal

BYTES = bytes(range(256)) * 40
NAME = "0193-upload-1"


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads")


def a_plan(
    client_id: str = NAME, owner: int = 1, size: int = len(BYTES), sha256: str = ""
) -> UploadPlan:
    return UploadPlan(client_id, "member", owner, size, sha256)


async def pieces(*parts: bytes, broken: bool = False) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    if broken:
        raise ConnectionResetError


async def test_an_upload_goes_on_where_the_line_broke(uploads, tmp_path):
    plan = a_plan()
    assert uploads.begin(plan, 0) == 0
    with pytest.raises(ConnectionResetError):
        await uploads.append(plan, 0, pieces(BYTES[:3000], broken=True))
    again = Uploads(tmp_path / "uploads")
    assert again.begin(plan, 0) == 3000
    assert await again.append(plan, 3000, pieces(BYTES[3000:5000], BYTES[5000:])) == len(BYTES)
    assert again.part(plan).read_bytes() == BYTES


async def test_two_requests_cannot_write_to_one_upload(uploads):
    plan = a_plan()
    uploads.begin(plan, 0)
    with uploads.alone(plan):
        with pytest.raises(Refusal) as caught, uploads.alone(plan):
            pass
        assert caught.value.code is Code.BUSY
        with uploads.alone(a_plan("another-upload")):
            pass
    with uploads.alone(plan):
        pass


async def test_a_wrong_offset_is_answered_with_the_right_one(uploads):
    plan = a_plan()
    uploads.begin(plan, 0)
    await uploads.append(plan, 0, pieces(BYTES[:100]))
    with pytest.raises(Refusal) as caught:
        await uploads.append(plan, 50, pieces(BYTES[50:]))
    assert (caught.value.code, caught.value.parameters) == (Code.UPLOAD_OFFSET, {"offset": 100})
    assert uploads.offset(plan) == 100


async def test_more_bytes_than_announced_are_refused_and_not_kept(uploads):
    plan = a_plan(size=100)
    uploads.begin(plan, 0)
    with pytest.raises(Refusal) as caught:
        await uploads.append(plan, 0, pieces(bytes(60), bytes(60)))
    assert caught.value.code is Code.UPLOAD_TOO_LARGE
    assert uploads.offset(plan) <= 100


@pytest.mark.parametrize("size", [0, -1, MAX_UPLOAD_BYTES + 1])
def test_impossible_sizes_are_refused(uploads, size):
    with pytest.raises(Refusal) as caught:
        uploads.begin(a_plan(size=size), 0)
    assert caught.value.code is Code.UPLOAD_TOO_LARGE


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "a/b/c/d/e/f", "a" * 65, "\0" * 9])
def test_a_name_that_is_none_finds_nothing(uploads, name):
    with pytest.raises(Refusal) as caught:
        uploads.begin(a_plan(client_id=name), 0)
    assert caught.value.code is Code.NOT_FOUND


def test_anothers_upload_cannot_be_found_by_its_name(uploads):
    uploads.begin(a_plan(owner=1), 0)
    with pytest.raises(Refusal) as caught:
        uploads.find(Owner("member", 2), NAME)
    assert caught.value.code is Code.NOT_FOUND
    assert uploads.begin(a_plan(owner=2, size=5), 0) == 0
    assert uploads.find(Owner("member", 1), NAME).size == len(BYTES)


def test_one_owner_cannot_open_uploads_without_end(uploads):
    for number in range(OPEN_PER_OWNER):
        uploads.begin(a_plan(f"upload-{number:04}"), 0)
    with pytest.raises(Refusal) as caught:
        uploads.begin(a_plan("one-too-many"), 0)
    assert caught.value.code is Code.UPLOAD_QUOTA
    assert uploads.begin(a_plan("anothers-upload", owner=2), 0) == 0


def test_what_is_stored_counts_against_the_quota(uploads):
    with pytest.raises(Refusal) as caught:
        uploads.begin(a_plan(), 500_000_000)
    assert caught.value.code is Code.UPLOAD_QUOTA


async def test_a_whole_upload_with_another_hash_is_forgotten(uploads):
    right = a_plan("right-hash", sha256=hashlib.sha256(BYTES).hexdigest())
    wrong = a_plan("wrong-hash", sha256="0" * 64)
    for plan in (right, wrong):
        uploads.begin(plan, 0)
        await uploads.append(plan, 0, pieces(BYTES))
    await uploads.check_whole(right)
    with pytest.raises(Refusal) as caught:
        await uploads.check_whole(wrong)
    assert caught.value.code is Code.MEDIA_BROKEN
    assert uploads.offset(wrong) == 0


def test_the_same_name_for_another_file_is_a_conflict(uploads):
    uploads.begin(a_plan(), 0)
    with pytest.raises(Refusal) as caught:
        uploads.begin(a_plan(size=7), 0)
    assert caught.value.code is Code.CONFLICT


def test_only_what_nobody_continues_is_collected(uploads):
    old, new = a_plan("old-upload"), a_plan("new-upload")
    for plan in (old, new):
        uploads.begin(plan, 0)
    part = uploads.part(old)
    stamp = part.stat().st_mtime - UNFINISHED_S - 5
    os.utime(part, (stamp, stamp))
    assert uploads.collect() == 2
    assert uploads.begin(new, 0) == 0
    with pytest.raises(Refusal):
        uploads.find(Owner("member", 1), "old-upload")


def test_who_promises_much_and_sends_nothing_keeps_nobody_out(uploads):
    for owner in range(1, 12):
        for number in range(20):
            uploads.begin(a_plan(f"promised-{number}", owner, size=MAX_UPLOAD_BYTES), 0)
    assert uploads.begin(a_plan("honest-one", owner=99), 0) == 0
    assert uploads.begin(UploadPlan("of-the-shop", "staff", 1, 100), 0) == 0


async def test_what_members_left_half_done_leaves_room_for_staff(uploads, monkeypatch):
    limits = {"member": 2 * len(BYTES) + 1, "staff": 10**9}
    monkeypatch.setattr("console.relay.uploads.OPEN_TOTAL_BYTES", limits)
    for owner in (1, 2):
        plan = a_plan(owner=owner, size=len(BYTES) + 1)
        uploads.begin(plan, 0)
        await uploads.append(plan, 0, pieces(BYTES))
    with pytest.raises(Refusal) as caught:
        uploads.begin(a_plan(owner=3), 0)
    assert caught.value.code is Code.UPLOAD_QUOTA
    assert uploads.begin(UploadPlan("of-the-shop", "staff", 1, 100), 0) == 0
    uploads.forget(a_plan(owner=1, size=len(BYTES) + 1))
    assert uploads.begin(a_plan(owner=3), 0) == 0


async def test_a_disk_that_fills_up_while_bytes_come_is_said_plainly(uploads):
    plan = a_plan()
    uploads.begin(plan, 0)

    async def full() -> AsyncIterator[bytes]:
        yield BYTES[:100]
        raise OSError(errno.ENOSPC, "no space left")

    with pytest.raises(Refusal) as caught:
        await uploads.append(plan, 0, full())
    assert caught.value.code is Code.UPLOAD_QUOTA
    assert uploads.offset(plan) == 100

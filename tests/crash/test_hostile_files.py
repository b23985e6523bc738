"""A short, seeded cut of hostile files (``dev.py soak hostile_files`` puts all 300)."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from console.media.workshop import Workshop
from console.ui import reasons
from console.wire.errors import Code, Refusal
from soak import children, hostile_files
from soak.children import Meter
from soak.hostile import differs
from soak.hostile import hostile_files as all_files
from soak.hostile_parts import Grid, encoded, grid_heic, quarters
from soak.hostile_pictures import BROKEN, LARGE, TAKEN, TYPE, UNREADABLE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and sockets in folders")


async def test_hostile_files_are_named_or_taken_right_and_good_ones_between_go_on() -> None:
    verdict = await hostile_files.run(80, seed=2, heavy=False)
    assert verdict.wrong == []
    counts = [verdict.facts[each] for each in (TAKEN, TYPE, BROKEN, LARGE, UNREADABLE)]
    assert sum(counts) == 80
    assert min(counts) >= 5
    assert verdict.facts["honest"] == 8


@pytest.mark.parametrize("code", [TYPE, BROKEN, LARGE])
def test_every_reason_has_a_sentence_of_its_own(code: str) -> None:
    limits = {"megabytes": 25, "megapixels": 50}
    assert reasons.sentence(code, limits) != reasons.sentence("?", limits).replace("?", code)


def test_there_are_three_hundred_different_files_the_same_for_every_run() -> None:
    first = [file.name for file in itertools.islice(all_files(1, heavy=False), 300)]
    assert len(set(first)) == 300
    assert first == [file.name for file in itertools.islice(all_files(1, heavy=False), 300)]


async def test_a_heic_of_200_megapixels_is_refused_with_the_limit(tmp_path: Path) -> None:
    source, target = tmp_path / "IMG_0001.HEIC", tmp_path / "target"
    source.write_bytes(grid_heic(Grid(24, 34, says=(12_000, 17_000))))
    target.mkdir()
    workshop = Workshop()
    try:
        with pytest.raises(Refusal) as caught:
            await workshop.take(source, target)
    finally:
        await workshop.close()
    assert caught.value.code is Code.UPLOAD_TOO_LARGE
    assert "50" in reasons.sentence(caught.value.code, caught.value.parameters)


def test_a_wrong_picture_is_told_from_the_right_one(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.jpg", tmp_path / "wrong.jpg"
    right.write_bytes(encoded(quarters(), "JPEG"))
    wrong.write_bytes(encoded(quarters().rotate(180), "JPEG"))
    assert differs(right) == ""
    assert differs(wrong) != ""


@pytest.mark.skipif(not children.available(), reason="no figures of processes here")
def test_the_memory_and_time_of_a_child_are_measured() -> None:
    meter = Meter()
    meter.begin()
    work = "held = b'x' * 100_000_000\nfor _ in range(5_000_000): pass"
    subprocess.run([sys.executable, "-c", work], check=True)
    meter.end()
    assert 100_000_000 < meter.child_peak < 200_000_000
    assert meter.child_s > 0.05

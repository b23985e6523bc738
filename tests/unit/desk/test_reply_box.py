"""What the reply box asks the desk for before anything is sent, on a real replica and outbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.desk.types import MediumLook, PhotoItem
from console.sync import uploads
from console.wire.errors import Code, Refusal
from tests.unit.desk.test_writing import Shop, shop

__all__ = ["shop"]
SHANGHAI = ZoneInfo("Asia/Shanghai")


async def test_a_file_that_is_too_large_is_refused_before_anything_is_made_of_it(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 1_000_000)
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(1_000_001)
    with pytest.raises(Refusal) as refused:
        await shop.desk.look(film)
    assert refused.value.code == Code.UPLOAD_TOO_LARGE
    assert refused.value.parameters["megabytes"] == 1
    film.write_bytes(b"short")
    assert await shop.desk.look(film) == MediumLook()
    with pytest.raises(FileNotFoundError):
        await shop.desk.look(tmp_path / "gone.mp4")


async def test_times_for_later_know_the_shops_hours_and_what_was_chosen_by_hand(
    shop: Shop,
) -> None:
    await shop.settle()
    now = datetime.now(SHANGHAI).replace(hour=12, minute=0, second=0, microsecond=0)
    first = await shop.desk.later_choices(now)
    assert [each.kind for each in first] == ["hour", "evening", "opening"]
    real = datetime.now(SHANGHAI).replace(second=0, microsecond=0)
    await shop.desk.remember_later(real.replace(hour=16, minute=45) + timedelta(days=2))
    used = (await shop.desk.later_choices(now))[-1]
    assert (used.kind, used.at.hour, used.at.minute) == ("used", 16, 45)
    assert used.at.date() == now.date() + timedelta(days=2)


async def test_pictures_of_a_quick_reply_are_copied_and_those_elsewhere_left_out(
    shop: Shop, tmp_path: Path
) -> None:
    chart = tmp_path / "chart"
    chart.write_bytes(b"chart")
    await shop.console.hang_up()
    photos = [PhotoItem(path=str(chart)), PhotoItem(media_id=404)]
    assert await shop.desk.copies(photos) == [b"chart"]


async def test_emoji_chosen_lately_are_remembered(shop: Shop) -> None:
    await shop.desk.remember_emoji("👗")
    assert await shop.desk.emoji_used() == ["👗"]

"""Opt-out words, receipts, recall windows, previews and held stock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.domain.consent import is_opt_out
from console.domain.conversations import PREVIEW_CHARS, preview_text
from console.domain.holds import can_reserve, stock_after_sale
from console.domain.recall import in_time
from console.domain.receipts import clamp_seen, grown

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    ["退订", " td ", "ＴＤ", "T", "t", "取消订阅", "Unsubscribe", "UNSUBSCRIBE\n", "　退订　"],
)
def test_a_whole_message_that_says_so_opts_out(body: str) -> None:
    assert is_opt_out(body)


@pytest.mark.parametrize(
    "body", ["不要退订", "退订吗", "TD L", "t恤", "please unsubscribe me", "", "退 订"]
)
def test_a_word_inside_a_message_does_not(body: str) -> None:
    assert not is_opt_out(body)


def test_positions_only_grow_and_never_pass_the_end() -> None:
    assert grown(3, 2, 10) == 3
    assert grown(3, 7, 10) == 7
    assert grown(3, 99, 10) == 10
    assert grown(3, -5, 10) == 3


def test_a_phones_time_is_believed_between_writing_and_receiving() -> None:
    sent = NOW - timedelta(hours=2)
    assert clamp_seen(NOW - timedelta(hours=1), sent, NOW) == NOW - timedelta(hours=1)
    assert clamp_seen(NOW - timedelta(days=9), sent, NOW) == sent
    assert clamp_seen(NOW + timedelta(days=9), sent, NOW) == NOW
    assert clamp_seen(None, sent, NOW) == NOW


def test_a_clock_that_went_back_reads_nothing_before_it_was_written() -> None:
    sent = NOW + timedelta(hours=1)
    assert clamp_seen(NOW, sent, NOW) == sent


def test_members_recall_within_two_minutes_and_staff_within_a_day() -> None:
    assert in_time("member", NOW - timedelta(seconds=120), NOW)
    assert not in_time("member", NOW - timedelta(seconds=121), NOW)
    assert in_time("staff", NOW - timedelta(hours=24), NOW)
    assert not in_time("staff", NOW - timedelta(hours=24, seconds=1), NOW)


def test_a_preview_is_one_short_line() -> None:
    assert preview_text(" 第一行\n第二行 ") == "第一行 第二行"
    assert len(preview_text("长" * 500)) == PREVIEW_CHARS


def test_exactly_what_is_not_kept_can_be_reserved() -> None:
    assert can_reserve(3, 1, 2)
    assert not can_reserve(3, 1, 3)
    assert not can_reserve(3, 3, 1)
    assert not can_reserve(3, 0, 0)
    assert not can_reserve(3, 0, -1)


def test_a_sale_is_a_fact_even_when_the_count_was_wrong() -> None:
    assert stock_after_sale(5, 2) == 3
    assert stock_after_sale(1, 2) == 0

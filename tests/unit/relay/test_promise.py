"""The promise of a reply rests on what happened, or is not made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from console.domain.hours import Hours
from console.relay.promise import Head, first_reply_waits, reply_seconds

SHANGHAI = Hours.daily("Asia/Shanghai", opens=600, closes=1290)
NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
"""Twelve o'clock in Shanghai."""
NOW = NOON + timedelta(days=1)


def heads(*steps: tuple[str, float], conversation: int = 1, start: datetime = NOON) -> list[Head]:
    """Messages of one conversation: who, and minutes after ``start``."""
    return [Head(conversation, who, start + timedelta(minutes=at)) for who, at in steps]


def test_a_wait_runs_from_the_first_unanswered_message_to_the_first_reply():
    chat = heads(("member", 0), ("member", 3), ("staff", 5), ("staff", 6), ("member", 10),
                 ("staff", 11))  # fmt: skip
    assert first_reply_waits(chat, SHANGHAI, NOW) == [300, 60]


def test_words_of_the_program_answer_nobody():
    chat = heads(("member", 0), ("system", 1), ("staff", 4))
    assert first_reply_waits(chat, SHANGHAI, NOW) == [240]


def test_what_was_never_answered_counts_as_long_as_it_waits():
    chat = heads(("member", 0)) + heads(("member", 0), ("staff", 1), conversation=2)
    assert first_reply_waits(chat, SHANGHAI, NOW) == [24 * 3600, 60]


def test_messages_outside_opening_hours_do_not_count():
    night = NOON + timedelta(hours=11)
    chat = heads(("member", 0), ("staff", 600), start=night)
    assert first_reply_waits(chat, SHANGHAI, NOW + timedelta(days=1)) == []


def test_messages_on_a_day_off_do_not_count():
    monday_off = Hours("Asia/Shanghai", ((), *SHANGHAI.week[1:]))
    assert first_reply_waits(heads(("member", 0), ("staff", 5)), monday_off, NOW) == []


def test_too_few_samples_make_no_promise():
    assert reply_seconds([60.0] * 19) is None
    assert reply_seconds([60.0] * 20) == 60
    assert reply_seconds([10.0] * 10 + [50.0] + [90.0] * 10) == 50

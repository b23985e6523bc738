"""Mechanisms of campaigns, each switched off on purpose: what their tests must not survive."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from console.domain import audiences, campaigns
from console.relay.handlers import (
    campaign_audience,
    campaign_recalls,
    campaign_sending,
    campaign_series,
    receipts,
    tallies,
    taps,
)
from console.relay.handlers import campaigns as moves
from console.store import projection, tables
from console.wire.campaign_rows import CampaignRow


def nobody_is_asked_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(audiences, "objection_now", lambda *_, **__: "")


def the_cap_is_not_asked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaign_sending, "used", lambda *_: {})


def messages_leave_without_their_recipients(patch: pytest.MonkeyPatch) -> None:
    flush = campaign_sending.Slice._flush

    def forget(self: Any) -> None:
        flush(self)
        ids = [each.id for each, _ in self.posts]
        self.tx.update(tables.recipient, [{"id": row_id, "state": "pending"} for row_id in ids])

    patch.setattr(campaign_sending.Slice, "_flush", forget)


def recipients_are_written_without_a_message(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaign_sending, "post", lambda _, posts: range(len(posts)))


def cancelled_ones_stay_open(patch: pytest.MonkeyPatch) -> None:
    def stop(tx: Any, row: Any, state: Any, **more: Any) -> None:
        tx.change(tables.campaign, row.id, state=state.value, **more)

    patch.setattr(moves, "stop", stop)


def done_does_not_wait_for_the_deferred(patch: pytest.MonkeyPatch) -> None:
    def done(self: Any, **_: Any) -> None:
        self.tx.change(
            tables.campaign, self.row.id, state="done", next_at=None,
            counts=audiences.moved(self.row.counts, self.steps),
        )  # fmt: skip

    patch.setattr(campaign_sending.Slice, "_go_on", done)


def over_the_cap_is_dropped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaigns, "MAX_DEFERRED", timedelta(0))


def the_night_is_like_the_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaigns, "is_quiet", lambda *_: False)


def what_was_slept_over_leaves_in_silence(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaigns, "is_late", lambda *_: False)


def nothing_can_be_undone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaigns, "UNDO", timedelta(0))


def the_last_variant_wins(patch: pytest.MonkeyPatch) -> None:
    choose = audiences.choose
    patch.setattr(audiences, "choose", lambda choices, *given: choose(choices[::-1], *given))


def copies_keep_their_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaign_recalls, "_erase_messages", lambda *_: None)


def a_recalled_campaign_keeps_its_own_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaign_recalls, "_empty", lambda variant: variant)


def previews_keep_recalled_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaign_recalls, "_refresh_previews", lambda *_: None)


def readers_are_not_told(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaign_recalls, "_correct", lambda *_, **__: None)


def it_is_sent_again_to_everybody(patch: pytest.MonkeyPatch) -> None:
    recipient = tables.recipient
    patch.setattr(campaign_audience, "_left_over", lambda _: select(recipient.c.member_id))


def reading_is_not_noted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(receipts, "note_reports", lambda *_: None)


def writing_moves_no_sums(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tallies, "note_states", lambda *_: None)


def reading_moves_no_sums(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tallies, "_add_read", lambda *_: None)


def whoever_reads_is_a_reader_once_more(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tallies, "_known", lambda *_: {})


def nobody_is_followed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tallies, "followed", lambda *_: nullcontext())


def the_clock_is_never_set_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tallies, "blamed_later", lambda *_: [])


def a_series_begins_whenever_it_is_looked_at(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaign_series.campaigns, "last_slot", lambda *given: given[2])


def every_tap_counts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(taps, "_known", lambda *_: 0)


def campaigns_reach_members(patch: pytest.MonkeyPatch) -> None:
    scope = projection.member_scope
    patch.setattr(
        projection,
        "member_scope",
        lambda row: "self" if isinstance(row, CampaignRow) else scope(row),
    )

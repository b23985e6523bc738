"""The relay's sums of campaigns and readers, counted again in plain loops over exported rows."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from tests.helpers.relay_world import World

DAY_MS, WEEK_MS, HOUR_MS, DAYS_3 = 86_400_000, 7 * 86_400_000, 3_600_000, 3 * 86_400_000
_MINUTES = (0, 1, 5, 15, 30, 60, 120, 240, 480, 720, 1_440, 2_160, 2_880, 4_320)
BOUNDS = sorted({*(each * 60_000 for each in _MINUTES),
                 *(DAYS_3 * place * place // 14_400 for place in range(121))})  # fmt: skip


def check_tallies(world: World) -> None:
    """What the relay kept in step is what the rows themselves say."""
    rows = {
        name: [dict(row) for row in world.query(f"select * from {name}")]
        for name in ("recipient", "message", "participant", "consent", "campaign", "shop",
                     "campaign_tally", "readership")
    }  # fmt: skip
    assert _kept(rows) == counted(rows), "a campaign's sums are not those of its recipients"
    assert _kept_spans(rows) == readers(rows), "readers of an hour or a month"


def _kept(rows: dict[str, list[dict[str, Any]]]) -> dict[tuple[int, str], dict[str, Any]]:
    found = {}
    for row in rows["campaign_tally"]:
        numbers = {name: n for name, n in row.items() if isinstance(n, int) and n
                   and name not in {"id", "rev", "campaign_id"}}  # fmt: skip
        numbers |= {f"state {name}": n for name, n in json.loads(row["states"]).items()}
        numbers |= {f"within {BOUNDS[place]}": n
                    for place, n in enumerate(json.loads(row["read_within"])) if n}  # fmt: skip
        for name in ("answered_within", "read_answered_within"):
            numbers |= {f"{name} {day}": n for day, n in enumerate(json.loads(row[name])) if n}
        if numbers:
            found[row["campaign_id"], row["variant"]] = numbers
    return found


def counted(rows: dict[str, list[dict[str, Any]]]) -> dict[tuple[int, str], dict[str, Any]]:
    """Of each campaign and variant, what is not zero."""
    found: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    messages = {row["id"]: row for row in rows["message"]}
    for row in rows["recipient"]:
        mine = found[row["campaign_id"], row["variant"]]
        mine["audience"] += 1
        mine[f"state {row['state']}" + (f":{row['reason']}" if row["reason"] else "")] += 1
        written, read, replied = row["written_at"], row["read_at"], row["replied_at"]
        if written is None:
            continue
        mine["written"] += 1
        mine["delivered"] += read is not None or _came(messages.get(row["message_id"]), rows)
        mine["replied"] += replied is not None
        day = next((day for day in range(30) if replied is not None
                    and written <= replied <= written + (day + 1) * DAY_MS), None)  # fmt: skip
        if day is not None:
            mine[f"answered_within {day}"] += 1
            mine[f"read_answered_within {day}"] += read is not None
        if read is not None:
            mine["read"] += 1
            mine["silent"] += replied is None
            bound = next((each for each in BOUNDS if read - written <= each), None)
            if bound is not None:
                mine[f"within {bound}"] += 1
    for place, left in _opted_out(rows).items():
        found[place]["opted_out"] += len(left)
    return {place: {name: n for name, n in mine.items() if n} for place, mine in found.items()}


def _came(message: dict[str, Any] | None, rows: dict[str, list[dict[str, Any]]]) -> bool:
    return message is not None and any(
        row["member_id"] is not None and row["conversation_id"] == message["conversation_id"]
        and max(row["delivered_seq"], row["read_seq"]) >= message["seq"]
        for row in rows["participant"]
    )  # fmt: skip


def _opted_out(rows: dict[str, list[dict[str, Any]]]) -> dict[tuple[int, str], set[int]]:
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    for said in rows["consent"]:
        if said["purpose"] != "marketing" or said["granted"]:
            continue
        got = [row for row in rows["recipient"] if row["counted"]
               and row["member_id"] == said["member_id"]
               and said["at"] - WEEK_MS <= row["written_at"] <= said["at"]]  # fmt: skip
        if got:
            last = max(got, key=lambda row: (row["written_at"], row["campaign_id"]))
            found[last["campaign_id"], last["variant"]].add(said["member_id"])
    return found


def _kept_spans(rows: dict[str, list[dict[str, Any]]]) -> dict[tuple[int, str], tuple[int, int]]:
    return {(row["shop_id"], row["span"]): (row["readers"], row["unprompted"])
            for row in rows["readership"] if row["readers"]}  # fmt: skip


def readers(rows: dict[str, list[dict[str, Any]]]) -> dict[tuple[int, str], tuple[int, int]]:
    """By shop and span of its clock: who read, and who read unprompted, each once."""
    zones = {row["id"]: ZoneInfo(row["timezone"]) for row in rows["shop"]}
    shops = {row["id"]: row["shop_id"] for row in rows["campaign"]}
    every: dict[tuple[int, str], set[int]] = defaultdict(set)
    alone: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in rows["recipient"]:
        if not row["counted"] or row["read_at"] is None:
            continue
        shop = shops[row["campaign_id"]]
        at = datetime.fromtimestamp(row["read_at"] / 1_000, UTC).astimezone(zones[shop])
        hour, month = f"{at:%Y-%m-%dT%H}", f"{at:%Y-%m}"
        every[shop, hour].add(row["member_id"])
        every[shop, month].add(row["member_id"])
        if row["read_at"] - row["written_at"] > HOUR_MS:
            alone[shop, hour].add(row["member_id"])
    return {span: (len(who), len(alone[span])) for span, who in every.items()}

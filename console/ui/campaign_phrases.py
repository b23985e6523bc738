"""What is said about campaigns: states, counts, reasons, in the language spoken now.

Items are ``desk.campaign_types`` values, read by their fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from console.domain import audiences
from console.domain.templates import fields_in
from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate


def title(item: Any) -> str:
    """Its name, or that it has none yet."""
    return item.draft.title or translate("Campaigns", "Untitled campaign")


def state(item: Any) -> str:
    """Where it stands, in a word or two."""
    if item.recalled_at is not None:
        return translate("Campaigns", "Recalled")
    if item.brought_back_at is not None:
        return translate("Campaigns", "Stopped: decide")
    if item.state == "scheduled" and item.draft.weekly is not None:
        return translate("Campaigns", "Weekly")
    return {
        "draft": translate("Campaigns", "Draft"),
        "frozen": translate("Campaigns", "To be confirmed"),
        "scheduled": translate("Campaigns", "Scheduled"),
        "late": translate("Campaigns", "Late: decide"),
        "sending": translate("Campaigns", "Sending"),
        "paused": translate("Campaigns", "Paused"),
        "done": translate("Campaigns", "Sent"),
        "cancelled": translate("Campaigns", "Cancelled"),
    }[item.state]


def erased() -> str:
    """Why a campaign that was taken back shows nothing."""
    return translate("Campaigns", "Taken back: its words and photos are erased.")


def state_kind(item: Any) -> str:
    """The kind of pill for its state."""
    if item.recalled_at is not None or item.state in {"late", "paused", "frozen"}:
        return "warn"
    return "accent"


def counts(item: Any) -> str:
    """How many got it, and what they did; how many wait."""
    found, said = item.counts, []
    written = found.get("written", 0)
    if written:
        said.append(translate("Campaigns", "sent to {n}").format(n=written))
        read = found.get("read", 0)
        words = translate("Campaigns", "read by {n} ({percent} %)")
        said.append(words.format(n=read, percent=round(100 * read / written)))
        said.append(translate("Campaigns", "answered by {n}").format(n=found.get("replied", 0)))
        said += claims(item)
    waiting = audiences.to_receive(found, defer=item.draft.defer)
    if waiting:
        said.append(translate("Campaigns", "{n} to go").format(n=waiting))
    return " · ".join(said)


def claims(item: Any) -> list[str]:
    """How many claimed what it offers, and used it."""
    if item.draft.offer is None:
        return []
    claimed, redeemed = item.counts.get("claimed", 0), item.counts.get("redeemed", 0)
    words = translate("Campaigns", "claimed {n} of {all}")
    said = [words.format(n=claimed, all=item.draft.offer.quantity)]
    if redeemed:
        said.append(translate("Campaigns", "redeemed {n}").format(n=redeemed))
    return said


def kind(item: Any) -> str:
    """What kind of campaign it is, "" for a plain one."""
    return {
        "resend": translate("Campaigns", "Sent again"),
        "occurrence": translate("Campaigns", "From a weekly one"),
        "correction": translate("Campaigns", "Correction"),
    }.get(item.kind, "")


def below(item: Any, clock: ShopClock) -> str:
    """The second line of its row."""
    parts = [kind(item), _dated(item, clock), counts(item)]
    if item.state == "draft":
        photos = sum(len(each.photos) for each in item.draft.variants)
        words = next((each.body for each in item.draft.variants if each.body), "")
        if photos:
            parts.append(counted(photos, translate("Campaigns", "1 photo"),
                                 translate("Campaigns", "{n} photos")))  # fmt: skip
        parts.append(spelled(words))
    return " · ".join(part for part in parts if part)


def _dated(item: Any, clock: ShopClock) -> str:
    if item.finished_at is None and item.next_at is not None:
        return moment(item.next_at, clock)
    return phrases.list_time(item.finished_at or item.at, clock)


def reason(name: str, percent: int = 0) -> str:
    """Why somebody does not receive it; ``percent`` are held out, 0 where that is not known."""
    held = translate("Campaigns", "Holdout")
    if percent:
        held = translate("Campaigns", "Holdout {n} %").format(n=percent)
    return {
        audiences.NOT_JOINED: translate("Campaigns", "Not joined yet"),
        audiences.NO_CHANNEL: translate("Campaigns", "No way to reach her"),
        audiences.OPTED_OUT: translate("Campaigns", "Opted out"),
        audiences.BLOCKED: translate("Campaigns", "Blocked"),
        audiences.CAP: translate("Campaigns", "Enough this week"),
        audiences.HOLDOUT: held,
        audiences.NO_VARIANT: translate("Campaigns", "No version fits"),
        audiences.ERASED: translate("Campaigns", "Erased"),
        audiences.MERGED: translate("Campaigns", "Got it before a merge"),
        audiences.READ: translate("Campaigns", "Read it meanwhile"),
        audiences.REACHED: translate("Campaigns", "Got it by another sending"),
    }.get(name, name)


def recipient(state: str, why: str = "") -> str:
    """What became of a recipient, ``why`` she was passed over."""
    if state == "skipped" or (state == "pending" and why):
        return reason(why)
    return {
        "written": translate("Campaigns", "Got it"),
        "pending": translate("Campaigns", "To go"),
        "deferred": translate("Campaigns", "Next week"),
        "cancelled": translate("Campaigns", "Cancelled"),
    }.get(state, state)


def weekday(day: int) -> str:
    """Monday is 0."""
    return (
        translate("Campaigns", "Monday"), translate("Campaigns", "Tuesday"),
        translate("Campaigns", "Wednesday"), translate("Campaigns", "Thursday"),
        translate("Campaigns", "Friday"), translate("Campaigns", "Saturday"),
        translate("Campaigns", "Sunday"),
    )[day]  # fmt: skip


def moment(at: datetime, clock: ShopClock) -> str:
    """A moment to come: “Today 10:00”, “Tomorrow 10:00”, else the date."""
    local, today = clock.local(at), clock.today()
    hour = f"{local:%H:%M}"
    if local.date() == today:
        return translate("Campaigns", "Today {time}").format(time=hour)
    if local.date() == today + timedelta(days=1):
        return translate("Campaigns", "Tomorrow {time}").format(time=hour)
    return f"{local:%Y-%m-%d} {hour}"


def field(name: str) -> str:
    """What a field is called on its chip."""
    return {
        "name": translate("Campaigns", "Name"),
        "points": translate("Campaigns", "Points"),
        "points_to_coupon": translate("Campaigns", "Points to a coupon"),
        "tier": translate("Campaigns", "Tier"),
        "last_asked": translate("Campaigns", "Asked about"),
        "last_bought": translate("Campaigns", "Bought last"),
        "birthday": translate("Campaigns", "Birthday"),
        "shop": translate("Campaigns", "Shop"),
        "coupon": translate("Campaigns", "Coupon"),
    }.get(name, name)


def scenario(name: str) -> str:
    """The occasion a template is for."""
    return {
        "arrivals": translate("Campaigns", "New arrivals"),
        "promotion": translate("Campaigns", "Promotion"),
        "birthday": translate("Campaigns", "Birthday"),
        "points": translate("Campaigns", "Points"),
        "restock": translate("Campaigns", "Back in stock"),
        "outfit": translate("Campaigns", "Outfits"),
        "question": translate("Campaigns", "Question"),
        "weekend": translate("Campaigns", "Weekend"),
    }.get(name, translate("Campaigns", "Own"))


def variants(found: Mapping[str, int]) -> str:
    """How many get which version."""
    return " · ".join(f"{variant(name)} {count}" for name, count in found.items())


def variant(name: str) -> str:
    """The name of a version."""
    return {
        "women": translate("Campaigns", "Women"), "men": translate("Campaigns", "Men"),
        "A": translate("Campaigns", "Version A"), "B": translate("Campaigns", "Version B"),
        "": translate("Campaigns", "Everybody"),
    }.get(name, name)  # fmt: skip


def spelled(body: str) -> str:
    """Words with their fields called by name: ``亲爱的〔姓名〕``."""
    for name in fields_in(body):
        body = body.replace(f"{{{name}}}", f"〔{field(name)}〕")
    return body

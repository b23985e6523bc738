"""Whole sentences for screen readers: what a painted row or bubble shows at a glance.

Items are ``desk.types`` values, read by their fields as ``phrases`` does.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from console import roles
from console.ui import bubble_phrases, phrases, queue_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate


def conversation(item: Any | None, clock: ShopClock) -> str:
    """Who, when, what, unread, waiting, draft, put off, whose."""
    if item is None:
        return translate("Spoken", "Being read")
    said = [queue_phrases.title(item)]
    if item.last_message_at is not None:
        said.append(phrases.list_time(item.last_message_at, clock))
    said.append(phrases.preview(item))
    if item.preview_queued:
        said.append(translate("Spoken", "waiting to be sent"))
    if item.unread:
        said.append(translate("Spoken", "{n} unread").format(n=item.unread))
    if item.waiting_since is not None:
        said.append(phrases.waiting(clock.since_s(item.waiting_since)))
    if item.has_draft:
        said.append(translate("Spoken", "draft: {text}").format(text=phrases.draft(item)))
    if item.failed:
        said.append(translate("Spoken", "something was not sent"))
    said += _place(item, clock)
    return ". ".join(part for part in said if part)


def _place(item: Any, clock: ShopClock) -> list[str]:
    said = []
    if item.snoozed_until is not None and item.sleeps(clock.now()):
        said.append(queue_phrases.back_at(item.snoozed_until, clock))
    elif item.reminds(clock.now()):
        said.append(queue_phrases.reminder())
    if item.assignee_name:
        said.append(translate("Spoken", "with {name}").format(name=item.assignee_name))
    if item.blocked:
        said.append(translate("Spoken", "blocked"))
    if item.done:
        said.append(translate("Spoken", "done"))
    return said


def line(kind: int, item: Any | None, at: datetime | None, clock: ShopClock) -> str:
    """A row of the timeline: a bubble, or what stands between two."""
    if kind == roles.LINE_DAY and at is not None:
        return phrases.divider(at, clock)
    if kind == roles.LINE_UNREAD:
        return translate("Spoken", "New messages from here")
    if kind == roles.LINE_OLDER:
        return translate("Spoken", "Older messages")
    if kind == roles.LINE_PLACEHOLDER or item is None:
        return translate("Spoken", "A message that is on its way here")
    return message(item, clock)


def message(item: Any, clock: ShopClock) -> str:
    """Who wrote what, when, and how far it came."""
    who = translate("Spoken", "You") if item.mine and not item.sender_name else item.sender_name
    said = [translate("Spoken", "{name}: {words}").format(name=who, words=_words(item))]
    if item.quote is not None:
        said.append(translate("Spoken", "in answer to: {words}").format(words=item.quote.body))
    if item.question is not None:
        said.append(bubble_phrases.asked(item.question, item.answer))
    if item.kind == "scheduled" and item.due_at is not None:
        when = bubble_phrases.moment(item.due_at, clock)
        said.append(translate("Spoken", "to be sent {when}").format(when=when))
    else:
        said.append(phrases.clock_time(item.at, clock))
    said.append(_receipt(item))
    return ". ".join(part for part in said if part)


def _words(item: Any) -> str:
    if item.recalled:
        return translate("Spoken", "took this message back")
    kinds = {
        "voice": translate("Spoken", "voice message"),
        "video": translate("Spoken", "video"),
        "note": translate("Spoken", "note for staff"),
    }
    said = [kinds.get(item.kind, "")]
    if item.photos and item.kind in {"voice", "video"}:
        said.append(bubble_phrases.minutes(item.photos[0].duration_ms))
    elif item.photos:
        said.append(translate("Spoken", "{n} photos").format(n=len(item.photos)))
        said += [phrases.under(photo) for photo in item.photos]
    if item.card is not None:
        said.append(item.card.name)
    if item.offer is not None:
        said.append(translate("Spoken", "coupon: {title}").format(title=item.offer.title))
    return ", ".join(part for part in [*said, item.body] if part)


def _receipt(item: Any) -> str:
    states = {
        "failed": translate("Spoken", "not sent"),
        "queued": translate("Spoken", "waiting to be sent"),
        "sending": translate("Spoken", "being sent"),
        "uploading": translate("Spoken", "being sent"),
    }
    if not item.mine or item.kind in {"note", "scheduled"} or item.recalled:
        return ""
    if item.state != "sent":
        return states[item.state]
    if item.read:
        return translate("Spoken", "read")
    return translate("Spoken", "delivered") if item.delivered else translate("Spoken", "sent")


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say something that nobody asked for, e.g. a new message."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))

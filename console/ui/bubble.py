"""Where everything of one bubble goes: measured once per width, painted many times.

Coordinates are relative to the row.  Reads the attributes of ``MessageItem``; what belongs
to one kind (photos, voice, card, quote) is measured in the module of that kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextLayout

from console.ui import (
    bubble_card,
    bubble_photos,
    bubble_phrases,
    bubble_quote,
    bubble_voice,
    coupon_phrases,
    draw,
    fonts,
    phrases,
    reasons,
    theme,
)
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.text_layout import Links, find_links, lay_out

SIDE: Final = 26.0
AVATAR: Final = 30.0
_GAP, _PAD_X, _PAD_Y = 12.0, 13.0, 9.0
_META_ROOM = 128.0
_MOST = 560.0


@dataclass(slots=True)
class Bubble:
    """The measured parts of one row."""

    height: float = 0.0
    box: QRectF = field(default_factory=QRectF)
    text: QTextLayout | None = None
    text_at: QPointF = field(default_factory=QPointF)
    links: Links = field(default_factory=list)
    head: str = ""
    """A line above everything in the bubble: whose note it is, when it will be sent, a coupon."""
    head_at: QRectF | None = None
    photos: list[QRectF] = field(default_factory=list)
    captions: list[tuple[QRectF, str]] = field(default_factory=list)
    video: QRectF | None = None
    voice: bubble_voice.Voice | None = None
    card: bubble_card.Card | None = None
    quote: bubble_quote.Quote | None = None
    avatar: QRectF | None = None
    name: str = ""
    name_at: QRectF | None = None
    meta: str = ""
    meta_at: QRectF = field(default_factory=QRectF)
    mark: str = ""
    """``sent``, ``read``, ``clock``, or "" for none."""
    notice: str = ""
    """A centred line instead of a bubble (recalled, system)."""
    failure: QTextLayout | None = None
    failure_at: QPointF = field(default_factory=QPointF)
    actions: list[tuple[str, str, QRectF]] = field(default_factory=list)


def measure(
    item: Any, width: int, clock: ShopClock, *, joined: bool = False, me: int = 0
) -> Bubble:
    """Lay out one message at a row width; ``me`` is the staff member who looks at it."""
    bubble = Bubble()
    if item.recalled or (item.sender_kind == "system" and not item.automatic):
        bubble.notice = _notice(item)
        bubble.height = 34.0
        return bubble
    top = 4.0 if joined else _GAP
    limit = max(120.0, min(_MOST, width - 2 * SIDE - AVATAR - 10 - _META_ROOM))
    if not item.mine:
        bubble.avatar = QRectF(SIDE, 0, AVATAR, AVATAR)
    bubble.name = _name(item, me, joined=joined)
    if bubble.name:
        bubble.name_at = QRectF(SIDE, top, width - 2 * SIDE, 18)
        top += 20
    size = _content(bubble, item, limit, clock)
    left = width - SIDE - size[0] if item.mine else SIDE + AVATAR + 10
    bubble.box = QRectF(left, top, *size)
    _shift(bubble, left, top)
    if bubble.avatar is not None:
        bubble.avatar.moveBottom(bubble.box.bottom())
    bubble.height = bubble.box.bottom()
    _meta(bubble, item, clock)
    if item.state == "failed" or item.due in ("missed", "refused"):
        _failure(bubble, item, width)
    elif item.kind == "video" and item.state in ("queued", "uploading"):
        _offer(bubble, (("unsend", translate("Bubble", "Cancel")),), width, bubble.box.bottom() + 5)
    return bubble


def _notice(item: Any) -> str:
    if not item.recalled:
        return str(item.body)
    if item.campaign:
        return translate("Bubble", "A campaign was recalled")
    if item.mine:
        return translate("Bubble", "You took back a message")
    return translate("Bubble", "{name} took back a message").format(name=item.sender_name)


def _name(item: Any, me: int, *, joined: bool) -> str:
    """Who of the shop wrote it, where that is not oneself; a note says so inside."""
    if item.automatic:
        return translate("Bubble", "Automatic answer")
    if item.campaign:
        return translate("Bubble", "Campaign")
    other = item.mine and item.sender_id != me and not joined and item.kind != "note"
    return str(item.sender_name) if other else ""


def _head(item: Any, clock: ShopClock) -> str:
    if item.kind == "note":
        text = translate("Bubble", "Note by {name} · only staff see this")
        return text.format(name=item.sender_name or "?")
    if item.kind == "scheduled" and item.due_at is not None:
        when = bubble_phrases.moment(item.due_at, clock)
        if item.due == "missed":
            return translate("Bubble", "Was to be sent {when}").format(when=when)
        return translate("Bubble", "Will be sent {when}").format(when=when)
    if item.question is not None:
        return bubble_phrases.asked(item.question, item.answer)
    if item.offer is not None:
        until = coupon_phrases.until(item.offer.valid_until, clock)
        text = translate("Bubble", "Coupon: {title} · valid until {until}")
        return text.format(title=item.offer.title, until=until)
    return ""


def _content(bubble: Bubble, item: Any, limit: float, clock: ShopClock) -> tuple[float, float]:
    """Place everything from the bubble's own corner; returns the bubble's size."""
    inner = limit - 2 * _PAD_X
    wide, y = 0.0, _PAD_Y
    bubble.head = _head(item, clock)
    if bubble.head:
        wide = min(inner, draw.width_of(bubble.head, theme.TINY_PX, 600) + 20)
        bubble.head_at = QRectF(_PAD_X, y, wide, 18)
        y += 23
    if item.quote is not None:
        bubble.quote = bubble_quote.place(item.quote, _PAD_X, y, inner)
        wide, y = max(wide, bubble.quote.box.width()), bubble.quote.box.bottom() + 6
    if item.card is not None:
        bubble.card = bubble_card.place(item.card, item.body, _PAD_X, y, inner)
        bubble.text, bubble.text_at = bubble.card.words, bubble.card.words_at
        bubble.links = bubble.card.links
        return max(wide, bubble.card.width) + 2 * _PAD_X, bubble.card.bottom + _PAD_Y
    if item.photos:
        wide = max(wide, _media(bubble, item, y, inner))
        y = _media_bottom(bubble) + (7 if item.body else 0)
    if item.body:
        bubble.links = find_links(item.body)
        laid = lay_out(item.body, inner, fonts.font(theme.BODY_PX), bubble.links)
        bubble.text, text_wide, text_high = laid
        bubble.text_at = QPointF(_PAD_X, y)
        wide, y = max(wide, text_wide), y + text_high
    return wide + 2 * _PAD_X, y + _PAD_Y


def kind_of_media(item: Any) -> str:
    """``voice``, ``video`` or ``photo``: by the bubble's kind, or the file's own type."""
    if item.kind in ("voice", "video"):
        return str(item.kind)
    major = str(item.photos[0].mime).partition("/")[0] if item.photos else ""
    return {"audio": "voice", "video": "video"}.get(major, "photo")


def _media(bubble: Bubble, item: Any, top: float, limit: float) -> float:
    kind = kind_of_media(item)
    if kind == "voice":
        bubble.voice = bubble_voice.place(item.photos[0], _PAD_X, top, limit)
        return bubble.voice.box.width()
    if kind == "video":
        bubble.video = bubble_photos.one(item.photos[0], _PAD_X, top, limit)
        return bubble.video.width()
    placed = bubble_photos.place(item.photos, item.layout, _PAD_X, top, limit)
    bubble.photos, bubble.captions = placed.boxes, placed.captions
    return placed.width


def _media_bottom(bubble: Bubble) -> float:
    parts = [*bubble.photos, *(box for box, _ in bubble.captions)]
    parts += [bubble.video] if bubble.video is not None else []
    parts += [bubble.voice.box] if bubble.voice is not None else []
    return max(box.bottom() for box in parts)


def _shift(bubble: Bubble, left: float, top: float) -> None:
    bubble.text_at += QPointF(left, top)
    boxes = [*bubble.photos, *(box for box, _ in bubble.captions)]
    boxes += [box for box in (bubble.head_at, bubble.video) if box is not None]
    for part in (bubble.voice, bubble.quote, bubble.card):
        boxes += part.boxes if part is not None else []
    for box in boxes:
        box.translate(left, top)
    if bubble.card is not None:
        bubble.card.name_at += QPointF(left, top)


def _meta(bubble: Bubble, item: Any, clock: ShopClock) -> None:
    bubble.meta, bubble.mark = meta_of(item, clock)
    room = {"read": 17.0, "sent": 12.0, "clock": 15.0}.get(bubble.mark, 0.0)
    wide = draw.width_of(bubble.meta, theme.TINY_PX) + room
    at = bubble.box.left() - 11 - wide if item.mine else bubble.box.right() + 11
    bubble.meta_at = QRectF(at, bubble.box.bottom() - 20, wide, 18)


def meta_of(item: Any, clock: ShopClock) -> tuple[str, str]:
    """What stands beside a bubble, and the mark before it."""
    time = phrases.clock_time(item.at, clock)
    if not item.mine:
        return time, ""
    if item.state == "failed" or (item.kind == "scheduled" and item.state == "sent"):
        return "", ""
    if item.state != "sent":
        return _on_its_way(item), "clock"
    if item.kind == "note":
        return time, ""
    if item.read:
        read = item.read_at or item.at
        time = phrases.clock_time(read, clock)
        if clock.local(read).date() != clock.local(item.at).date():
            time = f"{phrases.day_name(read, clock)} {time}"
        return translate("Bubble", "Read {time}").format(time=time), "read"
    if item.delivered:
        return translate("Bubble", "Delivered {time}").format(time=time), "sent"
    return time, "sent"


def _on_its_way(item: Any) -> str:
    if item.state == "uploading":
        percent = round(item.progress * 100)
        return translate("Bubble", "Uploading {n}%").format(n=percent)
    if item.state == "sending":
        return translate("Bubble", "Sending…")
    return translate("Bubble", "Waiting to send")


def _failure(bubble: Bubble, item: Any, width: int) -> None:
    code = item.failure or (f"schedule.{item.due}" if item.due else "")
    sentence = reasons.sentence(code, item.failure_parameters)
    room = min(420.0, width - 2 * SIDE)
    layout, wide, high = lay_out(sentence, room, fonts.font(theme.TINY_PX), line_height=18.0)
    top = bubble.box.bottom() + 5
    bubble.failure, bubble.failure_at = layout, QPointF(width - SIDE - wide, top)
    _offer(bubble, _choices(item), width, top + high + 3)


def _offer(bubble: Bubble, choices: tuple[tuple[str, str], ...], width: int, top: float) -> None:
    right = float(width - SIDE)
    for name, label in choices:
        box = QRectF(0, top, draw.width_of(label, theme.TINY_PX) + 20, 24)
        box.moveRight(right)
        right = box.left() - 8
        bubble.actions.append((name, label, box))
    bubble.height = top + 26


def _choices(item: Any) -> tuple[tuple[str, str], ...]:
    """What can be done about it, from the right."""
    if item.state == "failed":
        return (
            ("discard", translate("Bubble", "Discard")),
            ("retry", translate("Bubble", "Try again")),
        )
    return (
        ("unschedule", translate("Bubble", "Do not send")),
        ("reschedule", translate("Bubble", "Another time…")),
        ("send_now", translate("Bubble", "Send now")),
    )

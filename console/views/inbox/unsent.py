"""What a clerk put into a reply and has not sent, as the reply box holds it.

``begun`` is what of it the desk keeps until the program opens again; ``restored`` the way back.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QPixmap

from console.desk.begun import BegunMedium, BegunReply, FoundReply
from console.desk.types import NewMedium, NewMessage, ProductChoice, VariantChoice
from console.ui import phrases
from console.ui.photo_strip import MOST, ChosenPhoto
from console.ui.recorder import Recording


@dataclass(slots=True, eq=False)
class ChosenVideo:
    """A video, its first look (``None``: none can be had), its length, and our own copy."""

    file: Path
    picture: QPixmap | None = None
    duration_ms: int = 0
    copy: Path | None = None
    name: str = ""

    @property
    def called(self) -> str:
        """What the clerk knows it by."""
        return self.name or self.file.name


@dataclass(frozen=True, slots=True)
class ChosenItem:
    """A product, perhaps in one colour and size."""

    product: ProductChoice
    variant: VariantChoice | None = None


@dataclass(slots=True)
class Unsent:
    """Everything of a reply but its words.

    Attributes:
        layout: of the photos, "" or ``strip``.
        reply_to: the message it answers; ``quoted`` are that one's words.
        note: the words are for colleagues.
        used: quick replies in the words.
    """

    photos: list[ChosenPhoto] = field(default_factory=list)
    layout: str = ""
    voice: Recording | None = None
    video: ChosenVideo | None = None
    item: ChosenItem | None = None
    reply_to: int = 0
    quoted: str = ""
    note: bool = False
    used: list[str] = field(default_factory=list)

    @property
    def attached(self) -> bool:
        """Whether there is something besides words."""
        return bool(self.photos or self.voice or self.video or self.item)

    def messages(self, words: str) -> list[NewMessage]:
        """The messages it makes, in order: voice, video, photos, item; the words with the last.

        A voice stands alone: words with it are a message of their own.  The first one answers.
        """
        parts = [part for part in (self._voice(), self._video(), self._photos(), self._item())
                 if part]  # fmt: skip
        if words and (not parts or (len(parts) == 1 and self.voice is not None)):
            parts.append({})
        return [
            NewMessage(
                **part,  # type: ignore[arg-type]
                body=words if number == len(parts) - 1 else "",
                reply_to=0 if number else self.reply_to,
            )
            for number, part in enumerate(parts)
        ]

    def without(self, sent: int) -> Unsent:
        """What is left when so many of its messages are queued."""
        left = Unsent(self.photos, self.layout, self.voice, self.video, self.item, self.reply_to,
                      self.quoted, self.note, self.used)  # fmt: skip
        for name in ("voice", "video", "photos", "item"):
            if sent and getattr(left, name):
                setattr(left, name, [] if name == "photos" else None)
                left.reply_to, left.quoted, sent = 0, "", sent - 1
        return left

    def with_more(self, later: Unsent) -> Unsent:
        """Both together; of what there can be one, the later."""
        answered = later if later.reply_to else self
        photos = [*self.photos, *(each for each in later.photos if each not in self.photos)]
        return Unsent(
            photos[:MOST], later.layout or self.layout, later.voice or self.voice,
            later.video or self.video, later.item or self.item, answered.reply_to,
            answered.quoted, self.note or later.note, [*self.used, *later.used],
        )  # fmt: skip

    def begun(self) -> BegunReply:
        """What can be there again when the program opens: everything we have copies of."""
        voice, video, item = self.voice, self.video, self.item
        return BegunReply(
            photos=tuple(
                BegunMedium(file=str(each.copy), name=each.name, caption=each.caption)
                for each in self.photos if each.copy is not None
            ),
            layout=self.layout,
            voice=None if voice is None or voice.copy is None else BegunMedium(
                file=str(voice.copy), duration_ms=voice.duration_ms, waveform=voice.waveform),
            video=None if video is None or video.copy is None else BegunMedium(
                file=str(video.copy), name=video.called, duration_ms=video.duration_ms),
            product_id=item.product.product_id if item is not None else 0,
            variant_id=item.variant.variant_id if item is not None and item.variant else 0,
            reply_to=self.reply_to, used=tuple(self.used),
        )  # fmt: skip

    def _voice(self) -> dict[str, object]:
        voice = self.voice
        if voice is None:
            return {}
        return {"media": (NewMedium(content=voice.copy or voice.content, waveform=voice.waveform,
                                    duration_ms=voice.duration_ms),)}  # fmt: skip

    def _video(self) -> dict[str, object]:
        video = self.video
        if video is None:
            return {}
        return {
            "media": (NewMedium(content=video.copy or video.file, duration_ms=video.duration_ms),)
        }

    def _photos(self) -> dict[str, object]:
        if not self.photos:
            return {}
        media = tuple(
            NewMedium(content=photo.copy or photo.content, caption=" ".join(photo.caption.split()))
            for photo in self.photos
        )
        return {"media": media, "layout": self.layout if len(media) > 1 else ""}

    def _item(self) -> dict[str, object]:
        if self.item is None:
            return {}
        variant = self.item.variant
        return {"product_id": self.item.product.product_id,
                "variant_id": variant.variant_id if variant is not None else 0}  # fmt: skip


async def restored(found: FoundReply) -> Unsent:
    """The reply as it was; its pictures are looked at when it is shown."""
    kept = found.reply
    photos = [
        ChosenPhoto(Path(each.file), each.caption, copy=Path(each.file), name=each.name)
        for each in kept.photos
    ]
    video = None
    if kept.video is not None:
        file = Path(kept.video.file)
        video = ChosenVideo(file, copy=file, name=kept.video.name)
    quoted = phrases.of_kind(found.quoted_kind, found.quoted_body)
    return Unsent(photos, kept.layout, await _voice(kept.voice), video, _item(found),
                  kept.reply_to, quoted, used=list(kept.used))  # fmt: skip


async def _voice(medium: BegunMedium | None) -> Recording | None:
    if medium is None:
        return None
    file = Path(medium.file)
    content = await asyncio.to_thread(file.read_bytes)
    return Recording(content, medium.duration_ms, medium.waveform, file)


def _item(found: FoundReply) -> ChosenItem | None:
    if found.product is None:
        return None
    wanted = found.reply.variant_id
    variant = next((v for v in found.product.variants if v.variant_id == wanted), None)
    return ChosenItem(found.product, variant)

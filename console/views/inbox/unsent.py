"""What a clerk put into a reply and has not sent: kept per conversation while the program runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QPixmap

from console.desk.types import NewMedium, NewMessage, ProductChoice, VariantChoice
from console.ui.photo_strip import ChosenPhoto
from console.ui.recorder import Recording


@dataclass(frozen=True, slots=True)
class ChosenVideo:
    """A video, its first look (``None``: none can be had) and its length."""

    file: Path
    picture: QPixmap | None = None
    duration_ms: int = 0


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

    def _voice(self) -> dict[str, object]:
        voice = self.voice
        if voice is None:
            return {}
        return {"media": (NewMedium(content=voice.content, waveform=voice.waveform,
                                    duration_ms=voice.duration_ms),)}  # fmt: skip

    def _video(self) -> dict[str, object]:
        video = self.video
        if video is None:
            return {}
        return {"media": (NewMedium(content=video.file, duration_ms=video.duration_ms),)}

    def _photos(self) -> dict[str, object]:
        if not self.photos:
            return {}
        media = tuple(
            NewMedium(content=photo.content, caption=" ".join(photo.caption.split()))
            for photo in self.photos
        )
        return {"media": media, "layout": self.layout if len(media) > 1 else ""}

    def _item(self) -> dict[str, object]:
        if self.item is None:
            return {}
        variant = self.item.variant
        return {"product_id": self.item.product.product_id,
                "variant_id": variant.variant_id if variant is not None else 0}  # fmt: skip

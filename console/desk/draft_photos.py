"""Photos and videos on their way into drafts: copied, looked at, photos turned and cut; the child
process decodes.

No drafts here: who asked puts what is made into one.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from console.desk import campaign_items
from console.desk.campaign_types import DraftPhoto, PhotoOrigin
from console.desk.identity import new_client_id
from console.domain.photo_shapes import Shape
from console.store.outbox import Upload
from console.store.outbox_upload import unlink
from console.sync.http import Offline
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from console.sync.station import Station

_AS_UPLOADED: Final = 3200
"""Long side in pixels of a photo that was turned or cut: twice what phones are shown."""
_ON_SCREEN: Final = 1600


class DraftPhotos:
    """Those of one station; ``fresh``: copies that no saved draft names yet, by their names."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self.fresh: dict[str, Upload] = {}

    async def add(self, content: Path | bytes) -> DraftPhoto:
        """A durable copy of a photo or video, looked at in the limited child process.

        A video is made small when it is uploaded.

        Cancelling leaves nothing behind.  Raises ``Refusal`` (``media.type``, ``media.broken``,
        ``upload.too_large``) and ``OSError``.
        """
        folder = self._station.outbox.folder
        (copy,) = await self._station.keep_media([content], new_client_id)
        try:
            seen = None if copy.raw else await self._station.preview(folder / copy.path)
            if seen is not None:
                facts, small = seen
                if not facts.mime.startswith("image/"):
                    raise Refusal(Code.MEDIA_TYPE)
                poster = f"{copy.path}.jpg"
                await asyncio.to_thread((folder / poster).write_bytes, small)
                copy = msgspec.structs.replace(
                    copy, width=facts.width, height=facts.height, blurhash=facts.blurhash,
                    mime=copy.mime if copy.mime.startswith("image/") else facts.mime,
                    poster=poster,
                )  # fmt: skip
        except BaseException:
            await asyncio.shield(asyncio.to_thread(unlink, folder, [copy]))
            raise
        self.fresh[copy.client_id] = copy
        return DraftPhoto(name=copy.client_id, item=campaign_items.uploaded(folder, copy))

    async def drop(self, photo: DraftPhoto) -> None:
        """Forget a photo that came into no draft; its copy goes."""
        copy = self.fresh.pop(photo.name, None)
        if copy is not None:
            await asyncio.to_thread(unlink, self._station.outbox.folder, [copy])

    async def shape(self, photo: DraftPhoto, shape: Shape) -> DraftPhoto:
        """A photo made anew out of the original of ``photo``, which stays as it is.

        What stands under it, whoever puts it into a draft knows.
        Raises what ``add`` raises, and ``Offline`` (its original is only on the relay).
        """
        origin = photo.origin or PhotoOrigin(name=photo.name, item=photo.item)
        if shape.is_plain:
            return DraftPhoto(name=origin.name, item=origin.item)
        source = await self._file(origin.name, origin.item.media_id)
        made = await self.add(await self._station.shaped(source, shape, _AS_UPLOADED))
        return msgspec.structs.replace(made, origin=msgspec.structs.replace(origin, shape=shape))

    async def enlarged(self, photo: DraftPhoto) -> bytes:
        """A JPEG of the original of ``photo``, as large as a screen.  Raises as ``shape``."""
        origin = photo.origin or PhotoOrigin(name=photo.name, item=photo.item)
        source = await self._file(origin.name, origin.item.media_id)
        return await self._station.shaped(source, Shape(), _ON_SCREEN)

    async def _file(self, name: str, media_id: int) -> Path:
        """Our own copy as it was dropped in, else the relay's largest."""
        copy = self._station.outbox.folder / name
        if not media_id and await asyncio.to_thread(copy.exists):
            return copy
        found = await self._station.photo(media_id, _ON_SCREEN) if media_id else None
        if found is None:
            raise Offline
        return found

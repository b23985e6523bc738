"""Photos of drafts on their way to another shape: made anew one after the other, then put in.

Also while another draft is open.  Knows no widget.  What is asked of a photo while it is made
is asked of its original too, so that only the last shape is kept, as one step to undo.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.desk.campaign_types import CampaignDraft, DraftPhoto
from console.desk.campaigns_port import CampaignsPort
from console.domain.photo_shapes import Shape
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.views.campaigns.editing import Editing
from console.views.campaigns.intake import Intake, reason_of


@dataclass(slots=True)
class _Wanted:
    """What shape which photo of a draft's version is to get."""

    client_id: str
    at: int
    number: int
    photo: DraftPhoto
    shape: Shape


class Shaping(QObject):
    """``wanted`` and ``left`` are of the draft that is open."""

    moved = Signal()

    def __init__(
        self, editing: Editing, port: CampaignsPort, intake: Intake, tasks: Tasks,
        show: Callable[[Any], Awaitable[object]],
    ) -> None:  # fmt: skip
        """``show`` makes a photo's picture ready, so that no tile is blank meanwhile."""
        super().__init__()
        self._editing, self._port, self._intake, self._tasks = editing, port, intake, tasks
        self._show = show
        self._queue: list[_Wanted] = []
        self._task: asyncio.Task[object] | None = None

    @property
    def left(self) -> int:
        """How many photos are not made yet."""
        return sum(each.client_id == self._editing.client_id for each in self._queue)

    def wanted(self, photo: DraftPhoto) -> Shape:
        """The shape a photo of the version that is edited has, or will have."""
        known = self._find(photo)
        return known.shape if known is not None else photo.shape

    def turn(self, number: int, quarters: int) -> None:
        """Turn a photo of the version that is edited, clockwise."""
        photo = self._editing.variant.photos[number]
        self.ask(number, self.wanted(photo).turned(quarters))

    def ask(self, number: int, shape: Shape) -> None:
        """Give a photo of the version that is edited another shape."""
        photo = self._editing.variant.photos[number]
        known = self._find(photo)
        if known is not None:
            known.shape = shape
        elif shape != photo.shape:
            key, at = self._editing.client_id, self._editing.at
            self._queue.append(_Wanted(key, at, number, photo, shape))
        if self._queue and (self._task is None or self._task.done()):
            self._task = self._tasks.spawn(self._work())
        self.moved.emit()

    def close(self) -> None:
        """Make no more."""
        self._queue = []
        if self._task is not None:
            self._task.cancel()

    def _find(self, photo: DraftPhoto) -> _Wanted | None:
        key, at = self._editing.client_id, self._editing.at
        return next((each for each in self._queue if each.photo.name == photo.name
                     and (each.client_id, each.at) == (key, at)), None)  # fmt: skip

    # --- working --------------------------------------------------------------------------

    async def _work(self) -> None:
        while self._queue:
            wanted = self._queue[0]
            try:
                await self._make(wanted)
            except Exception as error:  # noqa: BLE001 - that photo stays as it was, and says why
                words = translate("Campaigns", "Photo {n} stays as it was: {reason}")
                said = words.format(n=wanted.number + 1, reason=reason_of(error))
                self._intake.say(wanted.client_id, said)
            self._queue = [each for each in self._queue if each is not wanted]
            self.moved.emit()

    async def _make(self, wanted: _Wanted) -> None:
        made = await self._made(wanted)
        while made.shape != wanted.shape:
            await self._drop(made)
            made = await self._made(wanted)
        known = made.name == wanted.photo.name

        def change(draft: CampaignDraft) -> CampaignDraft:
            nonlocal known
            changed = _with(draft, wanted, made)
            known = known or changed != draft
            return changed

        await self._editing.amend(wanted.client_id, "", change)
        if not known:
            await self._drop(made)

    async def _made(self, wanted: _Wanted) -> DraftPhoto:
        made = await self._port.shape_photo(wanted.photo, wanted.shape)
        await self._show(made.item)
        return made

    async def _drop(self, made: DraftPhoto) -> None:
        """Nobody wants it any more; an original may be wanted by another step of the draft."""
        if made.origin is not None:
            await self._port.drop_photo(made)


def _with(draft: CampaignDraft, wanted: _Wanted, made: DraftPhoto) -> CampaignDraft:
    """The draft with the photo made anew in the old one's place, if that is still there."""
    if wanted.at >= len(draft.variants):
        return draft
    every, version = list(draft.variants), draft.variants[wanted.at]
    photos = tuple(_instead(each, made) if each.name == wanted.photo.name else each
                   for each in version.photos)  # fmt: skip
    every[wanted.at] = replace(version, photos=photos)
    return replace(draft, variants=tuple(every))


def _instead(old: DraftPhoto, made: DraftPhoto) -> DraftPhoto:
    """What is written under it, and what it shows, stays."""
    said = old.item
    return replace(made, item=replace(
        made.item, caption=said.caption, price=said.price, product_id=said.product_id,
        colour=said.colour,
    ))  # fmt: skip

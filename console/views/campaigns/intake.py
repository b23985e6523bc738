"""Files on their way into drafts: looked at some ahead, put in one by one, in their order.

Also while another draft is open.  Knows no widget.  A file that cannot be used is named and
the others go on.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.desk.campaign_types import MAX_PHOTOS, CampaignDraft, DraftPhoto, DraftVariant
from console.desk.campaigns_port import CampaignsPort
from console.sync.http import Offline
from console.ui import reasons
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.views.campaigns.editing import Editing
from console.wire.errors import Code

_AHEAD: Final = 6
"""Files that are looked at at once: enough for every worker, and for the copying beside."""
_FAULTS: Final = 6
_NAMES: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    """A file, and the version of which draft it is for."""

    client_id: str
    at: int
    file: Path | bytes


class Intake(QObject):
    """``left``, ``done`` and ``faults`` are of the draft that is open."""

    moved = Signal()
    """One of them is another."""

    def __init__(self, editing: Editing, port: CampaignsPort, tasks: Tasks) -> None:
        super().__init__()
        self._editing, self._port, self._tasks = editing, port, tasks
        self._queue: list[_Wanted] = []
        self._done: Counter[str] = Counter()
        self._faults: defaultdict[str, list[str]] = defaultdict(list)
        self._task: asyncio.Task[object] | None = None
        self._looking: dict[_Wanted, asyncio.Task[DraftPhoto | Exception]] = {}

    @property
    def left(self) -> int:
        """How many files are not looked at yet."""
        return sum(each.client_id == self._editing.client_id for each in self._queue)

    @property
    def done(self) -> int:
        """How many of those that came together with them are."""
        return self._done[self._editing.client_id]

    @property
    def faults(self) -> Sequence[str]:
        """What was wrong with files, as sentences, newest last."""
        return self._faults[self._editing.client_id][-_FAULTS:]

    def forget_faults(self) -> None:
        """They were read."""
        self._faults.pop(self._editing.client_id, None)
        self.moved.emit()

    # --- queueing -------------------------------------------------------------------------

    def add(self, files: Sequence[Path | bytes]) -> None:
        """Take files into the version that is edited, until there is no room left."""
        key, at = self._editing.client_id, self._editing.at
        self._queue += [_Wanted(key, at, file) for file in files]
        self._go_on()
        self.moved.emit()

    def cancel(self) -> None:
        """Take no more into the draft that is open; what is in stays."""
        key = self._editing.client_id
        at_work = bool(self._queue) and self._queue[0].client_id == key
        self._forget(key)
        if at_work:
            self._stop()
            self._go_on()
        self.moved.emit()

    def close(self) -> None:
        """Take no more into any."""
        self._queue = []
        self._stop()
        self._drop_strays()

    def _forget(self, client_id: str) -> None:
        self._queue = [each for each in self._queue if each.client_id != client_id]
        self._done.pop(client_id, None)
        self._drop_strays()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _go_on(self) -> None:
        if self._queue and (self._task is None or self._task.done()):
            self._task = self._tasks.spawn(self._work())

    # --- working --------------------------------------------------------------------------

    async def _work(self) -> None:
        while self._queue:
            wanted = self._queue[0]
            is_open = wanted.client_id == self._editing.client_id
            if is_open and _full(self._editing.draft, wanted.at):
                self._leave_out(wanted.client_id)
            else:
                await self._take(wanted)
                self._end(wanted)
            self.moved.emit()

    def _end(self, wanted: _Wanted) -> None:
        self._queue = [each for each in self._queue if each is not wanted]
        self._done[wanted.client_id] += 1
        if not any(each.client_id == wanted.client_id for each in self._queue):
            self._done.pop(wanted.client_id)

    async def _take(self, wanted: _Wanted) -> None:
        file = wanted.file
        try:
            photo = await self._looked_at(wanted)
            if await self._is_alone(wanted, photo):
                return
            await self._editing.amend(
                wanted.client_id, "photos", lambda draft: _with(draft, wanted.at, photo)
            )
        except OSError:
            words = translate("Campaigns", "{name} cannot be read")
            self.say(wanted.client_id, words.format(name=_name(file)))
        except Exception as error:  # noqa: BLE001 - one bad file, whatever ails it, is named
            words = translate("Campaigns", "{name}: {reason}")
            said = words.format(name=_name(file), reason=reason_of(error))
            self.say(wanted.client_id, said)

    async def _is_alone(self, wanted: _Wanted, photo: DraftPhoto) -> bool:
        """Whether it cannot stand beside what its version shows, of the draft that is open."""
        if wanted.client_id != self._editing.client_id:
            return False
        if not _clashes(_version(self._editing.draft, wanted.at), photo):
            return False
        await self._port.drop_photo(photo)
        words = translate("Campaigns", "{name}: a version shows photos or one video")
        self.say(wanted.client_id, words.format(name=_name(wanted.file)))
        return True

    async def _looked_at(self, wanted: _Wanted) -> DraftPhoto:
        """The photo that a file is; those behind it are begun meanwhile."""
        for each in self._queue[:_AHEAD]:
            if each not in self._looking:
                self._looking[each] = self._tasks.spawn(self._look(each.file))
        try:
            found = await self._looking[wanted]
        finally:
            self._looking.pop(wanted, None)
        if isinstance(found, Exception):
            raise found
        return found

    async def _look(self, file: Path | bytes) -> DraftPhoto | Exception:
        try:
            return await self._port.add_photo(file)
        except Exception as error:  # noqa: BLE001 - said when its turn comes
            return error

    def _drop_strays(self) -> None:
        """What was begun and is not wanted any more leaves no copy behind."""
        for each in self._looking.keys() - set(self._queue):
            self._tasks.spawn(self._drop(self._looking.pop(each)))

    async def _drop(self, looking: asyncio.Task[DraftPhoto | Exception]) -> None:
        looking.cancel()
        (found,) = await asyncio.gather(looking, return_exceptions=True)
        if isinstance(found, DraftPhoto):
            await self._port.drop_photo(found)

    def _leave_out(self, client_id: str) -> None:
        files = [each for each in self._queue if each.client_id == client_id]
        names = ", ".join(_name(each.file) for each in files[:_NAMES])
        if len(files) > _NAMES:
            words = translate("Campaigns", "{names} and {n} more")
            names = words.format(names=names, n=len(files) - _NAMES)
        said = translate("Campaigns", "At most {n} photos: {names} left out")
        self.say(client_id, said.format(n=MAX_PHOTOS, names=names))
        self._forget(client_id)

    def say(self, client_id: str, sentence: str) -> None:
        """What was wrong with a photo of that draft."""
        self._faults[client_id].append(sentence)
        self.moved.emit()


def _version(draft: CampaignDraft, at: int) -> DraftVariant:
    return draft.variants[min(at, len(draft.variants) - 1)]


def _full(draft: CampaignDraft, at: int) -> bool:
    return len(_version(draft, at).photos) >= MAX_PHOTOS


def _clashes(variant: DraftVariant, photo: DraftPhoto) -> bool:
    """A video stands alone."""
    return bool(variant.photos) and (photo.is_film or variant.is_film)


def _with(draft: CampaignDraft, at: int, photo: DraftPhoto) -> CampaignDraft:
    """The draft with one more photo, if there is room."""
    every, kept = list(draft.variants), _version(draft, at)
    if _full(draft, at) or _clashes(kept, photo):
        return draft
    every[every.index(kept)] = replace(kept, photos=(*kept.photos, photo), card=None)
    return replace(draft, variants=tuple(every))


def _name(file: Path | bytes) -> str:
    return file.name if isinstance(file, Path) else translate("Campaigns", "The pasted picture")


def reason_of(error: Exception) -> str:
    """Why a photo was not taken, or not made anew, as a sentence."""
    usual = "offline" if isinstance(error, Offline) else Code.MEDIA_BROKEN
    code = str(getattr(error, "code", usual))
    if code == Code.MEDIA_TYPE:
        return translate(
            "Campaigns", "A campaign takes photos (JPEG, PNG, WebP, HEIC, AVIF, GIF) or one video."
        )  # fmt: skip
    return reasons.sentence(code, getattr(error, "parameters", {}))

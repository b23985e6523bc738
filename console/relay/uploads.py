"""Uploads that may stop and go on: parts on disk, then a medium.

The part's length is the offset, so nothing has to be remembered that the disk does not say.
An upload belongs to whoever began it: its file's name covers the owner, so another's
``client_id`` names nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import re
import shutil
import time
from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from console.media.jobs import MAX_BYTES, Kind, too_large
from console.wire.errors import Code, Refusal

OPEN_PER_OWNER = 20
"""Unfinished uploads one owner may have."""
QUOTA = {"member": 500_000_000, "staff": 20_000_000_000}
"""Bytes that one owner's media and unfinished uploads may take."""
OPEN_TOTAL_BYTES = {"member": 4_000_000_000, "staff": 20_000_000_000}
"""Bytes that the unfinished uploads of all members, and of all staff, together may take."""
KEEP_FREE_BYTES = 500_000_000
"""So much of the disk is left for the database, whatever members send."""
UNFINISHED_S = 24 * 3600
"""An upload that nobody continues is thrown away after this long."""
_WRITE_BYTES = 256 * 1024
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLIENT_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{7,63}")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose upload it is: ``member`` or ``staff``, and her id."""

    kind: str
    id: int


class UploadPlan(msgspec.Struct, frozen=True):
    """What was announced; kept beside the part.

    Attributes:
        client_id: the uploader's own name for it.
        size: bytes in all.
        sha256: of all bytes, or "" when it was not said.
        kind: what it was announced as; it limits the size.
    """

    client_id: str
    owner_kind: str
    owner_id: int
    size: int
    sha256: str = ""
    kind: Kind = "photo"


class Uploads:
    """The folder ``uploads`` of one relay; which there are is kept in memory too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._busy: set[str] = set()
        self._plans: dict[Owner, dict[str, UploadPlan]] = {}
        self._came: dict[str, dict[str, int]] = {kind: {} for kind in QUOTA}
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in folder.glob("*.json"):
            plan = _read(file)
            if plan is not None:
                self._note(plan)

    def _note(self, plan: UploadPlan) -> None:
        name = self.part(plan).stem
        self._plans.setdefault(_owner_of(plan), {})[name] = plan
        self._came[plan.owner_kind][name] = self.offset(plan)

    def _base(self, owner: Owner, client_id: str) -> Path:
        if not _CLIENT_ID.fullmatch(client_id):
            raise Refusal(Code.NOT_FOUND, field="client_id")
        name = hashlib.sha256(f"{owner.kind}:{owner.id}:{client_id}".encode()).hexdigest()
        return self._folder / name

    def part(self, plan: UploadPlan) -> Path:
        """The file of the bytes that have come so far."""
        return self._base(_owner_of(plan), plan.client_id).with_suffix(".part")

    def begin(self, plan: UploadPlan, stored_bytes: int) -> int:
        """Start an upload or find it again; the result is the offset to go on from.

        ``stored_bytes``: what the owner's media already take.  Raises ``not_found`` (no
        name), ``upload.too_large``, ``upload.quota``, ``conflict`` (same name, other file).
        """
        owner = _owner_of(plan)
        known = self._known(owner, plan.client_id)
        if known is not None:
            if known != plan:
                raise Refusal(Code.CONFLICT, field="client_id")
            return self.offset(known)
        if not 0 < plan.size <= MAX_BYTES[plan.kind]:
            raise too_large(plan.kind)
        self._check_quota(owner, plan.size, stored_bytes)
        self._check_room(owner.kind, plan.size)
        base = self._base(owner, plan.client_id)
        with _room_needed():
            base.with_suffix(".part").touch(0o600)
            # The plan comes last: an upload exists once it can be read.
            partial = base.with_suffix(".new")
            partial.write_bytes(msgspec.json.encode(plan))
            partial.replace(base.with_suffix(".json"))
        self._note(plan)
        return 0

    def _known(self, owner: Owner, client_id: str) -> UploadPlan | None:
        return self._plans.get(owner, {}).get(self._base(owner, client_id).name)

    def _check_quota(self, owner: Owner, size: int, stored_bytes: int) -> None:
        own = list(self._plans.get(owner, {}).values())
        own_bytes = stored_bytes + size + sum(each.size for each in own)
        if len(own) >= OPEN_PER_OWNER or own_bytes > QUOTA[owner.kind]:
            raise Refusal(Code.UPLOAD_QUOTA)

    def _check_room(self, kind: str, size: int) -> None:
        """Whether ``size`` more bytes may lie here.

        Only what came is counted: who promises much and sends nothing keeps nobody out.
        """
        came = sum(list(self._came[kind].values()))
        free = shutil.disk_usage(self._folder).free
        if came + size > OPEN_TOTAL_BYTES[kind] or free - size < KEEP_FREE_BYTES:
            raise Refusal(Code.UPLOAD_QUOTA)

    def find(self, owner: Owner, client_id: str) -> UploadPlan:
        """The owner's unfinished upload.  Raises ``not_found``."""
        plan = self._known(owner, client_id)
        if plan is None:
            raise Refusal(Code.NOT_FOUND)
        return plan

    def offset(self, plan: UploadPlan) -> int:
        """Bytes that have come so far."""
        try:
            return self.part(plan).stat().st_size
        except FileNotFoundError:
            return 0

    @contextlib.contextmanager
    def alone(self, plan: UploadPlan) -> Iterator[None]:
        """Nobody else may add to this upload or finish it meanwhile.  Raises ``busy``."""
        name = self.part(plan).name
        if name in self._busy:
            raise Refusal(Code.BUSY)
        self._busy.add(name)
        try:
            yield
        finally:
            self._busy.discard(name)

    async def append(self, plan: UploadPlan, offset: int, pieces: AsyncIterator[bytes]) -> int:
        """Write what comes; the result is the new offset.  Call within ``alone``.

        What came before the line broke is kept.  Raises ``upload.offset`` (with the right
        one) and ``upload.too_large`` (more than was announced; the surplus is not kept).
        """
        here = self.offset(plan)
        if offset != here:
            raise Refusal(Code.UPLOAD_OFFSET, {"offset": here})
        return await self._write(plan, here, pieces)

    async def _write(self, plan: UploadPlan, offset: int, pieces: AsyncIterator[bytes]) -> int:
        gathered = bytearray()
        with _room_needed():
            stream = await asyncio.to_thread(self.part(plan).open, "ab")
            try:
                async for piece in pieces:
                    if offset + len(gathered) + len(piece) > plan.size:
                        raise too_large(plan.kind)
                    gathered += piece
                    if len(gathered) >= _WRITE_BYTES:
                        self._check_room(plan.owner_kind, len(gathered))
                        offset += await asyncio.to_thread(stream.write, bytes(gathered))
                        gathered.clear()
                        self._arrived(plan, offset)
            finally:
                # What came before the line broke is kept: that is what resuming means.
                stream.write(gathered)
                stream.close()
                self._arrived(plan, offset + len(gathered))
        return offset + len(gathered)

    def _arrived(self, plan: UploadPlan, offset: int) -> None:
        self._came[plan.owner_kind][self.part(plan).stem] = offset

    async def check_whole(self, plan: UploadPlan) -> None:
        """Compare the hash that was announced.  Raises ``media.broken`` and forgets the part."""
        if plan.sha256:
            with self.part(plan).open("rb") as stream:
                digest = await asyncio.to_thread(hashlib.file_digest, stream, "sha256")
            if digest.hexdigest() != plan.sha256.lower():
                self.forget(plan)
                raise Refusal(Code.MEDIA_BROKEN)

    def forget(self, plan: UploadPlan) -> None:
        """The upload became a medium, or will never be one."""
        for suffix in (".json", ".part"):
            self.part(plan).with_suffix(suffix).unlink(missing_ok=True)
        self._strike(plan)

    def _strike(self, plan: UploadPlan) -> None:
        name, owner = self.part(plan).stem, _owner_of(plan)
        self._came[owner.kind].pop(name, None)
        its = self._plans.get(owner, {})
        its.pop(name, None)
        if not its:
            self._plans.pop(owner, None)

    def owners(self) -> set[Owner]:
        """Everybody who has an unfinished upload."""
        return set(self._plans)

    def forget_all_of(self, owners: Collection[Owner]) -> None:
        """Throw their unfinished uploads away; one that is just being written goes next time."""
        for owner in owners:
            for plan in list(self._plans.get(owner, {}).values()):
                if self.part(plan).name not in self._busy:
                    self.forget(plan)

    def collect(self, now: float | None = None) -> int:
        """Throw away what nobody has continued for a day; how many files went."""
        oldest = (time.time() if now is None else now) - UNFINISHED_S
        old = {file.stem for file in self._folder.glob("*.part") if file.stat().st_mtime < oldest}
        gone = 0
        for file in list(self._folder.iterdir()):
            has_part = file.with_suffix(".part").exists()
            if file.stem in old or (not has_part and file.stat().st_mtime < oldest):
                file.unlink(missing_ok=True)
                gone += 1
        plans = [plan for its in list(self._plans.values()) for plan in list(its.values())]
        for plan in plans:
            if self.part(plan).stem in old:
                self._strike(plan)
        return gone


def _owner_of(plan: UploadPlan) -> Owner:
    return Owner(plan.owner_kind, plan.owner_id)


@contextlib.contextmanager
def _room_needed() -> Iterator[None]:
    """A disk that is full is one answer: ``upload.quota``."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise Refusal(Code.UPLOAD_QUOTA) from error
        raise


def _read(file: Path) -> UploadPlan | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=UploadPlan)
    except (OSError, msgspec.DecodeError):
        return None

"""From a whole upload to a stored medium, and from erased media to an empty disk."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable
from datetime import timedelta
from functools import partial
from pathlib import Path

from console.log import get_logger
from console.media.jobs import MAX_BYTES, MediaFacts, too_large
from console.relay import lookups
from console.relay.actor import RELAY
from console.relay.films import ShowProgress
from console.relay.services import Services
from console.relay.uploads import UploadPlan
from console.wire import commands
from console.wire.errors import Refusal

UNATTACHED = timedelta(hours=24)
"""A medium that nothing carries after this long is thrown away."""

_log = get_logger("media")


async def take_in(services: Services, plan: UploadPlan) -> bool:
    """Process a whole upload and make it a medium; false: it is a video, which takes longer.

    Call within ``Uploads.alone``.  Raises ``Refusal``: the file's own (the upload is
    forgotten) or the core's (it is kept, and the client may ask again).
    """
    await services.uploads.check_whole(plan)
    fresh = services.media.fresh_folder()
    try:
        part = services.uploads.part(plan)
        facts = await _judged(services, plan, services.workshop.take(part, fresh))
        if facts is not None:
            await _store(services, plan, fresh, facts)
            return True
    finally:
        await asyncio.to_thread(shutil.rmtree, fresh, ignore_errors=True)
    services.films.start(plan, partial(_make_film, services, plan))
    return False


async def _make_film(services: Services, plan: UploadPlan, show: ShowProgress) -> None:
    # The request that started this lets go of the upload before it waits for anything else.
    with services.uploads.alone(plan):
        fresh = services.media.fresh_folder()
        try:
            part = services.uploads.part(plan)
            facts = await _judged(services, plan, services.workshop.film(part, fresh, show))
            if facts is not None:
                await _store(services, plan, fresh, facts)
        finally:
            await asyncio.to_thread(shutil.rmtree, fresh, ignore_errors=True)


async def _judged(
    services: Services, plan: UploadPlan, work: Awaitable[MediaFacts | None]
) -> MediaFacts | None:
    """What the workshop made of it; whatever it refuses is counted and forgotten."""
    outcome = "ok"
    try:
        facts = await work
        if facts is not None and plan.size > MAX_BYTES[facts.kind]:
            raise too_large(facts.kind)
    except Refusal as refusal:
        outcome = refusal.code.value
        services.uploads.forget(plan)
        raise
    else:
        return facts
    finally:
        services.metrics.count("hanger_media_total", "Uploads processed, by outcome.",
                               outcome=outcome)  # fmt: skip


async def _store(services: Services, plan: UploadPlan, fresh: Path, facts: MediaFacts) -> None:
    # Under the lock, so that no clean-up comes between the files and their row.
    async with services.media.lock:
        await services.media.adopt(fresh, facts.sha256)
        await services.core.call(
            RELAY,
            commands.FinishUpload(
                client_id=plan.client_id, owner_kind=plan.owner_kind, owner_id=plan.owner_id,
                sha256=facts.sha256, mime=facts.mime, width=facts.width, height=facts.height,
                size=facts.size, blurhash=facts.blurhash, duration_ms=facts.duration_ms,
                waveform=facts.waveform,
            ),
        )  # fmt: skip
    services.uploads.forget(plan)


async def erase_files(services: Services) -> int:
    """Remove every file that no medium needs any more; how many media went.

    An erased medium no longer says which file it was, hence the look at all of them.
    What an erased member had begun to upload goes too.
    """
    owners = await asyncio.to_thread(services.uploads.owners)
    living = await services.core.read(lookups.living_members)
    gone = {each for each in owners if each.kind == "member" and each.id not in living}
    await asyncio.to_thread(services.uploads.forget_all_of, gone)
    async with services.media.lock:
        return await services.media.sweep(await services.core.read(lookups.hashes_in_use))


async def collect(services: Services) -> None:
    """Throw away unfinished uploads and unattached media of yesterday, and stray files."""
    await asyncio.to_thread(services.uploads.collect)
    before = services.core.clock.now() - UNATTACHED
    stale = await services.core.read(lambda connection: lookups.never_attached(connection, before))
    if stale:
        await services.core.call(RELAY, commands.DiscardMedia(media_ids=stale))
    swept = await erase_files(services)
    if stale or swept:
        _log.info("media_collected", unattached=len(stale), stray=swept)

"""Videos that are being made: how far each is, and why one was refused.

Kept in memory only.  The whole upload lies on the disk until its video is a medium, so after
a restart whoever asks about it starts the work again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from console.log import get_logger
from console.relay.uploads import UploadPlan
from console.wire.errors import Code, Refusal

PER_OWNER = 3
"""Videos of one owner that may wait for the one that is being made."""
_REFUSALS_KEPT = 500

Name = tuple[str, int, str]
ShowProgress = Callable[[float], None]
_log = get_logger("media")


@dataclass(slots=True)
class _Film:
    progress: float = 0.0
    task: asyncio.Task[None] | None = None


class Films:
    """All of one relay."""

    def __init__(self) -> None:
        self._making: dict[Name, _Film] = {}
        self._refused: OrderedDict[Name, Refusal] = OrderedDict()

    def start(self, plan: UploadPlan, work: Callable[[ShowProgress], Awaitable[None]]) -> None:
        """Begin, unless it is begun.  Raises ``busy`` when the owner has several waiting."""
        name = _name(plan)
        if name in self._making:
            return
        if sum(other[:2] == name[:2] for other in self._making) >= PER_OWNER:
            raise Refusal(Code.BUSY)
        film = self._making[name] = _Film()
        film.task = asyncio.create_task(self._run(name, film, work), name="film")

    async def _run(
        self, name: Name, film: _Film, work: Callable[[ShowProgress], Awaitable[None]]
    ) -> None:
        try:
            await work(partial(setattr, film, "progress"))
        except Refusal as refusal:
            if not refusal.code.transient:
                self._refused[name] = refusal
                while len(self._refused) > _REFUSALS_KEPT:
                    self._refused.popitem(last=False)
        except Exception as error:  # noqa: BLE001 - the upload is kept and may be asked for again
            _log.error("film_failed", exc_info=error)
        finally:
            del self._making[name]

    def progress(self, kind: str, owner_id: int, client_id: str) -> float | None:
        """0..1 of a video that is being made, ``None`` of anything else.

        Raises the ``Refusal`` that its making ended with.
        """
        name = (kind, owner_id, client_id)
        if name in self._refused:
            raise self._refused[name]
        film = self._making.get(name)
        return None if film is None else film.progress

    async def close(self) -> None:
        """Give up what is being made; the uploads stay."""
        tasks = [film.task for film in self._making.values() if film.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _name(plan: UploadPlan) -> Name:
    return plan.owner_kind, plan.owner_id, plan.client_id

"""Where the window's thread is while its loop does not turn."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Final

from bench.heart import Heart

_STALL_S: Final = 0.03
_LOOK_S: Final = 0.01
_DEEP: Final = 7
_TOP: Final = 25


class Stalls:
    """Looks every 10 ms; begin it in the window's thread."""

    def __init__(self, heart: Heart) -> None:
        self._heart, self._window = heart, threading.get_ident()
        self._seen: Counter[str] = Counter()
        self._over = threading.Event()
        threading.Thread(target=self._look, name="stalls", daemon=True).start()

    def _look(self) -> None:
        while not self._over.wait(_LOOK_S):
            if time.monotonic() - self._heart.beaten > _STALL_S:
                self._seen[_stack(self._window)] += 1

    def stop(self) -> list[tuple[str, int]]:
        """Innermost callers with how often they were met during stalls."""
        self._over.set()
        return self._seen.most_common(_TOP)


def _stack(thread: int) -> str:
    frames = traceback.extract_stack(sys._current_frames()[thread])[-_DEEP:]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))

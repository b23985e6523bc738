"""How long another thread may keep Python to itself while the window waits for its turn."""

from __future__ import annotations

import sys
from typing import Final

_LONGEST_S: Final = 0.000_5


def keep_short() -> None:
    """Give the window's thread its turn ten times as soon as Python would.

    Painting lets go of Python at every call into Qt and has to get it back: with a thread at
    work on a long list each of a hundred calls for one frame would wait 5 ms.
    """
    sys.setswitchinterval(_LONGEST_S)

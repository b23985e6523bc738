"""What Qt has to say goes into the program's own log.

Qt is given one handler, once, and keeps it: a thread of Qt's (the media player's, say) that
reports something while PySide exchanges handlers calls one that is gone, and the program
ends.  What changes is only whom that handler tells.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from console import log

Listener = Callable[[QtMsgType, QMessageLogContext, str], object]

_log = log.get_logger("qt")
_listeners: list[Listener | None] = [None]


def exchange(listener: Listener | None) -> Listener | None:
    """Let another one hear Qt, in whichever thread it speaks; ``None``: standard error.

    Returns who heard it before.
    """
    _install()
    previous, _listeners[0] = _listeners[0], listener
    return previous


@contextmanager
def kept() -> Iterator[None]:
    """Write Qt's messages into the log for a while."""
    previous = exchange(_write)
    try:
        yield
    finally:
        exchange(previous)


@functools.cache
def _install() -> None:
    qInstallMessageHandler(_tell)


def _tell(kind: QtMsgType, context: QMessageLogContext, said: str) -> None:
    listener = _listeners[0]
    if listener is not None:
        listener(kind, context, said)
    elif sys.stderr is not None:
        sys.stderr.write(f"{said}\n")


def _write(kind: QtMsgType, context: QMessageLogContext, said: str) -> None:
    severe = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    write = _log.warning if severe else _log.debug
    write("qt", category=str(context.category or ""), said=said)

"""What Qt has to say goes into the program's own log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from console import log

_log = log.get_logger("qt")


@contextmanager
def kept() -> Iterator[None]:
    """Write Qt's messages into the log for a while."""
    previous = qInstallMessageHandler(_write)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)


def _write(kind: QtMsgType, context: QMessageLogContext, said: str) -> None:
    severe = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    write = _log.warning if severe else _log.debug
    write("qt", category=str(context.category or ""), said=said)

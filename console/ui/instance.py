"""One program per data folder: a second start calls the first one's window."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtNetwork import QLocalServer, QLocalSocket


def instance_name(home: Path) -> str:
    """The name under which the program that uses ``home`` can be called."""
    return "hanger-" + hashlib.sha256(str(home).encode()).hexdigest()[:16]


def call_running(name: str) -> bool:
    """Ask a program that runs already to show its window; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(300):
        return False
    socket.write(b"show")
    socket.waitForBytesWritten(300)
    socket.disconnectFromServer()
    return True


def listen(name: str, called: Callable[[], None]) -> QLocalServer:
    """Call ``called`` whenever the program is started again."""
    server = QLocalServer()
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    QLocalServer.removeServer(name)
    server.listen(name)
    server.newConnection.connect(called)
    return server

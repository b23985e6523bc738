"""``hanger relay pair``: the first shop on a server, and a code that pairs a console with it.

Asks the running relay over its own port with the secret of its data folder, so it works on
the server itself only.  Standard library; blocking.
"""

from __future__ import annotations

import getpass
import http.client
import json
import sys
from typing import Any

from console.relay.process import RelayInfo

PATIENCE_S = 10.0
_SECRET_HEADER = "X-Hanger-Secret"  # noqa: S105 - a header's name


class PairingRefused(Exception):  # noqa: N818 - read as a sentence by callers
    """The relay said no; the text is its reason code."""


def pair(info: RelayInfo, shop: str, owner: str) -> str:
    """Make the shop when there is none yet, and return what to type on the console.

    Names that are missing, and the owner's new password, are asked for on the terminal.
    Raises ``PairingRefused`` and ``OSError``.
    """
    if not _ask(info, "GET", "/api/staff/list"):
        body = {
            "shop_name": shop or _line("Name of the shop: "),
            "owner_name": owner or _line("Name of the owner: "),
            "secret": _secret(),
        }
        _ask(info, "POST", "/api/setup", body)
    made = _ask(info, "POST", "/api/staff/pair_code", {"secret": info.secret})
    minutes = int(made["expires_s"]) // 60
    return f"Pairing code: {made['code']} (for {minutes} minutes, once)"


def _line(question: str) -> str:
    sys.stdout.write(question)
    sys.stdout.flush()
    return sys.stdin.readline().strip()


def _secret() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("The owner's new password: ")
    return sys.stdin.readline().rstrip("\n")


def _ask(info: RelayInfo, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    line = http.client.HTTPConnection("127.0.0.1", info.port, timeout=PATIENCE_S)
    try:
        headers = {_SECRET_HEADER: info.secret, "Content-Type": "application/json"}
        line.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = line.getresponse()
        answer = json.loads(response.read() or b"null")
    except (http.client.HTTPException, ValueError) as error:
        raise PairingRefused(type(error).__name__) from error
    finally:
        line.close()
    if response.status >= 300:
        raise PairingRefused(str(answer.get("code", response.status)))
    return answer

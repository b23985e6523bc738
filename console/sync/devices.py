"""Which staff members may use this computer: their device tokens, remembered.

For now a plain file ``devices.json`` readable by its user only; the system's key store is
not used, so that starting never depends on a key that has no recovery copy.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """A staff member's access to one relay from this computer.

    Attributes:
        relay: which relay: its address, or ``bundled``.
        token: the device token; never logged, never shown.
        verifier: Argon2id of the PIN or password she last gave here, which opens a locked
            console without a line; "" when she never gave one.
    """

    relay: str
    staff_id: int
    name: str
    role: str
    token: str
    verifier: str = ""

    def __repr__(self) -> str:
        """Without the token, so that it cannot slip into a log."""
        return f"Credential(relay={self.relay!r}, staff_id={self.staff_id})"


class CredentialStore:
    """The remembered devices in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "devices.json"

    def all(self, relay: str) -> list[Credential]:
        """Everybody remembered for a relay, latest first; none when the file is unusable."""
        return [each for each in self._read() if each.relay == relay]

    def find(self, relay: str, staff_id: int) -> Credential | None:
        """One staff member's, or ``None``."""
        return next((each for each in self.all(relay) if each.staff_id == staff_id), None)

    def remember(self, credential: Credential) -> None:
        """Keep it instead of an earlier one of the same person."""
        self._write([credential, *self._others(credential.relay, credential.staff_id)])

    def forget(self, relay: str, staff_id: int) -> None:
        """Drop it; her replica and outbox stay."""
        self._write(self._others(relay, staff_id))

    def _others(self, relay: str, staff_id: int) -> list[Credential]:
        return [each for each in self._read() if (each.relay, each.staff_id) != (relay, staff_id)]

    def _read(self) -> list[Credential]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=list[Credential])
        except (FileNotFoundError, msgspec.DecodeError):
            return []

    def _write(self, credentials: list[Credential]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._path.with_suffix(".part")
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(credentials))
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)

"""PINs and passwords checked on this computer, for when the relay cannot be asked.

Only a verifier is kept: Argon2id, as slow to try as at the relay.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


def verifier(secret: str) -> str:
    """What tells a secret from others; takes a tenth of a second."""
    return _hasher().hash(secret)


def is_right(kept: str, secret: str) -> bool:
    """Whether a verifier is this secret's; one that cannot be read is nobody's."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

    try:
        return _hasher().verify(kept, secret)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    """Loaded when somebody signs in or unlocks, not with every start."""
    from argon2 import PasswordHasher  # noqa: PLC0415

    return PasswordHasher()

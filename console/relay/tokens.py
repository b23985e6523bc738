"""Random things that prove something, and how they are kept: never as themselves.

Pure functions.  Device and invite tokens are 32 random bytes, so a plain SHA-256 of them
is as safe as a slow hash; a pairing code is short and lives on rate limits and 10 minutes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

PAIR_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which people read to each other wrongly."""
PAIR_LENGTH = 8
PAIR_SECONDS = 600


def new_token() -> str:
    """A fresh device token (32 random bytes, URL-safe text)."""
    return secrets.token_urlsafe(32)


def derived_token(key: bytes, said: bytes) -> str:
    """The device token of a request that may come twice: whoever says the same gets the same.

    ``key`` is the relay's own, so that nobody else can work it out.
    """
    return base64.urlsafe_b64encode(hmac.digest(key, said, "sha256")).rstrip(b"=").decode()


def token_hash(token: str) -> str:
    """What the database keeps of a token or a pairing code."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_pair_code() -> str:
    """A fresh pairing code, as it is read out."""
    return "".join(secrets.choice(PAIR_ALPHABET) for _ in range(PAIR_LENGTH))


def plain_code(typed: str) -> str:
    """A pairing code as typed by somebody, without spaces and dashes, in capitals."""
    return "".join(character for character in typed.upper() if character.isalnum())

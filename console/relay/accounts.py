"""Signing in: passwords and PINs, pairing codes, the bundled console, the first owner.

Slow hashing runs in threads, two at a time, so that a crowd at the door cannot starve the
relay.  Every change goes through the core as a command of the relay itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from console.relay import lookups
from console.relay.actor import RELAY, Actor
from console.relay.core import RelayCore
from console.relay.lookups import AccountFact
from console.relay.throttle import Lockout
from console.relay.tokens import new_token, plain_code, token_hash
from console.wire import commands
from console.wire.errors import Code, Refusal

MIN_PASSWORD = 8
"""Shortest password in characters."""
MIN_PIN = 6
"""Shortest secret of digits only."""
MAX_SECRET = 256
WRONG_CODES = 5
"""After so many wrong pairing codes all those that are open are burned."""
_HASHERS_AT_ONCE = 2
_SEQUENCE = "01234567890" + "09876543210"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A console that may now speak for a staff member; ``device_token`` is shown only here."""

    device_token: str
    staff_id: int
    name: str
    role: str


def is_weak(secret: str) -> bool:
    """Too short, too long, one character repeated, or digits in a row."""
    if len(secret) > MAX_SECRET or len(set(secret)) < 3:
        return True
    if secret.isdigit():
        return len(secret) < MIN_PIN or secret in _SEQUENCE
    return len(secret) < MIN_PASSWORD


@dataclass(slots=True)
class Accounts:
    """The relay's doorkeeper.

    Attributes:
        core: where accounts are kept.
        by_address: waits of one address at one account.
        by_account: waits of an account whoever asks, against many addresses at once.
    """

    core: RelayCore
    by_address: Lockout = field(default_factory=Lockout)
    by_account: Lockout = field(default_factory=lambda: Lockout(free=40))
    _hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _desk: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_HASHERS_AT_ONCE))
    _decoy: str = ""
    _wrong_codes: int = 0
    _burned_up_to: int = 0

    async def hash_secret(self, secret: str) -> str:
        """Argon2id of a new secret.  Raises ``password.weak``."""
        if is_weak(secret):
            raise Refusal(Code.PASSWORD_WEAK, {"characters": MIN_PASSWORD, "digits": MIN_PIN},
                          "secret")  # fmt: skip
        async with self._desk:
            return await asyncio.to_thread(self._hasher.hash, secret)

    async def login(
        self, staff: int | str, secret: str, device_name: str, address: str
    ) -> SignedIn:
        """Sign in with a password or PIN.  Raises ``login.wrong``, ``login.locked``."""
        return await self._new_device(await self._prove(staff, secret, address), device_name)

    async def prove(self, staff_id: int, secret: str, address: str) -> None:
        """Only say whether it is her secret.  Raises ``login.wrong``, ``login.locked``."""
        await self._prove(staff_id, secret, address)

    async def _prove(self, staff: int | str, secret: str, address: str) -> AccountFact:
        """Whose secret it is.  Raises ``login.wrong``, ``login.locked``."""
        account = await self.core.read(lambda connection: lookups.account(connection, staff))
        # One count for her, whether she is called by name or by number.
        who = account.staff_id if account is not None else f"?{str(staff)[:MAX_SECRET]}"
        keys = (self.by_address, f"{who}@{address}"), (self.by_account, str(who))
        wait_s = max(lockout.wait_s(key) for lockout, key in keys)
        if wait_s > 0:
            raise Refusal(Code.LOGIN_LOCKED, {"seconds": round(wait_s) or 1})
        if not await self._matches(account, secret):
            for lockout, key in keys:
                lockout.failed(key)
            raise Refusal(Code.LOGIN_WRONG)
        assert account is not None
        for lockout, key in keys:
            lockout.succeeded(key)
        return account

    async def _matches(self, account: AccountFact | None, secret: str) -> bool:
        """Takes as long for somebody who does not exist, so that names cannot be guessed."""
        if len(secret) > MAX_SECRET:
            return False
        async with self._desk:
            if not self._decoy:
                self._decoy = await asyncio.to_thread(self._hasher.hash, new_token())
            known = account.secret_hash if account is not None else ""
            right = await asyncio.to_thread(self._verify, known or self._decoy, secret)
        return right and bool(known)

    def _verify(self, secret_hash: str, secret: str) -> bool:
        try:
            return self._hasher.verify(secret_hash, secret)
        except (VerificationError, InvalidHashError):
            return False

    async def _new_device(
        self, account: AccountFact, device_name: str, pair_code_hash: str = ""
    ) -> SignedIn:
        token = new_token()
        await self.core.call(
            RELAY,
            commands.CreateDevice(
                staff_id=account.staff_id,
                token_hash=token_hash(token),
                device_name=device_name[:80],
                pair_code_hash=pair_code_hash,
            ),
        )
        return SignedIn(token, account.staff_id, account.name, account.role)

    async def pair(self, code: str, device_name: str) -> SignedIn:
        """Sign in with a code that another console shows.  Raises ``pair.code``."""
        code_hash = token_hash(plain_code(code))
        now = self.core.clock.now()
        account = await self.core.read(
            lambda connection: (
                None
                if lookups.pair_code_id(connection, code_hash) <= self._burned_up_to
                else lookups.pair_code_owner(connection, code_hash, now)
            )
        )
        if account is None:
            await self._count_wrong_code()
            raise Refusal(Code.PAIR_CODE)
        self._wrong_codes = 0
        return await self._new_device(account, device_name, code_hash)

    async def _count_wrong_code(self) -> None:
        """Somebody may be guessing; the codes shown right now are not worth the risk."""
        self._wrong_codes += 1
        if self._wrong_codes >= WRONG_CODES:
            self._burned_up_to = await self.core.read(lookups.newest_pair_code)
            self._wrong_codes = 0

    async def local(self, staff: int | None, device_name: str) -> SignedIn:
        """The bundled console signs in by itself; without ``staff`` as the owner.

        Raises ``not_found`` while there is nobody to sign in as.
        """
        account = await self.core.read(lambda connection: lookups.account(connection, staff))
        if account is None:
            raise Refusal(Code.NOT_FOUND)
        return await self._new_device(account, device_name)

    async def pair_code(self) -> dict[str, Any]:
        """A code for one more console of the owner.  Raises ``not_found`` without one."""
        # Codes are made by somebody's device: the server gets one for the moment.
        here = await self.local(None, "hanger relay pair")
        owner = await self.core.actor_of_token(token_hash(here.device_token))
        if owner is None:
            raise Refusal(Code.NOT_FOUND)
        try:
            return dict(await self.core.call(owner, commands.CreatePairCode()))
        finally:
            await self.core.call(RELAY, commands.RevokeDevice(device_id=owner.device_id))

    async def add_staff(self, asker: Actor, name: str, role: str, secret: str) -> int:
        """A new account; the result is its ``staff_id``."""
        result = await self.core.call(
            RELAY,
            commands.CreateStaff(
                display_name=name, role=role, secret_hash=await self.hash_secret(secret),
                asked_by=asker.id,
            ),
        )  # fmt: skip
        return int(result["staff_id"])

    async def change_secret(
        self, asker: Actor, staff_id: int, secret: str, current: str, address: str
    ) -> None:
        """Another password or PIN: one's own (with the ``current`` one), or as an owner.

        Raises ``command.denied``, ``password.wrong``, ``login.locked``, ``password.weak``,
        ``not_found``.
        """
        if staff_id == asker.id:
            await self._prove_own(asker, current, address)
        elif asker.role != "owner":
            raise Refusal(Code.COMMAND_DENIED)
        secret_hash = await self.hash_secret(secret)
        await self.core.call(
            RELAY,
            commands.SetStaffSecret(
                staff_id=staff_id, secret_hash=secret_hash, asked_by=asker.id
            ),
        )  # fmt: skip

    async def _prove_own(self, asker: Actor, current: str, address: str) -> None:
        """A console left open must not be enough to take an account over."""
        account = await self.core.read(lambda connection: lookups.account(connection, asker.id))
        if account is not None and not account.secret_hash:
            return
        try:
            await self._prove(asker.id, current, address)
        except Refusal as refusal:
            wrong = refusal.code is Code.LOGIN_WRONG
            code = Code.PASSWORD_WRONG if wrong else refusal.code
            raise Refusal(code, refusal.parameters, "current") from refusal

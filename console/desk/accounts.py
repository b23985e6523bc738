"""Signing in: who may sit here, the first run, pairing, and where phones reach the shop.

Refusals are ``console.wire.errors.Refusal`` with a code; ``Offline`` means the relay does
not answer.  Tokens stay inside; screens see names.
"""

from __future__ import annotations

import asyncio
import ipaddress
import platform
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from console.desk import secrets
from console.desk.addresses import own_addresses
from console.desk.types import Value
from console.sync.devices import Credential, CredentialStore
from console.sync.http import Offline, RelayHttp
from console.wire.errors import Code, Refusal

BUNDLED = "bundled"
PATIENCE_S = 2.5
"""How long a locked console waits for its relay before it decides by itself."""
SECRET_HEADER = "X-Hanger-Secret"  # noqa: S105 - a header's name


class StaffChoice(Value, frozen=True, kw_only=True):
    """Somebody who may sign in.  ``remembered``: this computer has her device already."""

    staff_id: int
    name: str
    role: str
    remembered: bool = False


class Reach(Value, frozen=True, kw_only=True):
    """One address of the relay, as seen from this computer.

    Attributes:
        answers: this shop's relay answered there just now.
        here_only: the address means this computer and nothing else.
        at_home: it also means something outside the shop's own network.
    """

    url: str
    answers: bool
    here_only: bool
    at_home: bool = False


class _SignedIn(msgspec.Struct, frozen=True):
    device_token: str
    staff_id: int
    name: str
    role: str


class _Person(msgspec.Struct, frozen=True):
    staff_id: int
    name: str
    role: str


class AccountsDesk:
    """Sign-in at one relay.  ``secret`` is set for the bundled one (from ``relay.json``)."""

    def __init__(self, home: Path, relay_url: str, secret: str = "") -> None:
        self.relay_url = relay_url.rstrip("/")
        self.relay = BUNDLED if secret else self.relay_url
        self._secret, self._home = secret, home
        self._store = CredentialStore(home)
        self._http = RelayHttp(self.relay_url)

    @property
    def is_bundled(self) -> bool:
        """The relay is this computer's own."""
        return bool(self._secret)

    def elsewhere(self, address: str) -> AccountsDesk:
        """Sign-in at another shop's relay, as somebody typed its address.

        Raises ``command.invalid`` with the field ``address``.  To be closed by the caller.
        """
        return AccountsDesk(self._home, clean_address(address))

    async def close(self) -> None:
        """Close kept connections."""
        await self._http.close()

    async def staff_list(self) -> list[StaffChoice]:
        """Who may sign in; a remote relay tells only consoles that somebody signed in on."""
        remembered = {each.staff_id: each for each in self._store.all(self.relay)}
        token = next((each.token for each in remembered.values()), "")
        people: Sequence[_Person | Credential] = list(remembered.values())
        if self._secret:
            people = await self._people({SECRET_HEADER: self._secret})
        elif token:
            people = await self._people({"Authorization": f"Bearer {token}"})
        return [
            StaffChoice(staff_id=each.staff_id, name=each.name, role=each.role,
                        remembered=each.staff_id in remembered)
            for each in people
        ]  # fmt: skip

    def remembered(self) -> list[Credential]:
        """Devices of this computer at this relay, latest first."""
        return self._store.all(self.relay)

    async def login(self, staff_id: int, secret: str) -> Credential:
        """Sign in with a password or PIN.  Refused: ``login.wrong``, ``login.locked``."""
        return await self._sign_in("login", {"staff": staff_id, "secret": secret}, secret)

    async def pair(self, code: str) -> Credential:
        """Sign in with a code another console shows.  Refused: ``pair.code``."""
        return await self._sign_in("pair", {"code": code.strip()})

    async def local(self, staff_id: int | None = None) -> Credential:
        """Sign in on the bundled relay's own computer; ``None``: its owner."""
        body = {"secret": self._secret, "staff": staff_id}
        return await self._sign_in("local", body)

    async def setup(
        self, shop_name: str, owner_name: str, secret: str, opens: int, closes: int,
        address: str = "", language: str = "",
    ) -> Credential:  # fmt: skip
        """The first run: make the shop and its owner.

        ``opens``/``closes``: minutes after midnight; ``secret``: the owner's new password or
        PIN; ``language`` of the first quick replies.  Refused: ``shop.name``, ``join.name``,
        ``password.weak``, ``command.invalid``.
        """
        body = {
            "shop_name": shop_name, "owner_name": owner_name, "secret": secret, "opens": opens,
            "closes": closes, "address": address, "device_name": platform.node(),
            "language": language,
        }  # fmt: skip
        headers = {SECRET_HEADER: self._secret, "Content-Type": "application/json"}
        _, answer = await self._http.request(
            "POST", "/api/setup", msgspec.json.encode(body), headers
        )
        return await self._remember(msgspec.json.decode(answer, type=_SignedIn), secret)

    async def unlock(self, staff_id: int, secret: str) -> None:
        """Whether it is she who comes back to her locked console.

        Her relay says so; while it does not answer, what she gave here last counts.
        Refused: ``login.wrong``, ``login.locked``; ``Offline``: nobody can tell.
        """
        credential = self._store.find(self.relay, staff_id)
        if credential is None:
            raise Refusal(Code.LOGIN_WRONG)
        if not await self._relay_knows(credential, secret):
            if not credential.verifier:
                raise Offline
            if not await asyncio.to_thread(secrets.is_right, credential.verifier, secret):
                raise Refusal(Code.LOGIN_WRONG)
        elif not await asyncio.to_thread(secrets.is_right, credential.verifier, secret):
            await self._keep(credential, secret)

    async def forget(self, staff_id: int) -> None:
        """Sign out on this computer; her replica and outbox stay for the next time."""
        await asyncio.to_thread(self._store.forget, self.relay, staff_id)

    async def reach(self, public_url: str = "") -> list[Reach]:
        """Addresses for the poster: the public one, those in the shop's network, this computer.

        Tested from this computer only; an address of the shop's network does not work for
        phones elsewhere.
        """
        parts = urlsplit(self.relay_url)
        hosts = await asyncio.to_thread(own_addresses) if self._secret else []
        urls = [public_url.rstrip("/")] if public_url else []
        urls += [f"{parts.scheme}://{host}:{parts.port}" for host in hosts]
        urls.append(self.relay_url)
        epoch = await _epoch_at(self.relay_url)
        return list(await asyncio.gather(*(_reach(url, epoch) for url in dict.fromkeys(urls))))

    # --- inside ---

    async def _people(self, headers: dict[str, str]) -> list[_Person]:
        _, answer = await self._http.request("GET", "/api/staff/list", None, headers)
        return msgspec.json.decode(answer, type=list[_Person])

    async def _relay_knows(self, credential: Credential, secret: str) -> bool:
        """Her secret is right there; ``False``: there is no answer.  Raises as ``unlock``."""
        http = RelayHttp(self.relay_url, credential.token)
        try:
            async with asyncio.timeout(PATIENCE_S):
                await http.json("POST", "/api/staff/prove", {"secret": secret})
        except (Offline, TimeoutError):
            return False
        except Refusal as refusal:
            if refusal.code == Code.NOT_FOUND:
                return False  # an older relay, which cannot say
            raise
        finally:
            await http.close()
        return True

    async def _sign_in(self, how: str, body: Mapping[str, object], secret: str = "") -> Credential:
        answer = await self._http.json(
            "POST", f"/api/staff/{how}", {**body, "device_name": platform.node()}
        )
        return await self._remember(msgspec.convert(answer, _SignedIn), secret)

    async def _remember(self, signed_in: _SignedIn, secret: str) -> Credential:
        before = self._store.find(self.relay, signed_in.staff_id)
        credential = Credential(
            relay=self.relay, staff_id=signed_in.staff_id, name=signed_in.name,
            role=signed_in.role, token=signed_in.device_token,
            verifier=before.verifier if before is not None else "",
        )  # fmt: skip
        return await self._keep(credential, secret)

    async def _keep(self, credential: Credential, secret: str) -> Credential:
        if secret:
            verifier = await asyncio.to_thread(secrets.verifier, secret)
            credential = msgspec.structs.replace(credential, verifier=verifier)
        await asyncio.to_thread(self._store.remember, credential)
        return credential


async def _epoch_at(url: str) -> str:
    http = RelayHttp(url)
    try:
        return str((await http.json("GET", "/api/health")).get("epoch", ""))
    except (Offline, Refusal):
        return ""
    finally:
        await http.close()


async def _reach(url: str, epoch: str) -> Reach:
    answers = bool(epoch) and await _epoch_at(url) == epoch
    found = await asyncio.to_thread(_addresses_of, urlsplit(url).hostname or "")
    return Reach(url=url, answers=answers, at_home=any(address.is_global for address in found),
                 here_only=bool(found) and all(each.is_loopback for each in found))  # fmt: skip


def _addresses_of(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """What a name stands for; nothing when it is unknown here."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def clean_address(text: str) -> str:
    """An address as somebody types it: a scheme is added, a slash at the end taken away.

    A name gets https, a bare number of the shop's network http.  Raises ``command.invalid``.
    """
    words = text.strip().rstrip("/")
    if "://" not in words:
        host = words.partition(":")[0]
        plain = host == "localhost" or host.replace(".", "").isdigit()
        words = f"{'http' if plain else 'https'}://{words}"
    try:
        parts = urlsplit(words)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.path or parts.query or parts.username is not None or " " in words:
        raise Refusal(Code.COMMAND_INVALID, field="address")
    return words

"""The shop itself: staff, their devices, grants and settings.  Pure data."""

from __future__ import annotations

from typing import Any, ClassVar

from console.wire.commands.base import RELAY, STAFF, STAFF_OR_RELAY, Command


class CreateStaff(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A staff account that staff ``asked_by`` asked for.  Result: ``{"staff_id"}``.

    ``secret_hash`` is argon2, made outside the writer.
    """

    name: ClassVar[str] = "staff.create"
    by: ClassVar[frozenset[str]] = RELAY
    display_name: str
    role: str = "clerk"
    secret_hash: str = ""
    shop_id: int = 1
    asked_by: int = 0


class SetStaffActive(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Shut a colleague and her devices out, or let her in again.  ``staff.last_owner``."""

    name: ClassVar[str] = "staff.set_active"
    by: ClassVar[frozenset[str]] = STAFF_OR_RELAY
    needs_role: ClassVar[str] = "owner"
    staff_id: int
    active: bool


class SetStaffSecret(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Another password or PIN of a colleague; fields as in ``CreateStaff``."""

    name: ClassVar[str] = "staff.set_secret"
    by: ClassVar[frozenset[str]] = RELAY
    staff_id: int
    secret_hash: str
    asked_by: int = 0


class CreateDevice(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A console of a staff member, after login or pairing.  Result: ``{"device_id"}``.

    With ``pair_code_hash`` the code is used up in the same transaction; one that is used,
    expired or another staff member's is refused with ``pair.code``.
    """

    name: ClassVar[str] = "device.create"
    by: ClassVar[frozenset[str]] = RELAY
    staff_id: int
    token_hash: str
    device_name: str = ""
    pair_code_hash: str = ""


class RevokeDevice(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A device's token stops working and its sessions are closed."""

    name: ClassVar[str] = "device.revoke"
    by: ClassVar[frozenset[str]] = STAFF_OR_RELAY
    device_id: int


class CreatePairCode(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A short code that pairs one more console of the sender within 10 minutes.

    Result (never stored): ``{"code", "expires_s"}``.
    """

    name: ClassVar[str] = "device.pair_code"
    by: ClassVar[frozenset[str]] = STAFF


class SetGrant(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Give a staff member a scope or take it (owner)."""

    name: ClassVar[str] = "grant.set"
    by: ClassVar[frozenset[str]] = STAFF_OR_RELAY
    needs_role: ClassVar[str] = "owner"
    staff_id: int
    scope: str
    granted: bool


class SetSetting(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Change a shop setting (owner).  ``base_rev`` older than the row: ``conflict``."""

    name: ClassVar[str] = "setting.set"
    by: ClassVar[frozenset[str]] = STAFF_OR_RELAY
    needs_role: ClassVar[str] = "owner"
    key: str
    value: Any
    public: bool = False
    base_rev: int = 0


class UpdateShop(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Name and hours of the shop (owner)."""

    name: ClassVar[str] = "shop.update"
    by: ClassVar[frozenset[str]] = STAFF_OR_RELAY
    needs_role: ClassVar[str] = "owner"
    shop_id: int = 1
    display_name: str | None = None
    opens: int | None = None
    closes: int | None = None
    greeting: str | None = None

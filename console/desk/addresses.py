"""Addresses: those of this computer, and the one to give to a phone."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from urllib.parse import urlsplit

import psutil


def own_addresses() -> list[str]:
    """IPv4 addresses that other machines may reach this computer by, the likeliest first."""
    found = [
        address.address
        for addresses in psutil.net_if_addrs().values()
        for address in addresses
        if address.family == socket.AF_INET
    ]
    usable = [address for address in found if not address.startswith(("127.", "169.254."))]
    outward = _outward()
    return sorted(usable, key=lambda address: (address != outward, address))


def _outward() -> str:
    """Where packets to the internet would leave from; connecting UDP sends none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return ""


def is_here_only(url: str) -> bool:
    """Whether an address means this computer and nothing else."""
    host = urlsplit(url).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def is_private(url: str) -> bool:
    """Whether an address means something in one network only; a name is taken for public."""
    try:
        return not ipaddress.ip_address(urlsplit(url).hostname or "").is_global
    except ValueError:
        return is_here_only(url)


def for_phones(relay_url: str, public_url: str) -> str:
    """The best address for a phone: the shop's own, the relay's, or this computer's in its Wi-Fi.

    Blocking for a moment; nothing is tested.
    """
    if public_url:
        return public_url.rstrip("/")
    parts = urlsplit(relay_url)
    found = own_addresses() if is_here_only(relay_url) else []
    return f"{parts.scheme}://{found[0]}:{parts.port}" if found else relay_url.rstrip("/")

"""What a phone can do with the address it is given: sentences for a person, no network.

Browsers give microphone and camera to pages that came by https only.  Without it the phone
page offers the phone's own recorder and camera instead, which takes a few taps more.
"""

from __future__ import annotations

import enum
from urllib.parse import urlsplit

from console.desk.addresses import is_here_only
from console.desk.types import Value


class Microphone(enum.StrEnum):
    """Whether the page may record by itself; the values are keys of ``reach.*.json``."""

    YES = "reach.secure"
    HERE = "reach.here"
    """On this computer only, which browsers trust; members' phones do not come this way."""
    NO = "reach.plain"


class PhoneReach(Value, frozen=True, kw_only=True):
    """How good an address is for phones.

    Attributes:
        address: what phones open.
        microphone: whether they may use microphone and camera within the page; its value is
            the key of the sentence that says so.
    """

    address: str
    microphone: Microphone

    @property
    def secure(self) -> bool:
        """Whether every phone gets microphone and camera."""
        return self.microphone is Microphone.YES


def of_address(address: str) -> PhoneReach:
    """What phones can do at ``address`` (scheme, host and port)."""
    if urlsplit(address).scheme == "https":
        microphone = Microphone.YES
    else:
        microphone = Microphone.HERE if is_here_only(address) else Microphone.NO
    return PhoneReach(address=address, microphone=microphone)


STEPS = ("reach.how_certificate", "reach.how_proxy")
"""Keys of the two ways to get https, in the order in which they are shown."""

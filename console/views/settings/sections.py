"""The sections of the settings: their order, icons and names."""

from __future__ import annotations

from typing import Final

from console.ui.i18n import translate

APPEARANCE: Final = "appearance"
COMPUTER: Final = "computer"
ATTENTION: Final = "attention"
KEYS: Final = "keys"
HOURS: Final = "hours"
QUICK_REPLIES: Final = "quick_replies"
TEAM: Final = "team"
DEVICES: Final = "devices"
REACH: Final = "reach"

ICONS: Final = {
    APPEARANCE: "sun",
    COMPUTER: "home",
    ATTENTION: "bell",
    KEYS: "key",
    HOURS: "clock",
    QUICK_REPLIES: "quick",
    TEAM: "group",
    DEVICES: "lock",
    REACH: "qr",
}
ORDER: Final = tuple(ICONS)
"""From what concerns this person to what concerns the shop.  One without a card is not shown."""


def title(section: str) -> str:
    """What a section is called."""
    return {
        APPEARANCE: translate("Settings", "Appearance"),
        COMPUTER: translate("Settings", "This computer"),
        ATTENTION: translate("Settings", "Notifications and lock"),
        KEYS: translate("Settings", "Keyboard"),
        HOURS: translate("Settings", "Opening hours"),
        QUICK_REPLIES: translate("Settings", "Quick replies"),
        TEAM: translate("Settings", "Team"),
        DEVICES: translate("Settings", "Computers"),
        REACH: translate("Settings", "Where phones reach us"),
    }[section]

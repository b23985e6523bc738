"""Every colour, radius and size of the desktop program, once for light and once for dark.

``use`` makes a palette the current one; widgets repaint because Qt then sends them a
``PaletteChange``.  Nothing here knows a widget.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, fields
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

RADIUS: Final = 10
RADIUS_SMALL: Final = 8
RADIUS_BUBBLE: Final = 12
BODY_PX: Final = 14
SMALL_PX: Final = 13
TINY_PX: Final = 12
NAME_PX: Final = 15
TITLE_PX: Final = 17
RAIL_WIDTH: Final = 76
HEADER_HEIGHT: Final = 60


@dataclass(frozen=True, slots=True)
class Tokens:
    """One palette; ``*_ink`` colours are for text and reach contrast AA on their ground."""

    name: str
    paper: str
    surface: str
    hover: str
    line: str
    line_soft: str
    field_line: str
    ink: str
    ink_soft: str
    ink_faint: str
    accent: str
    accent_hover: str
    accent_ink: str
    accent_soft: str
    on_accent: str
    mine: str
    mine_line: str
    alert: str
    alert_ink: str
    alert_soft: str
    warn_ink: str
    warn_soft: str
    online: str
    rail: str
    rail_active: str
    rail_ink: str
    rail_ink_soft: str
    brand: str
    on_brand: str
    shadow: str
    series_2: str
    series_3: str

    def color(self, role: str) -> QColor:
        """The colour of a role, for painters."""
        return QColor(str(getattr(self, role)))

    def values(self) -> dict[str, str]:
        """All roles by name, for the style sheet."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


LIGHT: Final = Tokens(
    name="light", paper="#F6F3EE", surface="#FFFFFF", hover="#FAF8F4", line="#E7E1D8",
    line_soft="#F1ECE4", field_line="#D8D1C5", ink="#24211D", ink_soft="#6B645B",
    ink_faint="#6D665D", accent="#0F6B5C", accent_hover="#0C5A4D", accent_ink="#0F6B5C",
    accent_soft="#DCEDE8", on_accent="#FFFFFF", mine="#DDF0E4", mine_line="#BFE0CE",
    alert="#CF4023", alert_ink="#B2371C", alert_soft="#FBE6DF", warn_ink="#875712",
    warn_soft="#FBF0D9", online="#3DB57F", rail="#23332F", rail_active="#35504A",
    rail_ink="#FFFFFF", rail_ink_soft="#B9C7C2", brand="#F2B05E", on_brand="#24211D",
    shadow="#24211D", series_2="#6C86D6", series_3="#C07A00",
)  # fmt: skip
DARK: Final = Tokens(
    name="dark", paper="#181715", surface="#211F1C", hover="#292622", line="#37332D",
    line_soft="#2C2925", field_line="#494339", ink="#F2EDE6", ink_soft="#C2BAAE",
    ink_faint="#A9A196", accent="#1C7D6C", accent_hover="#23907D", accent_ink="#6CCBB7",
    accent_soft="#1F3A34", on_accent="#FFFFFF", mine="#1F3D33", mine_line="#2D5446",
    alert="#CF4023", alert_ink="#FF9D86", alert_soft="#472821", warn_ink="#F1C06A",
    warn_soft="#403318", online="#4CC38F", rail="#121B19", rail_active="#263B36",
    rail_ink="#FFFFFF", rail_ink_soft="#A9B8B3", brand="#F2B05E", on_brand="#24211D",
    shadow="#000000", series_2="#6E8DF0", series_3="#F0B040",
)  # fmt: skip

SERIES: Final = ("accent_ink", "series_2", "series_3")
"""Lines of a chart, told apart by colour-blind people too; a fourth would not be."""

AVATARS: Final = (
    "#A95E6E", "#6D597A", "#355070", "#1F8173", "#0F6B5C", "#BC512D", "#7F5539", "#77706A",
    "#A8611B", "#427798", "#8A4F7D", "#4F6D3A", "#9C4A4A", "#3F6C8F", "#7A6A1F", "#5B5EA6",
)  # fmt: skip

_current: list[Tokens] = [LIGHT]
_colors: dict[str, QColor] = {}


def tokens() -> Tokens:
    """The palette in use."""
    return _current[0]


def color(role: str) -> QColor:
    """A colour of the palette in use; shared by all painters, so change a copy only."""
    found = _colors.get(role)
    if found is None:
        found = _colors[role] = tokens().color(role)
    return found


def avatar_color(name: str) -> str:
    """The colour that belongs to a name, the same on every computer and day."""
    return AVATARS[zlib.crc32(name.encode()) % len(AVATARS)]


def choose(wanted: str) -> Tokens:
    """Tokens for ``light``, ``dark`` or ``auto`` (what the system prefers)."""
    if wanted == "auto":
        hints = QGuiApplication.styleHints()
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if wanted == "dark" else LIGHT


def use(chosen: Tokens) -> QPalette:
    """Make a palette the current one and return it in Qt's terms."""
    _current[0] = chosen
    _colors.clear()
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "paper",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "hover",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.PlaceholderText: "ink_faint",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Link: "accent_ink",
        QPalette.ColorRole.ToolTipBase: "ink",
        QPalette.ColorRole.ToolTipText: "surface",
    }
    for role, name in roles.items():
        palette.setColor(role, chosen.color(name))
    return palette

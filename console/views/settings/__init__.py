"""The settings: a list of sections, each of cards.

To add a card: a module here with a ``ui.section.Section``, one line in ``compose``, and, for a
subject of its own, an entry in ``sections``.
"""

from console.views.settings.compose import settings_screen
from console.views.settings.screen import SettingsScreen

__all__ = ["SettingsScreen", "settings_screen"]

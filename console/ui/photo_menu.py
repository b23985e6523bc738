"""What can be done with a photo of a grid, in words: the menu at its tile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from console.ui import icons, theme
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.photo_tile import DEEDS

CAPTION, REMOVE = "caption", "remove"


def open_menu(
    owner: QWidget, at: QPoint, act: Callable[[str], object], *, film: bool = False
) -> QMenu:
    """Offer it at a point of the screen; ``act`` is told a deed's id, ``caption`` or ``remove``.

    A video can only be taken out.
    """
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(translate("PhotoGrid", "What can be done with the photo"))
    if not film:
        for deed in DEEDS:
            _add(menu, deed.icon, deed.words(), deed.command, deed.id, act)
        menu.addSeparator()
        words = translate("PhotoGrid", "Caption")
        _add(menu, "edit", words, "photo.caption", CAPTION, act)
    _add(menu, "trash", translate("PhotoGrid", "Take out"), "photo.remove", REMOVE, act)
    menu.popup(at)
    return menu


def _add(
    menu: QMenu, icon: str, words: str, command: str, what: str, act: Callable[[str], object]
) -> QAction:
    keys = keymap().text(command)
    action = menu.addAction(
        icons.icon(icon, 18, theme.color("ink_soft")), f"{words}\t{keys}" if keys else words
    )
    action.setObjectName(what)
    action.triggered.connect(lambda _=False: act(what))
    return action

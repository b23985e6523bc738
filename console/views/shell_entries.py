"""The screens and actions that the search offers: what keys can do now, and the looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from console.ui.appearance import Appearance
from console.ui.i18n import translate
from console.ui.keymap import Offer, keymap
from console.ui.keys import COMMANDS
from console.views.palette_rows import Entry
from console.views.settings import sections

_ICONS: Final = {
    "go.inbox": "chat", "go.campaigns": "campaign", "go.insights": "insights",
    "go.products": "product", "go.fittings": "fitting", "go.settings": "settings",
    "lock": "lock", "redeem": "coupon", "holds": "hold", "keys": "key",
    "checkin": "user",
    "queue.done": "check", "queue.later": "snooze", "queue.hand_over": "transfer",
    "chat.later": "clock", "chat.photos": "photo", "chat.video": "video", "chat.voice": "mic",
    "member.history": "clock", "member.merge": "user-plus", "member.block": "block",
    "chat.member": "user", "chat.item": "product", "chat.enquiry": "hold",
    "chat.restock": "hold",
    "chat.keep_for": "hold",
    "chat.emoji": "emoji", "chat.note": "lock",
}  # fmt: skip
_OF_CHATS: Final = frozenset({"queue", "chat", "bubble", "member"})


def entries(
    window: QWidget, appearance: Appearance, *, chatting: bool, next_one: Callable[[], object],
    switch: Callable[[], object], settings: Sequence[str], show: Callable[[str], object],
) -> list[Entry]:  # fmt: skip
    """What can be done in ``window`` now; ``chatting``: a conversation is open.

    ``settings`` are the sections of the settings, which ``show`` shows.
    """
    offers = sorted(keymap().offers(window), key=lambda offer: COMMANDS.index(offer.command))
    here = [_entry(offer) for offer in offers if chatting or offer.command.area not in _OF_CHATS]
    return [
        *(entry for entry in here if entry.screen or entry.id.startswith("queue.")),
        *(Entry(f"settings.{section}", _settings_name(section), partial(show, section),
                icon=sections.ICONS[section], screen=True, offered=False)
          for section in settings),
        Entry("queue.waiting", translate("Palette", "Answer who waits longest"), next_one,
              icon="reply"),
        *(entry for entry in here if not entry.screen and not entry.id.startswith("queue.")),
        *_looks(appearance),
        Entry("switch", translate("Rail", "Switch user"), switch, icon="user"),
    ]  # fmt: skip


def _entry(offer: Offer) -> Entry:
    command = offer.command
    icon, screen = _ICONS.get(command.id, "quick"), command.id.startswith("go.")
    return Entry(command.id, command.text, offer.run, offer.keys, icon, screen)


def _settings_name(section: str) -> str:
    return translate("Palette", "Settings: {name}").format(name=sections.title(section))


def _looks(appearance: Appearance) -> Iterator[Entry]:
    """Those that are not chosen already."""
    looks = (
        ("light", "sun", translate("Rail", "Light")),
        ("dark", "moon", translate("Rail", "Dark")),
    )
    for name, icon, words in looks:
        if name != appearance.theme:
            text = translate("Palette", "Appearance: {name}").format(name=words)
            yield Entry(f"theme.{name}", text, partial(appearance.set_theme, name), icon=icon)
    for name, words in (("zh", "简体中文"), ("en", "English")):
        if name != appearance.language:
            text = translate("Palette", "Language: {name}").format(name=words)
            run = partial(appearance.set_language, name)
            yield Entry(f"language.{name}", text, run, icon="language")

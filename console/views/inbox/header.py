"""The line above a conversation: who she is, whether she is there, how long she waits.

And what can be done with the conversation: hand it over, put it off, be done with it.  Where
there is little room the name and the wait come first.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from console.desk.types import ConversationItem, MemberPanel
from console.ui import icons, phrases, queue_phrases, theme
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.widgets import (
    Avatar,
    Light,
    LineLabel,
    Pill,
    button,
    label,
    plain_tip,
    repaints,
    snug,
    speaks,
)

_LEAST_NAME: Final = 72
_SIDES: Final = 36


class ChatHeader(QFrame):
    """Shows a conversation and, once it is there, its member.

    Attributes:
        over: hands over; ``later``: puts off; ``done``: finishes, or opens again; ``more``;
        member: shows the member where her column has no room.
    """

    def __init__(self, clock: ShopClock, me: int = 0) -> None:
        super().__init__()
        self._clock, self._me = clock, me
        self._item: ConversationItem | None = None
        self._panel: MemberPanel | None = None
        self._typing = ""
        self.setProperty("look", "header")
        self.setFixedHeight(theme.HEADER_HEIGHT)
        self._avatar, self._name = Avatar(36), _Name("title")
        self._tier, self._light, self._presence = Pill("accent"), Light(), label("soft")
        self.whose, self.state, self.waiting = Pill("accent"), Pill("accent"), Pill("alert")
        self.over, self.later, self.done, self.more, self.member = (
            _HeadButton(name) for name in ("transfer", "snooze", "check", "dot-menu", "user")
        )
        self.member.setCheckable(True)
        self._offers_member = False
        self._arrange()
        self._ticker = QTimer(self)
        self._ticker.setInterval(1000)
        self._ticker.timeout.connect(self._tick)
        keymap().changed.connect(self._name_buttons)
        self._speak()

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        snug(layout, 18, 0, 18, 1, spacing=8)
        left: list[QWidget] = [self._avatar, self._name, self._tier, self._light, self._presence]
        right: list[QWidget] = [self.whose, self.state, self.waiting, *self._buttons]
        for part in left:
            layout.addWidget(part)
        layout.addStretch(1)
        for part in right:
            layout.addWidget(part)
        self._parts = left + right

    @property
    def _buttons(self) -> tuple[_HeadButton, ...]:
        return self.over, self.later, self.done, self.more, self.member

    def show_conversation(self, item: ConversationItem | None) -> None:
        """Whose conversation this is."""
        if self._item is None or item is None or item.id != self._item.id:
            self._panel, self._typing = None, ""
        self._item = item
        self._speak()

    def show_member(self, panel: MemberPanel | None) -> None:
        """What is known of the member."""
        self._panel = panel
        self._speak()

    def offer_member(self, *, on: bool, shown: bool) -> None:
        """Whether there is a way to the member from here, and whether she is shown."""
        self._offers_member = on
        self.member.setChecked(shown)
        self._fit()

    def show_typing(self, name: str) -> None:
        """Somebody types; "" when nobody does."""
        self._typing = name
        self._speak()

    @property
    def presence_text(self) -> str:
        """What is said beside the name."""
        return self._presence.text()

    @property
    def name_text(self) -> str:
        """Whose name stands here."""
        return self._name.accessibleName()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event):
            self._speak()
        elif repaints(event):
            self._fit()
        super().changeEvent(event)

    # --- what stands here -----------------------------------------------------------------

    def _tick(self) -> None:
        item = self._item
        if item is None or item.waiting_since is None or item.sleeps(self._clock.now()):
            self._ticker.stop()
            self.waiting.say("")
            return
        seconds = self._clock.since_s(item.waiting_since)
        kind = "alert" if seconds >= phrases.ALERT_AFTER_S else "warn"
        before = self.waiting.sizeHint()
        self.waiting.say(phrases.waiting_exact(seconds), kind)
        if self.waiting.sizeHint().width() > before.width():
            self._fit()

    def _speak(self) -> None:
        item = self._item
        name = queue_phrases.title(item) if item is not None else ""
        self._avatar.show_name(name)
        self._name.say(name)
        known = item is not None and item.member_id and item.member_state != "erased"
        self._tier.say(phrases.tier(item.tier) if known and item is not None else "")
        words, kind = self._presence_words()
        self._presence.setText(words)
        self._light.show_kind(kind)
        self._light.setToolTip(words)
        self._light.setAccessibleName(words)
        self._whose_and_state()
        self._name_buttons()
        self._tick()
        if item is not None and item.waiting_since is not None and not self._ticker.isActive():
            self._ticker.start()
        self._fit()

    def _whose_and_state(self) -> None:
        item, whose, state = self._item, "", ""
        if item is not None and item.assignee_id:
            with_me = item.assignee_id == self._me
            whose = translate("ChatHeader", "Mine") if with_me else translate(
                "ChatHeader", "With {name}").format(name=item.assignee_name)  # fmt: skip
        if item is not None and item.snoozed_until and item.sleeps(self._clock.now()):
            state = queue_phrases.back_at(item.snoozed_until, self._clock)
        elif item is not None and item.reminds(self._clock.now()):
            state = queue_phrases.reminder()
        elif item is not None and item.done:
            state = translate("ChatHeader", "Done")
        self.whose.say(_short(whose))
        self.whose.setToolTip(plain_tip(whose))
        self.state.say(state)

    def _name_buttons(self) -> None:
        done, key = self._item is not None and self._item.done, keymap().text("queue.done")
        self.over.name(translate("ChatHeader", "Hand over"), keymap().text("queue.hand_over"))
        self.later.name(translate("ChatHeader", "Remind me"), keymap().text("queue.later"))
        if done:
            self.done.name(translate("ChatHeader", "Reopen"), key)
        else:
            hint = translate("ChatHeader", "Done, and on to the next")
            self.done.name(translate("ChatHeader", "Done"), key, hint)
        self.more.name("", "", translate("ChatHeader", "More"))
        hint = translate("ChatHeader", "The member")
        self.member.name("", keymap().text("chat.member"), hint)

    def _presence_words(self) -> tuple[str, str]:
        panel = self._panel
        if self._typing:
            return translate("ChatHeader", "{name} is typing…").format(name=self._typing), "online"
        if panel is None or panel.state in {"erased", "merged"}:
            return "", "line"
        if panel.online:
            return translate("ChatHeader", "Online · phone page"), "online"
        if panel.joined_at is None:
            return translate("ChatHeader", "Has not joined on a phone yet"), "ink_faint"
        if panel.last_seen_at is None:
            return translate("ChatHeader", "Not online"), "ink_faint"
        return self._seen(panel.last_seen_at), "ink_faint"

    def _seen(self, moment: datetime) -> str:
        when = phrases.list_time(moment, self._clock)
        return translate("ChatHeader", "Last here {time}").format(time=when)

    # --- room -----------------------------------------------------------------------------

    def _fit(self) -> None:
        """Leave out, one by one, what matters least until the rest has room."""
        here = bool(self._presence.text())
        for widget, shown in ((self._presence, here), (self._light, here),
                            (self._tier, bool(self._tier.text)),
                            (self.whose, bool(self.whose.text))):  # fmt: skip
            widget.setVisible(shown)
        self._avatar.show()
        for each in self._buttons:
            each.setVisible(each is not self.member or self._offers_member)
            each.spell(whole=True)
        less: tuple[QWidget | None, ...] = (
            self._presence, None, self._light, self._tier, self.whose, self.over, self.later,
            self.done, self._avatar,
        )  # fmt: skip
        for part in less:
            if self._needed() <= self.width():
                return
            if part is not None:
                part.hide()
                continue
            for each in self._buttons:
                each.spell(whole=False)

    def _needed(self) -> int:
        shown = [part for part in self._parts if not part.isHidden()]
        name = min(self._name.sizeHint().width(), max(_LEAST_NAME, self.width() // 4))
        others = sum(max(part.sizeHint().width(), part.minimumWidth())
                     for part in shown if part is not self._name)  # fmt: skip
        return others + name + 8 * len(shown) + _SIDES


class _Name(LineLabel):
    """As wide as the name, narrower where there is no room."""

    def __init__(self, look: str) -> None:
        super().__init__(look)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Another name."""
        super().say(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The whole name."""
        wide = self.fontMetrics().horizontalAdvance(self.accessibleName())
        return QSize(wide + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few characters of it."""
        return QSize(min(_LEAST_NAME, self.sizeHint().width()), super().sizeHint().height())


class _HeadButton(QPushButton):
    """A button with a word, or with its icon alone."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon_name, self.word = icon, ""
        self.setAutoDefault(False)
        self.setCursor(button().cursor())
        self.setObjectName(icon)
        self.setProperty("look", "head")

    def name(self, word: str, keys: str, hint: str = "") -> None:
        """What it does, and by which keys."""
        self.word = word
        self.setAccessibleName(hint or word)
        self.setToolTip("   ".join(part for part in (hint or word, keys) if part))

    def spell(self, *, whole: bool) -> None:
        """Show the word, or the icon."""
        icon = not whole or not self.word
        self.setText("" if icon else self.word)
        pixmap = icons.icon(self.icon_name, 18, theme.color("ink_soft"))
        self.setIcon(pixmap if icon else QIcon())
        self.setIconSize(QSize(18, 18))


def _short(text: str) -> str:
    return text if len(text) <= 14 else text[:13] + "…"

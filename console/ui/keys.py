"""Every command that keys can give: its id, where it belongs, what it is called, its key.

The one list behind the shortcuts, the sheet that ``?`` opens and the actions that search
offers.  Which key a command really has on this computer, ``keymap`` knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from console.ui.i18n import translate

AREAS: Final = (
    "everywhere",
    "queue",
    "chat",
    "bubble",
    "member",
    "photo",
    "chart",
    "goods",
    "fittings",
    "viewer",
)


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does.

    Attributes:
        id: stable, under which a changed key is kept.
        area: one of ``AREAS``.
        words: its name in the language spoken now.
        key: its key unless changed, as ``QKeySequence`` writes it portably; "" has none.
        also: a second key that it always has.
        fixed: the key belongs to the system or to writing, and cannot be changed.
        action: search offers it too.
    """

    id: str
    area: str
    words: Callable[[], str]
    key: str
    also: str = ""
    fixed: bool = False
    action: bool = True

    @property
    def text(self) -> str:
        """What it is called, in the language spoken now."""
        return self.words()


COMMANDS: Final = (
    Command("find", "everywhere", lambda: translate("Keys", "Find"), "Ctrl+K", action=False),
    Command("go.inbox", "everywhere", lambda: translate("Keys", "Chats"), "Ctrl+1"),
    Command("go.campaigns", "everywhere", lambda: translate("Keys", "Campaigns"), "Ctrl+2"),
    Command("go.insights", "everywhere", lambda: translate("Keys", "Insights"), "Ctrl+3"),
    Command("go.products", "everywhere", lambda: translate("Keys", "Goods"), "Ctrl+4"),
    Command("go.fittings", "everywhere", lambda: translate("Keys", "Fittings"), "Ctrl+5"),
    Command("go.settings", "everywhere", lambda: translate("Keys", "Settings"), "Ctrl+,"),
    Command("redeem", "everywhere", lambda: translate("Keys", "Redeem a coupon…"), "Ctrl+E"),
    Command("holds", "everywhere", lambda: translate("Keys", "Holds…"), "F4"),
    Command("checkin", "everywhere", lambda: translate("Keys", "Check in a member…"), "F3"),
    Command("lock", "everywhere", lambda: translate("Keys", "Lock the screen"), "Ctrl+L"),
    Command("keys", "everywhere", lambda: translate("Keys", "Keys at a glance"), "?", also="F1"),
    Command("menu", "everywhere",
            lambda: translate("Keys", "Everything that can be done with a conversation or message"),
            "Shift+F10", fixed=True, action=False),
    Command("queue.filter", "queue", lambda: translate("Keys", "Filter the list"), "Ctrl+F",
            action=False),
    Command("queue.next", "queue", lambda: translate("Keys", "Next conversation"), "Ctrl+Down",
            action=False),
    Command("queue.previous", "queue", lambda: translate("Keys", "Conversation before"),
            "Ctrl+Up", action=False),
    Command("queue.done", "queue", lambda: translate("Keys", "Done, and on to the next"),
            "Ctrl+D"),
    Command("queue.later", "queue", lambda: translate("Keys", "Remind me later"), "Ctrl+S"),
    Command("queue.hand_over", "queue", lambda: translate("Keys", "Hand over"), "Ctrl+T"),
    Command("queue.undo", "queue", lambda: translate("Keys", "Undo what was just done"),
            "Ctrl+Z", action=False),
    Command("chat.write", "chat", lambda: translate("Keys", "To the reply box"), "Ctrl+Return",
            action=False),
    Command("chat.member", "chat", lambda: translate("Keys", "To the member"), "Ctrl+I"),
    Command("chat.newest", "chat", lambda: translate("Keys", "To the newest message"),
            "Ctrl+End", action=False),
    Command("chat.send", "chat", lambda: translate("Keys", "Send"), "Return", fixed=True,
            action=False),
    Command("chat.line", "chat", lambda: translate("Keys", "New line"), "Shift+Return",
            fixed=True, action=False),
    Command("chat.quick", "chat", lambda: translate("Keys", "Quick replies, in an empty box"),
            "/", fixed=True, action=False),
    Command("chat.bubbles", "chat",
            lambda: translate("Keys", "To the last message, in an empty box"), "Up", fixed=True,
            action=False),
    Command("chat.later", "chat", lambda: translate("Keys", "Send later"), "Alt+Return"),
    Command("chat.photos", "chat", lambda: translate("Keys", "Add photos"), "Ctrl+O"),
    Command("chat.video", "chat", lambda: translate("Keys", "Add a video"), ""),
    Command("chat.voice", "chat", lambda: translate("Keys", "Record a voice message"), "Ctrl+R"),
    Command("chat.item", "chat", lambda: translate("Keys", "Add an item's card"), "Ctrl+P"),
    Command("chat.enquiry", "chat",
            lambda: translate("Keys", "Answer what she asks for, and keep it"), "Ctrl+H"),
    Command("chat.restock", "chat",
            lambda: translate("Keys", "Tell her when what she asks for is back"), "Ctrl+B"),
    Command("chat.keep_for", "chat",
            lambda: translate("Keys", "The same, and choose how long it is kept"), "Ctrl+J"),
    Command("chat.emoji", "chat", lambda: translate("Keys", "Emoji"), "Ctrl+M"),
    Command("chat.note", "chat", lambda: translate("Keys", "Note for colleagues"), "Ctrl+N"),
    Command("bubble.open", "bubble", lambda: translate("Keys", "Open, play or jump"), "Return",
            fixed=True, action=False),
    Command("bubble.answer", "bubble", lambda: translate("Keys", "Answer this message"), "R",
            action=False),
    Command("bubble.recall", "bubble", lambda: translate("Keys", "Recall this message"), "Del",
            action=False),
    Command("bubble.copy", "bubble", lambda: translate("Keys", "Copy"), "Ctrl+C", fixed=True,
            action=False),
    Command("member.history", "member", lambda: translate("Keys", "Whole history of the member"),
            ""),
    Command("member.merge", "member", lambda: translate("Keys", "Merge with another member"), ""),
    Command("member.block", "member", lambda: translate("Keys", "Block the member, or unblock"),
            ""),
    Command("photo.caption", "photo", lambda: translate("Keys", "Caption of the photo"), "Return",
            fixed=True, action=False),
    Command("photo.right", "photo", lambda: translate("Keys", "Turn the photo right"), "R",
            action=False),
    Command("photo.left", "photo", lambda: translate("Keys", "Turn the photo left"), "Shift+R",
            action=False),
    Command("photo.crop", "photo", lambda: translate("Keys", "Crop the photo"), "C",
            action=False),
    Command("photo.item", "photo", lambda: translate("Keys", "The item the photo shows"), "P",
            action=False),
    Command("photo.carry", "photo", lambda: translate("Keys", "Carry the photo on"),
            "Ctrl+Right", fixed=True, action=False),
    Command("photo.remove", "photo", lambda: translate("Keys", "Take the photo out"), "Del",
            fixed=True, action=False),
    Command("chart.read", "chart", lambda: translate("Keys", "From figure to figure"), "Right",
            fixed=True, action=False),
    Command("chart.open", "chart", lambda: translate("Keys", "Who is behind a figure"), "Return",
            fixed=True, action=False),
    Command("chart.closer", "chart", lambda: translate("Keys", "Show a part larger, 0 the whole"),
            "+", fixed=True, action=False),
    Command("chart.table", "chart", lambda: translate("Keys", "As a table"), "T", fixed=True,
            action=False),
    Command("chart.copy", "chart", lambda: translate("Keys", "Copy the figures"), "Ctrl+C",
            fixed=True, action=False),
    Command("chart.picture", "chart", lambda: translate("Keys", "Copy as a picture"), "P",
            fixed=True, action=False),
    Command("chart.save", "chart", lambda: translate("Keys", "Save as a picture…"), "Ctrl+S",
            fixed=True, action=False),
    Command("fittings.back", "fittings", lambda: translate("Keys", "The day before"),
            "Ctrl+PgUp", action=False),
    Command("fittings.on", "fittings", lambda: translate("Keys", "The next day"), "Ctrl+PgDown",
            action=False),
    Command("fittings.today", "fittings", lambda: translate("Keys", "Today"), "Ctrl+Home",
            action=False),
    Command("fittings.move", "fittings",
            lambda: translate("Keys", "Move a fitting: Shift and the arrows"), "Shift+Down",
            fixed=True, action=False),
    Command("fittings.open", "fittings", lambda: translate("Keys", "Book a free place"), "Return",
            fixed=True, action=False),
    Command("fittings.undo", "fittings", lambda: translate("Keys", "Take the last step back"),
            "Ctrl+Z", action=False),
    Command("goods.find", "goods", lambda: translate("Keys", "Find an article, or scan it"),
            "Ctrl+F", fixed=True, action=False),
    Command("goods.edit", "goods", lambda: translate("Keys", "Change what stands in a cell"),
            "F2", fixed=True, action=False),
    Command("goods.undo", "goods", lambda: translate("Keys", "Take an edit back"), "Ctrl+Z",
            fixed=True, action=False),
    Command("goods.redo", "goods", lambda: translate("Keys", "Do it again"), "Ctrl+Y",
            fixed=True, action=False),
    Command("viewer.next", "viewer", lambda: translate("Keys", "Next photo, or 5 seconds on"),
            "Right", fixed=True, action=False),
    Command("viewer.before", "viewer", lambda: translate("Keys", "Photo before, or 5 seconds back"),
            "Left", fixed=True, action=False),
    Command("viewer.larger", "viewer", lambda: translate("Keys", "Larger"), "+", fixed=True,
            action=False),
    Command("viewer.smaller", "viewer", lambda: translate("Keys", "Smaller"), "-", fixed=True,
            action=False),
    Command("viewer.move", "viewer", lambda: translate("Keys", "Move an enlarged photo"),
            "Shift+Down", fixed=True, action=False),
    Command("viewer.save", "viewer", lambda: translate("Keys", "Save the photo"), "Ctrl+S",
            fixed=True, action=False),
    Command("viewer.pause", "viewer", lambda: translate("Keys", "Halt the video, or go on"),
            "Space", fixed=True, action=False),
    Command("viewer.faster", "viewer", lambda: translate("Keys", "Play the video faster"), "S",
            fixed=True, action=False),
)  # fmt: skip
BY_ID: Final = {command.id: command for command in COMMANDS}


def area_text(area: str) -> str:
    """The heading of an area."""
    return {
        "everywhere": translate("Keys", "Everywhere"),
        "queue": translate("Keys", "In the queue"),
        "chat": translate("Keys", "In a conversation"),
        "bubble": translate("Keys", "At a message"),
        "member": translate("Keys", "About the member"),
        "photo": translate("Keys", "At a photo of a campaign"),
        "chart": translate("Keys", "At a chart"),
        "fittings": translate("Keys", "Among the fittings"),
        "goods": translate("Keys", "Among the goods"),
        "viewer": translate("Keys", "In a photo or video"),
    }[area]

"""What the screens may call.  ``desk.open.Desk`` is the real thing.

Every method is async and never blocks the GUI thread: queries run in worker threads.
What changes anything puts a command into the outbox and returns at once; the bubble is
there in the next window.  Refusals come back later as ``failed`` items.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from console.desk.types import (
    Changed,
    ConversationFilter,
    ConversationItem,
    Counts,
    DraftItem,
    Invite,
    LinkState,
    Me,
    MediumLook,
    MemberPanel,
    NewMessage,
    PhotoItem,
    ProductChoice,
    TimelineWindow,
    Typing,
)

if TYPE_CHECKING:
    from console.desk.activity_port import ActivityPort
    from console.desk.answers_port import AnswersPort
    from console.desk.begun import BegunReply, FoundReply
    from console.desk.campaigns_port import CampaignsPort
    from console.desk.counter_port import CounterPort
    from console.desk.enquiries_port import EnquiriesPort
    from console.desk.exports_port import ExportsPort
    from console.desk.find_port import FindPort
    from console.desk.fittings_port import FittingsPort
    from console.desk.holds_port import HoldsPort
    from console.desk.insights_port import InsightsPort
    from console.desk.later import LaterChoice
    from console.desk.offers_port import OffersPort
    from console.desk.people_ports import MembersPort, QueuePort
    from console.desk.products_port import ProductsPort
    from console.desk.quick_replies import QuickReplyItem, StarterReply
    from console.desk.replies_port import RepliesPort
    from console.desk.reports_port import ReportsPort
    from console.desk.segments_port import SegmentsPort
    from console.desk.trials_port import TrialsPort
    from console.desk.waitlist_port import WaitlistPort
    from console.desk.week_port import WeekPort
    from console.desk.weekly_port import WeeklyPort

Unsubscribe = Callable[[], None]


class DeskPorts(Protocol):
    """Everything the screens of one staff member may call, area by area."""

    @property
    def inbox(self) -> InboxPort:
        """Conversations and what is said in them."""
        ...

    @property
    def writing(self) -> WritingPort:
        """Media, cards, notes and messages for later."""
        ...

    @property
    def begun(self) -> BegunPort:
        """What was begun with a conversation and not sent."""
        ...

    @property
    def quick_replies(self) -> QuickRepliesPort:
        """Words and pictures kept ready."""
        ...

    @property
    def queue(self) -> QueuePort:
        """A conversation's place in the queue."""
        ...

    @property
    def members(self) -> MembersPort:
        """Facts of members and what is done about them."""
        ...

    @property
    def find(self) -> FindPort:
        """Members, groups and words of messages."""
        ...

    @property
    def products(self) -> ProductsPort:
        """Articles, their variants and stock."""
        ...

    @property
    def fittings(self) -> FittingsPort:
        """Fitting rooms, and who has them when."""
        ...

    @property
    def holds(self) -> HoldsPort:
        """Units kept for members."""
        ...

    @property
    def waitlist(self) -> WaitlistPort:
        """Members who are told when something is back."""
        ...

    @property
    def enquiries(self) -> EnquiriesPort:
        """What members ask for."""
        ...

    @property
    def trials(self) -> TrialsPort:
        """Phones of the shop's own people."""
        ...

    @property
    def week(self) -> WeekPort:
        """What is planned in a week."""
        ...

    @property
    def segments(self) -> SegmentsPort:
        """Which members a rule means."""
        ...

    @property
    def answers(self) -> AnswersPort:
        """Answers to the questions of campaigns."""
        ...

    @property
    def reports(self) -> ReportsPort:
        """How campaigns were received."""
        ...

    @property
    def insights(self) -> InsightsPort:
        """The shop's figures."""
        ...

    @property
    def activity(self) -> ActivityPort:
        """Members asleep, waking and active."""
        ...

    @property
    def weekly(self) -> WeeklyPort:
        """Weeks that are over."""
        ...

    @property
    def exports(self) -> ExportsPort:
        """Who may take members' names along."""
        ...

    @property
    def replies(self) -> RepliesPort:
        """How soon members are answered."""
        ...

    @property
    def counter(self) -> CounterPort:
        """Who stands at the counter."""
        ...

    @property
    def offers(self) -> OffersPort:
        """Limited offers and coupons."""
        ...

    @property
    def campaigns(self) -> CampaignsPort:
        """Words to many members."""
        ...


class InboxPort(Protocol):
    """Use cases of the inbox."""

    @property
    def me(self) -> Me:
        """Who sits here."""
        ...

    @property
    def link(self) -> LinkState:
        """The line's present state."""
        ...

    def on_changed(self, listener: Callable[[Changed], None]) -> Unsubscribe:
        """Call ``listener`` in the GUI thread after rows or outbox entries changed."""
        ...

    def on_link(self, listener: Callable[[LinkState], None]) -> Unsubscribe:
        """Call ``listener`` in the GUI thread when the line's state changed."""
        ...

    def on_signal(self, listener: Callable[[Typing], None]) -> Unsubscribe:
        """Call ``listener`` in the GUI thread when somebody types or looks."""
        ...

    async def counts(self) -> Counts:
        """Figures for chips, badges and the title."""
        ...

    async def conversation_ids(self, which: ConversationFilter, query: str = "") -> list[int]:
        """Ids in list order (waiting: longest first; else newest first), at most all of them."""
        ...

    async def conversations(self, ids: Sequence[int]) -> list[ConversationItem]:
        """Rows for those ids (same order; ids that vanished are left out)."""
        ...

    async def timeline(
        self, conversation_id: int, before_seq: int = 0, limit: int = 60, *, whole: bool = False
    ) -> TimelineWindow:
        """Newest ``limit`` bubbles (with queued ones), or those before ``before_seq``.

        What is missing may be fetched first; ``whole``: at once, the missing as placeholders.
        """
        ...

    async def panel(self, member_id: int) -> MemberPanel | None:
        """The member panel, or ``None`` when the row has not arrived."""
        ...

    async def draft(self, conversation_id: int) -> DraftItem:
        """The draft as saved here (or synced)."""
        ...

    async def save_draft(
        self, conversation_id: int, body: str, *, drop_beside: bool = False
    ) -> None:
        """Keep unsent words: durable here at once, synced to the other consoles soon."""
        ...

    async def recall(self, key: str) -> None:
        """Take a message back (queued ones are discarded)."""
        ...

    async def retry(self, entry: int) -> None:
        """Try a failed entry, and those that waited for it, again."""
        ...

    async def discard(self, entry: int) -> None:
        """Give up a failed entry and those that waited for it."""
        ...

    async def mark_read(self, conversation_id: int, seq: int) -> None:
        """This staff member saw everything up to ``seq``."""
        ...

    async def typing(self, conversation_id: int, on: bool) -> None:
        """Tell the others; never stored, dropped when offline."""
        ...

    async def photo(self, media_id: int, long_side: int = 480) -> Path | None:
        """A cached file of the photo, fetched when missing; ``None`` offline or gone."""
        ...

    async def start_conversation(self, member_id: int) -> int | None:
        """Id of the member's direct conversation, made when missing; ``None`` offline."""
        ...

    async def confirm_member(self, member_id: int) -> None:
        """Vouch for a guest's phone number."""
        ...

    async def invite(self, member_id: int) -> Invite | None:
        """A personal link that makes her phone hers; ``None`` offline."""
        ...

    async def report_look(self, member_id: int) -> None:
        """The clerk opened this member; durable, also offline, once in ten minutes."""
        ...


class WritingPort(Protocol):
    """Use cases of the reply box and the bubbles; see ``desk.writing.WritingDesk``."""

    async def send(
        self, conversation_id: int, message: NewMessage, left: BegunReply | None = None
    ) -> str:
        """Queue a message; returns the bubble's key.

        In the same step the draft is cleared, and ``left`` is what is still begun.
        """
        ...

    async def schedule(
        self, conversation_id: int, message: NewMessage, due_at: datetime,
        left: BegunReply | None = None,
    ) -> str:  # fmt: skip
        """Queue it to be sent by the relay at ``due_at``."""
        ...

    async def look(self, file: Path) -> MediumLook:
        """What a photo or video shows before it is sent.  Raises ``Refusal`` and ``OSError``."""
        ...

    async def copies(self, photos: Sequence[PhotoItem]) -> list[Path | bytes]:
        """Photos of a quick reply, to be sent anew; what cannot be had now is left out."""
        ...

    async def later_choices(self, now: datetime) -> list[LaterChoice]:
        """Times to offer at a moment of the shop's time."""
        ...

    async def remember_later(self, at: datetime) -> None:
        """Offer a time (in the shop's zone) that was chosen by hand again."""
        ...

    async def emoji_used(self) -> list[str]:
        """Emoji chosen lately on this computer, the newest first."""
        ...

    async def remember_emoji(self, sign: str) -> None:
        """Offer it first from now on."""
        ...

    async def change_scheduled(
        self, conversation_id: int, key: str, *, body: str | None = None,
        due_at: datetime | None = None,
    ) -> None:  # fmt: skip
        """Other words or another time for a message that waits."""
        ...

    async def send_now(self, conversation_id: int, key: str) -> None:
        """Send what waits at once."""
        ...

    async def cancel_scheduled(self, conversation_id: int, key: str) -> None:
        """Do not send it."""
        ...

    async def add_note(self, conversation_id: int, body: str) -> str:
        """Queue words for staff only; returns the bubble's key."""
        ...

    async def remove_note(self, conversation_id: int, key: str) -> None:
        """Take a note back."""
        ...

    async def viewing(self, conversation_id: int, *, on: bool) -> None:
        """Tell colleagues who looks at it; never stored, dropped when offline."""
        ...

    async def products(self, query: str = "") -> list[ProductChoice]:
        """Articles whose name or number holds every word, with what is free to sell."""
        ...

    async def photos(self, conversation_id: int) -> list[PhotoItem]:
        """Every photo of a conversation that is known here, in order."""
        ...

    async def recording(self, item: PhotoItem) -> Path | None:
        """A file with a voice or video, fetched when missing; ``None`` offline or gone."""
        ...


class BegunPort(Protocol):
    """What is kept until it is sent, on this computer only; see ``desk.begun.BegunDesk``."""

    async def note(self, conversation_id: int) -> str:
        """Words of a note that was begun, "" when none was."""
        ...

    async def keep_note(self, conversation_id: int, words: str) -> None:
        """Keep a note that is not added yet; "" forgets it."""
        ...

    async def own(self, content: Path | bytes) -> Path:
        """Our own copy of a file.  Raises ``OSError`` and ``Refusal``."""
        ...

    async def drop(self, file: Path) -> None:
        """A copy that nothing begun was kept with is not needed."""
        ...

    async def reply(self, conversation_id: int) -> FoundReply:
        """What goes with the words of a reply, as far as it is still there."""
        ...

    async def keep_reply(self, conversation_id: int, reply: BegunReply) -> None:
        """Keep it instead of what was kept; durable when this returns."""
        ...

    async def recalled(self, message_id: int) -> bool:
        """Whether a message was taken back, so that its words may stand nowhere."""
        ...


class QuickRepliesPort(Protocol):
    """Use cases of words kept ready; see ``desk.quick_replies.QuickRepliesDesk``."""

    def on_changed(self, listener: Callable[[], None]) -> Unsubscribe:
        """Call ``listener`` in the GUI thread after quick replies may have changed."""
        ...

    async def find(self, query: str = "") -> list[QuickReplyItem]:
        """Those that a query may mean, the best first; all of them, most used first, for ""."""
        ...

    async def save(
        self, *, client_id: str = "", shared: bool, title: str, shortcut: str, body: str,
        media_ids: Sequence[int] = (), pictures: Sequence[Path | bytes] = (), base_rev: int = 0,
    ) -> str:  # fmt: skip
        """Make one or change it; returns its ``client_id``.  Raises ``Refusal``, ``OSError``."""
        ...

    async def remove(self, client_id: str) -> None:
        """Keep it no longer."""
        ...

    async def use(self, client_id: str) -> None:
        """It was sent once more."""
        ...

    async def discard(self, entry: int) -> None:
        """Give up a refused change."""
        ...

    async def starters(self, language: str) -> list[StarterReply]:
        """Of the trade's starter set in ``zh`` or ``en``, what the shop does not have."""
        ...

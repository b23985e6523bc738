"""Opens everything a screen needs for one staff member, and closes it again.

Nothing global: the folders and the relay are handed in.
"""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import msgspec

from console.desk.activity import ActivityDesk
from console.desk.answers import AnswersDesk
from console.desk.begun import BegunDesk
from console.desk.campaigns import CampaignsDesk
from console.desk.counter import CounterDesk
from console.desk.enquiries import EnquiriesDesk
from console.desk.exports import ExportsDesk
from console.desk.find import FindDesk
from console.desk.fittings import FittingsDesk
from console.desk.holds import HoldsDesk
from console.desk.inbox import InboxDesk
from console.desk.insights import InsightsDesk
from console.desk.members import MembersDesk
from console.desk.offers import OffersDesk
from console.desk.opening import OpeningDesk
from console.desk.products import ProductsDesk
from console.desk.queue import QueueDesk
from console.desk.quick_replies import QuickRepliesDesk
from console.desk.replies import RepliesDesk
from console.desk.reports import ReportsDesk
from console.desk.segments import SegmentsDesk
from console.desk.shop import ShopDesk
from console.desk.team import TeamDesk
from console.desk.trials import TrialsDesk
from console.desk.types import Me
from console.desk.waitlist import WaitlistDesk
from console.desk.week import WeekDesk
from console.desk.weekly import WeeklyDesk
from console.desk.writing import WritingDesk
from console.media.workshop import Workshop
from console.sync.devices import Credential
from console.sync.station import Station, open_station
from console.waiting import occurs

FIRST_ROWS_S = 5.0


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What the screens of one staff member call.

    Attributes:
        inbox: the inbox's use cases.
        shop: its name, address and pairing.
        opening: hours, the answer after them, the promise of a reply.
        team: colleagues and their consoles.
        writing: what she writes besides plain words.
        begun: what was begun with a conversation and not sent.
        quick_replies: words and pictures kept ready.
        queue: handing over, putting off, being done.
        members: facts, tags, history and merging of members.
        find: members, groups and words of messages.
        segments: which members a rule means.
        offers: limited offers and coupons.
        campaigns: words to many members.
        answers: what members answer to a campaign's question.
        reports: how campaigns were received.
        insights: the shop's figures.
        weekly: weeks that are over.
        activity: members asleep, waking and active.
        exports: who may take members' names along.
        replies: how soon members are answered.
        fittings: rooms, and who has them when.
        holds: units kept for members.
        waitlist: members who are told when something is back.
        products: articles, their variants and stock.
        enquiries: what members ask for.
        counter: who stands at the counter.
        trials: phones of the shop's own people.
        week: what is planned in a week.
        station: her replica, outbox and line; for the composition root only.
    """

    inbox: InboxDesk
    shop: ShopDesk
    opening: OpeningDesk
    team: TeamDesk
    writing: WritingDesk
    begun: BegunDesk
    quick_replies: QuickRepliesDesk
    queue: QueueDesk
    members: MembersDesk
    find: FindDesk
    segments: SegmentsDesk
    offers: OffersDesk
    campaigns: CampaignsDesk
    answers: AnswersDesk
    reports: ReportsDesk
    insights: InsightsDesk
    weekly: WeeklyDesk
    activity: ActivityDesk
    exports: ExportsDesk
    replies: RepliesDesk
    fittings: FittingsDesk
    holds: HoldsDesk
    waitlist: WaitlistDesk
    products: ProductsDesk
    enquiries: EnquiriesDesk
    counter: CounterDesk
    trials: TrialsDesk
    week: WeekDesk
    station: Station

    def connect(self) -> None:
        """Begin to connect, unless that was done."""
        self.station.start()

    def wake(self) -> None:
        """The network changed: connect or prove the line at once."""
        self.station.link.wake()

    async def close(self) -> None:
        """End every task, timer and thread; nothing queued is lost."""
        await self.queue.close()
        await self.inbox.close()
        await self.station.close()


def staff_folder(home: Path, relay: str, staff_id: int) -> Path:
    """Where one staff member's replica and outbox for one relay are kept."""
    name = hashlib.sha256(relay.encode()).hexdigest()[:12]
    return home / "staff" / f"{name}-{staff_id}"


async def open_desk(
    home: Path, relay_url: str, credential: Credential, *, first_rows_s: float = FIRST_ROWS_S,
    connect: bool = True,
) -> Desk:  # fmt: skip
    """Open a staff member's desk and begin to connect.

    Returns at once when her replica holds the shop already, else when its first rows are in
    or ``first_rows_s`` have passed (offline on the very first start: an empty desk that fills
    later).  Without ``connect`` a desk that has the shop waits for ``Desk.connect``, so that
    its first screen comes first.  ``credential`` comes from ``AccountsDesk``.  Raises
    ``OSError`` and ``DatabaseError`` of ``store.driver`` or ``sqlite3`` when the folder cannot
    be used.
    """
    folder = staff_folder(home, credential.relay, credential.staff_id)
    station = await open_station(folder, relay_url, credential.token, workshop=Workshop())
    me = Me(staff_id=credential.staff_id, name=credential.name, role=credential.role, shop_id=0,
            shop_name="", timezone="Asia/Shanghai")  # fmt: skip
    inbox = InboxDesk(station, me)
    shop, team = ShopDesk(station, inbox), TeamDesk(station, inbox)
    campaigns, insights = CampaignsDesk(station, inbox), InsightsDesk(station, inbox)
    replies = RepliesDesk(station, inbox)
    writing, holds = WritingDesk(station, inbox), HoldsDesk(inbox)
    waitlist = WaitlistDesk(inbox)
    desk = Desk(inbox=inbox, shop=shop, opening=OpeningDesk(station, inbox), team=team,
                writing=writing, begun=BegunDesk(station, inbox),
                quick_replies=QuickRepliesDesk(station, inbox), queue=QueueDesk(station, inbox),
                members=MembersDesk(station, inbox), find=FindDesk(station, inbox),
                segments=SegmentsDesk(station, inbox), offers=OffersDesk(station, inbox),
                campaigns=campaigns, answers=AnswersDesk(station, inbox),
                reports=ReportsDesk(station, inbox), insights=insights,
                weekly=WeeklyDesk(station, inbox, insights, replies),
                activity=ActivityDesk(station, inbox, insights),
                exports=ExportsDesk(inbox), replies=replies, holds=holds,
                fittings=FittingsDesk(station, inbox),
                products=ProductsDesk(station, inbox),
                enquiries=EnquiriesDesk(station, inbox, writing, holds, waitlist),
                waitlist=waitlist,
                counter=CounterDesk(station, inbox),
                trials=TrialsDesk(station, inbox), week=WeekDesk(station, inbox, campaigns),
                station=station)  # fmt: skip
    try:
        await inbox.refresh_me()
        if connect or not inbox.me.shop_name:
            station.start()
        if not inbox.me.shop_name:
            await _first_rows(inbox, first_rows_s)
    except BaseException:
        await desk.close()
        raise
    return desk


async def _first_rows(inbox: InboxDesk, patience_s: float) -> None:
    arrived = asyncio.Event()

    def look(_changed: object) -> None:
        if inbox.me.shop_name:
            arrived.set()

    stop = inbox.on_changed(look)
    try:
        await occurs(arrived, patience_s)
    finally:
        stop()

"""What the desk hands to the week planner: frozen values.  Times are aware UTC."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from console.desk.campaign_types import CampaignDraft
from console.desk.types import Value


class Loss(Value, frozen=True, kw_only=True):
    """So many members do not get a later campaign because an earlier one was their last."""

    client_id: str
    title: str
    at: datetime
    members: int


class PlannedItem(Value, frozen=True, kw_only=True):
    """A campaign in a week.

    Attributes:
        weekly: it is a series, of which this is the week's occurrence to come.
        movable: its time can still be changed.
        counts: it is still to be sent, as a whole or in part.
        fixed_id: number of the campaign when its audience is fixed already, else 0.
        receive: who will get it, or who got it; ``lost``: who has no notice left for it.
        last: for how many it is the week's last; ``takes``: whom that keeps from later ones.
        quiet: its time lies in the quiet hours: it waits until they are over.
        clash: title of another one shortly before it, else ``None``.
    """

    client_id: str
    title: str
    at: datetime
    state: str = "draft"
    weekly: bool = False
    movable: bool = True
    counts: bool = True
    fixed_id: int = 0
    draft: CampaignDraft = CampaignDraft()
    priority: int = 5
    receive: int = 0
    lost: int = 0
    last: int = 0
    takes: tuple[Loss, ...] = ()
    quiet: bool = False
    clash: str | None = None


class WeekPlan(Value, frozen=True, kw_only=True):
    """A week from ``monday`` on.

    Attributes:
        items: what was sent, then what is to come in the order of sending.
        left: by how many notices they may still get after all of it, how many members.
        at: when it was counted; ``whole``: the shop is copied here to its end.
    """

    monday: date
    items: tuple[PlannedItem, ...] = ()
    left: dict[int, int] = msgspec.field(default_factory=dict)
    at: datetime
    whole: bool = True

"""Rows of sums that the relay keeps in step with what they are sums of.  Pure data.

What each of them counts is told in ``docs/figures.md``; they equal a recount at every commit.
"""

from __future__ import annotations

import msgspec

from console.wire.row_parts import Row


class CampaignTallyRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """The members of one campaign's audience who got one variant ("": who got none).

    ``audience`` are all of them, by ``states``: the recipient's state, with a reason
    ``state:reason``.  ``written``, ``delivered``, ``read`` and ``replied`` as recipients say;
    ``silent``: who read it and never replied.  ``opted_out``: of a campaign that counts for the
    cap, at it.  ``read_within``: readers by how soon they read it, in the buckets of
    ``domain.readership``; who took longer than its last is left out, and so are zeroes at the end.
    ``answered_within``: who replied in each day after it was written (``attribution.day_of``), so
    that the first n say who answered within a window of n days; ``read_answered_within``: those
    of them who read it.
    """

    campaign_id: int
    variant: str = ""
    audience: int = 0
    written: int = 0
    delivered: int = 0
    read: int = 0
    replied: int = 0
    silent: int = 0
    opted_out: int = 0
    states: dict[str, int] = msgspec.field(default_factory=dict)
    read_within: list[int] = msgspec.field(default_factory=list)
    answered_within: list[int] = msgspec.field(default_factory=list)
    read_answered_within: list[int] = msgspec.field(default_factory=list)


class ReadershipRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Members who read a notice that counts for the cap, each once, in a span of the shop's clock.

    ``span``: an hour (``2026-11-20T07``) or a month (``2026-11``).  ``unprompted``: those of an
    hour who read one that had been written over an hour before.
    """

    shop_id: int
    span: str
    readers: int = 0
    unprompted: int = 0

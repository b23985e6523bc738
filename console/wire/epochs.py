"""Epochs: which history a database holds, and which shop's it is.

``<lineage>-<chance>``: the lineage is made once with the database and lives on through
every restore; the rest changes whenever history may have been rewritten.  Two epochs of
one lineage are two histories of one shop; of two lineages, two shops.
"""

from __future__ import annotations

import secrets


def next_epoch(previous: str = "") -> str:
    """A fresh epoch of the same shop, or of a new one when there was none."""
    return f"{lineage_of(previous) or secrets.token_hex(8)}-{secrets.token_hex(12)}"


def lineage_of(epoch: str) -> str:
    """The part that stays with the shop."""
    return epoch.partition("-")[0]


def same_shop(one: str, other: str) -> bool:
    """Whether two epochs are histories of one shop; an unknown one could be any."""
    return not one or not other or lineage_of(one) == lineage_of(other)

"""Commands that only the relay gives itself; no name of theirs is known on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar, Self

import msgspec
from msgspec.structs import replace

from console.store.suppression_facts import Suppression
from console.wire.commands import RELAY, Command

HISTORY_KEPT = timedelta(days=180)


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One personal message to one member."""

    member_id: int
    client_id: str
    body: str


class Sliced(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A command that may be long: carried out in slices, each a commit of its own.

    Commands of others go in between.  When one slice fails the command fails and those
    before it stay, so giving it again must do only the rest.
    """

    def split(self, count: int) -> tuple[Self, Self | None]:
        """The first ``count`` items, and the rest, if any."""
        raise NotImplementedError

    def joined(self, results: Sequence[Any]) -> Any:
        """The whole command's result out of those of its slices."""
        raise NotImplementedError


class SendNotices(Sliced, frozen=True, kw_only=True, omit_defaults=True):
    """Personal messages, each a durable row in its member's own conversation.

    ``marketing`` ones skip members who take none.  Result: ``{"written": [message ids],
    "skipped": {member id: reason}}``; a ``client_id`` written before is not written again.
    """

    name: ClassVar[str] = "notice.send_many"
    by: ClassVar[frozenset[str]] = RELAY
    notices: list[Notice]
    marketing: bool = False

    def split(self, count: int) -> tuple[Self, Self | None]:
        """The first ``count`` notices, and the rest, if any."""
        first, rest = self.notices[:count], self.notices[count:]
        return replace(self, notices=first), replace(self, notices=rest) if rest else None

    def joined(self, results: Sequence[Any]) -> Any:
        """All that were written, all that were skipped."""
        written = [message_id for result in results for message_id in result["written"]]
        skipped = {key: why for result in results for key, why in result["skipped"].items()}
        return {"written": written, "skipped": skipped}


class AdvanceCampaigns(Sliced, frozen=True, kw_only=True, omit_defaults=True):
    """Do what campaigns have to do now, ``at_most`` recipients' worth.  Result: ``{"done"}``.

    Those due begin; those sending write, those recalled erase.  Each slice asks the database
    anew, so that nothing of it rests on what an earlier one saw.
    """

    name: ClassVar[str] = "campaign.advance"
    by: ClassVar[frozenset[str]] = RELAY
    at_most: int = 5_000

    def split(self, count: int) -> tuple[Self, Self | None]:
        """The first ``count`` recipients, and the rest, if any."""
        first, left = min(count, self.at_most), self.at_most - count
        return replace(self, at_most=first), replace(self, at_most=left) if left > 0 else None

    def joined(self, results: Sequence[Any]) -> Any:
        """Everything that was done."""
        return {"done": sum(result["done"] for result in results)}


class TurnBackSeries(Command, frozen=True, kw_only=True, omit_defaults=True):
    """The clock went back: series that it had sent ahead go on from now.  Result: ``{"done"}``."""

    name: ClassVar[str] = "campaign.turn_back"
    by: ClassVar[frozenset[str]] = RELAY


class PruneFeed(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Drop tombstones and marks older than ``keep_s``.  Result: ``{"horizon"}``."""

    name: ClassVar[str] = "feed.prune"
    by: ClassVar[frozenset[str]] = RELAY
    keep_s: float = HISTORY_KEPT.total_seconds()


class RecountSums(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Count campaigns and readers anew.  Result: ``{"mended"}``, how many sums were wrong."""

    name: ClassVar[str] = "sums.recount"
    by: ClassVar[frozenset[str]] = RELAY


class MintEpoch(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Begin a new history (after a restore): every replica starts anew."""

    name: ClassVar[str] = "epoch.mint"
    by: ClassVar[frozenset[str]] = RELAY


class SettleRestore(Command, frozen=True, kw_only=True, omit_defaults=True):
    """The database was brought back from a backup: make it fit to serve.

    ``suppressions``: what happened since that no backup brings back, in its order; ``top_id``:
    the greatest id that was given since.  Result: ``{"held": [ids of campaigns]}``.
    """

    name: ClassVar[str] = "restore.settle"
    by: ClassVar[frozenset[str]] = RELAY
    suppressions: list[Suppression]
    top_id: int = 0


class SeeDevice(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A console connected or hung up just now."""

    name: ClassVar[str] = "device.see"
    by: ClassVar[frozenset[str]] = RELAY
    device_id: int


class ConfirmCommands(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A device settled every command up to ``confirmed``: their answers may be forgotten."""

    name: ClassVar[str] = "device.confirm"
    by: ClassVar[frozenset[str]] = RELAY
    device_id: int
    confirmed: int


class FireScheduled(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Send the scheduled messages that are due, oldest first.  Result: ``{"done"}``.

    ``done`` counts those settled: ``sent``, ``refused`` or ``missed``.
    """

    name: ClassVar[str] = "schedule.fire"
    by: ClassVar[frozenset[str]] = RELAY
    at_most: int = 200


class PassOn(Command, frozen=True, kw_only=True, omit_defaults=True):
    """End the offers of what is back whose time is over, and go on.  Result: ``{"done"}``."""

    name: ClassVar[str] = "waitlist.pass_on"
    by: ClassVar[frozenset[str]] = RELAY
    at_most: int = 200


class WakeConversations(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Bring back the snoozed conversations whose time has come.  Result: ``{"done"}``."""

    name: ClassVar[str] = "conversation.wake"
    by: ClassVar[frozenset[str]] = RELAY
    at_most: int = 500


class SettleHolds(Command, frozen=True, kw_only=True, omit_defaults=True):
    """End holds whose time is over and tell members what is due.  Result: ``{"done"}``."""

    name: ClassVar[str] = "hold.settle"
    by: ClassVar[frozenset[str]] = RELAY
    at_most: int = 200


class RemindFittings(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Remind members of their fittings when that is due.  Result: ``{"done"}``."""

    name: ClassVar[str] = "fitting.remind"
    by: ClassVar[frozenset[str]] = RELAY
    at_most: int = 200


class AddStarterReplies(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Give a shop that never had quick replies a first set.  Result: ``{"added"}``.

    ``language`` is ``zh`` or ``en``; "": what the shop's own texts are written in.
    """

    name: ClassVar[str] = "quick_reply.start"
    by: ClassVar[frozenset[str]] = RELAY
    language: str = ""

"""A shop of many years: 100,000 members and a million messages, made once and kept.

The relay's database is written through ``store.bulk`` in portions; a replica of it is made
the honest way, by a console copying it from a running relay.  Both are kept in the folder
for temporary files, named after the schema and this recipe, so that the next run finds them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, Final

from bench.world import FIRST_MEMBER_DEVICE, add_staff, grants, token_hash, words
from console.relay.backups import DATABASE
from console.store import migrate, replica_tables, scopes
from console.store.bulk import fill
from console.store.engine import truncate_journal, writer_engine

MEMBERS: Final = 100_000
ROUNDS: Final = 10
"""Messages in every conversation: a million in all."""
READER: Final = 2
"""The clerk whose console is measured (``clerk-0``): she has read nearly all there is."""
READER_TOKEN: Final = "clerk-0"
PHONES: Final = 2_000
"""So many members keep a phone that may connect: the first ones."""
UNREAD: Final = 300
WAITING: Final = 120
DAYS: Final = 170
"""All of it is young enough to be copied to a new console."""
_STEP: Final = 38_197
"""Prime to the number of members: in every round each of them is somebody else's neighbour."""
_PORTION: Final = 20_000
_SURNAMES: Final = (
    "王 wang 李 li 张 zhang 刘 liu 陈 chen 杨 yang 赵 zhao 黄 huang 周 zhou 吴 wu 徐 xu 孙 sun "
    "胡 hu 朱 zhu 高 gao 林 lin 何 he 郭 guo 马 ma 罗 luo"
).split()
_GIVEN: Final = (
    "雨 yu 桐 tong 思 si 敏 min 立 li 群 qun 可 ke 欣 xin 晓 xiao 月 yue 诺 nuo 静 jing 一 yi "
    "凡 fan 悠 you 嘉 jia 怡 yi 梓 zi 涵 han 子 zi 轩 xuan 若 ruo 曦 xi 安 an"
).split()
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Large:
    """Where the made shop lies; copy what a run changes."""

    folder: Path

    @property
    def database(self) -> Path:
        """The relay's database."""
        return self.folder / DATABASE


def large(members: int = MEMBERS) -> Large:
    """The shop, made now if this schema has none yet (a minute or two)."""
    found = Large(kept(f"relay-{members}"))
    if not found.database.exists():
        with whole(found.folder) as part:
            _make(part / DATABASE, members)
    return found


def copy_of(shop: Large, folder: Path) -> None:
    """The relay's database once more, for a run that changes it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(shop.database, folder / DATABASE)


def keep(files: Path) -> None:
    """Keep a console's copy of the shop for later runs."""
    folder = kept("console")
    if not folder.exists():
        with whole(folder) as part:
            shutil.copytree(files, part, dirs_exist_ok=True)


def recall(files: Path) -> bool:
    """Put the kept copy there; False when there is none."""
    folder = kept("console")
    if folder.exists():
        shutil.copytree(folder, files)
    return folder.exists()


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A folder that gets its name only when everything is in it."""
    part = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    part.mkdir(parents=True)
    try:
        yield part
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def kept(name: str) -> Path:
    """Where something made of this schema and recipe is kept between runs."""
    return Path(tempfile.gettempdir()) / "hanger-bench" / f"{name}-{_recipe()}"


def _recipe() -> str:
    """Another schema or another recipe makes another shop; so does another day."""
    parts = [path.read_bytes() for path in sorted(Path(migrate.__file__).parent.glob("**/*.py"))]
    shops = (Path(__file__), Path(__file__).with_name("insight_shop.py"))
    parts += [
        *(each.read_bytes() for each in shops),
        *(each.encode() for each in replica_tables.schema()),
    ]
    week = datetime.now(UTC).strftime("%G-%V")
    return hashlib.sha256(b"\0".join([*parts, week.encode()])).hexdigest()[:12]


# --- rows ---------------------------------------------------------------------------------


def _make(database: Path, members: int) -> None:
    migrate.upgrade(database)
    now = datetime.now(UTC)
    engine = writer_engine(database, synchronous="OFF")
    staff: Rows = {"shop": [{"id": 1, "name": "时光衣橱"}]}
    add_staff(staff, 2, now)
    for rows in chain([staff], _people(members, now), _talk(members, now)):
        with engine.begin() as connection:
            fill(connection, rows, now)
    truncate_journal(engine)
    engine.dispose()


def _people(members: int, now: datetime) -> Iterator[Rows]:
    first_grant = 1 + 3 * len(scopes.staff_scopes(1, 1))
    for start in range(1, members + 1, _PORTION):
        numbers = range(start, min(start + _PORTION, members + 1))
        phones = [n for n in numbers if n <= PHONES]
        pairs = [(n, scope) for n in phones for scope in scopes.member_scopes(n, n)]
        yield {
            "member": [_member(n, now) for n in numbers],
            "member_tag": [{"id": n, "member_id": n, "tag": words(n)[:2]} for n in numbers],
            "device": [_phone(n, now) for n in phones],
            "grant": grants("member", pairs, first_grant),
            "conversation": [_conversation(n, members, now) for n in numbers],
            "participant": [row for n in numbers for row in _participants(n, now)],
        }
        first_grant += len(pairs)


def _member(number: int, now: datetime) -> dict[str, Any]:
    sounds = [_pick(_SURNAMES, number), _pick(_GIVEN, number // 20), _pick(_GIVEN, number // 500)]
    return {
        "id": number, "shop_id": 1, "name": "".join(each[0] for each in sounds),
        "pinyin": " ".join(each[1] for each in sounds),
        "initials": "".join(each[1][0] for each in sounds), "state": "confirmed",
        "phone": f"139{number * 7_919 % 100_000_000:08}", "bucket": number % 10_000,
        "tier": ("basic", "silver", "gold")[number % 7 % 3], "points": number % 3_000,
        "joined_at": now - timedelta(days=number % 900),
    }  # fmt: skip


def _pick(pairs: list[str], number: int) -> tuple[str, str]:
    place = 2 * (number % (len(pairs) // 2))
    return pairs[place], pairs[place + 1]


def _phone(number: int, now: datetime) -> dict[str, Any]:
    return {
        "id": FIRST_MEMBER_DEVICE + number, "kind": "member", "staff_id": None,
        "member_id": number, "name": "phone", "token_hash": token_hash(f"phone-{number:06}"),
        "created_at": now,
    }  # fmt: skip


def _conversation(number: int, members: int, now: datetime) -> dict[str, Any]:
    at = _sent_at(_place(number, members), ROUNDS, members, now)
    waits = at if _recency(number, members) < WAITING else None
    return {
        "id": number, "shop_id": 1, "kind": "direct", "title": "", "member_id": number,
        "last_seq": ROUNDS, "last_message_at": at, "waiting_since": waits,
        "preview_kind": "text", "preview_sender": "member",
        "preview_text": words(number + ROUNDS),
    }  # fmt: skip


def _participants(number: int, now: datetime) -> Iterator[dict[str, Any]]:
    for kind, person in (("member_id", number), ("staff_id", READER)):
        fresh = kind == "staff_id" and number % MEMBERS < UNREAD
        yield {
            "id": 2 * number - (kind == "member_id"), "shop_id": 1, "conversation_id": number,
            "member_id": None, "staff_id": None, kind: person, "delivered_seq": ROUNDS,
            "read_seq": ROUNDS - fresh, "read_at": now,
        }  # fmt: skip


def _talk(members: int, now: datetime) -> Iterator[Rows]:
    """Messages in the order of their time; a round is one message in every conversation."""
    for seq in range(1, ROUNDS + 1):
        for start in range(0, members, _PORTION * 5):
            places = range(start, min(start + _PORTION * 5, members))
            yield {"message": [_message(place, seq, members, now) for place in places]}


def _message(place: int, seq: int, members: int, now: datetime) -> dict[str, Any]:
    number, conversation = (seq - 1) * members + place + 1, 1 + place * _STEP % members
    mine = seq % 3 == 2
    return {
        "id": number, "shop_id": 1, "conversation_id": conversation, "seq": seq,
        "client_id": f"0190b7c4-{number:08x}-7000-8000-{number:012x}",
        "sender_kind": "staff" if mine else "member",
        "sender_id": READER if mine else conversation, "kind": "text",
        "body": words(conversation + seq), "sent_at": _sent_at(place, seq, members, now),
    }  # fmt: skip


def _place(conversation: int, members: int) -> int:
    """Where in a round its message comes."""
    return (conversation - 1) * pow(_STEP, -1, members) % members


def _recency(conversation: int, members: int) -> int:
    return members - 1 - _place(conversation, members)


def _sent_at(place: int, seq: int, members: int, now: datetime) -> datetime:
    passed = ((seq - 1) * members + place) / (ROUNDS * members)
    return now - timedelta(days=DAYS) * (1 - passed)

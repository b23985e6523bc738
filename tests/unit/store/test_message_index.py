"""Finding messages: what is found is what a reading of every row finds, whatever happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.store import message_index, replica_apply
from console.store.replica import open_newest
from console.store.search_text import hits, terms
from console.wire.frames import ChangesFrame, PageFrame, ScopeChanges, WelcomeFrame
from tests.unit.sync.model_relay import NOW

WORDS = [
    "风衣", "红色风衣", "L 码", "dress", "有没有", "好", "风", "衣服 dresses", "😍", "a\nb", "",
    "红,色", "Ｌ码 SF-10023", "dress code 风衣",
]  # fmt: skip
QUERIES = [*WORDS, "dress 衣", "没", "龙", "l", "dre", "sf100", "红色 风", "code 风衣", "?"]


class Copy:
    """A replica that is told what the relay would tell."""

    def __init__(self, folder: Path) -> None:
        self.replica = open_newest(folder)
        self.rev = 0
        self.welcome()

    def welcome(self, *more: str) -> None:
        replica_apply.welcome(
            self.replica,
            WelcomeFrame(epoch="e", head=1, mark="m", reader_kind="staff", reader_id=1,
                         device_id=1, scopes=["chats/1", "chats/2", "shop", *more], now=NOW),
        )  # fmt: skip

    def tell(
        self, rows: list[dict[str, Any]] | None = None, gone: list[int] | None = None, shop: int = 1
    ) -> None:
        self.rev += 1
        rows = [row | {"rev": self.rev} for row in rows or []]
        part = ScopeChanges(rev=self.rev, rows={"message": rows}, gone={"message": gone or []})
        frame = ChangesFrame(rev=self.rev, mark="m", scopes={f"chats/{shop}": part})
        replica_apply.changes(self.replica, frame)

    def write(self, *messages: tuple[int, str], shop: int = 1) -> None:
        self.tell([row(number, body, shop) for number, body in messages], shop=shop)

    def page(self, *messages: tuple[int, str], rev: int = 1) -> None:
        """Rows of a snapshot, which may be older than what is here."""
        rows = [row(number, body) | {"rev": rev} for number, body in messages]
        frame = PageFrame(scope="chats/1", head=1, rows={"message": rows}, after="more")
        replica_apply.page(self.replica, frame)

    def recall(self, number: int) -> None:
        self.tell([row(number, "", recalled_at=NOW)])

    def move(self, number: int) -> None:
        self.tell([row(number, "", kind="moved", sender_kind="system", recalled_at=NOW)])

    def erase(self, number: int) -> None:
        self.tell(gone=[number])

    def find(self, query: str, limit: int = 1000) -> list[int]:
        """Ids of every page, in the order they come."""
        found: list[int] = []
        while True:
            with self.replica.reading() as db:
                page = message_index.find(db, query, limit, found[-1] if found else 0)
            found += page
            if len(page) < limit:
                return found

    def recount(self, query: str) -> list[int]:
        """The same by reading every row."""
        rows = self.replica.writer.execute("SELECT id, body FROM message ORDER BY id DESC")
        wanted = terms(query)
        return [number for number, body in rows
                if wanted and all(hits(body, [term]) for term in wanted)]  # fmt: skip

    def files(self) -> bytes:
        folder = self.replica.path.parent
        return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def row(number: int, body: str, shop: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": number, "shop_id": shop, "conversation_id": number % 7 + 1, "seq": number,
            "client_id": f"c{number}", "sender_kind": "member", "sender_id": 1, "body": body,
            "sent_at": NOW + timedelta(seconds=number), **more}  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Copy]:
    made = Copy(tmp_path)
    yield made
    made.replica.close()


NUMBERS = st.one_of(st.integers(1, 30), st.integers(1, 60_000))
MESSAGES = st.lists(st.tuples(NUMBERS, st.sampled_from(WORDS)), min_size=1, max_size=12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["write", "write", "page", "other shop"]), MESSAGES),
        st.tuples(st.sampled_from(["recall", "erase", "move"]), st.integers(0, 99)),
        st.tuples(st.just("forget"), st.sampled_from(["chats/1", "chats/2"])),
    ),
    max_size=25,
)  # fmt: skip


def take(copy: Copy, what: str, value: Any, known: list[int]) -> None:
    if what == "write":
        copy.write(*value)
        known += [number for number, _ in value]
    elif what == "other shop":
        copy.write(*[(number + 100_000, body) for number, body in value], shop=2)
    elif what == "page":
        copy.page(*value, rev=max(1, copy.rev - 2))
        known += [number for number, _ in value]
    elif what == "forget":
        replica_apply.forget(copy.replica, value)
        copy.welcome()
    elif known:
        getattr(copy, what)(known[value % len(known)])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, limit=st.integers(1, 9))
def test_the_index_finds_what_a_reading_of_every_row_finds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Any]], limit: int
) -> None:
    copy = Copy(tmp_path_factory.mktemp("copy"))
    known: list[int] = []
    for what, value in steps:
        take(copy, what, value, known)
    for query in QUERIES:
        assert copy.find(query, limit) == copy.recount(query)
    copy.replica.writer.execute(
        "INSERT INTO message_words (message_words) VALUES ('integrity-check')"
    )
    copy.replica.close()


def test_newest_come_first_and_pages_neither_repeat_nor_skip(copy: Copy) -> None:
    copy.write(*[(number, "风衣" if number % 5 else "裙子") for number in range(1, 900, 3)])
    found = copy.find("风衣", limit=7)
    assert found == sorted(found, reverse=True)
    assert found == copy.recount("风衣")


def test_an_edited_message_is_found_by_its_new_words_only(copy: Copy) -> None:
    copy.write((1, "明天来"), (2, "好"))
    copy.write((1, "后天来"))
    assert (copy.find("明天"), copy.find("后天"), copy.find("来")) == ([], [1], [1])


def test_a_message_that_comes_twice_in_one_frame_counts_as_its_newest(copy: Copy) -> None:
    copy.write((1, "风衣"), (1, "裙子"))
    assert copy.find("风衣") == copy.recount("风衣")
    assert copy.find("裙子") == copy.recount("裙子")


def test_an_older_page_brings_nothing_back(copy: Copy) -> None:
    copy.write((1, "风衣"))
    copy.recall(1)
    copy.page((1, "风衣"), rev=1)
    assert copy.find("风衣") == []


@pytest.mark.parametrize("how", ["recall", "move", "erase", "edit", "forget"])
def test_words_taken_back_leave_no_token_in_the_files(copy: Copy, how: str) -> None:
    """A rare word of each writing: of frequent ones nobody could tell whose token stands there."""
    crowd = "".join(chr(code) for code in range(0x4E00, 0x5000))
    copy.write(*[(number, crowd[number : number + 9]) for number in range(10, 400)])
    copy.write((1, "龘靐 zyxwvutsrq 好"), (2, "好的"))
    copy.write((500, "后来"), (501, "zyxw"))
    assert copy.find("龘靐") == [1]
    copy.replica.scrub()
    held = copy.files()
    assert all(word.encode() in held for word in ("龘", "靐", "zyxwvutsrq"))
    if how == "edit":
        copy.write((1, "好"))
    elif how == "forget":
        replica_apply.forget(copy.replica, "chats/1")
    else:
        getattr(copy, how)(1)
    held = copy.files()
    # What begins a word like its neighbour in the index is not stored again: "utsrq" is its own.
    assert [word for word in ("龘", "靐", "zyxwvutsrq", "utsrq") if word.encode() in held] == []
    assert copy.find("龘靐") == []
    assert copy.find("后来") == ([] if how == "forget" else [500])


def test_a_replica_file_of_another_version_is_replaced(tmp_path: Path) -> None:
    first = open_newest(tmp_path)
    first.writer.execute("PRAGMA user_version = 2")
    first.close()
    again = open_newest(tmp_path)
    assert list(tmp_path.glob("*.unusable"))
    assert message_index.find(again.writer, "风衣", 9) == []
    again.close()


# --- captions and cards -----------------------------------------------------------------------


def photo(*captions: str) -> list[dict[str, Any]]:
    return [{"id": n, "mime": "image/webp", "width": 3, "height": 4, "caption": words}
            for n, words in enumerate(captions, 1)]  # fmt: skip


COAT = {"product_id": 1, "name": "双面呢大衣", "name_en": "Wool coat", "colour": "驼色",
        "colour_en": "Camel", "size": "M"}  # fmt: skip


def test_captions_and_cards_are_found_with_the_words_beside_them(copy: Copy) -> None:
    copy.tell([row(1, "新到的", kind="photo", media=photo("", "红色", "袖口细节"))])
    copy.tell([row(2, "", kind="product", card=COAT)])
    assert [copy.find(query) for query in ("红色", "新到 袖口")] == [[1], [1]]
    assert [copy.find(query) for query in ("大衣", "camel coat", "驼色 M")] == [[2], [2], [2]]
    # No phrase reaches from one part into the next.
    assert copy.find("的红") == copy.find("色袖") == []


def test_what_was_taken_back_or_changed_leaves_no_caption_behind(copy: Copy) -> None:
    copy.tell([row(1, "", kind="photo", media=photo("zxqvj", "wkpfm"))])
    copy.tell([row(2, "", kind="product", card=COAT | {"name": "hgqzt", "name_en": ""})])
    copy.tell([row(3, "", kind="photo", media=photo("bqjyx"))])
    copy.tell([row(1, "", kind="photo", media=photo("wkpfm"))])
    assert (copy.find("zxqvj"), copy.find("wkpfm")) == ([], [1])
    copy.recall(1)
    copy.recall(2)
    copy.erase(3)
    assert [copy.find(word) for word in ("wkpfm", "hgqzt", "bqjyx")] == [[], [], []]
    assert not [word for word in (b"zxqvj", b"wkpfm", b"hgqzt", b"bqjyx") if word in copy.files()]


def test_captions_are_there_after_the_index_was_made_anew(copy: Copy) -> None:
    copy.tell(
        [row(1, "", kind="photo", media=photo("红色")), row(2, "", kind="product", card=COAT)]
    )
    message_index.rebuild(copy.replica.writer)
    assert (copy.find("红色"), copy.find("wool")) == ([1], [2])

"""Colours that members touched in a campaign's photos equal a recount by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.store import driver, replica_queries, replica_tables
from console.store.replica_report_colours import tapped
from console.wire import rows, trade_rows
from console.wire.campaign_rows import CampaignContent, CampaignRow
from tests.helpers.campaign_history import BEGAN, put

PRODUCTS = {1: ("风衣", "Trench coat"), 2: ("衬衫", "Shirt")}
COLOURS = {"米白": "Ivory", "藏青": "Navy"}
MESSAGES = {11: 1, 12: 1, 21: 2, 31: None}
"""By message, of which campaign it is."""
TAP = st.tuples(
    st.integers(1, 4), st.sampled_from((1, 2, 9)), st.sampled_from(("", *COLOURS)),
    st.sampled_from((*MESSAGES, 99)), st.sampled_from(("tap", "tap", "message", "clerk")),
)  # fmt: skip


@pytest.fixture(scope="module")
def replica() -> Iterator[driver.Connection]:
    db = driver.connect(":memory:")
    for statement in replica_tables.schema():
        db.execute(statement)
    put(db, "campaign", [CampaignRow(id=n, rev=1, shop_id=1, client_id=f"c{n}", at=BEGAN,
                                     started_at=BEGAN, content=CampaignContent())
                         for n in (1, 2)])  # fmt: skip
    put(db, "product", [trade_rows.ProductRow(id=n, rev=1, shop_id=1, sku=f"s{n}", name=name,
                                              name_en=english)
                        for n, (name, english) in PRODUCTS.items()])  # fmt: skip
    put(db, "variant", [trade_rows.VariantRow(id=n, rev=1, shop_id=1, product_id=1, colour=colour,
                                              colour_en=english)
                        for n, (colour, english) in enumerate(COLOURS.items(), 1)])  # fmt: skip
    put(db, "message", [rows.MessageRow(id=n, rev=1, shop_id=1, conversation_id=n, seq=1,
                                        client_id=f"m{n}", sender_kind="system", sent_at=BEGAN,
                                        campaign_id=campaign)
                        for n, campaign in MESSAGES.items()])  # fmt: skip
    yield db
    db.close()


@settings(max_examples=100)
@given(taps=st.lists(TAP, max_size=12), campaign=st.sampled_from((1, 2)))
def test_each_member_counts_once_at_each_colour_of_an_article(
    replica: driver.Connection, taps: list[tuple[int, int, str, int, str]], campaign: int
) -> None:
    replica.execute("DELETE FROM enquiry")
    put(replica, "enquiry", [
        trade_rows.EnquiryRow(id=n, rev=1, shop_id=1, member_id=who, product_id=product,
                              colour=colour, message_id=message, source=source,
                              at=BEGAN + timedelta(hours=n))
        for n, (who, product, colour, message, source) in enumerate(taps, 1)
    ])  # fmt: skip
    found = tapped(replica, replica_queries.one(replica, "campaign", campaign))
    hand: dict[tuple[int, str], set[int]] = {}
    for who, product, colour, message, source in taps:
        if source == "tap" and colour and product in PRODUCTS and MESSAGES.get(message) == campaign:
            hand.setdefault((product, colour), set()).add(who)
    assert {(each.product.id, each.colour): set(each.members) for each in found} == hand
    assert [len(each.members) for each in found] == sorted(map(len, hand.values()), reverse=True)
    for each in found:
        # Of the shirt the catalogue has no colours: it is called as the photo calls it.
        assert each.colour_en == (COLOURS[each.colour] if each.product.id == 1 else "")

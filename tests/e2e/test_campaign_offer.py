"""A limited offer from the composer to the counter: two coupons for three members, two consoles
that scan the same one at once, and a counter without a line.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from console.ui.appearance import Appearance
from console.views.redeem import RedeemWindow
from tests.e2e.campaign_window import (
    NOBODY_HELD_OUT,
    click,
    composing,
    on_a_loop,
    owner_of,
    send,
    tell,
)
from tests.e2e.test_relay_campaign import stand_where_it_is_noon, willing
from tests.e2e.test_two_phones_two_consoles import Console, appearance, relay, until
from tests.helpers.reader import Reader, Refused
from tests.web.relay_process import Relay

__all__ = ["appearance", "relay"]

NAMES = ("林小雨", "王芳", "李雷")


def test_two_coupons_reach_two_members_and_one_counter_of_two_redeems_one(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    on_a_loop(qapp, _weekend(relay, appearance, tmp_path))


async def _weekend(relay: Relay, appearance: Appearance, folder: Path) -> None:
    stand_where_it_is_noon(SimpleNamespace(relay=relay))
    await tell(relay, NOBODY_HELD_OUT)
    phones = [Reader(relay.url) for _ in NAMES]
    consoles: list[Console] = []
    try:
        for number, (phone, name) in enumerate(zip(phones, NAMES, strict=True)):
            await phone.join(name, f"1391234600{number}")
            await willing(phone)
        for place in ("counter", "office"):
            owner = owner_of(relay)
            consoles.append(await Console.open(folder / place, relay.url, owner, appearance))
        await until(lambda: all(each.phase == "synced" for each in consoles), "both synced")
        await _sent(consoles[0])
        codes = [await _claimed(phone) for phone in phones[:2]]
        with pytest.raises(Refused) as late:
            await _claimed(phones[2])
        assert late.value.code == "offer.gone"
        await _report_says(consoles[0], "Claimed 2 of 2, redeemed 0")
        await _both_scan(consoles, codes[0])
        await _report_says(consoles[0], "Claimed 2 of 2, redeemed 1")
        await _from_her_panel(consoles[0], codes[1])
        relay.stop()
        await _without_a_line(consoles[0], codes[1])
    finally:
        for console in consoles:
            await console.close()
        for phone in phones:
            await phone.__aexit__()


async def _sent(counter: Console) -> None:
    """Two coupons, written into the draft by keys and kept while they are."""
    page = await composing(counter)
    page.words.text.setFocus()
    QTest.keyClicks(page.words.text, "come this weekend")
    click(page.offer.add)
    page.offer.number.selectAll()
    QTest.keyClick(page.offer.number, Qt.Key.Key_Delete)
    await until(lambda: not page.editing.saving, "an unfinished offer is kept")
    assert not page.sending.buttons["send"].isEnabled()
    QTest.keyClicks(page.offer.number, "2")
    QTest.keyClicks(page.offer.name, "20 off")
    await until(lambda: page.editing.item is not None and not page.editing.item.waiting, "kept")
    assert page.editing.item is not None
    assert not page.editing.item.failure
    await send(page, len(NAMES))


async def _claimed(phone: Reader) -> str:
    await phone.until(lambda: bool(phone.table("message")))
    offer = phone.table("message")[0]["offer"]
    assert offer["title"] == "20 off"
    answer = await phone.command("offer.claim", offer_id=offer["id"])
    return str(answer["code"])


async def _report_says(counter: Console, words: str) -> None:
    claims = counter.shell.campaigns.composer.claims
    await until(lambda: claims.words.text().startswith(words), words)


async def _both_scan(consoles: list[Console], code: str) -> None:
    """The same code at two counters: one redeems it, the other is told when and by whom."""
    windows = [console.shell.redeem() for console in consoles]
    for window in windows:
        _scan(window, code)
        await until(lambda window=window: window.name.accessibleName() == NAMES[0], "hers")  # type: ignore[misc]
    for window in windows:
        QTest.keyClick(window.redeem, Qt.Key.Key_Return)
    await until(lambda: all(_told(each) for each in windows), "both answered")
    done = [each for each in windows if each.words.text().startswith("Redeemed.")]
    assert len(done) == 1, [each.words.text() for each in windows]
    (second,) = [each for each in windows if each is not done[0]]
    assert "already redeemed" in second.words.text()
    # Taken back by the first, it is the second's to redeem.
    click(done[0].back)
    await until(lambda: done[0].words.text().startswith("Taken back"), "taken back")
    _scan(second, code)
    await until(lambda: _is_good(second), "good again at the other counter")
    QTest.keyClick(second.redeem, Qt.Key.Key_Return)
    await until(lambda: second.words.text().startswith("Redeemed."), "redeemed by the other")
    for window in windows:
        window.reject()


def _scan(window: RedeemWindow, code: str) -> None:
    window.field.clear()
    window.field.setFocus()
    for sign in code:
        QTest.keyClick(window.field, sign)
    QTest.keyClick(window.field, Qt.Key.Key_Return)


def _told(window: RedeemWindow) -> bool:
    return window.words.text().startswith("Redeemed.") or "already" in window.words.text()


def _is_good(window: RedeemWindow) -> bool:
    """Looked up again until the row is here."""
    if window.coupon is not None and window.coupon.redeemed_at is not None:
        window.field.textEdited.emit(window.field.text())
        return False
    return window.coupon is not None and window.redeem.isEnabled()


async def _from_her_panel(counter: Console, code: str) -> None:
    """Found by its code, redeemed with a click, taken back with undo."""
    finder = counter.shell.finder
    finder.open()
    finder.field.setText(code.lower())
    await until(lambda: finder.query == code.lower() and bool(finder.model.choosable()), "found")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    inbox = counter.shell.inbox
    await until(lambda: bool(inbox.panel.coupons.shown), "her coupon")
    coupon = inbox.panel.coupons.shown[0]
    assert (coupon.member, coupon.code) == (NAMES[1], code)
    await until(lambda: _button(counter).isVisible(), "a button")
    click(_button(counter))
    await until(lambda: _shown(counter, redeemed=True), "redeemed in the panel")
    assert inbox.around.bar.text == "Redeemed: 20 off"
    inbox.around.bar.undo()
    await until(lambda: _shown(counter, redeemed=False), "good again")


def _button(counter: Console) -> QPushButton:
    coupons = counter.shell.inbox.panel.coupons
    found = coupons.button_of(coupons.shown[0].coupon_id)
    assert found is not None
    return found


def _shown(counter: Console, *, redeemed: bool) -> bool:
    coupon = counter.shell.inbox.panel.coupons.shown[0]
    return (coupon.redeemed_at is not None) is redeemed


async def _without_a_line(counter: Console, code: str) -> None:
    """It is found here, but nothing is redeemed, now or later."""
    await until(lambda: counter.phase not in {"synced", "syncing"}, "no line")
    window = counter.shell.redeem()
    _scan(window, code)
    await until(lambda: window.name.accessibleName() == NAMES[1], "found without a line")
    QTest.keyClick(window.redeem, Qt.Key.Key_Return)
    await until(lambda: window.words.text().startswith("There is no line"), "said")
    assert not [e for e in counter.desk.station.outbox.entries if e.name.startswith("coupon.")
                and e.state == "queued"]  # fmt: skip
    window.reject()

"""Tickets, rates, lockouts and caps: bookkeeping over a clock that the test turns."""

from __future__ import annotations

import pytest

from console.relay.accounts import is_weak
from console.relay.throttle import ConnectionCaps, Lockout, Rate, address_group
from console.relay.tickets import TICKET_S, Tickets
from console.relay.tokens import PAIR_ALPHABET, PAIR_LENGTH, new_pair_code, plain_code
from console.wire.errors import Code, Refusal


class HandClock:
    """Monotonic seconds that move only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def test_a_ticket_is_good_once(clock):
    tickets: Tickets[str] = Tickets(clock)
    ticket = tickets.issue("phone 1")
    assert tickets.redeem(ticket) == "phone 1"
    with pytest.raises(Refusal) as caught:
        tickets.redeem(ticket)
    assert caught.value.code is Code.SESSION_TICKET


def test_a_ticket_is_worth_nothing_after_its_time(clock):
    tickets: Tickets[str] = Tickets(clock)
    in_time, late = tickets.issue("a"), tickets.issue("b")
    clock.now += TICKET_S
    assert tickets.redeem(in_time) == "a"
    clock.now += 0.1
    with pytest.raises(Refusal):
        tickets.redeem(late)


@pytest.mark.parametrize("wrong", ["", "x", "\udcff", "a" * 10_000])
def test_a_made_up_ticket_opens_nothing(clock, wrong):
    tickets: Tickets[str] = Tickets(clock)
    tickets.issue("a")
    with pytest.raises(Refusal):
        tickets.redeem(wrong)


def test_a_rate_lets_a_burst_through_and_then_one_at_a_time(clock):
    rate = Rate(burst=3, per_minute=6, clock=clock)
    assert [rate.take("a") for _ in range(3)] == [0, 0, 0]
    assert rate.take("a") == pytest.approx(10)
    assert rate.take("b") == 0
    clock.now += 10
    assert rate.take("a") == 0
    assert rate.take("a") > 0


def test_wrong_secrets_cost_ever_longer_waits(clock):
    lockout = Lockout(free=8, first_wait_s=30, longest_wait_s=100, clock=clock)
    for _ in range(7):
        lockout.failed("owner@a")
    assert lockout.wait_s("owner@a") == 0
    waits = []
    for _ in range(4):
        lockout.failed("owner@a")
        waits.append(lockout.wait_s("owner@a"))
        clock.now += waits[-1]
    assert waits == [30, 60, 100, 100]
    assert lockout.wait_s("owner@b") == 0


def test_a_right_secret_is_forgiving(clock):
    lockout = Lockout(free=2, clock=clock)
    lockout.failed("a")
    lockout.succeeded("a")
    lockout.failed("a")
    assert lockout.wait_s("a") == 0


def test_caps_count_all_addresses_and_devices():
    caps = ConnectionCaps(total=4, per_address=2, per_device=2)
    assert caps.enter("10.0.0.1", 1)
    assert caps.enter("10.0.0.1", 2)
    assert not caps.enter("10.0.0.1", 3), "third from one address"
    assert caps.enter("", 1), "this computer has no address"
    assert not caps.enter("", 1), "third of one device"
    assert caps.enter("", 4)
    assert not caps.enter("", 5), "fifth in all"
    caps.leave("10.0.0.1", 2)
    assert caps.enter("10.0.0.1", 3)
    assert caps.open == 4


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("nonsense", "nonsense"),
    ],
)
def test_an_ipv6_customer_is_one_address(address, group):
    assert address_group(address) == group


@pytest.mark.parametrize("secret", ["", "1234567", "short12", "123456", "654321", "111111",
                                    "12345", "aaaaaaaaaa", "x" * 300])  # fmt: skip
def test_weak_secrets_are_told_apart(secret):
    assert is_weak(secret)


@pytest.mark.parametrize("secret", ["284917", "correct horse", "时光衣橱的钥匙啊", "90210733"])
def test_good_secrets_pass(secret):
    assert not is_weak(secret)


def test_pairing_codes_can_be_read_out_loud():
    codes = {new_pair_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == PAIR_LENGTH and set(code) <= set(PAIR_ALPHABET) for code in codes)
    assert not set("0O1IL") & set(PAIR_ALPHABET)
    code = new_pair_code()
    assert plain_code(f" {code[:4].lower()}-{code[4:].lower()} ") == code

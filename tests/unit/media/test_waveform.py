"""The row of bars under a voice message."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from console.media.waveform import BARS, RATE_HZ, Loudness


def bars(*stretches: tuple[float, int]) -> str:
    """Of stretches of so many seconds at such a level."""
    loudness = Loudness()
    for seconds, level in stretches:
        loudness.feed(array("h", [level, -level] * int(seconds * RATE_HZ / 2)))
    return loudness.bars()


def test_nothing_but_silence_is_all_zeros():
    assert bars((4.0, 0)) == "0" * BARS


def test_the_hiss_of_a_microphone_counts_as_silence():
    assert bars((4.0, 100)) == "0" * BARS


def test_a_quiet_recording_is_shown_as_high_as_a_loud_one():
    assert set(bars((2.0, 0), (2.0, 900))) == set(bars((2.0, 0), (2.0, 30_000))) == {"0", "f"}


def test_what_can_be_heard_beside_something_loud_is_not_shown_as_silence():
    assert bars((2.0, 200), (2.0, 32_000)) == "1" * 32 + "f" * 32


def test_nothing_at_all_is_one_empty_bar():
    assert bars() == "0"


@given(st.lists(st.integers(1, 700), max_size=80))
def test_pieces_of_any_size_show_the_same_as_the_whole(sizes):
    whole = array("h", [(at * 37) % 20_000 for at in range(sum(sizes))])
    in_pieces, at_once = Loudness(), Loudness()
    at_once.feed(whole)
    start = 0
    for size in sizes:
        in_pieces.feed(whole[start : start + size])
        start += size
    assert in_pieces.bars() == at_once.bars()
    assert 1 <= len(at_once.bars()) <= BARS

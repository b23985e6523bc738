"""The signs that a line may work again, told by Qt's own signals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication

from console.ui.network import NetworkWatch

Reach = QNetworkInformation.Reachability


class Clock:
    """How far the wall clock is ahead of running time."""

    ahead_s = 0.0

    def __call__(self) -> float:
        return self.ahead_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(qapp: QApplication, clock: Clock) -> Iterator[NetworkWatch]:
    made = NetworkWatch(qapp, clock)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def woken(watch: NetworkWatch) -> list[int]:
    """Grows by one each time it is worth trying the line."""
    told: list[int] = []
    watch.woken.connect(lambda: told.append(1))
    return told


def test_a_network_that_is_back_wakes_and_one_that_goes_does_not(
    watch: NetworkWatch, woken: list[int]
) -> None:
    if watch.network is None:
        pytest.skip("this system tells nothing of its network")
    watch.network.reachabilityChanged.emit(Reach.Disconnected)
    assert not woken
    watch.network.reachabilityChanged.emit(Reach.Online)
    assert len(woken) == 1
    watch.network.reachabilityChanged.emit(Reach.Local)
    assert len(woken) == 2


def test_coming_back_to_the_program_wakes(
    watch: NetworkWatch, woken: list[int], qapp: QApplication
) -> None:
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert not woken
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert len(woken) == 1


def test_a_computer_that_slept_wakes_once(
    watch: NetworkWatch, woken: list[int], clock: Clock
) -> None:
    watch.look_at_clock()
    clock.ahead_s += 5
    watch.look_at_clock()
    assert not woken, "a clock put right by a few seconds is no sleep"
    clock.ahead_s += 3600
    watch.look_at_clock()
    watch.look_at_clock()
    assert len(woken) == 1


def test_after_the_end_nothing_is_told(
    qapp: QApplication, clock: Clock, watch: NetworkWatch, woken: list[int]
) -> None:
    ended = NetworkWatch(qapp, clock)
    told: list[int] = []
    ended.woken.connect(lambda: told.append(1))
    ended.close()
    ended.deleteLater()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert (told, woken) == ([], [1])

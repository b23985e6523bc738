"""Widgets in reference cycles die in the window's thread and nowhere else."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QApplication, QWidget

from console.ui import collector


class Cyclic(QWidget):
    """Held only by itself; remembers which thread let it die."""

    died_in: str = ""

    def __init__(self) -> None:
        super().__init__()
        self.me = self
        weakref.finalize(self, Cyclic._note)

    @classmethod
    def _note(cls) -> None:
        cls.died_in = threading.current_thread().name


def _allocate(kept: list[list[int]]) -> None:
    """What would set the collector off: thousands of new containers."""
    kept += [[number] for number in range(50_000)]


def test_a_thread_that_allocates_much_collects_nothing(qapp: QApplication) -> None:
    with collector.in_gui_thread():
        Cyclic.died_in = ""
        Cyclic()
        kept: list[list[int]] = []
        worker = threading.Thread(target=_allocate, args=(kept,), name="worker")
        worker.start()
        worker.join()
        assert Cyclic.died_in == ""
        assert collector.collect_due() >= 0
        gc.collect()
        assert Cyclic.died_in == threading.main_thread().name


def test_the_collector_is_as_it_was_afterwards(qapp: QApplication) -> None:
    gc.enable()
    with collector.in_gui_thread():
        assert not gc.isenabled()
    assert gc.isenabled()

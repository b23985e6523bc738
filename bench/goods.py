"""The page of goods with 3,000 articles in 30,000 colours and sizes: rolling, finding, ordering.

``goods_scroll_p99``: a frame, from the wheel's turn to the painted rows, and ``goods_stall``: the
longest turn of the window's loop while the table was rolled, searched and ordered, both in
processor time of the window's thread; ``goods_find_p95``: from what is typed to the order of the
table, out of a console's copy.

``python -m bench.goods FOLDER`` measures once, in a process of its own because widgets need one,
and prints JSON: ``{"frames": […], "found": […], "stall": …}``, in milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from bench.report import RUNS, Figure, figure

NAMES = ("goods_scroll_p99", "goods_find_p95", "goods_stall")
ARTICLES: Final = 3_000
_COLOURS: Final = (("红", "#B33A2F"), ("藏青", "#2F3E5C"))
_SIZES: Final = ("S", "M", "L", "XL", "XXL")
_KINDS: Final = ("风衣", "连衣裙", "针织衫", "牛仔裤", "衬衫", "羽绒服")
_FRAMES: Final = 240
_FRAME_S: Final = 1 / 60
_QUERIES: Final = ("风", "风衣", "红 L", "fy", "zhenzhishan", "W0123", "2000", "雾蓝 XL", "没有的",
                   "连衣裙 藏青 s", "A 区")  # fmt: skip


async def run(_wanted: set[str]) -> AsyncIterator[Figure]:
    """All three, of one window a run."""
    told = [await _measured() for _ in range(RUNS + 1)][1:]
    note = f"{ARTICLES * len(_COLOURS) * len(_SIZES):,} variants"
    longest = max(max(each["frames"]) for each in told)
    yield figure("goods_scroll_p99", [_part(each["frames"], 99) for each in told], "ms", 8,
                 note=f"{note}; wheel, fling and thumb; longest {longest:.1f} ms")  # fmt: skip
    yield figure("goods_find_p95", [_part(each["found"], 95) for each in told], "ms", 60, note=note)
    yield figure("goods_stall", [each["stall"] for each in told], "ms", 50, note=note)


def _part(taken: list[float], percent: int) -> float:
    return float(statistics.quantiles(taken, n=100)[percent - 1])


async def _measured() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.goods", folder, stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        told, _ = await process.communicate()
    found: dict[str, Any] = json.loads(told)
    return found


# --- in a process of its own ----------------------------------------------------------------


def _fill(replica: Any) -> None:
    """The catalogue as a console's copy has it."""
    from console.store.replica_tables import CODECS  # noqa: PLC0415 - only here is a console
    from console.wire.rows import ProductRow, VariantRow  # noqa: PLC0415

    products = [
        ProductRow(id=n, rev=1, shop_id=1, sku=f"W{n:04}", name=f"雾蓝{_KINDS[n % 6]}{n}",
                   gender="f", category=_KINDS[n % 6], price=9_900 + n * 10,
                   picture="w001-beige.webp", promo_price=8_800 if n % 9 == 0 else None)
        for n in range(1, ARTICLES + 1)
    ]  # fmt: skip
    kinds = [(colour, code, size) for colour, code in _COLOURS for size in _SIZES]
    variants = [
        VariantRow(id=product.id * 10 + place, rev=1, shop_id=1, product_id=product.id,
                   colour=colour, colour_hex=code, size=size, stock=(product.id + place) % 7,
                   barcode=f"20{product.id * 10 + place:011}", shelf="A 区 3 排")
        for product in products for place, (colour, code, size) in enumerate(kinds)
    ]  # fmt: skip
    with replica.writing() as db:
        for name, rows in (("product", products), ("variant", variants)):
            db.executemany(CODECS[name].insert, CODECS[name].tuples(rows))


async def _measure(folder: Path) -> dict[str, Any]:
    from PySide6.QtCore import QObject, QSize  # noqa: PLC0415 - only here is a screen

    from bench.heart import Heart  # noqa: PLC0415
    from console.desk.inbox import InboxDesk  # noqa: PLC0415
    from console.desk.products import ProductsDesk  # noqa: PLC0415
    from console.desk.types import Me  # noqa: PLC0415
    from console.sync.station import open_station  # noqa: PLC0415
    from console.ui.tasks import Tasks  # noqa: PLC0415
    from console.views.products.page import ProductsPage  # noqa: PLC0415

    station = await open_station(folder, "http://127.0.0.1:9", "")
    _fill(station.replica)
    me = Me(staff_id=1, name="", role="owner", shop_id=1, shop_name="", timezone="Asia/Shanghai")
    inbox = InboxDesk(station, me)
    desks: Any = SimpleNamespace(inbox=inbox, products=ProductsDesk(station, inbox))
    owner = QObject()
    tasks = Tasks(owner)
    page = ProductsPage(desks, tasks)
    page.resize(QSize(1366, 768))
    page.show()
    page.reload()
    while not page.table.isVisible() or not tasks.idle:  # noqa: ASYNC110 - no event says so
        await asyncio.sleep(0.02)
    await desks.products.ids(page.model.query)
    heart = Heart()
    frames = await _scroll(page)
    found = await _find(page, desks)
    await heart.stop()
    await page.close_down()
    await tasks.close()
    await inbox.close()
    await station.close()
    return {"frames": frames, "found": found, "stall": max(heart.busy) * 1_000}


async def _scroll(page: Any) -> list[float]:
    """A third rolls slowly, a third flings, a third has the thumb dragged anywhere."""
    bar, viewport, rng = page.table.verticalScrollBar(), page.table.viewport(), random.Random(1)
    taken = []
    for number in range(_FRAMES):
        begun = time.thread_time()
        if number < _FRAMES * 2 // 3:
            bar.setValue((bar.value() + (46 if number < _FRAMES // 3 else 1_400)) % bar.maximum())
        else:
            bar.setValue(rng.randrange(bar.maximum()))
        viewport.repaint()
        taken.append((time.thread_time() - begun) * 1_000)
        await asyncio.sleep(_FRAME_S)
    return taken


async def _find(page: Any, desks: Any) -> list[float]:
    """What is typed, and each order of the table, again and again."""
    from console.desk.product_types import ProductQuery  # noqa: PLC0415

    taken = []
    asked = [ProductQuery(text=text) for text in _QUERIES]
    asked += [ProductQuery(sort=sort, down=True) for sort in ("stock", "price", "name")]
    for query in asked * 3:
        begun = time.perf_counter()
        await desks.products.ids(query)
        taken.append((time.perf_counter() - begun) * 1_000)
        page.model.show(query)
        while page.model._reading:  # noqa: ASYNC110 - no event says so
            await asyncio.sleep(0.005)
    return taken


def _main() -> None:
    import qasync  # noqa: PLC0415 - only here is a screen
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    loop = qasync.QEventLoop(QApplication([]))
    asyncio.set_event_loop(loop)
    told = loop.run_until_complete(_measure(Path(sys.argv[1])))
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    _main()

"""Charts: read out, compared, shown larger, as a table, copied, saved; by mouse and by keys."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QVBoxLayout

from console.ui import theme
from console.ui.appearance import Appearance
from console.ui.bar_chart import Bar, BarChart
from console.ui.chart import top_mean
from console.ui.chart_frame import ChartFrame
from console.ui.chart_table import Cell, safe, words
from console.ui.heat_grid import HeatGrid
from console.ui.parts_chart import Part
from console.ui.share_curve import ShareCurve
from console.ui.share_series import Series, Spot
from console.ui.stack_chart import Stack, StackChart
from tests.gui.test_accessible import unnamed

HOUR = 3600.0
LEFT = Qt.MouseButton.LeftButton


def rising(key: str, name: str, most: float, members: int, points: int = 121) -> Series:
    """Reads come quickly at first; half of the last share has come after four hours."""
    spots = []
    for number in range(points):
        elapsed = 72 * HOUR * (number / (points - 1)) ** 2
        share = most * (1 - 0.5 ** math.sqrt(elapsed / (4 * HOUR)))
        spots.append(Spot(elapsed, share, round(share * members)))
    return Series(key, name, tuple(spots))


WOMEN, MEN = rising("w", "Monday, women", 0.5, 1_204), rising("m", "Monday, men", 0.4, 511)


class Shown(QDialog):
    """A window with a card around a chart."""

    def __init__(self, chart: ShareCurve | HeatGrid | BarChart) -> None:
        super().__init__()
        self.frame = ChartFrame(lambda: "=Reads", lambda: "Counted so.", chart)
        QVBoxLayout(self).addWidget(self.frame)
        self.resize(760, 420)
        self.show()
        self.activateWindow()


@pytest.fixture
def curve(appearance: Appearance) -> Iterator[ShareCurve]:
    chart = ShareCurve()
    shown = Shown(chart)
    chart.show_series([WOMEN, MEN])
    yield chart
    shown.close()
    shown.deleteLater()


def frame_of(chart: ShareCurve | HeatGrid | BarChart) -> ChartFrame:
    window = chart.window()
    assert isinstance(window, Shown)
    return window.frame


def at(chart: ShareCurve, series: Series, hours: float) -> QPoint:
    spot = next(spot for spot in series.spots if spot.elapsed_s >= hours * HOUR)
    return chart.place(spot).toPoint()


def wheel(chart: ShareCurve, where: QPoint, notches: int, *, ctrl: bool = False) -> bool:
    """Turn the wheel; whether the chart took it."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(QPointF(where), chart.mapToGlobal(QPointF(where)), QPoint(),
                        QPoint(0, 120 * notches), Qt.MouseButton.NoButton, held,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(chart, event)
    return event.isAccepted()


# --- read out -----------------------------------------------------------------------------------


def test_the_pointer_reads_the_nearest_line_out_and_the_others_beside_it(
    curve: ShareCurve,
) -> None:
    QTest.mouseMove(curve, at(curve, MEN, 4) + QPoint(0, 5))
    assert curve.reading is not None
    assert curve.reading[0].key == "m"
    assert curve.reading[1].share == pytest.approx(0.2, abs=0.01)
    assert curve.accessibleDescription().startswith("Monday, men, 4 h 12 min after sending: 20.")
    QTest.mouseMove(curve, at(curve, WOMEN, 4) - QPoint(0, 5))
    assert curve.accessibleDescription().startswith("Monday, women, 4 h 12 min after sending: 25.")
    QApplication.sendEvent(curve, QEvent(QEvent.Type.Leave))
    assert curve.reading is None
    assert "Monday, women, 72 h after sending" in curve.accessibleDescription()
    assert "Monday, men, 72 h after sending" in curve.accessibleDescription()


def test_arrows_go_along_a_line_and_to_the_other_at_the_same_time(curve: ShareCurve) -> None:
    curve.setFocus()
    assert curve.reading == (WOMEN, WOMEN.spots[-1])
    QTest.keyClick(curve, Qt.Key.Key_Home)
    QTest.keyClick(curve, Qt.Key.Key_Right)
    QTest.keyClick(curve, Qt.Key.Key_PageDown)
    assert curve.reading == (WOMEN, WOMEN.spots[11])
    QTest.keyClick(curve, Qt.Key.Key_Down)
    assert curve.reading == (MEN, MEN.spots[11])
    QTest.keyClick(curve, Qt.Key.Key_End)
    assert curve.reading == (MEN, MEN.spots[-1])


def test_a_point_opens_by_click_and_by_enter(curve: ShareCurve) -> None:
    asked: list[tuple[str, float]] = []
    curve.point_requested.connect(lambda key, elapsed_s: asked.append((key, elapsed_s)))
    QTest.mouseClick(curve, LEFT, pos=at(curve, MEN, 12))
    QTest.keyClick(curve, Qt.Key.Key_Home)
    QTest.keyClick(curve, Qt.Key.Key_Return)
    assert asked[0][0] == "m"
    assert asked[0][1] == pytest.approx(12 * HOUR, rel=0.02)
    assert asked[1] == ("m", 0.0)


def test_what_is_read_out_and_left_out_stays_while_a_campaign_is_being_read(
    curve: ShareCurve,
) -> None:
    QTest.mouseMove(curve, at(curve, MEN, 12))
    reading = curve.reading
    assert reading is not None
    curve.show_part("w", shown=False)
    grown = Series("m", "Monday, men", (*MEN.spots[:60], Spot(reading[1].elapsed_s - 1, 0.3),
                                        *MEN.spots[60:]), open_ended=True)  # fmt: skip
    curve.show_series([WOMEN, grown])
    assert curve.reading is not None
    assert curve.reading[1].elapsed_s == reading[1].elapsed_s
    assert [each.key for each in curve.shown] == ["m"]


# --- legend -------------------------------------------------------------------------------------


def test_a_line_is_left_out_and_taken_in_by_click_and_by_space(curve: ShareCurve) -> None:
    women, men = frame_of(curve).legend.entries
    assert (women.text(), men.text()) == ("Monday, women", "Monday, men")
    top = curve.top
    QTest.mouseClick(women, LEFT)
    assert [each.key for each in curve.shown] == ["m"]
    assert curve.top <= top
    men.setFocus()
    QTest.keyClick(men, Qt.Key.Key_Space)
    assert curve.shown == []
    assert curve.spoken() == ""
    QTest.keyClick(men, Qt.Key.Key_Space)
    QTest.mouseClick(women, LEFT)
    assert len(curve.shown) == 2
    assert women.hasFocus()  # none was made anew


def test_one_line_alone_has_no_legend_but_its_interval(curve: ShareCurve) -> None:
    spots = tuple(Spot(s.elapsed_s, s.share, s.count, s.share * 0.9, s.share * 1.1)
                  for s in WOMEN.spots)  # fmt: skip
    frame = frame_of(curve)
    before = frame.picture().image()
    curve.show_series([Series("w", "Monday, women", spots)])
    assert not frame.legend.isVisible()
    inside = curve.place(Spot(spots[80].elapsed_s, spots[80].share * 1.05))
    painted = curve.grab().toImage().pixelColor(inside.toPoint())
    assert painted == theme.color("accent_soft")
    assert frame.picture().image() != before


# --- shown larger -------------------------------------------------------------------------------


def test_the_wheel_shows_the_time_below_the_pointer_larger_once_the_chart_was_chosen(
    curve: ShareCurve,
) -> None:
    where = at(curve, WOMEN, 4)
    frame_of(curve).toggle.setFocus()
    assert not wheel(curve, where, 1)  # the page around it scrolls
    assert wheel(curve, where, 1, ctrl=True)
    assert curve.axis.is_zoomed
    assert abs(at(curve, WOMEN, 4).x() - where.x()) <= 1
    curve.setFocus()
    assert wheel(curve, where, -9)
    assert not curve.axis.is_zoomed


def test_a_drag_shows_a_span_larger_and_a_double_click_all_of_it_without_opening_a_name(
    curve: ShareCurve,
) -> None:
    asked: list[str] = []
    curve.point_requested.connect(lambda key, _: asked.append(key))
    frame = frame_of(curve)
    QTest.mousePress(curve, LEFT, pos=at(curve, WOMEN, 4))
    QTest.mouseMove(curve, at(curve, WOMEN, 12))
    QTest.mouseMove(curve, at(curve, WOMEN, 24))
    QTest.mouseRelease(curve, LEFT, pos=at(curve, WOMEN, 24))
    assert (curve.axis.first_s / HOUR, curve.axis.until_s / HOUR) == pytest.approx((4, 24), abs=0.5)
    assert frame.whole.isVisible()
    middle = curve.rect().center()
    QTest.mouseClick(curve, LEFT, pos=middle)
    QTest.mouseDClick(curve, LEFT, pos=middle)
    QTest.mouseRelease(curve, LEFT, pos=middle)
    assert not curve.axis.is_zoomed
    assert not frame.whole.isVisible()
    assert not curve._open_later.isActive()
    assert asked == []


def test_keys_zoom_and_escape_loses_nothing(curve: ShareCurve) -> None:
    frame = frame_of(curve)
    curve.setFocus()
    QTest.keyClick(curve, Qt.Key.Key_Plus)
    QTest.keyClick(curve, Qt.Key.Key_Plus)
    shown = curve.axis.first_s, curve.axis.until_s
    assert shown[1] == 72 * HOUR  # the newest point, which is read out, stays in sight
    QTest.mousePress(curve, LEFT, pos=QPoint(200, 100))
    QTest.mouseMove(curve, QPoint(300, 100))
    QTest.keyClick(curve, Qt.Key.Key_Escape)
    QTest.mouseRelease(curve, LEFT, pos=QPoint(300, 100))
    assert (curve.axis.first_s, curve.axis.until_s) == shown
    QTest.keyClick(curve, Qt.Key.Key_Home)
    assert curve.axis.first_s == 0.0  # the point that is read out is always in sight
    assert curve.axis.is_zoomed
    QTest.mouseClick(frame.whole, LEFT)
    assert not curve.axis.is_zoomed
    assert curve.hasFocus()


def test_the_way_back_to_the_whole_moves_nothing_and_no_note_lies_below_it(
    curve: ShareCurve,
) -> None:
    frame = frame_of(curve)
    before, least = curve.geometry(), frame.minimumSizeHint()
    curve.zoom(3.0, 1.0)
    QApplication.processEvents()
    assert frame.whole.isVisible()
    assert (curve.geometry(), frame.minimumSizeHint()) == (before, least)
    QTest.mouseMove(curve, at(curve, WOMEN, 40))
    beside = frame.whole.geometry().bottomLeft() + QPoint(-6, 6)
    bare = curve.grab().toImage()
    QApplication.sendEvent(curve, QEvent(QEvent.Type.Leave))
    assert curve.reading is None
    assert bare.pixelColor(beside) == curve.grab().toImage().pixelColor(beside)


def test_a_chart_without_room_paints_nothing_wrong(curve: ShareCurve) -> None:
    for size in (QSize(1, 1), QSize(72, 40), QSize(0, 0)):
        curve.resize(size)
        curve.repaint()
    assert curve.spoken()


def test_time_is_spread_by_its_logarithm_from_the_menu_and_the_first_minutes_get_room(
    curve: ShareCurve,
) -> None:
    minute = Spot(5 * 60, 0.1)
    before = curve.place(minute).x()
    menu = frame_of(curve).menu()
    root, log = menu.actions()[:2]
    assert (root.isChecked(), log.isChecked()) == (True, False)
    log.trigger()
    assert curve.place(minute).x() > before + 50
    assert 5 * 60 in curve.axis.marks(0.08)
    assert curve.axis.moment(curve.axis.place(7_200)) == pytest.approx(7_200)
    menu.deleteLater()


# --- as a table, copied, saved ------------------------------------------------------------------


def test_the_same_figures_stand_in_a_table_whose_cells_are_copied(curve: ShareCurve) -> None:
    frame = frame_of(curve)
    women = Series("w", "Women", WOMEN.spots, rows=(Spot(0, 0.0, 0), Spot(HOUR, 0.25, 301)))
    curve.show_series([women, Series("m", "Men", MEN.spots, rows=(Spot(HOUR, 0.125, 64),))])
    curve.setFocus()
    QTest.keyClick(curve, Qt.Key.Key_T)
    table = frame.table
    assert table.isVisible()
    assert table.hasFocus()
    heads = [table.rows.headerData(n, Qt.Orientation.Horizontal) for n in range(5)]
    assert heads == ["After", "Women · Read by then", "Women · Readers", "Men · Read by then",
                     "Men · Readers"]  # fmt: skip
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "0 min\t0.0 %\t0\t–\t–", "1 h\t25.0 %\t301\t12.5 %\t64",
    ]  # fmt: skip
    assert not unnamed(frame)
    table.clearSelection()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[2:] == ["0\t0.0000\t0\t\t", "60\t0.2500\t301\t0.1250\t64"]  # all, plainly
    curve.show_series([Series("w", "Women", WOMEN.spots, rows=(Spot(60, 0.5, 602),))])
    assert table.rows.index(0, 1).data() == "50.0 %"  # live behind the table too
    QTest.keyClick(table, Qt.Key.Key_T)
    assert curve.isVisible()
    assert curve.hasFocus()


def test_figures_and_picture_are_copied_by_keys(curve: ShareCurve) -> None:
    frame = frame_of(curve)
    curve.show_series([Series("w", "Women", (Spot(0, 0.0, 0), Spot(HOUR, 0.25, 1_301)))])
    curve.setFocus()
    QTest.keyClick(curve, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Reads", "Minutes after sending\tRead by then\tReaders", "0\t0.0000\t0",
        "60\t0.2500\t1301",
    ]  # fmt: skip
    assert frame.note.text() == "The figures are copied."
    QTest.keyClick(curve, Qt.Key.Key_P)
    copied = QGuiApplication.clipboard().image()
    assert copied.width() == 2 * (curve.width() + 32)
    assert frame.note.text() == "The picture is copied."


def test_a_saved_png_is_twice_as_sharp_and_shows_what_the_screen_does(
    curve: ShareCurve, tmp_path: Path
) -> None:
    frame = frame_of(curve)
    curve.setFocus()
    QTest.keyClick(curve, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = frame.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "reads.png"))
    dialog.reject()
    assert frame.note.text() == "Saved as reads.png."
    opened = QImage(str(tmp_path / "reads.png"))
    assert opened.width() == 2 * (curve.width() + 32)
    line = theme.color("accent_ink").rgb()
    found = sum(opened.pixel(x, y) == line
                for x in range(200, 1_200, 4) for y in range(opened.height()))  # fmt: skip
    assert found > 250  # in each of these columns


def test_a_saved_svg_is_a_drawing_with_its_words_in_it(curve: ShareCurve, tmp_path: Path) -> None:
    frame = frame_of(curve)
    frame.beside = "2026-11-01 – 11-28"
    frame.write(tmp_path / "reads.svg")
    drawing = (tmp_path / "reads.svg").read_bytes()
    texts, root = _texts(drawing), ElementTree.fromstring(drawing)  # noqa: S314 - made here
    assert {"=Reads", "2026-11-01 – 11-28", "Monday, women", "Monday, men", "24 h"} <= texts
    assert root.findall(".//{http://www.w3.org/2000/svg}polyline")
    assert not root.findall(".//{http://www.w3.org/2000/svg}image")


def test_a_file_that_cannot_be_written_is_said_in_one_sentence(
    curve: ShareCurve, tmp_path: Path
) -> None:
    frame = frame_of(curve)
    frame.write(tmp_path / "gone" / "reads.png")
    assert frame.note.text() == (
        "“reads.png” cannot be written: its folder is gone. Choose another one."
    )
    assert frame.note.property("look") == "fault"


def test_everything_at_a_chart_has_a_name_and_a_menu_that_shows_its_keys(
    curve: ShareCurve,
) -> None:
    frame = frame_of(curve)
    assert not unnamed(frame)
    menu = frame.menu()
    keys = [action.text().partition("\t")[2] for action in menu.actions() if action.objectName()]
    assert keys == ["T", "Ctrl+C", "P", "Ctrl+S"]
    menu.deleteLater()


@pytest.mark.parametrize("text", ["=1+1", "+49", "-3", "@x", " =a"])
def test_no_spreadsheet_takes_a_name_for_a_formula(text: str) -> None:
    assert safe(text)[0] not in "=+-@ "


# --- other charts -------------------------------------------------------------------------------


def test_a_cell_of_the_heat_map_opens_and_the_map_is_a_table(appearance: Appearance) -> None:
    grid = HeatGrid()
    shown = Shown(grid)
    asked: list[tuple[int, int]] = []
    grid.cell_requested.connect(lambda day, hour: asked.append((day, hour)))
    grid.show_values({(5, 20): 12.5, (0, 9): 3.0})
    QTest.mouseClick(grid, LEFT, pos=grid.box((0, 9)).center().toPoint())
    QTest.keyClick(grid, Qt.Key.Key_End)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert asked == [(0, 9), (0, 23)]
    shown.frame.copy_data()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1].split("\t")[:3] == ["Day", "0:00", "1:00"]
    assert lines[7].split("\t")[21] == "12.5"
    shown.close()


def test_months_are_read_out_against_their_goal_and_open(appearance: Appearance) -> None:
    chart = BarChart(shares=True)
    shown = Shown(chart)
    asked: list[str] = []
    chart.bar_requested.connect(asked.append)
    bars = [Bar(f"2026-{month:02}", f"Month {month}", str(month), share, ("told",), 0.2, 0.4,
                (words(str(month)), Cell("x", "0.3")))
            for month, share in ((9, 0.3), (10, None), (11, 0.36))]  # fmt: skip
    chart.show_bars(bars, ["Month", "Open rate"], goal=(0.35, "goal 35 %"))
    chart.setFocus()
    assert chart.accessibleDescription() == "Month 11, told"
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.mouseClick(chart, LEFT, pos=chart.box(2).center().toPoint())
    assert asked == ["2026-09", "2026-11"]
    assert chart.box(1).height() == 0
    goal = chart.box(0).top() - (0.05 / chart.top) * (chart.height() - 40)
    row = [chart.grab().toImage().pixelColor(x, round(goal)) for x in range(60, 200)]
    assert theme.color("warn_ink") in row
    shown.close()


def test_bars_of_one_day_are_told_apart_by_titles_as_far_as_there_is_room(
    appearance: Appearance,
) -> None:
    names = ["周一新款 · 女装", "周一新款 · 男装"]
    chart = BarChart()
    chart.resize(600, 240)
    bars = [Bar(name, name, "11-30", 3.0, (), title=name) for name in names]
    chart.show_bars(bars, ("", ""))
    assert [chart.title_shown(number) for number in range(2)] == names
    assert chart.box(0).bottom() < 240 - 28 - 12
    chart.show_bars([replace(bar, key=str(n)) for n in range(4) for bar in bars], ("", ""))
    short = [chart.title_shown(number) for number in range(2)]
    assert [(each[:1], each[-2:]) for each in short] == [("…", "女装"), ("…", "男装")]
    chart.show_bars([replace(bar, key=str(n)) for n in range(9) for bar in bars], ("", ""))
    assert chart.title_shown(0) == ""


def test_a_distribution_has_the_labels_of_its_edges(appearance: Appearance) -> None:
    chart = BarChart(touching=True)
    shown = Shown(chart)
    chart.show_bars([Bar(str(n), f"{n}–{n + 1} min", str(n), count, (f"{count} replies",))
                     for n, count in enumerate((31, 12, 4))], ["Wait"], end="3")  # fmt: skip
    assert chart.top == 40
    assert chart.box(1).left() - chart.box(0).right() <= 1
    QTest.mouseMove(chart, chart.box(1).center().toPoint())
    assert chart.accessibleDescription() == "1–2 min, 12 replies"
    assert "3" in _texts(shown.frame.picture().svg())
    shown.close()


def _texts(svg: bytes) -> set[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - made here
    return {"".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")}


# --- looks --------------------------------------------------------------------------------------

CONES = {
    "all": ((1.0, 0, 0), (0, 1.0, 0), (0, 0, 1.0)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                 (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
"""What remains of linear red, green and blue (Machado 2009)."""


def linear(color: QColor) -> list[float]:
    parts = (color.redF(), color.greenF(), color.blueF())
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def lightness_and_hue(color: QColor, cones: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    """CIE L*a*b* as somebody with these cones sees it."""
    light = linear(color)
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, light, strict=True))))
               for row in cones)  # fmt: skip
    white = ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
             0.2126 * r + 0.7152 * g + 0.0722 * b,
             (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)  # fmt: skip
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in white)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def luminance(color: QColor) -> float:
    return sum(m * c for m, c in zip((0.2126, 0.7152, 0.0722), linear(color), strict=True))


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=lambda each: each.name)
def test_lines_are_told_apart_whatever_colours_one_sees_and_stand_out_from_the_card(
    tokens: theme.Tokens,
) -> None:
    colors = [tokens.color(role) for role in theme.SERIES]
    for one, other in itertools.combinations(colors, 2):
        for cones in CONES.values():
            assert math.dist(lightness_and_hue(one, cones), lightness_and_hue(other, cones)) > 18
    ground = luminance(tokens.color("surface"))
    for color in colors:
        low, high = sorted((luminance(color), ground))
        assert (high + 0.05) / (low + 0.05) >= 3


def test_a_fourth_line_is_dashed_instead_of_a_colour_that_cannot_be_told(
    curve: ShareCurve,
) -> None:
    curve.show_series([rising(str(n), f"No. {n}", 0.1 * n, 100) for n in range(1, 6)])
    pens = [sample.pen for sample in curve.legend()]
    assert len({(pen.color().name(), pen.style()) for pen in pens}) == 5


# --- fast enough to follow the hand -------------------------------------------------------------


def test_lines_of_thousands_of_points_are_painted_once_however_the_pointer_moves(
    curve: ShareCurve, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted, paint = [], ShareCurve.paint_still

    def counted(self: ShareCurve, painter: QPainter) -> None:
        painted.append(self)
        paint(self, painter)

    monkeypatch.setattr(ShareCurve, "paint_still", counted)
    lines = [rising(str(n), f"No. {n}", 0.2 * n, 1_000, points=2_000) for n in (1, 2, 3)]
    curve.window().resize(1_100, 520)
    curve.show_series(lines)
    curve.repaint()
    assert len(painted) == 1
    told = set()
    for x in range(150):
        QTest.mouseMove(curve, QPoint(60 + 4 * x, 150))
        curve.repaint()
        told.add(curve.accessibleDescription())
    assert len(told) > 100
    assert len(painted) == 1
    curve.show_series(lines[:2])
    curve.repaint()
    assert len(painted) == 2


# --- parts on each other ------------------------------------------------------------------------


@pytest.fixture
def stacks(appearance: Appearance) -> Iterator[StackChart]:
    chart = StackChart()
    shown = Shown(chart)
    parts = [Part("up", "Awake", "accent_ink"), Part("down", "Asleep", "field_line")]
    chart.show_stacks([Stack("10", "October", "10", (30, 50)), Stack("11", "November", "11",
                       (60, 40))], parts, "Month")  # fmt: skip
    yield chart
    shown.close()
    shown.deleteLater()


def test_parts_of_bars_are_read_out_and_opened_by_pointer_and_by_keys(stacks: StackChart) -> None:
    opened: list[tuple[str, str]] = []
    stacks.part_requested.connect(lambda *keys: opened.append(keys))
    (_, awake), (_, asleep) = stacks.boxes(1)
    assert awake.height() / asleep.height() == pytest.approx(1.5)
    assert awake.top() == pytest.approx(asleep.bottom())
    QTest.mouseMove(stacks, asleep.center().toPoint())
    assert stacks.accessibleDescription() == "November, Asleep 40 · 40.0 %, Awake 60 · 60.0 %"
    QTest.mouseClick(stacks, LEFT, pos=awake.center().toPoint())
    stacks.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(stacks, key)
    assert opened == [("11", "up"), ("10", "down")]
    table = stacks.table()
    assert [cell.plain for cell in table.head] == ["Month", "Awake", "Asleep"]
    assert [[cell.plain for cell in row] for row in table.rows] == [
        ["October", "30", "50"], ["November", "60", "40"],
    ]  # fmt: skip


def test_a_part_left_out_makes_room_for_the_others_and_the_last_one_stays(
    stacks: StackChart,
) -> None:
    awake, asleep = frame_of(stacks).legend.entries
    asleep.click()
    assert [bar.value for bar in stacks.bars] == [30, 60]
    assert [part.key for part, _ in stacks.boxes(1)] == ["up"]
    assert stacks.top == 80
    # Shares stay those of all members.
    assert stacks.bars[1].told == ("Asleep 40 · 40.0 %", "Awake 60 · 60.0 %")
    awake.click()
    assert awake.isChecked()
    assert [bar.value for bar in stacks.bars] == [30, 60]
    asleep.click()
    assert [bar.value for bar in stacks.bars] == [80, 100]


# --- means ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "top"), [(0.0, 4.0), (0.04, 0.04), (0.9, 1.0), (2.3, 3.0), (4.0, 4.0), (31.0, 40.0)]
)
def test_the_upper_edge_of_means_is_near_and_easily_read(most: float, top: float) -> None:
    assert top_mean(most) == pytest.approx(top)

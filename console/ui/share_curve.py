"""Shares that grow with time, painted: several campaigns compared, percent upwards.

Time is spread by its square root or its logarithm, and a part of it can be shown larger.  The
pointer or the arrows read a point out.  Knows no use case.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen, QPolygonF

from console.ui import theme
from console.ui.chart import OPEN_KEYS, Note, Sample, paint_note, paint_values, top_share
from console.ui.chart_table import ChartTable
from console.ui.line_points import one_a_column, within
from console.ui.share_series import Series, Spot, briefly, interval, table, told, when
from console.ui.time_chart import TimeChart

_FAR: Final = 100_000
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10,
                 Qt.Key.Key_PageDown: 10, Qt.Key.Key_Home: -_FAR, Qt.Key.Key_End: _FAR}  # fmt: skip
_OTHERS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_FEW: Final = 60
_FINEST: Final = 1.5
"""Points nearer to each other than this, in pixels, are one in a line."""
_UNSEEN: Final = 0.2
"""A line may pass a point by so many pixels."""
_share: Final = attrgetter("share")


class ShareCurve(TimeChart):
    """Shows what ``show_series`` was given, the first in the program's own colour."""

    point_requested = Signal(str, float)
    """Key of a series and seconds after sending: who is behind this point."""

    def __init__(self) -> None:
        super().__init__()
        self._series: list[Series] = []
        self._hidden: set[str] = set()
        self._xs: dict[str, list[float]] = {}
        self._lines: dict[str, list[QPointF]] = {}
        self._few: dict[str, list[QPointF]] = {}
        self._bounds: tuple[object, list[float]] = (None, [])
        self._top: float | None = None
        self._at: tuple[str, int] | None = None

    def sizeHint(self) -> QSize:
        """Wide enough for its hours."""
        return QSize(520, 280)

    def minimumSizeHint(self) -> QSize:
        """Below this the hours run into each other."""
        return QSize(300, 190)

    # --- what it holds --------------------------------------------------------------------

    def show_series(self, series: Sequence[Series]) -> None:
        """Show these; what is read out, left out or shown larger stays so."""
        reading = self.reading
        self._series = list(series)
        self._at = None
        if reading is not None:
            self._at = self._spot_at(reading[0].key, reading[1].elapsed_s)
        self.refresh()

    @property
    def series(self) -> list[Series]:
        """What it was given."""
        return list(self._series)

    @property
    def shown(self) -> list[Series]:
        """What is not left out and holds something."""
        return [each for each in self._series if each.key not in self._hidden and each.spots]

    @property
    def reading(self) -> tuple[Series, Spot] | None:
        """The point that is read out."""
        if self._at is None:
            return None
        key, number = self._at
        found = next(each for each in self._series if each.key == key)
        return found, found.spots[number]

    def legend(self) -> Sequence[Sample]:
        """Each line, where there are several."""
        if len(self._series) < 2:
            return ()
        return [Sample(each.key, each.name, self._pen(each)) for each in self._series]

    def is_shown(self, key: str) -> bool:
        """Whether a line is not left out."""
        return key not in self._hidden

    def show_part(self, key: str, *, shown: bool) -> None:
        """Leave a line out or take it in again."""
        (self._hidden.discard if shown else self._hidden.add)(key)
        if self._at is not None and self._at[0] in self._hidden:
            self._at = None
        self.refresh()

    def table(self) -> ChartTable:
        """Every line at round times."""
        return table(self._series)

    def spoken(self) -> str:
        """The point read out, or the newest of each line."""
        if self.reading is not None:
            series, spot = self.reading
            name = f"{series.name}, " if len(self._series) > 1 else ""
            return f"{name}{when(spot)}: {told(spot)}"
        newest = ((each, each.spots[-1]) for each in self.shown)
        return "; ".join(f"{each.name}, {when(spot)}: {told(spot)}" if len(self._series) > 1
                         else f"{when(spot)}: {told(spot)}" for each, spot in newest)  # fmt: skip

    # --- places ---------------------------------------------------------------------------

    @property
    def top(self) -> float:
        """The share at the upper edge."""
        if self._top is None:
            most = [max(map(_share, each.spots)) for each in self.shown]
            self._top = top_share(max(most, default=0.0))
        return self._top

    def place(self, spot: Spot) -> QPointF:
        """Where a point lies."""
        return self._lay([spot])[0]

    def _lay(self, spots: Sequence[Spot]) -> list[QPointF]:
        ys = self._up(map(_share, spots))
        return [QPointF(x, y) for x, y in zip(self._across(spots), ys, strict=True)]

    def _across(self, spots: Sequence[Spot]) -> list[float]:
        room, last = self.room(), self.axis.last_s
        left, wide = room.left(), room.width()
        moments = [spot.elapsed_s for spot in spots]
        if moments and moments[-1] > last:
            moments = [min(moment, last) for moment in moments]
        return [left + wide * place for place in self.axis.places(moments)]

    def _up(self, shares: Iterable[float]) -> list[float]:
        room = self.room()
        bottom, high = room.bottom(), room.height() / self.top
        return [bottom - high * share for share in shares]

    def _xs_of(self, series: Series) -> list[float]:
        """Where each of its spots lies across."""
        found = self._xs.get(series.key)
        if found is None:
            found = self._xs[series.key] = self._across(series.spots)
        return found

    def _line_of(self, series: Series) -> list[QPointF]:
        """The line without points that nobody could tell from it."""
        found = self._lines.get(series.key)
        if found is None:
            found = self._lines[series.key] = self._line(series.spots, _share)
        return found

    def _line(self, spots: Sequence[Spot], value: Callable[[Spot], float]) -> list[QPointF]:
        moments = [spot.elapsed_s for spot in spots]
        found = [spots[number] for number in one_a_column(moments, self._columns())]
        xs, ys = self._across(found), self._up(map(value, found))
        return [QPointF(xs[number], ys[number]) for number in within(xs, ys, _UNSEEN)]

    def _columns(self) -> list[float]:
        """Moments that lie so far apart that a point can be told from the next."""
        axis, columns = self.axis, max(int(self.room().width() / _FINEST), 1)
        shown = (axis.spread, axis.first_s, axis.until_s, columns)
        if self._bounds[0] != shown:
            self._bounds = shown, [axis.moment(n / columns) for n in range(columns + 1)]
        return self._bounds[1]

    def repaint_still(self) -> None:
        """Everything has another place."""
        for kept in (self._xs, self._lines, self._few):
            kept.clear()
        self._top = None
        super().repaint_still()

    # --- painted --------------------------------------------------------------------------

    def paint_still(self, painter: QPainter) -> None:
        """Paint the axes and the lines."""
        room = self.room()
        paint_values(painter, room, self.top, lambda share: f"{share * 100:g} %")
        self.paint_hours(painter)
        painter.save()
        painter.setClipRect(room.adjusted(-2, -8, 7, 7))
        for series in self.shown:
            self._paint_line(painter, series)
        painter.restore()

    def _pen(self, series: Series) -> QPen:
        number = next(n for n, each in enumerate(self._series) if each.key == series.key)
        roles = theme.SERIES
        pen = QPen(theme.color(roles[number % len(roles)]), 2.2)
        if number >= len(roles):
            pen.setDashPattern((3, 2))
        return pen

    def _paint_line(self, painter: QPainter, series: Series) -> None:
        points, pen = self._line_of(series), self._pen(series)
        if len(self._series) == 1:
            self._paint_ground(painter, series, points)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        if series.open_ended:
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(theme.color("online"))
            painter.drawEllipse(points[-1], 5, 5)

    def _paint_ground(self, painter: QPainter, series: Series, points: list[QPointF]) -> None:
        """The interval where it is known, else the area below the line."""
        below, above = self._band(series)
        if not below:
            bottom = self.room().bottom()
            above = points
            below = [QPointF(above[0].x(), bottom), QPointF(above[-1].x(), bottom)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft"))
        painter.drawPolygon(QPolygonF([*above, *reversed(below)]))

    def _band(self, series: Series) -> tuple[list[QPointF], list[QPointF]]:
        told = [spot for spot in series.spots if spot.low is not None and spot.high is not None]
        return (self._line(told, lambda spot: spot.low or 0.0),
                self._line(told, lambda spot: spot.high or 0.0))  # fmt: skip

    def paint_reading(self, painter: QPainter) -> None:
        """Paint the moment read out, every line at it, and what is being marked to show larger."""
        room = self.room()
        self.paint_marking(painter)
        if self.reading is None:
            return
        active, spot = self.reading
        at = self.place(spot)
        painter.setPen(QPen(theme.color("ink_faint"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at.x(), room.top()), QPointF(at.x(), room.bottom()))
        beside = self._beside(active, spot)
        for series, other in beside:
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(self._pen(series).color())
            painter.drawEllipse(self.place(other), 4.5, 4.5)
        notes = self._notes(active, spot, beside)
        paint_note(painter, QPointF(at.x(), room.top() + 4), room, notes, self._few_points())

    def _few_points(self) -> list[QPointF]:
        """Enough of the lines to know where a note would hide them."""
        for each in self.shown:
            if each.key not in self._few:
                self._few[each.key] = self._lay(each.spots[:: len(each.spots) // _FEW + 1])
        return [point for each in self.shown for point in self._few[each.key]
                ] + self.covered()  # fmt: skip

    def _beside(self, active: Series, spot: Spot) -> list[tuple[Series, Spot]]:
        """Every line that is known at that moment, with its newest spot until then."""
        found = []
        for each in self.shown:
            place = bisect_right(each.spots, spot.elapsed_s, key=lambda spot: spot.elapsed_s)
            if each is active:
                found.append((each, spot))
            elif place and each.spots[-1].elapsed_s >= spot.elapsed_s:
                found.append((each, each.spots[place - 1]))
        return found

    def _notes(
        self, active: Series, spot: Spot, beside: Iterable[tuple[Series, Spot]]
    ) -> list[Note]:
        if len(self._series) == 1:
            doubt = interval(spot)
            notes = [Note(when(spot)), Note(told(spot), strong=True)]
            return [*notes, Note(doubt)] if doubt else notes
        return [Note(when(spot)), *(
            Note(f"{each.name}  {briefly(other)}", each is active, self._pen(each))
            for each, other in beside
        )]  # fmt: skip

    # --- read out -------------------------------------------------------------------------

    def _read(self, at: tuple[str, int] | None) -> None:
        if at != self._at:
            self._at = at
            self.read_anew()

    def _spot_at(self, key: str, elapsed_s: float) -> tuple[str, int] | None:
        found = next((each for each in self.shown if each.key == key), None)
        if found is None:
            return None
        number = bisect_left(found.spots, elapsed_s, key=lambda spot: spot.elapsed_s)
        return key, min(number, len(found.spots) - 1)

    def _nearest(self, at: QPointF) -> tuple[str, int] | None:
        """Of each line the point nearest in time; of these the one nearest to the pointer."""
        found = []
        for series in self.shown:
            xs = self._xs_of(series)
            right = bisect_left(xs, at.x())
            beside = [number for number in (right - 1, right) if 0 <= number < len(xs)]
            number = min(beside, key=lambda number: abs(xs[number] - at.x()))
            high = abs(self.place(series.spots[number]).y() - at.y())
            # First who is known at that moment at all, then who is nearest.
            found.append((round(abs(xs[number] - at.x())), high, series.key, number))
        return min(found)[2:] if found else None

    def _step(self, step: int) -> None:
        reading = self.reading
        if reading is None:
            self._read_newest()
            return
        key, number = reading[0].key, self._at[1] if self._at is not None else 0
        self._read((key, min(max(number + step, 0), len(reading[0].spots) - 1)))
        self._reveal()

    def _other_line(self, step: int) -> None:
        lines = self.shown
        if self.reading is None or not lines:
            self._read_newest()
            return
        active, spot = self.reading
        place = [each.key for each in lines].index(active.key)
        self._read(self._spot_at(lines[(place + step) % len(lines)].key, spot.elapsed_s))

    def _read_newest(self) -> None:
        if self.shown:
            first = self.shown[0]
            self._read((first.key, len(first.spots) - 1))
            self._reveal()

    def _reveal(self) -> None:
        if self.reading is not None and self.axis.is_zoomed:
            self.axis.reveal(min(self.reading[1].elapsed_s, self.axis.last_s))
            self.repaint_still()

    def reading_s(self) -> float | None:
        """The moment that is read out."""
        return self.reading[1].elapsed_s if self.reading is not None else None

    def read_at(self, at: QPointF) -> None:
        """Read out what is nearest to the pointer."""
        self._read(self._nearest(at))

    def open_reading(self) -> None:
        """Tell that the members behind the point read out are wanted."""
        if self.reading is not None:
            series, spot = self.reading
            self.point_requested.emit(series.key, spot.elapsed_s)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is read out without a pointer or the keyboard."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from point to point and from line to line; Enter opens."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in _OTHERS:
            self._other_line(_OTHERS[key])
        elif key in OPEN_KEYS and self.reading is not None:
            self.open_reading()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The newest point is read out first."""
        super().focusInEvent(event)
        if self.reading is None:
            self._read_newest()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard went elsewhere."""
        super().focusOutEvent(event)
        if not self.underMouse():
            self._read(None)

"""The program as a clerk starts it, that says when its list stood painted.

``python -m bench.opening HOME``: ``hanger open`` unchanged, offscreen.  Once every row of the
list that is on screen was painted with its contents it prints the monotonic time of that and
its resident MB, one JSON line; the parent ends it.
"""

from __future__ import annotations

import json
import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from console.__main__ import main


def _watch() -> None:
    """Wrap the list's painting once the program has brought it in by itself."""
    from PySide6.QtGui import QPaintEvent  # noqa: PLC0415 - its loading belongs to the time

    from console import roles  # noqa: PLC0415
    from console.models.conversation_model import ConversationModel  # noqa: PLC0415
    from console.ui.row_view import RowView  # noqa: PLC0415

    paint = RowView.paintEvent
    told: list[float] = []

    def watched(self: RowView, event: QPaintEvent) -> None:
        paint(self, event)
        model = self.model()
        if told or not isinstance(model, ConversationModel) or not model.rowCount():
            return
        if all(model.index(row, 0).data(roles.ITEM) for row in self.visible_rows()):
            told.append(time.monotonic())
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()

    RowView.paintEvent = watched  # type: ignore[method-assign]


if __name__ == "__main__":
    _watch()
    sys.exit(main(["open", "--home", sys.argv[1]]))

"""Plain values that models and painters agree on.

A leaf without imports: ``models`` answer for these roles, ``ui`` asks for them, and
neither knows the other.  Values above Qt's ``UserRole`` (256).
"""

from __future__ import annotations

ITEM = 257
"""The whole value of a row (``desk.types``), or ``None`` while it is being fetched."""
ROW_ID = 258
"""Id of the conversation in that row."""
LINE = 259
"""Which kind of line a timeline row is: one of the ``LINE_*`` numbers."""
LINE_AT = 260
"""The time a divider stands for."""
JOINED = 261
"""True when a bubble follows one of the same person within a short time."""

SPOKEN = 11
"""Qt's own ``AccessibleTextRole``: the row as a sentence, for screen readers."""

LINE_MESSAGE = 0
LINE_DAY = 1
LINE_UNREAD = 2
LINE_OLDER = 3
LINE_PLACEHOLDER = 4

OLDER_IDLE = 0
OLDER_LOADING = 1
OLDER_NEEDS_LINE = 2

ANSWERS_MIME = "application/x-hanger-answers"
"""Answers that are carried from one group to another: a list of their ids."""

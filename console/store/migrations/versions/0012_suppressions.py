"""What no backup may bring back: opt-outs and erasures as facts of their own."""

from __future__ import annotations

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None

_REFUSED = """
SELECT c.member_id, c.channel, c.text_hash, c.at FROM consent c JOIN member m ON m.id = c.member_id
WHERE c.purpose = 'marketing' AND NOT c.granted AND NOT m.marketing
AND c.id = (SELECT max(l.id) FROM consent l
            WHERE l.member_id = c.member_id AND l.purpose = 'marketing')
ORDER BY c.id
"""
_ERASED = """
SELECT m.id, coalesce((SELECT max(a.at) FROM audit a
                       WHERE a.what = 'member.erase' AND a.subject_id = m.id), 0) AS at
FROM member m WHERE m.state = 'erased' ORDER BY m.id
"""
_RECALLED = """
SELECT client_id, recalled_at AS at FROM message
WHERE recalled_at IS NOT NULL AND campaign_id IS NULL ORDER BY id
"""
_TAKEN_BACK = """
SELECT client_id, recalled_at AS at FROM campaign WHERE recalled_at IS NOT NULL ORDER BY id
"""
_REVOKED = "SELECT id, revoked_at AS at FROM device WHERE revoked_at IS NOT NULL ORDER BY id"
_GONE = "SELECT id, 0 AS at FROM staff WHERE NOT active ORDER BY id"


def _refusal(row: Any) -> dict[str, Any]:
    return {"what": "consent", "member_id": row.member_id, "granted": False,
            "channel": row.channel, "text_hash": row.text_hash}  # fmt: skip


def _erasure(row: Any) -> dict[str, Any]:
    return {"what": "member_erased", "member_id": row.id}


def _recall(row: Any) -> dict[str, Any]:
    return {"what": "message_recalled", "client_id": row.client_id}


def _taken_back(row: Any) -> dict[str, Any]:
    return {"what": "campaign_recalled", "client_id": row.client_id}


def _revocation(row: Any) -> dict[str, Any]:
    return {"what": "device_revoked", "device_id": row.id}


def _gone(row: Any) -> dict[str, Any]:
    return {"what": "staff_active", "staff_id": row.id, "active": False}


_STANDING = (
    (_REFUSED, _refusal), (_ERASED, _erasure), (_RECALLED, _recall), (_TAKEN_BACK, _taken_back),
    (_REVOKED, _revocation), (_GONE, _gone),
)  # fmt: skip


def upgrade() -> None:
    """No synced table changes.  What stands is known from here on, so that an older copy of
    this database, upgraded in its turn, learns of it too."""
    table = op.create_table(
        "suppression",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("mark", sa.String(16), nullable=False, unique=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("fact", sa.JSON(), nullable=False),
    )
    connection = op.get_bind()
    rows = [
        {"mark": secrets.token_hex(8), "at": row.at, "fact": fact(row)}
        for query, fact in _STANDING
        for row in connection.execute(sa.text(query))
    ]
    if rows:
        connection.execute(table.insert(), rows)

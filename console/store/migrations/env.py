"""How Alembic meets the database: on the connection that ``store.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from console.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

"""Alembic's revisions of the relay's database, from the first table on."""

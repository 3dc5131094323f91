"""Alembic's scripts; knows how the schema changes, nothing of when it is changed."""

"""Alembic's entry for the quality database."""

from alembic import context

from shared.migrations import run

run(context)

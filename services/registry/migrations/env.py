"""Alembic's entry for the registry database."""

from alembic import context

from shared.migrations import run

run(context)

"""Alembic's entry for the safety database."""

from alembic import context

from shared.migrations import run

run(context)

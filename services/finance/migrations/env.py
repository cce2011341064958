"""Alembic's entry for the finance database."""

from alembic import context

from shared.migrations import run

run(context)

"""Alembic's entry for the gateway database."""

from alembic import context

from shared.migrations import run

run(context)

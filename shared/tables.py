"""What the tables of every service have in common: names of constraints, types of columns."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, DateTime, Numeric, Text
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, JSONB

from shared.periods import FOREVER

__all__ = ["FOREVER", "NAMES", "TYPES", "one_of"]

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "%(constraint_name)s",
    "pk": "pk_%(table_name)s",
}
TYPES: dict[Any, Any] = {
    str: Text(),
    date: Date(),
    datetime: DateTime(timezone=True),
    Decimal: Numeric(14, 2),
    bytes: BYTEA(),
    dict[str, Any]: JSONB(),
    list[str]: ARRAY(Text()),
}


def one_of(table: str, column: str, values: type[StrEnum]) -> CheckConstraint:
    """The column holds one of the enumeration's values: text with a check, because enum equality is not leakproof."""
    listed = ", ".join(f"'{each.value}'" for each in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")

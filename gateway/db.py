"""Base of every table of the gateway database."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from shared.tables import NAMES, TYPES


class Table(DeclarativeBase):
    """Base of every table of the gateway database."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = TYPES

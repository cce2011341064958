from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from shared.ids import new_id


class UniversalEvidence(Table):
    """What the district found about an item of the self-check on a day, and the document that shows it."""

    __tablename__ = "universal_evidence"
    __table_args__ = (UniqueConstraint("item", "division", "found_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item: Mapped[str]
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    found_on: Mapped[date]
    met: Mapped[bool]
    summary: Mapped[str]
    document: Mapped[str]
    path: Mapped[str]
    entered_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))

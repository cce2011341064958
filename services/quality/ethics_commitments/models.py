from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.ethics_commitments.codes import AppraisalResult
from shared.tables import one_of


class EthicsRoster(Table):
    """The staff of a kindergarten in a year, by registry's ids: whom commitments and appraisals must cover."""

    __tablename__ = "ethics_rosters"

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    staff: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class EthicsCommitment(Table):
    """师德承诺书 signed under an edition of the norms."""

    __tablename__ = "ethics_commitments"

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    staff: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    norms_edition: Mapped[str]
    signed_on: Mapped[date]
    sha256: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class EthicsAppraisal(Table):
    """Yearly appraisal 师德考核 of one member of staff."""

    __tablename__ = "ethics_appraisals"
    __table_args__ = (one_of("ethics_appraisals", "result", AppraisalResult),)

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    staff: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    result: Mapped[str]
    appraised_on: Mapped[date]
    note: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))

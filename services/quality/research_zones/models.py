from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.research_zones.codes import ZoneKind
from shared.errors import rule
from shared.tables import one_of


class ResearchZone(Table):
    """A 教研片区, or one of the alliances 联盟: who leads it and which researcher answers for it."""

    __tablename__ = "research_zones"
    __table_args__ = (
        one_of("research_zones", "kind", ZoneKind),
        UniqueConstraint(
            "division", "name", name=rule("zone_name_taken", "已有同名片区或联盟。", "A zone of that name exists.")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    leader: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    researcher: Mapped[str]
    researcher_name: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ZoneMember(Table):
    """A kindergarten in a zone. The key lets it be in one 片区 only, and in one alliance of each name."""

    __tablename__ = "research_zone_members"

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    zone: Mapped[UUID] = mapped_column(ForeignKey("research_zones.id"), index=True)
    division: Mapped[str]
    since: Mapped[date]

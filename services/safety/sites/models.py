from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Uuid, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.sites.codes import SightingSource, SiteKind, SiteState
from shared.errors import rule
from shared.tables import one_of


class Site(Table):
    """A place suspected or known to keep or teach preschool children without a licence; one open case an address."""

    __tablename__ = "sites"
    __table_args__ = (
        one_of("sites", "state", SiteState),
        one_of("sites", "kind", SiteKind),
        Index(
            rule("site_open_at_this_address", "该地址已有未销案件。", "There is an open case at this address already."),
            "address_key",
            "kind",
            unique=True,
            postgresql_where=text("state NOT IN ('closed', 'unfounded')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    state: Mapped[str]
    state_since: Mapped[date]
    name: Mapped[str]
    address: Mapped[str]
    address_key: Mapped[str]
    online: Mapped[bool]
    operator: Mapped[str]
    children: Mapped[int] = mapped_column(server_default=text("0"))
    resettled: Mapped[int] = mapped_column(server_default=text("0"))
    found_on: Mapped[date]
    disposal: Mapped[str]
    department: Mapped[str]
    outcome: Mapped[str]
    rebounds: Mapped[int] = mapped_column(server_default=text("0"))
    verified_by: Mapped[str | None]
    sightings: Mapped[int] = mapped_column(server_default=text("1"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))

    @property
    def kindergarten(self) -> None:
        """No kindergarten of the register is concerned."""
        return


class Sighting(Table):
    """Somebody saw the site. A reporter's contact is sealed and shown to nobody by a list."""

    __tablename__ = "sightings"
    __table_args__ = (one_of("sightings", "source", SightingSource),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    division: Mapped[str]
    receipt: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str]
    described: Mapped[str]
    contact: Mapped[bytes | None]
    files: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    seen_on: Mapped[date]
    reported_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Sweep(Table):
    """A search of an area by a town 排查: also one that finds nothing is on record."""

    __tablename__ = "sweeps"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str] = mapped_column(index=True)
    area: Mapped[str]
    swept_on: Mapped[date]
    swept_by: Mapped[str]
    people: Mapped[int]
    places: Mapped[int]
    found: Mapped[int]
    note: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())

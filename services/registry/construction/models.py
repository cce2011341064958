from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.construction.codes import (
    ConstructionKind,
    ConstructionNature,
    ConstructionState,
    ConstructionStep,
    ConstructionTrack,
)
from services.registry.db import Table
from services.registry.divisions.models import Division
from services.registry.plans.models import Project
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

LINKED_ONCE = rule(
    "plan_project_linked_once",
    "该计划项目已有建设项目。",
    "The project of the plan is linked to a construction project already.",
)
REASON_NEEDED = rule(
    "entrusting_needs_a_reason",
    "小区配套园原则上建成公办园,委托办园须说明理由。",
    "A kindergarten of a residential area is public as a rule: entrusting it needs a reason.",
)


class ConstructionProject(Table):
    """A kindergarten being built 配套园、新改扩建; `plan_project` is the project of the plan it carries out.

    `residents` are the people the residential project is planned for; None while nobody knows.
    """

    __tablename__ = "construction_projects"
    __table_args__ = (
        one_of("construction_projects", "kind", ConstructionKind),
        one_of("construction_projects", "state", ConstructionState),
        one_of("construction_projects", "nature", ConstructionNature),
        UniqueConstraint("plan_project", name=LINKED_ONCE),
        CheckConstraint("nature <> 'entrusted' OR nature_reason <> ''", name=REASON_NEEDED),
        CheckConstraint("(state = 'opened') = (kindergarten IS NOT NULL)", name="ck_construction_projects_opened"),
        CheckConstraint("planned_seats >= 0 AND planned_classes >= 0", name="ck_construction_projects_size"),
        CheckConstraint("residents >= 0", name="ck_construction_projects_residents"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str] = mapped_column(ForeignKey(Division.code), index=True)
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    plan_project: Mapped[str | None] = mapped_column(ForeignKey(Project.id))
    name: Mapped[str]
    pinyin: Mapped[str] = mapped_column(Text(collation="C"))
    kind: Mapped[str]
    state: Mapped[str]
    residential_project: Mapped[str]
    developer: Mapped[str]
    planned_seats: Mapped[int]
    planned_classes: Mapped[int]
    residents: Mapped[int | None]
    lead_unit: Mapped[str]
    assisting_units: Mapped[list[str]]
    nature: Mapped[str | None]
    nature_reason: Mapped[str] = mapped_column(server_default=text("''"))
    nature_document: Mapped[str | None]
    property_on: Mapped[date | None]
    property_document: Mapped[str | None]
    property_certificate: Mapped[str | None]
    property_area: Mapped[Decimal | None]
    registered_on: Mapped[date]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ConstructionMilestone(Table):
    """One of the five steps, of the kindergarten or of the housing: as planned, as forecast, as it came."""

    __tablename__ = "construction_milestones"
    __table_args__ = (
        one_of("construction_milestones", "track", ConstructionTrack),
        one_of("construction_milestones", "step", ConstructionStep),
    )

    project: Mapped[UUID] = mapped_column(ForeignKey(ConstructionProject.id), primary_key=True)
    track: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    planned_on: Mapped[date | None]
    forecast_on: Mapped[date | None]
    actual_on: Mapped[date | None]
    document: Mapped[str]


class ConstructionObstacle(Table):
    """What stands in the way of a project, whose it is to remove and by when."""

    __tablename__ = "construction_obstacles"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    project: Mapped[UUID] = mapped_column(ForeignKey(ConstructionProject.id), index=True)
    division: Mapped[str]
    description: Mapped[str]
    unit: Mapped[str]
    raised_on: Mapped[date]
    due_on: Mapped[date]
    resolved_on: Mapped[date | None]
    resolution: Mapped[str | None]


class ConstructionReport(Table):
    """The monthly report 月报 of a project. `month` is its first day, `percent` of the building done."""

    __tablename__ = "construction_reports"
    __table_args__ = (
        CheckConstraint("extract(day FROM month) = 1", name="ck_construction_reports_month"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="ck_construction_reports_percent"),
    )

    project: Mapped[UUID] = mapped_column(ForeignKey(ConstructionProject.id), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    division: Mapped[str]
    percent: Mapped[int]
    summary: Mapped[str]
    next_step: Mapped[str]
    reported_on: Mapped[date]
    reported_by: Mapped[str]

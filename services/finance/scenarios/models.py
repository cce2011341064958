from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, PrimaryKeyConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.account_titles.codes import ValueTag
from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from services.finance.scenarios.codes import ScenarioState
from shared.ids import new_id
from shared.tables import FOREVER, one_of

Assumptions = list[dict[str, Any]]


class Scenario(Table):
    """测算方案: a copy of the rules with some values changed, over some months and under assumptions."""

    __tablename__ = "scenarios"
    __table_args__ = (
        one_of("scenarios", "state", ScenarioState),
        one_of("scenarios", "tag", ValueTag),
        CheckConstraint(
            "since < until AND extract(day FROM since) = 1 AND extract(day FROM until) = 1", name="ck_scenarios_period"
        ),
        CheckConstraint("decided_by <> proposed_by AND decided_by <> made_by", name=ANOTHER_PERSON),
        Index("ix_scenarios_since", "since", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    name: Mapped[str]
    purpose: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    programmes: Mapped[list[str]]
    enrolment: Mapped[Assumptions] = mapped_column(JSONB)
    fees: Mapped[Assumptions] = mapped_column(JSONB)
    based_on: Mapped[UUID | None] = mapped_column(ForeignKey("scenarios.id"))
    state: Mapped[str]
    job: Mapped[UUID | None]
    inputs: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    document: Mapped[str | None]
    tag: Mapped[str | None]
    reason: Mapped[str] = mapped_column(server_default=text("''"))
    remark: Mapped[str] = mapped_column(server_default=text("''"))
    made_by: Mapped[str]
    proposed_by: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ScenarioNumber(Table):
    """One policy number of a scenario: copied from the one in force (`parameter`, `former`), or new."""

    __tablename__ = "scenario_numbers"
    __table_args__ = (
        CheckConstraint("since < until", name="ck_scenario_numbers_period"),
        CheckConstraint(
            "changed OR parameter IS NOT NULL AND value IS NOT DISTINCT FROM former", name="ck_scenario_numbers_changed"
        ),
        Index("uq_scenario_numbers_key", "scenario", "name", "key", "since", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuid_v7())
    scenario: Mapped[UUID] = mapped_column(ForeignKey("scenarios.id"))
    division: Mapped[str]
    parameter: Mapped[UUID | None] = mapped_column(ForeignKey("parameters.id"))
    name: Mapped[str]
    key: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    former: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    value: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    changed: Mapped[bool]
    document: Mapped[str]
    article: Mapped[str]
    tag: Mapped[str]


class ScenarioLine(Table):
    """What one programme would give one kindergarten in one month, by the rules in force or by the scenario's."""

    __tablename__ = "scenario_lines"
    __table_args__ = (
        PrimaryKeyConstraint("scenario", "kindergarten", "month", "programme", "rules"),
        CheckConstraint("rules IN ('in_force', 'scenario')", name="ck_scenario_lines_rules"),
        Index("uq_scenario_lines_id", "id", unique=True),
    )

    id: Mapped[UUID] = mapped_column(server_default=func.uuid_v7())
    scenario: Mapped[UUID] = mapped_column(ForeignKey("scenarios.id"))
    rules: Mapped[str]
    programme: Mapped[str]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    month: Mapped[date]
    entitled: Mapped[Decimal]
    municipal: Mapped[Decimal]
    unmet: Mapped[list[str]]
    explanation: Mapped[dict[str, Any]]


class ScenarioPlace(Table):
    """One kindergarten in one month of a scenario: its children, the fee a family pays, its income and the cost."""

    __tablename__ = "scenario_places"
    __table_args__ = (
        PrimaryKeyConstraint("scenario", "kindergarten", "month", "rules"),
        CheckConstraint("rules IN ('in_force', 'scenario')", name="ck_scenario_places_rules"),
    )

    scenario: Mapped[UUID] = mapped_column(ForeignKey("scenarios.id"))
    rules: Mapped[str]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    month: Mapped[date]
    type: Mapped[str | None]
    village_level: Mapped[bool]
    children: Mapped[int]
    fee: Mapped[Decimal | None]
    income: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    cost: Mapped[Decimal | None]

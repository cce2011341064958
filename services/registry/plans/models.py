from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from services.registry.plans.codes import ProjectKind, Stage
from shared.tables import one_of


class Plan(Table):
    """An action plan 行动计划 of the district and the period it was made for (`until` exclusive).

    A plan stays the current one until a later one begins: its document remains in force after its period.
    `units` are the responsible units it names: code, name_zh, name_en.
    """

    __tablename__ = "plans"
    __table_args__ = (CheckConstraint("since < until", name="ck_plans_period"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    title_zh: Mapped[str]
    title_en: Mapped[str]
    document_number: Mapped[str]
    issued_by: Mapped[str]
    issued_on: Mapped[date]
    status: Mapped[str]
    since: Mapped[date] = mapped_column(unique=True)
    until: Mapped[date]
    based_on: Mapped[list[str]]
    source: Mapped[str]
    units: Mapped[list[Any]] = mapped_column(JSONB)


class Clause(Table):
    """One measure of a plan: its quote is the plan's own text, `need`, `service` and `facts` are our reading of it.

    `lead` is the responsible unit where the plan's words name one (`basis` says which words).
    """

    __tablename__ = "clauses"

    plan: Mapped[str] = mapped_column(ForeignKey(Plan.code), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    section: Mapped[str]
    section_title: Mapped[str]
    quote: Mapped[str]
    need: Mapped[str]
    service: Mapped[str]
    also: Mapped[list[str]]
    facts: Mapped[list[str]]
    lead: Mapped[str | None]
    assist: Mapped[list[str]]
    basis: Mapped[str]


class TargetSet(Table):
    """Targets set by one authority: the plan's own, and the national thresholds of 双普 beside them."""

    __tablename__ = "target_sets"

    plan: Mapped[str] = mapped_column(ForeignKey(Plan.code), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    document: Mapped[str]
    article: Mapped[str]
    tag: Mapped[str]
    due_year: Mapped[int | None]


class Project(Table):
    """A project 项目 the plan names, and how far it has come.

    `division` is the village or town where the plan or the name tells it, else the district. `status_words` are the
    plan's; `status`, `status_on` and `status_note` are what the planner last recorded.
    """

    __tablename__ = "projects"
    __table_args__ = (
        ForeignKeyConstraint(["plan", "clause"], ["clauses.plan", "clauses.id"], name="fk_projects_clause"),
        one_of("projects", "kind", ProjectKind),
        one_of("projects", "status", Stage),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    plan: Mapped[str]
    clause: Mapped[str]
    name: Mapped[str]
    pinyin: Mapped[str] = mapped_column(Text(collation="C"))
    kind: Mapped[str]
    division: Mapped[str] = mapped_column(ForeignKey(Division.code), index=True)
    status_words: Mapped[str]
    status: Mapped[str]
    status_on: Mapped[date]
    status_note: Mapped[str]
    source: Mapped[str]
    note: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from services.registry.plan_drafts.codes import PlanDraftState
from shared.ids import new_id
from shared.tables import one_of


class PlanDraft(Table):
    """The next plan as it was loaded, until another person puts it in force; then its rows are the plan."""

    __tablename__ = "plan_drafts"
    __table_args__ = (one_of("plan_drafts", "state", PlanDraftState),)

    code: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    title_zh: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    document: Mapped[dict[str, Any]]
    digest: Mapped[str]
    state: Mapped[str]
    imported_by: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))

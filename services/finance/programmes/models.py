from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.account_titles.codes import ValueTag
from services.finance.db import Table
from services.finance.programmes.codes import FundingLevel, ProgrammeState, Shape
from services.finance.refusals import ANOTHER_PERSON
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of

CODE_TAKEN = rule("programme_code_taken", "项目代码已被使用。", "A programme of this code exists.")


class Programme(Table):
    """补助项目: a known shape over a period for some types of kindergarten. Its numbers are dated parameters."""

    __tablename__ = "programmes"
    __table_args__ = (
        UniqueConstraint("code", name=CODE_TAKEN),
        one_of("programmes", "shape", Shape),
        one_of("programmes", "level", FundingLevel),
        one_of("programmes", "state", ProgrammeState),
        one_of("programmes", "tag", ValueTag),
        CheckConstraint(
            "since < until",
            name=rule("programme_ends_before_it_begins", "止期须晚于起期。", "A programme ends after it begins."),
        ),
        CheckConstraint("decided_by <> proposed_by", name=ANOTHER_PERSON),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    shape: Mapped[str]
    level: Mapped[str]
    types: Mapped[list[str]]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    permitted_use: Mapped[str]
    permitted_uses: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    claw_back: Mapped[str]
    document: Mapped[str]
    tag: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[str]
    decided_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

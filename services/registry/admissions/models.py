from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.admissions.codes import (
    ApplicationState,
    DeclarationState,
    PlaceState,
    RoundState,
    SeatKind,
)
from services.registry.children.models import Child, Guardian
from services.registry.db import Table
from services.registry.divisions.models import Division
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

CHILD_HAS_AN_APPLICATION = rule(
    "child_has_an_application", "该幼儿有招生报名记录。", "The child has an application for admission."
)


def _owned(name: str) -> ForeignKeyConstraint:
    """The row belongs to a kindergarten and moves with it to another division."""
    return ForeignKeyConstraint(
        ["kindergarten", "division"], ["kindergartens.id", "kindergartens.division"], onupdate="CASCADE", name=name
    )


class AdmissionRound(Table):
    """An intake round 招生轮次 of a school year: when, by which priorities, and how far it is. Known to all."""

    __tablename__ = "admission_rounds"
    __table_args__ = (
        UniqueConstraint(
            "division",
            "school_year",
            "stage",
            name=rule(
                "round_already_planned",
                "该区划该学年的这一轮招生已存在。",
                "This division has this round of the school year already.",
            ),
        ),
        CheckConstraint(
            "opens_on <= closes_on",
            name=rule("round_closes_before_it_opens", "报名截止日早于开始日。", "Applications end before they begin."),
        ),
        CheckConstraint("(state = 'draft') = (seed_commitment IS NULL)", name="ck_admission_rounds_commitment"),
        CheckConstraint("(state IN ('draft', 'open')) = (inputs_hash IS NULL)", name="ck_admission_rounds_inputs"),
        CheckConstraint(
            "(state IN ('allocated', 'ended')) = (result_hash IS NOT NULL AND seed IS NOT NULL)",
            name="ck_admission_rounds_result",
        ),
        CheckConstraint("answer_days BETWEEN 1 AND 60 AND stage >= 1", name="ck_admission_rounds_numbers"),
        one_of("admission_rounds", "state", RoundState),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    school_year: Mapped[int]
    stage: Mapped[int]
    name: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    answer_days: Mapped[int]
    priorities: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'draft'"))
    seed_commitment: Mapped[str | None]
    inputs_hash: Mapped[str | None]
    result_hash: Mapped[str | None]
    seed: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AdmissionSeed(Table):
    """The seed of a round, sealed until the allocation reveals it; `id` is the round's."""

    __tablename__ = "admission_seeds"

    id: Mapped[UUID] = mapped_column(ForeignKey(AdmissionRound.id), primary_key=True)
    division: Mapped[str]
    sealed: Mapped[bytes]


class AdmissionSeats(Table):
    """What a kindergarten has to offer in a round: seats of one kind of class, and its catchment. Known to all.

    Its name, type and place are as they were when the seats were set: an allocation needs nothing else of it.
    """

    __tablename__ = "admission_seats"
    __table_args__ = (
        _owned("fk_admission_seats_kindergarten"),
        UniqueConstraint("round", "kindergarten", "kind"),
        CheckConstraint("seats BETWEEN 0 AND 10000", name="ck_admission_seats_number"),
        one_of("admission_seats", "kind", SeatKind),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    round: Mapped[UUID] = mapped_column(ForeignKey(AdmissionRound.id))
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    kind: Mapped[str]
    seats: Mapped[int]
    catchment: Mapped[list[str]]
    kindergarten_name: Mapped[str]
    type: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class AdmissionApplication(Table):
    """A child's application 报名: its wishes, the dearest first. `division` is where the child lived when it applied.

    `number` stands for it in what is published. `bands` are the bands of distance of the wishes, in their order; the
    home itself is not kept. No kindergarten sees it.
    """

    __tablename__ = "admission_applications"
    __table_args__ = (
        UniqueConstraint("number"),
        Index(
            rule(
                "child_has_applied",
                "该幼儿在本轮已有报名。",
                "The child has an application in this round.",
                "请修改已有报名的志愿;一名幼儿一轮只有一份报名。",
                "Change the wishes of that one: a child has one application a round.",
            ),
            "round",
            "child",
            unique=True,
            postgresql_where=text("state = 'filed'"),
        ),
        CheckConstraint(
            "cardinality(wishes) BETWEEN 1 AND 20 AND cardinality(bands) = cardinality(wishes)",
            name="ck_admission_applications_wishes",
        ),
        one_of("admission_applications", "state", ApplicationState),
        Index("ix_admission_applications_round", "round", "id"),
        Index("ix_admission_applications_child", "child"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    round: Mapped[UUID] = mapped_column(ForeignKey(AdmissionRound.id))
    number: Mapped[str]
    child: Mapped[UUID] = mapped_column(ForeignKey(Child.id, name=CHILD_HAS_AN_APPLICATION))
    division: Mapped[str]
    guardian: Mapped[UUID | None] = mapped_column(ForeignKey(Guardian.id, ondelete="SET NULL"))
    consented_on: Mapped[date]
    wishes: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    bands: Mapped[list[int | None]] = mapped_column(ARRAY(SmallInteger))
    state: Mapped[str] = mapped_column(server_default=text("'filed'"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AdmissionDeclaration(Table):
    """What guardians declare so that it counts, and whether somebody saw the proof. The proof itself is not kept."""

    __tablename__ = "admission_declarations"
    __table_args__ = (
        UniqueConstraint(
            "application",
            "criterion",
            "at_kindergarten",
            name=rule("already_declared", "该项已声明。", "This has been declared already."),
            postgresql_nulls_not_distinct=True,
        ),
        one_of("admission_declarations", "state", DeclarationState),
        CheckConstraint(
            "(state = 'declared') = (checked_by IS NULL)", name="ck_admission_declarations_checked_by_somebody"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    application: Mapped[UUID] = mapped_column(ForeignKey(AdmissionApplication.id))
    division: Mapped[str]
    criterion: Mapped[str]
    at_kindergarten: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(server_default=text("'declared'"))
    reason: Mapped[str] = mapped_column(server_default=text("''"))
    checked_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class AdmissionPublication(Table):
    """What was published of a round, byte for byte: its `inputs`, and its `result`. Never changed."""

    __tablename__ = "admission_publications"
    __table_args__ = (CheckConstraint("kind IN ('inputs', 'result')", name="ck_admission_publications_kind"),)

    round: Mapped[UUID] = mapped_column(ForeignKey(AdmissionRound.id), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    document: Mapped[str]
    hash: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AdmissionPlace(Table):
    """An application at one of the kindergartens it wished for, once allocated: offered a place, or waiting for one.

    `turn` is its place in the order of that kindergarten, `wish` that of the kindergarten among its wishes. The
    kindergarten sees it, and who answers for where the child lives. Never more are offered and accepted than there are
    seats (trigger `keep_admission_seats`).
    """

    __tablename__ = "admission_places"
    __table_args__ = (
        _owned("fk_admission_places_kindergarten"),
        UniqueConstraint("application", "seats_of"),
        Index(
            rule(
                "applicant_holds_a_place",
                "该报名已持有一个录取。",
                "The application holds a place already.",
            ),
            "application",
            unique=True,
            postgresql_where=text("state IN ('offered', 'accepted')"),
        ),
        one_of("admission_places", "state", PlaceState),
        CheckConstraint("state <> 'offered' OR answer_by IS NOT NULL", name="ck_admission_places_deadline"),
        CheckConstraint("(state = 'accepted') = (enrolment IS NOT NULL)", name="ck_admission_places_enrolment"),
        Index("ix_admission_places_round", "round", "seats_of", "turn"),
        Index("ix_admission_places_kindergarten", "kindergarten", "id"),
        Index("ix_admission_places_child", "child"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    round: Mapped[UUID] = mapped_column(ForeignKey(AdmissionRound.id))
    application: Mapped[UUID] = mapped_column(ForeignKey(AdmissionApplication.id))
    child: Mapped[UUID]
    home_division: Mapped[str]
    seats_of: Mapped[UUID] = mapped_column(ForeignKey(AdmissionSeats.id))
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    kind: Mapped[str]
    wish: Mapped[int]
    turn: Mapped[int]
    state: Mapped[str]
    offered_on: Mapped[date | None]
    answer_by: Mapped[date | None]
    enrolment: Mapped[UUID | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


rule(
    "admission_seats_are_taken",
    "该园该类班级的招生学位已满。",
    "The seats of this kind in this kindergarten are taken.",
)

"""The rows of a demonstration district's staff: one frozen dataclass per table, as in `rows`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.registry.bars.codes import BarGround
from services.registry.posts.codes import Employment, PostEnd, PostRole
from services.registry.qualifications.codes import CheckChannel, CheckResult, QualificationKind
from services.registry.quotas.codes import QuotaKind
from services.registry.seed.rows import Fault
from services.registry.staff.codes import Education, Title
from shared.tables import FOREVER


@dataclass(frozen=True, slots=True)
class Person:
    """教职工; the number is in clear here and sealed when it is stored."""

    id: UUID
    division: str
    kindergarten: UUID
    name: str
    sex: str
    birth_date: date
    ethnicity: str
    document_type: str
    document_number: str
    education: Education
    preschool_major: bool
    title: Title
    experience_months: int
    experience_evidence: str
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Post:
    id: UUID
    person: UUID
    kindergarten: UUID
    division: str
    role: PostRole
    class_id: UUID | None
    employment: Employment
    full_time: bool
    contract: str
    since: date
    until: date = FOREVER
    reason_out: PostEnd | None = None
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Qualification:
    id: UUID
    person: UUID
    kind: QualificationKind
    number: str
    issuer: str
    issued_on: date
    expires_on: date | None
    evidence: str
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class BackgroundCheck:
    id: UUID
    person: UUID
    checked_on: date
    channel: CheckChannel
    result: CheckResult
    reference: str
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """An entry of the list of those barred; the number is sealed when it is stored."""

    id: UUID
    division: str
    name: str
    document_type: str
    document_number: str
    ground: BarGround
    decided_by: str
    decision: str
    since: date
    until: date = FOREVER
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Quota:
    id: UUID
    kindergarten: UUID
    division: str
    kind: QuotaKind
    approved: int
    document: str
    since: date
    until: date = FOREVER
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Staff:
    """Everything generated about staff, each list in an order that keys allow to load."""

    persons: list[Person]
    qualifications: list[Qualification]
    checks: list[BackgroundCheck]
    posts: list[Post]
    quotas: list[Quota]
    bars: list[Bar]
    faults: list[Fault]

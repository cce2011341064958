"""The rows of a demonstration district: one frozen dataclass per table, named and typed like its columns.

What the register derives is left out (pinyin keys, sealed numbers, masks, versions). Every row is marked synthetic.
An open period ends on `FOREVER`.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.registry.classes.codes import ClassKind
from services.registry.enrolments.codes import Entry, Exit
from services.registry.kindergartens.codes import Relation, Status, Type
from shared.tables import FOREVER


@dataclass(frozen=True, slots=True)
class Group:
    """教育集团."""

    id: UUID
    division: str
    name: str
    founded_on: date
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Kindergarten:
    """A kindergarten, branch (分园) or attached class (附设幼儿班).

    Branches and attached classes are no legal persons of their own: no credit code. An attached class has no school
    code either: it stands under its host's. `licence_expires_on` is the last valid day.
    """

    id: UUID
    division: str
    name: str
    short_name: str
    school_code: str | None
    school_type: str
    credit_code: str | None
    founder: str
    founder_code: str
    for_profit: bool
    parent: UUID | None
    relation: Relation | None
    host_school: str | None
    group_id: UUID | None
    licence_number: str
    licence_issued_on: date
    licence_expires_on: date
    opened_on: date
    address: str
    phone: str
    urban_rural_code: str
    latitude: float | None
    longitude: float | None
    town_centre: bool
    village_level: bool
    licensed_seats: int
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Campus:
    """园址 beside the main address."""

    id: UUID
    kindergarten: UUID
    division: str
    name: str
    address: str
    since: date
    until: date = FOREVER
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class TypeFact:
    """办园性质 from `since` until (not including) `until`, by the document."""

    id: UUID
    kindergarten: UUID
    division: str
    type: Type
    since: date
    until: date
    document: str
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class StatusFact:
    """状态 from `since` until (not including) `until`."""

    id: UUID
    kindergarten: UUID
    division: str
    status: Status
    since: date
    until: date
    reason: str
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Class:
    """One class of one school year; `continues` is last year's class whose children moved up into it."""

    id: UUID
    kindergarten: UUID
    division: str
    school_year: int
    name: str
    kind: ClassKind
    standard_size: int
    hard_limit: int
    boarding: bool
    continues: UUID | None
    since: date
    until: date
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Child:
    """`household_division` is a village of the district, or the six-digit code of a place outside it.

    `document_number` is in the clear here and sealed in the register.
    """

    id: UUID
    division: str
    kindergarten: UUID | None
    name: str
    sex: str
    birth_date: date
    nationality: str
    ethnicity: str
    document_type: str
    document_number: str
    household_division: str
    household_kind: str
    residence_division: str
    overseas_kind: str
    left_behind: str
    disability_scheme: str | None
    disability_kind: str | None
    special_care: str | None
    first_enrolled_on: date
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Guardian:
    """One guardian of one child; `document_number` and `phone` are in the clear here."""

    id: UUID
    child: UUID
    name: str
    relation: str
    document_type: str
    document_number: str
    phone: str
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A child in a class from `since` until (not including) `until`; `previous_until` ends the child's period before.

    The register begins with the first school year: children then already in 中班 or 大班 come in by promotion.
    """

    id: UUID
    child: UUID
    class_id: UUID
    kindergarten: UUID
    division: str
    since: date
    until: date
    previous_until: date | None
    reason_in: Entry
    reason_out: Exit | None
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Population:
    """Children of one age at the cut-off living in one town: an illustrative parameter, no such figure is published."""

    division: str
    counted_on: date
    age: int
    basis: str
    children: int
    source: str
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong on purpose: a later check must report `kind` for this row of this table."""

    id: str
    kind: str
    table: str
    row: UUID
    related: UUID | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class District:
    """Everything generated for one seed as it stood on one day, each list in an order that keys allow to load."""

    seed: int
    on: date
    groups: list[Group]
    kindergartens: list[Kindergarten]
    campuses: list[Campus]
    types: list[TypeFact]
    statuses: list[StatusFact]
    classes: list[Class]
    children: list[Child]
    guardians: list[Guardian]
    enrolments: list[Enrolment]
    populations: list[Population]
    faults: list[Fault]

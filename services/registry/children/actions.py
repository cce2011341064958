"""Registering children and keeping their records. A child is registered once in the district."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.children.models import Child
from services.registry.children.queries import FIND
from services.registry.children.refusals import ChildNeedsEnrolment
from services.registry.children.schemas import ChildChange, ChildIdentity, ChildNew
from services.registry.children.sealing import document_index, seal_document
from services.registry.classes.actions import differing
from services.registry.code_lists import entries, unknown_codes
from services.registry.divisions.models import Division
from services.registry.identifiers.rules import (
    ID_OTHER_BIRTH,
    ID_OTHER_SEX,
    RESIDENT_ID,
    document_findings,
    is_synthetic,
    normal_form,
)
from services.registry.refusals import faults_at, refuse
from shared.auth import Actor
from shared.contracts.registry import CHILD_CHANGED, CHILD_REGISTERED, ChildFact
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import Fault, NotFound
from shared.etags import check
from shared.events import announce
from shared.ids import new_id
from shared.pinyin import pinyin_key

LISTS = {
    "sex": "sex",
    "ethnicity": "ethnicity",
    "document_type": "document_type",
    "household_kind": "household_kind",
    "overseas_kind": "overseas_kind",
    "left_behind": "left_behind",
    "disability_kind": "disability_kind",
}
BORN_LATER = Fault("/birth_date", "birth-date-future", "出生日期晚于今天。", "The birth date is in the future.")
POINTERS = {ID_OTHER_BIRTH.code: "/birth_date", ID_OTHER_SEX.code: "/sex"}
NUMBERED = frozenset({"document_type", "document_number", "birth_date", "sex"})


@dataclass(frozen=True, slots=True)
class Place:
    """Whose the child is to begin with: a kindergarten's, or else the division's where it lives."""

    division: str
    kindergarten: UUID | None = None

    @classmethod
    def at_home(cls, actor: Actor, residence: str) -> Self:
        """Raise ChildNeedsEnrolment for who runs a kindergarten only: it would not see the child."""
        if not actor.divisions:
            raise ChildNeedsEnrolment
        return cls(residence)


async def register_child(session: AsyncSession, keys: KeyRing, new: ChildNew, place: Place) -> Child:
    """Register a child, once in the district.

    Raises InvalidInput with every fault of the record; the database refuses a document that is registered already.
    """
    values = new.model_dump()
    number = normal_form(values.pop("document_number"))
    refuse([*_record_faults(values), *_number_faults(number, values), *await _unknown_residence(session, values)])
    record = new_id()
    made = Child(
        id=record,
        **values | {"synthetic": new.synthetic or (new.document_type == RESIDENT_ID and is_synthetic(number))},
        **seal_document(keys, new.document_type, number, record).columns("document"),
        **_derived(values),
        division=place.division,
        kindergarten=place.kindergarten,
        version=1,
    )
    session.add(made)
    await session.flush()
    await _announce(session, CHILD_REGISTERED, made, ())
    return made


async def change_child(session: AsyncSession, keys: KeyRing, id: UUID, version: int, change: ChildChange) -> None:
    """Edit a record. Raises NotFound, VersionIsStale, InvalidInput with every fault."""
    found = await locked_child(session, id)
    sent = change.sent()
    check(version, found.version, differing(found, {k: v for k, v in sent.items() if k != "document_number"}))
    after = {name: getattr(found, name) for name in (*LISTS, "birth_date", "residence_division")} | sent
    number = normal_form(after.pop("document_number", None) or keys.decrypt(found.document_sealed, id.bytes))
    faults = [*_record_faults(after), *await _unknown_residence(session, sent)]
    refuse(faults + (_number_faults(number, after) if NUMBERED & sent.keys() else []))
    values = {name: value for name, value in sent.items() if name != "document_number"} | _derived(sent)
    if {"document_number", "document_type"} & sent.keys():
        values |= seal_document(keys, after["document_type"], number, id).columns("document")
    if "residence_division" in sent and found.kindergarten is None:
        values["division"] = sent["residence_division"]
    for name, value in values.items():
        setattr(found, name, value)
    await session.flush()
    await session.refresh(found)
    if found.version != version:
        await _announce(session, CHILD_CHANGED, found, sent)


async def find_child(session: AsyncSession, keys: KeyRing, identity: ChildIdentity) -> UUID:
    """The child of that document, name and birth date, wherever it is. Raises NotFound unless all three agree."""
    index = document_index(keys, identity.document_type, identity.document_number)
    asked = {"document": index, "name": identity.name, "birth_date": identity.birth_date}
    found: UUID | None = await session.scalar(FIND, asked)
    if found is None:
        raise NotFound(what="child", pointer="/identity")
    return found


async def locked_child(session: AsyncSession, id: UUID) -> Child:
    """The child, held until the end. Raises NotFound."""
    found = await session.scalar(select(Child).where(Child.id == id).with_for_update(key_share=True))
    if found is None:
        raise NotFound(what="child")
    return found


async def announce_change(session: AsyncSession, found: Child, changed: Iterable[str]) -> None:
    """Tell which fields of a child's record changed."""
    await _announce(session, CHILD_CHANGED, found, changed)


def _record_faults(values: Mapping[str, Any]) -> list[Fault]:
    on = today()
    faults = unknown_codes(LISTS, values, on)
    return [*faults, BORN_LATER] if values["birth_date"] > on else faults


def _number_faults(number: str, values: Mapping[str, Any]) -> list[Fault]:
    born: date = values["birth_date"]
    findings = document_findings(values["document_type"], number, today(), born, values["sex"])
    return [
        fault
        for each in findings
        if each.severity == "error"
        for fault in faults_at(POINTERS.get(each.code, "/document_number"), [each])
    ]


async def _unknown_residence(session: AsyncSession, values: Mapping[str, Any]) -> list[Fault]:
    code = values.get("residence_division")
    if code is None or await session.scalar(select(Division.code).where(Division.code == code)):
        return []
    return [Fault("/residence_division", "unknown-division", f"没有区划 {code}。", f"There is no division {code}.")]


def _derived(values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that follow from others."""
    found: dict[str, Any] = {}
    if "name" in values:
        found["pinyin"] = pinyin_key(values["name"])
    if "disability_kind" in values:
        kind = values["disability_kind"]
        found["disability_scheme"] = entries("disability_kind")[kind]["national_standard"] if kind else None
    return found


async def _announce(session: AsyncSession, kind: str, found: Child, changed: Iterable[str]) -> None:
    fact = ChildFact(id=found.id, changed=sorted(changed), synthetic=found.synthetic, version=found.version)
    await announce(
        session,
        kind,
        f"children/{found.id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data=fact.model_dump(),
    )

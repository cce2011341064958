"""Registering those who work in kindergartens and keeping their records: a person once in the district."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.children.actions import BORN_LATER, POINTERS
from services.registry.children.sealing import document_index, seal_document
from services.registry.classes.actions import differing
from services.registry.code_lists import unknown_codes
from services.registry.identifiers.rules import RESIDENT_ID, document_findings, is_synthetic, normal_form
from services.registry.kindergartens.models import Kindergarten
from services.registry.refusals import faults_at, refuse
from services.registry.staff.models import Person
from services.registry.staff.queries import FIND
from services.registry.staff.schemas import StaffChange, StaffIdentity, StaffNew
from shared.auth import Actor
from shared.contracts.registry import STAFF_CHANGED, STAFF_REGISTERED, StaffFact
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import Fault, InvalidInput, NotFound
from shared.etags import check
from shared.events import announce
from shared.ids import new_id
from shared.pinyin import pinyin_key

LISTS = {"ethnicity": "ethnicity", "document_type": "document_type"}
NUMBERED = frozenset({"document_type", "document_number", "birth_date", "sex"})
PLACED = frozenset({"document_number", "kindergarten"})


async def register_person(session: AsyncSession, keys: KeyRing, actor: Actor, new: StaffNew) -> Person:
    """Register a person, once in the district. Raises NotFound, InvalidInput with every fault."""
    values = {name: value for name, value in new.model_dump().items() if name not in PLACED}
    number, record = normal_form(new.document_number), new_id()
    refuse([*_record_faults(values), *_number_faults(number, values)])
    division, kindergarten = await _place(session, actor, new.kindergarten)
    synthetic = new.synthetic or (new.document_type == RESIDENT_ID and is_synthetic(number))
    made = Person(
        id=record,
        **values | {"synthetic": synthetic},
        **seal_document(keys, new.document_type, number, record).columns("document"),
        pinyin=pinyin_key(new.name),
        division=division,
        kindergarten=kindergarten,
        version=1,
    )
    session.add(made)
    await session.flush()
    await _announce(session, STAFF_REGISTERED, made, ())
    return made


async def change_person(session: AsyncSession, keys: KeyRing, id: UUID, version: int, change: StaffChange) -> None:
    """Edit a record. Raises NotFound, VersionIsStale, InvalidInput with every fault."""
    found = await locked_person(session, id)
    sent = change.sent()
    plain = {name: value for name, value in sent.items() if name != "document_number"}
    check(version, found.version, differing(found, plain))
    after = {name: getattr(found, name) for name in (*LISTS, "birth_date", "sex")} | sent
    number = normal_form(after.pop("document_number", None) or keys.decrypt(found.document_sealed, id.bytes))
    refuse(_record_faults(after) + (_number_faults(number, after) if NUMBERED & sent.keys() else []))
    if "name" in plain:
        plain["pinyin"] = pinyin_key(plain["name"])
    if {"document_number", "document_type"} & sent.keys():
        plain |= seal_document(keys, after["document_type"], number, id).columns("document")
    for name, value in plain.items():
        setattr(found, name, value)
    await session.flush()
    await session.refresh(found)
    if found.version != version:
        await announce_change(session, found, sent)


async def find_person(session: AsyncSession, keys: KeyRing, identity: StaffIdentity) -> UUID:
    """The person of that document and name, wherever it works. Raises NotFound unless both agree."""
    index = document_index(keys, identity.document_type, identity.document_number)
    found: UUID | None = await session.scalar(FIND, {"document": index, "name": identity.name})
    if found is None:
        raise NotFound(what="person", pointer="/identity")
    return found


async def locked_person(session: AsyncSession, id: UUID) -> Person:
    """The person, held until the end. Raises NotFound."""
    found = await session.scalar(select(Person).where(Person.id == id).with_for_update(key_share=True))
    if found is None:
        raise NotFound(what="person")
    return found


async def announce_change(session: AsyncSession, found: Person, changed: Iterable[str]) -> None:
    """Tell which fields of a person's record changed."""
    await _announce(session, STAFF_CHANGED, found, changed)


async def _place(session: AsyncSession, actor: Actor, asked: UUID | None) -> tuple[str, UUID | None]:
    """Whose the person is until a post begins: the named kindergarten's, the caller's own one, or the division's."""
    if asked is None and actor.divisions:
        return min(actor.divisions, key=len), None
    if asked is None and len(actor.kindergartens) > 1:
        raise InvalidInput(reason_zh="请指明幼儿园。", reason_en="say which kindergarten.", pointer="/kindergarten")
    found = await session.get(Kindergarten, asked or actor.kindergartens[0])
    if found is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    return found.division, found.id


def _record_faults(values: Mapping[str, Any]) -> list[Fault]:
    on = today()
    faults = unknown_codes(LISTS, values, on)
    return [*faults, BORN_LATER] if values["birth_date"] > on else faults


def _number_faults(number: str, values: Mapping[str, Any]) -> list[Fault]:
    born: date = values["birth_date"]
    return [
        fault
        for each in document_findings(values["document_type"], number, today(), born, values["sex"])
        if each.severity == "error"
        for fault in faults_at(POINTERS.get(each.code, "/document_number"), [each])
    ]


async def _announce(session: AsyncSession, kind: str, found: Person, changed: Iterable[str]) -> None:
    fact = StaffFact(id=found.id, changed=sorted(changed), synthetic=found.synthetic, version=found.version)
    await announce(
        session,
        kind,
        f"staff/{found.id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data=fact.model_dump(),
    )

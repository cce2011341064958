"""Every check over the register on a day: one SELECT each, what the law asks of it by the rules of its own concept."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.ages.rules import KIND_AT_AGE, PRESCHOOL_AGES
from services.registry.classes.codes import ClassKind
from services.registry.classes.rules import class_findings, kindergarten_findings
from services.registry.data_quality.rules import Found
from services.registry.identifiers.rules import birth_of, resident_id_fault
from services.registry.kindergartens.rules import licence_finding, registration_finding
from services.registry.parameters.published import PARAMETERS
from services.registry.posts.offences import breaches
from services.registry.posts.queries import AT_WORK
from services.registry.staffing.codes import StaffingMeasure
from services.registry.staffing.queries import WORKFORCE
from services.registry.staffing.reports import places
from services.registry.staffing.rules import Standard, is_understaffed, needs, too_many_children
from shared.crypto import KeyRing
from shared.documents import written

Checked = Callable[[AsyncSession, KeyRing, date], AsyncIterator[Found]]
KINDS = {each.value: each for each in ClassKind}
# The posts a whole kindergarten needs; those of classes and the ratios are REG-03 and REG-04.
WHOLE = (StaffingMeasure.PRINCIPAL, StaffingMeasure.HEALTH, StaffingMeasure.GUARD, StaffingMeasure.COOK)

_CLASSES = """
SELECT k.id, k.kind, k.kindergarten, k.division, count(e.id) AS children, (max(e.id::text)) AS enrolment
FROM classes k LEFT JOIN enrolments e ON e.class_id = k.id AND e.since <= :on AND e.until > :on
WHERE k.since <= :on AND k.until > :on
GROUP BY k.id
"""
_KINDERGARTENS = """
SELECT g.id, g.division, g.relation, g.licence_number, g.licence_expires_on, g.credit_code,
  n.children, n.enrolment
FROM kindergartens g
JOIN kindergarten_statuses s ON s.kindergarten = g.id AND s.since <= :on AND s.until > :on
  AND s.status IN ('operating', 'suspended')
LEFT JOIN (SELECT kindergarten, count(*) AS children, max(id::text) AS enrolment FROM enrolments
  WHERE since <= :on AND until > :on GROUP BY kindergarten) n ON n.kindergarten = g.id
"""
# Age in full years at 31 August before the class's school year, as `ages.rules` counts it.
_AGE = "k.school_year - extract(year FROM c.birth_date)::int - (to_char(c.birth_date, 'MMDD') > '0831')::int"
_AGES = " OR ".join(
    [f"(k.kind = '{kind.value}' AND a.age <> {age})" for age, kind in KIND_AT_AGE.items()]
    + [f"(k.kind = '{ClassKind.MIXED.value}' AND a.age NOT BETWEEN {PRESCHOOL_AGES[0]} AND {PRESCHOOL_AGES[1]})"]
)
_MISPLACED = f"""
SELECT e.child, e.id AS enrolment, e.kindergarten, e.division, a.age, k.kind
FROM enrolments e JOIN classes k ON k.id = e.class_id JOIN children c ON c.id = e.child
CROSS JOIN LATERAL (SELECT {_AGE} AS age) a
WHERE e.since <= :on AND e.until > :on AND ({_AGES})
"""
_OTHER_PAPERS = """
SELECT id, kindergarten, division, document_sealed, birth_date FROM children
WHERE document_type <> '1' AND document_sealed IS NOT NULL
"""
_PROMOTED = """
SELECT e.child, e.id AS enrolment, e.kindergarten, e.division
FROM enrolments e JOIN enrolments b ON b.child = e.child AND b.until = e.previous_until
WHERE e.reason_in = 'promotion' AND b.reason_out = 'left' AND e.until > :on
"""
_TWICE = """
SELECT n.id AS child, n.first, n.kindergarten, n.division,
  (SELECT max(e.id::text) FROM enrolments e WHERE e.child = n.id AND e.until > :on) AS enrolment
FROM (SELECT id, kindergarten, division,
    first_value(id) OVER (PARTITION BY name, sex, birth_date ORDER BY id) AS first FROM children) n
WHERE n.first <> n.id
"""
_UNGUARDED = """
SELECT e.child, e.kindergarten, e.division FROM enrolments e
WHERE e.since <= :on AND e.until > :on AND NOT EXISTS (SELECT FROM guardians g WHERE g.child = e.child)
"""
_OVER_QUOTA = """
SELECT q.id, q.kindergarten, q.division, q.kind, q.approved, u.used FROM staff_quotas q
CROSS JOIN LATERAL (SELECT count(DISTINCT p.person) AS used FROM posts p
  WHERE p.kindergarten = q.kindergarten AND p.employment = q.kind AND p.since <= :on AND p.until > :on) u
WHERE q.since <= :on AND q.until > :on AND u.used > q.approved
"""


async def _rows(session: AsyncSession, query: str, on: date) -> Any:
    bound = {"on": on} if ":on" in query else {}
    return (await session.execute(text(query), bound)).mappings()


async def classes(session: AsyncSession, _: KeyRing, on: date) -> AsyncIterator[Found]:
    """REG-01 and classes without children."""
    for row in await _rows(session, _CLASSES, on):
        found = [each.code for each in class_findings(PARAMETERS, KINDS[row["kind"]], row["children"], on)]
        for code in found if row["children"] else ["class-empty"]:
            yield Found(
                code,
                f"classes/{row['id']}",
                row["division"],
                str(row["kindergarten"]),
                detail={"class_id": str(row["id"]), "enrolment": row["enrolment"], "children": row["children"]},
            )


async def kindergartens(session: AsyncSession, _: KeyRing, on: date) -> AsyncIterator[Found]:
    """REG-02, REG-14, and legal persons without a credit code."""
    for row in await _rows(session, _KINDERGARTENS, on):
        own = row["relation"] is None
        licence = licence_finding(PARAMETERS, row["licence_expires_on"], on) if own else None
        registered = registration_finding(
            licensed=row["licence_number"] is not None, credit_code=row["credit_code"], own_legal_person=own
        )
        doubts = [licence, registered, *kindergarten_findings(PARAMETERS, row["children"] or 0, on)]
        for each in filter(None, doubts):
            yield Found(
                each.code,
                f"kindergartens/{row['id']}",
                row["division"],
                str(row["id"]),
                detail={"kindergarten": str(row["id"]), "enrolment": row["enrolment"], "children": row["children"]},
            )


def _of_children(code: str, query: str, *said: str, related: str | None = None) -> Checked:
    """A check whose SELECT names each child at fault."""

    async def check(session: AsyncSession, _: KeyRing, on: date) -> AsyncIterator[Found]:
        for row in await _rows(session, query, on):
            yield Found(
                code,
                f"children/{row['child']}",
                row["division"],
                str(row["kindergarten"]) if row["kindergarten"] else None,
                f"children/{row[related]}" if related else None,
                {"child": str(row["child"]), **{name: row[name] and str(row[name]) for name in said}},
            )

    return check


async def other_papers(session: AsyncSession, keys: KeyRing, on: date) -> AsyncIterator[Found]:
    """A resident id under another kind of document, saying another birth date."""
    for row in await _rows(session, _OTHER_PAPERS, on):
        number = keys.decrypt(bytes(row["document_sealed"]), row["id"].bytes)
        if resident_id_fault(number, f"{on:%Y%m%d}") is None and birth_of(number) != row["birth_date"]:
            place = str(row["kindergarten"]) if row["kindergarten"] else None
            subject = f"children/{row['id']}"
            yield Found("document-contradicts-birth", subject, row["division"], place, detail={"child": str(row["id"])})


async def people(session: AsyncSession, _: KeyRing, on: date) -> AsyncIterator[Found]:
    """REG-08 to REG-13 and REG-30 to REG-32, of everyone at work."""
    at_work = json.loads(await written(session, AT_WORK, as_of=on, division="", kindergarten=None))
    for post in at_work:
        for each in breaches(post, on):
            yield Found(
                each["rule"],
                f"posts/{each['post']}",
                each["division"],
                each["kindergarten"],
                detail={"post": each["post"], "person": each["person"]},
            )


async def strength(session: AsyncSession, _: KeyRing, on: date) -> AsyncIterator[Found]:
    """REG-03, REG-04, and the posts a kindergarten of that size needs."""
    standard = Standard(PARAMETERS, on)
    for place in places(await written(session, WORKFORCE, as_of=on, division="", kindergarten=None)):
        subject, key = f"kindergartens/{place.id}", str(place.id)
        if too_many_children(standard, place.workforce):
            yield Found("REG-03", subject, place.division, key)
        for room in place.workforce.classes:
            if is_understaffed(standard, room, attached=place.attached):
                yield Found("REG-04", f"classes/{room.id}", place.division, key, detail={"class_id": room.id})
        for need in needs(standard, place.workforce):
            if need.classroom is None and need.short and need.measure in WHOLE:
                said = {"required": need.required, "present": need.present}
                yield Found(f"{need.measure.value}-short", subject, place.division, key, detail=said)


async def quotas(session: AsyncSession, _: KeyRing, on: date) -> AsyncIterator[Found]:
    """More 编制 or 人员额度 used than approved."""
    for row in await _rows(session, _OVER_QUOTA, on):
        said = {"kind": row["kind"], "approved": row["approved"], "used": row["used"]}
        place = str(row["kindergarten"])
        yield Found("quota-exceeded", f"staff-quotas/{row['id']}", row["division"], place, detail=said)


# Each check with the codes it may find: what it no longer finds is gone.
CHECKS: tuple[tuple[tuple[str, ...], Checked], ...] = (
    (("class-oversize", "class-seriously-oversize", "class-empty"), classes),
    (
        ("licence-missing", "licence-expired", "licence-expiring", "licensed-not-registered", "kindergarten-oversize"),
        kindergartens,
    ),
    (("class-age-mismatch",), _of_children("class-age-mismatch", _MISPLACED, "enrolment", "age", "kind")),
    (("document-contradicts-birth",), other_papers),
    (("promotion-after-leave",), _of_children("promotion-after-leave", _PROMOTED, "enrolment")),
    (
        ("possible-duplicate-child",),
        _of_children("possible-duplicate-child", _TWICE, "enrolment", related="first"),
    ),
    (("child-without-guardian",), _of_children("child-without-guardian", _UNGUARDED)),
    (
        ("REG-08", "REG-09", "REG-10", "REG-11", "REG-12", "REG-13", "REG-30", "REG-31", "REG-32"),
        people,
    ),
    (("REG-03", "REG-04", *(f"{each.value}-short" for each in WHOLE)), strength),
    (("quota-exceeded",), quotas),
)

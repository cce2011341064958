"""The plan of a roll-over: one SELECT counts every child, what is said about each class is decided here."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, Integer, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.ages.rules import school_year_until
from services.registry.classes.codes import ClassKind
from services.registry.classes.rules import class_size
from services.registry.findings import Finding
from services.registry.parameters.published import PARAMETERS
from services.registry.roll_overs.rules import (
    BEGINS_LATER,
    FINDINGS,
    NAME_TAKEN,
    OVER_LIMIT,
    SEVERAL_CONTINUE,
    SHUT,
    kind_after,
    name_after,
)

KINDS = {each.value: each for each in ClassKind}
# Each open enrolment of the year with the child's age at the next cut-off, and the step that rules.step gives it.
LEAVING = """
SELECT e.id, e.version, e.child, e.class_id, CASE
    WHEN a.next_age IS NULL THEN 'held'
    WHEN k.kind IN ('large', 'mixed') AND a.next_age >= 6 THEN 'graduated'
    WHEN k.kind = 'large' THEN 'held'
    ELSE 'promoted' END AS outcome, CASE
    WHEN a.next_age IS NULL THEN 'child-elsewhere-now'
    WHEN k.kind = 'large' AND a.next_age < 6 THEN 'too-young-to-graduate'
    WHEN k.kind = 'nursery' AND a.next_age <> 3 OR k.kind = 'small' AND a.next_age <> 4
      OR k.kind = 'middle' AND a.next_age <> 5 OR k.kind = 'mixed' AND a.next_age < 3
      THEN 'age-differs-from-next-class' END AS finding
FROM classes k JOIN enrolments e ON e.class_id = k.id AND e.until = '9999-12-31'
LEFT JOIN children c ON c.id = e.child
CROSS JOIN LATERAL (SELECT :year + 1 - extract(year FROM c.birth_date)::integer
    - CASE WHEN to_char(c.birth_date, 'MMDD') > '0831' THEN 1 ELSE 0 END AS next_age) a
WHERE k.school_year = :year AND (CAST(:kindergartens AS uuid[]) IS NULL OR k.kindergarten = ANY (:kindergartens))
"""
PLAN = text(f"""
WITH leaving AS ({LEAVING}), counted AS (
  SELECT class_id, count(*) FILTER (WHERE outcome = 'promoted') AS promoted,
         count(*) FILTER (WHERE outcome = 'graduated') AS graduated, count(*) FILTER (WHERE outcome = 'held') AS held,
         sha256(convert_to(string_agg(concat_ws(':', id, version, outcome), ',' ORDER BY id), 'UTF8')) AS digest,
         coalesce(json_agg(json_build_array(finding, child, id) ORDER BY id) FILTER (WHERE finding IS NOT NULL), '[]')
           AS findings
  FROM leaving GROUP BY class_id)
SELECT k.id, k.kindergarten, g.name AS kindergarten_name, k.division, k.name, k.kind, k.boarding, k.synthetic,
       d.promoted, d.graduated, d.held, d.digest, d.findings,
       n.classes AS following, n.id AS next_id, n.name AS next_name, n.kind AS next_kind, n.since AS next_since,
       n.standard_size, n.hard_limit, coalesce(n.most, 0) AS most,
       EXISTS (SELECT FROM kindergarten_statuses s WHERE s.kindergarten = g.id AND s.since <= :on AND s.until > :on
               AND s.status IN ('suspended', 'closed')) AS shut,
       ARRAY(SELECT o.name FROM classes o WHERE o.kindergarten = g.id AND o.school_year = :year + 1) AS taken
FROM counted d JOIN classes k ON k.id = d.class_id JOIN kindergartens g ON g.id = k.kindergarten
LEFT JOIN LATERAL (
  SELECT count(*) OVER () AS classes, n.*, (
    SELECT max(crowd) FROM (SELECT sum(change) OVER (ORDER BY day, change) AS crowd FROM (
      SELECT greatest(since, :on) AS day, 1 AS change FROM enrolments WHERE class_id = n.id AND until > :on
      UNION ALL SELECT until, -1 FROM enrolments WHERE class_id = n.id AND until > :on AND until < '9999-12-31'
    ) moves) crowds) AS most
  FROM classes n WHERE n.continues = k.id AND n.school_year = :year + 1 ORDER BY n.id LIMIT 1) n ON true
ORDER BY g.pinyin, g.id, k.pinyin, k.id
""").bindparams(
    bindparam("year", type_=Integer), bindparam("on", type_=Date), bindparam("kindergartens", type_=ARRAY(Uuid))
)


@dataclass(frozen=True, slots=True)
class Destination:
    """The class that takes the children over: one that is there (`id`), or one to be formed."""

    id: UUID | None
    name: str
    kind: ClassKind
    standard_size: int
    hard_limit: int
    most: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    finding: Finding
    child: UUID | None = None
    enrolment: UUID | None = None


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What happens to one class. `digest` says it exactly, child by child."""

    id: UUID
    kindergarten: UUID
    kindergarten_name: str
    division: str
    name: str
    kind: ClassKind
    boarding: bool
    synthetic: bool
    promoted: int
    graduated: int
    held: int
    destination: Destination | None
    digest: bytes
    problems: list[Problem] = field(default_factory=list)

    @property
    def forms(self) -> bool:
        return self.promoted > 0 and self.destination is not None and self.destination.id is None


async def plan(session: AsyncSession, year: int, kindergartens: Sequence[UUID] | None) -> list[ClassPlan]:
    """The plan for the kindergartens (None: all in scope), ordered by their names."""
    on = school_year_until(year)
    asked = {"year": year, "on": on, "kindergartens": kindergartens and list(kindergartens)}
    rows = await session.execute(PLAN, asked)
    plans: list[ClassPlan] = []
    for row in rows.mappings():
        # Names that classes before this one are going to take.
        here = [one for one in plans if one.forms and one.kindergarten == row["kindergarten"]]
        coming = [one.destination.name for one in here if one.destination]
        plans.append(_class_plan({**row, "taken": [*row["taken"], *coming]}, on))
    return plans


def digest(plans: Iterable[ClassPlan]) -> str:
    """What says a plan exactly."""
    whole = hashlib.sha256()
    for each in sorted(plans, key=lambda one: one.id):
        whole.update(each.id.bytes + each.digest)
    return whole.hexdigest()


def _class_plan(row: dict[str, Any], on: date) -> ClassPlan:
    destination = _destination(row, on) if row["promoted"] else None
    obstacle = _obstacle(row, destination, on)
    said = [Problem(FINDINGS[code], UUID(child), UUID(enrolment)) for code, child, enrolment in row["findings"]]
    # What keeps a class from moving up keeps nobody from leaving for primary school, unless the place is shut anyway.
    staying = row["promoted"] if obstacle else 0
    goal = repr((destination, obstacle and obstacle.code)).encode()
    return ClassPlan(
        id=row["id"],
        kindergarten=row["kindergarten"],
        kindergarten_name=row["kindergarten_name"],
        division=row["division"],
        name=row["name"],
        kind=KINDS[row["kind"]],
        boarding=row["boarding"],
        synthetic=row["synthetic"],
        promoted=row["promoted"] - staying,
        graduated=row["graduated"],
        held=row["held"] + staying,
        destination=destination,
        digest=hashlib.sha256(bytes(row["digest"]) + goal).digest(),
        problems=[*([Problem(obstacle)] if obstacle else []), *said],
    )


def _destination(row: dict[str, Any], on: date) -> Destination | None:
    kind = KINDS[row["kind"]]
    if row["next_id"]:
        there = KINDS[row["next_kind"]]
        return Destination(
            row["next_id"], row["next_name"], there, row["standard_size"], row["hard_limit"], row["most"]
        )
    following = kind_after(kind)
    if following is None:
        return None
    size = class_size(PARAMETERS, following, on)
    return Destination(None, name_after(row["name"], kind, following), following, size.standard, size.hard_limit)


def _obstacle(row: dict[str, Any], destination: Destination | None, on: date) -> Finding | None:
    """What keeps the class from moving up."""
    if destination is None:
        return None
    obstacles = (
        (SHUT, row["shut"]),
        (SEVERAL_CONTINUE, (row["following"] or 0) > 1),
        (BEGINS_LATER, destination.id and row["next_since"] > on),
        (NAME_TAKEN, destination.id is None and destination.name in row["taken"]),
        (OVER_LIMIT, destination.most + row["promoted"] > destination.hard_limit),
    )
    return next((finding for finding, found in obstacles if found), None)

"""The job that ends a school year: each kindergarten is one transaction, done once, only if it is as previewed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, Integer, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.ages.rules import school_year_since, school_year_until
from services.registry.classes.actions import announce_class
from services.registry.classes.models import Class
from services.registry.enrolments.announcements import announcing
from services.registry.roll_overs.actions import KIND
from services.registry.roll_overs.plans import LEAVING, ClassPlan, digest, plan
from shared.contracts.registry import (
    CLASS_FORMED,
    ENROLMENT_BEGAN,
    ENROLMENT_ENDED,
    ROLL_OVER_COMPLETED,
    RollOverFact,
)
from shared.events import announce
from shared.ids import new_id
from shared.jobs import Work, job
from shared.pinyin import pinyin_key

_ids, _on = ARRAY(Uuid), bindparam("on", type_=Date)
_year, _here = bindparam("year", type_=Integer), bindparam("kindergartens", type_=_ids)
# Children before classes, each in order, as everyone does who changes enrolments.
HOLD_CHILDREN = text(
    "SELECT 1 FROM children WHERE id IN (SELECT e.child FROM enrolments e JOIN classes k ON k.id = e.class_id"
    " WHERE k.kindergarten = ANY (:kindergartens) AND k.school_year = :year AND e.until = '9999-12-31')"
    " ORDER BY id FOR NO KEY UPDATE"
).bindparams(_year, _here)
HOLD_CLASSES = text(
    "SELECT 1 FROM classes WHERE kindergarten = ANY (:kindergartens) AND school_year IN (:year, :year + 1)"
    " ORDER BY id FOR NO KEY UPDATE"
).bindparams(_year, _here)
END = text(
    f"WITH leaving AS ({LEAVING}) UPDATE enrolments e SET until = :on,"
    " reason_out = CASE l.outcome WHEN 'promoted' THEN 'promotion' ELSE 'graduated' END FROM leaving l"
    " WHERE e.id = l.id AND (l.outcome = 'graduated' OR l.outcome = 'promoted' AND l.class_id = ANY (:former))"
    " RETURNING e.id"
).bindparams(_year, _here, _on, bindparam("former", type_=_ids))
BEGIN = text(
    "INSERT INTO enrolments (id, child, class_id, kindergarten, division, since, previous_until, reason_in, synthetic)"
    " SELECT uuid_v7(), e.child, t.following, e.kindergarten, e.division, :on, :on, 'promotion', e.synthetic"
    " FROM enrolments e JOIN unnest(CAST(:former AS uuid[]), CAST(:following AS uuid[])) t (former, following)"
    " ON t.former = e.class_id WHERE e.id = ANY (:ended) AND e.reason_out = 'promotion' RETURNING id"
).bindparams(_on, *(bindparam(name, type_=_ids) for name in ("former", "following", "ended")))
ANNOUNCE = text(announcing(":type", "WHERE e.id = ANY (:ids) ORDER BY e.id")).bindparams(bindparam("ids", type_=_ids))


@job(KIND)
async def roll_over(work: Work) -> Mapping[str, Any]:
    """End the school year in each kindergarten that is still as it was previewed; name the others."""
    year: int = work.arguments["school_year"]
    expected: dict[str, str] = work.arguments["expected"]
    kindergartens = sorted(expected)
    work.checkpoint.setdefault("totals", {"promoted": 0, "graduated": 0, "held": 0, "classes_formed": 0})
    work.checkpoint.setdefault("changed", [])
    for place in range(work.checkpoint.get("following", 0), len(kindergartens)):
        each = kindergartens[place]
        async with work.step(place + 1, len(kindergartens), following=place + 1) as session:
            counts = await end_school_year(session, UUID(each), year, expected[each])
            if counts is None:
                work.checkpoint["changed"].append(each)
            else:
                work.checkpoint["totals"] = {name: n + counts[name] for name, n in work.checkpoint["totals"].items()}
    return {**work.checkpoint["totals"], "changed_since_preview": work.checkpoint["changed"]}


async def end_school_year(session: AsyncSession, kindergarten: UUID, year: int, expected: str) -> dict[str, int] | None:
    """End the year in one kindergarten; return what was done, or None when it is no longer what was previewed."""
    here = {"year": year, "kindergartens": [kindergarten]}
    await session.execute(HOLD_CHILDREN, here)
    await session.execute(HOLD_CLASSES, here)
    plans = await plan(session, year, [kindergarten])
    if digest(plans) != expected:
        return None
    formed = await _form(session, plans, year)
    going = [(each.id, each.destination) for each in plans if each.promoted and each.destination]
    moves = {former: formed.get(former) or following.id for former, following in going}
    on = {"on": school_year_until(year), "former": list(moves)}
    ended = list(await session.scalars(END, here | on))
    began = list(await session.scalars(BEGIN, on | {"following": list(moves.values()), "ended": ended}))
    await session.execute(ANNOUNCE, {"type": ENROLMENT_ENDED, "ids": ended})
    await session.execute(ANNOUNCE, {"type": ENROLMENT_BEGAN, "ids": began})
    counts = {name: sum(getattr(each, name) for each in plans) for name in ("promoted", "graduated", "held")}
    counts["classes_formed"] = len(formed)
    await announce(
        session,
        ROLL_OVER_COMPLETED,
        f"kindergartens/{kindergarten}",
        division=plans[0].division,
        kindergarten=kindergarten,
        data=RollOverFact(kindergarten=kindergarten, school_year=year, **counts).model_dump(),
    )
    return counts


async def _form(session: AsyncSession, plans: Sequence[ClassPlan], year: int) -> dict[UUID, UUID]:
    """Form the classes that are missing; return which one continues which."""
    formed: dict[UUID, UUID] = {}
    for each in plans:
        if not each.forms or each.destination is None:
            continue
        made = Class(
            id=new_id(),
            kindergarten=each.kindergarten,
            division=each.division,
            school_year=year + 1,
            name=each.destination.name,
            pinyin=pinyin_key(each.destination.name),
            kind=each.destination.kind.value,
            standard_size=each.destination.standard_size,
            hard_limit=each.destination.hard_limit,
            boarding=each.boarding,
            continues=each.id,
            since=school_year_since(year + 1),
            until=school_year_until(year + 1),
            synthetic=each.synthetic,
            version=1,
        )
        session.add(made)
        await session.flush()
        await announce_class(session, CLASS_FORMED, made)
        formed[each.id] = made.id
    return formed

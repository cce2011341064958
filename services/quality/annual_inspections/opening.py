"""Beginning the year's inspections: one for each kindergarten that operates."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.annual_inspections.models import AnnualInspection
from services.quality.annual_inspections.refusals import YearNotBegun
from services.quality.annual_inspections.rules import VETOING, counts
from services.quality.annual_inspections.schemas import AnnualInspectionOpening, AnnualInspectionOpeningOut
from services.quality.frameworks.actions import framework_in_force
from services.quality.kindergartens.models import Kindergarten
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.service_facts.models import ServiceFact
from shared.days import today
from shared.errors import NotFound
from shared.events import announce_all, row
from shared.ids import new_id
from shared.workdays import add_working_days

OPERATING = "operating"


async def open_inspections(session: AsyncSession, asked: AnnualInspectionOpening) -> AnnualInspectionOpeningOut:
    """Open those that are not open yet; run twice, the second time opens none. Raises YearNotBegun, NotFound."""
    day = today()
    if asked.year > day.year:
        raise YearNotBegun(year=asked.year, pointer="/year")
    framework = await framework_in_force(session, asked.framework, day)
    due = asked.due_on or add_working_days(day, number(PARAMETERS, "inspection_submission_days", day))
    query = select(Kindergarten)
    if asked.kindergartens is None:
        query = query.where(Kindergarten.status == OPERATING)
    else:
        query = query.where(Kindergarten.id.in_(asked.kindergartens))
    found = (await session.scalars(query.order_by(Kindergarten.pinyin))).all()
    if asked.kindergartens is not None and len(found) < len(set(asked.kindergartens)):
        raise NotFound(what="kindergarten", pointer="/kindergartens")
    facts = (await session.scalars(select(ServiceFact).where(ServiceFact.kind == VETOING))).all()
    vetoed = {f.kindergarten for f in facts if counts(f.kind, standing=f.standing, on=f.on, year=asked.year)}
    rows = [
        {
            "id": new_id(),
            "kindergarten": each.id,
            "division": each.division,
            "year": asked.year,
            "framework": framework.id,
            "state": "open",
            "opened_on": day,
            "due_on": due,
            "vetoed": each.id in vetoed,
            "synthetic": each.synthetic,
        }
        for each in found
    ]
    opened = []
    if rows:
        added = insert(AnnualInspection).on_conflict_do_nothing(constraint="one_inspection_a_year")
        opened = list((await session.execute(added.returning(AnnualInspection), rows)).scalars())
    await announce_all(
        session,
        [
            row(
                "quality.annual_inspection.opened",
                f"annual-inspections/{each.id}",
                division=each.division,
                kindergarten=each.kindergarten,
                data={"year": each.year, "due_on": each.due_on},
            )
            for each in opened
        ],
    )
    ids = [each.id for each in opened]
    return AnnualInspectionOpeningOut(year=asked.year, opened=ids, already_open=len(found) - len(ids), due_on=due)

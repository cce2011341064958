"""What the public page does not show yet: every change of a kindergarten that is public starts the days running."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.codes import Status
from services.registry.parameters.published import number_on
from services.registry.publications.models import Publication, PublicationDuty
from services.registry.publications.queries import CONTENT, LAST
from shared.days import today
from shared.documents import written
from shared.ids import new_id
from shared.workdays import add_working_days

OPEN = (Status.OPERATING, Status.SUSPENDED)


async def content(session: AsyncSession, kindergarten: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """Record and figures as they would be published today."""
    record: dict[str, Any] = json.loads(await written(session, CONTENT, id=kindergarten, as_of=today()))
    return record, record.pop("figures")


async def last(session: AsyncSession, kindergarten: UUID) -> Publication | None:
    found: Publication | None = await session.scalar(LAST, {"id": kindergarten})
    return found


async def owe_publication(session: AsyncSession, kindergarten: UUID, division: str) -> None:
    """Note that the page is to follow what changed, within the working days of the parameter.

    A kindergarten that never was published and does not operate owes nothing yet.
    """
    record, _ = await content(session, kindergarten)
    page = await last(session, kindergarten)
    fields = differing(page.record if page else {}, record)
    if not fields or (page is None and record["status"] not in OPEN):
        return
    day = today()
    due = add_working_days(day, number_on("publication_working_days", day))
    session.add(
        PublicationDuty(
            id=new_id(),
            kindergarten=kindergarten,
            division=division,
            fields=fields,
            arose_on=day,
            due_on=due,
            synthetic=record["synthetic"],
        )
    )
    await session.flush()


def differing(page: dict[str, Any], record: dict[str, Any]) -> list[str]:
    """The fields the page says otherwise."""
    return sorted(name for name in record if name not in page or page[name] != record[name])

"""What enrolling would do, found out by doing it and taking it back."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.ages.rules import suits
from services.registry.children.models import Child
from services.registry.classes.codes import ClassKind
from services.registry.classes.models import Class
from services.registry.classes.rules import class_findings
from services.registry.enrolments.actions import enrol
from services.registry.enrolments.codes import Entry
from services.registry.enrolments.queries import CROWD
from services.registry.enrolments.refusals import AGE_DIFFERS
from services.registry.enrolments.schemas import Doubt, EnrolmentNew, EnrolmentPreview
from services.registry.findings import Finding
from services.registry.parameters.published import PARAMETERS
from shared.crypto import KeyRing
from shared.parameters import NoParameterInForce
from shared.tables import FOREVER

REASONS = {each.value: each for each in Entry}
KINDS = {each.value: each for each in ClassKind}


async def preview(session: AsyncSession, keys: KeyRing, new: EnrolmentNew) -> EnrolmentPreview:
    """Enrol for real inside a savepoint, look at the outcome, and undo it: what is refused is refused the same way."""
    asked = {"id": new.class_id, "since": new.since, "until": new.until or FOREVER}
    async with session.begin_nested() as savepoint:
        before = int(await session.scalar(CROWD, asked) or 0)
        made = await enrol(session, keys, new)
        await session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        after = int(await session.scalar(CROWD, asked) or 0)
        room = await session.get_one(Class, new.class_id)
        effect = EnrolmentPreview(
            class_id=room.id,
            since=new.since,
            until=new.until,
            reason_in=REASONS[made.reason_in],
            children_before=before,
            children_after=after,
            seats_before=room.hard_limit - before,
            seats_after=room.hard_limit - after,
            standard_size=room.standard_size,
            hard_limit=room.hard_limit,
            doubts=[_doubt(each) for each in await _findings(session, new, room, after)],
        )
        await savepoint.rollback()
    return effect


async def _findings(session: AsyncSession, new: EnrolmentNew, room: Class, children: int) -> list[Finding]:
    kind, who = KINDS[room.kind], new.identity or new.registration
    born = who.birth_date if who else (await session.get_one(Child, new.child)).birth_date
    try:
        found = class_findings(PARAMETERS, kind, children, new.since)
    except NoParameterInForce:  # a class of a time before the standard
        found = []
    return found if suits(kind, born, room.school_year) else [*found, AGE_DIFFERS]


def _doubt(finding: Finding) -> Doubt:
    return Doubt(code=finding.code, zh=finding.zh, en=finding.en)

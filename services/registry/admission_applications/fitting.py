"""Whether wishes and declarations fit the round: every one that does not is named, not the first alone."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_applications.rules import bands
from services.registry.admission_applications.schemas import AdmissionDeclarationNew, AdmissionHome
from services.registry.admissions.models import AdmissionRound, AdmissionSeats
from services.registry.admissions.priorities import Priorities
from services.registry.ages.rules import suits
from services.registry.children.models import Child
from services.registry.classes.codes import ClassKind
from services.registry.refusals import refuse
from shared.errors import Fault

KINDS = {each.value: each for each in ClassKind}


async def wished_for(
    session: AsyncSession, round_: AdmissionRound, child: Child, wishes: Sequence[UUID]
) -> list[AdmissionSeats]:
    """What is wished for, in order. Raises InvalidInput naming every wish that cannot be one."""
    query = select(AdmissionSeats).where(AdmissionSeats.round == round_.id, AdmissionSeats.id.in_(wishes))
    known = {each.id: each for each in await session.scalars(query)}
    faults: list[Fault] = []
    for number, wish in enumerate(wishes):
        at = f"/wishes/{number}"
        if wish in wishes[:number]:
            faults.append(Fault(at, "wished-twice", "该志愿重复。", "This is wished for already."))
        elif wish not in known:
            faults.append(Fault(at, "not-offered", "本轮没有这个招生学位。", "The round does not offer this."))
        elif not suits(KINDS[known[wish].kind], child.birth_date, round_.school_year):
            faults.append(
                Fault(
                    at,
                    "age-differs",
                    "幼儿年龄与该类班级不符。",
                    "The child's age is not the one of this kind of class.",
                )
            )
    refuse(faults)
    return [known[each] for each in wishes]


def bands_of(home: AdmissionHome | None, offered: Sequence[AdmissionSeats], priorities: Priorities) -> list[int | None]:
    places = [
        (each.latitude, each.longitude) if each.latitude is not None and each.longitude is not None else None
        for each in offered
    ]
    return bands((home.latitude, home.longitude) if home else None, places, priorities.bands)


def declaration_faults(
    priorities: Priorities, declared: Sequence[AdmissionDeclarationNew], under: str = "/declarations/{}"
) -> list[Fault]:
    faults: list[Fault] = []
    for number, each in enumerate(declared):
        at = under.format(number)
        criterion = priorities.criteria.get(each.criterion)
        if criterion is None:
            said = "本轮排序规则没有该项。", "The priorities of the round have no such criterion."
            faults.append(Fault(f"{at}/criterion", "unknown-criterion", *said))
        elif criterion.here_only != (each.at_kindergarten is not None):
            said = "该项是否须指明幼儿园与规则不符。", "A kindergarten is named exactly where it counts at one only."
            faults.append(Fault(f"{at}/at_kindergarten", "kindergarten-or-none", *said))
    return faults

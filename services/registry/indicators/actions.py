import json
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import Date, Uuid, bindparam, select

from services.registry.indicators.definitions import Formula, Side
from services.registry.indicators.schemas import TargetEffect, TypeChangeEffect
from services.registry.indicators.targets import counted, counts, distinct, targets_on
from services.registry.kindergartens.codes import Type
from services.registry.kindergartens.models import Kindergarten, KindergartenType
from shared.auth import Actor
from shared.db import Reader
from shared.documents import one
from shared.errors import NotFound

DISTRICT_DIGITS = 6
# Children of the kindergarten itself, counted as the shares count them.
CHILDREN = Side("children_enrolled", (("class_kind_not", ("nursery",)), ("concerned", ())))

_k, _t = Kindergarten.__table__.c, KindergartenType.__table__.c
_day = bindparam("day", type_=Date)
CONCERNED = one(
    select(_k.name, _k.division, _t.type)
    .select_from(Kindergarten)
    .outerjoin(KindergartenType, (_t.kindergarten == _k.id) & (_t.since <= _day) & (_t.until > _day))
    .where(_k.id == bindparam("id", type_=Uuid))
)


async def effect_of_type_change(reader: Reader, kindergarten: UUID, new_type: Type, day: date) -> TypeChangeEffect:
    """Compute the plan's targets as they are on the day and as they would be if the kindergarten had the new type.

    Nothing is stored. The area is the caller's own division that holds the kindergarten, at most the district.
    Raises NotFound for a kindergarten out of scope, and for a caller whose scope is no division: one kindergarten has
    no figure of the plan.
    """
    concerned = json.loads((await reader.one(CONCERNED, "kindergarten", id=kindergarten, day=day))[0])
    area = area_of(reader.actor, concerned["division"])
    held = await targets_on(reader, day)
    now = [each.formula for each in held]
    then = [as_changed(formula) for formula in now]
    sides = (*distinct([*now, *then]), CHILDREN)
    found = (await counted(reader, sides, area, [day], changed=kindergarten, changed_type=new_type.value))[day]
    effects = [
        TargetEffect(
            target=each.row["id"],
            target_set=each.row["target_set"],
            indicator=formula.code,
            indicator_name=each.row["name_zh"],
            version=formula.version,
            unit=formula.unit,
            comparison=each.row["comparison"],
            threshold=each.threshold_shown,
            before=each.figure(*counts(found, sides, formula), day),
            after=each.figure(*counts(found, sides, changed), day),
        )
        for each, formula, changed in zip(held, now, then, strict=True)
    ]
    return TypeChangeEffect(
        kindergarten=kindergarten,
        kindergarten_name=concerned["name"],
        present_type=concerned["type"],
        new_type=new_type,
        day=day,
        division=area,
        children=found[f"n{sides.index(CHILDREN)}"],
        synthetic=found["synthetic"],
        targets=effects,
    )


def area_of(actor: Actor, division: str) -> str:
    """The widest of the caller's divisions that holds this one, at most the district. Raises NotFound."""
    holding = [scope for scope in actor.divisions if division.startswith(scope)]
    if not holding:
        raise NotFound(what="division")
    return max(min(holding, key=len), division[:DISTRICT_DIGITS], key=len)


def as_changed(formula: Formula) -> Formula:
    """The same formula, counted as if the kindergarten had its new type."""
    below = formula.denominator
    return replace(
        formula,
        numerator=replace(formula.numerator, changed=True),
        denominator=replace(below, changed=True) if below else None,
    )
